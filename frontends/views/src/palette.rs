//! Every colour, by what it stands for. Real is green, fake is purple, the discriminator blue: whoever
//! knows GAN Lab (Kahng et al., VIS 2018) should feel at home.

use egui::{Color32, Theme};
use gan_core::Network;

const fn rgb(red: u8, green: u8, blue: u8) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// The colours of one theme, by what each stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// Real samples.
    pub real: Color32,
    /// Fake samples, and the noise they are made of.
    pub fake: Color32,
    /// The generator in charts and buttons, in GAN Lab's hue. The two networks' colours are further
    /// apart in lightness than GAN Lab's, which are one colour to people who cannot see red or
    /// green: simulated for deuteranopes (Machado et al. 2009), GAN Lab's blue and purple differ by
    /// ΔE 3.5, ours by 16.
    pub generator: Color32,
    /// The discriminator in charts and buttons.
    pub discriminator: Color32,
    /// The frame of the generator's box.
    pub generator_frame: Color32,
    /// The frame of the discriminator's box.
    pub discriminator_frame: Color32,
    /// Samples of the generator's moving average.
    pub average: Color32,
    /// Gradients at fake samples.
    pub gradient: Color32,
    /// Kullback–Leibler divergence in charts.
    pub kl: Color32,
    /// Jensen–Shannon divergence in charts.
    pub js: Color32,
    /// Behind everything.
    pub background: Color32,
    /// Behind the top bar.
    pub bar: Color32,
    /// Lines between panels, frames of small boxes.
    pub hairline: Color32,
    /// Inside of boxes.
    pub paper: Color32,
    /// Edges of the graph.
    pub edge: Color32,
    /// The round button.
    pub primary: Color32,
    /// Chosen things.
    pub chosen: Color32,
    /// The pencil that lets hyper-parameters be changed.
    pub pencil: Color32,
    /// A switch that is on.
    pub switch_on: Color32,
    /// Failures.
    pub alarm: Color32,
    /// Titles and figures.
    pub ink: Color32,
    /// Running text.
    pub text: Color32,
    /// Headings, explanations, axis labels.
    pub faint: Color32,
    /// Things that are switched off or cannot be pressed.
    pub off: Color32,
    /// The track of a switch that is off.
    pub switch_track: Color32,
    /// The knob of a switch that is off.
    pub switch_knob: Color32,
    /// Around large dots, so that they stay visible on a heatmap and on one another.
    pub rim: Color32,
    /// Lines of the manifold's grid.
    pub grid_line: Color32,
    /// Laid over the thing at the pointer.
    pub hover: Color32,
    /// A discriminator's output, from 0 (fake) over 0.5 (undecided) to 1 (real).
    scale: [[u8; 3]; 11],
    /// Speeds, from slow over one to fast.
    speeds: [[u8; 3]; 5],
    /// Brightness of a prediction's dot beside that of the scale.
    dot_shade: f32,
}

impl Palette {
    /// The colours of GAN Lab's page.
    pub const LIGHT: Self = Self {
        real: rgb(0, 136, 55),
        fake: rgb(123, 50, 148),
        generator: rgb(190, 90, 214),
        discriminator: rgb(0, 105, 165),
        generator_frame: rgb(214, 176, 227),
        discriminator_frame: rgb(180, 203, 246),
        average: rgb(235, 150, 0),
        gradient: rgb(196, 20, 219),
        kl: rgb(94, 94, 94),
        js: rgb(230, 97, 1),
        background: rgb(247, 247, 247),
        bar: rgb(238, 238, 238),
        hairline: rgb(224, 224, 224),
        paper: Color32::WHITE,
        edge: rgb(170, 170, 170),
        primary: rgb(35, 61, 77),
        chosen: rgb(35, 61, 77),
        pencil: rgb(240, 170, 30),
        switch_on: rgb(120, 214, 96),
        alarm: rgb(190, 40, 30),
        ink: rgb(48, 48, 48),
        text: rgb(84, 84, 84),
        faint: rgb(124, 124, 124),
        off: rgb(178, 178, 178),
        switch_track: rgb(222, 222, 222),
        switch_knob: rgb(176, 176, 176),
        rim: Color32::from_rgba_premultiplied(150, 150, 150, 150),
        grid_line: Color32::from_rgba_premultiplied(20, 12, 24, 72),
        hover: Color32::from_rgba_premultiplied(0, 0, 0, 18),
        scale: PURPLE_GREEN,
        speeds: BLUE_RED,
        dot_shade: 0.86,
    };

