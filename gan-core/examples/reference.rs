//! The whole training of a GAN in one file, to be read from top to bottom beside `CONTRACT.md`: GAN Lab's ring, seed 7,
//! log loss, stochastic gradient descent. It shares no code with the core and arrives at the same bits: `main` asserts
//! the hash. A generator G turns noise into points of the plane, a discriminator D tells them from real ones (Goodfellow
//! et al. 2014, algorithm 1).

use std::f64::consts::TAU;
use std::slice::ChunksExact;

use rand_core::Rng as _;
use rand_pcg::Pcg32;

const SEED: u64 = 7;
const EPOCHS: u64 = 2_000;
const BATCH: usize = 150;
const INVERSE: f32 = 1.0 / BATCH as f32;
const ATLAS: usize = 12_000;
const DISCRIMINATOR_UPDATES: usize = 3;
const GENERATOR_RATE: f32 = 0.03;
const DISCRIMINATOR_RATE: f32 = 0.1;
/// The name of the state after these epochs, on every machine.
const HASH: u64 = 0xfb0b_cb36_52cd_69e4;

fn main() {
    // Hidden layers and neurons as GAN Lab counts them: n hidden layers mean n + 1 layers of ReLU.
    let mut g = Network::new(2, 1, 10, 2, &mut Stream::new(1));
    let mut d = Network::new(2, 2, 9, 1, &mut Stream::new(2));
    let [mut of_real, mut of_noise] = [3, 4].map(Stream::new);
    let real: Vec<[f32; 2]> = (0..ATLAS).map(|_| ring(&mut of_real)).collect();
    let mut vector = |_| [(); 2].map(|()| canonical(of_noise.uniform() as f32));
    let noise: Vec<[f32; 2]> = (0..ATLAS).map(&mut vector).collect();

    let (mut real_cursor, mut noise_cursor) = (0, 0);
    for _ in 0..EPOCHS {
        for _ in 0..DISCRIMINATOR_UPDATES {
            let (real, noise) = (batch(&real, real_cursor), batch(&noise, noise_cursor));
            update_discriminator(&g, &mut d, &real, &noise);
            real_cursor += BATCH;
            noise_cursor += BATCH;
        }
        update_generator(&mut g, &d, &batch(&noise, noise_cursor));
        noise_cursor += BATCH;
    }
    let hash = state_hash([EPOCHS, real_cursor as u64, noise_cursor as u64], [&g, &d]);
    println!("ring, seed {SEED}, {EPOCHS} epochs: {hash:016x}");
    assert_eq!(hash, HASH, "not the contract's bits");
}

// Training (section 6) -----------------------------------------------------------------------------------------------

/// D learns to call real samples real and fake ones fake.
fn update_discriminator(g: &Network, d: &mut Network, real: &Rows, noise: &Rows) {
    let (_, fake) = generate(g, noise);
    // ∂loss/∂logit of −0.95 · ln D(x): GAN Lab's one-sided label smoothing.
    let on_real = d.forward(real);
    let real_deltas = deltas(&on_real, |logit| -(0.95 * canonical(sigmoid(-logit))) * INVERSE);
    let (of_real, _) = d.backward(&on_real, real_deltas);
    // ∂loss/∂logit of −ln(1 − D(G(z))).
    let on_fake = d.forward(&fake);
    let fake_deltas = deltas(&on_fake, |logit| canonical(sigmoid(logit)) * INVERSE);
    let (of_fake, _) = d.backward(&on_fake, fake_deltas);
    let both = of_real.iter().zip(&of_fake);
    let gradients = both.map(|(r, f)| canonical(canonical(*r) + canonical(*f)));
    d.descend(DISCRIMINATOR_RATE, gradients);
}

/// G learns to make what D calls real: the non-saturating loss −ln D(G(z)).
fn update_generator(g: &mut Network, d: &Network, noise: &Rows) {
    let (in_g, fake) = generate(g, noise);
    let in_d = d.forward(&fake);
    let logit_deltas = deltas(&in_d, |logit| -canonical(sigmoid(-logit)) * INVERSE);
    // Back through D to its inputs, and from there through G's tanh.
    let (_, mut sample_deltas) = d.backward(&in_d, logit_deltas);
    for (delta, y) in sample_deltas.iter_mut().flatten().zip(fake.iter().flatten()) {
        *delta = canonical(*delta * (1.0 - y * y));
    }
    let (sums, _) = g.backward(&in_g, sample_deltas);
    g.descend(GENERATOR_RATE, sums.into_iter().map(canonical));
}

/// G's activations, from a batch of noise to the last layer, and the samples: tanh of the last.
fn generate(g: &Network, noise: &Rows) -> (Vec<Rows>, Rows) {
    let layers = g.forward(noise);
    let row = |outputs: &Vec<f32>| outputs.iter().copied().map(tanh).collect();
    let fake = layers[layers.len() - 1].iter().map(row).collect();
    (layers, fake)
}

