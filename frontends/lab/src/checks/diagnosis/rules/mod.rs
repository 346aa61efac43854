//! One rule a word.
//!
//! A run is judged first by its samples, then by its networks. A run whose samples are real is
//! healthy. Among the problems of the others, a cause comes before its effects: gradients that
//! explode, layers that are dead, two networks that chase each other (which fools D now and then),
//! a D that is fooled for good. A run that gets better comes before those that have come to rest:
//! with modes lost, with a D that is sure, or with neither.
//! [`samples`] has the rules about samples, [`networks`] those about the two that make and judge them.
//!
//! Health is asked about first, since the best D beside a good G is constant.

use gan_core::Diverged;

use super::course::{Course, Quarter};
use super::thresholds::EARLY;
use super::{DiagnosisInput, Evidence, Finding, Measure, Word, remedy, sentences};
use crate::lesson::Bound;
use crate::{Glance, Summary};

mod networks;
mod samples;

use networks::{dead, exploding, fooled, oscillation, too_strong};
use samples::{collapse, good, improving, lost, stalled};

/// A word and its evidence.
pub(super) struct Found {
    pub(super) word: Word,
    evidence: Vec<Evidence>,
}

impl Found {
    /// In sentences, with remedies.
    pub(super) fn finding(self, case: &DiagnosisInput<'_>) -> Finding {
        let lost = match self.word {
            Word::ModeCollapse => lost(case),
            _ => Vec::new(),
        };
        Finding {
            sentence: sentences::of(self.word, &self.evidence, &lost, case),
            remedies: remedy::of(self.word, case.configuration),
            word: self.word,
            evidence: self.evidence,
            lost,
        }
    }
}

/// All words that hold, in their order; never none.
pub(super) fn apply(course: &Course<'_>, diverged: Option<Diverged>) -> Vec<Found> {
    let one = |word, evidence: Vec<Evidence>| vec![Found { word, evidence }];
    let epoch = course.epoch() as f64;
    if diverged.is_some() {
        let evidence = Evidence::now(Measure::Epoch, epoch, Bound::AtLeast(0.0));
        return one(Word::Diverged, evidence.into_iter().collect());
    }
    if let Some(early) = Evidence::now(Measure::Epoch, epoch, Bound::Below(EARLY)) {
        return one(Word::TooEarly, vec![early]);
    }
    // A run whose samples are right needs no remedy, whatever its networks look like: where G's
    // samples match the real ones, the best D is constant, and so may be dead (Goodfellow et al.
    // 2014, section 4.1).
    let improving = improving(course);
    if let Some(mut good) = good(course) {
        return match improving {
            Some(improving) => {
                good.extend(improving);
                one(Word::Improving, good)
            }
            None => one(Word::Converged, good),
        };
    }
    let found = [
        (Word::ExplodingGradients, exploding(course)),
        (Word::DeadUnits, dead(course)),
        (Word::Oscillation, oscillation(course)),
        (Word::FooledDiscriminator, fooled(course)),
        (Word::Improving, improving),
        (Word::ModeCollapse, collapse(course)),
        (Word::DiscriminatorTooStrong, too_strong(course)),
    ];
    let all: Vec<Found> = found
        .into_iter()
        .filter_map(|(word, evidence)| evidence.map(|evidence| Found { word, evidence }))
        .collect();
    match all.is_empty() {
        true => one(Word::Stalled, stalled(course)),
        false => all,
    }
}

/// A figure of the last quarter, on average.
fn of_late(
    course: &Course<'_>,
    measure: Measure,
    figure: fn(&Summary) -> Option<f32>,
    bound: Bound,
) -> Option<Evidence> {
    Evidence::over(measure, course.of_late(figure)?, bound, course.quarter())
}

/// The mean of a figure over the glances of the last quarter.
fn glanced(
    course: &Course<'_>,
    measure: Measure,
    figure: fn(&Glance) -> Option<f32>,
    bound: Bound,
) -> Option<Evidence> {
    Evidence::over(measure, course.glanced_of_late(figure)?, bound, course.quarter())
}

/// A figure that has to be so at each glance of the last quarter: its greatest is.
fn at_each(
    course: &Course<'_>,
    measure: Measure,
    figure: fn(&Glance) -> Option<f32>,
    most: f64,
) -> Option<Evidence> {
    let known = course.glanced(Quarter::Last, figure);
    let greatest = known.into_iter().reduce(f64::max)?;
    Evidence::over(measure, greatest, Bound::AtMost(most), course.quarter())
}

fn some_of(all: impl Iterator<Item = Evidence>) -> Option<Vec<Evidence>> {
    let some: Vec<Evidence> = all.collect();
    (!some.is_empty()).then_some(some)
}

#[cfg(test)]
mod tests;
