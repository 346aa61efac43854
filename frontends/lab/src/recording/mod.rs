//! Recordings: a whole run as a short text that a person can read, write and send.
//!
//! A run follows from its configuration, its seed and what was done to it, so that is all there is to write
//! down: a run of hours is a page. State hashes on the way let whoever trains it again know that it is the
//! same run, or from where on it is not.
//!
//! ```toml
//! format = 1
//! profile = "reference"            # the arithmetic; another one gives other numbers
//! seed = 7
//! reached = 2000                   # an epoch it got to, only where no hash below says so: a link has none
//! [narration]                      # for people, perhaps a whole lesson; may be left out (`narration`)
//! title = "The ring, gently"
//! author = "A. Teacher"
//! [configuration]                  # every key, as in `lab::files::configuration`
//! target = "drawing"
//! # ... loss, batch, atlas, noise, generator, discriminator
//! [drawing]                        # where the target is a drawing, and nowhere else
//! source = "points.csv"            # these three lines not where it was drawn by hand
//! x = [-10.0, 30.0]                # where the file's points lay before they were scaled
//! y = [0.0, 10.0]
//! points = [[0.1, 0.4], [0.9, 0.6]]
//!
//! [[from]]                         # from this epoch on: nothing was done yet
//! epoch = 0
//! hash.0 = "57cd5d17c7a2d20c"      # the state as epoch 0 was completed, before what is done there
//! hash.1024 = "fb0bcb3652cd69e4"
//! [[from]]
//! epoch = 1200
//! generator.learning_rate = 0.01   # also .optimizer, .updates_per_epoch, and loss for both networks
//! [[from]]
//! epoch = 1500
//! discriminator.steps = 20         # so many one-network steps, each an epoch; then both go on
//! hash.2000 = "0123456789abcdef"
//! ```
//!
//! **Cut anywhere, still a recording.** What happens is appended, a line or two at a time and in one write,
//! to a text that is valid TOML after every line. A text that does not end in a line break was cut off, or
//! its writer was killed: what follows its last line break is dropped, because a cut number is a number too.
//! The reader [says so](Ending::Torn). A `[[from]]` that lost its lines does nothing. So what is left of a
//! recording is a recording of a shorter run. The part before the first `[[from]]` cannot be cut: a file
//! comes into being with it and is later only replaced whole, to thin the hashes out and when the run ends
//! ([`Recorder`]). This protects from a program that is killed or a disk that is full, not from a machine
//! that loses its power.
//!
//! **One file, one run.** A restart in the viewer begins the next file (`ring-2.toml`), not a section of the
//! same one, and so does a branch, whose file has all of the run's way up to it: each can be sent, edited
//! and replayed by itself, and none asks which of its runs is meant.
//!
//! Only what happens between epochs matters: pace, slow motion, pauses and phases reach no hash and are not
//! recorded.

mod checks;
pub mod narration;
mod reading;
mod recorder;
mod replay;
#[cfg(test)]
mod sample;
pub mod timeline;
mod writing;

use std::path::{Path, PathBuf};

use gan_core::Profile;
use gan_core::checkpoints::Checkpoints;
use gan_core::log::{Log, Stamped};

use crate::Experiment;
use crate::files::{self, FileError};

pub(crate) use reading::bounded;

pub use checks::{Checks, Difference, Verification};
pub use narration::Narration;
pub use recorder::{Recorder, RecordingStatus, unrecordable};
pub use replay::{OtherProfile, Replay, Stopped};

/// Actions that a run can log. A full log no longer tells the run: of what came after it, only kept
/// states are shown.
pub const LOG_CAPACITY: usize = 1024;

/// Hashes that a recording can hold.
pub const MOST_CHECKPOINTS: usize = 64;
/// The version of the format, in the file's first line.
const FORMAT: u32 = 1;

/// A run written down.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// The name of the numeric profile it was trained in.
    pub profile: String,
    /// The experiment that the run began with.
    pub experiment: Experiment,
    /// The title or the whole lesson told about it.
    pub narration: Narration,
    /// The actions done to the run; nothing is missing.
    pub log: Log<LOG_CAPACITY>,
    /// Hashes of the run's states.
    pub checkpoints: Checkpoints<MOST_CHECKPOINTS>,
    /// An epoch that the run reached; neither a hash nor an action need be there. 0 where they say
    /// it all.
    pub reached: u64,
}

/// How a recording's text ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A whole text, with a line break at its end.
    Whole,
    /// A text without a line break at its end; everything after the last one was dropped.
    Torn,
}

impl Recording {
    /// The recording of a run that has not begun.
    #[must_use]
    pub fn of(experiment: &Experiment, profile: &str) -> Self {
        Self {
            profile: profile.to_owned(),
            experiment: experiment.clone(),
            narration: Narration::default(),
            log: Log::new(),
            checkpoints: Checkpoints::new(),
            reached: 0,
        }
    }

    /// Whether it can be trained again with arithmetic `P`.
    pub fn of_profile<P: Profile>(&self) -> Result<(), OtherProfile> {
        if self.profile == P::NAME {
            Ok(())
        } else {
            Err(OtherProfile {
                recorded: self.profile.clone(),
                asked: P::NAME,
            })
        }
    }

    /// A file of this folder for a recording that nobody gave a name: one that is not there yet.
    #[must_use]
    pub fn unnamed_in(folder: &Path) -> PathBuf {
        let first = folder.join("gan-lab-recording.toml");
        if files::exists(&first) {
            recorder::next(&first)
        } else {
            first
        }
    }

    /// A recording from a file.
    pub fn load(path: &Path) -> Result<(Self, Ending), FileError> {
        Self::parse(&files::read(path)?).map_err(|problem| FileError::new(path, problem))
    }

    /// Parses the bytes of a file, like [`Self::load`]; the error says where and what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<(Self, Ending), String> {
        reading::parse(bytes)
    }

    /// The whole text.
    #[must_use]
    pub fn to_toml(&self) -> String {
        writing::whole(self)
    }

    /// The epoch it reaches: of its last hash, of the end of what was done last, or as it is said.
    #[must_use]
    pub fn end(&self) -> u64 {
        let named = self.checkpoints.taken().last().map(|last| last.epoch);
        let done = self.log.actions().last().map(Stamped::end);
        named.max(done).unwrap_or(0).max(self.reached)
    }
}
