//! Gradients of networks that look at whole batches, or run with other weights than they keep, against central
//! differences of the loss in `f64`.
//!
//! The oracle is the papers' formulas on whole batches, in `f64` and apart from the core. Spectral normalisation's
//! vectors are held still, as its paper holds them. Differences over which a ReLU switches, or two samples'
//! numbers change places, do not count.

extern crate std;

use std::format;
use std::string::String;
use std::vec;
use std::vec::Vec;

use super::HiddenActivation;
use crate::shape::{KERNEL_DIMENSIONS, Layer, Minibatch, Scales};
use crate::{Gan, Network, Preset, Stage, memory_words};

const BOTH: [Network; 2] = [Network::Generator, Network::Discriminator];

/// Numbers of each sample of a batch, `[sample][neuron]`.
type Batch = Vec<Vec<f64>>;

/// A network in `f64`.
struct Oracle {
    layers: Vec<Layer>,
    minibatch: Option<Minibatch>,
    activation: HiddenActivation,
    parameters: Vec<f64>,
    /// u' and v of each layer, where it is normalised by them.
    vectors: Vec<[Vec<f64>; 2]>,
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

fn unit(x: Vec<f64>) -> Vec<f64> {
    let length = dot(&x, &x).sqrt();
    x.iter().map(|x| x / length).collect()
}

impl Oracle {
    fn of(gan: &Gan<Vec<f32>>, network: Network) -> Self {
        let shape = gan.configuration().shape(network);
        let layers = shape.layers().to_vec();
        let parameters: Vec<f64> = gan.parameters(network).iter().map(|x| f64::from(*x)).collect();
        let techniques = gan.parts().techniques;
        let mut left = match network {
            Network::Generator => techniques.generator_spectral.left,
            Network::Discriminator => techniques.discriminator_spectral.left,
        };
        let mut vectors = Vec::new();
        let normalized = !left.is_empty();
        for layer in layers.iter().filter(|_| normalized) {
            let (u, rest) = left.split_at(layer.outputs);
            left = rest;
            let rows: Vec<&[f64]> = parameters[layer.weights()].chunks_exact(layer.inputs).collect();
            let of_input = |i: usize| rows.iter().zip(u).map(|(row, u)| row[i] * f64::from(*u)).sum();
            let v = unit((0..layer.inputs).map(of_input).collect());
            vectors.push([unit(rows.iter().map(|row| dot(row, &v)).collect()), v]);
        }
        Self {
            layers,
            minibatch: shape.minibatch(),
            activation: gan.configuration().techniques.network(network).activation,
            parameters,
            vectors,
        }
    }

    fn apply(&self, inputs: Batch, pattern: &mut Vec<bool>) -> Batch {
        let mut values = inputs;
        for (index, layer) in self.layers.iter().enumerate() {
            let last = index + 1 == self.layers.len();
            if let (true, Some(minibatch)) = (last, self.minibatch) {
                self.compare(minibatch, &mut values, pattern);
            }
            let weights: Vec<&[f64]> = self.parameters[layer.weights()]
                .chunks_exact(layer.inputs)
                .collect();
            let sigma = self.vectors.get(index).map_or(1.0, |[u, v]| {
                weights.iter().zip(u).map(|(row, u)| u * dot(row, v)).sum()
            });
            let sum = |sample: &Vec<f64>| weights.iter().map(|row| dot(row, sample) / sigma).collect();
            values = values.iter().map(sum).collect();
            for o in 0..layer.outputs {
                self.finish(layer, o, &mut values);
                for sample in values.iter_mut().filter(|_| !last) {
                    sample[o] = self.activated(sample[o], pattern);
                }
            }
        }
        values
    }

    /// A neuron's bias, behind its normalisation if it has one.
    fn finish(&self, layer: &Layer, o: usize, values: &mut Batch) {
        let count = values.len() as f64;
        let bias = self.parameters[layer.biases()][o];
        let (mean, factor) = match layer.scales {
            Scales::None => (0.0, 1.0),
            Scales::PerOutput => {
                let mean = values.iter().map(|sample| sample[o]).sum::<f64>() / count;
                let squares = values.iter().map(|sample| (sample[o] - mean).powi(2));
                let variance = squares.sum::<f64>() / count;
                (
                    mean,
                    self.parameters[layer.scales()][o] / (variance + 1e-5).sqrt(),
                )
            }
        };
        for sample in values {
            sample[o] = factor * (sample[o] - mean) + bias;
        }
    }

    fn activated(&self, x: f64, pattern: &mut Vec<bool>) -> f64 {
        let slope = match self.activation {
            HiddenActivation::Tanh => return x.tanh(),
            HiddenActivation::Relu => 0.0,
            HiddenActivation::LeakyRelu(slope) => f64::from(slope.get()),
        };
        pattern.push(x > 0.0);
        if x > 0.0 { x } else { slope * x }
    }

