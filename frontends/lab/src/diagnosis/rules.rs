//! One rule a word.
//!
//! A run is judged first by its samples, then by its networks: one that makes what is real is healthy. Of what ails
//! the others a cause is said before what it leads to: gradients that explode, layers that are dead, two networks that
//! chase each other (which fools D now and then), a D that is fooled for good. A run that gets better comes before those that have come to rest: with
//! modes lost, with a D that is sure, or with neither.

use gan_core::{Diverged, Network};

use super::course::{Course, Quarter};
use super::{Case, Evidence, Finding, Lost, Measure, Word, remedy, sentences};
use crate::lesson::Bound;
use crate::{Measured, Summary};

use super::thresholds::*;

/// A word and its evidence.
pub(super) struct Found {
    pub(super) word: Word,
    evidence: Vec<Evidence>,
}

impl Found {
    /// In sentences, with remedies.
    pub(super) fn finding(self, case: &Case<'_>) -> Finding {
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
    // What is right needs no physician, whatever its networks look like: where G makes what is real, the best D is
    // constant, and so may be dead (Goodfellow et al. 2014, section 4.1).
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

/// A figure that has to be so at each check of the last quarter: its greatest is.
fn at_each(
    course: &Course<'_>,
    measure: Measure,
    figure: fn(&Summary) -> Option<f32>,
    most: f64,
) -> Option<Evidence> {
    let greatest = course.greatest(|check| figure(&check.summary).map(f64::from))?;
    Evidence::over(measure, greatest, Bound::AtMost(most), course.quarter())
}

fn good(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let js = course.mean(Quarter::Last, |check| Some(check.js))?;
    if course
        .of_late(|summary| summary.lost)
        .is_some_and(|lost| lost >= LOST_MODES)
    {
        return None;
    }
    let mut evidence = vec![
        Evidence::over(
            Measure::Js,
            js,
            Bound::AtMost(course.floor + GOOD),
            course.quarter(),
        )?,
        of_late(
            course,
            Measure::Precision,
            |summary| summary.precision,
            Bound::AtLeast(GOOD_PRECISION),
        )?,
        of_late(
            course,
            Measure::Missed,
            |summary| summary.missed,
            Bound::AtMost(GOOD_MISSED),
        )?,
    ];
    // Not known where batches are so small that they say nothing of the whole.
    if let Some(distance) = course.now(|summary| summary.distance) {
        let bound = Bound::AtMost(GOOD_DISTANCE);
        evidence.push(Evidence::over(
            Measure::Distance,
            distance,
            bound,
            course.quarter(),
        )?);
    }
    Some(evidence)
}

/// A figure from the third quarter to the last one.
struct Fall {
    measure: Measure,
    /// By how much it is less.
    fell: f64,
    /// From how much on that counts.
    enough: f64,
}

impl Fall {
    /// Of a figure's means, part of which above a floor, and at least so much, has to go.
    fn of_means(
        course: &Course<'_>,
        measure: Measure,
        floor: f64,
        [part, least]: [f64; 2],
        figure: fn(&Measured) -> Option<f64>,
    ) -> Option<Self> {
        let before = course.mean(Quarter::Third, figure)?;
        Some(Self {
            measure,
            fell: before - course.mean(Quarter::Last, figure)?,
            enough: (part * (before - floor)).max(least),
        })
    }

    fn of_js(course: &Course<'_>) -> Option<Self> {
        let enough = [JS_FELL, LEAST_JS_FELL];
        Self::of_means(course, Measure::JsFell, course.floor, enough, |check| {
            Some(check.js)
        })
    }

    /// Of the share of the fakes that are not where real samples are and of the real samples that are missed, together.
    fn of_deficit(course: &Course<'_>) -> Option<Self> {
        let enough = [DEFICIT_FELL, LEAST_DEFICIT_FELL];
        Self::of_means(course, Measure::DeficitFell, 0.0, enough, |check| {
            let missed = f64::from(check.summary.missed?);
            Some(1.0 - f64::from(check.summary.precision?) + missed)
        })
    }

    /// Of the distance of fake samples as a whole, which is known at every step, and so how much it wanders.
    fn of_distance(course: &Course<'_>) -> Option<Self> {
        let distance = |summary: &Summary| summary.distance;
        let wandering = |quarter| course.at_end_of(quarter, |summary| summary.distance_deviation);
        let before = course.at_end_of(Quarter::Third, distance)?;
        let wandering = wandering(Quarter::Third)?.max(wandering(Quarter::Last)?);
        Some(Self {
            measure: Measure::DistanceFell,
            fell: before - course.at_end_of(Quarter::Last, distance)?,
            enough: (DISTANCE_FELL * before)
                .max(LEAST_DISTANCE_FELL)
                .max(DEVIATIONS_FELL * wandering),
        })
    }

    fn rose(&self) -> bool {
        self.fell <= -ROSE * self.enough
    }

    fn evidence(&self, course: &Course<'_>) -> Option<Evidence> {
        Evidence::over(
            self.measure,
            self.fell,
            Bound::AtLeast(self.enough),
            course.quarter(),
        )
    }
}

fn improving(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let distance = Fall::of_distance(course);
    let others = [Fall::of_js(course), Fall::of_deficit(course)];
    // What is measured at a few checks may rise by chance.
    let rose = match &distance {
        Some(distance) => distance.rose(),
        None => others.iter().flatten().any(Fall::rose),
    };
    let falls = others.iter().chain([&distance]).flatten();
    match rose {
        true => None,
        false => some_of(falls.filter_map(|fall| fall.evidence(course))),
    }
}

fn exploding(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let norm = |measure, figure: fn(&Summary) -> Option<f32>| {
        Evidence::over(
            measure,
            course.now(figure)?,
            Bound::Above(EXPLODING),
            course.quarter(),
        )
    };
    let all = [
        norm(Measure::GeneratorGradient, |summary| {
            summary.generator_gradient_median
        }),
        norm(Measure::DiscriminatorGradient, |summary| {
            summary.discriminator_gradient_median
        }),
    ];
    some_of(all.into_iter().flatten())
}

fn dead(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let both = |dead: Option<Evidence>, constant: Option<Evidence>| Some([dead?, constant?]);
    let least = Bound::AtLeast(DEAD);
    let generator = both(
        of_late(
            course,
            Measure::GeneratorDead,
            |summary| summary.generator_dead_layer,
            least,
        ),
        at_each(course, Measure::Spread, |summary| summary.spread, POINT),
    );
    let discriminator = both(
        of_late(
            course,
            Measure::DiscriminatorDead,
            |summary| summary.discriminator_dead_layer,
            least,
        ),
        at_each(
            course,
            Measure::Range,
            |summary| summary.discriminator_range,
            SAME,
        ),
    );
    some_of([generator, discriminator].into_iter().flatten().flatten())
}

fn fooled(course: &Course<'_>) -> Option<Vec<Evidence>> {
    Some(vec![
        of_late(
            course,
            Measure::Fooled,
            |summary| summary.fooled,
            Bound::AtLeast(FOOLED),
        )?,
        // One that says the same of all prefers nothing.
        differing(course)?,
        of_late(
            course,
            Measure::Precision,
            |summary| summary.precision,
            Bound::Below(PRECISE),
        )?,
    ])
}

/// D says one thing of some samples, and another of others.
fn differing(course: &Course<'_>) -> Option<Evidence> {
    of_late(
        course,
        Measure::Range,
        |summary| summary.discriminator_range,
        Bound::Above(SAME),
    )
}

fn oscillation(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let half = 2 * course.quarter();
    let now = |measure, figure: fn(&Summary) -> Option<f32>, least, epochs| {
        Evidence::over(measure, course.now(figure)?, Bound::AtLeast(least), epochs)
    };
    let mut evidence = vec![
        now(Measure::Swings, |summary| summary.swings, SWINGS, half)?,
        now(
            Measure::LateSwings,
            |summary| summary.late_swings,
            LATE_SWINGS,
            course.quarter(),
        )?,
        now(Measure::Turns, |summary| summary.turns, TURNS, half)?,
    ];
    let period = now(Measure::Period, |summary| summary.swing_period, PERIOD, half);
    evidence.extend(period);
    Some(evidence)
}

fn collapse(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let missed = [
        of_late(
            course,
            Measure::Lost,
            |summary| summary.lost,
            Bound::AtLeast(LOST_MODES),
        ),
        of_late(
            course,
            Measure::Missed,
            |summary| summary.missed,
            Bound::AtLeast(LOST),
        ),
    ];
    let mut evidence = some_of(missed.into_iter().flatten())?;
    evidence.push(of_late(
        course,
        Measure::Precision,
        |summary| summary.precision,
        Bound::AtLeast(PRECISE),
    )?);
    Some(evidence)
}

fn too_strong(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let mut evidence = vec![
        of_late(
            course,
            Measure::Separation,
            |summary| summary.separation,
            Bound::AtLeast(SEPARATED),
        )?,
        differing(course)?,
    ];
    // What the word is known by in books, where it is so: what a loss is depends on which, so neither is asked for.
    let loss = course.now(|summary| summary.loss_mean);
    evidence.extend(loss.and_then(|loss| {
        Evidence::over(
            Measure::DiscriminatorLoss,
            loss,
            Bound::AtMost(SURE),
            course.quarter(),
        )
    }));
    let gradient = course.now(|summary| summary.generator_gradient_median);
    evidence.extend(gradient.and_then(|norm| {
        Evidence::over(
            Measure::GeneratorGradient,
            norm,
            Bound::AtMost(VANISHING),
            course.quarter(),
        )
    }));
    Some(evidence)
}

/// What holds of a run that is none of the others.
fn stalled(course: &Course<'_>) -> Vec<Evidence> {
    let js = course.mean(Quarter::Last, |check| Some(check.js));
    let js = js.and_then(|js| Evidence::over(Measure::Js, js, Bound::Above(course.floor), course.quarter()));
    let fell = Fall::of_js(course).and_then(|fall| {
        Evidence::over(
            fall.measure,
            fall.fell,
            Bound::Below(fall.enough),
            course.quarter(),
        )
    });
    js.into_iter().chain(fell).collect()
}

fn some_of(all: impl Iterator<Item = Evidence>) -> Option<Vec<Evidence>> {
    let some: Vec<Evidence> = all.collect();
    (!some.is_empty()).then_some(some)
}

/// What is lost of the target.
fn lost(case: &Case<'_>) -> Vec<Lost> {
    if let Some(modes) = &case.measures.modes {
        let all = case.configuration.target.modes().iter().zip(modes.covered());
        // Modes that get something, but far less than is due to them, are nearly lost.
        return all
            .filter(|(_, covered)| !covered)
            .map(|(mode, _)| Lost {
                centre: mode.centre,
                deviations: mode.deviations,
            })
            .collect();
    }
    let regions = case.measures.reach.iter().flat_map(|reach| &reach.regions);
    regions
        .map(|region| Lost {
            centre: region.centre,
            deviations: [region.scatter; 2],
        })
        .collect()
}

/// Which network a word is about, to say it at its side of the graph.
#[must_use]
pub(super) const fn network_of(measure: Measure) -> Option<Network> {
    match measure {
        Measure::GeneratorDead | Measure::GeneratorGradient => Some(Network::Generator),
        Measure::DiscriminatorDead | Measure::DiscriminatorGradient | Measure::DiscriminatorLoss => {
            Some(Network::Discriminator)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
