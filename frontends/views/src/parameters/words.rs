//! Every word about a hyper-parameter, a row each: so that its control, the line of techniques that
//! are on, the choice of a difference between two runs, and the sentence about a change all say the
//! same.
//!
//! In templates `{}` is a value: of the rest of the family one after another, of the value in words in a phrase.
//! `{noun}` is the noun, `{network}` the network's name.

use gan_core::{Network, Parameter};

/// The words of a parameter. A parameter that belongs to another one has words for its number alone.
pub(crate) struct Words {
    /// The hyper-parameter's name, its network's before it: 'Hidden activation'.
    pub(crate) title: &'static str,
    /// The title in a card, whose head names the network or place already.
    pub(crate) card: &'static str,
    /// The name where there is little room.
    pub(crate) short: &'static str,
    /// The network at whose box it stands, where its key does not say so.
    pub(crate) network: Option<Network>,
    /// Its effect and the source of that: a sentence for the generator, one for the discriminator.
    pub(crate) sentences: [&'static str; 2],
    /// The accessible name of the control of its number.
    pub(crate) number: &'static str,
    /// Before the number: 'slope'. Nothing where the title says it.
    pub(crate) label: &'static str,
    /// After the number: several, one.
    pub(crate) nouns: [&'static str; 2],
    /// A template of the value, for which `{}` stands the number.
    pub(crate) value: &'static str,
    /// A template of the phrase about a run that has it: 'batches of {}'.
    pub(crate) phrase: &'static str,
    /// The phrase for a technique that is switched off.
    pub(crate) off: &'static str,
    /// A template of the sentence about a change.
    pub(crate) changed: &'static str,
    /// The words of choices, in their order.
    pub(crate) choices: &'static [Choice],
    /// Values to choose from, most usual first, with the numbers that belong to them. None: the ladder, all choices, or
    /// all whole numbers there are.
    pub(crate) offers: &'static [&'static str],
}

/// The words of one choice: in a menu; a template of the value, whose numbers follow; the phrase
/// about a run that has it, empty if the phrase is the parameter's.
pub(crate) struct Choice(
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) &'static str,
);

const PLAIN: Words = Words {
    title: "",
    card: "",
    short: "",
    network: None,
    sentences: [""; 2],
    number: "",
    label: "",
    nouns: [""; 2],
    value: "{}",
    phrase: "{}",
    off: "",
    changed: "{name}: {}",
    choices: &[],
    offers: &[],
};

/// A number that belongs to another parameter.
const fn number(number: &'static str, label: &'static str) -> Words {
    Words {
        number,
        label,
        ..PLAIN
    }
}

/// Epochs in which something fades; 0 for ever the same.
const fn fading(number: &'static str) -> Words {
    Words {
        number,
        label: "fades over",
        nouns: ["epochs", "epoch"],
        value: ", fading over {}",
        ..PLAIN
    }
}

