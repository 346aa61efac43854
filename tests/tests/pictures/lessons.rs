//! Lessons: the list, pages with and without a task, what they point at.

use egui::{Theme, Vec2, vec2};
use gan_core::Preset;
use lab::{Command, Experiment, Inline, Pace, Session as _, Step};

use crate::viewer::{Viewer, click, look, viewer};

/// The viewer at a page of a lesson.
fn at_page(viewer: &mut Viewer, lesson: &str, page: usize) {
    click(viewer, "Lessons");
    click(viewer, lesson);
    (1..page).for_each(|_| click(viewer, "Next"));
}

/// Over a run that has not begun.
fn opened(size: Vec2, theme: Theme) -> Viewer {
    viewer(size, theme, Inline::new(Experiment::preset(Preset::Line, 1)))
}

const USUAL: Vec2 = vec2(1280.0, 800.0);
const ALONE: &str = "Lesson 2: What D and G each do";

#[test]
fn the_list_of_lessons() {
    let mut viewer = opened(USUAL, Theme::Light);
    click(&mut viewer, "Lessons");
    look(&mut viewer, "lessons-list");
}

#[test]
fn a_page_whose_task_waits_and_one_whose_task_is_done() {
    let mut viewer = opened(USUAL, Theme::Light);
    at_page(&mut viewer, ALONE, 2);
    look(&mut viewer, "lesson-task");
    for _ in 0..100 {
        viewer.state_mut().1.send(Command::Step(Step::Generator));
    }
    click(&mut viewer, "Hint");
    look(&mut viewer, "lesson-done");
}

#[test]
fn in_the_dark_in_a_small_window_and_in_slow_motion() {
    let mut dark = opened(USUAL, Theme::Dark);
    at_page(&mut dark, "Lesson 6: Reading the losses", 2);
    look(&mut dark, "lesson-dark");
    let mut small = opened(vec2(1024.0, 700.0), Theme::Light);
    at_page(&mut small, "Lesson 3: Learning rates", 3);
    look(&mut small, "lesson-1024x700");
    small.state_mut().1.send(Command::SetPace(Pace::SLOW_MOTION));
    small.run_steps(4);
    look(&mut small, "lesson-slow");
}

#[test]
fn a_page_that_compares_two_runs() {
    let mut viewer = opened(USUAL, Theme::Light);
    at_page(&mut viewer, "Lesson 6: Reading the losses", 5);
    look(&mut viewer, "lesson-beside");
}
