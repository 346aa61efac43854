//! The generator's image of the whole space of noise, and how densely its samples lie there.
//!
//! A cell's density is its share of the samples over its area: 1 is as dense as samples spread
//! evenly over the square.

use std::sync::Arc;

use gan_core::Point;

use crate::run::snapshot::{CURVE_VERTICES, MANIFOLD_SIDE};

/// Vertices of the grid along each side.
const CORNERS: usize = MANIFOLD_SIDE + 1;

/// The generator's image of the space of noise.
#[derive(Clone, Debug, PartialEq)]
pub enum Manifold {
    /// Two-dimensional noise: a warped grid.
    Grid {
        /// Images of the grid's corners, `[row][column]`, [`MANIFOLD_SIDE`] + 1 each.
        vertices: Vec<Point>,
        /// Share of the noise in each cell, as a multiple of the mean (1 for uniform noise),
        /// `[row][column]`, [`MANIFOLD_SIDE`] each.
        noise_density: Arc<[f32]>,
    },
    /// One-dimensional noise: a curve, its vertices evenly spaced in the noise, [`CURVE_VERTICES`].
    Curve {
        /// Images of the noise from 0 to 1.
        vertices: Vec<Point>,
        /// Share of the noise in each stretch from one vertex to the next, as a multiple of the mean.
        noise_density: Arc<[f32]>,
    },
}

/// A part of the manifold between neighbouring vertices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ManifoldPart {
    /// A cell of the grid.
    Cell {
        /// Its corners in order around it.
        corners: [Point; 4],
        /// Share of all samples that land in it, 0–1.
        share: f32,
    },
    /// A stretch of the curve.
    Stretch {
        /// Its ends.
        ends: [Point; 2],
        /// Share of all samples that land on it, 0–1.
        share: f32,
    },
}

impl Manifold {
    /// The images of its vertices.
    #[must_use]
    pub fn vertices(&self) -> &[Point] {
        match self {
            Self::Grid { vertices, .. } | Self::Curve { vertices, .. } => vertices,
        }
    }

    /// Places of the vertices in the space of noise, in their order: in the unit square, for
    /// one-dimensional noise on its middle line (y = 0.5).
    pub fn latent(&self) -> impl Iterator<Item = Point> + '_ {
        let at = |index: usize, of: usize| index as f32 / of as f32;
        (0..self.vertices().len()).map(move |vertex| match self {
            Self::Grid { .. } => [vertex % CORNERS, vertex / CORNERS].map(|index| at(index, MANIFOLD_SIDE)),
            Self::Curve { .. } => [at(vertex, CURVE_VERTICES - 1), 0.5],
        })
    }

    /// The same parts with other places of their vertices, in the same order.
    ///
    /// # Panics
    /// If there are more or fewer: the caller's arithmetic.
    #[must_use]
    pub fn with_vertices(&self, places: Vec<Point>) -> Self {
        assert_eq!(
            places.len(),
            self.vertices().len(),
            "vertices of another manifold"
        );
        match self {
            Self::Grid { noise_density, .. } => Self::Grid {
                vertices: places,
                noise_density: Arc::clone(noise_density),
            },
            Self::Curve { noise_density, .. } => Self::Curve {
                vertices: places,
                noise_density: Arc::clone(noise_density),
            },
        }
    }

    /// Its cells `[row][column]`, or its stretches in order.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = ManifoldPart> + '_ {
        let vertices = self.vertices();
        let (Self::Grid { noise_density, .. } | Self::Curve { noise_density, .. }) = self;
        noise_density.iter().enumerate().map(move |(part, density)| {
            let share = density / noise_density.len() as f32;
            match self {
                Self::Grid { .. } => {
                    let corner = part / MANIFOLD_SIDE * CORNERS + part % MANIFOLD_SIDE;
                    let around = [corner, corner + 1, corner + CORNERS + 1, corner + CORNERS];
                    ManifoldPart::Cell {
                        corners: around.map(|index| vertices[index]),
                        share,
                    }
                }
                Self::Curve { .. } => ManifoldPart::Stretch {
                    ends: [vertices[part], vertices[part + 1]],
                    share,
                },
            }
        })
    }
}

impl ManifoldPart {
    /// How densely samples lie in it: their share over its area, in shares of the unit square, or over
    /// its length, in sides of it. 1 is as dense as samples spread evenly over the whole square, or
    /// along its side. Infinite where it has no extent.
    #[must_use]
    pub fn density(&self) -> f32 {
        match self {
            Self::Cell { share, .. } | Self::Stretch { share, .. } => share / self.extent(),
        }
    }

    /// A cell's area, in shares of the unit square; a stretch's length, in sides of it.
    #[must_use]
    pub fn extent(&self) -> f32 {
        match self {
            // The shoelace formula.
            Self::Cell {
                corners: [a, b, c, d],
                ..
            } => 0.5 * ((c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1])).abs(),
            Self::Stretch { ends: [a, b], .. } => libm::hypotf(b[0] - a[0], b[1] - a[1]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Experiment, Inline, Session as _};
    use gan_core::Preset;
    use gan_core::configuration::NoiseDimensions;

    fn of(preset: Preset, dimensions: u32) -> Manifold {
        let mut configuration = preset.configuration();
        configuration.noise.dimensions = NoiseDimensions::new(dimensions).unwrap();
        let experiment = Experiment::new(configuration, 3, crate::Drawing::default()).unwrap();
        Inline::new(experiment).latest().manifold.clone()
    }

    #[test]
    fn unwarped_uniform_noise_is_everywhere_of_density_one() {
        for dimensions in [1, 2] {
            let manifold = of(Preset::Ring, dimensions);
            let unwarped = manifold.with_vertices(manifold.latent().collect());
            for part in unwarped.parts() {
                assert!(
                    (part.density() - 1.0).abs() < 1e-3,
                    "{part:?}: {}",
                    part.density()
                );
            }
        }
    }

    #[test]
    fn shares_add_up_to_one_and_areas_to_the_square() {
        for (preset, dimensions) in [(Preset::Gaussians, 1), (Preset::Gaussians, 2), (Preset::Line, 2)] {
            let manifold = of(preset, dimensions);
            let unwarped = manifold.with_vertices(manifold.latent().collect());
            let sum = |of: fn(&ManifoldPart) -> f32| unwarped.parts().map(|part| of(&part)).sum::<f32>();
            let shares = sum(|part| part.density() * part.extent());
            let extents = sum(ManifoldPart::extent);
            assert!(
                (shares - 1.0).abs() < 1e-4 && (extents - 1.0).abs() < 1e-4,
                "{shares}, {extents}"
            );
        }
    }

    #[test]
    fn normal_noise_is_denser_in_the_middle() {
        let manifold = of(Preset::Gaussians, 2);
        let densities: Vec<f32> = {
            let unwarped = manifold.with_vertices(manifold.latent().collect());
            unwarped.parts().map(|part| part.density()).collect()
        };
        assert!(densities[10 * MANIFOLD_SIDE + 10] > 2.0 && densities[0] < 0.3);
    }

    #[test]
    fn what_has_no_extent_is_infinitely_dense() {
        let manifold = of(Preset::Line, 2);
        let nowhere = manifold.with_vertices(vec![[0.5, 0.5]; manifold.vertices().len()]);
        assert!(nowhere.parts().all(|part| part.density() == f32::INFINITY));
    }
}
