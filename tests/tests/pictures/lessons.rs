//! Lessons: the list, pages with and without a task, what they point at.

use egui::{Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use image::DynamicImage;
use lab::{Command, Experiment, Inline, Pace, Session as _, Step};
use raster::KittestRenderer;
use views::App;

use crate::compare_image;

type Viewer = Harness<'static, (App, Inline)>;

/// The viewer over some run, at rest, to be clicked at.
fn viewer(size: Vec2, theme: Theme) -> Viewer {
    let run = Inline::new(Experiment::preset(Preset::Line, 1));
    let mut viewer = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 60.0)
        .renderer(KittestRenderer::default())
        .build_ui_state(
            |ui, (app, run): &mut (App, Inline)| app.ui(ui, run),
            (App::new(), run),
        );
    views::install_style(&viewer.ctx);
    viewer.ctx.set_theme(theme);
    viewer.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    viewer.run_steps(3);
    viewer
}

fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(4);
}

/// The viewer at a page of a lesson.
fn at_page(viewer: &mut Viewer, lesson: &str, page: usize) {
    click(viewer, "Lessons");
    click(viewer, lesson);
    (1..page).for_each(|_| click(viewer, "Next"));
}

fn look(viewer: &mut Viewer, name: &str) {
    viewer.remove_cursor();
    viewer.run_steps(3);
    compare_image(name, &DynamicImage::from(viewer.render().unwrap()).into_rgb8());
}

const USUAL: Vec2 = vec2(1280.0, 800.0);
const ALONE: &str = "Lesson 2: What D and G each do";

#[test]
fn the_list_of_lessons() {
    let mut viewer = viewer(USUAL, Theme::Light);
    click(&mut viewer, "Lessons");
    look(&mut viewer, "lessons-list");
}

#[test]
fn a_page_whose_task_waits_and_one_whose_task_is_done() {
    let mut viewer = viewer(USUAL, Theme::Light);
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
    let mut dark = viewer(USUAL, Theme::Dark);
    at_page(&mut dark, "Lesson 6: Reading the losses", 2);
    look(&mut dark, "lesson-dark");
    let mut small = viewer(vec2(1024.0, 700.0), Theme::Light);
    at_page(&mut small, "Lesson 3: Learning rates", 3);
    look(&mut small, "lesson-1024x700");
    small.state_mut().1.send(Command::SetPace(Pace::SLOW_MOTION));
    small.run_steps(4);
    look(&mut small, "lesson-slow");
}

#[test]
fn a_page_that_compares_two_runs() {
    let mut viewer = viewer(USUAL, Theme::Light);
    at_page(&mut viewer, "Lesson 6: Reading the losses", 5);
    look(&mut viewer, "lesson-beside");
}
