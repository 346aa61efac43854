//! A run as a picture of 320 × 240 pixels: the layers of gan-lab's canvas at the left, what they are called and
//! how far training has come at the right.
//!
//! One painter a file. Painters draw on a [`Display`], a framebuffer that is a target of `embedded-graphics`:
//! text and plain shapes are that crate's; what lies translucently over something else blends into the pixels.

mod chart;
pub mod colours;
mod display;
mod dots;
mod heatmap;
mod manifold;
mod panel;

pub use chart::LossHistory;
pub use display::{Display, HEIGHT, Pixels, WIDTH};

use embedded_graphics::prelude::*;
use gan_core::evaluate::Evaluator;
use gan_core::random::{Purpose, Stream};
use gan_core::{Gan, Network, Point, Profile};

use self::colours::Colour;

/// Side of the canvas in pixels: the unit square.
const CANVAS: u32 = HEIGHT;
/// Real samples shown.
const REAL_SHOWN: usize = 200;
/// Fake samples shown.
const FAKE_SHOWN: usize = 100;
/// Components of their noise at most.
const MOST_COMPONENTS: usize = 16 * FAKE_SHOWN;

/// Place of a point of the plane on the canvas, in pixels from its upper left corner.
fn place([x, y]: Point) -> [f32; 2] {
    let side = CANVAS as f32;
    [x * side, side - y * side]
}

/// Draws a run as it stands. `scratch` is [`crate::recorded::LOOKING_WORDS`] long, `history` the losses so far.
///
/// # Panics
/// If the scratch is too small: the caller's arithmetic.
#[inline(never)] // Else its arrays lie on the stack while the run trains.
pub fn draw<M, P>(
    display: &mut Display<'_>,
    gan: &Gan<M, P>,
    seed: u64,
    scratch: &mut [f32],
    history: &LossHistory,
) where
    M: AsRef<[f32]> + AsMut<[f32]>,
    P: Profile,
{
    let configuration = gan.configuration();
    let shape = |network| configuration.shape(network);
    let _ = display.clear(colours::PAPER.into());

    let parameters = gan.parameters(Network::Discriminator);
    let discriminator = Evaluator::<P>::new(shape(Network::Discriminator), parameters, scratch);
    heatmap::paint(display, &mut discriminator.of(&configuration.techniques));

    let parameters = gan.parameters(Network::Generator);
    let generator = Evaluator::<P>::new(shape(Network::Generator), parameters, scratch);
    let mut generator = generator.of(&configuration.techniques);
    if configuration.noise.dimensions.get() == 2 {
        manifold::paint(display, &mut generator, configuration);
    }

    let inputs = configuration.techniques.inputs;
    let real = gan.real_atlas().iter().take(REAL_SHOWN);
    dots::paint(
        display,
        real.map(|point| point.map(|value| inputs.denormalize(value))),
        colours::REAL,
    );

    let mut noise = [0.0; MOST_COMPONENTS];
    let noise = &mut noise[..FAKE_SHOWN * configuration.noise.dimensions.get()];
    gan_core::gan::draw_noise::<P>(configuration, Stream::new(seed, Purpose::EvaluationNoise), noise);
    let mut fake = [[0.0; 2]; FAKE_SHOWN];
    generator.generate(noise, &mut fake);
    dots::paint(display, fake.into_iter(), colours::FAKE);

    panel::paint(display, gan, history);
}

/// Blends, with an opacity of 0–256.
fn blend(display: &mut Display<'_>, x: i32, y: i32, colour: Colour, opacity: u32) {
    // Pixels outside the canvas are cut off there, not at the display's edge.
    if (0..CANVAS as i32).contains(&x) {
        display.blend(x, y, colour, opacity);
    }
}
