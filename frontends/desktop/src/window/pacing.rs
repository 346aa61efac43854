//! Times at which to paint: on demand, at most sixty times a second, and asleep in between.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Shortest time from one picture's start to the next one's.
const FRAME: Duration = Duration::from_micros(16_667);

/// Longest sleep between two looks at keys and mouse.
const POLL: Duration = Duration::from_micros(16_667);

/// Longest time that a picture stays without being shown anew: minifb does not hear when another
/// window has uncovered this one.
const REFRESH: Duration = Duration::from_millis(500);

/// The time of the next picture. Any thread may set it; the window's thread sleeps on it.
#[derive(Default)]
pub(super) struct Alarm {
    due: Mutex<Option<Instant>>,
    earlier: Condvar,
}

impl Alarm {
    fn lock(&self) -> MutexGuard<'_, Option<Instant>> {
        // A thread that panicked in between left a valid time behind.
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for a picture at `at`, unless one is due before.
    pub(super) fn set(&self, at: Instant) {
        let mut due = self.lock();
        if due.is_none_or(|due| at < due) {
            *due = Some(at);
            self.earlier.notify_all();
        }
    }

    /// Asks for a picture `delay` from now; a delay beyond all times is no request.
    pub(super) fn set_after(&self, delay: Duration) {
        if let Some(at) = Instant::now().checked_add(delay) {
            self.set(at);
        }
    }

    pub(super) fn due(&self) -> Option<Instant> {
        *self.lock()
    }

    /// Forgets what was asked for, because it is being done.
    pub(super) fn clear(&self) {
        *self.lock() = None;
    }

    /// Sleeps for `duration`, or until a picture is asked for earlier than so far.
    pub(super) fn sleep(&self, duration: Duration) {
        let due = self.lock();
        drop(
            self.earlier
                .wait_timeout(due, duration)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }
}

/// The next step of the window's thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Paint a new picture.
    Paint,
    /// Show the present picture again.
    Refresh,
    /// Sleep at most that long, then look for input.
    Sleep(Duration),
}

/// Decides on the next step.
pub(super) struct Pacer {
    earliest_paint: Instant,
    next_refresh: Instant,
}

impl Pacer {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            earliest_paint: now,
            next_refresh: now + REFRESH,
        }
    }

    /// The step at `now`, when a picture is `due` (or none is).
    pub(super) fn step(&self, now: Instant, due: Option<Instant>) -> Step {
        let paint_at = due.map(|due| due.max(self.earliest_paint));
        if paint_at.is_some_and(|at| at <= now) {
            return Step::Paint;
        }
        if self.next_refresh <= now {
            return Step::Refresh;
        }
        let wake_at = paint_at.into_iter().fold(self.next_refresh, Instant::min);
        Step::Sleep(wake_at.duration_since(now).min(POLL))
    }

    /// A picture was painted, and shown; the work on it began at `began`.
    pub(super) fn painted(&mut self, began: Instant) {
        self.earliest_paint = began + FRAME;
        self.next_refresh = began + REFRESH;
    }

    /// The present picture was shown again.
    pub(super) fn refreshed(&mut self, now: Instant) {
        self.next_refresh = now + REFRESH;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn nothing_due_means_sleep_and_a_refresh_now_and_then() {
        let start = Instant::now();
        let mut pacer = Pacer::new(start);
        assert_eq!(pacer.step(start, None), Step::Sleep(POLL));
        assert_eq!(pacer.step(start + ms(495), None), Step::Sleep(ms(5)));
        assert_eq!(pacer.step(start + ms(500), None), Step::Refresh);
        pacer.refreshed(start + ms(500));
        assert_eq!(pacer.step(start + ms(501), None), Step::Sleep(POLL));
    }

    #[test]
    fn pictures_keep_their_distance() {
        let start = Instant::now();
        let mut pacer = Pacer::new(start);
        assert_eq!(pacer.step(start, Some(start)), Step::Paint);
        pacer.painted(start);
        assert_eq!(
            pacer.step(start + ms(10), Some(start)),
            Step::Sleep(FRAME - ms(10))
        );
        assert_eq!(pacer.step(start + FRAME, Some(start)), Step::Paint);
    }

    #[test]
    fn a_delayed_picture_is_painted_when_due_not_before() {
        let start = Instant::now();
        let pacer = Pacer::new(start);
        let due = Some(start + ms(100));
        assert_eq!(pacer.step(start, due), Step::Sleep(POLL));
        assert_eq!(pacer.step(start + ms(98), due), Step::Sleep(ms(2)));
        assert_eq!(pacer.step(start + ms(100), due), Step::Paint);
    }

    #[test]
    fn the_earliest_request_counts() {
        let (alarm, now) = (Alarm::default(), Instant::now());
        alarm.set(now + ms(50));
        alarm.set(now + ms(90));
        assert_eq!(alarm.due(), Some(now + ms(50)));
        alarm.set(now + ms(20));
        assert_eq!(alarm.due(), Some(now + ms(20)));
        alarm.clear();
        alarm.set_after(Duration::MAX);
        assert_eq!(alarm.due(), None);
    }

    #[test]
    fn another_thread_wakes_the_sleeper() {
        let alarm = Arc::new(Alarm::default());
        let began = Instant::now();
        let other = std::thread::spawn({
            let alarm = Arc::clone(&alarm);
            move || {
                // Again and again, since the first may come before the sleep does.
                while alarm.due().is_none() || Arc::strong_count(&alarm) > 1 {
                    alarm.clear();
                    alarm.set(began);
                    std::thread::sleep(ms(1));
                }
            }
        });
        alarm.sleep(Duration::from_secs(60));
        drop(alarm);
        other.join().unwrap();
        assert!(began.elapsed() < Duration::from_secs(30));
    }
}
