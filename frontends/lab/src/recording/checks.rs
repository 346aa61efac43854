//! Comparing the states of a run that is trained again with those that its recording names.

use gan_core::checkpoints::Checkpoints;
use gan_core::{Checkpoint, StateHash};
use serde::{Deserialize, Serialize};

use super::MOST_CHECKPOINTS;

/// A state has another name than the recording says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Completed epochs.
    pub epoch: u64,
    /// The recording's hash.
    pub expected: StateHash,
    /// The replay's.
    pub got: StateHash,
}

/// The result of comparing so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// States found to be the same.
    pub verified: usize,
    /// States that the recording names.
    pub named: usize,
    /// The first state that was another.
    pub difference: Option<Difference>,
}

/// The names of a recording's states, and which of them were found.
#[derive(Clone, Debug)]
pub struct Checks {
    checkpoints: Checkpoints<MOST_CHECKPOINTS>,
    verified: usize,
    difference: Option<Difference>,
}

impl Checks {
    /// Nothing compared yet.
    #[must_use]
    pub const fn new(checkpoints: Checkpoints<MOST_CHECKPOINTS>) -> Self {
        Self {
            checkpoints,
            verified: 0,
            difference: None,
        }
    }

    /// The states that the recording names.
    #[must_use]
    pub const fn checkpoints(&self) -> &Checkpoints<MOST_CHECKPOINTS> {
        &self.checkpoints
    }

    /// The next epoch whose state is to be compared; none once one was another, as all later ones are.
    #[must_use]
    pub fn due(&self) -> Option<u64> {
        let next = self.checkpoints.taken().get(self.verified);
        next.filter(|_| self.difference.is_none()).map(|next| next.epoch)
    }

    /// Compares the state at the epoch that is [due](Self::due).
    pub fn verify(&mut self, got: StateHash) {
        match self.checkpoints.taken().get(self.verified) {
            Some(Checkpoint { hash, .. }) if *hash == got => self.verified += 1,
            Some(Checkpoint { epoch, hash }) => {
                self.difference.get_or_insert(Difference {
                    epoch: *epoch,
                    expected: *hash,
                    got,
                });
            }
            None => {}
        }
    }

    /// The result so far.
    #[must_use]
    pub fn verification(&self) -> Verification {
        Verification {
            verified: self.verified,
            named: self.checkpoints.taken().len(),
            difference: self.difference,
        }
    }
}
