//! Parts of the desktop program, for its command line, tests and benches.
#![deny(missing_docs)]

pub mod animation;
pub mod picture;
pub mod window;
