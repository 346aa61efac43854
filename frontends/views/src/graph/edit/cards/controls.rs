//! Which techniques a card lists, and with which controls each is set.

use egui::{Pos2, Ui, vec2};
use gan_core::Configuration;
use gan_core::configuration::{Noise, NoiseKind};
use lab::Setting;

use crate::graph::edit::amount::Amount;
use crate::graph::edit::stepper;
use crate::graph::edit::{Editing, Parameter};
use crate::menu::Menu;
use crate::style::Look;
use crate::switch::{self, Switch};
use crate::techniques::{self, Figure, Kind, Place};
use crate::text;

/// What a card lists, from top to bottom: noise and batch stand with the techniques of their nodes.
pub(super) fn parameters(place: Place) -> Vec<Parameter> {
    let first = match place {
        Place::Noise => Some(Parameter::Noise),
        Place::Samples => Some(Parameter::Batch),
        _ => None,
    };
    let kinds = place.kinds().iter().map(|kind| Parameter::Technique(*kind));
    first.into_iter().chain(kinds).collect()
}

/// One control of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Control {
    /// The kind of noise.
    NoiseKind,
    /// What a technique is, of a few.
    Choice(Kind),
    /// Whether a technique is on.
    Switch(Kind),
    /// A number.
    Figure(Figure),
}

/// The controls of a technique, as it is set now: numbers of what is off are not shown.
pub(super) fn of(parameter: Parameter, configuration: &Configuration) -> Vec<Control> {
    let kind = match parameter {
        Parameter::Noise => return vec![Control::NoiseKind, Control::Figure(Figure::Dimensions)],
        Parameter::Batch => return vec![Control::Figure(Figure::Batch)],
        Parameter::Technique(kind) => kind,
        // None of the others is listed in a card.
        _ => return Vec::new(),
    };
    let mut all = Vec::new();
    if !techniques::alternatives(kind, configuration).is_empty() {
        all.push(Control::Choice(kind));
    } else if techniques::switched_on(kind, configuration).is_some() {
        all.push(Control::Switch(kind));
    }
    let figures = kind.figures().into_iter().flatten();
    all.extend(
        figures
            .filter(|figure| figure.now(configuration).is_some())
            .map(Control::Figure),
    );
    all
}

const KINDS: [(NoiseKind, &str); 3] = [
    (NoiseKind::Uniform, "uniform"),
    (NoiseKind::Normal, "normal"),
    (NoiseKind::Spherical, "spherical"),
];

/// From a label to its number.
const GAP: f32 = 4.0;

impl Control {
    /// Its width, whatever its value.
    pub(super) fn width(self, ui: &Ui, configuration: &Configuration, look: Look) -> f32 {
        match self {
            Self::NoiseKind => noise_menu(ui, configuration).width(ui, look),
            Self::Choice(kind) => {
                let options = techniques::alternatives(kind, configuration);
                choice_menu(ui, kind, &options, configuration).width(ui, look)
            }
            Self::Switch(_) => switch::size(look).x,
            Self::Figure(figure) => Amount::of(figure, configuration).map_or(0.0, |amount| {
                label_width(ui, &amount, look) + stepper::width(&amount, ui, look)
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
            Self::NoiseKind => {
                let now = configuration.noise;
                let menu = noise_menu(ui, configuration);
                let kind = menu.choose(ui, left_middle, &KINDS, now.kind, look)?;
                Some(Setting::Noise(Noise { kind, ..now }))
            }
            Self::Choice(kind) => {
                let options = techniques::alternatives(kind, configuration);
                let now = kind.among(&configuration.techniques);
                let menu = choice_menu(ui, kind, &options, configuration);
                menu.choose(ui, left_middle, &options, now, look)
                    .map(Setting::Technique)
            }
            Self::Switch(kind) => {
                let on = kind.is_on(&configuration.techniques);
                let name = kind.name();
                let flipped = Switch {
                    name: &name,
                    hint: if on { "Switch off" } else { "Switch on" },
                    on,
                    words: None,
                };
                let clicked = flipped.show(ui, left_middle, look).0.clicked();
                let other = || match on {
                    true => Some(kind.off()),
                    false => techniques::switched_on(kind, configuration),
                };
                clicked.then(other).flatten().map(Setting::Technique)
            }
            Self::Figure(figure) => {
                let amount = Amount::of(figure, configuration)?;
                ui.painter().text(
                    left_middle,
                    egui::Align2::LEFT_CENTER,
                    amount.label(),
                    look.body(),
                    look.colours.text,
                );
                let left = left_middle + vec2(label_width(ui, &amount, look), 0.0);
                stepper::show(&amount, ui, left, editing, look).1
            }
        }
    }
}

fn label_width(ui: &Ui, amount: &Amount<'_>, look: Look) -> f32 {
    match amount.label() {
        "" => 0.0,
        label => text::width(ui, label, look) + look.of(GAP),
    }
}

fn noise_menu(ui: &Ui, configuration: &Configuration) -> Menu<'static> {
    let now = configuration.noise.kind;
    let value = KINDS
        .into_iter()
        .find(|(kind, _)| *kind == now)
        .map_or("", |(_, word)| word);
    Menu {
        id: Parameter::Noise.id(ui, "kind"),
        name: "Noise kind".to_owned(),
        hint: "Begins the run anew.".to_owned(),
        prefix: "",
        value,
        widest: "spherical",
    }
}

fn choice_menu(
    ui: &Ui,
    kind: Kind,
    options: &[(gan_core::Technique, &'static str)],
    configuration: &Configuration,
) -> Menu<'static> {
    let now = kind.among(&configuration.techniques);
    let value = options
        .iter()
        .find(|(technique, _)| *technique == now)
        .map_or("", |(_, word)| *word);
    let widest = options
        .iter()
        .map(|(_, word)| *word)
        .max_by_key(|word| word.chars().count())
        .unwrap_or(value);
    Menu {
        id: Parameter::Technique(kind).id(ui, "menu"),
        name: kind.name(),
        hint: "Begins the run anew.".to_owned(),
        prefix: "",
        value,
        widest,
    }
}
