//! GAN Lab's four pre-trained set-ups, as hyper-parameters.

use crate::configuration::{
    AtlasLength, BatchSize, Configuration, HiddenLayers, LearningRate, Loss, NetworkConfiguration, Neurons,
    Noise, NoiseDimensions, NoiseKind, Optimizer, UpdatesPerEpoch,
};
use crate::target::Target;
use crate::techniques::Techniques;

/// One of GAN Lab's presets: all SGD, log loss, batch 150, atlases of 12,000.
///
/// ```
/// use gan_core::Preset;
///
/// for preset in Preset::ALL {
///     assert_eq!(preset.configuration().check(), Ok(()));
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preset {
    /// A line; G 1×5, D 1×6.
    Line,
    /// Two Gaussians; G 1×8, D 1×8, normal noise.
    Gaussians,
    /// A ring; G 1×10, D 2×9, three D updates.
    Ring,
    /// Three disjoint clusters; G 2×10, D 2×11, normal noise.
    Disjoint,
}

impl Preset {
    /// All of them, in GAN Lab's order.
    pub const ALL: [Self; 4] = [Self::Line, Self::Gaussians, Self::Ring, Self::Disjoint];

    /// The hyper-parameters (file names, section 6 of the paper's pre-trained models).
    #[must_use]
    pub const fn configuration(self) -> Configuration {
        use NoiseKind::{Normal, Uniform};
        //                                   G layers, neurons, rate; D layers, neurons, rate, updates
        match self {
            Self::Line => preset(Target::Line, Uniform, (1, 5, 0.01), (1, 6, 0.03, 2)),
            Self::Gaussians => preset(Target::Gaussians, Normal, (1, 8, 0.03), (1, 8, 0.1, 2)),
            Self::Ring => preset(Target::Ring, Uniform, (1, 10, 0.03), (2, 9, 0.1, 3)),
            Self::Disjoint => preset(Target::Disjoint, Normal, (2, 10, 0.03), (2, 11, 0.1, 1)),
        }
    }
}

/// A literal in the table above that is out of range does not compile: the constants below are
/// evaluated at compile time.
const fn in_range<T: Copy>(value: Result<T, crate::OutOfRange>) -> T {
    match value {
        Ok(value) => value,
        Err(_) => panic!("a preset's literal is out of range"),
    }
}

const _: () = {
    let mut i = 0;
    while i < Preset::ALL.len() {
        let _ = Preset::ALL[i].configuration();
        i += 1;
    }
};

const fn network(layers: u32, neurons: u32, rate: f32, updates: u32) -> NetworkConfiguration {
    NetworkConfiguration {
        hidden_layers: in_range(HiddenLayers::new(layers)),
        neurons: in_range(Neurons::new(neurons)),
        learning_rate: in_range(LearningRate::new(rate)),
        optimizer: Optimizer::Sgd,
        updates_per_epoch: in_range(UpdatesPerEpoch::new(updates)),
    }
}

const fn preset(
    target: Target,
    kind: NoiseKind,
    (g_layers, g_neurons, g_rate): (u32, u32, f32),
    (d_layers, d_neurons, d_rate, d_updates): (u32, u32, f32, u32),
) -> Configuration {
    Configuration {
        target,
        noise: Noise {
            kind,
            dimensions: in_range(NoiseDimensions::new(2)),
        },
        generator: network(g_layers, g_neurons, g_rate, 1),
        discriminator: network(d_layers, d_neurons, d_rate, d_updates),
        loss: Loss::Log,
        batch: in_range(BatchSize::new(150)),
        atlas: in_range(AtlasLength::new(12_000)),
        techniques: Techniques::NONE,
    }
}
