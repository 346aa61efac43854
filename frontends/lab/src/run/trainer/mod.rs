//! A run in training: the networks, what was asked of it, and copies of its state to look at.
//!
//! `retracing` goes back into the run's past and along what is known of it, with the states that `past`
//! keeps; `recorded` writes the run down, and compares it with what was written.

mod past;
mod recorded;
mod retracing;
mod state;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use gan_core::log::{Action, Log};
use gan_core::{Diverged, Gan, Network, Profile, Reference, memory_words};

use crate::checks::gauge::{self, Gauge};
use crate::files::tensors::{Atlases, Model};
use crate::recording::LOG_CAPACITY;
use crate::recording::{Checks, Recorder, RecordingStatus};
use crate::run::backends::{Place, Whereabouts};
use crate::run::instructions;
use crate::run::memory::AlignedWords;
use crate::{
    Command, Experiment, HeatmapSide, Inference, Pace, PhaseReport, Recording, Slice, Status, Step, Stride,
};

use past::Past;

pub use retracing::Course;
pub use state::State;

/// A run's networks, with arithmetic `P`.
type Networks<P> = Gan<AlignedWords, P>;

/// Networks in training, with arithmetic `P`.
pub struct Trainer<P = Reference> {
    experiment: Arc<Experiment>,
    gan: Networks<P>,
    log: Arc<Log<LOG_CAPACITY>>,
    /// How many of the log's actions are in force, steps counted when the last of them is done.
    done: usize,
    /// The epoch that the run is known to reach.
    end: u64,
    course: Course,
    past: Past,
    seeking: Option<u64>,
    checks: Option<Checks>,
    opened: Option<Arc<Recording>>,
    forks: Arc<[u64]>,
    playing: bool,
    pace: Pace,
    phase: Option<Arc<PhaseReport>>,
    heatmap: HeatmapSide,
    slice: Slice,
    gauge: Gauge,
    recorder: Option<Recorder>,
    recording: RecordingStatus,
    /// The place where whole epochs are trained, unless that is here.
    place: Option<Box<dyn Place<P>>>,
    whereabouts: Arc<Whereabouts>,
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
    pub fn going_on(experiment: Arc<Experiment>, gan: Networks<P>) -> Self {
        Self {
            experiment,
            log: Arc::default(),
            done: 0,
            end: gan.epoch(),
            gan,
            course: Course::Present,
            past: Past::none(),
            seeking: None,
            checks: None,
            opened: None,
            forks: Arc::default(),
            playing: false,
            pace: Pace::Full,
            phase: None,
            heatmap: HeatmapSide::AS_IN_GAN_LAB,
            slice: Slice::FIRST,
            gauge: Gauge::default(),
            recorder: None,
            recording: RecordingStatus::Off,
            place: None,
            whereabouts: Arc::new(Whereabouts::processor()),
        }
    }

    /// A run at the beginning of a recording, to retrace; `None` if it is of another profile.
    #[must_use]
    pub fn opened(recording: Arc<Recording>) -> Option<Self> {
        let mut trainer = Self::new(recording.experiment.clone());
        trainer.open(recording);
        trainer.checks.is_some().then_some(trainer)
    }

    /// Takes the run apart into its experiment and its networks, to train them elsewhere.
    #[must_use]
    pub fn into_parts(self) -> (Arc<Experiment>, Networks<P>) {
        (self.experiment, self.gan)
    }

    /// The experiment that the run began with.
    #[must_use]
    pub(crate) const fn experiment(&self) -> &Arc<Experiment> {
        &self.experiment
    }

    /// Trains whole epochs elsewhere from now on; phases and single steps are trained here.
    pub fn train_at(&mut self, place: Box<dyn Place<P>>) {
        self.whereabouts = Arc::new(place.whereabouts());
        self.place = Some(place);
    }

