//! The map of a sweep: a cell for each combination of hyper-parameters, coloured by how its runs ended.
//!
//! Data in, shapes out: a picture of its own, or in the window a page whose cells can be pressed. Its
//! size follows from the map, so that few cells are large enough to carry their figures and many still fit;
//! labels that would run into each other are left out evenly. JS is coloured by its square root: the eye is to tell 0.05 from 0.1,
//! not 0.85 from 0.9.

mod page;

use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};
use lab::sweep::{Cell, Map, Measure, Side};

use crate::palette::{self, Palette};
use crate::style::{Hand, Look, Scale};
use crate::text;

pub(crate) use page::SweepPage;

/// Of a picture for paper and slides: always the light colours.
const LOOK: Look = Look {
    scale: Scale::ONE,
    colours: &Palette::LIGHT,
    hand: Hand::Mouse,
};
const MARGIN: f32 = 24.0;
/// From the picture's top to the cells: heading, three lines, the rows' keys.
const HEAD: f32 = 130.0;
/// From the cells to the picture's bottom: the columns' values and keys, the scale of colours.
const FOOT: f32 = 122.0;
/// The lines of the head fit into this.
const LEAST_WIDTH: f32 = 560.0;
const MOST_SIDE: f32 = 8192.0;
/// No letter of the labels is wider on average.
const LETTER: f32 = 7.0;

/// Width and height of a map's picture, in points; each from 200 to 8,192.
#[must_use]
pub fn size(map: &Map) -> [usize; 2] {
    let layout = Layout::new(map, Pos2::ZERO);
    let width = |side: &Side| label(&side.keys).chars().count() as f32 * LETTER;
    let below = layout.cells.left() + width(&map.columns).max(Layout::BAR.x);
    let right = layout.cells.right().max(below).max(MARGIN + width(&map.rows));
    let size = vec2((right + MARGIN).max(LEAST_WIDTH), layout.cells.bottom() + FOOT);
    [size.x, size.y].map(|side| side.ceil() as usize)
}

/// Paints a map into the upper left of the room that `ui` has, [`size`] large.
pub fn show(ui: &Ui, map: &Map) {
    let layout = Layout::new(map, Pos2::ZERO);
    paint(ui.painter(), map, &layout, LOOK);
}

fn paint(painter: &Painter, map: &Map, layout: &Layout, look: Look) {
    head(painter, map, layout.corner, look);
    for (index, cell) in map.cells.iter().enumerate() {
        let at = [index % map.columns.values.len(), index / map.columns.values.len()];
        paint_cell(painter, map, cell, layout.cell(at), look);
    }
    label_rows(painter, map, layout, look);
    label_columns(painter, map, layout, look);
    colours(painter, map.measure, layout.bar(), look);
}

/// Where things lie.
struct Layout {
    /// Upper left corner of the picture.
    corner: Pos2,
    /// All cells together.
    cells: Rect,
    /// Of one cell, with the gap to the next.
    cell: Vec2,
}

impl Layout {
    /// Size of the scale of colours.
    const BAR: Vec2 = vec2(300.0, 12.0);

    fn new(map: &Map, corner: Pos2) -> Self {
        let letters = map.rows.values.iter().map(|values| label(values).chars().count());
        let left = (letters.max().unwrap_or(0) as f32 * LETTER + 10.0).clamp(12.0, 400.0);
        let counts = [&map.columns, &map.rows].map(|side| side.values.len() as f32);
        let cell = |count: f32, room: f32, most: f32, used: f32| {
            let comfortable = (room / count).floor().clamp(8.0, most);
            comfortable.min((MOST_SIDE - used) / count)
        };
        let cell = vec2(
            cell(counts[0], 900.0, 104.0, left + 2.0 * MARGIN),
            cell(counts[1], 600.0, 56.0, HEAD + FOOT),
        );
        Self {
            corner,
            cells: Rect::from_min_size(
                corner + vec2(MARGIN + left, HEAD),
                cell * vec2(counts[0], counts[1]),
            ),
            cell,
        }
    }

    fn cell(&self, [column, row]: [usize; 2]) -> Rect {
        let corner = self.cells.min + self.cell * vec2(column as f32, row as f32);
        let gap = if self.cell.min_elem() >= 24.0 { 1.0 } else { 0.0 };
        Rect::from_min_size(corner, self.cell - Vec2::splat(gap))
    }

