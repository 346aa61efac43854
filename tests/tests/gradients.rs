//! Gradients of both networks against central differences of the losses in `f64`, with every technique that
//! has a part in them.
//!
//! The oracle is the textbook in `f64`, written apart from the core: it shares no code and no order of
//! sums with it. Penalties need the discriminator's gradient in its input: the oracle computes it
//! by forward differentiation, where the core goes backwards. Differences over which a unit or a
//! margin switches do not count, nor do those whose own error is not far below the gradient.

use gan_core::configuration::{
    BatchSize, HiddenLayers, Loss, Network, Neurons, NoiseDimensions, NoiseKind, UpdatesPerEpoch,
};
use gan_core::random::{Purpose, Stream};
use gan_core::techniques::{HiddenActivation, Output, Penalty};
use gan_core::{Configuration, Gan, Preset, Stage, memory_words};

type Run = Gan<Vec<f32>>;

const SEED: u64 = 3;
/// Epochs trained before gradients are compared.
const EPOCHS: u64 = 30;

/// A number with its derivatives in the network's first two inputs.
#[derive(Clone, Copy, Default)]
struct Number {
    value: f64,
    slope: [f64; 2],
}

impl Number {
    fn mapped(self, value: f64, derivative: f64) -> Self {
        let slope = self.slope.map(|slope| derivative * slope);
        Self { value, slope }
    }

    fn plus(self, factor: f64, other: Self) -> Self {
        let [x, y] = [0, 1].map(|i| self.slope[i] + factor * other.slope[i]);
        let value = self.value + factor * other.value;
        Self { value, slope: [x, y] }
    }
}

/// A network in `f64`: widths, and parameters as the core lays them out.
struct Textbook {
    widths: Vec<usize>,
    activation: HiddenActivation,
    parameters: Vec<f64>,
}

/// Results of a network for one input.
struct Applied {
    /// Activations of the last hidden layer.
    features: Vec<f64>,
    outputs: Vec<Number>,
}

impl Textbook {
    fn of(run: &Run, network: Network) -> Self {
        let shape = run.configuration().shape(network);
        let mut widths = vec![shape.inputs()];
        widths.extend(shape.layers().iter().map(|layer| layer.outputs));
        Self {
            widths,
            activation: run.configuration().techniques.network(network).activation,
            parameters: run.parameters(network).iter().map(|x| f64::from(*x)).collect(),
        }
    }

    /// Results for one input; whether each hidden neuron is on goes to `pattern`.
    fn apply(&self, input: &[f64], pattern: &mut Vec<bool>) -> Applied {
        let mut values: Vec<Number> = input
            .iter()
            .enumerate()
            .map(|(i, &value)| Number {
                value,
                slope: [0, 1].map(|axis| f64::from(u8::from(axis == i))),
            })
            .collect();
        let mut features = Vec::new();
        let mut offset = 0;
        for (index, pair) in self.widths.windows(2).enumerate() {
            let (inputs, outputs) = (pair[0], pair[1]);
            let biases = offset + inputs * outputs;
            let last = index + 2 == self.widths.len();
            if last {
                features = values.iter().map(|number| number.value).collect();
            }
            values = (0..outputs)
                .map(|o| {
                    let weights = &self.parameters[offset + o * inputs..][..inputs];
                    let bias = Number::default().mapped(self.parameters[biases + o], 0.0);
                    let sum = weights
                        .iter()
                        .zip(&values)
                        .fold(bias, |sum, (w, x)| sum.plus(*w, *x));
                    if last { sum } else { self.activated(sum, pattern) }
                })
                .collect();
            offset = biases + outputs;
        }
        Applied {
            features,
            outputs: values,
        }
    }

    fn activated(&self, x: Number, pattern: &mut Vec<bool>) -> Number {
        let slope = match self.activation {
            HiddenActivation::Relu => 0.0,
            HiddenActivation::LeakyRelu(slope) => f64::from(slope.get()),
            HiddenActivation::Tanh => {
                let y = x.value.tanh();
                return x.mapped(y, 1.0 - y * y);
            }
        };
        pattern.push(x.value > 0.0);
        let slope = if x.value > 0.0 { 1.0 } else { slope };
        x.mapped(slope * x.value, slope)
    }
}

/// The batch of the update under way, and the loss.
struct Batch {
    configuration: Configuration,
    noise: Vec<Vec<f64>>,
    real: Vec<Vec<f64>>,
    /// Places between real and fake at which the gradient penalty looks, `[sample]`.
    mixing: Vec<f64>,
}

fn sigmoid(s: f64) -> f64 {
    1.0 / (1.0 + (-s).exp())
}

fn cross_entropy(label: f64, p: f64) -> f64 {
    -label * p.ln() - (1.0 - label) * (1.0 - p).ln()
}

