//! Names of hyper-parameters, their values in words, and the sentences about a change.

use gan_core::configuration::{NoiseKind, Optimizer};
use gan_core::parameters::{Effect, Kind, Mention, OFF};
use gan_core::{Configuration, Network, Parameter};
use lab::Setting;

use super::words::{Choice, Words};
use crate::{names, text};

/// Characters of '0.012345678'.
const LONGEST: usize = 11;
/// A fade of 0 epochs.
pub(super) const NEVER: &str = "never";

/// The names and sentences of a hyper-parameter.
pub(crate) trait Named: Sized {
    /// The network at which it stands.
    fn owner(self) -> Option<Network>;
    /// The accessible name, unlike any other: 'Generator normalization'.
    fn name(self) -> String;
    /// Its name behind its network's: 'normalization'.
    fn titled(self) -> String;
    /// The name for places with little room: 'D normalization'.
    fn short(self) -> String;
    /// The title in a card, whose head names the network or place already.
    fn card_title(self) -> &'static str;
    /// The accessible name of its number alone: 'Generator slope of leaky ReLU'.
    fn number_name(self) -> String;
    /// One sentence: the effect of a higher or lower value, or of each choice, and its source.
    fn explanation(self) -> &'static str;
    /// A tooltip: the explanation, and the effect of a change on the run.
    fn hint(self) -> String;
    /// The reason that it has no effect though it is on, if the rest of the configuration disables
    /// it.
    fn idle(self, configuration: &Configuration) -> Option<&'static str>;
}

impl Named for Parameter {
    fn owner(self) -> Option<Network> {
        self.network().or(Words::of(self).network)
    }

    fn name(self) -> String {
        match self.owner() {
            Some(network) => format!("{} {}", names::network(network), self.titled()),
            None => Words::of(self).title.to_owned(),
        }
    }

    fn titled(self) -> String {
        match self {
            // A person's name keeps its capital.
            Self::Beta1(_) => Words::of(self).title.to_owned(),
            _ => lower(Words::of(self).title),
        }
    }

    fn short(self) -> String {
        let words = Words::of(self);
        match self.owner() {
            Some(Network::Generator) => format!("G {}", self.titled()),
            Some(Network::Discriminator) => format!("D {}", self.titled()),
            None if words.short.is_empty() => words.title.to_owned(),
            None => words.short.to_owned(),
        }
    }

    fn card_title(self) -> &'static str {
        match Words::of(self) {
            Words { card: "", title, .. } => title,
            Words { card, .. } => card,
        }
    }

    fn number_name(self) -> String {
        let number = Words::of(self).number;
        match self.shared() {
            Some(network) => format!("{} {number}", names::network(network)),
            None => number.to_owned(),
        }
    }

    fn explanation(self) -> &'static str {
        let [generator, discriminator] = Words::of(self.head()).sentences;
        match self.owner() {
            Some(Network::Discriminator) => discriminator,
            Some(Network::Generator) | None => generator,
        }
    }

    fn hint(self) -> String {
        let effect = match self.definition().effect {
            Effect::AtOnce => "Takes effect at once.",
            Effect::Anew => "Begins the run anew.",
        };
        format!("{} {effect}", self.explanation())
    }

    fn idle(self, configuration: &Configuration) -> Option<&'static str> {
        if !is_on(self, configuration) {
            return None;
        }
        let loss = configuration.loss;
        match self {
            Self::Beta1(network) if configuration.network(network).optimizer == Optimizer::Sgd => {
                Some("No effect with SGD, which remembers nothing.")
            }
            Self::RealWeight if !loss.has_real_weight() => {
                Some("No effect with this loss, which weighs both alike.")
            }
            Self::RealLabel if !loss.has_labels() => Some("No effect with this loss, which has no labels."),
            Self::Truncation if configuration.noise.kind == NoiseKind::Spherical => {
                Some("No effect with spherical noise, which is nowhere near the middle.")
            }
            _ => None,
        }
    }
}

/// Without its capital.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    first + letters.as_str()
}

/// Whether a technique is set to something else than in GAN Lab.
pub(crate) fn is_on(head: Parameter, configuration: &Configuration) -> bool {
    let differs = |member: Parameter| configuration.word(member) != member.usual();
    head.definition().mention == Mention::Differing && head.family().any(differs)
}

