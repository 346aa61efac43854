//! One rule a word, in the order in which they are asked about.
//!
//! A run is judged first by its samples: one that converged is healthy, whatever its networks look like, as the best D
//! beside a perfect G is constant (Goodfellow et al. 2014, section 4.1). Then by its networks, a cause before its
//! effects: gradients that explode, layers that are dead, two networks that chase each other, a D that sees nothing or
//! is fooled. Those do not matter where the samples are fair. Nothing that lost a mode is called healthy, so collapse
//! is asked about before whether the run still improves. One that does not is held back by a D that is sure, or has
//! settled. Where nothing of that can be known, it is too early.
//! [`samples`] has the rules about samples, [`networks`] those about the two that make and judge them,
//! [`super::outlook`] says whether they get better.

use gan_core::{Configuration, Diverged};

use super::course::{Course, Quarter};
use super::outlook::Outlook;
use super::thresholds::{BEGUN, EARLY, LOOKS};
use super::{DiagnosisInput, Evidence, Finding, Measure, Word, remedy, sentences};
use crate::lesson::Bound;
use crate::{Glance, Summary};

mod networks;
mod samples;

use networks::{blind, dead, exploding, flipping, fooled, oscillation, too_strong};
use samples::{collapse, converged, fair, js, too_close, whole};

/// A word and its evidence.
pub(super) struct Found {
    pub(super) word: Word,
    evidence: Vec<Evidence>,
}

impl Found {
    /// In sentences, with remedies.
    pub(super) fn finding(self, course: &Course<'_>, case: &DiagnosisInput<'_>) -> Finding {
        let lost = match self.word {
            Word::ModeCollapse => case.measures.lost.clone(),
            _ => Vec::new(),
        };
        Finding {
            sentence: sentences::of(self.word, &self.evidence, &lost, course, case),
            remedies: remedy::of(self.word, &self.evidence, case.configuration),
            word: self.word,
            evidence: self.evidence,
            lost,
        }
    }
}

/// The first word that holds.
pub(super) fn apply(course: &Course<'_>, configuration: &Configuration, diverged: Option<Diverged>) -> Found {
    let found = |word| move |evidence| Found { word, evidence };
    if diverged.is_some() {
        let evidence = Evidence::now(Measure::Epoch, course.epoch() as f64, Bound::AtLeast(0.0));
        return found(Word::Diverged)(evidence.into_iter().collect());
    }
    if [Quarter::Third, Quarter::Last]
        .into_iter()
        .any(|quarter| course.looks(quarter) < LOOKS)
    {
        return found(Word::TooEarly)(Vec::new());
    }
    let outlook = Outlook::of(course, configuration);
    let is_fair = fair(course);
    let flipping = flipping(course);
    let (same, rests) = match &outlook {
        Outlook::Rests(evidence) => (Some(evidence), true),
        Outlook::Same(evidence) => (Some(evidence), false),
        Outlook::Better(_) | Outlook::Open => (None, false),
    };
    if let Some(mut evidence) = converged(course, rests)
        && !matches!(outlook, Outlook::Better(_))
        && flipping.is_none()
    {
        evidence.extend(same.into_iter().flatten());
        return found(Word::Converged)(evidence);
    }
    let unless_fair = |evidence: Option<Vec<Evidence>>| evidence.filter(|_| !is_fair);
    let ailments = [
        (Word::ExplodingGradients, unless_fair(exploding(course))),
        (Word::DeadUnits, unless_fair(dead(course))),
        (Word::Oscillation, flipping.or_else(|| oscillation(course))),
        (Word::BlindDiscriminator, blind(course, is_fair)),
        (Word::FooledDiscriminator, unless_fair(fooled(course))),
        (Word::ModeCollapse, collapse(course)),
    ];
    // A beginning is no ailment.
    if course.epoch() >= EARLY
        && let Some(ailment) = ailments
            .into_iter()
            .find_map(|(word, evidence)| evidence.map(found(word)))
    {
        return ailment;
    }
    let js = || js(course).into_iter();
    match outlook {
        Outlook::Better(evidence) if whole(course) => found(Word::Improving)(evidence),
        Outlook::Better(_) | Outlook::Open => match too_strong(course) {
            Some(evidence) if !is_fair && course.epoch() >= EARLY => {
                found(Word::DiscriminatorTooStrong)(evidence)
            }
            _ => found(Word::TooEarly)(js().collect()),
        },
        Outlook::Same(evidence) | Outlook::Rests(evidence) => match too_strong(course) {
            Some(evidence) if !is_fair => found(Word::DiscriminatorTooStrong)(evidence),
            _ if (!rests && course.epoch() < BEGUN) || too_close(course) => {
                found(Word::TooEarly)(js().chain(evidence).collect())
            }
            _ => found(Word::Settled)(js().chain(evidence).collect()),
        },
    }
}

/// A figure of the checks of the last quarter, on average.
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