impl Batch {
    fn of(run: &Run) -> Self {
        let configuration = *run.configuration();
        let samples = configuration.batch.get();
        let column = |rows: Vec<&[f32]>| -> Vec<Vec<f64>> {
            (0..samples)
                .map(|n| rows.iter().map(|row| f64::from(row[n])).collect())
                .collect()
        };
        let mut stream = Stream::new(SEED, Purpose::PenaltyMixing);
        let atlas: Vec<f64> = (0..=configuration.atlas.get())
            .map(|_| stream.uniform())
            .collect();
        // One update an epoch, before this one.
        let cursor = EPOCHS as usize * samples;
        Self {
            configuration,
            noise: column(run.noise_samples().collect()),
            real: column(run.real_samples().to_vec()),
            mixing: (0..samples).map(|n| atlas[(cursor + n) % atlas.len()]).collect(),
        }
    }

    /// The term of a real sample (`true`) or a fake one in the discriminator's loss.
    fn judged(&self, real: bool, logit: f64, pattern: &mut Vec<bool>) -> f64 {
        let techniques = &self.configuration.techniques;
        let labels = techniques.labels;
        let (label, weight) = match real {
            true => (
                f64::from(labels.real.get()),
                f64::from(techniques.real_weight.get()),
            ),
            false => (f64::from(labels.fake.get()), 1.0),
        };
        let (p, side) = (sigmoid(logit), if real { -1.0 } else { 1.0 });
        match self.configuration.loss {
            Loss::Log | Loss::Minimax => weight * cross_entropy(label, p),
            Loss::Flipped => weight * cross_entropy(1.0 - label, p),
            Loss::LeastSquares => (p - label) * (p - label),
            Loss::Wasserstein => side * logit,
            Loss::Hinge => {
                pattern.push(1.0 + side * logit > 0.0);
                (1.0 + side * logit).max(0.0)
            }
        }
    }

    /// The term of a fake sample in the generator's loss.
    fn fooling(&self, logit: f64) -> f64 {
        let p = sigmoid(logit);
        match self.configuration.loss {
            Loss::Log => -p.ln(),
            Loss::LeastSquares => (p - 1.0) * (p - 1.0),
            Loss::Minimax => (1.0 - p).ln(),
            Loss::Flipped => -(1.0 - p).ln(),
            Loss::Wasserstein | Loss::Hinge => -logit,
        }
    }

    /// The loss that the network descends, and which neurons were on.
    fn value(&self, network: Network, generator: &Textbook, discriminator: &Textbook) -> (f64, Vec<bool>) {
        let mut pattern = Vec::new();
        let samples = self.noise.len() as f64;
        let fake: Vec<Vec<f64>> = self
            .noise
            .iter()
            .map(|noise| {
                let outputs = generator.apply(noise, &mut pattern).outputs;
                let output = |x: &Number| match self.configuration.techniques.output {
                    Output::Tanh => x.value.tanh(),
                    Output::Linear => x.value,
                };
                outputs.iter().map(output).collect()
            })
            .collect();
        let mut total = 0.0;
        for point in &fake {
            let logit = discriminator.apply(point, &mut pattern).outputs[0].value;
            total += match network {
                Network::Discriminator => self.judged(false, logit, &mut pattern),
                Network::Generator => self.fooling(logit),
            };
        }
        match network {
            Network::Discriminator => {
                for real in &self.real {
                    let logit = discriminator.apply(real, &mut pattern).outputs[0].value;
                    total += self.judged(true, logit, &mut pattern);
                }
                total += self.penalty(&fake, discriminator, &mut pattern);
                (total / samples, pattern)
            }
            Network::Generator => {
                let value = self.matched(total / samples, &fake, discriminator, &mut pattern);
                (value, pattern)
            }
        }
    }

    /// The penalty on D's gradient, summed over the batch.
    fn penalty(&self, fake: &[Vec<f64>], discriminator: &Textbook, pattern: &mut Vec<bool>) -> f64 {
        let mut steepness = |point: &[f64]| {
            let [x, y] = discriminator.apply(point, pattern).outputs[0].slope;
            x.hypot(y)
        };
        match self.configuration.techniques.penalty {
            Penalty::None | Penalty::Clipping(_) => 0.0,
            Penalty::R1(weight) => {
                let squares = self.real.iter().map(|real| steepness(real).powi(2));
                f64::from(weight.get()) / 2.0 * squares.sum::<f64>()
            }
            Penalty::Gradient(weight) => {
                let points = self.real.iter().zip(fake).zip(&self.mixing);
                let squares = points.map(|((real, fake), share)| {
                    let point: Vec<f64> = real.iter().zip(fake).map(|(r, f)| r + share * (f - r)).collect();
                    (steepness(&point) - 1.0).powi(2)
                });
                f64::from(weight.get()) * squares.sum::<f64>()
            }
        }
    }

