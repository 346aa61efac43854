//! Contour lines of the density of the real samples: marching squares (Lorensen and Cline 1987, in the
//! plane) over its kernel density estimate. Each line encloses a known share of the samples.
//!
//! Our own, because it is the hundred lines below; the crate `contour` would bring six others. Lines
//! are traced from cell to cell, not drawn as loose segments, so that joints stay clean.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Painter, Shape, Stroke};
use gan_core::Point;
use lab::KernelDensity;

use crate::palette::{self, Palette};
use crate::projection::Projection;

/// Shares of the samples that lines enclose, from the outermost; the legend names them.
const SHARES: [f32; 4] = [0.95, 0.75, 0.5, 0.25];
/// Points of the grid along a side; the outermost are zero, which closes every line.
const SIDE: usize = KernelDensity::SIDE;

/// Contour lines of one density. Tracing takes longer than drawing: keep them with what they show.
#[derive(Clone, Debug)]
pub struct Contours {
    of: Arc<KernelDensity>,
    lines: Vec<Contour>,
}

/// A closed line.
#[derive(Clone, Debug)]
struct Contour {
    /// Share of the samples that the lines of its level enclose, 0–1.
    share: f32,
    /// Corners of the line, the last joined to the first.
    points: Vec<Point>,
}

impl Contours {
    /// Traces a density's.
    #[must_use]
    pub fn of(density: &Arc<KernelDensity>) -> Self {
        let lines = SHARES.into_iter().flat_map(|share| {
            let rings = density.level(share).map(|level| trace(density.values(), level));
            let line = move |points: Vec<Point>| Contour { share, points };
            rings.into_iter().flatten().map(line)
        });
        Self {
            of: Arc::clone(density),
            lines: lines.collect(),
        }
    }

    /// Traces anew if they are of another density.
    pub fn follow(&mut self, density: &Arc<KernelDensity>) {
        if !Arc::ptr_eq(&self.of, density) {
            *self = Self::of(density);
        }
    }

    pub(super) fn paint(&self, colours: &Palette, painter: &Painter, projection: &Projection) {
        for Contour { share, points } in &self.lines {
            let colour = palette::translucent(colours.real, 1.0 - 0.5 * share);
            let places = points.iter().map(|point| projection.place(*point)).collect();
            let stroke = Stroke::new(1.7 * projection.line_width(), colour);
            painter.add(Shape::closed_line(places, stroke));
        }
    }
}

/// An edge between two neighbouring samples of the grid, by the lower one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    /// The edge to the next column.
    Across(usize),
    /// The edge to the next row.
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

/// Returns the point of an edge that has the value, in the coordinates of samples.
fn crossing(grid: &[f32], value: f32, edge: Edge) -> Point {
    let (from, to) = match edge {
        Edge::Across(sample) => (sample, sample + 1),
        Edge::Up(sample) => (sample, sample + SIDE),
    };
    // The ends lie on different sides of the value, so they differ.
    let share = (value - grid[from]) / (grid[to] - grid[from]);
    let [column, row] = [from % SIDE, from / SIDE].map(|index| index as f32);
    match edge {
        Edge::Across(_) => KernelDensity::place(column + share, row),
        Edge::Up(_) => KernelDensity::place(column, row + share),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use lab::Experiment;
    use lab::checks::observer::kernel_density;

    /// A disc of radius 0.3, from a lattice: what lines enclose is its middle.
    fn disc() -> Arc<KernelDensity> {
        let lattice = (0..300 * 300).map(|n| [(n % 300) as f32 / 300.0, (n / 300) as f32 / 300.0]);
        let inside = |[x, y]: &Point| (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5) < 0.09;
        let points: Vec<Point> = lattice.filter(inside).collect();
        Arc::new(KernelDensity::of(&points, &points))
    }

    #[test]
    fn a_disc_has_round_closed_lines() {
        let contours = Contours::of(&disc());
        let outermost = contours.lines.iter().find(|line| line.share == 0.95).unwrap();
        assert!(outermost.points.len() > 100);
        for [x, y] in &outermost.points {
            let radius = ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)).sqrt();
            assert!((radius - 0.3).abs() < 0.02, "{radius}");
        }
        // Closed: from each corner to the next, and from the last to the first, no further than a cell.
        let following = outermost.points.iter().cycle().skip(1);
        for (from, to) in outermost.points.iter().zip(following) {
            assert!((from[0] - to[0]).abs() < 0.015 && (from[1] - to[1]).abs() < 0.015);
        }
    }

    #[test]
    fn lines_of_the_targets_are_few_and_lie_within_one_another() {
        for preset in Preset::ALL {
            let density = kernel_density(&Experiment::preset(preset, 1));
            let contours = Contours::of(&Arc::new(density));
            let of = |share: f32| contours.lines.iter().filter(move |line| line.share == share);
            for share in SHARES {
                let count = of(share).count();
                println!("{preset:?}: {count} lines around {share}");
                assert!((1..40).contains(&count), "{preset:?}: {count}");
            }
        }
    }

    #[test]
    fn samples_at_the_border_and_none_at_all() {
        let corners = [[0.0, 0.0], [0.999, 0.999]];
        let contours = Contours::of(&Arc::new(KernelDensity::of(&corners, &corners)));
        assert!(contours.lines.len() >= 2);
        assert!(
            Contours::of(&Arc::new(KernelDensity::of(&[], &[])))
                .lines
                .is_empty()
        );
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
