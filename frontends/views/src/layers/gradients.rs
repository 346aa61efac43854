//! The gradient of the discriminator's output at each fake sample: a thin triangle from the sample
//! along +dD/dx, 0.15 times the gradient long (as in GAN Lab). The generator learns to move its
//! samples along it.

use egui::epaint::PathStroke;
use egui::{Painter, Shape};

use super::Scene;
use crate::palette;
use crate::projection::Projection;

/// Length of a triangle, per gradient.
const LENGTH: f32 = 0.15;

pub(super) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    let half_width = 0.5 * (0.8 + 0.006 * projection.side());
    let colour = palette::translucent(scene.colours.gradient, 0.75);
    let shown = scene.snapshot.fake.iter().zip(&scene.snapshot.gradients);
    painter.extend(shown.filter_map(|(sample, [x, y])| {
        let along = projection.direction([LENGTH * x, LENGTH * y]);
        // Shorter than half a pixel, or not finite: nothing to see.
        if !(along.length_sq() > 0.25) || !along.is_finite() {
            return None;
        }
        let foot = projection.place(*sample);
        let aside = along.normalized().rot90() * half_width;
        let corners = vec![foot + aside, foot - aside, foot + along];
        Some(Shape::convex_polygon(corners, colour, PathStroke::NONE))
    }));
}
