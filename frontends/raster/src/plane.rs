//! A quantity that varies evenly over the picture (a colour channel, a texture coordinate).
//!
//! An integer plane over the pixel grid: its value at a pixel depends on that pixel's place alone,
//! and walking along a row by additions gives the very numbers that evaluating each pixel would.

use crate::geometry::{SUBPIXELS, SubpixelPos, doubled_area};

/// Fraction bits of a plane's values.
pub(crate) const FRACTION_BITS: u32 = 16;
const ONE: f64 = (1 << FRACTION_BITS) as f64;

/// Steepest slope, in units of 1/65,536 per pixel. A steeper triangle is thinner than a step of
/// the position grid, and within the limit no product below leaves 64 bits.
const STEEPEST: i64 = 1 << 32;

/// Places of three corners and the distances between them, shared by all planes over one triangle.
pub(crate) struct Footing {
    origin: SubpixelPos,
    first: [f64; 2],
    second: [f64; 2],
    /// 65,536 × 256 / twice the signed area, the area in steps².
    scale: f64,
}

impl Footing {
    /// `None` where the corners lie on one line.
    #[inline]
    pub(crate) fn new(corners: [SubpixelPos; 3]) -> Option<Self> {
        let [a, b, c] = corners;
        let away = |p: SubpixelPos| [f64::from(p.x - a.x), f64::from(p.y - a.y)];
        let (first, second) = (away(b), away(c));
        let doubled_area = doubled_area(corners);
        let scale = ONE * f64::from(SUBPIXELS) / doubled_area as f64;
        (doubled_area != 0).then_some(Self {
            origin: a,
            first,
            second,
            scale,
        })
    }
}

/// value(x, y) = base + across·x + down·y at the centre of pixel (x, y), in 1/65,536.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plane {
    base: i64,
    pub(crate) across: i64,
    pub(crate) down: i64,
}

impl Plane {
    /// The plane through `values` at the footing's three corners.
    #[inline]
    pub(crate) fn through(footing: &Footing, values: [f64; 3]) -> Self {
        let (first, second) = (values[1] - values[0], values[2] - values[0]);
        let across = (first * footing.second[1] - second * footing.first[1]) * footing.scale;
        let down = (second * footing.first[0] - first * footing.second[0]) * footing.scale;
        Self::from_slopes(values[0], footing.origin, across, down)
    }

    /// The plane that has `value` at `origin` and changes by the slopes (1/65,536 per pixel).
    #[inline]
    pub(crate) fn from_slopes(value: f64, origin: SubpixelPos, across: f64, down: f64) -> Self {
        let slope = |exact: f64| (exact as i64).clamp(-STEEPEST, STEEPEST);
        let (across, down) = (slope(across), slope(down));
        let to_centre = |position: i32| i64::from(position - SUBPIXELS / 2);
        let drop = (across * to_centre(origin.x) + down * to_centre(origin.y)) / i64::from(SUBPIXELS);
        let base = ((value * ONE) as i64).clamp(-(1 << 48), 1 << 48) - drop;
        Self { base, across, down }
    }

    /// The value at pixel (x, y), in 1/65,536.
    #[inline]
    pub(crate) fn at(&self, x: i32, y: i32) -> i64 {
        self.base + self.across * i64::from(x) + self.down * i64::from(y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corner(x: i32, y: i32) -> SubpixelPos {
        SubpixelPos {
            x: x * SUBPIXELS,
            y: y * SUBPIXELS,
        }
    }

    #[test]
    fn a_plane_passes_through_its_corners_and_between_them() {
        let footing = Footing::new([corner(0, 0), corner(100, 0), corner(0, 50)]).unwrap();
        let plane = Plane::through(&footing, [10.0, 110.0, 60.0]);
        for (x, y) in [(0, 0), (37, 12), (99, 0), (0, 49)] {
            let exact = (10.0 + (f64::from(x) + 0.5) + (f64::from(y) + 0.5)) * 65_536.0;
            let diff = (plane.at(x, y) as f64 - exact).abs();
            assert!(diff <= 200.0, "({x}, {y}) is off by {diff}");
        }
    }

    #[test]
    fn corners_on_a_line_have_no_plane() {
        assert!(Footing::new([corner(0, 0), corner(1, 1), corner(5, 5)]).is_none());
    }

    #[test]
    fn extreme_corners_and_values_stay_within_the_integers() {
        let far = 1 << 29;
        let at = |x, y| SubpixelPos { x, y };
        for corners in [
            [at(-far, -far), at(far, far), at(far, far - 1)],
            [at(far, 0), at(-far, 1), at(0, 0)],
        ] {
            let footing = Footing::new(corners).unwrap();
            for values in [[f64::NAN, 0.0, 1.0], [-1e300, 1e300, 0.0], [0.0, 255.0, 0.0]] {
                let plane = Plane::through(&footing, values);
                plane.at(16_384, 16_384);
            }
        }
    }
}
