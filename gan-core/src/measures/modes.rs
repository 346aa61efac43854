//! Modes: how many of a target's a generator covers, the plainest sign of mode collapse, and how many of its
//! samples lie near one.
//!
//! A sample counts for a mode, and is of high quality, when it lies within three deviations of it,
//! as in the literature on mode collapse (Srivastava et al. 2017, VEEGAN; Lin et al. 2018, PacGAN).
//! A mode counts as covered when a quarter of the samples due to it do: a few stray samples on
//! their way from one mode to another cover nothing.
//!
//! Modes lie beside the targets (`target.rs`), which draw their samples from them.

use heapless::Vec;

use crate::target::{Mode, Point, Target};

/// The most modes a target has.
pub const MOST_MODES: usize = 25;
/// Deviations from a mode's centre within which a sample counts for it; 98.9 % of the mode lie there.
const WITHIN: f64 = 3.0;
/// Part of a mode's share of the samples that must be there.
const ENOUGH: f64 = 0.25;

/// Share of a target's modes, 0–1, that samples cover; `None` for a target without modes.
///
/// ```
/// use gan_core::Target;
/// use gan_core::measures::coverage;
///
/// let centres: Vec<_> = Target::Disjoint.modes().iter().map(|mode| mode.centre.map(|x| x as f32)).collect();
/// assert_eq!(coverage(Target::Disjoint, &centres), Some(1.0));
/// assert_eq!(coverage(Target::Disjoint, &centres[..1]), Some(1.0 / 3.0));
/// assert_eq!(coverage(Target::Ring, &centres), None);
/// ```
#[must_use]
pub fn coverage(target: Target, samples: &[Point]) -> Option<f64> {
    Modes::of(target, samples).map(|modes| modes.coverage())
}
/// Part of a mode's share of the samples below which it is lost.
const HARDLY: f64 = 0.1;

/// How samples lie about a target's modes.
#[derive(Clone, Debug, PartialEq)]
pub struct Modes {
    target: Target,
    /// Samples near each, in the order of [`Target::modes`]; modes may overlap.
    near: Vec<u32, MOST_MODES>,
    /// Samples near any.
    high_quality: u32,
    samples: usize,
}

impl Modes {
    /// Counts the samples near each mode; a sample that is not finite is near none. `None` for a
    /// target without modes.
    #[must_use]
    pub fn of(target: Target, samples: &[Point]) -> Option<Self> {
        let modes = target.modes();
        if modes.is_empty() {
            return None;
        }
        let mut near: Vec<u32, MOST_MODES> = modes.iter().map(|_| 0).collect();
        let mut high_quality = 0;
        for sample in samples {
            let mut any = 0;
            for (mode, near) in modes.iter().zip(&mut near) {
                let inside = u32::from(lies_within(*sample, mode));
                *near += inside;
                any |= inside;
            }
            high_quality += any;
        }
        Some(Self {
            target,
            near,
            high_quality,
            samples: samples.len(),
        })
    }

    /// Whether each mode is covered, in the order of [`Target::modes`].
    pub fn covered(&self) -> impl Iterator<Item = bool> + '_ {
        let due = |mode: &Mode| ENOUGH * mode.share * self.samples as f64;
        let modes = self.target.modes().iter().zip(&self.near);
        modes.map(move |(mode, near)| *near > 0 && f64::from(*near) >= due(mode))
    }

    /// Share of the modes that are covered, 0–1.
    #[must_use]
    pub fn coverage(&self) -> f64 {
        self.covered().filter(|covered| *covered).count() as f64 / self.near.len() as f64
    }

    /// Share of the samples that lie near a mode, 0–1; of real ones 0.989. `None` without samples.
    #[must_use]
    pub fn high_quality(&self) -> Option<f64> {
        (self.samples > 0).then(|| f64::from(self.high_quality) / self.samples as f64)
    }

    /// Whether each mode is lost, in the order of [`Target::modes`]: less than a tenth of its due lies near it. One
    /// that is neither lost nor covered is on its way.
    pub fn are_lost(&self) -> impl Iterator<Item = bool> + '_ {
        let due = |mode: &Mode| HARDLY * mode.share * self.samples as f64;
        let modes = self.target.modes().iter().zip(&self.near);
        modes.map(move |(mode, near)| f64::from(*near) < due(mode))
    }

    /// Share of the target's samples that belong to modes that are lost, 0–1.
    #[must_use]
    pub fn lost(&self) -> f64 {
        let modes = self.target.modes().iter().zip(self.are_lost());
        modes.filter(|(_, lost)| *lost).map(|(mode, _)| mode.share).sum()
    }

    /// Samples near each mode, in the order of [`Target::modes`].
    #[must_use]
    pub fn near(&self) -> &[u32] {
        &self.near
    }
}

