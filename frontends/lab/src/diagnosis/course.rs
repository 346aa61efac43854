//! The checks of a run in order, and what was so in each quarter of it.
//!
//! What is so now is what was so in the last quarter of the run, and whether it gets better is asked of that and the
//! quarter before: of a run twice as long a figure may change at half the speed. Quarters are of epochs, so it does
//! not matter at how many of them somebody looked.

use crate::{Measured, Summary};

/// The checks of a run up to one of them.
#[derive(Clone)]
pub(super) struct Course<'a> {
    checks: Vec<&'a Measured>,
    /// JS between two real sets.
    pub(super) floor: f64,
}

/// A quarter of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quarter {
    Third,
    Last,
}

impl<'a> Course<'a> {
    /// Those of a history, and what was measured last, unless that is among them; nothing that is later.
    pub(super) fn of(history: &'a [Measured], now: &'a Measured, floor: f64) -> Self {
        let is_check = |measured: &&Measured| measured.summary != Summary::default();
        let before = history.partition_point(|measured| measured.epoch < now.epoch);
        Self {
            checks: history[..before].iter().filter(is_check).chain([now]).collect(),
            floor,
        }
    }

    /// As it was at each earlier check, the latest first.
    pub(super) fn earlier(&self) -> impl Iterator<Item = Self> + '_ {
        (1..self.checks.len()).rev().map(|count| Self {
            checks: self.checks[..count].to_vec(),
            floor: self.floor,
        })
    }

    /// Completed epochs.
    pub(super) fn epoch(&self) -> u64 {
        self.checks.last().map_or(0, |check| check.epoch)
    }

    /// Epochs of a quarter.
    pub(super) fn quarter(&self) -> u64 {
        self.epoch() / 4
    }

    /// Checks of a quarter, in order.
    fn within(&self, quarter: Quarter) -> impl Iterator<Item = &'a Measured> + Clone + '_ {
        let quarters = match quarter {
            Quarter::Third => 2,
            Quarter::Last => 3,
        };
        let after = |quarters: u64| u128::from(self.epoch()) * u128::from(quarters);
        let (first, last) = (after(quarters), after(quarters + 1));
        let of_quarter = move |check: &&&Measured| {
            let at = 4 * u128::from(check.epoch);
            first < at && at <= last
        };
        self.checks.iter().filter(of_quarter).copied()
    }

    /// What the last check has of a figure; of one that it lacks, the last that has it within the last quarter. For
    /// figures that are already of the epochs before the check.
    pub(super) fn now(&self, figure: impl Fn(&Summary) -> Option<f32>) -> Option<f64> {
        self.at_end_of(Quarter::Last, figure)
    }

    /// What the last check of a quarter has that has this figure.
    pub(super) fn at_end_of(
        &self,
        quarter: Quarter,
        figure: impl Fn(&Summary) -> Option<f32>,
    ) -> Option<f64> {
        let known = self.within(quarter).filter_map(|check| figure(&check.summary));
        known.last().map(f64::from)
    }

    /// Mean of a figure over the checks of a quarter that have it.
    pub(super) fn mean(&self, quarter: Quarter, figure: impl Fn(&Measured) -> Option<f64>) -> Option<f64> {
        let known = self
            .within(quarter)
            .filter_map(figure)
            .filter(|value| value.is_finite());
        let (sum, count) = known.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
        (count > 0).then(|| sum / f64::from(count))
    }

    /// The mean over the last quarter of a figure that summaries have.
    pub(super) fn of_late(&self, figure: impl Fn(&Summary) -> Option<f32>) -> Option<f64> {
        self.mean(Quarter::Last, |check| figure(&check.summary).map(f64::from))
    }

    /// The greatest of a figure in the last quarter.
    pub(super) fn greatest(&self, figure: impl Fn(&Measured) -> Option<f64>) -> Option<f64> {
        self.within(Quarter::Last).filter_map(figure).reduce(f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(epoch: u64, js: f64) -> Measured {
        let summary = Summary {
            ndb: Some(js as f32),
            ..Summary::default()
        };
        Measured::check(epoch, js, summary)
    }

    #[test]
    fn quarters_are_of_epochs_and_not_of_checks() {
        let history: Vec<_> = [(100, 1.0), (1_100, 0.8), (1_500, 0.6), (1_501, 0.5), (1_999, 0.3)]
            .map(|(epoch, js)| check(epoch, js))
            .into();
        let now = check(2_000, 0.1);
        let course = Course::of(&history, &now, 0.0);
        let js = |measured: &Measured| Some(measured.js);
        let mean = |quarter| course.mean(quarter, js).unwrap();
        assert!((mean(Quarter::Third) - 0.7).abs() < 1e-12 && (mean(Quarter::Last) - 0.3).abs() < 1e-12);
        assert_eq!((course.epoch(), course.greatest(js)), (2_000, Some(0.5)));
        // Looked at twice as often, it is the same but for what was seen.
        assert_eq!(course.now(|summary| summary.ndb), Some(f64::from(0.1_f32)));
        assert_eq!(course.now(|summary| summary.period), None);
        let earlier: Vec<_> = course.earlier().map(|course| course.epoch()).collect();
        assert_eq!(earlier, [1_999, 1_501, 1_500, 1_100, 100]);
    }

    #[test]
    fn what_is_later_or_no_check_does_not_count() {
        let mut history = vec![check(10, 0.5), check(20, 0.4), check(30, 0.3)];
        history[1].summary = Summary::default();
        let now = check(25, 0.2);
        let course = Course::of(&history, &now, 0.0);
        assert_eq!((course.epoch(), course.checks.len()), (25, 2));
        assert_eq!(course.mean(Quarter::Third, |check| Some(check.js)), None);
    }
}
