//! The generator's image of the square of noise: a warped grid. The denser the samples in a cell,
//! the more opaque the cell, as in gan-lab's canvas (GAN Lab's formulas).

use gan_core::configuration::{Configuration, NoiseKind};
use gan_core::evaluate::Evaluator;
use gan_core::{Point, Profile};

use super::colours;
use super::{Display, blend, place};

/// Cells a side.
const SIDE: usize = 20;
const CORNERS: usize = SIDE + 1;
const CELLS: f32 = (SIDE * SIDE) as f32;
/// Opacity of the grid's lines, of 256.
const LINE_OPACITY: f32 = 80.0;

pub(super) fn paint<P: Profile>(
    display: &mut Display<'_>,
    generator: &mut Evaluator<'_, P>,
    configuration: &Configuration,
) {
    let mut corners = [[[0.0; 2]; CORNERS]; CORNERS];
    for (row, corners) in corners.iter_mut().enumerate() {
        let mut noise = [[0.0; 2]; CORNERS];
        for (column, vector) in noise.iter_mut().enumerate() {
            let at = [column, row].map(|index| index as f32 / SIDE as f32);
            *vector = at.map(|value| configuration.techniques.inputs.normalize(value));
        }
        generator.generate(noise.as_flattened(), corners);
    }
    for row in 0..SIDE {
        for column in 0..SIDE {
            let [lower, upper] = [&corners[row], &corners[row + 1]];
            let around = [lower[column], lower[column + 1], upper[column + 1], upper[column]];
            let share = density(configuration.noise.kind, column) * density(configuration.noise.kind, row);
            let opacity = opacity(configuration.noise.kind, share, area(around));
            let places = around.map(place).map(fixed);
            triangle(display, [places[0], places[1], places[2]], opacity);
            triangle(display, [places[0], places[2], places[3]], opacity);
        }
    }
    for row in &corners {
        for [from, to] in row.array_windows() {
            line(display, *from, *to);
        }
    }
    for [lower, upper] in corners.array_windows() {
        for (from, to) in lower.iter().zip(upper) {
            line(display, *from, *to);
        }
    }
}

/// Share of a component's noise in one of the grid's columns, as a multiple of the mean.
fn density(kind: NoiseKind, column: usize) -> f32 {
    match kind {
        // Spherical noise: the grid is a plane through the sphere.
        NoiseKind::Uniform | NoiseKind::Spherical => 1.0,
        NoiseKind::Normal => {
            // Deviations from the middle: 0.25 each, two of them to each side.
            let below =
                |edge: usize| libm::erf((edge as f64 / SIDE as f64 - 0.5) * 4.0 / core::f64::consts::SQRT_2);
            let share = (below(column + 1) - below(column)) / (below(SIDE) - below(0));
            share as f32 * SIDE as f32
        }
    }
}

/// A cell's area, in shares of the unit square: the shoelace formula.
fn area([a, b, c, d]: [Point; 4]) -> f32 {
    0.5 * ((c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1])).abs()
}

/// Opacity of a cell of this density of noise and this area, of 256.
fn opacity(kind: NoiseKind, density: f32, area: f32) -> u32 {
    let spread = CELLS * area;
    let opacity = match kind {
        NoiseKind::Uniform | NoiseKind::Spherical => (0.9 - 0.4 * spread).max(0.1),
        // A cell without area has all its density in a point: infinity, so 0.9.
        NoiseKind::Normal => (0.1 + 0.2 * density / spread).min(0.9),
    };
    (opacity * 256.0 + 0.5) as u32
}

/// Sixteenths of a pixel.
const UNIT: i32 = 16;

/// Far outside it stays outside, and products stay small.
fn fixed(place: [f32; 2]) -> [i32; 2] {
    place.map(|value| (value.clamp(-1000.0, 1000.0) * UNIT as f32) as i32)
}

