//! The sheet on the canvas: paper with a faint grid, the points so far, and the brush at the pointer.

use egui::{
    Align2, CursorIcon, Event, Painter, PointerButton, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, vec2,
};

use super::brush::BrushRadius;
use super::sketch::Sketch;
use crate::icons::Icon;
use crate::layers::paint_dots;
use crate::palette;
use crate::projection::Projection;
use crate::style::Look;

/// Lines of the grid along each side, the edges included.
const GRID: usize = 11;

/// Shows the sheet, and draws on it.
pub(super) fn show(ui: &mut Ui, square: Rect, sketch: &mut Sketch, radius: BrushRadius, look: Look) {
    // The sheet senses drags alone: a press is a dab at once, not a possible click's beginning.
    let response = ui.interact(square, ui.scope_id().with("paper"), Sense::drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Paper"));
    let projection = Projection::onto(square);
    draw(ui, &response, sketch, radius, &projection);

    let painter = ui.painter_at(square);
    painter.rect_filled(square, 0.0, look.colours.paper);
    grid(&painter, &projection, look);
    let dots = sketch
        .points()
        .map(|point| (projection.place(*point), look.colours.real));
    paint_dots(&painter, projection.dot_radius(), dots);
    if sketch.len() == 0 && !response.is_pointer_button_down_on() {
        invite(&painter, square, look);
    }
    let frame = Stroke::new(look.stroke(2.0), look.colours.chosen);
    painter.rect_stroke(square, 0.0, frame, StrokeKind::Inside);
    let pointer = response.hover_pos().or_else(|| response.interact_pointer_pos());
    if let Some(pointer) = pointer {
        ui.set_cursor_icon(CursorIcon::Crosshair);
        show_brush(&painter, pointer, square, radius, look);
    }
}

/// The brush's size and place.
pub(super) fn show_brush(painter: &Painter, at: Pos2, square: Rect, radius: BrushRadius, look: Look) {
    let radius = radius.get() * square.width();
    painter.circle_filled(at, radius, palette::translucent(look.colours.real, 0.12));
    painter.circle_stroke(at, radius, Stroke::new(look.stroke(1.25), look.colours.real));
}

/// Lets the pointer draw. Events, not what egui makes of them: a slow frame brings many places at once,
/// perhaps the beginning and the end of a stroke too.
fn draw(ui: &Ui, response: &Response, sketch: &mut Sketch, radius: BrushRadius, projection: &Projection) {
    // Nothing lies above the paper where the pointer is.
    let free = response.contains_pointer() || response.is_pointer_button_down_on();
    ui.input(|input| {
        for event in &input.events {
            match event {
                Event::PointerButton {
                    button: PointerButton::Primary,
                    pressed: true,
                    pos,
                    ..
                } if free && projection.rect().contains(*pos) => {
                    sketch.press(projection.sample(*pos), radius);
                }
                Event::PointerMoved(place) => sketch.drag(projection.sample(*place)),
                Event::PointerButton {
                    button: PointerButton::Primary,
                    pressed: false,
                    ..
                } => sketch.lift(),
                _ => {}
            }
        }
        if !input.pointer.primary_down() {
            sketch.lift();
        }
    });
}

fn grid(painter: &Painter, projection: &Projection, look: Look) {
    let square = projection.rect();
    let line = Stroke::new(1.0, palette::translucent(look.colours.hairline, 0.6));
    for index in 1..GRID - 1 {
        let share = index as f32 / (GRID - 1) as f32;
        let place = projection.place([share, share]);
        painter.vline(place.x.round() + 0.5, square.y_range(), line);
        painter.hline(square.x_range(), place.y.round() + 0.5, line);
    }
}

/// Invites to draw on an empty sheet.
fn invite(painter: &Painter, square: Rect, look: Look) {
    let middle = square.center();
    let side = look.of(44.0);
    let above = middle - vec2(0.0, 0.7 * side);
    Icon::Pencil.paint(
        painter,
        Rect::from_center_size(above, vec2(side, side)),
        look.colours.off,
    );
    let place = middle + vec2(0.0, 0.4 * side);
    painter.text(
        place,
        Align2::CENTER_CENTER,
        "Drag here to draw",
        look.heading(),
        look.colours.faint,
    );
}
