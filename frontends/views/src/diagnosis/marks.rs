//! A mark for each state of health. Shape and sign differ as well as the colour.

use egui::{Align2, Color32, FontId, Painter, Pos2, Shape, Stroke, pos2, vec2};
use lab::Word;
use lab::checks::diagnosis::Health;

use crate::style::Look;

/// Draws a word's mark, so high, around a centre.
pub(super) fn paint(painter: &Painter, centre: Pos2, side: f32, word: Word, look: Look) {
    let colour = colour(word, look);
    let half = 0.5 * side;
    let sign = Stroke::new((0.13 * side).max(1.0), look.colours.paper);
    match (word, word.health()) {
        // A disc with two ticks: nothing is left to do.
        (Word::Converged, _) => {
            painter.circle_filled(centre, half, colour);
            for aside in [-0.16, 0.16] {
                tick(painter, centre + vec2(aside * side, 0.0), 0.8 * side, sign);
            }
        }
        // A disc with a tick.
        (_, Health::Healthy) => {
            painter.circle_filled(centre, half, colour);
            tick(painter, centre, side, sign);
        }
        // A ring with a bar: it does not move.
        (Word::Settled, _) => {
            painter.circle_stroke(centre, half - 0.06 * side, Stroke::new(0.1 * side, colour));
            let reach = vec2(0.24 * side, 0.0);
            painter.line_segment([centre - reach, centre + reach], Stroke::new(0.13 * side, colour));
        }
        // A ring with three dots.
        (_, Health::Neutral) => {
            painter.circle_stroke(centre, half - 0.06 * side, Stroke::new(0.1 * side, colour));
            for aside in [-0.22, 0.0, 0.22] {
                painter.circle_filled(centre + vec2(aside * side, 0.0), 0.075 * side, colour);
            }
        }
        // An octagon with a cross: it stopped.
        (Word::Diverged, _) => {
            let corner = |n: u8| {
                let angle = (f32::from(n) + 0.5) * std::f32::consts::FRAC_PI_4;
                centre + 1.04 * half * vec2(angle.cos(), angle.sin())
            };
            painter.add(Shape::convex_polygon(
                (0..8).map(corner).collect(),
                colour,
                Stroke::NONE,
            ));
            let reach = 0.2 * side;
            for [x, y] in [[1.0, 1.0], [1.0, -1.0]] {
                let way = vec2(x * reach, y * reach);
                painter.line_segment([centre - way, centre + way], sign);
            }
        }
        // A triangle with an exclamation mark.
        (_, Health::Ailing) => {
            let top = centre.y - 0.52 * side;
            let foot = centre.y + 0.42 * side;
            let corners = vec![
                pos2(centre.x, top),
                pos2(centre.x + 0.58 * side, foot),
                pos2(centre.x - 0.58 * side, foot),
            ];
            painter.add(Shape::convex_polygon(
                corners,
                colour,
                Stroke::new(0.08 * side, colour),
            ));
            let font = FontId::proportional(0.82 * side);
            let place = pos2(centre.x, centre.y + 0.06 * side);
            painter.text(place, Align2::CENTER_CENTER, "!", font, look.colours.paper);
        }
    }
}

/// The colour of a word.
pub(super) fn colour(word: Word, look: Look) -> Color32 {
    match word.health() {
        Health::Healthy => look.colours.real,
        Health::Neutral => look.colours.faint,
        Health::Ailing => look.colours.alarm,
    }
}

fn tick(painter: &Painter, centre: Pos2, side: f32, stroke: Stroke) {
    let at = |x: f32, y: f32| centre + vec2(x * side, y * side);
    painter.line(vec![at(-0.22, 0.01), at(-0.06, 0.17), at(0.23, -0.16)], stroke);
}
