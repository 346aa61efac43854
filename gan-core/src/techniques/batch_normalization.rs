//! Batch normalisation (Ioffe and Szegedy 2015): each hidden neuron's sums brought to mean 0 and deviation 1
//! over the batch, then scaled and shifted as learned (`CONTRACT.md`, section 9).
//!
//! A neuron's row is normalised on its own, so forward and backward are of one row. In training the figures
//! are the batch's own; *running* ones follow them, for when single points are asked about.

use super::passes::Kept;
use crate::dense::{batch_sum, stride};
use crate::math::{canonical, leaky_relu, relu};
use crate::memory::placed;
use crate::profile::Profile;
use crate::shape::{Activation, Layer, Scales};
use crate::{Configuration, Network};

/// Added to variances, so that a neuron that says the same of all samples divides by something.
pub(crate) const EPSILON: f32 = 1e-5;

/// Lengths of [`RunningParts`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunningSizes {
    generator: usize,
    discriminator: usize,
}

/// Running means and variances of each network, `[hidden layer][means, variances][output]`; nothing for one
/// that is not normalised by batch.
pub(crate) struct RunningParts<S> {
    pub(crate) generator: S,
    pub(crate) discriminator: S,
}

impl RunningSizes {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        const fn figures(configuration: &Configuration, network: Network) -> usize {
            let shape = configuration.shape(network);
            match shape.scales() {
                Scales::None => 0,
                Scales::PerOutput => 2 * shape.hidden_rows(),
            }
        }
        Self {
            generator: figures(configuration, Network::Generator),
            discriminator: figures(configuration, Network::Discriminator),
        }
    }

    pub(crate) const fn words(&self) -> usize {
        placed(self.generator) + placed(self.discriminator)
    }

    /// Numbers that are state: all.
    pub(crate) const fn state_words(&self) -> usize {
        self.generator + self.discriminator
    }

    #[inline(always)]
    pub(crate) fn carve<S>(&self, take: &mut impl FnMut(usize) -> S) -> RunningParts<S> {
        RunningParts {
            generator: take(self.generator),
            discriminator: take(self.discriminator),
        }
    }
}

/// Running figures before any batch: means 0, variances 1.
pub(crate) fn begin(running: &mut [f32], neurons: usize) {
    for layer in running.chunks_exact_mut(2 * neurons) {
        let (means, variances) = layer.split_at_mut(neurons);
        means.fill(0.0);
        variances.fill(1.0);
    }
}

/// Numbers that normalising a layer leaves of a batch.
pub(crate) struct Batch<S> {
    /// x̂, `[output][stride]`.
    pub(crate) normalized: S,
    /// μ and v, `[means, variances][output]`.
    pub(crate) figures: S,
}

impl Batch<()> {
    /// Ranges of the `index`th layer in a network's arrays.
    fn places(layer: &Layer, index: usize, stride: usize) -> Batch<core::ops::Range<usize>> {
        let (row, outputs) = (index * layer.outputs, layer.outputs);
        Batch {
            normalized: row * stride..(row + outputs) * stride,
            figures: 2 * row..2 * (row + outputs),
        }
    }
}

impl<'a> Batch<&'a [f32]> {
    /// The numbers of a network's `index`th layer.
    pub(crate) fn of(layer: &Layer, index: usize, kept: &'a Kept<&mut [f32]>, stride: usize) -> Self {
        let places = Batch::places(layer, index, stride);
        Self {
            normalized: &kept.normalized[places.normalized],
            figures: &kept.figures[places.figures],
        }
    }
}

impl<'a> Batch<&'a mut [f32]> {
    /// The numbers of a network's `index`th layer, to write.
    pub(crate) fn to_write(
        layer: &Layer,
        index: usize,
        kept: &'a mut Kept<&mut [f32]>,
        stride: usize,
    ) -> Self {
        let places = Batch::places(layer, index, stride);
        Self {
            normalized: &mut kept.normalized[places.normalized],
            figures: &mut kept.figures[places.figures],
        }
    }
}

/// Factor that turns a distance from the mean into deviations: `t = 1 / √(v + ε)`.
#[inline(always)]
pub(crate) fn steepness<P: Profile>(variance: f32) -> f32 {
    1.0 / P::square_root(variance + EPSILON)
}

/// `y = activation(γ · x̂ + bias)` with `x̂ = (h − μ) · t`; tanh is the profile's, and follows.
///
/// `rows` come with h and leave with y, `[output][stride]`; beyond the batch rows are +0.
pub(crate) fn forward<P: Profile>(
    layer: &Layer,
    parameters: &[f32],
    rows: &mut [f32],
    batch: Batch<&mut [f32]>,
    samples: usize,
) {
    let (stride, inverse) = (stride(samples), 1.0 / samples as f32);
    let (means, variances) = batch.figures.split_at_mut(layer.outputs);
    let (scales, biases) = (&parameters[layer.scales()], &parameters[layer.biases()]);
    let rows = rows.chunks_exact_mut(stride);
    for (o, (row, normalized)) in rows.zip(batch.normalized.chunks_exact_mut(stride)).enumerate() {
        let (row, padding) = row.split_at_mut(samples);
        let (normalized, normalized_padding) = normalized.split_at_mut(samples);
        let mean = canonical(batch_sum(row.iter().copied())) * inverse;
        let deviations = row.iter().map(|h| h - mean);
        let variance = canonical(batch_sum(deviations.map(|d| d * d))) * inverse;
        let t = steepness::<P>(variance);
        for (y, x) in row.iter_mut().zip(normalized) {
            *x = (*y - mean) * t;
            let sum = scales[o] * *x + biases[o];
            *y = match layer.activation {
                Activation::Relu => relu(sum),
                Activation::LeakyRelu(slope) => leaky_relu(sum, slope),
                Activation::Tanh | Activation::Linear => sum,
            };
        }
        padding.fill(0.0);
        normalized_padding.fill(0.0);
        (means[o], variances[o]) = (mean, variance);
    }
}

/// Deltas of y behind the activation's gate become those of h, in place: `((δ − b / B) − x̂ · g / B) · (γ · t)`,
/// where b and g, Σ δ and Σ δ · x̂, are the gradients of bias and γ.
///
/// `gradients` are the whole network's, where they are wanted.
pub(crate) fn backward<P: Profile>(
    layer: &Layer,
    parameters: &[f32],
    deltas: &mut [f32],
    batch: Batch<&[f32]>,
    mut gradients: Option<&mut [f32]>,
    samples: usize,
) {
    let (stride, inverse) = (stride(samples), 1.0 / samples as f32);
    let variances = &batch.figures[layer.outputs..];
    let scales = &parameters[layer.scales()];
    let rows = deltas.chunks_exact_mut(stride);
    for (o, (deltas, normalized)) in rows.zip(batch.normalized.chunks_exact(stride)).enumerate() {
        let deltas = &mut deltas[..samples];
        let b = canonical(batch_sum(deltas.iter().copied()));
        let g = canonical(batch_sum(
            deltas.iter().zip(normalized).map(|(delta, x)| delta * x),
        ));
        if let Some(gradients) = &mut gradients {
            gradients[layer.biases().start + o] = b;
            gradients[layer.scales().start + o] = g;
        }
        let (b, g) = (b * inverse, g * inverse);
        let steep = scales[o] * steepness::<P>(variances[o]);
        for (delta, x) in deltas.iter_mut().zip(normalized) {
            *delta = ((*delta - b) - x * g) * steep;
        }
    }
}
