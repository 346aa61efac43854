//! A run in training: the networks, what was asked of it, and copies of its state to look at.

use std::path::Path;
use std::sync::Arc;

use gan_core::log::{Action, Log};
use gan_core::{Checkpoint, Configuration, Diverged, Gan, Network, Phase, Profile, Reference, memory_words};

use crate::files::FileError;
use crate::files::tensors::{Atlases, Model};
use crate::instructions;
use crate::memory::AlignedWords;
use crate::recording::Recorder;
use crate::snapshot::LOG_CAPACITY;
use crate::{Command, Experiment, HeatmapSide, Pace, PhaseReport, Status, Step, Stride};

/// A copy of all that a picture needs to know of a run, between two epochs or, at a pace of phases, two
/// phases.
#[derive(Clone, Debug)]
pub struct State {
    /// What the run began with. A new one for every restart.
    pub experiment: Arc<Experiment>,
    /// The hyper-parameters now.
    pub configuration: Configuration,
    /// Completed epochs.
    pub epoch: u64,
    /// Whether it is getting on.
    pub status: Status,
    /// How fast it trains while it plays.
    pub pace: Pace,
    /// How fine a heatmap was asked for.
    pub heatmap: HeatmapSide,
    /// The generator's parameters, in storage order.
    pub generator: Vec<f32>,
    /// The discriminator's parameters, in storage order.
    pub discriminator: Vec<f32>,
    /// The discriminator's loss at its last update.
    pub discriminator_loss: Option<f64>,
    /// The generator's loss at its last update.
    pub generator_loss: Option<f64>,
    /// What was done to the run.
    pub log: Arc<Log<LOG_CAPACITY>>,
    /// The phase last run, if phases were what was run.
    pub phase: Option<Arc<PhaseReport>>,
    /// The phase that comes next within the epoch under way; `None` between two epochs.
    pub upcoming: Option<Phase>,
}

/// Networks in training, with arithmetic `P`.
pub struct Trainer<P = Reference> {
    experiment: Arc<Experiment>,
    gan: Gan<AlignedWords, P>,
    log: Arc<Log<LOG_CAPACITY>>,
    playing: bool,
    pace: Pace,
    phase: Option<Arc<PhaseReport>>,
    heatmap: HeatmapSide,
    recorder: Option<Recorder>,
}

impl<P: Profile> Trainer<P> {
    /// A run at epoch 0, paused.
    #[must_use]
    pub fn new(experiment: Experiment) -> Self {
        let gan = set_up(&experiment);
        Self::going_on(Arc::new(experiment), gan)
    }

    /// A run that goes on from where its networks are, paused.
    #[must_use]
    pub fn going_on(experiment: Arc<Experiment>, gan: Gan<AlignedWords, P>) -> Self {
        Self {
            experiment,
            gan,
            log: Arc::default(),
            playing: false,
            pace: Pace::Full,
            phase: None,
            heatmap: HeatmapSide::AS_IN_GAN_LAB,
            recorder: None,
        }
    }

    /// What it began with and its networks, to train them elsewhere.
    #[must_use]
    pub fn into_parts(self) -> (Arc<Experiment>, Gan<AlignedWords, P>) {
        (self.experiment, self.gan)
    }

    /// As [`Self::new`], and what happens is written to a file as it happens; after a restart to another
    /// one beside it ([`crate::recording`]).
    pub fn recorded(experiment: Experiment, path: &Path) -> Result<Self, FileError> {
        let mut trainer = Self::new(experiment);
        trainer.recorder = Some(Recorder::create(path, &trainer.experiment, P::NAME)?);
        trainer.reached();
        Ok(trainer)
    }

    /// Ends the recording, if there is one. The error is why it could not go on; the run did.
    pub fn finish_recording(&mut self) -> Result<(), FileError> {
        self.reached();
        self.recorder.take().map_or(Ok(()), Recorder::finish)
    }

