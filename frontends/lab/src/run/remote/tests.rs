//! Both sides joined by hand, with a clock that goes only when it is read.

use std::cell::Cell;
use std::sync::Arc;

use gan_core::configuration::{LearningRate, Loss, Neurons};
use gan_core::{Change, Network, Preset, Stage};

use super::*;
use crate::files::configuration::changes;
use crate::{
    Command, Course, Experiment, HeatmapSide, Inline, Pace, Rate, Recording, RecordingStatus, Session as _,
    Setting, Slice, Snapshot, Status, Step,
};

thread_local! {
    static NOW: Cell<Duration> = const { Cell::new(Duration::from_secs(3)) };
    static TICK: Cell<Duration> = const { Cell::new(Duration::from_millis(1)) };
}

/// Each look at it takes a tick: one of a millisecond makes every stint an epoch, a shorter one lets stints grow.
fn clock() -> Duration {
    pass(TICK.get());
    NOW.get()
}

fn pass(time: Duration) {
    NOW.set(NOW.get() + time);
}

/// A page and its worker.
struct Pair {
    page: Remote,
    worker: Worker,
    /// Lengths of the messages that the worker sent.
    sent: Vec<usize>,
}

impl Pair {
    fn new(experiment: Experiment) -> Self {
        Self {
            page: Remote::new(experiment, clock),
            worker: Worker::new(clock),
            sent: Vec::new(),
        }
    }

    /// A turn of the worker, with what the page tells it.
    fn turn(&mut self) -> Turn {
        for message in self.page.take_messages() {
            self.worker.receive(&message).unwrap();
        }
        let turn = self.worker.turn();
        for message in self.worker.take_messages() {
            self.sent.push(message.len());
            self.page.receive(&message).unwrap();
        }
        turn
    }

    /// A turn after somebody has looked.
    fn frame(&mut self) -> Turn {
        let _ = self.page.latest();
        self.turn()
    }

    /// Frame after frame until something is seen.
    fn until(&mut self, seen: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
        for _ in 0..100_000 {
            let snapshot = self.page.latest();
            if seen(&snapshot) {
                return snapshot;
            }
            if let Turn::After(time) = self.turn() {
                pass(time);
            }
        }
        panic!("never seen; at {}", self.page.latest().epoch);
    }

    /// Until both rest.
    fn rest(&mut self) -> Arc<Snapshot> {
        for _ in 0..100_000 {
            let sent = self.sent.len();
            match self.frame() {
                Turn::Resting if self.sent.len() == sent && self.page.turn() == Turn::Resting => {
                    return self.page.latest();
                }
                Turn::After(time) => pass(time),
                Turn::Resting | Turn::Again => {}
            }
        }
        panic!("it never rests; at {}", self.page.latest().epoch);
    }

    /// Completed epochs, and the name of the run's state between two of them.
    fn state(&self) -> (u64, gan_core::StateHash) {
        self.worker.state_hash().unwrap()
    }
}

/// All that a picture is made of, but for what depends on when somebody looked: speed and history.
fn assert_same(one: &Snapshot, other: &Snapshot) {
    assert_eq!(one.experiment, other.experiment);
    assert_eq!(one.configuration, other.configuration);
    assert_eq!(
        (one.epoch, one.status, one.pace, one.upcoming),
        (other.epoch, other.status, other.pace, other.upcoming)
    );
    assert_eq!(one.phase, other.phase);
    assert_eq!(
        (&one.noise, &one.real, &one.fake),
        (&other.noise, &other.real, &other.fake)
    );
    assert_eq!(one.average, other.average);
    assert_eq!(
        (&one.real_scores, &one.fake_scores),
        (&other.real_scores, &other.fake_scores)
    );
    assert_eq!(one.gradients, other.gradients);
    assert!(one.heatmap == other.heatmap && one.heatmap_asked == other.heatmap_asked);
    assert!(one.manifold == other.manifold && one.slice == other.slice);
    assert!(one.density == other.density);
    assert_eq!(
        (&one.generator, &one.discriminator),
        (&other.generator, &other.discriminator)
    );
    assert_eq!(one.inference, other.inference);
    assert_eq!(
        (
            one.discriminator_loss,
            one.generator_loss,
            one.divergence,
            one.floor
        ),
        (
            other.discriminator_loss,
            other.generator_loss,
            other.divergence,
            other.floor
        )
    );
    assert_eq!(
        (&one.log, one.end, one.course),
        (&other.log, other.end, other.course)
    );
    assert_eq!(
        (&one.opened, one.verification),
        (&other.opened, other.verification)
    );
    assert_eq!(
        (&one.whereabouts, &one.recording),
        (&other.whereabouts, &other.recording)
    );
    let fork = |snapshot: &Snapshot| snapshot.ghost.as_ref().map(|ghost| ghost.fork);
    assert_eq!(fork(one), fork(other));
    assert_eq!(one.beside.is_some(), other.beside.is_some());
    if let (Some(one), Some(other)) = (&one.beside, &other.beside) {
        assert_eq!(one.contrast, other.contrast);
        assert_same(&one.run, &other.run);
    }
}

