//! The page of files: every kind opens, every part of a run is saved, and failures are told.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::support::{Recorder, Viewer, sent_by, viewer};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::{Preset, Reference};
use lab::files::tensors::Model;
use lab::recording::{Recording, RecordingStatus};
use lab::{Command, Drawing, Experiment, Inline, Session, Status, Trainer};
use tempfile::TempDir;
use views::files::Purpose;
use views::{App, install_style};

const WINDOW: [f32; 2] = [1280.0, 800.0];

/// A folder with a file of each kind.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut run =
        Trainer::<Reference>::recorded(Experiment::preset(Preset::Line, 1), &path("run.toml")).unwrap();
    run.run_epochs(5).unwrap();
    run.finish_recording().unwrap();
    run.model().save(&path("model.safetensors")).unwrap();
    fs::write(path("own.toml"), "loss = 'least-squares'\n").unwrap();
    fs::write(path("points.csv"), "-1,0\n3,2\n").unwrap();
    fs::write(path("broken.csv"), "0.1,0.2\n0.3,a\n").unwrap();
    fs::create_dir(path("inner")).unwrap();
    fs::write(path("inner/deep.csv"), "0.5,0.5\n").unwrap();
    folder
}

fn showing(purpose: Purpose, folder: &Path, recorder: Recorder) -> Viewer {
    let mut viewer = viewer(WINDOW, recorder);
    let (app, session) = viewer.state_mut();
    app.show_files(purpose, folder, session);
    viewer.run_steps(3);
    viewer
}

fn ring() -> Recorder {
    Recorder::new(Experiment::preset(Preset::Ring, 7), Status::Paused)
}

fn opening(folder: &TempDir) -> Viewer {
    showing(Purpose::Open, folder.path(), ring())
}

fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(3);
}

/// Puts words into the field and presses Enter.
fn enter(viewer: &mut Viewer, words: &str) {
    viewer.key_press_modifiers(Modifiers::COMMAND, Key::A);
    viewer.event(egui::Event::Text(words.to_owned()));
    viewer.run_steps(2);
    viewer.key_press(Key::Enter);
    viewer.run_steps(3);
}

fn is_open<S>(viewer: &Harness<'_, S>) -> bool {
    viewer.query_by_label("Cancel").is_some() || viewer.query_by_label("Close").is_some()
}

/// The one command that was sent.
fn sent(viewer: Viewer) -> Command {
    let mut sent = viewer.into_state().1.sent;
    assert_eq!(sent.len(), 1, "{sent:?}");
    sent.remove(0)
}

#[test]
fn the_button_and_the_keys_open_the_page() {
    assert!(sent_by(viewer(WINDOW, ring()), "Files").is_empty());
    let mut viewer = viewer(WINDOW, ring());
    for (key, action) in [(Key::O, "Open"), (Key::S, "Save")] {
        viewer.key_press_modifiers(Modifiers::COMMAND, key);
        viewer.run_steps(3);
        assert!(viewer.query_by_label(action).is_some(), "{action}");
        viewer.key_press(Key::Escape);
        viewer.run_steps(3);
        assert!(!is_open(&viewer));
    }
    click(&mut viewer, "Files");
    click(&mut viewer, "Save this run");
    assert!(viewer.query_by_label("Save").is_some());
    click(&mut viewer, "Cancel");
    assert!(!is_open(&viewer));
    assert!(
        viewer.into_state().1.sent.is_empty(),
        "nothing was asked of the run"
    );
}

#[test]
fn every_kind_of_file_opens_as_what_it_is() {
    let folder = folder();
    let opened = |label: &str| {
        let mut viewer = opening(&folder);
        click(&mut viewer, label);
        click(&mut viewer, "Open");
        assert!(!is_open(&viewer), "{label}");
        sent(viewer)
    };
    let (recording, _) = Recording::load(&folder.path().join("run.toml")).unwrap();
    assert_eq!(
        opened("run.toml, recording, 5 epochs"),
        Command::Open(Arc::new(recording))
    );
    let ring = Experiment::preset(Preset::Ring, 7);
    let mut configuration = *ring.configuration();
    configuration.loss = gan_core::configuration::Loss::LeastSquares;
    let with = ring.with_configuration(configuration).unwrap();
    assert_eq!(opened("own.toml, hyper-parameters"), Command::Restart(with));
    let points = Drawing::load(&folder.path().join("points.csv")).unwrap();
    assert_eq!(
        opened("points.csv, points"),
        Command::Restart(ring.learning(points).unwrap())
    );
    let model = Model::load(&folder.path().join("model.safetensors")).unwrap();
    let Command::Restart(begun) = opened("model.safetensors, parameters") else {
        panic!("a model begins a run");
    };
    assert_eq!(begun.parameters().map(|own| &**own), Some(&model));
    assert_eq!((begun.seed(), begun.configuration()), (7, &model.configuration));
    let viewer = viewer(WINDOW, Recorder::new(begun, Status::Paused));
    viewer.get_by_label("Begins with parameters that 5 epochs made. Press play.");
}

#[test]
fn folders_are_entered_and_a_name_can_be_typed() {
    let folder = folder();
    let mut viewer = opening(&folder);
    click(&mut viewer, "inner, folder");
    assert!(viewer.query_by_label("deep.csv, points").is_some());
    click(&mut viewer, ".., folder above");
    assert!(viewer.query_by_label("run.toml, recording, 5 epochs").is_some());
    let mut viewer = opening(&folder);
    enter(&mut viewer, "inner");
    enter(&mut viewer, "deep.csv");
    assert!(matches!(sent(viewer), Command::Restart(own) if own.drawing().points()[..] == [[0.5, 0.5]]));
}

