//! Rules about what the shown generator makes: whether it is real, and whether it is all of it.

use super::super::course::{Course, Quarter};
use super::super::thresholds::*;
use super::super::{Evidence, Measure};
use super::{glanced, some_of};
use crate::checks::glance::Weighing;
use crate::lesson::Bound;

/// Samples as near to the real ones as other real ones are, or nearly: now, and in all of the last quarter unless nothing
/// has trained since it came to rest.
pub(super) fn converged(course: &Course<'_>, rests: bool) -> Option<Vec<Evidence>> {
    let last = course.last_weighing()?;
    let over = |measure, value, bound| match rests {
        true => Evidence::now(measure, value, bound),
        false => Evidence::over(measure, value, bound, course.quarter()),
    };
    let of_late = |figure: fn(&Weighing) -> Option<f32>| {
        let now = f64::from(figure(last)?);
        let mean = mean(&course.weighed(Quarter::Last, figure))?;
        Some(if rests { now } else { mean.max(now) })
    };
    let most = course.floor.js + SURE_OF_IT * (course.floor.js * (CONVERGED[0] - 1.0) + CONVERGED[1]);
    let js = of_late(|weighing| Some(weighing.js))?;
    let mut evidence = vec![over(Measure::Js, js, Bound::AtMost(most))?];
    if let Some(floor) = course.floor.wasserstein {
        let floors = of_late(|weighing| weighing.wasserstein)? / floor;
        evidence.push(over(
            Measure::WassersteinFloors,
            floors,
            Bound::AtMost(CONVERGED_WASSERSTEIN),
        )?);
    }
    if let Some(ndb) = last.ndb {
        evidence.push(Evidence::now(
            Measure::Ndb,
            ndb.into(),
            Bound::AtMost(CONVERGED_NDB),
        )?);
    }
    let covered = course.weighed(Quarter::Last, |weighing| weighing.coverage);
    let covered = covered.into_iter().rev().take(if rests { 1 } else { usize::MAX });
    if let Some(least) = covered.reduce(f64::min) {
        evidence.push(over(Measure::Coverage, least, Bound::AtLeast(1.0))?);
    }
    Some(evidence)
}

/// Too close to what a run that converged has to say that it has not: other samples may find so.
pub(super) fn too_close(course: &Course<'_>) -> bool {
    let most = TOO_CLOSE * (CONVERGED[0] * course.floor.js + CONVERGED[1]);
    course
        .last_weighing()
        .is_some_and(|last| f64::from(last.js) <= most)
}

/// G makes what is mostly real, and most of it: nothing is the matter with its samples.
pub(super) fn fair(course: &Course<'_>) -> bool {
    let of_late = |figure: fn(&crate::Glance) -> Option<f32>| course.glanced_of_late(figure);
    let distance = course.mostly_at_most(|glance| glance.wasserstein);
    distance.is_some_and(|distance| distance <= FAIR_WASSERSTEIN)
        && of_late(|glance| glance.precision).is_some_and(|share| share >= FAIR_PRECISION)
        && of_late(|glance| glance.missed).is_some_and(|share| share <= FAIR_MISSED)
        && !lost(course).is_some_and(|lost| lost >= LOST_MODES)
}

/// Whether no mode is lost and the samples are not one spot: what a run needs that is to be called healthy.
pub(super) fn whole(course: &Course<'_>) -> bool {
    let is_lost = course
        .last_weighing()
        .and_then(|weighing| weighing.lost)
        .is_some_and(|lost| lost > 0.0);
    let spread = course.glanced_of_late(|glance| glance.spread);
    !is_lost && !lost(course).is_some_and(|lost| lost > 0.0) && spread.is_some_and(|spread| spread >= SPOT)
}

/// Mode collapse: G's samples are real, but cover only some of the target.
pub(super) fn collapse(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let lost = lost(course);
    let missed = [
        lost.and_then(|lost| {
            Evidence::over(Measure::Lost, lost, Bound::AtLeast(LOST_MODES), course.quarter())
        }),
        glanced(
            course,
            Measure::Missed,
            |glance| glance.missed,
            Bound::AtLeast(LOST),
        ),
    ];
    let mut evidence = some_of(missed.into_iter().flatten())?;
    evidence.push(glanced(
        course,
        Measure::Precision,
        |glance| glance.precision,
        Bound::AtLeast(PRECISE),
    )?);
    Some(evidence)
}

/// Share of the real samples whose modes were lost, on average over the last quarter.
fn lost(course: &Course<'_>) -> Option<f64> {
    mean(&course.weighed(Quarter::Last, |weighing| weighing.lost))
}

/// JS of late, whatever it is.
pub(super) fn js(course: &Course<'_>) -> Option<Evidence> {
    let js = mean(&course.weighed(Quarter::Last, |weighing| Some(weighing.js)))?;
    Evidence::over(Measure::Js, js, Bound::AtLeast(0.0), course.quarter())
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
