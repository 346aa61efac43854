//! A run on the caller's own thread: for pictures, tests and browsers. Entirely reproducible, the
//! history included.

use std::sync::Arc;

use gan_core::Diverged;

use crate::watch::Watch;
use crate::{Command, Experiment, Session, Snapshot, Status, Trainer};

/// A run that trains when asked to.
pub struct Inline {
    trainer: Trainer,
    watch: Watch,
    latest: Arc<Snapshot>,
}

impl Inline {
    /// A run at epoch 0, paused.
    #[must_use]
    pub fn new(experiment: Experiment) -> Self {
        let trainer = Trainer::new(experiment);
        let mut watch = Watch::new(&trainer.state());
        let latest = Arc::new(watch.snapshot(trainer.state(), None));
        Self {
            trainer,
            watch,
            latest,
        }
    }

    /// Completes as many epochs, measuring whenever the history wants it, and then looks.
    pub fn run_epochs(&mut self, count: u64) -> Result<(), Diverged> {
        let end = self.trainer.gan().epoch() + count;
        let mut outcome = Ok(());
        while outcome.is_ok() && self.trainer.gan().epoch() < end {
            let now = self.trainer.gan().epoch();
            let stop = self.watch.due().clamp(now + 1, end);
            outcome = self.trainer.run_epochs(stop - now);
            if self.trainer.gan().epoch() == self.watch.due() {
                self.watch.measure(&self.trainer.state());
            }
        }
        self.look();
        outcome
    }

    /// Trains `count` epochs if it is playing, as one frame of a page does.
    pub fn tick(&mut self, count: u64) {
        if self.trainer.status() == Status::Playing {
            // A divergence shows in the status.
            let _ = self.run_epochs(count);
        }
    }

    /// The networks in training.
    #[must_use]
    pub const fn trainer(&self) -> &Trainer {
        &self.trainer
    }

    fn look(&mut self) {
        let state = self.trainer.state();
        self.watch.measure(&state);
        self.latest = Arc::new(self.watch.snapshot(state, None));
    }
}

impl Session for Inline {
    fn send(&mut self, command: Command) {
        self.trainer.obey(command);
        self.watch.follow(&self.trainer.state());
        self.look();
    }

    fn latest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Step;
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
        whole.run_epochs(60).unwrap();
        for _ in 0..6 {
            parts.run_epochs(10).unwrap();
        }
        let (a, b) = (whole.latest(), parts.latest());
        assert_eq!(
            (&a.fake, &a.heatmap, a.divergence),
            (&b.fake, &b.heatmap, b.divergence)
        );
        assert_eq!(a.history, b.history);
    }
}
