//! Any triangle: what it puts on the pixels inside its outline.

use crate::colour;
use crate::framebuffer::Band;
use crate::geometry::{Corner, PixelRect};
use crate::outline::Outline;
use crate::plane::{FRACTION_BITS, Footing, Plane};
use crate::texture::Texture;
use egui::TextureFilter;

/// Paints the part of a triangle that lies in `clip`, which must lie in `band`.
pub(crate) fn paint(band: &mut Band<'_>, clip: PixelRect, texture: &Texture, corners: [Corner; 3]) {
    let positions = corners.map(|corner| corner.position);
    let Some(outline) = Outline::new(positions, clip) else {
        return;
    };
    let Some(filling) = Filling::new(corners, texture) else {
        return;
    };
    outline.for_each_run(clip, |y, columns| {
        let first = columns.start;
        filling.paint(band.run(y, columns), texture, first, y);
    });
}

/// The filling of a triangle's pixels.
enum Filling {
    /// One colour everywhere.
    Even(u32),
    /// Colours from corner to corner: alpha, red, green, blue.
    Shaded([Plane; 4]),
    /// Texels at (u, v), tinted by colours from corner to corner.
    Textured {
        u: Plane,
        v: Plane,
        tint: [Plane; 4],
        filter: TextureFilter,
    },
}

impl Filling {
    /// `None` where nothing would be seen.
    #[inline]
    fn new(corners: [Corner; 3], texture: &Texture) -> Option<Self> {
        let (width, height) = (texture.width() as f64, texture.height() as f64);
        let texel_u = corners.map(|corner| f64::from(corner.uv[0]) * width);
        let texel_v = corners.map(|corner| f64::from(corner.uv[1]) * height);
        if corners.iter().all(|corner| corner.uv == corners[0].uv) {
            let fixed = |texels: f64| (texels * f64::from(1 << FRACTION_BITS)) as i64;
            let clear = 1 << 40;
            let at = |texels: f64| fixed(texels).clamp(-clear, clear);
            let texel = texture.sample(texture.filter(&[]), at(texel_u[0]), at(texel_v[0]));
            let colours = corners.map(|corner| colour::modulate(corner.colour, texel));
            if colours == [colours[0]; 3] {
                return (colours[0] != colour::TRANSPARENT).then_some(Self::Even(colours[0]));
            }
            let footing = Footing::new(corners.map(|corner| corner.position))?;
            return Some(Self::Shaded(channel_planes(&footing, colours)));
        }
        let footing = Footing::new(corners.map(|corner| corner.position))?;
        let u = Plane::through(&footing, texel_u);
        let v = Plane::through(&footing, texel_v);
        let filter = texture.filter(&[u.across, u.down, v.across, v.down]);
        let tint = channel_planes(&footing, corners.map(|corner| corner.colour));
        Some(Self::Textured { u, v, tint, filter })
    }

    /// Paints a run of pixels that begins at (x, y).
    #[inline]
    fn paint(&self, run: &mut [u32], texture: &Texture, x: i32, y: i32) {
        match self {
            Self::Even(colour) => colour::over_run(run, *colour),
            Self::Shaded(planes) => {
                let mut shade = Shade::at(planes, x, y);
                for pixel in run {
                    colour::over(pixel, shade.next_colour());
                }
            }
            Self::Textured { u, v, tint, filter } => {
                let mut shade = Shade::at(tint, x, y);
                let (mut texel_u, mut texel_v) = (u.at(x, y), v.at(x, y));
                for pixel in run {
                    let texel = texture.sample(*filter, texel_u, texel_v);
                    colour::over(pixel, colour::modulate(shade.next_colour(), texel));
                    texel_u += u.across;
                    texel_v += v.across;
                }
            }
        }
    }
}

#[inline]
fn channel_planes(footing: &Footing, colours: [u32; 3]) -> [Plane; 4] {
    let [a, b, c] = colours.map(colour::channels);
    std::array::from_fn(|k| Plane::through(footing, [a[k], b[k], c[k]].map(f64::from)))
}

/// The colour along a run: four channels in 1/65,536, half a unit up so that truncation rounds.
struct Shade {
    channels: [i32; 4],
    steps: [i32; 4],
}

impl Shade {
    #[inline]
    fn at(planes: &[Plane; 4], x: i32, y: i32) -> Self {
        let half = 1 << (FRACTION_BITS - 1);
        Self {
            channels: std::array::from_fn(|k| (planes[k].at(x, y) + half) as i32),
            steps: std::array::from_fn(|k| planes[k].across as i32),
        }
    }

