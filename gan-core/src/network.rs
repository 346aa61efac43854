//! A whole network forward, and backward: its layers one after another, in whichever arithmetic.

use crate::dense::{Gate, LANES, stride};
use crate::shape::{Activation, Layer, Scales};

/// The arithmetic of layers: [`crate::dense`] one number at a time, or [`crate::simd`] in vectors.
pub(crate) trait Dense: Copy {
    /// Whether it is told of plain layers only: those that ReLU, or nothing, follows and precedes.
    const PLAIN: bool;

    /// See [`crate::dense::forward`]; outputs that feed a layer are +0 beyond the batch.
    fn forward(self, layer: &Layer, parameters: &[f32], activations: &mut [f32], samples: usize);

    /// See [`crate::dense::backward`].
    fn backward(
        self,
        layer: &Layer,
        parameters: &[f32],
        output_deltas: &[f32],
        gate: Gate<'_>,
        input_deltas: &mut [f32],
        stride: usize,
    );

    /// See [`crate::dense::gradients`]; `inputs` and deltas are +0 beyond the batch.
    fn gradients(
        self,
        layer: &Layer,
        output_deltas: &[f32],
        inputs: &[f32],
        gradients: &mut [f32],
        samples: usize,
    );

    /// See [`crate::dense::weight_gradients`]; `inputs` and deltas are +0 beyond the batch.
    fn weight_gradients(
        self,
        layer: &Layer,
        output_deltas: &[f32],
        inputs: &[f32],
        gradients: &mut [f32],
        samples: usize,
    );

    /// See [`crate::dense::row_sums`]; rows are +0 beyond the batch.
    fn row_sums(self, rows: &[f32], sums: &mut [f32], samples: usize);

    /// See [`crate::dense::tangent`].
    fn tangent(
        self,
        layer: &Layer,
        parameters: &[f32],
        input_tangents: &[f32],
        gate: Gate<'_>,
        output_tangents: &mut [f32],
        stride: usize,
    );
}

/// Inputs to outputs, every row of `activations` after the inputs', for a batch of `samples`.
///
/// Rows that feed a layer are +0 beyond the batch. Sums over the batch then take whole rows: a padding that
/// overflowed would make them NaN, even times a delta of 0.
#[inline(always)]
pub(crate) fn forward(
    dense: impl Dense,
    layers: &[Layer],
    parameters: &[f32],
    activations: &mut [f32],
    samples: usize,
) {
    for layer in layers {
        dense.forward(layer, parameters, activations, samples);
    }
}

/// Bits that stay, then bits that go.
const KEPT_THEN_CLEARED: [u32; 2 * LANES] = {
    let mut masks = [0; 2 * LANES];
    let (kept, _) = masks.split_at_mut(LANES);
    let mut lane = 0;
    while lane < LANES {
        kept[lane] = u32::MAX;
        lane += 1;
    }
    masks
};

/// Mask of the last block of a layer's outputs: samples stay, padding is cleared. `None` if nothing
/// is to be cleared.
#[inline(always)]
pub(crate) fn kept_of_last(layer: &Layer, samples: usize) -> Option<&'static [u32; LANES]> {
    if matches!(layer.activation, Activation::Linear) {
        return None;
    }
    kept(samples)
}

/// Mask of the last block of a row of `samples`: these stay, padding is cleared. `None` without
/// padding.
#[inline(always)]
pub(crate) fn kept(samples: usize) -> Option<&'static [u32; LANES]> {
    match samples % LANES {
        0 => None,
        rest => KEPT_THEN_CLEARED[LANES - rest..].first_chunk(),
    }
}

/// Clears what does not stay of a block, without a branch: so it takes one vector.
#[inline(always)]
pub(crate) fn keep(kept: &[u32; LANES], block: &mut [f32; LANES]) {
    for (value, mask) in block.iter_mut().zip(kept) {
        *value = f32::from_bits(value.to_bits() & mask);
    }
}

/// The result wanted of back-propagation.
pub(crate) enum BackwardGoal<'a> {
    /// The gradients of all parameters, in their order.
    Gradients(&'a mut [f32]),
    /// The deltas of the network's inputs.
    InputDeltas,
}

impl BackwardGoal<'_> {
    /// The gradients, if they are what is wanted.
    pub(crate) fn gradients(&mut self) -> Option<&mut [f32]> {
        match self {
            Self::Gradients(gradients) => Some(gradients),
            Self::InputDeltas => None,
        }
    }

    /// The same for another layer.
    pub(crate) fn again(&mut self) -> BackwardGoal<'_> {
        match self {
            Self::Gradients(gradients) => BackwardGoal::Gradients(gradients),
            Self::InputDeltas => BackwardGoal::InputDeltas,
        }
    }
}

/// A network after its way forward, for a batch of `samples`.
#[derive(Clone, Copy)]
pub(crate) struct ForwardPass<'a> {
    pub(crate) layers: &'a [Layer],
    pub(crate) parameters: &'a [f32],
    pub(crate) activations: &'a [f32],
    pub(crate) samples: usize,
}

/// Outputs to inputs. The outputs' deltas are `outputs`, or else what `deltas` begins with, which takes turns
/// with `next`; returns both, the one that was written last first.
#[inline(always)]
pub(crate) fn backward<'a, D: Dense>(
    dense: D,
    network: ForwardPass<'_>,
    mut outputs: Option<&[f32]>,
    [mut deltas, mut next]: [&'a mut [f32]; 2],
    mut wanted: BackwardGoal<'_>,
) -> [&'a mut [f32]; 2] {
    let ForwardPass {
        layers,
        parameters,
        activations,
        samples,
    } = network;
    let stride = stride(samples);
    for layer in layers.iter().rev() {
        let inputs = &activations[layer.row * stride..];
        let from = outputs.take().unwrap_or(deltas);
        if let BackwardGoal::Gradients(gradients) = &mut wanted {
            // With a normalisation come its biases' gradients.
            if D::PLAIN || layer.scales == Scales::None {
                dense.gradients(layer, from, inputs, gradients, samples);
            } else {
                dense.weight_gradients(layer, from, inputs, gradients, samples);
            }
            if layer.row == 0 {
                break;
            }
        }
        let gate = Gate::of(layer.below, inputs);
        dense.backward(layer, parameters, from, gate, next, stride);
        core::mem::swap(&mut deltas, &mut next);
    }
    [deltas, next]
}
