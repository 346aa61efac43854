//! Networks applied to any number of points, for pictures and metrics: outside a run, on a copy of its
//! parameters, so that looking never disturbs training.
//!
//! Points go through in blocks of 64; the same kernels as in training, so the same bits.

use heapless::Vec;

use crate::kernels::{Instructions, Kernels};
use crate::math::canonical;
use crate::measures::Activity;
use crate::network::{BackwardGoal, ForwardPass};
use crate::profile::Profile;
use crate::shape::{Layer, MOST_LAYERS, Shape};
use crate::target::Point;
use crate::techniques::{Inputs, Output, Techniques};

/// Samples that go through a network at a time.
const BLOCK: usize = 64;

/// Words (`f32`) of scratch memory for evaluating a network.
#[must_use]
pub const fn evaluation_words(shape: &Shape) -> usize {
    (shape.rows() + 2 * shape.widest()) * BLOCK
}

/// A network ready to be applied. Borrows its parameters `[layer][weights, biases]` and scratch of at
/// least [`evaluation_words`].
///
/// ```
/// # use gan_core::{Gan, Preset, Reference, memory_words};
/// # let line = Preset::Line.configuration();
/// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
/// use gan_core::evaluate::{Evaluator, evaluation_words};
/// use gan_core::{Network, ParameterSet, inference_words};
///
/// gan.run_epochs(50)?;
/// let shape = line.inference_shape(Network::Discriminator);
/// let mut words = vec![0.0; inference_words(&line, Network::Discriminator)];
/// let parameters = gan.inference_parameters(Network::Discriminator, ParameterSet::Trained, &mut words);
/// let mut scratch = vec![0.0; evaluation_words(&shape)];
/// let mut scores = [0.0; 2];
/// Evaluator::<Reference>::new(shape, parameters, &mut scratch).score(&[[0.2, 0.2], [0.8, 0.1]], &mut scores);
/// assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Evaluator<'a, P> {
    parameters: &'a [f32],
    scratch: &'a mut [f32],
    shape: Shape,
    layers: Vec<Layer, MOST_LAYERS>,
    kernels: Kernels<P>,
    inputs: Inputs,
    output: Output,
}

impl<'a, P: Profile> Evaluator<'a, P> {
    /// Takes a shape and parameters for single points:
    /// [`crate::Configuration::inference_shape`] and [`crate::Gan::inference_parameters`].
    ///
    /// # Panics
    /// If the shape looks at whole batches, `parameters` are not the shape's, or `scratch` is too small: all are
    /// the caller's arithmetic.
    #[must_use]
    pub fn new(shape: Shape, parameters: &'a [f32], scratch: &'a mut [f32]) -> Self {
        assert!(
            shape.is_plain(),
            "a shape for whole batches: take the configuration's inference_shape"
        );
        assert_eq!(
            parameters.len(),
            shape.parameters(),
            "parameters of another shape"
        );
        assert!(
            scratch.len() >= evaluation_words(&shape),
            "scratch below evaluation_words"
        );
        Self {
            parameters,
            scratch,
            shape,
            layers: shape.layers(),
            kernels: Kernels::new(Instructions::BASELINE),
            inputs: Inputs::Plain,
            output: Output::Tanh,
        }
    }

    /// Takes points, and gives samples, of the plane, whatever range the networks were trained in, and what
    /// follows the generator's last layer as it was trained.
    #[must_use]
    pub fn of(self, techniques: &Techniques) -> Self {
        Self {
            inputs: techniques.inputs,
            output: techniques.output,
            ..self
        }
    }

    /// Computes with these instructions; no bit changes.
    #[must_use]
    pub fn with_instructions(self, instructions: Instructions) -> Self {
        Self {
            kernels: Kernels::new(instructions),
            ..self
        }
    }

    /// Generator: samples of noise vectors as it sees them, `[sample][component]` after one another.
    pub fn generate(&mut self, noise: &[f32], samples: &mut [Point]) {
        let inputs = self.shape.inputs();
        let (range, output) = (self.inputs, self.output);
        for (noise, samples) in noise.chunks(BLOCK * inputs).zip(samples.chunks_mut(BLOCK)) {
            self.forward(noise.chunks_exact(inputs));
            let outputs = output_rows(&self.shape, self.scratch);
            if output == Output::Tanh {
                self.kernels.tanh_all(outputs);
            }
            for ((sample, x), y) in samples.iter_mut().zip(&outputs[..BLOCK]).zip(&outputs[BLOCK..]) {
                *sample = [*x, *y].map(|coordinate| range.denormalize(coordinate));
            }
        }
    }

