//! A whole picture of everything egui draws: text, widgets, a heatmap, lines and dots.
//!
//! Written to `target/tmp/raster-picture*.png` for eyes to judge; what can be counted is asserted.

use egui::{
    Color32, ColorImage, FontId, Pos2, Rect, Sense, Stroke, TextureHandle, TextureOptions, pos2, vec2,
};
use raster::{Bands, Framebuffer, Rasteriser};
use std::num::NonZeroUsize;
use std::path::Path;

/// Cells a side of the demo heatmap.
const CELLS: usize = 10;
const HEATMAP_PIXELS: f32 = 150.0;

fn cell_colour(index: usize) -> Color32 {
    let (x, y) = (index % CELLS, index / CELLS);
    Color32::from_rgb(60 + 19 * x as u8, 120, 60 + 19 * y as u8)
}

fn demo(ui: &mut egui::Ui, heatmap: &TextureHandle) {
    ui.style_mut().animation_time = 0.0;
    ui.horizontal(|ui| {
        ui.heading("Discriminator");
        ui.label("Epoch: 005,080").on_hover_text("unused");
        let _ = ui.button("▶ Play");
        ui.checkbox(&mut true, "Real samples");
        ui.add(egui::Slider::new(&mut 0.03, 0.001..=1.0).text("learning rate"));
    });
    let (area, _) = ui.allocate_exact_size(vec2(460.0, 220.0), Sense::hover());
    let painter = ui.painter_at(area);
    let square = Rect::from_min_size(area.min + vec2(10.0, 10.0), vec2(HEATMAP_PIXELS, HEATMAP_PIXELS));
    let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    painter.image(heatmap.id(), square, whole, Color32::WHITE);
    for k in 0..40 {
        let angle = k as f32 * 0.157;
        let dot = square.center() + vec2(angle.cos(), angle.sin()) * (30.0 + k as f32 * 0.8);
        painter.circle_filled(dot, 2.5, Color32::from_rgb(0, 136, 55));
    }
    let right = area.min + vec2(200.0, 10.0);
    for k in 0..9 {
        let end = right + vec2(240.0, k as f32 * 18.0);
        painter.line_segment(
            [right + vec2(0.0, 70.0), end],
            Stroke::new(0.5 + k as f32 * 0.5, Color32::from_rgb(123, 50, 148)),
        );
    }
    painter.circle_stroke(
        right + vec2(120.0, 110.0),
        60.0,
        Stroke::new(3.0, Color32::from_rgb(5, 117, 176)),
    );
    let glass = Color32::from_rgba_unmultiplied(196, 20, 219, 60);
    painter.rect_filled(
        Rect::from_min_size(right + vec2(60.0, 100.0), vec2(160.0, 60.0)),
        14.0,
        glass,
    );
    painter.text(
        right + vec2(10.0, 180.0),
        egui::Align2::LEFT_TOP,
        "Samples in this cell might be real.",
        FontId::proportional(13.0),
        Color32::DARK_GRAY,
    );
    let turned = painter.layout_no_wrap(
        "KL divergence".to_owned(),
        FontId::proportional(13.0),
        Color32::BLACK,
    );
    let corner = area.min + vec2(175.0, 150.0);
    painter.add(egui::epaint::TextShape::new(corner, turned, Color32::BLACK).with_angle(-1.570_796_4));
}

fn picture(scale: f32, bands: usize) -> Framebuffer {
    let context = egui::Context::default();
    context.set_visuals(egui::Visuals::light());
    let cells = ColorImage::new([CELLS, CELLS], (0..CELLS * CELLS).map(cell_colour).collect());
    let heatmap = context.load_texture("heatmap", cells, TextureOptions::NEAREST);
    let mut rasteriser = Rasteriser::new();
    let mut frame = Framebuffer::new((500.0 * scale) as usize, (260.0 * scale) as usize);
    // The first pass finds sizes, the second shows them.
    for _ in 0..2 {
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(500.0, 260.0));
        let mut input = egui::RawInput {
            screen_rect: Some(screen),
            ..Default::default()
        };
        input
            .viewports
            .entry(egui::ViewportId::ROOT)
            .or_default()
            .native_pixels_per_point = Some(scale);
        let mut output = context.run_ui(input, |ui| demo(ui, &heatmap));
        frame.fill(Color32::WHITE);
        rasteriser.update_textures(&mut output.textures_delta);
        let meshes = context.tessellate(output.shapes, output.pixels_per_point);
        let bands = Bands::new(NonZeroUsize::new(bands).unwrap());
        rasteriser.paint(&mut frame, &meshes, output.pixels_per_point, bands);
    }
    frame
}

fn save(frame: &Framebuffer, name: &str) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let (width, height) = (frame.width() as u32, frame.height() as u32);
    image::RgbImage::from_raw(width, height, frame.rgb_bytes())
        .unwrap()
        .save(path)
        .unwrap();
}

#[test]
fn everything_egui_draws_is_there() {
    let frame = picture(1.0, 1);
    save(&frame, "raster-picture.png");
    let count = |colour: Color32| {
        let [red, green, blue, _] = colour.to_array();
        let pixel = u32::from_be_bytes([255, red, green, blue]);
        frame
            .pixels()
            .iter()
            .filter(|candidate| **candidate == pixel)
            .count()
    };
    // 40 dots of radius 2.5, each with some fully covered pixels.
    assert!(count(Color32::from_rgb(0, 136, 55)) > 300);
    // Every cell under no dot is exactly 15 × 15 pixels of exactly its colour.
    for corner in [0, CELLS - 1, CELLS * (CELLS - 1), CELLS * CELLS - 1] {
        assert_eq!(count(cell_colour(corner)), 225, "cell {corner}");
    }
}

#[test]
fn bands_never_change_the_picture() {
    for scale in [1.0, 1.5, 2.0] {
        let alone = picture(scale, 1);
        for bands in [2, 3, 7] {
            assert!(picture(scale, bands) == alone, "{bands} bands at scale {scale}");
        }
        save(&alone, &format!("raster-picture-{scale}.png"));
    }
}
