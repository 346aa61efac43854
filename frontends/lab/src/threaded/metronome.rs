//! Keeps a run to its pace.

use std::time::{Duration, Instant};

use crate::Pace;

/// How long the trainer waits before its next stint.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Wait {
    No,
    AtMost(Duration),
    ForCommand,
}

/// Keeps a run to its pace: counts the strides, epochs or phases, since it began to keep it. The first
/// is due at once.
pub(super) struct Metronome {
    kept: Option<Kept>,
}

struct Kept {
    pace: Pace,
    begun: Instant,
    strides: u64,
}

impl Kept {
    fn now(pace: Pace) -> Self {
        Self {
            pace,
            begun: Instant::now(),
            strides: 0,
        }
    }
}

impl Metronome {
    /// A run that falls behind by more than this does not hurry to make up for it.
    const MOST_BEHIND: Duration = Duration::from_millis(50);

    pub(super) const fn new() -> Self {
        Self { kept: None }
    }

    pub(super) const fn stop(&mut self) {
        self.kept = None;
    }

    pub(super) const fn count(&mut self, strides: u64) {
        if let Some(kept) = &mut self.kept {
            kept.strides += strides;
        }
    }

    /// Strides that are due now.
    pub(super) fn allows(&mut self, pace: Pace) -> u64 {
        let Some(rate) = pace.rate() else {
            return u64::MAX;
        };
        let kept = self.kept.get_or_insert_with(|| Kept::now(pace));
        if kept.pace != pace {
            // Another stride begins at once; but not a pace that is being dragged, many times a second.
            let dragged = kept.pace.stride() == pace.stride();
            *kept = Kept {
                strides: u64::from(dragged),
                ..Kept::now(pace)
            };
        }
        let due = 1 + (kept.begun.elapsed().as_secs_f64() * rate.get()) as u64;
        let behind = due.saturating_sub(kept.strides);
        if behind as f64 > (rate.get() * Self::MOST_BEHIND.as_secs_f64()).max(1.0) {
            *kept = Kept::now(pace);
            return 1;
        }
        behind
    }

    pub(super) fn wait(&mut self, pace: Pace) -> Wait {
        if self.allows(pace) > 0 {
            return Wait::No;
        }
        match (&self.kept, pace.rate()) {
            (Some(kept), Some(rate)) => {
                let next = kept.strides as f64 / rate.get();
                let left = next - kept.begun.elapsed().as_secs_f64();
                Wait::AtMost(Duration::from_secs_f64(left.max(0.0)))
            }
            _ => Wait::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rate;

    #[test]
    fn the_first_stride_is_due_at_once_and_the_next_is_waited_for() {
        let mut metronome = Metronome::new();
        assert!(metronome.wait(Pace::SLOW_MOTION) == Wait::No);
        assert_eq!(metronome.allows(Pace::SLOW_MOTION), 1);
        metronome.count(1);
        match metronome.wait(Pace::SLOW_MOTION) {
            Wait::AtMost(time) => assert!(time <= Duration::from_millis(1250), "{time:?}"),
            Wait::No | Wait::ForCommand => panic!("the next phase is 1.25 s away"),
        }
        // From phases to epochs at once, from one pace of epochs to another after its interval.
        assert_eq!(metronome.allows(Pace::AS_IN_GAN_LAB), 1);
        metronome.count(1);
        let slow = Pace::EpochsPerSecond(Rate::LEAST);
        assert_eq!(metronome.allows(slow), 0);
        assert_eq!(metronome.allows(Pace::Full), u64::MAX);
    }
}