    /// Discriminator: the probability of being real, 0–1, of each point.
    pub fn score(&mut self, points: &[Point], scores: &mut [f32]) {
        for (points, scores) in points.chunks(BLOCK).zip(scores.chunks_mut(BLOCK)) {
            let logits = self.judge(points);
            for (score, logit) in scores.iter_mut().zip(logits) {
                *score = canonical(P::sigmoid(*logit));
            }
        }
    }

    /// Discriminator: the derivative of the probability in x and y at each point: where it pushes
    /// samples that want to look real.
    pub fn score_gradient(&mut self, points: &[Point], gradients: &mut [Point]) {
        for (points, gradients) in points.chunks(BLOCK).zip(gradients.chunks_mut(BLOCK)) {
            self.judge(points);
            let (activations, deltas) = self.scratch.split_at_mut(self.shape.rows() * BLOCK);
            let (deltas, next) = deltas.split_at_mut(self.shape.widest() * BLOCK);
            let logits = &activations[(self.shape.rows() - 1) * BLOCK..];
            for (delta, s) in deltas.iter_mut().zip(logits) {
                // σ'(s) = σ(s)·σ(−s)
                *delta = canonical(P::sigmoid(*s)) * canonical(P::sigmoid(-*s));
            }
            let network = ForwardPass {
                layers: &self.layers,
                parameters: self.parameters,
                activations,
                samples: BLOCK,
            };
            let [deltas, _] = self
                .kernels
                .backward(network, None, [deltas, next], BackwardGoal::InputDeltas);
            for (n, gradient) in gradients.iter_mut().enumerate() {
                *gradient = [deltas[n], deltas[BLOCK + n]].map(|delta| match self.inputs {
                    Inputs::Plain => canonical(delta),
                    // D's inputs are twice as wide as the plane.
                    Inputs::Centred => canonical(2.0 * delta),
                });
            }
        }
    }

    /// Generator: which hidden units any of these noise vectors brings above 0; `None` if ReLU does not follow them.
    pub fn activity_of_noise(&mut self, noise: &[f32]) -> Option<Activity> {
        let mut activity = Activity::new(&self.layers)?;
        let inputs = self.shape.inputs();
        for noise in noise.chunks(BLOCK * inputs) {
            self.forward(noise.chunks_exact(inputs));
            activity.see(&self.layers, self.scratch, BLOCK, noise.len() / inputs);
            if activity.all_alive() {
                break;
            }
        }
        Some(activity)
    }

    /// Discriminator: which hidden units any of these points brings above 0; `None` if ReLU does not follow them.
    pub fn activity_at(&mut self, points: &[Point]) -> Option<Activity> {
        let mut activity = Activity::new(&self.layers)?;
        for points in points.chunks(BLOCK) {
            self.judge(points);
            activity.see(&self.layers, self.scratch, BLOCK, points.len());
            if activity.all_alive() {
                break;
            }
        }
        Some(activity)
    }

    /// Runs a block of points of the plane; returns their logits.
    fn judge(&mut self, points: &[Point]) -> &[f32] {
        let inputs = self.inputs;
        self.forward(
            points
                .iter()
                .map(|point| point.map(|coordinate| inputs.normalize(coordinate))),
        )
    }

    /// Runs a block of inputs; returns the output rows, `[output][BLOCK]`.
    fn forward(&mut self, inputs: impl Iterator<Item = impl AsRef<[f32]>>) -> &[f32] {
        let activations = &mut self.scratch[..self.shape.rows() * BLOCK];
        for (n, input) in inputs.enumerate() {
            for (component, value) in input.as_ref().iter().enumerate() {
                activations[component * BLOCK + n] = *value;
            }
        }
        self.kernels
            .forward(&self.layers, self.parameters, activations, BLOCK);
        output_rows(&self.shape, self.scratch)
    }
}

/// The rows that a network puts out, `[output][BLOCK]`.
fn output_rows<'a>(shape: &Shape, scratch: &'a mut [f32]) -> &'a mut [f32] {
    &mut scratch[(shape.rows() - shape.outputs()) * BLOCK..shape.rows() * BLOCK]
}
