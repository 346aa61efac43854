//! How many of a target's modes a generator covers: the plainest sign of mode collapse.
//!
//! As in the literature on mode collapse (Srivastava et al. 2017, VEEGAN; Lin et al. 2018, PacGAN) a sample
//! counts for a mode when it lies within three deviations of it. A mode counts as covered when a quarter of
//! the samples due to it do: a few stray samples on their way from one mode to another cover nothing.

use crate::target::{Mode, Point, Target};

/// Deviations from a mode's centre within which a sample counts for it; 98.9 % of the mode lie there.
const WITHIN: f64 = 3.0;
/// Part of a mode's share of the samples that must be there.
const ENOUGH: f64 = 0.25;

/// Share of a target's modes, 0–1, that samples cover; `None` for a target without modes.
#[must_use]
pub fn coverage(target: Target, samples: &[Point]) -> Option<f64> {
    let modes = target.modes();
    let covered = modes.iter().filter(|mode| covers(samples, mode)).count();
    (!modes.is_empty()).then(|| covered as f64 / modes.len() as f64)
}

fn covers(samples: &[Point], mode: &Mode) -> bool {
    let there = samples
        .iter()
        .filter(|sample| lies_within(**sample, mode))
        .count();
    there > 0 && there as f64 >= ENOUGH * mode.share * samples.len() as f64
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
}
