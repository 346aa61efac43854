//! Log of the actions on a run, and of their epochs: with the configuration and the seed, the
//! whole run.
//!
//! Bounded and without allocation, so that a microcontroller can keep one too.

use core::fmt;

use heapless::Vec;

use crate::configuration::Network;
use crate::parameters::Change;

/// Something that alters a run between two epochs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Action {
    /// A hyper-parameter changed.
    Change(Change),
    /// One update of one network alone, counted as an epoch.
    Step(Network),
}

/// An action, and how many epochs had been completed when it took effect.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Stamped {
    /// Completed epochs.
    pub epoch: u64,
    /// The action.
    pub action: Action,
    /// How often, one right after the other: steps of one network without another epoch between them are
    /// one entry. 1 for a change.
    pub times: u64,
}

impl Stamped {
    /// Completed epochs when it was over: a change takes no epoch, a step one.
    #[must_use]
    pub const fn end(&self) -> u64 {
        match self.action {
            Action::Change(_) => self.epoch,
            Action::Step(_) => self.epoch.saturating_add(self.times),
        }
    }

    /// Lets steps go on with these, if they are of the same network and follow at once.
    fn join(&mut self, next: &Self) -> bool {
        let joins = matches!((self.action, next.action), (Action::Step(one), Action::Step(other)) if one == other)
            && self.end() == next.epoch;
        if joins {
            self.times = self.times.saturating_add(next.times);
        }
        joins
    }
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
///
/// ```
/// use gan_core::Network;
/// use gan_core::log::{Action, Log};
///
/// let mut log = Log::<8>::new();
/// log.push(10, Action::Step(Network::Generator))?;
/// log.push(11, Action::Step(Network::Generator))?;
/// assert_eq!((log.actions().len(), log.actions()[0].times), (1, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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

    /// One that was copied elsewhere: its actions as they were, and how many were [dropped](Self::dropped).
    /// An error if it holds not as many.
    pub fn restored(actions: &[Stamped], dropped: u64) -> Result<Self, LogFull> {
        let actions = Vec::from_slice(actions).map_err(|_| LogFull { capacity: CAPACITY })?;
        Ok(Self { actions, dropped })
    }

    /// Adds what took effect after `epoch` completed epochs; a full log only counts it.
    pub fn push(&mut self, epoch: u64, action: Action) -> Result<(), LogFull> {
        self.add(Stamped {
            epoch,
            action,
            times: 1,
        })
    }

    /// Adds several steps at once; otherwise as [`Self::push`].
    pub fn add(&mut self, stamped: Stamped) -> Result<(), LogFull> {
        // A dropped action may lie between the last steps and these.
        if self.dropped == 0
            && let Some(last) = self.actions.last_mut()
            && last.join(&stamped)
        {
            return Ok(());
        }
        self.actions.push(stamped).map_err(|_| {
            self.dropped = self.dropped.saturating_add(1);
            LogFull { capacity: CAPACITY }
        })
    }

    /// The log of a run that goes another way after `epoch` completed epochs: the first `done`
    /// actions, and of steps right after them those up to that epoch.
    #[must_use]
    pub fn cut(&self, done: usize, epoch: u64) -> Self {
        let mut cut = self.clone();
        cut.actions.truncate(done + 1);
        if let Some(last) = cut.actions.get_mut(done) {
            match last.action {
                Action::Step(_) if last.epoch < epoch => last.times = epoch - last.epoch,
                Action::Step(_) | Action::Change(_) => cut.actions.truncate(done),
            }
        }
        if done < self.actions.len() {
            cut.dropped = 0;
        }
        cut
    }

    /// All actions, oldest first.
    #[must_use]
    pub fn actions(&self) -> &[Stamped] {
        &self.actions
    }

    /// Actions that came when the log was full and are not in it. If there are any, the log is the
    /// run's story only up to its last action.
    #[must_use]
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::Loss;

    const GENERATOR: Action = Action::Step(Network::Generator);
    const CHANGE: Action = Action::Change(Change::loss(Loss::LeastSquares));

    fn stamped(epoch: u64, action: Action, times: u64) -> Stamped {
        Stamped { epoch, action, times }
    }

    #[test]
    fn a_full_log_says_so_and_keeps_what_it_has() {
        let mut log = Log::<1>::new();
        log.push(3, GENERATOR).unwrap();
        assert_eq!(log.dropped(), 0);
        let full = Err(LogFull { capacity: 1 });
        assert_eq!(log.push(4, CHANGE), full);
        assert_eq!(log.push(4, GENERATOR), full, "it came after what is missing");
        assert_eq!(log.actions(), [stamped(3, GENERATOR, 1)]);
        assert_eq!(log.dropped(), 2);
    }

    #[test]
    fn a_log_is_restored_with_what_is_missing() {
        let mut log = Log::<1>::new();
        log.push(3, GENERATOR).unwrap();
        log.push(4, CHANGE).unwrap_err();
        assert_eq!(Log::restored(log.actions(), log.dropped()), Ok(log));
        let two = [stamped(3, GENERATOR, 1); 2];
        assert_eq!(Log::<1>::restored(&two, 0), Err(LogFull { capacity: 1 }));
    }

    #[test]
    fn a_log_is_cut_between_actions_and_within_steps() {
        let mut log = Log::<3>::new();
        log.add(stamped(3, GENERATOR, 5)).unwrap();
        log.push(8, CHANGE).unwrap();
        log.push(9, CHANGE).unwrap();
        log.push(9, CHANGE).unwrap_err();
        assert_eq!(log.cut(0, 3).actions(), []);
        assert_eq!(log.cut(0, 5).actions(), [stamped(3, GENERATOR, 2)]);
        assert_eq!(log.cut(1, 8).actions(), [stamped(3, GENERATOR, 5)]);
        let two = log.cut(2, 9);
        assert_eq!((two.actions(), two.dropped()), (&log.actions()[..2], 0));
        assert_eq!(log.cut(3, 12), log, "what was dropped is still missing");
    }

    #[test]
    fn steps_right_after_each_other_are_one_entry() {
        let mut log = Log::<8>::new();
        for epoch in [3, 4, 5, 7] {
            log.push(epoch, GENERATOR).unwrap();
        }
        log.push(8, CHANGE).unwrap();
        log.push(8, CHANGE).unwrap();
        log.push(8, GENERATOR).unwrap();
        log.push(9, Action::Step(Network::Discriminator)).unwrap();
        log.add(stamped(10, Action::Step(Network::Discriminator), 5))
            .unwrap();
        assert_eq!(
            log.actions(),
            [
                stamped(3, GENERATOR, 3),
                stamped(7, GENERATOR, 1),
                stamped(8, CHANGE, 1),
                stamped(8, CHANGE, 1),
                stamped(8, GENERATOR, 1),
                stamped(9, Action::Step(Network::Discriminator), 6),
            ]
        );
        assert_eq!(log.actions()[5].end(), 15);
    }
}
