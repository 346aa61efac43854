//! Gradients of both networks against central differences of the losses in `f64`.
//!
//! The oracle is the textbook in `f64`, written apart from the core: it shares no code and no order of
//! sums with it. Differences over which a ReLU switches on or off do not count, nor do those whose own
//! error is not far below the gradient.

use gan_core::configuration::{
    BatchSize, HiddenLayers, Loss, Network, Neurons, NoiseDimensions, NoiseKind, UpdatesPerEpoch,
};
use gan_core::{Configuration, Gan, Preset, Stage, memory_words};

type Run = Gan<Vec<f32>>;

/// A network in `f64`: widths, and parameters as the core lays them out.
struct Textbook {
    widths: Vec<usize>,
    parameters: Vec<f64>,
}

impl Textbook {
    fn of(run: &Run, network: Network) -> Self {
        let shape = run.configuration().shape(network);
        let mut widths = vec![shape.inputs()];
        widths.extend(shape.layers().iter().map(|layer| layer.outputs));
        let parameters = run.parameters(network).iter().map(|x| f64::from(*x)).collect();
        Self { widths, parameters }
    }

    /// Outputs for one input; whether each hidden neuron is on goes to `pattern`.
    fn apply(&self, input: &[f64], pattern: &mut Vec<bool>) -> Vec<f64> {
        let mut values = input.to_vec();
        let mut offset = 0;
        for (index, pair) in self.widths.windows(2).enumerate() {
            let (inputs, outputs) = (pair[0], pair[1]);
            let biases = offset + inputs * outputs;
            let last = index + 2 == self.widths.len();
            values = (0..outputs)
                .map(|o| {
                    let weights = &self.parameters[offset + o * inputs..][..inputs];
                    let sum: f64 = weights.iter().zip(&values).map(|(w, x)| w * x).sum();
                    let sum = sum + self.parameters[biases + o];
                    if !last {
                        pattern.push(sum > 0.0);
                    }
                    if last || sum > 0.0 { sum } else { 0.0 }
                })
                .collect();
            offset = biases + outputs;
        }
        values
    }
}

/// The batch of the update under way, and the loss.
struct Batch {
    loss: Loss,
    noise: Vec<Vec<f64>>,
    real: Vec<Vec<f64>>,
}

fn sigmoid(s: f64) -> f64 {
    1.0 / (1.0 + (-s).exp())
}

impl Batch {
    fn of(run: &Run) -> Self {
        let samples = run.configuration().batch.get();
        let column = |rows: Vec<&[f32]>| -> Vec<Vec<f64>> {
            (0..samples)
                .map(|n| rows.iter().map(|row| f64::from(row[n])).collect())
                .collect()
        };
        Self {
            loss: run.configuration().loss,
            noise: column(run.noise_samples().collect()),
            real: column(run.real_samples().to_vec()),
        }
    }

    /// The loss that the network descends, and which neurons were on.
    fn value(&self, network: Network, generator: &Textbook, discriminator: &Textbook) -> (f64, Vec<bool>) {
        let mut pattern = Vec::new();
        let mut total = 0.0;
        for noise in &self.noise {
            let fake: Vec<f64> = generator
                .apply(noise, &mut pattern)
                .iter()
                .map(|s| s.tanh())
                .collect();
            let logit = discriminator.apply(&fake, &mut pattern)[0];
            let p = sigmoid(logit);
            total += match (self.loss, network) {
                (Loss::Log | Loss::Minimax, Network::Discriminator) => -(1.0 - p).ln(),
                (Loss::Log, Network::Generator) => -p.ln(),
                (Loss::Minimax, Network::Generator) => (1.0 - p).ln(),
                (Loss::Flipped, Network::Discriminator) => -p.ln(),
                (Loss::Flipped, Network::Generator) => -(1.0 - p).ln(),
                (Loss::LeastSquares, Network::Discriminator) => p * p,
                (Loss::LeastSquares, Network::Generator) => (p - 1.0) * (p - 1.0),
                (Loss::Wasserstein, Network::Discriminator) => logit,
                (Loss::Hinge, Network::Discriminator) => (1.0 + logit).max(0.0),
                (Loss::Wasserstein | Loss::Hinge, Network::Generator) => -logit,
            };
        }
        if network == Network::Discriminator {
            for real in &self.real {
                let logit = discriminator.apply(real, &mut pattern)[0];
                let p = sigmoid(logit);
                total += match self.loss {
                    Loss::Log | Loss::Minimax => -0.95 * p.ln(),
                    Loss::Flipped => -0.95 * (1.0 - p).ln(),
                    Loss::LeastSquares => (p - 1.0) * (p - 1.0),
                    Loss::Wasserstein => -logit,
                    Loss::Hinge => (1.0 - logit).max(0.0),
                };
            }
        }
        (total / self.noise.len() as f64, pattern)
    }
}

