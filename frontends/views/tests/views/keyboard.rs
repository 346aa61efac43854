//! Everything from the keyboard: each shortcut, the page that lists them, and Tab through all controls.

use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use lab::{Command, Experiment, Inline, Pace, Session as _, Status, Step};
use views::{Combination, Layer};

use crate::support::{Recorder, Viewer, viewer};

fn ring(status: Status) -> Viewer {
    viewer(
        [1280.0, 800.0],
        Recorder::new(Experiment::preset(Preset::Ring, 7), status),
    )
}

/// The commands that these keys, one after another, ask of the session.
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
    // Tried out because the page names it.
    viewer.key_press(Key::R);
    viewer.run_steps(4);
    assert_eq!(viewer.state().1.sent, [], "the run behind the page goes on");
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

#[test]
fn tab_goes_along_the_bar_from_left_to_right() {
    let mut viewer = ring(Status::Paused);
    viewer.get_by_label("New seed").focus();
    viewer.run_steps(2);
    for name in ["Lessons", "Files", "Dark", "Keys"] {
        viewer.key_press(Key::Tab);
        viewer.run_steps(2);
        assert!(
            viewer.get_by_label(name).is_focused(),
            "{name}, not back to the pace"
        );
    }
}

#[test]
fn up_and_down_go_from_question_to_question() {
    let mut viewer = ring(Status::Paused);
    let [first, second, third] = Combination::ALL;
    for (key, expected) in [
        (Key::ArrowDown, first),
        (Key::ArrowDown, second),
        (Key::ArrowDown, third),
        (Key::ArrowDown, first),
        (Key::ArrowUp, third),
    ] {
        viewer.key_press(key);
        viewer.run_steps(2);
        assert_eq!(viewer.state().0.layers(), expected.layers());
    }
}

#[test]
fn the_heatmap_gets_finer_and_the_warp_is_played() {
    let mut viewer = ring(Status::Paused);
    viewer.key_press(Key::H);
    viewer.run_steps(3);
    assert!(matches!(viewer.state().1.sent[..], [Command::SetHeatmap(_)]));
    viewer.key_press(Key::H);
    viewer.run_steps(3);

    viewer.ctx.all_styles_mut(|style| style.animation_time = 0.1);
    viewer.run_steps(4);
    let still = viewer.output().shapes.clone();
    viewer.key_press(Key::W);
    viewer.run_steps(3);
    assert!(viewer.output().shapes != still, "it plays");
    // Two seconds and a little longer, at the harness' four frames a second.
    viewer.run_steps(40);
    assert!(viewer.output().shapes == still, "and is over");
}

#[test]
fn charts_are_zoomed_and_moved_and_shown_whole() {
    let mut run = Inline::new(Experiment::preset(Preset::Line, 3));
    run.run_epochs(1000).unwrap();
    let mut viewer = viewer([1280.0, 800.0], Recorder::of(run.latest()));
    let whole = |viewer: &Viewer| viewer.query_by_label("Losses: whole run").is_none();
    assert!(whole(&viewer));
    viewer.key_press(Key::Plus);
    viewer.key_press(Key::PageUp);
    viewer.run_steps(2);
    assert!(!whole(&viewer), "zoomed, so there is a way back");
    viewer.key_press(Key::Home);
    viewer.run_steps(2);
    assert!(whole(&viewer));
    viewer.key_press(Key::Plus);
    viewer.run_steps(2);
    viewer.key_press(Key::Minus);
    viewer.run_steps(2);
    assert!(whole(&viewer));
}

#[test]
fn hyper_parameters_become_controls() {
    let mut viewer = ring(Status::Paused);
    assert!(viewer.query_by_label("Generator neurons").is_none());
    viewer.key_press(Key::E);
    viewer.run_steps(3);
    viewer.get_by_label("Generator neurons");
    viewer.key_press(Key::E);
    viewer.run_steps(3);
    assert!(viewer.query_by_label("Generator neurons").is_none());
}

#[test]
fn a_drawing_is_begun_undone_and_learnt() {
    let mut viewer = ring(Status::Paused);
    viewer.key_press(Key::B);
    viewer.run_steps(2);
    let paper = viewer.get_by_label("Paper").rect();
    viewer.drag_at(paper.center());
    viewer.run_steps(1);
    viewer.hover_at(paper.center() + egui::vec2(60.0, 0.0));
    viewer.run_steps(1);
    viewer.drop_at(paper.center() + egui::vec2(60.0, 0.0));
    viewer.run_steps(2);
    assert!(viewer.query_by_label("0 points").is_none());
    viewer.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    viewer.run_steps(2);
    viewer.key_press(Key::Enter);
    viewer.run_steps(2);
    assert_eq!(viewer.state().1.sent, [], "there is nothing to learn");
    viewer.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    viewer.run_steps(2);
    viewer.key_press(Key::Escape);
    viewer.run_steps(2);
    assert!(viewer.query_by_label("Paper").is_none(), "set aside");
    viewer.key_press(Key::B);
    viewer.run_steps(2);
    viewer.key_press(Key::Enter);
    viewer.run_steps(2);
    assert!(matches!(viewer.state().1.sent[..], [Command::Restart(_)]));
}
