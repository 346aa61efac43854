//! The rectangle fast path: glyphs, images and heatmaps, most of what has a texture.
//!
//! Covers the very pixels that its two triangles would, and skips what a rectangle does not need:
//! edges, and, where texels fall on pixels one to one (every glyph), interpolation too.

use crate::colour;
use crate::framebuffer::Band;
use crate::geometry::{Corner, PixelRect, SUBPIXELS, SubpixelPos, first_pixel};
use crate::plane::{FRACTION_BITS, Plane};
use crate::texture::{HALF, Texture};
use egui::TextureFilter;
use std::ops::Range;

/// How far from a texel's centre a pixel's centre may lie and still be *on* it: 1/64 texel.
const ON_TEXEL: i64 = 1 << (FRACTION_BITS - 6);

/// An upright rectangle of one tint, its texture neither turned nor mirrored out of the grid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rectangle {
    min: SubpixelPos,
    max: SubpixelPos,
    tint: u32,
    uv_min: [f32; 2],
    uv_max: [f32; 2],
}

impl Rectangle {
    /// `None` unless the corners (left top, right top, left bottom, right bottom) form such a
    /// rectangle; what does not is painted as triangles.
    #[inline]
    pub(crate) fn from_corners([a, b, c, d]: [Corner; 4]) -> Option<Self> {
        let upright = a.position.x == c.position.x
            && b.position.x == d.position.x
            && a.position.y == b.position.y
            && c.position.y == d.position.y;
        let ordered = a.position.x <= d.position.x && a.position.y <= d.position.y;
        let straight = a.uv[0] == c.uv[0] && b.uv[0] == d.uv[0] && a.uv[1] == b.uv[1] && c.uv[1] == d.uv[1];
        let even = a.colour == b.colour && a.colour == c.colour && a.colour == d.colour;
        (upright && ordered && straight && even).then_some(Self {
            min: a.position,
            max: d.position,
            tint: a.colour,
            uv_min: a.uv,
            uv_max: d.uv,
        })
    }

    pub(crate) fn paint(&self, band: &mut Band<'_>, clip: PixelRect, texture: &Texture) {
        let whole = PixelRect {
            left: first_pixel(self.min.x),
            top: first_pixel(self.min.y),
            right: first_pixel(self.max.x),
            bottom: first_pixel(self.max.y),
        };
        let Some(part) = whole.intersection(clip) else {
            return;
        };
        let (columns, rows) = (part.left..part.right, part.top..part.bottom);
        let (u, v) = self.texel_coordinates(texture);
        if self.uv_min == self.uv_max {
            let filter = texture.filter(&[]);
            let texel = texture.sample(filter, u.at(part.left, part.top), v.at(part.left, part.top));
            let source = colour::modulate(self.tint, texel);
            return rows.for_each(|y| colour::over_run(band.run(y, columns.clone()), source));
        }
        // Judged on the whole rectangle, so that neither clip nor bands change the answer.
        let texel_left = one_to_one(|x| u.at(x, whole.top), whole.left..whole.right, texture.width());
        let texel_top = one_to_one(|y| v.at(whole.left, y), whole.top..whole.bottom, texture.height());
        if let (Some(texel_left), Some(texel_top)) = (texel_left, texel_top) {
            let skipped = (part.left - whole.left) as usize;
            for y in rows {
                let texels = &texture.row(texel_top + (y - whole.top) as usize)[texel_left + skipped..];
                self.stamp(band.run(y, columns.clone()), texels);
            }
            return;
        }
        let filter = texture.filter(&[u.across, v.down]);
        for y in rows {
            let (mut along, down) = (u.at(part.left, y), v.at(part.left, y));
            let run = band.run(y, columns.clone());
            if filter == TextureFilter::Nearest && texture.clamps() {
                let inside = |texel: i64, length: usize| texel.clamp(0, length as i64 - 1) as usize;
                let texels = texture.row(inside(down >> FRACTION_BITS, texture.height()));
                for pixel in run {
                    let texel = texels[inside(along >> FRACTION_BITS, texels.len())];
                    colour::over(pixel, colour::modulate(self.tint, texel));
                    along += u.across;
                }
            } else {
                for pixel in run {
                    let texel = texture.sample(filter, along, down);
                    colour::over(pixel, colour::modulate(self.tint, texel));
                    along += u.across;
                }
            }
        }
    }

    /// Planes of the texel coordinates; a side without extent gives a constant.
    fn texel_coordinates(&self, texture: &Texture) -> (Plane, Plane) {
        let plane = |texels: usize, from: f32, to: f32, extent: i32| {
            let (from, to) = (f64::from(from) * texels as f64, f64::from(to) * texels as f64);
            let per_pixel = (to - from) * f64::from(SUBPIXELS) / f64::from(extent.max(1));
            (from, per_pixel * f64::from(1 << FRACTION_BITS))
        };
        let (left, across) = plane(
            texture.width(),
            self.uv_min[0],
            self.uv_max[0],
            self.max.x - self.min.x,
        );
        let (top, down) = plane(
            texture.height(),
            self.uv_min[1],
            self.uv_max[1],
            self.max.y - self.min.y,
        );
        (
            Plane::from_slopes(left, self.min, across, 0.0),
            Plane::from_slopes(top, self.min, 0.0, down),
        )
    }

    /// Paints texels one to one; most of a glyph's are transparent.
    #[inline]
    fn stamp(&self, run: &mut [u32], texels: &[u32]) {
        for (pixel, texel) in run.iter_mut().zip(texels) {
            if *texel != colour::TRANSPARENT {
                colour::over(pixel, colour::modulate(self.tint, *texel));
            }
        }
    }
}

