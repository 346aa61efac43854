use super::*;
use crate::{Course, HeatmapSide, Inline, Pace, PhaseReport, Recording, Replay, Setting, Step};
use gan_core::configuration::{HiddenLayers, LearningRate, Neurons};
use gan_core::{Change, Network, Preset, Stage};

/// Waits until a snapshot satisfies `seen`; a run that never does fails the test.
fn wait(run: &Threaded, seen: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
    let begun = Instant::now();
    loop {
        let snapshot = run.latest();
        if seen(&snapshot) {
            return snapshot;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "never seen; at {}",
            snapshot.epoch
        );
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_threaded_run_is_the_inline_run() {
    let mut run = Threaded::new(Experiment::preset(Preset::Line, 5), || {});
    run.send(Command::Play);
    wait(&run, |snapshot| {
        snapshot.epoch > 50 && snapshot.status == Status::Playing
    });
    run.send(Command::Pause);
    let paused = wait(&run, |snapshot| snapshot.status == Status::Paused);
    let mut inline = Inline::new(Experiment::preset(Preset::Line, 5));
    inline.run_epochs(paused.epoch).unwrap();
    assert_eq!(paused.fake, inline.latest().fake);
    assert_eq!(paused.divergence, inline.latest().divergence);
}

#[test]
fn a_closed_run_is_recorded_to_its_last_epoch() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["r.toml", "r-2.toml"].map(|name| folder.path().join(name));
    let trainer = Trainer::recorded(Experiment::preset(Preset::Line, 5), &first).unwrap();
    let mut run = Threaded::of(trainer, || {});
    run.send(Command::Play);
    wait(&run, |snapshot| snapshot.epoch > 50);
    run.send(Command::Restart(Experiment::preset(Preset::Ring, 6)));
    wait(&run, |snapshot| {
        snapshot.experiment.seed() == 6 && snapshot.epoch > 50
    });
    run.send(Command::Step(Step::Generator));
    let paused = wait(&run, |snapshot| snapshot.status == Status::Paused);
    run.close().unwrap();
    for (path, end) in [(first, None), (second, Some(paused.epoch))] {
        let (recording, _) = Recording::load(&path).unwrap();
        assert!(recording.end() > 50 && end.is_none_or(|end| end == recording.end()));
        let end = recording.end();
        Replay::<gan_core::Reference>::new(recording)
            .unwrap()
            .run_to(end)
            .unwrap();
    }
}

#[test]
fn a_pace_is_kept() {
    let mut run = Threaded::new(Experiment::preset(Preset::Line, 5), || {});
    run.send(Command::SetPace(Pace::BRISK));
    run.send(Command::Play);
    let begun = Instant::now();
    let snapshot = wait(&run, |snapshot| snapshot.epoch >= 300);
    // At most its pace; how much slower is the machine's affair.
    let most = 600.0 * begun.elapsed().as_secs_f64() + 2.0;
    assert!(
        snapshot.epoch as f64 <= most,
        "{} epochs of at most {most}",
        snapshot.epoch
    );
}

fn largest() -> Experiment {
    let mut configuration = Preset::Ring.configuration();
    for network in [Network::Generator, Network::Discriminator] {
        let network = configuration.network_mut(network);
        network.hidden_layers = HiddenLayers::MOST;
        network.neurons = Neurons::MOST;
        network.learning_rate = LearningRate::new(0.001).unwrap();
    }
    Experiment::new(configuration, 1, crate::Drawing::default()).unwrap()
}

#[test]
fn a_finer_heatmap_arrives_and_a_run_that_rests_gets_all_that_was_asked() {
    let mut run = Threaded::new(largest(), || {});
    let asked = HeatmapSide::nearest(120);
    run.send(Command::SetHeatmap(asked));
    let snapshot = wait(&run, |snapshot| snapshot.heatmap.side() == asked);
    let mut inline = Inline::new(largest());
    inline.send(Command::SetHeatmap(asked));
    assert_eq!(snapshot.heatmap, inline.latest().heatmap);
    assert_eq!((snapshot.heatmap_asked, snapshot.log.actions().len()), (asked, 0));
    run.send(Command::SetHeatmap(HeatmapSide::AS_IN_GAN_LAB));
    wait(&run, |snapshot| {
        snapshot.heatmap.side() == HeatmapSide::AS_IN_GAN_LAB
    });
}

#[test]
fn slow_motion_shows_phase_after_phase_and_a_faster_pace_completes_the_epoch() {
    let mut run = Threaded::new(Experiment::preset(Preset::Line, 5), || {});
    run.send(Command::SetPace(Pace::PhasesPerSecond(
        Rate::per_second(20.0).unwrap(),
    )));
    run.send(Command::Play);
    for stage in Stage::ALL {
        let at = |report: &Arc<PhaseReport>| report.phase.stage == stage;
        wait(&run, |snapshot| snapshot.phase.as_ref().is_some_and(at));
    }
    run.send(Command::Pause);
    let paused = wait(&run, |snapshot| snapshot.status == Status::Paused);
    run.send(Command::SetPace(Pace::Full));
    let whole = wait(&run, |snapshot| snapshot.pace == Pace::Full);
    let ended = paused.epoch + u64::from(paused.upcoming.is_some());
    assert_eq!((whole.epoch, whole.upcoming), (ended, None));
    let mut inline = Inline::new(Experiment::preset(Preset::Line, 5));
    inline.run_epochs(ended).unwrap();
    assert_eq!(whole.fake, inline.latest().fake);
}

#[test]
fn steps_and_restarts_arrive_in_order() {
    let mut run = Threaded::new(Experiment::preset(Preset::Ring, 5), || {});
    for _ in 0..3 {
        run.send(Command::Step(Step::Discriminator));
    }
    let snapshot = wait(&run, |snapshot| snapshot.epoch == 3);
    let stamps: Vec<_> = snapshot
        .log
        .actions()
        .iter()
        .map(|stamped| (stamped.epoch, stamped.times))
        .collect();
    assert_eq!(stamps, [(0, 3)], "one after the other");
    assert!(snapshot.generator_loss.is_none() && snapshot.discriminator_loss.is_some());
    run.send(Command::Restart(Experiment::preset(Preset::Line, 6)));
    let snapshot = wait(&run, |snapshot| snapshot.epoch == 0);
    assert_eq!(*snapshot.experiment, Experiment::preset(Preset::Line, 6));
    assert_eq!(snapshot.configuration.shape(Network::Generator).parameters(), 57);
}

#[test]
fn any_epoch_is_shown_again_and_the_last_that_was_asked_for_counts() {
    let mut run = Threaded::new(Experiment::preset(Preset::Line, 5), || {});
    run.send(Command::Play);
    wait(&run, |snapshot| snapshot.epoch > 2000);
    run.send(Command::Pause);
    let end = wait(&run, |snapshot| snapshot.status == Status::Paused).epoch;
    for epoch in (0..200).map(|index| index * 769 % end).chain([777]) {
        run.send(Command::Seek(epoch));
    }
    let past = wait(&run, |snapshot| snapshot.epoch == 777);
    assert_eq!((past.course, past.end), (Course::Past, end));
    let mut inline = Inline::new(Experiment::preset(Preset::Line, 5));
    inline.run_epochs(777).unwrap();
    assert_eq!(past.fake, inline.latest().fake);
    assert!(
        past.history.measured().last().unwrap().epoch > 777,
        "its later course is known"
    );
    // Another way from there; how it had gone on stays.
    let rate = LearningRate::new(0.01).unwrap();
    run.send(Command::Change(Change::learning_rate(Network::Generator, rate)));
    run.send(Command::Play);
    let branch = wait(&run, |snapshot| snapshot.epoch > 900);
    let ghost = branch.ghost.as_ref().unwrap();
    assert_eq!((ghost.fork, branch.course), (777, Course::Present));
    assert_eq!(ghost.history.measured().last().unwrap().epoch, end);
    run.send(Command::Restart(Experiment::preset(Preset::Line, 6)));
    wait(&run, |snapshot| {
        snapshot.experiment.seed() == 6 && snapshot.ghost.is_none()
    });
}

#[test]
fn a_recording_s_end_is_reached_in_one_go_and_the_way_there_is_shown() {
    let mut recording = Recording::of(&Experiment::preset(Preset::Line, 5), "reference");
    let loss = Change::loss(gan_core::configuration::Loss::LeastSquares);
    recording
        .log
        .push(100_000, gan_core::log::Action::Change(loss))
        .unwrap();
    let mut run = Threaded::new(Experiment::preset(Preset::Ring, 1), || {});
    run.send(Command::Open(Arc::new(recording)));
    let opened = wait(&run, |snapshot| snapshot.end == 100_000);
    assert_eq!((opened.epoch, opened.course), (0, Course::Retracing));
    run.send(Command::Seek(u64::MAX));
    wait(&run, |snapshot| (1..100_000).contains(&snapshot.epoch));
    let end = wait(&run, |snapshot| snapshot.course == Course::Present);
    assert_eq!(
        (end.epoch, end.configuration.loss),
        (100_000, gan_core::configuration::Loss::LeastSquares)
    );
    assert!(end.history.measured().len() > 2);
}

#[test]
fn two_runs_are_in_step_whenever_they_are_seen_and_each_is_the_run_alone() {
    let experiment = Experiment::preset(Preset::Line, 5);
    let layers = "discriminator.hidden_layers=3";
    let contrast = Setting::written(layers, experiment.configuration()).unwrap();
    let mut runs = Threaded::new(experiment.clone(), || {});
    runs.send(Command::Compare(Some(contrast)));
    runs.send(Command::SetHeatmap(HeatmapSide::nearest(90)));
    runs.send(Command::Play);
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(300) {
        let snapshot = runs.latest();
        if let Some(beside) = &snapshot.beside {
            assert_eq!(beside.run.epoch, snapshot.epoch);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    runs.send(Command::Pause);
    let fine = |snapshot: &Snapshot| snapshot.heatmap.side().get() == 90;
    let paused = wait(&runs, |snapshot| {
        let beside = snapshot.beside.as_ref().map(|beside| &beside.run);
        snapshot.status == Status::Paused && fine(snapshot) && beside.is_some_and(|run| fine(run))
    });
    assert!(paused.epoch > 0);
    runs.send(Command::Seek(paused.epoch / 2));
    let sought = wait(&runs, |snapshot| snapshot.epoch == paused.epoch / 2);
    for seen in [paused, sought] {
        let beside = seen.beside.as_ref().map(|beside| &beside.run).unwrap();
        assert_eq!((beside.epoch, beside.status), (seen.epoch, Status::Paused));
        let other = experiment.with_configuration(contrast.applied_to(*experiment.configuration()));
        for (run, experiment) in [(&seen, experiment.clone()), (beside, other.unwrap())] {
            let mut apart = Inline::new(experiment);
            apart.run_epochs(seen.epoch).unwrap();
            assert_eq!(run.fake, apart.latest().fake);
            assert_eq!(run.divergence, apart.latest().divergence);
        }
    }
    runs.send(Command::Compare(None));
    wait(&runs, |snapshot| snapshot.beside.is_none());
}
