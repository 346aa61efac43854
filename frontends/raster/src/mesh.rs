//! Walks through a mesh: which of its triangles are rectangles, and which are what they are.

use crate::colour;
use crate::framebuffer::Band;
use crate::geometry::{Corner, PixelRect, SubpixelPos};
use crate::rectangle::Rectangle;
use crate::texture::Texture;
use crate::triangle;
use egui::Mesh;

/// Paints what of `mesh` lies in `clip`, which must lie in `band`.
///
/// A triangle with a corner that is not finite, or that names no vertex, is left out.
pub(crate) fn paint(
    band: &mut Band<'_>,
    clip: PixelRect,
    mesh: &Mesh,
    texture: &Texture,
    pixels_per_point: f32,
) {
    let corner = |index: u32| {
        let vertex = mesh.vertices.get(index as usize)?;
        let position = SubpixelPos::snap(vertex.pos, pixels_per_point)?;
        Some(Corner {
            position,
            colour: colour::pack(vertex.color),
            uv: vertex.uv.into(),
        })
    };
    let mut indices = mesh.indices.as_slice();
    while let [a, b, c, following @ ..] = indices {
        indices = following;
        let (Some(first), Some(second), Some(third)) = (corner(*a), corner(*b), corner(*c)) else {
            continue;
        };
        // Glyphs and images come as left top, right top, left bottom; left bottom, right top, right bottom.
        if let [c_again, b_again, d, after @ ..] = following
            && (c_again, b_again) == (c, b)
            && let Some(fourth) = corner(*d)
            && let Some(rectangle) = Rectangle::from_corners([first, second, third, fourth])
        {
            rectangle.paint(band, clip, texture);
            indices = after;
        } else {
            triangle::paint(band, clip, texture, [first, second, third]);
        }
    }
}
