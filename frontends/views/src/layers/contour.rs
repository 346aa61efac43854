//! Contour lines of the density of the real samples: marching squares (Lorensen and Cline 1987, in the
//! plane) over the smoothed 30×30 counts.
//!
//! Our own, because it is the hundred lines below; the crate `contour` would bring six others. Lines
//! are traced from cell to cell, not drawn as loose segments, so that joints stay clean.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Painter, Shape, Stroke};
use gan_core::Point;
use gan_core::density::{Density, GRID};

use crate::palette::{self, Palette};
use crate::projection::Projection;

/// Levels of the lines, as shares of the highest density.
const LEVELS: [f32; 4] = [0.1, 0.3, 0.5, 0.7];
/// Passes of the binomial filter 1 4 6 4 1: each adds a variance of one cell.
const SMOOTHING: usize = 1;
/// Samples of the grid along a side, with a frame of zeros that closes every line.
const SIDE: usize = GRID + 2;

/// Contour lines of one density. Tracing takes longer than drawing: keep them with what they show.
#[derive(Clone, Debug)]
pub struct Contours {
    of: Arc<Density>,
    lines: Vec<Contour>,
}

/// A closed line.
#[derive(Clone, Debug)]
struct Contour {
    /// Share of the highest density, 0–1.
    level: f32,
    /// Its corners, the last joined to the first.
    points: Vec<Point>,
}

impl Contours {
    /// Traces a density's.
    #[must_use]
    pub fn of(density: &Arc<Density>) -> Self {
        let grid = smooth(density);
        let highest = grid.iter().copied().fold(0.0, f32::max);
        let lines = LEVELS.into_iter().flat_map(|level| {
            let rings = trace(&grid, level * highest);
            rings.into_iter().map(move |ring| Contour {
                level,
                points: cut_corners(&cut_corners(&ring)),
            })
        });
        Self {
            of: Arc::clone(density),
            lines: if highest > 0.0 {
                lines.collect()
            } else {
                Vec::new()
            },
        }
    }

    /// Traces anew if they are of another density.
    pub fn follow(&mut self, density: &Arc<Density>) {
        if !Arc::ptr_eq(&self.of, density) {
            *self = Self::of(density);
        }
    }

    pub(super) fn paint(&self, colours: &Palette, painter: &Painter, projection: &Projection) {
        for Contour { level, points } in &self.lines {
            let colour = palette::translucent(colours.real, 0.35 + 0.6 * level);
            let places = points.iter().map(|point| projection.place(*point)).collect();
            let stroke = Stroke::new(1.6 * projection.line_width(), colour);
            painter.add(Shape::closed_line(places, stroke));
        }
    }
}

/// The counts, framed and smoothed, `[row][column]`.
fn smooth(density: &Density) -> Vec<f32> {
    let mut grid = vec![0.0; SIDE * SIDE];
    for row in 0..GRID {
        for column in 0..GRID {
            grid[(row + 1) * SIDE + column + 1] = density.count(column, row) as f32;
        }
    }
    for _ in 0..SMOOTHING {
        for step in [1, SIDE] {
            let before = grid.clone();
            // Cells of the frame stay zero.
            for row in 1..=GRID {
                for column in 1..=GRID {
                    let cell = row * SIDE + column;
                    let along = if step == 1 { column } else { row };
                    let at = |offset: isize| {
                        // Beyond the frame there is nothing.
                        let inside = (0..SIDE as isize).contains(&(along as isize + offset));
                        if inside {
                            before[cell.wrapping_add_signed(offset * step as isize)]
                        } else {
                            0.0
                        }
                    };
                    grid[cell] = (at(-2) + 4.0 * at(-1) + 6.0 * at(0) + 4.0 * at(1) + at(2)) / 16.0;
                }
            }
        }
    }
    grid
}

/// An edge between two neighbouring samples of the grid, by the lower one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    /// To the next column.
    Across(usize),
    /// To the next row.
    Up(usize),
}

/// All closed lines along which the grid has this value, higher ground on their left.
fn trace(grid: &[f32], value: f32) -> Vec<Vec<Point>> {
    let mut next = BTreeMap::new();
    for row in 0..SIDE - 1 {
        for column in 0..SIDE - 1 {
            for (from, to) in segments(grid, value, row * SIDE + column) {
                next.insert(from, to);
            }
        }
    }
    let mut rings = Vec::new();
    while let Some((start, mut to)) = next.pop_first() {
        let mut ring = vec![crossing(grid, value, start)];
        while to != start {
            ring.push(crossing(grid, value, to));
            // The frame of zeros closes every line, so each end is another's beginning.
            let Some(following) = next.remove(&to) else { break };
            to = following;
        }
        rings.push(ring);
    }
    rings
}

