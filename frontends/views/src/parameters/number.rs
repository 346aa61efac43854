//! A number that can be set: its value, the rungs of its ladder, and the meaning of a typed text.

use gan_core::parameters::{Kind, Mention, Written};
use gan_core::{Configuration, Parameter};
use lab::Setting;

use super::names::{self, NEVER, Named as _, fades};
use super::words::Words;

/// A parameter's number as a configuration has it.
#[derive(Clone, Copy)]
pub(crate) struct Number<'a> {
    parameter: Parameter,
    now: u32,
    configuration: &'a Configuration,
}

impl<'a> Number<'a> {
    /// Nothing where its technique is off.
    pub(crate) fn of(parameter: Parameter, configuration: &'a Configuration) -> Option<Self> {
        let now = configuration.word(parameter)?;
        parameter.number(now)?;
        Some(Self {
            parameter,
            now,
            configuration,
        })
    }

    /// The parameter whose number it is.
    pub(crate) const fn parameter(&self) -> Parameter {
        self.parameter
    }

    /// The number itself.
    pub(crate) fn value(&self) -> f64 {
        self.parameter.number(self.now).unwrap_or_default()
    }

    /// Before it: 'slope'. Nothing where the technique's name says it.
    pub(crate) const fn label(&self) -> &'static str {
        Words::of(self.parameter).label
    }

    /// The number in writing: '0.999', '10,000'; a fade of 0 epochs is 'never'.
    pub(crate) fn written(&self) -> String {
        names::written(self.parameter, self.now)
    }

    /// After it: 'epochs'.
    pub(crate) fn noun(&self) -> &'static str {
        names::noun(self.parameter, self.now)
    }

    /// The widest it can be without being typed, and the noun after it.
    pub(crate) fn widest(&self) -> (String, &'static str) {
        let written = |word: u32| {
            (
                names::written(self.parameter, word),
                names::noun(self.parameter, word),
            )
        };
        let length = |(number, noun): &(String, &str)| number.len() + noun.len();
        self.rungs()
            .map(written)
            .fold((self.written(), self.noun()), |widest, next| {
                if length(&next) > length(&widest) {
                    next
                } else {
                    widest
                }
            })
    }

    /// The setting so many rungs up, as far as there are any; `None` if it stays the same.
    pub(crate) fn moved(&self, rungs: i32) -> Option<Setting> {
        let now = self.value();
        let number = |word: &u32| self.parameter.number(*word).unwrap_or_default();
        let mut beyond: Vec<u32> = self
            .rungs()
            .filter(|rung| {
                if rungs > 0 {
                    number(rung) > now
                } else {
                    number(rung) < now
                }
            })
            .collect();
        if rungs < 0 {
            beyond.reverse();
        }
        let steps = rungs.unsigned_abs() as usize;
        let rung = beyond.get(steps.checked_sub(1)?).or(beyond.last())?;
        Setting::new(self.parameter, *rung, *self.configuration).ok()
    }

    /// The words of its rungs, least first; of a count without a ladder every whole number.
    fn rungs(&self) -> impl Iterator<Item = u32> + use<'_> {
        let definition = self.parameter.definition();
        let whole = match (definition.kind, definition.ladder) {
            (Kind::Count { least, most, .. }, []) => Some(least..=most),
            _ => None,
        };
        let ladder = definition.ladder.iter();
        let ladder = ladder.filter_map(|rung| self.parameter.read(self.as_written(*rung)).ok());
        ladder.chain(whole.into_iter().flatten())
    }

    /// The setting that a text means. A comma is a decimal comma, except in a count, in which it
    /// groups thousands. The error names the values that are allowed.
    pub(crate) fn read(&self, text: &str) -> Result<Setting, String> {
        let kind = self.parameter.definition().kind;
        let plain = match kind {
            Kind::Count { .. } => text.replace(',', ""),
            _ => text.replace(',', "."),
        };
        let number = match plain.parse() {
            _ if fades(self.parameter) && text.eq_ignore_ascii_case(NEVER) => Some(0.0),
            Ok(number) => Some(number),
            Err(_) => None,
        };
        let word = number.and_then(|number| self.parameter.read(self.as_written(number)).ok());
        let setting = word.and_then(|word| Setting::new(self.parameter, word, *self.configuration).ok());
        setting.ok_or_else(|| {
            let [least, most] = self.range();
            complaint(
                &self.parameter.number_name(),
                &format!("{kind} from {least} to {most}"),
                text,
            )
        })
    }

    fn as_written(&self, number: f64) -> Written<'static> {
        match self.parameter.definition().kind {
            Kind::Count { .. } if number.fract() == 0.0 => Written::Integer(number as i64),
            _ => Written::Float(number),
        }
    }

    /// The least and the most that may be written.
    pub(crate) fn range(&self) -> [String; 2] {
        match self.parameter.definition().kind {
            Kind::Count { least, most, .. } => [least, most].map(|count| count.to_string()),
            Kind::Number { least, most, .. } => [least, most].map(|number| number.to_string()),
            Kind::Decay => ["0".to_owned(), "0.9999".to_owned()],
            Kind::Choice(_) => Default::default(),
        }
    }

    /// For a tooltip.
    pub(crate) fn hint(&self) -> String {
        // At its node its name does not say its effect; in a card a sentence stands below it.
        if self.parameter.definition().mention == Mention::Always && self.parameter.network().is_some() {
            return self.parameter.hint();
        }
        let [least, most] = self.range();
        format!("From {least} to {most}: click to type, or turn the wheel.")
    }
}

