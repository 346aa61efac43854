//! The numbers of techniques, and of noise and batch beside them: each with its words, its range, and the
//! rungs of a ladder, values that practitioners take, by which chevrons, arrow keys and the wheel go.

use gan_core::configuration::{BatchSize, NoiseDimensions};
use gan_core::techniques::{
    Betas, Bound, Decay, DecayEpochs, Deviation, FadeEpochs, FeatureMatching, HiddenActivation,
    InstanceNoise, MinibatchKernels, Normalization, Penalty, RateDecay, Replay, ReplayCapacity,
    ReplayedSamples, Share, Slope, SoftLabels, Truncation, Weight,
};
use gan_core::{Configuration, Network, Technique};
use lab::Setting;

use super::Kind;
use crate::text;

/// A number that can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Figure {
    /// Components of a noise vector.
    Dimensions,
    /// Samples of a batch.
    Batch,
    /// Deviations within which noise is kept.
    Truncation,
    /// Of a leaky ReLU.
    Slope(Network),
    /// Of batch normalization's running figures.
    NormalizationDecay(Network),
    /// Weight of historical averaging.
    History(Network),
    /// Decay of the generator's moving average.
    Average,
    /// Kernels of minibatch discrimination.
    Kernels,
    /// Weight of a penalty, or bound of clipped weights.
    Penalty,
    /// Decay of Adam's first moment.
    Beta1(Network),
    /// Decay of Adam's second moment.
    Beta2(Network),
    /// Epochs over which rates decay.
    DecayEpochs,
    /// Of instance noise.
    Deviation,
    /// Epochs over which instance noise fades.
    NoiseFade,
    /// Old samples in a batch.
    Replayed,
    /// Places for old samples.
    Capacity,
    /// Weight of the real batch.
    RealWeight,
    /// What is wanted of real samples.
    RealLabel,
    /// What is wanted of fake samples.
    FakeLabel,
    /// Share of wrong labels.
    LabelNoise,
    /// Share of feature matching in the generator's gradient.
    FeatureWeight,
    /// Epochs over which feature matching fades.
    FeatureFade,
}

/// Epochs over which something fades or decays, without the 0 that some have for 'never'.
const EPOCHS: [f64; 11] = [100.0, 200.0, 500.0, 1e3, 2e3, 4e3, 5e3, 1e4, 2e4, 5e4, 1e5];
const FADES: [f64; 12] = [0.0, 100.0, 200.0, 500.0, 1e3, 2e3, 4e3, 5e3, 1e4, 2e4, 5e4, 1e5];
const SIXTEEN: [f64; 16] = [
    1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0,
];
const WEIGHTS: [f64; 9] = [0.001, 0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0];
const MOMENTS: [f64; 8] = [0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999];

