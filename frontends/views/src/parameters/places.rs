//! Places in the graph at which techniques stand together.

use gan_core::{Configuration, Network, Parameter};
use lab::Setting;

use super::names::{is_on, phrase};

use Network::{Discriminator, Generator};

/// A place in the graph at which techniques stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// At what the generator starts from.
    Noise,
    /// At a network's box.
    Network(Network),
    /// At the samples, between the two.
    Samples,
    /// At the losses.
    Losses,
    /// At a network's optimiser and learning rate.
    Steps(Network),
}

impl Place {
    /// All of them, in the order in which data flows, and gradients back.
    pub(crate) const ALL: [Self; 7] = [
        Self::Noise,
        Self::Network(Generator),
        Self::Steps(Generator),
        Self::Samples,
        Self::Network(Discriminator),
        Self::Steps(Discriminator),
        Self::Losses,
    ];

    /// The hyper-parameters that stand there, the best known first.
    pub(crate) const fn heads(self) -> &'static [Parameter] {
        match self {
            Self::Noise => &[Parameter::Inputs, Parameter::Truncation],
            Self::Network(Generator) => &[
                Parameter::Activation(Generator),
                Parameter::Normalization(Generator),
                Parameter::Initialization(Generator),
                Parameter::Output,
                Parameter::Average,
                Parameter::HistoricalAveraging(Generator),
            ],
            Self::Network(Discriminator) => &[
                Parameter::Activation(Discriminator),
                Parameter::Normalization(Discriminator),
                Parameter::Initialization(Discriminator),
                Parameter::Penalty,
                Parameter::Minibatch,
                Parameter::HistoricalAveraging(Discriminator),
            ],
            Self::Samples => &[Parameter::InstanceNoise, Parameter::Replay],
            Self::Losses => &[
                Parameter::RealWeight,
                Parameter::RealLabel,
                Parameter::LabelNoise,
                Parameter::FeatureMatching,
            ],
            Self::Steps(Generator) => &[Parameter::Beta1(Generator), Parameter::RateDecay],
            Self::Steps(Discriminator) => &[Parameter::Beta1(Discriminator), Parameter::RateDecay],
        }
    }

    /// Rows of its card, from top to bottom: noise and batch join the techniques of their nodes.
    pub(crate) fn listed(self) -> impl Iterator<Item = Parameter> {
        let first = match self {
            Self::Noise => Some(Parameter::NoiseKind),
            Self::Samples => Some(Parameter::Batch),
            _ => None,
        };
        first.into_iter().chain(self.heads().iter().copied())
    }

    /// The techniques that are on, in words.
    pub(crate) fn phrases(self, configuration: &Configuration) -> Vec<String> {
        let on = self.heads().iter().filter(|head| is_on(**head, configuration));
        on.map(|head| phrase(Setting::in_configuration(*head, configuration)))
            .collect()
    }

    /// The title over its list.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Noise => "Noise",
            Self::Network(Generator) => "Generator",
            Self::Network(Discriminator) => "Discriminator",
            Self::Samples => "Samples",
            Self::Losses => "Losses",
            Self::Steps(Generator) => "Steps of the generator",
            Self::Steps(Discriminator) => "Steps of the discriminator",
        }
    }

    /// The accessible name of what opens its list.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Noise => "Techniques at the noise",
            Self::Network(Generator) => "Techniques at the generator",
            Self::Network(Discriminator) => "Techniques at the discriminator",
            Self::Samples => "Techniques at the samples",
            Self::Losses => "Techniques at the losses",
            Self::Steps(Generator) => "Techniques at the generator's steps",
            Self::Steps(Discriminator) => "Techniques at the discriminator's steps",
        }
    }

    /// A tooltip that lists its techniques.
    pub(crate) const fn hint(self) -> &'static str {
        match self {
            Self::Noise => "Kind and dimensions of the noise, range of the inputs, truncated sampling",
            Self::Network(Generator) => {
                "Activation, normalization, initial weights, output, and averages of the generator"
            }
            Self::Network(Discriminator) => {
                "Activation, normalization, initial weights, penalties and more of the discriminator"
            }
            Self::Samples => "Batch size, noise on what the discriminator sees, replay of old samples",
            Self::Losses => "Weights and labels of the discriminator's loss, feature matching",
            Self::Steps(_) => "Adam's memory, and how learning rates decay",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use gan_core::parameters::Mention;
    use std::collections::HashSet;

    #[test]
    fn every_technique_stands_somewhere() {
        let seen: HashSet<Parameter> = Place::ALL.into_iter().flat_map(Place::listed).collect();
        for own in Setting::all(&Preset::Ring.configuration()) {
            let head = own.head();
            let is_technique = head.definition().mention == Mention::Differing;
            assert!(seen.contains(&head) || !is_technique, "{head} stands nowhere");
        }
    }
}
