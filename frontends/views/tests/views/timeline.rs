//! The timeline: through the run by hand, by key and by value; its words, its recordings, and the
//! charts of the past and of an earlier branch.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::{Pos2, Shape, ViewportId, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::Change;
use gan_core::checkpoints::Checkpoint;
use gan_core::configuration::LearningRate;
use gan_core::{Network, Preset, Profile as _, Reference, StateHash};
use lab::recording::Difference;
use lab::run::backends::Whereabouts;
use lab::{
    Command, Course, Experiment, Inline, Pace, Recording, RecordingStatus, Session as _, Snapshot, Status,
    Step, Trainer, Verification,
};
use views::{App, install_style};

use crate::arrangement::{WINDOWS, assert_apart};
use crate::support::{Recorder, Viewer, sent_by, viewer};

const SIZE: [f32; 2] = [1280.0, 800.0];

fn rate(network: Network, rate: f32) -> Command {
    Command::Change(Change::learning_rate(network, LearningRate::new(rate).unwrap()))
}

/// A run of 400 epochs: after 100 the generator's learning rate changes, after 200 the generator is
/// trained alone for 20.
fn run() -> Inline {
    let mut run = Inline::new(Experiment::preset(Preset::Line, 3));
    run.send(Command::SetPace(Pace::AS_IN_GAN_LAB));
    run.run_epochs(100).unwrap();
    run.send(rate(Network::Generator, 0.03));
    run.run_epochs(100).unwrap();
    for _ in 0..20 {
        run.send(Command::Step(Step::Generator));
    }
    run.run_epochs(180).unwrap();
    run
}

fn at(epoch: u64) -> Arc<Snapshot> {
    let mut run = run();
    run.send(Command::Seek(epoch));
    run.latest()
}

fn shows(snapshot: impl Into<Arc<Snapshot>>) -> Viewer {
    viewer(SIZE, Recorder::of(snapshot))
}

fn value(viewer: &Viewer) -> String {
    viewer.get_by_label("Timeline").value().unwrap()
}

fn says(viewer: &Viewer, words: &str) -> bool {
    viewer.query_by_label(words).is_some()
}

#[test]
fn the_slider_says_where_in_the_run_one_is() {
    let viewer = shows(run().latest());
    assert_eq!(value(&viewer), "epoch 400 of 400");
    let viewer = shows(at(70));
    assert_eq!(value(&viewer), "epoch 70 of 400");
    assert_eq!(
        viewer
            .get_by_label("Timeline")
            .accesskit_node()
            .max_numeric_value(),
        Some(400.0)
    );
}

#[test]
fn the_buttons_lead_to_both_ends_and_along() {
    let sent = |epoch, name| sent_by(shows(at(epoch)), name);
    assert_eq!(sent(70, "Go back to the beginning"), [Command::Seek(0)]);
    assert_eq!(sent(70, "Go to the end"), [Command::Seek(400)]);
    assert_eq!(sent(70, "Retrace"), [Command::Retrace]);
    assert_eq!(sent(0, "Go back to the beginning"), []);
    assert_eq!(sent(400, "Go to the end"), []);
    assert_eq!(sent(400, "Retrace"), [], "nothing is ahead");
}

#[test]
fn keys_go_an_epoch_or_a_stride() {
    use egui::Key;
    for (key, epoch) in [
        (Key::Home, 0),
        (Key::End, 400),
        (Key::ArrowLeft, 69),
        (Key::ArrowRight, 71),
        (Key::ArrowDown, 66),
        (Key::ArrowUp, 74),
    ] {
        let mut viewer = shows(at(70));
        viewer.get_by_label("Timeline").focus();
        viewer.run_steps(2);
        viewer.key_press(key);
        viewer.run_steps(2);
        assert_eq!(viewer.state().1.sent, [Command::Seek(epoch)], "{key:?}");
        assert!(viewer.get_by_label("Timeline").is_focused());
    }
    let mut viewer = shows(at(70));
    viewer.get_by_label("Timeline").focus();
    viewer.run_steps(2);
    for _ in 0..3 {
        viewer.key_press(Key::ArrowRight);
        viewer.run_steps(1);
    }
    let asked = [71, 72, 73].map(Command::Seek);
    assert_eq!(viewer.state().1.sent, asked, "also before the run has followed");
}

