//! A walk through the noise, as a path in the colours of its speed, and the bead on it: the same over the samples as
//! in the noise itself.

use egui::{Align2, FontId, Painter, Pos2, Shape, Stroke};
use gan_core::Point;
use lab::Walked;

use super::Scene;
use crate::palette::Palette;
use crate::projection::Projection;

/// A walk to be drawn, and where on it the bead is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WalkScene<'a> {
    pub(crate) walked: &'a Walked,
    /// Place of the bead, as a share of the walk, 0–1.
    pub(crate) bead: f32,
    /// Names of its ends.
    pub(crate) ends: [&'a str; 2],
}

/// Widths in thin lines: of the path, of the rim that sets it off from all that lies below, and of
/// noise that is never drawn.
const PATH: f32 = 4.0;
const HALO: f32 = 2.6;
const NEVER_DRAWN: f32 = 0.4;
/// Stations nearer than this many points of the screen are one place; all of them may coincide.
const APART: f32 = 0.6;

/// Paints the walk over the samples; while the noise is being warped, on its way with them.
pub(crate) fn paint(scene: Scene<'_>, painter: &Painter, projection: &Projection) {
    let Some(walk) = scene.walk else {
        return;
    };
    let path = walk.walked.path();
    let places: Vec<Point> = match scene.warped {
        None => path.to_vec(),
        Some(warped) => {
            let noise = walk.walked.noise_places(scene.snapshot.slice);
            noise
                .zip(path)
                .map(|(from, to)| warped.between(from, to))
                .collect()
        }
    };
    paint_at(walk, &places, scene.colours, painter, projection);
}

/// Paints the walk with its stations at these places.
pub(crate) fn paint_at(
    walk: WalkScene<'_>,
    places: &[Point],
    colours: &Palette,
    painter: &Painter,
    projection: &Projection,
) {
    let steps = steps(walk.walked, places, colours, projection);
    let width = PATH * projection.line_width();
    let halo = HALO * projection.line_width();
    for step in &steps {
        line(painter, step, step.width * width + halo, colours.paper);
    }
    for step in &steps {
        line(painter, step, step.width * width, step.colour);
    }
    let Some((first, last)) = places.first().zip(places.last()) else {
        return;
    };
    let radius = 1.15 * projection.dot_radius() + 4.5;
    // The first over the last, where they are one.
    for (name, end) in [(walk.ends[1], last), (walk.ends[0], first)] {
        let place = projection.place(*end);
        painter.circle(place, radius, colours.ink, Stroke::new(1.2, colours.paper));
        let font = FontId::proportional(1.5 * radius);
        painter.text(place, Align2::CENTER_CENTER, name, font, colours.paper);
    }
    bead(
        painter,
        projection.place(at(places, walk.bead)),
        projection,
        colours,
    );
}

/// A piece of the path, all of one colour.
struct Step {
    ends: [Pos2; 2],
    colour: egui::Color32,
    /// Width, in widths of the path.
    width: f32,
}

/// Pieces long enough to be seen.
fn steps(walked: &Walked, places: &[Point], colours: &Palette, projection: &Projection) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut from: Option<(usize, Pos2)> = None;
    for (station, place) in places.iter().enumerate() {
        let place = projection.place(*place);
        let Some((first, begin)) = from else {
            from = Some((station, place));
            continue;
        };
        if begin.distance(place) < APART && station + 1 < places.len() {
            continue;
        }
        let speeds = &walked.speeds()[first..station];
        let speed = speeds.iter().sum::<f32>() / speeds.len() as f32;
        let drawn = walked.is_drawn(first) && walked.is_drawn(station);
        steps.push(Step {
            ends: [begin, place],
            colour: colours.speed(speed),
            width: if drawn { 1.0 } else { NEVER_DRAWN },
        });
        from = Some((station, place));
    }
    steps
}

/// Paints a step with round ends, so that the next one may go anywhere.
fn line(painter: &Painter, step: &Step, width: f32, colour: egui::Color32) {
    let seen = painter.clip_rect().expand(width);
    if !seen.intersects(egui::Rect::from_two_pos(step.ends[0], step.ends[1])) {
        return;
    }
    painter.line_segment(step.ends, Stroke::new(width, colour));
    painter.extend(
        step.ends
            .map(|end| Shape::circle_filled(end, 0.5 * width, colour)),
    );
}

/// A sample on its way.
fn bead(painter: &Painter, place: Pos2, projection: &Projection, colours: &Palette) {
    let radius = 1.5 * projection.dot_radius() + 2.5;
    painter.circle_filled(place, radius + 2.2, colours.paper);
    painter.circle(place, radius, colours.fake, Stroke::new(2.0, colours.ink));
}

/// The place at a share of the stations, 0–1.
fn at(places: &[Point], share: f32) -> Point {
    let along = share * (places.len() - 1) as f32;
    let station = (along as usize).min(places.len() - 2);
    let rest = along - station as f32;
    [0, 1].map(|axis| places[station][axis] + rest * (places[station + 1][axis] - places[station][axis]))
}
