use super::*;
use crate::recording::{Recorder, RecordingStatus, Replay};
use crate::{Command, Experiment, Pace, Status, Step};
use gan_core::configuration::{BatchSize, HiddenLayers, LearningRate, Neurons, Optimizer};
use gan_core::{Change, Network, Preset, Reference, StateHash};
use proptest::prelude::*;

fn ring() -> Trainer {
    let mut trainer = Trainer::new(Experiment::preset(Preset::Ring, 7));
    trainer.keep_past();
    trainer
}

fn show(trainer: &mut Trainer, epoch: u64) {
    trainer.obey(Command::Seek(epoch));
    trainer.settle();
}

fn rate(value: f32) -> Command {
    Command::Change(Change::learning_rate(
        Network::Generator,
        LearningRate::new(value).unwrap(),
    ))
}

fn optimizer(optimizer: Optimizer) -> Command {
    Command::Change(Change::optimizer(Network::Discriminator, optimizer))
}

/// A run with all kinds of actions; and its state's name and configuration whenever an epoch was complete
/// and everything there was changed.
fn eventful() -> (Trainer, Vec<(StateHash, gan_core::Configuration)>) {
    let mut trainer = ring();
    let mut states = Vec::new();
    while trainer.gan().epoch() < 600 {
        match trainer.gan().epoch() {
            40 => trainer.obey(rate(0.05)),
            41 => {
                trainer.obey(optimizer(Optimizer::Adam));
                trainer.obey(rate(0.01));
            }
            300 => {
                trainer.obey(optimizer(Optimizer::Sgd));
                trainer.obey(optimizer(Optimizer::Adam));
            }
            _ => {}
        }
        states.push((trainer.gan().state_hash(), *trainer.gan().configuration()));
        match trainer.gan().epoch() {
            100..123 => trainer.obey(Command::Step(Step::Generator)),
            130 | 131 => trainer.obey(Command::Step(Step::Discriminator)),
            _ => trainer.run_epochs(1).unwrap(),
        }
    }
    trainer.obey(rate(0.02));
    states.push((trainer.gan().state_hash(), *trainer.gan().configuration()));
    (trainer, states)
}

fn is_as(trainer: &Trainer, (hash, configuration): &(StateHash, gan_core::Configuration)) -> bool {
    trainer.gan().state_hash() == *hash && trainer.gan().configuration() == configuration
}

#[test]
fn every_epoch_of_the_past_is_shown_as_it_was() {
    let (mut trainer, states) = eventful();
    let log = trainer.state().log;
    // A way through all epochs that jumps back and forth.
    for epoch in (0..=600).map(|index| index * 383 % 601) {
        show(&mut trainer, epoch);
        let state = trainer.state();
        assert_eq!((state.epoch, state.status), (epoch, Status::Paused));
        assert!(is_as(&trainer, &states[epoch as usize]), "epoch {epoch}");
        let course = if epoch == 600 {
            Course::Present
        } else {
            Course::Past
        };
        assert_eq!((state.course, state.end), (course, 600));
        assert_eq!(state.log, log, "to look changes nothing");
    }
    assert!(trainer.past.keyframes() > 30, "{}", trainer.past.keyframes());
}

#[test]
fn without_states_kept_the_past_is_trained_from_the_beginning() {
    let (mut trainer, states) = eventful();
    trainer.past = Past::none();
    for epoch in [110, 3, 0, 600, 131] {
        show(&mut trainer, epoch);
        assert!(is_as(&trainer, &states[epoch as usize]), "epoch {epoch}");
    }
}

#[test]
fn beyond_the_end_is_the_end_and_the_run_goes_on_from_there() {
    let (mut trainer, states) = eventful();
    show(&mut trainer, 5);
    show(&mut trainer, u64::MAX);
    assert!(is_as(&trainer, &states[600]));
    assert_eq!(trainer.course(), Course::Present);
    trainer.run_epochs(10).unwrap();
    let (mut straight, _) = eventful();
    straight.run_epochs(10).unwrap();
    assert_eq!(trainer.gan().state_hash(), straight.gan().state_hash());
    assert!(trainer.forks.is_empty());
}

#[test]
fn playing_on_from_the_past_goes_another_way() {
    let (mut trainer, states) = eventful();
    show(&mut trainer, 110);
    trainer.obey(Command::Play);
    let state = trainer.state();
    assert_eq!(
        (state.course, state.end, &state.forks[..]),
        (Course::Present, 110, &[110][..])
    );
    let steps = state.log.actions().last().unwrap();
    assert_eq!(
        (steps.epoch, steps.times),
        (100, 10),
        "ten of its steps were done"
    );
    trainer.run_epochs(40).unwrap();
    assert_ne!(trainer.gan().state_hash(), states[150].0);
    // Actions are done again at their epochs, and nothing later is.
    let mut again = ring();
    again.obey(Command::Open(Arc::new(recording_of(&trainer))));
    show(&mut again, 150);
    assert_eq!(again.gan().state_hash(), trainer.gan().state_hash());
}

