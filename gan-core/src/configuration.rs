//! Configuration of a run before it starts: every hyper-parameter, each legal by construction.
//!
//! Each quantity is a newtype whose only constructor checks its range, so a [`Configuration`] that
//! exists can be trained. Ranges follow GAN Lab's controls (Kahng et al., VIS 2018, section 6).

use core::fmt;

use crate::parameters::choices;
use crate::shape::Scales;
use crate::techniques::{Normalization, Techniques};
use crate::{Shape, Target};

/// A quantity outside its range: which field, what came, what is allowed.
///
/// ```
/// use gan_core::configuration::LearningRate;
///
/// assert!(LearningRate::new(0.1).is_ok());
/// assert!(LearningRate::new(f32::NAN).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutOfRange {
    /// The quantity's name, for people: "neurons", "learning rate".
    pub field: &'static str,
    /// The value that came.
    pub value: f64,
    /// The smallest value allowed.
    pub least: f64,
    /// The largest value allowed.
    pub most: f64,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            value,
            least,
            most,
        } = self;
        write!(f, "{field} is {value}, but must be from {least} to {most}")
    }
}

impl core::error::Error for OutOfRange {}

macro_rules! bounded_count {
    ($(#[$doc:meta])* $name:ident, $field:literal, $least:literal ..= $most:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The smallest value.
            pub const LEAST: Self = Self($least);
            /// The largest value.
            pub const MOST: Self = Self($most);

            #[doc = concat!("From a count; an error outside ", $least, "–", $most, ".")]
            pub const fn new(value: u32) -> Result<Self, OutOfRange> {
                // The lower bound of some quantities is 0, where the first comparison is always false.
                #[allow(unused_comparisons, clippy::absurd_extreme_comparisons)]
                if value < $least || value > $most {
                    let (least, most) = ($least as f64, $most as f64);
                    return Err(OutOfRange { field: $field, value: value as f64, least, most });
                }
                Ok(Self(value))
            }

            /// The count itself.
            #[must_use]
            pub const fn get(self) -> usize {
                self.0 as usize
            }

            pub(crate) const KIND: $crate::parameters::Kind =
                $crate::parameters::Kind::Count { field: $field, least: $least, most: $most };

            pub(crate) const fn word(self) -> u32 {
                self.0
            }

            pub(crate) const fn from_word(word: u32) -> Result<Self, $crate::parameters::Misfit> {
                match Self::new(word) {
                    Ok(value) => Ok(value),
                    Err(error) => Err($crate::parameters::Misfit::OutOfRange(error)),
                }
            }
        }
    };
}
pub(crate) use bounded_count;

/// A newtype of a number within bounds, both included.
macro_rules! bounded_number {
    ($(#[$doc:meta])* $name:ident, $field:literal, $least:literal ..= $most:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
        pub struct $name(f32);

        impl $name {
            #[doc = concat!("From a number; an error outside ", $least, "–", $most, ", and for NaN.")]
            pub const fn new(value: f32) -> Result<Self, OutOfRange> {
                if value >= $least && value <= $most {
                    // No −0, which would be another number to whoever compares bits.
                    return Ok(Self(value + 0.0));
                }
                let (value, least, most) = (value as f64, $least, $most);
                Err(OutOfRange { field: $field, value, least, most })
            }

            /// The number itself.
            #[must_use]
            pub const fn get(self) -> f32 {
                self.0
            }

            pub(crate) const KIND: $crate::parameters::Kind =
                $crate::parameters::Kind::Number { field: $field, least: $least, most: $most };

            pub(crate) const fn word(self) -> u32 {
                self.0.to_bits()
            }

            pub(crate) const fn from_word(word: u32) -> Result<Self, $crate::parameters::Misfit> {
                match Self::new(f32::from_bits(word)) {
                    Ok(value) => Ok(value),
                    Err(error) => Err($crate::parameters::Misfit::OutOfRange(error)),
                }
            }
        }
    };
}
pub(crate) use bounded_number;

bounded_count! {
    /// Hidden layers in GAN Lab's counting: n of them mean n + 1 ReLU layers. 0–5.
    HiddenLayers, "hidden layers", 0..=5
}
bounded_count! {
    /// Neurons of every hidden layer, 1–100.
    Neurons, "neurons", 1..=100
}
bounded_count! {
    /// Updates of one network in one epoch, 0–10.
    UpdatesPerEpoch, "updates per epoch", 0..=10
}
bounded_count! {
    /// Samples in a batch, 1–1,024. GAN Lab's is 150.
    BatchSize, "batch size", 1..=1024
}
bounded_count! {
    /// Samples in each atlas, 1–1,000,000 (12,000 by default).
    AtlasLength, "atlas length", 1..=1000000
}
bounded_count! {
    /// Components of a noise vector, 1–16.
    NoiseDimensions, "noise dimensions", 1..=16
}

bounded_number! {
    /// A learning rate, from 1e-6 to 10.
    LearningRate, "learning rate", 1e-6 ..= 10.0
}

choices! {
    /// How noise vectors are distributed (the first two: GAN Lab, section 5.1).
    #[derive(Eq, Hash)]
    NoiseKind {
        /// Each component uniform in [0, 1).
        Uniform = "uniform",
        /// Each component normal with mean 0.5 and deviation 0.25, truncated at two deviations.
        Normal = "normal",
        /// The whole vector uniform on the sphere around 0.5 of radius 0.5 (after White 2016).
        Spherical = "spherical",
    }
}

/// The latent noise a generator starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Noise {
    /// The distribution of each component.
    pub kind: NoiseKind,
    /// How many components.
    pub dimensions: NoiseDimensions,
}

