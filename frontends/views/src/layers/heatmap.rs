//! The discriminator's output all over the unit square, purple over grey to green: in 30×30 cells as in
//! GAN Lab, or pixel by pixel.
//!
//! Cells are one mesh that ends on whole pixels, so that no seam shows. Pixels are a texture, which is
//! interpolated where it is coarser than the picture; [`HeatmapTexture`] keeps it.

use std::sync::Arc;

use egui::{
    Color32, ColorImage, Context, Mesh, Painter, Pos2, Rect, Shape, TextureHandle, TextureId, TextureOptions,
    pos2,
};
use lab::{Heatmap, HeatmapSide};

use super::Scene;
use crate::palette::Palette;
use crate::projection::Projection;

pub(super) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    let density = painter.pixels_per_point();
    let snap = |x: f32| (x * density).round() / density;
    let place = |x: f32, y: f32| {
        let Pos2 { x, y } = projection.place([x, y]);
        Pos2::new(snap(x), snap(y))
    };
    if let Some(texture) = scene.heatmap {
        let square = Rect::from_two_pos(place(0.0, 0.0), place(1.0, 1.0));
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        painter.image(texture, square, whole, Color32::WHITE);
        return;
    }
    let heatmap = &scene.snapshot.heatmap;
    let side = heatmap.side().get();
    let share = |cell: usize| cell as f32 / side as f32;
    let mut mesh = Mesh::default();
    mesh.reserve_vertices(4 * side * side);
    mesh.reserve_triangles(2 * side * side);
    for (row, scores) in heatmap.rows().enumerate() {
        for (column, score) in scores.iter().enumerate() {
            let cell = Rect::from_two_pos(
                place(share(column), share(row)),
                place(share(column + 1), share(row + 1)),
            );
            mesh.add_colored_rect(cell, scene.colours.prediction(*score));
        }
    }
    painter.add(Shape::mesh(mesh));
}

/// A heatmap as a texture, made anew only when it is another one, in other colours, or for another
/// context.
#[derive(Default)]
pub(crate) struct HeatmapTexture(Option<Kept>);

struct Kept {
    context: Context,
    /// Held, so that no other heatmap can come to lie at its address.
    heatmap: Arc<Heatmap>,
    colours: &'static Palette,
    texture: TextureHandle,
}

impl HeatmapTexture {
    /// The texture of this heatmap; none if it is as coarse as GAN Lab's, which is drawn in cells.
    pub(crate) fn of(
        &mut self,
        context: &Context,
        heatmap: &Arc<Heatmap>,
        colours: &'static Palette,
    ) -> Option<TextureId> {
        if heatmap.side() == HeatmapSide::AS_IN_GAN_LAB {
            self.0 = None;
            return None;
        }
        let kept = match self.0.take() {
            Some(kept) if kept.context != *context => None,
            kept => kept,
        };
        let kept = match kept {
            Some(kept) if Arc::ptr_eq(&kept.heatmap, heatmap) && kept.colours == colours => kept,
            kept => {
                let image = image(heatmap, colours);
                let texture = match kept {
                    Some(mut kept) => {
                        kept.texture.set(image, TextureOptions::LINEAR);
                        kept.texture
                    }
                    None => context.load_texture("discriminator heatmap", image, TextureOptions::LINEAR),
                };
                Kept {
                    context: context.clone(),
                    heatmap: Arc::clone(heatmap),
                    colours,
                    texture,
                }
            }
        };
        Some(self.0.insert(kept).texture.id())
    }
}

/// Colours that scores are rounded to: more than a screen tells apart on the scale.
const SHADES: usize = 1024;

/// Row by row from y = 1, as pictures are.
fn image(heatmap: &Heatmap, colours: &Palette) -> ColorImage {
    let last = (SHADES - 1) as f32;
    let shades: Vec<Color32> = (0..SHADES)
        .map(|shade| colours.prediction(shade as f32 / last))
        .collect();
    // Scores lie between 0 and 1; a NaN would cast to 0.
    let shade = |score: &f32| shades[((score * last + 0.5) as usize).min(SHADES - 1)];
    let pixels = heatmap.rows().rev().flatten().map(shade).collect();
    ColorImage::new([heatmap.side().get(); 2], pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rising(side: usize) -> Heatmap {
        let side = HeatmapSide::nearest(side);
        let cells = side.cells();
        let scores = (0..cells).map(|cell| cell as f32 / (cells - 1) as f32);
        Heatmap::new(side, scores.collect())
    }

    #[test]
    fn the_highest_row_comes_first_and_shades_are_near_their_colours() {
        let heatmap = rising(31);
        let image = image(&heatmap, &Palette::LIGHT);
        assert_eq!(image.size, [31, 31]);
        for (index, pixel) in image.pixels.iter().enumerate() {
            let (column, row) = (index % 31, 30 - index / 31);
            let exact = Palette::LIGHT.prediction(heatmap.scores()[row * 31 + column]);
            let near = |one: u8, other: u8| one.abs_diff(other) <= 1;
            assert!(
                near(pixel.r(), exact.r()) && near(pixel.g(), exact.g()) && near(pixel.b(), exact.b()),
                "{column}, {row}: {pixel:?} for {exact:?}"
            );
        }
    }

    /// Texture changes that a context tells of when this is asked for.
    fn changes(context: &Context, mut ask: impl FnMut()) -> usize {
        let mut output = context.run_ui(egui::RawInput::default(), |_| ask());
        let changes = output.textures_delta.set.len();
        output.textures_delta.clear();
        changes
    }

    #[test]
    fn a_texture_is_made_for_another_heatmap_palette_or_context_and_never_else() {
        let context = Context::default();
        let (one, other) = (Arc::new(rising(40)), Arc::new(rising(40)));
        let mut texture = HeatmapTexture::default();
        // The fonts come first.
        changes(&context, || {});
        let mut ask = |context: &Context, heatmap: &Arc<Heatmap>, colours| {
            changes(context, || {
                assert!(texture.of(context, heatmap, colours).is_some());
            })
        };
        assert_eq!(ask(&context, &one, &Palette::LIGHT), 1);
        assert_eq!(ask(&context, &one, &Palette::LIGHT), 0);
        assert_eq!(
            ask(&context, &other, &Palette::LIGHT),
            1,
            "another of the same size"
        );
        assert_eq!(ask(&context, &other, &Palette::DARK), 1);
        let elsewhere = Context::default();
        changes(&elsewhere, || {});
        assert_eq!(ask(&elsewhere, &other, &Palette::DARK), 1);
        let coarse = Arc::new(rising(30));
        assert_eq!(texture.of(&context, &coarse, &Palette::LIGHT), None);
    }
}
