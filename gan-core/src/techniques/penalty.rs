//! Penalties on how steep the discriminator is, with the exact gradients of the penalties themselves, by a
//! second differentiation (`CONTRACT.md`, section 9).
//!
//! For each sample the logit has a gradient G in D's input: back-propagation from a delta of 1. The penalty
//! asks G to move along a *tangent* t, a multiple of G itself. How the parameters change t · G is what t
//! says, carried forward through D as it is linear there, beside the deltas that made G
//! (Pearlmutter 1994). If activations are straight lines, this is all; a bent one, tanh, also
//! changes its slope with its input, and so has a second part that goes back through D.
//!
//! Rows of deltas and tangents lie as the activations do, and like those that feed a layer are 0 beyond the batch.

use super::memory::atlas_length;
use super::{HiddenActivation, Penalty};
use crate::configuration::{Configuration, Network};
use crate::dense::{Gate, stride};
use crate::kernels::Kernels;
use crate::math::canonical;
use crate::memory::placed;
use crate::network::{Dense, ForwardPass};
use crate::phases::gather;
use crate::profile::Profile;
use crate::random::Stream;
use crate::shape::{Activation, Layer};

/// Sizes that determine the length of each array.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PenaltySizes {
    /// Numbers of all rows of D for a batch.
    rows: usize,
    /// Numbers of all rows of D for a batch where D is bent (tanh), else 0.
    bent_rows: usize,
    /// D's parameters where it is bent, else 0.
    bent_parameters: usize,
    /// Numbers of all rows of D for the gradient penalty, else 0.
    mixed: usize,
    mixing: usize,
}

/// Intermediate results of R1 and gradient penalty.
pub(crate) struct PenaltyParts<S> {
    /// Derivatives of the logit at each dot product; those at the inputs are G.
    slopes: S,
    /// The tangent at each layer's inputs.
    tangents: S,
    /// With tanh: derivatives of the logit before the gates, then what the tangent changes at each dot product.
    bends: S,
    /// With tanh: the second part of the parameters' gradients.
    second: S,
    /// Gradient penalty: D's activations at the samples between real and fake.
    mixed: S,
    /// Gradient penalty: where between them, `[sample]`.
    pub(crate) mixing: S,
}

impl PenaltySizes {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        let techniques = &configuration.techniques;
        let shape = configuration.shape(Network::Discriminator);
        let rows = shape.rows() * stride(configuration.batch.get());
        let (rows, mixed, mixing) = match techniques.penalty {
            Penalty::None | Penalty::Clipping(_) => (0, 0, 0),
            Penalty::R1(_) => (rows, 0, 0),
            Penalty::Gradient(_) => (rows, rows, atlas_length(configuration)),
        };
        let bent = rows > 0 && matches!(techniques.discriminator.activation, HiddenActivation::Tanh);
        Self {
            rows,
            bent_rows: if bent { rows } else { 0 },
            bent_parameters: if bent { shape.parameters() } else { 0 },
            mixed,
            mixing,
        }
    }

    pub(crate) const fn words(&self) -> usize {
        2 * self.rows + self.bent_rows + placed(self.bent_parameters) + self.mixed + placed(self.mixing)
    }

    #[inline(always)]
    pub(crate) fn carve<S>(&self, take: &mut impl FnMut(usize) -> S) -> PenaltyParts<S> {
        PenaltyParts {
            slopes: take(self.rows),
            tangents: take(self.rows),
            bends: take(self.bent_rows),
            second: take(self.bent_parameters),
            mixed: take(self.mixed),
            mixing: take(self.mixing),
        }
    }
}

impl PenaltyParts<&mut [f32]> {
    pub(crate) fn draw(self, mut stream: Stream) {
        self.mixing.fill_with(|| stream.uniform() as f32);
    }

