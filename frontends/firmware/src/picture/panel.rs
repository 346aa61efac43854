//! The right of the display: the run's name, its epoch, losses and a legend.

use core::fmt::Write as _;

use embedded_graphics::mono_font::ascii::{FONT_6X10, FONT_6X12, FONT_9X15_BOLD, FONT_9X18_BOLD};
use embedded_graphics::mono_font::{MonoFont, MonoTextStyle};
use embedded_graphics::pixelcolor::Rgb565;
use embedded_graphics::prelude::*;
use embedded_graphics::primitives::{Line, PrimitiveStyle, Rectangle};
use embedded_graphics::text::{Baseline, Text};
use gan_core::{Gan, Network, Profile};
use heapless::String;

use super::colours::{self, Colour};
use super::{CANVAS, Display, LossHistory, WIDTH, dots};

/// Left edge of the text.
const LEFT: i32 = CANVAS as i32 + 7;
const RIGHT: i32 = WIDTH as i32 - 5;

pub(super) fn paint<M, P>(display: &mut Display<'_>, gan: &Gan<M, P>, history: &LossHistory)
where
    M: AsRef<[f32]> + AsMut<[f32]>,
    P: Profile,
{
    let edge = CANVAS as i32;
    let hairline = PrimitiveStyle::with_stroke(Rgb565::from(colours::HAIRLINE), 1);
    let _ = Line::new(Point::new(edge, 0), Point::new(edge, CANVAS as i32))
        .into_styled(hairline)
        .draw(display);

    write(display, 7, "gan-lab", &FONT_9X15_BOLD, colours::INK);
    write(
        display,
        24,
        gan.configuration().target.name(),
        &FONT_6X10,
        colours::FAINT,
    );

    write(display, 47, "epoch", &FONT_6X10, colours::FAINT);
    write(
        display,
        58,
        &figure(format_args!("{}", gan.epoch())),
        &FONT_9X18_BOLD,
        colours::INK,
    );

    write(display, 86, "loss", &FONT_6X10, colours::FAINT);
    for (top, letter, network, colour) in [
        (98, "D", Network::Discriminator, colours::DISCRIMINATOR),
        (111, "G", Network::Generator, colours::GENERATOR),
    ] {
        write(display, top, letter, &FONT_6X12, colour);
        let loss = match gan.loss(network) {
            Some(loss) => figure(format_args!("{loss:.4}")),
            None => figure(format_args!("-")),
        };
        let indented = LEFT + 14;
        text(
            display,
            Point::new(indented, top),
            &loss,
            &FONT_6X12,
            colours::INK,
        );
    }
    let size = Size::new((RIGHT - LEFT + 1) as u32, 52);
    history.paint(display, Rectangle::new(Point::new(LEFT, 128), size));

    for (top, word, colour) in [(193, "real", colours::REAL), (205, "fake", colours::FAKE)] {
        let middle = [LEFT as f32 + 3.5, top as f32 + 5.0];
        dots::key(display, middle, 3.0, colour);
        text(
            display,
            Point::new(LEFT + 12, top),
            word,
            &FONT_6X10,
            colours::INK,
        );
    }
    scale(display, 222);
}

/// The heatmap's colours from fake to real.
fn scale(display: &mut Display<'_>, top: i32) {
    let width = RIGHT - LEFT + 1;
    for column in 0..width {
        let colour = colours::prediction((column as f32 + 0.5) / width as f32);
        let x = LEFT + column;
        let style = PrimitiveStyle::with_stroke(Rgb565::from(colour), 1);
        let _ = Line::new(Point::new(x, top), Point::new(x, top + 8))
            .into_styled(style)
            .draw(display);
    }
}

fn write(display: &mut Display<'_>, top: i32, words: &str, font: &MonoFont<'_>, colour: Colour) {
    text(display, Point::new(LEFT, top), words, font, colour);
}

fn text(display: &mut Display<'_>, at: Point, words: &str, font: &MonoFont<'_>, colour: Colour) {
    let style = MonoTextStyle::new(font, Rgb565::from(colour));
    let _ = Text::with_baseline(words, at, style, Baseline::Top).draw(display);
}

/// A figure in as many letters as the panel is wide.
fn figure(what: core::fmt::Arguments<'_>) -> String<16> {
    let mut text = String::new();
    // Letters that do not fit are cut off.
    let _ = text.write_fmt(what);
    text
}
