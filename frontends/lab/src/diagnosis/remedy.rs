//! What the literature suggests: of each word the settings that help, and who says so.

use gan_core::{Configuration, Network};

use super::Word;
use crate::Setting;

/// A setting that may help.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// The hyper-parameter, and its value.
    pub setting: Setting,
    /// The key of a configuration's file: `discriminator.learning_rate`.
    pub key: String,
    /// The value as it is written there.
    pub value: String,
    /// Why it helps, in a line.
    pub reason: &'static str,
    /// Who says so, in a line.
    pub citation: &'static str,
}

impl Remedy {
    /// Whether a run can go on with it; otherwise both begin anew.
    #[must_use]
    pub const fn keeps_the_run(&self) -> bool {
        matches!(self.setting, Setting::Running(_))
    }
}

/// A remedy as the table has it.
struct Advice {
    text: String,
    reason: &'static str,
    citation: &'static str,
}

fn advice(text: impl Into<String>, reason: &'static str, citation: &'static str) -> Advice {
    Advice {
        text: text.into(),
        reason,
        citation,
    }
}

/// What helps with a word, of what a configuration does not do already and goes together with it.
pub(super) fn of(word: Word, configuration: &Configuration) -> Vec<Remedy> {
    advised(word, configuration)
        .into_iter()
        .filter_map(|advice| {
            let setting = Setting::written(&advice.text, configuration).ok()?;
            let (key, value) = advice.text.split_once('=')?;
            (setting.of(configuration) != setting).then(|| Remedy {
                setting,
                key: key.to_owned(),
                value: value.to_owned(),
                reason: advice.reason,
                citation: advice.citation,
            })
        })
        .collect()
}

/// A network's learning rate times a factor, as it is written.
fn rate(configuration: &Configuration, network: Network, factor: f32) -> String {
    let rate = configuration.network(network).learning_rate.get() * factor;
    // Two digits: 0.03 / 10 is not to be 0.0029999999.
    let digits = (1.0 - rate.log10().floor()).clamp(0.0, 8.0) as usize;
    let rounded = format!("{rate:.digits$}");
    let rounded = match rounded.contains('.') {
        true => rounded.trim_end_matches('0').trim_end_matches('.'),
        false => &rounded,
    };
    format!("{network}.learning_rate={rounded}")
}

fn advised(word: Word, configuration: &Configuration) -> Vec<Advice> {
    use Network::{Discriminator, Generator};
    match word {
        Word::DiscriminatorTooStrong => vec![
            advice(
                "loss=log",
                "its generator loss keeps a gradient where D is sure",
                "Goodfellow 2016, NIPS tutorial, section 3.2.3: the non-saturating loss",
            ),
            advice(
                "instance_noise.deviation=0.1",
                "noise on what D sees makes real and fake samples overlap",
                "Arjovsky and Bottou 2017, section 3; Sønderby et al. 2017",
            ),
            advice(
                "penalty.kind=r1",
                "a penalty on D's gradient at real samples keeps D from getting steep",
                "Mescheder et al. 2018, section 4.1",
            ),
            advice(
                "labels.real=0.9",
                "with one-sided label smoothing D is never quite sure",
                "Salimans et al. 2016, section 3.4",
            ),
            advice(
                rate(configuration, Discriminator, 0.1),
                "a slower D leaves G time",
                "Heusel et al. 2017: two time scales",
            ),
        ],
        Word::FooledDiscriminator => vec![
            advice(
                rate(configuration, Generator, 0.1),
                "a slower G leaves D time to learn what is real",
                "Heusel et al. 2017: two time scales, D the faster one",
            ),
            advice(
                "discriminator.updates_per_epoch=5",
                "D learns more often than G",
                "Goodfellow et al. 2014, algorithm 1: k updates of D; Arjovsky et al. 2017: five",
            ),
        ],
        Word::Oscillation => vec![
            advice(
                "penalty.kind=r1",
                "a zero-centred gradient penalty makes the game converge locally",
                "Mescheder et al. 2018, section 4.1",
            ),
            advice(
                "generator.average=0.999",
                "an average over the circle lies in its middle",
                "Yazıcı et al. 2019",
            ),
            advice(
                rate(configuration, Generator, 0.1),
                "with two time scales D keeps up with G",
                "Heusel et al. 2017",
            ),
        ],
        Word::ModeCollapse => vec![
            advice(
                "discriminator.minibatch_kernels=5",
                "D sees a batch's samples beside each other, and so that they are alike",
                "Salimans et al. 2016, section 3.2: minibatch discrimination",
            ),
            advice(
                "penalty.kind=r1",
                "a D that is not steep draws G towards every mode",
                "Mescheder et al. 2018, section 4.1",
            ),
            advice(
                "instance_noise.deviation=0.1",
                "noise on what D sees fills the space between the modes",
                "Arjovsky and Bottou 2017, section 3",
            ),
        ],
        Word::ExplodingGradients | Word::Diverged => vec![
            advice(
                rate(configuration, Discriminator, 0.1),
                "smaller steps of D",
                "Goodfellow, Bengio and Courville 2016, section 8.2.4; Pascanu et al. 2013",
            ),
            advice(
                rate(configuration, Generator, 0.1),
                "smaller steps of G",
                "Goodfellow, Bengio and Courville 2016, section 8.2.4; Pascanu et al. 2013",
            ),
            advice(
                "discriminator.normalization=spectral",
                "no layer of D makes its inputs larger",
                "Miyato et al. 2018",
            ),
        ],
        Word::DeadUnits => vec![
            advice(
                "generator.activation=leaky-relu",
                "a leaky ReLU passes something always",
                "Maas et al. 2013; Radford et al. 2016",
            ),
            advice(
                "discriminator.activation=leaky-relu",
                "a leaky ReLU passes something always",
                "Maas et al. 2013; Radford et al. 2016",
            ),
            advice(
                "generator.initialization=he",
                "weights of a ReLU's size to begin with",
                "He et al. 2015",
            ),
        ],
        Word::Stalled => vec![advice(
            rate(configuration, Generator, 3.0),
            "larger steps of G",
            "Goodfellow, Bengio and Courville 2016, section 11.4.1",
        )],
        Word::Converged | Word::Improving | Word::TooEarly => Vec::new(),
    }
}
