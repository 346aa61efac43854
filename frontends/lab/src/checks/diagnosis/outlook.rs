//! Outlook of a run: whether its samples still get better.
//!
//! JS of all the shown samples, less its floor, is compared from quarter to quarter. Nobody can know what a run will
//! do, so little is said: that it gets better where rates fall to 0 before the run is twice as long, which settles a
//! run that circles, or where JS fell clearly twice in a row; that it does not where nothing moves any more, or rates
//! stay and so does JS. Everything else is left open. `fixtures/diagnosis` counts how often each comes true when runs
//! are trained on to twice their length.

use gan_core::Configuration;
use gan_core::measures::Spread;

use super::course::{Course, Quarter};
use super::thresholds::*;
use super::{Evidence, Measure};
use crate::lesson::Bound;

/// Expectation of a run that goes on.
pub(super) enum Outlook {
    /// Its samples get better.
    Better(Vec<Evidence>),
    /// They stay as they are, as nothing trains any more.
    Rests(Vec<Evidence>),
    /// They stay as they are.
    Same(Vec<Evidence>),
    /// It cannot be told.
    Open,
}

impl Outlook {
    pub(super) fn of(course: &Course<'_>, configuration: &Configuration) -> Self {
        let epoch = course.epoch();
        let rate = |epoch| match configuration.generator.updates_per_epoch.get() {
            0 => 0.0,
            _ => f64::from(configuration.techniques.rate_decay.factor(epoch)),
        };
        let left = |bound| Evidence::now(Measure::RateLeft, rate(epoch), bound);
        if let Some(ended) = left(Bound::AtMost(0.0)) {
            return Self::Rests(vec![ended]);
        }
        let quarters = [Quarter::Second, Quarter::Third, Quarter::Last].map(|quarter| {
            let js = course.weighed(quarter, |weighing| Some(weighing.js));
            Spread::of(&js.iter().map(|js| js - course.floor.js).collect::<Vec<_>>())
        });
        let [before, Some(was), Some(is)] = quarters else {
            return Self::Open;
        };
        let wandering = ((is.variance + was.variance) / 2.0).sqrt().max(LEAST_WANDERING);
        // Twice as long, the run has come to rest; from afar it may rest anywhere, and what wanders much about the
        // real samples may rest no nearer.
        if rate(2 * epoch) <= 0.0 && is.mean <= NEAR_JS && is.mean >= WANDERINGS_AWAY * wandering {
            let near = Evidence::over(
                Measure::Js,
                is.mean + course.floor.js,
                Bound::AtMost(NEAR_JS + course.floor.js),
                course.quarter(),
            );
            return Self::Better(near.into_iter().chain(left(Bound::Below(1.0))).collect());
        }
        let ratio = |now: f64, before: f64| now / before.max(LEAST_JS);
        let fell_before = before.map_or(0.0, |before| 1.0 - ratio(was.mean, before.mean));
        let fell = 1.0 - ratio(is.mean, was.mean);
        let over = |bound| Evidence::over(Measure::JsFell, fell, bound, course.quarter());
        if let Some(fell) = over(Bound::AtLeast(FELL))
            && fell_before >= FELL_BEFORE
            && was.mean - is.mean >= WANDERINGS_FELL * wandering
        {
            return Self::Better(vec![fell]);
        }
        match over(Bound::AtMost(STAYS)) {
            Some(stays) if rate(2 * epoch) >= 1.0 && fell_before <= FELL_BEFORE => Self::Same(vec![stays]),
            _ => Self::Open,
        }
    }
}
