//! The meeting place of the trainer and the looker.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::State;

/// A desk on which the trainer leaves a state and the looker finds it.
#[derive(Default)]
pub(super) struct Exchange {
    desk: Mutex<Desk>,
    changed: Condvar,
}

#[derive(Default)]
struct Desk {
    /// The looker is ready for a state.
    wanted: bool,
    state: Option<(State, Option<f64>)>,
    /// Nobody will ask for snapshots any more.
    closed: bool,
}

impl Exchange {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the looker waits for a state.
    pub(super) fn wanted(&self) -> bool {
        self.desk().wanted
    }

    /// Sends the looker home.
    pub(super) fn close(&self) {
        self.desk().closed = true;
        self.changed.notify_one();
    }

    /// Leaves a state for the looker; and the speed, if it is known.
    pub(super) fn offer(&self, state: State, speed: Option<f64>) {
        let mut desk = self.desk();
        desk.wanted = false;
        desk.state = Some((state, speed));
        self.changed.notify_one();
    }

    /// Whether nothing has come that the looker should turn to.
    pub(super) fn quiet(&self) -> bool {
        let desk = self.desk();
        desk.state.is_none() && !desk.closed
    }

    /// Waits for the next state; `None` when closed.
    pub(super) fn next(&self) -> Option<(State, Option<f64>)> {
        let mut desk = self.desk();
        desk.wanted = true;
        let waiting = |desk: &mut Desk| desk.state.is_none() && !desk.closed;
        let mut desk = self
            .changed
            .wait_while(desk, waiting)
            .unwrap_or_else(PoisonError::into_inner);
        if desk.closed { None } else { desk.state.take() }
    }
}
