//! The second of two runs side by side in the charts: the same axes, dashed lines, and a key.

use egui::{Align2, Rangef, Stroke, Ui, pos2};
use lab::{Measured, Snapshot};

use super::chart::Drawing;
use super::kinds::Chart;
use super::lines::Line;
use super::series::{self, Column};
use super::zoom::Epochs;
use crate::beside::{self, Which};
use crate::style::Look;

/// Length of the piece of line in the key, before scaling.
const SAMPLE: f32 = 20.0;
/// Height of a plot that has room for the key, before scaling.
const LOW: f32 = 105.0;

/// The second run, with all that the charts show of it.
pub(super) struct Second<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) course: Vec<Measured>,
    /// Phrases that tell the first run and the second apart.
    pub(super) phrases: [String; 2],
}

impl<'a> Second<'a> {
    /// The second run beside this one, if there is one.
    pub(super) fn of(first: &'a Snapshot) -> Option<Self> {
        let beside = first.beside.as_ref()?;
        Some(Self {
            snapshot: &beside.run,
            course: series::course(&beside.run),
            phrases: beside::phrases(&first.configuration, beside),
        })
    }

    /// Keeps only the epochs at which everything was measured.
    pub(super) fn looked_at(&self) -> Self {
        Self {
            snapshot: self.snapshot,
            course: series::looked_at(&self.course),
            phrases: self.phrases.clone(),
        }
    }

    /// Its lines in a chart.
    pub(super) fn columns(&self, lines: &[Line], shown: Epochs, pixels: f32) -> Vec<Vec<Column>> {
        series::columns(&self.course, lines, shown, pixels)
    }

    /// Its values of now, in the order of the chart's lines.
    pub(super) fn now(&self, chart: Chart, look: Look) -> Vec<Option<f64>> {
        let lines = chart.lines(self.snapshot, look);
        lines.iter().map(|line| line.now).collect()
    }
}

/// Its lines, dashed.
pub(super) fn lines(ui: &Ui, drawing: &Drawing<'_>, lines: &[Line], columns: &[Vec<Column>]) {
    let painter = &ui.painter_at(drawing.frame.plot);
    for (line, columns) in lines.iter().zip(columns) {
        let stroke = Stroke::new(drawing.look.stroke(1.5), line.colour);
        for points in drawing.pieces(columns) {
            Which::Second.paint_line(painter, points, stroke, drawing.look);
        }
    }
}

/// Says which lines belong to which run, at the plot's lower left, since losses seldom lie there.
/// In a low plot they lie everywhere, and the canvases alone say it.
pub(super) fn key(ui: &Ui, drawing: &Drawing<'_>, phrases: &[String; 2]) {
    let (look, plot) = (drawing.look, drawing.frame.plot);
    if plot.height() < look.of(LOW) {
        return;
    }
    let row = look.of(15.0);
    let mut middle = plot.bottom() - look.of(12.0) - 1.5 * row;
    for (which, phrase) in Which::BOTH.into_iter().zip(phrases) {
        let left = plot.left() + look.of(8.0);
        let sample = Rangef::new(left, left + look.of(SAMPLE));
        which.paint_sample(ui.painter(), sample, middle, look);
        let place = pos2(sample.max + look.of(6.0), middle);
        let words = match which {
            Which::First => format!("solid: {phrase}"),
            Which::Second => format!("dashed: {phrase}"),
        };
        let (font, colour) = (look.small(), look.colours.text);
        ui.painter().text(place, Align2::LEFT_CENTER, words, font, colour);
        middle += row;
    }
}
