//! The large canvas: any combination of layers over one another, and what lies under the pointer.

use egui::{Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use gan_core::Point;
use lab::HeatmapSide;

use crate::layers::{Layer, LayerSet, Scene};
use crate::palette;
use crate::projection::Projection;
use crate::style::Look;

/// How near to a dot the pointer must be, before scaling.
const REACH: f32 = 8.0;

/// Shows the layers in a square.
pub(crate) fn show(ui: &mut Ui, square: Rect, scene: Scene<'_>, layers: LayerSet, look: Look) {
    let projection = Projection::onto(square);
    let painter = ui.painter_at(square);
    painter.rect_filled(square, 0.0, look.colours.paper);
    for layer in layers.iter() {
        layer.paint(scene, &painter, &projection);
    }
    if layers.contains(Layer::Fake) && all_outside(&scene.snapshot.fake) {
        let words = "All fake samples lie outside this square.";
        note(&painter, square, words, look);
    }
    painter.rect_stroke(
        square,
        0.0,
        Stroke::new(1.0, look.colours.hairline),
        StrokeKind::Inside,
    );

    let response = ui.interact(square, ui.scope_id().with("canvas"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Layered distributions"));
    if let Some(pointer) = response.hover_pos()
        && let Some(found) = under_pointer(scene, layers, &projection, pointer, look.of(REACH))
    {
        found.mark(&painter, &projection, look);
        response.on_hover_text_at_pointer(found.words());
    }
}

/// Whether none of some samples can be seen, as far as its centre goes; not so where there are none.
fn all_outside(samples: &[Point]) -> bool {
    let inside = |sample: &Point| sample.iter().all(|place| *place > 0.0 && *place < 1.0);
    !samples.is_empty() && !samples.iter().any(inside)
}

/// Words at the lower edge, on a plate, so that they can be read on any layer.
fn note(painter: &Painter, square: Rect, words: &str, look: Look) {
    let words = painter.layout_no_wrap(words.to_owned(), look.body(), look.colours.text);
    let (margin, padding) = (look.of(10.0), vec2(look.of(8.0), look.of(4.0)));
    let corner = square.left_bottom() + vec2(margin + padding.x, -margin - padding.y - words.size().y);
    let plate = Rect::from_min_size(corner, words.size()).expand2(padding);
    painter.rect_filled(
        plate,
        look.of(3.0),
        palette::translucent(look.colours.paper, 0.85),
    );
    painter.galley(corner, words, look.colours.text);
}

/// What the pointer is at.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Found {
    Sample {
        kind: &'static str,
        at: Point,
        score: f32,
    },
    Cell {
        column: usize,
        row: usize,
        score: f32,
    },
}

/// The nearest visible dot within reach; or else the heatmap's cell, if it is shown.
fn under_pointer(
    scene: Scene<'_>,
    layers: LayerSet,
    projection: &Projection,
    pointer: Pos2,
    reach: f32,
) -> Option<Found> {
    let snapshot = scene.snapshot;
    let kinds: [(Layer, &str, &[Point], &[f32]); 2] = [
        (Layer::Real, "Real sample", &snapshot.real, &snapshot.real_scores),
        (Layer::Fake, "Fake sample", &snapshot.fake, &snapshot.fake_scores),
    ];
    let shown = kinds.into_iter().filter(|(layer, ..)| layers.contains(*layer));
    let dots = shown.flat_map(|(_, kind, samples, scores)| {
        let scored = samples.iter().zip(scores);
        scored.map(move |(at, score)| (kind, *at, *score))
    });
    let nearest = dots
        .map(|(kind, at, score)| {
            (
                projection.place(at).distance(pointer),
                Found::Sample { kind, at, score },
            )
        })
        .filter(|(distance, _)| *distance <= reach)
        .min_by(|(one, _), (other, _)| one.total_cmp(other));
    if let Some((_, found)) = nearest {
        return Some(found);
    }
    if !layers.contains(Layer::Heatmap) {
        return None;
    }
    let [column, row] = projection.sample(pointer).map(|share| {
        ((share * HeatmapSide::AS_IN_GAN_LAB.get() as f32) as usize).min(HeatmapSide::AS_IN_GAN_LAB.get() - 1)
    });
    let score = snapshot.heatmap.score_around(projection.sample(pointer));
    Some(Found::Cell { column, row, score })
}

impl Found {
    fn mark(self, painter: &Painter, projection: &Projection, look: Look) {
        let stroke = Stroke::new(1.5, look.colours.ink);
        match self {
            Self::Sample { at, .. } => {
                painter.circle_stroke(projection.place(at), 2.0 * projection.dot_radius(), stroke);
            }
            Self::Cell { column, row, .. } => {
                let corner = |column: usize, row: usize| {
                    projection.place(
                        [column, row].map(|cell| cell as f32 / HeatmapSide::AS_IN_GAN_LAB.get() as f32),
                    )
                };
                let cell = Rect::from_two_pos(corner(column, row), corner(column + 1, row + 1));
                let stroke = Stroke::new(1.0, palette::translucent(look.colours.ink, 0.5));
                painter.rect_stroke(cell, 0.0, stroke, StrokeKind::Inside);
            }
        }
    }

    fn words(self) -> String {
        match self {
            Self::Sample {
                kind,
                at: [x, y],
                score,
            } => {
                format!("{kind} at ({x:.3}, {y:.3})\n{}", verdict(score))
            }
            Self::Cell { column, row, score } => {
                let [x, y] =
                    [column, row].map(|cell| (cell as f32 + 0.5) / HeatmapSide::AS_IN_GAN_LAB.get() as f32);
                format!("Cell around ({x:.3}, {y:.3})\n{}", verdict(score))
            }
        }
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
