//! Measurements that only the trainer can make: updates as they happen, and D's loss at equal
//! steps.
//!
//! One epoch in [`EVERY`] is measured, and D's loss read after it: some ten microseconds where the smallest preset
//! trains forty epochs in two hundred. Where epochs are trained on a device that is one in [`EVERY_ELSEWHERE`], as the
//! processor trains it and the networks have to go there and back. Epochs that are trained phase by phase are not
//! measured; then the window begins anew, as its steps would not be equal.

use gan_core::configuration::Configuration;
use gan_core::measures::{self, Course, Oscillation, Spread, UpdateMeasures};
use gan_core::{Diverged, Gan, Network, Profile};
use serde::{Deserialize, Serialize};

use crate::checks::moves::Moves;
use crate::run::memory::AlignedWords;

/// Epochs from one measured epoch to the next: half a turn of GAN Lab's atlas (12,000 samples, batches of 150).
pub const EVERY: u64 = 40;
/// Epochs from one measured epoch to the next where others are trained on a device: 25 turns of the atlas.
pub const EVERY_ELSEWHERE: u64 = 2_000;
/// Losses in the window, of 5,120 epochs on the processor.
pub const WINDOW: usize = 128;

/// The latest measurements made in training.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gauged {
    /// The generator's updates of one epoch; `None` where it had none or they were not measured.
    pub generator: Option<UpdateFigures>,
    /// The discriminator's.
    pub discriminator: Option<UpdateFigures>,
    /// D's loss over the window; `None` before anything was measured.
    pub loss: Option<LossFigures>,
    /// Further figures over the window; `None` before anything was measured.
    pub window: Option<WindowFigures>,
}

/// Losses, gradients and G's samples over the window. A network that has no updates has no figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WindowFigures {
    /// Norm of G's gradient.
    pub generator_gradient: Option<Norms>,
    /// Norm of D's.
    pub discriminator_gradient: Option<Norms>,
    /// How G's samples move as a whole.
    pub wandering: Option<Wandering>,
}

/// Norms of a gradient over the window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Norms {
    /// The median, which single batches do not move.
    pub median: f64,
    /// The greatest.
    pub greatest: f64,
}

/// How G's samples move as a whole, over the later half of the run, or over the window where that is shorter: of
/// batches.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wandering {
    /// Epochs that were looked back over.
    pub epochs: u64,
    /// How often and how far; late is the last quarter of the run.
    pub moves: Moves,
    /// Epochs after which the middle, or the deviations, come back, if they do.
    pub period: Option<f64>,
}

/// Updates of one network in one epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateFigures {
    /// Norm of the last update's gradient, a layer each, from the input on.
    pub gradients: Vec<f64>,
    /// Distance moved per update, the mean over the epoch's.
    pub moved: f64,
}

impl UpdateFigures {
    /// Norm of the whole gradient.
    #[must_use]
    pub fn gradient(&self) -> f64 {
        self.gradients.iter().map(|norm| norm * norm).sum::<f64>().sqrt()
    }
}

impl From<&UpdateMeasures> for UpdateFigures {
    fn from(measured: &UpdateMeasures) -> Self {
        Self {
            gradients: measured.gradients.to_vec(),
            moved: measured.moved,
        }
    }
}

/// D's loss, halved as in GAN Lab, over a window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LossFigures {
    /// Epochs from the first loss in the window to the last.
    pub epochs: u64,
    /// The mean.
    pub mean: f64,
    /// The mean square of the distances from it.
    pub variance: f64,
    /// How it goes up and down, if it does.
    pub oscillation: Option<LossOscillation>,
}

/// How D's loss goes up and down.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LossOscillation {
    /// In epochs, at least two steps of the window.
    pub period: f64,
    /// How much one period is like the next, 0.5–1.
    pub clarity: f64,
    /// Standard deviation about the straight line through the window, without what returns with the atlas.
    pub deviation: f64,
}

/// Measures a run as it trains.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gauge {
    losses: Course<WINDOW>,
    /// Norms of G's and of D's gradients.
    gradients: [Course<WINDOW>; 2],
    /// Moments of G's batch: means of x and y, then standard deviations.
    moments: [Course<WINDOW>; 4],
    /// Epochs from one loss in the window to the next.
    every: u64,
    /// After so many epochs the last measured one was complete.
    last: u64,
    updates: measures::Updates,
    /// Parameters before an update.
    before: Vec<f32>,
}

impl Gauge {
    /// Completes as many epochs, the one under way included, to the same bits as [`Gan::run_epochs`]: one in `every`
    /// here, and `train` those between.
    pub(crate) fn run_epochs<P: Profile>(
        &mut self,
        gan: &mut Gan<AlignedWords, P>,
        count: u64,
        every: u64,
        mut train: impl FnMut(&mut Gan<AlignedWords, P>, u64) -> Result<(), Diverged>,
    ) -> Result<(), Diverged> {
        if self.every != every {
            *self = Self {
                every,
                ..Self::default()
            };
        }
        let end = gan.epoch().saturating_add(count);
        while gan.epoch() < end {
            let now = gan.epoch();
            // The epoch that completes the next multiple is the one to measure.
            let measured = now - now % every + every - 1;
            let stint = measured.min(end) - now;
            if stint > 0 {
                train(gan, stint)?;
            }
            if gan.epoch() == measured && measured < end {
                self.measure(gan)?;
            }
        }
        Ok(())
    }

