//! Time that painting took.

use std::time::Duration;

/// How many pictures a window painted, and how long they took.
///
/// A picture's time is the work for it: the interface's layout, its triangles, their pixels, and
/// handing those to the window; not the sleep until the next. The first picture is kept apart,
/// since it also lays out every glyph it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrameStatistics {
    frames: u64,
    first: Duration,
    rest: Duration,
    worst: Duration,
    open: Duration,
}

impl FrameStatistics {
    pub(super) fn count(&mut self, frame: Duration) {
        if self.frames == 0 {
            self.first = frame;
        } else {
            self.rest += frame;
            self.worst = self.worst.max(frame);
        }
        self.frames += 1;
    }

    pub(super) fn close(&mut self, open: Duration) {
        self.open = open;
    }

    /// Pictures painted.
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// The first picture's time, in milliseconds.
    pub fn first_ms(&self) -> f64 {
        milliseconds(self.first)
    }

    /// Mean time of a picture after the first, in milliseconds; `None` if there was none.
    pub fn mean_ms(&self) -> Option<f64> {
        (self.frames > 1).then(|| milliseconds(self.rest) / (self.frames - 1) as f64)
    }

    /// Longest time of a picture after the first, in milliseconds; `None` if there was none.
    pub fn worst_ms(&self) -> Option<f64> {
        (self.frames > 1).then(|| milliseconds(self.worst))
    }

    /// How long the window was open.
    pub fn open(&self) -> Duration {
        self.open
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_picture_does_not_count_into_mean_and_worst() {
        let mut statistics = FrameStatistics::default();
        assert_eq!((statistics.frames(), statistics.mean_ms()), (0, None));
        statistics.count(Duration::from_millis(90));
        assert_eq!((statistics.first_ms(), statistics.worst_ms()), (90.0, None));
        for frame in [4, 8, 6] {
            statistics.count(Duration::from_millis(frame));
        }
        assert_eq!(statistics.frames(), 4);
        assert_eq!(
            (statistics.mean_ms(), statistics.worst_ms()),
            (Some(6.0), Some(8.0))
        );
    }
}
