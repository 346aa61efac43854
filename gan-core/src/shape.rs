//! The shape of a multi-layer perceptron, and where each of its numbers lies.
//!
//! A network is one slice of parameters, `[layer][weights [output][input], biases [output]]`, and one
//! slice of activations, `[row][sample]`, a row per neuron from the inputs to the outputs. A [`Shape`]
//! tells both sizes at compile time; a [`Layer`] tells a kernel its part of each.
//!
//! Two techniques add to that (`CONTRACT.md`, section 9). A layer normalised by batch has its scales
//! `[output]` behind its biases; minibatch discrimination has a matrix, and rows, between the last hidden
//! layer's and the output layer's.

use core::fmt;
use core::ops::Range;

use heapless::Vec;

use crate::configuration::{HiddenLayers, Neurons};
use crate::techniques::{HiddenActivation, MinibatchKernels};

/// The most layers of weights: 5 hidden in GAN Lab's counting are 6 ReLU layers, and the output.
pub const MOST_LAYERS: usize = HiddenLayers::MOST.get() + 2;

/// Numbers that a kernel of minibatch discrimination compares samples by.
pub const KERNEL_DIMENSIONS: usize = 3;

/// Widths and activations of a network: `inputs → neurons → … → outputs`.
///
/// ```
/// use gan_core::{Network, Preset};
///
/// let shape = Preset::Line.configuration().shape(Network::Discriminator);
/// let layers = shape.layers();
/// let numbers: usize = layers.iter().map(|layer| layer.weights().len() + layer.biases().len()).sum();
/// assert_eq!(numbers, shape.parameters());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    inputs: usize,
    hidden_layers: HiddenLayers,
    neurons: Neurons,
    outputs: usize,
    activation: HiddenActivation,
    scales: Scales,
    /// Kernels of minibatch discrimination, perhaps 0.
    kernels: usize,
}

/// Whether a hidden layer is normalised by batch, and so has scales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scales {
    /// It is not.
    None,
    /// One for each output.
    PerOutput,
}

/// The activation function after a layer's dot products.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// `max(x, 0)`.
    Relu,
    /// `x` above 0, else so much of it.
    LeakyRelu(f32),
    /// tanh.
    Tanh,
    /// Nothing: the caller applies tanh (generator) or reads logits (discriminator). Nothing, too, is what made
    /// a network's own inputs.
    Linear,
}

/// One layer of weights: its widths and the places of its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer {
    /// Neurons that feed it.
    pub inputs: usize,
    /// Neurons it computes.
    pub outputs: usize,
    /// Index of its first weight among the network's parameters; the biases follow the weights.
    pub offset: usize,
    /// Index of its first input row among the network's activations; its output rows follow the inputs.
    pub row: usize,
    /// Activation that made its inputs: that of the layer before it, or none if they are the
    /// network's own.
    pub below: Activation,
    /// Activation after the dot products.
    pub activation: Activation,
    /// Whether they are normalised by batch before that.
    pub scales: Scales,
}

/// The matrix of minibatch discrimination, which stands between the last hidden layer and the output layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minibatch {
    /// Kernels, each of [`KERNEL_DIMENSIONS`] numbers.
    pub kernels: usize,
    /// Neurons of the last hidden layer.
    pub inputs: usize,
    /// Index of its first weight, `[kernel][dimension][input]`, among the network's parameters.
    pub offset: usize,
    /// Index of its first output row, one a kernel, among the network's activations; those of the last
    /// hidden layer are right before.
    pub row: usize,
}

impl Minibatch {
    /// Range of its weights among the network's parameters.
    #[must_use]
    pub const fn weights(&self) -> Range<usize> {
        self.offset..self.offset + self.numbers() * self.inputs
    }

    /// Numbers that samples are compared by, in all kernels.
    #[must_use]
    pub const fn numbers(&self) -> usize {
        self.kernels * KERNEL_DIMENSIONS
    }
}

impl Layer {
    /// Range of its weights `[output][input]` among the network's parameters.
    #[must_use]
    pub const fn weights(&self) -> Range<usize> {
        self.offset..self.offset + self.inputs * self.outputs
    }

    /// Range of its biases `[output]` among the network's parameters.
    #[must_use]
    pub const fn biases(&self) -> Range<usize> {
        let end = self.offset + self.inputs * self.outputs;
        end..end + self.outputs
    }

    /// Activation that follows its sums at once: none if they are normalised first.
    #[inline(always)]
    pub(crate) const fn activation_of_sums(&self) -> Activation {
        match self.scales {
            Scales::None => self.activation,
            Scales::PerOutput => Activation::Linear,
        }
    }

    /// Range of its scales `[output]` among the network's parameters; empty if it has none.
    #[must_use]
    pub const fn scales(&self) -> Range<usize> {
        let end = self.biases().end;
        match self.scales {
            Scales::None => end..end,
            Scales::PerOutput => end..end + self.outputs,
        }
    }
}

impl Shape {
    /// A network of `hidden_layers` in GAN Lab's counting: one more ReLU layer than that.
    pub(crate) const fn new(
        inputs: usize,
        hidden_layers: HiddenLayers,
        neurons: Neurons,
        outputs: usize,
    ) -> Self {
        Self {
            inputs,
            hidden_layers,
            neurons,
            outputs,
            activation: HiddenActivation::Relu,
            scales: Scales::None,
            kernels: 0,
        }
    }

    pub(crate) const fn with_activation(mut self, activation: HiddenActivation) -> Self {
        self.activation = activation;
        self
    }

    pub(crate) const fn with_scales(mut self, scales: Scales) -> Self {
        self.scales = scales;
        self
    }

