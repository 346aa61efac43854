//! Samples as dots: shared by every layer that shows some.

use egui::{Color32, Painter, Pos2, Rect, Shape};

/// Draws a dot at each place that can be seen, each with its colour.
pub(crate) fn paint_dots(painter: &Painter, radius: f32, dots: impl Iterator<Item = (Pos2, Color32)>) {
    let seen = seen(painter, radius);
    painter.extend(
        dots.filter(|(place, _)| seen.contains(*place))
            .map(|(place, colour)| Shape::circle_filled(place, radius, colour)),
    );
}

/// The clip with room for a dot's radius: what lies outside cannot be seen.
fn seen(painter: &Painter, radius: f32) -> Rect {
    painter.clip_rect().expand(radius)
}