impl Figure {
    /// What it is now; nothing where its technique is off.
    pub(crate) fn now(self, configuration: &Configuration) -> Option<f64> {
        let techniques = &configuration.techniques;
        let count = |count: usize| Some(count as f64);
        let decay = |decay: Decay| Some(f64::from(decay.ten_thousandths()) / 10_000.0);
        match self {
            Self::Dimensions => count(configuration.noise.dimensions.get()),
            Self::Batch => count(configuration.batch.get()),
            Self::Truncation => techniques.truncation.and_then(|most| decimal(most.get())),
            Self::Slope(network) => match techniques.network(network).activation {
                HiddenActivation::LeakyRelu(slope) => decimal(slope.get()),
                HiddenActivation::Relu | HiddenActivation::Tanh => None,
            },
            Self::NormalizationDecay(network) => match techniques.network(network).normalization {
                Normalization::Batch(of) => decay(of),
                Normalization::None | Normalization::Spectral => None,
            },
            Self::History(network) => techniques
                .network(network)
                .history
                .and_then(|weight| decimal(weight.get())),
            Self::Average => techniques.average.and_then(decay),
            Self::Kernels => techniques.minibatch.and_then(|kernels| count(kernels.get())),
            Self::Penalty => match techniques.penalty {
                Penalty::None => None,
                Penalty::Clipping(bound) => decimal(bound.get()),
                Penalty::R1(weight) | Penalty::Gradient(weight) => decimal(weight.get()),
            },
            Self::Beta1(network) => decay(techniques.network(network).betas.beta_1),
            Self::Beta2(network) => decay(techniques.network(network).betas.beta_2),
            Self::DecayEpochs => match techniques.rate_decay {
                RateDecay::Constant => None,
                RateDecay::Linear(epochs) | RateDecay::Cosine(epochs) => count(epochs.get()),
            },
            Self::Deviation => techniques
                .instance_noise
                .and_then(|noise| decimal(noise.deviation.get())),
            Self::NoiseFade => techniques
                .instance_noise
                .and_then(|noise| count(noise.fade.get())),
            Self::Replayed => techniques.replay.and_then(|replay| count(replay.samples.get())),
            Self::Capacity => techniques.replay.and_then(|replay| count(replay.capacity.get())),
            Self::RealWeight => decimal(techniques.real_weight.get()),
            Self::RealLabel => decimal(techniques.labels.real.get()),
            Self::FakeLabel => decimal(techniques.labels.fake.get()),
            Self::LabelNoise => decimal(techniques.label_noise.get()),
            Self::FeatureWeight => techniques
                .feature_matching
                .and_then(|matching| decimal(matching.weight.get())),
            Self::FeatureFade => techniques
                .feature_matching
                .and_then(|matching| count(matching.fade.get())),
        }
    }

    /// So much of it; nothing if that is out of range, or its technique is off.
    pub(crate) fn set(self, number: f64, configuration: &Configuration) -> Option<Setting> {
        let techniques = &configuration.techniques;
        let share = Share::new(number as f32).ok();
        let technique = match self {
            Self::Dimensions => {
                let dimensions = NoiseDimensions::new(whole(number)?).ok()?;
                return Some(Setting::Noise(gan_core::configuration::Noise {
                    dimensions,
                    ..configuration.noise
                }));
            }
            Self::Batch => return Some(Setting::Batch(BatchSize::new(whole(number)?).ok()?)),
            Self::Truncation => Technique::Truncation(Some(Truncation::new(number as f32).ok()?)),
            Self::Slope(network) => Technique::Activation(
                network,
                HiddenActivation::LeakyRelu(Slope::new(number as f32).ok()?),
            ),
            Self::NormalizationDecay(network) => {
                Technique::Normalization(network, Normalization::Batch(Decay::from_decimal(number).ok()?))
            }
            Self::History(network) => Technique::History(network, Some(Weight::new(number as f32).ok()?)),
            Self::Average => Technique::Average(Some(Decay::from_decimal(number).ok()?)),
            Self::Kernels => Technique::Minibatch(Some(MinibatchKernels::new(whole(number)?).ok()?)),
            Self::Penalty => {
                let weight = || Weight::new(number as f32).ok();
                Technique::Penalty(match techniques.penalty {
                    Penalty::None => return None,
                    Penalty::Clipping(_) => Penalty::Clipping(Bound::new(number as f32).ok()?),
                    Penalty::R1(_) => Penalty::R1(weight()?),
                    Penalty::Gradient(_) => Penalty::Gradient(weight()?),
                })
            }
            Self::Beta1(network) => Technique::Betas(
                network,
                Betas {
                    beta_1: Decay::from_decimal(number).ok()?,
                    ..techniques.network(network).betas
                },
            ),
            Self::Beta2(network) => Technique::Betas(
                network,
                Betas {
                    beta_2: Decay::from_decimal(number).ok()?,
                    ..techniques.network(network).betas
                },
            ),
            Self::DecayEpochs => {
                let epochs = DecayEpochs::new(whole(number)?).ok()?;
                Technique::RateDecay(match techniques.rate_decay {
                    RateDecay::Constant => return None,
                    RateDecay::Linear(_) => RateDecay::Linear(epochs),
                    RateDecay::Cosine(_) => RateDecay::Cosine(epochs),
                })
            }
            Self::Deviation => Technique::InstanceNoise(Some(InstanceNoise {
                deviation: Deviation::new(number as f32).ok()?,
                ..techniques.instance_noise?
            })),
            Self::NoiseFade => Technique::InstanceNoise(Some(InstanceNoise {
                fade: FadeEpochs::new(whole(number)?).ok()?,
                ..techniques.instance_noise?
            })),
            Self::Replayed => Technique::Replay(Some(Replay {
                samples: ReplayedSamples::new(whole(number)?).ok()?,
                ..techniques.replay?
            })),
            Self::Capacity => Technique::Replay(Some(Replay {
                capacity: ReplayCapacity::new(whole(number)?).ok()?,
                ..techniques.replay?
            })),
            Self::RealWeight => Technique::RealWeight(share?),
            Self::RealLabel => Technique::Labels(SoftLabels {
                real: share?,
                ..techniques.labels
            }),
            Self::FakeLabel => Technique::Labels(SoftLabels {
                fake: share?,
                ..techniques.labels
            }),
            Self::LabelNoise => Technique::LabelNoise(share?),
            Self::FeatureWeight => Technique::FeatureMatching(Some(FeatureMatching {
                weight: share?,
                ..techniques.feature_matching?
            })),
            Self::FeatureFade => Technique::FeatureMatching(Some(FeatureMatching {
                fade: FadeEpochs::new(whole(number)?).ok()?,
                ..techniques.feature_matching?
            })),
        };
        Some(Setting::Technique(technique))
    }

