//! Noisy labels: now and then D is told that a real sample is fake, or a fake one real (Salimans et al. 2016;
//! `CONTRACT.md`, section 9).

use super::memory::atlas_length;
use crate::configuration::Configuration;
use crate::loss::{Objective, Role};
use crate::memory::placed;
use crate::profile::Profile;
use crate::random::Stream;

/// Sizes that determine the length of each array.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LabelNoiseSizes {
    length: usize,
}

/// Numbers in [0, 1), one a sample of the atlas: where they are below the probability, the label is wrong.
pub(crate) struct LabelNoiseParts<S> {
    pub(crate) real: S,
    pub(crate) fake: S,
}

impl LabelNoiseSizes {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        Self {
            length: if configuration.techniques.label_noise.get() > 0.0 {
                atlas_length(configuration)
            } else {
                0
            },
        }
    }

    pub(crate) const fn words(&self) -> usize {
        2 * placed(self.length)
    }

    #[inline(always)]
    pub(crate) fn carve<S>(&self, take: &mut impl FnMut(usize) -> S) -> LabelNoiseParts<S> {
        LabelNoiseParts {
            real: take(self.length),
            fake: take(self.length),
        }
    }
}

impl LabelNoiseParts<&mut [f32]> {
    pub(crate) fn draw(self, mut stream: Stream) {
        for (real, fake) in self.real.iter_mut().zip(self.fake) {
            *real = stream.uniform() as f32;
            *fake = stream.uniform() as f32;
        }
    }
}

/// Puts the other role's delta where the label is wrong; `chances` is the atlas, from the cursor on.
pub(crate) fn mistake<P: Profile>(
    probability: f32,
    (objective, role): (Objective, Role),
    (chances, cursor): (&[f32], u64),
    logits: &[f32],
    deltas: &mut [f32],
) {
    let inverse = 1.0 / deltas.len() as f32;
    // The remainder is below the atlas' length, so it fits.
    let first = (cursor % chances.len() as u64) as usize;
    let from_cursor = chances.iter().cycle().skip(first);
    for ((delta, logit), chance) in deltas.iter_mut().zip(logits).zip(from_cursor) {
        if *chance < probability {
            *delta = objective.output_delta::<P>(role.mistaken(), *logit, inverse);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Preset, Reference};

    #[test]
    fn a_wrong_label_is_the_other_roles_delta_and_the_atlas_goes_round() {
        let objective = Objective::of(&Preset::Ring.configuration());
        let logits = [0.5, -1.0, 2.0, 3.0];
        let told = |role, logit| objective.output_delta::<Reference>(role, logit, 0.25);
        let right = logits.map(|logit| told(Role::Real, logit));
        let mut deltas = right;
        // From the cursor on: 0.09, 0.1, 0.7, 0.0.
        let chances = [0.7, 0.0, 0.09, 0.1];
        let (role, at) = ((objective, Role::Real), (&chances[..], 4 * 9 + 2));
        mistake::<Reference>(0.1, role, at, &logits, &mut deltas);
        assert_eq!(
            deltas,
            [told(Role::Fake, 0.5), right[1], right[2], told(Role::Fake, 3.0)]
        );
        // D's logit of 0.5: real asks it to rise, fake to fall.
        assert!(deltas[0] > 0.0 && right[0] < 0.0);
    }
}
