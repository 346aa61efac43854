//! How fast a run trains.

use std::time::{Duration, Instant};

/// Over this time the speed is averaged.
const SPEED_WINDOW: Duration = Duration::from_millis(400);

/// Epochs per second, averaged over the last window.
pub(super) struct Speedometer {
    window: Option<(Instant, u64)>,
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

    /// Epochs just completed.
    pub(super) fn count(&mut self, epochs: u64) {
        // The first opens the window: only what follows took a time that is known.
        let Some((begun, counted)) = &mut self.window else {
            self.window = Some((Instant::now(), 0));
            return;
        };
        *counted += epochs;
        let elapsed = begun.elapsed();
        if elapsed >= SPEED_WINDOW {
            self.speed = Some(*counted as f64 / elapsed.as_secs_f64());
            self.window = Some((Instant::now(), 0));
        }
    }

    pub(super) const fn speed(&self) -> Option<f64> {
        self.speed
    }
}
