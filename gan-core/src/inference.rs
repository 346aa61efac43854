//! A network as it answers about single points: a plain network's parameters, whatever it was trained with.
//!
//! Normalised by batch, or comparing samples, a network has no answer about one point alone. Here is the
//! plain network that stands for it in pictures, metrics and files. Batch normalisation becomes weights and biases
//! by its running figures (Ioffe and Szegedy 2015, algorithm 2); spectral normalisation is divided by; what
//! minibatch discrimination says of the first real points, on average, becomes part of the last bias. All of it is a
//! function of the run's state and atlases, outside the contract; a plain network is its own.

use crate::configuration::{Configuration, Network};
use crate::dense::stride;
use crate::gan::Gan;
use crate::kernels::Kernels;
use crate::math::canonical;
use crate::memory::placed;
use crate::phases::gather;
use crate::profile::Profile;
use crate::shape::{Layer, Minibatch, Scales, Shape};
use crate::techniques::batch_normalization::steepness;
use crate::techniques::minibatch;
use crate::techniques::spectral::{Spectral, SpectralSizes};

/// Which of a network's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterSet {
    /// The parameters that are trained.
    Trained,
    /// Their moving average; the trained parameters of a network that has none.
    Averaged,
}

impl Configuration {
    /// The plain shape that stands for a network where single points are asked about.
    #[must_use]
    pub const fn inference_shape(&self, network: Network) -> Shape {
        self.shape(network).plain()
    }
}

/// Words (`f32`) of scratch that [`Gan::inference_parameters`] needs of a network; 0 where the network's own
/// parameters are what it gives.
#[must_use]
pub const fn inference_words(configuration: &Configuration, network: Network) -> usize {
    Sizes::of(configuration, network).words()
}

/// Lengths of [`Arrays`].
struct Sizes {
    parameters: usize,
    spectral: SpectralSizes,
    activations: usize,
    compared: usize,
}

struct Arrays<'a> {
    /// In the order of the plain shape.
    parameters: &'a mut [f32],
    spectral: Spectral<&'a mut [f32]>,
    /// Rows of the plain network, and of the kernels' outputs in place of its own.
    activations: &'a mut [f32],
    /// See [`crate::techniques::passes::Kept::compared`].
    compared: &'a mut [f32],
}

impl Sizes {
    const fn of(configuration: &Configuration, network: Network) -> Self {
        let shape = configuration.shape(network);
        let spectral = SpectralSizes::of(configuration, network);
        let stride = stride(points(configuration));
        let (activations, compared) = match shape.minibatch() {
            None => (0, 0),
            Some(minibatch) => (
                (shape.plain().rows() + minibatch.kernels) * stride,
                (minibatch.inputs + minibatch.numbers()) * stride,
            ),
        };
        Self {
            parameters: if shape.is_plain() && spectral.words() == 0 {
                0
            } else {
                shape.plain().parameters()
            },
            spectral,
            activations,
            compared,
        }
    }

    const fn words(&self) -> usize {
        placed(self.parameters) + self.spectral.words() + self.activations + self.compared
    }

    fn carve<'a>(&self, words: &'a mut [f32]) -> Arrays<'a> {
        let mut rest = words;
        let mut take = |count| {
            let (taken, after) = core::mem::take(&mut rest).split_at_mut(count);
            rest = &mut after[placed(count) - count..];
            taken
        };
        Arrays {
            parameters: take(self.parameters),
            spectral: self.spectral.carve(&mut take),
            activations: take(self.activations),
            compared: take(self.compared),
        }
    }
}

/// Real points that minibatch discrimination is asked about.
const fn points(configuration: &Configuration) -> usize {
    let (batch, atlas) = (configuration.batch.get(), configuration.atlas.get());
    if batch < atlas { batch } else { atlas }
}

