//! The map of a sweep in the window, a cell's runs beside it.

use std::sync::Arc;

use egui::Theme;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use gan_lab_tests::fixture;
use lab::sweep::Survey;
use lab::{Drawing, Inline};
use views::App;

use crate::renderer::KittestRenderer;
use crate::{compare_image, trained};

#[test]
fn a_cell_of_the_map_and_its_runs() {
    let rows = std::fs::read_to_string(fixture("sweeps/gaussians.csv")).unwrap();
    let survey = Arc::new(Survey::parse(&rows, &Drawing::default()).unwrap());
    for (name, theme, size) in [
        ("sweep", Theme::Light, [1280.0, 800.0]),
        ("sweep-dark-1024x700", Theme::Dark, [1024.0, 700.0]),
    ] {
        let mut app = App::new();
        app.show_sweep(Arc::clone(&survey));
        let run = trained(Preset::Gaussians.configuration(), 13, 500);
        let mut viewer = Harness::builder()
            .with_size(size)
            .with_step_dt(1.0 / 60.0)
            .renderer(KittestRenderer::default())
            .build_ui_state(|ui, (app, run): &mut (App, Inline)| app.ui(ui, run), (app, run));
        views::install_style(&viewer.ctx);
        viewer.ctx.set_theme(theme);
        viewer.ctx.all_styles_mut(|style| style.animation_time = 0.0);
        viewer.run_steps(3);
        viewer
            .get_by_label_contains("generator.learning_rate 0.01 · generator.optimizer sgd")
            .click();
        viewer.run_steps(3);
        viewer.remove_cursor();
        viewer.run_steps(2);
        let picture = viewer.render().unwrap();
        compare_image(name, &image::DynamicImage::ImageRgba8(picture).into_rgb8());
    }
}
