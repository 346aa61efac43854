//! The layers' switches in a narrow window: a small plate for each, with its symbol and name, below
//! the canvas or beside it. The part of that name tells their meanings.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};
use lab::Snapshot;

use super::symbol;
use crate::layers::{Layer, LayerSet};
use crate::style::Look;
use crate::{text, widgets};

/// Layers in the order of the legend's rows, with names as short as a plate is narrow.
const PLATES: [(Layer, &str); 7] = [
    (Layer::Real, "Real"),
    (Layer::Fake, "Fake"),
    (Layer::Average, "Average"),
    (Layer::Contour, "Contour"),
    (Layer::Manifold, "Manifold"),
    (Layer::Gradients, "Gradients"),
    (Layer::Heatmap, "Heatmap"),
];

/// Lengths before scaling: between two plates, and the width from which on name stands beside symbol.
const GAP: f32 = 4.0;
const WIDE: f32 = 82.0;
/// Distances from a plate's left to its symbol, and from there to its name.
const BEFORE: f32 = 15.0;
const AFTER: f32 = 12.0;

/// How many there are: the averaged generator has one where a run keeps it.
pub(crate) fn count(snapshot: &Snapshot) -> usize {
    PLATES.len() - usize::from(snapshot.average.is_none())
}

/// Shows them in rows of so many.
pub(crate) fn show(
    ui: &mut Ui,
    place: Rect,
    columns: usize,
    snapshot: &Snapshot,
    layers: &mut LayerSet,
    look: Look,
) {
    let gap = look.of(GAP);
    let columns = columns.max(1);
    let rows = count(snapshot).div_ceil(columns);
    let size = vec2(
        (place.width() + gap) / columns as f32 - gap,
        (place.height() + gap) / rows as f32 - gap,
    );
    let plates = PLATES
        .into_iter()
        .filter(|(layer, _)| *layer != Layer::Average || snapshot.average.is_some());
    for (index, (layer, name)) in plates.enumerate() {
        let at = vec2((index % columns) as f32, (index / columns) as f32);
        let corner = place.min + at * (size + Vec2::splat(gap));
        let rect = Rect::from_min_max(corner.round(), (corner + size).round());
        if plate(ui, rect, layer, name, layers.contains(layer), look) {
            layers.toggle(layer);
        }
    }
}

/// True when it was flipped.
fn plate(ui: &mut Ui, rect: Rect, layer: Layer, name: &str, on: bool, look: Look) -> bool {
    let response = ui.interact(rect, ui.scope_id().with(("plate", layer)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, true, on, layer.name()));
    let colours = look.colours;
    let radius = look.stroke(6.0);
    let painter = ui.painter_at(rect);
    let (fill, frame, ink) = match on {
        true => (colours.paper, colours.edge, colours.ink),
        false => (colours.background, colours.hairline, colours.faint),
    };
    let fill = if response.hovered() { colours.hover } else { fill };
    painter.rect(rect, radius, fill, Stroke::new(1.0, frame), StrokeKind::Inside);
    // A lamp along the lower edge, as bright as the knobs of switches.
    if on {
        let lamp = Rect::from_center_size(
            rect.center_bottom() - vec2(0.0, look.stroke(3.5)),
            vec2(0.36 * rect.width(), look.stroke(2.5)),
        );
        painter.rect_filled(lamp, look.stroke(1.5), colours.switch_on);
    }
    let is_wide = rect.width() >= look.of(WIDE);
    let room = if is_wide {
        rect.width() - look.of(BEFORE + AFTER)
    } else {
        rect.width() - look.of(4.0)
    };
    let fonts = [look.body(), look.small(), look.finest()];
    let words = text::fitted(&painter, name, &fonts, room, ink);
    if is_wide {
        let left = rect.left() + look.of(BEFORE);
        symbol(&painter, pos2(left, rect.center().y), layer, on, look);
        let corner = pos2(left + look.of(AFTER), rect.center().y);
        let place = Align2::LEFT_CENTER.anchor_size(corner, words.size());
        painter.galley(place.min, words, ink);
    } else {
        // A low plate keeps its name off the lamp.
        let drop = look.of(8.0).min(0.5 * rect.height() - look.of(14.0));
        let centre = rect.center();
        symbol(
            &painter,
            centre + vec2(0.0, drop - look.of(16.5)),
            layer,
            on,
            look,
        );
        let below = centre + vec2(0.0, drop);
        let place = Align2::CENTER_CENTER.anchor_size(below, words.size());
        painter.galley(place.min, words, ink);
    }
    if response.has_focus() {
        widgets::focus_frame(ui.painter(), rect.shrink(1.0), look);
    }
    response.clicked()
}