    /// Adds the penalty's gradients to D's: `g = c(g + c(P))`. `real` is D after its way forward with the real
    /// batch, from the cursor on; `fake` the fake batch as D saw it, x and y; `sums` takes P.
    // One value a word of the contract's sentence; a struct would only be taken apart again.
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn add(
        &mut self,
        kernels: Kernels<impl Profile>,
        penalty: Penalty,
        real: ForwardPass<'_>,
        fake: &[f32],
        real_cursor: u64,
        sums: &mut [f32],
        gradients: &mut [f32],
    ) {
        let inverse = 1.0 / real.samples as f32;
        let (at, pull) = match penalty {
            Penalty::None | Penalty::Clipping(_) => return,
            Penalty::R1(weight) => (real, Pull::ToZero(weight.get() * inverse)),
            Penalty::Gradient(weight) => {
                self.mix(kernels, real, fake, real_cursor);
                let mixed = ForwardPass {
                    activations: self.mixed,
                    ..real
                };
                (mixed, Pull::ToOne((2.0 * weight.get()) * inverse))
            }
        };
        let rows = Steepness {
            slopes: self.slopes,
            tangents: self.tangents,
            bends: self.bends,
        };
        kernels.penalty(at, pull, rows, [sums, self.second]);
        if !self.second.is_empty() {
            kernels.join(sums, self.second);
        }
        kernels.join(gradients, sums);
    }

    /// D's way forward with samples between real and fake ones: `c(r + ε · (f − r))`.
    fn mix(&mut self, kernels: Kernels<impl Profile>, real: ForwardPass<'_>, fake: &[f32], real_cursor: u64) {
        let (samples, stride) = (real.samples, stride(real.samples));
        // Tangents have not begun.
        let shares = &mut self.tangents[..stride];
        gather(kernels, self.mixing, 1, (real_cursor, samples), shares);
        for row in 0..2 {
            let (mixed, at) = (&mut self.mixed[row * stride..], row * stride);
            let pairs = real.activations[at..].iter().zip(&fake[at..]);
            for ((mixed, share), (r, f)) in mixed.iter_mut().zip(&shares[..samples]).zip(pairs) {
                *mixed = canonical(r + share * (f - r));
            }
        }
        kernels.forward(real.layers, real.parameters, self.mixed, samples);
    }
}

/// How a sample's gradient G is to change.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pull {
    /// R1, by γ / batch: the gradient of γ/2 · ‖G‖² (Mescheder et al. 2018, equation 9).
    ToZero(f32),
    /// By 2·λ / batch: the gradient of λ · (‖G‖ − 1)² (Gulrajani et al. 2017, equation 3).
    ToOne(f32),
}

impl Pull {
    /// The tangent at D's inputs from the gradient there, both x and y.
    #[inline(always)]
    fn tangent<P: Profile>(self, slopes: &[f32], tangents: &mut [f32], stride: usize) {
        match self {
            Self::ToZero(factor) => {
                for (tangent, slope) in tangents.iter_mut().zip(&slopes[..2 * stride]) {
                    *tangent = factor * slope;
                }
            }
            Self::ToOne(factor) => {
                let (xs, ys) = slopes.split_at(stride);
                let (to_x, to_y) = tangents.split_at_mut(stride);
                for (((x, y), to_x), to_y) in xs.iter().zip(ys).zip(to_x).zip(to_y) {
                    let norm = P::square_root(x * x + y * y);
                    let norm = if norm > 1e-12 { norm } else { 1e-12 };
                    let factor = factor * ((norm - 1.0) / norm);
                    (*to_x, *to_y) = (factor * x, factor * y);
                }
            }
        }
    }
}

/// The rows of a penalty, each as many as D's activations; `bends` is empty unless D is bent.
pub(crate) struct Steepness<'a> {
    pub(crate) slopes: &'a mut [f32],
    pub(crate) tangents: &'a mut [f32],
    pub(crate) bends: &'a mut [f32],
}

