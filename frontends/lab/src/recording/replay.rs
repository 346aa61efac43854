//! A recording trained again: what was done is done at its epochs, and every hash is checked.

use std::sync::Arc;

use gan_core::{Diverged, Gan, Profile, Reference};

use super::{Checks, Difference, Recording, Verification};
use crate::Trainer;
use crate::run::memory::AlignedWords;

/// A run that follows a recording.
pub struct Replay<P = Reference> {
    recording: Arc<Recording>,
    trainer: Trainer<P>,
}

/// The recording was made with other arithmetic: nothing could be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it was recorded in the profile '{recorded}' and cannot be replayed in '{asked}'")]
pub struct OtherProfile {
    /// The recording's.
    pub recorded: String,
    /// The one asked for.
    pub asked: &'static str,
}

/// A replay cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// It is another run than the recorded one.
    #[error("the hash differs at epoch {}: expected {}, got {}", .0.epoch, .0.expected, .0.got)]
    Differs(Difference),
    /// The run left the finite numbers.
    #[error(transparent)]
    Diverged(#[from] Diverged),
}

impl<P: Profile> Replay<P> {
    /// At epoch 0; the state there is compared already.
    pub fn new(recording: Recording) -> Result<Self, OtherProfile> {
        recording.of_profile::<P>()?;
        let recording = Arc::new(recording);
        let trainer = Trainer::opened(Arc::clone(&recording)).expect("the profile is right");
        Ok(Self { recording, trainer })
    }

    /// The recording that is followed.
    #[must_use]
    pub fn recording(&self) -> &Recording {
        &self.recording
    }

    /// The run.
    #[must_use]
    pub const fn trainer(&self) -> &Trainer<P> {
        &self.trainer
    }

    /// Hashes found to be the same.
    #[must_use]
    pub fn verified(&self) -> usize {
        self.verification().verified
    }

    fn verification(&self) -> Verification {
        self.trainer
            .verification()
            .expect("nothing but the recording is done")
    }

    /// Trains until so many epochs are completed, perhaps more than the recording has, and stops there
    /// before what is done there, unless that is the recording's end. After an error it stays where it is.
    pub fn run_to(&mut self, end: u64) -> Result<(), Stopped> {
        self.follow(end, Trainer::run_epochs)
    }

    /// Runs like [`Self::run_to`], trained by `train`, which completes as many epochs as it is
    /// told, on whichever machine. The recorded actions are done here.
    pub fn run_to_with(
        &mut self,
        end: u64,
        mut train: impl FnMut(&mut Gan<AlignedWords, P>, u64) -> Result<(), Diverged>,
    ) -> Result<(), Stopped> {
        self.follow(end, |trainer, count| trainer.run_epochs_with(count, &mut train))
    }

