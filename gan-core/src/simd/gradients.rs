//! A layer's gradients, summed over the batch, in tiles of output × input neurons.
//!
//! Each of a tile's sums keeps its 16 partials in 16 / width vectors. A narrow machine has no registers for
//! all of them, so it goes over the batch once for each vector's worth of partials. Then all of a tile's
//! sums fold at once ([`super::fold`]).

use fearless_simd::Simd;
use fearless_simd::prelude::*;

use super::fold::fold;
use crate::dense::{LANES, stride};
use crate::shape::Layer;

/// Vector form of [`crate::dense::gradients`].
#[inline(always)]
pub(crate) fn gradients<S: Simd>(
    simd: S,
    layer: &Layer,
    output_deltas: &[f32],
    inputs: &[f32],
    gradients: &mut [f32],
    samples: usize,
) {
    let (weights, biases) = gradients[layer.offset..layer.biases().end].split_at_mut(layer.weights().len());
    let places = Places::of(layer, output_deltas, inputs, weights, samples);
    bias_sums(simd, places.blocks, places.deltas, biases);
    tiles(simd, places);
}

/// Vector form of [`crate::dense::row_sums`].
#[inline(always)]
pub(crate) fn row_sums<S: Simd>(simd: S, rows: &[f32], sums: &mut [f32], samples: usize) {
    let blocks = stride(samples) / LANES;
    bias_sums(simd, blocks, &rows.as_chunks().0[..sums.len() * blocks], sums);
}

/// Vector form of [`crate::dense::weight_gradients`].
#[inline(always)]
pub(crate) fn weight_gradients<S: Simd>(
    simd: S,
    layer: &Layer,
    output_deltas: &[f32],
    inputs: &[f32],
    gradients: &mut [f32],
    samples: usize,
) {
    let weights = &mut gradients[layer.weights()];
    tiles(simd, Places::of(layer, output_deltas, inputs, weights, samples));
}

/// All weights' gradients.
#[inline(always)]
fn tiles<S: Simd>(simd: S, mut places: Places<'_>) {
    let layer = places.layer;
    // Tiles have up to 16 sums where there are 32 registers, else 8; square ones load least.
    let wide = S::f32s::LEN == LANES;
    let mut output = 0;
    while output < layer.outputs {
        let rest = layer.outputs - output;
        output += if layer.inputs <= 2 && rest >= 8 && wide {
            band::<S, 8, 2>(simd, &mut places, output)
        } else if rest >= 4 && (wide || layer.inputs <= 2) {
            match wide {
                true => band::<S, 4, 4>(simd, &mut places, output),
                false => band::<S, 4, 2>(simd, &mut places, output),
            }
        } else if rest >= 2 && !wide {
            band::<S, 2, 4>(simd, &mut places, output)
        } else {
            band::<S, 1, 8>(simd, &mut places, output)
        };
    }
}

/// 16 samples' numbers of a row.
type Block = [f32; LANES];

/// Arrays that the tiles of a layer read and write.
struct Places<'a> {
    layer: &'a Layer,
    /// Blocks in a row.
    blocks: usize,
    deltas: &'a [Block],
    inputs: &'a [Block],
    weights: &'a mut [f32],
}

impl<'a> Places<'a> {
    #[inline(always)]
    fn of(
        layer: &'a Layer,
        output_deltas: &'a [f32],
        inputs: &'a [f32],
        weights: &'a mut [f32],
        samples: usize,
    ) -> Self {
        let blocks = stride(samples) / LANES;
        Self {
            layer,
            blocks,
            deltas: &output_deltas.as_chunks().0[..layer.outputs * blocks],
            inputs: &inputs.as_chunks().0[..layer.inputs * blocks],
            weights,
        }
    }
}

