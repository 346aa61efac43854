//! The viewer's picture without a window: the same pixels as in one.

use egui::{Context, RawInput, Rect, ViewportId, pos2, vec2};
use lab::Session;
use raster::{Bands, Framebuffer, Rasteriser};
use views::App;

/// Frames until a layout that depends on sizes of the frame before has settled.
const FRAMES: usize = 3;

/// Paints what the app shows of a session, `[width, height]` in pixels, one pixel per point. Nothing
/// moves in it: animations are off.
pub fn paint(app: &mut App, session: &mut dyn Session, size: [usize; 2]) -> Framebuffer {
    let context = Context::default();
    views::install_style(&context);
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
        let mut output = context.run_ui(input, |ui| app.ui(ui, session));
        rasteriser.update_textures(&mut output.textures_delta);
        if count + 1 == FRAMES {
            frame.fill(context.global_style().visuals.panel_fill);
            let meshes = context.tessellate(output.shapes, output.pixels_per_point);
            rasteriser.paint(&mut frame, &meshes, output.pixels_per_point, Bands::ONE);
        }
    }
    frame
}
