//! The viewer over some run, at rest, to be clicked at and looked at.

use egui::{Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use image::DynamicImage;
use lab::Inline;
use views::App;

use crate::compare_image;
use crate::renderer::KittestRenderer;

pub type Viewer = Harness<'static, (App, Inline)>;

pub fn viewer(size: Vec2, theme: Theme, run: Inline) -> Viewer {
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

pub fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(4);
}

/// Compares what is seen while the pointer is elsewhere.
pub fn look(viewer: &mut Viewer, name: &str) {
    viewer.remove_cursor();
    viewer.run_steps(3);
    compare_image(name, &DynamicImage::from(viewer.render().unwrap()).into_rgb8());
}