/// Gradients of `P` outputs' weights, `Q` inputs at a time; returns `P`.
#[inline(always)]
fn band<S: Simd, const P: usize, const Q: usize>(simd: S, places: &mut Places<'_>, output: usize) -> usize {
    let mut input = 0;
    while input + Q <= places.layer.inputs {
        input += tile::<S, P, Q>(simd, places, output, input);
    }
    if Q > 4 && input + 4 <= places.layer.inputs {
        input += tile::<S, P, 4>(simd, places, output, input);
    }
    if Q > 2 && input + 2 <= places.layer.inputs {
        input += tile::<S, P, 2>(simd, places, output, input);
    }
    if Q > 1 && input < places.layer.inputs {
        tile::<S, P, 1>(simd, places, output, input);
    }
    P
}

/// Neighbouring rows.
#[inline(always)]
fn rows<const N: usize>(values: &[Block], first: usize, blocks: usize) -> [&[Block]; N] {
    let mut rows: [&[Block]; N] = [&[]; N];
    let mut rest = &values[first * blocks..];
    for row in &mut rows {
        (*row, rest) = rest.split_at(blocks);
    }
    rows
}

/// Gradients of the weights between `P` outputs and `Q` inputs; returns `Q`.
#[inline(always)]
fn tile<S: Simd, const P: usize, const Q: usize>(
    simd: S,
    places: &mut Places<'_>,
    output: usize,
    input: usize,
) -> usize {
    let width = S::f32s::LEN;
    let zero = S::f32s::splat(simd, 0.0);
    let deltas: [&[Block]; P] = rows(places.deltas, output, places.blocks);
    let inputs: [&[Block]; Q] = rows(places.inputs, input, places.blocks);
    let mut partials = [[[0.0; LANES]; Q]; P];
    let mut lane = 0;
    while lane < LANES {
        let mut sums = [[zero; Q]; P];
        for block in 0..places.blocks {
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
        for p in 0..P {
            for q in 0..Q {
                sums[p][q].store_slice(&mut partials[p][q][lane..lane + width]);
            }
        }
        lane += width;
    }
    let sums = fold(simd, partials.as_flattened());
    let at = output * places.layer.inputs + input;
    if Q == places.layer.inputs {
        places.weights[at..at + P * Q].copy_from_slice(&sums[..P * Q]);
        return Q;
    }
    for p in 0..P {
        let at = at + p * places.layer.inputs;
        places.weights[at..at + Q].copy_from_slice(&sums[p * Q..(p + 1) * Q]);
    }
    Q
}

/// The sums of each row; of deltas, they are the biases' gradients.
#[inline(always)]
fn bias_sums<S: Simd>(simd: S, blocks: usize, deltas: &[Block], biases: &mut [f32]) {
    let mut output = 0;
    while output + 8 <= biases.len() {
        bias_tile::<S, 8>(simd, blocks, deltas, biases, output);
        output += 8;
    }
    while output + 4 <= biases.len() {
        bias_tile::<S, 4>(simd, blocks, deltas, biases, output);
        output += 4;
    }
    while output < biases.len() {
        bias_tile::<S, 1>(simd, blocks, deltas, biases, output);
        output += 1;
    }
}

#[inline(always)]
fn bias_tile<S: Simd, const P: usize>(
    simd: S,
    blocks: usize,
    deltas: &[Block],
    biases: &mut [f32],
    output: usize,
) {
    let deltas: [&[Block]; P] = rows(deltas, output, blocks);
    let mut partials = [[0.0; LANES]; P];
    let width = S::f32s::LEN;
    let mut lane = 0;
    while lane < LANES {
        let mut sums = [S::f32s::splat(simd, 0.0); P];
        // The deltas' padding is +0, which adds nothing.
        for block in 0..blocks {
            for p in 0..P {
                sums[p] += S::f32s::from_slice(simd, &deltas[p][block][lane..lane + width]);
            }
        }
        for p in 0..P {
            sums[p].store_slice(&mut partials[p][lane..lane + width]);
        }
        lane += width;
    }
    biases[output..output + P].copy_from_slice(&fold(simd, &partials)[..P]);
}
