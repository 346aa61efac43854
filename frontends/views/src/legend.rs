//! The legend of the large canvas: what is what, and a switch for each layer.

use egui::{Align2, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::icons;
use crate::layers::{Layer, LayerSet};
use crate::palette;
use crate::style::{Look, Scale};
use crate::text;
use crate::widgets;

/// Layers in the order in which a beginner meets them, each with what it shows.
const ROWS: [(Layer, &str); 6] = [
    (Layer::Real, "each dot is one of the data"),
    (Layer::Fake, "each dot is one, made by the generator"),
    (Layer::Contour, "where real samples are dense"),
    (Layer::Manifold, "the noise, as the generator warps it"),
    (Layer::Gradients, "where fake samples are pushed"),
    (Layer::Heatmap, "what it says of each cell:"),
];

/// What colours of the heatmap mean (GAN Lab's words), with a score that has them.
const MEANINGS: [(f32, &str); 3] = [
    (0.78, "Samples in this cell might be real."),
    (0.5, "Difficult to determine whether samples are real or fake."),
    (0.22, "Samples in this cell might be from the generator."),
];

/// Height of a row, before scaling.
const ROW: f32 = 21.0;

/// Height of the whole legend.
pub(crate) fn height(scale: Scale) -> f32 {
    scale.of(ROW) * (ROWS.len() + MEANINGS.len()) as f32
}

/// Shows it, its upper edge given.
pub(crate) fn show(ui: &mut Ui, top_left: Pos2, width: f32, layers: &mut LayerSet, look: Look) {
    let row = |index: usize| {
        let size = vec2(width, look.of(ROW));
        Rect::from_min_size(top_left + vec2(0.0, index as f32 * size.y), size)
    };
    for (index, (layer, hint)) in ROWS.into_iter().enumerate() {
        if layer_row(ui, row(index), layer, hint, layers.contains(layer), look) {
            layers.toggle(layer);
        }
    }
    let heatmap = layers.contains(Layer::Heatmap);
    for (index, (score, meaning)) in MEANINGS.into_iter().enumerate() {
        let rect = row(ROWS.len() + index);
        let left = rect.left() + widgets::switch_size(look).x + look.of(11.0);
        let swatch = Rect::from_center_size(
            pos2(left + look.of(6.0), rect.center().y),
            vec2(1.0, 1.0) * look.of(12.0),
        );
        let (colour, ink) = if heatmap {
            (look.colours.prediction(score), look.colours.text)
        } else {
            (look.colours.background, look.colours.off)
        };
        icons::swatch(ui.painter(), swatch, colour);
        let place = pos2(swatch.right() + look.of(9.0), rect.center().y);
        text::label(ui, place, Align2::LEFT_CENTER, meaning, look.body(), ink);
    }
}

/// Switch, symbol, name and hint; all of it flips. True when it was flipped.
fn layer_row(ui: &mut Ui, rect: Rect, layer: Layer, hint: &str, on: bool, look: Look) -> bool {
    let response = ui.interact(rect, ui.scope_id().with(layer), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, true, on, layer.name()));
    if response.has_focus() {
        widgets::focus_frame(ui.painter(), rect, look);
    }
    let size = widgets::switch_size(look);
    let middle = rect.left_center();
    let switch = Rect::from_center_size(middle + vec2(0.5 * size.x, 0.0), size);
    widgets::paint_switch(ui, switch, response.id, on, look);

    let centre = pos2(switch.right() + look.of(17.0), middle.y);
    symbol(ui.painter(), centre, layer, on, look);
    let (ink, faint) = match (on, response.hovered()) {
        (_, true) => (look.colours.ink, look.colours.text),
        (true, false) => (look.colours.text, look.colours.faint),
        (false, false) => (look.colours.faint, look.colours.off),
    };
    let place = pos2(centre.x + look.of(15.0), middle.y);
    let painter = ui.painter();
    let name = painter.text(place, Align2::LEFT_CENTER, layer.name(), look.name(), ink);
    let place = pos2(name.right() + look.of(8.0), name.bottom() - look.of(1.0));
    painter.text(place, Align2::LEFT_BOTTOM, hint, look.small(), faint);
    response.clicked()
}

/// What the layer looks like, in the room of a letter.
fn symbol(painter: &Painter, centre: Pos2, layer: Layer, on: bool, look: Look) {
    let ink = |colour| if on { colour } else { look.colours.off };
    let radius = look.stroke(3.5);
    let box_of = |side: f32| Rect::from_center_size(centre, vec2(side, side));
    match layer {
        Layer::Real => icons::dot(painter, centre, radius, ink(look.colours.real)),
        Layer::Fake => icons::dot(painter, centre, radius, ink(look.colours.fake)),
        Layer::Contour => {
            for share in [1.7, 0.9] {
                painter.circle_stroke(centre, share * radius, Stroke::new(1.2, ink(look.colours.real)));
            }
        }
        Layer::Manifold => {
            let grid = box_of(look.of(12.0));
            painter.rect_filled(grid, 0.0, palette::translucent(ink(look.colours.fake), 0.4));
            let stroke = Stroke::new(1.0, palette::translucent(look.colours.ink, 0.35));
            for share in [1.0 / 3.0, 2.0 / 3.0] {
                painter.vline(egui::lerp(grid.x_range(), share), grid.y_range(), stroke);
                painter.hline(grid.x_range(), egui::lerp(grid.y_range(), share), stroke);
            }
        }
        Layer::Gradients => {
            let area = box_of(look.of(12.0));
            let corners = vec![
                area.left_bottom() + vec2(-1.0, -3.0),
                area.left_bottom() + vec2(3.0, 1.0),
                area.right_top(),
            ];
            let none = egui::epaint::PathStroke::NONE;
            painter.add(egui::Shape::convex_polygon(
                corners,
                ink(look.colours.gradient),
                none,
            ));
        }
        Layer::Heatmap => {
            let area = box_of(look.of(12.0));
            let third = area.width() / 3.0;
            for (place, (score, _)) in MEANINGS.into_iter().enumerate() {
                let stripe = Rect::from_min_size(
                    area.min + vec2(place as f32 * third, 0.0),
                    vec2(third, area.height()),
                );
                let colour = if on {
                    look.colours.prediction(score)
                } else {
                    look.colours.hairline
                };
                painter.rect_filled(stripe, 0.0, colour);
            }
        }
    }
}
