//! A layer's dot products, forward, backward and of tangents, in tiles of neurons × samples.
//!
//! All are `sum[r][n] = start[r] + Σ_k weight(r, k) · row[k][n]`, over inputs or over outputs. A tile is
//! some neighbouring sums, for which all is found once, and then strip by strip of samples: a strip keeps 4 sums
//! of 16 samples in registers (2 where vectors are of 4, 4 of 80 where they are of 16), so that chains of
//! additions hide their latency, and each vector that is loaded serves several neurons. If rows are
//! too many for the first cache, all tiles take a strip before the next, and the rows stay while
//! the weights go by.
//!
//! Rows that feed a layer are +0 beyond the batch, so no tile needs a mask.

use core::iter::Zip;
use core::ops::Range;
use core::slice::ChunksExact;

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x16};

use crate::dense::{Gate, LANES, stride};
use crate::network::{keep, kept_of_last};
use crate::shape::{Activation, Layer, Scales};

/// Vector form of [`crate::dense::forward`].
#[inline(always)]
pub(crate) fn forward<S: Simd, const RELU: bool>(
    simd: S,
    layer: &Layer,
    parameters: &[f32],
    activations: &mut [f32],
    samples: usize,
) {
    let stride = stride(samples);
    let kept = kept_of_last(layer, samples);
    let (before, after) = activations.split_at_mut((layer.row + layer.inputs) * stride);
    let rows = &before[layer.row * stride..];
    let weights = (OfOutputs { inputs: layer.inputs }, &parameters[layer.weights()]);
    let start = (RELU || layer.scales == Scales::None).then(|| &parameters[layer.biases()]);
    let outputs = &mut after[..layer.outputs * stride];
    let size = (layer.outputs, layer.inputs);
    let zero = f32x16::splat(simd, 0.0);
    let activation = if RELU {
        layer.activation
    } else {
        layer.activation_of_sums()
    };
    match activation {
        Activation::Relu => {
            // The maximum of a NaN and a number is the number, of −0 and +0 the second: ReLU, also
            // of numbers that are not finite.
            let relu = |_: f32x16<S>, sum: f32x16<S>| sum.max_precise(zero);
            product(
                simd, weights, size, start, rows, None, outputs, stride, kept, relu,
            );
        }
        Activation::LeakyRelu(slope) if !RELU => {
            let slope = f32x16::splat(simd, slope);
            let leaky = |_: f32x16<S>, sum: f32x16<S>| sum.simd_gt(zero).select(sum, slope * sum);
            product(
                simd, weights, size, start, rows, None, outputs, stride, kept, leaky,
            );
        }
        // tanh follows in `kernels`.
        Activation::LeakyRelu(_) | Activation::Tanh | Activation::Linear => {
            let nothing = |_: f32x16<S>, sum: f32x16<S>| sum;
            product(
                simd, weights, size, start, rows, None, outputs, stride, kept, nothing,
            );
        }
    }
}

/// Vector form of [`crate::dense::backward`].
#[inline(always)]
pub(crate) fn backward<S: Simd, const RELU: bool>(
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
    let size = (layer.inputs, layer.outputs);
    gated::<S, RELU>(simd, weights, size, output_deltas, gate, sums, stride);
}

/// Vector form of [`crate::dense::tangent`].
#[inline(always)]
pub(crate) fn tangent<S: Simd>(
    simd: S,
    layer: &Layer,
    parameters: &[f32],
    input_tangents: &[f32],
    gate: Gate<'_>,
    output_tangents: &mut [f32],
    stride: usize,
) {
    let weights = (OfOutputs { inputs: layer.inputs }, &parameters[layer.weights()]);
    let sums = &mut output_tangents[..layer.outputs * stride];
    let size = (layer.outputs, layer.inputs);
    gated::<S, false>(simd, weights, size, input_tangents, gate, sums, stride);
}

