//! Minibatch discrimination (Salimans et al. 2016, section 3.2): the discriminator's last layer also sees how
//! near each sample is to the others of its batch, so a generator that always says the same is found out
//! (`CONTRACT.md`, section 9).
//!
//! The last hidden layer's activations become, by a matrix T, three numbers a kernel and sample; a kernel's
//! output is the mean of `exp(−distance)` to the other samples. That is O(batch²) a kernel; nothing of that
//! size is stored, so the way back computes the exponentials again.

use crate::dense::stride;
use crate::kernels::Kernels;
use crate::math::exp;
use crate::network::{BackwardGoal, ForwardPass};
use crate::profile::Profile;
use crate::shape::{Activation, KERNEL_DIMENSIONS, Layer, Minibatch, Scales};

impl Minibatch {
    /// T as a layer over rows of its own. It has no biases, as one that is normalised.
    const fn layer(&self) -> Layer {
        Layer {
            inputs: self.inputs,
            outputs: self.numbers(),
            offset: self.offset,
            row: 0,
            below: Activation::Linear,
            activation: Activation::Linear,
            scales: Scales::PerOutput,
        }
    }
}

/// The last hidden layer's rows of `activations` to the kernels' outputs, which are behind them; `compared` is
/// as [`super::passes::Kept::compared`].
pub(crate) fn forward(
    kernels: Kernels<impl Profile>,
    minibatch: Minibatch,
    parameters: &[f32],
    activations: &mut [f32],
    compared: &mut [f32],
    samples: usize,
) {
    let stride = stride(samples);
    let (before, outputs) = activations.split_at_mut(minibatch.row * stride);
    let inputs = minibatch.inputs * stride;
    compared[..inputs].copy_from_slice(&before[before.len() - inputs..]);
    kernels.forward(&[minibatch.layer()], parameters, compared, samples);
    let outputs = &mut outputs[..minibatch.kernels * stride];
    kernels.compare(&compared[inputs..], outputs, samples);
}

/// Numbers that back-propagation reads of the forward pass, and room for the deltas of the numbers
/// compared.
pub(crate) struct Comparison<'a> {
    pub(crate) compared: &'a [f32],
    pub(crate) deltas: &'a mut [f32],
    pub(crate) samples: usize,
}

/// `deltas` begins with the deltas of the output layer's inputs as the output layer leaves them: of the last
/// hidden layer's rows, then of the kernels' outputs. The first get what comes through T; `free` is scratch.
pub(crate) fn backward(
    kernels: Kernels<impl Profile>,
    minibatch: Minibatch,
    parameters: &[f32],
    comparison: Comparison<'_>,
    deltas: &mut [f32],
    free: &mut [f32],
    wanted: BackwardGoal<'_>,
) {
    let Comparison {
        compared,
        deltas: compared_deltas,
        samples,
    } = comparison;
    let stride = stride(samples);
    let (inputs, outputs) = deltas.split_at_mut(minibatch.inputs * stride);
    let outputs = &outputs[..minibatch.kernels * stride];
    kernels.compare_backward(&compared[inputs.len()..], outputs, compared_deltas, samples);
    let passed = ForwardPass {
        layers: &[minibatch.layer()],
        parameters,
        activations: compared,
        samples,
    };
    if let BackwardGoal::Gradients(gradients) = wanted {
        kernels.backward(
            passed,
            None,
            [compared_deltas, free],
            BackwardGoal::Gradients(gradients),
        );
    }
    let [through, _] = kernels.backward(passed, None, [compared_deltas, free], BackwardGoal::InputDeltas);
    for (delta, through) in inputs.iter_mut().zip(through) {
        *delta += *through;
    }
}

/// A kernel's rows of numbers.
pub(crate) fn rows_of_kernel(numbers: &[f32]) -> [&[f32]; KERNEL_DIMENSIONS] {
    let mut rows = numbers.chunks_exact(numbers.len() / KERNEL_DIMENSIONS);
    [(); KERNEL_DIMENSIONS].map(|()| rows.next().unwrap_or_default())
}

/// Each pair of samples once, in an order in which the sum of either grows over the others from the first to the last.
fn pairs(samples: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..samples).flat_map(move |n| (n + 1..samples).map(move |m| (n, m)))
}

/// How alike two samples are to a kernel, 0–1; the same of both.
fn likeness(rows: [&[f32]; KERNEL_DIMENSIONS], n: usize, m: usize) -> f32 {
    let [x, y, z] = rows.map(|row| (row[n] - row[m]).abs());
    exp(-(x + y + z))
}

/// `o[κ][n] = (Σ_{m≠n} exp(−Σ_c |M[3κ+c][n] − M[3κ+c][m]|)) / B`; rows of `outputs` are +0 beyond the batch.
pub(crate) fn compare(numbers: &[f32], outputs: &mut [f32], samples: usize) {
    let (stride, inverse) = (stride(samples), 1.0 / samples as f32);
    let kernels = numbers.chunks_exact(KERNEL_DIMENSIONS * stride);
    for (numbers, outputs) in kernels.zip(outputs.chunks_exact_mut(stride)) {
        let rows = rows_of_kernel(numbers);
        let (outputs, padding) = outputs.split_at_mut(samples);
        outputs.fill(0.0);
        for (n, m) in pairs(samples) {
            let likeness = likeness(rows, n, m);
            outputs[n] += likeness;
            outputs[m] += likeness;
        }
        outputs.iter_mut().for_each(|sum| *sum *= inverse);
        padding.fill(0.0);
    }
}

/// Deltas of the outputs to those of the numbers: each pair of samples pulls at both, by both their outputs.
/// Rows of `number_deltas` are +0 beyond the batch.
pub(crate) fn compare_backward(
    numbers: &[f32],
    output_deltas: &[f32],
    number_deltas: &mut [f32],
    samples: usize,
) {
    let (stride, inverse) = (stride(samples), 1.0 / samples as f32);
    let kernels = numbers.chunks_exact(KERNEL_DIMENSIONS * stride);
    let number_deltas = number_deltas.chunks_exact_mut(KERNEL_DIMENSIONS * stride);
    for ((numbers, deltas), sums) in kernels.zip(output_deltas.chunks_exact(stride)).zip(number_deltas) {
        let rows = rows_of_kernel(numbers);
        sums.fill(0.0);
        for (n, m) in pairs(samples) {
            let pull = ((deltas[n] + deltas[m]) * inverse) * likeness(rows, n, m);
            for (row, sums) in rows.iter().zip(sums.chunks_exact_mut(stride)) {
                let pull = if row[n] > row[m] {
                    -pull
                } else if row[n] < row[m] {
                    pull
                } else {
                    0.0
                };
                sums[n] += pull;
                sums[m] -= pull;
            }
        }
    }
}