/// Advances to where the network's gradients have been computed and not yet used.
fn to_gradients(run: &mut Run, network: Network) {
    loop {
        let phase = run
            .advance()
            .unwrap()
            .expect("every configuration here has updates");
        if phase.network == network && phase.stage == Stage::ComputeGradients {
            return;
        }
    }
}

/// Compares every gradient; returns how many counted, of how many, and the largest relative error.
fn compare(run: &Run, network: Network) -> (usize, usize, f64) {
    let mut networks = [Network::Generator, Network::Discriminator].map(|network| Textbook::of(run, network));
    let batch = Batch::of(run);
    let gradients = run.gradients(network);
    let largest = gradients
        .iter()
        .fold(0.0_f64, |most, g| most.max(f64::from(g.abs())));
    let changed = usize::from(network == Network::Discriminator);
    let (mut counted, mut worst) = (0, 0.0_f64);
    for (i, gradient) in gradients.iter().enumerate() {
        let h = 1e-6;
        let x = networks[changed].parameters[i];
        let mut at = |x: f64| {
            networks[changed].parameters[i] = x;
            batch.value(network, &networks[0], &networks[1])
        };
        let ((above, pattern_above), (below, pattern_below)) = (at(x + h), at(x - h));
        at(x);
        let difference = (above - below) / (2.0 * h);
        // The difference's own rounding error is about 1e-16 / h; f32 sums lose about 1e-7 of the largest.
        let conditioned = difference.abs() > 1e-3 * largest && difference.abs() > 1e-6;
        if pattern_above == pattern_below && conditioned {
            let error = (f64::from(*gradient) - difference).abs() / difference.abs();
            assert!(
                error <= 1e-3,
                "{network} parameter {i}: {gradient} but the difference is {difference}"
            );
            worst = worst.max(error);
            counted += 1;
        }
    }
    (counted, gradients.len(), worst)
}

fn configurations() -> Vec<Configuration> {
    let mut all = Vec::new();
    for preset in Preset::ALL {
        let mut configuration = preset.configuration();
        configuration.discriminator.updates_per_epoch = UpdatesPerEpoch::new(1).unwrap();
        all.push(configuration);
        // Another shape: one-dimensional noise, no hidden layer in G and three in D, an odd batch.
        configuration.noise.dimensions = NoiseDimensions::new(1).unwrap();
        configuration.noise.kind = NoiseKind::Normal;
        configuration.generator.hidden_layers = HiddenLayers::new(0).unwrap();
        configuration.discriminator.hidden_layers = HiddenLayers::new(3).unwrap();
        configuration.discriminator.neurons = Neurons::new(7).unwrap();
        configuration.batch = BatchSize::new(37).unwrap();
        all.push(configuration);
    }
    all
}

#[test]
fn gradients_of_every_loss_agree_with_central_differences() {
    for loss in Loss::ALL {
        for network in [Network::Generator, Network::Discriminator] {
            let (mut counted, mut of, mut worst) = (0, 0, 0.0_f64);
            for configuration in &mut configurations() {
                configuration.loss = loss;
                let memory = vec![0.0; memory_words(configuration)];
                let mut run = Run::new(memory, configuration, 3, &[]).unwrap();
                run.run_epochs(30).unwrap();
                to_gradients(&mut run, network);
                let (some, all, error) = compare(&run, network);
                assert!(
                    2 * some >= all / 2,
                    "only {some} of {all} gradients could be compared"
                );
                (counted, of, worst) = (counted + some, of + all, worst.max(error));
            }
            println!("{loss:?} {network}: {counted} of {of} gradients, largest relative error {worst:.1e}");
        }
    }
}
