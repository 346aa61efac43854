//! A run in training: the networks, what was asked of it, and copies of its state to look at.

use std::sync::Arc;

use gan_core::log::{Action, Log};
use gan_core::{Configuration, Diverged, Gan, Network, Profile, Reference, StepError, memory_words};

use crate::files::tensors::{Atlases, Model};
use crate::instructions;
use crate::memory::AlignedWords;
use crate::snapshot::LOG_CAPACITY;
use crate::{Command, Experiment, Pace, Status, Step};

/// A copy of all that a picture needs to know of a run, between two epochs.
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
}

/// Networks in training, with arithmetic `P`.
pub struct Trainer<P = Reference> {
    experiment: Arc<Experiment>,
    gan: Gan<AlignedWords, P>,
    log: Arc<Log<LOG_CAPACITY>>,
    playing: bool,
    pace: Pace,
}

impl<P: Profile> Trainer<P> {
    /// A run at epoch 0, paused.
    #[must_use]
    pub fn new(experiment: Experiment) -> Self {
        let gan = set_up(&experiment);
        Self {
            experiment: Arc::new(experiment),
            gan,
            log: Arc::default(),
            playing: false,
            pace: Pace::Full,
        }
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
            Command::SetPace(pace) => self.pace = pace,
            Command::Step(step) => {
                self.playing = false;
                self.step(step);
            }
            Command::Change(change) => {
                if self.gan.change(change).is_ok() {
                    self.note(Action::Change(change));
                }
            }
            Command::Restart(experiment) => self.restart(experiment),
        }
    }

    /// Completes as many epochs, unless it diverges.
    pub fn run_epochs(&mut self, count: u64) -> Result<(), Diverged> {
        self.gan.run_epochs(count)
    }

    fn step(&mut self, step: Step) {
        let network = match step {
            Step::Both => {
                // A divergence shows in the status.
                let _ = self.gan.run_epoch();
                return;
            }
            Step::Discriminator => Network::Discriminator,
            Step::Generator => Network::Generator,
        };
        match self.gan.step(network) {
            Ok(()) => {
                let epoch = self.gan.epoch() - 1;
                self.note_at(epoch, Action::Step(network));
            }
            Err(StepError::MidEpoch | StepError::Diverged(_)) => {}
        }
    }

    fn restart(&mut self, experiment: Experiment) {
        self.gan = set_up(&experiment);
        self.experiment = Arc::new(experiment);
        self.log = Arc::default();
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
            generator: self.gan.parameters(Network::Generator).to_vec(),
            discriminator: self.gan.parameters(Network::Discriminator).to_vec(),
            discriminator_loss: self.gan.loss(Network::Discriminator),
            generator_loss: self.gan.loss(Network::Generator),
            log: Arc::clone(&self.log),
        }
    }

    /// The networks' parameters as a file holds them.
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
    }
}

fn set_up<P: Profile>(experiment: &Experiment) -> Gan<AlignedWords, P> {
    let memory = AlignedWords::zeroed(memory_words(experiment.configuration()));
    let mut gan = Gan::new(
        memory,
        experiment.configuration(),
        experiment.seed(),
        experiment.drawing(),
    )
    .expect("the memory is of the configuration's size, and an Experiment has its drawing");
    gan.use_instructions(instructions::current());
    gan
}
