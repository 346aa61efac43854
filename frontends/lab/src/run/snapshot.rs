//! All that there is to show of a run at one moment: plain data, shared and never changed.
//!
//! Points are in the coordinates of the targets, x and y from 0 to 1 within the unit square, y upwards;
//! some may lie outside. All are finite.

use std::sync::Arc;

use gan_core::density::Density;
use gan_core::log::Log;
use gan_core::{Configuration, Phase, Point};

use crate::recording::{LOG_CAPACITY, Recording, RecordingStatus, Verification};
use crate::run::backends::Whereabouts;
use crate::{
    Beside, Course, Diagnosis, Experiment, Heatmap, HeatmapSide, History, Inference, KernelDensity, Manifold,
    Measures, Pace, PhaseReport, Slice, Status, StopState,
};

/// Real samples shown, as in GAN Lab.
pub const REAL_SHOWN: usize = 450;
/// Fake samples shown, as in GAN Lab.
pub const FAKE_SHOWN: usize = 150;
/// Cells of the generator's manifold along each side.
pub const MANIFOLD_SIDE: usize = 20;
/// Vertices of the manifold of one-dimensional noise.
pub const CURVE_VERTICES: usize = 201;
/// A run at the end of an epoch or, at a pace of phases, of a phase: then the samples shown are those of
/// its batch, as many as it has.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The experiment that the run began with.
    pub experiment: Arc<Experiment>,
    /// The hyper-parameters now.
    pub configuration: Configuration,
    /// Completed epochs.
    pub epoch: u64,
    /// Whether it is getting on.
    pub status: Status,
    /// How fast it trains while it plays.
    pub pace: Pace,
    /// Speed while playing, if it is known.
    pub epochs_per_second: Option<f64>,
    /// The phase last run, and what it made, if the run goes phase by phase; `None` at epoch 0 and after
    /// whole epochs.
    pub phase: Option<Arc<PhaseReport>>,
    /// The phase that comes next within the epoch under way; `None` between two epochs.
    pub upcoming: Option<Phase>,
    /// Noise of the fake samples shown, `[FAKE_SHOWN][dimensions]` after one another, as the generator sees it.
    pub noise: Arc<[f32]>,
    /// Real samples shown, [`REAL_SHOWN`] of them.
    pub real: Arc<[Point]>,
    /// Fake samples of that noise, [`FAKE_SHOWN`] of them.
    pub fake: Vec<Point>,
    /// The work of the generator's moving average on that noise, where the run keeps one.
    pub average: Option<Averaged>,
    /// The discriminator's output at each real sample shown: the probability of being real.
    pub real_scores: Vec<f32>,
    /// The discriminator's output at each fake sample.
    pub fake_scores: Vec<f32>,
    /// The derivative of the discriminator's output in x and y at each fake sample: where it is pushed.
    pub gradients: Vec<Point>,
    /// The discriminator's output all over the unit square.
    pub heatmap: Arc<Heatmap>,
    /// How fine a heatmap was asked for. [`Self::heatmap`] is as fine, or coarser where the
    /// discriminator is so large that a finer one would make snapshots rare.
    pub heatmap_asked: HeatmapSide,
    /// The generator's image of the whole space of noise, or of [`Self::slice`] of it.
    pub manifold: Manifold,
    /// The plane through noise of more than two dimensions that is looked at.
    pub slice: Slice,
    /// Density of the real samples (10,000 of them).
    pub density: Arc<Density>,
    /// The same, smooth: for contour lines.
    pub kernel_density: Arc<KernelDensity>,
    /// The generator's parameters, in storage order.
    pub generator: Vec<f32>,
    /// The discriminator's parameters, in storage order.
    pub discriminator: Vec<f32>,
    /// The networks that stand for these where single points are asked about; `None` where they are their own.
    pub inference: Option<Inference>,
    /// The discriminator's loss at its last update, halved as in GAN Lab; `None` before the first.
    pub discriminator_loss: Option<f64>,
    /// The generator's loss at its last update; `None` before the first.
    pub generator_loss: Option<f64>,
    /// How far fake and real samples are apart now.
    pub divergence: Divergence,
    /// How far two independent sets of real samples are apart: no generator gets below.
    pub floor: Divergence,
    /// The latest further measures: at [`Self::epoch`], or a little before where there was no time.
    pub measures: Arc<Measures>,
    /// The run's diagnosis at the time of [`Self::measures`].
    pub diagnosis: Arc<Diagnosis>,
    /// Losses and divergences since the run began.
    pub history: Arc<History>,
    /// Actions done to the run, or still to be done where it retraces a recording.
    pub log: Arc<Log<LOG_CAPACITY>>,
    /// The epoch that the run is known to reach: [`Self::epoch`], unless its past is looked at or it
    /// retraces what is known of it.
    pub end: u64,
    /// How the run stands to what is known of it.
    pub course: Course,
    /// How the run had gone on before it went another way, if it did; the last time counts.
    pub ghost: Option<Arc<Ghost>>,
    /// The recording that was opened, if the run began with one; also after it went another way.
    pub opened: Option<Arc<Recording>>,
    /// The result of comparing a run that was opened with its recording's hashes.
    pub verification: Option<Verification>,
    /// The device on which the run trains.
    pub whereabouts: Arc<Whereabouts>,
    /// Whether the run is being written down.
    pub recording: RecordingStatus,
    /// When the run is to pause, if that was asked for, and at which epoch it did.
    pub stop: Option<StopState>,
    /// The second run, if two go side by side; nothing is beside that one.
    pub beside: Option<Beside<Arc<Self>>>,
}

