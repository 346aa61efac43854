//! Lessons by their controls' names: their commands to the session, and the words of the page.

use std::sync::Arc;

use egui::{Key, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::Preset;
use lab::lesson;
use lab::{Command, Course, Experiment, Inline, Pace, Recording, Session as _, Status, Step};
use views::{App, Layer, LayerSet, install_style};

use crate::support::{Recorder, sent_by, viewer};

const USUAL: Vec2 = vec2(1280.0, 800.0);

type Learner = Harness<'static, (App, Inline)>;

/// The viewer over a run that really trains.
fn learner() -> Learner {
    let run = Inline::new(Experiment::preset(Preset::Line, 1));
    let mut learner = Harness::builder().with_size(USUAL).build_ui_state(
        |ui, (app, run): &mut (App, Inline)| app.ui(ui, run),
        (App::new(), run),
    );
    install_style(&learner.ctx);
    learner.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    learner.run_steps(3);
    learner
}

fn click(learner: &mut Learner, name: &str) {
    learner.get_by_label(name).click();
    learner.run_steps(4);
}

/// Opens the lesson of this number and goes to a page.
fn open(learner: &mut Learner, number: usize, page: usize) {
    click(learner, "Lessons");
    click(learner, &name(number));
    (1..page).for_each(|_| click(learner, "Next"));
}

fn narration(number: usize) -> &'static lab::recording::Narration {
    &lesson::all()[number - 1].recording.narration
}

fn name(number: usize) -> String {
    format!("Lesson {number}: {}", narration(number).title.as_deref().unwrap())
}

fn steps(learner: &mut Learner, step: Step, count: usize) {
    for _ in 0..count {
        learner.state_mut().1.send(Command::Step(step));
    }
    learner.run_steps(3);
}

/// Whether the task of the page is ticked.
fn ticked(learner: &Learner, number: usize, page: usize) -> bool {
    let task = narration(number).pages[page - 1].task.as_ref().unwrap();
    let name = format!("Task: {}", task.text);
    let node = learner.get_by_label(&name);
    node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
}

#[test]
fn the_list_names_every_lesson_with_its_summary_and_closes() {
    let mut learner = learner();
    assert!(learner.query_by_label(&name(1)).is_none());
    for closes in ["key", "beside"] {
        learner.key_press(Key::L);
        learner.run_steps(3);
        for number in 1..=6 {
            learner.get_by_label(&name(number));
            learner.get_by_label(narration(number).summary.as_deref().unwrap());
        }
        match closes {
            "key" => learner.key_press(Key::Escape),
            _ => learner.drag_and_drop_at(egui::pos2(5.0, 400.0)),
        }
        learner.run_steps(3);
        assert!(learner.query_by_label(&name(1)).is_none(), "{closes}");
    }
}

/// Presses outside the list.
trait PressAt {
    fn drag_and_drop_at(&mut self, place: egui::Pos2);
}

impl PressAt for Learner {
    fn drag_and_drop_at(&mut self, place: egui::Pos2) {
        self.drag_at(place);
        self.drop_at(place);
    }
}

#[test]
fn behind_the_list_keys_do_nothing() {
    let mut viewer = viewer(
        USUAL,
        Recorder::new(Experiment::preset(Preset::Ring, 7), Status::Paused),
    );
    viewer.key_press(Key::L);
    viewer.run_steps(3);
    viewer.key_press(Key::R);
    viewer.key_press(Key::S);
    viewer.run_steps(3);
    assert_eq!(viewer.state().1.sent, []);
}

#[test]
fn a_lesson_opens_its_recording_where_its_page_stands() {
    let recorder = Recorder::new(Experiment::preset(Preset::Ring, 7), Status::Paused);
    let mut viewer = viewer(USUAL, recorder);
    viewer.get_by_label("Lessons").click();
    viewer.run_steps(3);
    let sent = sent_by(viewer, &name(2));
    let [Command::Open(opened), Command::Seek(400)] = &sent[..] else {
        panic!("{sent:?}")
    };
    assert!(Arc::ptr_eq(opened, &lesson::all()[1].recording));
}

#[test]
fn a_page_says_what_it_has_to_say_and_shows_its_layers() {
    let mut learner = learner();
    open(&mut learner, 2, 1);
    let page = &narration(2).pages[0];
    learner.get_by_label("What D and G each do");
    learner.get_by_label("Page 1 of 7");
    learner.get_by_label(&page.title);
    for paragraph in page.paragraphs() {
        learner.get_by_label(&paragraph);
    }
    assert!(learner.query_by_label("Presets").is_none() && learner.query_by_label("Target ring").is_none());
    let (app, run) = learner.state();
    assert_eq!(
        app.layers(),
        LayerSet::of(&[Layer::Heatmap, Layer::Real, Layer::Fake])
    );
    let snapshot = run.latest();
    assert_eq!((snapshot.epoch, snapshot.status), (400, Status::Paused));
    assert_eq!(snapshot.course, Course::Retracing);
    click(&mut learner, "Next");
    let gradients = [Layer::Heatmap, Layer::Real, Layer::Fake, Layer::Gradients];
    assert_eq!(learner.state().0.layers(), LayerSet::of(&gradients));
}

