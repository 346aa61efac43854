//! A fully connected layer, forward beside backward, and how it carries tangents, on whole batches.
//!
//! Activations and deltas are batch-major: `[neuron][sample]`, a row of `stride` numbers per neuron,
//! `stride` being the batch rounded up to [`LANES`]. The innermost loop runs over samples, so each
//! sample's sum grows in the contract's order (`CONTRACT.md`, section 3) however many are done at once.

use crate::math::{canonical, leaky_relu, relu};
use crate::shape::{Activation, Layer, Scales};

/// Partial sums of a sum over the batch; rows are padded to a multiple of it.
pub const LANES: usize = 16;

/// Numbers from one row to the next for a batch of `samples`.
///
/// ```
/// use gan_core::dense::stride;
///
/// assert_eq!([1, 16, 17].map(stride), [16, 16, 32]);
/// ```
#[must_use]
pub const fn stride(samples: usize) -> usize {
    samples.next_multiple_of(LANES)
}

/// `output[o][n] = activation(bias[o] + Σ_i weight[o][i] · input[i][n])`; in a layer normalised by batch the
/// sum alone, from +0.
///
/// `parameters` and `activations` are the whole network's; the layer knows its places in them.
pub fn forward(layer: &Layer, parameters: &[f32], activations: &mut [f32], stride: usize) {
    let (before, after) = activations.split_at_mut((layer.row + layer.inputs) * stride);
    let inputs = &before[layer.row * stride..];
    let weights = parameters[layer.weights()].chunks_exact(layer.inputs);
    for (o, (output, weights)) in after.chunks_exact_mut(stride).zip(weights).enumerate() {
        output.fill(match layer.scales {
            Scales::None => parameters[layer.biases()][o],
            Scales::PerOutput => 0.0,
        });
        for (weight, input) in weights.iter().zip(inputs.chunks_exact(stride)) {
            for (sum, x) in output.iter_mut().zip(input) {
                *sum += weight * x;
            }
        }
        match layer.activation_of_sums() {
            Activation::Relu => output.iter_mut().for_each(|sum| *sum = relu(*sum)),
            Activation::LeakyRelu(slope) => output.iter_mut().for_each(|sum| *sum = leaky_relu(*sum, slope)),
            // tanh is the profile's, and follows in `network`.
            Activation::Tanh | Activation::Linear => {}
        }
    }
}

