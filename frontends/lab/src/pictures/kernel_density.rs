//! How densely samples lie, smoothly, for contour lines.
//!
//! A kernel density estimate (Rosenblatt 1956, Parzen 1962) on a grid: samples are counted into cells,
//! shared among the four nearest, and smoothed by three moving averages, which together are nearly a
//! Gaussian kernel. How wide: as wide as hardly makes other samples of the same source less likely
//! (cross-validation, and of what is nearly best the smoothest); a thin line wants little, a broad cluster
//! much. Levels are chosen by what they enclose (highest density regions; Hyndman 1996), of those other
//! samples too: each sample raises the density around itself, so the estimate is too high at its own.

use gan_core::Point;

/// Cells of the grid along each side of the unit square.
const CELLS: usize = 240;
/// Cells beyond it at each side, so that lines close outside of what is seen.
const MARGIN: usize = 30;
/// Values along a side.
const SIDE: usize = CELLS + 2 * MARGIN;
/// Radii of the moving averages that are tried: three of radius r are a kernel with a standard deviation
/// of √(r(r + 1)) cells.
const RADII: [usize; 7] = [1, 2, 3, 4, 6, 8, 11];
/// Loss in the mean logarithm of the density that a smoother estimate may cost, in nats.
const TOLERANCE: f64 = 0.02;

/// A density on a grid of points over the unit square and a little beyond.
#[derive(Clone, Debug, PartialEq)]
pub struct KernelDensity {
    /// `[row][column]`, the outermost 0; samples per cell.
    values: Vec<f32>,
    /// The density at each of the other samples, falling.
    at_others: Vec<f32>,
}

impl KernelDensity {
    /// Estimates the density of these samples; `others` from the same source judge its smoothing
    /// and levels. No contour line encloses a sample that lies outside the unit square or is no
    /// number. Takes some ten milliseconds.
    #[must_use]
    pub fn of(samples: &[Point], others: &[Point]) -> Self {
        let counts = counted(samples);
        let tried = RADII.map(|radius| {
            let smoothed = smooth(&counts, radius);
            (mean_log(&smoothed, others), smoothed)
        });
        let best = tried
            .iter()
            .map(|(likelihood, _)| *likelihood)
            .fold(f64::MIN, f64::max);
        let chosen = tried
            .into_iter()
            .rev()
            .find(|(likelihood, _)| *likelihood >= best - TOLERANCE);
        // The best itself is near enough to the best.
        let values = chosen.map_or(counts, |(_, values)| values);
        let mut at_others: Vec<f32> = others.iter().map(|sample| between(&values, *sample)).collect();
        at_others.sort_by(|one, other| other.total_cmp(one));
        Self { values, at_others }
    }

    /// Values along each side of the grid.
    pub const SIDE: usize = SIDE;

    /// The density at the points of the grid, in samples a cell, `[row][column]`; 0 at the outermost.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Place of a grid position in the coordinates of samples; fractions lie between points.
    #[must_use]
    pub fn place(column: f32, row: f32) -> Point {
        [column, row].map(|index| (index - MARGIN as f32 + 0.5) / CELLS as f32)
    }

    /// The density that as large a share of the samples (0–1) exceeds: its contour lines enclose that
    /// share. `None` where there is no such line, because too many samples lie outside.
    #[must_use]
    pub fn level(&self, share: f32) -> Option<f32> {
        let enclosed = (share * self.at_others.len() as f32) as usize;
        let level = *self.at_others.get(enclosed)?;
        (level > 0.0).then_some(level)
    }
}

/// Position of a sample on the grid, if it lies in the unit square.
fn on_grid(sample: Point) -> Option<[f32; 2]> {
    let inside = sample.iter().all(|place| (0.0..=1.0).contains(place));
    inside.then(|| sample.map(|place| place * CELLS as f32 + MARGIN as f32 - 0.5))
}

/// The four points of the grid around a sample, with the share that each has in it.
fn around(sample: Point) -> Option<[(usize, f32); 4]> {
    let place = on_grid(sample)?;
    let [column, row] = place.map(|place| place as usize);
    let [x, y] = place.map(|place| place - place.floor());
    let corner = row * SIDE + column;
    Some([
        (corner, (1.0 - x) * (1.0 - y)),
        (corner + 1, x * (1.0 - y)),
        (corner + SIDE, (1.0 - x) * y),
        (corner + SIDE + 1, x * y),
    ])
}

fn counted(samples: &[Point]) -> Vec<f32> {
    let mut grid = vec![0.0; SIDE * SIDE];
    for (cell, share) in samples.iter().filter_map(|sample| around(*sample)).flatten() {
        grid[cell] += share;
    }
    grid
}

/// The grid's value at a sample, linear between its points.
fn between(grid: &[f32], sample: Point) -> f32 {
    let weighted = |(cell, share): (usize, f32)| share * grid[cell];
    around(sample).map_or(0.0, |points| points.into_iter().map(weighted).sum())
}

