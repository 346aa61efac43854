//! The discriminator's output at the centres of 30×30 cells, purple over light grey to green.
//!
//! One mesh; cells end on whole pixels, so that no seam shows.

use egui::{Mesh, Painter, Pos2, Rect, Shape};

use super::Scene;
use crate::projection::Projection;

pub(super) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    let density = painter.pixels_per_point();
    let snap = |x: f32| (x * density).round() / density;
    let side = scene.snapshot.heatmap.side();
    let corner = |column: usize, row: usize| {
        let share = |cell: usize| cell as f32 / side.get() as f32;
        let Pos2 { x, y } = projection.place([share(column), share(row)]);
        Pos2::new(snap(x), snap(y))
    };
    let mut mesh = Mesh::default();
    mesh.reserve_vertices(4 * side.cells());
    mesh.reserve_triangles(2 * side.cells());
    for (row, scores) in scene.snapshot.heatmap.rows().enumerate() {
        for (column, score) in scores.iter().enumerate() {
            let cell = Rect::from_two_pos(corner(column, row), corner(column + 1, row + 1));
            mesh.add_colored_rect(cell, scene.colours.prediction(*score));
        }
    }
    painter.add(Shape::mesh(mesh));
}
