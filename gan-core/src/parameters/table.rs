//! The table of hyper-parameters, one row each. Files, words, links and lists keep its order.

use core::fmt;

use super::{Definition, Effect, Kind, Mention, Misfit, OFF};
use crate::configuration::{
    AtlasLength, BatchSize, Configuration, HiddenLayers, LearningRate, Loss, Network, Neurons,
    NoiseDimensions, NoiseKind, Optimizer, UpdatesPerEpoch,
};
use crate::target::Target;
use crate::techniques::{
    Bound, Decay, DecayEpochs, Deviation, FadeEpochs, FeatureMatching, HiddenActivation, Initialization,
    Inputs, InstanceNoise, MinibatchKernels, Normalization, Output, Penalty, RateDecay, Replay,
    ReplayCapacity, ReplayedSamples, Share, Slope, Truncation, Weight,
};

/// `?`, which no `const fn` has.
macro_rules! attempt {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
}

/// The word at a place of a configuration; `None` where it has no meaning.
macro_rules! get {
    // A value.
    (at $place:expr => $type:ty) => {
        Some($place.word())
    };
    // A value whose numbers are those of the one before.
    (again $place:expr => $type:ty) => {
        Some($place.word())
    };
    // A value or nothing.
    (off $place:expr => $type:ty) => {
        match $place {
            Some(value) => Some(value.word()),
            None => Some(OFF),
        }
    };
    // The first field of several values or nothing.
    (head $place:expr => $group:ident { $field:ident: $type:ty }) => {
        match $place {
            Some(group) => Some(group.$field.word()),
            None => Some(OFF),
        }
    };
    // A value that is there only as another one is set.
    (within $place:expr, $x:ident, $pattern:pat => $type:ty) => {
        match $place {
            $pattern => Some($x.word()),
            _ => None,
        }
    };
}

/// Puts a word to a place of a configuration.
macro_rules! set {
    ($word:ident, $in_vain:expr, at $place:expr => $type:ty) => {
        // A choice that is made again keeps its numbers.
        if $place.word() != $word {
            $place = attempt!(<$type>::from_word($word));
        }
    };
    ($word:ident, $in_vain:expr, again $place:expr => $type:ty) => {
        if $place.word() != $word {
            $place = attempt!(<$type>::from_word($word)).with_numbers_of($place);
        }
    };
    ($word:ident, $in_vain:expr, off $place:expr => $type:ty) => {
        $place = match $word {
            OFF => None,
            _ => Some(attempt!(<$type>::from_word($word))),
        }
    };
    ($word:ident, $in_vain:expr, head $place:expr => $group:ident { $field:ident: $type:ty }) => {
        match (&mut $place, $word) {
            (place, OFF) => *place = None,
            (Some(group), _) => group.$field = attempt!(<$type>::from_word($word)),
            (place, _) => *place = Some($group::with(attempt!(<$type>::from_word($word)))),
        }
    };
    ($word:ident, $in_vain:expr, within $place:expr, $x:ident, $pattern:pat => $type:ty) => {
        match &mut $place {
            $pattern => *$x = attempt!(<$type>::from_word($word)),
            _ => return Err(Misfit::InVain($in_vain)),
        }
    };
}

macro_rules! kind {
    (at $place:expr => $type:ty) => {
        <$type>::KIND
    };
    (again $place:expr => $type:ty) => {
        <$type>::KIND
    };
    (off $place:expr => $type:ty) => {
        <$type>::KIND
    };
    (head $place:expr => $group:ident { $field:ident: $type:ty }) => {
        <$type>::KIND
    };
    (within $place:expr, $x:ident, $pattern:pat => $type:ty) => {
        <$type>::KIND
    };
}

macro_rules! can_be_off {
    (off $($rest:tt)*) => {
        true
    };
    (head $($rest:tt)*) => {
        true
    };
    ($($rest:tt)*) => {
        false
    };
}

macro_rules! head {
    ($own:expr,) => {
        $own
    };
    ($own:expr, $head:expr) => {
        $head
    };
}

