//! Diagnosis in words: from a run's measures to a sentence, its evidence and its remedies.
//!
//! A diagnosis is a function of the configuration and the measurements, and of nothing else. It
//! does not depend on how often somebody looked, as it asks about the last so many *epochs*, nor on
//! time or chance. So a run that is trained again gets the same diagnosis. `rules` has one rule for
//! each word; [`thresholds`] has the bounds and their sources. Several words may hold, and the
//! order of [`Word`] says which comes first. [`remedy`] has the literature's advice.
//!
//! A *check* is a fuller measurement, made now and then: a [`Measured`] with a
//! [`Summary`](crate::Summary).

mod course;
pub mod evidence;
pub mod remedy;
mod rules;
pub mod schedule;
mod sentences;
pub mod thresholds;
pub mod word;

use gan_core::{Configuration, Diverged};

use crate::{Divergence, Glance, Measured, Measures};

pub use evidence::{Evidence, Measure};
pub use remedy::Remedy;
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
    pub floor: Divergence,
    /// Whether training stopped for good.
    pub diverged: Option<Diverged>,
}

/// A run's diagnosis: one or more findings, the most important first.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// After so many epochs.
    pub epoch: u64,
    /// At each check from this epoch on the word was the same.
    pub since: u64,
    /// Findings, the most important first; never empty.
    findings: Vec<Finding>,
}

/// One word, and why.
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

/// A part of the target that fake samples miss: a mode, or of a target that has none one of the real set's bins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lost {
    /// Its middle, `[x, y]`.
    pub centre: [f64; 2],
    /// Standard deviations along x and y.
    pub deviations: [f64; 2],
}

impl Diagnosis {
    /// Diagnoses a run.
    #[must_use]
    pub fn of(case: &DiagnosisInput<'_>) -> Self {
        let last = Glance {
            epoch: case.now.epoch,
            ..case.measures.glance
        };
        let course = Course::of(case.history, case.glances, (case.now, last), case.floor.js);
        let found = rules::apply(&course, case.diverged);
        let word = found[0].word;
        let findings = found.into_iter().map(|found| found.finding(case)).collect();
        Self {
            epoch: course.epoch(),
            since: since(&course, word),
            findings,
        }
    }

    /// Makes a diagnosis of findings made elsewhere, the most important first; `None` without any.
    #[must_use]
    pub fn of_findings(epoch: u64, since: u64, findings: Vec<Finding>) -> Option<Self> {
        (!findings.is_empty()).then_some(Self {
            epoch,
            since,
            findings,
        })
    }

    /// The most important finding.
    #[must_use]
    pub fn first(&self) -> &Finding {
        &self.findings[0]
    }

    /// The other findings.
    #[must_use]
    pub fn others(&self) -> &[Finding] {
        &self.findings[1..]
    }

    /// The first word.
    #[must_use]
    pub fn word(&self) -> Word {
        self.first().word
    }
}

/// The first check of those, without a gap up to now, at which the word was the same.
fn since(course: &Course<'_>, word: Word) -> u64 {
    let mut since = course.epoch();
    if word == Word::Diverged {
        return since;
    }
    for earlier in course.earlier() {
        let found = rules::apply(&earlier, None);
        if found[0].word != word {
            break;
        }
        since = earlier.epoch();
    }
    since
}