    #[inline]
    fn next_colour(&mut self) -> u32 {
        let channel = |k: usize| (self.channels[k] >> FRACTION_BITS).clamp(0, 255) as u8;
        let colour = u32::from_be_bytes([channel(0), channel(1), channel(2), channel(3)]);
        for (channel, step) in self.channels.iter_mut().zip(self.steps) {
            *channel = channel.wrapping_add(step);
        }
        colour
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framebuffer::Framebuffer;
    use crate::geometry::{Corner, SUBPIXELS, SubpixelPos};
    use egui::{Color32, ColorImage, TextureOptions};

    const SIDE: i32 = 24;

    fn white_texture() -> Texture {
        Texture::new(
            &ColorImage::filled([1, 1], Color32::WHITE),
            TextureOptions::LINEAR,
        )
        .unwrap()
    }

    /// Positions in steps of 1/256 pixel.
    fn corner(x: i32, y: i32, colour: u32) -> Corner {
        Corner {
            position: SubpixelPos { x, y },
            colour,
            uv: [0.0, 0.0],
        }
    }

    fn painted(triangles: &[[Corner; 3]]) -> Framebuffer {
        let mut frame = Framebuffer::new(SIDE as usize, SIDE as usize);
        let mut band = frame.bands(1).next().unwrap();
        for corners in triangles {
            let clip = band.area();
            paint(&mut band, clip, &white_texture(), *corners);
        }
        frame
    }

    #[test]
    fn a_fan_of_triangles_has_neither_seams_nor_double_blending() {
        let rim = [
            (-300, -300),
            (2_000, -700),
            (7_000, 100),
            (6_900, 6_500),
            (3_333, 9_000),
            (-77, 6_666),
        ];
        for centre in [(3_000, 3_000), (3_200, 2_944), (2_688, 3_456)] {
            let triangles: Vec<_> = (0..rim.len())
                .map(|k| [centre, rim[k], rim[(k + 1) % rim.len()]].map(|(x, y)| corner(x, y, 0x4040_4040)))
                .collect();
            let mut once = 0xff00_0000;
            colour::over(&mut once, 0x4040_4040);
            assert!(painted(&triangles).pixels().iter().all(|pixel| *pixel == once));
        }
    }

    #[test]
    fn colours_run_evenly_from_corner_to_corner() {
        let end = SIDE * SUBPIXELS;
        let triangles = [
            [
                corner(0, 0, 0xff00_0000),
                corner(end, 0, 0xfff0_0000),
                corner(0, end, 0xff00_0000),
            ],
            [
                corner(0, end, 0xff00_0000),
                corner(end, 0, 0xfff0_0000),
                corner(end, end, 0xfff0_0000),
            ],
        ];
        for (index, pixel) in painted(&triangles).pixels().iter().enumerate() {
            // 240 levels over 24 columns: 10 a column, 5 at the first column's centre.
            assert_eq!(*pixel, 0xff00_0000 | ((index as u32 % 24 * 10 + 5) << 16));
        }
    }

    #[test]
    fn a_turned_texture_is_sampled_at_its_texels() {
        let greys = ColorImage::from_gray([2, 2], &[10, 20, 30, 40]);
        let texture = Texture::new(&greys, TextureOptions::NEAREST).unwrap();
        let end = SIDE * SUBPIXELS;
        let at = |x, y, u, v| Corner {
            uv: [u, v],
            ..corner(x, y, 0xffff_ffff)
        };
        // A quarter turn: u runs down, v runs left.
        let (a, b, c, d) = (
            at(0, 0, 0.0, 1.0),
            at(end, 0, 0.0, 0.0),
            at(0, end, 1.0, 1.0),
            at(end, end, 1.0, 0.0),
        );
        let mut frame = Framebuffer::new(SIDE as usize, SIDE as usize);
        let mut band = frame.bands(1).next().unwrap();
        for corners in [[a, b, c], [c, b, d]] {
            let clip = band.area();
            paint(&mut band, clip, &texture, corners);
        }
        for (index, pixel) in frame.pixels().iter().enumerate() {
            let (x, y) = (index as i32 % SIDE, index as i32 / SIDE);
            let expected = [[30, 10], [40, 20]][usize::from(y >= 12)][usize::from(x >= 12)];
            assert_eq!(*pixel & 255, expected, "({x}, {y})");
        }
    }

    #[test]
    fn triangles_without_area_or_far_away_paint_nothing() {
        let (far, colour) = (1 << 29, 0xffff_ffff);
        let line = [
            corner(0, 0, colour),
            corner(2_560, 2_560, colour),
            corner(5_120, 5_120, colour),
        ];
        let point = [corner(300, 300, colour); 3];
        let away = [
            corner(far, far, colour),
            corner(far, -far, colour),
            corner(far - 1, 0, colour),
        ];
        assert_eq!(painted(&[line, point, away]), painted(&[]));
        let huge = [
            corner(-far, -far, colour),
            corner(far, -far, colour),
            corner(0, far, colour),
        ];
        assert!(painted(&[huge]).pixels().iter().all(|pixel| *pixel == colour));
    }
}
