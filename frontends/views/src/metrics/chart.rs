//! One chart: the places of its parts, its grid and words, its lines and their bands.

use egui::epaint::Vertex;
use egui::{Align2, Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::axes::{self, Heights};
use super::lines::Line;
use super::series::Column;
use super::zoom::Epochs;
use crate::marks::Strip;
use crate::palette;
use crate::style::Look;

/// How opaque a band is.
const BAND: f32 = 0.28;
/// How opaque the lines of an earlier branch are.
pub(super) const EARLIER: f32 = 0.55;

/// Places of the chart's parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// Heading, switch and values.
    pub(super) head: Rect,
    /// The lines.
    pub(super) plot: Rect,
    /// The time axis with its words.
    pub(super) time: Rect,
}

impl Frame {
    /// In this room.
    pub(super) fn new(room: Rect, look: Look) -> Self {
        let plot = Rect::from_min_max(
            pos2(room.left() + look.of(30.0), room.top() + look.of(24.0)),
            pos2(room.right(), room.bottom() - look.of(15.0)),
        );
        Self {
            head: Rect::from_min_max(room.min, pos2(room.right(), plot.top())),
            plot,
            time: Rect::from_min_max(plot.left_bottom(), room.max),
        }
    }

    /// Whether anything can be drawn in it.
    pub(super) fn has_room(&self) -> bool {
        self.plot.width() >= 16.0 && self.plot.height() >= 16.0
    }

    /// Position of an `x` along the time axis: 0 at its left end, 1 at its right.
    pub(super) fn share(&self, x: f32) -> f64 {
        let share = (x - self.plot.left()) / self.plot.width();
        f64::from(share.clamp(0.0, 1.0))
    }
}

/// A chart to draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawing<'a> {
    pub(super) frame: &'a Frame,
    pub(super) shown: Epochs,
    pub(super) heights: &'a Heights,
    pub(super) look: Look,
}

