//! Techniques that papers and practitioners use against GANs that fail, each a switch of the
//! configuration (`CONTRACT.md`, section 9).
//!
//! All are off in [`Techniques::NONE`], and what is off costs nothing and changes no bit. Here is what can be
//! switched, and what goes together; what each does to training lies in the files beside this one.
//!
//! A change of a technique begins the run anew, as one of the batch size does: most techniques
//! change the networks, or the memory that a run has. Two runs side by side show the effect of one.

mod atlases;
pub(crate) mod averages;
pub(crate) mod batch_normalization;
pub(crate) mod clipping;
pub(crate) mod feature_matching;
#[cfg(test)]
mod gradient_tests;
pub(crate) mod instance_noise;
pub(crate) mod label_noise;
pub(crate) mod memory;
pub(crate) mod minibatch;
pub(crate) mod passes;
pub(crate) mod penalty;
pub(crate) mod replay;
pub(crate) mod spectral;
#[cfg(test)]
mod tests;
mod values;

pub use atlases::TechniqueAtlases;
pub use values::{
    Bound, Decay, DecayEpochs, Deviation, FadeEpochs, MinibatchKernels, ReplayCapacity, ReplayedSamples,
    Share, Slope, Truncation, Weight,
};

use core::fmt;

use crate::configuration::{Configuration, Network};
use crate::math::canonical;
use crate::parameters::{Parameter, choices};

choices! {
    /// The range of what the networks see.
    #[derive(Eq, Hash)]
    Inputs {
        /// Points and noise as they are, about [0, 1], as in GAN Lab.
        Plain = "plain",
        /// Both moved to [−1, 1] (LeCun et al. 1998, section 4.3; Radford et al. 2016 for GANs).
        Centred = "centred",
    }
}

impl Inputs {
    /// A coordinate or a component of noise, about [0, 1], as the networks see it.
    #[inline]
    #[must_use]
    pub fn normalize(self, value: f32) -> f32 {
        match self {
            Self::Plain => value,
            Self::Centred => canonical(2.0 * value - 1.0),
        }
    }

    /// A coordinate that the networks see, back in the plane.
    #[inline]
    #[must_use]
    pub fn denormalize(self, value: f32) -> f32 {
        match self {
            Self::Plain => value,
            Self::Centred => 0.5 * (value + 1.0),
        }
    }
}

choices! {
    /// The activation function after the generator's last layer.
    #[derive(Eq, Hash)]
    Output {
        /// tanh, as in GAN Lab.
        Tanh = "tanh",
        /// Nothing.
        Linear = "linear",
    }
}

choices! {
    /// The activation function after a hidden layer's dot products.
    HiddenActivation {
        /// `max(x, 0)`.
        Relu = "relu",
        /// `x` above 0, below it so much of it (Maas et al. 2013; for GANs Radford et al. 2016, whose slope is the
        /// usual one).
        LeakyRelu(Slope = in_range(Slope::new(0.2))) = "leaky-relu",
        /// The hyperbolic tangent.
        Tanh = "tanh",
    }
}

choices! {
    /// Normalisation that keeps a network's layers in range.
    #[derive(Eq, Hash)]
    Normalization {
        /// Nothing.
        None = "none",
        /// Each hidden neuron to mean 0 and deviation 1 over the batch, then scaled and shifted as learned
        /// (Ioffe and Szegedy 2015). The decay is of the running figures that serve single points.
        Batch(Decay = in_range(Decay::new(9_000))) = "batch",
        /// Each weight matrix by its largest singular value (Miyato et al. 2018).
        Spectral = "spectral",
    }
}

choices! {
    /// Deviations of the initial weights.
    #[derive(Eq, Hash)]
    Initialization {
        /// GAN Lab's: 1/√2 in the first layer, 1/√inputs after.
        Classic = "classic",
        /// 0.02 everywhere (Radford et al. 2016).
        Scale = "scale",
        /// √(2 / (inputs + outputs)) (Glorot and Bengio 2010).
        Xavier = "xavier",
        /// √(2 / inputs) (He et al. 2015).
        He = "he",
    }
}

