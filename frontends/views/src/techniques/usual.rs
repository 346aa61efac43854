//! Values that techniques usually have: what a switch switches on, and what a second run may differ in.

use gan_core::techniques::{
    Betas, Bound, Decay, DecayEpochs, Deviation, FadeEpochs, FeatureMatching, HiddenActivation,
    Initialization, Inputs, InstanceNoise, MinibatchKernels, Normalization, Output, Penalty, RateDecay,
    Replay, ReplayCapacity, ReplayedSamples, Share, Slope, SoftLabels, Truncation, Weight,
};
use gan_core::{Configuration, OutOfRange, Technique};

use super::Kind;

/// What a technique with a switch is when it is switched on; those with a menu have no switch.
pub(crate) fn switched_on(kind: Kind, configuration: &Configuration) -> Option<Technique> {
    let switched = matches!(
        kind,
        Kind::Truncation
            | Kind::Average
            | Kind::Minibatch
            | Kind::History(_)
            | Kind::InstanceNoise
            | Kind::Replay
            | Kind::FeatureMatching
    );
    let first = || {
        choices(kind, configuration)
            .into_iter()
            .find(|technique| *technique != kind.off())
    };
    switched.then(first).flatten()
}

/// What a technique with a menu can be, each with its word there; numbers stay as they are. None of a technique
/// with a switch, or with numbers alone.
pub(crate) fn alternatives(kind: Kind, configuration: &Configuration) -> Vec<(Technique, &'static str)> {
    let now = kind.among(&configuration.techniques);
    let all = choices(kind, configuration);
    let word = |technique| {
        Some(match technique {
            Technique::Inputs(Inputs::Plain) => "0 to 1",
            Technique::Inputs(Inputs::Centred) => "−1 to 1",
            Technique::Output(Output::Tanh) => "tanh",
            Technique::Output(Output::Linear) => "linear",
            Technique::Activation(_, HiddenActivation::Relu) => "ReLU",
            Technique::Activation(_, HiddenActivation::LeakyRelu(_)) => "leaky ReLU",
            Technique::Activation(_, HiddenActivation::Tanh) => "tanh",
            Technique::Normalization(_, Normalization::None) => "none",
            Technique::Normalization(_, Normalization::Batch(_)) => "batch",
            Technique::Normalization(_, Normalization::Spectral) => "spectral",
            Technique::Initialization(_, Initialization::Classic) => "GAN Lab's",
            Technique::Initialization(_, Initialization::Scale) => "0.02",
            Technique::Initialization(_, Initialization::Xavier) => "Xavier",
            Technique::Initialization(_, Initialization::He) => "He",
            Technique::Penalty(Penalty::None) => "none",
            Technique::Penalty(Penalty::Clipping(_)) => "clipping",
            Technique::Penalty(Penalty::R1(_)) => "R1",
            Technique::Penalty(Penalty::Gradient(_)) => "gradient",
            Technique::RateDecay(RateDecay::Constant) => "none",
            Technique::RateDecay(RateDecay::Linear(_)) => "linear",
            Technique::RateDecay(RateDecay::Cosine(_)) => "cosine",
            _ => return None,
        })
    };
    let mut found: Vec<(Technique, &'static str)> = Vec::new();
    for technique in all {
        let Some(word) = word(technique) else {
            return Vec::new();
        };
        match found.iter_mut().find(|(_, earlier)| *earlier == word) {
            // Of those that a menu does not tell apart, the one there is.
            Some((earlier, _)) if technique == now => *earlier = now,
            Some(_) => {}
            None => found.push((technique, word)),
        }
    }
    found
}

/// Values to choose from, the most usual first after what is off; what there is now among them.
pub(crate) fn choices(kind: Kind, configuration: &Configuration) -> Vec<Technique> {
    let now = kind.among(&configuration.techniques);
    let mut all = vec![kind.off()];
    all.extend(usual(kind, configuration).unwrap_or_default());
    if !all.contains(&now) {
        all.push(now);
    }
    all
}

/// Those that are not off. All literals are in range, which a test sees.
fn usual(kind: Kind, configuration: &Configuration) -> Result<Vec<Technique>, OutOfRange> {
    Ok(match kind {
        Kind::Inputs => vec![Technique::Inputs(Inputs::Centred)],
        Kind::Output => vec![Technique::Output(Output::Linear)],
        Kind::Truncation => every([1.0, 0.5, 1.5], |most| {
            Truncation::new(most).map(|most| Technique::Truncation(Some(most)))
        })?,
        Kind::Activation(network) => [
            HiddenActivation::LeakyRelu(Slope::new(0.2)?),
            HiddenActivation::LeakyRelu(Slope::new(0.01)?),
            HiddenActivation::Tanh,
        ]
        .map(|activation| Technique::Activation(network, activation))
        .into(),
        Kind::Normalization(network) => [
            Normalization::Spectral,
            Normalization::Batch(Decay::from_decimal(0.9)?),
        ]
        .map(|normalization| Technique::Normalization(network, normalization))
        .into(),
        Kind::Initialization(network) => [Initialization::Scale, Initialization::Xavier, Initialization::He]
            .map(|initialization| Technique::Initialization(network, initialization))
            .into(),
        Kind::Average => [0.999, 0.99, 0.9]
            .into_iter()
            .map(|decay| Ok(Technique::Average(Some(Decay::from_decimal(decay)?))))
            .collect::<Result<_, _>>()?,
        Kind::Penalty => vec![
            Technique::Penalty(Penalty::R1(Weight::new(1.0)?)),
            Technique::Penalty(Penalty::R1(Weight::new(0.1)?)),
            Technique::Penalty(Penalty::R1(Weight::new(10.0)?)),
            Technique::Penalty(Penalty::Gradient(Weight::new(1.0)?)),
            Technique::Penalty(Penalty::Gradient(Weight::new(10.0)?)),
            Technique::Penalty(Penalty::Clipping(Bound::new(0.1)?)),
            Technique::Penalty(Penalty::Clipping(Bound::new(0.01)?)),
        ],
        Kind::Minibatch => [5, 1, 16]
            .into_iter()
            .map(|count| Ok(Technique::Minibatch(Some(MinibatchKernels::new(count)?))))
            .collect::<Result<_, _>>()?,
        Kind::History(network) => every([0.01, 0.1, 1.0], |weight| {
            Weight::new(weight).map(|weight| Technique::History(network, Some(weight)))
        })?,
        Kind::Betas(network) => [(0.5, 0.999), (0.0, 0.999), (0.5, 0.9), (0.0, 0.9)]
            .into_iter()
            .map(|(first, second)| {
                let betas = Betas {
                    beta_1: Decay::from_decimal(first)?,
                    beta_2: Decay::from_decimal(second)?,
                };
                Ok(Technique::Betas(network, betas))
            })
            .collect::<Result<_, _>>()?,
        Kind::RateDecay => {
            let ten_thousand = DecayEpochs::new(10_000)?;
            vec![
                Technique::RateDecay(RateDecay::Linear(ten_thousand)),
                Technique::RateDecay(RateDecay::Cosine(ten_thousand)),
                Technique::RateDecay(RateDecay::Cosine(DecayEpochs::new(2_000)?)),
            ]
        }
        Kind::InstanceNoise => [(0.1, 4_000), (0.1, 0), (0.02, 0), (0.5, 4_000)]
            .into_iter()
            .map(|(deviation, fade)| {
                Ok(Technique::InstanceNoise(Some(InstanceNoise {
                    deviation: Deviation::new(deviation)?,
                    fade: FadeEpochs::new(fade)?,
                })))
            })
            .collect::<Result<_, _>>()?,
        Kind::Replay => {
            // A third of the batch, as 50 of GAN Lab's 150; of a batch of one, one, which is refused with words.
            let third = u32::try_from(configuration.batch.get() / 3)
                .unwrap_or(1)
                .clamp(1, 341);
            vec![Technique::Replay(Some(Replay {
                samples: ReplayedSamples::new(third)?,
                capacity: ReplayCapacity::new(3_000)?,
            }))]
        }
        Kind::RealWeight => every([1.0, 0.9, 0.7], |share| {
            Share::new(share).map(Technique::RealWeight)
        })?,
        Kind::Labels => [(0.9, 0.0), (0.9, 0.1), (0.7, 0.3)]
            .into_iter()
            .map(|(real, fake)| {
                let (real, fake) = (Share::new(real)?, Share::new(fake)?);
                Ok(Technique::Labels(SoftLabels { real, fake }))
            })
            .collect::<Result<_, _>>()?,
        Kind::LabelNoise => every([0.05, 0.01, 0.2], |share| {
            Share::new(share).map(Technique::LabelNoise)
        })?,
        Kind::FeatureMatching => [(0.5, 4_000), (0.5, 0), (1.0, 0)]
            .into_iter()
            .map(|(weight, fade)| {
                Ok(Technique::FeatureMatching(Some(FeatureMatching {
                    weight: Share::new(weight)?,
                    fade: FadeEpochs::new(fade)?,
                })))
            })
            .collect::<Result<_, _>>()?,
    })
}

fn every(
    numbers: [f32; 3],
    technique: impl Fn(f32) -> Result<Technique, OutOfRange>,
) -> Result<Vec<Technique>, OutOfRange> {
    numbers.into_iter().map(technique).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;

    #[test]
    fn every_technique_can_be_chosen_and_each_that_has_a_switch_switched_on() {
        let ring = Preset::Ring.configuration();
        for kind in Kind::ALL {
            assert!(usual(kind, &ring).is_ok(), "{kind:?} has a literal out of range");
            let all = choices(kind, &ring);
            assert!(all.len() >= 2 && all[0] == kind.off());
            assert!(all.iter().all(|technique| Kind::of(*technique) == kind));
            if let Some(technique) = switched_on(kind, &ring) {
                let mut on = ring;
                on.techniques = technique.applied_to(on.techniques);
                assert!(kind.is_on(&on.techniques));
                assert_eq!(on.check(), Ok(()));
                assert!(choices(kind, &on).contains(&technique));
            }
        }
    }
}
