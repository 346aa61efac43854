//! A network forward and back where techniques stand between its layers.
//!
//! A plain network is one kernel, all of its layers at once. One that is normalised by batch, or whose last
//! hidden layer is looked at across the batch, goes layer by layer: what stands between two layers then has
//! all of the batch before it. Numbers needed again on the way back are *kept* beside the
//! activations.

use core::slice;

use super::batch_normalization::Batch;
use super::feature_matching::Matching;
use super::minibatch;
use crate::dense::{Gate, stride};
use crate::kernels::Kernels;
use crate::memory::placed;
use crate::network::{BackwardGoal, ForwardPass};
use crate::profile::Profile;
use crate::shape::{Activation, Layer, Minibatch, Scales, Shape};

/// A network as an update runs it.
#[derive(Clone, Copy)]
pub(crate) struct NetworkRun<'a> {
    pub(crate) layers: &'a [Layer],
    pub(crate) minibatch: Option<Minibatch>,
    /// Parameters it runs with: its own, or with spectral normalisation the divided ones.
    pub(crate) parameters: &'a [f32],
    pub(crate) samples: usize,
    /// Whether nothing stands between its layers.
    pub(crate) plain: bool,
}

impl<'a> NetworkRun<'a> {
    /// After its way forward.
    #[inline(always)]
    pub(crate) const fn after(self, activations: &'a [f32]) -> ForwardPass<'a> {
        ForwardPass {
            layers: self.layers,
            parameters: self.parameters,
            activations,
            samples: self.samples,
        }
    }
}

/// Lengths of [`Kept`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeptSizes {
    normalized: usize,
    figures: usize,
    compared: usize,
}

/// Numbers that a forward pass leaves for back-propagation besides activations; none in a plain
/// network.
pub(crate) struct Kept<S> {
    /// The hidden layers' sums brought to mean 0 and deviation 1, `[hidden neuron][stride]`.
    pub(crate) normalized: S,
    /// Means and variances of the sums before that, `[hidden layer][means, variances][output]`.
    pub(crate) figures: S,
    /// Rows of minibatch discrimination: a copy of the last hidden layer's, then the kernels'
    /// numbers, `[row][stride]`.
    pub(crate) compared: S,
}

impl KeptSizes {
    pub(crate) const fn of(shape: &Shape, stride: usize) -> Self {
        let hidden = match shape.scales() {
            Scales::None => 0,
            Scales::PerOutput => shape.hidden_rows(),
        };
        Self {
            normalized: hidden * stride,
            figures: 2 * hidden,
            compared: match shape.minibatch() {
                None => 0,
                Some(minibatch) => (minibatch.inputs + minibatch.numbers()) * stride,
            },
        }
    }

    pub(crate) const fn words(&self) -> usize {
        placed(self.normalized) + placed(self.figures) + placed(self.compared)
    }

    #[inline(always)]
    pub(crate) fn carve<S>(&self, take: &mut impl FnMut(usize) -> S) -> Kept<S> {
        Kept {
            normalized: take(self.normalized),
            figures: take(self.figures),
            compared: take(self.compared),
        }
    }
}

/// Inputs to outputs, as [`crate::network::forward`], and what stands between layers.
#[inline(always)] // So that a plain network only finds that it is plain.
pub(crate) fn forward(
    kernels: Kernels<impl Profile>,
    network: NetworkRun<'_>,
    activations: &mut [f32],
    kept: &mut Kept<&mut [f32]>,
) {
    if network.plain {
        kernels.forward(network.layers, network.parameters, activations, network.samples);
    } else {
        forward_by_layers(kernels, network, activations, kept);
    }
}

