//! Lost parts of the target on the canvas: a dashed ellipse for each, and a mark on it.

use egui::{Color32, Painter, Pos2, Shape, Stroke, vec2};
use lab::checks::diagnosis::Lost;

use crate::palette;
use crate::projection::Projection;
use crate::style::Look;

/// Deviations from the middle: within them a sample counts for a mode.
const WITHIN: f64 = 3.0;
/// Corners of an ellipse.
const CORNERS: u8 = 48;
/// The most places with a mark each; more would hide one another, and dashes alone show them.
const MARKED: usize = 26;

/// Paints them over all layers.
pub(crate) fn paint(painter: &Painter, lost: &[Lost], projection: &Projection, look: Look) {
    let colour = look.colours.alarm;
    let halo = palette::translucent(look.colours.paper, 0.75);
    for place in lost {
        let points = ellipse(place, projection);
        // The halo sets the dashes off from layers of any colour.
        painter.add(Shape::line(points.clone(), Stroke::new(look.stroke(4.0), halo)));
        let [dash, gap] = [5.0, 3.5].map(|length: f32| look.stroke(length).max(1.0));
        painter.extend(Shape::dashed_line(
            &points,
            Stroke::new(look.stroke(1.8), colour),
            dash,
            gap,
        ));
    }
    if lost.len() <= MARKED {
        for place in lost {
            badge(painter, corner(place, projection), colour, look);
        }
    }
}

/// Says in words whether a part is lost at a place of the canvas.
pub(crate) fn under(lost: &[Lost], pointer: Pos2, projection: &Projection) -> Option<&'static str> {
    let [x, y] = projection.sample(pointer);
    let away = |at: f32, place: &Lost, axis: usize| {
        (f64::from(at) - place.centre[axis]) / place.deviations[axis].max(1e-9)
    };
    let inside = |place: &&Lost| {
        let (x, y) = (away(x, place, 0), away(y, place, 1));
        x * x + y * y <= WITHIN * WITHIN
    };
    lost.iter()
        .find(inside)
        .map(|_| "Lost: hardly any fake sample comes here, though real ones do.")
}

/// Closed, so that the last corner is the first.
fn ellipse(place: &Lost, projection: &Projection) -> Vec<Pos2> {
    (0..=CORNERS)
        .map(|corner| {
            let angle = std::f64::consts::TAU * f64::from(corner) / f64::from(CORNERS);
            at(place, angle, projection)
        })
        .collect()
}

fn at(place: &Lost, angle: f64, projection: &Projection) -> Pos2 {
    let [x, y] = [libm::cos(angle), libm::sin(angle)];
    projection.place([
        (place.centre[0] + WITHIN * place.deviations[0] * x) as f32,
        (place.centre[1] + WITHIN * place.deviations[1] * y) as f32,
    ])
}

/// Upper right on the ellipse.
fn corner(place: &Lost, projection: &Projection) -> Pos2 {
    at(place, std::f64::consts::FRAC_PI_4, projection)
}

/// A disc with a cross.
fn badge(painter: &Painter, centre: Pos2, colour: Color32, look: Look) {
    let radius = look.stroke(6.5);
    painter.circle_filled(centre, radius + look.stroke(1.5), look.colours.paper);
    painter.circle_filled(centre, radius, colour);
    let reach = 0.42 * radius;
    let stroke = Stroke::new(look.stroke(1.6), look.colours.paper);
    for way in [vec2(reach, reach), vec2(reach, -reach)] {
        painter.line_segment([centre - way, centre + way], stroke);
    }
}
