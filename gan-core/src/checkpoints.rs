//! State hashes taken on the way: what a run that is trained again is checked against.
//!
//! Bounded and without allocation, however long the run: checkpoints are taken at multiples of an interval,
//! which doubles whenever there are too many, and those between the new multiples go.

use core::fmt;

use heapless::Vec;

use crate::StateHash;

/// The name of a run's state as an epoch was completed, before anything that is done there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Checkpoint {
    /// Completed epochs.
    pub epoch: u64,
    /// The state's name.
    pub hash: StateHash,
}

/// A checkpoint was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckpointError {
    /// There are as many as there can be.
    Full {
        /// How many.
        capacity: usize,
    },
    /// It is not later than the last.
    NotLater {
        /// Its epoch.
        epoch: u64,
        /// The last one's.
        last: u64,
    },
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full { capacity } => {
                write!(f, "there are already {capacity} checkpoints: leave some out")
            }
            Self::NotLater { epoch, last } => write!(
                f,
                "a checkpoint at epoch {epoch} does not come after the one at {last}: keep their order, one an epoch"
            ),
        }
    }
}

impl core::error::Error for CheckpointError {}

/// Checkpoints in the order of their epochs, at most `CAPACITY`.
///
/// ```
/// use gan_core::{Checkpoint, Checkpoints, StateHash};
///
/// let mut checkpoints = Checkpoints::<4>::new();
/// for epoch in 0..3 {
///     checkpoints.push(Checkpoint { epoch, hash: StateHash(epoch) })?;
/// }
/// checkpoints.thin();
/// assert_eq!(checkpoints.taken().len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoints<const CAPACITY: usize> {
    taken: Vec<Checkpoint, CAPACITY>,
    interval: u64,
}

impl<const CAPACITY: usize> Default for Checkpoints<CAPACITY> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const CAPACITY: usize> Checkpoints<CAPACITY> {
    /// None yet, and every epoch is due.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            taken: Vec::new(),
            interval: 1,
        }
    }

    /// Adds one, at any epoch after the last.
    pub fn push(&mut self, checkpoint: Checkpoint) -> Result<(), CheckpointError> {
        if let Some(last) = self.taken.last()
            && checkpoint.epoch <= last.epoch
        {
            return Err(CheckpointError::NotLater {
                epoch: checkpoint.epoch,
                last: last.epoch,
            });
        }
        let full = CheckpointError::Full { capacity: CAPACITY };
        self.taken.push(checkpoint).map_err(|_| full)
    }

    /// The next epoch at which one is to be taken: a multiple of the interval.
    #[must_use]
    pub fn due(&self) -> u64 {
        match self.taken.last() {
            None => 0,
            Some(last) => (last.epoch / self.interval + 1).saturating_mul(self.interval),
        }
    }

    /// Doubles the interval; those that are not at its multiples go.
    pub fn thin(&mut self) {
        self.interval = self.interval.saturating_mul(2);
        self.taken
            .retain(|checkpoint| checkpoint.epoch.is_multiple_of(self.interval));
    }

    /// Removes the checkpoints after an epoch: the run goes another way from there.
    pub fn cut(&mut self, epoch: u64) {
        self.taken.retain(|checkpoint| checkpoint.epoch <= epoch);
    }

    /// All of them, earliest first.
    #[must_use]
    pub fn taken(&self) -> &[Checkpoint] {
        &self.taken
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::vec::Vec;

    fn at(epoch: u64) -> Checkpoint {
        Checkpoint {
            epoch,
            hash: StateHash(epoch),
        }
    }

    fn epochs<const CAPACITY: usize>(checkpoints: &Checkpoints<CAPACITY>) -> Vec<u64> {
        checkpoints.taken().iter().map(|taken| taken.epoch).collect()
    }

    #[test]
    fn thinning_doubles_the_interval_and_keeps_the_whole_run_in_view() {
        let mut checkpoints = Checkpoints::<8>::new();
        for epoch in 0..1000 {
            if epoch == checkpoints.due() {
                if checkpoints.taken().len() == 8 {
                    checkpoints.thin();
                }
                checkpoints.push(at(epoch)).unwrap();
            }
        }
        assert_eq!(epochs(&checkpoints), [0, 128, 256, 384, 512, 640, 768, 896]);
        assert_eq!(checkpoints.due(), 1024);
    }

    #[test]
    fn one_at_any_epoch_is_kept_until_the_next_thinning() {
        let mut checkpoints = Checkpoints::<8>::new();
        for epoch in [0, 1, 2, 3, 7] {
            checkpoints.push(at(epoch)).unwrap();
        }
        assert_eq!(checkpoints.due(), 8);
        checkpoints.thin();
        assert_eq!((epochs(&checkpoints), checkpoints.due()), ([0, 2].into(), 4));
    }

    #[test]
    fn a_run_that_goes_another_way_keeps_the_way_up_to_there() {
        let mut checkpoints = Checkpoints::<8>::new();
        for epoch in [0, 1, 2, 3, 7] {
            checkpoints.push(at(epoch)).unwrap();
        }
        checkpoints.thin();
        checkpoints.cut(1);
        assert_eq!((epochs(&checkpoints), checkpoints.due()), ([0].into(), 2));
    }

    #[test]
    fn too_many_and_out_of_order_are_refused() {
        let mut checkpoints = Checkpoints::<2>::new();
        checkpoints.push(at(5)).unwrap();
        for epoch in [4, 5] {
            let error = checkpoints.push(at(epoch)).unwrap_err();
            assert_eq!(error, CheckpointError::NotLater { epoch, last: 5 });
        }
        checkpoints.push(at(6)).unwrap();
        let error = checkpoints.push(at(7)).unwrap_err();
        assert_eq!(error, CheckpointError::Full { capacity: 2 });
        assert_eq!(epochs(&checkpoints), [5, 6]);
    }

    #[test]
    fn the_largest_epochs_do_not_overflow() {
        let mut checkpoints = Checkpoints::<4>::new();
        (0..80).for_each(|_| checkpoints.thin());
        checkpoints.push(at(u64::MAX - 1)).unwrap();
        assert_eq!(checkpoints.due(), u64::MAX);
    }
}
