//! A run on the caller's own thread: for pictures, tests and browsers. Entirely reproducible, the
//! history included.

use std::sync::Arc;

use gan_core::Diverged;

use crate::checks::diagnosis::schedule;
use crate::run::beside::Runs;
use crate::run::watch::{Extent, Rhythm, Watch};
use crate::{Command, Experiment, Session, Snapshot, Status, Stride, Trainer};

/// A run that trains when asked to.
pub struct Inline {
    runs: Runs,
    watch: Watch,
    latest: Arc<Snapshot>,
}

impl Inline {
    /// A run at epoch 0, paused.
    #[must_use]
    pub fn new(experiment: Experiment) -> Self {
        Self::of(Trainer::new(experiment))
    }

    /// Begins with a run that is set up already, otherwise like [`Self::new`].
    #[must_use]
    pub fn of(mut trainer: Trainer) -> Self {
        trainer.keep_past();
        let state = trainer.state();
        let mut watch = Watch::new(&state, Rhythm::Regular);
        let heatmaps = watch.heatmaps_asked(&state);
        let latest = Arc::new(watch.snapshot(state, None, heatmaps));
        Self {
            runs: Runs::new(trainer),
            watch,
            latest,
        }
    }

    /// Completes as many epochs, or as many as there are to be retraced, measuring whenever the history
    /// wants it, and then looks.
    pub fn run_epochs(&mut self, count: u64) -> Result<(), Diverged> {
        self.set_out();
        let course = self.runs.course();
        let end = self.runs.epoch() + count;
        let mut outcome = Ok(());
        let stopped = self.runs.stopped_at();
        let goes_on = |runs: &Runs| runs.course() == course && runs.stopped_at() == stopped;
        while outcome.is_ok() && self.runs.epoch() < end && goes_on(&self.runs) {
            let now = self.runs.epoch();
            let stop = self.watch.due_after(now).min(end);
            outcome = self.runs.run_epochs(stop - now);
            self.pass();
        }
        self.look();
        outcome
    }

    /// Runs as many phases, and then looks. The history takes the epochs that end on the way.
    pub fn run_phases(&mut self, count: u64) -> Result<(), Diverged> {
        self.set_out();
        let course = self.runs.course();
        let mut outcome = Ok(());
        for _ in 0..count {
            outcome = self.runs.run_phase();
            if outcome.is_err() || self.runs.course() != course {
                break;
            }
            if self.runs.is_between_epochs() {
                self.pass();
            }
        }
        self.look();
        outcome
    }

    /// Trains `count` strides of its pace, epochs or phases, if it is playing, as one frame of a page
    /// does.
    pub fn tick(&mut self, count: u64) {
        if self.runs.status() == Status::Playing {
            // A divergence shows in the status.
            let _ = match self.runs.pace().stride() {
                Stride::Phase => self.run_phases(count),
                Stride::Epoch => self.run_epochs(count),
            };
        }
    }

    /// The networks in training.
    #[must_use]
    pub const fn trainer(&self) -> &Trainer {
        self.runs.first()
    }

    /// The networks of the second run, if two go side by side.
    #[must_use]
    pub fn second(&self) -> Option<&Trainer> {
        self.runs.second()
    }

    /// Whoever trains is not looking at the past any more: what is measured from here on is of another
    /// way.
    fn set_out(&mut self) {
        self.runs.set_out();
        self.watch.follow(&self.runs.state());
    }

    /// Measures an epoch that the history wants, and glances at one that a diagnosis does.
    fn pass(&mut self) {
        let epoch = self.runs.epoch();
        if epoch == self.watch.due() {
            self.watch.measure(&self.runs.state(), Extent::at(epoch));
        } else if schedule::is_glance_due(epoch) {
            self.watch.look(&self.runs.state());
        }
    }

    fn look(&mut self) {
        let state = self.runs.state();
        self.watch.measure(&state, Extent::All);
        let heatmaps = self.watch.heatmaps_asked(&state);
        self.latest = Arc::new(self.watch.snapshot(state, None, heatmaps));
    }
}

impl Session for Inline {
    fn send(&mut self, command: Command) {
        self.runs.obey(command);
        self.watch.follow(&self.runs.state());
        while let Some((now, target)) = self.runs.seeking() {
            // An epoch passed for the first time is measured where the history wants it.
            let stop = if self.watch.due() > now {
                self.watch.due_after(now)
            } else {
                target
            };
            self.runs.run_towards(stop.min(target));
            self.pass();
        }
        self.look();
    }