#[test]
fn an_epoch_is_set_by_value() {
    for (value, sent) in [(12.0, 12), (1e9, 400), (-3.0, 0), (f64::NAN, 0)] {
        let mut viewer = shows(at(70));
        viewer.get_by_label("Timeline").set_value_accesskit(value);
        viewer.run_steps(2);
        assert_eq!(viewer.state().1.sent, [Command::Seek(sent)], "{value}");
    }
    let mut viewer = shows(at(70));
    viewer.get_by_label("Timeline").decrement_accesskit();
    viewer.run_steps(2);
    assert_eq!(viewer.state().1.sent, [Command::Seek(69)]);
}

/// Place of an epoch on the rail, which has a margin of 7.
fn place(viewer: &Viewer, epoch: f32, end: f32) -> Pos2 {
    let rail = viewer.get_by_label("Timeline").rect().shrink2(vec2(7.0, 0.0));
    egui::pos2(rail.left() + epoch / end * rail.width(), rail.center().y)
}

#[test]
fn a_drag_asks_once_a_frame_and_only_for_what_is_new() {
    let mut viewer = shows(run().latest());
    let [from, to] = [400.0, 100.0].map(|epoch| place(&viewer, epoch, 400.0));
    viewer.hover_at(from);
    viewer.run_steps(1);
    viewer.drag_at(from);
    viewer.run_steps(3);
    assert_eq!(viewer.state().1.sent, [], "it is there already");
    for step in 1..=10 {
        viewer.hover_at(from + 0.1 * step as f32 * (to - from));
        viewer.run_steps(1);
        assert_eq!(viewer.state().1.sent.len(), step);
    }
    viewer.drop_at(to);
    viewer.run_steps(1);
    let sent = &viewer.state().1.sent;
    assert_eq!(sent.len(), 10, "letting go asks for nothing more: {sent:?}");
    assert_eq!((&sent[0], &sent[9]), (&Command::Seek(370), &Command::Seek(100)));
    assert_eq!(
        value(&viewer),
        "epoch 100 of 400",
        "the handle is where it was put"
    );
    // The run does not follow: in the end the handle shows where it is.
    viewer.run_steps(20);
    assert_eq!(value(&viewer), "epoch 400 of 400");
}

/// The middle of the handle.
fn handle(viewer: &Viewer) -> Pos2 {
    let rail = viewer.get_by_label("Timeline").rect().expand(1.0);
    let mut circles = viewer
        .output()
        .shapes
        .iter()
        .filter_map(|clipped| match &clipped.shape {
            Shape::Circle(circle) if circle.radius > 6.0 && rail.contains(circle.center) => {
                Some(circle.center)
            }
            _ => None,
        });
    circles.next_back().expect("a handle")
}

#[test]
fn while_the_run_grows_the_handle_rides_at_the_end() {
    let mut run = Inline::new(Experiment::preset(Preset::Line, 3));
    let mut viewer = shows(run.latest());
    let rail = viewer.get_by_label("Timeline").rect();
    let mut seen = vec![handle(&viewer).x];
    assert_eq!(seen[0], rail.left() + 7.0, "nothing is done yet");
    for _ in 0..60 {
        run.run_epochs(3).unwrap();
        viewer.state_mut().1 = Recorder::of(run.latest());
        viewer.run_steps(1);
        seen.push(handle(&viewer).x);
    }
    assert!(seen.is_sorted());
    assert!(
        seen[17..].iter().all(|x| *x == rail.right() - 7.0),
        "it reaches the end within 50 epochs, and stays"
    );
}

