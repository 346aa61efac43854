//! A layer's dot products, forward beside backward, in tiles of neurons × samples.
//!
//! Both are `sum[r][n] = start[r] + Σ_k weight(r, k) · row[k][n]`, over inputs or over outputs. A tile
//! keeps 4 sums × 2 vectors in registers: eight chains of additions hide their latency, and each vector
//! that is loaded serves four neurons. Samples are the outer loop, so the rows of a tile stay in the
//! first cache while the weights go by.

use fearless_simd::Simd;
use fearless_simd::prelude::*;

use crate::dense::{Gate, LANES};
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
    let weights = (OfOutputs { inputs: layer.inputs }, &parameters[layer.weights()]);
    let biases = &parameters[layer.biases()];
    let outputs = &mut after[..layer.outputs * stride];
    let start = |o: usize| biases[o];
    let zero = S::f32s::splat(simd, 0.0);
    match layer.activation {
        Activation::Relu => {
            let relu = |_: usize, sum: S::f32s| sum.simd_gt(zero).select(sum, zero);
            product(simd, weights, layer.inputs, start, rows, outputs, stride, relu);
        }
        Activation::Linear => {
            product(
                simd,
                weights,
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
    let weights = (OfInputs { inputs: layer.inputs }, &parameters[layer.weights()]);
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
                weights,
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
                weights,
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

/// A layer's weights as a tile reads them: those of `R` neighbouring sums, term by term.
trait Weights: Copy {
    /// A tile's part of the weights.
    type Tile<'a, const R: usize>: Copy;

    fn tile<const R: usize>(self, values: &[f32], first: usize, terms: usize) -> Self::Tile<'_, R>;

    fn of_term<const R: usize>(self, tile: Self::Tile<'_, R>, term: usize) -> [f32; R];
}

/// Forward: a sum is an output, its weights lie side by side.
#[derive(Clone, Copy)]
struct OfOutputs {
    inputs: usize,
}

impl Weights for OfOutputs {
    type Tile<'a, const R: usize> = [&'a [f32]; R];

    #[inline(always)]
    fn tile<const R: usize>(self, values: &[f32], first: usize, terms: usize) -> [&[f32]; R] {
        let mut tile = [&values[..0]; R];
        for (r, weights) in tile.iter_mut().enumerate() {
            // Cut to the number of terms, so that the loop over them needs no check.
            *weights = &values[(first + r) * self.inputs..][..terms];
        }
        tile
    }

    #[inline(always)]
    fn of_term<const R: usize>(self, tile: [&[f32]; R], term: usize) -> [f32; R] {
        let mut weights = [0.0; R];
        for r in 0..R {
            weights[r] = tile[r][term];
        }
        weights
    }
}

/// Backward: a sum is an input, the weights of neighbouring sums lie side by side.
#[derive(Clone, Copy)]
struct OfInputs {
    inputs: usize,
}

impl Weights for OfInputs {
    type Tile<'a, const R: usize> = &'a [f32];

    #[inline(always)]
    fn tile<const R: usize>(self, values: &[f32], first: usize, _: usize) -> &[f32] {
        &values[first..]
    }

    #[inline(always)]
    fn of_term<const R: usize>(self, tile: &[f32], term: usize) -> [f32; R] {
        let mut weights = [0.0; R];
        weights.copy_from_slice(&tile[term * self.inputs..][..R]);
        weights
    }
}

/// All sums, `finish` applied to each vector of them (and its place among the outputs) before storing.
// Eight plain values beat a struct that would only be taken apart again.
#[allow(clippy::too_many_arguments)]
#[inline(always)]
fn product<S: Simd>(
    simd: S,
    weights: (impl Weights, &[f32]),
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
    weights: (impl Weights, &[f32]),
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
    // A machine with vectors of 16 has 32 registers of them.
    while S::f32s::LEN == LANES && first + 8 <= count {
        tile::<S, 8, V>(
            simd, weights, terms, start, rows, outputs, stride, sample, first, finish,
        );
        first += 8;
    }
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
    weights: (impl Weights, &[f32]),
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
    let (weights, values) = weights;
    let tile = weights.tile::<R>(values, first, terms);
    let zero = S::f32s::splat(simd, 0.0);
    let mut sums = [[zero; V]; R];
    for r in 0..R {
        sums[r] = [S::f32s::splat(simd, start(first + r)); V];
    }
    for term in 0..terms {
        let lanes = &rows[term * stride + sample..][..V * width];
        let mut x = [zero; V];
        for v in 0..V {
            x[v] = S::f32s::from_slice(simd, &lanes[v * width..(v + 1) * width]);
        }
        let w = weights.of_term::<R>(tile, term);
        for r in 0..R {
            let w = S::f32s::splat(simd, w[r]);
            for v in 0..V {
                sums[r][v] += w * x[v];
            }
        }
    }
    for r in 0..R {
        for v in 0..V {
            let at = (first + r) * stride + sample + v * width;
            finish(at, sums[r][v]).store_slice(&mut outputs[at..at + width]);
        }
    }
}
