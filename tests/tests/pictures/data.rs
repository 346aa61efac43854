//! Data of one's own: drawn by hand, and of a file.

use egui::{Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::{Point, Preset};
use image::buffer::ConvertBuffer as _;
use lab::{Drawing, Experiment, Inline, Session as _};
use views::App;
use views::projection::Projection;

use crate::renderer::KittestRenderer;
use crate::{WINDOW, compare, compare_image};

type Viewer = Harness<'static, (App, Inline)>;

/// The viewer as a window has it, so that a pointer can draw.
fn viewer(size: [usize; 2], theme: Theme, run: Inline) -> Viewer {
    let size = Vec2::from(size.map(|side| side as f32));
    let builder = Harness::builder()
        .with_size(size)
        .renderer(KittestRenderer::default());
    let mut viewer = builder.build_ui_state(
        |ui, (app, run): &mut (App, Inline)| app.ui(ui, run),
        (App::new(), run),
    );
    views::install_style(&viewer.ctx);
    viewer.ctx.set_theme(theme);
    viewer.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    viewer.run_steps(3);
    viewer
}

/// A run that has learnt a ring for a while.
fn ring() -> Inline {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 12));
    run.run_epochs(500).unwrap();
    run
}

fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(3);
}

/// A stroke through all these places; the pointer stays at its end.
fn stroke(viewer: &mut Viewer, way: impl IntoIterator<Item = Point>) {
    let paper = Projection::onto(viewer.get_by_label("Paper").rect());
    let mut places = way.into_iter().map(|place| paper.place(place));
    let first = places.next().unwrap();
    viewer.hover_at(first);
    viewer.drag_at(first);
    let mut last = first;
    for place in places {
        viewer.hover_at(place);
        last = place;
    }
    viewer.event(egui::Event::PointerButton {
        pos: last,
        button: egui::PointerButton::Primary,
        pressed: false,
        modifiers: egui::Modifiers::NONE,
    });
    viewer.run_steps(3);
}

/// A smile.
fn arch(viewer: &mut Viewer) {
    let way = (0..=24).map(|step| step as f32 / 24.0).map(|share| {
        let x = 0.22 + 0.56 * share;
        [x, 0.25 + 1.6 * (x - 0.5) * (x - 0.5)]
    });
    stroke(viewer, way);
}

/// A smile and two eyes above it.
fn face(viewer: &mut Viewer) {
    arch(viewer);
    stroke(viewer, [[0.36, 0.66], [0.36, 0.74]]);
    stroke(viewer, [[0.64, 0.66], [0.64, 0.74]]);
}

fn compare_viewer(name: &str, viewer: &mut Viewer) {
    compare_image(name, &viewer.render().unwrap().convert());
}

#[test]
fn drawing_begins_on_empty_paper() {
    let mut viewer = viewer(WINDOW, Theme::Light, ring());
    click(&mut viewer, "Draw");
    viewer.remove_cursor();
    viewer.run_steps(2);
    compare_viewer("data-paper", &mut viewer);
}

#[test]
fn strokes_and_the_brush() {
    let mut large = viewer(WINDOW, Theme::Light, ring());
    click(&mut large, "Draw");
    face(&mut large);
    compare_viewer("data-strokes", &mut large);
    large.hover_at(large.get_by_label("Brush size").rect().right_center());
    large.run_steps(12);
    compare_viewer("data-slider", &mut large);
    let mut small = viewer([1024, 700], Theme::Dark, ring());
    click(&mut small, "Draw");
    face(&mut small);
    compare_viewer("data-strokes-1024x700", &mut small);
}

#[test]
fn a_drawing_is_learnt() {
    let mut viewer = viewer(WINDOW, Theme::Light, ring());
    click(&mut viewer, "Draw");
    arch(&mut viewer);
    click(&mut viewer, "Learn it");
    let (mut app, mut run) = viewer.into_state();
    // A divergence is a picture too.
    let _ = run.run_epochs(3000);
    compare("data-learnt", &mut app, &mut run, WINDOW);
}

#[test]
fn points_of_a_file_say_how_they_were_scaled() {
    // A wave, four times as wide as high.
    let rows = (0..200).map(|row| f64::from(row) / 199.0).map(|share| {
        let phase = 4.0 * share - 2.0;
        format!(
            "{},{}\n",
            -10.0 + 40.0 * share,
            5.0 + 5.0 * phase * (4.0 - phase * phase) / 3.08
        )
    });
    let rows: String = rows.collect();
    let drawing = Drawing::parse("points.csv", rows.as_bytes()).unwrap();
    let own = Experiment::preset(Preset::Ring, 12).learning(drawing).unwrap();
    let mut run = Inline::new(own);
    let _ = run.run_epochs(3000);
    compare("data-file", &mut App::new(), &mut run, WINDOW);

    let mut viewer = viewer(WINDOW, Theme::Light, run);
    let canvas = Projection::onto(viewer.get_by_label("Layered distributions").rect());
    let at = viewer.state().1.latest().real[0];
    viewer.hover_at(canvas.place(at) + vec2(1.0, 1.0));
    viewer.run_steps(12);
    compare_viewer("data-file-tooltip", &mut viewer);
}