    /// The generator's loss with feature matching's part in it.
    fn matched(
        &self,
        loss: f64,
        fake: &[Vec<f64>],
        discriminator: &Textbook,
        pattern: &mut Vec<bool>,
    ) -> f64 {
        let Some(matching) = self.configuration.techniques.feature_matching else {
            return loss;
        };
        let mut mean = |points: &[Vec<f64>]| -> Vec<f64> {
            let features: Vec<Vec<f64>> = points
                .iter()
                .map(|point| discriminator.apply(point, pattern).features)
                .collect();
            let of = |j: usize| features.iter().map(|features| features[j]).sum::<f64>();
            (0..features[0].len())
                .map(|j| of(j) / points.len() as f64)
                .collect()
        };
        let (real, fake) = (mean(&self.real), mean(fake));
        let distance: f64 = real.iter().zip(fake).map(|(r, f)| (r - f) * (r - f)).sum();
        let weight = f64::from(matching.weight.get() * matching.fade.fade(EPOCHS));
        (1.0 - weight) * loss + weight * distance
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
            // Both batches' sums and a penalty's nearly cancel, and each is of terms up to 1 in f32: 1e-7 is lost.
            let error = (f64::from(*gradient) - difference).abs() / (difference.abs() + 1e-4);
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

/// Trains each configuration with these techniques and compares a network's gradients.
fn check(name: &str, configurations: &[Configuration], techniques: &str, network: Network) {
    let (mut counted, mut of, mut worst) = (0, 0, 0.0_f64);
    for configuration in configurations {
        let configuration = configuration.with_written(techniques);
        let memory = vec![0.0; memory_words(&configuration)];
        let mut run = Run::new(memory, &configuration, SEED, &[]).unwrap();
        run.run_epochs(EPOCHS).unwrap();
        to_gradients(&mut run, network);
        let (some, all, error) = compare(&run, network);
        (counted, of, worst) = (counted + some, of + all, worst.max(error));
    }
    assert!(
        4 * counted >= of,
        "{name} {network}: only {counted} of {of} gradients could be compared"
    );
    println!("{name} {network}: {counted} of {of} gradients, largest relative error {worst:.1e}");
}

const BOTH: [Network; 2] = [Network::Generator, Network::Discriminator];

#[test]
fn gradients_of_every_loss_agree_with_central_differences() {
    for loss in Loss::ALL {
        let mut configurations = configurations();
        for configuration in &mut configurations {
            configuration.loss = loss;
        }
        for network in BOTH {
            check(&format!("{loss:?}"), &configurations, "", network);
        }
        let soft = "labels.real=0.9 labels.fake=0.15 labels.real_weight=0.8";
        let name = format!("{loss:?}, soft labels");
        check(&name, &configurations, soft, Network::Discriminator);
    }
}

/// The three activations, of each network.
const ACTIVATIONS: [(&str, [&str; 2]); 3] = [
    (
        "ReLU",
        ["generator.activation=relu", "discriminator.activation=relu"],
    ),
    (
        "leaky ReLU",
        [
            "generator.activation=leaky-relu",
            "discriminator.activation=leaky-relu",
        ],
    ),
    (
        "tanh",
        ["generator.activation=tanh", "discriminator.activation=tanh"],
    ),
];

#[test]
fn gradients_through_every_activation_and_output_agree_with_central_differences() {
    for (name, activations) in ACTIVATIONS {
        let both = activations.join(" ");
        for network in BOTH {
            check(name, &configurations(), &both, network);
            let linear = format!("{both} output=linear");
            check(&format!("{name}, linear"), &configurations(), &linear, network);
        }
    }
}

#[test]
fn gradients_of_penalties_agree_with_central_differences() {
    for (name, [_, activation]) in ACTIVATIONS {
        for penalty in ["r1 penalty.weight=2", "gradient penalty.weight=3"] {
            let techniques = format!("{activation} penalty.kind={penalty}");
            let name = format!("{penalty} {name}");
            check(&name, &configurations(), &techniques, Network::Discriminator);
        }
    }
}

#[test]
fn gradients_of_feature_matching_agree_with_central_differences() {
    for (name, [_, activation]) in ACTIVATIONS {
        for (weight, epochs) in [(1.0, 0), (0.6, 0), (0.8, 2 * EPOCHS as u32)] {
            let matching = format!("feature_matching.weight={weight} feature_matching.epochs={epochs}");
            let name = format!("feature matching {weight} {epochs} {name}");
            let techniques = format!("{activation} {matching}");
            check(&name, &configurations(), &techniques, Network::Generator);
        }
    }
}