    /// So many rungs up from where it is, as far as there are any; `None` if that is where it is.
    pub(crate) fn moved(self, rungs: i32, configuration: &Configuration) -> Option<Setting> {
        let now = self.now(configuration)?;
        let ladder = self.ladder(configuration);
        let (up, steps) = (rungs > 0, rungs.unsigned_abs() as usize);
        let mut beyond: Vec<f64> = ladder
            .iter()
            .copied()
            .filter(|rung| if up { *rung > now } else { *rung < now })
            .collect();
        if !up {
            beyond.reverse();
        }
        let rung = beyond.get(steps.checked_sub(1)?).or(beyond.last())?;
        self.set(*rung, configuration)
    }

    /// Its rungs, least first.
    pub(crate) const fn ladder(self, configuration: &Configuration) -> &'static [f64] {
        match self {
            Self::Dimensions | Self::Kernels => &SIXTEEN,
            Self::Batch => &[1.0, 5.0, 10.0, 20.0, 50.0, 100.0, 150.0, 300.0, 512.0, 1024.0],
            Self::Truncation => &[0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0],
            Self::Slope(_) => &[0.01, 0.05, 0.1, 0.2, 0.3, 0.5],
            Self::History(_) => &WEIGHTS,
            Self::NormalizationDecay(_) => &[0.5, 0.8, 0.9, 0.95, 0.99, 0.999],
            Self::Average => &[0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999],
            Self::Penalty => match configuration.techniques.penalty {
                Penalty::Clipping(_) => &[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0],
                Penalty::None | Penalty::R1(_) | Penalty::Gradient(_) => &WEIGHTS,
            },
            Self::Beta1(_) | Self::Beta2(_) => &MOMENTS,
            Self::DecayEpochs => &EPOCHS,
            Self::NoiseFade | Self::FeatureFade => &FADES,
            Self::Deviation => &[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0],
            Self::Replayed => &[1.0, 5.0, 10.0, 20.0, 50.0, 75.0, 100.0, 140.0, 250.0, 500.0],
            Self::Capacity => &[100.0, 300.0, 500.0, 1e3, 3e3, 1e4, 3e4, 1e5],
            Self::RealWeight => &[0.5, 0.7, 0.8, 0.9, 0.95, 1.0],
            Self::RealLabel => &[0.7, 0.8, 0.9, 0.95, 1.0],
            Self::FakeLabel => &[0.0, 0.05, 0.1, 0.2, 0.3],
            Self::LabelNoise => &[0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3],
            Self::FeatureWeight => &[0.1, 0.25, 0.5, 0.75, 1.0],
        }
    }

    /// What it may be, as it is written: the least and the most.
    pub(crate) const fn range(self, configuration: &Configuration) -> [&'static str; 2] {
        match self {
            Self::Dimensions | Self::Kernels => ["1", "16"],
            Self::Batch => ["1", "1024"],
            Self::Truncation => ["0.01", "10"],
            Self::Slope(_) => ["0.000001", "0.999"],
            Self::History(_) => ["0.000001", "1000"],
            Self::NormalizationDecay(_) | Self::Average | Self::Beta1(_) | Self::Beta2(_) => ["0", "0.9999"],
            Self::Penalty => match configuration.techniques.penalty {
                Penalty::Clipping(_) => ["0.0001", "10"],
                Penalty::None | Penalty::R1(_) | Penalty::Gradient(_) => ["0.000001", "1000"],
            },
            Self::DecayEpochs => ["1", "1000000000"],
            Self::NoiseFade | Self::FeatureFade => ["0", "1000000000"],
            Self::Deviation => ["0.0001", "2"],
            Self::Replayed => ["1", "1023"],
            Self::Capacity => ["1", "100000"],
            Self::RealWeight | Self::RealLabel | Self::FakeLabel | Self::LabelNoise | Self::FeatureWeight => {
                ["0", "1"]
            }
        }
    }

    /// What one must type: 'a number', with at most four decimals where it is a decay.
    pub(crate) const fn sort(self) -> &'static str {
        match self {
            Self::NormalizationDecay(_) | Self::Average | Self::Beta1(_) | Self::Beta2(_) => {
                "a number of at most four decimals"
            }
            Self::Dimensions
            | Self::Kernels
            | Self::Batch
            | Self::DecayEpochs
            | Self::NoiseFade
            | Self::FeatureFade
            | Self::Replayed
            | Self::Capacity => "a whole number",
            _ => "a number",
        }
    }

    /// As it is written: '0.999', '10,000'; a fade of 0 epochs is none.
    pub(crate) fn written(self, number: f64) -> String {
        match self {
            Self::NoiseFade | Self::FeatureFade if number == 0.0 => NEVER.to_owned(),
            _ if number >= 1_000.0 && number.fract() == 0.0 => text::count(number as u64),
            _ => {
                let plain = number.to_string();
                if plain.len() > LONGEST {
                    format!("{number:e}")
                } else {
                    plain
                }
            }
        }
    }

    /// What a text means: a decimal comma is one, commas between thousands are none.
    pub(crate) fn read(self, typed: &str, configuration: &Configuration) -> Option<Setting> {
        let fades = matches!(self, Self::NoiseFade | Self::FeatureFade);
        if fades && typed.eq_ignore_ascii_case(NEVER) {
            return self.set(0.0, configuration);
        }
        let is_whole = self.sort() == "a whole number";
        let plain = typed.replace(',', if is_whole { "" } else { "." });
        self.set(plain.parse().ok()?, configuration)
    }

    /// Before the number: 'slope'. Nothing where the technique's name says it.
    pub(crate) const fn label(self, configuration: &Configuration) -> &'static str {
        match self {
            Self::Dimensions | Self::Batch | Self::LabelNoise | Self::RealWeight | Self::Kernels => "",
            Self::Truncation => "within",
            Self::Slope(_) => "slope",
            Self::NormalizationDecay(_) | Self::Average => "decay",
            Self::History(_) | Self::FeatureWeight => "weight",
            Self::Penalty => match configuration.techniques.penalty {
                Penalty::Clipping(_) => "at ±",
                Penalty::None | Penalty::R1(_) | Penalty::Gradient(_) => "weight",
            },
            Self::Beta1(_) => "β1",
            Self::Beta2(_) => "β2",
            Self::DecayEpochs => "over",
            Self::NoiseFade | Self::FeatureFade => "fades over",
            Self::Deviation => "deviation",
            Self::Replayed => "",
            Self::Capacity => "of the last",
            Self::RealLabel => "real",
            Self::FakeLabel => "fake",
        }
    }

    /// After the number: 'epochs'.
    pub(crate) fn noun(self, number: f64) -> &'static str {
        let one = number == 1.0;
        match self {
            Self::Dimensions => ["dimensions", "dimension"][usize::from(one)],
            Self::Batch => ["samples", "sample"][usize::from(one)],
            Self::Kernels => ["kernels", "kernel"][usize::from(one)],
            Self::Truncation => ["deviations", "deviation"][usize::from(one)],
            Self::NoiseFade | Self::FeatureFade if number == 0.0 => "",
            Self::DecayEpochs | Self::NoiseFade | Self::FeatureFade => ["epochs", "epoch"][usize::from(one)],
            Self::Replayed => ["old samples", "old sample"][usize::from(one)],
            _ => "",
        }
    }

    /// The accessible name: 'Generator slope'.
    pub(crate) fn name(self) -> String {
        let of = |network: Network, what| format!("{} {what}", crate::names::network(network));
        match self {
            Self::Dimensions => "Noise dimensions".to_owned(),
            Self::Batch => "Batch size".to_owned(),
            Self::Truncation => "Truncation".to_owned(),
            Self::Slope(network) => of(network, "slope of leaky ReLU"),
            Self::NormalizationDecay(network) => of(network, "decay of batch normalization"),
            Self::History(network) => of(network, "weight of historical averaging"),
            Self::Average => "Decay of the moving average".to_owned(),
            Self::Kernels => "Minibatch kernels".to_owned(),
            Self::Penalty => "Strength of the penalty".to_owned(),
            Self::Beta1(network) => of(network, "β1 of Adam"),
            Self::Beta2(network) => of(network, "β2 of Adam"),
            Self::DecayEpochs => "Epochs of rate decay".to_owned(),
            Self::Deviation => "Deviation of instance noise".to_owned(),
            Self::NoiseFade => "Epochs of instance noise".to_owned(),
            Self::Replayed => "Replayed samples".to_owned(),
            Self::Capacity => "Capacity of the replay".to_owned(),
            Self::RealWeight => "Weight of the real batch".to_owned(),
            Self::RealLabel => "Label of real samples".to_owned(),
            Self::FakeLabel => "Label of fake samples".to_owned(),
            Self::LabelNoise => "Share of noisy labels".to_owned(),
            Self::FeatureWeight => "Weight of feature matching".to_owned(),
            Self::FeatureFade => "Epochs of feature matching".to_owned(),
        }
    }

    /// Of which technique it is a number; none of noise and batch.
    pub(crate) const fn kind(self) -> Option<Kind> {
        Some(match self {
            Self::Dimensions | Self::Batch => return None,
            Self::Truncation => Kind::Truncation,
            Self::Slope(network) => Kind::Activation(network),
            Self::NormalizationDecay(network) => Kind::Normalization(network),
            Self::History(network) => Kind::History(network),
            Self::Average => Kind::Average,
            Self::Kernels => Kind::Minibatch,
            Self::Penalty => Kind::Penalty,
            Self::Beta1(network) | Self::Beta2(network) => Kind::Betas(network),
            Self::DecayEpochs => Kind::RateDecay,
            Self::Deviation | Self::NoiseFade => Kind::InstanceNoise,
            Self::Replayed | Self::Capacity => Kind::Replay,
            Self::RealWeight => Kind::RealWeight,
            Self::RealLabel | Self::FakeLabel => Kind::Labels,
            Self::LabelNoise => Kind::LabelNoise,
            Self::FeatureWeight | Self::FeatureFade => Kind::FeatureMatching,
        })
    }
}

/// A fade of 0 epochs.
const NEVER: &str = "never";
/// Characters of '0.012345678'.
const LONGEST: usize = 11;

/// The decimal that a person wrote, which single precision rounded.
fn decimal(number: f32) -> Option<f64> {
    number.to_string().parse().ok()
}

/// A whole number of at least 0.
fn whole(number: f64) -> Option<u32> {
    let fits = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    fits.then_some(number as u32)
}
