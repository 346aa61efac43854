//! The bar at the top: every control by its name, the pace by hand, by key and by value.

use egui::{Event, Key, Modifiers, PointerButton, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::Preset;
use lab::{Command, Experiment, Inline, Pace, Rate, Session as _, Status, Step};

use crate::support::{Recorder, Viewer, sent_by, viewer};

const SIZE: [f32; 2] = [1280.0, 800.0];

fn ring(status: Status) -> Viewer {
    viewer(SIZE, Recorder::new(Experiment::preset(Preset::Ring, 7), status))
}

/// A paused run that was told its pace.
fn at(pace: Pace) -> Viewer {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.send(Command::SetPace(pace));
    viewer(SIZE, Recorder::of(run.latest()))
}

fn epochs(rate: f64) -> Pace {
    Pace::EpochsPerSecond(Rate::per_second(rate).unwrap())
}

#[test]
fn play_and_pause() {
    assert_eq!(sent_by(ring(Status::Paused), "Play"), [Command::Play]);
    assert_eq!(sent_by(ring(Status::Playing), "Pause"), [Command::Pause]);
}

#[test]
fn single_steps() {
    for (name, step) in [
        ("Step discriminator", Step::Discriminator),
        ("Step generator", Step::Generator),
        ("Step both", Step::Both),
    ] {
        assert_eq!(sent_by(ring(Status::Paused), name), [Command::Step(step)]);
    }
}

#[test]
fn reset_keeps_the_seed_and_new_seed_does_not() {
    let seven = Command::Restart(Experiment::preset(Preset::Ring, 7));
    assert_eq!(sent_by(ring(Status::Paused), "Reset"), [seven]);
    let eight = Command::Restart(Experiment::preset(Preset::Ring, 8));
    assert_eq!(sent_by(ring(Status::Paused), "New seed"), [eight]);
}

#[test]
fn two_commands_in_one_frame_both_happen() {
    let mut viewer = ring(Status::Paused);
    let pos = viewer.get_by_label("Step both").rect().center();
    let button = |pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let click = [Event::PointerMoved(pos), button(true), button(false)];
    viewer.input_mut().events.extend(click);
    viewer.get_by_label("New seed").click_accesskit();
    viewer.run_steps(2);
    let eight = Command::Restart(Experiment::preset(Preset::Ring, 8));
    assert_eq!(viewer.state().1.sent, [Command::Step(Step::Both), eight]);
}

#[test]
fn slow_motion_and_back_to_the_pace_before() {
    for pace in [Pace::AS_IN_GAN_LAB, Pace::Full, epochs(25.0)] {
        assert_eq!(
            sent_by(at(pace), "Slow motion"),
            [Command::SetPace(Pace::SLOW_MOTION)]
        );
    }
    assert_eq!(
        sent_by(at(Pace::SLOW_MOTION), "Slow motion"),
        [Command::SetPace(Pace::BRISK)]
    );

    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.send(Command::SetPace(epochs(25.0)));
    let mut viewer = viewer(SIZE, Recorder::of(run.latest()));
    run.send(Command::SetPace(Pace::SLOW_MOTION));
    viewer.state_mut().1 = Recorder::of(run.latest());
    viewer.run_steps(2);
    assert_eq!(sent_by(viewer, "Slow motion"), [Command::SetPace(epochs(25.0))]);
}

#[test]
fn a_click_on_a_mark_is_its_pace() {
    for (name, pace) in [
        ("Pace slow motion", Pace::SLOW_MOTION),
        ("Pace 1 epoch/frame", Pace::AS_IN_GAN_LAB),
        ("Pace full", Pace::Full),
    ] {
        assert_eq!(sent_by(at(Pace::BRISK), name), [Command::SetPace(pace)]);
        assert_eq!(sent_by(at(pace), name), [], "nothing new");
    }
}

#[test]
fn the_pace_is_said_in_words() {
    for (pace, words) in [
        (Pace::SLOW_MOTION, "slow motion, a phase in 1.25 s"),
        (Pace::AS_IN_GAN_LAB, "60 epochs/s, one a frame"),
        (epochs(2.5), "2.5 epochs/s"),
        (Pace::Full, "as fast as possible"),
    ] {
        let viewer = at(pace);
        assert_eq!(viewer.get_by_label("Pace").value(), Some(words.to_owned()));
        assert_eq!(viewer.get_all_by_label(words).count(), 1);
    }
}

#[test]
fn the_pace_is_set_by_value() {
    for (value, pace) in [(0.0, Pace::SLOW_MOTION), (1.0, Pace::Full), (7.0, Pace::Full)] {
        let mut viewer = at(Pace::BRISK);
        viewer.get_by_label("Pace").set_value_accesskit(value);
        viewer.run_steps(2);
        assert_eq!(viewer.state().1.sent, [Command::SetPace(pace)]);
    }
    let mut viewer = at(Pace::SLOW_MOTION);
    viewer.get_by_label("Pace").increment_accesskit();
    viewer.run_steps(2);
    let one = Pace::PhasesPerSecond(Rate::per_second(1.0).unwrap());
    assert_eq!(viewer.state().1.sent, [Command::SetPace(one)]);
}

#[test]
fn the_pace_is_set_by_key() {
    for (key, pace) in [
        (Key::Home, Pace::SLOW_MOTION),
        (Key::End, Pace::Full),
        (Key::ArrowRight, epochs(760.0)),
        (Key::ArrowUp, epochs(760.0)),
        (Key::ArrowLeft, epochs(470.0)),
        (Key::ArrowDown, epochs(470.0)),
    ] {
        let mut viewer = at(Pace::BRISK);
        viewer.get_by_label("Pace").focus();
        viewer.run_steps(2);
        viewer.key_press(key);
        viewer.run_steps(2);
        assert_eq!(viewer.state().1.sent, [Command::SetPace(pace)], "{key:?}");
        assert!(viewer.get_by_label("Pace").is_focused());
    }
}

#[test]
fn the_pace_is_set_by_hand() {
    let mut viewer = at(Pace::BRISK);
    let rail = viewer.get_by_label("Pace").rect();
    viewer.drag_at(rail.center());
    viewer.run_steps(2);
    viewer.hover_at(rail.left_center() - Vec2::new(40.0, 0.0));
    viewer.run_steps(2);
    viewer.drop_at(rail.left_center() - Vec2::new(40.0, 0.0));
    viewer.run_steps(2);
    let sent = &viewer.state().1.sent;
    assert!(
        matches!(sent[0], Command::SetPace(Pace::EpochsPerSecond(_))),
        "{sent:?}"
    );
    assert_eq!(sent.last(), Some(&Command::SetPace(Pace::SLOW_MOTION)));
    assert!(
        viewer
            .get_by_label("Pace")
            .accesskit_node()
            .numeric_value()
            .is_some()
    );
}

#[test]
fn a_run_that_rests_within_an_epoch_says_so() {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.send(Command::Step(Step::Phase));
    viewer(SIZE, Recorder::of(run.latest())).get_by_label("Paused within epoch 1.");
    run.send(Command::Play);
    viewer(SIZE, Recorder::of(run.latest())).get_by_label("Training epoch 1, phase by phase.");
}
