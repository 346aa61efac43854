//! Kernels on rows, not on layers' sums: activations, deltas, statistics, updates.

use fearless_simd::{Level, dispatch};

use crate::loss::{Objective, Role};
use crate::optimizer::{Adam, NotFinite};
use crate::shape::Layer;
use crate::simd;
use crate::techniques::batch_normalization::Batch;

/// See [`simd::normalization::forward`].
pub(in crate::kernels) fn normalize(
    level: Level,
    layer: &Layer,
    parameters: &[f32],
    rows: &mut [f32],
    batch: Batch<&mut [f32]>,
    samples: usize,
) {
    dispatch!(level, s => simd::normalization::forward(s, layer, parameters, rows, batch, samples));
}

/// See [`simd::normalization::backward`].
pub(in crate::kernels) fn normalize_backward(
    level: Level,
    layer: &Layer,
    parameters: &[f32],
    deltas: &mut [f32],
    batch: Batch<&[f32]>,
    gradients: Option<&mut [f32]>,
    samples: usize,
) {
    dispatch!(
        level,
        s => simd::normalization::backward(s, layer, parameters, deltas, batch, gradients, samples)
    );
}

/// See [`simd::minibatch::compare`].
pub(in crate::kernels) fn compare(level: Level, numbers: &[f32], outputs: &mut [f32], samples: usize) {
    dispatch!(level, s => simd::minibatch::compare(s, numbers, outputs, samples));
}

/// See [`simd::minibatch::compare_backward`].
pub(in crate::kernels) fn compare_backward(
    level: Level,
    numbers: &[f32],
    output_deltas: &[f32],
    number_deltas: &mut [f32],
    samples: usize,
) {
    dispatch!(level, s => simd::minibatch::compare_backward(s, numbers, output_deltas, number_deltas, samples));
}

/// See [`simd::functions::split_pairs`].
pub(in crate::kernels) fn split_pairs(level: Level, pairs: &[f32], x: &mut [f32], y: &mut [f32]) {
    dispatch!(level, s => simd::functions::split_pairs(s, pairs, x, y));
}

/// See [`simd::functions::tanh_all`].
pub(in crate::kernels) fn tanh_all(level: Level, values: &mut [f32]) {
    dispatch!(level, s => simd::functions::tanh_all(s, values));
}

/// See [`simd::functions::tanh_backward`].
pub(in crate::kernels) fn tanh_backward(level: Level, deltas: &mut [f32], outputs: &[f32]) {
    dispatch!(level, s => simd::functions::tanh_backward(s, deltas, outputs));
}

/// See [`simd::functions::output_deltas`].
pub(in crate::kernels) fn output_deltas(
    level: Level,
    objective: &Objective,
    role: Role,
    logits: &[f32],
    deltas: &mut [f32],
    inverse: f32,
) {
    dispatch!(level, s => simd::functions::output_deltas(s, objective, role, logits, deltas, inverse));
}

/// See [`simd::functions::join`].
pub(in crate::kernels) fn join(level: Level, real: &mut [f32], fake: &[f32]) {
    dispatch!(level, s => simd::functions::join(s, real, fake));
}

/// See [`simd::update::sgd`].
pub(in crate::kernels) fn sgd(
    level: Level,
    rate: f32,
    parameters: &mut [f32],
    gradients: &[f32],
) -> Result<(), NotFinite> {
    dispatch!(level, s => simd::update::sgd(s, rate, parameters, gradients))
}

/// See [`simd::update::adam`].
pub(in crate::kernels) fn adam(
    level: Level,
    step: &Adam,
    parameters: &mut [f32],
    gradients: &[f32],
    means: &mut [f32],
    squares: &mut [f32],
) -> Result<(), NotFinite> {
    dispatch!(level, s => simd::update::adam(s, step, parameters, gradients, means, squares))
}
