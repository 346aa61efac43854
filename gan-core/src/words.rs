//! A configuration as 32-bit words: for machines that read no files.
//!
//! A microcontroller has its recording compiled in, a browser's worker gets a message. What they get are
//! words, made where files are read (`lab`) and turned back here, each quantity through the constructor that
//! checks its range. Both ways are written side by side; reading is `const`, so that the memory of a
//! configuration that was compiled in can be sized with it.
//!
//! The words are no file format: both sides come from the same sources, which the first word says.

use core::fmt;

use crate::configuration::{
    AtlasLength, BatchSize, Configuration, HiddenLayers, LearningRate, Loss, NetworkConfiguration, Neurons,
    Noise, NoiseDimensions, NoiseKind, Optimizer, OutOfRange, UpdatesPerEpoch,
};
use crate::target::Target;
use crate::techniques::{
    Betas, Bound, Decay, DecayEpochs, Deviation, FadeEpochs, FeatureMatching, HiddenActivation,
    Initialization, Inputs, InstanceNoise, MinibatchKernels, NetworkTechniques, Normalization, Output,
    Penalty, RateDecay, Replay, ReplayCapacity, ReplayedSamples, Share, Slope, SoftLabels, Techniques,
    Truncation, Weight,
};

/// Words of a configuration.
pub const CONFIGURATION_WORDS: usize = 54;
/// The first word: the layout of those that follow.
const LAYOUT: u32 = 1;

/// Words that are no configuration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WordsError {
    /// They are of another version of this program.
    Layout {
        /// The layout's number that came.
        came: u32,
    },
    /// A choice that there is not.
    Choice {
        /// Which word, from 0.
        index: usize,
        /// What it says.
        came: u32,
    },
    /// A quantity outside its range.
    OutOfRange(OutOfRange),
}

impl fmt::Display for WordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layout { came } => write!(
                f,
                "the configuration's words have the layout {came}, not {LAYOUT}: build both sides anew"
            ),
            Self::Choice { index, came } => {
                write!(
                    f,
                    "word {index} of the configuration is {came}, which is no choice there"
                )
            }
            Self::OutOfRange(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for WordsError {}

/// Numbers of an enum's variants, beside a function each way.
macro_rules! numbered {
    ($to:ident, $from:ident: $kind:ident { $($variant:ident = $number:literal),* $(,)? }) => {
        const fn $to(value: $kind) -> u32 {
            match value { $($kind::$variant => $number),* }
        }

        const fn $from(reader: &mut Reader<'_>) -> Result<$kind, WordsError> {
            match reader.word() { $($number => Ok($kind::$variant),)* came => Err(reader.no_choice(1, came)) }
        }
    };
}

numbered!(target_to, target_from: Target {
    Line = 0, Gaussians = 1, Ring = 2, Disjoint = 3, Drawing = 4, Eight = 5, Grid = 6, Spiral = 7, Moons = 8,
});
numbered!(noise_to, noise_from: NoiseKind { Uniform = 0, Normal = 1, Spherical = 2 });
numbered!(loss_to, loss_from: Loss {
    Log = 0, LeastSquares = 1, Minimax = 2, Flipped = 3, Wasserstein = 4, Hinge = 5,
});
numbered!(optimizer_to, optimizer_from: Optimizer { Sgd = 0, Adam = 1 });
numbered!(inputs_to, inputs_from: Inputs { Plain = 0, Centred = 1 });
numbered!(output_to, output_from: Output { Tanh = 0, Linear = 1 });
numbered!(initialization_to, initialization_from: Initialization { Classic = 0, Scale = 1, Xavier = 2, He = 3 });

/// Puts words down one after the other.
struct Writer {
    words: [u32; CONFIGURATION_WORDS],
    at: usize,
}

impl Writer {
    fn word(&mut self, word: u32) {
        self.words[self.at] = word;
        self.at += 1;
    }

    fn count(&mut self, count: usize) {
        // Every count is made from a `u32`.
        self.word(count as u32);
    }

    fn number(&mut self, number: f32) {
        self.word(number.to_bits());
    }
}

/// Takes them up again.
struct Reader<'a> {
    words: &'a [u32; CONFIGURATION_WORDS],
    at: usize,
}

impl Reader<'_> {
    const fn word(&mut self) -> u32 {
        let word = self.words[self.at];
        self.at += 1;
        word
    }

    const fn number(&mut self) -> f32 {
        f32::from_bits(self.word())
    }

    /// The word read so many words ago, 1 the last, is none of the choices.
    const fn no_choice(&self, ago: usize, came: u32) -> WordsError {
        WordsError::Choice {
            index: self.at - ago,
            came,
        }
    }
}

/// `?`, which no `const fn` has.
macro_rules! attempt {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
}

