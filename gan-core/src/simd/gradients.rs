//! A layer's gradients, summed over the batch, in tiles of output × input neurons.
//!
//! Each of a tile's sums keeps its 16 partials in 16 / width vectors. A narrow machine has no registers for
//! all of them, so it goes over the batch once for each vector's worth of partials. The partials then
//! fold in the contract's order, four sums at a time.

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
    // A machine with vectors of 16 has 32 registers of them.
    while S::f32s::LEN == LANES && output + 4 <= layer.outputs {
        band::<S, 4>(simd, layer, &batch, deltas, inputs, weights, output);
        output += 4;
    }
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
            partials += f32x16::from_slice(simd, lanes);
        }
        *bias = canonical(fold(halve(partials)));
    }
}

/// The lanes of a block, to tell which of them a batch fills.
const LANE_NUMBERS: [f32; LANES] = [
    0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0,
];

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
        for p in 0..P {
            let [a, b, c, d] = &sums[p];
            let at = (output + p) * layer.inputs + input;
            let [a, b, c, d] = [
                partials(simd, a),
                partials(simd, b),
                partials(simd, c),
                partials(simd, d),
            ];
            fold_four(simd, a, b, c, d).store_slice(&mut weights[at..at + 4]);
        }
        input += 4;
    }
    while input < layer.inputs {
        let sums = tile::<S, P, 1>(simd, batch, deltas, inputs, output, input);
        for p in 0..P {
            let at = (output + p) * layer.inputs + input;
            weights[at] = canonical(fold(partials(simd, &sums[p][0])));
        }
        input += 1;
    }
}

/// Neighbouring rows as blocks of 16 samples. Each has as many blocks as the loop over them counts, so
/// that the loop needs no check.
#[inline(always)]
fn rows<'a, const N: usize>(values: &'a [f32], first: usize, batch: &Batch) -> [&'a [[f32; LANES]]; N] {
    let mut rows: [&[[f32; LANES]]; N] = [&[]; N];
    for (n, row) in rows.iter_mut().enumerate() {
        let blocks = values[(first + n) * batch.stride..][..batch.stride].as_chunks().0;
        *row = &blocks[..batch.full + usize::from(batch.rest > 0)];
    }
    rows
}

/// A tile's 16 partials of a sum, halved twice.
#[inline(always)]
fn partials<S: Simd>(simd: S, sums: &[f32; LANES]) -> f32x4<S> {
    halve(f32x16::from_slice(simd, sums))
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
    let deltas: [&[[f32; LANES]]; P] = rows(deltas, output, batch);
    let inputs: [&[[f32; LANES]]; Q] = rows(inputs, input, batch);
    let mut partials = [[[0.0; LANES]; Q]; P];
    let mut lane = 0;
    while lane < LANES {
        let zero = S::f32s::splat(simd, 0.0);
        let mut sums = [[zero; Q]; P];
        for block in 0..batch.full {
            let mut d = [zero; P];
            for p in 0..P {
                d[p] = S::f32s::from_slice(simd, &deltas[p][block][lane..lane + width]);
            }
            for q in 0..Q {
                let x = S::f32s::from_slice(simd, &inputs[q][block][lane..lane + width]);
                for p in 0..P {
                    sums[p][q] += d[p] * x;
                }
            }
        }
        if batch.rest > lane {
            // Beyond the batch the deltas are +0, but an activation may have overflowed: 0 · ∞ is NaN.
            let end = S::f32s::splat(simd, batch.rest as f32);
            let counts = S::f32s::from_slice(simd, &LANE_NUMBERS[lane..lane + width]).simd_lt(end);
            for q in 0..Q {
                let x = S::f32s::from_slice(simd, &inputs[q][batch.full][lane..lane + width]);
                let x = counts.select(x, zero);
                for p in 0..P {
                    let d = S::f32s::from_slice(simd, &deltas[p][batch.full][lane..lane + width]);
                    sums[p][q] += d * x;
                }
            }
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
fn fold_four<S: Simd>(simd: S, a: f32x4<S>, b: f32x4<S>, c: f32x4<S>, d: f32x4<S>) -> f32x4<S> {
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
