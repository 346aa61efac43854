//! The rasteriser: keeps egui's textures and paints its meshes.

use crate::bands::Bands;
use crate::framebuffer::{Band, Framebuffer};
use crate::geometry::PixelRect;
use crate::mesh;
use crate::texture::Textures;
use egui::epaint::Primitive;
use egui::{ClippedPrimitive, TexturesDelta};

/// Paints what [`egui::Context::tessellate`] returns into a [`Framebuffer`].
///
/// One rasteriser serves one `egui::Context`: it must be told of every texture change, frame by
/// frame, because a change may be a part of what an earlier one brought.
#[derive(Default)]
pub struct Rasteriser {
    textures: Textures,
}

impl Rasteriser {
    /// A rasteriser that knows no texture yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Follows a frame's texture changes and leaves `delta` empty. Call it before painting the
    /// frame; textures the frame gives up stay until the next call, since the frame may show them.
    pub fn update_textures(&mut self, delta: &mut TexturesDelta) {
        self.textures.update(delta);
    }

    /// Paints `primitives` over what `frame` holds, in their order.
    ///
    /// `pixels_per_point` is the scale the primitives were tessellated for. Whatever lies outside
    /// the frame or its clip rectangle, is not finite, or wants an unknown texture is left out.
    pub fn paint(
        &self,
        frame: &mut Framebuffer,
        primitives: &[ClippedPrimitive],
        pixels_per_point: f32,
        bands: Bands,
    ) {
        bands.paint(frame, |band| self.paint_band(band, primitives, pixels_per_point));
    }

