//! A layer's dot products, forward beside backward, in tiles of neurons × samples.
//!
//! Both are `sum[r][n] = start[r] + Σ_k weight(r, k) · row[k][n]`, over inputs or over outputs. A tile
//! keeps 4 sums × 2 vectors in registers: eight chains of additions hide their latency, and each vector
//! that is loaded serves four neurons. Samples are the outer loop, so the rows of a tile stay in the
//! first cache while the weights go by.

use fearless_simd::prelude::*;

use core::slice::ChunksExact;
use fearless_simd::{Simd, f32x16};

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
    let size = (layer.outputs, layer.inputs);
    let zero = f32x16::splat(simd, 0.0);
    match layer.activation {
        Activation::Relu => {
            let relu = |_: usize, sum: f32x16<S>| sum.simd_gt(zero).select(sum, zero);
            product(simd, weights, size, start, rows, outputs, stride, relu);
        }
        Activation::Linear => {
            product(simd, weights, size, start, rows, outputs, stride, |_, sum| sum);
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
    let size = (layer.inputs, layer.outputs);
    let zero = f32x16::splat(simd, 0.0);
    match gate {
        Gate::Relu(inputs) => {
            let inputs: &[Block] = &inputs.as_chunks().0[..layer.inputs * stride / LANES];
            let gate = |at: usize, sum: f32x16<S>| {
                let x = f32x16::from_slice(simd, &inputs[at]);
                x.simd_gt(zero).select(sum, zero)
            };
            product(simd, weights, size, start, output_deltas, sums, stride, gate);
        }
        Gate::Open => {
            product(
                simd,
                weights,
                size,
                start,
                output_deltas,
                sums,
                stride,
                |_, sum| sum,
            );
        }
    }
}

/// 16 samples' numbers of a row.
type Block = [f32; LANES];

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

/// `count` sums of `terms`, `finish` applied to each block of them (and its place among the outputs) before storing.
// Eight plain values beat a struct that would only be taken apart again.
#[allow(clippy::too_many_arguments)]
#[inline(always)]
fn product<S: Simd>(
    simd: S,
    weights: (impl Weights, &[f32]),
    (count, terms): (usize, usize),
    start: impl Fn(usize) -> f32 + Copy,
    rows: &[f32],
    outputs: &mut [f32],
    stride: usize,
    finish: impl Fn(usize, f32x16<S>) -> f32x16<S> + Copy,
) {
    let blocks = stride / LANES;
    // The division in it is done once.
    let rows = &rows.as_chunks().0[..terms * blocks].chunks_exact(blocks);
    let outputs = outputs.as_chunks_mut().0;
    // A division would cost as much as a short row.
    let group = if terms * blocks <= CACHED_BLOCKS {
        blocks
    } else {
        2
    };
    let mut from = 0;
    while from < blocks {
        let range = (from, blocks.min(from + group));
        let mut first = 0;
        // A machine with vectors of 16 has 32 registers of them.
        while S::f32s::LEN == LANES && first + 8 <= count {
            tile::<S, 8>(
                simd, weights, terms, start, rows, outputs, blocks, range, first, finish,
            );
            first += 8;
        }
        while S::f32s::LEN * 2 >= LANES && first + 4 <= count {
            tile::<S, 4>(
                simd, weights, terms, start, rows, outputs, blocks, range, first, finish,
            );
            first += 4;
        }
        while first + 2 <= count {
            tile::<S, 2>(
                simd, weights, terms, start, rows, outputs, blocks, range, first, finish,
            );
            first += 2;
        }
        if first < count {
            tile::<S, 1>(
                simd, weights, terms, start, rows, outputs, blocks, range, first, finish,
            );
        }
        from = range.1;
    }
}

/// Blocks of rows that the first cache holds beside all else.
const CACHED_BLOCKS: usize = 384;

/// Sums `first..first + R` of a range of blocks.
#[allow(clippy::too_many_arguments)] // as `product`
#[inline(always)]
fn tile<S: Simd, const R: usize>(
    simd: S,
    weights: (impl Weights, &[f32]),
    terms: usize,
    start: impl Fn(usize) -> f32,
    rows: &ChunksExact<'_, Block>,
    outputs: &mut [Block],
    blocks: usize,
    (from, to): (usize, usize),
    first: usize,
    finish: impl Fn(usize, f32x16<S>) -> f32x16<S> + Copy,
) {
    let (weights, values) = weights;
    let tile = weights.tile::<R>(values, first, terms);
    let mut starts = [0.0; R];
    let mut rest = &mut outputs[first * blocks..];
    let mut sums = [(); R].map(|()| <&mut [Block]>::default());
    for r in 0..R {
        starts[r] = start(first + r);
        let (row, after) = rest.split_at_mut(blocks);
        sums[r] = row;
        rest = after;
    }
    let mut block = from;
    while S::f32s::LEN == LANES && block + 2 <= to {
        strip::<S, _, R, 2>(
            simd,
            weights,
            tile,
            terms,
            &starts,
            rows,
            &mut sums,
            block,
            first * blocks,
            finish,
        );
        block += 2;
    }
    while block < to {
        strip::<S, _, R, 1>(
            simd,
            weights,
            tile,
            terms,
            &starts,
            rows,
            &mut sums,
            block,
            first * blocks,
            finish,
        );
        block += 1;
    }
}

/// Sums of `B` blocks.
#[allow(clippy::too_many_arguments)] // as `product`
#[inline(always)]
fn strip<S: Simd, W: Weights, const R: usize, const B: usize>(
    simd: S,
    weights: W,
    tile: W::Tile<'_, R>,
    terms: usize,
    starts: &[f32; R],
    rows: &ChunksExact<'_, Block>,
    outputs: &mut [&mut [Block]; R],
    block: usize,
    at: usize,
    finish: impl Fn(usize, f32x16<S>) -> f32x16<S>,
) {
    let mut sums = [[f32x16::splat(simd, 0.0); B]; R];
    for r in 0..R {
        sums[r] = [f32x16::splat(simd, starts[r]); B];
    }
    let blocks = outputs[0].len();
    for (term, row) in (0..terms).zip(rows.clone()) {
        let row = &row[block..block + B];
        let w = weights.of_term::<R>(tile, term);
        for r in 0..R {
            let w = f32x16::splat(simd, w[r]);
            for b in 0..B {
                sums[r][b] += w * f32x16::from_slice(simd, &row[b]);
            }
        }
    }
    for r in 0..R {
        for b in 0..B {
            finish(at + r * blocks + block + b, sums[r][b]).store_slice(&mut outputs[r][block + b]);
        }
    }
}
