//! The discriminator's output at every pixel, purple over grey to green.

use gan_core::Profile;
use gan_core::evaluate::Evaluator;

use super::colours::{Colour, prediction};
use super::{CANVAS, Display};

/// Thresholds of ordered dithering, in sixteenths (Bayer 1973): five bits of red and blue show bands in what
/// changes as slowly as this.
const BAYER: [[u8; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];

pub(super) fn paint<P: Profile>(display: &mut Display<'_>, discriminator: &mut Evaluator<'_, P>) {
    let side = CANVAS as f32;
    for row in 0..CANVAS {
        // Points lie in the middle of pixels.
        let y = 1.0 - (row as f32 + 0.5) / side;
        let mut points = [[0.0, y]; CANVAS as usize];
        for (column, point) in points.iter_mut().enumerate() {
            point[0] = (column as f32 + 0.5) / side;
        }
        let mut scores = [0.0; CANVAS as usize];
        discriminator.score(&points, &mut scores);
        for (column, score) in scores.iter().enumerate() {
            let threshold = BAYER[row as usize % 4][column % 4];
            let colour = dithered(prediction(*score), threshold);
            display.blend(column as i32, row as i32, colour, 256);
        }
    }
}

/// A colour moved by less than a step of the display's, so that rounding to it is right on average.
fn dithered(Colour(channels): Colour, threshold: u8) -> Colour {
    let steps = [8, 4, 8];
    let mut moved = channels;
    for (channel, step) in moved.iter_mut().zip(steps) {
        let offset = i32::from(threshold) * step / 16 - step / 2;
        *channel = (i32::from(*channel) + offset).clamp(0, 255) as u8;
    }
    Colour(moved)
}
