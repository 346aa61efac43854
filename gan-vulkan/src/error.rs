//! Why a population was not trained.

use gan_core::packed::UnpackError;

use crate::compute::ComputeError;
use crate::refusal::Refusal;
use crate::shader::ShaderError;

/// A population could not be trained.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// The kernel did not compile.
    #[error(transparent)]
    Shader(#[from] ShaderError),
    /// The device failed.
    #[error(transparent)]
    Compute(#[from] ComputeError),
    /// There are no runs, or none were loaded.
    #[error("there are no runs to train")]
    NoRuns,
    /// A run's shapes or batch are not those of the first.
    #[error("run {run} has other shapes or another batch than the first")]
    Unequal {
        /// Its number, from 0.
        run: usize,
    },
    /// A run has something that the kernel does not carry.
    #[error("{0}")]
    Refused(Refusal),
    /// A run is within an epoch.
    #[error("run {run} is within an epoch: finish it first")]
    MidEpoch {
        /// Its number, from 0.
        run: usize,
    },
    /// There are more runs than fit, or not as many as were loaded.
    #[error("{came} runs came where {expected} may be")]
    WrongCount {
        /// How many may be.
        expected: usize,
        /// How many came.
        came: usize,
    },
    /// The driver ended loops before they were done; what it computed is not to be used.
    #[error("the Vulkan driver ended the kernel's loops early")]
    LoopsCut,
    /// The words that came back are not a state.
    #[error("what the Vulkan device returned is no state: {0}")]
    NoState(UnpackError),
    /// A run came back with other epochs than it was trained for.
    #[error("the Vulkan device did not complete the epochs of run {run}")]
    WrongEpoch {
        /// Its number, from 0.
        run: usize,
    },
}
