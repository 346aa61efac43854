//! Batch normalisation of a layer's rows in vectors.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x16};

use super::fold::fold;
use crate::dense::{LANES, stride};
use crate::network::{keep, kept};
use crate::profile::Reference;
use crate::shape::{Activation, Layer};
use crate::techniques::batch_normalization::{Batch, steepness};

/// 16 samples' numbers of a row.
type Block = [f32; LANES];

/// Vector form of [`crate::techniques::batch_normalization::forward`].
#[inline(always)]
pub(crate) fn forward<S: Simd>(
    simd: S,
    layer: &Layer,
    parameters: &[f32],
    rows: &mut [f32],
    batch: Batch<&mut [f32]>,
    samples: usize,
) {
    let zero = f32x16::splat(simd, 0.0);
    match layer.activation {
        Activation::Relu => {
            let relu = |y: f32x16<S>| y.simd_gt(zero).select(y, zero);
            forward_rows(simd, layer, parameters, rows, batch, samples, relu);
        }
        Activation::LeakyRelu(slope) => {
            let slope = f32x16::splat(simd, slope);
            let leaky = |y: f32x16<S>| y.simd_gt(zero).select(y, slope * y);
            forward_rows(simd, layer, parameters, rows, batch, samples, leaky);
        }
        Activation::Tanh | Activation::Linear => {
            forward_rows(simd, layer, parameters, rows, batch, samples, |y| y);
        }
    }
}

#[inline(always)]
fn forward_rows<S: Simd>(
    simd: S,
    layer: &Layer,
    parameters: &[f32],
    rows: &mut [f32],
    batch: Batch<&mut [f32]>,
    samples: usize,
    activation: impl Fn(f32x16<S>) -> f32x16<S> + Copy,
) {
    let (blocks, inverse) = (stride(samples) / LANES, 1.0 / samples as f32);
    let (means, variances) = batch.figures.split_at_mut(layer.outputs);
    let (scales, biases) = (&parameters[layer.scales()], &parameters[layer.biases()]);
    let rows = rows.as_chunks_mut().0.chunks_exact_mut(blocks);
    let normalized = batch.normalized.as_chunks_mut().0.chunks_exact_mut(blocks);
    for (o, (row, normalized)) in rows.zip(normalized).enumerate() {
        clear_padding(samples, row);
        let mut sum = f32x16::splat(simd, 0.0);
        for n in 0..blocks {
            sum += f32x16::from_slice(simd, &row[n]);
        }
        let mean = batch_sum(simd, sum) * inverse;
        let mut squares = f32x16::splat(simd, 0.0);
        for n in 0..blocks {
            (f32x16::from_slice(simd, &row[n]) - f32x16::splat(simd, mean)).store_slice(&mut normalized[n]);
        }
        clear_padding(samples, normalized);
        for n in 0..blocks {
            let d = f32x16::from_slice(simd, &normalized[n]);
            squares += d * d;
        }
        let variance = batch_sum(simd, squares) * inverse;
        let t = f32x16::splat(simd, steepness::<Reference>(variance));
        let (scale, bias) = (f32x16::splat(simd, scales[o]), f32x16::splat(simd, biases[o]));
        for n in 0..blocks {
            let x = f32x16::from_slice(simd, &normalized[n]) * t;
            x.store_slice(&mut normalized[n]);
            activation(scale * x + bias).store_slice(&mut row[n]);
        }
        clear_padding(samples, normalized);
        clear_padding(samples, row);
        (means[o], variances[o]) = (mean, variance);
    }
}

/// Vector form of [`crate::techniques::batch_normalization::backward`].
#[inline(always)]
pub(crate) fn backward<S: Simd>(
    simd: S,
    layer: &Layer,
    parameters: &[f32],
    deltas: &mut [f32],
    batch: Batch<&[f32]>,
    mut gradients: Option<&mut [f32]>,
    samples: usize,
) {
    let (blocks, inverse) = (stride(samples) / LANES, 1.0 / samples as f32);
    let variances = &batch.figures[layer.outputs..];
    let scales = &parameters[layer.scales()];
    let rows = deltas.as_chunks_mut().0.chunks_exact_mut(blocks);
    let normalized = batch.normalized.as_chunks::<LANES>().0.chunks_exact(blocks);
    for (o, (deltas, normalized)) in rows.zip(normalized).enumerate() {
        let zero = f32x16::splat(simd, 0.0);
        let (mut b, mut g) = (zero, zero);
        for n in 0..blocks {
            let delta = f32x16::from_slice(simd, &deltas[n]);
            b += delta;
            g += delta * f32x16::from_slice(simd, &normalized[n]);
        }
        let (b, g) = (batch_sum(simd, b), batch_sum(simd, g));
        if let Some(gradients) = &mut gradients {
            gradients[layer.biases().start + o] = b;
            gradients[layer.scales().start + o] = g;
        }
        let (b, g) = (f32x16::splat(simd, b * inverse), f32x16::splat(simd, g * inverse));
        let steep = f32x16::splat(simd, scales[o] * steepness::<Reference>(variances[o]));
        for n in 0..blocks {
            let x = f32x16::from_slice(simd, &normalized[n]);
            let delta = f32x16::from_slice(simd, &deltas[n]);
            (((delta - b) - x * g) * steep).store_slice(&mut deltas[n]);
        }
        clear_padding(samples, deltas);
    }
}

/// A canonical sum over the batch from its 16 partials.
#[inline(always)]
fn batch_sum<S: Simd>(simd: S, partials: f32x16<S>) -> f32 {
    let mut block = [0.0; LANES];
    partials.store_slice(&mut block);
    fold(simd, &[block])[0]
}

/// A row's numbers beyond the batch become +0.
#[inline(always)]
fn clear_padding(samples: usize, row: &mut [Block]) {
    if let (Some(kept), Some(block)) = (kept(samples), row.last_mut()) {
        keep(kept, block);
    }
}
