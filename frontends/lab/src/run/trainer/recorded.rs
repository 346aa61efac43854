//! A run and its recordings: written down as it goes, and compared where it was written down before.

use std::path::Path;
use std::sync::Arc;

use gan_core::log::Action;
use gan_core::{Checkpoint, Profile};

use super::Trainer;
use crate::files::FileError;
use crate::recording::{Checks, Recorder, RecordingStatus, Verification};
use crate::{Experiment, Recording};

impl<P: Profile> Trainer<P> {
    /// Sets up a run like [`Self::new`], and writes it to a file as it goes; after a restart, to
    /// another one beside it ([`crate::recording`]).
    pub fn recorded(experiment: Experiment, path: &Path) -> Result<Self, FileError> {
        let mut trainer = Self::new(experiment);
        trainer.record(path)?;
        Ok(trainer)
    }

    /// Begins to write the run down, from its beginning.
    pub(super) fn record(&mut self, path: &Path) -> Result<(), FileError> {
        self.finish_epoch();
        let mut recording = Recording::of(&self.experiment, P::NAME);
        recording.log = (*self.log).clone();
        match (&self.checks, self.past.present()) {
            (Some(checks), _) => recording.checkpoints = checks.checkpoints().clone(),
            (None, Some(present)) => recording.checkpoints.push(present).expect("it is the first"),
            (None, None) => {}
        }
        // A run that is retraced from a link has no hash that says how far it goes.
        if recording.end() < self.end && self.gan.epoch() < self.end {
            recording.reached = self.end;
        }
        self.recorder = Some(Recorder::begin(path, recording)?);
        self.reached();
        Ok(())
    }

    /// Ends the recording, if there is one. The error is why it could not go on; the run did.
    pub fn finish_recording(&mut self) -> Result<(), FileError> {
        self.reached();
        let Some(recorder) = self.recorder.take() else {
            return Ok(());
        };
        let path = Arc::clone(recorder.path());
        let outcome = recorder.finish();
        self.recording = match &outcome {
            Ok(()) => RecordingStatus::Written(path),
            Err(error) => RecordingStatus::Failed(error.to_string().into()),
        };
        outcome
    }

    /// The states that the recording names, if the run is one that was opened.
    pub(crate) const fn checks(&self) -> Option<&Checks> {
        self.checks.as_ref()
    }

    /// The result of comparing a run that was opened with its recording.
    #[must_use]
    pub fn verification(&self) -> Option<Verification> {
        self.checks.as_ref().map(Checks::verification)
    }

    /// Something new was done.
    pub(super) fn note(&mut self, epoch: u64, action: Action) {
        // A full log keeps what it has: the run goes on, only its story is cut.
        let _ = Arc::make_mut(&mut self.log).push(epoch, action);
        self.done = self.log.actions().len();
        if let Some(recorder) = &mut self.recorder {
            recorder.acted(epoch, action);
        }
    }

    /// Between epochs, a new state has been reached, or one that is known.
    pub(super) fn reached(&mut self) {
        if self.gan.upcoming().is_some() {
            return;
        }
        self.past.reached(&self.gan);
        let epoch = self.gan.epoch();
        self.end = self.end.max(epoch);
        if let Some(checks) = &mut self.checks
            && checks.due() == Some(epoch)
        {
            checks.verify(self.gan.state_hash());
        }
        if let Some(recorder) = &mut self.recorder
            && self.end == epoch
        {
            recorder.reached(Checkpoint {
                epoch,
                hash: self.gan.state_hash(),
            });
        }
    }
}