/// Whether a point lies in the mode's ellipse of three deviations.
fn lies_within([x, y]: Point, mode: &Mode) -> bool {
    let away = |at: f32, axis: usize| (f64::from(at) - mode.centre[axis]) / mode.deviations[axis];
    let (x, y) = (away(x, 0), away(y, 1));
    x * x + y * y <= WITHIN * WITHIN
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::gan::draw_real;
    use crate::random::{Purpose, Stream};
    use crate::{Preset, Reference};
    use std::vec;

    #[test]
    fn real_samples_cover_every_mode() {
        for preset in Preset::ALL {
            let configuration = preset.configuration();
            let mut samples = vec![[0.0; 2]; 10_000];
            let stream = Stream::new(1, Purpose::EvaluationReal);
            draw_real::<Reference>(&configuration, &[], stream, &mut samples);
            let expected = (!configuration.target.modes().is_empty()).then_some(1.0);
            assert_eq!(coverage(configuration.target, &samples), expected, "{preset:?}");
        }
    }

    #[test]
    fn a_mode_needs_a_quarter_of_its_share_within_three_deviations() {
        let [one, other, _] = [0, 1, 2].map(|mode| Target::Disjoint.modes()[mode].centre);
        let place = |centre: [f64; 2], aside: f64| [(centre[0] + aside * 0.025) as f32, centre[1] as f32];
        // A quarter of 0.333 of 1,000 samples is 83.25.
        for (near, aside, expected) in [(84, 2.99, 2.0), (83, 2.99, 1.0), (84, 3.01, 1.0)] {
            let mut samples = vec![place(one, 0.0); 1_000];
            samples[..near].fill(place(other, aside));
            assert_eq!(
                coverage(Target::Disjoint, &samples),
                Some(expected / 3.0),
                "{near}, {aside}"
            );
        }
        assert_eq!(coverage(Target::Disjoint, &[[f32::NAN; 2]; 8]), Some(0.0));
        assert_eq!(coverage(Target::Gaussians, &[]), Some(0.0));
        assert_eq!(coverage(Target::Ring, &[[0.5; 2]]), None);
    }

    #[test]
    fn of_a_normal_distribution_98_9_percent_lie_within_three_deviations() {
        // 1 − e^(−9/2) of each mode; where modes overlap a little more.
        let expected = 1.0 - libm::exp(-4.5);
        for target in Target::ALL {
            let configuration = crate::Configuration {
                target,
                ..Preset::Ring.configuration()
            };
            let mut samples = vec![[0.0; 2]; 40_000];
            let stream = Stream::new(2, Purpose::EvaluationReal);
            draw_real::<Reference>(&configuration, &[[0.5; 2]], stream, &mut samples);
            let modes = Modes::of(target, &samples);
            assert_eq!(modes.is_some(), !target.modes().is_empty(), "{target:?}");
            let Some(modes) = modes else { continue };
            let share = modes.high_quality().unwrap();
            assert!((share - expected).abs() < 0.003, "{target:?}: {share}");
            for (near, mode) in modes.near().iter().zip(target.modes()) {
                let share = f64::from(*near) / 40_000.0;
                assert!(
                    (share - expected * mode.share).abs() < 0.01,
                    "{target:?}: {share}"
                );
            }
            // One sample in two is lost.
            for sample in samples.iter_mut().step_by(2) {
                *sample = [f32::NAN, 0.5];
            }
            let half = Modes::of(target, &samples).unwrap().high_quality().unwrap();
            assert!((half - expected / 2.0).abs() < 0.003, "{target:?}: {half}");
        }
    }

    #[test]
    fn a_sample_near_two_modes_is_one_sample() {
        let modes = Modes::of(Target::Gaussians, &[[0.57, 0.65], [9.0, 9.0]]).unwrap();
        assert_eq!((modes.near(), modes.high_quality()), (&[1, 1][..], Some(0.5)));
    }

    #[test]
    fn the_modes_that_are_lost_have_names() {
        let centres = Target::Eight.modes().iter().map(|mode| mode.centre);
        let samples: vec::Vec<Point> = centres
            .enumerate()
            .filter(|(mode, _)| mode % 2 == 0)
            .flat_map(|(_, [x, y])| [[x as f32, y as f32]; 9])
            .collect();
        let modes = Modes::of(Target::Eight, &samples).unwrap();
        let even = [true, false, true, false, true, false, true, false];
        assert!(modes.covered().eq(even));
        assert!(modes.are_lost().eq(even.map(|covered| !covered)));
        assert_eq!(
            (modes.lost(), modes.coverage(), modes.high_quality()),
            (0.5, 0.5, Some(1.0))
        );
        assert_eq!(Modes::of(Target::Eight, &[]).unwrap().high_quality(), None);
    }
}
