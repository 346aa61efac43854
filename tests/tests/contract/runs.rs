//! `runs.json`: sections 4 to 7 of the contract.

use gan_core::configuration::{
    AtlasLength, BatchSize, HiddenLayers, LearningRate, NetworkConfiguration, Neurons, Noise,
    NoiseDimensions, NoiseKind, UpdatesPerEpoch,
};
use gan_core::{Configuration, Target, Techniques};
use serde::Deserialize;

use crate::training::{check_all, loss_of, optimizer_of};
use crate::vectors::{NetworkSettings, Run, f32_of, vectors};

#[derive(Deserialize)]
struct Settings {
    target: TargetSettings,
    noise: NoiseSettings,
    generator: NetworkSettings,
    discriminator: NetworkSettings,
    loss: String,
    batch: u32,
    atlas_length: u32,
    seed: u64,
}

#[derive(Deserialize)]
struct TargetSettings {
    kind: String,
    #[serde(default)]
    points: Vec<[String; 2]>,
}

#[derive(Deserialize)]
struct NoiseSettings {
    kind: String,
    dimensions: u32,
}

fn network_of(settings: &NetworkSettings) -> NetworkConfiguration {
    NetworkConfiguration {
        hidden_layers: HiddenLayers::new(settings.hidden_layers.unwrap()).unwrap(),
        neurons: Neurons::new(settings.neurons.unwrap()).unwrap(),
        learning_rate: LearningRate::new(f32_of(&settings.learning_rate_bits)).unwrap(),
        optimizer: optimizer_of(&settings.optimiser),
        updates_per_epoch: UpdatesPerEpoch::new(settings.updates).unwrap(),
    }
}

fn configuration_of(settings: &Settings) -> Configuration {
    let target = Target::ALL
        .into_iter()
        .find(|target| format!("{target:?}").to_lowercase() == settings.target.kind);
    let kind = match settings.noise.kind.as_str() {
        "uniform" => NoiseKind::Uniform,
        "normal" => NoiseKind::Normal,
        kind => panic!("noise {kind}"),
    };
    Configuration {
        target: target.unwrap(),
        noise: Noise {
            kind,
            dimensions: NoiseDimensions::new(settings.noise.dimensions).unwrap(),
        },
        generator: network_of(&settings.generator),
        discriminator: network_of(&settings.discriminator),
        loss: loss_of(&settings.loss),
        batch: BatchSize::new(settings.batch).unwrap(),
        atlas: AtlasLength::new(settings.atlas_length).unwrap(),
        techniques: Techniques::NONE,
    }
}

#[test]
fn runs_give_the_vectors_states_phase_by_phase() {
    #[derive(Deserialize)]
    struct Runs {
        runs: Vec<Run<Settings>>,
    }
    let runs = vectors::<Runs>("runs.json").runs;
    assert!(runs.len() >= 50);
    check_all(&runs, |run| {
        let settings = &run.configuration;
        let points = &settings.target.points;
        let drawing = points.iter().map(|[x, y]| [f32_of(x), f32_of(y)]);
        (configuration_of(settings), settings.seed, drawing.collect())
    });
}
