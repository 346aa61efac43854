//! A number of a technique as a stepper shows it.

use gan_core::Configuration;
use lab::Setting;

use super::Parameter;
use super::entry::complaint;
use super::stepper::Number;
use crate::techniques::Figure;

/// A figure with a value.
pub(super) struct Amount<'a> {
    figure: Figure,
    now: f64,
    configuration: &'a Configuration,
}

impl<'a> Amount<'a> {
    /// As a configuration has it; nothing where its technique is off.
    pub(super) fn of(figure: Figure, configuration: &'a Configuration) -> Option<Self> {
        figure.now(configuration).map(|now| Self {
            figure,
            now,
            configuration,
        })
    }

    /// What stands before it: 'slope'.
    pub(super) fn label(&self) -> &'static str {
        self.figure.label(self.configuration)
    }
}

impl Number for Amount<'_> {
    fn parameter(&self) -> Parameter {
        Parameter::Figure(self.figure)
    }

    fn value(&self) -> f64 {
        self.now
    }

    fn written(&self) -> String {
        self.figure.written(self.now)
    }

    fn noun(&self) -> &'static str {
        self.figure.noun(self.now)
    }

    /// Of the rungs; what is typed may be wider.
    fn widest(&self) -> (String, &'static str) {
        let written = |rung: &f64| (self.figure.written(*rung), self.figure.noun(*rung));
        let ladder = self.figure.ladder(self.configuration);
        let length = |(number, noun): &(String, &str)| number.len() + noun.len();
        let own = (self.written(), self.noun());
        ladder.iter().map(written).fold(own, |widest, next| {
            if length(&next) > length(&widest) {
                next
            } else {
                widest
            }
        })
    }

    fn moved(&self, rungs: i32) -> Option<Setting> {
        self.figure.moved(rungs, self.configuration)
    }

    fn read(&self, text: &str) -> Result<Setting, String> {
        self.figure.read(text, self.configuration).ok_or_else(|| {
            let [least, most] = self.figure.range(self.configuration);
            complaint(self.parameter(), self.figure.sort(), least, most, text)
        })
    }

    fn hint(&self) -> String {
        let [least, most] = self.figure.range(self.configuration);
        format!("From {least} to {most}: click to type, or turn the wheel.")
    }
}
