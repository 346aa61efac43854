//! Techniques as a learner meets them: where each stands, what it is called, which of its numbers can be
//! set, and to what.
//!
//! `gan_core` says what a technique is and does; here is every word about it, so that the card at a node,
//! the line of what is on, and the choice of a difference between two runs say the same. A [`Kind`] is a
//! technique without its value.

mod figures;
mod sentences;
mod usual;
mod words;

pub(crate) use figures::Figure;
pub(crate) use usual::{alternatives, choices, switched_on};
pub(crate) use words::{phrase, value};

use gan_core::{Configuration, Network, Technique, Techniques};

use Network::{Discriminator, Generator};

/// Which technique, whatever it is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// The range of what the networks see.
    Inputs,
    /// Truncated sampling of what is shown.
    Truncation,
    /// What follows a network's hidden layers.
    Activation(Network),
    /// What keeps its layers in range.
    Normalization(Network),
    /// Deviations of its initial weights.
    Initialization(Network),
    /// What follows the generator's last layer.
    Output,
    /// Moving average of the generator.
    Average,
    /// A limit on how steep the discriminator is.
    Penalty,
    /// Minibatch discrimination.
    Minibatch,
    /// Historical averaging of a network.
    History(Network),
    /// Decays of Adam's moments.
    Betas(Network),
    /// How learning rates change.
    RateDecay,
    /// Noise on what the discriminator sees.
    InstanceNoise,
    /// Old fake samples.
    Replay,
    /// Weight of the real batch.
    RealWeight,
    /// What the discriminator is to say of real and fake.
    Labels,
    /// Wrong labels.
    LabelNoise,
    /// The generator matches the discriminator's features.
    FeatureMatching,
}

impl Kind {
    /// All of them, in the order of the places they stand at.
    pub(crate) const ALL: [Self; 23] = [
        Self::Inputs,
        Self::Truncation,
        Self::Activation(Generator),
        Self::Normalization(Generator),
        Self::Initialization(Generator),
        Self::Output,
        Self::Average,
        Self::History(Generator),
        Self::Betas(Generator),
        Self::InstanceNoise,
        Self::Replay,
        Self::Activation(Discriminator),
        Self::Normalization(Discriminator),
        Self::Initialization(Discriminator),
        Self::Penalty,
        Self::Minibatch,
        Self::History(Discriminator),
        Self::Betas(Discriminator),
        Self::RateDecay,
        Self::RealWeight,
        Self::Labels,
        Self::LabelNoise,
        Self::FeatureMatching,
    ];

    /// The one that this is a value of.
    pub(crate) const fn of(technique: Technique) -> Self {
        match technique {
            Technique::Inputs(_) => Self::Inputs,
            Technique::Output(_) => Self::Output,
            Technique::RealWeight(_) => Self::RealWeight,
            Technique::Labels(_) => Self::Labels,
            Technique::LabelNoise(_) => Self::LabelNoise,
            Technique::Penalty(_) => Self::Penalty,
            Technique::InstanceNoise(_) => Self::InstanceNoise,
            Technique::FeatureMatching(_) => Self::FeatureMatching,
            Technique::Minibatch(_) => Self::Minibatch,
            Technique::Replay(_) => Self::Replay,
            Technique::Average(_) => Self::Average,
            Technique::RateDecay(_) => Self::RateDecay,
            Technique::Truncation(_) => Self::Truncation,
            Technique::Activation(network, _) => Self::Activation(network),
            Technique::Normalization(network, _) => Self::Normalization(network),
            Technique::Initialization(network, _) => Self::Initialization(network),
            Technique::Betas(network, _) => Self::Betas(network),
            Technique::History(network, _) => Self::History(network),
        }
    }

    /// What it is set to.
    pub(crate) const fn among(self, techniques: &Techniques) -> Technique {
        let all = techniques;
        match self {
            Self::Inputs => Technique::Inputs(all.inputs),
            Self::Output => Technique::Output(all.output),
            Self::RealWeight => Technique::RealWeight(all.real_weight),
            Self::Labels => Technique::Labels(all.labels),
            Self::LabelNoise => Technique::LabelNoise(all.label_noise),
            Self::Penalty => Technique::Penalty(all.penalty),
            Self::InstanceNoise => Technique::InstanceNoise(all.instance_noise),
            Self::FeatureMatching => Technique::FeatureMatching(all.feature_matching),
            Self::Minibatch => Technique::Minibatch(all.minibatch),
            Self::Replay => Technique::Replay(all.replay),
            Self::Average => Technique::Average(all.average),
            Self::RateDecay => Technique::RateDecay(all.rate_decay),
            Self::Truncation => Technique::Truncation(all.truncation),
            Self::Activation(network) => Technique::Activation(network, all.network(network).activation),
            Self::Normalization(network) => {
                Technique::Normalization(network, all.network(network).normalization)
            }
            Self::Initialization(network) => {
                Technique::Initialization(network, all.network(network).initialization)
            }
            Self::Betas(network) => Technique::Betas(network, all.network(network).betas),
            Self::History(network) => Technique::History(network, all.network(network).history),
        }
    }

