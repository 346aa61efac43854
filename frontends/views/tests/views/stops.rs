//! When a run pauses by itself: chosen on a page, said in the bar.

use egui::Key;
use egui::accesskit::Toggled;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::Preset;
use lab::{Command, Experiment, Inline, Session as _, Snapshot, Status, StopState};

use crate::support::{Recorder, Viewer, sent_by, viewer};

const WIDE: [f32; 2] = [1280.0, 800.0];
const WINDOWS: [[f32; 2]; 4] = [WIDE, [1024.0, 700.0], [390.0, 844.0], [844.0, 390.0]];

fn run() -> Snapshot {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.run_epochs(60).unwrap();
    (*run.latest()).clone()
}

fn waiting(text: &str, reached: Option<u64>, status: Status) -> Snapshot {
    Snapshot {
        stop: Some(StopState {
            stop: text.parse().unwrap(),
            reached,
        }),
        status,
        ..run()
    }
}

fn opened(size: [f32; 2], snapshot: Snapshot) -> Viewer {
    let mut viewer = viewer(size, Recorder::of(snapshot));
    if size[0] < 900.0 {
        viewer.get_by_label("Menu").click();
        viewer.run_steps(4);
    }
    viewer.get_by_label("Pause by itself").click();
    viewer.run_steps(4);
    viewer
}

fn stop(text: &str) -> [Command; 1] {
    [Command::StopWhen(Some(text.parse().unwrap()))]
}

#[test]
fn each_condition_is_one_click_in_every_window() {
    for size in WINDOWS {
        for (name, text) in [
            ("At an epoch", "epoch 2000"),
            ("When JS is below", "js below 0.1 for 3 checks"),
            ("When it is said", "diagnosis ailing"),
        ] {
            assert_eq!(sent_by(opened(size, run()), name), stop(text), "{size:?}");
        }
        let waits = waiting("epoch 500", None, Status::Paused);
        assert_eq!(sent_by(opened(size, waits), "Never"), [Command::StopWhen(None)]);
    }
}

#[test]
fn an_epoch_is_typed_and_what_is_none_is_said() {
    let mut viewer = opened(WIDE, run());
    let field = |viewer: &mut Viewer, text: &str| {
        viewer.get_by_label("Epoch at which to pause").focus();
        viewer.run_steps(2);
        viewer.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
        viewer.event(egui::Event::Text(text.to_owned()));
        viewer.run_steps(2);
        viewer.get_by_label("At an epoch").click();
        viewer.run_steps(3);
    };
    field(&mut viewer, "soon");
    viewer.get_by_label("An epoch is a whole number, such as 5000.");
    field(&mut viewer, "12");
    viewer.get_by_label("The run is there already: choose a later epoch.");
    assert_eq!(viewer.state().1.sent, []);
    field(&mut viewer, "12,345");
    assert_eq!(viewer.state().1.sent, stop("epoch 12345"));
}

#[test]
fn thresholds_counts_and_words_are_chosen() {
    let mut viewer = opened(WIDE, run());
    for (menu, option) in [
        ("JS threshold", "0.05"),
        ("Number of checks", "5 checks in turn"),
        ("Diagnosis to wait for", "‘Mode collapse’"),
    ] {
        viewer.get_by_label(menu).click();
        viewer.run_steps(4);
        viewer.get_by_label(option).click();
        viewer.run_steps(4);
    }
    assert_eq!(viewer.state().1.sent, [], "nothing is waited for yet");
    viewer.get_by_label("When JS is below").click();
    viewer.run_steps(3);
    viewer.get_by_label("When it is said").click();
    viewer.run_steps(3);
    let expected = [
        stop("js below 0.05 for 5 checks"),
        stop("diagnosis mode_collapse"),
    ]
    .concat();
    assert_eq!(viewer.state().1.sent, expected);
}

#[test]
fn what_is_waited_for_and_what_was_reached_is_said() {
    let flag = |viewer: &Viewer| viewer.get_by_label("Pause by itself").accesskit_node().toggled();
    let waits = viewer(
        WIDE,
        Recorder::of(waiting("js below 0.1 for 3 checks", None, Status::Playing)),
    );
    waits.get_by_label_contains("until JS is below 0.1 at 3 checks in turn.");
    assert_eq!(flag(&waits), Some(Toggled::True));
    let reached = viewer(
        WIDE,
        Recorder::of(waiting("diagnosis mode_collapse", Some(60), Status::Paused)),
    );
    reached.get_by_label("Paused by itself: ‘Mode collapse’ is said.");
    assert_eq!(flag(&reached), Some(Toggled::False));
    let earlier = viewer(WIDE, Recorder::of(waiting("epoch 40", Some(40), Status::Paused)));
    earlier.get_by_label("Paused.");
}

#[test]
fn a_run_that_trains_pauses_where_it_was_to() {
    let mut run = Inline::new(Experiment::preset(Preset::Line, 3));
    run.send(Command::StopWhen(Some("epoch 123".parse().unwrap())));
    run.send(Command::Play);
    run.run_epochs(500).unwrap();
    let snapshot = run.latest();
    assert_eq!((snapshot.epoch, snapshot.status), (123, Status::Paused));
    let viewer = viewer(WIDE, Recorder::of(snapshot));
    viewer.get_by_label("Paused by itself: epoch 123.");
}

#[test]
fn the_page_comes_by_its_key_and_goes_by_escape() {
    let mut viewer = viewer(WIDE, Recorder::of(run()));
    viewer.key_press(Key::U);
    viewer.run_steps(3);
    viewer.get_by_label("When to pause");
    viewer.key_press(Key::Escape);
    viewer.run_steps(3);
    assert!(viewer.query_by_label("When to pause").is_none());
}