#[test]
fn what_playing_would_do_is_said_in_words() {
    let past = "Epoch 70 of 400. Play goes another way from here; Retrace shows again how it went.";
    assert!(says(&shows(at(70)), past));
    let nothing_ahead = "Epoch 300 of 400. Change something, and Play goes another way from here; Retrace shows again how it went.";
    assert!(says(&shows(at(300)), nothing_ahead));
    let present = "Drag back to see again how the run came here; nothing is lost.";
    assert!(says(&shows(run().latest()), present));
    let mut retracing = run();
    retracing.send(Command::Seek(70));
    retracing.send(Command::Retrace);
    let again = "Epoch 70 of 400, again as it went. A change of yours goes another way.";
    assert!(says(&shows(retracing.latest()), again));
    retracing.tick(400);
    assert!(says(&shows(retracing.latest()), present), "it rests at its end");
}

/// The run's recording, with hashes of these epochs.
fn recording(hashes: &[(u64, StateHash)]) -> Recording {
    let mut recording = Recording::of(&Experiment::preset(Preset::Line, 3), Reference::NAME);
    recording.log = (*run().latest().log).clone();
    for (epoch, hash) in hashes {
        let (epoch, hash) = (*epoch, *hash);
        recording.checkpoints.push(Checkpoint { epoch, hash }).unwrap();
    }
    recording
}

/// Hash of the run's state after so many epochs, with the epoch.
fn hash(epoch: u64) -> (u64, StateHash) {
    let mut run = run();
    run.send(Command::Seek(epoch));
    (epoch, run.trainer().gan().state_hash())
}

#[test]
fn a_recording_tells_what_is_done_again_as_it_takes_effect() {
    let mut recording = recording(&[hash(0), hash(50), hash(300), hash(400)]);
    recording.narration.title = Some("To and fro".to_owned());
    recording.narration.author = Some("A. Teacher".to_owned());
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 1));
    run.send(Command::SetPace(Pace::AS_IN_GAN_LAB));
    run.send(Command::Open(Arc::new(recording)));
    let viewer = shows(run.latest());
    assert_eq!(value(&viewer), "epoch 0 of 400");
    assert!(says(
        &viewer,
        "Epoch 0 of 400, as recorded. A change of yours goes another way."
    ));
    assert!(says(&viewer, "“To and fro”, by A. Teacher"));
    assert!(says(&viewer, "1 of 4 states verified"));

    run.send(Command::Play);
    let change = "Epoch 100: generator's learning rate from 0.01 to 0.03";
    let steps = "Epochs 201–220: 20 steps of the generator alone";
    // Both are marked ahead of time, on the charts' axes and here; told here as well when they happen.
    for (ticks, epoch, told, verified) in [
        (99, 99, None, 2),
        (2, 101, Some(change), 2),
        (98, 199, Some(change), 2),
        (3, 202, Some(steps), 2),
        (178, 380, Some(steps), 3),
        (20, 400, None, 4),
    ] {
        run.tick(ticks);
        assert_eq!(run.latest().epoch, epoch);
        let viewer = shows(run.latest());
        for words in [change, steps] {
            let count = viewer.get_all_by_label(words).count();
            assert_eq!(
                count,
                3 + usize::from(told == Some(words)),
                "{words} at epoch {epoch}"
            );
        }
        assert!(says(&viewer, &format!("{verified} of 4 states verified")));
    }
    run.send(Command::Seek(70));
    run.send(Command::Step(Step::Generator));
    assert!(
        !says(&shows(run.latest()), "“To and fro”, by A. Teacher"),
        "another run now"
    );
}

#[test]
fn another_run_than_the_recorded_one_is_said_to_be_one() {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 1));
    let recording = recording(&[hash(0), (40, hash(41).1), hash(50)]);
    run.send(Command::Open(Arc::new(recording)));
    run.send(Command::Play);
    run.tick(45);
    assert!(matches!(
        run.latest().verification,
        Some(Verification {
            difference: Some(Difference { epoch: 40, .. }),
            ..
        })
    ));
    assert!(says(&shows(run.latest()), "Another run since epoch 40"));
}

/// Which epochs the chart of losses says it shows.
fn chart(viewer: &Viewer) -> String {
    let node = viewer.get_by_label_contains("Losses chart, ");
    node.accesskit_node().label().unwrap()
}

