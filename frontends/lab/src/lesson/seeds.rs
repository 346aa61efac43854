//! How often it goes as a page says: the lesson's claims, of other seeds.
//!
//! A recording shows one run, and one run proves nothing. So a page may say of how many of [`SEEDS`] seeds its claims
//! hold, all of them together; those seeds are always the same, and with them so is the number.

use std::ops::RangeInclusive;

use gan_core::Checkpoints;

use crate::Recording;

/// The seeds that claims are counted over.
pub const SEEDS: RangeInclusive<u64> = 1..=32;

/// The same recording with another seed; its states have other names, which nobody wrote down. The
/// recorded actions are done to it too.
#[must_use]
pub fn of_seed(recording: &Recording, seed: u64) -> Recording {
    Recording {
        experiment: recording.experiment.with_seed(seed),
        checkpoints: Checkpoints::new(),
        ..recording.clone()
    }
}
