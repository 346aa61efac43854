//! The noise that the fake samples shown are made of.

use egui::Painter;

use super::{Scene, paint_dots};
use crate::palette;
use crate::projection::Projection;

pub(crate) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    let snapshot = scene.snapshot;
    // Dots on a line cover one another: translucent, many of them are darker.
    let colour = match snapshot.configuration.noise.dimensions.get() {
        1 => palette::translucent(scene.colours.fake, 0.45),
        _ => scene.colours.fake,
    };
    let dots = snapshot
        .noise_places()
        .map(|point| (projection.place(point), colour));
    paint_dots(painter, projection.dot_radius(), dots);
}
