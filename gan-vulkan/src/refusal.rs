//! Parts of a configuration that the kernel does not carry: such a run is refused by name, and why,
//! before anything is computed, and trains on the processor.

use std::fmt;

use gan_core::techniques::{HiddenActivation, Normalization, Penalty};
use gan_core::{Configuration, Network};

/// Something that the kernel does not carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Batch normalisation.
    BatchNormalization(Network),
    /// Spectral normalisation.
    SpectralNormalization(Network),
    /// Minibatch discrimination.
    Minibatch,
    /// R1 or gradient penalty with hidden layers of tanh.
    PenaltyOnTanh,
}

impl Refusal {
    /// The first thing of a configuration that is not carried.
    #[must_use]
    pub fn of(configuration: &Configuration) -> Option<Self> {
        let techniques = &configuration.techniques;
        for network in [Network::Generator, Network::Discriminator] {
            match techniques.network(network).normalization {
                Normalization::None => {}
                Normalization::Batch(_) => return Some(Self::BatchNormalization(network)),
                Normalization::Spectral => return Some(Self::SpectralNormalization(network)),
            }
        }
        if techniques.minibatch.is_some() {
            return Some(Self::Minibatch);
        }
        match (techniques.penalty, techniques.discriminator.activation) {
            (Penalty::R1(_) | Penalty::Gradient(_), HiddenActivation::Tanh) => Some(Self::PenaltyOnTanh),
            _ => None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vulkan does not carry ")?;
        match self {
            Self::BatchNormalization(network) => write!(
                f,
                "batch normalization of the {network}: between a layer's products and its activation its \
                 kernel has no sums over the batch"
            ),
            Self::SpectralNormalization(network) => write!(
                f,
                "spectral normalization of the {network}: its kernel has no place for a second set of weights"
            ),
            Self::Minibatch => f.write_str(
                "minibatch discrimination: its kernel computes each sample alone and compares no two",
            ),
            Self::PenaltyOnTanh => f.write_str(
                "a penalty on the gradient of a discriminator with tanh: its kernel has the penalty's \
                 derivatives for ReLU and leaky ReLU only",
            ),
        }
    }
}