impl<M: AsRef<[f32]> + AsMut<[f32]>, P: Profile> Gan<M, P> {
    /// Parameters, in the order of [`Configuration::inference_shape`], of the plain network that
    /// stands for this one where single points are asked about. A plain network's own are borrowed
    /// as they are.
    ///
    /// # Panics
    /// If `scratch` is smaller than [`inference_words`].
    #[must_use]
    pub fn inference_parameters<'a>(
        &'a self,
        network: Network,
        whose: ParameterSet,
        scratch: &'a mut [f32],
    ) -> &'a [f32] {
        let own = match (whose, network) {
            (ParameterSet::Averaged, Network::Generator) => {
                self.average().unwrap_or(self.parameters(network))
            }
            _ => self.parameters(network),
        };
        let (shape, sizes) = (
            self.configuration.shape(network),
            Sizes::of(&self.configuration, network),
        );
        if sizes.words() == 0 {
            return own;
        }
        assert!(scratch.len() >= sizes.words(), "scratch below inference_words");
        let Arrays {
            parameters,
            mut spectral,
            activations,
            compared,
        } = sizes.carve(scratch);
        let layers = shape.layers();
        let techniques = self.parts().techniques;
        let (left, running) = match network {
            Network::Generator => (techniques.generator_spectral.left, techniques.running.generator),
            Network::Discriminator => (
                techniques.discriminator_spectral.left,
                techniques.running.discriminator,
            ),
        };
        spectral.left.copy_from_slice(left);
        spectral.divide::<P>(&layers, own);
        let own = spectral.parameters(own);
        let plain = shape.plain().layers();
        for (index, (layer, to)) in layers.iter().zip(&plain).enumerate() {
            let figures = running.chunks_exact(2 * layer.outputs).nth(index);
            fold::<P>(layer, own, figures.unwrap_or_default(), to, parameters);
        }
        if let (Some(minibatch), Some(last), Some(to)) = (shape.minibatch(), layers.last(), plain.last()) {
            let (kernels, samples) = (Kernels::<P>::new(self.instructions), points(&self.configuration));
            gather(kernels, self.parts().real_atlas, 2, (0, samples), activations);
            kernels.forward(&plain, parameters, activations, samples);
            minibatch::forward(kernels, minibatch, own, activations, compared, samples);
            let outputs = activations[minibatch.row * stride(samples)..].chunks_exact(stride(samples));
            parameters[to.biases().start] += said_on_average(last, minibatch, own, outputs, samples);
        }
        parameters
    }
}

/// A layer's weights and biases as those of a plain one, which may have fewer inputs. `figures` are the running
/// means and variances of one that is normalised by batch:
/// `γ · ((Σ w · x − μ) · t) + bias = Σ (γ · t) · w · x + (bias − (γ · t) · μ)`.
fn fold<P: Profile>(layer: &Layer, own: &[f32], figures: &[f32], to: &Layer, parameters: &mut [f32]) {
    let rows = own[layer.weights()].chunks_exact(layer.inputs);
    for (o, row) in rows.enumerate() {
        let weights = &mut parameters[to.weights()][o * to.inputs..][..to.inputs];
        weights.copy_from_slice(&row[..to.inputs]);
        let bias = own[layer.biases()][o];
        parameters[to.biases().start + o] = match layer.scales {
            Scales::None => bias,
            Scales::PerOutput => {
                let (mean, variance) = (figures[o], figures[layer.outputs + o]);
                let factor = own[layer.scales()][o] * steepness::<P>(variance);
                let weights = &mut parameters[to.weights()][o * to.inputs..][..to.inputs];
                weights
                    .iter_mut()
                    .for_each(|weight| *weight = canonical(*weight * factor));
                canonical(bias - factor * mean)
            }
        };
    }
}

