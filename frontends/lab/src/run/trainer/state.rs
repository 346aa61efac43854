//! A run at one moment, copied out for whoever looks.

use std::sync::Arc;

use gan_core::log::Log;
use gan_core::{Configuration, Network, Phase};

use super::Course;
use crate::recording::LOG_CAPACITY;
use crate::recording::{Recording, RecordingStatus, Verification};
use crate::run::backends::Whereabouts;
use crate::{
    Beside, Experiment, Gauged, HeatmapSide, Inference, Pace, PhaseReport, Slice, Status, StopState,
};

/// A copy of all that a picture needs to know of a run, between two epochs or, at a pace of phases, two
/// phases.
#[derive(Clone, Debug)]
pub struct State {
    /// The experiment that the run began with. A new one for every restart.
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
    /// Which slice of the noise was asked for.
    pub slice: Slice,
    /// The generator's parameters, in storage order.
    pub generator: Vec<f32>,
    /// The moving average of the generator's parameters, where the run keeps one.
    pub average: Option<Vec<f32>>,
    /// The discriminator's parameters, in storage order.
    pub discriminator: Vec<f32>,
    /// The networks that stand for these where single points are asked about; `None` where they are their own.
    pub inference: Option<Inference>,
    /// The discriminator's loss at its last update.
    pub discriminator_loss: Option<f64>,
    /// The generator's loss at its last update.
    pub generator_loss: Option<f64>,
    /// The latest measurements made in training.
    pub gauged: Gauged,
    /// Actions done to the run, all of them, also where its past is looked at.
    pub log: Arc<Log<LOG_CAPACITY>>,
    /// The epoch that the run is known to reach: [`Self::epoch`], unless its past is looked at or it
    /// retraces a recording.
    pub end: u64,
    /// How the run stands to what is known of it.
    pub course: Course,
    /// The recording that was opened, if the run began with one; also after it went another way.
    pub opened: Option<Arc<Recording>>,
    /// The result of comparing a run that was opened with its recording's hashes.
    pub verification: Option<Verification>,
    /// After how many epochs the run went another way than before, each time that it did.
    pub forks: Arc<[u64]>,
    /// The device on which the run trains.
    pub whereabouts: Arc<Whereabouts>,
    /// Whether the run is being written down.
    pub recording: RecordingStatus,
    /// The phase last run, if phases were what was run.
    pub phase: Option<Arc<PhaseReport>>,
    /// The phase that comes next within the epoch under way; `None` between two epochs.
    pub upcoming: Option<Phase>,
    /// When it is to stop, if that was asked for, and whether it has; the first run's.
    pub stop: Option<StopState>,
    /// The second run, if two go side by side.
    pub beside: Option<Box<Beside<Self>>>,
}

impl State {
    /// Parameters with which a network answers about single points.
    pub(crate) fn at_points(&self, network: Network) -> &[f32] {
        match (&self.inference, network) {
            (Some(inference), _) => inference.parameters(network),
            (None, Network::Generator) => &self.generator,
            (None, Network::Discriminator) => &self.discriminator,
        }
    }

    /// The moving average's parameters for single points, where the run keeps one.
    pub(crate) fn average_at_points(&self) -> Option<&[f32]> {
        match &self.inference {
            Some(inference) => inference.average.as_deref(),
            None => self.average.as_deref(),
        }
    }

    /// [`Self::status`]; of two runs side by side, of whichever gets on.
    #[must_use]
    pub fn status_of_both(&self) -> Status {
        match &self.beside {
            Some(beside) => self.status.or(beside.run.status),
            None => self.status,
        }
    }
}
