//! Samples that the generator's moving average makes of the same noise: amber dots.

use egui::Painter;

use super::{Scene, dots};
use crate::projection::Projection;

pub(super) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    let Some(average) = &scene.snapshot.average else {
        return;
    };
    dots::paint_samples(
        painter,
        projection,
        &average.fake,
        scene.colours.average,
        scene.colours.rim,
    );
}
