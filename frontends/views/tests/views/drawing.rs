//! Data of one's own: drawn with a brush, learnt when asked to, and of a file.

use crate::arrangement;
use crate::support::{Recorder, Viewer, viewer};
use egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::{Point, Preset, Target};
use lab::setup::drawing::MOST_DRAWN;
use lab::{Command, Drawing, Experiment, Status};
use views::projection::Projection;

const WINDOW: [f32; 2] = [1280.0, 800.0];

fn showing(experiment: Experiment) -> Viewer {
    viewer(WINDOW, Recorder::new(experiment, Status::Paused))
}

fn ring() -> Experiment {
    Experiment::preset(Preset::Ring, 7)
}

/// Two points, drawn before.
fn drawn() -> Experiment {
    ring()
        .learning(Drawing::drawn([[0.25, 0.5], [0.75, 0.5]]).unwrap())
        .unwrap()
}

fn of_file() -> Experiment {
    ring()
        .learning(Drawing::parse("points.csv", b"-10,0\n30,10\n").unwrap())
        .unwrap()
}

fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(3);
}

/// Drags over the paper, by way of all these places.
fn drag(viewer: &mut Viewer, way: &[Point]) {
    let paper = Projection::onto(viewer.get_by_label("Paper").rect());
    viewer.hover_at(paper.place(way[0]));
    viewer.drag_at(paper.place(way[0]));
    for place in &way[1..] {
        viewer.hover_at(paper.place(*place));
    }
    viewer.drop_at(paper.place(*way.last().unwrap()));
    viewer.run_steps(3);
}

const ACROSS: [Point; 3] = [[0.2, 0.5], [0.5, 0.5], [0.8, 0.5]];
const UP: [Point; 2] = [[0.5, 0.2], [0.5, 0.8]];

/// The count that is shown.
fn points(viewer: &Viewer) -> usize {
    let label = viewer.get_by(|node| {
        let words = node.value().unwrap_or_default();
        words.ends_with(" points") || words == "1 point"
    });
    let words = label.accesskit_node().value().unwrap();
    words.split(' ').next().unwrap().replace(',', "").parse().unwrap()
}

fn sent(viewer: Viewer) -> Vec<Command> {
    viewer.into_state().1.sent
}

/// The experiment that the one command sent begins anew with.
fn restarted(viewer: Viewer) -> Experiment {
    let mut commands = sent(viewer);
    assert_eq!(commands.len(), 1, "{commands:?}");
    match commands.remove(0) {
        Command::Restart(experiment) => experiment,
        other => panic!("{other:?} is no restart"),
    }
}

#[test]
fn an_empty_sheet_says_what_to_do_and_cannot_be_learnt() {
    let mut viewer = showing(ring());
    click(&mut viewer, "Draw");
    assert!(viewer.query_by_label("Layered distributions").is_none());
    viewer.get_by_label_contains("Drag the brush over the paper");
    viewer.get_by_label("Draw at least one point to learn.");
    assert_eq!(points(&viewer), 0);
    for name in ["Learn it", "Undo", "Redo", "Clear"] {
        assert!(viewer.get_by_label(name).accesskit_node().is_disabled(), "{name}");
        click(&mut viewer, name);
    }
    assert!(viewer.query_by_label("Paper").is_some());
    assert_eq!(sent(viewer), []);
}

#[test]
fn strokes_are_undone_redone_and_cleared() {
    let mut viewer = showing(ring());
    click(&mut viewer, "Draw");
    drag(&mut viewer, &ACROSS);
    let one = points(&viewer);
    assert!((130..170).contains(&one), "{one}");
    drag(&mut viewer, &UP);
    let two = points(&viewer);
    assert!(two > one + 120, "{two}");
    assert!(
        viewer
            .query_by_label("Draw at least one point to learn.")
            .is_none()
    );
    for (name, expected) in [
        ("Undo", one),
        ("Undo", 0),
        ("Redo", one),
        ("Redo", two),
        ("Clear", 0),
        ("Undo", two),
    ] {
        click(&mut viewer, name);
        assert_eq!(points(&viewer), expected, "after {name}");
    }
    assert_eq!(sent(viewer), [], "drawing is no command");
}

