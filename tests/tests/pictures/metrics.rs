//! The charts of a long run to which things were done: whole, by powers of ten, zoomed, read.

use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, Rect, Theme, TouchPhase, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::Change;
use gan_core::configuration::{LearningRate, Loss};
use gan_core::{Network, Preset};
use image::DynamicImage;
use lab::{Command, Experiment, Inline, Session as _, Step};
use views::{App, Panels, Scale, install_style};

use crate::compare_image;
use crate::renderer::KittestRenderer;

pub type Viewer = Harness<'static, (App, Inline)>;

/// 20,000 epochs, a rate changed, both networks trained alone for a while, another loss at last.
fn long_run() -> Inline {
    let mut run = Inline::new(Experiment::preset(Preset::Line, 13));
    let rate = LearningRate::new(0.1).unwrap();
    run.run_epochs(4000).unwrap();
    run.send(Command::Change(Change::learning_rate(
        Network::Discriminator,
        rate,
    )));
    run.run_epochs(4000).unwrap();
    for (step, clicks) in [(Step::Generator, 300), (Step::Discriminator, 500)] {
        for _ in 0..clicks {
            run.send(Command::Step(step));
        }
        run.run_epochs(3000 - clicks).unwrap();
    }
    run.send(Command::Change(Change::loss(Loss::LeastSquares)));
    run.run_epochs(6000).unwrap();
    run
}

pub fn viewer(run: Inline, size: [f32; 2]) -> Viewer {
    let mut viewer = Harness::builder()
        .with_size(Vec2::from(size))
        .renderer(KittestRenderer::default())
        .build_ui_state(
            |ui, (app, session): &mut (App, Inline)| app.ui(ui, session),
            (App::new(), run),
        );
    install_style(&viewer.ctx);
    viewer.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    viewer.run_steps(3);
    viewer
}

fn window(viewer: &Viewer) -> Rect {
    viewer.ctx.content_rect()
}

/// The charts' panel alone.
fn compare_charts(name: &str, viewer: &mut Viewer) {
    let window = window(viewer);
    let panel = Panels::new(window, Scale::of_window(window)).metrics;
    let [left, top, width, height] =
        [panel.left(), panel.top(), panel.width(), panel.height()].map(|length| length as u32);
    let picture = DynamicImage::from(viewer.render().unwrap()).crop(left, top, width, height);
    compare_image(name, &picture.into_rgb8());
}

/// Place at a share of a chart's size, from its upper left.
fn place(viewer: &Viewer, chart: &str, x: f32, y: f32) -> Pos2 {
    let rect = viewer.get_by_label_contains(&format!("{chart} chart")).rect();
    rect.min + vec2(x, y) * rect.size()
}

fn wheel(viewer: &mut Viewer, notches: f32) {
    viewer.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, notches),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    viewer.run_steps(10);
}

#[test]
fn charts_of_a_long_run() {
    let mut viewer = viewer(long_run(), [1280.0, 800.0]);
    compare_charts("metrics-whole", &mut viewer);

    let at = place(&viewer, "Losses", 0.53, 0.4);
    viewer.hover_at(at);
    viewer.run_steps(3);
    compare_charts("metrics-reading", &mut viewer);

    for title in ["Losses", "Divergences"] {
        viewer.get_by_label(&format!("{title} logarithmic")).click();
        viewer.run_steps(2);
    }
    viewer.remove_cursor();
    viewer.run_steps(2);
    compare_charts("metrics-other-axes", &mut viewer);
}

#[test]
fn charts_of_a_part() {
    let mut viewer = viewer(long_run(), [1280.0, 800.0]);
    // The rate changed there, after 4,000 of 20,000 epochs; then its mark tells of it.
    viewer.hover_at(place(&viewer, "Divergences", 0.2, 0.5));
    viewer.run_steps(2);
    wheel(&mut viewer, 8.0);
    compare_charts("metrics-part", &mut viewer);

    viewer.ctx.set_theme(Theme::Dark);
    viewer.hover_at(place(&viewer, "Losses", 0.2, 0.97));
    viewer.run_steps(8);
    compare_charts("metrics-part-dark", &mut viewer);
}
