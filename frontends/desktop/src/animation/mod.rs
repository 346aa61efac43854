//! Pictures in a row as one animated GIF, written as they come: no more than two are in memory.
//!
//! A GIF has 256 colours a frame, one picture of a run has thousands. So each frame holds only the pixels
//! that changed, within the smallest rectangle around them, and its colours are theirs alone (`palette`):
//! what rests keeps the colours of the frame that painted it, and costs next to nothing.
//!
//! A palette of 256 colours for a whole film would show.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;
use std::time::Duration;

use gif::{Encoder, EncodingError, Frame, Repeat};
use raster::Framebuffer;

use palette::Palette;

mod palette;

/// Stands for a pixel that did not change.
const UNCHANGED: u8 = u8::MAX;

/// An animation in the making, which repeats for ever.
pub struct Animation<W: Write> {
    encoder: Encoder<W>,
    width: usize,
    /// Pixels after the frames so far; empty before the first.
    shown: Vec<u32>,
}

impl<W: Write> Animation<W> {
    /// Begins one of pictures of this size, `[width, height]` in pixels, each 1–65,535.
    pub fn new(out: W, size: [usize; 2]) -> io::Result<Self> {
        let [width, height] = size.map(|side| u16::try_from(side).unwrap_or(u16::MAX));
        let mut encoder = Encoder::new(out, width, height, &[]).map_err(as_io)?;
        encoder.set_repeat(Repeat::Infinite).map_err(as_io)?;
        Ok(Self {
            encoder,
            width: usize::from(width),
            shown: Vec::new(),
        })
    }

    /// Adds a picture, of the animation's size, that is to be seen as long, in steps of 10 ms.
    pub fn add(&mut self, picture: &Framebuffer, delay: Duration) -> io::Result<()> {
        let pixels = picture.pixels();
        let before = (!self.shown.is_empty()).then_some(&self.shown[..]);
        let [columns, rows] = changed(before, pixels, self.width);
        let differs = |at: usize| before.is_none_or(|before| before[at] != pixels[at]);
        let width = self.width;
        let row = |row: usize| row * width + columns.start..row * width + columns.end;
        let places = || rows.clone().flat_map(row);
        let palette = Palette::of(places().filter(|at| differs(*at)).map(|at| pixels[at]));
        let index = |at: usize| match differs(at) {
            true => palette.nearest(pixels[at]),
            false => UNCHANGED,
        };
        let buffer: Vec<u8> = places().map(index).collect();
        // Lengths fit into 16 bits; see `new`.
        let small = |length: usize| length as u16;
        let frame = Frame {
            delay: u16::try_from(delay.as_millis() / 10).unwrap_or(u16::MAX),
            transparent: Some(UNCHANGED),
            left: small(columns.start),
            top: small(rows.start),
            width: small(columns.len()),
            height: small(rows.len()),
            palette: Some(palette.rgb_bytes()),
            buffer: Cow::Owned(buffer),
            ..Frame::default()
        };
        self.encoder.write_frame(&frame).map_err(as_io)?;
        self.shown.clear();
        self.shown.extend_from_slice(pixels);
        Ok(())
    }

    /// Ends it; what it was written to.
    pub fn finish(self) -> io::Result<W> {
        self.encoder.into_inner().map_err(as_io)
    }
}

/// Columns and rows of the smallest rectangle around what changed: a pixel, if nothing did.
fn changed(before: Option<&[u32]>, pixels: &[u32], width: usize) -> [Range<usize>; 2] {
    let Some(before) = before else {
        return [0..width, 0..pixels.len() / width];
    };
    let mut area: Option<[Range<usize>; 2]> = None;
    let both = before.chunks_exact(width).zip(pixels.chunks_exact(width));
    for (row, (before, now)) in both.enumerate() {
        let differs = |column: &usize| before[*column] != now[*column];
        if let (Some(first), Some(last)) = ((0..width).find(differs), (0..width).rfind(differs)) {
            let [columns, rows] = area.unwrap_or([first..last + 1, row..row + 1]);
            area = Some([
                columns.start.min(first)..columns.end.max(last + 1),
                rows.start..row + 1,
            ]);
        }
    }
    area.unwrap_or([0..1, 0..1])
}

fn as_io(error: EncodingError) -> io::Error {
    match error {
        EncodingError::Io(error) => error,
        error => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests;