    fn latest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pace, Step};
    use gan_core::Preset;

    #[test]
    fn commands_take_effect_and_are_logged_with_their_epoch() {
        let mut run = Inline::new(Experiment::preset(Preset::Line, 1));
        run.send(Command::Step(Step::Both));
        run.send(Command::Step(Step::Generator));
        let snapshot = run.latest();
        assert_eq!((snapshot.epoch, snapshot.status), (2, Status::Paused));
        assert_eq!(snapshot.log.actions().len(), 1, "a whole epoch is no action");
        assert_eq!(snapshot.log.actions()[0].epoch, 1);
        run.tick(5);
        assert_eq!(run.latest().epoch, 2, "paused");
        run.send(Command::Play);
        run.tick(5);
        assert_eq!((run.latest().epoch, run.latest().status), (7, Status::Playing));
        run.send(Command::Restart(Experiment::preset(Preset::Ring, 2)));
        assert_eq!((run.latest().epoch, run.latest().status), (0, Status::Playing));
        assert_eq!(run.latest().history.measured().len(), 1);
    }

    #[test]
    fn the_same_run_gives_the_same_snapshot_however_it_is_cut() {
        let mut whole = Inline::new(Experiment::preset(Preset::Gaussians, 3));
        let mut parts = Inline::new(Experiment::preset(Preset::Gaussians, 3));
        // Beyond where every epoch is measured.
        whole.run_epochs(1060).unwrap();
        for count in [1000, 25, 10, 1, 1, 3, 20] {
            parts.run_epochs(count).unwrap();
        }
        let (a, b) = (whole.latest(), parts.latest());
        assert_eq!(
            (&a.fake, &a.heatmap, a.divergence),
            (&b.fake, &b.heatmap, b.divergence)
        );
        assert_eq!(a.history, b.history);
    }

    #[test]
    fn phase_by_phase_is_the_same_run_and_the_same_history() {
        let mut phases = Inline::new(Experiment::preset(Preset::Gaussians, 3));
        let mut epochs = Inline::new(Experiment::preset(Preset::Gaussians, 3));
        phases.send(Command::SetPace(Pace::SLOW_MOTION));
        phases.send(Command::Play);
        while phases.latest().epoch < 3 {
            phases.tick(5);
        }
        epochs.run_epochs(3).unwrap();
        let (a, b) = (phases.latest(), epochs.latest());
        assert_eq!((a.epoch, a.upcoming), (3, None));
        assert!(a.heatmap == b.heatmap);
        assert_eq!((&a.history, a.divergence), (&b.history, b.divergence));
        // Half an epoch is looked at, and not remembered.
        phases.run_phases(5).unwrap();
        assert_eq!(phases.latest().epoch, 3);
        assert!(phases.latest().heatmap != b.heatmap);
        assert_eq!(phases.latest().history, b.history);
    }

    #[test]
    fn after_a_phase_its_batch_is_shown() {
        let mut run = Inline::new(Experiment::preset(Preset::Ring, 3));
        let usual = run.latest();
        run.run_phases(1).unwrap();
        let first = run.latest();
        let report = first.phase.as_deref().unwrap();
        assert_eq!(first.noise[..], report.noise);
        assert_eq!(first.fake, report.fake);
        assert_eq!(first.real, usual.real, "no real batch yet");
        run.run_phases(1).unwrap();
        let second = run.latest();
        let report = second.phase.as_deref().unwrap();
        assert_eq!(second.real[..], report.real);
        let probability = |logit: &f32| 1.0 / (1.0 + f64::exp(-f64::from(*logit)));
        let logits = &report.predictions.as_ref().unwrap().fake_logits;
        for (score, logit) in second.fake_scores.iter().zip(logits) {
            assert!((f64::from(*score) - probability(logit)).abs() < 1e-6);
        }
        run.run_epochs(1).unwrap();
        assert_eq!((run.latest().epoch, &run.latest().real), (1, &usual.real));
    }

    #[test]
    fn a_branch_has_a_history_of_its_own_and_retracing_ends_where_the_run_does() {
        let mut run = Inline::new(Experiment::preset(Preset::Line, 1));
        run.run_epochs(60).unwrap();
        let end = run.latest();
        run.send(Command::Seek(20));
        run.send(Command::Retrace);
        run.tick(1000);
        assert_eq!((run.latest().epoch, run.latest().status), (60, Status::Paused));
        assert_eq!((&run.latest().fake, &run.latest().ghost), (&end.fake, &None));
        run.send(Command::Seek(20));
        run.run_epochs(10).unwrap();
        let branch = run.latest();
        assert_eq!((branch.epoch, branch.history.measured().len()), (30, 31));
        let ghost = branch.ghost.as_ref().unwrap();
        assert_eq!((ghost.fork, &ghost.history), (20, &end.history));
    }
}
