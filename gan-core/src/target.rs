//! The distributions a GAN is to learn: GAN Lab's five (paper, section 5.1), and four that make failure
//! visible, the modes of Metz et al. 2017 among them; formulas in `CONTRACT.md`, section 5.

use crate::math::canonical;
use crate::parameters::choices;
use crate::profile::Profile;
use crate::random::Stream;

/// A point of the plane, `[x, y]`; the targets lie in the unit square.
pub type Point = [f32; 2];

choices! {
    /// A distribution of real samples: GAN Lab's in its order, those that make failure visible, and the drawing.
    #[derive(Eq, Hash)]
    Target {
        /// A line with a little noise.
        Line = "line",
        /// Two Gaussians, one round, one tall.
        Gaussians = "gaussians",
        /// An ellipse with a little noise.
        Ring = "ring",
        /// Three disjoint clusters.
        Disjoint = "disjoint",
        /// Eight Gaussians on a circle.
        Eight = "eight",
        /// Twenty-five Gaussians on a grid.
        Grid = "grid",
        /// A spiral of one and a half turns.
        Spiral = "spiral",
        /// Two half moons, one in the other's arms.
        Moons = "moons",
        /// Points somebody drew, each with a little noise.
        Drawing = "drawing",
    }
}

/// A cluster of a target: a normal distribution, its axes along x and y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mode {
    /// Its middle, `[x, y]`.
    pub centre: [f64; 2],
    /// Standard deviations along x and y.
    pub deviations: [f64; 2],
    /// Share of the target's samples that belong to it, 0–1.
    pub share: f64,
}

impl Mode {
    const fn new(centre: [f64; 2], deviations: [f64; 2], share: f64) -> Self {
        Self {
            centre,
            deviations,
            share,
        }
    }
}

/// GAN Lab's two Gaussians: one round, one tall.
const GAUSSIANS: [Mode; 2] = [
    Mode::new([0.3, 0.7], [0.1, 0.1], 0.5),
    Mode::new([0.7, 0.4], [0.05, 0.2], 0.5),
];

/// GAN Lab's three clusters; the last takes what the others leave.
const DISJOINT: [Mode; 3] = [
    Mode::new([0.35, 0.75], [0.025, 0.025], 0.333),
    Mode::new([0.75, 0.6], [0.025, 0.025], 0.333),
    Mode::new([0.45, 0.35], [0.025, 0.025], 0.334),
];

/// Deviation of the modes on circle and grid.
const NARROW: [f64; 2] = [0.02; 2];

/// √½, as `f64`.
const DIAGONAL: f64 = core::f64::consts::FRAC_1_SQRT_2;

/// Eight modes on a circle of radius 0.35 around the middle, counterclockwise from the right.
/// Samples are drawn around centres by `libm` (`CONTRACT.md`); these differ from them by less than
/// 1e-15.
const EIGHT: [Mode; 8] = {
    const fn at(x: f64, y: f64) -> Mode {
        Mode::new([0.5 + 0.35 * x, 0.5 + 0.35 * y], NARROW, 0.125)
    }
    [
        at(1.0, 0.0),
        at(DIAGONAL, DIAGONAL),
        at(0.0, 1.0),
        at(-DIAGONAL, DIAGONAL),
        at(-1.0, 0.0),
        at(-DIAGONAL, -DIAGONAL),
        at(0.0, -1.0),
        at(DIAGONAL, -DIAGONAL),
    ]
};

/// Twenty-five modes, row by row from the lower left.
const GRID: [Mode; 25] = {
    let mut modes = [Mode::new([0.0; 2], NARROW, 0.04); 25];
    let mut k = 0;
    while k < modes.len() {
        modes[k].centre = [0.1 + 0.2 * (k % 5) as f64, 0.1 + 0.2 * (k / 5) as f64];
        k += 1;
    }
    modes
};

