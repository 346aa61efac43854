//! The noise that the fake samples shown are made of.

use egui::Painter;
use gan_core::Point;

use super::{Scene, paint_dots};
use crate::projection::Projection;

/// The noise as points of the unit square; of one-dimensional noise, on its middle line.
fn points(scene: Scene<'_>) -> impl Iterator<Item = Point> {
    let dimensions = scene.snapshot.configuration.noise.dimensions.get();
    scene
        .snapshot
        .noise
        .chunks_exact(dimensions)
        .map(|vector| [vector[0], vector.get(1).copied().unwrap_or(0.5)])
}

pub(crate) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    paint_dots(
        painter,
        projection.dot_radius(),
        points(scene).map(|point| (projection.place(point), scene.colours.fake)),
    );
}
