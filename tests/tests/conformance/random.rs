//! Random configurations, the same ones every time; one that does not conform is reduced to the simplest
//! that does not.

use gan_core::configuration::{
    AtlasLength, BatchSize, HiddenLayers, LearningRate, Loss, NetworkConfiguration, Neurons, Noise,
    NoiseDimensions, NoiseKind, Optimizer, UpdatesPerEpoch,
};
use gan_core::{Configuration, Network, Preset, Target, Techniques};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::backends::Run;
use crate::population::run;
use crate::techniques::{strengths, switched_on};

/// Configuration and seed of a run.
type Told = (Configuration, u64);

/// Layers and neurons of both networks, dimensions of the noise, size of the batch and which techniques are on:
/// what runs of one population share.
fn shapes(
    layers: &'static [u32],
    neurons: std::ops::RangeInclusive<u32>,
    batch: impl Strategy<Value = u32>,
) -> impl Strategy<Value = Configuration> {
    let network = (select(layers), neurons).prop_map(|(layers, neurons)| NetworkConfiguration {
        hidden_layers: HiddenLayers::new(layers).unwrap(),
        neurons: Neurons::new(neurons).unwrap(),
        ..Preset::Line.configuration().generator
    });
    let dimensions = prop_oneof![3 => 1..=2_u32, 1 => 3..=16_u32];
    let shapes = (network.clone(), network, dimensions, batch).prop_map(
        |(generator, discriminator, dimensions, batch)| {
            let line = Preset::Line.configuration();
            Configuration {
                noise: Noise {
                    dimensions: NoiseDimensions::new(dimensions).unwrap(),
                    ..line.noise
                },
                generator,
                discriminator,
                batch: BatchSize::new(batch).unwrap(),
                ..line
            }
        },
    );
    shapes.prop_flat_map(|shapes| {
        // One population in three is GAN Lab's.
        let techniques = prop_oneof![
            1 => Just(Techniques::NONE),
            2 => switched_on(shapes.batch.get()),
        ];
        techniques.prop_map(move |techniques| Configuration { techniques, ..shapes })
    })
}

/// Settings that may differ between runs of one population.
fn settings(shapes: Configuration) -> impl Strategy<Value = Told> {
    let network = || {
        (
            select(&[0.001_f32, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0][..])
                .prop_map(|rate| LearningRate::new(rate).unwrap()),
            select(vec![Optimizer::Sgd, Optimizer::Adam]),
            select(vec![1_u32, 2, 3, 10, 0]),
        )
    };
    (
        select(&Target::ALL[..]),
        select(vec![NoiseKind::Uniform, NoiseKind::Normal, NoiseKind::Spherical]),
        select(&Loss::ALL[..]),
        1..=3000_u32,
        [network(), network()],
        0..1000_u64,
        strengths(shapes.techniques, shapes.batch.get()),
    )
        .prop_map(move |(target, noise, loss, atlas, networks, seed, techniques)| {
            let mut configuration = shapes;
            if shapes.techniques != Techniques::NONE {
                configuration.techniques = techniques;
            }
            configuration.target = target;
            configuration.noise.kind = noise;
            configuration.loss = loss;
            configuration.atlas = AtlasLength::new(atlas).unwrap();
            let both = [Network::Generator, Network::Discriminator].into_iter();
            for (network, (rate, optimizer, updates)) in both.zip(networks) {
                let place = configuration.network_mut(network);
                place.learning_rate = rate;
                place.optimizer = optimizer;
                place.updates_per_epoch = UpdatesPerEpoch::new(updates).unwrap();
            }
            (configuration, seed)
        })
}

/// Four runs of the same shapes and batch, small enough for a processor that plays a graphics card.
fn population() -> impl Strategy<Value = Vec<Told>> {
    let shapes = prop_oneof![
        13 => shapes(&[0, 1, 1, 2, 3], 1..=12, 1..=150_u32),
        1 => shapes(&[0, 1], 1..=6, Just(1024)),
        1 => shapes(&[4, 5], 1..=4, Just(16)),
        1 => shapes(&[1], 20..=30, Just(32)),
    ];
    shapes.prop_flat_map(|shapes| proptest::collection::vec(settings(shapes), 4))
}

/// Shows so many populations of four runs each to a test that panics where one does not conform.
pub fn populations(count: u32, mut conforms: impl FnMut(&[Run])) {
    let config = Config {
        cases: count,
        failure_persistence: None,
        max_shrink_iters: 64,
        ..Config::default()
    };
    let dice = TestRng::from_seed(RngAlgorithm::ChaCha, b"gan-lab conformance, 4 runs each");
    let shown = std::cell::RefCell::new(&mut conforms);
    let outcome = TestRunner::new_with_rng(config, dice).run(&population(), |told| {
        let runs: Vec<Run> = told
            .iter()
            .map(|(configuration, seed)| run(configuration, *seed))
            .collect();
        (*shown.borrow_mut())(&runs);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Four runs of the largest networks, one update of each a GAN's epoch.
pub fn largest() -> Vec<Run> {
    let of = |(target, optimizer)| {
        let mut configuration = Preset::Gaussians.configuration();
        configuration.target = target;
        for network in [Network::Generator, Network::Discriminator] {
            let network = configuration.network_mut(network);
            network.hidden_layers = HiddenLayers::MOST;
            network.neurons = Neurons::MOST;
            network.learning_rate = LearningRate::new(0.01).unwrap();
            network.updates_per_epoch = UpdatesPerEpoch::new(1).unwrap();
            network.optimizer = optimizer;
        }
        run(&configuration, 7)
    };
    let targets = [Target::Gaussians, Target::Ring, Target::Disjoint, Target::Line];
    let optimizers = [Optimizer::Sgd, Optimizer::Adam].into_iter().cycle();
    targets.into_iter().zip(optimizers).map(of).collect()
}