#[test]
fn charts_reach_to_the_end_of_the_run_or_of_its_earlier_branch() {
    assert_eq!(chart(&shows(at(70))), "Losses chart, epochs 0 to 400");
    let mut run = run();
    run.send(Command::Seek(150));
    run.send(rate(Network::Discriminator, 0.1));
    run.run_epochs(100).unwrap();
    let snapshot = run.latest();
    assert_eq!((snapshot.end, snapshot.ghost.as_ref().unwrap().fork), (250, 150));
    let mut viewer = shows(Arc::clone(&snapshot));
    assert_eq!(chart(&viewer), "Losses chart, epochs 0 to 400");
    assert_eq!(value(&viewer), "epoch 250 of 250");
    assert_eq!(viewer.get_all_by_label("earlier branch").count(), 1);
    assert!(says(
        &viewer,
        "After epoch 150 the run went another way; the earlier branch is thin and pale in the charts"
    ));

    let plot = viewer.get_by_label_contains("Losses chart, ").rect();
    let mut read = |epoch: f32| {
        viewer.hover_at(egui::pos2(
            plot.left() + epoch / 400.0 * plot.width(),
            plot.center().y,
        ));
        viewer.run_steps(2);
        let said = viewer.get_all_by_label_contains("At epoch").next().unwrap();
        said.accesskit_node().value().unwrap()
    };
    let before = read(100.0);
    assert!(!before.contains("earlier branch"), "both agree: {before}");
    let now = read(200.0);
    let figure = |value: Option<f64>| format!("{:.3}", value.unwrap());
    let ghost = &snapshot.ghost.as_ref().unwrap().history;
    let both = [&snapshot.history, ghost].map(|history| history.measured()[200]);
    assert_ne!(both[0], both[1]);
    let [one, other] = both.map(|measured| figure(measured.generator_loss));
    assert!(
        now.ends_with(&format!(", Generator {one}, earlier branch {other}")),
        "{now}"
    );
    let beyond = read(300.0);
    let other = figure(ghost.measured()[300].generator_loss);
    assert!(
        beyond.starts_with("At epoch 300, ")
            && beyond.ends_with(&format!("Generator –, earlier branch {other}")),
        "{beyond}"
    );
}

/// The same app over a run that obeys commands.
fn live(run: Inline) -> Harness<'static, (App, Inline)> {
    let mut viewer = Harness::builder().with_size(SIZE).build_ui_state(
        |ui, (app, session): &mut (App, Inline)| app.ui(ui, session),
        (App::new(), run),
    );
    install_style(&viewer.ctx);
    viewer.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    viewer.run_steps(3);
    viewer
}

#[test]
fn from_the_past_one_goes_along_or_another_way() {
    let mut viewer = live(run());
    let end = viewer.state().1.latest().fake.clone();
    viewer.get_by_label("Timeline").set_value_accesskit(150.0);
    viewer.run_steps(3);
    viewer.get_by_label("Epoch 000,150");
    viewer.get_by_label("Retrace").click();
    viewer.run_steps(2);
    viewer.state_mut().1.tick(1000);
    viewer.run_steps(2);
    viewer.get_by_label("Epoch 000,400");
    assert_eq!(viewer.state().1.latest().fake, end, "as it went");

    viewer.get_by_label("Go back to the beginning").click();
    viewer.run_steps(2);
    viewer.get_by_label("Play").click();
    viewer.run_steps(2);
    viewer.state_mut().1.tick(120);
    viewer.run_steps(2);
    let snapshot = viewer.state().1.latest();
    assert_eq!((snapshot.epoch, snapshot.course), (120, Course::Present));
    assert_eq!(snapshot.ghost.as_ref().map(|ghost| ghost.fork), Some(0));
    viewer.get_by_label("earlier branch");
}

fn with(recording: RecordingStatus) -> Viewer {
    let snapshot = Snapshot {
        recording,
        ..(*run().latest()).clone()
    };
    shows(snapshot)
}

