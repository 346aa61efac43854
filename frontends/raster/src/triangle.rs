//! Any triangle: which pixels it covers, exactly, and what it puts there.

use crate::colour;
use crate::framebuffer::Band;
use crate::geometry::{PixelRect, SUBPIXELS, SubpixelPos, doubled_area, first_pixel};
use crate::mesh::Corner;
use crate::plane::{FRACTION_BITS, Footing, Plane};
use crate::texture::Texture;
use egui::TextureFilter;
use std::ops::Range;

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

/// The edges of a triangle that covers some row of the clip rectangle.
struct Outline {
    /// From top to bottom.
    corners: [SubpixelPos; 3],
    /// Rows with their centre in the triangle's height and in the clip rectangle.
    rows: Range<i32>,
    /// Whether the corner in the middle lies to the right of the long edge.
    middle_is_right: bool,
}

impl Outline {
    #[inline]
    fn new(mut corners: [SubpixelPos; 3], clip: PixelRect) -> Option<Self> {
        let [a, b, c] = corners;
        let (leftmost, rightmost) = (a.x.min(b.x).min(c.x), a.x.max(b.x).max(c.x));
        if first_pixel(leftmost) >= clip.right || first_pixel(rightmost) <= clip.left {
            return None;
        }
        corners.sort_unstable_by_key(|corner| corner.y);
        let rows = first_pixel(corners[0].y).max(clip.top)..first_pixel(corners[2].y).min(clip.bottom);
        let area = doubled_area(corners);
        (!rows.is_empty() && area != 0).then_some(Self {
            corners,
            rows,
            middle_is_right: area > 0,
        })
    }

    /// Calls `paint` with every row and the columns covered there, from top to bottom.
    #[inline]
    fn for_each_run(&self, clip: PixelRect, mut paint: impl FnMut(i32, Range<i32>)) {
        let [top, middle, bottom] = self.corners;
        let bend = first_pixel(middle.y).clamp(self.rows.start, self.rows.end);
        let mut long = Edge::new(top, bottom, self.rows.start);
        for (rows, from, to) in [
            (self.rows.start..bend, top, middle),
            (bend..self.rows.end, middle, bottom),
        ] {
            if rows.is_empty() {
                continue;
            }
            let mut short = Edge::new(from, to, rows.start);
            for y in rows {
                let (long, short) = (long.next_column(), short.next_column());
                let (left, right) = if self.middle_is_right {
                    (long, short)
                } else {
                    (short, long)
                };
                let (left, right) = (left.max(clip.left), right.min(clip.right));
                if left < right {
                    paint(y, left..right);
                }
            }
        }
    }
}

/// Walks down an edge row by row; tells the first column whose centre is on the edge or right of it.
///
/// Exact, by Bresenham's remainder: two triangles that share an edge agree on every column.
struct Edge {
    column: i64,
    /// What the column was rounded up by, in 1/`rise`: 0 ≤ remainder < rise.
    remainder: i64,
    column_step: i64,
    remainder_step: i64,
    rise: i64,
}

impl Edge {
    /// From `upper` to `lower` (upper.y < lower.y), beginning at row `first_row`.
    #[inline]
    fn new(upper: SubpixelPos, lower: SubpixelPos, first_row: i32) -> Self {
        let (dx, dy) = (i64::from(lower.x - upper.x), i64::from(lower.y - upper.y));
        let steps = i64::from(SUBPIXELS);
        let centre = steps * i64::from(first_row) + steps / 2;
        // The edge crosses the row's centre line at upper.x + dx·(centre − upper.y)/dy steps.
        let crossing = (i64::from(upper.x) - steps / 2) * dy + dx * (centre - i64::from(upper.y));
        let rise = steps * dy;
        let (column, remainder) = ceiling(crossing, rise);
        let (column_step, remainder_step) = ceiling(dx * steps, rise);
        Self {
            column,
            remainder,
            column_step,
            remainder_step,
            rise,
        }
    }

    /// The column of the row it stands at; goes on to the next row.
    #[inline]
    fn next_column(&mut self) -> i32 {
        let column = self.column as i32;
        self.column += self.column_step;
        self.remainder += self.remainder_step;
        if self.remainder >= self.rise {
            self.remainder -= self.rise;
            self.column -= 1;
        }
        column
    }
}

/// The quotient rounded up, and by how much it was rounded: value = quotient·divisor − remainder.
#[inline]
fn ceiling(value: i64, divisor: i64) -> (i64, i64) {
    let (quotient, rest) = (value / divisor, value % divisor);
    if rest > 0 {
        (quotient + 1, divisor - rest)
    } else {
        (quotient, -rest)
    }
}

/// What a triangle puts on its pixels.
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

    /// A small generator of corners; half of them on pixel centres or borders, where ties happen.
    fn corners(state: &mut u32, colour: u32) -> [Corner; 3] {
        let mut coordinate = || {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let steps = (*state >> 12) as i32 % (30 * SUBPIXELS) - 3 * SUBPIXELS;
            if *state & 0x100 == 0 { steps & !127 } else { steps }
        };
        std::array::from_fn(|_| corner(coordinate(), coordinate(), colour))
    }

    /// The pixel rule, word by word: centre inside, or on an edge that has the inside to its right or below.
    fn rule(positions: [SubpixelPos; 3], x: i32, y: i32) -> bool {
        let [a, b, c] = positions;
        let clockwise = if doubled_area(positions) > 0 {
            [a, b, c]
        } else {
            [a, c, b]
        };
        let centre = SubpixelPos {
            x: x * SUBPIXELS + 128,
            y: y * SUBPIXELS + 128,
        };
        (0..3).all(|k| {
            let (from, to) = (clockwise[k], clockwise[(k + 1) % 3]);
            let side = doubled_area([from, to, centre]);
            let inside_is_right = to.y < from.y;
            let inside_is_below = to.y == from.y && to.x > from.x;
            side > 0 || (side == 0 && (inside_is_right || inside_is_below))
        })
    }

    #[test]
    fn covers_exactly_what_the_rule_says() {
        let mut state = 1;
        for _ in 0..2_000 {
            let triangle = corners(&mut state, 0xffff_ffff);
            let positions = triangle.map(|corner| corner.position);
            let frame = painted(&[triangle]);
            for (index, pixel) in frame.pixels().iter().enumerate() {
                let (x, y) = (index as i32 % SIDE, index as i32 / SIDE);
                let expected = doubled_area(positions) != 0 && rule(positions, x, y);
                assert_eq!(*pixel == 0xffff_ffff, expected, "({x}, {y}) of {positions:?}");
            }
        }
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

    #[test]
    fn ceiling_rounds_up_and_tells_by_how_much() {
        for value in -9..10 {
            let (quotient, rounded_by) = ceiling(value, 4);
            assert_eq!(quotient * 4 - rounded_by, value);
            assert!((0..4).contains(&rounded_by));
        }
    }
}