/// Chaikin's rule (1974): each corner of a closed line makes way for two, a quarter along its sides.
fn cut_corners(ring: &[Point]) -> Vec<Point> {
    let following = ring.iter().cycle().skip(1);
    let along =
        |from: Point, to: Point, share: f32| [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]));
    ring.iter()
        .zip(following)
        .flat_map(|(from, to)| [along(*from, *to, 0.25), along(*from, *to, 0.75)])
        .collect()
}

/// The lines through the square whose lowest sample is `corner`.
fn segments(grid: &[f32], value: f32, corner: usize) -> impl Iterator<Item = (Edge, Edge)> {
    let (bottom, top) = (Edge::Across(corner), Edge::Across(corner + SIDE));
    let (left, right) = (Edge::Up(corner), Edge::Up(corner + 1));
    let corners = [corner, corner + 1, corner + SIDE + 1, corner + SIDE];
    let above = corners.map(|sample| grid[sample] > value);
    let mean = corners.map(|sample| grid[sample]).iter().sum::<f32>() / 4.0;
    // Corners counter-clockwise from the lower left.
    let (one, two) = match above {
        [false, false, false, false] | [true, true, true, true] => (None, None),
        [true, false, false, false] => (Some((bottom, left)), None),
        [false, true, false, false] => (Some((right, bottom)), None),
        [false, false, true, false] => (Some((top, right)), None),
        [false, false, false, true] => (Some((left, top)), None),
        [true, true, false, false] => (Some((right, left)), None),
        [false, true, true, false] => (Some((top, bottom)), None),
        [false, false, true, true] => (Some((left, right)), None),
        [true, false, false, true] => (Some((bottom, top)), None),
        [false, true, true, true] => (Some((left, bottom)), None),
        [true, false, true, true] => (Some((bottom, right)), None),
        [true, true, false, true] => (Some((right, top)), None),
        [true, true, true, false] => (Some((top, left)), None),
        // Saddles: the mean tells whether the high corners are joined.
        [true, false, true, false] if mean > value => (Some((bottom, right)), Some((top, left))),
        [true, false, true, false] => (Some((bottom, left)), Some((top, right))),
        [false, true, false, true] if mean > value => (Some((left, bottom)), Some((right, top))),
        [false, true, false, true] => (Some((right, bottom)), Some((left, top))),
    };
    one.into_iter().chain(two)
}

/// Where the value lies on an edge, in the coordinates of samples.
fn crossing(grid: &[f32], value: f32, edge: Edge) -> Point {
    let (from, to) = match edge {
        Edge::Across(sample) => (sample, sample + 1),
        Edge::Up(sample) => (sample, sample + SIDE),
    };
    // The ends lie on different sides of the value, so they differ.
    let share = (value - grid[from]) / (grid[to] - grid[from]);
    // A count belongs to the centre of its cell; the frame has index 0.
    let centre = |index: usize| (index as f32 - 0.5) / GRID as f32;
    let (x, y) = (centre(from % SIDE), centre(from / SIDE));
    match edge {
        Edge::Across(_) => [x + share / GRID as f32, y],
        Edge::Up(_) => [x, y + share / GRID as f32],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points on a circle of radius 0.3, a disc's worth of them, from a lattice.
    fn disc() -> Arc<Density> {
        let lattice = (0..300 * 300).map(|n| [(n % 300) as f32 / 300.0, (n / 300) as f32 / 300.0]);
        let points: Vec<Point> = lattice
            .filter(|[x, y]| (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5) < 0.09)
            .collect();
        Arc::new(Density::of(&points))
    }

    #[test]
    fn a_disc_has_round_closed_lines() {
        let contours = Contours::of(&disc());
        assert_eq!(contours.lines.len(), LEVELS.len(), "one line a level");
        let half = contours.lines.iter().find(|line| line.level == 0.5).unwrap();
        for [x, y] in &half.points {
            let radius = ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)).sqrt();
            assert!((radius - 0.3).abs() < 0.02, "{radius}");
        }
        // Closed: from each corner to the next, and from the last to the first, no further than a cell.
        let following = half.points.iter().cycle().skip(1);
        for (from, to) in half.points.iter().zip(following) {
            assert!((from[0] - to[0]).abs() < 0.04 && (from[1] - to[1]).abs() < 0.04);
        }
    }

    #[test]
    fn samples_at_the_border_and_none_at_all() {
        let corner = Contours::of(&Arc::new(Density::of(&[[0.0, 0.0], [0.999, 0.999]])));
        assert!(corner.lines.len() >= 2 * LEVELS.len());
        assert!(Contours::of(&Arc::new(Density::of(&[]))).lines.is_empty());
    }

    #[test]
    fn a_saddle_keeps_its_lines_apart_or_joins_them() {
        let mut grid = vec![0.0; SIDE * SIDE];
        for (column, row) in [(5, 5), (6, 6)] {
            grid[row * SIDE + column] = 1.0;
        }
        assert_eq!(trace(&grid, 0.6).len(), 2);
        assert_eq!(trace(&grid, 0.4).len(), 1);
    }
}
