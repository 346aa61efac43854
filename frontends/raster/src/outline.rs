//! The pixels that a triangle covers, exactly.

use crate::geometry::{PixelRect, SUBPIXELS, SubpixelPos, doubled_area, first_pixel};
use std::ops::Range;

/// The edges of a triangle that covers some row of the clip rectangle.
pub(crate) struct Outline {
    /// Corners from top to bottom.
    corners: [SubpixelPos; 3],
    /// Rows with their centre in the triangle's height and in the clip rectangle.
    rows: Range<i32>,
    /// Whether the corner in the middle lies to the right of the long edge.
    middle_is_right: bool,
}

impl Outline {
    #[inline]
    pub(crate) fn new(mut corners: [SubpixelPos; 3], clip: PixelRect) -> Option<Self> {
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
    pub(crate) fn for_each_run(&self, clip: PixelRect, mut paint: impl FnMut(i32, Range<i32>)) {
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
    /// Amount that the column was rounded up by, in 1/`rise`: 0 ≤ remainder < rise.
    remainder: i64,
    column_step: i64,
    remainder_step: i64,
    rise: i64,
}

impl Edge {
    /// Walks from `upper` to `lower` (upper.y < lower.y), beginning at row `first_row`.
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

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: i32 = 24;

    /// A small generator of corners; half of them on pixel centres or borders, where ties happen.
    fn corners(state: &mut u32) -> [SubpixelPos; 3] {
        let mut coordinate = || {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let steps = (*state >> 12) as i32 % (30 * SUBPIXELS) - 3 * SUBPIXELS;
            if *state & 0x100 == 0 { steps & !127 } else { steps }
        };
        std::array::from_fn(|_| SubpixelPos {
            x: coordinate(),
            y: coordinate(),
        })
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
        let (mut state, clip) = (
            1,
            PixelRect {
                left: 0,
                top: 0,
                right: SIDE,
                bottom: SIDE,
            },
        );
        for _ in 0..2_000 {
            let corners = corners(&mut state);
            let mut covered = vec![0; (SIDE * SIDE) as usize];
            if let Some(outline) = Outline::new(corners, clip) {
                outline.for_each_run(clip, |y, columns| {
                    columns.for_each(|x| covered[(y * SIDE + x) as usize] += 1);
                });
            }
            for (index, times) in covered.into_iter().enumerate() {
                let (x, y) = (index as i32 % SIDE, index as i32 / SIDE);
                let expected = doubled_area(corners) != 0 && rule(corners, x, y);
                assert_eq!(times, i32::from(expected), "({x}, {y}) of {corners:?}");
            }
        }
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
