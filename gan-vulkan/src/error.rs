//! Why a population was not trained.

use std::fmt;

use gan_core::packed::UnpackError;

use crate::compute::ComputeError;
use crate::refusal::Refusal;
use crate::shader::ShaderError;

/// A population could not be trained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrainError {
    /// The kernel did not compile.
    Shader(ShaderError),
    /// The device failed.
    Compute(ComputeError),
    /// There are no runs, or none were loaded.
    NoRuns,
    /// A run's shapes or batch are not those of the first.
    Unequal {
        /// Its number, from 0.
        run: usize,
    },
    /// A run has something that the kernel does not carry.
    Refused(Refusal),
    /// A run is within an epoch.
    MidEpoch {
        /// Its number, from 0.
        run: usize,
    },
    /// There are more runs than fit, or not as many as were loaded.
    WrongCount {
        /// How many may be.
        expected: usize,
        /// How many came.
        came: usize,
    },
    /// The driver ended loops before they were done; what it computed is not to be used.
    LoopsCut,
    /// What came back is not a state.
    NoState(UnpackError),
    /// A run came back with other epochs than it was trained for.
    WrongEpoch {
        /// Its number, from 0.
        run: usize,
    },
}

impl fmt::Display for TrainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shader(error) => error.fmt(f),
            Self::Compute(error) => error.fmt(f),
            Self::NoRuns => f.write_str("there are no runs to train"),
            Self::Unequal { run } => {
                write!(f, "run {run} has other shapes or another batch than the first")
            }
            Self::Refused(refusal) => refusal.fmt(f),
            Self::MidEpoch { run } => write!(f, "run {run} is within an epoch: finish it first"),
            Self::WrongCount { expected, came } => write!(f, "{came} runs came where {expected} may be"),
            Self::LoopsCut => f.write_str("the Vulkan driver ended the kernel's loops early"),
            Self::NoState(error) => write!(f, "what the Vulkan device returned is no state: {error}"),
            Self::WrongEpoch { run } => {
                write!(f, "the Vulkan device did not complete the epochs of run {run}")
            }
        }
    }
}

impl std::error::Error for TrainError {}

impl From<ComputeError> for TrainError {
    fn from(error: ComputeError) -> Self {
        Self::Compute(error)
    }
}

impl From<ShaderError> for TrainError {
    fn from(error: ShaderError) -> Self {
        Self::Shader(error)
    }
}