/// The kernels' mean contribution to the logit; `outputs` are theirs, `[kernel][stride]`.
fn said_on_average<'a>(
    last: &Layer,
    minibatch: Minibatch,
    own: &[f32],
    outputs: impl Iterator<Item = &'a [f32]>,
    samples: usize,
) -> f32 {
    let weights = &own[last.weights()][minibatch.inputs..];
    let said = weights.iter().zip(outputs).map(|(weight, row)| {
        let sum: f64 = row[..samples].iter().map(|x| f64::from(*x)).sum();
        f64::from(*weight) * (sum / samples as f64)
    });
    said.sum::<f64>() as f32
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::evaluate::{Evaluator, evaluation_words};
    use crate::techniques::HiddenActivation;
    use crate::{Preset, Reference, Stage, memory_words};
    use std::format;
    use std::string::String;
    use std::vec;
    use std::vec::Vec;

    const BOTH: [Network; 2] = Network::ALL;

    fn trained(techniques: &str) -> Gan<Vec<f32>> {
        let ring = Preset::Ring.configuration();
        let configuration = ring.with_written(&format!("batch=37 {techniques}"));
        let mut gan = Gan::new(vec![0.0; memory_words(&configuration)], &configuration, 7, &[]).unwrap();
        gan.run_epochs(40).unwrap();
        gan
    }

    fn plain_of(gan: &Gan<Vec<f32>>, network: Network, whose: ParameterSet) -> Vec<f32> {
        let mut scratch = vec![f32::NAN; inference_words(gan.configuration(), network)];
        gan.inference_parameters(network, whose, &mut scratch).to_vec()
    }

    /// The network's raw outputs for one input, layer by layer in `f64`, by what the run keeps.
    fn outputs(gan: &Gan<Vec<f32>>, network: Network, input: &[f32], said: &[f64]) -> Vec<f64> {
        let configuration = gan.configuration();
        let layers = configuration.shape(network).layers();
        let parameters: Vec<f64> = gan.parameters(network).iter().map(|x| f64::from(*x)).collect();
        let techniques = gan.parts().techniques;
        let (running, mut left) = match network {
            Network::Generator => (techniques.running.generator, techniques.generator_spectral.left),
            Network::Discriminator => (
                techniques.running.discriminator,
                techniques.discriminator_spectral.left,
            ),
        };
        let mut values: Vec<f64> = input.iter().map(|x| f64::from(*x)).collect();
        for (index, layer) in layers.iter().enumerate() {
            if index + 1 == layers.len() {
                values.extend(said);
            }
            let weights = &parameters[layer.weights()];
            let at = |o: usize, i: usize| weights[o * layer.inputs + i];
            let mut sigma = 1.0;
            if !left.is_empty() {
                let (u, rest) = left.split_at(layer.outputs);
                left = rest;
                let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
                let v: Vec<f64> = (0..layer.inputs)
                    .map(|i| (0..layer.outputs).map(|o| at(o, i) * f64::from(u[o])).sum())
                    .collect();
                let a: Vec<f64> = (0..layer.outputs)
                    .map(|o| dot(&weights[o * layer.inputs..][..layer.inputs], &v))
                    .collect();
                sigma = (dot(&a, &a) / dot(&v, &v)).sqrt();
            }
            values = (0..layer.outputs)
                .map(|o| {
                    let sum: f64 = values.iter().enumerate().map(|(i, x)| at(o, i) / sigma * x).sum();
                    let bias = parameters[layer.biases().start + o];
                    let y = match layer.scales {
                        Scales::None => sum + bias,
                        Scales::PerOutput => {
                            let figures = &running[2 * index * layer.outputs..];
                            let [mean, variance] = [figures[o], figures[layer.outputs + o]].map(f64::from);
                            let scale = parameters[layer.scales().start + o];
                            scale * (sum - mean) / (variance + 1e-5).sqrt() + bias
                        }
                    };
                    match index + 1 < layers.len() {
                        true if configuration.techniques.network(network).activation
                            == HiddenActivation::Tanh =>
                        {
                            y.tanh()
                        }
                        true => y.max(0.0),
                        false => y,
                    }
                })
                .collect();
        }
        values
    }

    fn agree(gan: &Gan<Vec<f32>>, said: &[f64]) {
        for network in BOTH {
            let said = match network {
                Network::Generator => &[],
                Network::Discriminator => said,
            };
            let shape = gan.configuration().inference_shape(network);
            let parameters = plain_of(gan, network, ParameterSet::Trained);
            let mut scratch = vec![0.0; evaluation_words(&shape)];
            let mut evaluator = Evaluator::<Reference>::new(shape, &parameters, &mut scratch);
            for input in [[0.1, 0.9], [0.5, 0.4], [0.8, 0.7]] {
                let expected = outputs(gan, network, &input, said);
                match network {
                    Network::Generator => {
                        let mut samples = [[0.0; 2]];
                        evaluator.generate(&input, &mut samples);
                        for (ours, theirs) in samples[0].iter().zip(&expected) {
                            assert!(
                                (f64::from(*ours) - theirs.tanh()).abs() <= 1e-5,
                                "{ours} {theirs}"
                            );
                        }
                    }
                    Network::Discriminator => {
                        let mut scores = [0.0];
                        evaluator.score(&[input], &mut scores);
                        let score = 1.0 / (1.0 + (-expected[0]).exp());
                        assert!((f64::from(scores[0]) - score).abs() <= 1e-5, "{scores:?} {score}");
                    }
                }
            }
        }
    }

    fn both(key: &str, value: &str) -> String {
        BOTH.map(|network| format!("{network}.{key}={value}")).join(" ")
    }

    #[test]
    fn parameters_for_single_points_say_what_running_figures_and_norms_say() {
        for normalization in ["none", "batch", "spectral"] {
            for activation in ["relu", "tanh"] {
                let techniques = [
                    both("normalization", normalization),
                    both("activation", activation),
                ];
                agree(&trained(&techniques.join(" ")), &[]);
            }
        }
    }

    #[test]
    fn minibatch_discrimination_says_what_it_says_of_the_first_real_points_on_average() {
        let kernels = "discriminator.minibatch_kernels=2";
        let gan = trained(kernels);
        // The batch of epoch 0: what D made of the first real points with these parameters.
        let mut first = trained(kernels);
        let parameters = gan.parameters(Network::Discriminator).to_vec();
        first
            .load_parameters(Network::Discriminator, &parameters)
            .unwrap();
        first.real_cursor = 0;
        loop {
            let phase = first.advance().unwrap().unwrap();
            if phase.stage == Stage::RunDiscriminator {
                break;
            }
        }
        let minibatch = gan
            .configuration()
            .shape(Network::Discriminator)
            .minibatch()
            .unwrap();
        let (samples, stride) = first.batch();
        let rows = &first.parts().judged_real[minibatch.row * stride..];
        let said: Vec<f64> = (0..2)
            .map(|k| {
                let row = &rows[k * stride..][..samples];
                row.iter().map(|x| f64::from(*x)).sum::<f64>() / samples as f64
            })
            .collect();
        assert!(said.iter().all(|o| *o > 0.01), "{said:?} says nothing");
        agree(&gan, &said);
    }

    #[test]
    fn a_plain_network_is_its_own_and_an_average_is_folded_as_any() {
        let gan = trained("");
        for network in BOTH {
            assert_eq!(inference_words(gan.configuration(), network), 0);
            assert_eq!(
                plain_of(&gan, network, ParameterSet::Trained),
                gan.parameters(network)
            );
        }
        let techniques = both("normalization", "batch") + " generator.average=0.9";
        let gan = trained(&techniques);
        let [own, averaged] = [ParameterSet::Trained, ParameterSet::Averaged]
            .map(|whose| plain_of(&gan, Network::Generator, whose));
        assert_ne!(own, averaged);
        let mut other = trained(&techniques);
        let average = gan.average().unwrap().to_vec();
        other.load_parameters(Network::Generator, &average).unwrap();
        assert_eq!(
            plain_of(&other, Network::Generator, ParameterSet::Trained),
            averaged
        );
        let discriminator = |whose| plain_of(&gan, Network::Discriminator, whose);
        assert_eq!(
            discriminator(ParameterSet::Averaged),
            discriminator(ParameterSet::Trained)
        );
    }
}