impl Initialization {
    /// Deviation of a layer's initial weights, the layer being the `index`th from the inputs. GAN
    /// Lab's first layer has the same after noise of 1 dimension as of 2.
    #[must_use]
    pub fn deviation(self, inputs: usize, outputs: usize, index: usize) -> f64 {
        match self {
            Self::Classic if index == 0 && inputs < 2 => 1.0 / libm::sqrt(2.0),
            Self::Classic => 1.0 / libm::sqrt(inputs as f64),
            Self::Scale => 0.02,
            Self::Xavier => libm::sqrt(2.0 / (inputs + outputs) as f64),
            Self::He => libm::sqrt(2.0 / inputs as f64),
        }
    }
}

/// Decays of Adam's moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Betas {
    /// Decay of the first moment.
    pub beta_1: Decay,
    /// Decay of the second moment.
    pub beta_2: Decay,
}

choices! {
    /// A limit or penalty on how steep the discriminator is.
    Penalty {
        /// None.
        None = "none",
        /// D's parameters cut off at ± a bound after each of its updates (Arjovsky et al. 2017,
        /// algorithm 1).
        Clipping(Bound = in_range(Bound::new(0.01))) = "clipping",
        /// γ/2 · E‖∇D‖² at real samples (Mescheder et al. 2018). With images γ = 10; on points of the plane 1 is
        /// enough to still D.
        R1(Weight = in_range(Weight::new(1.0))) = "r1",
        /// λ · E(‖∇D‖ − 1)² between real and fake samples (Gulrajani et al. 2017, section 4).
        Gradient(Weight = in_range(Weight::new(10.0))) = "gradient",
    }
}

/// Labels of real and fake samples in the discriminator's loss, instead of 1 and 0 (Salimans et al.
/// 2016, section 3.4: one-sided where `fake` is 0).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoftLabels {
    /// The label of real samples.
    pub real: Share,
    /// The label of fake samples.
    pub fake: Share,
}

/// Gaussian noise on everything the discriminator sees (Sønderby et al. 2017; Arjovsky and Bottou 2017).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InstanceNoise {
    /// Its deviation at first.
    pub deviation: Deviation,
    /// When it has faded.
    pub fade: FadeEpochs,
}

impl InstanceNoise {
    /// Noise of this deviation, for ever the same.
    pub(crate) const fn with(deviation: Deviation) -> Self {
        Self {
            deviation,
            fade: FadeEpochs::LEAST,
        }
    }
}

/// The generator also matches the means of D's last hidden layer (Salimans et al. 2016, section 3.1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeatureMatching {
    /// Its part of G's gradient at first; the loss has the rest. 1: alone.
    pub weight: Share,
    /// When it has faded.
    pub fade: FadeEpochs,
}

impl FeatureMatching {
    /// Matching with this weight, for ever the same.
    pub(crate) const fn with(weight: Share) -> Self {
        Self {
            weight,
            fade: FadeEpochs::LEAST,
        }
    }
}

/// Old fake samples in the discriminator's batches (after Shrivastava et al. 2017, section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Replay {
    /// How many of a batch.
    pub samples: ReplayedSamples,
    /// From how many.
    pub capacity: ReplayCapacity,
}

impl Replay {
    /// So many samples from those of some hundred batches.
    pub(crate) const fn with(samples: ReplayedSamples) -> Self {
        Self {
            samples,
            capacity: in_range(ReplayCapacity::new(10_000)),
        }
    }
}

choices! {
    /// How learning rates change as a run goes on.
    #[derive(Eq, Hash)]
    RateDecay {
        /// Not at all.
        Constant = "constant",
        /// In a straight line to 0.
        Linear(DecayEpochs = in_range(DecayEpochs::new(10_000))) = "linear",
        /// Along half a cosine to 0 (Loshchilov and Hutter 2017).
        Cosine(DecayEpochs = in_range(DecayEpochs::new(10_000))) = "cosine",
    }
}

