//! The kernels again, many samples at a time, in explicit vectors of whatever width the machine has.
//!
//! Bit for bit the scalar reference ([`crate::dense`], [`crate::math`], the optimisers): a lane does one
//! sample's operations in the sample's order, and a sum over the batch keeps its 16 partials whatever the
//! width. Written once, over `fearless_simd`'s vectors, and compiled for each instruction set; all
//! functions are inlined into the one that [`crate::kernels`] dispatches to.
//!
//! Code size counts. An epoch of 1 × 8 executes about 26 KB of a 32 KB instruction cache: unrolling
//! more made it slower.
//!
//! Measured on one core of an EPYC of family 26, at 5 × 100: 81 % of the unfused multiply-and-add
//! peak of AVX-512, and 78 % of AVX2's, which is half as high.

#![allow(
    clippy::needless_range_loop,
    reason = "an iterator's closure that is not inlined loses the instruction set: a factor of three"
)]

mod fold;
pub(crate) mod functions;
pub(crate) mod gradients;
pub(crate) mod minibatch;
pub(crate) mod normalization;
pub(crate) mod product;
pub(crate) mod update;

use fearless_simd::Simd;

use crate::dense::Gate;
use crate::network::Dense;
use crate::shape::Layer;

/// Layers of plain networks in vectors of a level: only ReLU, or nothing, follows and precedes them. The kernels of such
/// networks hold nothing else, or they would no longer fit the instruction cache. All other networks go layer by layer
/// ([`crate::kernels`]).
#[derive(Clone, Copy)]
pub(crate) struct Vectors<S>(pub(crate) S);

impl<S: Simd> Dense for Vectors<S> {
    const PLAIN: bool = true;

    #[inline(always)]
    fn forward(self, layer: &Layer, parameters: &[f32], activations: &mut [f32], samples: usize) {
        product::forward::<S, true>(self.0, layer, parameters, activations, samples);
    }

    #[inline(always)]
    fn backward(
        self,
        layer: &Layer,
        parameters: &[f32],
        output_deltas: &[f32],
        gate: Gate<'_>,
        input_deltas: &mut [f32],
        stride: usize,
    ) {
        product::backward::<S, true>(
            self.0,
            layer,
            parameters,
            output_deltas,
            gate,
            input_deltas,
            stride,
        );
    }

    #[inline(always)]
    fn gradients(
        self,
        layer: &Layer,
        output_deltas: &[f32],
        inputs: &[f32],
        gradients: &mut [f32],
        samples: usize,
    ) {
        gradients::gradients(self.0, layer, output_deltas, inputs, gradients, samples);
    }

    #[inline(always)]
    fn weight_gradients(
        self,
        layer: &Layer,
        output_deltas: &[f32],
        inputs: &[f32],
        gradients: &mut [f32],
        samples: usize,
    ) {
        gradients::weight_gradients(self.0, layer, output_deltas, inputs, gradients, samples);
    }

    #[inline(always)]
    fn row_sums(self, rows: &[f32], sums: &mut [f32], samples: usize) {
        gradients::row_sums(self.0, rows, sums, samples);
    }

    #[inline(always)]
    fn tangent(
        self,
        layer: &Layer,
        parameters: &[f32],
        input_tangents: &[f32],
        gate: Gate<'_>,
        output_tangents: &mut [f32],
        stride: usize,
    ) {
        product::tangent(
            self.0,
            layer,
            parameters,
            input_tangents,
            gate,
            output_tangents,
            stride,
        );
    }
}