impl Steepness<'_> {
    /// A penalty's gradients in the parameters, in their order: both parts, each canonical, the second only
    /// where D is bent.
    #[inline(always)]
    pub(crate) fn gradients<P: Profile>(
        mut self,
        dense: impl Dense,
        network: ForwardPass<'_>,
        pull: Pull,
        [first, second]: [&mut [f32]; 2],
    ) {
        let stride = stride(network.samples);
        self.differentiate(dense, network);
        pull.tangent::<P>(self.slopes, self.tangents, stride);
        let ForwardPass {
            layers, parameters, ..
        } = network;
        for layer in layers {
            let outputs_row = (layer.row + layer.inputs) * stride;
            let (inputs, outputs) = self.tangents.split_at_mut(outputs_row);
            let inputs = &inputs[layer.row * stride..];
            let slopes = &self.slopes[outputs_row..];
            dense.weight_gradients(layer, slopes, inputs, first, network.samples);
            first[layer.biases()].fill(0.0);
            match Gate::of(layer.activation, &network.activations[outputs_row..]) {
                // The logit itself, whose tangent nobody asks for.
                Gate::Open => {}
                Gate::Tanh(made) => {
                    dense.tangent(layer, parameters, inputs, Gate::Open, outputs, stride);
                    bend(
                        made,
                        outputs,
                        &mut self.bends[outputs_row..][..layer.outputs * stride],
                    );
                }
                gate => dense.tangent(layer, parameters, inputs, gate, outputs, stride),
            }
        }
        if !self.bends.is_empty() {
            self.unbend(dense, network, second);
        }
    }

    /// Back-propagation of the logit alone, every layer's deltas kept, with tanh also those before its gate.
    #[inline(always)]
    fn differentiate(&mut self, dense: impl Dense, network: ForwardPass<'_>) {
        let stride = stride(network.samples);
        let logit = self.slopes.len() - stride;
        self.slopes[logit..][..network.samples].fill(1.0);
        for layer in network.layers.iter().rev() {
            let (inputs, outputs) = self.slopes.split_at_mut((layer.row + layer.inputs) * stride);
            let inputs = &mut inputs[layer.row * stride..];
            match Gate::of(layer.below, &network.activations[layer.row * stride..]) {
                gate @ Gate::Tanh(_) => {
                    let before = &mut self.bends[layer.row * stride..][..inputs.len()];
                    dense.backward(layer, network.parameters, outputs, Gate::Open, before, stride);
                    inputs.copy_from_slice(before);
                    gate.pass(0, inputs);
                }
                gate => dense.backward(layer, network.parameters, outputs, gate, inputs, stride),
            }
        }
    }

    /// Back-propagation of what the tangent changes at the dot products of layers of tanh.
    #[inline(always)]
    fn unbend(&mut self, dense: impl Dense, network: ForwardPass<'_>, second: &mut [f32]) {
        let stride = stride(network.samples);
        let mut above: Option<&Layer> = None;
        for layer in network.layers.iter().rev() {
            if layer.activation != Activation::Tanh {
                // The output layer's part is 0, and no one ever wrote there.
                continue;
            }
            let outputs_row = (layer.row + layer.inputs) * stride;
            if let Some(above) = above {
                let (deltas, next) = self.bends[outputs_row..].split_at_mut(above.inputs * stride);
                // The slopes here have been used.
                let come = &mut self.slopes[outputs_row..][..deltas.len()];
                let gate = Gate::Tanh(&network.activations[outputs_row..]);
                dense.backward(above, network.parameters, next, gate, come, stride);
                for (delta, come) in deltas.iter_mut().zip(come) {
                    *delta += *come;
                }
            }
            let inputs = &network.activations[layer.row * stride..];
            dense.gradients(layer, &self.bends[outputs_row..], inputs, second, network.samples);
            above = Some(layer);
        }
    }
}

/// Tangents through tanh, `made` being what it made; and of the deltas before its gate, what the tangent
/// changes through its second derivative: `κ = ((−2·y) · (1 − y·y)) · (a · η)`.
#[inline(always)]
fn bend(made: &[f32], tangents: &mut [f32], deltas: &mut [f32]) {
    for ((y, tangent), delta) in made.iter().zip(tangents).zip(deltas) {
        let passes = 1.0 - y * y;
        *delta = ((-2.0 * y) * passes) * (*tangent * *delta);
        *tangent *= passes;
    }
}