/// The first texel, where pixels first..end lie on as many texels of the texture one to one.
fn one_to_one(coordinate: impl Fn(i32) -> i64, pixels: Range<i32>, length: usize) -> Option<usize> {
    let first = coordinate(pixels.start) >> FRACTION_BITS;
    let last = first + i64::from(pixels.end - 1 - pixels.start);
    let on = |pixel: i32, texel: i64| (coordinate(pixel) - (texel << FRACTION_BITS) - HALF).abs() <= ON_TEXEL;
    let matches = on(pixels.start, first) && on(pixels.end - 1, last);
    (matches && first >= 0 && last < length as i64).then_some(first as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framebuffer::Framebuffer;
    use crate::triangle;
    use egui::{Color32, ColorImage, TextureOptions};

    fn grey_texture(size: [usize; 2], greys: &[u8], options: TextureOptions) -> Texture {
        Texture::new(&ColorImage::from_gray(size, greys), options).unwrap()
    }

    /// Positions in steps of 1/256 pixel; the whole texture.
    fn corners([left, top, right, bottom]: [i32; 4], tint: u32) -> [Corner; 4] {
        [
            (left, top, 0.0, 0.0),
            (right, top, 1.0, 0.0),
            (left, bottom, 0.0, 1.0),
            (right, bottom, 1.0, 1.0),
        ]
        .map(|(x, y, u, v)| Corner {
            position: SubpixelPos { x, y },
            colour: tint,
            uv: [u, v],
        })
    }

    fn painted(corners: [Corner; 4], texture: &Texture, side: usize) -> Framebuffer {
        let mut frame = Framebuffer::new(side, side);
        let mut band = frame.bands(1).next().unwrap();
        let clip = band.area();
        Rectangle::from_corners(corners)
            .unwrap()
            .paint(&mut band, clip, texture);
        frame
    }

    fn greys(frame: &Framebuffer) -> Vec<u8> {
        frame.pixels().iter().map(|pixel| *pixel as u8).collect()
    }

    #[test]
    fn a_heatmap_cell_is_exactly_its_pixels() {
        let texture = grey_texture([2, 2], &[10, 20, 30, 40], TextureOptions::NEAREST);
        let frame = painted(corners([0, 0, 4 * 256, 4 * 256], colour::WHITE), &texture, 4);
        assert_eq!(
            greys(&frame),
            [10, 10, 20, 20, 10, 10, 20, 20, 30, 30, 40, 40, 30, 30, 40, 40]
        );
    }

    #[test]
    fn texels_on_pixels_are_copied_sharp() {
        let values: Vec<u8> = (0..16).map(|k| k * 16).collect();
        let texture = grey_texture([4, 4], &values, TextureOptions::LINEAR);
        assert_eq!(
            greys(&painted(
                corners([0, 0, 1_024, 1_024], colour::WHITE),
                &texture,
                4
            )),
            values
        );
        // One step aside is still on the texels; half a pixel aside is between them.
        assert_eq!(
            greys(&painted(
                corners([1, 1, 1_025, 1_025], colour::WHITE),
                &texture,
                4
            )),
            values
        );
        let between = greys(&painted(
            corners([128, 0, 1_152, 1_024], colour::WHITE),
            &texture,
            4,
        ));
        assert_eq!(between[1..4], [8, 24, 40]);
    }

    #[test]
    fn tint_and_alpha_apply_to_texels() {
        let translucent = ColorImage::filled([1, 1], Color32::from_rgba_premultiplied(128, 128, 128, 128));
        let texture = Texture::new(&translucent, TextureOptions::NEAREST).unwrap();
        let frame = painted(corners([0, 0, 256, 256], 0xff00_80ff), &texture, 1);
        assert_eq!(frame.pixels(), [0xff00_4080]);
    }

    #[test]
    fn covers_and_colours_as_its_two_triangles_do() {
        let texture = grey_texture([3, 2], &[0, 50, 100, 150, 200, 250], TextureOptions::LINEAR);
        for edges in [
            [0, 0, 2_048, 1_024],
            [127, 128, 129, 2_000],
            [-700, -300, 5_000, 1_999],
            [77, 300, 77, 400],
        ] {
            let corners = corners(edges, 0x8080_8080);
            let [a, b, c, d] = corners;
            let mut frame = Framebuffer::new(16, 16);
            let mut band = frame.bands(1).next().unwrap();
            let clip = band.area();
            triangle::paint(&mut band, clip, &texture, [a, b, c]);
            triangle::paint(&mut band, clip, &texture, [c, b, d]);
            let rectangle = painted(corners, &texture, 16);
            for (as_one, as_two) in greys(&rectangle).iter().zip(greys(&frame)) {
                assert!(
                    as_one.abs_diff(as_two) <= 1,
                    "{edges:?}: {as_one} against {as_two}"
                );
            }
        }
    }

    #[test]
    fn whatever_is_not_an_upright_rectangle_is_refused() {
        let sound = corners([0, 0, 512, 512], colour::WHITE);
        let spoilt = |spoil: fn(&mut [Corner; 4])| {
            let mut corners = sound;
            spoil(&mut corners);
            Rectangle::from_corners(corners).is_none()
        };
        assert!(Rectangle::from_corners(sound).is_some());
        assert!(spoilt(|corners| corners[1].position.y += 1));
        assert!(spoilt(|corners| corners[3].position.x += 1));
        assert!(spoilt(|corners| corners[2].colour = 0));
        assert!(spoilt(|corners| corners[1].uv[1] = 0.5));
        assert!(spoilt(|corners| corners
            .iter_mut()
            .for_each(|corner| corner.uv[0] = f32::NAN)));
        assert!(spoilt(|corners| corners.reverse()));
    }
}
