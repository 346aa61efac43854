//! A recording trained again: what was done is done at its epochs, and every hash is checked.

use std::fmt;

use gan_core::log::{Action, Stamped};
use gan_core::{Checkpoint, Diverged, Network, Profile, Reference, StateHash};

use super::Recording;
use crate::{Command, Step, Trainer};

/// A run that follows a recording.
pub struct Replay<P = Reference> {
    recording: Recording,
    trainer: Trainer<P>,
    /// Actions done whole.
    done: usize,
    /// Hashes found to be the same.
    verified: usize,
}

/// The recording was made with other arithmetic: nothing could be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherProfile {
    /// The recording's.
    pub recorded: String,
    /// The one asked for.
    pub asked: &'static str,
}

impl fmt::Display for OtherProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { recorded, asked } = self;
        write!(
            f,
            "it was recorded in the profile '{recorded}' and cannot be replayed in '{asked}'"
        )
    }
}

impl std::error::Error for OtherProfile {}

/// A state has another name than the recording says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Completed epochs.
    pub epoch: u64,
    /// The recording's hash.
    pub expected: StateHash,
    /// The replay's.
    pub got: StateHash,
}

/// A replay cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It is another run than the recorded one.
    Differs(Difference),
    /// The run left the finite numbers.
    Diverged(Diverged),
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Differs(Difference { epoch, expected, got }) => {
                write!(
                    f,
                    "the hash differs at epoch {epoch}: expected {expected}, got {got}"
                )
            }
            Self::Diverged(diverged) => diverged.fmt(f),
        }
    }
}

impl std::error::Error for Stopped {}

impl From<Diverged> for Stopped {
    fn from(diverged: Diverged) -> Self {
        Self::Diverged(diverged)
    }
}

impl<P: Profile> Replay<P> {
    /// At epoch 0, nothing verified yet.
    pub fn new(recording: Recording) -> Result<Self, OtherProfile> {
        if recording.profile != P::NAME {
            return Err(OtherProfile {
                recorded: recording.profile,
                asked: P::NAME,
            });
        }
        let trainer = Trainer::new(recording.experiment.clone());
        Ok(Self {
            recording,
            trainer,
            done: 0,
            verified: 0,
        })
    }

    /// What is followed.
    #[must_use]
    pub const fn recording(&self) -> &Recording {
        &self.recording
    }

    /// The run.
    #[must_use]
    pub const fn trainer(&self) -> &Trainer<P> {
        &self.trainer
    }

    /// Hashes found to be the same.
    #[must_use]
    pub const fn verified(&self) -> usize {
        self.verified
    }

    /// Trains until so many epochs are completed, perhaps more than the recording has, and stops there
    /// before what is done there. After an error it stays where it is.
    pub fn run_to(&mut self, end: u64) -> Result<(), Stopped> {
        loop {
            self.verify()?;
            let now = self.trainer.gan().epoch();
            if now >= end {
                return Ok(());
            }
            match self.recording.log.actions().get(self.done) {
                Some(stamped) if stamped.epoch <= now => {
                    let stamped = *stamped;
                    self.act(stamped, now)?;
                }
                next => {
                    let stop = next.map_or(end, |next| next.epoch.min(end));
                    let stop = self.due().map_or(stop, |due| due.epoch.min(stop));
                    self.trainer.run_epochs(stop - now)?;
                }
            }
        }
    }

    /// A change, or one of the steps.
    fn act(&mut self, stamped: Stamped, now: u64) -> Result<(), Stopped> {
        match stamped.action {
            Action::Change(change) => self.trainer.obey(Command::Change(change)),
            Action::Step(network) => self.trainer.obey(Command::Step(match network {
                Network::Generator => Step::Generator,
                Network::Discriminator => Step::Discriminator,
            })),
        }
        if let Some(diverged) = self.trainer.gan().diverged() {
            return Err(diverged.into());
        }
        let over = match stamped.action {
            Action::Change(_) => true,
            Action::Step(_) => now + 1 == stamped.end(),
        };
        self.done += usize::from(over);
        Ok(())
    }

    /// The next hash to check.
    fn due(&self) -> Option<Checkpoint> {
        self.recording.checkpoints.taken().get(self.verified).copied()
    }

    /// Checks the hash of this epoch, if there is one that has not been checked.
    fn verify(&mut self) -> Result<(), Stopped> {
        let gan = self.trainer.gan();
        if let Some(Checkpoint { epoch, hash }) = self.due()
            && epoch == gan.epoch()
        {
            let got = gan.state_hash();
            if got != hash {
                return Err(Stopped::Differs(Difference {
                    epoch,
                    expected: hash,
                    got,
                }));
            }
            self.verified += 1;
        }
        Ok(())
    }
}