/// Sums from +0, each of which passes a gate.
#[inline(always)]
fn gated<S: Simd, const RELU: bool>(
    simd: S,
    weights: (impl Weights, &[f32]),
    size: (usize, usize),
    rows: &[f32],
    gate: Gate<'_>,
    sums: &mut [f32],
    stride: usize,
) {
    let zero = f32x16::splat(simd, 0.0);
    match gate {
        Gate::Relu(values) => {
            let gate = |x: f32x16<S>, sum: f32x16<S>| x.simd_gt(zero).select(sum, zero);
            product(
                simd,
                weights,
                size,
                None,
                rows,
                Some(values),
                sums,
                stride,
                None,
                gate,
            );
        }
        Gate::LeakyRelu(values, slope) if !RELU => {
            let slope = f32x16::splat(simd, slope);
            let gate = |x: f32x16<S>, sum: f32x16<S>| x.simd_gt(zero).select(sum, slope * sum);
            product(
                simd,
                weights,
                size,
                None,
                rows,
                Some(values),
                sums,
                stride,
                None,
                gate,
            );
        }
        Gate::Tanh(values) if !RELU => {
            let one = f32x16::splat(simd, 1.0);
            let gate = |y: f32x16<S>, sum: f32x16<S>| sum * (one - y * y);
            product(
                simd,
                weights,
                size,
                None,
                rows,
                Some(values),
                sums,
                stride,
                None,
                gate,
            );
        }
        Gate::LeakyRelu(..) | Gate::Tanh(_) | Gate::Open => {
            let nothing = |_: f32x16<S>, sum: f32x16<S>| sum;
            product(simd, weights, size, None, rows, None, sums, stride, None, nothing);
        }
    }
}

/// 16 samples' numbers of a row.
type Block = [f32; LANES];

/// The terms of sums, each with its row.
type Terms<'a> = Zip<Range<usize>, ChunksExact<'a, Block>>;

/// Finishes sums before they are stored, given the numbers that a gate looks at in their place,
/// or +0.
trait Finish<S: Simd>: Fn(f32x16<S>, f32x16<S>) -> f32x16<S> + Copy {}

