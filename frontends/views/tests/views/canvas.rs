//! The large canvas' words for the place under the pointer. It stands still while the run does.

use crate::support::{Recorder, Viewer, viewer};
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use lab::{Experiment, Session as _, Status};
use views::Layer;
use views::projection::Projection;

fn line() -> Viewer {
    viewer(
        [1280.0, 800.0],
        Recorder::new(Experiment::preset(Preset::Line, 3), Status::Paused),
    )
}

fn canvas(viewer: &Viewer) -> Projection {
    Projection::onto(viewer.get_by_label("Layered distributions").rect())
}

#[test]
fn a_dot_under_the_pointer_tells_its_place_and_score() {
    let mut viewer = line();
    let snapshot = viewer.state().1.latest();
    let ([x, y], score) = (snapshot.real[0], snapshot.real_scores[0]);
    viewer.hover_at(canvas(&viewer).place([x, y]));
    viewer.run_steps(8);
    viewer.get_by_label_contains(&format!("Real sample at ({x:.3}, {y:.3})"));
    viewer.get_by_label_contains(&format!("The discriminator says {score:.3}"));
}

#[test]
fn away_from_dots_the_cell_tells_its_score_if_it_is_shown() {
    let mut viewer = line();
    let score = viewer.state().1.latest().heatmap.scores()[2 * 30 + 28];
    // The line's samples lie higher.
    viewer.hover_at(canvas(&viewer).place([28.5 / 30.0, 2.5 / 30.0]));
    viewer.run_steps(8);
    viewer.get_by_label_contains("Cell around (0.950, 0.083)");
    viewer.get_by_label_contains(&format!("The discriminator says {score:.3}"));

    viewer.state_mut().0.layers_mut().toggle(Layer::Heatmap);
    viewer.run_steps(8);
    assert!(viewer.query_by_label_contains("Cell around").is_none());
}

#[test]
fn the_same_snapshot_is_the_same_picture_at_any_time() {
    let mut viewer = line();
    let before = viewer.output().shapes.clone();
    viewer.run_steps(50);
    assert!(viewer.output().shapes == before);
}
