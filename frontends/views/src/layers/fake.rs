//! Fake samples: purple dots.

use egui::Painter;

use super::{Scene, dots};
use crate::projection::Projection;

pub(super) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    dots::paint_samples(
        painter,
        projection,
        scene.fake(),
        scene.colours.fake,
        scene.colours.rim,
    );
}
