use std::sync::Arc;

use gan_core::Change;
use gan_core::configuration::{LearningRate, Loss, UpdatesPerEpoch};
use gan_core::{Network, Preset};
use proptest::prelude::*;

use crate::{Command, Course, Experiment, Inline, Pace, Recording, Session, Setting, Status, Step, Trainer};

fn updates(count: u32) -> Change {
    Change::updates_per_epoch(Network::Discriminator, UpdatesPerEpoch::new(count).unwrap())
}

fn rate(network: Network, rate: f32) -> Change {
    Change::learning_rate(network, LearningRate::new(rate).unwrap())
}

fn line() -> Experiment {
    let line = Experiment::preset(Preset::Line, 7);
    with(&line, Setting::from(updates(1)))
}

fn with(experiment: &Experiment, setting: Setting) -> Experiment {
    let configuration = setting.applied_to(*experiment.configuration());
    experiment.with_configuration(configuration).unwrap()
}

fn set(text: &str) -> Setting {
    Setting::written(text, &Preset::Line.configuration()).unwrap()
}

fn compared(experiment: Experiment, contrast: Setting) -> Inline {
    let mut runs = Inline::new(experiment);
    runs.send(Command::Compare(Some(contrast)));
    runs
}

fn alone(experiment: &Experiment, setting: Setting) -> Inline {
    Inline::new(with(experiment, setting))
}

fn second(runs: &Inline) -> &Trainer {
    runs.second().unwrap()
}

fn assert_same(run: &Trainer, alone: &Trainer, when: &str) {
    assert_eq!(run.gan().epoch(), alone.gan().epoch(), "{when}");
    assert_eq!(run.gan().state_hash(), alone.gan().state_hash(), "{when}");
    assert_eq!((run.course(), run.end()), (alone.course(), alone.end()), "{when}");
}

#[test]
fn both_begin_anew_with_one_difference() {
    let mut runs = Inline::new(line());
    runs.send(Command::Change(Change::loss(Loss::LeastSquares)));
    runs.run_epochs(5).unwrap();
    for contrast in [Setting::from(updates(3)), set("generator.hidden_layers=5")] {
        runs.send(Command::Compare(Some(contrast)));
        let first = runs.latest();
        let beside = first.beside.as_ref().unwrap();
        assert_eq!((first.epoch, beside.run.epoch), (0, 0));
        assert_eq!(first.configuration.loss, Loss::LeastSquares);
        assert_eq!(beside.run.configuration, contrast.applied_to(first.configuration));
        assert_eq!(beside.run.experiment.seed(), first.experiment.seed());
        assert_eq!(beside.contrast, contrast);
        assert!(beside.run.beside.is_none());
        assert!(Arc::ptr_eq(&beside.run.kernel_density, &first.kernel_density));
    }
    runs.run_epochs(3).unwrap();
    runs.send(Command::Compare(None));
    let snapshot = runs.latest();
    assert_eq!((snapshot.epoch, snapshot.beside.is_none()), (3, true));
}

#[test]
fn what_is_asked_for_afterwards_is_asked_of_both() {
    let contrast = Setting::from(updates(3));
    let mut runs = compared(line(), contrast);
    runs.send(Command::SetPace(Pace::BRISK));
    runs.send(Command::Play);
    runs.tick(20);
    let snapshot = runs.latest();
    let beside = &snapshot.beside.as_ref().unwrap().run;
    assert_eq!(
        (beside.epoch, beside.status, beside.pace),
        (20, Status::Playing, Pace::BRISK)
    );
    assert_eq!(
        beside.history.measured().len(),
        snapshot.history.measured().len(),
        "measured at the same epochs"
    );
    runs.send(Command::Change(rate(Network::Generator, 0.01)));
    runs.send(Command::Restart(line().with_seed(8)));
    let snapshot = runs.latest();
    let beside = &snapshot.beside.as_ref().unwrap().run;
    assert_eq!((beside.epoch, beside.experiment.seed()), (0, 8));
    assert_eq!(contrast.of(&beside.configuration), contrast);
    runs.send(Command::Restart(Experiment::preset(Preset::Ring, 8)));
    let ring = contrast.applied_to(Preset::Ring.configuration());
    assert_eq!(runs.latest().beside.as_ref().unwrap().run.configuration, ring);
}