    fn bar(&self) -> Rect {
        let corner = self.cells.left_bottom() + vec2(0.0, FOOT - 54.0);
        Rect::from_min_size(corner, Self::BAR)
    }
}

fn head(painter: &Painter, map: &Map, corner: Pos2, look: Look) {
    const FAILED: &str =
        "A run failed when it diverged, or when its fake samples leave out a mode of the target.";
    let (title, meaning) = match map.measure {
        Measure::MedianJs => (
            "Median JS divergence",
            &[
                "In bits, from 0, fake samples lie as the real ones do, to 1, nowhere together or diverged.",
                FAILED,
            ][..],
        ),
        Measure::Failed => ("Share of failed runs", &[FAILED][..]),
    };
    text::heading(painter, corner + vec2(MARGIN, 18.0), title, look);
    let plural = if map.seeds == 1 { "" } else { "s" };
    let runs = format!(
        "{} seed{plural} a cell, {} epochs a run.",
        text::count(map.seeds as u64),
        text::count(map.epochs)
    );
    for (line, words) in std::iter::once(&runs.as_str()).chain(meaning).enumerate() {
        let place = corner + vec2(MARGIN, 42.0 + 17.0 * line as f32);
        painter.text(place, Align2::LEFT_TOP, *words, look.small(), look.colours.text);
    }
}

/// A value's place on the scale of colours, 0–1.
fn place(measure: Measure, value: f64) -> f32 {
    match measure {
        Measure::MedianJs => value.sqrt() as f32,
        Measure::Failed => value as f32,
    }
}

fn figure(measure: Measure, value: f64) -> String {
    match measure {
        Measure::MedianJs => format!("{value:.2}"),
        Measure::Failed => format!("{:.0} %", 100.0 * value),
    }
}

fn paint_cell(painter: &Painter, map: &Map, cell: &Cell, rect: Rect, look: Look) {
    let Some(value) = cell.value else {
        let line = Stroke::new(1.0, look.colours.hairline);
        painter.rect(rect, 0.0, look.colours.paper, line, StrokeKind::Inside);
        if rect.width() >= 12.0 && rect.height() >= 16.0 {
            painter.text(
                rect.center(),
                Align2::CENTER_CENTER,
                "–",
                look.body(),
                look.colours.off,
            );
        }
        return;
    };
    let place = place(map.measure, value);
    painter.rect_filled(rect, 0.0, palette::badness(place));
    if rect.width() < 36.0 || rect.height() < 18.0 {
        return;
    }
    let ink = if place > 0.6 {
        Color32::WHITE
    } else {
        look.colours.ink
    };
    let remark = if rect.width() >= 84.0 && rect.height() >= 40.0 {
        remark(map, cell)
    } else {
        None
    };
    let middle = rect.center() - vec2(0.0, if remark.is_some() { 8.0 } else { 0.0 });
    let words = figure(map.measure, value);
    painter.text(middle, Align2::CENTER_CENTER, words, look.name(), ink);
    if let Some(remark) = remark {
        let below = rect.center() + vec2(0.0, 9.0);
        painter.text(below, Align2::CENTER_CENTER, remark, look.small(), ink);
    }
}

/// What a cell's figure alone would hide.
fn remark(map: &Map, cell: &Cell) -> Option<String> {
    if cell.runs < map.seeds {
        return Some(format!("{} of {} runs", cell.runs, map.seeds));
    }
    match map.measure {
        Measure::MedianJs if cell.failed > 0 => Some(format!("{} of {} failed", cell.failed, cell.runs)),
        Measure::MedianJs | Measure::Failed => None,
    }
}

/// Several keys or values as one label.
fn label(parts: &[String]) -> String {
    parts.join(" · ")
}

fn label_rows(painter: &Painter, map: &Map, layout: &Layout, look: Look) {
    let Side { keys, values } = &map.rows;
    let above = pos2(layout.corner.x + MARGIN, layout.cells.top() - 9.0);
    painter.text(
        above,
        Align2::LEFT_BOTTOM,
        label(keys),
        look.body(),
        look.colours.ink,
    );
    let step = (15.0 / layout.cell.y).ceil() as usize;
    for (row, values) in values.iter().enumerate().step_by(step.max(1)) {
        let place = layout.cell([0, row]).left_center() - vec2(8.0, 0.0);
        painter.text(
            place,
            Align2::RIGHT_CENTER,
            label(values),
            look.body(),
            look.colours.text,
        );
    }
}