    /// Minibatch discrimination's outputs, behind the features.
    fn compare(&self, minibatch: Minibatch, values: &mut Batch, pattern: &mut Vec<bool>) {
        let matrix: Vec<&[f64]> = self.parameters[minibatch.weights()]
            .chunks_exact(minibatch.inputs)
            .collect();
        let numbers: Batch = values
            .iter()
            .map(|sample| matrix.iter().map(|row| dot(row, sample)).collect())
            .collect();
        for (n, sample) in values.iter_mut().enumerate() {
            for kernel in 0..minibatch.kernels {
                let mut sum = 0.0;
                for (m, other) in numbers.iter().enumerate().filter(|(m, _)| *m != n) {
                    let range = kernel * KERNEL_DIMENSIONS..(kernel + 1) * KERNEL_DIMENSIONS;
                    let pairs = numbers[n][range.clone()].iter().zip(&other[range]);
                    let distance: f64 = pairs.clone().map(|(x, y)| (x - y).abs()).sum();
                    pattern.extend(pairs.filter(|_| n < m).map(|(x, y)| x > y));
                    sum += (-distance).exp();
                }
                sample.push(sum / numbers.len() as f64);
            }
        }
    }
}

/// Log loss of the network over these batches, and which way everything with a bend was.
fn loss(network: Network, oracles: &[Oracle; 2], noise: &Batch, real: &Batch) -> (f64, Vec<bool>) {
    let mut pattern = Vec::new();
    let [generator, discriminator] = oracles;
    let mut fake = generator.apply(noise.clone(), &mut pattern);
    fake.iter_mut().flatten().for_each(|x| *x = x.tanh());
    let softplus = |x: f64| x.exp().ln_1p();
    let mut logits = |batch| discriminator.apply(batch, &mut pattern).concat();
    let total: f64 = match network {
        Network::Generator => logits(fake).iter().map(|s| softplus(-s)).sum(),
        Network::Discriminator => {
            let of_fake: f64 = logits(fake).iter().map(|s| softplus(*s)).sum();
            // GAN Lab's weight of the real batch, as the core has it.
            let weight = f64::from(0.95_f32);
            of_fake
                + logits(real.clone())
                    .iter()
                    .map(|s| weight * softplus(-s))
                    .sum::<f64>()
        }
    };
    (total / noise.len() as f64, pattern)
}

fn check(techniques: &str) {
    for network in BOTH {
        let configuration = Preset::Gaussians
            .configuration()
            .with_written("batch=13 discriminator.updates_per_epoch=1")
            .with_written("discriminator.hidden_layers=1 discriminator.neurons=5")
            .with_written(techniques);
        let memory = vec![0.0; memory_words(&configuration)];
        let mut gan = Gan::<_>::new(memory, &configuration, 3, &[]).unwrap();
        gan.run_epochs(20).unwrap();
        while !gan
            .advance()
            .unwrap()
            .is_some_and(|phase| phase.network == network && phase.stage == Stage::ComputeGradients)
        {}
        let batch = |rows: Vec<&[f32]>| -> Batch {
            let sample = |n: usize| rows.iter().map(|row| f64::from(row[n])).collect();
            (0..13).map(sample).collect()
        };
        let noise = batch(gan.noise_samples().collect());
        let real = batch(gan.real_samples().to_vec());
        let mut oracles = BOTH.map(|network| Oracle::of(&gan, network));
        let gradients = gan.gradients(network);
        let largest = gradients
            .iter()
            .fold(0.0_f64, |most, g| most.max(f64::from(g.abs())));
        assert!(
            largest > 1e-4,
            "{techniques} {network}: there is nothing to compare"
        );
        let changed = usize::from(network == Network::Discriminator);
        let mut counted = 0;
        for (i, gradient) in gradients.iter().enumerate() {
            let (x, h) = (oracles[changed].parameters[i], 1e-6);
            let [(above, pattern), (below, same)] = [x + h, x - h].map(|x| {
                oracles[changed].parameters[i] = x;
                loss(network, &oracles, &noise, &real)
            });
            oracles[changed].parameters[i] = x;
            if pattern != same {
                continue;
            }
            let difference = (above - below) / (2.0 * h);
            let error = (f64::from(*gradient) - difference).abs();
            assert!(
                error <= 1e-4 * largest + 1e-6,
                "{techniques} {network} parameter {i}: {gradient} but the difference is {difference}"
            );
            counted += 1;
        }
        let all = gradients.len();
        assert!(
            10 * counted >= 9 * all,
            "{techniques} {network}: only {counted} of {all}"
        );
    }
}

fn activations() -> [String; 3] {
    ["relu", "leaky-relu", "tanh"].map(|activation| both("activation", activation))
}

fn both(key: &str, value: &str) -> String {
    BOTH.map(|network| format!("{network}.{key}={value}")).join(" ")
}

/// Each network alone with a normalization, and both beside minibatch discrimination.
fn check_normalization(normalization: &str, kernels: u32) {
    for activation in activations() {
        for network in BOTH {
            check(&format!("{activation} {network}.normalization={normalization}"));
        }
        let both = both("normalization", normalization);
        check(&format!(
            "{activation} {both} discriminator.minibatch_kernels={kernels}"
        ));
    }
}

#[test]
fn gradients_through_batch_normalisation_agree_with_central_differences() {
    check_normalization("batch", 2);
}

#[test]
fn gradients_of_weights_divided_by_their_norms_agree_with_central_differences() {
    check_normalization("spectral", 1);
}

#[test]
fn gradients_through_minibatch_discrimination_agree_with_central_differences() {
    for activation in activations() {
        for count in [1, 4] {
            check(&format!("{activation} discriminator.minibatch_kernels={count}"));
        }
    }
}
