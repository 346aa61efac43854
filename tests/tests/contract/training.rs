//! A run of the core, epoch by epoch and phase by phase, against what its vectors say.

use gan_core::configuration::{LearningRate, Loss, Optimizer, UpdatesPerEpoch};
use gan_core::{
    Change, Configuration, Gan, Instructions, Network, Phase, Point, Stage, StepError, memory_words,
};

use crate::vectors::{ChangeSettings, Epoch, Plan, Run, digest, f32_of, hex};

/// Every run of a file with every instruction set of this machine; `prepare` makes of a run its configuration,
/// its seed and the points of a drawing.
pub fn check_all<C>(runs: &[Run<C>], prepare: impl Fn(&Run<C>) -> (Configuration, u64, Vec<Point>)) {
    for instructions in lab::run::instructions::available() {
        let (mut epochs, mut phases) = (0, 0);
        for run in runs {
            let (configuration, seed, drawing) = prepare(run);
            check(run, &configuration, seed, &drawing, instructions);
            epochs += run.epochs.len();
            phases += run.epochs.iter().map(|epoch| epoch.phases.len()).sum::<usize>();
        }
        let level = instructions.name();
        println!(
            "{level}: {} runs, {epochs} epochs, {phases} phases, every bit the same",
            runs.len()
        );
    }
}

/// A whole run against its vectors, computed with these instructions.
fn check<C>(
    run: &Run<C>,
    configuration: &Configuration,
    seed: u64,
    drawing: &[Point],
    instructions: Instructions,
) {
    let name = &format!("{} ({})", run.name, instructions.name());
    // More memory than needed, and not zero: neither may matter.
    let memory = vec![f32::NAN; memory_words(configuration) + 5];
    let mut gan = Gan::<_>::new(memory, configuration, seed, drawing).unwrap();
    gan.use_instructions(instructions);

    let dimensions = configuration.noise.dimensions.get();
    for (ours, theirs) in gan.real_atlas().iter().zip(&run.atlas_head.real) {
        assert_eq!(hex(ours), theirs, "{name}: head of the real atlas");
    }
    for (ours, theirs) in gan.noise_atlas().chunks(dimensions).zip(&run.atlas_head.noise) {
        assert_eq!(hex(ours), *theirs, "{name}: head of the noise atlas");
    }
    assert_eq!(
        digest(gan.real_atlas().as_flattened().iter().copied()),
        run.atlas_digest.real,
        "{name}"
    );
    assert_eq!(
        digest(gan.noise_atlas().iter().copied()),
        run.atlas_digest.noise,
        "{name}"
    );
    for (network, expected) in [
        (Network::Generator, &run.initial.generator),
        (Network::Discriminator, &run.initial.discriminator),
    ] {
        let ours = gan.parameters(network);
        assert_eq!(ours.len(), expected.count, "{name}: parameters of the {network}");
        assert_eq!(
            hex(&ours[..expected.first.len()]),
            expected.first,
            "{name}: weights of the {network}"
        );
        assert_eq!(
            digest(ours.iter().copied()),
            expected.digest,
            "{name}: weights of the {network}"
        );
    }
    assert_eq!(
        gan.state_hash().to_string(),
        run.hash_at_epoch_0,
        "{name}: hash at epoch 0"
    );
    for (index, epoch) in run.epochs.iter().enumerate() {
        let place = format!("{name}, epoch {}", index + 1);
        if let (Some(change), None) = (&epoch.change, gan.diverged()) {
            apply(&mut gan, change);
        }
        run_epoch(&mut gan, epoch, &place);
        assert_eq!(gan.state_hash().to_string(), epoch.hash, "{place}");
    }
    let expected = run.diverged.as_ref().map(|at| (at.epoch, at.network.clone()));
    let ours = gan.diverged().map(|at| (at.epoch, at.network.to_string()));
    assert_eq!(ours, expected, "{name}: divergence");
}

/// Runs an epoch phase by phase where the vectors tell phases, and whole where they do not.
fn run_epoch(gan: &mut Gan<Vec<f32>>, epoch: &Epoch, place: &str) {
    if gan.diverged().is_some() {
        return;
    }
    let mut phases = epoch.phases.iter();
    let mut check = |gan: &Gan<Vec<f32>>, phase: Phase| {
        let expected = phases
            .next()
            .unwrap_or_else(|| panic!("{place}: {phase:?} is one too many"));
        assert_eq!(
            (phase.network.to_string(), stage_name(phase.stage)),
            (expected.network.clone(), expected.phase.as_str()),
            "{place}"
        );
        if let Some(digest) = &expected.digest {
            assert_eq!(gan.phase_digest(phase).to_string(), *digest, "{place}, {phase:?}");
        }
    };
    let network = match epoch.plan {
        Plan::Full => None,
        Plan::StepDiscriminator => Some(Network::Discriminator),
        Plan::StepGenerator => Some(Network::Generator),
    };
    match network {
        // A one-network step has no phases to stop at; its hash must do.
        Some(network) => match gan.step(network) {
            Ok(()) | Err(StepError::Diverged(_)) => {}
            Err(StepError::MidEpoch) => panic!("{place}: an epoch was left unfinished"),
        },
        None if epoch.phases.is_empty() => {
            // A divergence is looked for by the caller.
            let _ = gan.run_epoch();
        }
        None => {
            while let Ok(Some(phase)) = gan.advance() {
                check(gan, phase);
                if gan.upcoming().is_none() {
                    break;
                }
            }
        }
    }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::RunGenerator => "run_generator",
        Stage::RunDiscriminator => "run_discriminator",
        Stage::ComputeLoss => "compute_loss",
        Stage::ComputeGradients => "compute_gradients",
        Stage::Update => "update",
    }
}

fn apply(gan: &mut Gan<Vec<f32>>, change: &ChangeSettings) {
    let mut changes = Vec::new();
    if let Some(loss) = &change.loss {
        changes.push(Change::loss(loss_of(loss)));
    }
    for (network, settings) in [
        (Network::Generator, &change.generator),
        (Network::Discriminator, &change.discriminator),
    ] {
        let Some(settings) = settings else { continue };
        let rate = LearningRate::new(f32_of(&settings.learning_rate_bits)).unwrap();
        let updates = UpdatesPerEpoch::new(settings.updates).unwrap();
        changes.push(Change::learning_rate(network, rate));
        changes.push(Change::optimizer(network, optimizer_of(&settings.optimiser)));
        changes.push(Change::updates_per_epoch(network, updates));
    }
    for change in changes {
        gan.change(change).unwrap();
    }
}

pub fn optimizer_of(name: &str) -> Optimizer {
    match name {
        "sgd" => Optimizer::Sgd,
        "adam" => Optimizer::Adam,
        _ => panic!("optimiser {name}"),
    }
}

pub fn loss_of(name: &str) -> Loss {
    match name {
        "log" => Loss::Log,
        "least_squares" => Loss::LeastSquares,
        _ => panic!("loss {name}"),
    }
}