impl Drawing<'_> {
    /// Its time axis.
    pub(super) fn strip(&self) -> Strip {
        Strip {
            rect: self.frame.plot,
            begin: self.shown.begin(),
            end: self.shown.end(),
            look: self.look,
        }
    }

    /// The `x` of an epoch. An epoch far outside is kept near enough for pixels to be counted.
    pub(super) fn x(&self, epoch: f64) -> f32 {
        self.strip().x(epoch)
    }

    /// The `y` of a value.
    pub(super) fn y(&self, value: f64) -> f32 {
        let plot = self.frame.plot;
        plot.bottom() - self.heights.share(value) * plot.height()
    }

    /// Paper, grid, and the words of both axes.
    pub(super) fn background(&self, ui: &Ui) {
        let Self { frame, look, .. } = *self;
        let (plot, painter) = (frame.plot, ui.painter());
        let hairline = Stroke::new(1.0, look.colours.hairline);
        painter.rect_filled(plot, 0.0, look.colours.paper);
        let (font, colour) = (look.small(), look.colours.faint);

        let at_most = (plot.height() / (2.0 * font.size)) as usize;
        for mark in self.heights.marks(at_most.clamp(2, 5)) {
            let y = self.y(mark.value);
            painter.hline(plot.x_range(), y, hairline);
            let place = pos2(plot.left() - look.of(4.0), y);
            painter.text(place, Align2::RIGHT_CENTER, mark.words, font.clone(), colour);
        }

        let longest = painter.layout_no_wrap(axes::epoch_words(self.shown.end(), 1.0), font.clone(), colour);
        let at_most = (plot.width() / (longest.size().x + look.of(22.0))) as usize;
        for mark in axes::epoch_marks(self.shown, at_most.clamp(2, 6)) {
            let x = self.x(mark.value);
            painter.vline(x, plot.y_range(), hairline);
            let words = painter.layout_no_wrap(mark.words, font.clone(), colour);
            // The last one may lean into the margin, not out of the panel.
            let left = (x - 0.5 * words.size().x).min(plot.right() + look.of(16.0) - words.size().x);
            painter.galley(pos2(left, plot.bottom() + look.of(2.0)), words, colour);
        }
        painter.rect_stroke(plot, 0.0, hairline, StrokeKind::Middle);
    }

    /// Bands, floors and lines, in this order; `others` are in the chart too.
    pub(super) fn lines(&self, ui: &Ui, lines: &[Line], columns: &[Vec<Column>], others: &[Vec<Column>]) {
        let painter = &ui.painter_at(self.frame.plot);
        for (line, columns) in lines.iter().zip(columns) {
            self.band(painter, columns, palette::translucent(line.colour, BAND));
        }
        self.floors(painter, lines, columns.iter().chain(others));
        for (line, columns) in lines.iter().zip(columns) {
            for points in self.pieces(columns) {
                match points[..] {
                    [only] => _ = painter.circle_filled(only, self.look.stroke(1.5), line.colour),
                    _ => _ = painter.line(points, Stroke::new(self.look.stroke(1.5), line.colour)),
                }
            }
        }
    }

    /// Points of a line, in pieces: the line breaks wherever its figure is not known.
    pub(super) fn pieces(&self, columns: &[Column]) -> impl Iterator<Item = Vec<Pos2>> {
        let point = |column: &Column| pos2(self.x(column.epoch), self.y(column.middle));
        columns
            .chunk_by(|_, next| next.joined)
            .map(move |piece| piece.iter().map(point).collect())
    }

    /// How the run had gone on before it went another way: thinner and paler, without bands.
    pub(super) fn earlier(&self, ui: &Ui, lines: &[Line], columns: &[Vec<Column>]) {
        let painter = &ui.painter_at(self.frame.plot);
        for (line, columns) in lines.iter().zip(columns) {
            let colour = palette::translucent(line.colour, EARLIER);
            for points in self.pieces(columns) {
                painter.line(points, Stroke::new(self.look.stroke(1.0), colour));
            }
        }
    }

    /// Marks the epoch that everything else shows, if that is not the end of the lines.
    pub(super) fn epoch_shown(&self, ui: &Ui, epoch: u64) {
        let (plot, look) = (self.frame.plot, self.look);
        let stroke = Stroke::new(look.stroke(1.5), look.colours.primary);
        ui.painter_at(plot.expand(1.0))
            .vline(self.x(epoch as f64).round(), plot.y_range(), stroke);
    }

    /// From the least to the most of each column.
    fn band(&self, painter: &Painter, columns: &[Column], colour: Color32) {
        let mut mesh = Mesh::default();
        for column in columns {
            let x = self.x(column.epoch);
            for value in [column.least, column.most] {
                mesh.vertices.push(Vertex {
                    pos: pos2(x, self.y(value)),
                    uv: egui::epaint::WHITE_UV,
                    color: colour,
                });
            }
        }
        for (index, pair) in columns.windows(2).enumerate() {
            if pair[1].joined && pair.iter().any(|column| column.least < column.most) {
                let corner = 2 * index as u32;
                mesh.add_triangle(corner, corner + 1, corner + 2);
                mesh.add_triangle(corner + 2, corner + 1, corner + 3);
            }
        }
        painter.add(Shape::mesh(mesh));
    }

    /// Dashes the floors below which no generator gets, and names each unless a line runs through
    /// the words.
    fn floors<'a>(&self, painter: &Painter, lines: &[Line], columns: impl Iterator<Item = &'a Vec<Column>>) {
        let (plot, look) = (self.frame.plot, self.look);
        let mut heights = Vec::new();
        for line in lines {
            let Some(floor) = line.floor else { continue };
            let y = self.y(floor).round();
            let stroke = Stroke::new(look.stroke(1.0), palette::translucent(line.colour, 0.8));
            let (dash, gap) = (look.of(4.0).max(1.0), look.of(3.0).max(1.0));
            let ends = [pos2(plot.left(), y), pos2(plot.right(), y)];
            painter.extend(Shape::dashed_line(&ends, stroke, dash, gap));
            heights.push(y);
        }
        let (one, other) = match heights[..] {
            [one, other] => (one, other),
            [one] => (one, one),
            _ => return,
        };
        // Between them if they are a line of text apart, or else above both.
        let (font, colour) = (look.small(), look.colours.faint);
        let middle = if (one - other).abs() > 1.3 * font.size {
            0.5 * (one + other)
        } else {
            one.min(other) - 0.75 * font.size
        };
        let place = pos2(plot.right() - look.of(5.0), middle);
        let words = painter.layout_no_wrap("two sets of real samples".to_owned(), font, colour);
        let rect = Align2::RIGHT_CENTER.anchor_size(place, words.size());
        let clear = rect.expand(look.of(2.0));
        let crosses = |column: &Column| {
            clear.x_range().contains(self.x(column.epoch)) && clear.y_range().contains(self.y(column.middle))
        };
        if plot.contains_rect(rect) && !columns.flatten().any(crosses) {
            painter.galley(rect.min, words, colour);
        }
    }

    /// Writes words in the middle of a plot that has nothing to draw.
    pub(super) fn nothing(&self, ui: &Ui, words: &str) {
        let (plot, look) = (self.frame.plot, self.look);
        let room = plot.width() - look.of(20.0);
        let words = ui
            .painter()
            .layout(words.to_owned(), look.small(), look.colours.faint, room.max(1.0));
        let place = Align2::CENTER_CENTER.anchor_size(plot.center(), words.size());
        if plot.contains_rect(place) {
            ui.painter().galley(place.min, words, look.colours.faint);
        }
    }

    /// A range that is being chosen.
    pub(super) fn chosen(&self, ui: &Ui, from: f64, to: f64) {
        let (plot, look) = (self.frame.plot, self.look);
        let [left, right] = [from.min(to), from.max(to)].map(|epoch| self.x(epoch));
        let range = Rect::from_x_y_ranges(left..=right, plot.y_range());
        let painter = ui.painter_at(plot.expand(1.0));
        painter.rect_filled(range, 0.0, palette::translucent(look.colours.chosen, 0.14));
        for x in [left, right] {
            painter.vline(x, plot.y_range(), Stroke::new(1.0, look.colours.chosen));
        }
        let axis = Rect::from_min_size(range.left_bottom(), vec2(range.width(), look.of(3.0)));
        ui.painter().rect_filled(axis, 0.0, look.colours.chosen);
    }
}
