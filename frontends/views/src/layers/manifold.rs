//! The generator's image of the whole space of noise: a warped grid, or a curve if noise is
//! one-dimensional.
//!
//! A cell's opacity says how dense its samples are: the same noise in less room is denser. The formulas
//! are GAN Lab's, with a cell's area in shares of the unit square.

use egui::{Mesh, Painter, Pos2, Shape, Stroke};
use gan_core::configuration::NoiseKind;
use lab::run::snapshot::MANIFOLD_SIDE;
use lab::{Manifold, ManifoldPart};

use super::{Scene, paint_dots};
use crate::palette::{self, Palette};
use crate::projection::Projection;

const CORNERS: usize = MANIFOLD_SIDE + 1;
/// Width of the grid's lines, in thin ones: thinner, they would flicker from pixel to pixel as the grid moves.
const LINE: f32 = 1.4;
const CELLS: f32 = (MANIFOLD_SIDE * MANIFOLD_SIDE) as f32;

pub(super) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    let manifold = scene.manifold();
    match manifold {
        Manifold::Grid { .. } => {
            let kind = scene.snapshot.configuration.noise.kind;
            paint_grid(manifold, kind, scene.colours, painter, projection);
        }
        Manifold::Curve { .. } => paint_curve(manifold, scene.colours, painter, projection),
    }
}

fn paint_grid(
    manifold: &Manifold,
    kind: NoiseKind,
    colours: &Palette,
    painter: &Painter,
    projection: &Projection,
) {
    let mut mesh = Mesh::default();
    mesh.reserve_vertices(4 * CELLS as usize);
    mesh.reserve_triangles(2 * CELLS as usize);
    for part in manifold.parts() {
        let ManifoldPart::Cell { corners, share } = part else {
            continue;
        };
        let colour = palette::translucent(colours.fake, opacity(kind, CELLS * share, part.extent()));
        let first = mesh.vertices.len() as u32;
        for corner in corners {
            mesh.colored_vertex(projection.place(corner), colour);
        }
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first, first + 2, first + 3);
    }
    painter.add(Shape::mesh(mesh));

    let places = places(manifold, projection);
    let stroke = Stroke::new(LINE * projection.line_width(), colours.grid_line);
    for row in places.chunks_exact(CORNERS) {
        painter.line(row.to_vec(), stroke);
    }
    for column in 0..CORNERS {
        painter.line(
            places[column..].iter().step_by(CORNERS).copied().collect(),
            stroke,
        );
    }
}

fn places(manifold: &Manifold, projection: &Projection) -> Vec<Pos2> {
    let vertices = manifold.vertices().iter();
    vertices.map(|vertex| projection.place(*vertex)).collect()
}

/// Opacity of a cell, from its share of the noise as a multiple of the mean and its area.
fn opacity(kind: NoiseKind, density: f32, area: f32) -> f32 {
    let spread = CELLS * area;
    match kind {
        NoiseKind::Uniform | NoiseKind::Spherical => (0.9 - 0.4 * spread).max(0.1),
        // A cell without area has all its density in a point: infinity, so 0.9.
        NoiseKind::Normal => (0.1 + 0.2 * density / spread).min(0.9),
    }
}

/// A curve, with dots evenly spaced in the noise: where samples are crowded, so are the dots.
fn paint_curve(manifold: &Manifold, colours: &Palette, painter: &Painter, projection: &Projection) {
    let places = places(manifold, projection);
    let dots = places.iter().step_by(DOT_EVERY);
    paint_dots(
        painter,
        1.1 * projection.dot_radius(),
        dots.map(|place| (*place, colours.fake)),
    );
    let colour = palette::translucent(colours.fake, 0.6);
    painter.line(places, Stroke::new(1.5 * projection.line_width(), colour));
}

/// Vertices of the curve from one dot to the next.
const DOT_EVERY: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_the_unwarped_grid_is_half_opaque() {
        let area = 1.0 / CELLS;
        assert!((opacity(NoiseKind::Uniform, 1.0, area) - 0.5).abs() < 1e-5);
        assert!((opacity(NoiseKind::Normal, 1.0, area) - 0.3).abs() < 1e-5);
    }

    #[test]
    fn opacity_stays_within_its_bounds() {
        for area in [0.0, 1e-9, 1.0, 4.0] {
            for density in [0.0, 0.1, 10.0] {
                for kind in [NoiseKind::Uniform, NoiseKind::Normal] {
                    let opacity = opacity(kind, density, area);
                    assert!(
                        (0.1..=0.9).contains(&opacity),
                        "{kind:?} {density} {area}: {opacity}"
                    );
                }
            }
        }
    }
}
