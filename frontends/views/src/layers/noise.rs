//! The noise that the fake samples shown are made of.

use egui::Painter;

use super::{Scene, paint_dots};
use crate::projection::Projection;

pub(crate) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    paint_dots(
        painter,
        projection.dot_radius(),
        scene
            .snapshot
            .noise_places()
            .map(|point| (projection.place(point), scene.colours.fake)),
    );
}