impl Target {
    /// The clusters it consists of, which a generator may miss one by one; none for the targets that are
    /// of one piece.
    ///
    /// ```
    /// use gan_core::Target;
    ///
    /// assert_eq!(Target::Ring.modes().len(), 0);
    /// assert_eq!(Target::Disjoint.modes().len(), 3);
    /// ```
    #[must_use]
    pub const fn modes(self) -> &'static [Mode] {
        match self {
            Self::Gaussians => &GAUSSIANS,
            Self::Disjoint => &DISJOINT,
            Self::Eight => &EIGHT,
            Self::Grid => &GRID,
            Self::Line | Self::Ring | Self::Spiral | Self::Moons | Self::Drawing => &[],
        }
    }

    /// Draws a sample. `drawing` holds the drawn points, at least one, and is read for
    /// [`Target::Drawing`] only.
    pub(crate) fn sample<P: Profile>(self, drawing: &[Point], stream: &mut Stream) -> Point {
        let u = stream.uniform();
        let mut n = || stream.normal::<P>();
        let [x, y] = match self {
            Self::Line => [(0.8 - 0.75 * u) + 0.01 * n(), (0.6 + 0.3 * u) + 0.01 * n()],
            Self::Ring => {
                let [cos, sin] = P::unit_circle(u);
                [(0.5 + 0.3 * cos) + 0.025 * n(), (0.45 + 0.25 * sin) + 0.025 * n()]
            }
            Self::Gaussians | Self::Disjoint => {
                let Mode {
                    centre, deviations, ..
                } = mode_at(self.modes(), u);
                [centre[0] + deviations[0] * n(), centre[1] + deviations[1] * n()]
            }
            Self::Eight => {
                // u < 1, so k is at most 7.
                let k = (8.0 * u) as u32;
                let [cos, sin] = P::unit_circle(f64::from(k) / 8.0);
                [(0.5 + 0.35 * cos) + 0.02 * n(), (0.5 + 0.35 * sin) + 0.02 * n()]
            }
            Self::Grid => {
                let Mode { centre, .. } = GRID[(25.0 * u) as usize];
                [centre[0] + 0.02 * n(), centre[1] + 0.02 * n()]
            }
            Self::Spiral => {
                let s = libm::sqrt(u);
                let (radius, [cos, sin]) = (0.05 + 0.35 * s, P::unit_circle(1.5 * s));
                [
                    (0.5 + radius * cos) + 0.01 * n(),
                    (0.5 + radius * sin) + 0.01 * n(),
                ]
            }
            Self::Moons if u < 0.5 => {
                let [cos, sin] = P::unit_circle(0.5 * (2.0 * u));
                [(0.4 + 0.25 * cos) + 0.02 * n(), (0.45 + 0.3 * sin) + 0.02 * n()]
            }
            Self::Moons => {
                let [cos, sin] = P::unit_circle(0.5 * (2.0 * u - 1.0));
                [(0.6 - 0.25 * cos) + 0.02 * n(), (0.55 - 0.3 * sin) + 0.02 * n()]
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

/// The mode into whose part of [0, 1) `u` falls.
fn mode_at(modes: &[Mode], u: f64) -> &Mode {
    let (last, others) = modes.split_last().expect("asked of targets with modes");
    let mut end = 0.0;
    others
        .iter()
        .find(|mode| {
            end += mode.share;
            u < end
        })
        .unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_modes_add_up_and_end_where_the_contract_says() {
        for target in Target::ALL {
            let modes = target.modes();
            let sum: f64 = modes.iter().map(|mode| mode.share).sum();
            assert!(modes.is_empty() || (sum - 1.0).abs() < 1e-15, "{target:?}: {sum}");
        }
        // CONTRACT.md, section 5: u < 0.333, u < 0.666, else.
        let below = |end: f64| f64::from_bits(end.to_bits() - 1);
        for (u, mode) in [
            (0.0, 0),
            (below(0.333), 0),
            (0.333, 1),
            (below(0.666), 1),
            (0.666, 2),
            (below(1.0), 2),
        ] {
            assert_eq!(*mode_at(&DISJOINT, u), DISJOINT[mode], "{u}");
        }
        for (u, mode) in [(0.0, 0), (below(0.5), 0), (0.5, 1), (below(1.0), 1)] {
            assert_eq!(*mode_at(&GAUSSIANS, u), GAUSSIANS[mode], "{u}");
        }
    }
}