#[test]
fn the_difference_itself_is_changed_in_the_first_run_alone() {
    let mut runs = compared(line(), Setting::from(updates(3)));
    runs.run_epochs(10).unwrap();
    runs.send(Command::Seek(4));
    runs.send(Command::Change(updates(5)));
    assert_eq!(
        runs.trainer()
            .gan()
            .configuration()
            .discriminator
            .updates_per_epoch
            .get(),
        5
    );
    assert_eq!(
        second(&runs)
            .gan()
            .configuration()
            .discriminator
            .updates_per_epoch
            .get(),
        3
    );
    for run in [runs.trainer(), second(&runs)] {
        assert_eq!(
            (run.course(), run.end()),
            (Course::Present, 4),
            "both go another way"
        );
    }
    // No difference is a difference that can come back.
    runs.send(Command::Change(updates(3)));
    assert!(
        runs.latest()
            .beside
            .as_ref()
            .unwrap()
            .is_no_difference_from(&runs.latest().configuration)
    );
}

#[test]
fn phase_by_phase_the_run_with_fewer_waits_for_the_other() {
    // 10 phases an epoch, and 20.
    let mut runs = compared(line(), Setting::from(updates(3)));
    assert_eq!(
        runs.latest().configuration.discriminator.updates_per_epoch.get(),
        1
    );
    runs.send(Command::SetPace(Pace::SLOW_MOTION));
    let epochs = |runs: &Inline| [runs.trainer(), second(runs)].map(|run| run.gan().epoch());
    for epoch in 0..3 {
        for (phases, expected) in [(9, [0, 0]), (1, [1, 0]), (9, [1, 0]), (1, [1, 1])] {
            for _ in 0..phases {
                runs.send(Command::Step(Step::Phase));
            }
            assert_eq!(epochs(&runs), expected.map(|completed| completed + epoch));
        }
    }
    // Whatever else is asked for in between, both are asked at the same epoch.
    for command in [
        Command::Step(Step::Both),
        Command::SetPace(Pace::BRISK),
        Command::Change(rate(Network::Generator, 0.01)),
        Command::Change(updates(2)),
    ] {
        let before = epochs(&runs)[0];
        runs.send(Command::SetPace(Pace::SLOW_MOTION));
        runs.run_phases(11).unwrap();
        assert_eq!(epochs(&runs), [before + 1, before], "{command:?}");
        runs.send(command.clone());
        assert_eq!(epochs(&runs), [before + 1; 2], "{command:?}");
        runs.send(Command::Change(updates(1)));
    }
    // In the midst of an epoch of both.
    runs.send(Command::SetPace(Pace::SLOW_MOTION));
    let before = epochs(&runs)[0];
    runs.run_phases(3).unwrap();
    runs.send(Command::Change(updates(2)));
    assert_eq!(epochs(&runs), [before + 1; 2]);
    runs.send(Command::Step(Step::Discriminator));
    assert_eq!(epochs(&runs), [before + 2; 2]);
}

