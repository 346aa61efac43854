//! The values at the pointer: a line through both charts at the measurement nearest to it, and a
//! small box with the values there, and those of an earlier branch beside them.

use std::sync::Arc;

use egui::{Align, Align2, Rangef, Rect, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};
use lab::Measured;

use super::chart::Drawing;
use super::head::EARLIER_BRANCH;
use super::lines::Line;
use super::second::Second;
use super::series::{self, Column};
use crate::beside::Which;
use crate::{icons, palette, text};

/// Length of the pieces of line above the figures of two runs, before scaling.
const SAMPLE: f32 = 20.0;

/// Measurements at one epoch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    /// Completed epochs.
    pub(super) epoch: u64,
    /// The run's measurement there; `None` if the run does not get that far.
    pub(super) run: Option<&'a Measured>,
    /// The second run's measurement there, if there are two runs.
    pub(super) second: Option<Beside<'a>>,
    /// The earlier branch's measurement nearest to the pointer.
    pub(super) earlier: Option<&'a Measured>,
}

/// The second of two runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside<'a> {
    /// `None` where it does not get that far.
    run: Option<&'a Measured>,
    phrases: &'a [String; 2],
}

impl<'a> Reading<'a> {
    /// Nearest to this epoch.
    pub(super) fn at(
        epoch: f64,
        course: &'a [Measured],
        second: Option<&'a Second<'_>>,
        earlier: &'a [Measured],
    ) -> Self {
        // The first one lies on the run itself.
        let reaches =
            |[first, last]: [&Measured; 2]| (first.epoch as f64..=last.epoch as f64).contains(&epoch);
        let ends = earlier.get(1).zip(earlier.last());
        let earlier = ends
            .filter(|(first, last)| reaches([first, last]))
            .map(|_| series::nearest(earlier, epoch));
        let of_run = |course: &'a [Measured]| {
            let near = series::nearest(course, epoch);
            let reaches = course.last().is_some_and(|last| epoch <= last.epoch as f64);
            (near, reaches)
        };
        let (run, reaches) = of_run(course);
        let beside = second.map(|second| of_run(&second.course));
        // If the run itself does not get that far, another one may.
        let beyond = beside
            .filter(|(_, reaches)| *reaches)
            .map(|(run, _)| run)
            .or(earlier)
            .filter(|_| !reaches);
        let there = beyond.unwrap_or(run);
        Self {
            epoch: there.epoch,
            run: beyond.is_none().then_some(run),
            second: second.zip(beside).map(|(second, (run, reaches))| Beside {
                run: (reaches || beyond.is_none()).then_some(run),
                phrases: &second.phrases,
            }),
            earlier,
        }
    }
}

/// The line.
pub(super) fn line(ui: &Ui, drawing: &Drawing<'_>, near: &Reading<'_>) {
    let plot = drawing.frame.plot;
    let x = drawing.x(near.epoch as f64);
    let stroke = Stroke::new(1.0, drawing.look.colours.faint);
    ui.painter_at(plot.expand(1.0)).vline(x, plot.y_range(), stroke);
}