    /// Switched off, or as in GAN Lab.
    pub(crate) const fn off(self) -> Technique {
        self.among(&Techniques::NONE)
    }

    /// Whether it is set to something else than in GAN Lab.
    pub(crate) fn is_on(self, techniques: &Techniques) -> bool {
        self.among(techniques) != self.off()
    }

    /// Its numbers, in the order in which they are read.
    pub(crate) const fn figures(self) -> [Option<Figure>; 2] {
        match self {
            Self::Inputs | Self::Output | Self::Initialization(_) => [None, None],
            Self::Truncation => [Some(Figure::Truncation), None],
            Self::Activation(network) => [Some(Figure::Slope(network)), None],
            Self::Normalization(network) => [Some(Figure::NormalizationDecay(network)), None],
            Self::Average => [Some(Figure::Average), None],
            Self::Penalty => [Some(Figure::Penalty), None],
            Self::Minibatch => [Some(Figure::Kernels), None],
            Self::History(network) => [Some(Figure::History(network)), None],
            Self::Betas(network) => [Some(Figure::Beta1(network)), Some(Figure::Beta2(network))],
            Self::RateDecay => [Some(Figure::DecayEpochs), None],
            Self::InstanceNoise => [Some(Figure::Deviation), Some(Figure::NoiseFade)],
            Self::Replay => [Some(Figure::Replayed), Some(Figure::Capacity)],
            Self::RealWeight => [Some(Figure::RealWeight), None],
            Self::Labels => [Some(Figure::RealLabel), Some(Figure::FakeLabel)],
            Self::LabelNoise => [Some(Figure::LabelNoise), None],
            Self::FeatureMatching => [Some(Figure::FeatureWeight), Some(Figure::FeatureFade)],
        }
    }

    /// Whose it is, if it is one network's.
    pub(crate) const fn network(self) -> Option<Network> {
        match self {
            Self::Activation(network)
            | Self::Normalization(network)
            | Self::Initialization(network)
            | Self::Betas(network)
            | Self::History(network) => Some(network),
            Self::Output | Self::Average => Some(Generator),
            Self::Penalty | Self::Minibatch => Some(Discriminator),
            _ => None,
        }
    }
}

/// Where in the graph techniques stand together.
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

    /// What stands there, the best known first.
    pub(crate) const fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Noise => &[Kind::Inputs, Kind::Truncation],
            Self::Network(Generator) => &[
                Kind::Activation(Generator),
                Kind::Normalization(Generator),
                Kind::Initialization(Generator),
                Kind::Output,
                Kind::Average,
                Kind::History(Generator),
            ],
            Self::Network(Discriminator) => &[
                Kind::Activation(Discriminator),
                Kind::Normalization(Discriminator),
                Kind::Initialization(Discriminator),
                Kind::Penalty,
                Kind::Minibatch,
                Kind::History(Discriminator),
            ],
            Self::Samples => &[Kind::InstanceNoise, Kind::Replay],
            Self::Losses => &[
                Kind::RealWeight,
                Kind::Labels,
                Kind::LabelNoise,
                Kind::FeatureMatching,
            ],
            Self::Steps(Generator) => &[Kind::Betas(Generator), Kind::RateDecay],
            Self::Steps(Discriminator) => &[Kind::Betas(Discriminator), Kind::RateDecay],
        }
    }

    /// Those that are on, in words.
    pub(crate) fn phrases(self, configuration: &Configuration) -> Vec<String> {
        let techniques = &configuration.techniques;
        self.kinds()
            .iter()
            .filter(|kind| kind.is_on(techniques))
            .map(|kind| phrase(kind.among(techniques)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_technique_stands_somewhere_and_is_found_by_its_kind() {
        let mut seen: HashSet<Kind> = HashSet::new();
        for place in Place::ALL {
            seen.extend(place.kinds());
        }
        assert_eq!(seen.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert!(seen.contains(&kind), "{kind:?} stands nowhere");
            assert_eq!(Kind::of(kind.off()), kind);
            assert!(!kind.is_on(&Techniques::NONE));
        }
    }
}