    fn follow(
        &mut self,
        end: u64,
        mut train: impl FnMut(&mut Trainer<P>, u64) -> Result<(), Diverged>,
    ) -> Result<(), Stopped> {
        loop {
            if let Some(difference) = self.verification().difference {
                return Err(Stopped::Differs(difference));
            }
            let now = self.trainer.gan().epoch();
            if now >= end {
                return Ok(());
            }
            let stop = self
                .trainer
                .checks()
                .and_then(Checks::due)
                .unwrap_or(end)
                .min(end);
            train(&mut self.trainer, stop - now)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Experiment;
    use crate::recording::sample::{experiment, session};
    use gan_core::Change;
    use gan_core::configuration::LearningRate;
    use gan_core::log::{Action, Log};
    use gan_core::{Checkpoint, Checkpoints, Network, Preset, StateHash};

    /// A session's recording as it left it in its file, and the run itself.
    fn recorded() -> (Recording, Trainer) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.toml");
        let mut trainer = session(&path);
        trainer.finish_recording().unwrap();
        (Recording::load(&path).unwrap().0, trainer)
    }

    #[test]
    fn everything_that_was_done_is_done_again() {
        let (recording, trainer) = recorded();
        assert_eq!(recording.experiment, experiment());
        assert_eq!(recording.end(), trainer.gan().epoch());
        assert!(recording.log.actions().len() >= 20);
        let hashes = recording.checkpoints.taken().len();
        let mut replay = Replay::<Reference>::new(recording).unwrap();
        replay.run_to(trainer.gan().epoch()).unwrap();
        assert_eq!(replay.verified(), hashes);
        assert_eq!(replay.trainer().gan().state_hash(), trainer.gan().state_hash());
        assert_eq!(
            replay.trainer().state().configuration,
            trainer.state().configuration
        );
        assert_eq!(replay.trainer().state().log, trainer.state().log);
    }

    #[test]
    fn a_replay_can_be_cut_anywhere() {
        let (recording, trainer) = recorded();
        let mut replay = Replay::<Reference>::new(recording.clone()).unwrap();
        let mut ends = Vec::new();
        for end in 0..=trainer.gan().epoch() {
            replay.run_to(end).unwrap();
            assert_eq!(replay.trainer().gan().epoch(), end);
            ends.push(replay.trainer().gan().state_hash());
        }
        for end in [1, 50, 100, 150] {
            let mut whole = Replay::<Reference>::new(recording.clone()).unwrap();
            whole.run_to(end).unwrap();
            assert_eq!(whole.trainer().gan().state_hash(), ends[end as usize], "to {end}");
        }
    }

    #[test]
    fn the_first_hash_that_differs_is_named() {
        let (mut recording, _) = recorded();
        let mut changed = Checkpoints::new();
        for (index, taken) in recording.checkpoints.taken().iter().enumerate() {
            let hash = StateHash(taken.hash.0 ^ u64::from(index >= 5));
            changed.push(Checkpoint { hash, ..*taken }).unwrap();
        }
        let sixth = recording.checkpoints.taken()[5];
        recording.checkpoints = changed;
        let end = recording.end();
        let mut replay = Replay::<Reference>::new(recording).unwrap();
        for _ in 0..2 {
            let stopped = replay.run_to(end).unwrap_err();
            let difference = Difference {
                epoch: sixth.epoch,
                expected: StateHash(sixth.hash.0 ^ 1),
                got: sixth.hash,
            };
            assert_eq!(stopped, Stopped::Differs(difference));
        }
        assert_eq!(replay.verified(), 5);
    }

    #[test]
    fn other_arithmetic_is_refused() {
        let (mut recording, _) = recorded();
        recording.profile = "micromath".to_owned();
        let error = Replay::<Reference>::new(recording).err().unwrap().to_string();
        assert_eq!(
            error,
            "it was recorded in the profile 'micromath' and cannot be replayed in 'reference'"
        );
    }

    #[test]
    fn a_divergence_beyond_the_recording_s_end_is_said() {
        let mut log = Log::new();
        for network in [Network::Generator, Network::Discriminator] {
            let rate = LearningRate::new(10.0).unwrap();
            log.push(3, Action::Change(Change::learning_rate(network, rate)))
                .unwrap();
        }
        let mut configuration = Preset::Line.configuration();
        for network in [Network::Generator, Network::Discriminator] {
            configuration.network_mut(network).hidden_layers =
                gan_core::configuration::HiddenLayers::new(5).unwrap();
            configuration.network_mut(network).neurons = gan_core::configuration::Neurons::new(12).unwrap();
        }
        configuration.batch = gan_core::configuration::BatchSize::new(4).unwrap();
        let experiment = Experiment::preset(Preset::Line, 13)
            .with_configuration(configuration)
            .unwrap();
        let recording = Recording {
            profile: "reference".to_owned(),
            experiment,
            narration: crate::recording::Narration::default(),
            log,
            checkpoints: Checkpoints::new(),
            reached: 0,
        };
        assert_eq!(recording.end(), 3);
        let mut replay = Replay::<Reference>::new(recording).unwrap();
        replay.run_to(3).unwrap();
        let stopped = replay.run_to(5000).unwrap_err();
        assert!(
            matches!(stopped, Stopped::Diverged(Diverged { epoch: 4.., .. })),
            "{stopped}"
        );
    }
}
