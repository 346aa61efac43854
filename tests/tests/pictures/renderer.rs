//! Pictures of `egui_kittest` tests: the viewer's pixels, without a window.

use egui_kittest::TestRenderer;
use image::RgbaImage;
use raster::{Bands, Framebuffer, Rasteriser};

/// Lets an `egui_kittest::Harness` make its pictures with the viewer's [`Rasteriser`]:
/// `Harness::builder().renderer(KittestRenderer::default())`.
///
/// The background is the style's panel colour, as in the viewer's window.
#[derive(Default)]
pub struct KittestRenderer {
    rasteriser: Rasteriser,
}

impl TestRenderer for KittestRenderer {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        self.rasteriser.update_textures(delta);
    }

    /// The picture has the size of the harness' screen in pixels and is opaque.
    fn render(&mut self, context: &egui::Context, output: &egui::FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = context.content_rect().size() * scale;
        let mut frame = Framebuffer::new(size.x.round() as usize, size.y.round() as usize);
        frame.fill(context.global_style().visuals.panel_fill);
        let meshes = context.tessellate(output.shapes.clone(), scale);
        self.rasteriser.paint(&mut frame, &meshes, scale, Bands::ONE);
        let rgba = frame
            .rgb_bytes()
            .chunks_exact(3)
            .flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255])
            .collect();
        RgbaImage::from_raw(frame.width() as u32, frame.height() as u32, rgba)
            .ok_or_else(|| "the framebuffer's bytes do not fill the picture".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui_kittest::Harness;

    #[test]
    fn a_harness_gets_pictures_of_its_size_and_its_latest_state() {
        let mut harness = Harness::builder()
            .with_size(egui::vec2(80.0, 30.0))
            .with_pixels_per_point(1.5)
            .renderer(KittestRenderer::default())
            .build_ui_state(|ui, text: &mut &str| _ = ui.label(*text), "GAN");
        let first = harness.render().unwrap();
        assert_eq!(first.dimensions(), (120, 45));
        assert_eq!(first, harness.render().unwrap());
        *harness.state_mut() = "GAN Lab";
        harness.run();
        assert_ne!(first, harness.render().unwrap());
    }
}