#[test]
fn a_press_without_a_drag_is_a_dab() {
    let mut viewer = showing(ring());
    click(&mut viewer, "Draw");
    drag(&mut viewer, &[[0.5, 0.5]]);
    assert_eq!(points(&viewer), 11);
}

/// A slow frame brings many places at once, and the end of the stroke with them.
#[test]
fn every_place_the_pointer_was_seen_at_is_drawn() {
    let press = |pressed, pos| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let corner = [[0.2, 0.2], [0.2, 0.8], [0.8, 0.8]];
    let mut slow = showing(ring());
    click(&mut slow, "Draw");
    let paper = Projection::onto(slow.get_by_label("Paper").rect());
    let [start, turn, end] = corner.map(|place| paper.place(place));
    slow.hover_at(start);
    slow.run_steps(1);
    slow.input_mut().events.push(press(true, start));
    slow.run_steps(1);
    let events = &mut slow.input_mut().events;
    events.extend([
        Event::PointerMoved(turn),
        Event::PointerMoved(end),
        press(false, end),
    ]);
    events.push(Event::PointerMoved(start));
    slow.run_steps(3);
    let mut quick = showing(ring());
    click(&mut quick, "Draw");
    drag(&mut quick, &corner);
    assert!(points(&quick) > 200);
    assert_eq!(points(&slow), points(&quick));

    // So slow that the press is over before it was seen.
    click(&mut slow, "Clear");
    slow.hover_at(start);
    slow.run_steps(1);
    slow.input_mut()
        .events
        .extend([press(true, start), press(false, start)]);
    slow.run_steps(3);
    assert_eq!(points(&slow), 11);
}

#[test]
fn cancel_changes_nothing() {
    let mut viewer = showing(ring());
    click(&mut viewer, "Draw");
    drag(&mut viewer, &ACROSS);
    click(&mut viewer, "Cancel");
    viewer.get_by_label("Layered distributions");
    click(&mut viewer, "Draw");
    assert_eq!(points(&viewer), 0);
    assert_eq!(sent(viewer), []);
}

#[test]
fn learning_begins_anew_with_the_points_alone() {
    let gestures = || {
        let mut viewer = showing(ring());
        click(&mut viewer, "Draw");
        drag(&mut viewer, &ACROSS);
        let count = points(&viewer);
        click(&mut viewer, "Learn it");
        viewer.get_by_label("Layered distributions");
        (count, restarted(viewer))
    };
    let (count, experiment) = gestures();
    let drawing = experiment.drawing().clone();
    assert_eq!(experiment, ring().learning(drawing.clone()).unwrap());
    assert_eq!(drawing.points().len(), count);
    for [x, y] in drawing.points().iter() {
        assert!(
            (0.17..=0.83).contains(x) && (0.47..=0.53).contains(y),
            "({x}, {y})"
        );
    }
    let ends = drawing.points().iter().map(|[x, _]| *x);
    let (least, most) = (ends.clone().fold(1.0, f32::min), ends.fold(0.0, f32::max));
    assert!(least < 0.2 && most > 0.78, "{least}–{most}");
    assert_eq!(
        gestures(),
        (count, experiment),
        "the same gestures are the same points"
    );
}

#[test]
fn a_broader_brush_puts_down_more_points() {
    let mut viewer = showing(ring());
    click(&mut viewer, "Draw");
    drag(&mut viewer, &ACROSS);
    let fine = points(&viewer);
    click(&mut viewer, "Clear");
    viewer.get_by_label("Brush size").focus();
    viewer.run_steps(2);
    for _ in 0..20 {
        viewer.key_press(Key::ArrowRight);
    }
    viewer.run_steps(3);
    drag(&mut viewer, &ACROSS);
    assert!(points(&viewer) > 2 * fine, "{} and {fine}", points(&viewer));
}

