//! Dead units: hidden ReLUs that are 0 on a whole evaluation batch. No gradient passes them, so they learn nothing
//! more unless what comes before them moves (Lu et al. 2019, *Dying ReLU and initialization*).
//!
//! Only ReLU dies: a leaky ReLU and tanh pass something always, so of those there is nothing to tell. Most units
//! show within a few samples that they live, and when all have, no further sample is looked at.

use heapless::Vec;

use crate::configuration::Neurons;
use crate::shape::{Activation, Layer, MOST_LAYERS};

/// Which hidden units of a network were above 0 for any sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// A bit a unit, a layer each.
    alive: Vec<u128, MOST_LAYERS>,
    /// Units of each layer.
    neurons: usize,
}

const _: () = assert!(
    Neurons::MOST.get() <= 128,
    "a layer's units are the bits of a u128"
);

impl Activity {
    /// Nothing seen yet of the hidden ones of these layers; `None` unless ReLU follows them.
    pub(crate) fn new(layers: &[Layer]) -> Option<Self> {
        let (_, hidden) = layers.split_last()?;
        let relu = |layer: &Layer| layer.activation == Activation::Relu;
        hidden.iter().all(relu).then(|| Self {
            alive: hidden.iter().map(|_| 0).collect(),
            neurons: hidden[0].outputs,
        })
    }

    /// Looks at a block of activations, rows `[row][stride]` of which the first `samples` of each count.
    pub(crate) fn see(&mut self, layers: &[Layer], activations: &[f32], stride: usize, samples: usize) {
        for (alive, layer) in self.alive.iter_mut().zip(layers) {
            let rows = activations[(layer.row + layer.inputs) * stride..].chunks_exact(stride);
            for (unit, row) in rows.take(layer.outputs).enumerate() {
                if *alive & 1 << unit == 0 && row[..samples].iter().any(|y| *y > 0.0) {
                    *alive |= 1 << unit;
                }
            }
        }
    }

    /// Whether no unit is dead.
    #[must_use]
    pub fn all_alive(&self) -> bool {
        self.dead().all(|dead| dead == 0)
    }

    /// Dead units of each hidden layer, from the input on.
    pub fn dead(&self) -> impl Iterator<Item = usize> + '_ {
        self.alive
            .iter()
            .map(|alive| self.neurons - alive.count_ones() as usize)
    }

    /// Share of each hidden layer's units that are dead, 0–1, from the input on.
    pub fn shares(&self) -> impl Iterator<Item = f64> + '_ {
        self.dead().map(|dead| dead as f64 / self.neurons as f64)
    }

    /// Whether a unit of a hidden layer is dead, both from 0; `None` if there is no such unit.
    #[must_use]
    pub fn is_dead(&self, layer: usize, unit: usize) -> Option<bool> {
        let alive = self.alive.get(layer)?;
        (unit < self.neurons).then(|| alive & 1 << unit == 0)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::evaluate::{Evaluator, evaluation_words};
    use crate::{Configuration, Gan, Network, Point, Preset, Reference, memory_words};
    use std::vec;
    use std::vec::Vec as Many;

    fn points() -> Many<Point> {
        let side = |n: usize| (n as f32 + 0.5) / 15.0;
        (0..225).map(|n| [side(n % 15), side(n / 15)]).collect()
    }

    /// Brings any unit to life whose weights differ.
    const FAR: Point = [3e7, -3e7];

    fn activity(
        configuration: &Configuration,
        network: Network,
        kill: &[(usize, usize)],
        points: &[Point],
    ) -> Option<Activity> {
        let gan =
            Gan::<_, Reference>::new(vec![0.0; memory_words(configuration)], configuration, 7, &[]).unwrap();
        let shape = configuration.shape(network);
        let mut parameters = gan.parameters(network).to_vec();
        let layers = shape.layers();
        // No weight below 0 and biases of 10 bring all to life that is not killed.
        for layer in &layers {
            parameters[layer.weights()].iter_mut().for_each(|w| *w = w.abs());
            parameters[layer.biases()].fill(10.0);
        }
        for (layer, unit) in kill {
            parameters[layers[*layer].biases().start + unit] = -1e6;
        }
        let mut scratch = vec![0.0; evaluation_words(&shape)];
        let mut evaluator = Evaluator::<Reference>::new(shape, &parameters, &mut scratch);
        match network {
            Network::Generator => evaluator.activity_of_noise(points.as_flattened()),
            Network::Discriminator => {
                // Numbers that an earlier block left behind must not count.
                evaluator.activity_at(&[FAR; 64]);
                evaluator.activity_at(points)
            }
        }
    }

    #[test]
    fn units_that_were_killed_are_dead_and_no_others() {
        let configuration = Preset::Disjoint.configuration();
        for network in [Network::Generator, Network::Discriminator] {
            let neurons = configuration.network(network).neurons.get();
            let none = activity(&configuration, network, &[], &points()).unwrap();
            assert!(none.all_alive() && none.shares().all(|share| share == 0.0));
            let killed = [(0, 1), (1, 0), (1, neurons - 1), (2, 4)];
            let some = activity(&configuration, network, &killed, &points()).unwrap();
            assert!(some.dead().eq([1, 2, 1]) && !some.all_alive());
            for (layer, unit) in (0..3).flat_map(|layer| (0..neurons).map(move |unit| (layer, unit))) {
                assert_eq!(some.is_dead(layer, unit), Some(killed.contains(&(layer, unit))));
            }
            assert_eq!((some.is_dead(3, 0), some.is_dead(0, neurons)), (None, None));
            assert_eq!(some.shares().nth(1), Some(2.0 / neurons as f64));
        }
    }

    #[test]
    fn one_sample_in_many_keeps_a_unit_alive() {
        let configuration = Preset::Ring.configuration();
        let kill: Many<_> = (0..9).map(|unit| (0, unit)).collect();
        let dead = |points: &[Point]| {
            let activity = activity(&configuration, Network::Discriminator, &kill, points);
            activity.unwrap().dead().next().unwrap()
        };
        let mut points = points();
        assert_eq!((dead(&points), dead(&points[..40]), dead(&[])), (9, 9, 9));
        // The last of a block that is not whole: 225 = 3 · 64 + 33.
        points[224] = FAR;
        assert!(dead(&points) < 9);
        assert_eq!(dead(&points[..224]), 9);
    }

    #[test]
    fn what_is_not_relu_cannot_die() {
        let configuration = Preset::Ring.configuration();
        for (kind, told) in [("relu", true), ("tanh", false)] {
            let configuration = configuration.with_written(&std::format!("discriminator.activation={kind}"));
            let activity = activity(&configuration, Network::Discriminator, &[], &points());
            assert_eq!(activity.is_some(), told);
        }
    }
}
