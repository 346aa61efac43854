//! The board's work, without the board: a recording as constants, training along it, and the
//! picture, drawn on anything that is a 320 × 240 display of `embedded-graphics`.
//!
//! No heap, no clock. The program around it is `src/main.rs`; `src/bin/rows.rs` trains the rows of
//! the table of hashes.
#![no_std]

#[cfg(test)]
extern crate std;

#[cfg(target_os = "none")]
pub mod board;
pub mod picture;
pub mod playing;
pub mod recorded;

/// The arithmetic that this build trains in.
#[cfg(not(feature = "micromath"))]
pub type Arithmetic = gan_core::Reference;
/// The arithmetic that this build trains in.
#[cfg(feature = "micromath")]
pub type Arithmetic = gan_core::MicroMath;