impl RateDecay {
    /// The same way, over the epochs of the one before, if it has any.
    pub(crate) const fn with_numbers_of(self, before: Self) -> Self {
        match (self, before) {
            (Self::Linear(_), Self::Cosine(epochs)) => Self::Linear(epochs),
            (Self::Cosine(_), Self::Linear(epochs)) => Self::Cosine(epochs),
            (own, _) => own,
        }
    }

    /// Remaining share of a learning rate after so many epochs: 1–0.
    #[must_use]
    pub fn factor(self, epoch: u64) -> f32 {
        match self {
            Self::Constant => 1.0,
            Self::Linear(epochs) => epochs.fade(epoch),
            Self::Cosine(epochs) if epoch >= epochs.get() as u64 => 0.0,
            Self::Cosine(epochs) => {
                let part = epoch as f64 / epochs.get() as f64;
                (0.5 * (1.0 + libm::cos(core::f64::consts::PI * part))) as f32
            }
        }
    }
}

/// The techniques of one network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkTechniques {
    /// Activation function after its hidden layers' dot products.
    pub activation: HiddenActivation,
    /// Normalisation that keeps its layers in range.
    pub normalization: Normalization,
    /// Deviations of its initial weights.
    pub initialization: Initialization,
    /// Decays of Adam's moments.
    pub betas: Betas,
    /// Weight of historical averaging (Salimans et al. 2016, section 3.3).
    pub historical_averaging: Option<Weight>,
}

/// Every technique of a run.
///
/// ```
/// use gan_core::{Preset, Techniques};
///
/// // GAN Lab's own runs have none of them.
/// assert_eq!(Preset::Ring.configuration().techniques, Techniques::NONE);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Techniques {
    /// The generator's own.
    pub generator: NetworkTechniques,
    /// The discriminator's own.
    pub discriminator: NetworkTechniques,
    /// The range of what the networks see.
    pub inputs: Inputs,
    /// Activation function after the generator's last layer.
    pub output: Output,
    /// Weight of the real batch in log, minimax and flipped loss; GAN Lab's is 0.95.
    pub real_weight: Share,
    /// Labels of real and fake samples in D's loss.
    pub labels: SoftLabels,
    /// Probability that D is told the wrong label of a sample; 0 for none.
    pub label_noise: Share,
    /// A limit on how steep D is.
    pub penalty: Penalty,
    /// Noise on what D sees.
    pub instance_noise: Option<InstanceNoise>,
    /// G matches D's features.
    pub feature_matching: Option<FeatureMatching>,
    /// Kernels of minibatch discrimination (Salimans et al. 2016, section 3.2).
    pub minibatch: Option<MinibatchKernels>,
    /// Old fake samples in D's batches.
    pub replay: Option<Replay>,
    /// Moving average of G's parameters (Yazıcı et al. 2019).
    pub average: Option<Decay>,
    /// How rates change.
    pub rate_decay: RateDecay,
    /// Truncated sampling of what is shown (Brock et al. 2019, section 3.1).
    pub truncation: Option<Truncation>,
}

/// Unwraps what is known to be in range when the program is built.
const fn in_range<T: Copy>(value: Result<T, crate::OutOfRange>) -> T {
    match value {
        Ok(value) => value,
        Err(_) => panic!("a default out of range"),
    }
}

impl NetworkTechniques {
    /// GAN Lab's values: every technique off.
    pub const NONE: Self = Self {
        activation: HiddenActivation::Relu,
        normalization: Normalization::None,
        initialization: Initialization::Classic,
        betas: Betas {
            beta_1: in_range(Decay::new(9_000)),
            beta_2: in_range(Decay::new(9_990)),
        },
        historical_averaging: None,
    };
}

impl Techniques {
    /// GAN Lab's values: every technique off.
    pub const NONE: Self = Self {
        generator: NetworkTechniques::NONE,
        discriminator: NetworkTechniques::NONE,
        inputs: Inputs::Plain,
        output: Output::Tanh,
        real_weight: in_range(Share::new(0.95)),
        labels: SoftLabels {
            real: in_range(Share::new(1.0)),
            fake: in_range(Share::new(0.0)),
        },
        label_noise: in_range(Share::new(0.0)),
        penalty: Penalty::None,
        instance_noise: None,
        feature_matching: None,
        minibatch: None,
        replay: None,
        average: None,
        rate_decay: RateDecay::Constant,
        truncation: None,
    };