/// A quantity through its constructor.
macro_rules! checked {
    ($kind:ident, $value:expr) => {
        match $kind::new($value) {
            Ok(value) => value,
            Err(error) => return Err(WordsError::OutOfRange(error)),
        }
    };
}

impl Configuration {
    /// As words, all of [`CONFIGURATION_WORDS`].
    #[must_use]
    pub fn to_words(&self) -> [u32; CONFIGURATION_WORDS] {
        let mut writer = Writer {
            words: [0; CONFIGURATION_WORDS],
            at: 0,
        };
        writer.word(LAYOUT);
        writer.word(target_to(self.target));
        writer.word(noise_to(self.noise.kind));
        writer.count(self.noise.dimensions.get());
        network_to(&self.generator, &mut writer);
        network_to(&self.discriminator, &mut writer);
        writer.word(loss_to(self.loss));
        writer.count(self.batch.get());
        writer.count(self.atlas.get());
        techniques_to(&self.techniques, &mut writer);
        writer.words
    }

    /// From words; an error if they are none of [`Self::to_words`].
    pub const fn from_words(words: &[u32; CONFIGURATION_WORDS]) -> Result<Self, WordsError> {
        let mut reader = Reader { words, at: 0 };
        let reader = &mut reader;
        let layout = reader.word();
        if layout != LAYOUT {
            return Err(WordsError::Layout { came: layout });
        }
        Ok(Self {
            target: attempt!(target_from(reader)),
            noise: Noise {
                kind: attempt!(noise_from(reader)),
                dimensions: checked!(NoiseDimensions, reader.word()),
            },
            generator: attempt!(network_from(reader)),
            discriminator: attempt!(network_from(reader)),
            loss: attempt!(loss_from(reader)),
            batch: checked!(BatchSize, reader.word()),
            atlas: checked!(AtlasLength, reader.word()),
            techniques: attempt!(techniques_from(reader)),
        })
    }
}

fn network_to(network: &NetworkConfiguration, writer: &mut Writer) {
    writer.count(network.hidden_layers.get());
    writer.count(network.neurons.get());
    writer.number(network.learning_rate.get());
    writer.word(optimizer_to(network.optimizer));
    writer.count(network.updates_per_epoch.get());
}

const fn network_from(reader: &mut Reader<'_>) -> Result<NetworkConfiguration, WordsError> {
    Ok(NetworkConfiguration {
        hidden_layers: checked!(HiddenLayers, reader.word()),
        neurons: checked!(Neurons, reader.word()),
        learning_rate: checked!(LearningRate, reader.number()),
        optimizer: attempt!(optimizer_from(reader)),
        updates_per_epoch: checked!(UpdatesPerEpoch, reader.word()),
    })
}

/// What is off is words of 0. Where that could also be the quantity of something that is on, a word before it
/// says whether it is.
fn techniques_to(techniques: &Techniques, writer: &mut Writer) {
    network_techniques_to(&techniques.generator, writer);
    network_techniques_to(&techniques.discriminator, writer);
    writer.word(inputs_to(techniques.inputs));
    writer.word(output_to(techniques.output));
    writer.number(techniques.real_weight.get());
    writer.number(techniques.labels.real.get());
    writer.number(techniques.labels.fake.get());
    writer.number(techniques.label_noise.get());
    let (penalty, amount) = match techniques.penalty {
        Penalty::None => (0, 0.0),
        Penalty::Clipping(bound) => (1, bound.get()),
        Penalty::R1(weight) => (2, weight.get()),
        Penalty::Gradient(weight) => (3, weight.get()),
    };
    writer.word(penalty);
    writer.number(amount);
    let noise = techniques.instance_noise;
    writer.number(noise.map_or(0.0, |noise| noise.deviation.get()));
    writer.count(noise.map_or(0, |noise| noise.fade.get()));
    let matching = techniques.feature_matching;
    writer.word(matching.is_some().into());
    writer.number(matching.map_or(0.0, |matching| matching.weight.get()));
    writer.count(matching.map_or(0, |matching| matching.fade.get()));
    writer.count(techniques.minibatch.map_or(0, MinibatchKernels::get));
    writer.count(techniques.replay.map_or(0, |replay| replay.samples.get()));
    writer.count(techniques.replay.map_or(0, |replay| replay.capacity.get()));
    writer.word(techniques.average.is_some().into());
    writer.word(techniques.average.map_or(0, Decay::ten_thousandths));
    let (decay, epochs) = match techniques.rate_decay {
        RateDecay::Constant => (0, 0),
        RateDecay::Linear(epochs) => (1, epochs.get()),
        RateDecay::Cosine(epochs) => (2, epochs.get()),
    };
    writer.word(decay);
    writer.count(epochs);
    writer.number(techniques.truncation.map_or(0.0, Truncation::get));
}