/// 'Generator neurons must be a whole number from 1 to 100, not 'ten'.'
fn complaint(name: &str, expected: &str, typed: &str) -> String {
    let must = format!("{name} must be {expected}");
    // A text of any length can be pasted.
    const LONGEST: usize = 24;
    if typed.is_empty() {
        format!("{must}.")
    } else if typed.chars().count() > LONGEST {
        let beginning: String = typed.chars().take(LONGEST).collect();
        format!("{must}, not '{beginning}…'.")
    } else {
        format!("{must}, not '{typed}'.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::{Network, Preset};

    fn said(parameter: Parameter, text: &str) -> Result<Setting, String> {
        let ring = Preset::Ring.configuration();
        Number::of(parameter, &ring).unwrap().read(text)
    }

    #[test]
    fn a_complaint_is_one_sentence_of_bounded_length() {
        let complain = |typed: &str| said(Parameter::Neurons(Network::Generator), typed).unwrap_err();
        let must = "Generator neurons must be a whole number from 1 to 100";
        assert_eq!(complain("ten"), format!("{must}, not 'ten'."));
        assert_eq!(complain(""), format!("{must}."));
        assert_eq!(
            complain(&"9".repeat(99)),
            format!("{must}, not '{}…'.", "9".repeat(24))
        );
    }

    #[test]
    fn any_rate_in_range_can_be_typed() {
        let parameter = Parameter::LearningRate(Network::Generator);
        let rate = |text| said(parameter, text).map(|setting| setting.word(parameter).map(f32::from_bits));
        assert_eq!(rate("0.02"), Ok(Some(0.02)));
        assert_eq!(rate("0,02"), Ok(Some(0.02)));
        assert_eq!(rate("2e-3"), Ok(Some(0.002)));
        // The bounds, as written, are themselves allowed.
        assert_eq!(rate("0.000001"), Ok(Some(1e-6)));
        assert_eq!(rate("10"), Ok(Some(10.0)));
        for bad in ["", "fast", "0", "-1", "10.1", "1e-7", "NaN", "inf", "0.0.1"] {
            let complaint = rate(bad).unwrap_err();
            assert!(complaint.starts_with("Generator learning rate must be a number from 0.000001 to 10"));
        }
    }

    #[test]
    fn counts_keep_their_ranges_and_go_by_one() {
        let ring = Preset::Ring.configuration();
        for (parameter, most) in [
            (Parameter::HiddenLayers(Network::Generator), 5),
            (Parameter::Neurons(Network::Generator), 100),
            (Parameter::UpdatesPerEpoch(Network::Generator), 10),
        ] {
            let number = Number::of(parameter, &ring).unwrap();
            let moved = |rungs| number.moved(rungs).and_then(|setting| setting.word(parameter));
            assert_eq!(moved(1000), Some(most));
            assert_eq!(moved(1), Some(number.value() as u32 + 1));
            assert!(said(parameter, &(most + 1).to_string()).is_err());
        }
    }
}