    fn paint_band(&self, band: &mut Band<'_>, primitives: &[ClippedPrimitive], pixels_per_point: f32) {
        let area = band.area();
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let clip = PixelRect::from_clip(*clip_rect, pixels_per_point).intersection(area);
            if let (Some(clip), Primitive::Mesh(mesh)) = (clip, primitive)
                && let Some(texture) = self.textures.get(mesh.texture_id)
            {
                mesh::paint(band, clip, mesh, texture, pixels_per_point);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::epaint::{ImageDelta, Mesh, Vertex};
    use egui::{Color32, ColorImage, Pos2, Rect, TextureId, TextureOptions, pos2};
    use proptest::prelude::*;
    use std::num::NonZeroUsize;

    const TEXTURE: TextureId = TextureId::Managed(0);

    fn rasteriser(image: ColorImage, options: TextureOptions) -> Rasteriser {
        let mut rasteriser = Rasteriser::new();
        let mut delta = TexturesDelta::default();
        delta.push(TEXTURE, ImageDelta::full(image, options));
        rasteriser.update_textures(&mut delta);
        rasteriser
    }

    fn plain() -> Rasteriser {
        rasteriser(ColorImage::filled([1, 1], Color32::WHITE), TextureOptions::LINEAR)
    }

    fn square(min: Pos2, max: Pos2, colour: Color32) -> Mesh {
        let mut mesh = Mesh::with_texture(TEXTURE);
        mesh.add_rect_with_uv(
            Rect::from_min_max(min, max),
            Rect::from_min_max(Pos2::ZERO, Pos2::ZERO),
            colour,
        );
        mesh
    }

    fn clipped(mesh: Mesh, clip_rect: Rect) -> ClippedPrimitive {
        ClippedPrimitive {
            clip_rect,
            primitive: Primitive::Mesh(mesh),
        }
    }

    fn painted(rasteriser: &Rasteriser, primitives: &[ClippedPrimitive], scale: f32) -> Framebuffer {
        let mut frame = Framebuffer::new(4, 4);
        rasteriser.paint(&mut frame, primitives, scale, Bands::ONE);
        frame
    }

    #[test]
    fn paints_inside_the_clip_rectangle_only() {
        let mesh = square(pos2(-9.0, -9.0), pos2(99.0, 99.0), Color32::WHITE);
        let clip = Rect::from_min_max(pos2(0.5, 1.0), pos2(1.5, 9.0));
        let frame = painted(&plain(), &[clipped(mesh, clip)], 2.0);
        for (index, pixel) in frame.pixels().iter().enumerate() {
            let inside = (1..3).contains(&(index % 4)) && index / 4 >= 2;
            assert_eq!(*pixel == 0xffff_ffff, inside, "pixel {index}");
        }
    }

    #[test]
    fn later_meshes_lie_over_earlier_ones() {
        let below = square(Pos2::ZERO, pos2(4.0, 4.0), Color32::RED);
        let above = square(Pos2::ZERO, pos2(4.0, 2.0), Color32::BLUE);
        let frame = painted(
            &plain(),
            &[below, above].map(|mesh| clipped(mesh, Rect::EVERYTHING)),
            1.0,
        );
        assert_eq!(
            (frame.pixels()[0], frame.pixels()[15]),
            (0xff00_00ff, 0xffff_0000)
        );
    }

    #[test]
    fn unknown_textures_and_clips_elsewhere_paint_nothing() {
        let black = Framebuffer::new(4, 4);
        let mesh = || square(Pos2::ZERO, pos2(4.0, 4.0), Color32::WHITE);
        let everywhere = Rect::EVERYTHING;
        assert_eq!(
            painted(&Rasteriser::new(), &[clipped(mesh(), everywhere)], 1.0),
            black
        );
        let elsewhere = Rect::from_min_max(pos2(10.0, 10.0), pos2(20.0, 20.0));
        let clips = [
            elsewhere,
            Rect::NOTHING,
            Rect::NAN,
            Rect::from_min_max(pos2(-5.0, 0.0), pos2(0.0, 4.0)),
        ];
        for clip in clips {
            assert_eq!(
                painted(&plain(), &[clipped(mesh(), clip)], 1.0),
                black,
                "clip {clip:?}"
            );
        }
    }

    #[test]
    fn unsound_meshes_lose_their_unsound_triangles_only() {
        let mut mesh = square(Pos2::ZERO, pos2(4.0, 4.0), Color32::WHITE);
        mesh.indices.splice(0..0, [0, 1, 99, 0, 1, u32::MAX]);
        mesh.vertices
            .push(Vertex::untextured(pos2(f32::NAN, 1.0), Color32::RED));
        mesh.vertices
            .push(Vertex::untextured(pos2(1.0, f32::NEG_INFINITY), Color32::RED));
        mesh.indices.extend([0, 1, 4, 5, 1, 2, 0, 3]);
        let frame = painted(&plain(), &[clipped(mesh, Rect::EVERYTHING)], 1.0);
        assert_eq!(frame.pixels(), [0xffff_ffff; 16]);
    }

    #[test]
    fn an_empty_frame_and_a_senseless_scale_are_harmless() {
        let primitives = [clipped(
            square(Pos2::ZERO, pos2(4.0, 4.0), Color32::WHITE),
            Rect::EVERYTHING,
        )];
        for (width, height) in [(0, 0), (0, 5), (5, 0)] {
            let mut frame = Framebuffer::new(width, height);
            plain().paint(
                &mut frame,
                &primitives,
                1.0,
                Bands::new(NonZeroUsize::new(3).unwrap()),
            );
        }
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, f32::MAX] {
            painted(&plain(), &primitives, scale);
        }
    }

    /// Mostly near the frame; now and then far away or no number at all.
    fn coordinate() -> impl Strategy<Value = f32> {
        let senseless = [f32::NAN, f32::INFINITY, 1e9, -1e9, f32::MIN_POSITIVE];
        prop_oneof![
            12 => -10.0f32..50.0,
            4 => (-20i32..100).prop_map(|halves| halves as f32 * 0.5),
            1 => proptest::sample::select(senseless.to_vec()),
        ]
    }

    fn mesh() -> impl Strategy<Value = Mesh> {
        let vertex = (
            coordinate(),
            coordinate(),
            coordinate(),
            coordinate(),
            any::<[u8; 4]>(),
        )
            .prop_map(|(x, y, u, v, [r, g, b, a])| Vertex {
                pos: pos2(x, y),
                uv: pos2(u / 20.0, v / 20.0),
                color: Color32::from_rgba_unmultiplied(r, g, b, a),
            });
        let rectangles =
            proptest::collection::vec([coordinate(), coordinate(), coordinate(), coordinate()], 0..4);
        let triangles = proptest::collection::vec(0u32..14, 0..30);
        (proptest::collection::vec(vertex, 12), rectangles, triangles).prop_map(
            |(vertices, rectangles, indices)| {
                let mut mesh = Mesh {
                    indices,
                    vertices,
                    texture_id: TEXTURE,
                };
                mesh.indices.truncate(mesh.indices.len() / 3 * 3);
                for [left, top, right, bottom] in rectangles {
                    let rect = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
                    let uv = Rect::from_min_max(pos2(top / 30.0, 0.0), pos2(1.0, left / 30.0));
                    mesh.add_rect_with_uv(rect, uv, Color32::from_rgba_unmultiplied(200, 99, 10, 180));
                }
                mesh
            },
        )
    }

    fn options() -> impl Strategy<Value = TextureOptions> {
        proptest::sample::select(vec![
            TextureOptions::NEAREST,
            TextureOptions::LINEAR,
            TextureOptions::NEAREST_REPEAT,
            TextureOptions::LINEAR_MIRRORED_REPEAT,
        ])
    }

    proptest! {
        #[test]
        fn bands_never_change_a_pixel(meshes in proptest::collection::vec(mesh(), 1..4),
                                      options in options(), bands in 2usize..9,
                                      clip in [coordinate(), coordinate(), coordinate(), coordinate()]) {
            let colours = (0..12).map(|k| Color32::from_rgba_unmultiplied(k * 20, 255 - k * 9, k, 80 + k * 14));
            let rasteriser = rasteriser(ColorImage::new([4, 3], colours.collect()), options);
            let clip = Rect::from_min_max(pos2(clip[0], clip[1]), pos2(clip[2], clip[3]));
            let primitives: Vec<_> = meshes.into_iter().map(|mesh| clipped(mesh, clip)).collect();
            let paint = |bands: usize| {
                let mut frame = Framebuffer::new(40, 33);
                frame.fill(Color32::from_rgb(9, 8, 7));
                rasteriser.paint(&mut frame, &primitives, 1.0, Bands::new(NonZeroUsize::new(bands).unwrap()));
                frame
            };
            let alone = paint(1);
            prop_assert_eq!(&alone, &paint(bands));
            // Nothing leaves the clip rectangle, and an opaque picture stays opaque.
            let clip = PixelRect::from_clip(clip, 1.0);
            for (index, pixel) in alone.pixels().iter().enumerate() {
                let (x, y) = (index as i32 % 40, index as i32 / 40);
                let inside = (clip.left..clip.right).contains(&x) && (clip.top..clip.bottom).contains(&y);
                prop_assert!(inside || *pixel == 0xff09_0807);
                prop_assert_eq!(pixel >> 24, 255);
            }
        }

        #[test]
        fn a_smaller_clip_shows_a_part_of_the_same_picture(mesh in mesh(), options in options(),
                                                           left in 0i32..40, top in 0i32..33) {
            let rasteriser = rasteriser(ColorImage::example(), options);
            let paint = |clip: Rect| {
                let mut frame = Framebuffer::new(40, 33);
                rasteriser.paint(&mut frame, &[clipped(mesh.clone(), clip)], 1.0, Bands::ONE);
                frame
            };
            let whole = paint(Rect::EVERYTHING);
            let part = paint(Rect::from_min_max(pos2(left as f32, top as f32), pos2(99.0, 99.0)));
            for (index, (whole, part)) in whole.pixels().iter().zip(part.pixels()).enumerate() {
                let (x, y) = (index as i32 % 40, index as i32 / 40);
                let expected = if x >= left && y >= top { *whole } else { 0xff00_0000 };
                prop_assert_eq!(*part, expected);
            }
        }
    }
}
