//! The noise as a square, the walk through it, and the points to move. What has more than two dimensions is seen in
//! two of them, as on the canvas.

use egui::{Align2, EventFilter, Key, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};
use gan_core::Point;
use lab::Snapshot;

use super::{Walker, Way};
use crate::layers::{paint_dots, paint_walk_at};
use crate::palette;
use crate::projection::Projection;
use crate::style::{Hand, Look};
use crate::widgets;

/// Room around the noise, before scaling.
const AROUND: f32 = 9.0;
/// How far a key moves a point.
const STEP: f32 = 0.02;

/// Shows it; points go where they are put.
pub(super) fn show(ui: &mut Ui, square: Rect, walker: &mut Walker, snapshot: &Snapshot, look: Look) {
    let colours = look.colours;
    // With room around it: ends lie on its edge, and a circle may leave it.
    let cube = square.shrink(look.of(AROUND));
    let projection = Projection::onto(cube);
    let response = ui.interact(square, ui.scope_id().with("space of noise"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Space of noise"));
    let points = handles(walker, snapshot);
    if response.clicked()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let apart = |(_, at): &(usize, Point)| projection.place(*at).distance(pointer);
        let nearest = points.iter().min_by(|a, b| apart(a).total_cmp(&apart(b)));
        if let Some((end, _)) = nearest {
            walker.put(*end, projection.sample(pointer), snapshot);
            ui.ctx().request_repaint();
        }
    }
    let painter = ui.painter_at(square);
    painter.rect_filled(square, 0.0, colours.paper);
    let hairline = Stroke::new(1.0, colours.hairline);
    painter.rect_stroke(cube, 0.0, hairline, StrokeKind::Middle);
    let dimensions = snapshot.configuration.noise.dimensions.get();
    let slice = walker.slice_in(snapshot);
    let inputs = snapshot.configuration.techniques.inputs;
    let component =
        |vector: &[f32], index: usize| vector.get(index).map_or(0.5, |value| inputs.denormalize(*value));
    let faint = palette::translucent(colours.fake, 0.3);
    let dots = snapshot.noise.chunks_exact(dimensions).map(|vector| {
        let place = [component(vector, slice.across()), component(vector, slice.up())];
        (projection.place(place), faint)
    });
    paint_dots(&painter, projection.dot_radius(), dots);
    if let [Some(walk), _] = walker.scenes(snapshot) {
        let places: Vec<Point> = walk.walked.noise_places(slice).collect();
        paint_walk_at(walk, &places, colours, &painter, &projection);
    }
    if dimensions > 2 {
        let (font, corner) = (look.small(), square.left_bottom());
        let words = format!("dimensions {} × {}", slice.across() + 1, slice.up() + 1);
        let galley = painter.layout_no_wrap(words, font, colours.faint);
        let place = Align2::LEFT_BOTTOM.anchor_size(corner + vec2(4.0, -2.0), galley.size());
        painter.rect_filled(place.expand(1.0), 0.0, palette::translucent(colours.paper, 0.7));
        painter.galley(place.min, galley, colours.faint);
    }
    painter.rect_stroke(square, 0.0, hairline, StrokeKind::Inside);
    response.on_hover_text(
        "The noise, and the walk through it. Drag a point, or click: the nearest comes there.",
    );
    for (end, at) in points {
        handle(ui, end, at, walker, snapshot, &projection, look);
    }
}

/// The points that can be moved, each with its place: none if the walk goes over all of the only
/// dimension.
fn handles(walker: &Walker, snapshot: &Snapshot) -> Vec<(usize, Point)> {
    let dimensions = snapshot.configuration.noise.dimensions.get();
    let count = match (walker.way_in(snapshot), dimensions) {
        (Way::Dimension, 1) => 0,
        (Way::Dimension, _) => 1,
        (Way::Straight | Way::GreatCircle, _) => 2,
    };
    let slice = walker.slice_in(snapshot);
    let points = walker.ends.points(snapshot);
    let place = |end: usize| {
        let components = points[end].components(dimensions);
        [slice.across(), slice.up()].map(|axis| components.get(axis).copied().unwrap_or(0.5))
    };
    (0..count).map(|end| (end, place(end))).collect()
}

/// A point under a finger, a mouse or the arrow keys.
fn handle(
    ui: &mut Ui,
    end: usize,
    at: Point,
    walker: &mut Walker,
    snapshot: &Snapshot,
    projection: &Projection,
    look: Look,
) {
    let of_dimension = walker.way_in(snapshot) == Way::Dimension;
    let name = match (of_dimension, end) {
        (true, _) => "Point of the walk",
        (false, 0) => "Point a",
        (false, _) => "Point b",
    };
    let centre = projection.place(at);
    let side = match look.hand {
        Hand::Mouse => look.of(18.0),
        Hand::Finger => look.of(36.0),
    };
    let rect = Rect::from_center_size(centre, Vec2::splat(side));
    let response = ui.interact(rect, ui.scope_id().with(("walk", end)), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(format!("({:.2}, {:.2})", at[0], at[1])),
        ..WidgetInfo::labeled(Role::Button, true, name)
    });
    let mut to = None;
    if response.dragged() {
        to = response
            .interact_pointer_pos()
            .map(|pointer| projection.sample(pointer));
    }
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |key| ui.input(|input| input.num_presses(key)) as f32;
        let x = pressed(Key::ArrowRight) - pressed(Key::ArrowLeft);
        let y = pressed(Key::ArrowUp) - pressed(Key::ArrowDown);
        if x != 0.0 || y != 0.0 {
            to = Some([at[0] + STEP * x, at[1] + STEP * y]);
        }
    }
    if let Some(to) = to {
        walker.put(end, to, snapshot);
        ui.ctx().request_repaint();
    }
    let (painter, colours) = (ui.painter(), look.colours);
    if of_dimension {
        let cross = [vec2(1.0, 0.0), vec2(0.0, 1.0)].map(|way| look.stroke(6.0) * way);
        for way in cross {
            let ends = [centre - way, centre + way];
            painter.line_segment(ends, Stroke::new(look.stroke(4.5), colours.paper));
            painter.line_segment(ends, Stroke::new(look.stroke(2.0), colours.ink));
        }
    }
    if response.hovered() || response.dragged() {
        painter.circle_stroke(centre, 0.5 * look.of(18.0), Stroke::new(1.5, colours.ink));
    }
    if response.has_focus() {
        widgets::focus_frame(
            painter,
            Rect::from_center_size(centre, Vec2::splat(look.of(18.0))),
            look,
        );
    }
}