fn label_columns(painter: &Painter, map: &Map, layout: &Layout, look: Look) {
    let Side { keys, values } = &map.columns;
    let left = layout.cells.left_bottom();
    let letters = values.iter().map(|values| label(values).chars().count()).max();
    let width = letters.unwrap_or(0) as f32 * LETTER + 10.0;
    let step = (width / layout.cell.x).ceil() as usize;
    for (column, values) in values.iter().enumerate().step_by(step.max(1)) {
        let place = pos2(layout.cell([column, 0]).center().x, left.y + 6.0);
        painter.text(
            place,
            Align2::CENTER_TOP,
            label(values),
            look.body(),
            look.colours.text,
        );
    }
    let below = left + vec2(0.0, 28.0);
    painter.text(
        below,
        Align2::LEFT_TOP,
        label(keys),
        look.body(),
        look.colours.ink,
    );
}

/// The scale of colours, its figures below.
fn colours(painter: &Painter, measure: Measure, bar: Rect, look: Look) {
    const STRIPS: usize = 100;
    let at = |share: f32| bar.left() + share * bar.width();
    for strip in 0..STRIPS {
        let [from, to] = [strip, strip + 1].map(|strip| at(strip as f32 / STRIPS as f32));
        let colour = palette::badness((strip as f32 + 0.5) / STRIPS as f32);
        let strip = Rect::from_min_max(pos2(from, bar.top()), pos2(to, bar.bottom()));
        painter.rect_filled(strip, 0.0, colour);
    }
    let marks: &[f64] = match measure {
        Measure::MedianJs => &[0.0, 0.05, 0.1, 0.25, 0.5, 1.0],
        Measure::Failed => &[0.0, 0.25, 0.5, 0.75, 1.0],
    };
    for mark in marks {
        let x = at(place(measure, *mark));
        let line = Stroke::new(1.0, look.colours.faint);
        painter.vline(x, bar.bottom()..=bar.bottom() + 3.0, line);
        let words = match measure {
            Measure::MedianJs => mark.to_string(),
            Measure::Failed => figure(measure, *mark),
        };
        let below: Pos2 = pos2(x, bar.bottom() + 5.0);
        painter.text(below, Align2::CENTER_TOP, words, look.small(), look.colours.faint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(columns: usize, rows: usize) -> Map {
        let side = |count: usize| Side {
            keys: vec!["key".to_owned()],
            values: (0..count).map(|value| vec![value.to_string()]).collect(),
        };
        let cell = Cell {
            runs: 1,
            failed: 0,
            value: Some(0.5),
        };
        Map {
            measure: Measure::MedianJs,
            columns: side(columns),
            rows: side(rows),
            cells: vec![cell; columns * rows],
            epochs: 1,
            seeds: 1,
        }
    }

    #[test]
    fn few_cells_are_large_and_many_fit() {
        assert_eq!(Layout::new(&map(3, 2), Pos2::ZERO).cell, vec2(104.0, 56.0));
        assert_eq!(Layout::new(&map(50, 40), Pos2::ZERO).cell, vec2(18.0, 15.0));
        for (columns, rows) in [(1, 1), (3, 2), (300, 1), (1, 300), (100_000, 1), (1, 100_000)] {
            let [width, height] = size(&map(columns, rows));
            assert!((200..=8192).contains(&width), "{columns}×{rows}: {width} wide");
            assert!((200..=8192).contains(&height), "{columns}×{rows}: {height} high");
        }
    }

    #[test]
    fn the_square_root_tells_small_divergences_apart() {
        let at = |js| place(Measure::MedianJs, js);
        assert!(at(0.1) - at(0.05) > 2.0 * (at(0.9) - at(0.85)));
        assert_eq!((at(0.0), at(1.0), place(Measure::Failed, 0.3)), (0.0, 1.0, 0.3));
    }

    #[test]
    fn a_cell_says_what_its_figure_hides() {
        let mut map = map(1, 1);
        let mut cell = map.cells[0];
        assert_eq!(remark(&map, &cell), None);
        (cell.runs, cell.failed, map.seeds) = (4, 1, 4);
        assert_eq!(remark(&map, &cell).as_deref(), Some("1 of 4 failed"));
        map.seeds = 8;
        assert_eq!(remark(&map, &cell).as_deref(), Some("4 of 8 runs"));
        (map.measure, map.seeds) = (Measure::Failed, 4);
        assert_eq!(remark(&map, &cell), None);
    }
}
