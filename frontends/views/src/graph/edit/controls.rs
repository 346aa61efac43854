//! The place of each control: that of the words it replaces.

use egui::{Pos2, Rect, Ui, pos2};
use gan_core::{Configuration, Network, Parameter};
use lab::{Setting, Snapshot};

use super::control::Control;
use super::{Editing, cards, sign, stepper};
use crate::graph::captions;
use crate::graph::layout::GraphLayout;
use crate::graph::values::Value;
use crate::parameters::Number;
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
        // Values asked for a moment ago count at once.
        let configuration = editing.configuration(ui, snapshot);
        let (place, _) = value.place(layout, look);
        let edit = match value {
            Value::Noise => {
                let (row, edit) = noise(ui, place, free_from, &configuration, editing, look);
                free_from = row.right() + look.of(9.0);
                edit
            }
            Value::Architecture(network) => {
                let row = Row { place, free_from };
                let (end, edit) = architecture(ui, row, network, &configuration, editing, look);
                free_from = end + look.of(9.0);
                edit
            }
            Value::UpdatesPerEpoch(network) => {
                let control = Control::at_node(Parameter::UpdatesPerEpoch(network));
                // The control ends before the leg, unless it would cover a caption.
                let right = place.x - control.width(ui, &configuration, look);
                let left = pos2(
                    right.max(captions::end_on_loop(ui, layout, network, look)),
                    place.y,
                );
                control.show(ui, left, &configuration, editing, look)
            }
            Value::Optimizer(_) | Value::LearningRate(_) | Value::Loss => {
                let control = Control::at_node(value.parameters()[0]);
                control.show(ui, place, &configuration, editing, look)
            }
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
    /// The least x at which it may begin.
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

/// The noise in a row below its box; returns where it lies and what was chosen.
fn noise(
    ui: &mut Ui,
    place: Pos2,
    free_from: f32,
    configuration: &Configuration,
    editing: &mut Editing,
    look: Look,
) -> (Rect, Option<Setting>) {
    let menu = Control::Noise.width(ui, configuration, look);
    let gap = look.of(4.0);
    let left = Row { place, free_from }.left(menu + gap + sign::side(look));
    let chosen = Control::Noise.show(ui, left, configuration, editing, look);
    let end = sign::paint(ui.painter(), pos2(left.x + menu + gap, place.y), look);
    (Rect::from_two_pos(left, end), chosen)
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
    let both = [Parameter::HiddenLayers(network), Parameter::Neurons(network)];
    let [Some(layers), Some(neurons)] = both.map(|parameter| Number::of(parameter, configuration)) else {
        return (row.place.x, None);
    };
    let widths = [&layers, &neurons].map(|number| stepper::width(number, ui, look));
    let left = row.left(widths[0] + between + widths[1] + gap + sign::side(look));
    let second = pos2(left.x + widths[0] + between, left.y);
    let [(_, first_edit), (end, second_edit)] = [(layers, left), (neurons, second)]
        .map(|(number, left)| stepper::show(&number, ui, left, editing, look));
    sign::paint(ui.painter(), pos2(end + gap, left.y), look);
    let widest = second.x + widths[1] + gap + sign::side(look);
    (widest, first_edit.or(second_edit))
}