#[test]
fn what_was_drawn_outlasts_a_look_at_other_data() {
    let mut viewer = showing(ring());
    click(&mut viewer, "Draw");
    drag(&mut viewer, &ACROSS);
    let count = points(&viewer);
    assert!(count > 100, "{count}");
    click(&mut viewer, "Target line");
    viewer.get_by_label("Layered distributions");
    click(&mut viewer, "Draw");
    assert_eq!(points(&viewer), count);
    assert_eq!(restarted(viewer).configuration().target, Target::Line);
}

#[test]
fn a_drawing_can_be_gone_on_with() {
    for name in ["Draw", "Target your points"] {
        let mut viewer = showing(drawn());
        click(&mut viewer, name);
        assert_eq!(points(&viewer), 2, "{name}");
        drag(&mut viewer, &UP);
        click(&mut viewer, "Learn it");
        let points = restarted(viewer).drawing().points().to_vec();
        assert!(points.len() > 50);
        assert_eq!(points[..2], **drawn().drawing().points());
    }
}

#[test]
fn own_points_are_kept_to_return_to() {
    for own in [drawn(), of_file()] {
        for name in ["Preset line", "Target line", "Reset", "New seed"] {
            let mut viewer = showing(own.clone());
            click(&mut viewer, name);
            assert_eq!(restarted(viewer).drawing(), own.drawing(), "{name}");
        }
        let elsewhere = own.with_preset(Preset::Line);
        let mut viewer = showing(elsewhere.clone());
        click(&mut viewer, "Target your points");
        let back = elsewhere.learning(own.drawing().clone()).unwrap();
        assert_eq!(restarted(viewer), back);
    }
}

#[test]
fn a_file_s_points_stay_a_file_s_unless_they_are_drawn_on() {
    let mut viewer = showing(of_file());
    click(&mut viewer, "Draw");
    assert_eq!(points(&viewer), 2);
    click(&mut viewer, "Learn it");
    assert_eq!(restarted(viewer), of_file());
}

#[test]
fn too_many_points_to_draw_on_leave_the_paper_empty() {
    let table = "0.25,0.5\n".repeat(MOST_DRAWN + 1);
    let many = Drawing::parse("many.csv", table.as_bytes()).unwrap();
    let mut viewer = showing(ring().learning(many).unwrap());
    click(&mut viewer, "Draw");
    viewer.get_by_label_contains("Your 10,001 points are too many to draw on");
    assert_eq!(points(&viewer), 0);
}

#[test]
fn a_file_s_points_say_how_they_came_into_the_box() {
    let mut viewer = showing(of_file());
    viewer.get_by_label("points.csv: x −10…30, y 0…10, scaled to the box");
    let canvas = Projection::onto(viewer.get_by_label("Layered distributions").rect());
    viewer.hover_at(canvas.place([0.516_666_7, 0.516_666_7]));
    viewer.run_steps(8);
    viewer.get_by_label_contains("Cell around (0.517, 0.517)\npoints.csv: x 10.83, y 5.83");
    let elsewhere = showing(of_file().with_preset(Preset::Line));
    assert!(elsewhere.query_by_label_contains("points.csv").is_none());
}

#[test]
fn everything_stays_in_its_place_while_drawing() {
    for size in arrangement::WINDOWS {
        for experiment in [ring(), drawn(), of_file()] {
            let mut viewer = viewer(size, Recorder::new(experiment, Status::Paused));
            arrangement::assert_apart(&viewer, size);
            click(&mut viewer, "Draw");
            arrangement::assert_apart(&viewer, size);
            click(&mut viewer, "Clear");
            arrangement::assert_apart(&viewer, size);
        }
    }
}
