//! The colours of gan-lab's light theme (`frontends/views/src/palette.rs`; a test compares them).

/// Red, green and blue, 0–255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// Real samples.
pub const REAL: Colour = Colour([0, 136, 55]);
/// Fake samples and the manifold.
pub const FAKE: Colour = Colour([123, 50, 148]);
/// The generator's loss.
pub const GENERATOR: Colour = Colour([190, 90, 214]);
/// The discriminator's loss.
pub const DISCRIMINATOR: Colour = Colour([0, 105, 165]);
/// Background of everything.
pub const PAPER: Colour = Colour([255, 255, 255]);
/// Lines between panels.
pub const HAIRLINE: Colour = Colour([224, 224, 224]);
/// Titles and figures.
pub const INK: Colour = Colour([48, 48, 48]);
/// Headings.
pub const FAINT: Colour = Colour([124, 124, 124]);
/// Around dots, laid over what is there.
pub const RIM: Colour = Colour([255, 255, 255]);
/// Lines of the manifold's grid.
pub const GRID_LINE: Colour = Colour([71, 43, 85]);

/// A discriminator's output, from 0 (fake) over 0.5 (undecided) to 1 (real): ColorBrewer's PRGn, its middle
/// greyer (Brewer 2013).
const PURPLE_GREEN: [[u8; 3]; 11] = [
    [64, 0, 75],
    [118, 42, 131],
    [153, 112, 171],
    [194, 165, 207],
    [231, 212, 232],
    [234, 234, 234],
    [217, 240, 211],
    [166, 219, 160],
    [90, 174, 97],
    [27, 120, 55],
    [0, 68, 27],
];
/// Share of the scale that is used, so that dots do not drown.
const USED: f32 = 0.9;

/// The colour of a discriminator's output, 0 (fake) to 1 (real); 0.5 is grey.
#[must_use]
pub fn prediction(score: f32) -> Colour {
    let leaning = (2.0 * score - 1.0).clamp(-1.0, 1.0);
    let last = PURPLE_GREEN.len() - 1;
    let place = (leaning * USED + 1.0) * 0.5 * last as f32;
    // A NaN casts to 0.
    let lower = (place as usize).min(last - 1);
    let share = place - lower as f32;
    let mix = |channel: usize| {
        let [from, to] = [lower, lower + 1].map(|class| f32::from(PURPLE_GREEN[class][channel]));
        (from + (to - from) * share + 0.5) as u8
    };
    Colour([mix(0), mix(1), mix(2)])
}