    fn measure<P: Profile>(&mut self, gan: &mut Gan<AlignedWords, P>) -> Result<(), Diverged> {
        let networks = [Network::Generator, Network::Discriminator];
        let parameters = networks.map(|network| gan.parameters(network).len());
        let most = parameters[0].max(parameters[1]);
        if self.before.len() < most {
            self.before.resize(most, 0.0);
        }
        self.updates = gan.run_measured_epoch(&mut self.before)?;
        if gan.epoch() != self.last + self.every {
            self.losses = Course::new();
            self.gradients = [const { Course::new() }; 2];
            self.moments = [const { Course::new() }; 4];
        }
        self.last = gan.epoch();
        if let Some(loss) = gan.loss(Network::Discriminator) {
            self.losses.push(loss);
        }
        for (norms, network) in self.gradients.iter_mut().zip(networks) {
            if let Some(updates) = self.updates.of(network) {
                norms.push(updates.gradient());
            }
        }
        let inputs = gan.configuration().techniques.inputs;
        for (axis, row) in gan.fake_samples().into_iter().enumerate() {
            let (mean, deviation) = moments(row.iter().map(|at| inputs.denormalize(*at)), row.len());
            self.moments[axis].push(mean);
            self.moments[2 + axis].push(deviation);
        }
        Ok(())
    }

    /// Measurements of a run after so many epochs; none where they are of long ago, or of another
    /// run.
    pub(crate) fn read(&self, configuration: &Configuration, epoch: u64) -> Gauged {
        if !(self.last..self.last + self.every).contains(&epoch) || self.last == 0 {
            return Gauged::default();
        }
        Gauged {
            generator: self.updates.generator.as_ref().map(UpdateFigures::from),
            discriminator: self.updates.discriminator.as_ref().map(UpdateFigures::from),
            loss: self.loss(configuration),
            window: (!self.moments[0].is_empty()).then(|| self.window(configuration)),
        }
    }

    /// Measured epochs in which all real samples and all noise come once: what they put into a figure returns
    /// with them, and is no oscillation.
    fn turn(&self, configuration: &Configuration) -> usize {
        let turn = configuration.atlas.get() as f64 / configuration.batch.get() as f64;
        (turn / self.every as f64).round() as usize
    }

    /// How many of so many values of the window were taken after this epoch.
    fn after(&self, epoch: u64, count: usize) -> usize {
        let steps = self.last.saturating_sub(epoch).div_ceil(self.every);
        usize::try_from(steps).map_or(count, |steps| steps.min(count))
    }

    fn window(&self, configuration: &Configuration) -> WindowFigures {
        let quarter = self.last - self.last / 4;
        let [generator_gradient, discriminator_gradient] = self
            .gradients
            .each_ref()
            .map(|course| norms(course, self.after(quarter, course.len())));
        WindowFigures {
            generator_gradient,
            discriminator_gradient,
            wandering: self.wandering(configuration),
        }
    }

    /// Moments of each batch in the window, without the part that returns with the atlas, and the
    /// number of batches.
    fn places(&self, configuration: &Configuration) -> ([[f64; WINDOW]; 4], usize) {
        let mut places = [[0.0; WINDOW]; 4];
        let mut length = WINDOW;
        for (places, course) in places.iter_mut().zip(&self.moments) {
            let mut values = [0.0; WINDOW];
            let values = measures::averaged(course.ordered(&mut values), self.turn(configuration));
            length = length.min(values.len());
            places[..values.len()].copy_from_slice(values);
        }
        (places, length)
    }

    fn wandering(&self, configuration: &Configuration) -> Option<Wandering> {
        let (places, length) = self.places(configuration);
        let mut clearest: Option<Oscillation> = None;
        for mut values in places {
            // The moment that oscillates most widely tells the period.
            clearest = match (clearest, Oscillation::of(&mut values[..length])) {
                (Some(one), Some(other)) if other.deviation > one.deviation => Some(other),
                (one, other) => one.or(other),
            };
        }
        let from = length - self.after(self.last / 2, length);
        let late = length - self.after(self.last - self.last / 4, length);
        let moments = std::array::from_fn::<_, WINDOW, _>(|at| places.map(|values| values[at]));
        Some(Wandering {
            epochs: (length - from) as u64 * self.every,
            moves: Moves::of(&moments[from..length], late - from)?,
            period: clearest.map(|found| found.period * self.every as f64),
        })
    }

    fn loss(&self, configuration: &Configuration) -> Option<LossFigures> {
        let Spread { mean, variance } = self.losses.spread()?;
        let mut values = [0.0; WINDOW];
        let values = self.losses.ordered(&mut values);
        let oscillation = Oscillation::of(measures::averaged(values, self.turn(configuration)));
        Some(LossFigures {
            epochs: (self.losses.len() as u64 - 1) * self.every,
            mean,
            variance,
            oscillation: oscillation.map(|found| LossOscillation {
                period: found.period * self.every as f64,
                clarity: found.clarity,
                deviation: found.deviation,
            }),
        })
    }
}

/// Norms of the last so many values.
fn norms(course: &Course<WINDOW>, count: usize) -> Option<Norms> {
    let mut values = [0.0; WINDOW];
    let values = course.ordered(&mut values);
    let first = values.len() - count;
    let values = &mut values[first..];
    values.sort_unstable_by(f64::total_cmp);
    Some(Norms {
        median: *values.get(values.len() / 2)?,
        greatest: *values.last()?,
    })
}

/// Mean and standard deviation, in `f32`: of a batch that is enough, and four times as fast.
fn moments(values: impl Iterator<Item = f32>, count: usize) -> (f64, f64) {
    let (sum, squares) = values.fold((0.0_f32, 0.0_f32), |(sum, squares), value| {
        // About the middle of the square, where a small variance is not lost.
        let value = value - 0.5;
        (sum + value, squares + value * value)
    });
    let mean = f64::from(sum) / count as f64;
    let variance = f64::from(squares) / count as f64 - mean * mean;
    (mean + 0.5, variance.max(0.0).sqrt())
}

#[cfg(test)]
mod tests;
