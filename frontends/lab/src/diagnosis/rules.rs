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

/// Where words begin. All but [`EXPLODING`](thresholds::EXPLODING) were set on the runs of `fixtures/diagnosis/train.csv`,
/// whose README says how often the words are right on runs that nobody had seen.
pub mod thresholds {
    /// Epochs before which nothing is told but that a run diverged: from then on there is a check in the quarter before.
    pub const EARLY: f64 = 750.0;
    /// Norm of a gradient above which it explodes: a hundred times what updates of GAN Lab's presets have. Pascanu et
    /// al. (2013, section 3.2) cut norms off at some tens.
    pub const EXPLODING: f64 = 100.0;
    /// Share of a layer's units that are dead. In layers of five to ten units one that lives may be left.
    pub const DEAD: f64 = 0.8;
    /// Spread of G's samples, in spreads of the real ones, below which they are one point.
    pub const POINT: f64 = 0.001;
    /// Range of D's probabilities below which it says the same of all.
    pub const SAME: f64 = 0.0025;
    /// Share of the fakes that D finds more real than half of the real samples, from which on it is fooled; ½ where
    /// it cannot tell.
    pub const FOOLED: f64 = 0.6;
    /// Share of the fakes that lie where real samples do, below which they are rubbish, and from which on what is there
    /// is learnt.
    pub const PRECISE: f64 = 0.5;
    /// Swings of an oscillation in the later half of a run: there and back four times.
    pub const SWINGS: f64 = 8.0;
    /// Of them in the last quarter: it still goes on.
    pub const LATE_SWINGS: f64 = 2.0;
    /// How often an oscillation goes as far as it gets: nearly twice there and back.
    pub const TURNS: f64 = 3.5;
    /// Share of the real samples that are missed when modes are lost.
    pub const LOST: f64 = 0.25;
    /// The same, by modes of the target.
    pub const LOST_MODES: f64 = 0.1;
    /// How well a too strong D tells samples apart.
    pub const SEPARATED: f64 = 0.95;
    /// D's loss of a D that is sure.
    pub const SURE: f64 = 0.1;
    /// Norm of G's gradient that is as good as none.
    pub const VANISHING: f64 = 0.01;
    /// Shortest period that the window knows, in epochs.
    pub const PERIOD: f64 = 80.0;
    /// JS above its floor, in bits, up to which a run is good.
    pub const GOOD: f64 = 0.45;
    /// Share of the fakes that lie where real samples do, in a good run.
    pub const GOOD_PRECISION: f64 = 0.5;
    /// Share of the real samples that a good run misses at most.
    pub const GOOD_MISSED: f64 = 0.25;
    /// How far the fakes of a good run are from the real samples as a whole, at most, in spreads of those.
    pub const GOOD_DISTANCE: f64 = 0.3;
    /// Part of that distance that has to go from one quarter to the next for a run to be getting better.
    pub const DISTANCE_FELL: f64 = 0.25;
    /// The least that has to, in spreads.
    pub const LEAST_DISTANCE_FELL: f64 = 0.02;
    /// The least that has to, in standard deviations within a quarter.
    pub const DEVIATIONS_FELL: f64 = 0.5;
    /// Part of JS above its floor that has to go.
    pub const JS_FELL: f64 = 0.1;
    /// The least that has to, in bits: about what chance makes of it.
    pub const LEAST_JS_FELL: f64 = 0.02;
    /// Part of what is imprecise and missed that has to go.
    pub const DEFICIT_FELL: f64 = 0.15;
    /// The least that has to.
    pub const LEAST_DEFICIT_FELL: f64 = 0.03;
    /// So many times what would count as a fall is a rise.
    pub const ROSE: f64 = 1.5;
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
mod tests {
    use super::*;

    /// What a good run is checked for.
    const GOOD_NOW: Summary = Summary {
        precision: Some(0.9),
        missed: Some(0.0),
        lost: Some(0.0),
        distance: Some(0.1),
        distance_deviation: Some(0.01),
        separation: Some(0.1),
        fooled: Some(0.5),
        discriminator_range: Some(0.3),
        generator_gradient_median: Some(0.1),
        discriminator_gradient_median: Some(0.1),
        generator_dead_layer: Some(0.4),
        discriminator_dead_layer: Some(0.4),
        spread: Some(1.0),
        swings: Some(0.0),
        late_swings: Some(0.0),
        turns: Some(0.0),
        ..NOTHING
    };
    const NOTHING: Summary = Summary {
        ndb: Some(0.5),
        coverage: None,
        high_quality: None,
        discriminator_gradient: None,
        generator_gradient: None,
        discriminator_moved: None,
        generator_moved: None,
        discriminator_dead: None,
        generator_dead: None,
        loss_mean: None,
        loss_variance: None,
        period: None,
        separation: None,
        fooled: None,
        discriminator_range: None,
        real_score: None,
        fake_score: None,
        missed: None,
        missed_finely: None,
        lost: None,
        precision: None,
        spread: None,
        middle: None,
        discriminator_dead_layer: None,
        generator_dead_layer: None,
        generator_gradient_median: None,
        discriminator_gradient_median: None,
        distance: None,
        distance_deviation: None,
        swings: None,
        late_swings: None,
        turns: None,
        swing_period: None,
        generator_gradient_greatest: None,
        discriminator_gradient_greatest: None,
    };
    const FLOOR: f64 = 0.01;

