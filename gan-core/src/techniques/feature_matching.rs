//! Feature matching: the generator moves the mean of each neuron of D's last hidden layer to where the real
//! batch has it (Salimans et al. 2016, section 3.1; `CONTRACT.md`, section 9).

use crate::dense::{Gate, stride};
use crate::kernels::Kernels;
use crate::network::{Passed, Wanted};
use crate::profile::Profile;
use crate::shape::{Activation, Layer};

/// Back through D to its inputs, as [`Kernels::backward`], past features that are to match. `real` is D's
/// activations with the real batch, `network` D after the fake one.
pub(crate) fn backward<'a>(
    kernels: Kernels<impl Profile>,
    weight: f32,
    real: &[f32],
    network: Passed<'_>,
    [deltas, next]: [&'a mut [f32]; 2],
) -> [&'a mut [f32]; 2] {
    let samples = network.samples;
    // D has at least one hidden layer.
    let Some(([.., hidden], [last])) = network.layers.split_at_checked(network.layers.len() - 1) else {
        return kernels.backward(network, deltas, next, Wanted::InputDeltas);
    };
    // The last layer alone, and its inputs' gate later.
    let ungated = Layer {
        below: Activation::Linear,
        ..*last
    };
    let only_last = Passed {
        layers: &[ungated],
        ..network
    };
    let [deltas, next] = kernels.backward(only_last, deltas, next, Wanted::InputDeltas);
    let features = last.row * stride(samples);
    let fake = &network.activations[features..];
    let (real_sums, fake_sums) = next[..2 * hidden.outputs].split_at_mut(hidden.outputs);
    kernels.row_sums(&real[features..], real_sums, samples);
    kernels.row_sums(fake, fake_sums, samples);
    match_means(weight, [real_sums, fake_sums], deltas, samples);
    let rows = &mut deltas[..hidden.outputs * stride(samples)];
    Gate::of(last.below, fake).pass(0, rows);
    let before = Passed {
        layers: &network.layers[..network.layers.len() - 1],
        ..network
    };
    kernels.backward(before, deltas, next, Wanted::InputDeltas)
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