    /// Whether the phases of an update are GAN Lab's; what the initial weights and the atlases are drawn from,
    /// and what is shown of a run, is not theirs.
    pub(crate) fn are_off_in_phases(&self) -> bool {
        let with = |network: NetworkTechniques| NetworkTechniques {
            initialization: Self::NONE.generator.initialization,
            ..network
        };
        Self {
            generator: with(self.generator),
            discriminator: with(self.discriminator),
            inputs: Self::NONE.inputs,
            truncation: Self::NONE.truncation,
            ..*self
        } == Self::NONE
    }

    /// The techniques of one network.
    #[must_use]
    pub const fn network(&self, network: Network) -> &NetworkTechniques {
        match network {
            Network::Generator => &self.generator,
            Network::Discriminator => &self.discriminator,
        }
    }

    /// The techniques of one network, to change.
    pub const fn network_mut(&mut self, network: Network) -> &mut NetworkTechniques {
        match network {
            Network::Generator => &mut self.generator,
            Network::Discriminator => &mut self.discriminator,
        }
    }
}

/// Techniques that do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// R1 and gradient penalty need D's gradient at each sample alone, which batch normalisation mixes.
    PenaltyWithBatchNormalization,
    /// R1 and gradient penalty need D's gradient at each sample alone, which minibatch
    /// discrimination mixes.
    PenaltyWithMinibatch,
    /// The replayed samples are as many as the batch has, or more.
    ReplayOfWholeBatch,
    /// The buffer holds fewer samples than are replayed.
    ReplayBufferTooSmall,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PenaltyWithBatchNormalization => {
                "a penalty on D's gradient needs each sample alone, but batch normalization of D mixes them: \
                 take spectral normalization or none"
            }
            Self::PenaltyWithMinibatch => {
                "a penalty on D's gradient needs each sample alone, but minibatch discrimination compares \
                 them: switch one of the two off"
            }
            Self::ReplayOfWholeBatch => {
                "the replayed samples leave none of the batch to the generator: replay fewer than the batch has"
            }
            Self::ReplayBufferTooSmall => {
                "the replay buffer holds fewer samples than are replayed: give it a larger capacity"
            }
        })
    }
}

impl core::error::Error for Conflict {}

impl Conflict {
    /// The parameters that are at odds.
    #[must_use]
    pub const fn parameters(self) -> &'static [Parameter] {
        const D: Network = Network::Discriminator;
        match self {
            Self::PenaltyWithBatchNormalization => &[Parameter::Penalty, Parameter::Normalization(D)],
            Self::PenaltyWithMinibatch => &[Parameter::Penalty, Parameter::Minibatch],
            Self::ReplayOfWholeBatch => &[Parameter::Replay, Parameter::Batch],
            Self::ReplayBufferTooSmall => &[Parameter::Replay, Parameter::ReplayCapacity],
        }
    }
}

impl Configuration {
    /// Whether its techniques go together.
    pub fn check(&self) -> Result<(), Conflict> {
        let techniques = &self.techniques;
        if matches!(techniques.penalty, Penalty::R1(_) | Penalty::Gradient(_)) {
            if matches!(techniques.discriminator.normalization, Normalization::Batch(_)) {
                return Err(Conflict::PenaltyWithBatchNormalization);
            }
            if techniques.minibatch.is_some() {
                return Err(Conflict::PenaltyWithMinibatch);
            }
        }
        if let Some(replay) = techniques.replay {
            if replay.samples.get() >= self.batch.get() {
                return Err(Conflict::ReplayOfWholeBatch);
            }
            if replay.capacity.get() < replay.samples.get() {
                return Err(Conflict::ReplayBufferTooSmall);
            }
        }
        Ok(())
    }
}
