//! What was done to a run, and when: with the configuration and the seed, the whole of it.
//!
//! Bounded and without allocation, so that a microcontroller can keep one too.

use core::fmt;

use heapless::Vec;

use crate::configuration::{Change, Network};

/// Something that alters a run between two epochs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// A hyper-parameter changed.
    Change(Change),
    /// One update of one network alone, counted as an epoch.
    Step(Network),
}

/// An action, and how many epochs had been completed when it took effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stamped {
    /// Completed epochs.
    pub epoch: u64,
    /// What happened.
    pub action: Action,
}

/// The log holds as many actions as it can; this one was not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogFull {
    /// How many it holds.
    pub capacity: usize,
}

impl fmt::Display for LogFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the log of actions is full ({} of them): reset the run to start a new one",
            self.capacity
        )
    }
}

impl core::error::Error for LogFull {}

/// Actions in the order in which they took effect, at most `CAPACITY`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log<const CAPACITY: usize> {
    actions: Vec<Stamped, CAPACITY>,
    dropped: u64,
}

impl<const CAPACITY: usize> Log<CAPACITY> {
    /// An empty log.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            actions: Vec::new(),
            dropped: 0,
        }
    }

    /// Adds what took effect after `epoch` completed epochs; a full log only counts it.
    pub fn push(&mut self, epoch: u64, action: Action) -> Result<(), LogFull> {
        self.actions.push(Stamped { epoch, action }).map_err(|_| {
            self.dropped = self.dropped.saturating_add(1);
            LogFull { capacity: CAPACITY }
        })
    }

    /// All actions, oldest first.
    #[must_use]
    pub fn actions(&self) -> &[Stamped] {
        &self.actions
    }

    /// Actions that came when the log was full and are not in it. Where there are any, the log is the
    /// run's story only up to its last action.
    #[must_use]
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_log_says_so_and_keeps_what_it_has() {
        let mut log = Log::<1>::new();
        log.push(3, Action::Step(Network::Generator)).unwrap();
        assert_eq!(log.dropped(), 0);
        assert_eq!(
            log.push(4, Action::Step(Network::Generator)),
            Err(LogFull { capacity: 1 })
        );
        assert_eq!(
            log.actions(),
            [Stamped {
                epoch: 3,
                action: Action::Step(Network::Generator)
            }]
        );
        assert_eq!(log.dropped(), 1);
    }
}
