//! The map of a sweep in the window: cells, runs, opening one.

use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;
use lab::sweep::Survey;
use lab::{Command, Drawing, Experiment, Inline, Session as _, Status};

use crate::support::{Recorder, Viewer, viewer};
use gan_core::Preset;

const TABLE: &str = include_str!("../../../../fixtures/sweeps/gaussians.csv");

fn with_map() -> Viewer {
    let recorder = Recorder::new(Experiment::preset(Preset::Ring, 7), Status::Playing);
    let mut viewer = viewer([1280.0, 800.0], recorder);
    let survey = Survey::parse(TABLE, &Drawing::default()).unwrap();
    viewer.state_mut().0.show_sweep(Arc::new(survey));
    viewer.run_steps(3);
    viewer
}

fn press(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(3);
}

#[test]
fn a_cell_shows_its_runs_and_a_run_is_trained_again_from_its_beginning() {
    let mut viewer = with_map();
    viewer.get_by_label_contains("Press a cell to see its runs.");
    let cell = "generator.learning_rate 0.003 · generator.optimizer sgd: median JS 0.23";
    press(&mut viewer, cell);
    press(&mut viewer, "Seed 2: JS 0.229");
    assert!(viewer.query_by_label("Sweep").is_none(), "the run is to be seen");
    let sent = viewer.into_state().1.sent;
    let [Command::Open(recording), Command::Retrace] = &sent[..] else {
        panic!("{sent:?}");
    };
    assert_eq!(recording.experiment.seed(), 2);
    assert_eq!(recording.end(), 2000);
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 1));
    sent.iter().cloned().for_each(|command| run.send(command));
    run.tick(3000);
    let snapshot = run.latest();
    assert_eq!((snapshot.epoch, snapshot.status), (2000, Status::Paused));
    let verification = snapshot.verification.unwrap();
    assert_eq!((verification.verified, verification.named), (1, 1));
    assert!((snapshot.divergence.js - 0.229).abs() < 0.001);
}

#[test]
fn the_map_shows_the_other_measure_closes_and_comes_back() {
    let mut viewer = with_map();
    press(&mut viewer, "Map of failed");
    viewer.get_by_label_contains("generator.learning_rate 0.003 · generator.optimizer sgd: failed");
    viewer.key_press(egui::Key::Escape);
    viewer.run_steps(3);
    assert!(viewer.query_by_label("Sweep").is_none());
    press(&mut viewer, "Sweep map");
    viewer.get_by_label("Sweep");
    viewer.key_press(egui::Key::R);
    viewer.key_press(egui::Key::V);
    viewer.run_steps(3);
    assert!(viewer.query_by_label("Sweep").is_none());
    let (_, recorder) = viewer.into_state();
    assert!(recorder.sent.is_empty(), "the run behind it is left alone");
}
