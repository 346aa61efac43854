//! Pictures without a window: the same pixels as in one.

use std::io::Cursor;

use egui::{Context, RawInput, Rect, Theme, Ui, ViewportId, pos2, vec2};
use image::{ExtendedColorType, ImageError, ImageFormat};
use lab::Session;
use lab::sweep::Map;
use raster::{Bands, Framebuffer, Rasteriser};
use views::{App, sweep_map};

/// Frames until a layout that depends on sizes of the frame before has settled.
const FRAMES: usize = 3;

/// Paints what the app shows of a session, `[width, height]` in pixels, one pixel per point. Nothing
/// moves in it: animations are off.
pub fn paint(app: &mut App, session: &mut dyn Session, size: [usize; 2], theme: Theme) -> Framebuffer {
    frame(size, theme, |ui| app.ui(ui, session))
}

/// Paints the map of a sweep; its size follows from the map.
pub fn paint_map(map: &Map) -> Framebuffer {
    frame(sweep_map::size(map), Theme::Light, |ui| sweep_map::show(ui, map))
}

/// A picture as a PNG file's bytes.
pub fn png(frame: &Framebuffer) -> Result<Vec<u8>, ImageError> {
    let mut png = Cursor::new(Vec::new());
    let (width, height) = (frame.width() as u32, frame.height() as u32);
    let bytes = frame.rgb_bytes();
    image::write_buffer_with_format(
        &mut png,
        &bytes,
        width,
        height,
        ExtendedColorType::Rgb8,
        ImageFormat::Png,
    )?;
    Ok(png.into_inner())
}

/// Paints the picture that egui code shows, over the style's background.
fn frame(size: [usize; 2], theme: Theme, mut show: impl FnMut(&mut Ui)) -> Framebuffer {
    let context = Context::default();
    views::install_style(&context);
    context.set_theme(theme);
    context.all_styles_mut(|style| style.animation_time = 0.0);
    let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(size[0] as f32, size[1] as f32));
    let mut rasteriser = Rasteriser::new();
    let mut frame = Framebuffer::new(size[0], size[1]);
    for count in 0..FRAMES {
        let mut input = RawInput {
            screen_rect: Some(screen),
            // A frame rate of its own, so that no clock is read.
            time: Some(count as f64 / 60.0),
            max_texture_side: Some(8192),
            ..RawInput::default()
        };
        input
            .viewports
            .entry(ViewportId::ROOT)
            .or_default()
            .native_pixels_per_point = Some(1.0);
        let mut output = context.run_ui(input, |ui| show(ui));
        rasteriser.update_textures(&mut output.textures_delta);
        if count + 1 == FRAMES {
            frame.fill(context.global_style().visuals.panel_fill);
            let meshes = context.tessellate(output.shapes, output.pixels_per_point);
            rasteriser.paint(&mut frame, &meshes, output.pixels_per_point, Bands::ONE);
        }
    }
    frame
}
