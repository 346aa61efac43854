//! The model overview graph: what flows where, with live pictures at the nodes.

mod captions;
mod edges;
mod edit;
mod layout;
mod lighting;
mod losses;
mod narrow;
mod nodes;
mod paths;
mod techniques;
mod values;

use edit::Mode;
use egui::{Rect, Ui};
use lab::Snapshot;

pub(crate) use narrow::show as show_part;

pub use edges::{Edge, End, edges};
pub use layout::{GraphLayout, Node, Way};

use lighting::Lighting;

use crate::layers::{LayerSet, Scene};
use crate::style::Look;

pub(crate) use edit::Editing;

/// Shows the graph in this panel; its switches change the layers of the large canvas, its controls the
/// hyper-parameters. Tells whether the pointer is on the generator.
pub(crate) fn show(
    ui: &mut Ui,
    panel: Rect,
    scene: Scene<'_>,
    layers: &mut LayerSet,
    editing: &mut Editing,
    look: Look,
) -> bool {
    let layout = GraphLayout::new(panel, look.scale);
    let snapshot = scene.snapshot;
    edit::heading(ui, &layout, whose(snapshot), editing, look);
    let lighting = Lighting::of(snapshot, look.colours);
    ways(ui, &layout, snapshot, lighting, look);
    match editing.mode() {
        Mode::Reading => words(ui, &layout, snapshot, lighting, look),
        Mode::Editing => edit::show(ui, &layout, snapshot, editing, look),
    }
    nodes::show(ui, &layout, scene, layers, lighting, look)
}

fn whose(snapshot: &Snapshot) -> Option<&'static str> {
    snapshot.beside.is_some().then_some("of the first run")
}

/// Edges, captions and losses.
fn ways(ui: &mut Ui, layout: &GraphLayout, snapshot: &Snapshot, lighting: Lighting, look: Look) {
    let motion = lighting::motion(ui, snapshot);
    for edge in edges(layout, look.scale) {
        edges::paint(ui.painter(), &edge, lighting.edge(edge.way), motion, look);
    }
    captions::show(ui, layout, lighting, look);
    losses::show(ui, layout, snapshot, lighting, look);
}

/// Hyper-parameters and techniques at the nodes.
fn words(ui: &mut Ui, layout: &GraphLayout, snapshot: &Snapshot, lighting: Lighting, look: Look) {
    values::show(ui, layout, &snapshot.configuration, lighting, look);
    techniques::show(ui, layout, &snapshot.configuration, lighting, look);
}
