//! Parts that only a board has: a debugger to talk to, a timer, a stack between two addresses.

pub mod console;
pub mod host_file;
pub mod instructions;
pub mod stack;
