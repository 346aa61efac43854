//! Spectral normalisation (Miyato et al. 2018): every weight matrix runs divided by its largest singular
//! value, which one step of the power iteration an update follows (`CONTRACT.md`, section 9).
//!
//! The network runs with a copy of its parameters whose weights are divided, so the kernels of any network
//! serve. They find the gradient of the divided weights; [`correct`] makes it that of its own.

use core::ops::Range;

use super::Normalization;
use super::averages::keep;
use crate::math::canonical;
use crate::memory::placed;
use crate::profile::Profile;
use crate::random::Stream;
use crate::shape::{Layer, MOST_LAYERS};
use crate::{Configuration, Network};

/// The least norm, so that a matrix of zeros is divided by something.
const LEAST_NORM: f32 = 1e-12;

/// Lengths of [`Spectral`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpectralSizes {
    parameters: usize,
    left: usize,
    right: usize,
    norms: usize,
}

/// The arrays of one network; empty where it is not normalised so. Its layers' arrays lie one after
/// another.
pub(crate) struct Spectral<S> {
    /// The parameters it runs with.
    pub(crate) divided: S,
    /// Left vectors u, `[layer][output]`: the state.
    pub(crate) left: S,
    /// u', what they become when the update succeeds.
    pub(crate) next_left: S,
    /// Right vectors v, `[layer][input]`.
    pub(crate) right: S,
    /// σ, `[layer]`.
    pub(crate) norms: S,
}

impl SpectralSizes {
    pub(crate) const fn of(configuration: &Configuration, network: Network) -> Self {
        match configuration.techniques.network(network).normalization {
            Normalization::None | Normalization::Batch(_) => Self {
                parameters: 0,
                left: 0,
                right: 0,
                norms: 0,
            },
            Normalization::Spectral => {
                let shape = configuration.shape(network);
                let rows = shape.rows();
                Self {
                    parameters: shape.parameters(),
                    // Each row but the inputs' and the kernels' is an output of one layer, and each but the
                    // outputs' an input of one.
                    left: rows - shape.inputs() - shape.kernels(),
                    right: rows - shape.outputs(),
                    norms: MOST_LAYERS,
                }
            }
        }
    }

    pub(crate) const fn words(&self) -> usize {
        placed(self.parameters) + 2 * placed(self.left) + placed(self.right) + placed(self.norms)
    }

    /// Numbers that are state: u.
    pub(crate) const fn state_words(&self) -> usize {
        self.left
    }

    #[inline(always)]
    pub(crate) fn carve<S>(&self, take: &mut impl FnMut(usize) -> S) -> Spectral<S> {
        Spectral {
            divided: take(self.parameters),
            left: take(self.left),
            next_left: take(self.left),
            right: take(self.right),
            norms: take(self.norms),
        }
    }
}

/// Left vectors at first, each number normal.
pub(crate) fn begin<P: Profile>(stream: &mut Stream, left: &mut [f32]) {
    left.fill_with(|| canonical(stream.normal::<P>() as f32));
}

impl Spectral<&mut [f32]> {
    /// Makes the parameters that the network runs with, where it is normalised so: each weight is
    /// `c(weight / σ)`, all else as it is.
    #[inline(always)] // So that a network without only finds that it is.
    pub(crate) fn divide<P: Profile>(&mut self, layers: &[Layer], parameters: &[f32]) {
        if !self.divided.is_empty() {
            self.divide_layers::<P>(layers, parameters);
        }
    }

    fn divide_layers<P: Profile>(&mut self, layers: &[Layer], parameters: &[f32]) {
        self.divided.copy_from_slice(parameters);
        for (index, layer, [outputs, inputs]) in with_vectors(layers) {
            let weights = &mut self.divided[layer.weights()];
            let (left, right) = (&self.left[outputs.clone()], &mut self.right[inputs]);
            let sigma = largest_singular_value::<P>(weights, left, right, &mut self.next_left[outputs]);
            weights
                .iter_mut()
                .for_each(|weight| *weight = canonical(*weight / sigma));
            self.norms[index] = sigma;
        }
    }