/// The loss's derivative in each logit.
fn deltas(layers: &[Rows], derivative: impl Fn(f32) -> f32) -> Rows {
    let logits = &layers.last().unwrap()[0];
    vec![logits.iter().map(|logit| canonical(derivative(*logit))).collect()]
}

/// Samples of an atlas from a cursor on, as rows.
fn batch(atlas: &[[f32; 2]], cursor: usize) -> Rows {
    let samples = (cursor..cursor + BATCH).map(|index| atlas[index % ATLAS]);
    let row = |component: usize| samples.clone().map(|sample| sample[component]).collect();
    vec![row(0), row(1)]
}

// Networks (sections 3 and 4) ----------------------------------------------------------------------------------------

/// `[neuron][sample]`.
type Rows = Vec<Vec<f32>>;

/// A fully connected layer.
struct Layer {
    inputs: usize,
    /// Weights `[output][input]`, then biases.
    parameters: Vec<f32>,
}

impl Layer {
    /// A row of weights an output, and the biases.
    fn parts(&self) -> (ChunksExact<'_, f32>, &[f32]) {
        let outputs = self.parameters.len() / (self.inputs + 1);
        let (weights, biases) = self.parameters.split_at(self.inputs * outputs);
        (weights.chunks_exact(self.inputs), biases)
    }
}

/// Layers with ReLU between them.
struct Network(Vec<Layer>);

impl Network {
    fn new(inputs: usize, hidden: usize, neurons: usize, outputs: usize, stream: &mut Stream) -> Self {
        let mut widths = vec![neurons; hidden + 3];
        (widths[0], widths[hidden + 2]) = (inputs, outputs);
        let layers = widths.windows(2).map(|ends| {
            let [inputs, outputs] = [ends[0], ends[1]];
            let deviation = 1.0 / libm::sqrt(inputs as f64);
            let mut parameters = vec![0.0; (inputs + 1) * outputs];
            parameters[..inputs * outputs].fill_with(|| canonical((deviation * stream.normal()) as f32));
            Layer { inputs, parameters }
        });
        Self(layers.collect())
    }

    /// `output[o] = relu(bias[o] + Σ_i weight[o][i] · input[i])`, the last layer without ReLU. The inputs, and what each
    /// layer makes of them.
    fn forward(&self, inputs: &Rows) -> Vec<Rows> {
        let mut all = vec![inputs.clone()];
        for (index, layer) in self.0.iter().enumerate() {
            let is_last = index + 1 == self.0.len();
            let (weights, biases) = layer.parts();
            let row = |(weights, bias): (&[f32], &f32)| {
                let mut sums = vec![*bias; BATCH];
                for (weight, input) in weights.iter().zip(all.last().unwrap()) {
                    for (sum, x) in sums.iter_mut().zip(input) {
                        *sum += weight * x;
                    }
                }
                let relu = |sum: f32| if is_last || sum > 0.0 { sum } else { 0.0 };
                sums.into_iter().map(relu).collect()
            };
            let outputs = weights.zip(biases).map(row).collect();
            all.push(outputs);
        }
        all
    }

    /// The chain rule from the outputs' deltas back: each parameter's sum over the batch, in storage order, and the
    /// inputs' deltas.
    fn backward(&self, activations: &[Rows], mut deltas: Rows) -> (Vec<f32>, Rows) {
        let mut gradients = Vec::new();
        for (index, layer) in self.0.iter().enumerate().rev() {
            let inputs = &activations[index];
            let pairs = deltas.iter().flat_map(|d| inputs.iter().map(move |x| (d, x)));
            let of_weights = pairs.map(|(d, x)| batch_sum(d.iter().zip(x).map(|(d, x)| d * x)));
            let of_biases = deltas.iter().map(|delta| batch_sum(delta.iter().copied()));
            gradients.push(of_weights.chain(of_biases).collect::<Vec<f32>>());
            let back = |(i, x): (usize, &Vec<f32>)| {
                let mut sums = vec![0.0; BATCH];
                for (weights, delta) in layer.parts().0.zip(&deltas) {
                    for (sum, d) in sums.iter_mut().zip(delta) {
                        *sum += weights[i] * d;
                    }
                }
                // The gate of the ReLU that made this input; the network's own inputs have none.
                let gate = |(sum, x): (f32, &f32)| if index == 0 || *x > 0.0 { sum } else { 0.0 };
                sums.into_iter().zip(x).map(gate).collect()
            };
            deltas = inputs.iter().enumerate().map(back).collect();
        }
        (gradients.into_iter().rev().flatten().collect(), deltas)
    }