/// Fills the pixels whose middle lies within; one on an edge belongs to the triangle at its right or below it,
/// so that neighbours leave no gap and share no pixel.
fn triangle(display: &mut Display<'_>, [a, b, c]: [[i32; 2]; 3], opacity: u32) {
    let cross = |[ax, ay]: [i32; 2], [bx, by]: [i32; 2], [px, py]: [i32; 2]| {
        (bx - ax) * (py - ay) - (by - ay) * (px - ax)
    };
    let doubled = cross(a, b, c);
    if doubled == 0 {
        return;
    }
    let [a, b, c] = if doubled > 0 { [a, b, c] } else { [a, c, b] };
    // An edge's own points count where it goes up, or right at the top.
    let bias = |[ax, ay]: [i32; 2], [bx, by]: [i32; 2]| i32::from(!(by < ay || (by == ay && bx > ax)));
    let edges = [(a, b), (b, c), (c, a)].map(|(from, to)| (from, to, bias(from, to)));
    let range = |axis: usize, most: i32| {
        let values = [a[axis], b[axis], c[axis]];
        let [least, greatest] =
            [values.iter().min(), values.iter().max()].map(|value| value.map_or(0, |v| *v));
        (least.div_euclid(UNIT)).max(0)..(greatest.div_euclid(UNIT) + 1).min(most)
    };
    for y in range(1, super::CANVAS as i32) {
        for x in range(0, super::CANVAS as i32) {
            let middle = [x * UNIT + UNIT / 2, y * UNIT + UNIT / 2];
            if edges
                .iter()
                .all(|(from, to, bias)| cross(*from, *to, middle) >= *bias)
            {
                blend(display, x, y, colours::FAKE, opacity);
            }
        }
    }
}

/// A thin line, smooth along its shorter axis (Wu 1991).
fn line(display: &mut Display<'_>, from: Point, to: Point) {
    let [mut from, mut to] =
        [from, to].map(|point| place(point).map(|value| value.clamp(-1000.0, 1000.0) - 0.5));
    let steep = (to[1] - from[1]).abs() > (to[0] - from[0]).abs();
    if steep {
        from.swap(0, 1);
        to.swap(0, 1);
    }
    if from[0] > to[0] {
        (from, to) = (to, from);
    }
    let length = to[0] - from[0];
    // Half open, so that lines that meet share no pixel.
    for along in libm::ceilf(from[0]) as i32..libm::ceilf(to[0]) as i32 {
        let across = from[1] + (along as f32 - from[0]) / length * (to[1] - from[1]);
        let whole = libm::floorf(across);
        for (row, share) in [(0, 1.0 - (across - whole)), (1, across - whole)] {
            let (x, y) = (along, whole as i32 + row);
            let (x, y) = if steep { (y, x) } else { (x, y) };
            blend(display, x, y, colours::GRID_LINE, (share * LINE_OPACITY) as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use core::sync::atomic::AtomicU16;

    use super::*;
    use crate::picture::{HEIGHT, WIDTH};

    fn pixels() -> std::vec::Vec<u16> {
        let pixels = [const { AtomicU16::new(0) }; (WIDTH * HEIGHT) as usize];
        let mut display = Display::new(&pixels);
        // A fan of triangles around a point between pixels, its rim beyond the canvas' corner.
        let middle = [7 * UNIT + 3, 9 * UNIT + 5];
        let rim = [
            [-300, -80],
            [500, -220],
            [900, 40],
            [420, 700],
            [100, 650],
            [-300, 200],
        ];
        for (index, from) in rim.iter().enumerate() {
            triangle(&mut display, [middle, *from, rim[(index + 1) % rim.len()]], 128);
        }
        display.rows().flatten().collect()
    }

    #[test]
    fn neighbouring_triangles_leave_no_gap_and_share_no_pixel() {
        let pixels = pixels();
        let mut colours: std::vec::Vec<u16> = pixels.clone();
        colours.sort_unstable();
        colours.dedup();
        // Black, and the manifold's colour laid over it once.
        assert_eq!(colours.len(), 2, "{colours:x?}");
        assert_eq!(pixels[9 * WIDTH as usize + 7], colours[1]);
        assert_eq!(pixels[0], colours[1]);
    }

    #[test]
    fn a_cell_of_the_unwarped_grid_is_as_opaque_as_the_desktops() {
        let area = 1.0 / CELLS;
        assert_eq!(opacity(NoiseKind::Uniform, 1.0, area), 128);
        assert_eq!(opacity(NoiseKind::Normal, 1.0, area), 77);
        assert_eq!(opacity(NoiseKind::Normal, 1.0, 0.0), 230);
        let whole: f32 = (0..SIDE).map(|column| density(NoiseKind::Normal, column)).sum();
        assert!((whole / SIDE as f32 - 1.0).abs() < 1e-5, "{whole}");
    }
}
