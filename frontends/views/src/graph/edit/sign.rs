//! The sign of controls that begin the run anew: a small round arrow, the same as on the reset button.

use egui::{Painter, Pos2, Rect, vec2};

use crate::icons::Icon;
use crate::style::Look;

/// Length of the sign's side.
pub(super) fn side(look: Look) -> f32 {
    look.of(11.0)
}

/// Draws it; returns its right middle.
pub(super) fn paint(painter: &Painter, left_middle: Pos2, look: Look) -> Pos2 {
    let side = side(look);
    let square = Rect::from_min_size(left_middle - vec2(0.0, 0.5 * side), vec2(side, side));
    Icon::Reset.paint(painter, square, look.colours.faint);
    square.right_center()
}