/// The gate that the deltas of a layer's inputs pass in back-propagation: the derivative of the
/// activation that made these inputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gate<'a> {
    /// The ReLU that made these inputs, `[input][sample]`: it passes the delta where they are > 0.
    Relu(&'a [f32]),
    /// The leaky ReLU that made them: of the delta it passes so much elsewhere.
    LeakyRelu(&'a [f32], f32),
    /// The tanh that made them: it passes 1 − y² of the delta.
    Tanh(&'a [f32]),
    /// Nothing: the inputs are the network's own.
    Open,
}

impl<'a> Gate<'a> {
    /// The gate of the activation that made these inputs.
    pub(crate) const fn of(activation: Activation, inputs: &'a [f32]) -> Self {
        match activation {
            Activation::Relu => Self::Relu(inputs),
            Activation::LeakyRelu(slope) => Self::LeakyRelu(inputs, slope),
            Activation::Tanh => Self::Tanh(inputs),
            Activation::Linear => Self::Open,
        }
    }

    /// Passes deltas through the gate, in place; the first belongs to the input at `from`.
    pub(crate) fn pass(self, from: usize, deltas: &mut [f32]) {
        match self {
            Self::Open => {}
            Self::Relu(inputs) => {
                for (delta, x) in deltas.iter_mut().zip(&inputs[from..]) {
                    *delta = if *x > 0.0 { *delta } else { 0.0 };
                }
            }
            Self::LeakyRelu(inputs, slope) => {
                for (delta, x) in deltas.iter_mut().zip(&inputs[from..]) {
                    *delta = if *x > 0.0 { *delta } else { slope * *delta };
                }
            }
            Self::Tanh(inputs) => {
                for (delta, y) in deltas.iter_mut().zip(&inputs[from..]) {
                    *delta *= 1.0 - y * y;
                }
            }
        }
    }
}

/// `input_delta[i][n] = gate(Σ_o weight[o][i] · output_delta[o][n])`.
///
/// `output_deltas` is `[output][sample]`, `input_deltas` `[input][sample]`.
pub fn backward(
    layer: &Layer,
    parameters: &[f32],
    output_deltas: &[f32],
    gate: Gate<'_>,
    input_deltas: &mut [f32],
    stride: usize,
) {
    let weights = &parameters[layer.weights()];
    for (i, sums) in input_deltas
        .chunks_exact_mut(stride)
        .take(layer.inputs)
        .enumerate()
    {
        sums.fill(0.0);
        let column = weights[i..].iter().step_by(layer.inputs);
        for (weight, deltas) in column.zip(output_deltas.chunks_exact(stride)) {
            for (sum, delta) in sums.iter_mut().zip(deltas) {
                *sum += weight * delta;
            }
        }
        gate.pass(i * stride, sums);
    }
}

/// `output_tangent[o][n] = gate(Σ_i weight[o][i] · input_tangent[i][n])`: how the outputs move when the inputs
/// do. The gate is that of the outputs' activations.
pub fn tangent(
    layer: &Layer,
    parameters: &[f32],
    input_tangents: &[f32],
    gate: Gate<'_>,
    output_tangents: &mut [f32],
    stride: usize,
) {
    let weights = parameters[layer.weights()].chunks_exact(layer.inputs);
    for (o, (sums, weights)) in output_tangents.chunks_exact_mut(stride).zip(weights).enumerate() {
        sums.fill(0.0);
        for (weight, tangents) in weights.iter().zip(input_tangents.chunks_exact(stride)) {
            for (sum, tangent) in sums.iter_mut().zip(tangents) {
                *sum += weight * tangent;
            }
        }
        gate.pass(o * stride, sums);
    }
}

/// Gradients of a layer's parameters, summed over the batch and canonical:
/// weight `[o][i]`: `Σ_n delta[o][n] · input[i][n]`, bias `[o]`: `Σ_n delta[o][n]`.
///
/// `inputs` is `[input][sample]`, `gradients` the whole network's, in the order of its parameters.
/// Only the first `samples` of each row count.
pub fn gradients(
    layer: &Layer,
    output_deltas: &[f32],
    inputs: &[f32],
    gradients: &mut [f32],
    samples: usize,
) {
    weight_gradients(layer, output_deltas, inputs, gradients, samples);
    row_sums(output_deltas, &mut gradients[layer.biases()], samples);
}

/// Gradients of a layer's weights alone; otherwise as [`gradients`].
pub fn weight_gradients(
    layer: &Layer,
    output_deltas: &[f32],
    inputs: &[f32],
    gradients: &mut [f32],
    samples: usize,
) {
    let stride = stride(samples);
    let rows = gradients[layer.weights()].chunks_exact_mut(layer.inputs);
    for (weights, deltas) in rows.zip(output_deltas.chunks_exact(stride)) {
        let deltas = &deltas[..samples];
        for (weight, input) in weights.iter_mut().zip(inputs.chunks_exact(stride)) {
            *weight = canonical(batch_sum(deltas.iter().zip(input).map(|(delta, x)| delta * x)));
        }
    }
}

/// The sum of each row `[row][sample]` over the batch, canonical; as many rows as `sums`.
pub fn row_sums(rows: &[f32], sums: &mut [f32], samples: usize) {
    for (sum, row) in sums.iter_mut().zip(rows.chunks_exact(stride(samples))) {
        *sum = canonical(batch_sum(row[..samples].iter().copied()));
    }
}

/// A sum over the batch in the contract's order: sample n into partial n mod 16, then 16 partials fold
/// to 8, 4, 2, 1, upper half onto lower half.
pub(crate) fn batch_sum(mut terms: impl Iterator<Item = f32>) -> f32 {
    let mut partials = [0.0_f32; LANES];
    'all: loop {
        for partial in &mut partials {
            match terms.next() {
                Some(term) => *partial += term,
                None => break 'all,
            }
        }
    }
    let mut half = LANES / 2;
    while half > 0 {
        for k in 0..half {
            partials[k] += partials[k + half];
        }
        half /= 2;
    }
    partials[0]
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::vec::Vec;

    #[test]
    fn batch_sum_keeps_sixteen_partials_and_folds_them_upper_onto_lower() {
        // Values whose sum depends on the order: worked out by the rule, spelled out.
        let terms: Vec<f32> = (0..37).map(|n| 1e7_f32 / (n * n + 1) as f32).collect();
        let mut p = [0.0_f32; 16];
        for (n, term) in terms.iter().enumerate() {
            p[n % 16] += term;
        }
        let q = [0, 1, 2, 3, 4, 5, 6, 7].map(|k| p[k] + p[k + 8]);
        let r = [0, 1, 2, 3].map(|k| q[k] + q[k + 4]);
        let expected = (r[0] + r[2]) + (r[1] + r[3]);
        assert_eq!(batch_sum(terms.iter().copied()).to_bits(), expected.to_bits());
        assert_ne!(
            expected,
            terms.iter().sum::<f32>(),
            "the values must tell orders apart"
        );
        assert_eq!(batch_sum([].into_iter()).to_bits(), 0);
    }
}
