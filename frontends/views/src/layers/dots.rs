//! Samples as dots: shared by every picture that shows some.

use egui::{Color32, Painter, Pos2, Shape};
use gan_core::Point;

use crate::projection::Projection;

/// Draws a dot at each place that can be seen, each with its colour.
pub(crate) fn paint_dots(painter: &Painter, radius: f32, dots: impl Iterator<Item = (Pos2, Color32)>) {
    let seen = painter.clip_rect().expand(radius);
    painter.extend(
        dots.filter(|(place, _)| seen.contains(*place))
            .map(|(place, colour)| Shape::circle_filled(place, radius, colour)),
    );
}

/// Radius from which samples have a rim, so that each stands out from others and from what lies
/// below. In small pictures a rim would be all there is to see.
const RIMMED: f32 = 1.6;

/// Draws samples of one kind.
pub(super) fn paint_samples(
    painter: &Painter,
    projection: &Projection,
    samples: &[Point],
    colour: Color32,
    rim: Color32,
) {
    let radius = projection.dot_radius();
    let seen = painter.clip_rect().expand(2.0 * radius);
    let places = samples.iter().map(|sample| projection.place(*sample));
    painter.extend(places.filter(|place| seen.contains(*place)).flat_map(|place| {
        let rim = (radius >= RIMMED).then(|| Shape::circle_filled(place, 1.35 * radius, rim));
        rim.into_iter()
            .chain([Shape::circle_filled(place, radius, colour)])
    }));
}