fn rate(network: Network, rate: f32) -> Command {
    Command::Change(Change::learning_rate(network, LearningRate::new(rate).unwrap()))
}

fn with(keys: &[(&str, &str)]) -> Experiment {
    let configuration = changes(keys.iter().copied(), &Preset::Ring.configuration()).unwrap();
    Experiment::new(configuration, 3, crate::Drawing::default()).unwrap()
}

/// Batch normalisation, an average, noise of four dimensions, and more.
fn technical() -> Experiment {
    with(&[
        ("noise.dimensions", "4"),
        ("generator.normalization", "batch"),
        ("generator.average", "0.9"),
        ("discriminator.activation", "leaky-relu"),
        ("instance_noise.deviation", "0.1"),
        ("generator.optimizer", "adam"),
    ])
}

/// Forty epochs, a change, a step of one network, and hashes.
fn recorded() -> Arc<Recording> {
    let mut trainer = crate::Trainer::<gan_core::Reference>::new(Experiment::preset(Preset::Line, 8));
    let mut recording = Recording::of(trainer.experiment(), "reference");
    trainer.run_epochs(20).unwrap();
    trainer.obey(rate(Network::Generator, 0.01));
    trainer.obey(Command::Step(Step::Discriminator));
    trainer.run_epochs(19).unwrap();
    recording.log = (*trainer.state().log).clone();
    let (epoch, hash) = (40, trainer.gan().state_hash());
    recording
        .checkpoints
        .push(gan_core::Checkpoint { epoch, hash })
        .unwrap();
    Arc::new(recording)
}

/// Plays both for some frames of the pair's, and pauses.
fn play(pair: &mut Pair, inline: &mut Inline, command: &Command) {
    pair.page.send(command.clone());
    inline.send(command.clone());
    let begun = pair.page.latest();
    pair.until(|snapshot| (snapshot.epoch, snapshot.upcoming) != (begun.epoch, begun.upcoming));
    for _ in 0..20 {
        pair.frame();
    }
    pair.page.send(Command::Pause);
    let paused = pair.rest();
    for _ in 0..1_000_000 {
        let latest = inline.latest();
        if (latest.epoch, latest.upcoming) == (paused.epoch, paused.upcoming) {
            break;
        }
        match paused.phase {
            Some(_) => inline.tick(1),
            None => inline.tick(paused.epoch_of_both() - latest.epoch_of_both()),
        }
    }
    inline.send(Command::Pause);
}