fn forward_by_layers(
    kernels: Kernels<impl Profile>,
    network: NetworkRun<'_>,
    activations: &mut [f32],
    kept: &mut Kept<&mut [f32]>,
) {
    let NetworkRun {
        layers,
        minibatch,
        parameters,
        samples,
        ..
    } = network;
    let stride = stride(samples);
    for (index, layer) in layers.iter().enumerate() {
        if let (true, Some(minibatch)) = (index + 1 == layers.len(), minibatch) {
            minibatch::forward(
                kernels,
                minibatch,
                parameters,
                activations,
                kept.compared,
                samples,
            );
        }
        kernels.forward(slice::from_ref(layer), parameters, activations, samples);
        if layer.scales == Scales::PerOutput {
            let rows =
                (layer.row + layer.inputs) * stride..(layer.row + layer.inputs + layer.outputs) * stride;
            let batch = Batch::to_write(layer, index, kept, stride);
            kernels.normalize(layer, parameters, &mut activations[rows], batch, samples);
        }
    }
}

/// Numbers that back-propagation reads of the forward pass.
pub(crate) struct WayForward<'a> {
    pub(crate) activations: &'a [f32],
    pub(crate) kept: &'a Kept<&'a mut [f32]>,
    /// Whether the last hidden layer's deltas are also to match features.
    pub(crate) matching: Option<Matching<'a>>,
}

/// Outputs to inputs, as [`crate::network::backward`], from `outputs` and with room for deltas in the two others,
/// and what stands between layers. `compared_deltas` is room for the deltas of the numbers that minibatch discrimination compares.
#[inline(always)]
pub(crate) fn backward<'a>(
    kernels: Kernels<impl Profile>,
    network: NetworkRun<'_>,
    forward: WayForward<'_>,
    compared_deltas: &mut [f32],
    outputs: Option<&[f32]>,
    [deltas, next]: [&'a mut [f32]; 2],
    wanted: BackwardGoal<'_>,
) -> [&'a mut [f32]; 2] {
    if network.plain && forward.matching.is_none() {
        kernels.backward(
            network.after(forward.activations),
            outputs,
            [deltas, next],
            wanted,
        )
    } else {
        if let Some(outputs) = outputs {
            deltas[..outputs.len()].copy_from_slice(outputs);
        }
        backward_by_layers(kernels, network, forward, compared_deltas, [deltas, next], wanted)
    }
}

fn backward_by_layers<'a>(
    kernels: Kernels<impl Profile>,
    network: NetworkRun<'_>,
    forward: WayForward<'_>,
    compared_deltas: &mut [f32],
    [mut deltas, mut next]: [&'a mut [f32]; 2],
    mut wanted: BackwardGoal<'_>,
) -> [&'a mut [f32]; 2] {
    let NetworkRun {
        layers,
        minibatch,
        parameters,
        samples,
        ..
    } = network;
    let WayForward {
        activations,
        kept,
        matching,
    } = forward;
    let stride = stride(samples);
    let whole = network.after(activations);
    for (index, layer) in layers.iter().enumerate().rev() {
        if layer.scales == Scales::PerOutput {
            let rows = &mut deltas[..layer.outputs * stride];
            let batch = Batch::of(layer, index, kept, stride);
            kernels.normalize_backward(layer, parameters, rows, batch, wanted.gradients(), samples);
        }
        let last = index + 1 == layers.len();
        if !last || (minibatch.is_none() && matching.is_none()) {
            let layers = slice::from_ref(layer);
            [deltas, next] = kernels.backward(
                ForwardPass { layers, ..whole },
                None,
                [deltas, next],
                wanted.again(),
            );
            continue;
        }
        // The gate follows when the features' deltas are whole.
        let below = Activation::Linear;
        let layers = &[Layer { below, ..*layer }];
        [deltas, next] = kernels.backward(
            ForwardPass { layers, ..whole },
            None,
            [deltas, next],
            wanted.again(),
        );
        let features = minibatch.map_or(layer.inputs, |minibatch| minibatch.inputs);
        if let Some(minibatch) = minibatch {
            let comparison = minibatch::Comparison {
                compared: kept.compared,
                deltas: compared_deltas,
                samples,
            };
            minibatch::backward(
                kernels,
                minibatch,
                parameters,
                comparison,
                deltas,
                next,
                wanted.again(),
            );
        }
        if let Some(matching) = matching {
            matching.turn(kernels, activations, (layer.row, features), deltas, next, samples);
        }
        let gate = Gate::of(layer.below, &activations[layer.row * stride..]);
        gate.pass(0, &mut deltas[..features * stride]);
    }
    [deltas, next]
}