#[test]
fn what_cannot_be_opened_is_said_and_the_run_goes_on() {
    let folder = folder();
    let mut viewer = opening(&folder);
    for (name, part) in [
        ("", "There is no name: choose a file, or type one."),
        ("none.toml", "none.toml: cannot be read"),
        ("broken.csv", "broken.csv: line 2, column 2: 'a' is not a number"),
    ] {
        enter(&mut viewer, name);
        assert!(is_open(&viewer), "{name}");
        assert!(viewer.query_by_label_contains(part).is_some(), "{name}: {part}");
    }
    enter(&mut viewer, "points.csv");
    assert!(
        matches!(sent(viewer), Command::Restart(_)),
        "and it opens what can be"
    );
}

#[test]
fn parameters_points_and_metrics_are_saved() {
    let folder = tempfile::tempdir().unwrap();
    let drawing = Drawing::drawn([[0.25, 0.5], [0.5, 0.75]]).unwrap();
    let experiment = Experiment::preset(Preset::Line, 3)
        .learning(drawing.clone())
        .unwrap();
    let mut run = Inline::new(experiment);
    run.run_epochs(4).unwrap();
    let mut viewer = showing(Purpose::Save, folder.path(), Recorder::of(run.latest()));
    for (what, name) in [
        ("Parameters", "drawing-3.safetensors"),
        ("Points", "drawing-3-points.csv"),
        ("Metrics", "drawing-3-metrics.csv"),
    ] {
        click(&mut viewer, what);
        click(&mut viewer, "Save");
        assert!(
            viewer.query_by_label(&format!("{name} is saved.")).is_some(),
            "{name}"
        );
    }
    let path = |name: &str| folder.path().join(name);
    assert_eq!(
        Model::load(&path("drawing-3.safetensors")).unwrap(),
        run.trainer().model()
    );
    assert_eq!(
        Drawing::load(&path("drawing-3-points.csv")).unwrap().points(),
        drawing.points()
    );
    let metrics = fs::read_to_string(path("drawing-3-metrics.csv")).unwrap();
    assert_eq!(
        (metrics.lines().next(), metrics.lines().count()),
        (
            Some(
                lab::files::metrics::fields()
                    .collect::<Vec<_>>()
                    .join(",")
                    .as_str()
            ),
            6
        )
    );
    assert!(viewer.into_state().1.sent.is_empty(), "the run is left alone");
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_asked_twice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ring-7.safetensors");
    fs::write(&path, "old").unwrap();
    let mut viewer = showing(Purpose::Save, folder.path(), ring());
    click(&mut viewer, "Parameters");
    click(&mut viewer, "Save");
    let question = "ring-7.safetensors is there already: press Save again to replace it.";
    assert!(viewer.query_by_label(question).is_some());
    assert_eq!(fs::read(&path).unwrap(), b"old");
    click(&mut viewer, "Save");
    assert!(viewer.query_by_label("ring-7.safetensors is saved.").is_some());
    assert!(Model::load(&path).is_ok());
}

#[test]
fn what_cannot_be_saved_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut viewer = showing(Purpose::Save, folder.path(), ring());
    click(&mut viewer, "Points");
    click(&mut viewer, "Save");
    assert!(
        viewer
            .query_by_label_contains("ring-7-points.csv: cannot be written: there are no points")
            .is_some()
    );
    click(&mut viewer, "Recording");
    viewer
        .get_by_role_and_label(egui::accesskit::Role::TextInput, "Name")
        .focus();
    viewer.run_steps(2);
    enter(&mut viewer, "nowhere/run.toml");
    assert!(viewer.query_by_label_contains("there is no folder").is_some());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    assert!(viewer.into_state().1.sent.is_empty());
}

/// Over a real run, which writes itself.
#[test]
fn the_run_s_recording_is_saved_and_the_page_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = Inline::new(Experiment::preset(Preset::Line, 3));
    run.run_epochs(40).unwrap();
    let mut viewer = Harness::builder().with_size(WINDOW).build_ui_state(
        |ui, (app, session): &mut (App, Inline)| app.ui(ui, session),
        (App::new(), run),
    );
    install_style(&viewer.ctx);
    let (app, session) = viewer.state_mut();
    app.show_files(Purpose::Save, folder.path(), session);
    viewer.run_steps(3);
    viewer.get_by_label("Save").click();
    viewer.run_steps(4);
    assert!(viewer.query_by_label("line-3.toml is saved.").is_some());
    assert!(
        viewer
            .query_by_label("line-3.toml, recording, 40 epochs")
            .is_some(),
        "it is in the list"
    );
    let path = folder.path().join("line-3.toml");
    assert_eq!(Recording::load(&path).unwrap().0.end(), 40);
    let latest = viewer.state().1.latest();
    assert_eq!(latest.recording, RecordingStatus::Written(path.into()));
}

#[test]
fn a_browsers_own_list_is_asked_for_where_there_is_one() {
    let folder = folder();
    let mut viewer = opening(&folder);
    assert!(viewer.query_by_label("From this device…").is_none(), "none here");
    let (app, session) = viewer.state_mut();
    app.offer_picker();
    app.show_files(Purpose::Save, folder.path(), session);
    viewer.run_steps(3);
    assert!(
        viewer.query_by_label("From this device…").is_none(),
        "nothing is saved there"
    );
    click(&mut viewer, "Open a file");
    assert!(!viewer.state_mut().0.take_picker_asked());
    click(&mut viewer, "From this device…");
    assert!(viewer.state_mut().0.take_picker_asked());
    assert!(!viewer.state_mut().0.take_picker_asked(), "once");
    assert!(
        viewer.query_by_label("Save this run").is_none(),
        "the page has gone"
    );
}
