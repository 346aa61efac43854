//! Networks as they answer about single points, where they are not their own: normalised or comparing samples,
//! they only know whole batches, and a plain network stands for each (`gan_core::inference`).

use gan_core::inference::{ParameterSet, inference_words};
use gan_core::{Configuration, Gan, Network, Profile};
use serde::{Deserialize, Serialize};

use crate::run::memory::AlignedWords;

/// Parameters of the plain networks that stand for those in training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inference {
    /// The generator's, in the order of its plain shape.
    pub generator: Vec<f32>,
    /// The discriminator's.
    pub discriminator: Vec<f32>,
    /// The parameters of the generator's moving average, where the run keeps one.
    pub average: Option<Vec<f32>>,
}

impl Inference {
    /// Whether networks are not their own.
    #[must_use]
    pub fn is_needed(configuration: &Configuration) -> bool {
        [Network::Generator, Network::Discriminator]
            .into_iter()
            .any(|network| inference_words(configuration, network) > 0)
    }

    /// Takes the parameters from networks in training; `None` where they are their own.
    pub(crate) fn of<P: Profile>(gan: &Gan<AlignedWords, P>) -> Option<Self> {
        let configuration = gan.configuration();
        if !Self::is_needed(configuration) {
            return None;
        }
        let of = |network, whose| {
            let mut scratch = vec![0.0; inference_words(configuration, network)];
            gan.inference_parameters(network, whose, &mut scratch).to_vec()
        };
        Some(Self {
            generator: of(Network::Generator, ParameterSet::Trained),
            discriminator: of(Network::Discriminator, ParameterSet::Trained),
            average: gan
                .average()
                .map(|_| of(Network::Generator, ParameterSet::Averaged)),
        })
    }

    /// One of the networks' parameters.
    #[must_use]
    pub fn parameters(&self, network: Network) -> &[f32] {
        match network {
            Network::Generator => &self.generator,
            Network::Discriminator => &self.discriminator,
        }
    }
}
