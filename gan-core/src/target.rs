//! The distributions a GAN is to learn: GAN Lab's five (paper, section 5.1; formulas in
//! `CONTRACT.md`, section 5).

use crate::math::canonical;
use crate::profile::Profile;
use crate::random::Stream;

/// A point of the plane, `[x, y]`; the targets lie in the unit square.
pub type Point = [f32; 2];

/// A distribution of real samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A line with a little noise.
    Line,
    /// Two Gaussians, one round, one tall.
    Gaussians,
    /// An ellipse with a little noise.
    Ring,
    /// Three disjoint clusters.
    Disjoint,
    /// Points somebody drew, each with a little noise.
    Drawing,
}

impl Target {
    /// All of them, in GAN Lab's order.
    pub const ALL: [Self; 5] = [
        Self::Line,
        Self::Gaussians,
        Self::Ring,
        Self::Disjoint,
        Self::Drawing,
    ];

    /// Draws a sample. `drawing` holds the drawn points, at least one, and is read for
    /// [`Target::Drawing`] only.
    pub(crate) fn sample<P: Profile>(self, drawing: &[Point], stream: &mut Stream) -> Point {
        let u = stream.uniform();
        let mut n = || stream.normal::<P>();
        let [x, y] = match self {
            Self::Line => [(0.8 - 0.75 * u) + 0.01 * n(), (0.6 + 0.3 * u) + 0.01 * n()],
            Self::Gaussians if u < 0.5 => [0.3 + 0.1 * n(), 0.7 + 0.1 * n()],
            Self::Gaussians => [0.7 + 0.05 * n(), 0.4 + 0.2 * n()],
            Self::Ring => {
                let [cos, sin] = P::unit_circle(u);
                [(0.5 + 0.3 * cos) + 0.025 * n(), (0.45 + 0.25 * sin) + 0.025 * n()]
            }
            Self::Disjoint => {
                let centre = match u {
                    u if u < 0.333 => [0.35, 0.75],
                    u if u < 0.666 => [0.75, 0.6],
                    _ => [0.45, 0.35],
                };
                [centre[0] + 0.025 * n(), centre[1] + 0.025 * n()]
            }
            Self::Drawing => {
                // u < 1, so the product, rounded down, is an index.
                let point = drawing[(u * drawing.len() as f64) as usize].map(canonical);
                [f64::from(point[0]) + 0.02 * n(), f64::from(point[1]) + 0.02 * n()]
            }
        };
        [canonical(x as f32), canonical(y as f32)]
    }
}
