//! Two runs side by side: chosen, begun, named, and ended.

use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::Preset;
use lab::{Command, Experiment, Inline, Pace, Session as _, Setting, Status, Step};

use crate::arrangement::{WINDOWS, assert_apart};
use crate::support::{Recorder, Viewer, viewer};

const WINDOW: [f32; 2] = [1280.0, 800.0];

fn alone() -> Viewer {
    viewer(
        WINDOW,
        Recorder::new(Experiment::preset(Preset::Gaussians, 1), Status::Paused),
    )
}

fn setting(written: &str) -> Setting {
    Setting::written(written, &Preset::Gaussians.configuration()).unwrap()
}

fn compared(difference: &str, epochs: u64) -> Inline {
    let mut runs = Inline::new(Experiment::preset(Preset::Gaussians, 1));
    runs.send(Command::Compare(Some(setting(difference))));
    let _ = runs.run_epochs(epochs);
    runs
}

fn two(runs: &Inline) -> Viewer {
    viewer(WINDOW, Recorder::of(runs.latest()))
}

fn click(viewer: &mut Viewer, label: &str) {
    viewer.get_by_label(label).click();
    viewer.run_steps(3);
}

fn sent(viewer: &Viewer) -> Vec<Command> {
    let comparing = |command: &&Command| !matches!(command, Command::SetHeatmap(_));
    viewer.state().1.sent.iter().filter(comparing).cloned().collect()
}

/// The note at the lower edge of a canvas.
fn note(viewer: &Viewer, which: &str) -> Option<String> {
    let name = format!("Layered distributions of the {which} run");
    viewer.get_by_label(&name).accesskit_node().value()
}

#[test]
fn a_comparison_is_chosen_and_begun_by_name() {
    let mut viewer = alone();
    assert!(viewer.query_by_label("Compare").is_none());
    click(&mut viewer, "Compare two runs");
    viewer.get_by_label_contains("with one difference");
    let choice = |viewer: &Viewer, label: &str| viewer.get_by_label(label).accesskit_node().value().unwrap();
    assert_eq!(
        choice(&viewer, "Difference between the runs"),
        "Discriminator updates per epoch"
    );
    assert_eq!(choice(&viewer, "Value of the second run"), "3");
    click(&mut viewer, "Compare");
    assert_eq!(
        sent(&viewer),
        [Command::Compare(Some(setting(
            "discriminator.updates_per_epoch=3"
        )))]
    );
    assert!(viewer.query_by_label("Compare").is_none(), "closed");
}

#[test]
fn every_hyper_parameter_can_be_the_difference() {
    let names = [
        (
            "Discriminator updates per epoch",
            "0",
            "discriminator.updates_per_epoch=0",
        ),
        (
            "Discriminator learning rate",
            "0.003",
            "discriminator.learning_rate=0.003",
        ),
        ("Discriminator optimizer", "Adam", "discriminator.optimizer=adam"),
        (
            "Discriminator hidden layers",
            "4",
            "discriminator.hidden_layers=4",
        ),
        ("Discriminator neurons", "100", "discriminator.neurons=100"),
        (
            "Generator updates per epoch",
            "10",
            "generator.updates_per_epoch=10",
        ),
        ("Generator learning rate", "1", "generator.learning_rate=1"),
        ("Generator optimizer", "Adam", "generator.optimizer=adam"),
        ("Generator hidden layers", "3", "generator.hidden_layers=3"),
        ("Generator neurons", "20", "generator.neurons=20"),
        ("Loss", "least squares", "loss=least-squares"),
        ("Noise distribution", "2-D uniform", "noise.kind=uniform"),
        ("Batch size", "300", "batch=300"),
    ];
    for (name, value, written) in names {
        let mut viewer = alone();
        click(&mut viewer, "Compare two runs");
        click(&mut viewer, "Difference between the runs");
        click(&mut viewer, name);
        click(&mut viewer, "Value of the second run");
        click(&mut viewer, value);
        click(&mut viewer, "Compare");
        assert_eq!(
            sent(&viewer),
            [Command::Compare(Some(setting(written)))],
            "{name}"
        );
    }
}

#[test]
fn two_runs_are_named_and_end() {
    let mut viewer = two(&compared("discriminator.updates_per_epoch=3", 40));
    viewer.get_by_label("D updates per epoch: 2 | 3");
    viewer.get_by_label("2 updates per epoch");
    viewer.get_by_label("3 updates per epoch");
    for figure in ["Discriminator", "Generator", "KL", "JS"] {
        let mut figures = viewer.get_all_by_label_contains("(2 updates per epoch | 3 updates per epoch)");
        assert!(
            figures.any(|node| node.accesskit_node().value().unwrap().starts_with(figure)),
            "{figure}"
        );
    }
    viewer.get_by_label("of the first run");
    let canvases = ["first", "second"].map(|which| {
        viewer
            .get_by_label(&format!("Layered distributions of the {which} run"))
            .rect()
    });
    let [first, second] = canvases;
    assert!(first.width() > 235.0 && first.size() == second.size());
    assert!(!first.intersects(second) && first.top() == second.top());
    viewer.get_by_label("Another difference");
    click(&mut viewer, "End comparison");
    assert_eq!(sent(&viewer), [Command::Compare(None)]);
}

