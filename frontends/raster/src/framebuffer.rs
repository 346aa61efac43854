//! The picture: a framebuffer that owns its pixels, and the part of it one thread paints.

use crate::colour;
use crate::geometry::PixelRect;
use egui::Color32;
use std::ops::Range;

/// Longest side of a framebuffer, in pixels.
const LONGEST_SIDE: usize = 16_384;

/// A picture of width × height pixels, row by row from the top left, each pixel one `u32`
/// 0xAARRGGBB with premultiplied alpha: what minifb shows as it is.
///
/// Painting over an opaque fill keeps the picture opaque.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framebuffer {
    width: usize,
    height: usize,
    pixels: Vec<u32>,
}

impl Framebuffer {
    /// An opaque black picture. Either side may be zero; one above 16,384 is cut to that.
    pub fn new(width: usize, height: usize) -> Self {
        let mut frame = Self {
            width: 0,
            height: 0,
            pixels: Vec::new(),
        };
        frame.resize(width, height);
        frame
    }

    /// Gives the picture another size, with the limits of [`Self::new`]. A picture that changes
    /// its size becomes opaque black; one that keeps it is left as it is. Memory is reused.
    pub fn resize(&mut self, width: usize, height: usize) {
        let (width, height) = (width.min(LONGEST_SIDE), height.min(LONGEST_SIDE));
        if (width, height) != (self.width, self.height) {
            (self.width, self.height) = (width, height);
            self.pixels.clear();
            self.pixels.resize(width * height, colour::pack(Color32::BLACK));
        }
    }

    /// Makes every pixel `colour`.
    pub fn fill(&mut self, colour: Color32) {
        self.pixels.fill(colour::pack(colour));
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// All width × height pixels, row by row, 0xAARRGGBB.
    pub fn pixels(&self) -> &[u32] {
        &self.pixels
    }

    /// Three bytes a pixel, red, green, blue, row by row: what an image file wants. Alpha is dropped.
    pub fn rgb_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.pixels.len() * 3);
        for pixel in &self.pixels {
            let [_, red, green, blue] = colour::channels(*pixel);
            bytes.extend_from_slice(&[red, green, blue]);
        }
        bytes
    }

    /// The rows split into at most `count` bands of nearly equal height, from the top.
    pub(crate) fn bands(&mut self, count: usize) -> impl Iterator<Item = Band<'_>> {
        let width = self.width;
        let rows = self.height.div_ceil(count.max(1)).max(1);
        let chunks = self.pixels.chunks_mut((rows * width).max(1));
        chunks.enumerate().map(move |(index, pixels)| Band {
            pixels,
            width,
            top: index * rows,
        })
    }
}

/// Some neighbouring rows of a framebuffer, addressed by the framebuffer's own coordinates.
pub(crate) struct Band<'a> {
    pixels: &'a mut [u32],
    width: usize,
    top: usize,
}

impl Band<'_> {
    /// The rectangle of the framebuffer that this band covers.
    pub(crate) fn area(&self) -> PixelRect {
        let rows = self.pixels.len() / self.width.max(1);
        PixelRect {
            left: 0,
            top: self.top as i32,
            right: self.width as i32,
            bottom: (self.top + rows) as i32,
        }
    }

    /// The pixels of row `y` in `columns`; both must lie in [`Self::area`].
    #[inline]
    pub(crate) fn run(&mut self, y: i32, columns: Range<i32>) -> &mut [u32] {
        let row = (y as usize - self.top) * self.width;
        &mut self.pixels[row + columns.start as usize..row + columns.end as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rgb_bytes_drop_alpha_and_keep_order() {
        let mut frame = Framebuffer::new(2, 1);
        frame.fill(Color32::from_rgb(1, 2, 3));
        assert_eq!(frame.pixels(), [0xff01_0203; 2]);
        assert_eq!(frame.rgb_bytes(), [1, 2, 3, 1, 2, 3]);
    }

    #[test]
    fn resizing_blackens_only_when_the_size_changes() {
        let mut frame = Framebuffer::new(3, 2);
        frame.fill(Color32::WHITE);
        frame.resize(3, 2);
        assert_eq!(frame.pixels(), [0xffff_ffff; 6]);
        frame.resize(2, 3);
        assert_eq!((frame.width(), frame.height()), (2, 3));
        assert_eq!(frame.pixels(), [0xff00_0000; 6]);
    }

    #[test]
    fn sides_are_limited() {
        assert_eq!(Framebuffer::new(usize::MAX, 1).width(), LONGEST_SIDE);
    }

    #[test]
    fn bands_cover_every_row_once() {
        for (width, height) in [(3, 7), (1, 1), (5, 2), (0, 4), (4, 0)] {
            for count in 1..9 {
                let mut frame = Framebuffer::new(width, height);
                let mut next = 0;
                for mut band in frame.bands(count) {
                    let area = band.area();
                    assert_eq!(area.top, next);
                    next = area.bottom;
                    for y in area.top..area.bottom {
                        band.run(y, 0..width as i32).fill(7);
                    }
                }
                assert!(frame.pixels().iter().all(|pixel| *pixel == 7));
            }
        }
    }
}