/// Either of them: the other goes on, can be paused, and is the run alone.
#[test]
fn one_that_diverged_rests_and_the_other_goes_on() {
    let mut experiment = Experiment::preset(Preset::Line, 4);
    for network in [Network::Generator, Network::Discriminator] {
        let settings = [
            set(&format!("{network}.hidden_layers=5")),
            set(&format!("{network}.neurons=12")),
            set("batch=4"),
            Setting::from(Change::updates_per_epoch(
                network,
                UpdatesPerEpoch::new(1).unwrap(),
            )),
            Setting::from(rate(network, 10.0)),
        ];
        experiment = settings
            .iter()
            .fold(experiment, |so_far, setting| with(&so_far, *setting));
    }
    let [wild, tame] = [10.0, 1e-6].map(|value| Setting::from(rate(Network::Discriminator, value)));
    for (own, other, diverged) in [(tame, wild, [false, true]), (wild, tame, [true, false])] {
        let own = with(&experiment, own);
        let mut runs = compared(own.clone(), other);
        runs.send(Command::Play);
        runs.tick(300);
        let stopped = [runs.trainer(), second(&runs)].map(|run| run.gan().diverged().is_some());
        assert_eq!(stopped, diverged);
        assert_eq!(runs.latest().status_of_both(), Status::Playing);
        runs.send(Command::Pause);
        assert_eq!(runs.latest().status_of_both(), Status::Paused);
        let mut apart = [Inline::new(own.clone()), alone(&own, other)];
        for (run, apart) in [runs.trainer(), second(&runs)].into_iter().zip(&mut apart) {
            let _ = apart.run_epochs(300);
            assert_same(run, apart.trainer(), "after a divergence");
        }
        runs.send(Command::Seek(1));
        for run in [runs.trainer(), second(&runs)] {
            assert_eq!((run.gan().epoch(), run.gan().diverged()), (1, None));
        }
        runs.send(Command::Retrace);
        while runs.latest().status_of_both() == Status::Playing {
            runs.tick(1);
        }
        for (run, apart) in [runs.trainer(), second(&runs)].into_iter().zip(&apart) {
            assert_same(run, apart.trainer(), "retraced");
        }
    }
}

#[test]
fn a_recording_is_retraced_by_both_but_for_the_difference() {
    let mut played = Inline::new(line());
    let mut recording = Recording::of(&line(), "reference");
    let actions = [updates(2), rate(Network::Generator, 0.02), updates(1)];
    for change in actions {
        played.run_epochs(10).unwrap();
        played.send(Command::Change(change));
    }
    played.send(Command::Step(Step::Generator));
    played.run_epochs(5).unwrap();
    recording.log = (*played.latest().log).clone();
    recording
        .checkpoints
        .push(gan_core::Checkpoint {
            epoch: played.trainer().gan().epoch(),
            hash: played.trainer().gan().state_hash(),
        })
        .unwrap();

    let recording = Arc::new(recording);
    let contrast = Setting::from(updates(4));
    let mut apart = alone(&line(), contrast);
    apart.run_epochs(20).unwrap();
    apart.send(Command::Change(actions[1]));
    apart.run_epochs(10).unwrap();
    apart.send(Command::Step(Step::Generator));
    apart.run_epochs(5).unwrap();

    let mut runs = compared(line(), contrast);
    runs.send(Command::Open(Arc::clone(&recording)));
    assert!(runs.second().is_none(), "a recording is opened alone");
    // Asked for at any time, it begins at the beginning.
    runs.send(Command::Seek(12));
    runs.send(Command::Compare(Some(contrast)));
    assert_eq!(
        (runs.latest().epoch, runs.latest().course),
        (0, Course::Retracing)
    );
    runs.send(Command::Seek(15));
    assert_eq!(second(&runs).gan().epoch(), 15);
    runs.send(Command::Seek(3));
    runs.send(Command::Retrace);
    while runs.latest().status_of_both() == Status::Playing {
        runs.tick(1);
    }
    assert_eq!(runs.latest().epoch, recording.end());
    assert!(runs.latest().verification.as_ref().is_some());
    assert_same(runs.trainer(), played.trainer(), "the first");
    assert_same(second(&runs), apart.trainer(), "the second");
    assert_eq!(runs.latest().status_of_both(), Status::Paused);
}

#[test]
fn both_give_the_same_snapshots_however_they_are_cut() {
    let contrast = Setting::from(updates(3));
    let [mut whole, mut parts] = [line(), line()].map(|experiment| compared(experiment, contrast));
    whole.run_epochs(1060).unwrap();
    for count in [1000, 25, 10, 1, 1, 3, 20] {
        parts.run_epochs(count).unwrap();
    }
    let [a, b] = [&whole, &parts].map(|runs| runs.latest().beside.clone().unwrap().run);
    assert_eq!(
        (&a.fake, &a.heatmap, a.divergence),
        (&b.fake, &b.heatmap, b.divergence)
    );
    assert_eq!(a.history, b.history);
    let mut apart = alone(&line(), contrast);
    apart.run_epochs(1060).unwrap();
    assert_eq!(apart.latest().history, a.history);
}

