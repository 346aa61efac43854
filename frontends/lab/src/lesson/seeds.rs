//! How often it goes as a page says: the lesson's claims, of other seeds.
//!
//! A recording shows one run, and one run proves nothing. So a page may say of how many of [`SEEDS`] seeds its claims
//! hold, all of them together; those seeds are always the same, and with them so is the number.

use std::ops::RangeInclusive;

use gan_core::{Checkpoints, Profile};
use rayon::prelude::*;

use super::examination::{NotExamined, Verdict, examine};
use crate::Recording;

/// The seeds that claims are counted over.
pub const SEEDS: RangeInclusive<u64> = 1..=32;

/// Of each page that claims something of an epoch, with how many of [`SEEDS`] all that it claims holds; `None` of
/// the others. What was done to the recorded run is done to each.
pub fn over_seeds<P: Profile>(recording: &Recording) -> Result<Vec<Option<u32>>, NotExamined> {
    let runs: Vec<u64> = SEEDS.collect();
    let verdicts: Vec<_> = runs
        .into_par_iter()
        .map(|seed| examine::<P>(&of_seed(recording, seed), u64::MAX))
        .collect::<Result<_, _>>()?;
    let pages = recording.narration.pages.iter().zip(1..);
    let holds = |number| {
        move |verdicts: &&Vec<Verdict>| {
            let mut of_page = verdicts.iter().filter(|verdict| verdict.page == number);
            of_page.all(|verdict| verdict.holds)
        }
    };
    let counts = pages.map(|(page, number)| {
        let claims = page.stand.as_ref().is_some_and(|stand| stand.claims());
        claims.then(|| verdicts.iter().filter(holds(number)).count() as u32)
    });
    Ok(counts.collect())
}

/// The same with another seed; its states have other names, which nobody wrote down.
#[must_use]
pub fn of_seed(recording: &Recording, seed: u64) -> Recording {
    Recording {
        experiment: recording.experiment.with_seed(seed),
        checkpoints: Checkpoints::new(),
        ..recording.clone()
    }
}
