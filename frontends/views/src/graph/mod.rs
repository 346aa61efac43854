//! The model overview graph: what flows where, with live pictures at the nodes.

mod captions;
mod edges;
mod layout;
mod losses;
mod nodes;
mod paths;

use egui::{Rect, Ui};

pub use edges::{Edge, End, edges};
pub use layout::{GraphLayout, Node};

use crate::layers::{LayerSet, Scene};
use crate::style::Scale;
use crate::text;

/// Shows the graph in this panel; its switches change the layers of the large canvas.
pub(crate) fn show(ui: &mut Ui, panel: Rect, scene: Scene<'_>, layers: &mut LayerSet, scale: Scale) {
    let layout = GraphLayout::new(panel, scale);
    let snapshot = scene.snapshot;
    text::heading(ui.painter(), layout.heading(), "Model overview graph", scale);
    for edge in edges(&layout, scale) {
        paths::paint(ui.painter(), &edge, snapshot.epoch, scale);
    }
    captions::show(ui, &layout, &snapshot.configuration, scale);
    nodes::show(ui, &layout, scene, layers, scale);
    losses::show(ui, &layout, snapshot, scale);
}