    /// The networks.
    #[must_use]
    pub const fn gan(&self) -> &Gan<AlignedWords, P> {
        &self.gan
    }

    /// The networks, to load parameters or atlases into.
    pub const fn gan_mut(&mut self) -> &mut Gan<AlignedWords, P> {
        &mut self.gan
    }

    /// Whether it is getting on.
    #[must_use]
    pub fn status(&self) -> Status {
        match self.gan.diverged() {
            Some(diverged) => Status::Diverged(diverged),
            None if self.playing => Status::Playing,
            None => Status::Paused,
        }
    }

    /// How fast it is to train while it plays; whoever runs it keeps to that.
    #[must_use]
    pub const fn pace(&self) -> Pace {
        self.pace
    }

    /// Does what was asked. A divergence is not an error here: the status tells.
    pub fn obey(&mut self, command: Command) {
        match command {
            Command::Play => self.playing = true,
            Command::Pause => self.playing = false,
            Command::SetPace(pace) => {
                self.pace = pace;
                if pace.stride() == Stride::Epoch {
                    self.finish_epoch();
                    self.phase = None;
                }
            }
            Command::SetHeatmap(side) => self.heatmap = side,
            Command::Step(step) => {
                self.playing = false;
                self.step(step);
            }
            Command::Change(change) => {
                self.finish_epoch();
                self.reached();
                if self.gan.change(change).is_ok() {
                    self.note(Action::Change(change));
                }
            }
            Command::Restart(experiment) => self.restart(experiment),
        }
    }

    /// Completes as many epochs, the one under way included, unless it diverges.
    pub fn run_epochs(&mut self, count: u64) -> Result<(), Diverged> {
        self.run_epochs_with(count, Gan::run_epochs)
    }

    /// As [`Self::run_epochs`], trained by `train`, which completes as many epochs as it is told, on
    /// whichever machine.
    pub fn run_epochs_with(
        &mut self,
        count: u64,
        mut train: impl FnMut(&mut Gan<AlignedWords, P>, u64) -> Result<(), Diverged>,
    ) -> Result<(), Diverged> {
        if count > 0 {
            self.phase = None;
        }
        let end = self.gan.epoch().saturating_add(count);
        while self.gan.epoch() < end {
            let due = self.recorder.as_ref().map_or(u64::MAX, Recorder::due);
            let epochs = due.min(end) - self.gan.epoch();
            train(&mut self.gan, epochs)?;
            if self.gan.epoch() == due {
                self.reached();
            }
        }
        Ok(())
    }

    /// Runs the next phase and reports what it made. An epoch without updates has none and only counts.
    pub fn run_phase(&mut self) -> Result<(), Diverged> {
        self.reached();
        self.phase = PhaseReport::of_next(&mut self.gan)?.map(Arc::new);
        self.reached();
        Ok(())
    }

    /// Completes the epoch under way, if one is.
    fn finish_epoch(&mut self) {
        if self.gan.upcoming().is_some() {
            // A divergence shows in the status.
            let _ = self.run_epochs(1);
        }
    }

    fn step(&mut self, step: Step) {
        // Here and below, a divergence shows in the status.
        let network = match step {
            Step::Phase => {
                if self.pace.stride() != Stride::Phase {
                    self.pace = Pace::SLOW_MOTION;
                }
                let _ = self.run_phase();
                return;
            }
            Step::Both => {
                let _ = self.run_epochs(1);
                return;
            }
            Step::Discriminator => Network::Discriminator,
            Step::Generator => Network::Generator,
        };
        self.finish_epoch();
        self.phase = None;
        self.reached();
        if self.gan.step(network).is_ok() {
            let epoch = self.gan.epoch() - 1;
            self.note_at(epoch, Action::Step(network));
            self.reached();
        }
    }

