//! Back into a run's past, along what is known of it, and another way from there.
//!
//! A run's log is all that is known of it: the actions up to its [end](Trainer::end), whether the
//! run was trained here or comes from a recording. `done` says how many of the log's actions are in
//! force; as long as some are not, training stops where they are due and does them again.
//!
//! Playing on from the past is a branch, even if nothing was done later and the run comes out the
//! same. It is one rule, and recordings follow it too (one file, one run). Retracing is the other
//! verb: an opened recording retraces until something is changed.

use std::sync::Arc;

use gan_core::log::{Action, Log, Stamped};
use gan_core::training::StepError;
use gan_core::{Change, Diverged, Gan, Profile, SetupError, memory_words};
use serde::{Deserialize, Serialize};

use super::past::Past;
use super::{Networks, Trainer, set_up};
use crate::checks::gauge;
use crate::recording::{Checks, RecordingStatus};
use crate::run::backends::Whereabouts;
use crate::run::memory::AlignedWords;
use crate::{Command, Recording, Setting};

#[cfg(test)]
mod tests;

/// How a run stands to what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Course {
    /// At its end: what is done now is new.
    Present,
    /// Before its end, to look: whatever trains or changes goes another way, which is then the run.
    Past,
    /// Before its end, and training does again what was done, up to there.
    Retracing,
}

impl<P: Profile> Trainer<P> {
    /// From now on keeps states on the way, so that going back is quick (8 MB for a preset at most). To be
    /// asked for at the run's beginning.
    pub fn keep_past(&mut self) {
        self.past = Past::from(&self.gan);
    }

    /// Memory of the states kept on the way, in bytes.
    #[must_use]
    pub fn past_bytes(&self) -> usize {
        self.past.bytes()
    }

    /// How the run stands to what is known of it.
    #[must_use]
    pub const fn course(&self) -> Course {
        self.course
    }