impl Words {
    /// The words of a parameter.
    pub(crate) const fn of(parameter: Parameter) -> Self {
        match parameter {
            // Both stand in the bar above, where they are chosen.
            Parameter::Target => Self {
                title: "Data",
                ..PLAIN
            },
            Parameter::Atlas => Self {
                title: "Atlas",
                ..PLAIN
            },
            Parameter::Loss => Self {
                title: "Loss",
                sentences: ["What both networks make small: log loss punishes confident mistakes hardest, least squares \
                             more gently."; 2],
                changed: "loss is {}",
                choices: &[
                    Choice("Log loss", "log loss", ""),
                    Choice("Least squares", "least squares", ""),
                    Choice("Minimax", "minimax", ""),
                    Choice("Flipped labels", "flipped labels", ""),
                    // A name.
                    Choice("Wasserstein", "Wasserstein", ""),
                    Choice("Hinge", "hinge", ""),
                ],
                ..PLAIN
            },
            Parameter::Batch => Self {
                title: "Batch size",
                card: "Batch",
                sentences: ["How many samples each update looks at: with more the steps are steadier and slower, with \
                             few they are quick and erratic."; 2],
                number: "Batch size",
                nouns: ["samples", "sample"],
                phrase: "batches of {}",
                changed: "batches of {}",
                ..PLAIN
            },
            Parameter::NoiseKind => Self {
                title: "Noise distribution",
                card: "Distribution",
                short: "Noise",
                sentences: ["What the generator starts from: 1-D noise can fill only a curve, 2-D an area, more leaves \
                             it room to choose; uniform noise is even, normal dense in the middle, spherical a \
                             shell."; 2],
                phrase: "{} noise",
                changed: "noise is {}",
                choices: &[
                    Choice("uniform", "{}-D uniform", ""),
                    Choice("normal", "{}-D normal", ""),
                    Choice("spherical", "{}-D spherical", ""),
                ],
                // The most instructive of the 48 kinds there are.
                offers: &[
                    "uniform 1",
                    "normal 1",
                    "uniform 2",
                    "normal 2",
                    "spherical 2",
                    "uniform 8",
                    "normal 8",
                    "spherical 8",
                ],
                ..PLAIN
            },
            Parameter::NoiseDimensions => Self {
                number: "Noise dimensions",
                nouns: ["dimensions", "dimension"],
                ..PLAIN
            },
            Parameter::HiddenLayers(_) => Self {
                title: "Hidden layers",
                sentences: [
                    "More hidden layers can fold the noise into more intricate shapes, but are slower and harder to \
                     train.",
                    "More hidden layers can tell more intricate shapes apart, but are slower and harder to train.",
                ],
                number: "hidden layers",
                nouns: ["hidden layers", "hidden layer"],
                phrase: "{} {noun}",
                changed: "{network} has {} {noun}",
                ..PLAIN
            },
            Parameter::Neurons(_) => Self {
                title: "Neurons",
                sentences: [
                    "More neurons in each layer bend the noise more finely, but are slower; with too few the samples \
                     stay coarse.",
                    "More neurons in each layer draw a finer border between real and fake, but are slower; with too \
                     few the border stays coarse.",
                ],
                number: "neurons",
                nouns: ["neurons", "neuron"],
                phrase: "{} {noun}",
                changed: "{network} has {} {noun}",
                offers: &["1", "2", "4", "6", "8", "10", "12", "14", "20", "30", "50", "100"],
                ..PLAIN
            },
            Parameter::LearningRate(_) => Self {
                title: "Learning rate",
                sentences: ["How far each update goes: higher learns faster but may overshoot and diverge, lower is \
                             steadier but slow."; 2],
                number: "learning rate",
                phrase: "learning rate {}",
                changed: "{network} learning rate is {}",
                ..PLAIN
            },
            Parameter::Optimizer(_) => Self {
                title: "Optimizer",
                sentences: ["SGD steps along the gradient as it is; Adam fits each weight's step to its gradients so \
                             far, which wants a lower learning rate."; 2],
                changed: "{network} uses {}",
                choices: &[Choice("SGD", "SGD", ""), Choice("Adam", "Adam", "")],
                ..PLAIN
            },
            Parameter::UpdatesPerEpoch(_) => Self {
                title: "Updates per epoch",
                sentences: [
                    "With more updates the generator learns faster than the discriminator can judge it; with 0 it \
                     stands still.",
                    "With more updates the discriminator keeps ahead of the generator and guides it better; with 0 it \
                     stands still.",
                ],
                number: "updates per epoch",
                nouns: ["updates per epoch", "update per epoch"],
                phrase: "{} {noun}",
                changed: "{network} has {} {noun}",
                ..PLAIN
            },
            Parameter::Inputs => Self {
                title: "Inputs",
                sentences: ["From −1 to 1, points and noise lie around 0, where first layers learn fastest (LeCun \
                             1998)."; 2],
                phrase: "inputs {}",
                choices: &[Choice("0 to 1", "0 to 1", ""), Choice("−1 to 1", "−1 to 1", "")],
                ..PLAIN
            },
            Parameter::Output => Self {
                title: "Output",
                network: Some(Network::Generator),
                sentences: ["tanh keeps samples within bounds, but hardly moves near them; linear reaches anywhere.";
                    2],
                phrase: "{} output",
                choices: &[Choice("tanh", "tanh", ""), Choice("linear", "linear", "")],
                ..PLAIN
            },
            Parameter::Truncation => Self {
                title: "Truncated sampling",
                sentences: ["Shows only what comes of noise near the middle: likelier samples, but less variety. \
                             Training is the same (BigGAN 2019)."; 2],
                number: "Truncation",
                label: "within",
                nouns: ["deviations", "deviation"],
                value: "{} {noun}",
                phrase: "truncated at {}",
                off: "no truncation",
                offers: &["1", "0.5", "1.5"],
                ..PLAIN
            },
            Parameter::Activation(_) => Self {
                title: "Hidden activation",
                sentences: ["What becomes of a neuron's sum: ReLU drops what is negative, leaky ReLU keeps a little, \
                             so that none falls silent (DCGAN 2016)."; 2],
                choices: &[
                    Choice("ReLU", "ReLU", ""),
                    Choice("leaky ReLU", "leaky ReLU {}", ""),
                    Choice("tanh", "tanh", "tanh neurons"),
                ],
                offers: &["leaky-relu 0.2", "leaky-relu 0.01", "tanh"],
                ..PLAIN
            },
            Parameter::Slope(_) => number("slope of leaky ReLU", "slope"),
            Parameter::Normalization(_) => Self {
                title: "Normalization",
                sentences: [
                    "Keeps layers in range: batch makes each neuron even over a batch (Ioffe 2015), spectral limits \
                     how far a layer stretches (Miyato 2018).",
                    "Spectral limits how steep D can become (Miyato 2018), batch makes each neuron even over a batch, \
                     real and fake apart (Ioffe 2015).",
                ],
                choices: &[
                    Choice("none", "none", "no normalization"),
                    Choice("batch", "batch {}", "batch norm {}"),
                    Choice("spectral", "spectral", "spectral norm"),
                ],
                offers: &["spectral", "batch 0.9"],
                ..PLAIN
            },
            Parameter::NormalizationDecay(_) => number("decay of batch normalization", "decay"),
            Parameter::Initialization(_) => Self {
                title: "Initial weights",
                sentences: ["How large weights are at first: small everywhere (0.02, DCGAN), or such that numbers \
                             neither grow nor fade (Xavier 2010, He 2015)."; 2],
                phrase: "{} weights",
                choices: &[
                    Choice("GAN Lab's", "GAN Lab's", ""),
                    Choice("0.02", "0.02", ""),
                    Choice("Xavier", "Xavier", ""),
                    Choice("He", "He", ""),
                ],
                ..PLAIN
            },
            Parameter::Beta1(_) => Self {
                title: "Adam's memory",
                sentences: ["How long Adam remembers: β1 which way to go, β2 how steep it was. GANs like a short β1, \
                             0.5 (DCGAN 2016)."; 2],
                number: "β1 of Adam",
                label: "β1",
                value: "{}, {}",
                phrase: "β {}",
                offers: &["0.5 0.999", "0 0.999", "0.5 0.9", "0 0.9"],
                ..PLAIN
            },
            Parameter::Beta2(_) => number("β2 of Adam", "β2"),
            Parameter::HistoricalAveraging(_) => Self {
                title: "Historical averaging",
                sentences: ["Pulls each weight toward its own average so far, so that the networks circle less \
                             (Salimans 2016)."; 2],
                number: "weight of historical averaging",
                label: "weight",
                phrase: "historical averaging {}",
                off: "no historical averaging",
                offers: &["0.01", "0.1", "1"],
                ..PLAIN
            },
            Parameter::Average => Self {
                title: "Moving average",
                sentences: ["Keeps an average of G's weights beside G: it circles less, and has a layer of its own \
                             (Yazıcı 2019)."; 2],
                number: "Decay of the moving average",
                label: "decay",
                phrase: "average {}",
                off: "no moving average",
                offers: &["0.999", "0.99", "0.9"],
                ..PLAIN
            },
            Parameter::Minibatch => Self {
                title: "Minibatch discrimination",
                sentences: ["Tells D how alike a batch's samples are, so that a generator that repeats itself is \
                             caught (Salimans 2016)."; 2],
                number: "Minibatch kernels",
                nouns: ["kernels", "kernel"],
                value: "{} {noun}",
                phrase: "minibatch, {}",
                off: "no minibatch discrimination",
                offers: &["5", "1", "16"],
                ..PLAIN
            },
            Parameter::RealWeight => Self {
                title: "Weight of real samples",
                sentences: ["How much real samples count in D's loss: below 1, D is less sure of them. GAN Lab has \
                             0.95."; 2],
                number: "Weight of the real batch",
                phrase: "real weight {}",
                offers: &["1", "0.9", "0.7"],
                ..PLAIN
            },
            Parameter::RealLabel => Self {
                title: "Soft labels",
                sentences: ["What D is to say of real and of fake samples: 0.9 instead of 1 keeps it from becoming too \
                             sure (Salimans 2016)."; 2],
                number: "Label of real samples",
                label: "real",
                value: "{} and {}",
                phrase: "labels {}",
                offers: &["0.9 0", "0.9 0.1", "0.7 0.3"],
                ..PLAIN
            },
            Parameter::FakeLabel => number("Label of fake samples", "fake"),
            Parameter::LabelNoise => Self {
                title: "Noisy labels",
                sentences: ["The share of samples of which D is told the wrong label: it cannot become too sure.";
                    2],
                number: "Share of noisy labels",
                phrase: "noisy labels {}",
                offers: &["0.05", "0.01", "0.2"],
                ..PLAIN
            },
            Parameter::Penalty => Self {
                title: "Penalty",
                network: Some(Network::Discriminator),
                sentences: ["Keeps D gentle: its weights are cut off (WGAN 2017), or it pays for slopes at real \
                             samples (R1 2018), or for others than 1 between real and fake (WGAN-GP 2017).";
                    2],
                choices: &[
                    Choice("none", "none", "no penalty"),
                    Choice("clipping", "clipping at ±{}", ""),
                    Choice("R1", "R1 {}", ""),
                    Choice("gradient", "gradient penalty {}", ""),
                ],
                offers: &[
                    "r1 1",
                    "r1 0.1",
                    "r1 10",
                    "gradient 1",
                    "gradient 10",
                    "clipping 0.1",
                    "clipping 0.01",
                ],
                ..PLAIN
            },
            Parameter::PenaltyWeight => number("Strength of the penalty", "weight"),
            Parameter::PenaltyBound => number("Strength of the penalty", "at ±"),
            Parameter::InstanceNoise => Self {
                title: "Instance noise",
                sentences: ["Shakes all that D sees, real and fake, so that the two overlap and D stays unsure enough \
                             to teach (Sønderby 2017)."; 2],
                number: "Deviation of instance noise",
                label: "deviation",
                value: "{}{}",
                phrase: "instance noise {}",
                off: "no instance noise",
                offers: &["0.1 4000", "0.1 0", "0.02 0", "0.5 4000"],
                ..PLAIN
            },
            Parameter::InstanceNoiseEpochs => fading("Epochs of instance noise"),
            Parameter::FeatureMatching => Self {
                title: "Feature matching",
                sentences: ["G also matches the average of what D's last hidden layer sees, a steadier aim than \
                             fooling D alone (Salimans 2016)."; 2],
                number: "Weight of feature matching",
                label: "weight",
                value: "{}{}",
                phrase: "feature matching {}",
                off: "no feature matching",
                offers: &["0.5 4000", "0.5 0", "1 0"],
                ..PLAIN
            },
            Parameter::FeatureMatchingEpochs => fading("Epochs of feature matching"),
            Parameter::Replay => Self {
                title: "Experience replay",
                sentences: ["Mixes older fake samples into what D sees, so that it does not forget what G did before \
                             (Shrivastava 2017)."; 2],
                number: "Replayed samples",
                nouns: ["old samples", "old sample"],
                value: "{} of {}",
                phrase: "replay {}",
                off: "no replay",
                // A third of the batch, as 50 of GAN Lab's 150.
                offers: &["third 3000"],
                ..PLAIN
            },
            Parameter::ReplayCapacity => number("Capacity of the replay", "of the last"),
            Parameter::RateDecay => Self {
                title: "Rate decay",
                sentences: ["Both networks' learning rates fall to 0, in a straight line or along a cosine, so that \
                             the run comes to rest (Loshchilov 2017)."; 2],
                choices: &[
                    Choice("none", "none", "constant rates"),
                    Choice("linear", "linear, {} epochs", "linear decay, {} epochs"),
                    Choice("cosine", "cosine, {} epochs", "cosine decay, {} epochs"),
                ],
                offers: &["linear 10000", "cosine 10000", "cosine 2000"],
                ..PLAIN
            },
            Parameter::RateDecayEpochs => Self {
                nouns: ["epochs", "epoch"],
                ..number("Epochs of rate decay", "over")
            },
        }
    }
}