choices! {
    /// The losses that the networks minimise (formulas in `CONTRACT.md`, sections 6 and 8).
    #[derive(Eq, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    Loss {
        /// Binary cross-entropy with GAN Lab's weight of 0.95 on the real batch, and the non-saturating
        /// generator loss (Goodfellow et al. 2014, section 3).
        Log = "log",
        /// Least squares on D's probability (after Mao et al. 2017).
        LeastSquares = "least-squares",
        /// D as with [`Self::Log`]; G minimises the probability that D is right (Goodfellow et al. 2014,
        /// equation 1), whose gradient vanishes when D is sure.
        Minimax = "minimax",
        /// Log loss with real called 0 and fake 1 throughout.
        Flipped = "flipped",
        /// The difference of D's mean outputs, which are not probabilities (Arjovsky et al. 2017).
        Wasserstein = "wasserstein",
        /// D's outputs count up to a margin of 1 (Lim and Ye 2017; Miyato et al. 2018, equation 16).
        Hinge = "hinge",
    }
}

choices! {
    /// How parameters follow their gradients.
    #[derive(Eq, Hash)]
    Optimizer {
        /// Stochastic gradient descent.
        Sgd = "sgd",
        /// Adam with ε = 1e-8, and β1 = 0.9, β2 = 0.999 unless configured (Kingma and Ba 2015, algorithm 1).
        Adam = "adam",
    }
}

/// One of the two networks of a GAN.
///
/// ```
/// use gan_core::Network;
///
/// assert_eq!(Network::ALL.map(|network| network.name()), ["generator", "discriminator"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Network {
    /// Turns noise into samples.
    Generator,
    /// Tells real samples from fake ones.
    Discriminator,
}

impl Network {
    /// Both, in the order of files.
    pub const ALL: [Self; 2] = [Self::Generator, Self::Discriminator];

    /// Its name in files and in the middle of a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Generator => "generator",
            Self::Discriminator => "discriminator",
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The hyper-parameters of one network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkConfiguration {
    /// Hidden layers, in GAN Lab's counting.
    pub hidden_layers: HiddenLayers,
    /// Neurons of each hidden layer.
    pub neurons: Neurons,
    /// Step size of the optimiser.
    pub learning_rate: LearningRate,
    /// The optimiser.
    pub optimizer: Optimizer,
    /// Updates of this network in an epoch.
    pub updates_per_epoch: UpdatesPerEpoch,
}

/// Everything that, with a seed (and the points of a drawing), determines a run.
///
/// ```
/// use gan_core::{Network, Preset};
///
/// let ring = Preset::Ring.configuration();
/// assert_eq!(ring.shape(Network::Generator).to_string(), "2→10→10→2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Configuration {
    /// The distribution to learn.
    pub target: Target,
    /// The noise to start from.
    pub noise: Noise,
    /// The generator.
    pub generator: NetworkConfiguration,
    /// The discriminator.
    pub discriminator: NetworkConfiguration,
    /// The loss of both.
    pub loss: Loss,
    /// Samples in a batch.
    pub batch: BatchSize,
    /// Samples in each atlas.
    pub atlas: AtlasLength,
    /// Techniques against failures of training; all off in GAN Lab.
    pub techniques: Techniques,
}

impl Configuration {
    /// The hyper-parameters of one of the networks.
    #[must_use]
    pub const fn network(&self, network: Network) -> &NetworkConfiguration {
        match network {
            Network::Generator => &self.generator,
            Network::Discriminator => &self.discriminator,
        }
    }

    /// The hyper-parameters of one of the networks, to change.
    pub const fn network_mut(&mut self, network: Network) -> &mut NetworkConfiguration {
        match network {
            Network::Generator => &mut self.generator,
            Network::Discriminator => &mut self.discriminator,
        }
    }

    /// Layers, widths and activations of one of the networks.
    #[must_use]
    pub const fn shape(&self, network: Network) -> Shape {
        let (inputs, outputs, minibatch) = match network {
            Network::Generator => (self.noise.dimensions.get(), 2, None),
            Network::Discriminator => (2, 1, self.techniques.minibatch),
        };
        let NetworkConfiguration {
            hidden_layers,
            neurons,
            ..
        } = self.network(network);
        let techniques = self.techniques.network(network);
        let scales = match techniques.normalization {
            Normalization::Batch(_) => Scales::PerOutput,
            Normalization::None | Normalization::Spectral => Scales::None,
        };
        Shape::new(inputs, *hidden_layers, *neurons, outputs)
            .with_activation(techniques.activation)
            .with_scales(scales)
            .with_minibatch(minibatch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bound_is_inclusive_and_named() {
        assert_eq!(HiddenLayers::new(0), Ok(HiddenLayers::LEAST));
        assert_eq!(HiddenLayers::new(5).map(HiddenLayers::get), Ok(5));
        let error = Neurons::new(101).unwrap_err();
        assert_eq!(
            error,
            OutOfRange {
                field: "neurons",
                value: 101.0,
                least: 1.0,
                most: 100.0
            }
        );
        assert!(Neurons::new(0).is_err() && BatchSize::new(0).is_err() && AtlasLength::new(0).is_err());
        assert!(LearningRate::new(f32::NAN).is_err() && LearningRate::new(0.0).is_err());
    }
}