#[test]
fn whatever_is_asked_for_a_remote_run_is_the_inline_run() {
    let mut pair = Pair::new(Experiment::preset(Preset::Line, 5));
    let mut inline = Inline::new(Experiment::preset(Preset::Line, 5));
    assert_same(&pair.page.latest(), &inline.latest());
    let line = Preset::Line.configuration();
    let layers = Setting::written("discriminator.hidden_layers=2", &line).unwrap();
    let twenty = Rate::per_second(20.0).unwrap();
    let script = [
        Command::Play,
        Command::Step(Step::Both),
        Command::Step(Step::Discriminator),
        Command::Step(Step::Discriminator),
        Command::Step(Step::Generator),
        rate(Network::Generator, 0.005),
        Command::Change(Change::loss(Loss::LeastSquares)),
        Command::SetHeatmap(HeatmapSide::nearest(77)),
        Command::Step(Step::Phase),
        Command::Step(Step::Phase),
        Command::Step(Step::Phase),
        Command::Step(Step::Phase),
        rate(Network::Discriminator, 0.02),
        Command::SetPace(Pace::PhasesPerSecond(twenty)),
        Command::Play,
        Command::SetPace(Pace::BRISK),
        Command::Play,
        Command::Seek(3),
        Command::Retrace,
        Command::Seek(7),
        Command::Seek(u64::MAX),
        Command::Seek(11),
        // Another way from there.
        Command::SetPace(Pace::Full),
        Command::Play,
        Command::Restart(technical()),
        Command::SetSlice(Slice::new(3, 1).unwrap()),
        Command::Play,
        Command::Step(Step::Phase),
        Command::Step(Step::Generator),
        Command::SetPace(Pace::Full),
        Command::Compare(Some(layers)),
        Command::Play,
        Command::Step(Step::Phase),
        Command::Step(Step::Both),
        Command::Seek(2),
        Command::Play,
        Command::Compare(None),
        Command::SetPace(Pace::Full),
        Command::Open(recorded()),
        Command::Step(Step::Both),
        Command::Seek(30),
        Command::Retrace,
        Command::Seek(25),
        rate(Network::Discriminator, 0.1),
        Command::Play,
        Command::EndRecording,
        Command::Restart(Experiment::preset(Preset::Gaussians, 2)),
        Command::Play,
    ];
    for command in script {
        match command {
            Command::Play => play(&mut pair, &mut inline, &command),
            Command::Retrace => {
                pair.page.send(command.clone());
                inline.send(command);
                let end = pair.rest();
                inline.run_epochs(end.end).unwrap();
            }
            _ => {
                pair.page.send(command.clone());
                inline.send(command);
            }
        }
        let snapshot = pair.rest();
        assert_same(&snapshot, &inline.latest());
        if snapshot.upcoming.is_none() {
            assert_eq!(pair.state().1, inline.trainer().gan().state_hash());
        }
    }
}

#[test]
fn a_run_that_rests_is_silent_and_so_is_one_that_nobody_sees() {
    let mut pair = Pair::new(Experiment::preset(Preset::Line, 5));
    pair.rest();
    assert!(pair.sent.is_empty(), "the page knows how a run begins");
    pair.page.send(Command::Step(Step::Both));
    pair.rest();
    let sent = pair.sent.len();
    for _ in 0..50 {
        assert_eq!(pair.frame(), Turn::Resting);
        assert!(pair.page.take_messages().is_empty(), "it was asked for once");
    }
    assert_eq!(pair.sent.len(), sent);
    pair.page.send(Command::Play);
    // The state that is still wanted, and then nobody looks.
    let seen = pair.page.latest().epoch;
    for _ in 0..50 {
        assert_eq!(pair.turn(), Turn::Again);
    }
    assert_eq!(pair.sent.len(), sent + 1);
    assert!(pair.page.latest().epoch > seen && pair.state().0 == 51);
    pair.turn();
    assert_eq!(pair.sent.len(), sent + 2, "once it was seen, the next one");
}

#[test]
fn what_lasts_is_sent_once() {
    let mut pair = Pair::new(Experiment::preset(Preset::Ring, 5));
    let begun = pair.page.latest();
    for _ in 0..3 {
        pair.page.send(Command::Step(Step::Phase));
    }
    let third = pair.rest();
    assert!(Arc::ptr_eq(&begun.experiment, &third.experiment));
    // The batch is not sent again with what is no phase.
    pair.page.send(Command::SetHeatmap(HeatmapSide::nearest(40)));
    let finer = pair.rest();
    assert!(
        third.phase.is_some() && Arc::ptr_eq(third.phase.as_ref().unwrap(), finer.phase.as_ref().unwrap())
    );
    let [.., phase, fine] = pair.sent[..] else {
        panic!("two states were sent: {:?}", pair.sent);
    };
    let parameters = 4 * (finer.generator.len() + finer.discriminator.len());
    assert!(
        phase > fine + 3000 && fine < parameters + 150,
        "{phase} {fine} {parameters}"
    );
    pair.page.send(rate(Network::Generator, 0.01));
    let changed = pair.rest();
    pair.page.send(Command::Step(Step::Both));
    assert!(Arc::ptr_eq(&changed.log, &pair.rest().log));
    pair.page
        .send(Command::Restart(Experiment::preset(Preset::Ring, 5)));
    assert!(
        !Arc::ptr_eq(&begun.experiment, &pair.rest().experiment),
        "another run"
    );
}

