//! A session with every kind of command, for the tests of this module.

use std::path::Path;

use gan_core::Change;
use gan_core::configuration::{
    AtlasLength, BatchSize, LearningRate, Loss, Network, NoiseDimensions, Optimizer, UpdatesPerEpoch,
};
use gan_core::{Configuration, Preset};

use crate::setup::drawing::Source;
use crate::{Command, Drawing, Experiment, HeatmapSide, Pace, Scaling, Step, Trainer};

/// Small enough to be trained thousands of times, of points from a file.
pub(super) fn experiment() -> Experiment {
    let configuration = Configuration {
        batch: BatchSize::new(4).unwrap(),
        atlas: AtlasLength::new(64).unwrap(),
        noise: gan_core::configuration::Noise {
            dimensions: NoiseDimensions::new(1).unwrap(),
            ..Preset::Line.configuration().noise
        },
        ..Preset::Line.configuration()
    };
    let source = Source::File {
        name: "own \"points\" é.csv".into(),
        scaling: Scaling::of(&[[-1e-3, 0.0], [3e8, 0.1]]).unwrap(),
    };
    let drawing = Drawing::of([[0.1, 1.0 / 3.0], [0.9, f32::MIN_POSITIVE]], source).unwrap();
    Experiment::new(configuration, 7, Drawing::default())
        .and_then(|experiment| experiment.learning(drawing))
        .unwrap()
}

/// Begins a recording and does everything that can be done to a run, a restart apart.
pub(super) fn session(path: &Path) -> Trainer {
    use Network::{Discriminator as D, Generator as G};
    let mut trainer = Trainer::recorded(experiment(), path).unwrap();
    let rate =
        |network, rate| Command::Change(Change::learning_rate(network, LearningRate::new(rate).unwrap()));
    let optimizer = |network, optimizer| Command::Change(Change::optimizer(network, optimizer));
    let updates = |network, count| {
        Command::Change(Change::updates_per_epoch(
            network,
            UpdatesPerEpoch::new(count).unwrap(),
        ))
    };
    let loss = |loss| Command::Change(Change::loss(loss));
    let groups: [&[Command]; 12] = [
        &[Command::Play, rate(G, 0.013)],
        &[rate(D, 1e-6), rate(D, 0.3), rate(D, 0.03)],
        // The moments of an optimiser that was left and chosen again start anew.
        &[optimizer(G, Optimizer::Adam), optimizer(D, Optimizer::Adam)],
        &[optimizer(G, Optimizer::Sgd), optimizer(G, Optimizer::Adam)],
        &[updates(D, 0), updates(G, 3)],
        &[const { Command::Step(Step::Discriminator) }; 5],
        &[Command::Step(Step::Generator), Command::Step(Step::Generator)],
        &[
            Command::Step(Step::Discriminator),
            Command::Step(Step::Generator),
            Command::Step(Step::Both),
        ],
        &[updates(D, 2), updates(G, 1), loss(Loss::LeastSquares)],
        // In mid-epoch: what is done takes effect at its end.
        &[
            Command::Step(Step::Phase),
            Command::Step(Step::Phase),
            rate(G, 0.02),
        ],
        &[
            Command::SetPace(Pace::SLOW_MOTION),
            Command::Step(Step::Phase),
            Command::SetPace(Pace::Full),
        ],
        &[
            Command::SetHeatmap(HeatmapSide::nearest(40)),
            optimizer(D, Optimizer::Sgd),
            loss(Loss::Log),
        ],
    ];
    for (index, group) in groups.into_iter().enumerate() {
        for command in group {
            trainer.obey(command.clone());
        }
        trainer.run_epochs(7 * index as u64).unwrap();
    }
    trainer
}
