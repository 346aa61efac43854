//! The graph in the part of a narrow window: as large as it must be to be read, in a room that scrolls sideways; the
//! heading stays above it. Hyper-parameters are set in a form instead.

use egui::{Align, Rect, ScrollArea, Sense, Ui, UiBuilder, Vec2, vec2};
use lab::Snapshot;

use super::edit::{self, Editing, Mode};
use super::layout::{GraphLayout, Node};
use super::lighting::{Light, Lighting};
use super::{nodes, ways, whose, words};
use crate::layers::{LayerSet, Scene};
use crate::phases;
use crate::style::Look;
use crate::touch;

/// Lengths before scaling: of the heading's row, and of the graph at least.
const HEADING: f32 = 42.0;
const LEAST: Vec2 = vec2(722.0, 390.0);
/// Width per height at which boxes and gaps between them suit one another.
const SHAPE: f32 = 1.75;

/// Shows it below its heading and, in slow motion, what is done just now; and `above` over it while nodes are to be
/// seen. Tells whether the generator is pressed.
pub(crate) fn show(
    ui: &mut Ui,
    part: Rect,
    scene: Scene<'_>,
    layers: &mut LayerSet,
    editing: &mut Editing,
    look: Look,
    above: impl FnOnce(&Ui, &GraphLayout),
) -> bool {
    let snapshot = scene.snapshot;
    let (row, rest) = part.split_top_bottom_at_y((part.top() + look.of(HEADING)).min(part.bottom()));
    let now = phases::now(snapshot);
    edit::heading_row(ui, row, now.as_deref().or(whose(snapshot)), editing, look);
    if editing.mode() == Mode::Editing {
        edit::show_form(ui, rest, snapshot, editing, look);
        return false;
    }
    let least = LEAST * look.stroke(1.0);
    let height = rest.height().max(least.y);
    let width = if rest.width() >= least.x {
        rest.width()
    } else {
        (SHAPE * height).max(least.x).round()
    };
    let builder = UiBuilder::new().max_rect(rest).id_salt("graph");
    ui.scope_builder(builder, |ui| {
        ui.shrink_clip_rect(rest);
        let area = ScrollArea::both()
            .auto_shrink(false)
            .scroll_source(touch::source(look));
        area.show(ui, |ui| {
            let (panel, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            // The heading has a row of its own: what is kept free for it is not needed.
            let panel = panel.with_min_y(panel.top() - look.of(14.0));
            let layout = GraphLayout::new(panel, look.scale);
            let lighting = Lighting::of(snapshot, look.colours);
            ways(ui, &layout, snapshot, lighting, look);
            words(ui, &layout, snapshot, lighting, look);
            let on_generator = nodes::show(ui, &layout, scene, layers, lighting, look);
            above(ui, &layout);
            follow(ui, &layout, lighting, snapshot);
            on_generator
        })
        .inner
    })
    .inner
}

/// Brings into sight what a phase lights, or at first where data come from; once, then a finger may move it.
fn follow(ui: &Ui, layout: &GraphLayout, lighting: Lighting, snapshot: &Snapshot) {
    let now = snapshot
        .phase
        .as_deref()
        .map(|report| (report.epoch, report.phase));
    let id = ui.scope_id().with("phase");
    if ui.data(|data| data.get_temp(id)) == Some(now) {
        return;
    }
    ui.data_mut(|data| data.insert_temp(id, now));
    let lit = Node::ALL
        .into_iter()
        .filter(|node| matches!(lighting.node(*node), Light::Lit(_)))
        .map(|node| layout.node(node))
        .reduce(Rect::union);
    // Data begin their way at the left.
    let beginning = layout.node(Node::Noise).union(layout.node(Node::Generator));
    ui.scroll_to_rect(lit.unwrap_or(beginning), Some(Align::Center));
}
