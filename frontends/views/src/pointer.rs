//! Words for the thing under the pointer: on the large canvas and in the nodes of the graph.

use egui::{Painter, Pos2, Rect, Shape, Stroke, StrokeKind};
use gan_core::Point;
use lab::{HeatmapSide, ManifoldPart, Snapshot};

use crate::drawing::origin;
use crate::layers::{Layer, LayerSet, Scene, Side};
use crate::palette::{self, Palette};
use crate::projection::Projection;
use crate::text;

/// How near to a dot the pointer must be, before scaling.
pub(crate) const REACH: f32 = 8.0;

/// Content of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    /// These layers.
    Layers(LayerSet),
    /// The noise.
    Noise,
    /// Samples in the colours of what the discriminator says of them.
    Predictions(Side),
}

/// The thing at the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Found {
    /// A sample; its gradient where gradients are shown.
    Sample {
        side: Side,
        at: Point,
        score: f32,
        gradient: Option<Point>,
    },
    /// The noise of a fake sample; its place in the picture, and the sample.
    Noise {
        dimensions: usize,
        at: Point,
        sample: Point,
    },
    /// No dot, but one of the two or both.
    Ground {
        part: Option<ManifoldPart>,
        cell: Option<Cell>,
    },
}

/// A cell of the heatmap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    side: HeatmapSide,
    column: usize,
    row: usize,
    score: f32,
}

impl Found {
    /// The nearest dot within reach; or else the ground below the dots.
    pub(crate) fn under(
        pointer: Pos2,
        picture: Picture,
        scene: Scene<'_>,
        projection: &Projection,
        reach: f32,
    ) -> Option<Self> {
        let dots: Vec<(Point, Self)> = match picture {
            Picture::Layers(layers) => [Side::Real, Side::Fake]
                .into_iter()
                .flat_map(|side| samples_in(side, layers, scene))
                .collect(),
            Picture::Predictions(side) => samples(side, false, scene).collect(),
            Picture::Noise => noise(scene).collect(),
        };
        let distance = |(at, found): (Point, Self)| (projection.place(at).distance(pointer), found);
        let nearest = dots
            .into_iter()
            .map(distance)
            .filter(|(distance, _)| *distance <= reach)
            .min_by(|(one, _), (other, _)| one.total_cmp(other));
        match (nearest, picture) {
            (Some((_, found)), _) => Some(found),
            (None, Picture::Layers(layers)) => ground(pointer, layers, scene, projection, reach),
            (None, _) => None,
        }
    }

    /// Draws a mark around it.
    pub(crate) fn mark(self, colours: &Palette, painter: &Painter, projection: &Projection) {
        let stroke = Stroke::new(1.5, colours.ink);
        match self {
            Self::Sample { at, .. } | Self::Noise { at, .. } => {
                painter.circle_stroke(projection.place(at), 2.0 * projection.dot_radius(), stroke);
            }
            Self::Ground { part, cell } => {
                if let Some(cell) = cell {
                    cell.mark(colours, painter, projection);
                }
                match part {
                    Some(ManifoldPart::Cell { corners, .. }) => {
                        let corners = corners.map(|corner| projection.place(corner)).to_vec();
                        painter.add(Shape::closed_line(corners, stroke));
                    }
                    Some(ManifoldPart::Stretch { ends, .. }) => {
                        let ends = ends.map(|end| projection.place(end));
                        painter.line_segment(ends, Stroke::new(3.0, colours.ink));
                    }
                    None => {}
                }
            }
        }
    }

