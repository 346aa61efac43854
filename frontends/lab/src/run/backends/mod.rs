//! Backends by name, on which runs train, and the fallback when one fails.
//!
//! All backends give the same bits ([`gan_core::Backend`]), so a run may change from one to another
//! between any two epochs. [`Resilient`] rests on this: it keeps the runs as they were last read
//! back, and when a device fails, it trains on from there on the processor.

mod cpu;
#[cfg(test)]
pub(crate) mod faulty;
mod place;
mod resilient;

pub use cpu::{Cpu, CpuError};
pub use place::{OnBackend, OneCore, Place, Whereabouts};
pub use resilient::Resilient;