    fn check(epoch: u64, js: f64, summary: Summary) -> Measured {
        Measured {
            epoch,
            discriminator_loss: None,
            generator_loss: None,
            kl: 1.0,
            js,
            summary,
        }
    }

    /// The words of a run that had these figures in its third and in its last quarter.
    fn words([js_before, js]: [f64; 2], before: Summary, now: Summary) -> Vec<Word> {
        let history = [check(1_500, js_before, before), check(1_900, js, now)];
        let last = check(2_000, js, now);
        let found = apply(&Course::of(&history, &last, FLOOR), None);
        found.into_iter().map(|found| found.word).collect()
    }

    /// Those of one that stands still.
    fn still(js: f64, now: Summary) -> Vec<Word> {
        words([js; 2], now, now)
    }

    fn changed(change: impl FnOnce(&mut Summary)) -> Summary {
        let mut summary = GOOD_NOW;
        change(&mut summary);
        summary
    }

    #[test]
    fn a_good_run_has_converged_and_each_of_its_bounds_counts() {
        assert_eq!(still(0.1, GOOD_NOW), [Word::Converged]);
        assert_eq!(still(FLOOR + GOOD - 0.001, GOOD_NOW), [Word::Converged]);
        assert_eq!(still(FLOOR + GOOD + 0.001, GOOD_NOW), [Word::Stalled]);
        for (within, beyond) in [
            (
                changed(|now| now.precision = Some(0.501)),
                changed(|now| now.precision = Some(0.499)),
            ),
            (
                changed(|now| now.missed = Some(0.249)),
                changed(|now| now.missed = Some(0.251)),
            ),
            (
                changed(|now| now.lost = Some(0.099)),
                changed(|now| now.lost = Some(0.101)),
            ),
            (
                changed(|now| now.distance = Some(0.299)),
                changed(|now| now.distance = Some(0.301)),
            ),
        ] {
            assert_eq!(still(0.1, within), [Word::Converged], "{within:?}");
            assert_ne!(still(0.1, beyond), [Word::Converged], "{beyond:?}");
        }
        // Dead and exploding networks beside samples that are right are no ailment.
        let odd = changed(|now| {
            now.discriminator_dead_layer = Some(1.0);
            now.discriminator_range = Some(0.0);
            now.generator_gradient_median = Some(1e6);
        });
        assert_eq!(still(0.1, odd), [Word::Converged]);
    }

    #[test]
    fn what_falls_enough_is_improving_unless_the_distance_rises() {
        let fallen = |part: f64| words([0.5 + FLOOR, (1.0 - part) * 0.5 + FLOOR], GOOD_NOW, GOOD_NOW);
        assert_eq!(fallen(JS_FELL + 0.01), [Word::Improving]);
        assert_ne!(fallen(JS_FELL - 0.01), [Word::Improving]);
        let small = |fell: f64| words([FLOOR + 0.1, FLOOR + 0.1 - fell], GOOD_NOW, GOOD_NOW);
        assert_eq!(small(LEAST_JS_FELL + 0.001), [Word::Improving]);
        assert_eq!(small(LEAST_JS_FELL - 0.001), [Word::Converged]);
        let deficit = |before: f32, now: f32| {
            let [before, now] =
                [before, now].map(|missing| changed(|now| now.precision = Some(1.0 - missing)));
            words([0.1; 2], before, now)
        };
        assert_eq!(deficit(0.4, 0.4 * 0.84), [Word::Improving]);
        assert_eq!(deficit(0.4, 0.4 * 0.86), [Word::Converged]);
        assert_eq!(deficit(0.10, 0.069), [Word::Improving]);
        assert_eq!(deficit(0.10, 0.071), [Word::Converged]);
        let distance = |before: f32, now: f32, deviation: f32| {
            let [before, now] = [before, now].map(|distance| {
                changed(|now| {
                    now.distance = Some(distance);
                    now.distance_deviation = Some(deviation);
                })
            });
            words([0.2, 0.1], before, now)[0] == Word::Improving
                || words([0.1; 2], before, now)[0] == Word::Improving
        };
        let nearer = |before: f32, now: f32, deviation: f32| {
            let [before, now] = [before, now].map(|distance| {
                changed(|now| {
                    now.distance = Some(distance);
                    now.distance_deviation = Some(deviation);
                })
            });
            words([0.1; 2], before, now) == [Word::Improving]
        };
        assert!(nearer(0.2, 0.149, 0.01) && !nearer(0.2, 0.151, 0.01));
        assert!(nearer(0.06, 0.039, 0.01) && !nearer(0.06, 0.041, 0.01));
        assert!(nearer(0.2, 0.1, 0.19) && !nearer(0.2, 0.1, 0.21));
        // JS falls, but as a whole the samples go away.
        assert!(distance(0.1, 0.135, 0.01) && !distance(0.1, 0.139, 0.01));
    }

