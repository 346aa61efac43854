//! Colours that have to be told apart can be, also by people who see fewer colours.
//!
//! Colour blindness is simulated after Machado, Oliveira and Fernandes, *A Physiologically-based Model
//! for Simulation of Color Vision Deficiency* (2009), table 1 at full severity, in linear sRGB.
//! Differences are CIE 1976 ΔE*ab, under D65; 2.3 is just noticeable, what lies side by side needs more.

use egui::Color32;
use views::palette::Palette;

const PROTANOPIA: [[f64; 3]; 3] = [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
];
const DEUTERANOPIA: [[f64; 3]; 3] = [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.011820, 0.042940, 0.968881],
];
const TRITANOPIA: [[f64; 3]; 3] = [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.303900],
];
const FULL_SIGHT: [[f64; 3]; 3] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
/// Linear sRGB to XYZ, each row divided by the white point's.
const TO_XYZ: [[f64; 3]; 3] = [
    [0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505],
    [0.2126, 0.7152, 0.0722],
    [0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089],
];

fn times(matrix: &[[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

fn linear(colour: Color32) -> [f64; 3] {
    let [red, green, blue, _] = colour.to_array();
    [red, green, blue].map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// L*, a*, b* as somebody with this sight sees it.
fn seen(colour: Color32, sight: &[[f64; 3]; 3]) -> [f64; 3] {
    let light = times(sight, linear(colour)).map(|channel| channel.clamp(0.0, 1.0));
    let [x, y, z] = times(&TO_XYZ, light).map(|share| {
        if share > 216.0 / 24389.0 {
            share.cbrt()
        } else {
            (24389.0 / 27.0 * share + 16.0) / 116.0
        }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn difference(one: Color32, other: Color32, sight: &[[f64; 3]; 3]) -> f64 {
    let (one, other) = (seen(one, sight), seen(other, sight));
    let squares = one.iter().zip(other).map(|(a, b)| (a - b).powi(2));
    squares.sum::<f64>().sqrt()
}

#[test]
fn a_difference_is_that_of_the_books() {
    assert!((difference(Color32::BLACK, Color32::WHITE, &FULL_SIGHT) - 100.0).abs() < 0.1);
    // Red and green of sRGB: L*a*b* (53.2, 80.1, 67.2) and (87.7, −86.2, 83.2).
    let red_green = difference(
        Color32::from_rgb(255, 0, 0),
        Color32::from_rgb(0, 255, 0),
        &FULL_SIGHT,
    );
    assert!((red_green - 170.6).abs() < 0.5, "{red_green}");
    let blind = difference(
        Color32::from_rgb(200, 60, 60),
        Color32::from_rgb(110, 110, 40),
        &DEUTERANOPIA,
    );
    assert!(blind < 25.0, "a red and an olive come near one another: {blind}");
}

#[test]
fn what_stands_for_different_things_looks_different_to_everybody() {
    let sights = [
        ("full sight", &FULL_SIGHT),
        ("protanopia", &PROTANOPIA),
        ("deuteranopia", &DEUTERANOPIA),
        ("tritanopia", &TRITANOPIA),
    ];
    for (theme, colours) in [("light", &Palette::LIGHT), ("dark", &Palette::DARK)] {
        let pairs = [
            ("real and fake samples", colours.real, colours.fake),
            ("both networks", colours.generator, colours.discriminator),
            ("KL and JS", colours.kl, colours.js),
            (
                "real and fake cells",
                colours.prediction(0.8),
                colours.prediction(0.2),
            ),
            (
                "fake cells and undecided ones",
                colours.prediction(0.5),
                colours.prediction(0.2),
            ),
            (
                "real cells and undecided ones",
                colours.prediction(0.8),
                colours.prediction(0.5),
            ),
            ("real dots on fake cells", colours.real, colours.prediction(0.1)),
            ("fake dots on real cells", colours.fake, colours.prediction(0.9)),
            (
                "gradients and the cells that fakes lie on",
                colours.gradient,
                colours.prediction(0.3),
            ),
            ("averaged and fake samples", colours.average, colours.fake),
            ("averaged and real samples", colours.average, colours.real),
            (
                "averaged dots on real cells",
                colours.average,
                colours.prediction(0.9),
            ),
            (
                "averaged dots on fake cells",
                colours.average,
                colours.prediction(0.1),
            ),
            ("text and its ground", colours.text, colours.background),
        ];
        for (name, sight) in sights {
            for (what, one, other) in pairs {
                let difference = difference(one, other, sight);
                println!("{theme}, {name}, {what}: {difference:.0}");
                assert!(!(difference < 12.0), "{theme}, {name}, {what}: {difference:.1}");
            }
        }
    }
}
