//! The shape of a multi-layer perceptron, and where each of its numbers lies.
//!
//! A network is one slice of parameters, `[layer][weights [output][input], biases [output]]`, and one
//! slice of activations, `[row][sample]`, a row per neuron from the inputs to the outputs. A [`Shape`]
//! tells both sizes at compile time; a [`Layer`] tells a kernel its part of each.

use core::fmt;
use core::ops::Range;

use heapless::Vec;

use crate::configuration::{HiddenLayers, Neurons};

/// The most layers of weights: 5 hidden in GAN Lab's counting are 6 ReLU layers, and the output.
pub const MOST_LAYERS: usize = HiddenLayers::MOST.get() + 2;

/// Widths of a network: `inputs → neurons (ReLU) → … → outputs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    inputs: usize,
    hidden_layers: HiddenLayers,
    neurons: Neurons,
    outputs: usize,
}

/// What follows a layer's dot products.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// `max(x, 0)`.
    Relu,
    /// Nothing: the caller applies tanh (generator) or reads logits (discriminator).
    Linear,
}

/// One layer of weights: its widths and the places of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Neurons that feed it.
    pub inputs: usize,
    /// Neurons it computes.
    pub outputs: usize,
    /// Index of its first weight among the network's parameters; the biases follow the weights.
    pub offset: usize,
    /// Index of its first input row among the network's activations; its output rows follow the inputs.
    pub row: usize,
    /// What follows the dot products.
    pub activation: Activation,
}

impl Layer {
    /// Where its weights `[output][input]` lie among the network's parameters.
    #[must_use]
    pub const fn weights(&self) -> Range<usize> {
        self.offset..self.offset + self.inputs * self.outputs
    }

    /// Where its biases `[output]` lie among the network's parameters.
    #[must_use]
    pub const fn biases(&self) -> Range<usize> {
        let end = self.offset + self.inputs * self.outputs;
        end..end + self.outputs
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

    /// Weights and biases in all.
    #[must_use]
    pub const fn parameters(&self) -> usize {
        let (n, h) = (self.neurons.get(), self.hidden_layers.get());
        (self.inputs + 1) * n + h * (n + 1) * n + (n + 1) * self.outputs
    }

    /// Rows of activations in all: inputs, every hidden neuron, outputs.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.inputs + (self.hidden_layers.get() + 1) * self.neurons.get() + self.outputs
    }

    /// The most rows any layer has on either side.
    #[must_use]
    pub const fn widest(&self) -> usize {
        let ends = if self.inputs > self.outputs {
            self.inputs
        } else {
            self.outputs
        };
        if self.neurons.get() > ends {
            self.neurons.get()
        } else {
            ends
        }
    }

    /// The layers from input to output.
    #[must_use]
    pub fn layers(&self) -> Vec<Layer, MOST_LAYERS> {
        let count = self.hidden_layers.get() + 2;
        let (mut offset, mut row) = (0, 0);
        let mut inputs = self.inputs;
        (0..count)
            .map(|index| {
                let (outputs, activation) = match index + 1 == count {
                    true => (self.outputs, Activation::Linear),
                    false => (self.neurons.get(), Activation::Relu),
                };
                let layer = Layer {
                    inputs,
                    outputs,
                    offset,
                    row,
                    activation,
                };
                offset = layer.biases().end;
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
            let shape = Shape::new(2, hidden, neurons, 1);
            let layers = shape.layers();
            let (mut parameter, mut row) = (0, 0);
            for layer in &layers {
                assert_eq!((layer.offset, layer.row), (parameter, row));
                parameter = layer.biases().end;
                row += layer.inputs;
            }
            assert_eq!((parameter, row + 1), (shape.parameters(), shape.rows()));
        }
    }
}