#[expect(clippy::large_enum_variant, reason = "a test keeps a few")]
#[derive(Clone, Debug)]
enum Asked {
    Train(u64),
    Command(Command),
}

fn asked() -> impl Strategy<Value = Asked> {
    let rates = prop_oneof![Just(0.001_f32), Just(0.05), Just(0.3)];
    let network = || prop_oneof![Just(Network::Generator), Just(Network::Discriminator)];
    prop_oneof![
        4 => (1_u64..60).prop_map(Asked::Train),
        1 => (network(), rates).prop_map(|(network, value)| Asked::Command(Command::Change(rate(network, value)))),
        2 => (0_u64..200).prop_map(|epoch| Asked::Command(Command::Seek(epoch))),
        2 => prop_oneof![Just(Step::Discriminator), Just(Step::Generator), Just(Step::Both)]
            .prop_map(|step| Asked::Command(Command::Step(step))),
        1 => Just(Asked::Command(Command::Play)),
        1 => Just(Asked::Command(Command::Retrace)),
        1 => Just(Asked::Command(Command::Pause)),
        1 => (1_u64..4).prop_map(|seed| Asked::Command(Command::Restart(line().with_seed(seed)))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn each_is_the_run_alone(asked in prop::collection::vec(asked(), 1..12), wide in any::<bool>()) {
        let contrast = if wide {
            set("discriminator.hidden_layers=3")
        } else {
            Setting::from(updates(3))
        };
        let mut runs = compared(line(), contrast);
        let mut apart = [Inline::new(line()), alone(&line(), contrast)];
        for (place, asked) in asked.iter().enumerate() {
            match asked {
                Asked::Train(count) => {
                    let _ = runs.run_epochs(*count);
                    for apart in &mut apart {
                        let _ = apart.run_epochs(*count);
                    }
                }
                Asked::Command(Command::Restart(experiment)) => {
                    runs.send(Command::Restart(experiment.clone()));
                    let contrasted = contrast.applied_to(*experiment.configuration());
                    let contrasted = experiment.with_configuration(contrasted).unwrap();
                    apart[0].send(Command::Restart(experiment.clone()));
                    apart[1].send(Command::Restart(contrasted));
                }
                Asked::Command(command) => {
                    runs.send(command.clone());
                    apart.iter_mut().for_each(|apart| apart.send(command.clone()));
                }
            }
            let when = format!("after {place}");
            assert_same(runs.trainer(), apart[0].trainer(), &when);
            assert_same(second(&runs), apart[1].trainer(), &when);
            let snapshot = runs.latest();
            let beside = &snapshot.beside.as_ref().unwrap().run;
            for (one, apart) in [&snapshot, beside].into_iter().zip(&apart) {
                let apart = apart.latest();
                prop_assert_eq!(&one.history, &apart.history);
                prop_assert_eq!(one.ghost.is_some(), apart.ghost.is_some());
            }
        }
    }
}

#[test]
fn what_has_not_begun_yet_is_written_down_in_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let mut runs = Inline::of(Trainer::recorded(line(), &path).unwrap());
    runs.send(Command::Compare(Some(Setting::from(updates(3)))));
    runs.run_epochs(30).unwrap();
    runs.send(Command::EndRecording);
    let (recording, _) = Recording::load(&path).unwrap();
    assert_eq!(
        (recording.end(), &recording.experiment),
        (30, &line()),
        "the first run's"
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_branch_begins_as_the_first_run_s_copy_and_changes_nothing_of_it() {
    let change = rate(Network::Generator, 0.3);
    let [mut runs, mut first, mut changed] = [line(), line(), line()].map(Inline::new);
    for run in [&mut runs, &mut first, &mut changed] {
        run.send(Command::Change(Change::loss(Loss::LeastSquares)));
        run.run_epochs(100).unwrap();
    }
    runs.send(Command::Branch(Setting::from(change)));
    let beside = runs.latest().beside.clone().unwrap();
    assert_eq!((beside.run.epoch, beside.contrast), (100, Setting::from(change)));
    let before = runs.latest();
    assert_eq!(beside.run.generator, before.generator);
    assert_eq!(before.history.measured(), beside.run.history.measured());
    changed.send(Command::Change(change));
    for count in [1, 60, 339] {
        for run in [&mut runs, &mut first, &mut changed] {
            run.run_epochs(count).unwrap();
        }
        assert_eq!(
            runs.trainer().gan().state_hash(),
            first.trainer().gan().state_hash()
        );
        assert_eq!(
            second(&runs).gan().state_hash(),
            changed.trainer().gan().state_hash()
        );
        assert_eq!(second(&runs).gan().epoch(), runs.trainer().gan().epoch());
    }
    // The second run's gauge went on from the first run's figures.
    assert_eq!(second(&runs).state().gauged, changed.trainer().state().gauged);
    // Both can be shown as they were, before the branch and after.
    for epoch in [40, 250] {
        for run in [&mut runs, &mut first, &mut changed] {
            run.send(Command::Seek(epoch));
        }
        assert_eq!(
            runs.trainer().gan().state_hash(),
            first.trainer().gan().state_hash()
        );
        assert_eq!(
            second(&runs).gan().state_hash(),
            changed.trainer().gan().state_hash()
        );
    }
}

#[test]
fn a_branch_that_no_run_can_go_on_with_begins_both_anew() {
    let contrast = set("batch=20");
    let [mut runs, mut compared] = [line(), line()].map(Inline::new);
    runs.run_epochs(30).unwrap();
    runs.send(Command::Branch(contrast));
    compared.send(Command::Compare(Some(contrast)));
    for run in [&mut runs, &mut compared] {
        run.run_epochs(20).unwrap();
    }
    assert_same(runs.trainer(), compared.trainer(), "first");
    assert_same(second(&runs), second(&compared), "second");
}

#[test]
fn in_the_middle_of_an_epoch_a_branch_completes_it() {
    let change = Change::loss(Loss::LeastSquares);
    let [mut runs, mut alone] = [line(), line()].map(Inline::new);
    runs.run_epochs(10).unwrap();
    runs.run_phases(2).unwrap();
    runs.send(Command::Branch(Setting::from(change)));
    alone.run_epochs(11).unwrap();
    assert_same(runs.trainer(), alone.trainer(), "first");
    alone.send(Command::Change(change));
    runs.run_epochs(9).unwrap();
    alone.run_epochs(9).unwrap();
    assert_same(second(&runs), alone.trainer(), "second");
}

#[test]
fn a_run_pauses_when_it_is_to_stop_at_the_same_epoch_however_it_is_driven() {
    for (stop, at) in [
        ("epoch 333", 333),
        ("js below 1 for 3 checks", 750),
        ("diagnosis too_early", 250),
    ] {
        for stride in [7, 100, 5_000] {
            let mut run = Inline::new(line());
            run.send(Command::StopWhen(Some(stop.parse().unwrap())));
            run.send(Command::Play);
            let mut ticks = 0;
            while run.latest().status == Status::Playing && ticks < 1_000 {
                run.tick(stride);
                ticks += 1;
            }
            let snapshot = run.latest();
            let state = snapshot.stop.as_ref().unwrap();
            assert_eq!((snapshot.epoch, state.reached), (at, Some(at)), "{stop}");
            assert_eq!(state.stop.to_string(), stop);
            // Once: played on, it goes on, with the same bits.
            run.send(Command::Play);
            run.tick(50);
            let mut other = Inline::new(line());
            other.run_epochs(at + 50).unwrap();
            assert_same(run.trainer(), other.trainer(), stop);
        }
    }
    let mut run = Inline::new(line());
    run.send(Command::StopWhen(Some("epoch 5".parse().unwrap())));
    run.send(Command::StopWhen(None));
    run.run_epochs(10).unwrap();
    assert_eq!((run.latest().epoch, run.latest().stop.clone()), (10, None));
}
