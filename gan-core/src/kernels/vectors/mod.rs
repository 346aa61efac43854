//! The kernels on vectors, the level chosen at run time: whole networks, single [`layers`], and [`rows`].
//!
//! No function in these three modules is generic, so each is compiled once, in this crate. When
//! they were part of code generic over a profile, every crate and test that trained compiled all
//! levels of all kernels again, 1.2 MB of vectors each time.

pub(super) mod layers;
pub(super) mod rows;

use fearless_simd::{Level, dispatch};

use crate::network::{self, BackwardGoal, ForwardPass};
use crate::profile::Reference;
use crate::shape::{Activation, Layer, Scales};
use crate::simd::Vectors;
use crate::techniques::penalty::{Pull, Steepness};
use layers::Layers;

/// Whether nothing but ReLU, or nothing, follows and precedes layers, which hidden layers have in common.
fn only_relu(layers: &[Layer]) -> bool {
    let first = &layers[0];
    let relu = |activation| matches!(activation, Activation::Relu | Activation::Linear);
    relu(first.activation) && relu(first.below) && first.scales == Scales::None
}

/// See [`network::forward`].
pub(super) fn forward(
    level: Level,
    layers: &[Layer],
    parameters: &[f32],
    activations: &mut [f32],
    samples: usize,
) {
    match only_relu(layers) {
        true => dispatch!(
            level,
            s => network::forward(Vectors(s), layers, parameters, activations, samples)
        ),
        false => network::forward(Layers(level), layers, parameters, activations, samples),
    }
}

/// See [`network::backward`].
pub(super) fn backward<'a>(
    level: Level,
    network: ForwardPass<'_>,
    outputs: Option<&[f32]>,
    deltas: &'a mut [f32],
    next: &'a mut [f32],
    wanted: BackwardGoal<'_>,
) -> [&'a mut [f32]; 2] {
    match only_relu(network.layers) {
        true => dispatch!(
            level,
            s => network::backward(Vectors(s), network, outputs, [deltas, next], wanted)
        ),
        false => network::backward(Layers(level), network, outputs, [deltas, next], wanted),
    }
}

/// See [`Steepness::gradients`].
pub(super) fn penalty(
    level: Level,
    network: ForwardPass<'_>,
    pull: Pull,
    rows: Steepness<'_>,
    gradients: [&mut [f32]; 2],
) {
    rows.gradients::<Reference>(Layers(level), network, pull, gradients);
}
