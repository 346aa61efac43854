//! One rule a word.

use gan_core::{Configuration, Diverged, Network};

use super::course::Course;
use super::{Case, Evidence, Finding, Lost, Measure, Word, remedy, sentences};
use crate::Summary;
use crate::lesson::Bound;

/// Where words begin.
pub mod thresholds {
    /// Epochs before which nothing is told but that a run diverged or exploded.
    pub const EARLY: f64 = 500.0;
    /// Norm of a gradient above which it explodes.
    pub const EXPLODING: f64 = 100.0;
    /// Share of a layer's units that are dead.
    pub const DEAD: f64 = 0.9;
    /// Share of pairs that a too strong D has in the right order.
    pub const SEPARATED: f64 = 0.99;
    /// D's loss, when it is too strong.
    pub const SURE: f64 = 0.1;
    /// Share of the real samples that are missed when fakes are far from them.
    pub const FAR: f64 = 0.5;
    /// Share of pairs that a fooled D has in the right order.
    pub const FOOLED: f64 = 0.5;
    /// Swings of an oscillation in the later half of a run.
    pub const SWINGS: f64 = 6.0;
    /// Turns of an oscillation.
    pub const TURNS: f64 = 4.0;
    /// Share of the real samples that are missed when modes are lost.
    pub const LOST: f64 = 0.1;
    /// Share of the fakes that lie where real samples do, when modes are lost but the rest is learnt.
    pub const PRECISE: f64 = 0.5;
    /// JS above its floor, in bits, up to which a run is as good as it gets.
    pub const GOOD: f64 = 0.1;
    /// How much JS has to fall, in bits, to be improving.
    pub const FALLING: f64 = 0.01;
}

use thresholds::*;

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
pub(super) fn apply(
    configuration: &Configuration,
    course: &Course<'_>,
    diverged: Option<Diverged>,
) -> Vec<Found> {
    let epoch = course.epoch() as f64;
    let found = |word, evidence: Option<Vec<Evidence>>| evidence.map(|evidence| Found { word, evidence });
    if diverged.is_some() {
        let evidence = Evidence::now(Measure::Epoch, epoch, Bound::AtLeast(0.0));
        return vec![Found {
            word: Word::Diverged,
            evidence: evidence.into_iter().collect(),
        }];
    }
    let early = Evidence::now(Measure::Epoch, epoch, Bound::Below(EARLY));
    if let Some(early) = early {
        return vec![Found {
            word: Word::TooEarly,
            evidence: vec![early],
        }];
    }
    let mut all: Vec<Found> = [
        found(Word::ExplodingGradients, exploding(course)),
        found(Word::DeadUnits, dead(course)),
        found(Word::DiscriminatorTooStrong, too_strong(configuration, course)),
        found(Word::FooledDiscriminator, fooled(course)),
        found(Word::Oscillation, oscillation(course)),
        found(Word::ModeCollapse, collapse(course)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if all.is_empty() {
        all.push(how_it_goes(course));
    }
    all
}

fn exploding(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let norm = |measure, figure: fn(&Summary) -> Option<f32>| {
        Evidence::now(measure, course.now(figure)?, Bound::Above(EXPLODING))
    };
    let all = [
        norm(Measure::GeneratorGradient, |summary| {
            summary.generator_gradient_median
        }),
        norm(Measure::DiscriminatorGradient, |summary| {
            summary.discriminator_gradient_median
        }),
    ];
    some_of(all)
}

fn dead(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let share = |measure, figure: fn(&Summary) -> Option<f32>| {
        Evidence::now(measure, course.now(figure)?, Bound::AtLeast(DEAD))
    };
    let all = [
        share(Measure::GeneratorDead, |summary| summary.generator_dead_layer),
        share(Measure::DiscriminatorDead, |summary| {
            summary.discriminator_dead_layer
        }),
    ];
    some_of(all)
}

fn too_strong(_configuration: &Configuration, course: &Course<'_>) -> Option<Vec<Evidence>> {
    Some(vec![
        Evidence::now(
            Measure::Separation,
            course.now(|summary| summary.separation)?,
            Bound::AtLeast(SEPARATED),
        )?,
        Evidence::now(
            Measure::DiscriminatorLoss,
            course.now(|summary| summary.loss_mean)?,
            Bound::AtMost(SURE),
        )?,
        Evidence::now(
            Measure::Missed,
            course.now(|summary| summary.missed)?,
            Bound::AtLeast(FAR),
        )?,
    ])
}

fn fooled(course: &Course<'_>) -> Option<Vec<Evidence>> {
    Some(vec![
        Evidence::now(
            Measure::Separation,
            course.now(|summary| summary.separation)?,
            Bound::AtMost(FOOLED),
        )?,
        Evidence::now(
            Measure::Missed,
            course.now(|summary| summary.missed)?,
            Bound::AtLeast(FAR),
        )?,
    ])
}

fn oscillation(course: &Course<'_>) -> Option<Vec<Evidence>> {
    Some(vec![
        Evidence::now(
            Measure::Swings,
            course.now(|summary| summary.swings)?,
            Bound::AtLeast(SWINGS),
        )?,
        Evidence::now(
            Measure::Turns,
            course.now(|summary| summary.turns)?,
            Bound::AtLeast(TURNS),
        )?,
    ])
}

fn collapse(course: &Course<'_>) -> Option<Vec<Evidence>> {
    Some(vec![
        Evidence::now(
            Measure::Missed,
            course.now(|summary| summary.missed)?,
            Bound::AtLeast(LOST),
        )?,
        Evidence::now(
            Measure::Precision,
            course.now(|summary| summary.precision)?,
            Bound::AtLeast(PRECISE),
        )?,
    ])
}

/// Where nothing is the matter but, perhaps, that it gets nowhere.
fn how_it_goes(course: &Course<'_>) -> Found {
    let [now, before] = course.js().unwrap_or([f64::NAN; 2]);
    let fell = Evidence::over(
        Measure::JsFell,
        before - now,
        Bound::AtLeast(FALLING),
        course.look_back(),
    );
    let good = Evidence::now(Measure::Js, now, Bound::AtMost(course.floor + GOOD));
    let (word, evidence) = match (good, fell) {
        (_, Some(fell)) => (Word::Improving, vec![fell]),
        (Some(good), None) => (Word::Converged, vec![good]),
        (None, None) => (
            Word::Stalled,
            [
                Evidence::now(Measure::Js, now, Bound::Above(course.floor + GOOD)),
                Evidence::over(
                    Measure::JsFell,
                    before - now,
                    Bound::Below(FALLING),
                    course.look_back(),
                ),
            ]
            .into_iter()
            .flatten()
            .collect(),
        ),
    };
    Found { word, evidence }
}

fn some_of<const N: usize>(all: [Option<Evidence>; N]) -> Option<Vec<Evidence>> {
    let some: Vec<Evidence> = all.into_iter().flatten().collect();
    (!some.is_empty()).then_some(some)
}

/// What is lost of the target.
fn lost(case: &Case<'_>) -> Vec<Lost> {
    if let Some(modes) = &case.measures.modes {
        let all = case.configuration.target.modes().iter().zip(modes.covered());
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
        Measure::GeneratorDead | Measure::GeneratorGradient | Measure::GeneratorLossFell => {
            Some(Network::Generator)
        }
        Measure::DiscriminatorDead | Measure::DiscriminatorGradient | Measure::DiscriminatorLoss => {
            Some(Network::Discriminator)
        }
        _ => None,
    }
}
