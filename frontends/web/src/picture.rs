//! Conversion of egui's shapes to the bytes that a canvas takes.

use egui::{Context, FullOutput};
use raster::{Bands, Framebuffer, Rasteriser};

/// The pixels of the canvas.
#[derive(Default)]
pub struct Picture {
    rasteriser: Rasteriser,
    frame: Option<Framebuffer>,
    /// The same as bytes red, green, blue, alpha: what `ImageData` is made of.
    rgba: Vec<u32>,
}

impl Picture {
    /// Paints what egui put out, so many pixels wide and high, over the style's background.
    pub fn paint(&mut self, context: &Context, output: FullOutput, [width, height]: [usize; 2]) {
        let FullOutput {
            mut textures_delta,
            shapes,
            pixels_per_point,
            ..
        } = output;
        self.rasteriser.update_textures(&mut textures_delta);
        let meshes = context.tessellate(shapes, pixels_per_point);
        let frame = self.frame.get_or_insert_with(|| Framebuffer::new(width, height));
        frame.resize(width, height);
        frame.fill(context.global_style().visuals.panel_fill);
        // A page has one thread.
        self.rasteriser
            .paint(frame, &meshes, pixels_per_point, Bands::ONE);
        self.rgba.clear();
        self.rgba.extend(frame.pixels().iter().copied().map(rgba));
    }

    /// The pixels, row by row; of a little-endian machine, as all of wasm is, the bytes red, green, blue, alpha.
    #[must_use]
    pub fn rgba(&self) -> &[u32] {
        &self.rgba
    }
}

/// Converts 0xAARRGGBB to 0xAABBGGRR.
const fn rgba(pixel: u32) -> u32 {
    (pixel & 0xff00_ff00) | ((pixel >> 16) & 0xff) | ((pixel & 0xff) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn red_and_blue_change_places() {
        assert_eq!(rgba(0xff01_0203).to_le_bytes(), [1, 2, 3, 255]);
    }
}
