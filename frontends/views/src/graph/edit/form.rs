//! Hyper-parameters as a form, where there is no room for controls at their nodes: node by node, in the order in
//! which data flows, each control as large as a finger, and the techniques of each place below.

use egui::{Rect, ScrollArea, Sense, Ui, pos2, vec2};
use gan_core::parameters::Effect;
use gan_core::{Configuration, Network, Parameter};
use lab::{Setting, Snapshot};

use super::control::Control;
use super::{Editing, cards, sign};
use crate::graph::values::Value;
use crate::parameters::Place;
use crate::style::Look;
use crate::{text, touch};

/// Lengths before scaling: around all, between two controls, between two sections.
const MARGIN: f32 = 12.0;
const GAP: f32 = 8.0;
const SECTION: f32 = 14.0;

/// Controls that stand together.
struct Section {
    title: &'static str,
    values: &'static [Value],
    places: &'static [Place],
}

const SECTIONS: [Section; 5] = [
    Section {
        title: "Noise",
        values: &[Value::Noise],
        places: &[Place::Noise],
    },
    Section {
        title: "Generator",
        values: &of_network(Network::Generator),
        places: &[
            Place::Network(Network::Generator),
            Place::Steps(Network::Generator),
        ],
    },
    Section {
        title: "Samples",
        values: &[],
        places: &[Place::Samples],
    },
    Section {
        title: "Discriminator",
        values: &of_network(Network::Discriminator),
        places: &[
            Place::Network(Network::Discriminator),
            Place::Steps(Network::Discriminator),
        ],
    },
    Section {
        title: "Losses",
        values: &[Value::Loss],
        places: &[Place::Losses],
    },
];

const fn of_network(network: Network) -> [Value; 4] {
    [
        Value::Architecture(network),
        Value::Optimizer(network),
        Value::LearningRate(network),
        Value::UpdatesPerEpoch(network),
    ]
}

/// Shows it in a place, and asks the run for what is set; longer than the place, it scrolls.
pub(in crate::graph) fn show(
    ui: &mut Ui,
    place: Rect,
    snapshot: &Snapshot,
    editing: &mut Editing,
    look: Look,
) {
    let inside = place.shrink2(vec2(look.of(MARGIN), 0.0));
    let builder = egui::UiBuilder::new().max_rect(inside).id_salt("form");
    ui.scope_builder(builder, |ui| {
        ui.shrink_clip_rect(place);
        let area = ScrollArea::vertical()
            .auto_shrink(false)
            .scroll_source(touch::source(look));
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = look.of(GAP);
            for section in &SECTIONS {
                self::section(ui, section, snapshot, editing, look);
            }
            ui.add_space(look.of(SECTION));
        });
    });
}

fn section(ui: &mut Ui, section: &Section, snapshot: &Snapshot, editing: &mut Editing, look: Look) {
    ui.add_space(look.of(SECTION - GAP));
    let size = vec2(ui.available_width(), look.of(18.0));
    let (title, _) = ui.allocate_exact_size(size, Sense::hover());
    let title = text::heading(ui.painter(), title.min, section.title, look);
    text::announce(ui, title, section.title);
    let mut row = Row::new(ui.available_width());
    for value in section.values {
        for parameter in value.parameters() {
            let configuration = editing.configuration(ui, snapshot);
            if let Some(set) = row.add(ui, *parameter, &configuration, editing, look) {
                editing.ask(set, ui, snapshot);
            }
        }
    }
    for place in section.places {
        cards::show_inline(ui, *place, snapshot, editing, look);
    }
}

/// A row that is being filled from the left; what has no room begins the next.
struct Row {
    width: f32,
    used: f32,
    rect: Option<Rect>,
}

impl Row {
    const fn new(width: f32) -> Self {
        Self {
            width,
            used: 0.0,
            rect: None,
        }
    }

    fn add(
        &mut self,
        ui: &mut Ui,
        parameter: Parameter,
        configuration: &Configuration,
        editing: &mut Editing,
        look: Look,
    ) -> Option<Setting> {
        let control = Control::at_node(parameter);
        let restarts = parameter.definition().effect == Effect::Anew;
        // The sign after it included.
        let sign = if restarts {
            look.of(4.0) + sign::side(look)
        } else {
            0.0
        };
        let width = control.width(ui, configuration, look) + sign;
        let rect = match self.rect {
            Some(rect) if self.used + width <= self.width => rect,
            _ => {
                self.used = 0.0;
                let size = vec2(self.width, look.target(20.0));
                ui.allocate_exact_size(size, Sense::hover()).0
            }
        };
        self.rect = Some(rect);
        let left = pos2(rect.left() + self.used, rect.center().y);
        self.used += width + look.of(8.0);
        if restarts {
            let place = left + vec2(width - sign::side(look), 0.0);
            sign::paint(ui.painter(), place, look);
        }
        control.show(ui, left, configuration, editing, look)
    }
}
