//! Whether a recorded run is what the pages told about it claim.
//!
//! The run is trained again, measured at the epochs at which [`Inline`](crate::Inline) measures, so that
//! what is judged is what a learner sees who lets the recording play. A claim of the run beside it is
//! judged of the same run with the one difference. Where no claim looks back, only the checks of a diagnosis are
//! measured on the way. Of a run that diverged on its way, what is said of it can be
//! claimed, and no figure.

use std::fmt;

use gan_core::{Checkpoints, Profile, StateHash};

use super::{Condition, Reading};
use crate::checks::diagnosis::schedule;
use crate::recording::narration::Stand;
use crate::recording::{OtherProfile, Replay, Stopped};
use crate::run::watch::{Extent, Rhythm, Watch};
use crate::{Recording, Setting, Snapshot};

/// A page's claim, and what is so.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The page's number, from 1.
    pub page: usize,
    /// The page's title.
    pub title: String,
    /// The epoch of the claim.
    pub epoch: u64,
    /// The run that the claim is about.
    pub of: Claimed,
    /// The claim itself.
    pub claim: Condition,
    /// The run's own figure or word, which the claim is compared with.
    pub reading: Option<Reading>,
    /// Whether it is so.
    pub holds: bool,
    /// The state it was judged of.
    pub hash: StateHash,
}

/// Whom a claim is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// The recorded run.
    Recorded,
    /// The run beside it.
    Beside,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let beside = match self.of {
            Claimed::Recorded => "",
            Claimed::Beside => " of the run beside it",
        };
        let Self {
            page,
            title,
            epoch,
            claim,
            ..
        } = self;
        write!(
            f,
            "page {page} ('{title}') claims{beside} at epoch {epoch} '{claim}', which "
        )?;
        match (self.holds, self.reading) {
            (true, _) => write!(f, "holds"),
            (false, Some(reading)) => write!(f, "does not hold: it is {reading}"),
            (false, None) => write!(f, "does not hold: there is nothing to compare"),
        }
    }
}

/// No verdict could be reached.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotExamined {
    /// It was recorded with other arithmetic.
    #[error(transparent)]
    OtherProfile(#[from] OtherProfile),
    /// The run cannot be trained as far again.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// All claims of a recording's pages up to an epoch, in the pages' order; none of a plain recording,
/// which is not trained then.
pub fn examine<P: Profile>(recording: &Recording, to: u64) -> Result<Vec<Verdict>, NotExamined> {
    let mut verdicts = Vec::new();
    let mut recorded: Option<Watched<P>> = None;
    for (index, page) in recording.narration.pages.iter().enumerate() {
        let Some(Stand {
            epoch, holds, beside, ..
        }) = page.stand.as_ref().filter(|stand| stand.epoch <= to)
        else {
            continue;
        };
        let is_there = |snapshot: &Snapshot, claim: &Condition| {
            snapshot.epoch == *epoch || matches!(claim, Condition::Diagnosis(..))
        };
        let verdict = |of, claim: &Condition, snapshot: &Snapshot, hash| Verdict {
            page: index + 1,
            title: page.title.clone(),
            epoch: *epoch,
            of,
            claim: *claim,
            reading: Some(claim)
                .filter(|claim| is_there(snapshot, claim))
                .and_then(|claim| claim.reading(snapshot, *epoch)),
            holds: is_there(snapshot, claim) && claim.holds(snapshot, *epoch),
            hash,
        };
        if !holds.is_empty() {
            let kept = recorded.take().filter(|run| run.epoch() <= *epoch);
            let begin = || Watched::new(recording.clone(), first_needed(recording));
            let run = recorded.insert(kept.map_or_else(begin, Ok)?);
            let (snapshot, hash) = run.judged_at(*epoch)?;
            let claims = holds.iter();
            verdicts.extend(claims.map(|claim| verdict(Claimed::Recorded, claim, &snapshot, hash)));
        }
        if let Some(beside) = beside
            && !beside.holds.is_empty()
        {
            let other = differing(recording, beside.difference);
            let mut run = Watched::<P>::new(other, first_of(*epoch, &beside.holds))?;
            let (snapshot, hash) = run.judged_at(*epoch)?;
            let claims = beside.holds.iter();
            verdicts.extend(claims.map(|claim| verdict(Claimed::Beside, claim, &snapshot, hash)));
        }
    }
    Ok(verdicts)
}

/// The first epoch that a claim of the recorded run looks back to.
fn first_needed(recording: &Recording) -> u64 {
    let stands = recording
        .narration
        .pages
        .iter()
        .filter_map(|page| page.stand.as_ref());
    let first = stands.map(|stand| first_of(stand.epoch, &stand.holds)).min();
    first.unwrap_or(0)
}

/// The first epoch that claims made at an epoch look back to.
fn first_of(epoch: u64, claims: &[Condition]) -> u64 {
    let longest = claims.iter().map(Condition::epochs).max().unwrap_or(0);
    epoch.saturating_sub(longest)
}

/// The recording of the same seed and commands with one difference from its beginning; its states have
/// other names, which nobody wrote down.
#[must_use]
pub fn differing(recording: &Recording, difference: Setting) -> Recording {
    let configuration = difference.applied_to(*recording.experiment.configuration());
    let experiment = recording.experiment.with_configuration(configuration);
    Recording {
        experiment: experiment.expect("a drawn target keeps its points"),
        checkpoints: Checkpoints::new(),
        ..recording.clone()
    }
}

/// A replay that is measured from an epoch on, and checked before that.
struct Watched<P> {
    from: u64,
    replay: Replay<P>,
    watch: Watch,
}

impl<P: Profile> Watched<P> {
    fn new(recording: Recording, from: u64) -> Result<Self, OtherProfile> {
        let replay = Replay::new(recording)?;
        let watch = Watch::new(&replay.trainer().state(), Rhythm::Regular);
        Ok(Self { from, replay, watch })
    }

    fn epoch(&self) -> u64 {
        self.replay.trainer().gan().epoch()
    }

    /// The run when so many epochs are completed, no fewer than are now, or where it diverged before; and its state.
    fn judged_at(&mut self, end: u64) -> Result<(Snapshot, StateHash), Stopped> {
        match self.run_to(end) {
            Ok(()) | Err(Stopped::Diverged(_)) => {}
            Err(differs @ Stopped::Differs(_)) => return Err(differs),
        }
        let state = self.replay.trainer().state();
        self.watch.measure(&state, Extent::All);
        let heatmaps = self.watch.heatmaps_asked(&state);
        let hash = self.replay.trainer().gan().state_hash();
        Ok((self.watch.snapshot(state, None, heatmaps), hash))
    }

    fn run_to(&mut self, end: u64) -> Result<(), Stopped> {
        while self.epoch() < end {
            let now = self.epoch();
            let wanted = self.watch.due().max(self.from).max(now + 1);
            self.replay
                .run_to(wanted.min(schedule::next_glance(now)).min(end))?;
            let state = self.replay.trainer().state();
            match (schedule::is_due(self.epoch()), self.epoch() == wanted) {
                (true, _) => self.watch.measure(&state, Extent::All),
                (false, true) => self.watch.measure(&state, Extent::Divergences),
                (false, false) => self.watch.look(&state),
            }
        }
        Ok(())
    }
}
