//! All that the legend says, in the part of a narrow window: questions, what each layer means, how fine the heatmap
//! is. The switches themselves lie at the canvas.

use egui::{Align2, Rect, Ui, pos2, vec2};
use lab::{Command, Snapshot};

use super::{RESOLUTION, ROWS, answer, meanings, question_buttons, resolution_buttons, symbol};
use crate::drawing;
use crate::layers::{Layer, LayerSet};
use crate::looking::Resolution;
use crate::slices::Slices;
use crate::style::Look;
use crate::{switch, text, touch};

/// Lengths before scaling: around all, and of a row of words.
const MARGIN: f32 = 12.0;
const ROW: f32 = 23.0;

/// Shows it; longer than the room, it scrolls. Returns what was asked of the run.
pub(crate) fn show(
    ui: &mut Ui,
    part: Rect,
    snapshot: &Snapshot,
    layers: &mut LayerSet,
    resolution: &mut Resolution,
    look: Look,
) -> Option<Command> {
    let s = |length| look.of(length);
    let slices = Slices::of(snapshot);
    let (line, button) = (s(ROW), look.target(24.0));
    // Two lines have room for what a question's answer looks like.
    let words = s(36.0);
    let choices = if slices.is_some() { 2.0 } else { 1.0 };
    let rows = ROWS.len() as f32 + 1.0;
    let height = s(8.0) + button + words + choices * (button + s(6.0)) + rows * line + s(20.0);
    touch::scrolled(ui, "legend", part, height, look, |ui, content| {
        let room = content.shrink2(vec2(s(MARGIN), s(8.0)));
        question_buttons(ui, room, button, layers, look);
        let mut top = room.top() + button;
        let (sentence, ink) = answer(*layers, look);
        let galley = ui
            .painter()
            .layout(sentence.to_owned(), look.body(), ink, room.width());
        let corner = pos2(room.left(), top + 0.5 * (words - galley.size().y));
        let said = Rect::from_min_size(corner, galley.size());
        ui.painter().galley(corner, galley, ink);
        text::announce(ui, said, sentence);
        top += words;

        let row =
            |top: f32, height: f32| Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), height));
        let fine = row(top, button);
        named(ui, fine, "Heatmap", look);
        let buttons = fine.with_min_x(fine.right() - s(1.5 * RESOLUTION));
        resolution_buttons(ui, buttons, resolution, look);
        top += button + s(6.0);
        let mut asked = None;
        if let Some(slices) = slices {
            let slice = row(top, button);
            named(ui, slice, "Dimensions of the noise", look);
            let left = slice.right() - slices.width(ui, look);
            asked = slices.show(ui, pos2(left, slice.center().y), look);
            top += button + s(6.0);
        }
        for (layer, hint) in ROWS {
            explained(ui, row(top, line), layer, hint, layers.contains(layer), look);
            top += line;
        }
        let line = row(top, line).translate(vec2(s(6.0) - switch::size(look).x, 0.0));
        meanings(ui, line, layers.contains(Layer::Heatmap), look);
        let origin = row(top + line.height(), s(20.0));
        drawing::show_origin(ui, origin, snapshot, look);
        asked
    })
}

/// Labels a row of buttons.
fn named(ui: &mut Ui, row: Rect, words: &str, look: Look) {
    let (font, colour) = (look.name(), look.colours.text);
    text::label(ui, row.left_center(), Align2::LEFT_CENTER, words, font, colour);
}

/// A layer's symbol, and what it shows.
fn explained(ui: &mut Ui, row: Rect, layer: Layer, hint: &str, on: bool, look: Look) {
    let left = row.left() + look.of(8.0);
    symbol(ui.painter(), pos2(left, row.center().y), layer, on, look);
    let words = match layer {
        Layer::Heatmap => "what the discriminator takes each place for:",
        _ => hint,
    };
    let place = pos2(left + look.of(16.0), row.center().y);
    let colour = if on { look.colours.text } else { look.colours.faint };
    text::label(ui, place, Align2::LEFT_CENTER, words, look.small(), colour);
}
