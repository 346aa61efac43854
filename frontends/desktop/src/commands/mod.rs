//! One module a command: its arguments, and what it does.

pub mod bench;
pub mod devices;
mod diagnosis;
pub mod eval;
pub mod export;
pub mod gallery;
pub mod import;
pub mod parameters;
pub mod render;
pub mod replay;
pub mod sweep;
pub mod train;
pub mod view;
