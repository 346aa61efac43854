//! Charts of everything measured: chosen in their heads, each figure with its unit, reached by its label.

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::{Preset, Target};
use lab::{Command, Experiment, Inline, Session as _, Setting};

use crate::support::{Recorder, Viewer, viewer};

const WINDOWS: [[f32; 2]; 4] = [[1280.0, 800.0], [1024.0, 700.0], [390.0, 844.0], [844.0, 390.0]];

/// The words in the list, the heading, and the words of the head.
const CHARTS: [(&str, &str, &[&str]); 8] = [
    (
        "Losses of D and G",
        "Losses",
        &["Discriminator: 0.", "Generator: 0."],
    ),
    ("Divergences: KL and JS", "Divergences", &["KL: ", "JS: "]),
    (
        "D's outputs on real and on fake samples",
        "D's outputs",
        &["real: ", "fake: "],
    ),
    (
        "Coverage: NDB/K, modes, high-quality samples",
        "Coverage",
        &["NDB/K: ", "modes covered: ", "high quality: "],
    ),
    (
        "Gradients: their norm",
        "Gradients",
        &["Discriminator: ", "Generator: "],
    ),
    (
        "Movement: distance per update",
        "Movement",
        &["Discriminator: ", "Generator: "],
    ),
    (
        "Dead units: their share",
        "Dead units",
        &["Discriminator: ", "Generator: "],
    ),
    (
        "Mean loss of D, and how far it strays",
        "Mean loss",
        &["Discriminator: "],
    ),
];

fn run() -> Inline {
    let mut run = Inline::new(Experiment::preset(Preset::Disjoint, 13));
    run.run_epochs(2_100).unwrap();
    run
}

fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(4);
}

fn opened(size: [f32; 2], run: &Inline) -> Viewer {
    let mut viewer = viewer(size, Recorder::of(run.latest()));
    if size[0] < 900.0 {
        click(&mut viewer, "Charts");
    }
    viewer
}

fn choose(viewer: &mut Viewer, place: &str, offer: &str) {
    click(viewer, place);
    // Under a finger the list may scroll.
    viewer.get_by_label(offer).scroll_to_me();
    viewer.run_steps(12);
    click(viewer, offer);
}

#[test]
fn every_measure_is_reached_in_every_window() {
    let run = run();
    for size in WINDOWS {
        let mut viewer = opened(size, &run);
        for (offer, title, figures) in CHARTS {
            let chosen = viewer.get_by_label("First chart").accesskit_node().value();
            if chosen.as_deref() != Some(title) {
                choose(&mut viewer, "First chart", offer);
            }
            let chosen = viewer.get_by_label("First chart").accesskit_node().value();
            assert_eq!(chosen.as_deref(), Some(title), "{size:?}");
            viewer.get_by_label_contains(&format!("{title} chart"));
            for figure in figures {
                let count = viewer.query_all_by_label_contains(figure).count();
                assert!(count > 0, "{size:?}: {title} says no {figure}");
            }
        }
        assert_eq!(viewer.state().1.sent, [], "how it is looked at is no command");
    }
}

#[test]
fn a_chart_that_is_seen_changes_places() {
    let mut viewer = opened(WINDOWS[0], &run());
    choose(&mut viewer, "First chart", "Divergences: KL and JS");
    let seen = ["First chart", "Second chart"].map(|name| viewer.get_by_label(name).accesskit_node().value());
    assert_eq!(
        seen,
        ["Divergences", "Losses"].map(|title| Some(title.to_owned()))
    );
}

#[test]
fn figures_have_their_units_and_layers_their_norms() {
    let run = run();
    let measures = run.latest().measures.clone();
    let mut viewer = opened(WINDOWS[0], &run);
    choose(
        &mut viewer,
        "First chart",
        "Coverage: NDB/K, modes, high-quality samples",
    );
    let summary = measures.summary();
    let percent = |share: Option<f32>| format!("{:.0} %", 100.0 * share.unwrap());
    viewer.get_by_label(&format!("NDB/K: {}", percent(summary.ndb)));
    viewer.get_by_label(&format!("modes covered: {}", percent(summary.coverage)));

    choose(&mut viewer, "First chart", "Gradients: their norm");
    let name = viewer.get_by_label_contains("Discriminator: ").rect();
    viewer.hover_at(name.center());
    viewer.run_steps(30);
    let layers = measures.gauged.discriminator.as_ref().unwrap().gradients.len();
    let told = viewer
        .get_by_label_contains("Layer by layer")
        .accesskit_node()
        .value()
        .unwrap();
    assert_eq!(told.matches("layer").count(), layers + 2, "{told}");
    assert!(told.contains("output layer: "));
}

#[test]
fn the_pointer_reads_a_measure_at_the_check_nearest_to_it() {
    let run = run();
    let mut viewer = opened(WINDOWS[0], &run);
    choose(&mut viewer, "Second chart", "Dead units: their share");
    let plot = viewer.get_by_label_contains("Dead units chart").rect();
    viewer.hover_at(plot.left_center() + egui::vec2(0.93 * plot.width(), 0.0));
    viewer.run_steps(4);
    let said: Vec<String> = viewer
        .get_all_by_label_contains("At epoch")
        .map(|node| node.accesskit_node().value().unwrap())
        .collect();
    assert!(
        said[1].contains("At epoch 2,000, Discriminator ") && said[1].contains(" %"),
        "{said:?}"
    );
    assert!(!said[1].contains('–'), "{said:?}");
}

#[test]
fn the_heaps_are_told_bin_by_bin_of_both_runs() {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    let rate = Setting::written("generator.learning_rate=0.1", &Preset::Ring.configuration()).unwrap();
    run.send(Command::Compare(Some(rate)));
    run.run_epochs(300).unwrap();
    let mut viewer = opened(WINDOWS[0], &run);
    choose(
        &mut viewer,
        "Second chart",
        "D's outputs on real and on fake samples",
    );
    let plot = viewer.get_by_label_contains("D's outputs chart: D takes ").rect();
    viewer.hover_at(plot.left_center() + egui::vec2(0.51 * plot.width(), 0.0));
    viewer.run_steps(30);
    let told = viewer.get_by_label_contains("D's output 0.50 to 0.55: ");
    let told = told.accesskit_node().value().unwrap();
    assert!(
        told.contains("(learning rate 0.03)") && told.contains("(learning rate 0.1)"),
        "{told}"
    );
}

#[test]
fn what_there_is_not_is_not_made_up() {
    // A target without modes, and a run that has not begun.
    let mut viewer = opened(WINDOWS[0], &Inline::new(Experiment::preset(Preset::Ring, 7)));
    choose(
        &mut viewer,
        "First chart",
        "Coverage: NDB/K, modes, high-quality samples",
    );
    viewer.get_by_label_contains("NDB/K: ");
    assert!(viewer.query_by_label_contains("modes covered").is_none());
    assert!(Target::Ring.modes().is_empty());
    choose(&mut viewer, "First chart", "Gradients: their norm");
    assert_eq!(viewer.query_all_by_label("Discriminator: –").count(), 1);
}

#[test]
fn a_page_that_speaks_of_a_chart_brings_it_back() {
    let mut viewer = opened(WINDOWS[0], &run());
    choose(&mut viewer, "First chart", "Dead units: their share");
    click(&mut viewer, "Lessons");
    click(&mut viewer, "Lesson 6: Reading the losses");
    for _ in 0..8 {
        if viewer.query_by_label_contains("Losses chart").is_some() {
            return;
        }
        click(&mut viewer, "Next");
    }
    panic!("no page speaks of the losses");
}
