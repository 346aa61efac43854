//! Every colour, by what it stands for. Real is green, fake is purple, the discriminator blue: whoever
//! knows GAN Lab (Kahng et al., VIS 2018) should feel at home.

use egui::Color32;

const fn rgb(red: u8, green: u8, blue: u8) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// Real samples.
pub const REAL: Color32 = rgb(0, 136, 55);
/// Fake samples, and the noise they are made of.
pub const FAKE: Color32 = rgb(123, 50, 148);
/// The generator in charts and buttons.
pub const GENERATOR: Color32 = rgb(163, 62, 189);
/// The discriminator in charts and buttons.
pub const DISCRIMINATOR: Color32 = rgb(5, 117, 176);
/// The frame of the generator's box.
pub const GENERATOR_FRAME: Color32 = rgb(214, 176, 227);
/// The frame of the discriminator's box.
pub const DISCRIMINATOR_FRAME: Color32 = rgb(180, 203, 246);
/// Gradients at fake samples.
pub const GRADIENT: Color32 = rgb(196, 20, 219);
/// Kullback–Leibler divergence in charts.
pub const KL: Color32 = rgb(94, 94, 94);
/// Jensen–Shannon divergence in charts.
pub const JS: Color32 = rgb(230, 97, 1);

/// Behind everything.
pub const BACKGROUND: Color32 = rgb(247, 247, 247);
/// Behind the top bar.
pub const BAR: Color32 = rgb(238, 238, 238);
/// Lines between panels, frames of small boxes.
pub const HAIRLINE: Color32 = rgb(224, 224, 224);
/// Inside of boxes.
pub const PAPER: Color32 = Color32::WHITE;
/// Edges of the graph.
pub const EDGE: Color32 = rgb(170, 170, 170);
/// The round button.
pub const PRIMARY: Color32 = rgb(35, 61, 77);
/// What is chosen.
pub const CHOSEN: Color32 = rgb(35, 61, 77);
/// A switch that is on.
pub const SWITCH_ON: Color32 = rgb(120, 214, 96);
/// What went wrong.
pub const ALARM: Color32 = rgb(190, 40, 30);

/// Titles and figures.
pub const INK: Color32 = rgb(48, 48, 48);
/// Running text.
pub const TEXT: Color32 = rgb(84, 84, 84);
/// Headings, explanations, axis labels.
pub const FAINT: Color32 = rgb(124, 124, 124);
/// What is switched off or cannot be pressed.
pub const OFF: Color32 = rgb(178, 178, 178);

/// ColorBrewer's diverging PRGn in 11 classes (Brewer 2013), purple to green; its middle is greyer than
/// Brewer's, to be told from the background.
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

/// ColorBrewer's sequential Oranges in 9 classes, light to dark: the hue of JS in the charts.
const ORANGES: [[u8; 3]; 9] = [
    [255, 245, 235],
    [254, 230, 206],
    [253, 208, 162],
    [253, 174, 107],
    [253, 141, 60],
    [241, 105, 19],
    [217, 72, 1],
    [166, 54, 3],
    [127, 39, 4],
];

/// The outermost tenths of PRGn are so dark that dots drown in them; this much of the scale is used.
const USED: f32 = 0.9;

/// The colour of a discriminator's output, 0 (fake) to 1 (real); 0.5 is light grey.
#[must_use]
pub fn prediction(score: f32) -> Color32 {
    diverging(2.0 * score - 1.0)
}

/// As [`prediction`], for small dots on white: with a signed square root, so that small leanings show,
/// and darker, so that the undecided ones do.
#[must_use]
pub fn prediction_of_dot(score: f32) -> Color32 {
    let leaning = 2.0 * score - 1.0;
    let [red, green, blue, _] = diverging(leaning.abs().sqrt().copysign(leaning)).to_array();
    let [red, green, blue] = [red, green, blue].map(|channel| (f32::from(channel) * 0.86) as u8);
    rgb(red, green, blue)
}

/// From −1 (purple) over 0 (light grey) to 1 (green), linear between the classes.
fn diverging(t: f32) -> Color32 {
    between(&PURPLE_GREEN, (t.clamp(-1.0, 1.0) * USED + 1.0) * 0.5)
}

/// From 0, as good as can be, light, to 1, as bad as can be, dark.
#[must_use]
pub fn badness(share: f32) -> Color32 {
    between(&ORANGES, share.clamp(0.0, 1.0))
}

/// The colour at a place of a scale, 0 to 1, linear between its classes. A NaN is at 0.
fn between(classes: &[[u8; 3]], place: f32) -> Color32 {
    let last = classes.len() - 1;
    let place = place * last as f32;
    // A NaN casts to 0.
    let lower = (place as usize).min(last - 1);
    let share = place - lower as f32;
    let mix = |channel: usize| {
        let [from, to] = [lower, lower + 1].map(|class| f32::from(classes[class][channel]));
        (from + (to - from) * share).round() as u8
    };
    rgb(mix(0), mix(1), mix(2))
}

/// A colour with an opacity of 0–1.
#[must_use]
pub fn translucent(colour: Color32, opacity: f32) -> Color32 {
    let [red, green, blue, _] = colour.to_array();
    Color32::from_rgba_unmultiplied(red, green, blue, (opacity.clamp(0.0, 1.0) * 255.0).round() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undecided_is_grey_and_the_sides_lean_to_their_colours() {
        assert_eq!(prediction(0.5), rgb(234, 234, 234));
        let [red, green, ..] = prediction(0.9).to_array();
        assert!(green > red, "real is green");
        let [red, green, ..] = prediction(0.1).to_array();
        assert!(red > green, "fake is purple");
    }

    #[test]
    fn dots_show_small_leanings() {
        let leaning = |colour: Color32| i32::from(colour.g()) - i32::from(colour.r());
        assert!(leaning(prediction_of_dot(0.52)) > 2 * leaning(prediction(0.52)));
        assert!(leaning(prediction_of_dot(0.48)) < 2 * leaning(prediction(0.48)));
    }

    #[test]
    fn any_score_has_a_colour() {
        assert_eq!(prediction(2.0), prediction(1.0));
        assert_eq!(prediction(f32::NEG_INFINITY), prediction(0.0));
        assert_eq!(badness(7.0), rgb(127, 39, 4));
        assert_eq!(badness(-1.0), badness(0.0));
        for score in [-1.0, f32::NAN] {
            assert!(prediction(score).is_opaque() && prediction_of_dot(score).is_opaque());
        }
    }
}
