//! Where runs train: backends by name, and what happens when one fails.
//!
//! All of them give the same bits ([`gan_core::Backend`]), so a run may change from one to another between
//! any two epochs. That is what [`Resilient`] rests on: it keeps the runs as they were last read back, and
//! when a device fails, trains on from there on the processor.

mod cpu;
#[cfg(test)]
pub(crate) mod faulty;
mod place;
mod resilient;

pub use cpu::{Cpu, CpuError};
pub use place::{OnBackend, OneCore, Place, Whereabouts};
pub use resilient::Resilient;
