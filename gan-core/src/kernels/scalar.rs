//! Whole rows and whole networks, a number at a time: what the vectors of [`crate::simd`] are held to.

use crate::dense::{self, Gate, stride};
use crate::loss::{Objective, Role};
use crate::math::canonical;
use crate::network::{Dense, keep, kept_of_last};
use crate::optimizer::{Adam, NotFinite, sgd as sgd_next};
use crate::profile::Profile;
use crate::shape::Layer;

/// Layers a number at a time: [`crate::dense`].
#[derive(Clone, Copy)]
pub(crate) struct Plain;

impl Dense for Plain {
    const PLAIN: bool = false;

    fn forward(self, layer: &Layer, parameters: &[f32], activations: &mut [f32], samples: usize) {
        let stride = stride(samples);
        dense::forward(layer, parameters, activations, stride);
        if let Some(kept) = kept_of_last(layer, samples) {
            let outputs = &mut activations[(layer.row + layer.inputs) * stride..][..layer.outputs * stride];
            for block in outputs
                .chunks_exact_mut(stride)
                .filter_map(<[f32]>::last_chunk_mut)
            {
                keep(kept, block);
            }
        }
    }

    fn backward(
        self,
        layer: &Layer,
        parameters: &[f32],
        output_deltas: &[f32],
        gate: Gate<'_>,
        input_deltas: &mut [f32],
        stride: usize,
    ) {
        dense::backward(layer, parameters, output_deltas, gate, input_deltas, stride);
    }

    fn gradients(
        self,
        layer: &Layer,
        output_deltas: &[f32],
        inputs: &[f32],
        gradients: &mut [f32],
        samples: usize,
    ) {
        dense::gradients(layer, output_deltas, inputs, gradients, samples);
    }

    fn weight_gradients(
        self,
        layer: &Layer,
        output_deltas: &[f32],
        inputs: &[f32],
        gradients: &mut [f32],
        samples: usize,
    ) {
        dense::weight_gradients(layer, output_deltas, inputs, gradients, samples);
    }

    fn row_sums(self, rows: &[f32], sums: &mut [f32], samples: usize) {
        dense::row_sums(rows, sums, samples);
    }

    fn tangent(
        self,
        layer: &Layer,
        parameters: &[f32],
        input_tangents: &[f32],
        gate: Gate<'_>,
        output_tangents: &mut [f32],
        stride: usize,
    ) {
        dense::tangent(layer, parameters, input_tangents, gate, output_tangents, stride);
    }
}

/// `[sample][component]` to `[component][sample]`, two components.
pub(crate) fn split_pairs(pairs: &[f32], x: &mut [f32], y: &mut [f32]) {
    for ((x, y), pair) in x.iter_mut().zip(y).zip(pairs.as_chunks().0) {
        [*x, *y] = *pair;
    }
}

/// tanh of every number.
pub(crate) fn tanh_all<P: Profile>(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value = P::tanh(*value));
}

/// Through tanh backwards: `delta = c(delta · (1 − y²))`, y the tanh outputs.
pub(crate) fn tanh_backward(deltas: &mut [f32], outputs: &[f32]) {
    for (delta, y) in deltas.iter_mut().zip(outputs) {
        *delta = canonical(*delta * (1.0 - y * y));
    }
}

/// Derivatives of the loss in each logit of a row.
pub(crate) fn output_deltas<P: Profile>(
    objective: &Objective,
    role: Role,
    logits: &[f32],
    deltas: &mut [f32],
    inverse: f32,
) {
    for (delta, logit) in deltas.iter_mut().zip(logits) {
        *delta = objective.output_delta::<P>(role, *logit, inverse);
    }
}

/// The gradients of both batches as one: `real = c(real + fake)`.
pub(crate) fn join(real: &mut [f32], fake: &[f32]) {
    for (real, fake) in real.iter_mut().zip(fake) {
        *real = canonical(*real + *fake);
    }
}

/// A step of stochastic gradient descent, or nothing.
pub(crate) fn sgd(rate: f32, parameters: &mut [f32], gradients: &[f32]) -> Result<(), NotFinite> {
    let mut updated = parameters
        .iter()
        .zip(gradients)
        .map(|(x, g)| sgd_next(rate, *x, *g));
    if !updated.all(f32::is_finite) {
        return Err(NotFinite);
    }
    for (x, g) in parameters.iter_mut().zip(gradients) {
        *x = sgd_next(rate, *x, *g);
    }
    Ok(())
}

/// A step with Adam, or nothing.
pub(crate) fn adam<P: Profile>(
    step: &Adam,
    parameters: &mut [f32],
    gradients: &[f32],
    means: &mut [f32],
    squares: &mut [f32],
) -> Result<(), NotFinite> {
    let count = parameters.len();
    let finite = (0..count).all(|i| {
        let now = step.next::<P>(parameters[i], gradients[i], means[i], squares[i]);
        now.into_iter().all(f32::is_finite)
    });
    if !finite {
        return Err(NotFinite);
    }
    for i in 0..count {
        [parameters[i], means[i], squares[i]] =
            step.next::<P>(parameters[i], gradients[i], means[i], squares[i]);
    }
    Ok(())
}
