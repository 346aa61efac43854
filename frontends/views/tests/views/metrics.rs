//! The charts: zoom, panning, reading, axes, and the marks of actions on the run.

use std::sync::Arc;

use egui::accesskit::Toggled;
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::Change;
use gan_core::configuration::LearningRate;
use gan_core::log::Action;
use gan_core::{Network, Preset};
use lab::{Command, Experiment, Inline, Session as _, Snapshot, Step};

use crate::support::{Recorder, Viewer, viewer};

const TITLES: [&str; 2] = ["Losses", "Divergences"];

/// A run of 800 epochs, each of which is measured.
fn run() -> Inline {
    let mut run = Inline::new(Experiment::preset(Preset::Line, 3));
    run.run_epochs(800).unwrap();
    run
}

fn charts(snapshot: Arc<Snapshot>) -> Viewer {
    viewer([1280.0, 800.0], Recorder::of(snapshot))
}

fn plot(viewer: &Viewer, title: &str) -> Rect {
    viewer.get_by_label_contains(&format!("{title} chart")).rect()
}

/// Which epochs a chart says it shows; both charts and both time axes must say the same.
fn shown(viewer: &Viewer) -> [u64; 2] {
    let said = |words: String| -> [u64; 2] {
        let node = viewer.get_by_label_contains(&words);
        let label = node.accesskit_node().label().unwrap().replace(',', "");
        let numbers: Vec<u64> = label.split(' ').filter_map(|word| word.parse().ok()).collect();
        [numbers[0], numbers[1]]
    };
    let all = TITLES.map(|title| ["chart", "time axis"].map(|part| said(format!("{title} {part}"))));
    assert!(
        all.as_flattened().iter().all(|epochs| *epochs == all[0][0]),
        "{all:?}"
    );
    all[0][0]
}

/// Place of an epoch in a chart, halfway up.
fn place(viewer: &Viewer, title: &str, epoch: f32) -> Pos2 {
    let [begin, end] = shown(viewer).map(|epoch| epoch as f32);
    let plot = plot(viewer, title);
    let x = plot.left() + (epoch - begin) / (end - begin) * plot.width();
    egui::pos2(x, plot.center().y)
}

/// The same on the time axis.
fn on_axis(viewer: &Viewer, title: &str, epoch: f32) -> Pos2 {
    let axis = viewer.get_by_label_contains(&format!("{title} time axis")).rect();
    egui::pos2(place(viewer, title, epoch).x, axis.center().y)
}

fn wheel(viewer: &mut Viewer, at: Pos2, notches: f32) {
    viewer.hover_at(at);
    viewer.run_steps(1);
    viewer.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, notches),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    viewer.run_steps(8);
}

fn drag(viewer: &mut Viewer, from: Pos2, to: Pos2) {
    viewer.hover_at(from);
    viewer.run_steps(1);
    viewer.drag_at(from);
    viewer.run_steps(1);
    for step in 1..=10 {
        viewer.hover_at(from + 0.1 * step as f32 * (to - from));
        viewer.run_steps(1);
    }
    viewer.drop_at(to);
    viewer.run_steps(2);
}

fn double_click(viewer: &mut Viewer, at: Pos2) {
    viewer.hover_at(at);
    viewer.run_steps(1);
    // In one frame: the harness' frames are too long for two to be a double click.
    let clicks = [true, false, true, false].map(|pressed| Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    });
    viewer.input_mut().events.extend(clicks);
    viewer.run_steps(3);
}

fn near(one: u64, other: u64, by: u64) -> bool {
    one.abs_diff(other) <= by
}

