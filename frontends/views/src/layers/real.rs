//! Real samples: green dots.

use egui::Painter;

use super::{Scene, paint_dots};
use crate::palette;
use crate::projection::Projection;

pub(super) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    let dots = scene.snapshot.real.iter();
    paint_dots(
        painter,
        projection.dot_radius(),
        dots.map(|sample| (projection.place(*sample), palette::REAL)),
    );
}
