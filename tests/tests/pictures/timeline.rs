//! The timeline: the present, the past with an earlier branch, a recording that is retraced, one that failed.

use std::path::Path;
use std::sync::Arc;

use egui::Theme;
use gan_core::Change;
use gan_core::configuration::LearningRate;
use gan_core::{Network, Preset, Profile as _, Reference};
use gan_lab::picture;
use lab::{Command, Experiment, Inline, Pace, Recording, RecordingStatus, Session, Snapshot, Step, Trainer};
use views::App;

use crate::{WINDOW, compare, compare_frame, compare_in};

fn rate(network: Network, rate: f32) -> Command {
    Command::Change(Change::learning_rate(network, LearningRate::new(rate).unwrap()))
}

/// 2,000 epochs in which the discriminator's rate was lowered, the generator went alone for a while, and
/// its rate was lowered too.
fn eventful() -> Inline {
    happening(Inline::new(Experiment::preset(Preset::Ring, 12)))
}

fn happening(mut run: Inline) -> Inline {
    run.send(Command::SetPace(Pace::BRISK));
    run.run_epochs(600).unwrap();
    run.send(rate(Network::Discriminator, 0.03));
    run.run_epochs(300).unwrap();
    for _ in 0..100 {
        run.send(Command::Step(Step::Generator));
    }
    run.run_epochs(200).unwrap();
    run.send(rate(Network::Generator, 0.01));
    run.run_epochs(800).unwrap();
    run
}

/// The recording in its file.
fn recording() -> Recording {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ring.toml");
    let trainer = Trainer::recorded(Experiment::preset(Preset::Ring, 12), &path).unwrap();
    happening(Inline::of(trainer)).send(Command::EndRecording);
    let (mut recording, _) = Recording::load(&path).unwrap();
    assert_eq!(recording.end(), 2000);
    recording.narration.title = Some("The ring, gently".to_owned());
    recording.narration.author = Some("A. Teacher".to_owned());
    recording
}

/// Shows a run as it was said to be.
struct Posed(Arc<Snapshot>);

impl Session for Posed {
    fn send(&mut self, _: Command) {}

    fn latest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0)
    }
}

#[test]
fn the_past_with_an_earlier_branch() {
    let mut run = eventful();
    compare("timeline-present", &mut App::new(), &mut run, WINDOW);
    run.send(Command::Seek(700));
    compare("timeline-past", &mut App::new(), &mut run, WINDOW);
    run.send(rate(Network::Generator, 0.3));
    run.run_epochs(900).unwrap();
    compare("timeline-branch", &mut App::new(), &mut run, WINDOW);
    run.send(Command::Seek(1100));
    compare_in(
        Theme::Dark,
        "timeline-past-dark",
        &mut App::new(),
        &mut run,
        WINDOW,
    );
    compare("timeline-past-1024x700", &mut App::new(), &mut run, [1024, 700]);
}

#[test]
fn a_recording_that_is_retraced() {
    let recording = recording();
    let mut run = Inline::new(Experiment::preset(Preset::Line, 1));
    run.send(Command::SetPace(Pace::BRISK));
    run.send(Command::Open(Arc::new(recording.clone())));
    run.send(Command::Play);
    run.tick(1250);
    compare("timeline-retracing", &mut App::new(), &mut run, WINDOW);

    let mut other = Recording::of(&Experiment::preset(Preset::Ring, 13), Reference::NAME);
    other.log = recording.log;
    other.checkpoints = recording.checkpoints;
    run.send(Command::Open(Arc::new(other)));
    run.send(Command::Play);
    run.tick(700);
    compare_in(
        Theme::Dark,
        "timeline-another-dark",
        &mut App::new(),
        &mut run,
        WINDOW,
    );
}

#[test]
fn a_recording_that_failed() {
    let mut run = eventful();
    let mut snapshot = (*run.latest()).clone();
    let mut pose = |name: &str, recording, size| {
        snapshot.recording = recording;
        let mut posed = Posed(Arc::new(snapshot.clone()));
        compare_frame(
            name,
            &picture::paint(&mut App::new(), &mut posed, size, Theme::Light),
        );
    };
    let path: Arc<Path> = Path::new("gan-lab-recording-2.toml").into();
    pose(
        "timeline-recording",
        RecordingStatus::Writing(Arc::clone(&path)),
        WINDOW,
    );
    let why = "gan-lab-recording-2.toml: cannot be written (No space left on device (os error 28)); make room or name \
               another place, and begin another recording";
    pose(
        "timeline-failed-1024x700",
        RecordingStatus::Failed(why.into()),
        [1024, 700],
    );
    run.send(Command::Seek(300));
    let mut past = (*run.latest()).clone();
    past.recording = RecordingStatus::Written(path);
    let mut posed = Posed(Arc::new(past));
    let frame = picture::paint(&mut App::new(), &mut posed, WINDOW, Theme::Light);
    compare_frame("timeline-recorded", &frame);
}