    /// Of a run that is far off and stands still.
    fn far(change: impl FnOnce(&mut Summary)) -> Vec<Word> {
        still(
            0.9,
            changed(|now| {
                now.precision = Some(0.1);
                now.missed = Some(0.9);
                now.distance = Some(2.0);
                change(now);
            }),
        )
    }

    #[test]
    fn each_ailment_has_its_bounds() {
        assert_eq!(far(|_| {}), [Word::Stalled]);
        let exploding = |norm| far(|now| now.discriminator_gradient_median = Some(norm));
        assert_eq!(
            (exploding(101.0)[0], exploding(99.0)[0]),
            (Word::ExplodingGradients, Word::Stalled)
        );
        let dead = |share, range| {
            far(|now| {
                now.discriminator_dead_layer = Some(share);
                now.discriminator_range = Some(range);
            })[0]
        };
        assert_eq!(dead(0.81, 0.0024), Word::DeadUnits);
        assert_eq!([dead(0.79, 0.0024), dead(0.81, 0.0026)], [Word::Stalled; 2]);
        let point = |share, spread| {
            far(|now| {
                now.generator_dead_layer = Some(share);
                now.spread = Some(spread);
            })[0]
        };
        assert_eq!(point(0.81, 0.0009), Word::DeadUnits);
        assert_eq!([point(0.79, 0.0009), point(0.81, 0.0011)], [Word::Stalled; 2]);
        let swings = |swings, late, turns| {
            far(|now| {
                (now.swings, now.late_swings, now.turns) = (Some(swings), Some(late), Some(turns));
            })[0]
        };
        assert_eq!(swings(8.0, 2.0, 3.5), Word::Oscillation);
        let fewer = [
            swings(7.0, 2.0, 3.5),
            swings(8.0, 1.0, 3.5),
            swings(8.0, 2.0, 3.4),
        ];
        assert_eq!(fewer, [Word::Stalled; 3]);
        let fooled = |share, range, precision| {
            far(|now| {
                now.fooled = Some(share);
                now.discriminator_range = Some(range);
                now.precision = Some(precision);
            })[0]
        };
        assert_eq!(fooled(0.61, 0.003, 0.49), Word::FooledDiscriminator);
        assert_eq!(
            [fooled(0.59, 0.003, 0.49), fooled(0.61, 0.002, 0.49)],
            [Word::Stalled; 2]
        );
        assert_ne!(fooled(0.61, 0.003, 0.51), Word::FooledDiscriminator);
        let collapse = |precision, missed, lost| {
            far(|now| {
                (now.precision, now.missed, now.lost) = (Some(precision), Some(missed), Some(lost));
            })[0]
        };
        let both = [collapse(0.51, 0.26, 0.0), collapse(0.51, 0.0, 0.11)];
        assert_eq!(both, [Word::ModeCollapse; 2]);
        assert_eq!(
            [collapse(0.49, 0.26, 0.11), collapse(0.51, 0.24, 0.09)],
            [Word::Stalled; 2]
        );
        let strong = |separation, range| {
            far(|now| {
                now.separation = Some(separation);
                now.discriminator_range = Some(range);
            })[0]
        };
        assert_eq!(strong(0.96, 0.003), Word::DiscriminatorTooStrong);
        assert_eq!([strong(0.94, 0.003), strong(0.96, 0.002)], [Word::Stalled; 2]);
    }

    #[test]
    fn where_several_hold_the_cause_is_said_first() {
        let all = far(|now| {
            now.generator_gradient_median = Some(200.0);
            now.generator_dead_layer = Some(1.0);
            now.spread = Some(0.0);
            now.fooled = Some(1.0);
            (now.swings, now.late_swings, now.turns) = (Some(20.0), Some(10.0), Some(9.0));
            now.separation = Some(1.0);
        });
        assert_eq!(
            all,
            [
                Word::ExplodingGradients,
                Word::DeadUnits,
                Word::Oscillation,
                Word::FooledDiscriminator,
                Word::DiscriminatorTooStrong
            ]
        );
        assert!(all.is_sorted());
        let last = check(749, 0.5, GOOD_NOW);
        let word = |last: &Measured, diverged| apply(&Course::of(&[], last, FLOOR), diverged)[0].word;
        assert_eq!(word(&last, None), Word::TooEarly);
        let diverged = Diverged {
            epoch: 749,
            network: Network::Generator,
        };
        assert_eq!(word(&last, Some(diverged)), Word::Diverged);
        assert_eq!(word(&check(750, 0.1, GOOD_NOW), None), Word::Converged);
    }
}
