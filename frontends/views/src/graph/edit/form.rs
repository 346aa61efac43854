//! Hyper-parameters as a form, where there is no room for controls at their nodes: node by node, in the order in
//! which data flows, each control as large as a finger, and the techniques of each place below.

use egui::{Rect, ScrollArea, Sense, Ui, pos2, vec2};
use gan_core::{Configuration, Network};
use lab::{Setting, Snapshot};

use super::controls::{noise_menu, optimizer, optimizer_menu};
use super::stepper::{self, Count};
use super::{Editing, Parameter, Quantity, cards, loss, rate, sign};
use crate::graph::values::Value;
use crate::style::Look;
use crate::techniques::Place;
use crate::{text, touch};

/// Lengths before scaling: around all, between two controls, between two sections.
const MARGIN: f32 = 12.0;
const GAP: f32 = 8.0;
const SECTION: f32 = 14.0;

/// What stands together.
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
        for control in Control::of(*value) {
            let configuration = editing.configuration(ui, snapshot);
            if let Some(set) = row.add(ui, *control, &configuration, editing, look) {
                editing.ask(set, ui, snapshot);
            }
        }
    }
    for place in section.places {
        cards::show_inline(ui, *place, snapshot, editing, look);
    }
}

/// What sets one value.
#[derive(Clone, Copy)]
enum Control {
    Noise,
    Count(Quantity, Network),
    Optimizer(Network),
    LearningRate(Network),
    Loss,
}

impl Control {
    const fn of(value: Value) -> &'static [Self] {
        use Network::{Discriminator, Generator};
        use Quantity::{HiddenLayers, Neurons, UpdatesPerEpoch};
        match value {
            Value::Noise => &[Self::Noise],
            Value::Architecture(Generator) => &[
                Self::Count(HiddenLayers, Generator),
                Self::Count(Neurons, Generator),
            ],
            Value::Architecture(Discriminator) => &[
                Self::Count(HiddenLayers, Discriminator),
                Self::Count(Neurons, Discriminator),
            ],
            Value::Optimizer(Generator) => &[Self::Optimizer(Generator)],
            Value::Optimizer(Discriminator) => &[Self::Optimizer(Discriminator)],
            Value::LearningRate(Generator) => &[Self::LearningRate(Generator)],
            Value::LearningRate(Discriminator) => &[Self::LearningRate(Discriminator)],
            Value::UpdatesPerEpoch(Generator) => &[Self::Count(UpdatesPerEpoch, Generator)],
            Value::UpdatesPerEpoch(Discriminator) => &[Self::Count(UpdatesPerEpoch, Discriminator)],
            Value::Loss => &[Self::Loss],
        }
    }

    /// Whether setting it begins the run anew.
    const fn restarts(self) -> bool {
        matches!(
            self,
            Self::Noise | Self::Count(Quantity::HiddenLayers | Quantity::Neurons, _)
        )
    }

    /// Its width, whatever its value; the sign after it included.
    fn width(self, ui: &Ui, configuration: &Configuration, look: Look) -> f32 {
        let own = match self {
            Self::Noise => {
                let id = Parameter::Noise.id(ui, "menu");
                noise_menu(id, configuration, |menu, _| menu.width(ui, look))
            }
            Self::Count(quantity, network) => {
                stepper::width(&Count::of(quantity, network, configuration), ui, look)
            }
            Self::Optimizer(network) => optimizer_menu(ui, network, configuration).width(ui, look),
            Self::LearningRate(network) => rate::width(ui, network, configuration, look),
            Self::Loss => loss::width(ui, configuration, look),
        };
        let sign = if self.restarts() {
            look.of(4.0) + sign::side(look)
        } else {
            0.0
        };
        own + sign
    }

    /// Shows it; returns what was set.
    fn show(
        self,
        ui: &mut Ui,
        left_middle: egui::Pos2,
        configuration: &Configuration,
        editing: &mut Editing,
        look: Look,
    ) -> Option<Setting> {
        match self {
            Self::Noise => {
                let now = configuration.noise;
                let id = Parameter::Noise.id(ui, "menu");
                noise_menu(id, configuration, |menu, options| {
                    menu.choose(ui, left_middle, options, now, look)
                })
                .map(Setting::Noise)
            }
            Self::Count(quantity, network) => {
                let number = Count::of(quantity, network, configuration);
                stepper::show(&number, ui, left_middle, editing, look).1
            }
            Self::Optimizer(network) => optimizer(ui, left_middle, network, configuration, look),
            Self::LearningRate(network) => rate::show(ui, left_middle, network, configuration, editing, look),
            Self::Loss => loss::show(ui, left_middle, configuration, look),
        }
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
        control: Control,
        configuration: &Configuration,
        editing: &mut Editing,
        look: Look,
    ) -> Option<Setting> {
        let width = control.width(ui, configuration, look);
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
        if control.restarts() {
            let place = left + vec2(width - sign::side(look), 0.0);
            sign::paint(ui.painter(), place, look);
        }
        control.show(ui, left, configuration, editing, look)
    }
}
