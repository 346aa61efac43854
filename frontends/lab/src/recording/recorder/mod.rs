//! Writes a recording while the run goes on: whatever ends the program, the file is a recording.
//!
//! A hash or an action is a line or two, appended in one write (see [`super`] for what a torn one means).
//! When the hashes become too many, every second one goes and the file is replaced by a shorter one; that
//! happens each time the run has become twice as long. Steps of one network are written as one count when
//! something else happens, so a thousand clicks are one line; a killed program loses those since.
//!
//! A run must not end because its recording cannot go on: the recorder stops writing, keeps the reason, and
//! [`Recorder::finish`] says it. The file is good up to there.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gan_core::checkpoints::{Checkpoint, Checkpoints};
use gan_core::log::{Action, Log, Stamped};

use super::{Recording, writing};
use crate::Experiment;
use crate::files::store::{self, Found, Growing, Store as _};
use crate::files::{self, FileError};
use crate::recording::LOG_CAPACITY;

#[cfg(test)]
mod tests;

/// Whether a run is being written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RecordingStatus {
    /// It is not.
    #[default]
    Off,
    /// To this file.
    Writing(Arc<Path>),
    /// It was, and the file is complete.
    Written(Arc<Path>),
    /// It could not go on; why, where, and what can be done.
    Failed(Arc<str>),
}

/// Hashes are thinned out when there would be more: the last one written is never older than a sixteenth
/// of the run, and the text stays below two kilobytes.
const MOST_WRITTEN: usize = 32;

/// A file that a run is being written to.
#[derive(Debug)]
pub struct Recorder {
    /// The first run's file; the others' names follow from it.
    first: Arc<Path>,
    path: Arc<Path>,
    recording: Recording,
    /// Steps that are not in the file yet; others like them may follow.
    steps: Option<Stamped>,
    /// The newest state known by name, if it is not among the checkpoints.
    latest: Option<Checkpoint>,
    /// The file to append to; `None` once that failed or is over.
    file: Option<Growing>,
    /// Why a recording could not go on: the first reason.
    failure: Option<FileError>,
}

impl Recorder {
    /// Begins a file, which must be one that can grow: no device, no pipe.
    pub fn create(path: &Path, experiment: &Experiment, profile: &str) -> Result<Self, FileError> {
        Self::begin(path, Recording::of(experiment, profile))
    }

    /// Begins a file for a run that is known so far, otherwise like [`Self::create`].
    pub fn begin(path: &Path, recording: Recording) -> Result<Self, FileError> {
        if store::place().found(path) == Some(Found::Stream) {
            let problem = "is no file that could grow; name one for the recording";
            return Err(FileError::new(path, problem));
        }
        if recording.log.dropped() > 0 {
            let problem = format_args!(
                "the run cannot be written down: more than {} actions were taken; restart it and record from the beginning",
                recording.log.actions().len()
            );
            return Err(FileError::new(path, problem));
        }
        let mut recorder = Self {
            first: path.into(),
            path: path.into(),
            recording,
            steps: None,
            latest: None,
            file: None,
            failure: None,
        };
        recorder.thin();
        recorder.replace()?;
        Ok(recorder)
    }

    /// The file.
    #[must_use]
    pub const fn path(&self) -> &Arc<Path> {
        &self.path
    }

    /// How it is going.
    #[must_use]
    pub fn status(&self) -> RecordingStatus {
        match &self.failure {
            None => RecordingStatus::Writing(Arc::clone(&self.path)),
            Some(error) => RecordingStatus::Failed(error.to_string().into()),
        }
    }

    /// The next epoch that must not be passed without [`Self::reached`].
    #[must_use]
    pub fn due(&self) -> u64 {
        match self.file {
            Some(_) => self.recording.checkpoints.due(),
            None => u64::MAX,
        }
    }

    /// The run is between epochs and its state has this name. Told at epochs that are due, before every
    /// action, and as often as one likes: the last one told ends the recording.
    pub fn reached(&mut self, checkpoint: Checkpoint) {
        if checkpoint.epoch != self.due() {
            // Had something been done there already, the state had another name when the epoch ended.
            let later = |known: &Checkpoint| checkpoint.epoch > known.epoch;
            if self.last().as_ref().is_none_or(later) {
                self.latest = Some(checkpoint);
            }
            return;
        }
        self.latest = None;
        if self.recording.checkpoints.taken().len() < MOST_WRITTEN {
            self.take(checkpoint);
            self.write_steps();
            self.append(&writing::checkpoint(&checkpoint));
        } else {
            self.thin();
            self.take(checkpoint);
            self.replace_or_stop();
        }
    }

