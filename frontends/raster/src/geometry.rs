//! Conversion of egui's points to the pixel grid: fixed-point positions and pixel rectangles.

use egui::{Pos2, Rect};

/// Steps per pixel that positions are snapped to.
pub(crate) const SUBPIXELS: i32 = 256;

/// Farthest position from the origin, in steps: two million pixels. With it every product of the
/// triangle set-up fits 64 bits.
const FARTHEST: i32 = 1 << 29;

/// A position in steps of 1/256 pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SubpixelPos {
    pub(crate) x: i32,
    pub(crate) y: i32,
}

impl SubpixelPos {
    /// Snaps a position in points; `None` where it is not finite.
    #[inline]
    pub(crate) fn snap(position: Pos2, pixels_per_point: f32) -> Option<Self> {
        let steps = |points: f32| {
            let exact = points * pixels_per_point * SUBPIXELS as f32;
            // Rounds half away from zero by truncation: `f32::round` is a call on plain SSE2.
            let rounded = exact + if exact < 0.0 { -0.5 } else { 0.5 };
            exact
                .is_finite()
                .then_some((rounded as i32).clamp(-FARTHEST, FARTHEST))
        };
        Some(Self {
            x: steps(position.x)?,
            y: steps(position.y)?,
        })
    }
}

/// The first pixel (column or row) whose centre is at `position` (1/256 pixel) or after it.
#[inline]
pub(crate) fn first_pixel(position: i32) -> i32 {
    (position + SUBPIXELS / 2 - 1) >> SUBPIXELS.trailing_zeros()
}

/// Twice the signed area of a triangle in steps², exact; positive when the corners run clockwise
/// as seen (y points down).
#[inline]
pub(crate) fn doubled_area([a, b, c]: [SubpixelPos; 3]) -> i64 {
    let cross = |p: i32, q: i32, r: i32, s: i32| i64::from(p) * i64::from(q) - i64::from(r) * i64::from(s);
    cross(b.x - a.x, c.y - a.y, c.x - a.x, b.y - a.y)
}

/// Pixels `left..right` × `top..bottom`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PixelRect {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

impl PixelRect {
    /// egui's clip rectangle (in points), its sides rounded to whole pixels, as egui's own
    /// painters do it.
    pub(crate) fn from_clip(clip: Rect, pixels_per_point: f32) -> Self {
        let pixel = |points: f32| (points * pixels_per_point).round() as i32;
        Self {
            left: pixel(clip.min.x),
            top: pixel(clip.min.y),
            right: pixel(clip.max.x),
            bottom: pixel(clip.max.y),
        }
    }

    /// The common part; `None` where there is none.
    #[inline]
    pub(crate) fn intersection(self, other: Self) -> Option<Self> {
        let common = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        (common.left < common.right && common.top < common.bottom).then_some(common)
    }
}

/// A vertex, snapped to the position grid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Corner {
    pub(crate) position: SubpixelPos,
    pub(crate) colour: u32,
    /// Texture coordinates, 0..=1 over the texture. Plain numbers, because egui's `Pos2` does not
    /// let NaN be compared.
    pub(crate) uv: [f32; 2],
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn positions_snap_to_the_nearest_step() {
        let at = |x: f32| SubpixelPos::snap(pos2(x, 0.0), 2.0).unwrap().x;
        assert_eq!([at(1.0), at(-1.0), at(0.001), at(0.0009)], [512, -512, 1, 0]);
        assert_eq!(at(1e30), FARTHEST);
        assert_eq!(SubpixelPos::snap(pos2(f32::NAN, 0.0), 1.0), None);
        assert_eq!(SubpixelPos::snap(pos2(0.0, f32::INFINITY), 1.0), None);
    }

    #[test]
    fn a_pixel_starts_at_its_centre() {
        let expected = [
            (0, 0),
            (128, 0),
            (129, 1),
            (384, 1),
            (385, 2),
            (-128, -1),
            (-127, 0),
        ];
        for (position, pixel) in expected {
            assert_eq!(first_pixel(position), pixel, "position {position}");
        }
    }

    #[test]
    fn clips_round_to_whole_pixels_and_may_be_endless() {
        let clip = Rect::from_min_max(pos2(0.3, 0.2), pos2(1.3, f32::INFINITY));
        let expected = PixelRect {
            left: 1,
            top: 0,
            right: 3,
            bottom: i32::MAX,
        };
        assert_eq!(PixelRect::from_clip(clip, 2.0), expected);
        assert_eq!(
            PixelRect::from_clip(Rect::NOTHING, 1.0).intersection(expected),
            None
        );
    }
}
