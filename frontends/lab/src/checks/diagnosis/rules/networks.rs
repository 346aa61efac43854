//! Rules about the two networks: their gradients and units, and how D's answers stand to what G makes.

use super::super::course::{Course, Quarter};
use super::super::thresholds::*;
use super::super::{Evidence, Measure};
use super::{at_each, glanced, of_late, some_of};
use crate::Summary;
use crate::lesson::Bound;

pub(super) fn exploding(course: &Course<'_>) -> Option<Vec<Evidence>> {
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

pub(super) fn dead(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let both = |dead: Option<Evidence>, constant: Option<Evidence>| Some([dead?, constant?]);
    let least = Bound::AtLeast(DEAD);
    let generator = both(
        of_late(
            course,
            Measure::GeneratorDead,
            |summary| summary.generator_dead_layer,
            least,
        ),
        at_each(course, Measure::Spread, |glance| glance.spread, POINT),
    );
    let discriminator = both(
        of_late(
            course,
            Measure::DiscriminatorDead,
            |summary| summary.discriminator_dead_layer,
            least,
        ),
        at_each(course, Measure::Range, |glance| glance.discriminator_range, SAME),
    );
    some_of([generator, discriminator].into_iter().flatten().flatten())
}

/// D says nearly the same of every sample. Of fair ones it may say ½: nobody can tell those apart.
pub(super) fn blind(course: &Course<'_>, is_fair: bool) -> Option<Vec<Evidence>> {
    let same = at_each(course, Measure::Range, |glance| glance.discriminator_range, SAME)?;
    let says = course.glanced_of_late(|glance| glance.discriminator_mean)?;
    (!is_fair || (says - 0.5).abs() > FLIPPED).then(|| vec![same])
}

/// D calls everything real, then everything fake.
pub(super) fn flipping(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let sides = course.glanced(Quarter::Last, |glance| glance.discriminator_mean);
    let sides = sides
        .into_iter()
        .filter(|mean| (mean - 0.5).abs() > FLIPPED)
        .map(|mean| mean > 0.5);
    let sides: Vec<bool> = sides.collect();
    let flips = sides.windows(2).filter(|two| two[0] != two[1]).count() as f64;
    let evidence = Evidence::over(Measure::Flips, flips, Bound::AtLeast(FLIPS), course.quarter())?;
    Some(vec![evidence])
}

pub(super) fn fooled(course: &Course<'_>) -> Option<Vec<Evidence>> {
    Some(vec![
        glanced(
            course,
            Measure::Fooled,
            |glance| glance.fooled,
            Bound::AtLeast(FOOLED),
        )?,
        // One that says the same of all prefers nothing.
        differing(course)?,
        glanced(
            course,
            Measure::Precision,
            |glance| glance.precision,
            Bound::Below(PRECISE),
        )?,
    ])
}

/// D says one thing of some samples, and another of others.
fn differing(course: &Course<'_>) -> Option<Evidence> {
    glanced(
        course,
        Measure::Range,
        |glance| glance.discriminator_range,
        Bound::Above(SAME),
    )
}

pub(super) fn oscillation(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let (quarter, half) = (course.quarter(), 2 * course.quarter());
    let moves = course.moves()?;
    let at_least =
        |measure, value, least, epochs| Evidence::over(measure, value, Bound::AtLeast(least), epochs);
    let mut evidence = vec![
        at_least(Measure::Swings, f64::from(moves.swings), SWINGS, half)?,
        at_least(Measure::LateSwings, f64::from(moves.late), LATE_SWINGS, quarter)?,
        at_least(Measure::Turns, moves.turns, TURNS, half)?,
    ];
    let period = course.now(|summary| summary.swing_period);
    evidence.extend(period.and_then(|period| at_least(Measure::Period, period, PERIOD, half)));
    Some(evidence)
}

pub(super) fn too_strong(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let mut evidence = vec![
        glanced(
            course,
            Measure::Separation,
            |glance| glance.separation,
            Bound::AtLeast(SEPARATED),
        )?,
        differing(course)?,
    ];
    // Books know the word by a small loss and gradient. These are added where they hold, but
    // neither is required: their values depend on which loss is used.
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
