//! Inputs that a kernel reads and never writes: hyper-parameters, samples, and the numbers that the
//! host works out for each epoch.

use std::collections::HashMap;

use gan_core::techniques::{HiddenActivation, Penalty};
use gan_core::{Configuration, Gan, Network, Reference};

/// The settings of a run by their names in the kernel, in order.
pub(crate) const SETTINGS: [&str; 40] = [
    "G_RATE",
    "D_RATE",
    "LOSS",
    "G_OPTIMIZER",
    "D_OPTIMIZER",
    "G_UPDATES",
    "D_UPDATES",
    "REAL_ATLAS",
    "NOISE_ATLAS",
    "ATLAS_LENGTH",
    // Weight of the real batch; what D is to say of real and of fake samples.
    "REAL_WEIGHT",
    "REAL_LABEL",
    "FAKE_LABEL",
    // Adam's β1, k1, β2, k2.
    "G_BETAS",
    "G_K1",
    "G_BETA_2",
    "G_K2",
    "D_BETAS",
    "D_K1",
    "D_BETA_2",
    "D_K2",
    // Slopes of leaky ReLU.
    "G_SLOPE",
    "D_SLOPE",
    // Twice the weight of historical averaging.
    "G_PULL",
    "D_PULL",
    "BOUND",
    // β and k of the moving average.
    "AVERAGE_KEPT",
    "AVERAGE_TAKEN",
    // R1's γ / batch, or gradient penalty's 2·λ / batch.
    "STEEPNESS_FACTOR",
    "MISTAKES",
    // The techniques' own atlases, a sample longer than the others.
    "REAL_LABELS",
    "FAKE_LABELS",
    "REAL_NOISE",
    "FAKE_NOISE",
    "MIXING",
    "CHOICES",
    // Experience replay: samples of a batch, places in the buffer.
    "REPLAYED",
    "CAPACITY",
    // Beginning of its factors, among the settings.
    "FACTORS",
    "OWN_LENGTH",
];

/// Numbers that the host works out for each epoch of a run: what is left of the learning rates, the deviation
/// of instance noise, the weight of feature matching.
pub(crate) const FACTORS: usize = 3;

/// A run's settings, as named in [`SETTINGS`].
pub(crate) fn setting_words<M>(
    gan: &Gan<M, Reference>,
    atlases: &mut Atlases,
    factors: u32,
) -> [u32; SETTINGS.len()]
where
    M: AsRef<[f32]> + AsMut<[f32]>,
{
    let configuration = gan.configuration();
    let techniques = &configuration.techniques;
    let [g, d] = [&configuration.generator, &configuration.discriminator];
    let betas = |network| {
        let betas = techniques.network(network).betas;
        [betas.beta_1, betas.beta_2].map(|beta| [beta.kept().to_bits(), beta.taken().to_bits()])
    };
    let [[g1, gk1], [g2, gk2]] = betas(Network::Generator);
    let [[d1, dk1], [d2, dk2]] = betas(Network::Discriminator);
    let slope = |network| match techniques.network(network).activation {
        HiddenActivation::LeakyRelu(slope) => slope.get(),
        HiddenActivation::Relu | HiddenActivation::Tanh => 0.0,
    };
    let pull = |network| {
        techniques
            .network(network)
            .historical_averaging
            .map_or(0.0, |weight| 2.0 * weight.get())
    };
    let inverse = 1.0 / configuration.batch.get() as f32;
    let (bound, steepness) = match techniques.penalty {
        Penalty::None => (0.0, 0.0),
        Penalty::Clipping(bound) => (bound.get(), 0.0),
        Penalty::R1(weight) => (0.0, weight.get() * inverse),
        Penalty::Gradient(weight) => (0.0, (2.0 * weight.get()) * inverse),
    };
    let [kept, taken] = techniques
        .average
        .map_or([0.0; 2], |decay| [decay.kept(), decay.taken()]);
    let [replayed, capacity] = techniques.replay.map_or([0; 2], |replay| {
        [replay.samples.get() as u32, replay.capacity.get() as u32]
    });
    let own = gan.technique_atlases();
    [
        g.learning_rate.get().to_bits(),
        d.learning_rate.get().to_bits(),
        configuration.loss.word(),
        g.optimizer.word(),
        d.optimizer.word(),
        g.updates_per_epoch.get() as u32,
        d.updates_per_epoch.get() as u32,
        atlases.place(gan.real_atlas().as_flattened()),
        atlases.place(gan.noise_atlas()),
        configuration.atlas.get() as u32,
        techniques.real_weight.get().to_bits(),
        techniques.labels.real.get().to_bits(),
        techniques.labels.fake.get().to_bits(),
        g1,
        gk1,
        g2,
        gk2,
        d1,
        dk1,
        d2,
        dk2,
        slope(Network::Generator).to_bits(),
        slope(Network::Discriminator).to_bits(),
        pull(Network::Generator).to_bits(),
        pull(Network::Discriminator).to_bits(),
        bound.to_bits(),
        kept.to_bits(),
        taken.to_bits(),
        steepness.to_bits(),
        techniques.label_noise.get().to_bits(),
        atlases.place(own.real_labels),
        atlases.place(own.fake_labels),
        atlases.place(own.real_noise),
        atlases.place(own.fake_noise),
        atlases.place(own.mixing),
        atlases.place(own.choices),
        replayed,
        capacity,
        factors,
        configuration.atlas.get() as u32 + 1,
    ]
}

/// Words of all atlases of a run.
pub(crate) fn atlas_words(configuration: &Configuration) -> usize {
    let techniques = &configuration.techniques;
    let own = [
        (techniques.label_noise.get() > 0.0, 2),
        (techniques.instance_noise.is_some(), 4),
        (matches!(techniques.penalty, Penalty::Gradient(_)), 1),
        (techniques.replay.is_some(), 1),
    ];
    let own: usize = own
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, words)| words)
        .sum();
    let length = configuration.atlas.get();
    (2 + configuration.noise.dimensions.get()) * length + own * (length + 1)
}

/// A run's factors in an epoch, `epoch` being completed.
pub(crate) fn factor_words(configuration: &Configuration, epoch: u64) -> [u32; FACTORS] {
    let techniques = &configuration.techniques;
    let noise = techniques
        .instance_noise
        .map_or(0.0, |noise| noise.deviation.get() * noise.fade.fade(epoch));
    let matching = techniques
        .feature_matching
        .map_or(0.0, |matching| matching.weight.get() * matching.fade.fade(epoch));
    [techniques.rate_decay.factor(epoch), noise, matching].map(f32::to_bits)
}

/// Atlases of all runs; equal ones lie there once.
#[derive(Default)]
pub(crate) struct Atlases {
    pub(crate) words: Vec<u32>,
    /// Places and lengths of the atlases that begin with these bits.
    places: HashMap<Vec<u32>, Vec<(usize, usize)>>,
}

impl Atlases {
    /// The place of an atlas, in words.
    pub(crate) fn place(&mut self, numbers: &[f32]) -> u32 {
        let bits = || numbers.iter().map(|number| number.to_bits());
        let places = self.places.entry(bits().take(8).collect()).or_default();
        for (at, length) in &*places {
            if self.words[*at..at + length].iter().copied().eq(bits()) {
                return *at as u32;
            }
        }
        let at = self.words.len();
        places.push((at, numbers.len()));
        self.words.extend(bits());
        at as u32
    }
}