/// The recording that would be written of a run.
fn recording_of(trainer: &Trainer) -> Recording {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let mut recording = Recording::of(&trainer.experiment, Reference::NAME);
    recording.log = (*trainer.log).clone();
    let mut recorder = Recorder::begin(&path, recording).unwrap();
    recorder.reached(gan_core::Checkpoint {
        epoch: trainer.gan().epoch(),
        hash: trainer.gan().state_hash(),
    });
    recorder.finish().unwrap();
    Recording::load(&path).unwrap().0
}

#[test]
fn whatever_changes_or_trains_in_the_past_goes_another_way() {
    let ways = [
        rate(0.5),
        Command::Step(Step::Both),
        Command::Step(Step::Phase),
        Command::Step(Step::Generator),
        Command::Play,
    ];
    for command in ways {
        let (mut trainer, _) = eventful();
        show(&mut trainer, 200);
        trainer.obey(command.clone());
        assert_eq!(trainer.course(), Course::Present, "{command:?}");
        assert_eq!(&trainer.forks[..], [200], "{command:?}");
        assert!(trainer.end() <= 201, "{command:?}");
    }
}

#[test]
fn a_run_retraces_its_past_and_rests_at_its_end() {
    let (mut trainer, states) = eventful();
    show(&mut trainer, 90);
    trainer.obey(Command::Retrace);
    assert_eq!(trainer.status(), Status::Playing);
    for epoch in 91..=600_u64 {
        trainer.run_epochs(1).unwrap();
        assert_eq!(trainer.gan().epoch(), epoch);
    }
    assert!(is_as(&trainer, &states[600]));
    assert_eq!(
        (trainer.status(), trainer.course()),
        (Status::Paused, Course::Present)
    );
    assert!(trainer.forks.is_empty());
    // Phase by phase it is the same run.
    show(&mut trainer, 95);
    trainer.obey(Command::SetPace(Pace::SLOW_MOTION));
    trainer.obey(Command::Retrace);
    while trainer.gan().epoch() < 140 {
        trainer.run_phase().unwrap();
    }
    trainer.run_phase().unwrap();
    show(&mut trainer, 141);
    assert!(is_as(&trainer, &states[141]));
    // The past is looked at, no more retraced.
    assert_eq!(trainer.course(), Course::Past);
}

#[test]
fn a_recording_is_retraced_compared_and_left_for_another_way() {
    let (trainer, states) = eventful();
    let recording = Arc::new(recording_of(&trainer));
    let mut opened = ring();
    opened.obey(Command::Open(Arc::clone(&recording)));
    let state = opened.state();
    assert_eq!(
        (state.epoch, state.end, state.course),
        (0, 600, Course::Retracing)
    );
    opened.obey(Command::Play);
    opened.run_epochs(10_000).unwrap();
    assert!(is_as(&opened, &states[600]));
    let verification = opened.verification().unwrap();
    assert_eq!(
        (verification.verified, verification.named, verification.difference),
        (1, 1, None)
    );
    assert_eq!(opened.status(), Status::Paused);
    // Back in a recording, to play is to retrace; to change is not.
    show(&mut opened, 50);
    assert_eq!(opened.course(), Course::Retracing);
    opened.obey(Command::Play);
    opened.run_epochs(10).unwrap();
    assert!(is_as(&opened, &states[60]));
    opened.obey(rate(0.3));
    assert_eq!((opened.course(), opened.verification()), (Course::Present, None));
    assert_eq!(&opened.forks[..], [60]);
    assert_eq!(opened.state().opened, Some(recording), "it began there");
    opened.obey(Command::Restart(Experiment::preset(Preset::Line, 3)));
    assert_eq!(opened.state().opened, None);
}

#[test]
fn a_recording_of_other_arithmetic_is_not_opened() {
    let mut recording = Recording::of(&Experiment::preset(Preset::Line, 3), "micromath");
    let mut trainer = ring();
    trainer.obey(Command::Open(Arc::new(recording.clone())));
    assert_eq!(trainer.state().experiment.seed(), 7);
    recording.profile = Reference::NAME.to_owned();
    trainer.obey(Command::Open(Arc::new(recording)));
    assert_eq!(trainer.state().experiment.seed(), 3);
    assert_eq!(
        trainer.course(),
        Course::Present,
        "nothing is known beyond its beginning"
    );
}

#[test]
fn a_run_that_diverged_has_a_past_and_an_end() {
    let mut configuration = Preset::Line.configuration();
    for network in [Network::Generator, Network::Discriminator] {
        configuration.network_mut(network).hidden_layers = HiddenLayers::MOST;
        configuration.network_mut(network).neurons = Neurons::new(12).unwrap();
    }
    configuration.batch = BatchSize::new(4).unwrap();
    let experiment = Experiment::preset(Preset::Line, 13).with_configuration(configuration);
    let mut trainer = Trainer::<Reference>::new(experiment.unwrap());
    trainer.keep_past();
    trainer.run_epochs(3).unwrap();
    for network in [Network::Generator, Network::Discriminator] {
        let most = LearningRate::new(10.0).unwrap();
        trainer.obey(Command::Change(Change::learning_rate(network, most)));
    }
    assert!(trainer.run_epochs(10_000).is_err(), "it diverges");
    let (end, hash) = (trainer.gan().epoch(), trainer.gan().state_hash());
    show(&mut trainer, 2);
    assert_eq!(trainer.status(), Status::Paused);
    show(&mut trainer, end);
    assert_eq!(trainer.gan().state_hash(), hash);
    assert!(matches!(trainer.status(), Status::Diverged(_)));
    show(&mut trainer, 2);
    trainer.obey(Command::Retrace);
    assert!(trainer.run_epochs(u64::MAX).is_err());
    assert_eq!((trainer.gan().epoch(), trainer.gan().state_hash()), (end, hash));
    assert_eq!(trainer.course(), Course::Present);
}