#[test]
fn a_recording_is_the_one_that_was_opened() {
    let mut pair = Pair::new(Experiment::preset(Preset::Ring, 5));
    let mut foreign = (*recorded()).clone();
    foreign.profile = "micromath".to_owned();
    let [first, second] = [recorded(), recorded()];
    for recording in [Arc::new(foreign), Arc::clone(&first), Arc::clone(&second)] {
        pair.page.send(Command::Open(recording));
    }
    let opened = pair.rest();
    assert!(Arc::ptr_eq(opened.opened.as_ref().unwrap(), &second));
    pair.page.send(Command::Seek(u64::MAX));
    let end = pair.until(|snapshot| snapshot.course == Course::Present);
    assert!(Arc::ptr_eq(end.opened.as_ref().unwrap(), &second));
    let verification = end.verification.unwrap();
    assert_eq!((verification.verified, verification.difference), (1, None));
    pair.page.send(Command::Open(Arc::clone(&first)));
    assert!(
        Arc::ptr_eq(pair.rest().opened.as_ref().unwrap(), &first),
        "once more"
    );
    pair.page
        .send(Command::Restart(Experiment::preset(Preset::Ring, 5)));
    assert_eq!(pair.rest().opened, None);
}

#[test]
fn a_pace_is_kept_and_full_speed_is_told() {
    TICK.set(Duration::from_micros(200));
    let mut pair = Pair::new(Experiment::preset(Preset::Line, 5));
    pair.page.send(Command::SetPace(Pace::BRISK));
    pair.page.send(Command::Play);
    pair.frame();
    let begun = NOW.get();
    while NOW.get() < begun + Duration::from_secs(2) {
        if let Turn::After(time) = pair.frame() {
            assert!(time <= Duration::from_millis(2), "600 a second: {time:?}");
            pass(time);
        }
    }
    let played = pair.page.latest();
    assert!((1150..=1202).contains(&played.epoch), "{}", played.epoch);
    let speed = played.epochs_per_second.unwrap();
    assert!((speed - 600.0).abs() < 30.0, "{speed}");
    pair.page.send(Command::SetPace(Pace::SLOW_MOTION));
    let phase = pair.until(|snapshot| snapshot.phase.is_some());
    assert_eq!(phase.phase.as_ref().unwrap().phase.stage, Stage::RunGenerator);
    // A command is done at once, and so seen, though the next phase is a second away.
    pair.page.send(Command::SetHeatmap(HeatmapSide::nearest(60)));
    assert!(matches!(pair.frame(), Turn::After(time) if time > Duration::from_millis(900)));
    assert_eq!(pair.page.latest().heatmap_asked.get(), 60);
}

#[test]
fn who_drags_through_the_past_sees_the_last_that_was_asked_for() {
    TICK.set(Duration::from_micros(200));
    let mut pair = Pair::new(Experiment::preset(Preset::Line, 5));
    pair.page.send(Command::Play);
    let end = pair.until(|snapshot| snapshot.epoch > 2000);
    pair.page.send(Command::Pause);
    let end = pair.rest().epoch.max(end.epoch);
    let sent = pair.sent.len();
    for epoch in (0..200).map(|index| index * 769 % end).chain([777]) {
        pair.page.send(Command::Seek(epoch));
    }
    let past = pair.until(|snapshot| snapshot.epoch == 777);
    assert_eq!((past.course, past.end), (Course::Past, end));
    assert!(pair.sent.len() - sent <= 2, "one state, not two hundred");
    let later = past.history.measured().last().unwrap().epoch;
    assert!(later > 777, "its later course is known");
}