const fn techniques_from(reader: &mut Reader<'_>) -> Result<Techniques, WordsError> {
    Ok(Techniques {
        generator: attempt!(network_techniques_from(reader)),
        discriminator: attempt!(network_techniques_from(reader)),
        inputs: attempt!(inputs_from(reader)),
        output: attempt!(output_from(reader)),
        real_weight: checked!(Share, reader.number()),
        labels: SoftLabels {
            real: checked!(Share, reader.number()),
            fake: checked!(Share, reader.number()),
        },
        label_noise: checked!(Share, reader.number()),
        penalty: match (reader.word(), reader.number()) {
            (0, _) => Penalty::None,
            (1, bound) => Penalty::Clipping(checked!(Bound, bound)),
            (2, weight) => Penalty::R1(checked!(Weight, weight)),
            (3, weight) => Penalty::Gradient(checked!(Weight, weight)),
            (came, _) => return Err(reader.no_choice(2, came)),
        },
        instance_noise: match (reader.number(), reader.word()) {
            (0.0, 0) => None,
            (deviation, fade) => Some(InstanceNoise {
                deviation: checked!(Deviation, deviation),
                fade: checked!(FadeEpochs, fade),
            }),
        },
        feature_matching: match (reader.word(), reader.number(), reader.word()) {
            (0, ..) => None,
            (1, weight, fade) => Some(FeatureMatching {
                weight: checked!(Share, weight),
                fade: checked!(FadeEpochs, fade),
            }),
            (came, ..) => return Err(reader.no_choice(3, came)),
        },
        minibatch: match reader.word() {
            0 => None,
            kernels => Some(checked!(MinibatchKernels, kernels)),
        },
        replay: match (reader.word(), reader.word()) {
            (0, 0) => None,
            (samples, capacity) => Some(Replay {
                samples: checked!(ReplayedSamples, samples),
                capacity: checked!(ReplayCapacity, capacity),
            }),
        },
        average: match (reader.word(), reader.word()) {
            (0, _) => None,
            (1, decay) => Some(checked!(Decay, decay)),
            (came, _) => return Err(reader.no_choice(2, came)),
        },
        rate_decay: match (reader.word(), reader.word()) {
            (0, _) => RateDecay::Constant,
            (1, epochs) => RateDecay::Linear(checked!(DecayEpochs, epochs)),
            (2, epochs) => RateDecay::Cosine(checked!(DecayEpochs, epochs)),
            (came, _) => return Err(reader.no_choice(2, came)),
        },
        truncation: match reader.number() {
            0.0 => None,
            deviations => Some(checked!(Truncation, deviations)),
        },
    })
}

fn network_techniques_to(techniques: &NetworkTechniques, writer: &mut Writer) {
    let (activation, slope) = match techniques.activation {
        HiddenActivation::Relu => (0, 0.0),
        HiddenActivation::LeakyRelu(slope) => (1, slope.get()),
        HiddenActivation::Tanh => (2, 0.0),
    };
    writer.word(activation);
    writer.number(slope);
    let (normalization, decay) = match techniques.normalization {
        Normalization::None => (0, 0),
        Normalization::Batch(decay) => (1, decay.ten_thousandths()),
        Normalization::Spectral => (2, 0),
    };
    writer.word(normalization);
    writer.word(decay);
    writer.word(initialization_to(techniques.initialization));
    writer.word(techniques.betas.beta_1.ten_thousandths());
    writer.word(techniques.betas.beta_2.ten_thousandths());
    writer.number(techniques.history.map_or(0.0, Weight::get));
}

const fn network_techniques_from(reader: &mut Reader<'_>) -> Result<NetworkTechniques, WordsError> {
    Ok(NetworkTechniques {
        activation: match (reader.word(), reader.number()) {
            (0, _) => HiddenActivation::Relu,
            (1, slope) => HiddenActivation::LeakyRelu(checked!(Slope, slope)),
            (2, _) => HiddenActivation::Tanh,
            (came, _) => return Err(reader.no_choice(2, came)),
        },
        normalization: match (reader.word(), reader.word()) {
            (0, _) => Normalization::None,
            (1, decay) => Normalization::Batch(checked!(Decay, decay)),
            (2, _) => Normalization::Spectral,
            (came, _) => return Err(reader.no_choice(2, came)),
        },
        initialization: attempt!(initialization_from(reader)),
        betas: Betas {
            beta_1: checked!(Decay, reader.word()),
            beta_2: checked!(Decay, reader.word()),
        },
        history: match reader.number() {
            0.0 => None,
            weight => Some(checked!(Weight, weight)),
        },
    })
}

#[cfg(test)]
mod tests;