    /// The parameters the network runs with; its own where it is not normalised so.
    #[inline(always)]
    pub(crate) fn parameters<'a>(&'a self, own: &'a [f32]) -> &'a [f32] {
        if self.divided.is_empty() {
            own
        } else {
            self.divided
        }
    }

    /// Gradients of the divided weights become those of the weights, u and v held still (Miyato et al. 2018,
    /// equation 12): `c((G − A · (u'[o] · v[i])) / σ)`, A being the sum of `G · weight / σ` over the matrix.
    #[inline(always)]
    pub(crate) fn correct(&self, layers: &[Layer], gradients: &mut [f32]) {
        if !self.divided.is_empty() {
            self.correct_layers(layers, gradients);
        }
    }

    fn correct_layers(&self, layers: &[Layer], gradients: &mut [f32]) {
        for (index, layer, [outputs, inputs]) in with_vectors(layers) {
            let (gradients, weights) = (&mut gradients[layer.weights()], &self.divided[layer.weights()]);
            let (left, right, sigma) = (&self.next_left[outputs], &self.right[inputs], self.norms[index]);
            let along = gradients.iter().zip(weights).fold(0.0, |sum, (g, w)| sum + g * w);
            for (gradients, u) in gradients.chunks_exact_mut(right.len()).zip(left) {
                for (g, v) in gradients.iter_mut().zip(right) {
                    *g = canonical((*g - along * (u * v)) / sigma);
                }
            }
        }
    }

    /// u becomes u': an update succeeded.
    #[inline(always)]
    pub(crate) fn follow(&mut self) {
        for (u, next) in self.left.iter_mut().zip(self.next_left.iter()) {
            keep(u, *next);
        }
    }
}

/// Each layer, its index, and where its u and v lie.
fn with_vectors(layers: &[Layer]) -> impl Iterator<Item = (usize, &Layer, [Range<usize>; 2])> {
    let (mut outputs, mut inputs) = (0, 0);
    layers.iter().enumerate().map(move |(index, layer)| {
        let places = [outputs..outputs + layer.outputs, inputs..inputs + layer.inputs];
        outputs += layer.outputs;
        inputs += layer.inputs;
        (index, layer, places)
    })
}

/// One step of the power iteration from u: v, u', and σ, which u' and v make of the matrix `[output][input]`.
fn largest_singular_value<P: Profile>(
    weights: &[f32],
    left: &[f32],
    right: &mut [f32],
    next_left: &mut [f32],
) -> f32 {
    let inputs = right.len();
    right.fill(0.0);
    for (row, u) in weights.chunks_exact(inputs).zip(left) {
        for (v, weight) in right.iter_mut().zip(row) {
            *v += weight * u;
        }
    }
    let length = norm::<P>(right);
    right.iter_mut().for_each(|v| *v /= length);
    // Input by input, so that no sum waits for itself.
    next_left.fill(0.0);
    for (i, v) in right.iter().enumerate() {
        for (a, row) in next_left.iter_mut().zip(weights.chunks_exact(inputs)) {
            *a += row[i] * v;
        }
    }
    let length = norm::<P>(next_left);
    // a is needed once more, beside u': σ = Σ u'[o] · a[o].
    let sigma = next_left.iter_mut().fold(0.0, |sum, a| {
        let u = canonical(*a / length);
        let term = u * *a;
        *a = u;
        sum + term
    });
    at_least_least(sigma)
}

/// The length of a vector, no less than [`LEAST_NORM`].
fn norm<P: Profile>(vector: &[f32]) -> f32 {
    at_least_least(P::square_root(vector.iter().fold(0.0, |sum, x| sum + x * x)))
}

fn at_least_least(x: f32) -> f32 {
    if x > LEAST_NORM { x } else { LEAST_NORM }
}