    fn restart(&mut self, experiment: Experiment) {
        self.reached();
        if let Some(recorder) = &mut self.recorder {
            recorder.restart(&experiment);
        }
        self.gan = set_up(&experiment);
        self.experiment = Arc::new(experiment);
        self.log = Arc::default();
        self.phase = None;
        self.reached();
    }

    /// A copy of the state, to look at.
    #[must_use]
    pub fn state(&self) -> State {
        State {
            experiment: Arc::clone(&self.experiment),
            configuration: *self.gan.configuration(),
            epoch: self.gan.epoch(),
            status: self.status(),
            pace: self.pace,
            heatmap: self.heatmap,
            generator: self.gan.parameters(Network::Generator).to_vec(),
            discriminator: self.gan.parameters(Network::Discriminator).to_vec(),
            discriminator_loss: self.gan.loss(Network::Discriminator),
            generator_loss: self.gan.loss(Network::Generator),
            log: Arc::clone(&self.log),
            phase: self.phase.clone(),
            upcoming: self.gan.upcoming(),
        }
    }

    /// The networks' parameters as a file holds them; in mid-epoch, as they are then.
    #[must_use]
    pub fn model(&self) -> Model {
        Model {
            configuration: *self.gan.configuration(),
            epoch: Some(self.gan.epoch()),
            generator: self.gan.parameters(Network::Generator).to_vec(),
            discriminator: self.gan.parameters(Network::Discriminator).to_vec(),
        }
    }

    /// The run's samples as a file holds them.
    #[must_use]
    pub fn atlases(&self) -> Atlases {
        Atlases {
            real: self.gan.real_atlas().to_vec(),
            noise: self.gan.noise_atlas().to_vec(),
            length: self.gan.configuration().atlas,
            dimensions: self.gan.configuration().noise.dimensions,
        }
    }

    fn note(&mut self, action: Action) {
        self.note_at(self.gan.epoch(), action);
    }

    fn note_at(&mut self, epoch: u64, action: Action) {
        // A full log keeps what it has: the run goes on, only its story is cut.
        let _ = Arc::make_mut(&mut self.log).push(epoch, action);
        if let Some(recorder) = &mut self.recorder {
            recorder.acted(epoch, action);
        }
    }

    /// Tells the recorder the state's name, between epochs.
    fn reached(&mut self) {
        if let Some(recorder) = &mut self.recorder
            && self.gan.upcoming().is_none()
        {
            recorder.reached(Checkpoint {
                epoch: self.gan.epoch(),
                hash: self.gan.state_hash(),
            });
        }
    }
}

