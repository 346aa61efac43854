//! Samples in the colours of what the discriminator says of them.

use egui::Painter;
use gan_core::Point;
use lab::Snapshot;

use super::{Scene, paint_dots};
use crate::projection::Projection;

/// The samples whose predictions are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Predictions of real samples.
    Real,
    /// Predictions of fake samples.
    Fake,
}

impl Side {
    /// Its samples, and the discriminator's output at each.
    pub(crate) fn samples(self, snapshot: &Snapshot) -> (&[Point], &[f32]) {
        match self {
            Self::Real => (&snapshot.real, &snapshot.real_scores),
            Self::Fake => (&snapshot.fake, &snapshot.fake_scores),
        }
    }
}

/// Small leanings show: the scale is a signed square root (as in GAN Lab).
pub(crate) fn paint(side: Side, scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    let (samples, scores) = side.samples(scene.snapshot);
    let dots = samples.iter().zip(scores);
    paint_dots(
        painter,
        projection.dot_radius(),
        dots.map(|(sample, score)| (projection.place(*sample), scene.colours.prediction_of_dot(*score))),
    );
}
