//! A layer's dot products, forward beside backward, in tiles of neurons × samples.
//!
//! Both are `sum[r][n] = start[r] + Σ_k weight(r, k) · row[k][n]`, over inputs or over outputs. A tile
//! keeps 4 sums × 2 vectors in registers: eight chains of additions hide their latency, and each vector
//! that is loaded serves four neurons. Samples are the outer loop, so the rows of a tile stay in the
//! first cache while the weights go by.

use core::array::from_fn;

use fearless_simd::Simd;
use fearless_simd::prelude::*;

use crate::dense::Gate;
use crate::shape::{Activation, Layer};

/// As [`crate::dense::forward`].
#[inline(always)]
pub(crate) fn forward<S: Simd>(
    simd: S,
    layer: &Layer,
    parameters: &[f32],
    activations: &mut [f32],
    stride: usize,
) {
    let (before, after) = activations.split_at_mut((layer.row + layer.inputs) * stride);
    let rows = &before[layer.row * stride..];
    let weights = Weights {
        values: &parameters[layer.weights()],
        of_sum: layer.inputs,
        of_term: 1,
    };
    let biases = &parameters[layer.biases()];
    let outputs = &mut after[..layer.outputs * stride];
    let start = |o: usize| biases[o];
    let zero = S::f32s::splat(simd, 0.0);
    match layer.activation {
        Activation::Relu => {
            let relu = |_: usize, sum: S::f32s| sum.simd_gt(zero).select(sum, zero);
            product(simd, &weights, layer.inputs, start, rows, outputs, stride, relu);
        }
        Activation::Linear => {
            product(
                simd,
                &weights,
                layer.inputs,
                start,
                rows,
                outputs,
                stride,
                |_, sum| sum,
            );
        }
    }
}

/// As [`crate::dense::backward`].
#[inline(always)]
pub(crate) fn backward<S: Simd>(
    simd: S,
    layer: &Layer,
    parameters: &[f32],
    output_deltas: &[f32],
    gate: Gate<'_>,
    input_deltas: &mut [f32],
    stride: usize,
) {
    let weights = Weights {
        values: &parameters[layer.weights()],
        of_sum: 1,
        of_term: layer.inputs,
    };
    let sums = &mut input_deltas[..layer.inputs * stride];
    let start = |_: usize| 0.0;
    let zero = S::f32s::splat(simd, 0.0);
    match gate {
        Gate::Relu(inputs) => {
            let inputs = &inputs[..layer.inputs * stride];
            let gate = |at: usize, sum: S::f32s| {
                let x = S::f32s::from_slice(simd, &inputs[at..at + S::f32s::LEN]);
                x.simd_gt(zero).select(sum, zero)
            };
            product(
                simd,
                &weights,
                layer.outputs,
                start,
                output_deltas,
                sums,
                stride,
                gate,
            );
        }
        Gate::Open => {
            product(
                simd,
                &weights,
                layer.outputs,
                start,
                output_deltas,
                sums,
                stride,
                |_, sum| sum,
            );
        }
    }
}

/// A layer's weights, read along either side: `values[sum * of_sum + term * of_term]`.
struct Weights<'a> {
    values: &'a [f32],
    of_sum: usize,
    of_term: usize,
}

impl Weights<'_> {
    /// The weights of sums `first..first + R` for each term in turn.
    #[inline(always)]
    fn columns<const R: usize>(&self, first: usize, terms: usize) -> impl Fn(usize) -> [f32; R] {
        // Slices cut to what is read, so that the loop needs no check for the forward direction.
        let starts: [&[f32]; R] = from_fn(|r| {
            let begin = (first + r) * self.of_sum;
            &self.values[begin..begin + (terms - 1) * self.of_term + 1]
        });
        let step = self.of_term;
        move |term| starts.map(|weights| weights[term * step])
    }
}

/// All sums, `finish` applied to each vector of them (and its place among the outputs) before storing.
// Eight plain values beat a struct that would only be taken apart again.
#[allow(clippy::too_many_arguments)]
#[inline(always)]
fn product<S: Simd>(
    simd: S,
    weights: &Weights<'_>,
    terms: usize,
    start: impl Fn(usize) -> f32 + Copy,
    rows: &[f32],
    outputs: &mut [f32],
    stride: usize,
    finish: impl Fn(usize, S::f32s) -> S::f32s + Copy,
) {
    let rows = &rows[..terms * stride];
    let width = S::f32s::LEN;
    let mut sample = 0;
    while sample + 2 * width <= stride {
        block::<S, 2>(simd, weights, terms, start, rows, outputs, stride, sample, finish);
        sample += 2 * width;
    }
    while sample < stride {
        block::<S, 1>(simd, weights, terms, start, rows, outputs, stride, sample, finish);
        sample += width;
    }
}

/// All sums of `V` vectors of samples.
#[allow(clippy::too_many_arguments)] // as `product`
#[inline(always)]
fn block<S: Simd, const V: usize>(
    simd: S,
    weights: &Weights<'_>,
    terms: usize,
    start: impl Fn(usize) -> f32 + Copy,
    rows: &[f32],
    outputs: &mut [f32],
    stride: usize,
    sample: usize,
    finish: impl Fn(usize, S::f32s) -> S::f32s + Copy,
) {
    let count = outputs.len() / stride;
    let mut first = 0;
    while first + 4 <= count {
        tile::<S, 4, V>(
            simd, weights, terms, start, rows, outputs, stride, sample, first, finish,
        );
        first += 4;
    }
    if first + 2 <= count {
        tile::<S, 2, V>(
            simd, weights, terms, start, rows, outputs, stride, sample, first, finish,
        );
        first += 2;
    }
    if first < count {
        tile::<S, 1, V>(
            simd, weights, terms, start, rows, outputs, stride, sample, first, finish,
        );
    }
}

/// Sums `first..first + R` of `V` vectors of samples.
#[allow(clippy::too_many_arguments)] // as `product`
#[inline(always)]
fn tile<S: Simd, const R: usize, const V: usize>(
    simd: S,
    weights: &Weights<'_>,
    terms: usize,
    start: impl Fn(usize) -> f32,
    rows: &[f32],
    outputs: &mut [f32],
    stride: usize,
    sample: usize,
    first: usize,
    finish: impl Fn(usize, S::f32s) -> S::f32s,
) {
    let width = S::f32s::LEN;
    let weight = weights.columns::<R>(first, terms);
    let mut sums: [[S::f32s; V]; R] = from_fn(|r| [S::f32s::splat(simd, start(first + r)); V]);
    for (term, row) in rows.chunks_exact(stride).enumerate() {
        let lanes = &row[sample..sample + V * width];
        let x: [S::f32s; V] = from_fn(|v| S::f32s::from_slice(simd, &lanes[v * width..(v + 1) * width]));
        let w = weight(term);
        for r in 0..R {
            let w = S::f32s::splat(simd, w[r]);
            for v in 0..V {
                sums[r][v] = sums[r][v] + w * x[v];
            }
        }
    }
    for (r, sums) in sums.into_iter().enumerate() {
        for (v, sum) in sums.into_iter().enumerate() {
            let at = (first + r) * stride + sample + v * width;
            finish(at, sum).store_slice(&mut outputs[at..at + width]);
        }
    }
}
