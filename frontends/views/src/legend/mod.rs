//! The legend of the large canvas: questions that combinations of layers answer, what is what, and a
//! switch for each layer.

mod part;
mod switches;

use egui::{Align2, Color32, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use lab::{Averaged, Command, Snapshot};

use crate::combination::Combination;
use crate::icons;
use crate::layers::{Layer, LayerSet};
use crate::looking::Resolution;
use crate::palette;
use crate::slices::Slices;
use crate::style::{Look, Scale};
use crate::switch;
use crate::text;
use crate::widgets::{self, ChoiceButton};

pub(crate) use part::show as show_part;
pub(crate) use switches::{count, show as show_switches};

/// Layers in the order in which a beginner meets them, each with what it shows.
const ROWS: [(Layer, &str); 6] = [
    (Layer::Real, "each dot is one of the data"),
    (Layer::Fake, "each dot is one, made by the generator"),
    (Layer::Contour, "around 25, 50, 75, 95 % of real samples"),
    (
        Layer::Manifold,
        "the noise, as the generator warps it; solid is dense",
    ),
    (Layer::Gradients, "where fake samples are pushed, and how hard"),
    (Layer::Heatmap, ""),
];

/// Meanings of the heatmap's colours, each with a score that has the colour.
const MEANINGS: [(f32, &str); 3] = [
    (0.78, "might be real"),
    (0.5, "difficult to determine"),
    (0.22, "might be fake"),
];

/// Heights before scaling: of the questions, of the sentence below them, and of a layer's row.
const QUESTIONS: f32 = 24.0;
const SENTENCE: f32 = 23.0;
const ROW: f32 = 20.0;
/// Width of the two buttons for the heatmap's resolution.
const RESOLUTION: f32 = 116.0;
/// Left end of the averaged generator in its row, as a share of the row.
const AVERAGE: f32 = 0.44;

/// Height of the whole legend.
pub(crate) fn height(scale: Scale) -> f32 {
    scale.of(QUESTIONS) + scale.of(SENTENCE) + scale.of(ROW) * (ROWS.len() + 1) as f32
}

/// Shows it in a place as high as [`height`] says; returns what was asked of the run.
pub(crate) fn show(
    ui: &mut Ui,
    place: Rect,
    snapshot: &Snapshot,
    layers: &mut LayerSet,
    resolution: &mut Resolution,
    look: Look,
) -> Option<Command> {
    let mut asked = None;
    questions(ui, place, layers, look);
    let top = place.top() + look.of(QUESTIONS) + look.of(SENTENCE);
    let row = |index: usize| {
        let size = vec2(place.width(), look.of(ROW));
        Rect::from_min_size(pos2(place.left(), top + index as f32 * size.y), size)
    };
    for (index, (layer, hint)) in ROWS.into_iter().enumerate() {
        let mut rect = row(index);
        if layer == Layer::Heatmap {
            let buttons = rect.with_min_x(rect.right() - look.of(RESOLUTION));
            resolution_buttons(ui, buttons, resolution, look);
            rect.max.x = buttons.left() - look.of(4.0);
        }
        let mut hint = hint;
        if let (Layer::Fake, Some(average)) = (layer, &snapshot.average) {
            // Two kinds of fake samples share the row; which is which is said by their names.
            let beside = rect.with_min_x(rect.left() + (AVERAGE * rect.width()).round());
            average_switch(ui, beside, average, layers, look);
            (hint, rect.max.x) = ("", beside.left() - look.of(4.0));
        }
        if let (Layer::Manifold, Some(slices)) = (layer, Slices::of(snapshot)) {
            hint = "a slice; the rest is in the middle";
            let left = rect.right() - slices.width(ui, look);
            asked = slices.show(ui, pos2(left, rect.center().y), look);
            rect.max.x = left - look.of(4.0);
        }
        if layer_row(ui, rect, layer, hint, layers.contains(layer), look) {
            layers.toggle(layer);
        }
    }
    meanings(ui, row(ROWS.len()), layers.contains(Layer::Heatmap), look);
    asked
}

/// A button for each combination, and how to read the one that is shown.
fn questions(ui: &mut Ui, place: Rect, layers: &mut LayerSet, look: Look) {
    let height = look.of(QUESTIONS);
    question_buttons(ui, place, height, layers, look);
    let (sentence, ink) = answer(*layers, look);
    let middle = place.top() + height + 0.5 * look.of(SENTENCE);
    text::label(
        ui,
        pos2(place.left(), middle),
        Align2::LEFT_CENTER,
        sentence,
        look.small(),
        ink,
    );
}

/// A button for each combination, in a row at the top of a place.
fn question_buttons(ui: &mut Ui, place: Rect, height: f32, layers: &mut LayerSet, look: Look) {
    let shown = Combination::of(*layers);
    let gap = look.of(6.0);
    let count = Combination::ALL.len() as f32;
    let size = vec2(((place.width() - gap * (count - 1.0)) / count).floor(), height);
    for (index, combination) in Combination::ALL.into_iter().enumerate() {
        let corner = pos2(place.left() + index as f32 * (size.x + gap), place.top());
        let button = ChoiceButton {
            words: combination.question(),
            name: combination.question(),
            hint: combination.hint(),
            chosen: shown == Some(combination),
            font: look.body(),
        };
        if button.show(ui, Rect::from_min_size(corner, size), look).clicked() {
            *layers = combination.layers();
        }
    }
}

/// How to read what is shown, or that one can choose.
fn answer(layers: LayerSet, look: Look) -> (&'static str, Color32) {
    match Combination::of(layers) {
        Some(combination) => (combination.sentence(), look.colours.text),
        None => ("Choose a question, or any layers you like:", look.colours.faint),
    }
}

/// The switch of the averaged generator's samples, and how near these come.
fn average_switch(ui: &mut Ui, rect: Rect, average: &Averaged, layers: &mut LayerSet, look: Look) {
    let js = text::figure(Some(average.divergence.js));
    let on = layers.contains(Layer::Average);
    let flipped = layer_row(ui, rect, Layer::Average, &format!("JS {js}"), on, look);
    if flipped {
        layers.toggle(Layer::Average);
    }
}

/// How fine the heatmap is: one of two.
fn resolution_buttons(ui: &mut Ui, place: Rect, resolution: &mut Resolution, look: Look) {
    let choices = [
        (
            Resolution::AsInGanLab,
            "30×30",
            "Heatmap 30×30",
            "The discriminator's output in 30×30 cells, as in GAN Lab",
        ),
        (
            Resolution::PerPixel,
            "per pixel",
            "Heatmap per pixel",
            "The discriminator's output at every pixel; of very large networks, at every few pixels while they \
             train",
        ),
    ];
    let cut = place.left() + (0.42 * place.width()).round();
    let (left, right) = place
        .shrink2(vec2(0.0, look.stroke(1.5)))
        .split_left_right_at_x(cut);
    for ((choice, words, name, hint), rect) in choices.into_iter().zip([left, right]) {
        let button = ChoiceButton {
            words,
            name,
            hint,
            chosen: *resolution == choice,
            font: look.small(),
        };
        if button.show(ui, rect.shrink2(vec2(1.0, 0.0)), look).clicked() {
            *resolution = choice;
        }
    }
}

/// Shows the meanings of the heatmap's colours.
fn meanings(ui: &mut Ui, row: Rect, shown: bool, look: Look) {
    let mut left = row.left() + switch::size(look).x + look.of(11.0);
    for (score, meaning) in MEANINGS {
        let swatch = Rect::from_center_size(
            pos2(left + look.of(6.0), row.center().y),
            vec2(1.0, 1.0) * look.of(12.0),
        );
        let (colour, ink) = if shown {
            (look.colours.prediction(score), look.colours.text)
        } else {
            (look.colours.background, look.colours.off)
        };
        icons::swatch(ui.painter(), swatch, colour);
        let place = pos2(swatch.right() + look.of(5.0), row.center().y);
        let words = text::label(ui, place, Align2::LEFT_CENTER, meaning, look.small(), ink);
        left = words.right() + look.of(12.0);
    }
}

/// Switch, symbol, name and hint; all of it flips. True when it was flipped.
fn layer_row(ui: &mut Ui, rect: Rect, layer: Layer, hint: &str, on: bool, look: Look) -> bool {
    let response = ui.interact(rect, ui.scope_id().with(layer), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, true, on, layer.name()));
    if response.has_focus() {
        widgets::focus_frame(ui.painter(), rect, look);
    }
    let size = switch::size(look);
    let middle = rect.left_center();
    let track = Rect::from_center_size(middle + vec2(0.5 * size.x, 0.0), size);
    switch::paint(ui, track, response.id, on, look);

    let centre = pos2(track.right() + look.of(17.0), middle.y);
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

/// Paints a layer's symbol, in the room of a letter.
fn symbol(painter: &Painter, centre: Pos2, layer: Layer, on: bool, look: Look) {
    let ink = |colour| if on { colour } else { look.colours.off };
    let radius = look.stroke(3.5);
    let box_of = |side: f32| Rect::from_center_size(centre, vec2(side, side));
    match layer {
        Layer::Real => icons::dot(painter, centre, radius, ink(look.colours.real)),
        Layer::Fake => icons::dot(painter, centre, radius, ink(look.colours.fake)),
        Layer::Average => icons::dot(painter, centre, radius, ink(look.colours.average)),
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
