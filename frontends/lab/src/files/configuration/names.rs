//! What the core's enums are called in files: serde's names, beside a conversion each way.

use gan_core::Target;
use gan_core::configuration::{Loss, NoiseKind, Optimizer};
use gan_core::techniques::{Initialization, Inputs, Output};
use serde::{Deserialize, Serialize};

macro_rules! names {
    ($name:ident for $core:ty { $($variant:ident = $text:literal),* $(,)? }) => {
        #[derive(Clone, Copy, Deserialize, Serialize)]
        pub(crate) enum $name { $(#[serde(rename = $text)] $variant),* }

        impl From<$name> for $core {
            fn from(name: $name) -> Self {
                match name { $($name::$variant => Self::$variant),* }
            }
        }

        impl From<$core> for $name {
            fn from(value: $core) -> Self {
                match value { $(<$core>::$variant => Self::$variant),* }
            }
        }
    };
}

names!(TargetName for Target {
    Line = "line", Gaussians = "gaussians", Ring = "ring", Disjoint = "disjoint",
    Eight = "eight", Grid = "grid", Spiral = "spiral", Moons = "moons",
    Drawing = "drawing",
});
names!(LossName for Loss {
    Log = "log", LeastSquares = "least-squares",
    Minimax = "minimax", Flipped = "flipped", Wasserstein = "wasserstein", Hinge = "hinge",
});
names!(NoiseName for NoiseKind { Uniform = "uniform", Normal = "normal", Spherical = "spherical" });
names!(OptimizerName for Optimizer { Sgd = "sgd", Adam = "adam" });
names!(InputsName for Inputs { Plain = "plain", Centred = "centred" });
names!(OutputName for Output { Tanh = "tanh", Linear = "linear" });
names!(InitializationName for Initialization {
    Classic = "classic", Scale = "scale", Xavier = "xavier", He = "he",
});

/// A technique of several kinds, each with a number of its own: what a file says is the kind alone.
macro_rules! kinds {
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        #[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
        pub(crate) enum $name { $(#[serde(rename = $text)] $variant),* }
    };
}

kinds!(ActivationName { Relu = "relu", LeakyRelu = "leaky-relu", Tanh = "tanh" });
kinds!(NormalizationName { None = "none", Batch = "batch", Spectral = "spectral" });
kinds!(PenaltyName { None = "none", Clipping = "clipping", R1 = "r1", Gradient = "gradient" });
kinds!(RateDecayName { Constant = "constant", Linear = "linear", Cosine = "cosine" });
