//! The discriminator's output all over the unit square, as coarse as GAN Lab shows it or as fine as a
//! canvas has pixels.

use gan_core::Point;
use serde::{Deserialize, Serialize};

/// Cells of a heatmap along each side, 30 to 1024.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "usize", into = "usize")]
pub struct HeatmapSide(u16);

impl HeatmapSide {
    /// 30, as in GAN Lab; nothing is coarser.
    pub const AS_IN_GAN_LAB: Self = Self(30);
    /// 1024: a million cells, four megabytes. A larger canvas interpolates.
    pub const MOST: Self = Self(1024);

    /// So many cells, or as near to that as is allowed.
    #[must_use]
    pub fn nearest(cells: usize) -> Self {
        let [least, most] = [Self::AS_IN_GAN_LAB, Self::MOST].map(Self::get);
        Self(cells.clamp(least, most) as u16)
    }

    /// How many cells.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0 as usize
    }

    /// Cells in all.
    #[must_use]
    pub const fn cells(self) -> usize {
        self.get() * self.get()
    }

    /// The middle of a cell, counted row by row from x = 0, y = 0.
    #[must_use]
    pub fn centre(self, cell: usize) -> Point {
        [cell % self.get(), cell / self.get()].map(|index| (index as f32 + 0.5) / self.get() as f32)
    }

    /// The column and row of the cell around a point; of one outside the unit square, the nearest cell's.
    #[must_use]
    pub fn cell_around(self, point: Point) -> [usize; 2] {
        // A NaN and whatever is below 0 cast to 0.
        point.map(|place| ((place * f32::from(self.0)) as usize).min(self.get() - 1))
    }
}

impl TryFrom<usize> for HeatmapSide {
    type Error = &'static str;

    fn try_from(cells: usize) -> Result<Self, Self::Error> {
        let side = Self::nearest(cells);
        let exact = side.get() == cells;
        exact
            .then_some(side)
            .ok_or("a heatmap has 30 to 1024 cells a side")
    }
}

impl From<HeatmapSide> for usize {
    fn from(side: HeatmapSide) -> Self {
        side.get()
    }
}

/// The discriminator's output at the centres of a grid of cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Heatmap {
    side: HeatmapSide,
    scores: Vec<f32>,
}

impl Heatmap {
    /// A heatmap of scores `[row from y = 0][column from x = 0]`.
    ///
    /// # Panics
    /// If there are not as many as cells: the caller's arithmetic.
    #[must_use]
    pub fn new(side: HeatmapSide, scores: Vec<f32>) -> Self {
        assert_eq!(scores.len(), side.cells(), "scores of another grid");
        Self { side, scores }
    }

    /// Cells along each side.
    #[must_use]
    pub const fn side(&self) -> HeatmapSide {
        self.side
    }

    /// The scores, 0–1, `[row from y = 0][column from x = 0]`.
    #[must_use]
    pub fn scores(&self) -> &[f32] {
        &self.scores
    }

    /// Its rows from y = 0 upwards, each from x = 0.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &[f32]> {
        self.scores.chunks_exact(self.side.get())
    }

    /// The score of the cell around a point; of one outside the unit square, the nearest cell's.
    #[must_use]
    pub fn score_around(&self, point: Point) -> f32 {
        let [column, row] = self.side.cell_around(point);
        self.scores[row * self.side.get() + column]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_is_never_out_of_range() {
        assert_eq!(HeatmapSide::nearest(0), HeatmapSide::AS_IN_GAN_LAB);
        assert_eq!(HeatmapSide::nearest(450).get(), 450);
        assert_eq!(HeatmapSide::nearest(usize::MAX), HeatmapSide::MOST);
    }

    #[test]
    fn a_cell_is_around_its_centre_and_the_nearest_one_around_what_lies_outside() {
        let side = HeatmapSide::nearest(31);
        for cell in 0..side.cells() {
            assert_eq!(side.cell_around(side.centre(cell)), [cell % 31, cell / 31]);
        }
        assert_eq!(side.cell_around([-3.0, f32::NAN]), [0, 0]);
        assert_eq!(side.cell_around([1.0, f32::INFINITY]), [30, 30]);
        let scores = (0..side.cells()).map(|cell| cell as f32).collect();
        let heatmap = Heatmap::new(side, scores);
        assert_eq!(heatmap.score_around([0.999, 0.0]), 30.0);
        assert_eq!(heatmap.rows().nth(1).unwrap()[0], 31.0);
    }
}
