//! What the desktop program is made of.
#![deny(missing_docs)]

pub mod window;