    /// A step of stochastic gradient descent: `x = c(x − rate · g)`.
    fn descend(&mut self, rate: f32, gradients: impl Iterator<Item = f32>) {
        let parameters = self.0.iter_mut().flat_map(|layer| &mut layer.parameters);
        for (x, g) in parameters.zip(gradients) {
            *x = canonical(*x - rate * g);
        }
    }
}

/// Sixteen partial sums, folded: the order in which vectors of any width can add.
fn batch_sum(values: impl Iterator<Item = f32>) -> f32 {
    let mut sums = [0.0; 16];
    for (n, value) in values.enumerate() {
        sums[n % 16] += value;
    }
    for half in [8, 4, 2, 1] {
        for k in 0..half {
            sums[k] += sums[k + half];
        }
    }
    sums[0]
}

// Arithmetic (sections 1 and 2) --------------------------------------------------------------------------------------

/// Numbers below 2^-50, and −0, are +0.
fn canonical(x: f32) -> f32 {
    if x.abs().to_bits() < 0x2680_0000 { 0.0 } else { x }
}

/// A polynomial in x, from the highest power's coefficient down.
fn horner<const N: usize>(x: f32, coefficients: [u32; N], first: u32) -> f32 {
    let each = coefficients.into_iter().map(f32::from_bits);
    each.fold(f32::from_bits(first), |p, coefficient| p * x + coefficient)
}

fn exp(x: f32) -> f32 {
    let x = if x < 88.0 { x } else { 88.0 };
    let x = if x > -87.0 { x } else { -87.0 };
    let t = x * f32::from_bits(0x3fb8_aa3b) + 12_582_912.0;
    let k = t - 12_582_912.0;
    let r = (x - k * f32::from_bits(0x3f31_8000)) - k * f32::from_bits(0xb95e_8083);
    let coefficients = [0x3ab7_43ce, 0x3c08_8908, 0x3d2a_a9c1, 0x3e2a_aaaa, 0x3f00_0000];
    let p = horner(r, coefficients, 0x3950_6967);
    let y = (p * (r * r) + r) + 1.0;
    y * f32::from_bits(t.to_bits().wrapping_sub(0x4b40_0000).wrapping_add(127) << 23)
}

fn sigmoid(x: f32) -> f32 {
    let e = exp(-x.abs());
    let r = 1.0 / (1.0 + e);
    if x < 0.0 { e * r } else { r }
}

fn tanh(x: f32) -> f32 {
    let a = x.abs();
    let y = if a < 0.625 {
        let z = a * a;
        let coefficients = [0x3ca9_134e, 0xbd5c_1e2d, 0x3e08_8393, 0xbeaa_aa99];
        let p = horner(z, coefficients, 0xbbba_f0ea);
        ((p * z) * a) + a
    } else {
        1.0 - 2.0 / (exp(a + a) + 1.0)
    };
    if x < 0.0 { -y } else { y }
}

// Random numbers (section 5) -----------------------------------------------------------------------------------------

/// PCG-XSH-RR 64/32, a stream a purpose.
struct Stream(Pcg32);

impl Stream {
    fn new(tag: u64) -> Self {
        let z = (SEED ^ tag).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self(Pcg32::new(z ^ (z >> 31), tag))
    }

    /// In [0, 1).
    fn uniform(&mut self) -> f64 {
        f64::from(self.0.next_u32() >> 8) / 16_777_216.0
    }

    /// Standard normal (Box and Muller 1958).
    fn normal(&mut self) -> f64 {
        let (u1, u2) = (1.0 - self.uniform(), self.uniform());
        libm::sqrt(-2.0 * libm::log(u1)) * libm::cos(TAU * u2)
    }
}

/// A real sample: an ellipse with a little noise.
fn ring(stream: &mut Stream) -> [f32; 2] {
    let u = stream.uniform();
    let x = (0.5 + 0.3 * libm::cos(TAU * u)) + 0.025 * stream.normal();
    let y = (0.45 + 0.25 * libm::sin(TAU * u)) + 0.025 * stream.normal();
    [x, y].map(|coordinate| canonical(coordinate as f32))
}

/// FNV-1a of the contract's version, the counts, and all parameters (section 7).
fn state_hash(counts: [u64; 3], networks: [&Network; 2]) -> u64 {
    let mut bytes = Vec::from(1_u32.to_le_bytes());
    bytes.extend(counts.into_iter().flat_map(u64::to_le_bytes));
    for network in networks {
        let parameters = network.0.iter().flat_map(|layer| &layer.parameters);
        bytes.extend(parameters.flat_map(|x| x.to_bits().to_le_bytes()));
        // The optimiser's tag: SGD.
        bytes.extend(0_u32.to_le_bytes());
    }
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, step)
}
