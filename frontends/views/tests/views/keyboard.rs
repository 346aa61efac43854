//! Everything from the keyboard: each shortcut, the page that lists them, and Tab through all controls.

use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use lab::{Command, Experiment, Pace, Status, Step};
use views::Layer;

use crate::support::{Recorder, Viewer, viewer};

fn ring(status: Status) -> Viewer {
    viewer(
        [1280.0, 800.0],
        Recorder::new(Experiment::preset(Preset::Ring, 7), status),
    )
}

/// What the session was asked for by these keys, one after another.
fn sent_by(mut viewer: Viewer, keys: &[Key]) -> Vec<Command> {
    for key in keys {
        viewer.key_press(*key);
        viewer.run_steps(2);
    }
    let (_, recorder) = viewer.into_state();
    recorder.sent
}

#[test]
fn training_is_steered_by_keys() {
    let step = |step| vec![Command::Step(step)];
    for (key, expected) in [
        (Key::Space, vec![Command::Play]),
        (Key::S, step(Step::Both)),
        (Key::D, step(Step::Discriminator)),
        (Key::G, step(Step::Generator)),
        (Key::P, step(Step::Phase)),
        (Key::M, vec![Command::SetPace(Pace::SLOW_MOTION)]),
        (
            Key::R,
            vec![Command::Restart(Experiment::preset(Preset::Ring, 7))],
        ),
        (
            Key::N,
            vec![Command::Restart(Experiment::preset(Preset::Ring, 8))],
        ),
    ] {
        assert_eq!(sent_by(ring(Status::Paused), &[key]), expected, "{key:?}");
    }
    assert_eq!(sent_by(ring(Status::Playing), &[Key::Space]), [Command::Pause]);
}

#[test]
fn arrows_change_the_pace() {
    // The recorder's run goes at full speed and stays there.
    let slower = sent_by(ring(Status::Paused), &[Key::ArrowLeft]);
    assert!(
        matches!(slower[..], [Command::SetPace(Pace::EpochsPerSecond(_))]),
        "{slower:?}"
    );
    assert_eq!(
        sent_by(ring(Status::Paused), &[Key::ArrowRight]),
        [Command::SetPace(Pace::Full)]
    );
}

#[test]
fn digits_switch_layers() {
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];
    let layers = [
        Layer::Real,
        Layer::Fake,
        Layer::Contour,
        Layer::Manifold,
        Layer::Gradients,
        Layer::Heatmap,
    ];
    for (key, layer) in keys.into_iter().zip(layers) {
        let mut viewer = ring(Status::Paused);
        let mut expected = viewer.state().0.layers();
        expected.toggle(layer);
        viewer.key_press(key);
        viewer.run_steps(2);
        assert_eq!(viewer.state().0.layers(), expected, "{key:?}");
    }
}

#[test]
fn the_theme_changes_and_changes_back() {
    let mut viewer = ring(Status::Paused);
    for expected in [Theme::Dark, Theme::Light] {
        viewer.key_press(Key::T);
        viewer.run_steps(2);
        assert_eq!(viewer.ctx.theme(), expected);
    }
    viewer.get_by_label("Dark").click();
    viewer.run_steps(2);
    assert_eq!(viewer.ctx.theme(), Theme::Dark);
}

#[test]
fn the_page_of_keys_opens_and_closes() {
    let open = |viewer: &Viewer| viewer.query_by_label("All keys").is_some();
    let mut viewer = ring(Status::Paused);
    assert!(!open(&viewer));
    viewer.event(Event::Text("?".to_owned()));
    viewer.run_steps(4);
    assert!(open(&viewer));
    viewer.get_by_label("slow motion, and back");
    viewer.key_press(Key::Escape);
    viewer.run_steps(4);
    assert!(!open(&viewer));
    viewer.get_by_label("Keys").click();
    viewer.run_steps(4);
    assert!(open(&viewer));
    // Beside the page.
    viewer.drag_at([5.0, 795.0].into());
    viewer.drop_at([5.0, 795.0].into());
    viewer.run_steps(4);
    assert!(!open(&viewer));
    assert_eq!(viewer.state().1.sent, []);
}

#[test]
fn a_diverged_run_does_not_step() {
    let diverged = Status::Diverged(gan_core::Diverged {
        epoch: 3,
        network: gan_core::Network::Generator,
    });
    assert_eq!(
        sent_by(ring(diverged), &[Key::Space, Key::S, Key::D, Key::G, Key::P]),
        []
    );
}

#[test]
fn tab_reaches_a_control_and_its_keys_are_its_own() {
    let mut viewer = ring(Status::Paused);
    viewer.get_by_label("Step both").focus();
    viewer.run_steps(2);
    viewer.key_press(Key::Space);
    viewer.run_steps(2);
    assert_eq!(
        viewer.state().1.sent,
        [Command::Step(Step::Both)],
        "pressed, not played"
    );
    viewer.key_press_modifiers(Modifiers::NONE, Key::Escape);
    viewer.run_steps(2);
    viewer.key_press(Key::Space);
    viewer.run_steps(2);
    assert_eq!(viewer.state().1.sent[1..], [Command::Play]);
}