fn set_up<P: Profile>(experiment: &Experiment) -> Gan<AlignedWords, P> {
    let memory = AlignedWords::zeroed(memory_words(experiment.configuration()));
    let mut gan = Gan::new(
        memory,
        experiment.configuration(),
        experiment.seed(),
        experiment.drawing().points(),
    )
    .expect("the memory is of the configuration's size, and an Experiment has its drawing");
    gan.use_instructions(instructions::current());
    gan
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::configuration::{LearningRate, UpdatesPerEpoch};
    use gan_core::{Change, Preset, Stage};

    fn ring() -> Trainer {
        Trainer::new(Experiment::preset(Preset::Ring, 7))
    }

    /// Phases of an epoch of the ring: three updates of D and one of G, five each.
    const PHASES: usize = 20;

    #[test]
    fn the_stride_reaches_no_hash() {
        for preset in Preset::ALL {
            let mut phases: Trainer = Trainer::new(Experiment::preset(preset, 7));
            let mut epochs: Trainer = Trainer::new(Experiment::preset(preset, 7));
            for _ in 0..4 {
                epochs.run_epochs(1).unwrap();
                while phases.gan.epoch() < epochs.gan.epoch() {
                    phases.run_phase().unwrap();
                }
                assert_eq!(phases.gan.state_hash(), epochs.gan.state_hash(), "{preset:?}");
            }
        }
    }

    #[test]
    fn whatever_arrives_in_mid_epoch_takes_effect_at_its_end() {
        let rate = LearningRate::new(0.02).unwrap();
        let asked = [
            Command::Change(Change::LearningRate(Network::Generator, rate)),
            Command::Step(Step::Discriminator),
            Command::Step(Step::Generator),
            Command::SetPace(Pace::BRISK),
        ];
        for command in asked {
            for phases in 1..PHASES {
                let (mut slow, mut whole) = (ring(), ring());
                slow.obey(Command::SetPace(Pace::SLOW_MOTION));
                (0..phases).for_each(|_| slow.run_phase().unwrap());
                assert!(slow.gan.upcoming().is_some());
                whole.run_epochs(1).unwrap();
                for trainer in [&mut slow, &mut whole] {
                    trainer.obey(command.clone());
                }
                let (slow_state, whole_state) = (slow.state(), whole.state());
                assert_eq!((slow_state.upcoming, slow_state.phase), (None, None));
                assert_eq!(slow_state.epoch, whole_state.epoch, "{command:?} after {phases}");
                assert_eq!(slow_state.log, whole_state.log, "{command:?} after {phases}");
                assert_eq!(slow_state.configuration, whole_state.configuration);
                assert_eq!(
                    slow.gan.state_hash(),
                    whole.gan.state_hash(),
                    "{command:?} after {phases}"
                );
            }
        }
    }

    #[test]
    fn both_completes_the_epoch_under_way() {
        let mut trainer = ring();
        trainer.obey(Command::Step(Step::Phase));
        trainer.obey(Command::Step(Step::Both));
        assert_eq!((trainer.gan.epoch(), trainer.gan.upcoming()), (1, None));
        trainer.obey(Command::Step(Step::Both));
        assert_eq!(trainer.gan.epoch(), 2);
    }

    #[test]
    fn the_next_phase_by_hand_pauses_in_slow_motion() {
        let mut trainer = ring();
        trainer.obey(Command::SetPace(Pace::BRISK));
        trainer.obey(Command::Play);
        for count in 0..2 * PHASES {
            trainer.obey(Command::Step(Step::Phase));
            let state = trainer.state();
            assert_eq!((state.status, state.pace), (Status::Paused, Pace::SLOW_MOTION));
            let report = state.phase.unwrap();
            assert_eq!(report.phase.stage, Stage::ALL[count % 5]);
            assert_eq!(report.epoch, 1 + (count / PHASES) as u64);
            let (network, updates) = match count % PHASES {
                0..15 => (Network::Discriminator, 3),
                _ => (Network::Generator, 1),
            };
            assert_eq!((report.phase.network, report.updates), (network, updates));
            assert_eq!(report.phase.update, count % PHASES % 15 / 5);
            assert_eq!(state.epoch, ((count + 1) / PHASES) as u64);
        }
        assert!(
            trainer.log.actions().is_empty(),
            "phases are no actions of their own"
        );
    }

    #[test]
    fn a_restart_in_mid_epoch_begins_anew_at_once() {
        let mut trainer = ring();
        trainer.obey(Command::Step(Step::Phase));
        trainer.obey(Command::Restart(Experiment::preset(Preset::Ring, 8)));
        let state = trainer.state();
        assert_eq!((state.epoch, state.upcoming, state.phase), (0, None, None));
        assert_eq!(state.pace, Pace::SLOW_MOTION);
    }

    #[test]
    fn an_epoch_without_updates_has_no_phase_and_counts() {
        let mut trainer = ring();
        for network in [Network::Generator, Network::Discriminator] {
            let none = Change::UpdatesPerEpoch(network, UpdatesPerEpoch::LEAST);
            trainer.obey(Command::Change(none));
        }
        trainer.obey(Command::Step(Step::Phase));
        let state = trainer.state();
        assert_eq!((state.epoch, state.upcoming, state.phase), (1, None, None));
    }
}