macro_rules! parameters {
    (
        |$c:ident, $network:ident|
        first { $($(#[doc = $first_about:literal])+ $first:ident $first_key:literal $(of $first_head:ident)? = $first_lens:ident($($first_place:tt)*), $first_definition:expr;)* }
        networks { $($(#[doc = $both_about:literal])+ $both:ident $both_key:literal $(of $both_head:ident)? = $both_lens:ident($($both_place:tt)*), $both_definition:expr;)* }
        generator { $($(#[doc = $g_about:literal])+ $g:ident $g_key:literal = $g_lens:ident($($g_place:tt)*), $g_definition:expr;)* }
        discriminator { $($(#[doc = $d_about:literal])+ $d:ident $d_key:literal = $d_lens:ident($($d_place:tt)*), $d_definition:expr;)* }
        last { $($(#[doc = $last_about:literal])+ $last:ident $last_key:literal $(of $last_head:ident)? = $last_lens:ident($($last_place:tt)*), $last_definition:expr;)* }
    ) => {
        /// A hyper-parameter: a number or choice of a configuration.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub enum Parameter {
            $($(#[doc = $first_about])+ $first,)*
            $($(#[doc = $both_about])+ $both(Network),)*
            $($(#[doc = $g_about])+ $g,)*
            $($(#[doc = $d_about])+ $d,)*
            $($(#[doc = $last_about])+ $last,)*
        }

        impl Parameter {
            /// All of them, in the order of files; one that others belong to stands before these.
            pub const ALL: [Self; [$($first_key,)* $($both_key, $both_key,)* $($g_key,)* $($d_key,)* $($last_key,)*].len()] = [
                $(Self::$first,)*
                $(Self::$both(Network::Generator),)*
                $(Self::$g,)*
                $(Self::$both(Network::Discriminator),)*
                $(Self::$d,)*
                $(Self::$last,)*
            ];

            /// The dotted key by which files, links, sweeps and the command line name it: `generator.slope`.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$first => $first_key,)*
                    $(Self::$both(Network::Generator) => concat!("generator.", $both_key),
                    Self::$both(Network::Discriminator) => concat!("discriminator.", $both_key),)*
                    $(Self::$g => concat!("generator.", $g_key),)*
                    $(Self::$d => concat!("discriminator.", $d_key),)*
                    $(Self::$last => $last_key,)*
                }
            }

            /// Its network, if the other one has a parameter of the same row.
            #[must_use]
            pub const fn shared(self) -> Option<Network> {
                match self {
                    $(Self::$both(network))|* => Some(network),
                    _ => None,
                }
            }

            /// Its row of the table.
            #[must_use]
            pub const fn definition(self) -> Definition {
                match self {
                    $(Self::$first => Definition { kind: kind!($first_lens $($first_place)*), can_be_off: can_be_off!($first_lens), about: concat!($($first_about),+), ..$first_definition },)*
                    $(Self::$both(_) => Definition { kind: kind!($both_lens $($both_place)*), can_be_off: can_be_off!($both_lens), about: concat!($($both_about),+), ..$both_definition },)*
                    $(Self::$g => Definition { kind: kind!($g_lens $($g_place)*), can_be_off: can_be_off!($g_lens), about: concat!($($g_about),+), ..$g_definition },)*
                    $(Self::$d => Definition { kind: kind!($d_lens $($d_place)*), can_be_off: can_be_off!($d_lens), about: concat!($($d_about),+), ..$d_definition },)*
                    $(Self::$last => Definition { kind: kind!($last_lens $($last_place)*), can_be_off: can_be_off!($last_lens), about: concat!($($last_about),+), ..$last_definition },)*
                }
            }

            /// The parameter that it belongs to, or itself.
            #[must_use]
            pub const fn head(self) -> Self {
                match self {
                    $(Self::$first => head!(Self::$first, $(Self::$first_head)?),)*
                    $(Self::$both(network) => head!(Self::$both(network), $(Self::$both_head(network))?),)*
                    $(Self::$g => Self::$g,)*
                    $(Self::$d => Self::$d,)*
                    $(Self::$last => head!(Self::$last, $(Self::$last_head)?),)*
                }
            }
        }

        impl Configuration {
            /// A parameter's value; `None` where the one that it belongs to gives it no meaning, [`OFF`] where it is
            /// switched off.
            #[must_use]
            pub const fn word(&self, parameter: Parameter) -> Option<u32> {
                let mut $c = *self;
                match parameter {
                    $(Parameter::$first => get!($first_lens $($first_place)*),)*
                    $(Parameter::$both($network) => get!($both_lens $($both_place)*),)*
                    $(Parameter::$g => get!($g_lens $($g_place)*),)*
                    $(Parameter::$d => get!($d_lens $($d_place)*),)*
                    $(Parameter::$last => get!($last_lens $($last_place)*),)*
                }
            }

            /// Gives a parameter a value. A choice that brings a number of its own brings the usual one; rates that
            /// decay in another way do so over the same epochs. An error if it is no value of the parameter, or this has no meaning here.
            pub const fn set(&mut self, parameter: Parameter, word: u32) -> Result<(), Misfit> {
                let $c = self;
                match parameter {
                    $(Parameter::$first => set!(word, $first_definition.in_vain, $first_lens $($first_place)*),)*
                    $(Parameter::$both($network) => set!(word, $both_definition.in_vain, $both_lens $($both_place)*),)*
                    $(Parameter::$g => set!(word, $g_definition.in_vain, $g_lens $($g_place)*),)*
                    $(Parameter::$d => set!(word, $d_definition.in_vain, $d_lens $($d_place)*),)*
                    $(Parameter::$last => set!(word, $last_definition.in_vain, $last_lens $($last_place)*),)*
                }
                Ok(())
            }
        }
    };
}

/// The definition that most rows share; the macro adds kind and whether it can be off.
const TECHNIQUE: Definition = Definition {
    about: "",
    kind: Kind::Decay,
    can_be_off: false,
    effect: Effect::Anew,
    mention: Mention::Differing,
    ladder: &[],
    in_vain: "",
};
const CLASSIC: Definition = Definition {
    mention: Mention::Always,
    ..TECHNIQUE
};
const RUNNING: Definition = Definition {
    effect: Effect::AtOnce,
    ..CLASSIC
};

/// A technique with these rungs.
const fn technique(ladder: &'static [f64]) -> Definition {
    Definition { ladder, ..TECHNIQUE }
}

/// A number that means something only as another parameter is set: why not, where it is not.
const fn number(ladder: &'static [f64], in_vain: &'static str) -> Definition {
    Definition {
        mention: Mention::Meaning,
        ladder,
        in_vain,
        ..TECHNIQUE
    }
}

const fn classic(ladder: &'static [f64]) -> Definition {
    Definition { ladder, ..CLASSIC }
}

const SIXTEEN: &[f64] = &[
    1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0,
];
const WEIGHTS: &[f64] = &[0.001, 0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0];
const MOMENTS: &[f64] = &[0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999];
const EPOCHS: &[f64] = &[100.0, 200.0, 500.0, 1e3, 2e3, 4e3, 5e3, 1e4, 2e4, 5e4, 1e5];
const FADES: &[f64] = &[0.0, 100.0, 200.0, 500.0, 1e3, 2e3, 4e3, 5e3, 1e4, 2e4, 5e4, 1e5];
const REAL_WEIGHTS: &[f64] = &[0.5, 0.7, 0.8, 0.9, 0.95, 1.0];

parameters! { |c, network|
    first {
        /// The distribution to learn (`CONTRACT.md`, section 5).
        Target "target" = at(c.target => Target), CLASSIC;
        /// The loss of both networks (`CONTRACT.md`, sections 6 and 8).
        Loss "loss" = at(c.loss => Loss), RUNNING;
        /// Samples of a batch.
        Batch "batch" = at(c.batch => BatchSize),
            classic(&[1.0, 5.0, 10.0, 20.0, 50.0, 100.0, 150.0, 300.0, 512.0, 1024.0]);
        /// Samples of each atlas.
        Atlas "atlas" = at(c.atlas => AtlasLength), CLASSIC;
        /// The range of what the networks see (LeCun et al. 1998, section 4.3; Radford et al. 2016).
        Inputs "inputs" = at(c.techniques.inputs => Inputs), TECHNIQUE;
        /// Function after the generator's last layer.
        Output "output" = at(c.techniques.output => Output), TECHNIQUE;
        /// Deviations within which noise is kept when samples are shown (Brock et al. 2019, section 3.1).
        Truncation "truncation" = off(c.techniques.truncation => Truncation),
            technique(&[0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0]);
        /// The distribution of the latent noise.
        NoiseKind "noise.kind" = at(c.noise.kind => NoiseKind), CLASSIC;
        /// Components of a noise vector.
        NoiseDimensions "noise.dimensions" of NoiseKind = at(c.noise.dimensions => NoiseDimensions), classic(SIXTEEN);
    }
    networks {
        /// Hidden layers, in GAN Lab's counting: n mean n + 1 layers with an activation.
        HiddenLayers "hidden_layers" = at(c.network_mut(network).hidden_layers => HiddenLayers),
            classic(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        /// Neurons of each hidden layer.
        Neurons "neurons" = at(c.network_mut(network).neurons => Neurons), CLASSIC;
        /// Step size of the optimiser.
        LearningRate "learning_rate" = at(c.network_mut(network).learning_rate => LearningRate),
            Definition { ladder: &[0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0], ..RUNNING };
        /// The optimiser.
        Optimizer "optimizer" = at(c.network_mut(network).optimizer => Optimizer), RUNNING;
        /// Updates in an epoch.
        UpdatesPerEpoch "updates_per_epoch" = at(c.network_mut(network).updates_per_epoch => UpdatesPerEpoch), RUNNING;
        /// Function after hidden layers' dot products (Radford et al. 2016).
        Activation "activation" = at(c.techniques.network_mut(network).activation => HiddenActivation), TECHNIQUE;
        /// How much of a negative number a leaky ReLU lets pass (Maas et al. 2013).
        Slope "slope" of Activation
            = within(c.techniques.network_mut(network).activation, x, HiddenActivation::LeakyRelu(x) => Slope),
            number(
                &[0.01, 0.05, 0.1, 0.2, 0.3, 0.5],
                "a slope is a leaky ReLU's: give activation = \"leaky-relu\", or leave it out",
            );
        /// Normalisation of layers (Ioffe and Szegedy 2015; Miyato et al. 2018).
        Normalization "normalization" = at(c.techniques.network_mut(network).normalization => Normalization), TECHNIQUE;
        /// Decay of batch normalisation's running figures.
        NormalizationDecay "normalization_decay" of Normalization
            = within(c.techniques.network_mut(network).normalization, x, Normalization::Batch(x) => Decay),
            number(
                &[0.5, 0.8, 0.9, 0.95, 0.99, 0.999],
                "a normalization_decay is batch normalization's: give normalization = \"batch\", or leave it out",
            );
        /// Deviations of the initial weights (Glorot and Bengio 2010; He et al. 2015).
        Initialization "initialization" = at(c.techniques.network_mut(network).initialization => Initialization), TECHNIQUE;
        /// Decay of Adam's first moment (Kingma and Ba 2015).
        Beta1 "beta_1" = at(c.techniques.network_mut(network).betas.beta_1 => Decay), technique(MOMENTS);
        /// Decay of Adam's second moment.
        Beta2 "beta_2" of Beta1 = at(c.techniques.network_mut(network).betas.beta_2 => Decay), technique(MOMENTS);
        /// Weight of historical averaging (Salimans et al. 2016, section 3.3).
        HistoricalAveraging "history" = off(c.techniques.network_mut(network).historical_averaging => Weight),
            technique(WEIGHTS);
    }
    generator {
        /// Decay of the moving average of G's parameters (Yazıcı et al. 2019).
        Average "average" = off(c.techniques.average => Decay),
            technique(&[0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999]);
    }
    discriminator {
        /// Kernels of minibatch discrimination (Salimans et al. 2016, section 3.2).
        Minibatch "minibatch_kernels" = off(c.techniques.minibatch => MinibatchKernels), technique(SIXTEEN);
    }
    last {
        /// Weight of the real batch in log, minimax and flipped loss.
        RealWeight "labels.real_weight" = at(c.techniques.real_weight => Share), technique(REAL_WEIGHTS);
        /// Target of D's loss for real samples, in place of 1 (Salimans et al. 2016, section 3.4).
        RealLabel "labels.real" = at(c.techniques.labels.real => Share), technique(&[0.7, 0.8, 0.9, 0.95, 1.0]);
        /// Target of D's loss for fake samples, in place of 0.
        FakeLabel "labels.fake" of RealLabel = at(c.techniques.labels.fake => Share),
            technique(&[0.0, 0.05, 0.1, 0.2, 0.3]);
        /// Probability that D is told the wrong label of a sample.
        LabelNoise "labels.noise" = at(c.techniques.label_noise => Share),
            technique(&[0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3]);
        /// A limit or penalty on how steep D is (Arjovsky et al. 2017; Mescheder et al. 2018; Gulrajani et al. 2017).
        Penalty "penalty.kind" = at(c.techniques.penalty => Penalty), TECHNIQUE;
        /// Weight of a penalty on D's gradient.
        PenaltyWeight "penalty.weight" of Penalty
            = within(c.techniques.penalty, x, Penalty::R1(x) | Penalty::Gradient(x) => Weight),
            number(
                WEIGHTS,
                "a weight is a penalty's on D's gradient: give kind = \"r1\" or \"gradient\" in [penalty], or leave it out",
            );
        /// The bound of clipped weights.
        PenaltyBound "penalty.bound" of Penalty = within(c.techniques.penalty, x, Penalty::Clipping(x) => Bound),
            number(
                &[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0],
                "a bound is weight clipping's: give kind = \"clipping\" in [penalty], or leave it out",
            );
        /// Deviation of the noise on all that D sees (Sønderby et al. 2017).
        InstanceNoise "instance_noise.deviation" = head(c.techniques.instance_noise => InstanceNoise { deviation: Deviation }),
            technique(&[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]);
        /// Epochs in which it fades; 0 for ever the same.
        InstanceNoiseEpochs "instance_noise.epochs" of InstanceNoise
            = within(c.techniques.instance_noise, x, Some(InstanceNoise { fade: x, .. }) => FadeEpochs),
            number(
                FADES,
                "epochs are those in which instance noise fades: give a deviation in [instance_noise], or leave them out",
            );
        /// Part of feature matching in G's gradient; 1: alone (Salimans et al. 2016, section 3.1).
        FeatureMatching "feature_matching.weight" = head(c.techniques.feature_matching => FeatureMatching { weight: Share }),
            technique(&[0.1, 0.25, 0.5, 0.75, 1.0]);
        /// Epochs in which it fades; 0 for ever the same.
        FeatureMatchingEpochs "feature_matching.epochs" of FeatureMatching
            = within(c.techniques.feature_matching, x, Some(FeatureMatching { fade: x, .. }) => FadeEpochs),
            number(
                FADES,
                "epochs are those in which feature matching fades: give a weight in [feature_matching], or leave them out",
            );
        /// Old fake samples in each of D's batches (Shrivastava et al. 2017, section 2.3).
        Replay "replay.samples" = head(c.techniques.replay => Replay { samples: ReplayedSamples }),
            technique(&[1.0, 5.0, 10.0, 20.0, 50.0, 75.0, 100.0, 140.0, 250.0, 500.0]);
        /// Places for old fake samples.
        ReplayCapacity "replay.capacity" of Replay
            = within(c.techniques.replay, x, Some(Replay { capacity: x, .. }) => ReplayCapacity),
            number(
                &[100.0, 300.0, 500.0, 1e3, 3e3, 1e4, 3e4, 1e5],
                "a capacity is the replay buffer's: give samples in [replay], or leave it out",
            );
        /// How learning rates fall as a run goes on (Loshchilov and Hutter 2017).
        RateDecay "rate_decay.kind" = again(c.techniques.rate_decay => RateDecay), TECHNIQUE;
        /// Epochs over which they do.
        RateDecayEpochs "rate_decay.epochs" of RateDecay
            = within(c.techniques.rate_decay, x, RateDecay::Linear(x) | RateDecay::Cosine(x) => DecayEpochs),
            number(
                EPOCHS,
                "epochs are those in which rates decay: give kind = \"linear\" or \"cosine\" in [rate_decay], or leave \
                 them out",
            );
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}
