//! Which techniques a kernel is compiled for: what is off is not in it. How strong those are that are on is
//! each run's own (`crate::inputs`).

use gan_core::techniques::{HiddenActivation, Output, Penalty, RateDecay};
use gan_core::{Configuration, Network, StateLayout};

/// Whether something is in a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// It is not.
    Off,
    /// It is.
    On,
}

impl From<bool> for Switch {
    fn from(on: bool) -> Self {
        match on {
            true => Self::On,
            false => Self::Off,
        }
    }
}

/// The activation function after a hidden layer's dot products.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// ReLU.
    Relu,
    /// Leaky ReLU, whatever its slope.
    LeakyRelu,
    /// tanh.
    Tanh,
}

/// A penalty on D's gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steepness {
    /// None.
    Free,
    /// R1.
    R1,
    /// Gradient penalty.
    Gradient,
}

/// The switches of one network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkSwitches {
    /// Its hidden layers.
    pub hidden: Hidden,
    /// Historical averaging.
    pub history: Switch,
}

/// The switches of a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switches {
    /// The generator's own.
    pub generator: NetworkSwitches,
    /// The discriminator's own.
    pub discriminator: NetworkSwitches,
    /// Activation function after the generator's last layer.
    pub output: Output,
    /// The penalty on D's gradient.
    pub steepness: Steepness,
    /// Weight clipping.
    pub clipping: Switch,
    /// Noisy labels.
    pub label_noise: Switch,
    /// Instance noise.
    pub instance_noise: Switch,
    /// Experience replay.
    pub replay: Switch,
    /// Feature matching.
    pub feature_matching: Switch,
    /// The moving average of the generator.
    pub average: Switch,
    /// Whether anything changes from epoch to epoch by itself.
    pub fading: Switch,
}

impl Switches {
    /// The switches of a configuration.
    #[must_use]
    pub fn of(configuration: &Configuration) -> Self {
        let techniques = &configuration.techniques;
        let network = |network| {
            let own = techniques.network(network);
            NetworkSwitches {
                hidden: match own.activation {
                    HiddenActivation::Relu => Hidden::Relu,
                    HiddenActivation::LeakyRelu(_) => Hidden::LeakyRelu,
                    HiddenActivation::Tanh => Hidden::Tanh,
                },
                history: own.historical_averaging.is_some().into(),
            }
        };
        let fading = techniques.rate_decay != RateDecay::Constant
            || techniques.instance_noise.is_some()
            || techniques.feature_matching.is_some();
        Self {
            generator: network(Network::Generator),
            discriminator: network(Network::Discriminator),
            output: techniques.output,
            steepness: match techniques.penalty {
                Penalty::None | Penalty::Clipping(_) => Steepness::Free,
                Penalty::R1(_) => Steepness::R1,
                Penalty::Gradient(_) => Steepness::Gradient,
            },
            clipping: matches!(techniques.penalty, Penalty::Clipping(_)).into(),
            label_noise: (techniques.label_noise.get() > 0.0).into(),
            instance_noise: techniques.instance_noise.is_some().into(),
            replay: techniques.replay.is_some().into(),
            feature_matching: techniques.feature_matching.is_some().into(),
            average: techniques.average.is_some().into(),
            fading: fading.into(),
        }
    }

    /// Whether D sees something else than what the generator makes, which then is kept beside it.
    #[must_use]
    pub fn disguised(&self) -> Switch {
        (self.instance_noise == Switch::On || self.replay == Switch::On).into()
    }

    /// The switches as WGSL constants. `layout` is that of the states, `places` are the techniques'.
    pub(crate) fn constants(&self, layout: &StateLayout, places: &Places) -> String {
        let hidden = |hidden| match hidden {
            Hidden::Relu => "RELU",
            Hidden::LeakyRelu => "LEAKY_RELU",
            Hidden::Tanh => "HIDDEN_TANH",
        };
        let mut text = String::from("// Techniques in this kernel.\n");
        let kinds = [
            ("G_HIDDEN", hidden(self.generator.hidden)),
            ("D_HIDDEN", hidden(self.discriminator.hidden)),
            (
                "G_OUTPUT",
                match self.output {
                    Output::Tanh => "TANH",
                    Output::Linear => "LINEAR",
                },
            ),
        ];
        for (name, kind) in kinds {
            text += &format!("const {name}: u32 = {kind};\n");
        }
        let has_hidden = |kind| {
            [self.generator, self.discriminator]
                .iter()
                .any(|own| own.hidden == kind)
        };
        let switches = [
            ("HAS_LEAKY_RELU", has_hidden(Hidden::LeakyRelu)),
            ("HAS_HIDDEN_TANH", has_hidden(Hidden::Tanh)),
            ("HAS_LINEAR_OUTPUT", self.output == Output::Linear),
            ("G_HISTORY", self.generator.history == Switch::On),
            ("D_HISTORY", self.discriminator.history == Switch::On),
            ("STEEPNESS", self.steepness != Steepness::Free),
            ("GRADIENT_PENALTY", self.steepness == Steepness::Gradient),
            ("CLIPPING", self.clipping == Switch::On),
            ("LABEL_NOISE", self.label_noise == Switch::On),
            ("INSTANCE_NOISE", self.instance_noise == Switch::On),
            ("REPLAY", self.replay == Switch::On),
            ("FEATURE_MATCHING", self.feature_matching == Switch::On),
            ("AVERAGE", self.average == Switch::On),
            ("FADING", self.fading == Switch::On),
            ("DISGUISED", self.disguised() == Switch::On),
            ("COUNTING", layout.words > layout.techniques),
        ];
        for (name, on) in switches {
            text += &format!("const {name}: bool = {on};\n");
        }
        for (name, value) in places.named() {
            text += &format!("const {name}: u32 = {value}u;\n");
        }
        text
    }
}

/// Places of the techniques' numbers: words of a packed state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places {
    counts: usize,
    average: usize,
    generator_history: usize,
    discriminator_history: usize,
    replay: usize,
}

impl Places {
    /// In the order of `gan_core::packed`.
    pub(crate) fn of(switches: &Switches, layout: &StateLayout) -> Self {
        let own = |switch, parameters| match switch {
            Switch::On => parameters,
            Switch::Off => 0,
        };
        let (g, d) = (&layout.generator, &layout.discriminator);
        let (of_generator, of_discriminator) = (g.means - g.parameters, d.means - d.parameters);
        let average = layout.techniques + COUNT_WORDS;
        let generator_history = average + own(switches.average, of_generator);
        let discriminator_history = generator_history + own(switches.generator.history, of_generator);
        Self {
            counts: layout.techniques,
            average,
            generator_history,
            discriminator_history,
            replay: discriminator_history + own(switches.discriminator.history, of_discriminator),
        }
    }

    fn named(&self) -> [(&'static str, usize); 5] {
        [
            ("COUNTS_AT", self.counts),
            ("AVERAGE_AT", self.average),
            ("G_HISTORY_AT", self.generator_history),
            ("D_HISTORY_AT", self.discriminator_history),
            ("REPLAY_AT", self.replay),
        ]
    }
}

/// Words of a packed state that count for techniques.
const COUNT_WORDS: usize = 6;
