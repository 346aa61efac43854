//! The checks of a run in order, and what was so over epochs.

use crate::{Measured, Summary};

/// The least epochs that are looked back over.
pub(super) const LEAST_LOOK_BACK: u64 = 2_000;

/// The checks of a run up to one of them.
#[derive(Clone)]
pub(super) struct Course<'a> {
    checks: Vec<&'a Measured>,
    /// JS between two real sets.
    pub(super) floor: f64,
}

impl<'a> Course<'a> {
    /// Those of a history, and what was measured last, unless that is among them.
    pub(super) fn of(history: &'a [Measured], now: &'a Measured, floor: f64) -> Self {
        let is_check = |measured: &&Measured| measured.summary != Summary::default();
        let is_later = history.last().is_none_or(|last| last.epoch < now.epoch);
        let all = history.iter().chain(is_later.then_some(now));
        Self {
            checks: all.filter(is_check).collect(),
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

    /// The last check.
    pub(super) fn last(&self) -> Option<&'a Measured> {
        self.checks.last().copied()
    }

    /// What the last check has of a figure.
    pub(super) fn now(&self, figure: impl Fn(&Summary) -> Option<f32>) -> Option<f64> {
        self.last()
            .and_then(|check| figure(&check.summary))
            .map(f64::from)
    }

    /// Epochs that are looked back over: a quarter of the run.
    pub(super) fn look_back(&self) -> u64 {
        (self.epoch() / 4).max(LEAST_LOOK_BACK)
    }

    /// Checks of the epochs from `from` on, before `to`, both counted back from now.
    fn between(&self, from: u64, to: u64) -> impl Iterator<Item = &'a Measured> + Clone + '_ {
        let now = self.epoch();
        let within = move |check: &&&Measured| {
            let ago = now - check.epoch;
            (to..from).contains(&ago)
        };
        self.checks.iter().filter(within).copied()
    }

    /// Mean JS over the epochs that are looked back over, and over as many before them.
    pub(super) fn js(&self) -> Option<[f64; 2]> {
        let look_back = self.look_back();
        let js = |check: &Measured| Some(check.js).filter(|js| js.is_finite());
        let now = mean(self.between(look_back, 0).filter_map(js))?;
        let before = mean(self.between(2 * look_back, look_back).filter_map(js));
        Some([now, before.unwrap_or(now)])
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}