impl<S: Simd, F: Fn(f32x16<S>, f32x16<S>) -> f32x16<S> + Copy> Finish<S> for F {}

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
        let mut rest = &values[first * self.inputs..];
        for weights in &mut tile {
            // A slice has as many weights as there are terms: the loop over them needs no check.
            (*weights, rest) = rest.split_at(terms);
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

/// `count` sums of `terms`; each of them and its number in `values` are finished before it is
/// stored. `kept` is the mask of each row's last block.
// Ten plain values beat a struct that would only be taken apart again.
#[allow(clippy::too_many_arguments)]
#[inline(always)]
fn product<S: Simd>(
    simd: S,
    weights: (impl Weights, &[f32]),
    (count, terms): (usize, usize),
    start: Option<&[f32]>,
    rows: &[f32],
    values: Option<&[f32]>,
    outputs: &mut [f32],
    stride: usize,
    kept: Option<&[u32; LANES]>,
    finish: impl Finish<S>,
) {
    let blocks = stride / LANES;
    // Made once: cutting and counting divide.
    let rows = (0..terms).zip(rows.as_chunks().0[..terms * blocks].chunks_exact(blocks));
    let values = values.map(|values| values.as_chunks().0);
    let outputs = outputs.as_chunks_mut().0;
    let group = if terms * blocks <= CACHED_BLOCKS {
        blocks
    } else {
        5
    };
    let mut from = 0;
    while from < blocks {
        let range = (from, blocks.min(from + group));
        let mut first = 0;
        while S::f32s::LEN * 2 >= LANES && first + 4 <= count {
            tile::<S, 4>(
                simd, weights, terms, start, &rows, values, outputs, blocks, range, first, kept, finish,
            );
            first += 4;
        }
        while first + 2 <= count {
            tile::<S, 2>(
                simd, weights, terms, start, &rows, values, outputs, blocks, range, first, kept, finish,
            );
            first += 2;
        }
        if first < count {
            tile::<S, 1>(
                simd, weights, terms, start, &rows, values, outputs, blocks, range, first, kept, finish,
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
    start: Option<&[f32]>,
    rows: &Terms<'_>,
    values: Option<&[Block]>,
    outputs: &mut [Block],
    blocks: usize,
    (from, to): (usize, usize),
    first: usize,
    kept: Option<&[u32; LANES]>,
    finish: impl Finish<S>,
) {
    let (weights, numbers) = weights;
    let tile = weights.tile::<R>(numbers, first, terms);
    let starts = start.map_or(&[0.0; R][..], |numbers| &numbers[first..first + R]);
    let mut gated = [&[][..]; R];
    if let Some(values) = values {
        let mut rest = &values[first * blocks..];
        for r in 0..R {
            (gated[r], rest) = rest.split_at(blocks);
        }
    }
    let values = values.map(|_| gated);
    let mut rest = &mut outputs[first * blocks..];
    let mut sums = [(); R].map(|()| <&mut [Block]>::default());
    for r in 0..R {
        let (row, after) = rest.split_at_mut(blocks);
        sums[r] = row;
        rest = after;
    }
    let mut block = from;
    // A machine with vectors of 16 has 32 registers of them.
    while S::f32s::LEN == LANES && block + 5 <= to {
        strip::<S, _, R, 5>(
            simd, weights, tile, starts, rows, values, &mut sums, block, finish,
        );
        block += 5;
    }
    while S::f32s::LEN == LANES && block + 2 <= to {
        strip::<S, _, R, 2>(
            simd, weights, tile, starts, rows, values, &mut sums, block, finish,
        );
        block += 2;
    }
    while block < to {
        strip::<S, _, R, 1>(
            simd, weights, tile, starts, rows, values, &mut sums, block, finish,
        );
        block += 1;
    }
    if let Some(kept) = kept {
        for r in 0..R {
            if to == blocks
                && let Some(block) = sums[r].last_mut()
            {
                keep(kept, block);
            }
        }
    }
}

/// Sums of `B` blocks.
#[allow(clippy::too_many_arguments)] // as `product`
#[inline(always)]
fn strip<S: Simd, W: Weights, const R: usize, const B: usize>(
    simd: S,
    weights: W,
    tile: W::Tile<'_, R>,
    starts: &[f32],
    rows: &Terms<'_>,
    values: Option<[&[Block]; R]>,
    outputs: &mut [&mut [Block]; R],
    block: usize,
    finish: impl Finish<S>,
) {
    let mut sums = [[f32x16::splat(simd, 0.0); B]; R];
    for r in 0..R {
        sums[r] = [f32x16::splat(simd, starts[r]); B];
    }
    let mut rows = rows.clone();
    // The first on its own: it adds to the starts where they lie, not to copies. There always is one.
    let Some((term, row)) = rows.next() else { return };
    add(
        simd,
        &mut sums,
        weights.of_term(tile, term),
        &row[block..block + B],
    );
    for (term, row) in rows {
        add(
            simd,
            &mut sums,
            weights.of_term(tile, term),
            &row[block..block + B],
        );
    }
    for r in 0..R {
        let outputs = &mut outputs[r][block..block + B];
        let mut gated = [f32x16::splat(simd, 0.0); B];
        if let Some(values) = values {
            let values = &values[r][block..block + B];
            for b in 0..B {
                gated[b] = f32x16::from_slice(simd, &values[b]);
            }
        }
        for b in 0..B {
            finish(gated[b], sums[r][b]).store_slice(&mut outputs[b]);
        }
    }
}

/// `sum[r][b] += weight[r] · row[b]`.
#[inline(always)]
fn add<S: Simd, const R: usize, const B: usize>(
    simd: S,
    sums: &mut [[f32x16<S>; B]; R],
    weights: [f32; R],
    row: &[Block],
) {
    for r in 0..R {
        let w = f32x16::splat(simd, weights[r]);
        for b in 0..B {
            sums[r][b] += w * f32x16::from_slice(simd, &row[b]);
        }
    }
}