#[test]
fn a_task_is_ticked_when_it_is_done_and_the_lesson_goes_on_from_the_recording() {
    let mut learner = learner();
    open(&mut learner, 2, 2);
    assert!(!ticked(&learner, 2, 2));
    steps(&mut learner, Step::Generator, 79);
    assert!(!ticked(&learner, 2, 2), "79 are too few");
    steps(&mut learner, Step::Generator, 1);
    assert!(ticked(&learner, 2, 2));
    assert_eq!(learner.state().1.latest().course, Course::Present, "a branch");
    click(&mut learner, "Next");
    let snapshot = learner.state().1.latest();
    assert_eq!((snapshot.epoch, snapshot.course), (520, Course::Retracing));
    click(&mut learner, "Back");
    assert_eq!(learner.state().1.latest().epoch, 400);
    assert!(ticked(&learner, 2, 2), "it stays done");
}

#[test]
fn start_over_puts_the_run_back() {
    let mut learner = learner();
    open(&mut learner, 2, 4);
    steps(&mut learner, Step::Generator, 10);
    assert_eq!(learner.state().1.latest().epoch, 530);
    click(&mut learner, "Start over");
    let snapshot = learner.state().1.latest();
    assert_eq!((snapshot.epoch, snapshot.course), (520, Course::Retracing));
    steps(&mut learner, Step::Discriminator, 30);
    assert!(ticked(&learner, 2, 4));
}

#[test]
fn a_hint_is_said_when_it_is_asked_for_and_not_on_the_next_page() {
    let mut learner = learner();
    open(&mut learner, 2, 2);
    let hint = narration(2).pages[1]
        .task
        .as_ref()
        .unwrap()
        .hint
        .as_deref()
        .unwrap();
    assert!(learner.query_by_label(hint).is_none());
    click(&mut learner, "Hint");
    learner.get_by_label(hint);
    click(&mut learner, "Hide hint");
    assert!(learner.query_by_label(hint).is_none());
    click(&mut learner, "Hint");
    click(&mut learner, "Next");
    click(&mut learner, "Back");
    assert!(learner.query_by_label(hint).is_none());
}

#[test]
fn a_lesson_ends_where_it_ends_and_closing_it_leaves_the_run() {
    let mut learner = learner();
    open(&mut learner, 2, 7);
    learner.get_by_label("Page 7 of 7");
    click(&mut learner, "Next");
    learner.get_by_label("Page 7 of 7");
    click(&mut learner, "Close");
    assert!(learner.query_by_label("Page 7 of 7").is_none());
    learner.get_by_label("Target ring");
    assert_eq!(learner.state().1.latest().epoch, 680);
}

#[test]
fn in_slow_motion_task_and_way_through_remain() {
    let mut learner = learner();
    open(&mut learner, 2, 2);
    learner.state_mut().1.send(Command::SetPace(Pace::SLOW_MOTION));
    learner.run_steps(3);
    learner.get_by_label("Show formulas");
    learner.get_by_label(&narration(2).pages[1].task.as_ref().unwrap().text);
    click(&mut learner, "Next");
    learner.get_by_label("Page 3 of 7");
}

#[test]
fn a_recording_with_pages_is_a_lesson_whoever_opens_it_and_one_without_is_none() {
    let mut learner = learner();
    let mut bare = (*lesson::all()[0].recording).clone();
    bare.narration.pages.clear();
    learner.state_mut().1.send(Command::Open(Arc::new(bare)));
    learner.run_steps(3);
    assert!(learner.query_by_label("Close").is_none());
    let text = lesson::all()[0].text.replacen("First training", "My own", 1);
    let (own, _) = Recording::parse(text.as_bytes()).unwrap();
    learner.state_mut().1.send(Command::Open(Arc::new(own)));
    learner.run_steps(3);
    learner.get_by_label("My own");
    click(&mut learner, "Close");
    learner.run_steps(3);
    assert!(
        learner.query_by_label("My own").is_none(),
        "closed, it stays closed"
    );
}

/// In the smallest window that is promised to be legible.
#[test]
fn the_page_lies_at_the_left_and_every_page_s_words_have_room() {
    let size = vec2(1024.0, 700.0);
    let mut cramped = Vec::new();
    let mut learner = learner();
    learner.set_size(size);
    learner.run_steps(3);
    for number in 1..=6 {
        open(&mut learner, number, 1);
        for page in &narration(number).pages {
            let last = page.paragraphs().last().unwrap();
            let words = learner.get_by_label(&last).rect();
            let back = learner.get_by_label("Back").rect();
            let end = match &page.task {
                Some(task) => learner.get_by_label(&format!("Task: {}", task.text)).rect(),
                None => back,
            };
            if words.bottom() > end.top() {
                let above = words.bottom() - end.top();
                cramped.push(format!("lesson {number}, '{}': {above}", page.title));
            }
            assert!(back.left() > 0.0 && words.right() < 0.5 * size.x);
            click(&mut learner, "Next");
        }
    }
    assert!(cramped.is_empty(), "{cramped:#?}");
}

#[test]
fn a_page_that_compares_puts_two_runs_side_by_side_and_the_next_one_ends_it() {
    let mut learner = learner();
    open(&mut learner, 4, 4);
    let snapshot = learner.state().1.latest();
    let beside = snapshot.beside.as_ref().unwrap();
    assert_eq!((snapshot.epoch, beside.run.epoch), (600, 600));
    assert!(snapshot.divergence.js > 0.6 && beside.run.divergence.js < 0.25);
    click(&mut learner, "Next");
    let snapshot = learner.state().1.latest();
    assert_eq!((snapshot.epoch, snapshot.beside.is_none()), (600, true));
}
