//! A round brush: strokes become points, spread evenly along the way and over the brush.
//!
//! A counter, not chance, scatters points within the brush: the same strokes give the same
//! points, on every machine.

use gan_core::Point;

/// Points on a unit of area, the unit square's: as many as make a shape of 450 samples clear.
const DENSITY: f32 = 4000.0;

/// How wide a brush is: its radius as a share of the paper's side, within [`BrushRadius::RANGE`].
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct BrushRadius(f32);

impl BrushRadius {
    /// Radii from a fine pen to a broad brush.
    pub(crate) const RANGE: std::ops::RangeInclusive<f32> = 0.01..=0.12;

    /// The nearest one that there is; the default for a NaN.
    pub(crate) fn nearest(share: f32) -> Self {
        if share.is_nan() {
            return Self::default();
        }
        Self(share.clamp(*Self::RANGE.start(), *Self::RANGE.end()))
    }

    /// The radius as a share of the paper's side.
    pub(crate) const fn get(self) -> f32 {
        self.0
    }

    /// Points that a press without a drag puts down: at least one.
    fn points_of_a_dab(self) -> usize {
        (core::f32::consts::PI * self.0 * self.0 * DENSITY)
            .round()
            .max(1.0) as usize
    }

    /// Distance from one point of a stroke to the next. A fine pen draws a dotted line, not single
    /// dots.
    fn spacing(self) -> f32 {
        (1.0 / (2.0 * self.0 * DENSITY)).min(self.0)
    }
}

impl Default for BrushRadius {
    fn default() -> Self {
        Self(0.03)
    }
}

/// Scatters points over a disc, evenly however many they are: Martin Roberts' R2 sequence (2018), of
/// which a counter is all there is to remember, bent onto the disc.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scatter(u32);

impl Scatter {
    /// 1/p and 1/p² of the plastic number p, as shares of 2³².
    const STEPS: [u32; 2] = [3_242_174_889, 2_447_445_414];

    /// Goes on from this count.
    pub(super) const fn from(count: u32) -> Self {
        Self(count)
    }

    /// The next place in the unit disc.
    fn next(&mut self) -> [f32; 2] {
        self.0 = self.0.wrapping_add(1);
        // 24 bits, so that the share is exact and below 1.
        let [share, turn] = Self::STEPS.map(|step| (self.0.wrapping_mul(step) >> 8) as f32 / 16_777_216.0);
        let (sine, cosine) = libm::sincosf(core::f32::consts::TAU * turn);
        [share.sqrt() * cosine, share.sqrt() * sine]
    }
}

/// A stroke that has not ended: where the brush is, and how far it is from there to the next point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tip {
    radius: BrushRadius,
    at: Point,
    to_next: f32,
}

impl Tip {
    /// Puts the brush down; `put` gets the points, those beside the paper too.
    pub(super) fn press(
        at: Point,
        radius: BrushRadius,
        scatter: &mut Scatter,
        mut put: impl FnMut(Point),
    ) -> Self {
        for _ in 0..radius.points_of_a_dab() {
            put(beside(at, radius, scatter));
        }
        Self {
            radius,
            at,
            to_next: radius.spacing(),
        }
    }

    /// Moves the brush in a straight line.
    pub(super) fn drag(&mut self, to: Point, scatter: &mut Scatter, mut put: impl FnMut(Point)) {
        let way = [to[0] - self.at[0], to[1] - self.at[1]];
        let length = (way[0] * way[0] + way[1] * way[1]).sqrt();
        let mut gone = self.to_next;
        while gone <= length {
            let share = gone / length;
            let place = [self.at[0] + share * way[0], self.at[1] + share * way[1]];
            put(beside(place, self.radius, scatter));
            gone += self.radius.spacing();
        }
        self.at = to;
        self.to_next = gone - length;
    }
}

/// A place under the brush.
fn beside(at: Point, radius: BrushRadius, scatter: &mut Scatter) -> Point {
    let [x, y] = scatter.next();
    [at[0] + radius.get() * x, at[1] + radius.get() * y]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stroke(way: &[Point], radius: f32) -> Vec<Point> {
        let (mut points, mut scatter) = (Vec::new(), Scatter::default());
        let radius = BrushRadius::nearest(radius);
        let mut tip = Tip::press(way[0], radius, &mut scatter, |point| points.push(point));
        for to in &way[1..] {
            tip.drag(*to, &mut scatter, |point| points.push(point));
        }
        points
    }

    #[test]
    fn a_stroke_s_points_lie_evenly_along_it_and_within_the_brush() {
        let points = stroke(&[[0.1, 0.5], [0.9, 0.5]], 0.05);
        let area = 0.8 * 0.1 + core::f32::consts::PI * 0.05 * 0.05;
        let expected = area * DENSITY;
        assert!(
            (points.len() as f32 - expected).abs() < 3.0,
            "{} points",
            points.len()
        );
        for [x, y] in &points {
            assert!(
                (0.05..=0.95).contains(x) && (0.45..=0.55).contains(y),
                "({x}, {y})"
            );
        }
        let share = |from: f32, to: f32| {
            let within = points.iter().filter(|[x, _]| (from..to).contains(x)).count();
            within as f32 / points.len() as f32
        };
        for tenth in 2..8 {
            let from = tenth as f32 / 10.0;
            let even = 0.1 * 0.1 / area;
            let own = share(from, from + 0.1);
            assert!((own - even).abs() < 0.02, "{own} of the points from {from}");
        }
    }

    #[test]
    fn points_do_not_depend_on_how_often_the_pointer_was_seen() {
        let whole = stroke(&[[0.1, 0.2], [0.9, 0.8]], 0.03);
        let seen: Vec<Point> = (0..=50)
            .map(|step| step as f32 / 50.0)
            .map(|share| [0.1 + 0.8 * share, 0.2 + 0.6 * share])
            .collect();
        let parts = stroke(&seen, 0.03);
        assert!(whole.len().abs_diff(parts.len()) <= 1);
        for (a, b) in whole.iter().zip(&parts) {
            let apart = (a[0] - b[0]).hypot(a[1] - b[1]);
            assert!(apart < 1e-4, "{a:?} and {b:?}");
        }
    }

    #[test]
    fn a_press_alone_draws_and_a_brush_that_stands_still_does_not() {
        assert_eq!(stroke(&[[0.5, 0.5]], 0.01).len(), 1);
        assert_eq!(stroke(&[[0.5, 0.5]], 0.1).len(), 126);
        let still = stroke(&[[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]], 0.03);
        assert_eq!(still, stroke(&[[0.5, 0.5]], 0.03));
    }

    #[test]
    fn brushes_have_a_range() {
        assert_eq!(BrushRadius::nearest(7.0).get(), 0.12);
        assert_eq!(BrushRadius::nearest(-1.0).get(), 0.01);
        assert_eq!(BrushRadius::nearest(f32::NAN), BrushRadius::default());
    }
}
