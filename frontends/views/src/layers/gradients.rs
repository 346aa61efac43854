//! Where the discriminator's output rises at each fake sample: thin triangles from the sample along
//! +dD/dx, their length 0.15 times the gradient (as in GAN Lab). The generator learns to move its
//! samples that way.

use egui::{Mesh, Painter, Shape};

use super::Scene;
use crate::palette;
use crate::projection::Projection;

/// Length of a triangle, per gradient.
const LENGTH: f32 = 0.15;

pub(super) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    let half_width = 0.5 * (0.8 + 0.006 * projection.side());
    let colour = palette::translucent(palette::GRADIENT, 0.75);
    let mut mesh = Mesh::default();
    for (sample, [x, y]) in scene.snapshot.fake.iter().zip(&scene.snapshot.gradients) {
        let along = projection.direction([LENGTH * x, LENGTH * y]);
        // Shorter than half a pixel, or not finite: nothing to see.
        if !(along.length_sq() > 0.25) || !along.is_finite() {
            continue;
        }
        let foot = projection.place(*sample);
        let aside = along.normalized().rot90() * half_width;
        let first = mesh.vertices.len() as u32;
        for corner in [foot + aside, foot - aside, foot + along] {
            mesh.colored_vertex(corner, colour);
        }
        mesh.add_triangle(first, first + 1, first + 2);
    }
    painter.add(Shape::mesh(mesh));
}
