//! The picture: what a snapshot costs the looker's thread, and a frame the window's.

use std::num::NonZeroUsize;

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Context, RawInput, Rect, pos2, vec2};
use gan_core::{Preset, Reference};
use lab::{Experiment, HeatmapSide, Inline, Observer, Trainer};
use raster::{Bands, Framebuffer, Rasteriser};
use views::{App, Resolution};

fn trained() -> Inline {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 13));
    run.run_epochs(1500).expect("it does not diverge");
    run
}

fn divergence(criterion: &mut Criterion) {
    let run = trained();
    let state = run.trainer().state();
    let mut observer = Observer::new(&state.experiment);
    criterion.bench_function("divergence of 10,000 samples", |bencher| {
        bencher.iter(|| observer.measure(&state))
    });
}

/// Cost to the looker of a heatmap for each pixel of the canvas at 1280×800.
fn heatmap(criterion: &mut Criterion) {
    let side = HeatmapSide::nearest(450);
    let mut group = criterion.benchmark_group("heatmap, 450x450");
    for preset in Preset::ALL {
        let state = Trainer::<Reference>::new(Experiment::preset(preset, 13)).state();
        let mut observer = Observer::new(&state.experiment);
        group.bench_function(format!("{preset:?}"), |bencher| {
            bencher.iter(|| observer.heatmap(&state, side, || true))
        });
    }
    group.finish();
}

fn frames(criterion: &mut Criterion) {
    for (name, resolution) in [
        ("frame, 1280x800", Resolution::AsInGanLab),
        ("frame, 1280x800, heatmap per pixel", Resolution::PerPixel),
    ] {
        frame(criterion, name, resolution);
    }
}

fn frame(criterion: &mut Criterion, name: &str, resolution: Resolution) {
    let mut run = trained();
    let mut app = App::new();
    app.set_resolution(resolution);
    let context = Context::default();
    views::install_style(&context);
    let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0));
    let mut rasteriser = Rasteriser::new();
    let mut frame = Framebuffer::new(1280, 800);
    let mut layout = || {
        let input = RawInput {
            screen_rect: Some(screen),
            ..RawInput::default()
        };
        context.run_ui(input, |ui| app.ui(ui, &mut run))
    };
    let mut group = criterion.benchmark_group(name);
    // The fonts, and a frame after it was asked for, the heatmap.
    for _ in 0..3 {
        rasteriser.update_textures(&mut layout().textures_delta);
    }
    group.bench_function("layout", |bencher| bencher.iter(&mut layout));
    let output = layout();
    group.bench_function("tessellation", |bencher| {
        bencher.iter(|| context.tessellate(output.shapes.clone(), output.pixels_per_point));
    });
    let meshes = context.tessellate(output.shapes.clone(), output.pixels_per_point);
    for bands in [1, 2] {
        let count = NonZeroUsize::new(bands).expect("not zero");
        group.bench_function(format!("paint, {bands} band(s)"), |bencher| {
            bencher.iter(|| rasteriser.paint(&mut frame, &meshes, 1.0, Bands::new(count)));
        });
    }
    group.finish();
}

criterion_group!(benches, divergence, heatmap, frames);
criterion_main!(benches);
