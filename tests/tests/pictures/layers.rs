//! The layers of the large canvas.

use egui::Theme;
use egui_kittest::Harness;
use gan_core::configuration::NoiseDimensions;
use gan_core::{Configuration, Preset};
use lab::{Inline, Session as _};
use views::{App, Combination, Layer, LayerSet, Resolution, View};

use crate::renderer::KittestRenderer;
use crate::{compare, compare_in, trained};

const PART: [usize; 2] = [640, 480];

fn layers(shown: LayerSet) -> App {
    let mut app = App::new();
    app.show(View::Layers);
    *app.layers_mut() = shown;
    app
}

fn curve() -> Configuration {
    let mut configuration = Preset::Ring.configuration();
    configuration.noise.dimensions = NoiseDimensions::new(1).unwrap();
    configuration
}

#[test]
fn each_layer_alone_and_all_together() {
    let mut run = trained(Preset::Gaussians.configuration(), 13, 1500);
    // The average's layer has a picture of its own.
    for layer in Layer::ALL.into_iter().filter(|layer| *layer != Layer::Average) {
        let name = format!("layer-{layer:?}").to_lowercase();
        compare(&name, &mut layers(LayerSet::of(&[layer])), &mut run, PART);
    }
    compare(
        "layers-all",
        &mut layers(LayerSet::of(&Layer::ALL)),
        &mut run,
        PART,
    );
}

#[test]
fn contour_lines_of_every_target() {
    for (name, preset) in [
        ("line", Preset::Line),
        ("ring", Preset::Ring),
        ("disjoint", Preset::Disjoint),
    ] {
        let mut run = trained(preset.configuration(), 13, 0);
        let mut app = layers(LayerSet::of(&[Layer::Contour]));
        compare(&format!("contour-{name}"), &mut app, &mut run, PART);
    }
}

#[test]
fn a_heatmap_pixel_by_pixel() {
    for (name, preset, seed) in [("ring", Preset::Ring, 12), ("disjoint", Preset::Disjoint, 13)] {
        let mut run = trained(preset.configuration(), seed, 3000);
        let mut app = layers(LayerSet::default());
        app.set_resolution(Resolution::PerPixel);
        compare(&format!("heatmap-pixels-{name}"), &mut app, &mut run, PART);
    }
    let mut run = trained(Preset::Ring.configuration(), 12, 3000);
    let mut app = App::new();
    app.set_resolution(Resolution::PerPixel);
    compare("lab-heatmap-pixels", &mut app, &mut run, [1280, 800]);
}

#[test]
fn the_questions() {
    for (name, combination) in ["discriminator", "distributions", "directions"]
        .into_iter()
        .zip(Combination::ALL)
    {
        let mut run = trained(Preset::Ring.configuration(), 12, 3000);
        let mut app = layers(combination.layers());
        compare(&format!("question-{name}"), &mut app, &mut run, PART);
        let name = format!("question-{name}-dark");
        compare_in(Theme::Dark, &name, &mut app, &mut run, PART);
    }
}

#[test]
fn the_warp_from_noise_to_manifold() {
    let mut run = trained(Preset::Ring.configuration(), 12, 3000);
    for (name, progress) in [("begins", 0.0), ("half-way", 0.5), ("ends", 1.0)] {
        let mut app = App::new();
        app.set_warp(Some(progress));
        compare(&format!("warp-{name}"), &mut app, &mut run, [1280, 800]);
    }
    let mut run = trained(curve(), 11, 3000);
    let mut app = layers(LayerSet::default());
    app.set_warp(Some(0.4));
    compare("warp-curve", &mut app, &mut run, PART);
}

#[test]
fn one_dimensional_noise() {
    let mut run = trained(curve(), 11, 3000);
    compare("lab-1d", &mut App::new(), &mut run, [1280, 800]);
}

/// A texture that lags behind its run, or survives a change of theme, would differ from one made anew.
#[test]
fn the_heatmap_is_never_of_an_earlier_snapshot() {
    let fresh = |run: &mut Inline, theme| {
        let mut app = layers(LayerSet::of(&[Layer::Heatmap]));
        app.set_resolution(Resolution::PerPixel);
        gan_lab::picture::paint(&mut app, run, PART, theme).rgb_bytes()
    };
    let mut app = layers(LayerSet::of(&[Layer::Heatmap]));
    app.set_resolution(Resolution::PerPixel);
    let mut run = trained(Preset::Ring.configuration(), 12, 0);
    // Not yet finer than the first frames ask for.
    assert_eq!(run.latest().heatmap.side(), lab::HeatmapSide::AS_IN_GAN_LAB);
    let mut viewer = Harness::builder()
        .with_size(egui::vec2(PART[0] as f32, PART[1] as f32))
        .renderer(KittestRenderer::default())
        .build_ui_state(
            |ui, (app, run): &mut (App, Inline)| app.ui(ui, run),
            (app, trained(Preset::Ring.configuration(), 12, 0)),
        );
    views::install_style(&viewer.ctx);
    viewer.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    for (epochs, theme) in [
        (0, Theme::Light),
        (500, Theme::Light),
        (500, Theme::Light),
        (0, Theme::Dark),
        (500, Theme::Dark),
    ] {
        viewer.ctx.set_theme(theme);
        viewer.state_mut().1.run_epochs(epochs).unwrap();
        run.run_epochs(epochs).unwrap();
        viewer.run_steps(3);
        let seen = viewer.render().unwrap();
        let seen: Vec<u8> = seen.pixels().flat_map(|pixel| pixel.0[..3].to_vec()).collect();
        let epoch = run.latest().epoch;
        assert!(
            seen == fresh(&mut run, theme),
            "stale at epoch {epoch}, {theme:?}"
        );
    }
}
