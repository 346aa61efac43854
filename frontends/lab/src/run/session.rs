//! How a run is steered and watched: commands in, snapshots out.

use std::path::PathBuf;
use std::sync::Arc;

use gan_core::{Change, Diverged};
use serde::{Deserialize, Serialize};

use crate::{Experiment, HeatmapSide, Pace, Recording, Setting, Slice, Snapshot, Stop};

/// A request to a run. Takes effect between two epochs, or, at a pace of phases, between two
/// phases.
///
/// In mid-epoch, where only a run at a pace of phases rests, whatever needs the end of an epoch
/// ([`Self::Change`], the steps of one network, the pace of epochs) completes the one under way first.
/// So nothing that is asked for is lost, refused, or dependent on the phase in which it arrives.
#[expect(
    clippy::large_enum_variant,
    reason = "one is under way at a time, and a Box would be at each of forty places"
)]
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Train on and on. In the run's past this is the beginning of a branch, as is everything else that
    /// trains or changes; but a run that retraces what is known of it goes on doing so.
    Play,
    /// Stop after the current epoch, or phase.
    Pause,
    /// Train a single step, and pause.
    Step(Step),
    /// Train faster or slower; reaches no hash. A pace of epochs completes the epoch under way.
    SetPace(Pace),
    /// Show the heatmap finer or coarser; reaches no hash.
    SetHeatmap(HeatmapSide),
    /// Show another slice of noise of more than two dimensions; reaches no hash.
    SetSlice(Slice),
    /// Change a hyper-parameter of the run.
    Change(Change),
    /// Begin anew: another configuration, another seed, or the same ones (reset). Keeps playing if it
    /// was.
    Restart(Experiment),
    /// Show the run as it was when so many epochs were completed, and pause; beyond its end, show
    /// the end. Changes made between that epoch and the next are in force.
    Seek(u64),
    /// From the run's past, play along what is known of it, doing again what was done, and pause at its
    /// end.
    Retrace,
    /// Begin a recorded run, whose end and actions are known from the start, and retrace it. Pauses. It
    /// must be of the session's numeric profile ([`Recording::of_profile`]), else nothing happens.
    Open(Arc<Recording>),
    /// Write the run down from its beginning, and what happens from now on as it happens. A file that is
    /// there is replaced.
    Record(PathBuf),
    /// Write the run down no longer; the file is complete.
    EndRecording,
    /// From now on a second run, from the same seed but with this one difference, goes in step with the
    /// first; both begin anew, with the first one's hyper-parameters of now. Of a run that was opened, both
    /// retrace the recording, the second without what was done to that hyper-parameter. `None`: the first
    /// goes on alone.
    ///
    /// Whatever is asked for after that is asked of both, except changes of the hyper-parameter in which
    /// they differ, and recordings, which are the first run's. To open a recording ends it, and so does a
    /// restart with techniques that the difference does not go together with; one that does not go together
    /// with those of now changes nothing.
    Compare(Option<Setting>),
    /// From now on a second run, which begins here as the first one's copy, bit for bit, but with this one
    /// difference, goes in step with it; the first goes on as if nothing had been asked. A difference that no run
    /// can go on with, or a first run that diverged: as [`Self::Compare`], both begin anew.
    Branch(Setting),
    /// Pause as soon as this is so of the first run, once; `None`: of nothing any more. The run is checked where it
    /// trains, at epochs that depend on nothing but how far it is; reaches no hash.
    StopWhen(Option<Stop>),
}

/// A single step of training.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Step {
    /// The next phase, by hand. A run at another pace than of phases goes over to slow motion.
    Phase,
    /// One update of the discriminator alone; counts as an epoch.
    Discriminator,
    /// One update of the generator alone; counts as an epoch.
    Generator,
    /// The rest of the epoch under way, or one whole epoch.
    Both,
}

/// Whether a run is getting on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Waiting for a command.
    Paused,
    /// Training.
    Playing,
    /// Stopped for good; only a restart helps.
    Diverged(Diverged),
}

impl Status {
    /// The status of two runs: playing if either is, diverged if both are, and then as the first
    /// did.
    pub(crate) const fn or(self, second: Self) -> Self {
        match (self, second) {
            (Self::Playing, _) | (Self::Paused, Self::Paused | Self::Diverged(_)) => self,
            (_, Self::Playing) | (Self::Diverged(_), Self::Paused) => second,
            (Self::Diverged(_), Self::Diverged(_)) => self,
        }
    }
}

/// A run, wherever it trains.
pub trait Session {
    /// Asks for something; returns at once, it takes effect between two epochs.
    fn send(&mut self, command: Command);

    /// The newest finished snapshot; returns at once.
    fn latest(&self) -> Arc<Snapshot>;
}