    /// All that is known of it, a line each.
    pub(crate) fn words(self, snapshot: &Snapshot) -> String {
        match self {
            Self::Sample {
                side,
                at,
                score,
                gradient,
            } => {
                let kind = match side {
                    Side::Real => "Real sample",
                    Side::Fake => "Fake sample",
                };
                let gradient = gradient.map_or(String::new(), slope);
                let original = original(snapshot, at);
                format!("{kind} at {}{original}\n{}{gradient}", place(at), verdict(score))
            }
            Self::Noise {
                dimensions: 1,
                at: [x, _],
                sample,
            } => format!(
                "Noise {x:.3}\nThe generator makes it the sample {}",
                place(sample)
            ),
            Self::Noise {
                dimensions,
                at,
                sample,
            } => {
                let which = match dimensions {
                    2 => String::new(),
                    _ => format!(
                        ", dimensions {} and {},",
                        snapshot.slice.across() + 1,
                        snapshot.slice.up() + 1
                    ),
                };
                format!(
                    "Noise{which} {}\nThe generator makes it the sample {}",
                    place(at),
                    place(sample)
                )
            }
            Self::Ground { part, cell } => {
                let part = part.map(|part| part_words(&part));
                let cell = cell.map(|cell| cell.words(snapshot));
                part.into_iter().chain(cell).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// Samples of a side, if the layers show them: as dots, or as the feet of gradients.
fn samples_in(side: Side, layers: LayerSet, scene: Scene<'_>) -> impl Iterator<Item = (Point, Found)> {
    let gradients = side == Side::Fake && layers.contains(Layer::Gradients);
    let dots = match side {
        Side::Real => layers.contains(Layer::Real),
        Side::Fake => layers.contains(Layer::Fake),
    };
    let shown = (dots || gradients).then(|| samples(side, gradients, scene));
    shown.into_iter().flatten()
}

fn samples(side: Side, gradients: bool, scene: Scene<'_>) -> impl Iterator<Item = (Point, Found)> {
    let snapshot = scene.snapshot;
    let (samples, scores) = side.samples(snapshot);
    let samples = match side {
        Side::Real => samples,
        Side::Fake => scene.fake(),
    };
    samples
        .iter()
        .zip(scores)
        .enumerate()
        .map(move |(index, (at, score))| {
            let gradient = gradients.then(|| snapshot.gradients.get(index).copied());
            let found = Found::Sample {
                side,
                at: *at,
                score: *score,
                gradient: gradient.flatten(),
            };
            (*at, found)
        })
}

fn noise(scene: Scene<'_>) -> impl Iterator<Item = (Point, Found)> {
    let dimensions = scene.snapshot.configuration.noise.dimensions.get();
    let made = scene.snapshot.noise_places().zip(&scene.snapshot.fake);
    made.map(move |(at, sample)| {
        let found = Found::Noise {
            dimensions,
            at,
            sample: *sample,
        };
        (at, found)
    })
}

/// The part of the manifold that is seen at a place, and the heatmap's cell, as far as they are shown.
fn ground(
    pointer: Pos2,
    layers: LayerSet,
    scene: Scene<'_>,
    projection: &Projection,
    reach: f32,
) -> Option<Found> {
    let at = projection.sample(pointer);
    let part = layers.contains(Layer::Manifold).then(|| {
        // Later parts lie above earlier ones.
        let mut parts = scene.manifold().parts().rev();
        parts.find(|part| lies_on(at, part, reach / projection.side()))
    });
    let cell = layers.contains(Layer::Heatmap).then(|| Cell::around(at, scene));
    let part = part.flatten();
    (part.is_some() || cell.is_some()).then_some(Found::Ground { part, cell })
}

/// Whether a point lies in a cell as it is drawn, in two triangles; or near to a stretch.
fn lies_on(point: Point, part: &ManifoldPart, reach: f32) -> bool {
    match part {
        ManifoldPart::Cell {
            corners: [a, b, c, d],
            ..
        } => lies_in(point, [a, b, c]) || lies_in(point, [a, c, d]),
        ManifoldPart::Stretch { ends: [a, b], .. } => {
            let [x, y] = [b[0] - a[0], b[1] - a[1]];
            let length = x * x + y * y;
            let along = ((point[0] - a[0]) * x + (point[1] - a[1]) * y) / length;
            // A stretch without length is its beginning.
            let along = if length > 0.0 { along.clamp(0.0, 1.0) } else { 0.0 };
            libm::hypotf(a[0] + along * x - point[0], a[1] + along * y - point[1]) <= reach
        }
    }
}

fn lies_in(point: Point, [a, b, c]: [&Point; 3]) -> bool {
    let left_of = |from: &Point, to: &Point| {
        (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0])
    };
    let sides = [left_of(a, b), left_of(b, c), left_of(c, a)];
    sides.iter().all(|side| *side > 0.0) || sides.iter().all(|side| *side < 0.0)
}

impl Cell {
    fn around(at: Point, scene: Scene<'_>) -> Self {
        let heatmap = &scene.snapshot.heatmap;
        let [column, row] = heatmap.side().cell_around(at);
        Self {
            side: heatmap.side(),
            column,
            row,
            score: heatmap.score_around(at),
        }
    }

    /// Pixels need no mark.
    fn mark(self, colours: &Palette, painter: &Painter, projection: &Projection) {
        if self.side != HeatmapSide::AS_IN_GAN_LAB {
            return;
        }
        let corner = |column: usize, row: usize| {
            projection.place([column, row].map(|index| index as f32 / self.side.get() as f32))
        };
        let cell = Rect::from_two_pos(
            corner(self.column, self.row),
            corner(self.column + 1, self.row + 1),
        );
        let stroke = Stroke::new(1.0, palette::translucent(colours.ink, 0.5));
        painter.rect_stroke(cell, 0.0, stroke, StrokeKind::Inside);
    }

    fn words(self, snapshot: &Snapshot) -> String {
        let middle = self.side.centre(self.row * self.side.get() + self.column);
        let centre = format!("{}{}", place(middle), original(snapshot, middle));
        let verdict = verdict(self.score);
        if self.side == HeatmapSide::AS_IN_GAN_LAB {
            format!("Cell around {centre}\n{verdict}")
        } else {
            format!("At {centre}\n{verdict}")
        }
    }
}

/// A line with the coordinates in the file that the points come from, if they come from one.
fn original(snapshot: &Snapshot, at: Point) -> String {
    origin::original(snapshot, at).map_or(String::new(), |words| format!("\n{words}"))
}

/// Coordinates.
fn place([x, y]: Point) -> String {
    format!("({}, {})", text::decimals(x, 3), text::decimals(y, 3))
}

/// A line with a gradient of the discriminator's output, and how steep it is.
fn slope(gradient: Point) -> String {
    let [x, y] = gradient.map(|along| text::decimals(along, 2));
    let steepness = libm::hypotf(gradient[0], gradient[1]);
    if steepness < 0.005 {
        "\nIts gradient is almost nothing: a slope below 0.01".to_owned()
    } else {
        format!("\nIts gradient: ({x}, {y}), a slope of {steepness:.2}")
    }
}

/// The discriminator's output, and what it means.
fn verdict(score: f32) -> String {
    let meaning = match score {
        score if score > 0.55 => "might be real",
        score if score < 0.45 => "might be fake",
        _ => "cannot tell",
    };
    format!("The discriminator says {score:.3}: {meaning}")
}

/// A part of the manifold, and how densely samples lie there.
fn part_words(part: &ManifoldPart) -> String {
    let times = times(part.density());
    match part {
        ManifoldPart::Cell { share, .. } => format!(
            "Cell of the manifold: {times} as dense as samples\nspread evenly over the square; {} of all land here",
            percent(*share)
        ),
        ManifoldPart::Stretch { share, .. } => format!(
            "Stretch of the manifold: {times} as dense as samples\nspread evenly along a side of the square; {} of \
             all land here",
            percent(*share)
        ),
    }
}

fn times(density: f32) -> String {
    match density {
        density if density < 0.095 => format!("{density:.2} times"),
        density if density < 9.95 => format!("{density:.1} times"),
        density if density < 999.5 => format!("{density:.0} times"),
        _ => "more than 1,000 times".to_owned(),
    }
}

fn percent(share: f32) -> String {
    format!("{:.2} %", 100.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_what_its_triangles_hold_whichever_way_it_is_turned() {
        let cell = |corners| ManifoldPart::Cell { corners, share: 0.1 };
        let square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let mut mirrored = square;
        mirrored.reverse();
        for corners in [square, mirrored] {
            assert!(lies_on([0.2, 0.7], &cell(corners), 0.0));
            assert!(lies_on([0.7, 0.2], &cell(corners), 0.0));
            assert!(!lies_on([1.2, 0.7], &cell(corners), 0.0));
        }
        let nowhere = cell([[0.5, 0.5]; 4]);
        assert!(!lies_on([0.5, 0.5], &nowhere, 0.0));
    }

    #[test]
    fn a_stretch_is_near_along_its_whole_length_and_no_further() {
        let stretch = |ends| ManifoldPart::Stretch { ends, share: 0.1 };
        let diagonal = stretch([[0.0, 0.0], [1.0, 1.0]]);
        assert!(lies_on([0.5, 0.51], &diagonal, 0.02));
        assert!(!lies_on([0.5, 0.55], &diagonal, 0.02));
        assert!(!lies_on([1.1, 1.1], &diagonal, 0.02));
        assert!(lies_on([0.5, 0.5], &stretch([[0.5, 0.5]; 2]), 0.0));
    }

    #[test]
    fn a_slope_is_never_a_negative_nothing() {
        assert_eq!(
            slope([-0.304, 0.001]),
            "\nIts gradient: (−0.30, 0.00), a slope of 0.30"
        );
        assert!(slope([-0.001, 0.001]).contains("almost nothing"));
        assert_eq!(place([-0.0001, 0.25]), "(0.000, 0.250)");
    }

    #[test]
    fn densities_are_said_with_two_digits_or_so() {
        let said = [0.0, 0.04, 0.4, 1.8, 25.3, 5_000.0, f32::INFINITY].map(times);
        assert_eq!(
            said[..5],
            ["0.00 times", "0.04 times", "0.4 times", "1.8 times", "25 times"]
        );
        assert_eq!(said[5..], ["more than 1,000 times", "more than 1,000 times"]);
    }
}