#[test]
fn a_recording_is_begun_and_ended() {
    let asked = sent_by(with(RecordingStatus::Off), "Record");
    let name = PathBuf::from("gan-lab-recording.toml");
    assert_eq!(asked, [Command::Record(name.clone())]);
    let path: Arc<Path> = name.into();
    let writing = || with(RecordingStatus::Writing(Arc::clone(&path)));
    assert!(says(&writing(), "Recording to gan-lab-recording.toml"));
    assert_eq!(sent_by(writing(), "End recording"), [Command::EndRecording]);
    let written = || with(RecordingStatus::Written(Arc::clone(&path)));
    assert!(says(&written(), "Recorded in gan-lab-recording.toml"));
    assert_eq!(sent_by(written(), "Record").len(), 1);
}

#[test]
fn why_a_recording_failed_stays_until_the_next_one() {
    let why = "r.toml: no space is left on the device; make room and begin another recording";
    let failed = || with(RecordingStatus::Failed(why.into()));
    assert!(says(&failed(), &format!("Not recorded: {why}")));
    assert_eq!(sent_by(failed(), "Record").len(), 1);

    let mut viewer = live(run());
    let missing = PathBuf::from("no-such-folder/r.toml");
    viewer.state_mut().1.send(Command::Record(missing));
    viewer.run_steps(2);
    viewer.get_by_label_contains("Not recorded: no-such-folder/r.toml");
}

#[test]
fn everything_has_its_place_in_the_past_too() {
    let mut opened = Inline::new(Experiment::preset(Preset::Line, 3));
    opened.run_epochs(400).unwrap();
    let mut recording = Recording::of(&Experiment::preset(Preset::Line, 3), Reference::NAME);
    let hash = opened.trainer().gan().state_hash();
    recording
        .checkpoints
        .push(Checkpoint { epoch: 400, hash })
        .unwrap();
    recording.narration.title = Some("A title of many words ".repeat(6));
    opened.send(Command::Open(Arc::new(recording)));
    opened.send(Command::Seek(70));
    let why = "a/very/long/path/to/a/recording.toml: cannot be written; ".repeat(4);
    for size in WINDOWS {
        for recording in [RecordingStatus::Off, RecordingStatus::Failed(why.as_str().into())] {
            let snapshot = Snapshot {
                recording,
                ..(*opened.latest()).clone()
            };
            assert_apart(&viewer(size, Recorder::of(snapshot)), size);
        }
    }
}

#[test]
fn slow_motion_is_repainted_half_as_often() {
    let delay = |pace| {
        let mut run = Inline::new(Experiment::preset(Preset::Line, 3));
        run.send(Command::SetPace(pace));
        let snapshot = Snapshot {
            status: Status::Playing,
            ..(*run.latest()).clone()
        };
        shows(snapshot).output().viewport_output[&ViewportId::ROOT].repaint_delay
    };
    assert_eq!(delay(Pace::BRISK), Duration::ZERO);
    let slow = delay(Pace::SLOW_MOTION);
    assert!(
        (Duration::from_millis(20)..Duration::from_millis(40)).contains(&slow),
        "{slow:?}"
    );
}

#[test]
fn where_a_run_trains_is_said_where_that_is_not_here() {
    let mut trainer = Trainer::<Reference>::new(Experiment::preset(Preset::Ring, 7));
    trainer.train_here_instead("no Vulkan loader is installed");
    let instead = viewer(SIZE, Recorder::of(Inline::of(trainer).latest()));
    instead.get_by_label_contains("no Vulkan loader is installed; the processor trains, to the same bits");
    let usual = Inline::new(Experiment::preset(Preset::Ring, 7)).latest();
    let elsewhere = Whereabouts {
        backend: "vulkan",
        ..(*usual.whereabouts).clone()
    };
    let snapshot = Snapshot {
        whereabouts: Arc::new(elsewhere),
        ..(*usual).clone()
    };
    viewer(SIZE, Recorder::of(snapshot)).get_by_label_contains("On vulkan");
    let viewer = viewer(SIZE, Recorder::of(usual));
    assert!(viewer.query_by_label_contains("On ").is_none());
}