/// A value as it is written: '0.999', '10,000', 'never'.
pub(super) fn written(parameter: Parameter, word: u32) -> String {
    let grouped = |count: u32| text::count(count.into());
    match parameter.definition().kind {
        _ if word == OFF => "none".to_owned(),
        Kind::Count { .. } if word == 0 && fades(parameter) => NEVER.to_owned(),
        Kind::Count { .. } => grouped(word),
        Kind::Number { .. } => {
            let number = f32::from_bits(word);
            let plain = number.to_string();
            match plain.len() {
                length if length > LONGEST => format!("{number:e}"),
                _ if number >= 1_000.0 && number.fract() == 0.0 => grouped(number as u32),
                _ => plain,
            }
        }
        Kind::Decay => parameter.number(word).unwrap_or_default().to_string(),
        Kind::Choice(_) => choice(parameter, word).to_owned(),
    }
}

/// The word of a choice in its menu.
pub(crate) fn choice(parameter: Parameter, word: u32) -> &'static str {
    let choice = Words::of(parameter).choices.get(word as usize);
    choice.map_or("", |Choice(menu, ..)| menu)
}

/// Whether it is epochs in which something fades, 0 for never.
pub(super) fn fades(parameter: Parameter) -> bool {
    matches!(
        parameter,
        Parameter::InstanceNoiseEpochs | Parameter::FeatureMatchingEpochs
    )
}

/// The noun after the number: 'neuron', 'neurons'.
pub(super) fn noun(parameter: Parameter, word: u32) -> &'static str {
    let [several, one] = Words::of(parameter).nouns;
    match parameter.number(word) {
        Some(1.0) => one,
        Some(0.0) if fades(parameter) => "",
        _ => several,
    }
}

/// A template with values in place of `{}`, one after another.
fn filled(template: &str, setting: Setting, mut values: impl Iterator<Item = String>) -> String {
    let head = setting.head();
    let noun = setting.word(head).map_or("", |word| noun(head, word));
    let mut parts = template.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text += &values.next().unwrap_or_default();
        text += part;
    }
    let network = head.owner().map_or("", Network::name);
    text.replace("{noun}", noun).replace("{network}", network)
}

/// The numbers of a setting in words, those of a choice behind it.
fn numbers(setting: Setting) -> impl Iterator<Item = String> {
    let numbers = setting.values().filter(|(parameter, _)| !is_choice(*parameter));
    numbers.map(move |(parameter, word)| match Words::of(parameter).value {
        _ if parameter == setting.head() => written(parameter, word),
        // For ever the same goes without saying.
        _ if word == 0 && fades(parameter) => String::new(),
        template => template.replace("{}", &written(parameter, word)),
    })
}

fn is_choice(parameter: Parameter) -> bool {
    matches!(parameter.definition().kind, Kind::Choice(_))
}

/// The value alone, also of a technique that is off: 'leaky ReLU 0.2', 'none'.
pub(crate) fn value_of(setting: Setting) -> String {
    let (head, word) = first(setting);
    let words = Words::of(head);
    let template = match words.choices.get(word as usize) {
        _ if word == OFF => return "none".to_owned(),
        Some(Choice(_, value, _)) => value,
        None => words.value,
    };
    filled(template, setting, numbers(setting))
}

/// The setting in a line of techniques that are on: 'leaky ReLU 0.2', 'spectral norm', 'average
/// 0.999'.
pub(crate) fn phrase(setting: Setting) -> String {
    let (head, word) = first(setting);
    let words = Words::of(head);
    if word == OFF {
        return words.off.to_owned();
    }
    if let Some(Choice(.., phrase)) = words.choices.get(word as usize)
        && !phrase.is_empty()
    {
        return filled(phrase, setting, numbers(setting));
    }
    // The second moment is seldom another one.
    let rest = setting.values().nth(1);
    if let (Parameter::Beta1(_), Some((beta_2, second))) = (head, rest)
        && beta_2.usual() == Some(second)
    {
        return format!("β1 {}", written(head, word));
    }
    filled(words.phrase, setting, std::iter::once(value_of(setting)))
}

/// A sentence that reports the change to this setting.
pub(crate) fn changed(setting: Setting) -> String {
    let head = setting.head();
    let what = filled(
        Words::of(head).changed,
        setting,
        std::iter::once(value_of(setting)),
    );
    let what = what.replace("{name}", &lower(&head.name()));
    match head.definition().effect {
        Effect::AtOnce => format!("From now on: {what}."),
        Effect::Anew => format!("Began anew: {what}."),
    }
}

