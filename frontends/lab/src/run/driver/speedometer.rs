//! How fast a run trains.

use std::time::Duration;

/// Over this time the speed is averaged.
const SPEED_WINDOW: Duration = Duration::from_millis(400);

/// Epochs per second, averaged over the last window.
pub(super) struct Speedometer {
    window: Option<(Duration, u64)>,
    speed: Option<f64>,
}

impl Speedometer {
    pub(super) const fn new() -> Self {
        Self {
            window: None,
            speed: None,
        }
    }

    pub(super) const fn stop(&mut self) {
        self.window = None;
        self.speed = None;
    }

    /// Epochs just completed, and what time it is, since any fixed moment.
    pub(super) fn count(&mut self, epochs: u64, now: Duration) {
        // The first opens the window: only what follows took a time that is known.
        let Some((begun, counted)) = &mut self.window else {
            self.window = Some((now, 0));
            return;
        };
        *counted += epochs;
        let elapsed = now.saturating_sub(*begun);
        if elapsed >= SPEED_WINDOW {
            self.speed = Some(*counted as f64 / elapsed.as_secs_f64());
            self.window = Some((now, 0));
        }
    }

    pub(super) const fn speed(&self) -> Option<f64> {
        self.speed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_stint_opens_the_window_and_only_what_follows_counts() {
        let mut speedometer = Speedometer::new();
        let at = |milliseconds: u64| Duration::from_millis(3000 + milliseconds);
        speedometer.count(1_000_000, at(0));
        speedometer.count(300, at(200));
        assert_eq!(speedometer.speed(), None);
        speedometer.count(500, at(400));
        assert_eq!(speedometer.speed(), Some(2000.0));
        speedometer.stop();
        assert_eq!(speedometer.speed(), None);
    }
}