#[test]
fn another_difference_begins_with_the_one_there_is() {
    let mut viewer = two(&compared("generator.learning_rate=0.003", 0));
    click(&mut viewer, "Another difference");
    let menu = viewer.get_by_label("Difference between the runs");
    assert_eq!(menu.accesskit_node().value().unwrap(), "Generator learning rate");
    click(&mut viewer, "Value of the second run");
    click(&mut viewer, "0.01");
    click(&mut viewer, "Compare");
    assert_eq!(
        sent(&viewer),
        [Command::Compare(Some(setting("generator.learning_rate=0.01")))]
    );
}

#[test]
fn no_difference_is_said() {
    let mut runs = compared("discriminator.updates_per_epoch=3", 0);
    let change = setting("discriminator.updates_per_epoch=3").change().unwrap();
    runs.send(Command::Change(change));
    two(&runs).get_by_label("D updates per epoch: 3 | 3 (no difference)");
}

#[test]
fn a_key_opens_the_chooser_and_closes_it() {
    let mut viewer = alone();
    for open in [true, false, true] {
        viewer.key_press_modifiers(Modifiers::NONE, Key::A);
        viewer.run_steps(3);
        assert_eq!(viewer.query_by_label("Compare").is_some(), open);
    }
    viewer.key_press_modifiers(Modifiers::NONE, Key::Escape);
    viewer.run_steps(3);
    assert!(viewer.query_by_label("Compare").is_none());
}

#[test]
fn the_charts_say_the_values_of_both_where_the_pointer_is() {
    let runs = compared("discriminator.updates_per_epoch=3", 40);
    let mut viewer = two(&runs);
    let plot = viewer.get_by_label_contains("Divergences chart").rect();
    viewer.hover_at(plot.center());
    viewer.run_steps(3);
    let snapshot = runs.latest();
    let [first, second] = [&snapshot, &snapshot.beside.as_ref().unwrap().run].map(|run| {
        let measured = run.history.measured()[25];
        format!(", KL {:.3}, JS {:.3}", measured.kl, measured.js)
    });
    viewer.get_by_label(&format!(
        "At epoch 25{first} (2 updates per epoch){second} (3 updates per epoch)"
    ));
}

#[test]
fn the_pointer_reads_either_canvas() {
    let runs = compared("discriminator.updates_per_epoch=3", 40);
    let snapshot = runs.latest();
    let second = &snapshot.beside.as_ref().unwrap().run;
    for (name, run) in [("first", &snapshot), ("second", second)] {
        let mut viewer = two(&runs);
        let canvas: Rect = viewer
            .get_by_label(&format!("Layered distributions of the {name} run"))
            .rect();
        // At a place without a sample, the tooltip tells the discriminator's verdict.
        let at = [0.06, 0.05];
        viewer.hover_at(canvas.left_bottom() + egui::vec2(at[0] * canvas.width(), -at[1] * canvas.height()));
        viewer.run_steps(30);
        let score = run.heatmap.score_around(at);
        viewer.get_by_label_contains(&format!("The discriminator says {score:.3}"));
    }
}

#[test]
fn in_slow_motion_a_run_says_that_it_waits() {
    let mut runs = compared("discriminator.updates_per_epoch=3", 5);
    runs.send(Command::SetPace(Pace::SLOW_MOTION));
    // The first has 15 phases an epoch, the second 20.
    for _ in 0..16 {
        runs.send(Command::Step(Step::Phase));
    }
    let viewer = two(&runs);
    assert_eq!(
        note(&viewer, "first").as_deref(),
        Some("Its epoch is done: it waits for the other run.")
    );
    assert!(!note(&viewer, "second").is_some_and(|words| words.contains("waits")));
    viewer.get_by_label("Epoch 6, phase 15 of 15 of the first run");
    viewer.get_by_label("Paused within epoch 6.");
}

#[test]
fn a_run_that_diverged_says_that_it_rests_and_the_other_can_be_played() {
    let mut snapshot = (*compared("discriminator.updates_per_epoch=3", 5).latest()).clone();
    snapshot.status = Status::Diverged(gan_core::Diverged {
        network: gan_core::Network::Generator,
        epoch: 5,
    });
    let mut viewer = viewer(WINDOW, Recorder::of(snapshot));
    viewer.get_by_label("Paused. The first run diverged in epoch 5 and rests.");
    assert_eq!(
        note(&viewer, "first").as_deref(),
        Some("Diverged in epoch 5: it rests.")
    );
    click(&mut viewer, "Play");
    assert_eq!(sent(&viewer), [Command::Play]);
}

#[test]
fn nothing_overlaps_in_small_windows_and_large() {
    for difference in ["noise.dimensions=1", "discriminator.updates_per_epoch=3"] {
        let runs = compared(difference, 3);
        for size in WINDOWS {
            let mut viewer = viewer(size, Recorder::of(runs.latest()));
            assert_apart(&viewer, size);
            viewer.state_mut().0.toggle_comparison();
            viewer.run_steps(2);
            assert_apart(&viewer, size);
            viewer.state_mut().0.toggle_edit();
            viewer.run_steps(2);
            assert_apart(&viewer, size);
        }
    }
}
