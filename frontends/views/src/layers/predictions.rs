//! Samples in the colours of what the discriminator says of them.

use egui::Painter;
use gan_core::Point;

use super::{Scene, paint_dots};
use crate::projection::Projection;

/// Whose predictions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Of real samples.
    Real,
    /// Of fake samples.
    Fake,
}

/// Small leanings show: the scale is a signed square root (as in GAN Lab).
pub(crate) fn paint(side: Side, scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    let (samples, scores): (&[Point], &[f32]) = match side {
        Side::Real => (&scene.snapshot.real, &scene.snapshot.real_scores),
        Side::Fake => (&scene.snapshot.fake, &scene.snapshot.fake_scores),
    };
    let dots = samples.iter().zip(scores);
    paint_dots(
        painter,
        projection.dot_radius(),
        dots.map(|(sample, score)| (projection.place(*sample), scene.colours.prediction_of_dot(*score))),
    );
}