#[test]
fn a_run_that_rests_gets_all_cells_that_were_asked_for_a_few_at_a_time() {
    TICK.set(Duration::from_micros(200));
    let mut configuration = Preset::Ring.configuration();
    for network in [Network::Generator, Network::Discriminator] {
        configuration.network_mut(network).neurons = Neurons::new(40).unwrap();
    }
    let experiment = Experiment::new(configuration, 1, crate::Drawing::default()).unwrap();
    let mut pair = Pair::new(experiment.clone());
    let asked = HeatmapSide::nearest(500);
    pair.page.send(Command::SetHeatmap(asked));
    while pair.page.latest().heatmap_asked != asked {
        pair.frame();
    }
    // The time of a cell is not known yet.
    let coarse = pair.page.latest();
    assert_eq!(coarse.heatmap.side(), HeatmapSide::AS_IN_GAN_LAB);
    let mut turns = 1;
    while pair.page.turn() == Turn::Again {
        turns += 1;
        assert!(Arc::ptr_eq(&pair.page.latest().heatmap, &coarse.heatmap));
    }
    // 62 times 4,096 cells, and 8 ms are forty looks at the clock.
    assert_eq!(turns, 2);
    let mut inline = Inline::new(experiment);
    inline.send(Command::SetHeatmap(asked));
    assert_same(&pair.page.latest(), &inline.latest());
    assert_eq!(pair.page.turn(), Turn::Resting);
    // Somebody who wants something else in between gets that.
    pair.page.send(Command::SetHeatmap(HeatmapSide::MOST));
    pair.frame();
    pair.page.turn();
    pair.page.send(Command::Step(Step::Both));
    assert_eq!(pair.rest().epoch, 1);
    assert_eq!(pair.page.latest().heatmap.side(), HeatmapSide::MOST);
}

#[test]
fn messages_out_of_order_are_malformed_and_do_nothing() {
    let mut page = Remote::new(Experiment::preset(Preset::Line, 5), clock);
    page.send(Command::Play);
    let _ = page.latest();
    let [begin, play, look] = <[_; 3]>::try_from(page.take_messages()).unwrap();
    let mut worker = Worker::new(clock);
    assert_eq!(worker.state_hash(), None);
    for message in [&play, &look] {
        assert!(matches!(
            worker.receive(message),
            Err(Malformed::Impossible { .. })
        ));
    }
    assert_eq!((worker.turn(), worker.take_messages().len()), (Turn::Resting, 0));
    worker.receive(&begin).unwrap();
    assert!(worker.receive(&begin).is_err());
    assert_eq!(worker.receive(&play[..0]), Err(Malformed::Unreadable));
    assert_eq!(worker.turn(), Turn::Resting);
    // A page does not take what a page says.
    let before = page.latest();
    assert!(page.receive(&begin).is_err());
    assert!(Arc::ptr_eq(&before, &page.latest()));
    worker.receive(&play).unwrap();
    worker.receive(&look).unwrap();
    assert_eq!(worker.turn(), Turn::Again);
    let states = worker.take_messages();
    assert_eq!(states.len(), 1);
    page.receive(&states[0]).unwrap();
    assert_eq!(page.latest().status, Status::Playing);
}

#[test]
fn a_file_of_the_worker_s_lies_where_files_lie_on_the_page_s_side() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ring é.toml");
    let mut page = Remote::new(Experiment::preset(Preset::Line, 5), clock);
    page.receive(&worker::file(&(path.clone(), b"format = 1\n".to_vec())))
        .unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"format = 1\n");
    let error = page.receive(&worker::file(&(folder.path().to_owned(), Vec::new())));
    assert!(matches!(error, Err(Malformed::Impossible { .. })));
}

#[test]
fn a_run_is_written_down_where_it_trains() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.toml");
    let mut pair = Pair::new(Experiment::preset(Preset::Line, 5));
    pair.page.send(Command::Record(path.clone()));
    let writing = pair.rest();
    assert_eq!(writing.recording, RecordingStatus::Writing(path.clone().into()));
    pair.page.send(Command::Step(Step::Generator));
    pair.page.send(Command::EndRecording);
    assert_eq!(
        pair.rest().recording,
        RecordingStatus::Written(path.clone().into())
    );
    let (recording, _) = Recording::load(&path).unwrap();
    assert_eq!((recording.end(), recording.log.actions().len()), (1, 1));
    pair.page.send(Command::Record(folder.path().to_owned()));
    assert!(matches!(pair.rest().recording, RecordingStatus::Failed(_)));
}
