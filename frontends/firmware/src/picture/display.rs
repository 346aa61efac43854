//! The framebuffer: 320 × 240 pixels of 16 bits, as small displays have them.

use core::convert::Infallible;
use core::sync::atomic::AtomicU16;
use core::sync::atomic::Ordering::Relaxed;

use embedded_graphics::pixelcolor::raw::RawU16;
use embedded_graphics::pixelcolor::{Rgb565, RgbColor};
use embedded_graphics::prelude::*;

use super::colours::Colour;

/// Pixels in a row.
pub const WIDTH: u32 = 320;
/// Rows.
pub const HEIGHT: u32 = 240;

/// A display's memory: the bits of each pixel, row by row from the top. Atomics, because a display may read them
/// at any time; and so they can lie anywhere, with whatever was there before.
pub type Pixels = [AtomicU16; (WIDTH * HEIGHT) as usize];

/// A display to draw on.
pub struct Display<'a> {
    pixels: &'a Pixels,
}

impl<'a> Display<'a> {
    /// A display with this memory.
    #[must_use]
    pub const fn new(pixels: &'a Pixels) -> Self {
        Self { pixels }
    }

    /// Rows of pixels' bits from the top.
    pub fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = u16>> {
        let rows = self.pixels.chunks_exact(WIDTH as usize);
        rows.map(|row| row.iter().map(|pixel| pixel.load(Relaxed)))
    }

    fn pixel(&self, x: i32, y: i32) -> Option<&AtomicU16> {
        let inside = (0..WIDTH as i32).contains(&x) && (0..HEIGHT as i32).contains(&y);
        inside.then(|| &self.pixels[(y * WIDTH as i32 + x) as usize])
    }

    /// Lays a colour over a pixel with an opacity of 0–256; outside the display nothing happens.
    pub fn blend(&mut self, x: i32, y: i32, Colour(over): Colour, opacity: u32) {
        let Some(pixel) = self.pixel(x, y) else { return };
        let before = Rgb565::from(RawU16::new(pixel.load(Relaxed)));
        // Channels of 5, 6 and 5 bits become 8 bits.
        let under = [
            u32::from(before.r()) * 255 / 31,
            u32::from(before.g()) * 255 / 63,
            u32::from(before.b()) * 255 / 31,
        ];
        let opacity = opacity.min(256);
        let mix = |channel: usize| {
            ((under[channel] * (256 - opacity) + u32::from(over[channel]) * opacity + 128) >> 8) as u8
        };
        let after = Rgb565::from(Colour([mix(0), mix(1), mix(2)]));
        pixel.store(after.into_storage(), Relaxed);
    }
}

impl From<Colour> for Rgb565 {
    /// Rounds to the nearest colour that the display has.
    fn from(Colour(channels): Colour) -> Self {
        let nearest = |channel: usize, most: u8| {
            let most = u32::from(most);
            ((u32::from(channels[channel]) * most + 127) / 255) as u8
        };
        Self::new(
            nearest(0, Self::MAX_R),
            nearest(1, Self::MAX_G),
            nearest(2, Self::MAX_B),
        )
    }
}

impl OriginDimensions for Display<'_> {
    fn size(&self) -> Size {
        Size::new(WIDTH, HEIGHT)
    }
}

impl DrawTarget for Display<'_> {
    type Color = Rgb565;
    type Error = Infallible;

    fn draw_iter<I>(&mut self, pixels: I) -> Result<(), Infallible>
    where
        I: IntoIterator<Item = Pixel<Rgb565>>,
    {
        for Pixel(place, colour) in pixels {
            if let Some(pixel) = self.pixel(place.x, place.y) {
                pixel.store(colour.into_storage(), Relaxed);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blending_is_between_the_two_and_stays_inside() {
        let pixels = [const { AtomicU16::new(0xffff) }; (WIDTH * HEIGHT) as usize];
        let mut display = Display::new(&pixels);
        let purple = Colour([123, 50, 148]);
        for (x, opacity) in [(0, 0), (1, 128), (2, 256), (3, 9999)] {
            display.blend(x, 1, purple, opacity);
        }
        for (x, y) in [(-1, 0), (0, -1), (WIDTH as i32, 0), (0, HEIGHT as i32)] {
            display.blend(x, y, purple, 256);
        }
        let row: std::vec::Vec<u16> = display.rows().nth(1).into_iter().flatten().take(5).collect();
        let whole = Rgb565::from(purple).into_storage();
        let half = Rgb565::from(Colour([189, 153, 202])).into_storage();
        assert_eq!(row, [0xffff, half, whole, whole, 0xffff]);
        let touched = display.rows().flatten().filter(|pixel| *pixel != 0xffff).count();
        assert_eq!(touched, 3);
    }
}
