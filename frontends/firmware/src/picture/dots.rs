//! Samples as smooth dots with a light rim.

use gan_core::Point;

use super::colours::{self, Colour};
use super::{Display, blend, place};

const RADIUS: f32 = 1.9;
const RIM: f32 = 0.9;
/// Opacity of the rim, of 256.
const RIM_OPACITY: f32 = 150.0;

pub(super) fn paint(display: &mut Display<'_>, samples: impl Iterator<Item = Point>, colour: Colour) {
    for sample in samples {
        let [x, y] = place(sample);
        disc(display, [x, y], RADIUS + RIM, (colours::RIM, RIM_OPACITY));
        disc(display, [x, y], RADIUS, (colour, 256.0));
    }
}

fn disc(display: &mut Display<'_>, middle: [f32; 2], radius: f32, (colour, opacity): (Colour, f32)) {
    covered(middle, radius, |x, y, share| {
        blend(display, x, y, colour, (share * opacity) as u32)
    });
}

/// A dot of the legend, beside the canvas.
pub(super) fn key(display: &mut Display<'_>, middle: [f32; 2], radius: f32, colour: Colour) {
    covered(middle, radius, |x, y, share| {
        display.blend(x, y, colour, (share * 256.0) as u32)
    });
}

/// Calls with each pixel near a disc and how much of it is covered, nearly, 0–1.
fn covered([x, y]: [f32; 2], radius: f32, mut pixel: impl FnMut(i32, i32, f32)) {
    let reach = radius + 1.0;
    // A coordinate that is not a number is not seen either.
    let seen = |middle: f32| middle > -reach && middle < 1000.0;
    if !(seen(x) && seen(y)) {
        return;
    }
    for row in (y - reach) as i32..=(y + reach) as i32 {
        for column in (x - reach) as i32..=(x + reach) as i32 {
            let [dx, dy] = [column as f32 + 0.5 - x, row as f32 + 0.5 - y];
            let share = radius + 0.5 - libm::sqrtf(dx * dx + dy * dy);
            pixel(column, row, share.clamp(0.0, 1.0));
        }
    }
}
