//! A learning rate: GAN Lab's listed ones to choose from, and a field for any other.

use egui::{Align, Layout, Popup, PopupCloseBehavior, Pos2, Response, RichText, Sense, Ui, vec2};
use gan_core::configuration::{Change, LearningRate};
use gan_core::{Configuration, Network};
use lab::Setting;

use super::entry::{Entry, Outcome, complaint};
use super::{Editing, Parameter};
use crate::menu::{self, Menu};
use crate::names;
use crate::style::{Hand, Look};

/// The range of [`LearningRate`], as it is written.
const LEAST: &str = "0.000001";
const MOST: &str = "10";

/// Shows it, closed or open; returns what was set.
pub(super) fn show(
    ui: &mut Ui,
    left_middle: Pos2,
    network: Network,
    configuration: &Configuration,
    editing: &mut Editing,
    look: Look,
) -> Option<Setting> {
    let parameter = Parameter::LearningRate(network);
    let now = configuration.network(network).learning_rate;
    let written = names::rate(now);
    let button = menu(ui, network, &written);
    let response = button.show(ui, left_middle, look);
    let mut entry = editing.take_entry(parameter);
    let opened = Popup::menu(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .gap(look.of(2.0))
        .show(|ui| {
            let entry = entry.get_or_insert_with(|| match look.hand {
                Hand::Mouse => Entry::new(parameter, written.clone()),
                // The keyboard of a phone would cover the list.
                Hand::Finger => Entry::waiting(parameter, written.clone()),
            });
            rows(ui, parameter, entry, now, &response, look)
        });
    let verdict = match (opened, &mut entry) {
        (Some(opened), _) => opened.inner,
        // A click elsewhere has closed it: what was typed counts.
        (None, Some(typed)) if typed.complaint().is_none() => typed
            .read(Outcome::Left, |text| read(parameter, text))
            .map_or(Verdict::Open, Verdict::Taken),
        (None, _) => Verdict::Open,
    };
    let rate = match verdict {
        Verdict::Open => {
            editing.entries.extend(entry);
            return None;
        }
        Verdict::Abandoned => return None,
        Verdict::Taken(rate) => rate,
    };
    Some(Setting::Running(Change::LearningRate(network, rate)))
}

fn menu<'a>(ui: &Ui, network: Network, written: &'a str) -> Menu<'a> {
    Parameter::LearningRate(network).menu(ui, "Learning rate: ", written, "0.001")
}

/// Its width, closed.
pub(super) fn width(ui: &Ui, network: Network, configuration: &Configuration, look: Look) -> f32 {
    let written = names::rate(configuration.network(network).learning_rate);
    menu(ui, network, &written).width(ui, look)
}

/// What became of the number being typed.
enum Verdict {
    /// Nothing yet.
    Open,
    /// It is to be forgotten.
    Abandoned,
    /// This is the rate, typed or chosen.
    Taken(LearningRate),
}

/// What lies in the open drop-down: the listed rates, and a field.
fn rows(
    ui: &mut Ui,
    parameter: Parameter,
    entry: &mut Entry,
    now: LearningRate,
    button: &Response,
    look: Look,
) -> Verdict {
    let listed = LearningRate::LISTED.map(|rate| (rate, names::rate(rate)));
    let options: Vec<_> = listed
        .iter()
        .map(|(rate, words)| (*rate, words.as_str()))
        .collect();
    if let Some(rate) = menu::options_of(ui, &options, now, button, look) {
        return Verdict::Taken(rate);
    }
    ui.add_space(look.of(6.0));
    let between = format!("or any from {LEAST} to {MOST}:");
    ui.label(
        RichText::new(between)
            .font(look.small())
            .color(look.colours.faint),
    );
    ui.add_space(look.of(3.0));
    let size = vec2(look.of(150.0), look.target(17.0));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let outcome = entry.show(ui, rect, look);
    let verdict = match outcome {
        Outcome::Typing | Outcome::Left => Verdict::Open,
        Outcome::Abandoned => Verdict::Abandoned,
        Outcome::Entered => match entry.read(outcome, |text| read(parameter, text)) {
            Some(rate) => {
                button.request_focus();
                ui.close();
                Verdict::Taken(rate)
            }
            None => Verdict::Open,
        },
    };
    ui.add_space(look.of(5.0));
    if let Some(complaint) = entry.complaint() {
        ui.set_max_width(size.x);
        // A menu would stretch each line to the full width.
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.label(RichText::new(complaint).color(look.colours.alarm));
        });
    }
    verdict
}

/// The rate that a text means; where a comma is usual it may be one.
fn read(parameter: Parameter, text: &str) -> Result<LearningRate, String> {
    text.replace(',', ".")
        .parse()
        .ok()
        .and_then(|number| LearningRate::new(number).ok())
        .ok_or_else(|| complaint(parameter, "a number", LEAST, MOST, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_rate_in_range_can_be_typed() {
        let parameter = Parameter::LearningRate(Network::Generator);
        let rate = |text| read(parameter, text).map(LearningRate::get);
        assert_eq!(rate("0.02"), Ok(0.02));
        assert_eq!(rate("0,02"), Ok(0.02));
        assert_eq!(rate("2e-3"), Ok(0.002));
        // What is written is the range.
        assert_eq!(rate(LEAST), Ok(1e-6));
        assert_eq!(rate(MOST), Ok(10.0));
        for bad in ["", "fast", "0", "-1", "10.1", "1e-7", "NaN", "inf", "0.0.1"] {
            let complaint = rate(bad).unwrap_err();
            assert!(complaint.starts_with("Generator learning rate must be a number from 0.000001 to 10"));
        }
    }
}
