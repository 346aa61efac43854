//! What is going wrong, in words: from a run's measures to a sentence, what it rests on, and what helps.
//!
//! A diagnosis is a function of the configuration and of what was measured, and of nothing else: not of how often
//! somebody looked, as it asks for what was so in the last so many *epochs*, nor of time or chance. So a run that is
//! trained again is diagnosed alike. `rules` has one rule a word, [`thresholds`] what it asks for and where that is from;
//! several words may hold, and [`Word`]'s order says which comes first; [`remedy`] has what the literature advises.
//!
//! What is measured of a run now and then is a *check*: a [`Measured`] with a [`Summary`](crate::Summary).

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
pub struct Case<'a> {
    /// The hyper-parameters now.
    pub configuration: &'a Configuration,
    /// What was measured so far, oldest first; of it the checks count.
    pub history: &'a [Measured],
    /// What was glanced at so far, oldest first.
    pub glances: &'a [Glance],
    /// What was measured last; counts where it is later than all the history.
    pub now: &'a Measured,
    /// All measures of then.
    pub measures: &'a Measures,
    /// How far two real sets are apart.
    pub floor: Divergence,
    /// Whether training stopped for good.
    pub diverged: Option<Diverged>,
}

/// What is the matter with a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// After so many epochs.
    pub epoch: u64,
    /// At each check from this epoch on the word was the same.
    pub since: u64,
    /// What was found, the first first; never nothing.
    findings: Vec<Finding>,
}

/// One word, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The word.
    pub word: Word,
    /// What a beginner reads: `Mode collapse: 3 of 8 modes are lost.`
    pub sentence: String,
    /// What it rests on; all of it holds.
    pub evidence: Vec<Evidence>,
    /// With mode collapse: what is lost of the target.
    pub lost: Vec<Lost>,
    /// What the literature suggests and this run does not do yet, the likeliest first.
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
    /// Of a run.
    #[must_use]
    pub fn of(case: &Case<'_>) -> Self {
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

    /// Of what was found elsewhere, the first first; `None` of nothing.
    #[must_use]
    pub fn of_findings(epoch: u64, since: u64, findings: Vec<Finding>) -> Option<Self> {
        (!findings.is_empty()).then_some(Self {
            epoch,
            since,
            findings,
        })
    }

    /// What is said first.
    #[must_use]
    pub fn first(&self) -> &Finding {
        &self.findings[0]
    }

    /// What holds besides.
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
