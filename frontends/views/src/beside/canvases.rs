//! The split canvas: the same layers of both runs, one beside the other or one below the other.

use std::sync::Arc;

use egui::{Align2, Rangef, Rect, Ui, pos2};
use lab::checks::diagnosis::Lost;
use lab::{Beside, Snapshot};

use super::{Which, words};
use crate::canvas::{self, Canvas};
use crate::layers::{LayerSet, Scene};
use crate::panels::Split;
use crate::style::Look;
use crate::text;

/// Length of the piece of line at a canvas's head, before scaling.
const SAMPLE: f32 = 22.0;

/// Shows both, each below what it is.
pub(crate) fn show(
    ui: &mut Ui,
    split: &Split,
    scenes: [Scene<'_>; 2],
    beside: &Beside<Arc<Snapshot>>,
    layers: LayerSet,
    lost: [&[Lost]; 2],
    look: Look,
) {
    let [first, second] = scenes.map(|scene| scene.snapshot);
    let phrases = words::phrases(&first.configuration, beside);
    let rests = [words::rest(first, second), words::rest(second, first)];
    for (place, which) in Which::BOTH.into_iter().enumerate() {
        let square = split.canvases[place];
        head(ui, split.head(place), which, &phrases[place], look);
        let name = match which {
            Which::First => "Layered distributions of the first run",
            Which::Second => "Layered distributions of the second run",
        };
        let canvas = Canvas {
            name,
            note: rests[place].as_deref(),
            lost: lost[place],
        };
        canvas::show(ui, square, canvas, scenes[place], layers, look);
    }
}

/// A piece of its lines in the charts, and what the run is.
fn head(ui: &mut Ui, head: Rect, which: Which, phrase: &str, look: Look) {
    let left = head.left();
    let sample = Rangef::new(left, left + look.of(SAMPLE));
    which.paint_sample(ui.painter(), sample, head.center().y, look);
    let place = pos2(sample.max + look.of(7.0), head.center().y);
    text::label(
        ui,
        place,
        Align2::LEFT_CENTER,
        phrase,
        look.name(),
        look.colours.text,
    );
}