#[test]
fn what_is_recorded_in_the_past_is_the_whole_run_and_a_branch_is_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["r.toml", "r-2.toml"].map(|name| folder.path().join(name));
    let (mut trainer, states) = eventful();
    show(&mut trainer, 200);
    trainer.obey(Command::Record(first.clone()));
    assert_eq!(
        trainer.state().recording,
        RecordingStatus::Writing(first.as_path().into())
    );
    show(&mut trainer, 110);
    trainer.obey(rate(0.07));
    trainer.run_epochs(30).unwrap();
    let hash = trainer.gan().state_hash();
    show(&mut trainer, 20);
    trainer.obey(Command::EndRecording);
    assert_eq!(
        trainer.state().recording,
        RecordingStatus::Written(second.as_path().into())
    );
    for (path, end, hash) in [(first, 600, states[600].0), (second, 140, hash)] {
        let (recording, _) = Recording::load(&path).unwrap();
        assert_eq!(recording.end(), end);
        let mut replay = Replay::<Reference>::new(recording).unwrap();
        replay.run_to(end).unwrap();
        assert!(replay.verified() > 0);
        // The first run's last change, at its end, is no epoch.
        assert_eq!(replay.trainer().gan().state_hash(), hash);
    }
}

#[test]
fn a_recording_that_cannot_begin_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut trainer = ring();
    trainer.obey(Command::Record(folder.path().to_owned()));
    let RecordingStatus::Failed(why) = trainer.state().recording else {
        panic!("a folder cannot be written to");
    };
    assert!(why.contains(&folder.path().display().to_string()), "{why}");
}

#[test]
fn a_full_log_shows_only_states_that_were_kept() {
    let mut trainer = ring();
    let actions = crate::recording::LOG_CAPACITY as u64;
    for index in 0..actions + 100 {
        trainer.obey(rate(0.01 + 1e-5 * index as f32));
        trainer.run_epochs(1).unwrap();
    }
    let end = trainer.gan().epoch();
    show(&mut trainer, actions + 70);
    let shown = trainer.gan().epoch();
    assert!(shown <= actions + 70 && shown >= actions, "{shown}");
    show(&mut trainer, end);
    assert_eq!(trainer.course(), Course::Present);
}

#[derive(Clone, Debug)]
enum Act {
    Run(u64),
    Phases(u64),
    Rate(f32),
    Generator,
    Discriminator,
    Seek(u64),
    Play,
    Retrace,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (1..60_u64).prop_map(Act::Run),
        1 => (1..30_u64).prop_map(Act::Phases),
        2 => (0.001..0.1_f32).prop_map(Act::Rate),
        2 => Just(Act::Generator),
        1 => Just(Act::Discriminator),
        4 => (0..400_u64).prop_map(Act::Seek),
        1 => Just(Act::Play),
        1 => Just(Act::Retrace),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever was done, the log tells the run: trained anew along it, the same state comes out.
    #[test]
    fn the_log_is_the_run(acts in proptest::collection::vec(act(), 1..25)) {
        let mut trainer = ring();
        for act in acts {
            match act {
                Act::Run(count) => trainer.run_epochs(count).unwrap(),
                Act::Phases(count) => (0..count).for_each(|_| trainer.run_phase().unwrap()),
                Act::Rate(value) => trainer.obey(rate(value)),
                Act::Generator => trainer.obey(Command::Step(Step::Generator)),
                Act::Discriminator => trainer.obey(Command::Step(Step::Discriminator)),
                Act::Seek(epoch) => show(&mut trainer, epoch),
                Act::Play => trainer.obey(Command::Play),
                Act::Retrace => trainer.obey(Command::Retrace),
            }
            trainer.finish_epoch();
            prop_assert!(trainer.end() >= trainer.gan().epoch());
            prop_assert_eq!(
                trainer.course() == Course::Present,
                trainer.end() == trainer.gan().epoch() && trainer.done == trainer.log.actions().len()
            );
            let mut recording = Recording::of(&trainer.experiment, Reference::NAME);
            recording.log = (*trainer.log).clone();
            let mut again = Trainer::<Reference>::opened(recording.into()).unwrap();
            again.run_epochs(trainer.gan().epoch()).unwrap();
            let left = trainer.gan().epoch() - again.gan().epoch();
            again.run_epochs(left).unwrap();
            prop_assert_eq!(again.gan().state_hash(), trainer.gan().state_hash());
        }
    }
}
