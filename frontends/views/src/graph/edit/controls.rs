//! Which control stands where: each at the place of the words it replaces.

use egui::{Id, Pos2, Rect, Ui, pos2};
use gan_core::configuration::{Change, Noise, Optimizer};
use gan_core::{Configuration, Network};
use lab::{Setting, Snapshot};

use super::stepper::{self, Count};
use super::{Editing, Parameter, Quantity, cards, loss, rate, sign};
use crate::graph::captions;
use crate::graph::layout::GraphLayout;
use crate::graph::values::Value;
use crate::menu::Menu;
use crate::names;
use crate::noises;
use crate::style::Look;

/// Shows all controls and asks the run for what is set. Who edits reads all of them, whatever a phase
/// of slow motion dims.
pub(in crate::graph) fn show(
    ui: &mut Ui,
    layout: &GraphLayout,
    snapshot: &Snapshot,
    editing: &mut Editing,
    look: Look,
) {
    // Rows below the boxes are wider than those: none begins before its neighbour ends.
    let mut free_from = layout.heading().x - look.of(12.0);
    for value in Value::ALL {
        // What was asked for a moment ago counts at once.
        let configuration = editing.configuration(ui, snapshot);
        let (place, _) = value.place(layout, look);
        let edit = match value {
            Value::Noise => {
                let (row, edit) = noise(ui, place, free_from, &configuration, look);
                free_from = row.right() + look.of(9.0);
                edit
            }
            Value::Architecture(network) => {
                let row = Row { place, free_from };
                let (end, edit) = architecture(ui, row, network, &configuration, editing, look);
                free_from = end + look.of(9.0);
                edit
            }
            Value::Optimizer(network) => optimizer(ui, place, network, &configuration, look),
            Value::LearningRate(network) => rate::show(ui, place, network, &configuration, editing, look),
            Value::UpdatesPerEpoch(network) => {
                let number = Count::of(Quantity::UpdatesPerEpoch, network, &configuration);
                // Before the leg, unless there is a caption before it.
                let right = place.x - stepper::width(&number, ui, look);
                let left = pos2(
                    right.max(captions::end_on_loop(ui, layout, network, look)),
                    place.y,
                );
                stepper::show(&number, ui, left, editing, look).1
            }
            Value::Loss => loss::show(ui, place, &configuration, look),
        };
        if let Some(edit) = edit {
            editing.ask(edit, ui, snapshot);
        }
    }
    cards::show(ui, layout, snapshot, editing, look);
}

/// A row below a box.
#[derive(Clone, Copy)]
struct Row {
    /// Its middle, if there is room.
    place: Pos2,
    /// Where it may begin.
    free_from: f32,
}

impl Row {
    fn left(self, width: f32) -> Pos2 {
        pos2(
            (self.place.x - 0.5 * width).round().max(self.free_from),
            self.place.y,
        )
    }
}

/// Distribution and dimensions of the noise; returns where it lies and what was chosen.
fn noise(
    ui: &mut Ui,
    place: Pos2,
    free_from: f32,
    configuration: &Configuration,
    look: Look,
) -> (Rect, Option<Setting>) {
    let now = configuration.noise;
    noise_menu(Parameter::Noise.id(ui, "menu"), configuration, |menu, options| {
        let gap = look.of(4.0);
        let width = menu.width(ui, look) + gap + sign::side(look);
        let left = Row { place, free_from }.left(width);
        let chosen = menu.choose(ui, left, options, now, look);
        let end = sign::paint(
            ui.painter(),
            pos2(left.x + menu.width(ui, look) + gap, place.y),
            look,
        );
        (Rect::from_two_pos(left, end), chosen.map(Setting::Noise))
    })
}

/// The menu of the noise and what there is to choose from, to be used.
pub(super) fn noise_menu<R>(
    id: Id,
    configuration: &Configuration,
    add: impl FnOnce(&Menu<'_>, &[(Noise, &str)]) -> R,
) -> R {
    let now = configuration.noise;
    let all: Vec<_> = noises::to_choose_from(now)
        .into_iter()
        .map(|noise| (noise, names::noise(noise)))
        .collect();
    let options: Vec<_> = all
        .iter()
        .map(|(noise, words)| (*noise, words.as_str()))
        .collect();
    let written = names::noise(now);
    add(
        &Parameter::Noise.menu_of(id, "", &written, "2-D uniform"),
        &options,
    )
}

/// Hidden layers and neurons of a network, side by side; returns where they end and what was set.
fn architecture(
    ui: &mut Ui,
    row: Row,
    network: Network,
    configuration: &Configuration,
    editing: &mut Editing,
    look: Look,
) -> (f32, Option<Setting>) {
    let (between, gap) = (look.of(7.0), look.of(4.0));
    let numbers = [Quantity::HiddenLayers, Quantity::Neurons]
        .map(|quantity| Count::of(quantity, network, configuration));
    let [layers, neurons] = numbers.map(|number| stepper::width(&number, ui, look));
    let left = row.left(layers + between + neurons + gap + sign::side(look));
    let second = pos2(left.x + layers + between, left.y);
    let [(_, first_edit), (end, second_edit)] = [(numbers[0], left), (numbers[1], second)]
        .map(|(number, left)| stepper::show(&number, ui, left, editing, look));
    sign::paint(ui.painter(), pos2(end + gap, left.y), look);
    let widest = second.x + neurons + gap + sign::side(look);
    (widest, first_edit.or(second_edit))
}

pub(super) fn optimizer(
    ui: &mut Ui,
    left_middle: Pos2,
    network: Network,
    configuration: &Configuration,
    look: Look,
) -> Option<Setting> {
    let options = [Optimizer::Sgd, Optimizer::Adam].map(|optimizer| (optimizer, names::optimizer(optimizer)));
    let now = configuration.network(network).optimizer;
    optimizer_menu(ui, network, configuration)
        .choose(ui, left_middle, &options, now, look)
        .map(|optimizer| Setting::Running(Change::Optimizer(network, optimizer)))
}

pub(super) fn optimizer_menu(ui: &Ui, network: Network, configuration: &Configuration) -> Menu<'static> {
    let now = configuration.network(network).optimizer;
    Parameter::Optimizer(network).menu(ui, "Optimizer: ", names::optimizer(now), "Adam")
}
