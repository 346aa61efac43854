//! The large canvas: any combination of layers over one another, and what lies under the pointer.

use egui::{Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use gan_core::Point;
use lab::checks::diagnosis::Lost;

use crate::diagnosis;
use crate::layers::{self, Layer, LayerSet, Scene};
use crate::palette;
use crate::pointer::{Found, Picture, REACH};
use crate::projection::Projection;
use crate::style::Look;

/// How far layers step back while the noise is being warped over them.
const STEPPED_BACK: f32 = 0.82;

/// A canvas' name, and the facts to tell beyond its picture.
pub(crate) struct Canvas<'a> {
    /// The accessible name.
    pub(crate) name: &'a str,
    /// A sentence at its lower edge.
    pub(crate) note: Option<&'a str>,
    /// Places of the target that are lost.
    pub(crate) lost: &'a [Lost],
}

/// Shows the layers in a square.
pub(crate) fn show(
    ui: &mut Ui,
    square: Rect,
    canvas: Canvas<'_>,
    scene: Scene<'_>,
    layers: LayerSet,
    look: Look,
) {
    let projection = Projection::onto(square);
    let painter = ui.painter_at(square);
    painter.rect_filled(square, 0.0, look.colours.paper);
    paint(scene, layers, &painter, &projection);
    diagnosis::paint_lost(&painter, canvas.lost, &projection, look);
    let outside = layers.contains(Layer::Fake) && all_outside(scene.fake());
    let said = canvas
        .note
        .or(outside.then_some("All fake samples lie outside this square."));
    if let Some(words) = said {
        note(&painter, square, words, look);
    }
    painter.rect_stroke(
        square,
        0.0,
        Stroke::new(1.0, look.colours.hairline),
        StrokeKind::Inside,
    );

    let response = ui.interact(square, ui.scope_id().with(canvas.name), Sense::hover());
    response.widget_info(|| WidgetInfo {
        current_text_value: value(said, canvas.lost.len()),
        ..WidgetInfo::labeled(Role::Image, true, canvas.name)
    });
    let Some(pointer) = response.hover_pos() else {
        return;
    };
    let picture = Picture::Layers(layers);
    let found = Found::under(pointer, picture, scene, &projection, look.of(REACH));
    let lost = diagnosis::lost_under(canvas.lost, pointer, &projection);
    if let Some(found) = found {
        found.mark(look.colours, &painter, &projection);
        let words = found.words(scene.snapshot);
        response.on_hover_text_at_pointer(match lost {
            Some(lost) => format!("{words}\n{lost}"),
            None => words,
        });
    } else if let Some(words) = lost {
        response.on_hover_text_at_pointer(words);
    }
}

/// A description of the canvas for whoever cannot see it.
fn value(note: Option<&str>, lost: usize) -> Option<String> {
    let lost = match lost {
        0 => None,
        1 => Some("1 place of the target is marked as lost".to_owned()),
        lost => Some(format!("{lost} places of the target are marked as lost")),
    };
    match (note, lost) {
        (Some(note), Some(lost)) => Some(format!("{note} {lost}")),
        (note, lost) => lost.or(note.map(str::to_owned)),
    }
}

/// The layers; while the noise is being warped, manifold and fake samples over all others, asked for or
/// not, and the others stepped back.
fn paint(scene: Scene<'_>, layers: LayerSet, painter: &Painter, projection: &Projection) {
    let Some(warped) = scene.warped else {
        for layer in layers.iter() {
            layer.paint(scene, painter, projection);
        }
        layers::paint_walk(scene, painter, projection);
        return;
    };
    let moving = [Layer::Manifold, Layer::Fake];
    for layer in layers.iter().filter(|layer| !moving.contains(layer)) {
        layer.paint(scene.at_rest(), painter, projection);
    }
    let veil = palette::translucent(scene.colours.paper, STEPPED_BACK * warped.fade());
    painter.rect_filled(projection.rect(), 0.0, veil);
    for layer in moving {
        layer.paint(scene, painter, projection);
    }
    layers::paint_walk(scene, painter, projection);
}

/// Whether the centres of all samples lie outside the square; false if there are no samples.
fn all_outside(samples: &[Point]) -> bool {
    let inside = |sample: &Point| sample.iter().all(|place| *place > 0.0 && *place < 1.0);
    !samples.is_empty() && !samples.iter().any(inside)
}

/// Words at the lower edge, on a plate, so that they can be read on any layer.
fn note(painter: &Painter, square: Rect, words: &str, look: Look) {
    let (margin, padding) = (look.of(10.0), vec2(look.of(8.0), look.of(4.0)));
    let room = square.width() - 2.0 * (margin + padding.x);
    let words = painter.layout(words.to_owned(), look.body(), look.colours.text, room);
    let corner = square.left_bottom() + vec2(margin + padding.x, -margin - padding.y - words.size().y);
    let plate = Rect::from_min_size(corner, words.size()).expand2(padding);
    painter.rect_filled(
        plate,
        look.of(3.0),
        palette::translucent(look.colours.paper, 0.85),
    );
    painter.galley(corner, words, look.colours.text);
}
