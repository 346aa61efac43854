//! What of a configuration the kernel does not carry: such a run is refused by name before anything is
//! computed, and trains on the processor.

use std::fmt;

use gan_core::Configuration;
use gan_core::configuration::{Loss, Network};
use gan_core::techniques::{HiddenActivation, Normalization, Output, Penalty, RateDecay, Techniques};

/// Something that the kernel does not carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Minimax, flipped, Wasserstein or hinge loss.
    Loss,
    /// A weight of the real batch that is not GAN Lab's.
    RealWeight,
    /// Soft labels.
    SoftLabels,
    /// Noisy labels.
    NoisyLabels,
    /// Noise of more than two dimensions.
    NoiseDimensions,
    /// Hidden layers of another activation than ReLU.
    Activation(Network),
    /// A generator without tanh.
    LinearOutput,
    /// Batch normalisation.
    BatchNormalization(Network),
    /// Spectral normalisation.
    SpectralNormalization(Network),
    /// Other decays of Adam's moments than the paper's.
    Betas(Network),
    /// Historical averaging.
    History(Network),
    /// Weight clipping.
    Clipping,
    /// R1.
    R1,
    /// Gradient penalty.
    GradientPenalty,
    /// Instance noise.
    InstanceNoise,
    /// Feature matching.
    FeatureMatching,
    /// Minibatch discrimination.
    Minibatch,
    /// Experience replay.
    Replay,
    /// The moving average of the generator.
    Average,
    /// Rates that decay.
    RateDecay,
}

impl Refusal {
    /// The first thing of a configuration that is not carried.
    #[must_use]
    pub fn of(configuration: &Configuration) -> Option<Self> {
        let (techniques, plain) = (&configuration.techniques, &Techniques::NONE);
        let network = |network| {
            let (own, plain) = (techniques.network(network), plain.network(network));
            [
                (
                    own.activation != HiddenActivation::Relu,
                    Self::Activation(network),
                ),
                (
                    matches!(own.normalization, Normalization::Batch(_)),
                    Self::BatchNormalization(network),
                ),
                (
                    own.normalization == Normalization::Spectral,
                    Self::SpectralNormalization(network),
                ),
                (own.betas != plain.betas, Self::Betas(network)),
                (own.history.is_some(), Self::History(network)),
            ]
        };
        let both = [Network::Generator, Network::Discriminator];
        let of_networks = both.into_iter().flat_map(network);
        let of_all = [
            (
                !matches!(configuration.loss, Loss::Log | Loss::LeastSquares),
                Self::Loss,
            ),
            (techniques.real_weight != plain.real_weight, Self::RealWeight),
            (techniques.labels != plain.labels, Self::SoftLabels),
            (techniques.label_noise != plain.label_noise, Self::NoisyLabels),
            (configuration.noise.dimensions.get() > 2, Self::NoiseDimensions),
            (techniques.output != Output::Tanh, Self::LinearOutput),
            (matches!(techniques.penalty, Penalty::Clipping(_)), Self::Clipping),
            (matches!(techniques.penalty, Penalty::R1(_)), Self::R1),
            (
                matches!(techniques.penalty, Penalty::Gradient(_)),
                Self::GradientPenalty,
            ),
            (techniques.instance_noise.is_some(), Self::InstanceNoise),
            (techniques.feature_matching.is_some(), Self::FeatureMatching),
            (techniques.minibatch.is_some(), Self::Minibatch),
            (techniques.replay.is_some(), Self::Replay),
            (techniques.average.is_some(), Self::Average),
            (techniques.rate_decay != RateDecay::Constant, Self::RateDecay),
        ];
        let mut all = of_all.into_iter().chain(of_networks);
        all.find(|(on, _)| *on).map(|(_, refusal)| refusal)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vulkan does not carry ")?;
        match self {
            Self::Loss => f.write_str("this loss"),
            Self::RealWeight => f.write_str("another weight of the real batch than 0.95"),
            Self::SoftLabels => f.write_str("soft labels"),
            Self::NoisyLabels => f.write_str("noisy labels"),
            Self::NoiseDimensions => f.write_str("noise of more than two dimensions"),
            Self::Activation(network) => write!(f, "other activations than ReLU in the {network}"),
            Self::LinearOutput => f.write_str("a generator with linear output"),
            Self::BatchNormalization(network) => write!(f, "batch normalization of the {network}"),
            Self::SpectralNormalization(network) => write!(f, "spectral normalization of the {network}"),
            Self::Betas(network) => write!(f, "other decays of Adam's moments in the {network}"),
            Self::History(network) => write!(f, "historical averaging of the {network}"),
            Self::Clipping => f.write_str("weight clipping"),
            Self::R1 => f.write_str("the R1 penalty"),
            Self::GradientPenalty => f.write_str("the gradient penalty"),
            Self::InstanceNoise => f.write_str("instance noise"),
            Self::FeatureMatching => f.write_str("feature matching"),
            Self::Minibatch => f.write_str("minibatch discrimination"),
            Self::Replay => f.write_str("experience replay"),
            Self::Average => f.write_str("the moving average of the generator"),
            Self::RateDecay => f.write_str("learning rates that decay"),
        }?;
        f.write_str(": its kernel has no step for it")
    }
}