    /// Something was done to the run after so many epochs.
    pub fn acted(&mut self, epoch: u64, action: Action) {
        if self.file.is_none() {
            return;
        }
        if let Err(full) = self.recording.log.push(epoch, action) {
            self.end();
            let problem = format_args!(
                "the recording ends at epoch {epoch}: it holds {} actions; restart the run to begin another",
                full.capacity
            );
            self.stop(FileError::new(&self.path, problem));
            return;
        }
        match (action, &mut self.steps) {
            (Action::Step(_), Some(steps)) if steps.action == action && steps.end() == epoch => {
                steps.times += 1;
            }
            (Action::Step(_), _) => {
                self.write_steps();
                self.steps = Some(stamped(epoch, action));
            }
            (Action::Change(_), _) => {
                self.write_steps();
                self.append(&writing::action(&stamped(epoch, action)));
            }
        }
    }

    /// The run is over and another one begins. A run that was not trained leaves no file: the next one
    /// takes its place.
    pub fn restart(&mut self, experiment: &Experiment) {
        let untouched = self.recording.log.actions().is_empty()
            && self.recording.reached == 0
            && self.last().is_none_or(|last| last.epoch == 0);
        self.end();
        if !untouched {
            self.path = next(&self.first).into();
        }
        self.recording.experiment = experiment.clone();
        self.recording.log = Log::new();
        self.recording.checkpoints = Checkpoints::new();
        self.recording.reached = 0;
        (self.steps, self.latest) = (None, None);
        self.replace_or_stop();
    }

    /// The run goes another way from an epoch that it had passed: it was over where it was left, and the
    /// next file has the way up to there and goes on. `log` is what was done on that way.
    pub fn branch(&mut self, epoch: u64, log: &Log<LOG_CAPACITY>) {
        self.end();
        self.path = next(&self.first).into();
        self.recording.log = log.clone();
        self.recording.checkpoints.cut(epoch);
        self.recording.reached = 0;
        (self.steps, self.latest) = (None, None);
        self.replace_or_stop();
    }

    /// The run is over. The error is why a recording could not go on, if one could not.
    pub fn finish(mut self) -> Result<(), FileError> {
        self.end();
        self.failure.map_or(Ok(()), Err)
    }

    /// The last state known by name.
    fn last(&self) -> Option<Checkpoint> {
        self.latest.or(self.recording.checkpoints.taken().last().copied())
    }

    /// Writes the file as it is to stay.
    fn end(&mut self) {
        if self.file.is_some() {
            if let Some(latest) = self.latest.take() {
                self.take(latest);
            }
            self.replace_or_stop();
            self.file = None;
        }
    }

    /// Makes room for another hash. One doubling is enough for hashes taken here; those of a recording that
    /// was opened may lie anywhere.
    fn thin(&mut self) {
        while self.recording.checkpoints.taken().len() >= MOST_WRITTEN {
            self.recording.checkpoints.thin();
        }
    }

    fn take(&mut self, checkpoint: Checkpoint) {
        let taken = self.recording.checkpoints.push(checkpoint);
        taken.expect("it is later than the last, and there is room for more than are written");
    }

    fn write_steps(&mut self) {
        if let Some(steps) = self.steps.take() {
            self.append(&writing::action(&steps));
        }
    }

    fn append(&mut self, text: &str) {
        if let Some(file) = &mut self.file
            && let Err(error) = file.write_all(text.as_bytes())
        {
            self.stop(files::not_written(&self.path, &error));
        }
    }

    fn replace_or_stop(&mut self) {
        if let Err(error) = self.replace() {
            self.stop(error);
        }
    }

    /// Replaces the file by all that is known.
    fn replace(&mut self) -> Result<(), FileError> {
        self.file = None;
        if let Some(problem) = unrecordable(&self.recording.experiment) {
            return Err(FileError::new(&self.path, problem));
        }
        files::write(&self.path, self.recording.to_toml().as_bytes())?;
        let file = store::place().grow(&self.path);
        self.file = Some(file.map_err(|error| files::not_written(&self.path, &error))?);
        self.steps = None;
        Ok(())
    }

    fn stop(&mut self, reason: FileError) {
        self.file = None;
        self.failure.get_or_insert(reason);
    }
}

/// Why no recording can hold a run that begins like this, if none can.
#[must_use]
pub fn unrecordable(experiment: &Experiment) -> Option<&'static str> {
    experiment.parameters().map(|_| {
        "the run cannot be written down: it began with parameters from a file, which a recording does not \
         hold; choose a preset to begin with drawn ones"
    })
}

const fn stamped(epoch: u64, action: Action) -> Stamped {
    Stamped {
        epoch,
        action,
        times: 1,
    }
}

/// 'ring-2.toml' of 'ring.toml', or the first number after that of which there is nothing yet.
pub(super) fn next(first: &Path) -> PathBuf {
    let numbered = |number: u32| {
        let mut name = first.file_stem().map_or_else(OsString::new, OsString::from);
        name.push(format!("-{number}"));
        if let Some(extension) = first.extension() {
            name.push(".");
            name.push(extension);
        }
        first.with_file_name(name)
    };
    let mut paths = (2..=u32::MAX).map(numbered);
    paths
        .find(|path| !files::exists(path))
        .unwrap_or_else(|| first.to_owned())
}