    /// The same hues for dark rooms and projectors.
    pub const DARK: Self = Self {
        real: rgb(98, 226, 140),
        fake: rgb(214, 158, 240),
        generator: rgb(182, 96, 208),
        discriminator: rgb(110, 190, 245),
        generator_frame: rgb(132, 86, 148),
        discriminator_frame: rgb(72, 102, 152),
        average: rgb(255, 186, 60),
        gradient: rgb(240, 96, 255),
        kl: rgb(176, 176, 176),
        js: rgb(255, 142, 56),
        background: rgb(30, 32, 35),
        bar: rgb(40, 43, 47),
        hairline: rgb(62, 66, 71),
        paper: rgb(20, 21, 23),
        edge: rgb(122, 128, 134),
        primary: rgb(66, 122, 150),
        chosen: rgb(62, 112, 138),
        pencil: rgb(255, 200, 84),
        switch_on: rgb(120, 214, 96),
        alarm: rgb(255, 116, 104),
        ink: rgb(238, 238, 238),
        text: rgb(200, 202, 205),
        faint: rgb(150, 154, 158),
        off: rgb(98, 102, 107),
        switch_track: rgb(70, 74, 79),
        switch_knob: rgb(128, 132, 137),
        rim: Color32::from_rgba_premultiplied(0, 0, 0, 150),
        grid_line: Color32::from_rgba_premultiplied(84, 84, 84, 84),
        hover: Color32::from_rgba_premultiplied(20, 20, 20, 20),
        scale: PURPLE_GREEN_DARK,
        speeds: BLUE_RED_DARK,
        dot_shade: 1.3,
    };

    /// The palette of a theme.
    #[must_use]
    pub const fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &Self::LIGHT,
            Theme::Dark => &Self::DARK,
        }
    }

    /// A network in charts and buttons.
    #[must_use]
    pub const fn network(&self, network: Network) -> Color32 {
        match network {
            Network::Generator => self.generator,
            Network::Discriminator => self.discriminator,
        }
    }

    /// The frame of a network's box.
    #[must_use]
    pub const fn frame(&self, network: Network) -> Color32 {
        match network {
            Network::Generator => self.generator_frame,
            Network::Discriminator => self.discriminator_frame,
        }
    }

    /// The colour of a discriminator's output, 0 (fake) to 1 (real); 0.5 is grey.
    #[must_use]
    pub fn prediction(&self, score: f32) -> Color32 {
        self.diverging(2.0 * score - 1.0)
    }

    /// Works like [`Self::prediction`], for small dots on paper: with a signed square root, so that
    /// small leanings show, and darker on white, so that the undecided ones do.
    #[must_use]
    pub fn prediction_of_dot(&self, score: f32) -> Color32 {
        let leaning = 2.0 * score - 1.0;
        let [red, green, blue, _] = self.diverging(leaning.abs().sqrt().copysign(leaning)).to_array();
        let [red, green, blue] =
            [red, green, blue].map(|channel| (f32::from(channel) * self.dot_shade) as u8);
        rgb(red, green, blue)
    }

    /// The colour of a speed, in lengths of the plane for a length of the noise: blue at an eighth and slower, gold where
    /// lengths are kept, red at eight times and faster, evenly in the logarithm.
    #[must_use]
    pub fn speed(&self, speed: f32) -> Color32 {
        let octaves = libm::log2f(speed.max(1e-6));
        between(
            &self.speeds,
            ((octaves + OCTAVES) / (2.0 * OCTAVES)).clamp(0.0, 1.0),
        )
    }

    /// From −1 (purple) over 0 (grey) to 1 (green), linear between the classes.
    fn diverging(&self, t: f32) -> Color32 {
        between(&self.scale, (t.clamp(-1.0, 1.0) * USED + 1.0) * 0.5)
    }
}

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

