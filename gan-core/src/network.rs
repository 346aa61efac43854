//! A whole network forward, and backward: its layers one after another, in whichever arithmetic.

use crate::dense::Gate;
use crate::shape::Layer;

/// The arithmetic of layers: [`crate::dense`] one number at a time, or [`crate::simd`] in vectors.
pub(crate) trait Dense: Copy {
    /// See [`crate::dense::forward`].
    fn forward(self, layer: &Layer, parameters: &[f32], activations: &mut [f32], stride: usize);

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

    /// See [`crate::dense::gradients`].
    fn gradients(
        self,
        layer: &Layer,
        output_deltas: &[f32],
        inputs: &[f32],
        gradients: &mut [f32],
        samples: usize,
    );
}

/// Inputs to outputs, every row of `activations` after the inputs'.
#[inline(always)]
pub(crate) fn forward(
    dense: impl Dense,
    layers: &[Layer],
    parameters: &[f32],
    activations: &mut [f32],
    stride: usize,
) {
    for layer in layers {
        dense.forward(layer, parameters, activations, stride);
    }
}

/// What is wanted of the way back.
pub(crate) enum Wanted<'a> {
    /// The gradients of all parameters, in their order.
    Gradients(&'a mut [f32]),
    /// The deltas of the network's inputs.
    InputDeltas,
}

/// A network after its way forward, for a batch of `samples`.
#[derive(Clone, Copy)]
pub(crate) struct Passed<'a> {
    pub(crate) layers: &'a [Layer],
    pub(crate) parameters: &'a [f32],
    pub(crate) activations: &'a [f32],
    pub(crate) samples: usize,
}

/// Outputs to inputs. `deltas` begins with the outputs' deltas and takes turns with `next`; returns
/// both, the one that was written last first.
#[inline(always)]
pub(crate) fn backward<'a>(
    dense: impl Dense,
    network: Passed<'_>,
    mut deltas: &'a mut [f32],
    mut next: &'a mut [f32],
    mut wanted: Wanted<'_>,
) -> [&'a mut [f32]; 2] {
    let Passed {
        layers,
        parameters,
        activations,
        samples,
    } = network;
    let stride = crate::dense::stride(samples);
    for layer in layers.iter().rev() {
        let inputs = &activations[layer.row * stride..];
        let gate = match (&mut wanted, layer.row) {
            (Wanted::Gradients(gradients), row) => {
                dense.gradients(layer, deltas, inputs, gradients, samples);
                if row == 0 {
                    break;
                }
                Gate::Relu(inputs)
            }
            (Wanted::InputDeltas, 0) => Gate::Open,
            (Wanted::InputDeltas, _) => Gate::Relu(inputs),
        };
        dense.backward(layer, parameters, deltas, gate, next, stride);
        core::mem::swap(&mut deltas, &mut next);
    }
    [deltas, next]
}
