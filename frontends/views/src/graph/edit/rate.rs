//! A learning rate: GAN Lab's listed ones to choose from, and a field for any other.

use egui::{Align, Layout, Popup, PopupCloseBehavior, Pos2, Response, RichText, Sense, Ui, vec2};
use gan_core::{Configuration, Parameter};
use lab::Setting;

use super::entry::{Entry, Outcome};
use super::{Editing, id_of};
use crate::menu::{self, Menu};
use crate::parameters::{Named as _, Number, ladder};
use crate::style::{Hand, Look};

/// Shows it, closed or open; returns what was set.
pub(super) fn show(
    ui: &mut Ui,
    left_middle: Pos2,
    parameter: Parameter,
    configuration: &Configuration,
    editing: &mut Editing,
    look: Look,
) -> Option<Setting> {
    let number = Number::of(parameter, configuration)?;
    let written = number.written();
    let button = menu(ui, parameter, &written);
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
            rows(ui, &number, entry, configuration, &response, look)
        });
    let verdict = match (opened, &mut entry) {
        (Some(opened), _) => opened.inner,
        // A click elsewhere has closed it: what was typed counts.
        (None, Some(typed)) if typed.complaint().is_none() => typed
            .read(Outcome::Left, |text| number.read(text))
            .map_or(Verdict::Open, Verdict::Taken),
        (None, _) => Verdict::Open,
    };
    match verdict {
        Verdict::Open => {
            editing.entries.extend(entry);
            None
        }
        Verdict::Abandoned => None,
        Verdict::Taken(rate) => Some(rate),
    }
}

fn menu<'a>(ui: &Ui, parameter: Parameter, written: &'a str) -> Menu<'a> {
    Menu {
        id: id_of(parameter, ui, "menu"),
        name: parameter.name(),
        hint: parameter.hint(),
        prefix: "Learning rate: ",
        value: written,
        widest: "0.001",
    }
}

/// Width of the closed drop-down.
pub(super) fn width(ui: &Ui, parameter: Parameter, configuration: &Configuration, look: Look) -> f32 {
    let written = Number::of(parameter, configuration).map_or(String::new(), |number| number.written());
    menu(ui, parameter, &written).width(ui, look)
}

/// Outcome of the number being typed.
enum Verdict {
    /// Nothing yet.
    Open,
    /// The number is to be forgotten.
    Abandoned,
    /// The rate to take, typed or chosen.
    Taken(Setting),
}

/// Shows the open drop-down's content: the listed rates, and a field.
fn rows(
    ui: &mut Ui,
    number: &Number<'_>,
    entry: &mut Entry,
    configuration: &Configuration,
    button: &Response,
    look: Look,
) -> Verdict {
    let now = Setting::in_configuration(number.parameter(), configuration);
    let listed = ladder(number.parameter(), configuration);
    let options: Vec<_> = listed
        .iter()
        .map(|(rate, words)| (*rate, words.as_str()))
        .collect();
    if let Some(rate) = menu::options_of(ui, &options, now, button, look) {
        return Verdict::Taken(rate);
    }
    ui.add_space(look.of(6.0));
    let [least, most] = number.range();
    let between = format!("or any from {least} to {most}:");
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
        Outcome::Entered => match entry.read(outcome, |text| number.read(text)) {
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
