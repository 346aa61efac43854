//! Techniques in words: what each is called, what it is set to, what it is for, and values to choose from.

use gan_core::Network;
use gan_core::techniques::{
    Betas, Bound, Decay, DecayEpochs, Deviation, FadeEpochs, FeatureMatching, HiddenActivation,
    Initialization, Inputs, InstanceNoise, MinibatchKernels, Normalization, Output, Penalty, RateDecay,
    Replay, ReplayCapacity, ReplayedSamples, Share, Slope, SoftLabels, Technique, Truncation, Weight,
};

/// Which technique, whatever it is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    /// See [`Technique::Inputs`].
    Inputs,
    /// See [`Technique::Output`].
    Output,
    /// See [`Technique::RealWeight`].
    RealWeight,
    /// See [`Technique::Labels`].
    Labels,
    /// See [`Technique::LabelNoise`].
    LabelNoise,
    /// See [`Technique::Penalty`].
    Penalty,
    /// See [`Technique::InstanceNoise`].
    InstanceNoise,
    /// See [`Technique::FeatureMatching`].
    FeatureMatching,
    /// See [`Technique::Minibatch`].
    Minibatch,
    /// See [`Technique::Replay`].
    Replay,
    /// See [`Technique::Average`].
    Average,
    /// See [`Technique::RateDecay`].
    RateDecay,
    /// See [`Technique::Truncation`].
    Truncation,
    /// See [`Technique::Activation`].
    Activation(Network),
    /// See [`Technique::Normalization`].
    Normalization(Network),
    /// See [`Technique::Initialization`].
    Initialization(Network),
    /// See [`Technique::Betas`].
    Betas(Network),
    /// See [`Technique::History`].
    History(Network),
}

impl Subject {
    /// The one that this is a setting of.
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

    /// Whose it is, if it is one network's own.
    pub(crate) const fn network(self) -> Option<Network> {
        match self {
            Self::Activation(network)
            | Self::Normalization(network)
            | Self::Initialization(network)
            | Self::Betas(network)
            | Self::History(network) => Some(network),
            Self::Minibatch => Some(Network::Discriminator),
            Self::Average => Some(Network::Generator),
            _ => None,
        }
    }

    /// What it is called, its network apart: 'hidden activation'.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Inputs => "input range",
            Self::Output => "generator output",
            Self::RealWeight => "weight of real samples",
            Self::Labels => "soft labels",
            Self::LabelNoise => "noisy labels",
            Self::Penalty => "penalty",
            Self::InstanceNoise => "instance noise",
            Self::FeatureMatching => "feature matching",
            Self::Minibatch => "minibatch discrimination",
            Self::Replay => "experience replay",
            Self::Average => "moving average",
            Self::RateDecay => "learning rate decay",
            Self::Truncation => "truncated sampling",
            Self::Activation(_) => "hidden activation",
            Self::Normalization(_) => "normalization",
            Self::Initialization(_) => "initial weights",
            Self::Betas(_) => "Adam decays",
            Self::History(_) => "historical averaging",
        }
    }

    /// What it does, in a sentence.
    pub(crate) const fn explanation(self) -> &'static str {
        match self {
            Self::Inputs => {
                "What the networks see lies around 0 instead of between 0 and 1, which trains more evenly."
            }
            Self::Output => "With tanh every sample stays in range; a linear output can leave it.",
            Self::RealWeight => {
                "Below 1 the discriminator is never quite sure of real samples: one-sided label smoothing."
            }
            Self::Labels => {
                "The discriminator is told less than 1 for real, or more than 0 for fake, so that it is never \
                             too sure."
            }
            Self::LabelNoise => {
                "So many labels are told wrong, which keeps the discriminator from being too sure."
            }
            Self::Penalty => {
                "Keeps the discriminator from getting too steep: by clipping its weights, or by what its gradient costs."
            }
            Self::InstanceNoise => {
                "Noise on all that the discriminator sees, so that real and fake overlap and it cannot win at once."
            }
            Self::FeatureMatching => {
                "The generator is to give the discriminator's last neurons the means that real samples give them."
            }
            Self::Minibatch => {
                "The discriminator sees how alike the samples of a batch are, so a collapsed generator is found out."
            }
            Self::Replay => "Some fake samples are older ones, so the discriminator does not forget them.",
            Self::Average => {
                "A slow average of the generator's weights, which makes steadier samples; it trains nothing."
            }
            Self::RateDecay => {
                "Learning rates shrink as the run goes on, so that it settles instead of circling."
            }
            Self::Truncation => {
                "What is shown is made of noise near the middle: more typical samples, less variety."
            }
            Self::Activation(_) => {
                "What follows each hidden neuron's sum: ReLU, one that lets some of what is negative pass, or tanh."
            }
            Self::Normalization(_) => {
                "Keeps layers in range: each neuron over the batch, or each weight matrix by its largest stretch."
            }
            Self::Initialization(_) => "How large the weights are at first.",
            Self::Betas(_) => {
                "How long Adam remembers gradients and their squares; a first decay of 0 suits many GANs."
            }
            Self::History(_) => {
                "Pulls the weights back to what they were on average, against going round in circles."
            }
        }
    }
}