/// Dots on the line, and the box with the values beside it, clear of `other` and never outside the plot.
pub(super) fn values(
    ui: &mut Ui,
    drawing: &Drawing<'_>,
    lines: &[Line],
    columns: &[Vec<Column>],
    near: &Reading<'_>,
    other: Option<Rect>,
) {
    let (look, plot) = (drawing.look, drawing.frame.plot);
    let x = drawing.x(near.epoch as f64);
    let painter = ui.painter_at(plot.expand(look.of(4.0)));
    for (measured, rim) in [
        (near.second.and_then(|second| second.run), true),
        (near.run, false),
    ] {
        for line in lines {
            let value = measured.and_then(line.value);
            let dot = value.map(|value| pos2(x, drawing.y(value)));
            if let Some(dot) = dot.filter(|dot| plot.expand(1.0).contains(*dot)) {
                icons::dot(&painter, dot, look.stroke(4.5), look.colours.paper);
                icons::dot(&painter, dot, look.stroke(3.0), line.colour);
                if rim {
                    // The second run's are hollow.
                    icons::dot(&painter, dot, look.stroke(1.5), look.colours.paper);
                }
            }
        }
    }

    let epoch = format!("epoch {}", text::count(near.epoch));
    let (padding, gap) = (vec2(look.of(7.0), look.of(4.0)), look.of(10.0));
    let write = |words: String, colour| ui.painter().layout_no_wrap(words, look.small(), colour);
    let title = write(epoch.clone(), look.colours.faint);
    let earlier = near
        .earlier
        .map(|measured| (measured, write(EARLIER_BRANCH.to_owned(), look.colours.faint)));
    // The words decide the width of the figures' column below them.
    let earlier_room = earlier.as_ref().map_or(0.0, |(_, words)| gap + words.size().x);
    let of_second = near.second.map(|second| {
        let figure = |line: &Line| write(line.figure_in(second.run), look.colours.ink);
        lines.iter().map(figure).collect::<Vec<_>>()
    });
    let second_room = of_second.as_ref().map_or(0.0, |figures| {
        let widest = figures.iter().map(|figure| figure.size().x);
        gap + widest.fold(look.of(SAMPLE), f32::max)
    });
    let beside_figures = second_room + earlier_room;
    let words_of = |line: &Line| {
        [
            write(line.name.to_owned(), look.colours.text),
            write(line.figure_in(near.run), look.colours.ink),
        ]
    };
    let rows: Vec<_> = lines.iter().map(|line| (line, words_of(line))).collect();
    let indent = look.of(11.0);
    let head_room = if of_second.is_some() {
        gap + look.of(SAMPLE)
    } else {
        0.0
    };
    let row_width = |name: f32, figure: f32| indent + name + gap + figure;
    let inner = rows
        .iter()
        .map(|(_, [name, figure])| row_width(name.size().x, figure.size().x))
        .fold(title.size().x + head_room, f32::max)
        + beside_figures;
    let row = title.size().y + look.of(1.0);
    let size = vec2(inner, row * (rows.len() + 1) as f32) + 2.0 * padding;
    let room = Rect::from_min_max(plot.min, plot.max - vec2(0.0, look.of(12.0))).shrink(2.0);
    let Some(rect) = beside(x, size, room, look.of(8.0), emptier(drawing, columns), other) else {
        return;
    };

    painter.rect_filled(rect, look.of(3.0), palette::translucent(look.colours.paper, 0.93));
    let frame = Stroke::new(1.0, look.colours.hairline);
    painter.rect_stroke(rect, look.of(3.0), frame, StrokeKind::Inside);
    let corner = rect.min + padding;
    painter.galley(corner, title, look.colours.faint);
    let mut said = format!("At {epoch}");
    for (place, (line, [name, figure])) in rows.into_iter().enumerate() {
        let top = corner.y + row * (place + 1) as f32;
        let middle = top + 0.5 * name.size().y;
        icons::dot(
            &painter,
            pos2(corner.x + look.of(3.0), middle),
            look.stroke(3.0),
            line.colour,
        );
        painter.galley(pos2(corner.x + indent, top), name, look.colours.text);
        let right = rect.right() - padding.x;
        let at = Align2::RIGHT_TOP.anchor_size(pos2(right - beside_figures, top), figure.size());
        said += &format!(", {} {}", line.name, figure.text());
        painter.galley(at.min, figure, look.colours.ink);
        if let Some(figures) = &of_second {
            let figure = &figures[place];
            let at = Align2::RIGHT_TOP.anchor_size(pos2(right - earlier_room, top), figure.size());
            painter.galley(at.min, Arc::clone(figure), look.colours.ink);
        }
        if let Some((measured, _)) = &earlier {
            let figure = write(line.figure_in(Some(measured)), look.colours.faint);
            let at = Align2::RIGHT_TOP.anchor_size(pos2(right, top), figure.size());
            said += &format!(", {EARLIER_BRANCH} {}", figure.text());
            painter.galley(at.min, figure, look.colours.faint);
        }
    }
    if let (Some(second), Some(figures)) = (near.second, &of_second) {
        let ends = [second_room + earlier_room, earlier_room].map(|room| rect.right() - padding.x - room);
        for (which, end) in Which::BOTH.into_iter().zip(ends) {
            let sample = Rangef::new(end - look.of(SAMPLE), end);
            which.paint_sample(&painter, sample, corner.y + 0.5 * row, look);
        }
        let [of_first, phrase] = second.phrases;
        said += &format!(" ({of_first})");
        for (line, figure) in lines.iter().zip(figures) {
            said += &format!(", {} {}", line.name, figure.text());
        }
        said += &format!(" ({phrase})");
    }
    if let Some((_, words)) = earlier {
        let at = Align2::RIGHT_TOP.anchor_size(pos2(rect.right() - padding.x, corner.y), words.size());
        painter.galley(at.min, words, look.colours.faint);
    }
    text::announce(ui, rect, &said);
}

/// The end of the plot from which more of the lines' columns are away. It is the same for the whole
/// chart, so that the box does not jump as the pointer moves.
fn emptier(drawing: &Drawing<'_>, columns: &[Vec<Column>]) -> Align {
    let middle = drawing.frame.plot.center().y;
    let shown = columns
        .iter()
        .flatten()
        .filter(|column| drawing.shown.contains(column.epoch));
    let (high, all) = shown.fold((0, 0), |(high, all), column| {
        (high + usize::from(drawing.y(column.middle) < middle), all + 1)
    });
    if 2 * high > all { Align::Max } else { Align::Min }
}

/// A place in the room, right of the line, or left if it does not fit there; at the end asked for,
/// or below `other`, which is at the top. `None` if the room is too small.
fn beside(x: f32, size: Vec2, room: Rect, gap: f32, end: Align, other: Option<Rect>) -> Option<Rect> {
    let left = if x + gap + size.x <= room.right() {
        x + gap
    } else {
        x - gap - size.x
    };
    let left = left.min(room.right() - size.x).max(room.left());
    let at = |top: f32| Rect::from_min_size(pos2(left, top), size);
    let asked = at(match end {
        Align::Max => room.bottom() - size.y,
        _ => room.top(),
    });
    let clear = match other {
        Some(other) if asked.intersects(other) => at(other.bottom() + 2.0),
        _ => asked,
    };
    [clear, asked]
        .into_iter()
        .find(|rect| room.expand(0.5).contains_rect(*rect))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_never_leaves_the_plot() {
        let plot = Rect::from_min_size(pos2(40.0, 20.0), vec2(300.0, 120.0));
        let size = vec2(110.0, 56.0);
        let button = Rect::from_min_size(pos2(270.0, 24.0), vec2(66.0, 18.0));
        for step in 0..=30 {
            let x = 40.0 + 10.0 * step as f32;
            for (other, end) in [
                (None, Align::Min),
                (Some(button), Align::Min),
                (Some(button), Align::Max),
            ] {
                let rect = beside(x, size, plot, 8.0, end, other).unwrap();
                assert!(plot.contains_rect(rect), "{x}: {rect}");
                assert!(!other.is_some_and(|other| rect.intersects(other)), "{x}: {rect}");
                assert!(rect.left() > x || rect.right() < x, "{x} is hidden by {rect}");
            }
        }
        assert_eq!(beside(50.0, size, plot.shrink(40.0), 8.0, Align::Max, None), None);
    }
}
