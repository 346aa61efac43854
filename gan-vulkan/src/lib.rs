//! Trains many small GANs at once through Vulkan, bit for bit as `gan-core` does.
//!
//! One compute kernel (`shaders/`, to be read beside `gan-core`) holds a whole epoch; one workgroup trains one GAN. WGSL is
//! compiled when a population is loaded ([`shader`]), its sizes baked in ([`sizes`]), and its SPIR-V patched
//! so that a driver may neither contract nor reorder ([`spirv`]). The host cuts training into dispatches
//! that no driver finds too long ([`steps`]) and moves packed states ([`population`]).
//!
//! No SDK is needed to build, and no Vulkan: the loader is opened at run time, and what is missing is one
//! sentence ([`device::OpenError`]). A device is called bit-exact only after a probe has shown it
//! ([`probe`]).
#![deny(missing_docs)]

mod compute;
pub mod device;
mod error;
mod inputs;
pub mod peak;
pub mod population;
pub mod probe;
mod refusal;
pub mod shader;
pub mod sizes;
pub mod spirv;
pub mod steps;
pub mod switches;

pub use compute::ComputeError;
pub use device::{Device, OpenError};
pub use error::TrainError;
pub use population::{Options, Population};
pub use refusal::Refusal;
