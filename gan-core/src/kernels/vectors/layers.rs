//! Layers one at a time, of networks that are not plain. The level is asked for at each layer, so that a layer's ways
//! exist once, however many kernels are made of them.

use fearless_simd::{Level, dispatch};

use crate::dense::Gate;
use crate::network::Dense;
use crate::shape::Layer;
use crate::simd::{gradients, product};

/// Layers in vectors of a level.
#[derive(Clone, Copy)]
pub(in crate::kernels) struct Layers(pub(in crate::kernels) Level);

impl Dense for Layers {
    const PLAIN: bool = false;

    fn forward(self, layer: &Layer, parameters: &[f32], activations: &mut [f32], samples: usize) {
        dispatch!(self.0, s => product::forward::<_, false>(s, layer, parameters, activations, samples));
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
        dispatch!(
            self.0,
            s => product::backward::<_, false>(s, layer, parameters, output_deltas, gate, input_deltas, stride)
        );
    }

    fn gradients(
        self,
        layer: &Layer,
        output_deltas: &[f32],
        inputs: &[f32],
        gradients: &mut [f32],
        samples: usize,
    ) {
        self.row_sums(output_deltas, &mut gradients[layer.biases()], samples);
        self.weight_gradients(layer, output_deltas, inputs, gradients, samples);
    }

    fn weight_gradients(
        self,
        layer: &Layer,
        output_deltas: &[f32],
        inputs: &[f32],
        gradients: &mut [f32],
        samples: usize,
    ) {
        dispatch!(
            self.0,
            s => gradients::weight_gradients(s, layer, output_deltas, inputs, gradients, samples)
        );
    }

    fn row_sums(self, rows: &[f32], sums: &mut [f32], samples: usize) {
        dispatch!(self.0, s => gradients::row_sums(s, rows, sums, samples));
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
        dispatch!(
            self.0,
            s => product::tangent(s, layer, parameters, input_tangents, gate, output_tangents, stride)
        );
    }
}
