//! How points of any range come into the unit square, and what they were before.
//!
//! Points that all lie in the unit square stay as they are. Others are scaled, both axes alike, so that
//! shapes keep their proportions, and centred; the longer axis then spans 0.1–0.9, because a generator
//! reaches the very edge only with infinite weights. Every bit of the scaled points reaches the hash of a
//! run: the arithmetic below is in `f32`, in this order.

use gan_core::Point;

/// Share of the unit square's side that scaled points leave free on each side.
const MARGIN: f32 = 0.1;

/// The range of the values along an axis: `least ≤ most`, both finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The smallest value.
    pub least: f32,
    /// The largest value.
    pub most: f32,
}

impl Range {
    fn of(values: impl Iterator<Item = f32> + Clone) -> Self {
        Self {
            least: values.clone().fold(f32::INFINITY, f32::min),
            most: values.fold(f32::NEG_INFINITY, f32::max),
        }
    }

    /// Halved before they meet, so that the largest numbers do not overflow.
    fn middle(self) -> f32 {
        0.5 * self.least + 0.5 * self.most
    }

    fn half(self) -> f32 {
        0.5 * self.most - 0.5 * self.least
    }

    fn inside(self) -> bool {
        self.least >= 0.0 && self.most <= 1.0
    }
}

/// The way of a set of points into the unit square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaling {
    ranges: [Range; 2],
}

impl Scaling {
    /// The scaling of these points, all finite; `None` if there are none.
    #[must_use]
    pub fn of(points: &[Point]) -> Option<Self> {
        debug_assert!(points.as_flattened().iter().all(|value| value.is_finite()));
        let range = |axis: usize| Range::of(points.iter().map(move |point| point[axis]));
        (!points.is_empty()).then(|| Self {
            ranges: [range(0), range(1)],
        })
    }

    /// The scaling of points that lay between these, the least and the most in x and y; `None`
    /// unless they are in this order, and finite.
    #[must_use]
    pub fn between(x: [f32; 2], y: [f32; 2]) -> Option<Self> {
        let range = |[least, most]: [f32; 2]| {
            let finite = least.is_finite() && most.is_finite();
            (finite && least <= most).then_some(Range { least, most })
        };
        Some(Self {
            ranges: [range(x)?, range(y)?],
        })
    }

    /// The original ranges of the points, x and y.
    #[must_use]
    pub const fn ranges(&self) -> [Range; 2] {
        self.ranges
    }

    /// Whether the points lay in the unit square, and so stayed as they were.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.ranges.into_iter().all(Range::inside)
    }

    /// The place in the unit square of one of the points.
    #[must_use]
    pub fn scale(&self, point: Point) -> Point {
        if self.is_identity() {
            return point;
        }
        let half = self.half();
        let place = |value: f32, range: Range| {
            let share = if half > 0.0 {
                (value - range.middle()) / half
            } else {
                0.0
            };
            // Halves of the very smallest numbers are rounded so much that points would lie outside.
            (0.5 + (0.5 - MARGIN) * share).clamp(0.0, 1.0)
        };
        [place(point[0], self.ranges[0]), place(point[1], self.ranges[1])]
    }

    /// The original of a place of the unit square, or beyond it: the inverse of the scaling, in
    /// `f64` so that it cannot overflow.
    #[must_use]
    pub fn original(&self, place: Point) -> [f64; 2] {
        if self.is_identity() {
            return place.map(f64::from);
        }
        let half = f64::from(self.half());
        let value = |place: f32, range: Range| {
            let share = (f64::from(place) - 0.5) / f64::from(0.5 - MARGIN);
            f64::from(range.middle()) + share * half
        };
        [value(place[0], self.ranges[0]), value(place[1], self.ranges[1])]
    }

    /// Half the longer axis: it becomes 0.4.
    fn half(&self) -> f32 {
        self.ranges[0].half().max(self.ranges[1].half())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::num::f32::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    use proptest::prelude::*;

    fn scaled(points: &[Point]) -> Vec<Point> {
        let scaling = Scaling::of(points).unwrap();
        points.iter().map(|point| scaling.scale(*point)).collect()
    }

    #[test]
    fn points_outside_are_scaled_alike_and_centred() {
        let own = scaled(&[[-10.0, 0.0], [30.0, 10.0]]);
        let expected: [Point; 2] = [[0.1, 0.4], [0.9, 0.6]];
        for (own, expected) in own.as_flattened().iter().zip(expected.as_flattened()) {
            assert!((own - expected).abs() < 1e-6, "{own} is not {expected}");
        }
        assert_eq!(scaled(&[[5.0, 5.0]]), [[0.5, 0.5]]);
        assert_eq!(Scaling::of(&[]), None);
    }

    #[test]
    fn points_inside_stay_as_they_are() {
        let inside = [[0.0, 1.0], [0.2, 0.3]];
        let scaling = Scaling::of(&inside).unwrap();
        assert!(scaling.is_identity());
        assert_eq!(scaled(&inside), inside);
        assert_eq!(scaling.original([0.25, 0.75]), [0.25, 0.75]);
        let [x, y] = scaling.ranges();
        assert_eq!((x.least, x.most, y.least, y.most), (0.0, 0.2, 0.3, 1.0));
    }

    /// The largest numbers, and the smallest, whose halves are rounded most.
    #[test]
    fn extremes_do_not_overflow() {
        let tiny = f32::from_bits(1);
        for points in [
            [[f32::MAX, 0.0], [f32::MIN, 5.0], [7.0, 7.0]],
            [[f32::MIN, f32::MIN], [f32::MAX, f32::MAX], [0.0, 0.0]],
            [[-tiny, 0.0], [2.0 * tiny, 0.0], [0.0, 0.0]],
            [[f32::MAX, -tiny], [f32::MAX, tiny], [f32::MAX, 0.0]],
        ] {
            let own = scaled(&points);
            let inside = own.as_flattened().iter().all(|value| (0.0..=1.0).contains(value));
            assert!(inside, "{points:?} became {own:?}");
            let back = Scaling::of(&points).unwrap().original([1.0, 0.0]);
            assert!(back.iter().all(|value| value.is_finite()), "{back:?}");
        }
    }

    proptest! {
        #[test]
        fn finite_points_come_into_the_unit_square(
            points in vec([POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO; 2], 1..20),
        ) {
            for place in scaled(&points).as_flattened() {
                prop_assert!((0.0..=1.0).contains(place), "{place}");
            }
        }

        /// One factor for both axes, so shapes keep their proportions; and the way back is the way back.
        #[test]
        fn proportions_are_kept(
            points in vec([-1e6f32..1e6, -1e6f32..1e6], 2..20),
        ) {
            let scaling = Scaling::of(&points).unwrap();
            let [x, y] = scaling.ranges();
            let longer = f64::from((x.most - x.least).max(y.most - y.least));
            prop_assume!(longer > 2.0);
            let factor = 0.8 / longer;
            let places = scaled(&points);
            for (point, place) in points.iter().zip(&places) {
                for axis in 0..2 {
                    let was = f64::from(point[axis]) - f64::from(points[0][axis]);
                    let is = f64::from(place[axis]) - f64::from(places[0][axis]);
                    prop_assert!((is - factor * was).abs() < 1e-6 * (1.0 + 1e6 * factor), "{is}, {was}");
                    let back = scaling.original(*place)[axis];
                    prop_assert!((back - f64::from(point[axis])).abs() < 0.5 + 1e-6 * longer, "{back}");
                }
            }
        }
    }
}