fn first(setting: Setting) -> (Parameter, u32) {
    let head = setting.head();
    (head, setting.word(head).unwrap_or(OFF))
}

#[cfg(test)]
mod tests {
    use super::super::{Place, offers};
    use super::*;
    use gan_core::Preset;
    use std::collections::HashSet;

    const G: Network = Network::Generator;
    const D: Network = Network::Discriminator;

    fn ring() -> Configuration {
        Preset::Ring.configuration()
    }

    #[test]
    fn every_hyper_parameter_has_a_name_of_its_own_and_a_sentence() {
        let all: Vec<Parameter> = Setting::all(&ring()).map(Setting::head).collect();
        let names: HashSet<String> = all.iter().map(|head| head.name()).collect();
        assert_eq!(names.len(), all.len());
        assert!(names.contains("Generator hidden activation") && names.contains("Generator Adam's memory"));
        for head in all {
            let sentence = head.explanation();
            let length = sentence.len();
            assert!(sentence.ends_with('.') && length < 240, "{head}: {length}");
        }
        for place in Place::ALL {
            for head in place.heads() {
                assert!(!is_on(*head, &ring()), "{head}");
            }
        }
    }

    #[test]
    fn what_is_on_in_words() {
        for (text, head) in [
            ("leaky ReLU 0.2", Parameter::Activation(G)),
            ("spectral norm", Parameter::Normalization(D)),
            ("batch norm 0.9", Parameter::Normalization(G)),
            ("R1 1", Parameter::Penalty),
            ("clipping at ±0.1", Parameter::Penalty),
            ("β1 0.5", Parameter::Beta1(G)),
            ("β 0.5, 0.9", Parameter::Beta1(G)),
            ("average 0.999", Parameter::Average),
            ("labels 0.9 and 0", Parameter::RealLabel),
            ("instance noise 0.1, fading over 4,000", Parameter::InstanceNoise),
            ("instance noise 0.1", Parameter::InstanceNoise),
            ("replay 50 of 3,000", Parameter::Replay),
            ("cosine decay, 10,000 epochs", Parameter::RateDecay),
            ("no moving average", Parameter::Average),
            ("minibatch, 1 kernel", Parameter::Minibatch),
            ("2-D normal noise", Parameter::NoiseKind),
            ("1 hidden layer", Parameter::HiddenLayers(G)),
        ] {
            let phrases: Vec<String> = offers::all(head, &ring()).into_iter().map(phrase).collect();
            assert!(phrases.iter().any(|phrase| phrase == text), "{text}: {phrases:?}");
        }
    }

    #[test]
    fn no_two_choices_read_alike() {
        for own in Setting::all(&ring()) {
            let all = offers::all(own.head(), &ring());
            let words: HashSet<String> = all.iter().map(|setting| value_of(*setting)).collect();
            assert_eq!(words.len(), all.len(), "{}: {words:?}", own.head());
        }
    }

    #[test]
    fn a_rate_is_written_in_full_and_never_long() {
        let rate = |number: f32| written(Parameter::LearningRate(G), number.to_bits());
        assert_eq!(rate(1e-6), "0.000001");
        assert_eq!(rate(10.0), "10");
        for number in [0.03, 0.012_345_679, 0.000_001_234_567_8, 9.999_999] {
            let written = rate(number);
            assert_eq!(written.parse(), Ok(number));
            assert!(written.len() <= 13, "{written}");
        }
    }

    #[test]
    fn what_has_happened_in_words() {
        for (text, sentence) in [
            ("generator.neurons=12", "Began anew: generator has 12 neurons."),
            (
                "discriminator.hidden_layers=1",
                "Began anew: discriminator has 1 hidden layer.",
            ),
            ("noise.kind=normal", "Began anew: noise is 2-D normal."),
            (
                "discriminator.learning_rate=0.03",
                "From now on: discriminator learning rate is 0.03.",
            ),
            ("generator.optimizer=adam", "From now on: generator uses Adam."),
            ("loss=least-squares", "From now on: loss is least squares."),
            ("batch=7", "Began anew: batches of 7."),
            (
                "discriminator.activation=leaky-relu",
                "Began anew: discriminator hidden activation: leaky ReLU 0.2.",
            ),
        ] {
            assert_eq!(changed(Setting::written(text, &ring()).unwrap()), sentence);
        }
    }
}