/// The moving average of a generator at work.
#[derive(Clone, Debug, PartialEq)]
pub struct Averaged {
    /// The averaged parameters, in storage order.
    pub parameters: Vec<f32>,
    /// Its samples of the noise shown, as many as [`Snapshot::fake`].
    pub fake: Vec<Point>,
    /// How far its samples and the real ones are apart.
    pub divergence: Divergence,
}

/// How a run had gone on before it went another way: the last way that was left. Its charts reach
/// as far as it did, or it would vanish in the moment of branching.
#[derive(Clone, Debug, PartialEq)]
pub struct Ghost {
    /// After so many epochs it was left.
    pub fork: u64,
    /// Measurements before the fork and after.
    pub history: Arc<History>,
}

/// How far two sets of 10,000 samples are apart, in bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Divergence {
    /// Kullback–Leibler, smoothed, ≥ 0.
    pub kl: f64,
    /// Jensen–Shannon, 0–1.
    pub js: f64,
}

impl Snapshot {
    /// [`Self::status`]; of two runs side by side, of whichever gets on.
    #[must_use]
    pub fn status_of_both(&self) -> Status {
        match &self.beside {
            Some(beside) => self.status.or(beside.run.status),
            None => self.status,
        }
    }

    /// [`Self::epoch`]; of two runs side by side, of whichever is further: one that diverged rests.
    #[must_use]
    pub fn epoch_of_both(&self) -> u64 {
        let second = self.beside.as_ref().map(|beside| beside.run.epoch);
        second.map_or(self.epoch, |second| self.epoch.max(second))
    }

    /// [`Self::end`]; of two runs side by side, of whichever gets further.
    #[must_use]
    pub fn end_of_both(&self) -> u64 {
        let second = self.beside.as_ref().map(|beside| beside.run.end);
        second.map_or(self.end, |second| self.end.max(second))
    }

    /// The generator's parameters with which it answers about single points.
    pub(crate) fn generator_at_points(&self) -> &[f32] {
        let inference = self.inference.as_ref();
        inference.map_or(&self.generator, |inference| &inference.generator)
    }

    /// Places of the fake samples' noise, in their order: in the unit square, one-dimensional noise
    /// on its middle line (y = 0.5), like [`Manifold::latent`]; of noise of more than two
    /// dimensions, the two that [`Self::slice`] shows.
    pub fn noise_places(&self) -> impl Iterator<Item = Point> + '_ {
        let dimensions = self.configuration.noise.dimensions.get();
        let inputs = self.configuration.techniques.inputs;
        let component = move |vector: &[f32], index: usize| {
            vector.get(index).map_or(0.5, |value| inputs.denormalize(*value))
        };
        let (across, up) = (self.slice.across(), self.slice.up());
        let place = move |vector: &[f32]| [component(vector, across), component(vector, up)];
        self.noise.chunks_exact(dimensions).map(place)
    }
}
