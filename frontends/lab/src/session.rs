//! How a run is steered and watched: commands in, snapshots out.

use std::num::NonZeroU32;
use std::sync::Arc;

use gan_core::{Change, Diverged};

use crate::{Experiment, Snapshot};

/// What a person can ask of a run. Takes effect between two epochs.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Train on and on.
    Play,
    /// Stop after the current epoch.
    Pause,
    /// Train a single step, and pause.
    Step(Step),
    /// Train faster or slower; reaches no hash.
    SetPace(Pace),
    /// Change a hyper-parameter of the run.
    Change(Change),
    /// Begin anew: another configuration, another seed, or the same ones (reset). Keeps playing if it
    /// was.
    Restart(Experiment),
}

/// A single step of training.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// One update of the discriminator alone; counts as an epoch.
    Discriminator,
    /// One update of the generator alone; counts as an epoch.
    Generator,
    /// One whole epoch.
    Both,
}

/// How fast a run trains while it plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pace {
    /// So many epochs a second, for eyes to follow, or fewer where the machine cannot.
    EpochsPerSecond(NonZeroU32),
    /// As fast as the machine can.
    Full,
}

impl Pace {
    /// One epoch a frame, as in GAN Lab.
    pub const AS_IN_GAN_LAB: Self = Self::EpochsPerSecond(NonZeroU32::new(60).unwrap());
    /// Ten times that: a ring forms within seconds.
    pub const BRISK: Self = Self::EpochsPerSecond(NonZeroU32::new(600).unwrap());
}

/// Whether a run is getting on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Waiting for a command.
    Paused,
    /// Training.
    Playing,
    /// Stopped for good; only a restart helps.
    Diverged(Diverged),
}

/// A run, wherever it trains.
pub trait Session {
    /// Asks for something; returns at once, it takes effect between two epochs.
    fn send(&mut self, command: Command);

    /// The newest finished snapshot; returns at once.
    fn latest(&self) -> Arc<Snapshot>;
}
