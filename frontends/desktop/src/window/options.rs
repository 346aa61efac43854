//! How a window shall look and how long it shall stay.

use std::time::Duration;

/// How large egui's points are: pixels per point, 0.25 to 8.
///
/// 1 suits a display of about 100 dots per inch, 2 one of 200. `minifb` cannot tell what the
/// display is like, so the user says it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PixelsPerPoint(f32);

impl PixelsPerPoint {
    /// One pixel per point.
    pub const ONE: Self = Self(1.0);

    /// `None` outside 0.25..=8, where nothing could be read.
    pub fn new(pixels_per_point: f32) -> Option<Self> {
        (0.25..=8.0)
            .contains(&pixels_per_point)
            .then_some(Self(pixels_per_point))
    }

    /// The number.
    pub fn get(self) -> f32 {
        self.0
    }
}

/// Options of a window, for [`run`](super::run).
#[derive(Clone, Debug)]
pub struct WindowOptions {
    /// Text of the title bar.
    pub title: String,
    /// Width and height at the start, in pixels; the user may change them.
    pub size: [usize; 2],
    /// How large points are.
    pub scale: PixelsPerPoint,
    /// Closes the window by itself after this time, for benchmarks and tests.
    pub close_after: Option<Duration>,
}

impl Default for WindowOptions {
    /// A window of 1280 × 800 pixels that stays until it is closed.
    fn default() -> Self {
        Self {
            title: "gan-lab".to_owned(),
            size: [1280, 800],
            scale: PixelsPerPoint::ONE,
            close_after: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senseless_scales_are_refused() {
        for scale in [0.0, -1.0, 0.2, 8.1, f32::NAN, f32::INFINITY] {
            assert_eq!(PixelsPerPoint::new(scale), None, "{scale}");
        }
        assert_eq!(PixelsPerPoint::new(1.5).map(PixelsPerPoint::get), Some(1.5));
    }
}