/// Mean logarithm of the density at samples, up to a constant; what lies where there is none counts as
/// a thousandth of a sample a cell. 0 without samples.
fn mean_log(grid: &[f32], samples: &[Point]) -> f64 {
    let log = |sample: &Point| libm::log(f64::from(between(grid, *sample)).max(1e-3));
    let inside = samples.iter().filter(|sample| on_grid(**sample).is_some());
    inside.map(log).sum::<f64>() / samples.len().max(1) as f64
}

/// Three moving averages over 2r + 1 cells, along rows and then columns. The outermost ring stays zero.
fn smooth(grid: &[f32], radius: usize) -> Vec<f32> {
    let mut smoothed = grid.to_vec();
    for _ in 0..3 {
        // Averaging along rows and turning, twice, is averaging along both.
        for _ in 0..2 {
            smoothed = averaged_and_turned(&smoothed, radius);
        }
    }
    smoothed
}

/// The moving average along rows, of a grid that is 0 beyond its border; rows become columns.
fn averaged_and_turned(grid: &[f32], radius: usize) -> Vec<f32> {
    let mut turned = vec![0.0; SIDE * SIDE];
    for (row, values) in grid.chunks_exact(SIDE).enumerate().skip(1).take(SIDE - 2) {
        let mut sum: f64 = values[..=radius].iter().map(|value| f64::from(*value)).sum();
        for column in 1..SIDE - 1 {
            sum += values.get(column + radius).map_or(0.0, |value| f64::from(*value));
            if column > radius {
                sum -= f64::from(values[column - radius - 1]);
            }
            turned[column * SIDE + row] = (sum / (2 * radius + 1) as f64) as f32;
        }
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Experiment, Observer, checks::observer};
    use gan_core::Preset;

    /// The share of samples where the density exceeds a level.
    fn enclosed(density: &KernelDensity, samples: &[Point], level: f32) -> f64 {
        let inside = |sample: &&Point| between(&density.values, **sample) > level;
        samples.iter().filter(inside).count() as f64 / samples.len() as f64
    }

    #[test]
    fn levels_enclose_their_share_of_samples() {
        for preset in Preset::ALL {
            let density = observer::kernel_density(&Experiment::preset(preset, 1));
            let fresh = Observer::new(&Experiment::preset(preset, 2)).real().to_vec();
            for share in [0.25, 0.5, 0.75, 0.95_f32] {
                let level = density.level(share).unwrap();
                let enclosed = enclosed(&density, &fresh, level);
                println!("{preset:?}: {share}: {enclosed:.4}");
                // Four standard deviations of a share of 10,000.
                assert!(
                    (enclosed - f64::from(share)).abs() < 0.02,
                    "{preset:?} {share}: {enclosed}"
                );
            }
        }
    }

    #[test]
    fn a_thin_line_is_smoothed_less_than_a_broad_cluster() {
        // How much higher the highest value is than it would be of samples spread evenly.
        let height = |preset| {
            let density = observer::kernel_density(&Experiment::preset(preset, 1));
            let highest = density.values.iter().copied().fold(0.0, f32::max);
            highest * (CELLS * CELLS) as f32 / density.values.iter().sum::<f32>()
        };
        // Exact: 1/(length · √(2π) · 0.01) = 49 for the line, 1/(2π · 0.025²)/3 = 85 for a cluster, and
        // 0.5/(2π · 0.1²) = 8 for the broad Gaussian.
        for (preset, exact) in [
            (Preset::Line, 49.4),
            (Preset::Disjoint, 84.9),
            (Preset::Gaussians, 8.0),
        ] {
            let height = height(preset);
            println!("{preset:?}: {height} of {exact}");
            assert!(
                height > 0.75 * exact && height < 1.1 * exact,
                "{preset:?}: {height} of {exact}"
            );
        }
    }

    #[test]
    fn few_samples_samples_outside_and_none() {
        let none = KernelDensity::of(&[], &[]);
        assert_eq!(none.level(0.5), None);
        let corners = [[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.5, 0.5]];
        assert!(KernelDensity::of(&corners, &corners).level(0.5).is_some());
        let outside = [[0.5, 0.5], [2.0, 0.5], [-0.1, 0.5], [f32::NAN, 0.5]];
        let density = KernelDensity::of(&outside, &outside);
        assert!(density.level(0.2).is_some());
        assert_eq!(density.level(0.5), None, "three of four lie outside");
        assert_eq!(density.level(1.0), None);
    }

    #[test]
    fn places_of_the_grid_are_where_samples_were_counted() {
        let sample = [0.25, 0.75];
        let [column, row] = on_grid(sample).unwrap();
        let place = KernelDensity::place(column, row);
        assert!((place[0] - 0.25).abs() < 1e-6 && (place[1] - 0.75).abs() < 1e-6);
        let density = KernelDensity::of(&[sample; 50], &[sample]);
        let highest = density.values.iter().copied().fold(0.0, f32::max);
        assert_eq!(
            density.values()[row.round() as usize * SIDE + column.round() as usize],
            highest
        );
    }
}
