//! How far one set of samples has to be moved to become another: the sliced Wasserstein distance of densities.
//!
//! The 1-Wasserstein distance of two distributions on a line is the area between their cumulative distributions;
//! sliced, it is the mean over lines of several directions (Rabin et al. 2011). Four directions, along the grid and
//! across it, need nothing but its counts. Unlike JS, which is 1 wherever nothing overlaps, it says how far there is
//! to go; and it tells a mode that is missed by far from one that is missed closely.

use crate::density::{Density, GRID};

/// Places along a diagonal, and so at most along any direction.
const PLACES: usize = 2 * GRID - 1;

/// Along x, along y, along both, and along the one and against the other.
const DIRECTIONS: [[i8; 2]; 4] = [[1, 0], [0, 1], [1, 1], [1, -1]];

impl Density {
    /// The sliced 1-Wasserstein distance of these samples from others, over four directions, in the means of
    /// distances of these samples from their median: 1 is no nearer than the one point that is nearest to them.
    /// Samples outside the unit square count as one side away from all others. `None` where one set is empty or all
    /// of these are in one cell.
    ///
    /// ```
    /// use gan_core::density::Density;
    ///
    /// let real = Density::of(&[[0.1, 0.5], [0.9, 0.5]]);
    /// assert_eq!(real.wasserstein(&real), Some(0.0));
    /// assert!(real.wasserstein(&Density::of(&[[0.1, 0.5]])) > Some(0.5));
    /// ```
    #[must_use]
    pub fn wasserstein(&self, other: &Self) -> Option<f64> {
        if self.total() == 0 || other.total() == 0 {
            return None;
        }
        let (mut moved, mut spread) = (0.0, 0.0);
        for direction in DIRECTIONS {
            let (one, two) = (self.along(direction), other.along(direction));
            // Neighbouring places on a diagonal are half of a cell's diagonal apart.
            let step = libm::hypot(f64::from(direction[0]), f64::from(direction[1])).recip() / GRID as f64;
            let (mut below, mut others_below) = (0.0, 0.0);
            for (share, others) in one.iter().zip(&two) {
                below += share;
                others_below += others;
                moved += step * (below - others_below).abs();
                spread += step * below.min(1.0 - below).max(0.0);
            }
        }
        let outside = |density: &Self| f64::from(density.outside()) / f64::from(density.total());
        moved += DIRECTIONS.len() as f64 * (outside(self) - outside(other)).abs();
        (spread > 0.0).then(|| moved / spread)
    }

    /// Shares of the samples inside, all together 1, by their place along a direction; all 0 of none.
    fn along(&self, [x, y]: [i8; 2]) -> [f64; PLACES] {
        let mut counts = [0_u32; PLACES];
        for row in 0..GRID {
            for column in 0..GRID {
                let along_y = match y {
                    0 => 0,
                    1 => row,
                    _ => GRID - 1 - row,
                };
                counts[along_y + if x == 0 { 0 } else { column }] += self.count(column, row);
            }
        }
        let inside = f64::from((self.total() - self.outside()).max(1));
        counts.map(|count| f64::from(count) / inside)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::Point;
    use std::vec::Vec;

    /// A square of `side` × `side` points, one a cell, moved.
    fn square(side: usize, by: [f32; 2]) -> Density {
        let at = |index: usize| (index as f32 + 0.5) / GRID as f32;
        let points = (0..side * side).map(|index| [at(index % side) + by[0], at(index / side) + by[1]]);
        Density::of(&points.collect::<Vec<Point>>())
    }

    #[test]
    fn what_is_moved_is_as_far_as_it_was_moved() {
        let here = square(10, [0.0, 0.0]);
        assert_eq!(here.wasserstein(&here), Some(0.0));
        // Along x by a third of the side: as much along x, nothing along y, and 1/√2 of it along both diagonals.
        let moved = here.wasserstein(&square(10, [1.0 / 3.0, 0.0])).unwrap();
        // Distances from the median of ten places in a row, and of the two dice that a diagonal is.
        let row = 2.5 / 30.0;
        let diagonal = 3.3 / 30.0 / core::f64::consts::SQRT_2;
        let by_hand = (1.0 / 3.0) * (1.0 + core::f64::consts::SQRT_2) / (2.0 * row + 2.0 * diagonal);
        assert!((moved - by_hand).abs() < 1e-9, "{moved} {by_hand}");
        // All four directions are alike for what is moved along a diagonal and along the other.
        let [up, down] = [[0.2, 0.2], [0.2, -0.2]].map(|by| {
            let middle = square(10, [0.3, 0.3]);
            middle
                .wasserstein(&square(10, [0.3 + by[0], 0.3 + by[1]]))
                .unwrap()
        });
        assert!((up - down).abs() < 1e-9, "{up} {down}");
    }

    #[test]
    fn one_point_in_the_middle_is_at_one() {
        let all = square(15, [0.25, 0.25]);
        let middle = Density::of(&[[0.5, 0.5]]);
        assert!((all.wasserstein(&middle).unwrap() - 1.0).abs() < 1e-9);
        // Outside is a side away from where all are, in each direction.
        let outside = Density::of(&[[2.0, 2.0]]);
        assert!(all.wasserstein(&outside).unwrap() > 3.0);
        assert_eq!(Density::of(&[]).wasserstein(&all), None);
        assert_eq!(all.wasserstein(&Density::of(&[])), None);
        assert_eq!(middle.wasserstein(&all), None);
    }
}
