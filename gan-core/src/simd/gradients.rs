//! A layer's gradients, summed over the batch, in tiles of output × input neurons.
//!
//! Each of a tile's sums keeps its 16 partials in 16 / width vectors. A narrow machine has no registers for
//! all of them, so it goes over the batch once for each vector's worth of partials. The partials then
//! fold in the contract's order, four sums at a time.

use core::array::from_fn;

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x4, f32x16, f64x2};

use crate::dense::{LANES, stride};
use crate::math::{CANONICAL_LEAST, canonical};
use crate::shape::Layer;

/// As [`crate::dense::gradients`].
#[inline(always)]
pub(crate) fn gradients<S: Simd>(
    simd: S,
    layer: &Layer,
    output_deltas: &[f32],
    inputs: &[f32],
    gradients: &mut [f32],
    samples: usize,
) {
    let batch = Batch::new(samples);
    let deltas = &output_deltas[..layer.outputs * batch.stride];
    let inputs = &inputs[..layer.inputs * batch.stride];
    let (weights, biases) = gradients[layer.offset..layer.biases().end].split_at_mut(layer.weights().len());
    let mut output = 0;
    while output + 2 <= layer.outputs {
        band::<S, 2>(simd, layer, &batch, deltas, inputs, weights, output);
        output += 2;
    }
    if output < layer.outputs {
        band::<S, 1>(simd, layer, &batch, deltas, inputs, weights, output);
    }
    for (bias, deltas) in biases.iter_mut().zip(deltas.chunks_exact(batch.stride)) {
        let mut partials = f32x16::splat(simd, 0.0);
        for lanes in deltas.chunks_exact(LANES) {
            // The deltas' padding is +0, which adds nothing.
            partials = partials + f32x16::from_slice(simd, lanes);
        }
        *bias = canonical(fold(halve(partials)));
    }
}

/// How a batch fills its rows.
struct Batch {
    stride: usize,
    /// Blocks of 16 samples that are full.
    full: usize,
    /// Samples in the block after them.
    rest: usize,
}

impl Batch {
    #[inline(always)]
    fn new(samples: usize) -> Self {
        Self {
            stride: stride(samples),
            full: samples / LANES,
            rest: samples % LANES,
        }
    }
}

/// Gradients of `P` outputs' weights.
#[inline(always)]
fn band<S: Simd, const P: usize>(
    simd: S,
    layer: &Layer,
    batch: &Batch,
    deltas: &[f32],
    inputs: &[f32],
    weights: &mut [f32],
    output: usize,
) {
    let mut input = 0;
    while input + 4 <= layer.inputs {
        let sums = tile::<S, P, 4>(simd, batch, deltas, inputs, output, input);
        for (p, sums) in sums.iter().enumerate() {
            let at = (output + p) * layer.inputs + input;
            fold_four(simd, from_fn(|q| halve(f32x16::from_slice(simd, &sums[q]))))
                .store_slice(&mut weights[at..at + 4]);
        }
        input += 4;
    }
    while input < layer.inputs {
        let sums = tile::<S, P, 1>(simd, batch, deltas, inputs, output, input);
        for (p, [sums]) in sums.iter().enumerate() {
            let at = (output + p) * layer.inputs + input;
            weights[at] = canonical(fold(halve(f32x16::from_slice(simd, sums))));
        }
        input += 1;
    }
}

/// The 16 partials of `P` outputs × `Q` inputs.
#[inline(always)]
fn tile<S: Simd, const P: usize, const Q: usize>(
    simd: S,
    batch: &Batch,
    deltas: &[f32],
    inputs: &[f32],
    output: usize,
    input: usize,
) -> [[[f32; LANES]; Q]; P] {
    let width = S::f32s::LEN;
    let deltas: [&[f32]; P] = from_fn(|p| &deltas[(output + p) * batch.stride..][..batch.stride]);
    let inputs: [&[f32]; Q] = from_fn(|q| &inputs[(input + q) * batch.stride..][..batch.stride]);
    let mut partials = [[[0.0; LANES]; Q]; P];
    let mut lane = 0;
    while lane < LANES {
        let load = |row: &[f32], block: usize| {
            let at = block * LANES + lane;
            S::f32s::from_slice(simd, &row[at..at + width])
        };
        let mut sums = [[S::f32s::splat(simd, 0.0); Q]; P];
        let mut add = |d: [S::f32s; P], x: [S::f32s; Q]| {
            for p in 0..P {
                for q in 0..Q {
                    sums[p][q] = sums[p][q] + d[p] * x[q];
                }
            }
        };
        for block in 0..batch.full {
            add(
                from_fn(|p| load(deltas[p], block)),
                from_fn(|q| load(inputs[q], block)),
            );
        }
        if batch.rest > lane {
            // Beyond the batch the deltas are +0, but an activation may have overflowed: 0 · ∞ is NaN.
            let count = (batch.rest - lane).min(width);
            let counted = |row: &[f32]| {
                let mut lanes = [0.0; LANES];
                let at = batch.full * LANES + lane;
                lanes[..count].copy_from_slice(&row[at..at + count]);
                S::f32s::from_slice(simd, &lanes[..width])
            };
            add(from_fn(|p| load(deltas[p], batch.full)), inputs.map(counted));
        }
        for p in 0..P {
            for q in 0..Q {
                sums[p][q].store_slice(&mut partials[p][q][lane..lane + width]);
            }
        }
        lane += width;
    }
    partials
}

/// 16 partials to 8 to 4, upper half onto lower half.
#[inline(always)]
fn halve<S: Simd>(partials: f32x16<S>) -> f32x4<S> {
    let (lower, upper) = partials.split();
    let (lower, upper) = (lower + upper).split();
    lower + upper
}

/// 4 partials to 2 to 1.
#[inline(always)]
fn fold<S: Simd>(partials: f32x4<S>) -> f32 {
    (partials[0] + partials[2]) + (partials[1] + partials[3])
}

/// As [`fold`], of four sums at once, canonical.
#[inline(always)]
fn fold_four<S: Simd>(simd: S, sums: [f32x4<S>; 4]) -> f32x4<S> {
    let [a, b, c, d] = sums;
    // [a0 b0 a1 b1] + [a2 b2 a3 b3] is [a0+a2, b0+b2, a1+a3, b1+b3]: upper half onto lower half.
    let ab: f64x2<S> = (simd.zip_low_f32x4(a, b) + simd.zip_high_f32x4(a, b)).bitcast();
    let cd: f64x2<S> = (simd.zip_low_f32x4(c, d) + simd.zip_high_f32x4(c, d)).bitcast();
    // Pairs of lanes move as one.
    let even: f32x4<S> = simd.zip_low_f64x2(ab, cd).bitcast();
    let odd: f32x4<S> = simd.zip_high_f64x2(ab, cd).bitcast();
    let sum = even + odd;
    let least = f32x4::splat(simd, CANONICAL_LEAST);
    sum.abs().simd_lt(least).select(f32x4::splat(simd, 0.0), sum)
}
