//! Populations with a purpose: presets with every loss and optimiser, changes, divergence.

use gan_core::configuration::{LearningRate, Loss, Optimizer, UpdatesPerEpoch};
use gan_core::{Backend, Change, Configuration, Network, Preset, memory_words};

use crate::backends::{Run, conforms, packed};

/// A run of a configuration.
pub fn run(configuration: &Configuration, seed: u64) -> Run {
    let drawing = [[0.25, 0.75], [0.5, 0.125]];
    Run::new(
        vec![0.0; memory_words(configuration)],
        configuration,
        seed,
        &drawing,
    )
    .unwrap()
}

/// A preset with each loss and each optimiser.
pub fn of_preset(preset: Preset) -> Vec<Run> {
    let mut runs = Vec::new();
    for loss in [Loss::Log, Loss::LeastSquares] {
        for optimizer in [Optimizer::Sgd, Optimizer::Adam] {
            let mut configuration = preset.configuration();
            configuration.loss = loss;
            configuration.generator.optimizer = optimizer;
            configuration.discriminator.optimizer = optimizer;
            runs.push(run(&configuration, 7));
        }
    }
    runs
}

/// A preset with so many seeds.
pub fn of_seeds(preset: Preset, count: u64) -> Vec<Run> {
    (0..count)
        .map(|seed| run(&preset.configuration(), seed))
        .collect()
}

/// Rates, updates, loss and optimiser change between two stretches; one network trains alone.
pub fn changes_on_the_way<B: Backend>(backend: &mut B) {
    let rate = |rate| LearningRate::new(rate).unwrap();
    let updates = |count| UpdatesPerEpoch::new(count).unwrap();
    let (g, d) = (Network::Generator, Network::Discriminator);
    let mut ours = run(&Preset::Line.configuration(), 3);
    let mut theirs = [ours.clone()];
    for changes in [
        vec![],
        vec![
            Change::learning_rate(g, rate(0.3)),
            Change::optimizer(d, Optimizer::Adam),
        ],
        vec![
            Change::updates_per_epoch(g, updates(0)),
            Change::updates_per_epoch(d, updates(1)),
        ],
        vec![Change::updates_per_epoch(d, updates(0))],
        vec![
            Change::updates_per_epoch(g, updates(4)),
            Change::loss(Loss::LeastSquares),
        ],
        vec![
            Change::updates_per_epoch(d, updates(10)),
            Change::optimizer(d, Optimizer::Sgd),
        ],
    ] {
        for change in changes {
            ours.change(change).unwrap();
            theirs[0].change(change).unwrap();
        }
        backend.load(&theirs).unwrap();
        for epochs in [1, 4] {
            ours.run_epochs(epochs).unwrap();
            backend.train(epochs).unwrap();
        }
        backend.read(&mut theirs).unwrap();
        assert_eq!(packed(&theirs[0]), packed(&ours), "{:?}", ours.configuration());
    }
}

/// Some of several runs leave the finite numbers, each at its own epoch; the others go on.
pub fn divergence_stops_a_run_where_the_reference_stops<B: Backend>(backend: &mut B) {
    let mut runs = Vec::new();
    for (seed, scale) in [(1, 1.0_f32), (2, 1e19), (3, 1.0), (4, 3e37)] {
        for optimizer in [Optimizer::Sgd, Optimizer::Adam] {
            let mut configuration = Preset::Line.configuration();
            for network in [Network::Generator, Network::Discriminator] {
                configuration.network_mut(network).optimizer = optimizer;
                configuration.network_mut(network).learning_rate = LearningRate::new(10.0).unwrap();
            }
            let mut run = run(&configuration, seed);
            let weights: Vec<f32> = run.parameters(Network::Generator).to_vec();
            let weights: Vec<f32> = weights.iter().map(|weight| weight * scale).collect();
            run.load_parameters(Network::Generator, &weights).unwrap();
            runs.push(run);
        }
    }
    conforms(backend, &runs, 30);
    let diverges = |run: &Run| run.clone().run_epochs(30).is_err();
    let diverging = runs.iter().filter(|run| diverges(run)).count();
    assert!(
        (1..runs.len()).contains(&diverging),
        "{diverging} of {} diverge",
        runs.len()
    );
}