    pub(crate) const fn with_minibatch(mut self, kernels: Option<MinibatchKernels>) -> Self {
        self.kernels = match kernels {
            Some(kernels) => kernels.get(),
            None => 0,
        };
        self
    }

    /// The same widths and activations, with nothing that looks at a whole batch.
    #[must_use]
    pub const fn plain(self) -> Self {
        Self {
            scales: Scales::None,
            kernels: 0,
            ..self
        }
    }

    /// Components of an input.
    #[must_use]
    pub const fn inputs(&self) -> usize {
        self.inputs
    }

    /// Components of an output.
    #[must_use]
    pub const fn outputs(&self) -> usize {
        self.outputs
    }

    /// Whether hidden layers are normalised by batch.
    #[must_use]
    pub const fn scales(&self) -> Scales {
        self.scales
    }

    /// Kernels of minibatch discrimination, perhaps 0.
    #[must_use]
    pub const fn kernels(&self) -> usize {
        self.kernels
    }

    /// Whether it says of a sample the same in any batch.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        matches!(self.scales, Scales::None) && self.kernels == 0
    }

    /// Weights and biases in all, and scales and minibatch discrimination's matrix where there are any.
    #[must_use]
    pub const fn parameters(&self) -> usize {
        let (n, h, k) = (self.neurons.get(), self.hidden_layers.get(), self.kernels);
        let scales = match self.scales {
            Scales::None => 0,
            Scales::PerOutput => (h + 1) * n,
        };
        (self.inputs + 1) * n
            + h * (n + 1) * n
            + scales
            + k * KERNEL_DIMENSIONS * n
            + (n + k + 1) * self.outputs
    }

    /// Hidden neurons in all.
    #[must_use]
    pub const fn hidden_rows(&self) -> usize {
        (self.hidden_layers.get() + 1) * self.neurons.get()
    }

    /// Rows of activations in all: inputs, every hidden neuron, kernels of minibatch discrimination, outputs.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.inputs + self.hidden_rows() + self.kernels + self.outputs
    }

    /// Minibatch discrimination, where it is on.
    #[must_use]
    pub const fn minibatch(&self) -> Option<Minibatch> {
        if self.kernels == 0 {
            return None;
        }
        let n = self.neurons.get();
        Some(Minibatch {
            kernels: self.kernels,
            inputs: n,
            offset: self.parameters()
                - (n + self.kernels + 1) * self.outputs
                - self.kernels * KERNEL_DIMENSIONS * n,
            row: self.inputs + self.hidden_rows(),
        })
    }

    /// The most rows any layer has on either side.
    #[must_use]
    pub const fn widest(&self) -> usize {
        let ends = if self.inputs > self.outputs {
            self.inputs
        } else {
            self.outputs
        };
        // The output layer's inputs are the most that any layer has.
        if self.neurons.get() + self.kernels > ends {
            self.neurons.get() + self.kernels
        } else {
            ends
        }
    }

    /// The layers from input to output.
    #[must_use]
    pub fn layers(&self) -> Vec<Layer, MOST_LAYERS> {
        let count = self.hidden_layers.get() + 2;
        let hidden = match self.activation {
            HiddenActivation::Relu => Activation::Relu,
            HiddenActivation::LeakyRelu(slope) => Activation::LeakyRelu(slope.get()),
            HiddenActivation::Tanh => Activation::Tanh,
        };
        let (mut offset, mut row) = (0, 0);
        let mut inputs = self.inputs;
        let mut below = Activation::Linear;
        (0..count)
            .map(|index| {
                let last = index + 1 == count;
                if let (true, Some(minibatch)) = (last, self.minibatch()) {
                    offset = minibatch.weights().end;
                    inputs += minibatch.kernels;
                }
                let (outputs, activation, scales) = match last {
                    true => (self.outputs, Activation::Linear, Scales::None),
                    false => (self.neurons.get(), hidden, self.scales),
                };
                let layer = Layer {
                    inputs,
                    outputs,
                    offset,
                    row,
                    below,
                    activation,
                    scales,
                };
                below = activation;
                offset = layer.scales().end;
                row += inputs;
                inputs = outputs;
                layer
            })
            .collect()
    }
}

impl fmt::Display for Shape {
    /// Widths from input to output: `2→10→10→2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.inputs)?;
        self.layers()
            .iter()
            .try_for_each(|layer| write!(f, "→{}", layer.outputs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_tile_parameters_and_rows_without_gaps() {
        for (hidden, neurons) in [(0, 1), (1, 8), (5, 100)] {
            let (hidden, neurons) = (HiddenLayers::new(hidden).unwrap(), Neurons::new(neurons).unwrap());
            for (scales, kernels) in [(Scales::None, 0), (Scales::PerOutput, 0), (Scales::PerOutput, 5)] {
                let shape = Shape::new(2, hidden, neurons, 1)
                    .with_scales(scales)
                    .with_minibatch(MinibatchKernels::new(kernels).ok());
                let layers = shape.layers();
                let (mut parameter, mut row) = (0, 0);
                for (index, layer) in layers.iter().enumerate() {
                    if let (true, Some(minibatch)) = (index + 1 == layers.len(), shape.minibatch()) {
                        assert_eq!(minibatch.offset, parameter);
                        assert_eq!(minibatch.row, row + neurons.get());
                        parameter = minibatch.weights().end;
                    }
                    assert_eq!((layer.offset, layer.row), (parameter, row));
                    parameter = layer.scales().end;
                    row += layer.inputs;
                }
                assert_eq!((parameter, row + 1), (shape.parameters(), shape.rows()));
                assert!(
                    layers
                        .iter()
                        .all(|layer| layer.inputs.max(layer.outputs) <= shape.widest())
                );
            }
        }
    }
}
