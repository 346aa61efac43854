//! Keeps a run to its pace.

use std::time::Duration;

use crate::Pace;

/// How long the trainer waits before its next stint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Wait {
    /// It is due.
    No,
    /// So long, unless a command comes before.
    AtMost(Duration),
    /// Nothing is to be trained.
    ForCommand,
}

/// Keeps a run to its pace: counts the strides, epochs or phases, since it began to keep it. The
/// first is due at once. The caller tells the time since any fixed moment.
pub(super) struct Metronome {
    kept: Option<Kept>,
}

struct Kept {
    pace: Pace,
    begun: Duration,
    strides: u64,
}

impl Kept {
    const fn from(pace: Pace, now: Duration) -> Self {
        Self {
            pace,
            begun: now,
            strides: 0,
        }
    }

    const fn elapsed(&self, now: Duration) -> Duration {
        now.saturating_sub(self.begun)
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
    pub(super) fn allows(&mut self, pace: Pace, now: Duration) -> u64 {
        let Some(rate) = pace.rate() else {
            return u64::MAX;
        };
        let kept = self.kept.get_or_insert_with(|| Kept::from(pace, now));
        if kept.pace != pace {
            // Another stride begins at once; but not a pace that is being dragged, many times a second.
            let dragged = kept.pace.stride() == pace.stride();
            *kept = Kept {
                strides: u64::from(dragged),
                ..Kept::from(pace, now)
            };
        }
        let due = 1 + (kept.elapsed(now).as_secs_f64() * rate.get()) as u64;
        let behind = due.saturating_sub(kept.strides);
        if behind as f64 > (rate.get() * Self::MOST_BEHIND.as_secs_f64()).max(1.0) {
            *kept = Kept::from(pace, now);
            return 1;
        }
        behind
    }

    pub(super) fn wait(&mut self, pace: Pace, now: Duration) -> Wait {
        if self.allows(pace, now) > 0 {
            return Wait::No;
        }
        match (&self.kept, pace.rate()) {
            (Some(kept), Some(rate)) => {
                let next = kept.strides as f64 / rate.get();
                let left = next - kept.elapsed(now).as_secs_f64();
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
        let begun = Duration::from_secs(7);
        assert_eq!(metronome.wait(Pace::SLOW_MOTION, begun), Wait::No);
        assert_eq!(metronome.allows(Pace::SLOW_MOTION, begun), 1);
        metronome.count(1);
        let later = begun + Duration::from_millis(250);
        assert_eq!(
            metronome.wait(Pace::SLOW_MOTION, later),
            Wait::AtMost(Duration::from_secs(1))
        );
        // From phases to epochs at once, from one pace of epochs to another after its interval.
        assert_eq!(metronome.allows(Pace::AS_IN_GAN_LAB, later), 1);
        metronome.count(1);
        let slow = Pace::EpochsPerSecond(Rate::LEAST);
        assert_eq!(metronome.allows(slow, later), 0);
        assert_eq!(metronome.allows(Pace::Full, later), u64::MAX);
    }

    #[test]
    fn who_falls_behind_does_not_hurry_and_a_clock_that_goes_back_does_no_harm() {
        let mut metronome = Metronome::new();
        let at = Duration::from_millis;
        assert_eq!(metronome.allows(Pace::BRISK, at(1000)), 1);
        metronome.count(1);
        assert_eq!(metronome.allows(Pace::BRISK, at(1040)), 24, "600 a second");
        assert_eq!(metronome.allows(Pace::BRISK, at(2000)), 1, "a second is lost");
        metronome.count(1);
        assert_eq!(metronome.allows(Pace::BRISK, at(500)), 0);
    }
}