#[test]
fn the_wheel_magnifies_both_charts_around_the_pointer() {
    let mut viewer = charts(run().latest());
    assert_eq!(shown(&viewer), [0, 800]);
    let at = place(&viewer, "Losses", 200.0);
    wheel(&mut viewer, at, 2.5);
    let [begin, end] = shown(&viewer);
    assert!(near(end - begin, 400, 2), "{begin} to {end}");
    assert!(near(begin, 100, 2), "200 stays at a quarter: {begin} to {end}");
    let at = place(&viewer, "Divergences", 200.0);
    wheel(&mut viewer, at, -10.0);
    assert_eq!(shown(&viewer), [0, 800]);
    assert!(viewer.query_by_label("Losses: whole run").is_none());
    wheel(&mut viewer, at, 100.0);
    let [begin, end] = shown(&viewer);
    assert_eq!(end - begin, 20, "not less than can be told apart");
}

#[test]
fn a_range_of_the_time_axis_is_chosen_and_the_whole_comes_back() {
    for (title, from, to) in [("Losses", 300.0, 500.0), ("Divergences", 500.0, 300.0)] {
        let mut viewer = charts(run().latest());
        let [from, to] = [from, to].map(|epoch| on_axis(&viewer, title, epoch));
        drag(&mut viewer, from, to);
        let [begin, end] = shown(&viewer);
        assert!(near(begin, 300, 2) && near(end, 500, 2), "{begin} to {end}");
        viewer.get_by_label(&format!("{title}: whole run")).click();
        viewer.run_steps(2);
        assert_eq!(shown(&viewer), [0, 800]);
    }
}

#[test]
fn a_part_is_dragged_and_a_double_click_leads_back() {
    let mut viewer = charts(run().latest());
    // The whole has nowhere to go.
    let [from, to] = [500.0, 400.0].map(|epoch| place(&viewer, "Losses", epoch));
    drag(&mut viewer, from, to);
    assert_eq!(shown(&viewer), [0, 800]);

    let [from, to] = [300.0, 500.0].map(|epoch| on_axis(&viewer, "Losses", epoch));
    drag(&mut viewer, from, to);
    let [before, _] = shown(&viewer);
    let [from, to] = [450.0, 350.0].map(|epoch| place(&viewer, "Losses", epoch));
    drag(&mut viewer, from, to);
    let [begin, end] = shown(&viewer);
    // egui waits for a few pixels before it is a drag.
    assert!(
        near(begin, before + 100, 6) && near(end - begin, 200, 3),
        "{begin} to {end}"
    );

    let at = place(&viewer, "Divergences", 500.0);
    double_click(&mut viewer, at);
    assert_eq!(shown(&viewer), [0, 800]);
}

#[test]
fn a_part_stays_while_the_run_goes_on_and_the_whole_follows() {
    let mut run = run();
    let mut viewer = charts(run.latest());
    run.run_epochs(100).unwrap();
    viewer.state_mut().1 = Recorder::of(run.latest());
    viewer.run_steps(2);
    assert_eq!(shown(&viewer), [0, 900]);

    let [from, to] = [300.0, 500.0].map(|epoch| on_axis(&viewer, "Losses", epoch));
    drag(&mut viewer, from, to);
    let part = shown(&viewer);
    run.run_epochs(100).unwrap();
    viewer.state_mut().1 = Recorder::of(run.latest());
    viewer.run_steps(2);
    assert_eq!(shown(&viewer), part);

    run.send(Command::Restart(Experiment::preset(Preset::Line, 3)));
    viewer.state_mut().1 = Recorder::of(run.latest());
    viewer.run_steps(2);
    assert_eq!(shown(&viewer), [0, 50], "another run is another whole");
}