    /// Trains here, because something else could not be had; why is said with the run.
    pub fn train_here_instead(&mut self, trouble: &str) {
        self.place = None;
        self.whereabouts = Arc::new(Whereabouts::processor_instead(trouble));
    }

    /// The device on which the run trains.
    #[must_use]
    pub fn whereabouts(&self) -> &Whereabouts {
        &self.whereabouts
    }

    /// Whether nothing has been done with it.
    pub(crate) fn is_at_its_beginning(&self) -> bool {
        let begun = self.gan.upcoming().is_some() || self.gan.diverged().is_some();
        !begun && self.end == 0 && self.log.actions().is_empty()
    }

    /// The networks.
    #[must_use]
    pub const fn gan(&self) -> &Networks<P> {
        &self.gan
    }

    /// The networks, to load parameters or atlases into.
    pub const fn gan_mut(&mut self) -> &mut Networks<P> {
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

    /// Does what was asked. A divergence is not an error here: the status tells. To be shown another epoch
    /// is a way that only begins here: [`Self::run_towards`] goes it.
    pub fn obey(&mut self, command: Command) {
        if !matches!(
            command,
            Command::Seek(_) | Command::SetPace(_) | Command::SetHeatmap(_) | Command::SetSlice(_)
        ) {
            self.settle();
        }
        match command {
            Command::Play => {
                if self.course == Course::Past {
                    self.branch();
                }
                self.playing = true;
            }
            Command::Pause => self.playing = false,
            Command::Retrace => {
                if self.course == Course::Past {
                    self.course = Course::Retracing;
                }
                self.playing = true;
            }
            Command::SetPace(pace) => {
                self.pace = pace;
                if pace.stride() == Stride::Epoch {
                    self.finish_epoch();
                    self.phase = None;
                }
            }
            Command::SetHeatmap(side) => self.heatmap = side,
            Command::SetSlice(slice) => self.slice = slice,
            Command::Step(step) => {
                self.playing = false;
                self.step(step);
            }
            Command::Change(change) => {
                self.finish_epoch();
                self.branch();
                self.reached();
                if self.gan.change(change).is_ok() {
                    self.note(self.gan.epoch(), Action::Change(change));
                }
            }
            Command::Restart(experiment) => self.restart(experiment),
            Command::Seek(epoch) => self.seek(epoch),
            Command::Open(recording) => self.open(recording),
            // A run knows nothing of another beside it: whoever drives both does.
            Command::Compare(_) | Command::Branch(_) | Command::StopWhen(_) => {}
            Command::Record(path) => {
                // Completes an earlier recording; whether that could be written is no longer said.
                let _ = self.finish_recording();
                if let Err(error) = self.record(&path) {
                    self.recording = RecordingStatus::Failed(error.to_string().into());
                }
            }
            // A failure to write shows in the state.
            Command::EndRecording => _ = self.finish_recording(),
        }
    }

    /// Completes as many epochs, the one under way included, unless it diverges. Goes another way from
    /// where the run's past is looked at; stops where a run that is retraced ends.
    pub fn run_epochs(&mut self, count: u64) -> Result<(), Diverged> {
        let mut gauge = std::mem::take(&mut self.gauge);
        let Some(mut place) = self.place.take() else {
            let outcome = self.run_epochs_with(count, |gan, epochs| {
                gauge.run_epochs(gan, epochs, gauge::EVERY, Gan::run_epochs)
            });
            self.gauge = gauge;
            return outcome;
        };
        let outcome = self.run_epochs_with(count, |gan, epochs| {
            let train = |gan: &mut _, epochs| place.train(gan, epochs);
            gauge.run_epochs(gan, epochs, gauge::EVERY_ELSEWHERE, train)
        });
        self.gauge = gauge;
        if place.trouble().is_some() != self.whereabouts.trouble.is_some() {
            self.whereabouts = Arc::new(place.whereabouts());
        }
        self.place = Some(place);
        outcome
    }

    /// Trains like [`Self::run_epochs`], by `train`, which completes as many epochs as it is told,
    /// on whichever machine.
    pub fn run_epochs_with(
        &mut self,
        count: u64,
        train: impl FnMut(&mut Networks<P>, u64) -> Result<(), Diverged>,
    ) -> Result<(), Diverged> {
        self.set_out();
        if count > 0 {
            self.phase = None;
        }
        let outcome = self.train_along(count, train);
        self.end = self.end.max(self.gan.epoch());
        self.arrive();
        // One that is retraced ends as it ended then.
        self.gan.diverged().map_or(outcome, Err)
    }

    /// Runs the next phase and reports what it made. An epoch without updates has none and only counts;
    /// steps of one network that are retraced are made whole.
    pub fn run_phase(&mut self) -> Result<(), Diverged> {
        self.set_out();
        if self.gan.upcoming().is_none() && self.act()? {
            self.phase = None;
        } else {
            self.reached();
            self.phase = PhaseReport::of_next(&mut self.gan)?.map(Arc::new);
        }
        self.reached();
        self.arrive();
        Ok(())
    }

    /// Whoever trains is not looking at the past any more.
    pub(crate) fn set_out(&mut self) {
        self.settle();
        if self.course == Course::Past {
            self.branch();
        }
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
        self.branch();
        self.phase = None;
        self.reached();
        if self.gan.step(network).is_ok() {
            self.note(self.gan.epoch() - 1, Action::Step(network));
            self.reached();
        }
    }

    fn restart(&mut self, experiment: Experiment) {
        self.reached();
        if let Some(recorder) = &mut self.recorder {
            recorder.restart(&experiment);
        }
        self.gan = set_up(&experiment);
        self.gauge = Gauge::default();
        self.experiment = Arc::new(experiment);
        self.log = Arc::default();
        (self.done, self.end) = (0, 0);
        self.course = Course::Present;
        (self.seeking, self.checks, self.phase) = (None, None, None);
        self.opened = None;
        self.forks = Arc::default();
        if self.past.is_kept() {
            self.keep_past();
        }
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
            slice: self.slice,
            generator: self.gan.parameters(Network::Generator).to_vec(),
            average: self.gan.average().map(<[f32]>::to_vec),
            discriminator: self.gan.parameters(Network::Discriminator).to_vec(),
            inference: Inference::of(&self.gan),
            discriminator_loss: self.gan.loss(Network::Discriminator),
            generator_loss: self.gan.loss(Network::Generator),
            gauged: self.gauge.read(self.gan.configuration(), self.gan.epoch()),
            log: Arc::clone(&self.log),
            end: self.end,
            course: self.course,
            opened: self.opened.clone(),
            verification: self.verification(),
            forks: Arc::clone(&self.forks),
            recording: match &self.recorder {
                Some(recorder) => recorder.status(),
                None => self.recording.clone(),
            },
            whereabouts: Arc::clone(&self.whereabouts),
            phase: self.phase.clone(),
            upcoming: self.gan.upcoming(),
            stop: None,
            beside: None,
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
            average: self.gan.average().map(<[f32]>::to_vec),
            inference: Inference::of(&self.gan),
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
}

fn set_up<P: Profile>(experiment: &Experiment) -> Networks<P> {
    let memory = AlignedWords::zeroed(memory_words(experiment.configuration()));
    let mut gan = Gan::new(
        memory,
        experiment.configuration(),
        experiment.seed(),
        experiment.drawing().points(),
    )
    .expect("the memory is of the configuration's size, and an Experiment has its drawing");
    gan.use_instructions(instructions::current());
    if let Some(model) = experiment.parameters() {
        for network in [Network::Generator, Network::Discriminator] {
            let loaded = gan.load_parameters(network, model.parameters(network));
            loaded.expect("they are of the networks' shapes, and a Model's are finite");
        }
    }
    gan
}