/// 'Generator hidden activation'.
pub(crate) fn name(subject: Subject) -> String {
    let name = name_within(subject);
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The same, within a sentence.
pub(crate) fn name_within(subject: Subject) -> String {
    match subject.network() {
        Some(network) => format!("{network} {}", subject.noun()),
        None => subject.noun().to_owned(),
    }
}

/// What it is set to: 'leaky ReLU 0.2', 'off'.
pub(crate) fn value(technique: Technique) -> String {
    const OFF: &str = "off";
    let off = || OFF.to_owned();
    let fading = |value: f32, fade: FadeEpochs| match fade.get() {
        0 => value.to_string(),
        epochs => format!("{value}, gone after {epochs} epochs"),
    };
    match technique {
        Technique::Inputs(Inputs::Plain) => "0 to 1".to_owned(),
        Technique::Inputs(Inputs::Centred) => "−1 to 1".to_owned(),
        Technique::Output(Output::Tanh) => "tanh".to_owned(),
        Technique::Output(Output::Linear) => "linear".to_owned(),
        Technique::RealWeight(share) => share.get().to_string(),
        Technique::Labels(SoftLabels { real, fake }) => match (real.get(), fake.get()) {
            (1.0, 0.0) => off(),
            (real, fake) => format!("{real} and {fake}"),
        },
        Technique::LabelNoise(share) => match share.get() {
            0.0 => off(),
            share => share.to_string(),
        },
        Technique::Penalty(Penalty::None) => off(),
        Technique::Penalty(Penalty::Clipping(bound)) => format!("clipping at {}", bound.get()),
        Technique::Penalty(Penalty::R1(weight)) => format!("R1 {}", weight.get()),
        Technique::Penalty(Penalty::Gradient(weight)) => format!("gradient penalty {}", weight.get()),
        Technique::InstanceNoise(noise) => noise.map_or_else(off, |InstanceNoise { deviation, fade }| {
            fading(deviation.get(), fade)
        }),
        Technique::FeatureMatching(matching) => {
            matching.map_or_else(off, |FeatureMatching { weight, fade }| fading(weight.get(), fade))
        }
        Technique::Minibatch(kernels) => kernels.map_or_else(off, |kernels| match kernels.get() {
            1 => "1 kernel".to_owned(),
            kernels => format!("{kernels} kernels"),
        }),
        Technique::Replay(replay) => replay.map_or_else(off, |Replay { samples, capacity }| {
            format!("{} of each batch, from {}", samples.get(), capacity.get())
        }),
        Technique::Average(decay) => decay.map_or_else(off, decimal),
        Technique::RateDecay(RateDecay::Constant) => off(),
        Technique::RateDecay(RateDecay::Linear(epochs)) => format!("linear over {} epochs", epochs.get()),
        Technique::RateDecay(RateDecay::Cosine(epochs)) => format!("cosine over {} epochs", epochs.get()),
        Technique::Truncation(truncation) => {
            truncation.map_or_else(off, |truncation| format!("{} deviations", truncation.get()))
        }
        Technique::Activation(_, HiddenActivation::Relu) => "ReLU".to_owned(),
        Technique::Activation(_, HiddenActivation::LeakyRelu(slope)) => format!("leaky ReLU {}", slope.get()),
        Technique::Activation(_, HiddenActivation::Tanh) => "tanh".to_owned(),
        Technique::Normalization(_, Normalization::None) => off(),
        Technique::Normalization(_, Normalization::Batch(_)) => "batch".to_owned(),
        Technique::Normalization(_, Normalization::Spectral) => "spectral".to_owned(),
        Technique::Initialization(_, Initialization::Classic) => "classic".to_owned(),
        Technique::Initialization(_, Initialization::Scale) => "0.02".to_owned(),
        Technique::Initialization(_, Initialization::Xavier) => "Xavier".to_owned(),
        Technique::Initialization(_, Initialization::He) => "He".to_owned(),
        Technique::Betas(_, Betas { beta_1, beta_2 }) => {
            format!("{} and {}", decimal(beta_1), decimal(beta_2))
        }
        Technique::History(_, weight) => weight.map_or_else(off, |weight| weight.get().to_string()),
    }
}

fn decimal(decay: Decay) -> String {
    (f64::from(decay.ten_thousandths()) / 10_000.0).to_string()
}

/// Usual settings of the same technique, what there is now among them.
pub(crate) fn to_choose_from(now: Technique) -> Vec<Technique> {
    let mut all = usual(Subject::of(now));
    if !all.contains(&now) {
        all.push(now);
    }
    all
}

/// Those of the papers, from off to strong.
fn usual(subject: Subject) -> Vec<Technique> {
    let share = |value| Share::new(value).ok();
    let weight = |value| Weight::new(value).ok();
    let decay = |value| Decay::from_decimal(value).ok();
    let fade = FadeEpochs::LEAST;
    match subject {
        Subject::Inputs => [Inputs::Plain, Inputs::Centred].map(Technique::Inputs).into(),
        Subject::Output => [Output::Tanh, Output::Linear].map(Technique::Output).into(),
        Subject::RealWeight => known([0.8, 0.9, 0.95, 1.0].map(share), Technique::RealWeight),
        Subject::Labels => {
            let pair = |(real, fake)| {
                Some(SoftLabels {
                    real: share(real)?,
                    fake: share(fake)?,
                })
            };
            let pairs = [(1.0, 0.0), (0.9, 0.0), (0.9, 0.1), (0.8, 0.2)];
            known(pairs.map(pair), Technique::Labels)
        }
        Subject::LabelNoise => known([0.0, 0.05, 0.1, 0.2].map(share), Technique::LabelNoise),
        Subject::Penalty => known(
            [
                Some(Penalty::None),
                Bound::new(0.01).ok().map(Penalty::Clipping),
                Bound::new(0.1).ok().map(Penalty::Clipping),
                weight(0.1).map(Penalty::R1),
                weight(1.0).map(Penalty::R1),
                weight(10.0).map(Penalty::R1),
                weight(1.0).map(Penalty::Gradient),
                weight(10.0).map(Penalty::Gradient),
            ],
            Technique::Penalty,
        ),
        Subject::InstanceNoise => or_off(
            [0.05, 0.1, 0.2].map(|value| {
                let deviation = Deviation::new(value).ok()?;
                Some(InstanceNoise { deviation, fade })
            }),
            Technique::InstanceNoise,
        ),
        Subject::FeatureMatching => or_off(
            [0.1, 0.5, 1.0].map(|value| {
                let weight = share(value)?;
                Some(FeatureMatching { weight, fade })
            }),
            Technique::FeatureMatching,
        ),
        Subject::Minibatch => or_off(
            [1, 4, 16].map(|count| MinibatchKernels::new(count).ok()),
            Technique::Minibatch,
        ),
        Subject::Replay => or_off(
            [15, 75].map(|count| {
                Some(Replay {
                    samples: ReplayedSamples::new(count).ok()?,
                    capacity: ReplayCapacity::new(10_000).ok()?,
                })
            }),
            Technique::Replay,
        ),
        Subject::Average => or_off([0.9, 0.99, 0.999, 0.9999].map(decay), Technique::Average),
        Subject::RateDecay => {
            let epochs = |count| DecayEpochs::new(count).ok();
            let decays = [
                Some(RateDecay::Constant),
                epochs(10_000).map(RateDecay::Linear),
                epochs(10_000).map(RateDecay::Cosine),
            ];
            known(decays, Technique::RateDecay)
        }
        Subject::Truncation => or_off(
            [0.5, 1.0, 1.5].map(|value| Truncation::new(value).ok()),
            Technique::Truncation,
        ),
        Subject::Activation(network) => known(
            [
                Some(HiddenActivation::Relu),
                Slope::new(0.2).ok().map(HiddenActivation::LeakyRelu),
                Some(HiddenActivation::Tanh),
            ],
            |activation| Technique::Activation(network, activation),
        ),
        Subject::Normalization(network) => known(
            [
                Some(Normalization::None),
                decay(0.9).map(Normalization::Batch),
                Some(Normalization::Spectral),
            ],
            |normalization| Technique::Normalization(network, normalization),
        ),
        Subject::Initialization(network) => [
            Initialization::Classic,
            Initialization::Scale,
            Initialization::Xavier,
            Initialization::He,
        ]
        .map(|initialization| Technique::Initialization(network, initialization))
        .into(),
        Subject::Betas(network) => {
            let pair = |(beta_1, beta_2)| {
                Some(Betas {
                    beta_1: decay(beta_1)?,
                    beta_2: decay(beta_2)?,
                })
            };
            let pairs = [(0.9, 0.999), (0.5, 0.999), (0.5, 0.9), (0.0, 0.99), (0.0, 0.9)];
            known(pairs.map(pair), |betas| Technique::Betas(network, betas))
        }
        Subject::History(network) => or_off([0.01, 0.1, 1.0].map(weight), |weight| {
            Technique::History(network, weight)
        }),
    }
}

/// Settings that are in range, which all of those above are.
fn known<V, const N: usize>(values: [Option<V>; N], technique: impl Fn(V) -> Technique) -> Vec<Technique> {
    values.into_iter().flatten().map(technique).collect()
}

/// The same, and off before them.
fn or_off<V, const N: usize>(
    values: [Option<V>; N],
    technique: impl Fn(Option<V>) -> Technique,
) -> Vec<Technique> {
    let values = values.into_iter().flatten().map(Some);
    std::iter::once(None).chain(values).map(technique).collect()
}

/// Every technique as these have it.
#[cfg(test)]
pub(crate) fn all_of(techniques: &gan_core::Techniques) -> Vec<Technique> {
    let mut all = vec![
        Technique::Inputs(techniques.inputs),
        Technique::Output(techniques.output),
        Technique::RealWeight(techniques.real_weight),
        Technique::Labels(techniques.labels),
        Technique::LabelNoise(techniques.label_noise),
        Technique::Penalty(techniques.penalty),
        Technique::InstanceNoise(techniques.instance_noise),
        Technique::FeatureMatching(techniques.feature_matching),
        Technique::Minibatch(techniques.minibatch),
        Technique::Replay(techniques.replay),
        Technique::Average(techniques.average),
        Technique::RateDecay(techniques.rate_decay),
        Technique::Truncation(techniques.truncation),
    ];
    for network in [Network::Generator, Network::Discriminator] {
        let own = techniques.network(network);
        all.extend([
            Technique::Activation(network, own.activation),
            Technique::Normalization(network, own.normalization),
            Technique::Initialization(network, own.initialization),
            Technique::Betas(network, own.betas),
            Technique::History(network, own.history),
        ]);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Techniques;
    use std::collections::BTreeSet;

    #[test]
    fn every_technique_has_a_name_of_its_own_and_values_of_their_own() {
        let names: BTreeSet<String> = all_of(&Techniques::NONE)
            .into_iter()
            .map(|technique| name(Subject::of(technique)))
            .collect();
        assert_eq!(names.len(), 23);
        for technique in all_of(&Techniques::NONE) {
            let all = to_choose_from(technique);
            assert!(
                all.len() >= 2 && all.contains(&technique),
                "{technique:?}: GAN Lab's is among them"
            );
            let words: BTreeSet<String> = all.iter().map(|one| value(*one)).collect();
            assert_eq!(words.len(), all.len(), "{words:?}");
            assert!(Subject::of(technique).explanation().ends_with('.'));
        }
    }
}
