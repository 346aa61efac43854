//! How many threads share the work of painting.

use crate::framebuffer::{Band, Framebuffer};
use std::num::NonZeroUsize;

/// Number of horizontal bands a picture is painted in, each by a thread of its own.
///
/// Changes how long painting takes, never a pixel. Threads live for one picture only; starting one
/// costs some 20 µs, so more than a few bands do not pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands(NonZeroUsize);

impl Bands {
    /// Everything on the calling thread (the only choice in a browser).
    pub const ONE: Self = Self(NonZeroUsize::MIN);

    /// `count` bands: the caller's thread paints the first, `count` − 1 others the rest.
    pub const fn new(count: NonZeroUsize) -> Self {
        Self(count)
    }

    /// One band for each core of the machine, but at most `most`.
    pub fn available(most: NonZeroUsize) -> Self {
        Self(
            std::thread::available_parallelism()
                .unwrap_or(NonZeroUsize::MIN)
                .min(most),
        )
    }

    /// The number of bands, at least one.
    pub const fn count(self) -> usize {
        self.0.get()
    }

    /// Calls `paint` once for every band of `frame`, side by side.
    pub(crate) fn paint(self, frame: &mut Framebuffer, paint: impl Fn(&mut Band<'_>) + Sync) {
        let mut bands = frame.bands(self.count());
        let Some(mut first) = bands.next() else { return };
        if self == Self::ONE {
            return paint(&mut first);
        }
        let paint = &paint;
        std::thread::scope(|scope| {
            for mut band in bands {
                scope.spawn(move || paint(&mut band));
            }
            paint(&mut first);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_band_is_painted_once() {
        for count in 1..6 {
            let mut frame = Framebuffer::new(4, 9);
            frame.fill(egui::Color32::TRANSPARENT);
            Bands::new(NonZeroUsize::new(count).unwrap()).paint(&mut frame, |band| {
                let area = band.area();
                for y in area.top..area.bottom {
                    band.run(y, area.left..area.right)
                        .iter_mut()
                        .for_each(|pixel| *pixel += 1);
                }
            });
            assert_eq!(frame.pixels(), [1; 36]);
        }
    }

    #[test]
    fn available_respects_the_limit() {
        assert_eq!(Bands::available(NonZeroUsize::MIN), Bands::ONE);
    }
}
