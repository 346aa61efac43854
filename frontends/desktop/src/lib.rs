//! What the desktop program is made of, for its command line, tests and benches.
#![deny(missing_docs)]

pub mod animation;
pub mod picture;
pub mod window;
