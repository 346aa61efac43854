//! Feature matching: the generator moves the mean of each neuron of D's last hidden layer to where the real
//! batch has it (Salimans et al. 2016, section 3.1; `CONTRACT.md`, section 9).

use crate::dense::stride;
use crate::kernels::Kernels;
use crate::profile::Profile;

/// The features to match, and the weight of the matching.
#[derive(Clone, Copy)]
pub(crate) struct Matching<'a> {
    /// The matching's part of the gradient; the loss has the rest.
    pub(crate) weight: f32,
    /// D's activations with the real batch.
    pub(crate) real: &'a [f32],
}

impl Matching<'_> {
    /// Turns the deltas of the features, before their gate, to what matches. `fake` is D's activations with the
    /// fake batch; the features are so many `rows` from the first on; `free` is scratch.
    pub(crate) fn turn(
        self,
        kernels: Kernels<impl Profile>,
        fake: &[f32],
        (first, rows): (usize, usize),
        deltas: &mut [f32],
        free: &mut [f32],
        samples: usize,
    ) {
        let features = first * stride(samples);
        let (real_sums, fake_sums) = free[..2 * rows].split_at_mut(rows);
        kernels.row_sums(&self.real[features..], real_sums, samples);
        kernels.row_sums(&fake[features..], fake_sums, samples);
        match_means(self.weight, [real_sums, fake_sums], deltas, samples);
    }
}

/// Puts the gradient of `Σ_j (mean_real[j] − mean_fake[j])²` in D's features, `weight` of it, into the deltas
/// that the loss has there: `(1 − W) · sum + W · ((−2 · (m_real − m_fake)) · inv)`, before the gate.
///
/// `sums` are those of the features over each batch, `[neuron]`; `deltas` is `[neuron][sample]`.
pub(crate) fn match_means(weight: f32, [real, fake]: [&[f32]; 2], deltas: &mut [f32], samples: usize) {
    let inverse = 1.0 / samples as f32;
    let rest = 1.0 - weight;
    for ((row, real), fake) in deltas.chunks_exact_mut(stride(samples)).zip(real).zip(fake) {
        let pull = weight * ((-2.0 * (real * inverse - fake * inverse)) * inverse);
        // Not beyond the batch, where deltas are to stay 0.
        for delta in &mut row[..samples] {
            *delta = rest * *delta + pull;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_drawn_to_the_mean_of_the_real_ones_and_the_loss_has_the_rest() {
        let mut deltas = [[0.0; 16]; 2];
        deltas[0][..2].copy_from_slice(&[1.0, -1.0]);
        // Means 3 and 1, then 0 and 2, of two samples each: −2 · 2 / 2 and −2 · −2 / 2.
        let sums = [[6.0, 0.0], [2.0, 4.0]];
        match_means(0.25, [&sums[0], &sums[1]], deltas.as_flattened_mut(), 2);
        assert_eq!(deltas[0][..3], [0.75 - 0.5, -0.75 - 0.5, 0.0]);
        assert_eq!(deltas[1][..3], [0.5, 0.5, 0.0]);
    }
}
