//! A run's checks in order, and figures of each quarter of the run.
//!
//! The last quarter of the run stands for the present. Improvement compares it with the quarter
//! before, so in a run twice as long a figure may change at half the speed. Quarters are counted in
//! epochs, so it does not matter at how many of them somebody looked.

use std::rc::Rc;

use super::Floor;
use crate::checks::glance::Weighing;
use crate::checks::moves::Moves;
use crate::{Glance, Measured, Summary};

/// The most glances of a quarter that are asked; more tell nothing new.
const ASKED: usize = 64;

/// The checks of a run up to one of them, and the glances.
#[derive(Clone)]
pub(super) struct Course<'a> {
    checks: Vec<&'a Measured>,
    /// Glances of the whole run.
    glances: Rc<[Glance]>,
    /// How far two real sets are apart.
    pub(super) floor: Floor,
}

/// A quarter of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quarter {
    Second,
    Third,
    Last,
}

impl<'a> Course<'a> {
    /// A course of the checks and glances before `now`, followed by `now` and its glance; anything
    /// later is left out.
    pub(super) fn of(
        history: &'a [Measured],
        glances: &[Glance],
        (now, last): (&'a Measured, Glance),
        floor: Floor,
    ) -> Self {
        let is_check = |measured: &&Measured| measured.summary != Summary::default();
        let before = history.partition_point(|measured| measured.epoch < now.epoch);
        let glances = glances.iter().copied();
        Self {
            checks: history[..before].iter().filter(is_check).chain([now]).collect(),
            glances: glances
                .filter(|glance| glance.epoch < now.epoch)
                .chain([last])
                .collect(),
            floor,
        }
    }

    /// The course up to each earlier check, the latest first.
    pub(super) fn earlier(&self) -> impl Iterator<Item = Self> + '_ {
        (1..self.checks.len()).rev().map(|count| Self {
            checks: self.checks[..count].to_vec(),
            glances: Rc::clone(&self.glances),
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

    /// The epochs of a quarter: later than the first of these, up to the second.
    fn ends(&self, quarter: Quarter) -> [u64; 2] {
        let quarters = match quarter {
            Quarter::Second => 1,
            Quarter::Third => 2,
            Quarter::Last => 3,
        };
        // Whole epochs: no check is between two.
        [quarters, quarters + 1].map(|quarters| (u128::from(self.epoch()) * quarters / 4) as u64)
    }

    /// Checks of a quarter, in order.
    fn within(&self, quarter: Quarter) -> impl Iterator<Item = &'a Measured> + Clone + '_ {
        let [after, to] = self.ends(quarter);
        let of_quarter = move |check: &&&Measured| after < check.epoch && check.epoch <= to;
        self.checks.iter().filter(of_quarter).copied()
    }

    /// A figure at the glances of a quarter that have it.
    pub(super) fn glanced(&self, quarter: Quarter, figure: impl Fn(&Glance) -> Option<f32>) -> Vec<f64> {
        let known = self.asked(quarter).filter_map(figure);
        known.map(f64::from).filter(|value| value.is_finite()).collect()
    }

    /// The glances of a quarter in their order, at most [`ASKED`] of them, among them the last.
    fn asked(&self, quarter: Quarter) -> impl Iterator<Item = &Glance> {
        let places = self
            .ends(quarter)
            .map(|end| self.glances.partition_point(|glance| glance.epoch <= end));
        let glances = &self.glances[places[0]..places[1]];
        let step = glances.len().div_ceil(ASKED).max(1);
        glances
            .iter()
            .skip(glances.len().saturating_sub(1) % step)
            .step_by(step)
    }

    /// A figure at the weighings of a quarter that have it, in order.
    pub(super) fn weighed(&self, quarter: Quarter, figure: impl Fn(&Weighing) -> Option<f32>) -> Vec<f64> {
        let [after, to] = self.ends(quarter);
        let glances = self.glances.iter();
        let of_quarter = glances.filter(|glance| after < glance.epoch && glance.epoch <= to);
        let known = of_quarter.filter_map(|glance| figure(glance.weighing.as_ref()?));
        known.map(f64::from).filter(|value| value.is_finite()).collect()
    }

    /// How often the run was looked at in a quarter.
    pub(super) fn looks(&self, quarter: Quarter) -> usize {
        self.asked(quarter).count()
    }

    /// The latest weighing.
    pub(super) fn last_weighing(&self) -> Option<&Weighing> {
        let glances = self.glances.iter().rev();
        let upto = glances.filter(|glance| glance.epoch <= self.epoch());
        upto.filter_map(|glance| glance.weighing.as_ref()).next()
    }

    /// Upper bound of a figure at four of five glances of the last quarter.
    pub(super) fn mostly_at_most(&self, figure: impl Fn(&Glance) -> Option<f32>) -> Option<f64> {
        let mut known = self.glanced(Quarter::Last, figure);
        known.sort_unstable_by(f64::total_cmp);
        // The last of one, two or three.
        known.get((4 * known.len()).div_ceil(5).max(1) - 1).copied()
    }

    /// How the fake samples moved as a whole in the last half of the run; what was in its last quarter is late.
    pub(super) fn moves(&self) -> Option<Moves> {
        let [mut places, late] = [Quarter::Third, Quarter::Last].map(|quarter| {
            self.asked(quarter)
                .filter_map(|glance| glance.place)
                .collect::<Vec<_>>()
        });
        let before = places.len();
        places.extend(late);
        Moves::of(&places, before)
    }

    /// Mean of a figure over the glances of the last quarter.
    pub(super) fn glanced_of_late(&self, figure: impl Fn(&Glance) -> Option<f32>) -> Option<f64> {
        let known = self.glanced(Quarter::Last, figure);
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    }

    /// A figure at the last check of the last quarter that has it. For figures that already cover
    /// the epochs before the check.
    pub(super) fn now(&self, figure: impl Fn(&Summary) -> Option<f32>) -> Option<f64> {
        let known = self
            .within(Quarter::Last)
            .filter_map(|check| figure(&check.summary));
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(history: &'a [Measured], now: &'a Measured) -> Course<'a> {
        Course::of(history, &[], (now, Glance::default()), Floor::default())
    }

    #[test]
    fn of_glances_some_of_each_quarter_are_asked_and_none_twice() {
        let glances: Vec<_> = (1..=1_000)
            .map(|epoch| Glance {
                epoch,
                missed: Some(epoch as f32),
                ..Glance::default()
            })
            .collect();
        let now = check(1_000, 0.1);
        let course = Course::of(&[], &glances, (&now, glances[999]), Floor::default());
        for (quarter, from, to) in [(Quarter::Third, 501.0, 750.0), (Quarter::Last, 751.0, 1_000.0)] {
            let known = course.glanced(quarter, |glance| glance.missed);
            assert!((ASKED / 2..=ASKED).contains(&known.len()), "{}", known.len());
            assert!(known.iter().all(|epoch| (from..=to).contains(epoch)));
            assert!(known.is_sorted() && known.last() == Some(&to));
        }
        assert_eq!(course.glanced_of_late(|glance| glance.spread), None);
    }

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
        let course = of(&history, &now);
        let js = |measured: &Measured| Some(measured.js);
        let mean = |quarter| course.mean(quarter, js).unwrap();
        assert!((mean(Quarter::Third) - 0.7).abs() < 1e-12 && (mean(Quarter::Last) - 0.3).abs() < 1e-12);
        assert_eq!(course.epoch(), 2_000);
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
        let course = of(&history, &now);
        assert_eq!((course.epoch(), course.checks.len()), (25, 2));
        assert_eq!(course.mean(Quarter::Third, |check| Some(check.js)), None);
    }
}