    /// The epoch that the run is known to reach.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.end
    }

    /// The epoch that was asked to be shown, while the run is on its way there.
    #[must_use]
    pub const fn seeking(&self) -> Option<u64> {
        self.seeking
    }

    /// Begins a recorded run, of this profile.
    pub(super) fn open(&mut self, recording: Arc<Recording>) {
        if recording.profile != P::NAME {
            return;
        }
        self.playing = false;
        self.restart(recording.experiment.clone());
        self.log = Arc::new(recording.log.clone());
        self.end = recording.end();
        self.course = Course::Retracing;
        self.checks = Some(Checks::new(recording.checkpoints.clone()));
        self.opened = Some(recording);
        self.reached();
        self.arrive();
    }

    /// A second run from the same beginning, with one hyper-parameter at another value: it retraces what is
    /// known of this one, but for what was done to that hyper-parameter. Of a run at its beginning, with whose
    /// techniques it goes together.
    pub(crate) fn beside(&self, contrast: Setting) -> Result<Self, SetupError> {
        let mut second = Self::new(contrast.in_experiment(&self.experiment)?);
        if self.past.is_kept() {
            second.keep_past();
        }
        let mut log = Log::new();
        for stamped in self.log.actions() {
            if !contrast.is_changed_by(stamped.action) {
                log.add(*stamped).expect("it is part of a log as long");
            }
        }
        second.log = Arc::new(log);
        second.end = self.end;
        second.course = Course::Retracing;
        second.playing = self.playing;
        second.pace = self.pace;
        second.heatmap = self.heatmap;
        second.slice = self.slice;
        second.reached();
        if second.end == 0 {
            second.make_changes();
            second.course = Course::Present;
        }
        Ok(second)
    }

    /// A second run that is this one, bit for bit, up to here, and then goes another way by a change. Nobody writes
    /// it down.
    pub(crate) fn branched(&mut self, change: Change) -> Self {
        self.settle();
        self.finish_epoch();
        let memory = AlignedWords::zeroed(memory_words(self.gan.configuration()));
        let gan = self.gan.copied_to(memory);
        let mut second = Self {
            // One of its own, by which the two are told apart.
            experiment: Arc::new((*self.experiment).clone()),
            gan: gan.expect("the memory is as large"),
            log: Arc::clone(&self.log),
            done: self.done,
            end: self.end,
            course: self.course,
            past: self.past.clone(),
            seeking: None,
            checks: None,
            opened: None,
            forks: Arc::clone(&self.forks),
            playing: self.playing,
            pace: self.pace,
            phase: None,
            heatmap: self.heatmap,
            slice: self.slice,
            gauge: self.gauge.clone(),
            recorder: None,
            recording: RecordingStatus::Off,
            place: None,
            whereabouts: Arc::new(Whereabouts::processor()),
        };
        if second.course == Course::Present {
            second.forks = second.forks.iter().copied().chain([second.gan.epoch()]).collect();
        }
        second.obey(Command::Change(change));
        second
    }

    /// Goes another way from here though nothing was asked of this run itself: the one beside it does.
    pub(crate) fn branch_along(&mut self) {
        self.settle();
        self.finish_epoch();
        self.branch();
    }

    /// Puts the run back, or on its way, to the moment when so many epochs were completed.
    pub(super) fn seek(&mut self, epoch: u64) {
        self.playing = false;
        self.seeking = None;
        self.finish_epoch();
        self.phase = None;
        let mut target = epoch.min(self.end);
        if self.course == Course::Present {
            if target == self.end {
                return;
            }
            // Whoever writes the run down will see this state no more.
            self.reached();
            self.past.leave(&self.gan);
        }
        self.course = match self.checks {
            Some(_) => Course::Retracing,
            None => Course::Past,
        };
        if target == self.end && self.past.come_back(&mut self.gan) {
            self.done = self.log.actions().len();
            self.arrive();
            return;
        }
        let now = self.gan.epoch();
        let kept = self.past.nearest(target);
        if now > target || self.gan.diverged().is_some() || kept.is_some_and(|kept| kept > now) {
            if kept.is_some() {
                self.past.restore(target, &mut self.gan);
            } else {
                self.gan = set_up(&self.experiment);
            }
            self.done = self.done_at(self.gan.epoch());
        }
        // A full log does not say what was done since: only states kept are known to be the run's.
        let known = self.log.actions().last().map_or(0, |last| last.end());
        if self.log.dropped() > 0 && target > known {
            target = self.gan.epoch().max(known);
        }
        self.seeking = Some(target);
        self.run_towards(0);
    }

    /// At most so many epochs nearer to what was asked to be shown.
    pub fn run_towards(&mut self, count: u64) {
        let Some(target) = self.seeking else {
            return;
        };
        let left = target.saturating_sub(self.gan.epoch());
        let mut gauge = std::mem::take(&mut self.gauge);
        let outcome = self.train_along(count.min(left), |gan, epochs| {
            gauge.run_epochs(gan, epochs, gauge::EVERY, Gan::run_epochs)
        });
        self.gauge = gauge;
        if outcome.is_err() || self.gan.epoch() >= target {
            self.seeking = None;
            if outcome.is_ok() {
                self.make_changes();
            }
            self.arrive();
        }
    }

    /// Arrives at what was asked to be shown.
    pub(super) fn settle(&mut self) {
        while self.seeking.is_some() {
            self.run_towards(u64::MAX);
        }
    }

    /// Goes another way from here. Only between epochs.
    pub(super) fn branch(&mut self) {
        if self.course == Course::Present {
            return;
        }
        let epoch = self.gan.epoch();
        self.log = Arc::new(self.log.cut(self.done, epoch));
        self.done = self.log.actions().len();
        self.end = epoch;
        self.past.cut(epoch);
        self.checks = None;
        self.course = Course::Present;
        self.forks = self.forks.iter().copied().chain([epoch]).collect();
        if let Some(recorder) = &mut self.recorder {
            recorder.branch(epoch, &self.log);
        }
    }

    /// Completes as many epochs, doing what the log says on the way; what it says of the moment after them
    /// is left to do.
    pub(super) fn train_along(
        &mut self,
        count: u64,
        mut train: impl FnMut(&mut Networks<P>, u64) -> Result<(), Diverged>,
    ) -> Result<(), Diverged> {
        let mut end = self.gan.epoch().saturating_add(count);
        if self.course == Course::Retracing {
            end = end.min(self.end);
        }
        while self.gan.epoch() < end {
            if self.gan.upcoming().is_none() && self.act()? {
                continue;
            }
            let due = self.due();
            let epochs = due.min(end) - self.gan.epoch();
            train(&mut self.gan, epochs)?;
            if self.gan.epoch() == due {
                self.reached();
            }
        }
        Ok(())
    }

    /// Does what was done here, up to the first step of one network; whether there was one.
    pub(super) fn act(&mut self) -> Result<bool, Diverged> {
        self.make_changes();
        let now = self.gan.epoch();
        let Some((network, end)) = self
            .log
            .actions()
            .get(self.done)
            .and_then(|next| match next.action {
                Action::Step(network) if next.epoch <= now => Some((network, next.end())),
                Action::Step(_) | Action::Change(_) => None,
            })
        else {
            return Ok(false);
        };
        match self.gan.step(network) {
            Ok(()) => {}
            Err(StepError::Diverged(diverged)) => return Err(diverged),
            Err(StepError::MidEpoch) => return Ok(false),
        }
        self.done += usize::from(self.gan.epoch() >= end);
        self.reached();
        Ok(true)
    }

    /// Changes what was changed here.
    pub(super) fn make_changes(&mut self) {
        while let Some(next) = self.log.actions().get(self.done)
            && let Action::Change(change) = next.action
            && next.epoch <= self.gan.epoch()
        {
            self.gan.change(change).expect("whoever acts is between epochs");
            self.done += 1;
        }
    }

    /// Ends the retracing where nothing more is known of the run: it is at its end, and waits
    /// there.
    pub(super) fn arrive(&mut self) {
        if self.course == Course::Present {
            return;
        }
        if self.gan.diverged().is_some() {
            self.end = self.gan.epoch();
        } else if self.gan.upcoming().is_some() || self.gan.epoch() < self.end {
            return;
        } else {
            self.make_changes();
            if self.past.ends_diverged() {
                // Restores the divergence, which came after the run's last whole epoch.
                self.past.come_back(&mut self.gan);
            }
        }
        self.log = Arc::new(self.log.cut(self.done, self.gan.epoch()));
        self.done = self.log.actions().len();
        self.past.forget_present();
        self.course = Course::Present;
        self.playing = false;
    }

    /// How many of the actions were done before anything was done at this epoch.
    fn done_at(&self, epoch: u64) -> usize {
        let before = |action: &Stamped| match action.action {
            Action::Change(_) => action.epoch < epoch,
            Action::Step(_) => action.end() <= epoch,
        };
        self.log.actions().partition_point(before)
    }

    /// The next epoch that training must not pass without looking.
    fn due(&self) -> u64 {
        let action = self.log.actions().get(self.done).map(|next| next.epoch);
        let check = self.checks.as_ref().and_then(Checks::due);
        let record = self.recorder.as_ref().map(|recorder| recorder.due());
        let now = self.gan.epoch();
        [action, check, record, Some(self.past.due())]
            .into_iter()
            .flatten()
            .filter(|due| *due > now)
            .min()
            .unwrap_or(u64::MAX)
    }
}