/// The same turned round in lightness: both sides shine on a dark ground, the undecided middle is dark.
const PURPLE_GREEN_DARK: [[u8; 3]; 11] = [
    [172, 112, 194],
    [150, 94, 172],
    [124, 76, 144],
    [98, 62, 114],
    [74, 54, 84],
    [52, 53, 56],
    [46, 70, 54],
    [44, 92, 60],
    [48, 116, 70],
    [62, 144, 86],
    [86, 172, 106],
];

/// How many octaves slower or faster than one a speed has a colour of its own.
const OCTAVES: f32 = 3.0;

/// ColorBrewer's diverging RdYlBu, its pale middle made gold so that it stands out from white paper
/// too; people who cannot see red or green still see three colours.
const BLUE_RED: [[u8; 3]; 5] = [
    [49, 84, 165],
    [96, 158, 205],
    [243, 194, 66],
    [240, 108, 48],
    [196, 22, 38],
];

/// The same, its ends lighter, on a dark ground.
const BLUE_RED_DARK: [[u8; 3]; 5] = [
    [72, 118, 214],
    [112, 178, 224],
    [250, 208, 92],
    [248, 128, 66],
    [236, 62, 66],
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
    fn speeds_go_from_blue_over_gold_to_red_by_octaves() {
        for palette in [Palette::LIGHT, Palette::DARK] {
            let class = |index: usize| {
                let [red, green, blue] = palette.speeds[index];
                rgb(red, green, blue)
            };
            let slow = [f32::NAN, -1.0, 0.0, 0.125].map(|speed| palette.speed(speed));
            assert_eq!(slow, [class(0); 4]);
            assert_eq!([palette.speed(1.0), palette.speed(8.0)], [class(2), class(4)]);
            assert_eq!([palette.speed(1e9), palette.speed(f32::INFINITY)], [class(4); 2]);
        }
    }

    #[test]
    fn undecided_is_grey_and_the_sides_lean_to_their_colours() {
        for colours in [Palette::LIGHT, Palette::DARK] {
            let [red, green, blue, _] = colours.prediction(0.5).to_array();
            assert!(
                red.abs_diff(green) <= 4 && green.abs_diff(blue) <= 4,
                "undecided is grey"
            );
            let [red, green, ..] = colours.prediction(0.9).to_array();
            assert!(green > red, "real is green");
            let [red, green, ..] = colours.prediction(0.1).to_array();
            assert!(red > green, "fake is purple");
        }
    }

    #[test]
    fn dots_show_small_leanings() {
        let leaning = |colour: Color32| i32::from(colour.g()) - i32::from(colour.r());
        for colours in [Palette::LIGHT, Palette::DARK] {
            assert!(leaning(colours.prediction_of_dot(0.52)) > 2 * leaning(colours.prediction(0.52)));
            assert!(leaning(colours.prediction_of_dot(0.48)) < 2 * leaning(colours.prediction(0.48)));
        }
    }

    #[test]
    fn any_score_has_a_colour() {
        let colours = Palette::LIGHT;
        assert_eq!(colours.prediction(2.0), colours.prediction(1.0));
        assert_eq!(colours.prediction(f32::NEG_INFINITY), colours.prediction(0.0));
        assert_eq!(badness(7.0), rgb(127, 39, 4));
        assert_eq!(badness(-1.0), badness(0.0));
        for score in [-1.0, f32::NAN] {
            assert!(colours.prediction(score).is_opaque() && colours.prediction_of_dot(score).is_opaque());
        }
    }
}
