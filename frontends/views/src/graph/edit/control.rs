//! The control of a hyper-parameter: a menu, a switch, or a number, wherever it stands.

use egui::{Align2, Pos2, Ui, vec2};
use gan_core::parameters::{Kind, Mention};
use gan_core::{Configuration, Parameter};
use lab::Setting;

use super::{Editing, rate, stepper};
use crate::menu::Menu;
use crate::parameters::{self, Named as _, Number, is_on, value_of};
use crate::style::Look;
use crate::switch::{self, Switch};
use crate::text;

/// A control.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Control {
    /// Kind and dimensions of the noise in one menu.
    Noise,
    /// One of a few names.
    Choice(Parameter),
    /// A learning rate: usual ones, and a field for any other.
    Rate(Parameter),
    /// Whether a technique is on.
    Switch(Parameter),
    /// A number.
    Number(Parameter),
}

/// Distance from a label to its number.
const GAP: f32 = 4.0;

impl Control {
    /// The control at a node.
    pub(super) const fn at_node(parameter: Parameter) -> Self {
        match (parameter, parameter.definition().kind) {
            (Parameter::NoiseKind, _) => Self::Noise,
            (Parameter::LearningRate(_), _) => Self::Rate(parameter),
            (_, Kind::Choice(_)) => Self::Choice(parameter),
            _ => Self::Number(parameter),
        }
    }

    /// The controls in a card, as the hyper-parameter is set now: numbers of what is off are not shown.
    pub(super) fn in_card(head: Parameter, configuration: &Configuration) -> Vec<Self> {
        let mut all = Vec::new();
        for member in head.family() {
            let definition = member.definition();
            if definition.can_be_off {
                all.push(Self::Switch(member));
            }
            match definition.kind {
                Kind::Choice(_) => all.push(Self::Choice(member)),
                _ if configuration.has(member) => all.push(Self::Number(member)),
                _ => {}
            }
        }
        all
    }

    /// Its width, whatever its value.
    pub(super) fn width(self, ui: &Ui, configuration: &Configuration, look: Look) -> f32 {
        match self {
            Self::Noise => noise_menu(ui, &value_of(noise(configuration))).width(ui, look),
            Self::Choice(parameter) => {
                let options = parameters::alternatives(parameter, configuration);
                choice_menu(ui, parameter, &options, configuration).width(ui, look)
            }
            Self::Rate(parameter) => rate::width(ui, parameter, configuration, look),
            Self::Switch(_) => switch::size(look).x,
            Self::Number(parameter) => Number::of(parameter, configuration).map_or(0.0, |number| {
                label_width(ui, &number, look) + stepper::width(&number, ui, look)
            }),
        }
    }

    /// Shows it; returns what was set.
    pub(super) fn show(
        self,
        ui: &mut Ui,
        left_middle: Pos2,
        configuration: &Configuration,
        editing: &mut Editing,
        look: Look,
    ) -> Option<Setting> {
        match self {
            Self::Noise => {
                let now = noise(configuration);
                let options = parameters::noises(configuration);
                noise_menu(ui, &value_of(now)).choose(ui, left_middle, &borrowed(&options), now, look)
            }
            Self::Choice(parameter) => {
                let options = parameters::alternatives(parameter, configuration);
                let now = Setting::in_configuration(parameter, configuration);
                let menu = choice_menu(ui, parameter, &options, configuration);
                menu.choose(ui, left_middle, &borrowed(&options), now, look)
            }
            Self::Rate(parameter) => rate::show(ui, left_middle, parameter, configuration, editing, look),
            Self::Switch(head) => {
                let on = is_on(head, configuration);
                let name = head.name();
                let flipped = Switch {
                    name: &name,
                    hint: if on { "Switch off" } else { "Switch on" },
                    on,
                    words: None,
                };
                let clicked = flipped.show(ui, left_middle, look).0.clicked();
                let other = || match on {
                    true => Setting::new(head, gan_core::parameters::OFF, *configuration).ok(),
                    false => parameters::switched_on(head, configuration),
                };
                clicked.then(other).flatten()
            }
            Self::Number(parameter) => {
                let number = Number::of(parameter, configuration)?;
                ui.painter().text(
                    left_middle,
                    Align2::LEFT_CENTER,
                    number.label(),
                    look.body(),
                    look.colours.text,
                );
                let left = left_middle + vec2(label_width(ui, &number, look), 0.0);
                stepper::show(&number, ui, left, editing, look).1
            }
        }
    }
}

fn label_width(ui: &Ui, number: &Number<'_>, look: Look) -> f32 {
    match number.label() {
        "" => 0.0,
        label => text::width(ui, label, look) + look.of(GAP),
    }
}

fn noise(configuration: &Configuration) -> Setting {
    Setting::in_configuration(Parameter::NoiseKind, configuration)
}

fn borrowed(options: &parameters::Menu) -> Vec<(Setting, &str)> {
    options
        .iter()
        .map(|(setting, words)| (*setting, words.as_str()))
        .collect()
}

fn noise_menu<'a>(ui: &Ui, value: &'a str) -> Menu<'a> {
    Menu {
        id: super::id_of(Parameter::NoiseKind, ui, "menu"),
        name: Parameter::NoiseKind.name(),
        hint: Parameter::NoiseKind.hint(),
        prefix: "",
        value,
        widest: "2-D uniform",
    }
}

fn choice_menu<'a>(
    ui: &Ui,
    parameter: Parameter,
    options: &'a parameters::Menu,
    configuration: &Configuration,
) -> Menu<'a> {
    let now = Setting::in_configuration(parameter, configuration);
    let value = options.iter().find(|(setting, _)| *setting == now);
    let words = options.iter().map(|(_, word)| word.as_str());
    let (part, name) = match parameter {
        // Beside the menu of kinds with their dimensions.
        Parameter::NoiseKind => ("kind", "Noise kind".to_owned()),
        parameter => ("menu", parameter.name()),
    };
    let is_classic = parameter.definition().mention == Mention::Always && parameter != Parameter::NoiseKind;
    Menu {
        id: super::id_of(parameter, ui, part),
        name,
        // A card has a sentence on the effect below its controls.
        hint: match is_classic {
            true => parameter.hint(),
            false => "Begins the run anew.".to_owned(),
        },
        prefix: match parameter {
            Parameter::Optimizer(_) => "Optimizer: ",
            _ => "",
        },
        value: value.map_or("", |(_, word)| word),
        widest: words.max_by_key(|word| word.chars().count()).unwrap_or_default(),
    }
}
