//! Diagnosis in words: from a run's measures to a sentence, its evidence and its remedies.
//!
//! A diagnosis is a function of the configuration and the measurements, and of nothing else. It
//! does not depend on how often somebody looked, as it asks about the last so many *epochs*, nor on
//! time or chance. So a run that is trained again gets the same diagnosis. `rules` has one rule for
//! each word, asked in their order, and the first that holds is the verdict; [`thresholds`] has the bounds and their
//! sources, `outlook` says whether the run gets better. [`remedy`] has what may help.
//!
//! A *check* is a fuller measurement, made now and then: a [`Measured`] with a
//! [`Summary`](crate::Summary).

mod course;
pub mod evidence;
mod outlook;
pub mod remedy;
mod rules;
pub mod schedule;
mod sentences;
pub mod thresholds;
pub mod word;

use gan_core::{Configuration, Diverged};

use crate::{Glance, Measured, Measures};

pub use crate::checks::lost::Lost;
pub use evidence::{Evidence, Measure};
pub use remedy::{Cure, Remedy};
pub use word::{Health, NoWord, Word};

use course::Course;

/// All that a diagnosis looks at.
#[derive(Clone, Copy, Debug)]
pub struct DiagnosisInput<'a> {
    /// The hyper-parameters now.
    pub configuration: &'a Configuration,
    /// Measurements so far, oldest first; only the checks among them count.
    pub history: &'a [Measured],
    /// Glances so far, oldest first.
    pub glances: &'a [Glance],
    /// The latest measurement; counts where it is later than all the history.
    pub now: &'a Measured,
    /// All measures at that latest measurement.
    pub measures: &'a Measures,
    /// How far two real sets are apart.
    pub floor: Floor,
    /// Whether training stopped for good.
    pub diverged: Option<Diverged>,
}

/// How far two real sets of as many samples as are weighed are apart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Floor {
    /// Jensen–Shannon divergence in bits.
    pub js: f64,
    /// Sliced Wasserstein distance; `None` where there is none of these sets.
    pub wasserstein: Option<f64>,
}

/// A run's diagnosis.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// After so many epochs.
    pub epoch: u64,
    /// At each check from this epoch on the word was the same.
    pub since: u64,
    /// The word, and why.
    pub finding: Finding,
}

/// A word, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The word.
    pub word: Word,
    /// The sentence that a beginner reads: `Mode collapse: 3 of 8 modes are lost.`
    pub sentence: String,
    /// Evidence for the word; all of it holds.
    pub evidence: Vec<Evidence>,
    /// With mode collapse: the parts of the target that are lost.
    pub lost: Vec<Lost>,
    /// Remedies that the literature suggests and this run does not use yet, the likeliest first.
    pub remedies: Vec<Remedy>,
}

impl Diagnosis {
    /// Diagnoses a run.
    #[must_use]
    pub fn of(case: &DiagnosisInput<'_>) -> Self {
        let last = Glance {
            epoch: case.now.epoch,
            ..case.measures.glance
        };
        let course = Course::of(case.history, case.glances, (case.now, last), case.floor);
        let found = rules::apply(&course, case.configuration, case.diverged);
        Self {
            epoch: course.epoch(),
            since: since(&course, case.configuration, found.word),
            finding: found.finding(&course, case),
        }
    }

    /// The word.
    #[must_use]
    pub const fn word(&self) -> Word {
        self.finding.word
    }
}

/// The first check of those, without a gap up to now, at which the word was the same.
fn since(course: &Course<'_>, configuration: &Configuration, word: Word) -> u64 {
    let mut since = course.epoch();
    if word == Word::Diverged {
        return since;
    }
    for earlier in course.earlier() {
        if rules::apply(&earlier, configuration, None).word != word {
            break;
        }
        since = earlier.epoch();
    }
    since
}
