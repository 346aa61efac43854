//! Two runs side by side: what they are to differ in is chosen, and said, between the heading and the
//! canvases; the layers of both lie next to each other under the same axes.
//!
//! [`words`] says what they differ in, [`chooser`] is the strip in which that is chosen, [`part`] the same for a
//! finger, and [`canvases`] the split canvas. The charts draw the second run's lines dashed,
//! and so its canvas is marked.

mod canvases;
mod chooser;
mod part;
mod words;

pub(crate) use canvases::show as show_canvases;
pub(crate) use chooser::Chooser;
pub(crate) use words::{change, phrases};

use egui::{Painter, Pos2, Rangef, Shape, Stroke, pos2};

use crate::style::Look;

/// Length of a dash and of the gap after it, before scaling.
const DASH: [f32; 2] = [5.0, 3.0];

/// Which of two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// Its lines are solid.
    First,
    /// Its lines are dashed.
    Second,
}

impl Which {
    pub(crate) const BOTH: [Self; 2] = [Self::First, Self::Second];

    /// A line of its in a chart.
    pub(crate) fn paint_line(self, painter: &Painter, points: Vec<Pos2>, stroke: Stroke, look: Look) {
        match self {
            Self::First => _ = painter.line(points, stroke),
            Self::Second => {
                let [dash, gap] = DASH.map(|length| look.of(length).max(1.0));
                painter.extend(Shape::dashed_line(&points, stroke, dash, gap));
            }
        }
    }

    /// A piece of such a line, to name it.
    pub(crate) fn paint_sample(self, painter: &Painter, x: Rangef, y: f32, look: Look) {
        let stroke = Stroke::new(look.stroke(1.5), look.colours.text);
        self.paint_line(painter, vec![pos2(x.min, y), pos2(x.max, y)], stroke, look);
    }
}