#[test]
fn the_pointer_reads_what_was_measured_in_both_charts() {
    let snapshot = run().latest();
    let mut viewer = charts(Arc::clone(&snapshot));
    for (title, epoch) in [("Losses", 0.0), ("Losses", 321.0), ("Divergences", 797.0)] {
        let at = place(&viewer, title, epoch);
        viewer.hover_at(at);
        viewer.run_steps(2);
        let said: Vec<String> = viewer
            .get_all_by_label_contains("At epoch")
            .map(|node| node.accesskit_node().value().unwrap())
            .collect();
        let read: u64 = said[0]["At epoch ".len()..]
            .split(',')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!(near(read, epoch as u64, 2), "{said:?}");
        let measured = snapshot.history.measured()[read as usize];
        let figure = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.3}"));
        let [discriminator, generator] = [measured.discriminator_loss, measured.generator_loss].map(figure);
        assert_eq!(
            said,
            [
                format!("At epoch {read}, Discriminator {discriminator}, Generator {generator}"),
                format!("At epoch {read}, KL {:.3}, JS {:.3}", measured.kl, measured.js),
            ]
        );
        for (title, node) in TITLES.iter().zip(viewer.get_all_by_label_contains("At epoch")) {
            assert!(plot(&viewer, title).contains_rect(node.rect()), "{title}");
        }
    }
    viewer.hover_at(egui::pos2(5.0, 5.0));
    viewer.run_steps(2);
    assert!(viewer.query_all_by_label_contains("At epoch").next().is_none());
}

#[test]
fn each_chart_has_a_logarithmic_axis() {
    let mut viewer = charts(run().latest());
    let on = |viewer: &Viewer| {
        TITLES.map(|title| {
            let name = format!("{title} logarithmic");
            let switch = viewer.get_by_label(&name);
            switch.accesskit_node().toggled() == Some(Toggled::True)
        })
    };
    assert_eq!(on(&viewer), [false, true]);
    for (place, title) in TITLES.iter().enumerate() {
        let (before, drawn) = (on(&viewer), viewer.output().shapes.clone());
        viewer.get_by_label(&format!("{title} logarithmic")).click();
        viewer.run_steps(2);
        let mut expected = before;
        expected[place] = !expected[place];
        assert_eq!(on(&viewer), expected);
        assert!(viewer.output().shapes != drawn);
    }
    assert_eq!(viewer.state().1.sent, [], "how it is looked at is no command");
}

#[test]
fn what_was_done_is_marked_and_told() {
    let mut run = run();
    let rate = LearningRate::new(0.3).unwrap();
    run.send(Command::Change(Change::learning_rate(
        Network::Discriminator,
        rate,
    )));
    for _ in 0..40 {
        run.send(Command::Step(Step::Generator));
    }
    run.run_epochs(760).unwrap();
    let began = Preset::Line.configuration().discriminator.learning_rate.get();
    let change = format!("Epoch 800: discriminator's learning rate from {began} to 0.3");
    let steps = "Epochs 801–840: 40 steps of the generator alone";

    let mut viewer = charts(run.latest());
    for words in [change.as_str(), steps] {
        assert_eq!(
            viewer.get_all_by_label(words).count(),
            3,
            "on both axes and on the timeline"
        );
    }
    let mark = viewer.get_all_by_label(steps).next().unwrap().rect();
    viewer.hover_at(mark.center());
    viewer.run_steps(8);
    viewer.get_by_label_contains(&format!("{change}\n{steps}"));
}

#[test]
fn a_full_log_is_said_to_be_full() {
    let mut snapshot = (*run().latest()).clone();
    let log = Arc::make_mut(&mut snapshot.log);
    for epoch in 0..1061 {
        let _ = log.push(2 * epoch, Action::Step(Network::Generator));
    }
    let viewer = charts(Arc::new(snapshot));
    viewer.get_by_label("37 later actions not marked");
    assert_eq!(
        viewer
            .get_all_by_label("Epochs 1–2,047: 1,024 steps of the generator alone")
            .count(),
        3
    );
}

#[test]
fn small_charts_survive() {
    for size in [[930.0, 580.0], [960.0, 640.0], [1024.0, 700.0]] {
        let mut viewer = viewer(size, Recorder::of(run().latest()));
        let metrics = egui::pos2(0.3 * size[0], 0.85 * size[1]);
        wheel(&mut viewer, metrics, 5.0);
        assert!(
            viewer.query_all_by_label_contains("chart, epochs").count() == 2,
            "{size:?}"
        );
    }
}
