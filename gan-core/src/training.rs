//! How a GAN advances: phase by phase, every stride the same machine (paper, section 4.2;
//! `CONTRACT.md`, section 6).
//!
//! An epoch is D's updates, then G's; an update is five phases. [`Gan::advance`] runs one of them and
//! leaves what it made readable; epochs and one-network steps are that, repeated. Nothing allocates.

use core::fmt;

use crate::configuration::{Configuration, Network};
use crate::dense::Gate;
use crate::gan::{Gan, MidEpoch};
use crate::loss::Role;
use crate::optimizer::{NotFinite, Update};
use crate::profile::Profile;

/// One of the five phases of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// The generator derives samples from noise.
    RunGenerator,
    /// The discriminator classifies samples.
    RunDiscriminator,
    /// The loss, and its derivative in each logit.
    ComputeLoss,
    /// The derivative of the loss in each parameter of the network.
    ComputeGradients,
    /// The network's parameters follow their gradients.
    Update,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::RunGenerator,
        Self::RunDiscriminator,
        Self::ComputeLoss,
        Self::ComputeGradients,
        Self::Update,
    ];
}

/// A place within an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Phase {
    /// The network being updated.
    pub network: Network,
    /// Which of its updates in this epoch, from 0.
    pub update: usize,
    /// Which of the update's phases.
    pub stage: Stage,
}

/// Updates of each network in an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    discriminator: usize,
    generator: usize,
}

impl Plan {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        Self {
            discriminator: configuration.discriminator.updates_per_epoch.get(),
            generator: configuration.generator.updates_per_epoch.get(),
        }
    }

    const fn only(network: Network) -> Self {
        match network {
            Network::Generator => Self {
                discriminator: 0,
                generator: 1,
            },
            Network::Discriminator => Self {
                discriminator: 1,
                generator: 0,
            },
        }
    }

    fn first(self) -> Option<Phase> {
        self.from(Network::Discriminator, 0)
    }

    /// The first phase of a network's update, or of the next network's where it has no more.
    fn from(self, network: Network, update: usize) -> Option<Phase> {
        let phase = |network, update| Phase {
            network,
            update,
            stage: Stage::RunGenerator,
        };
        match network {
            Network::Discriminator if update < self.discriminator => Some(phase(network, update)),
            Network::Discriminator => self.from(Network::Generator, 0),
            Network::Generator => (update < self.generator).then(|| phase(network, update)),
        }
    }

    fn after(self, phase: Phase) -> Option<Phase> {
        let stage = match phase.stage {
            Stage::RunGenerator => Stage::RunDiscriminator,
            Stage::RunDiscriminator => Stage::ComputeLoss,
            Stage::ComputeLoss => Stage::ComputeGradients,
            Stage::ComputeGradients => Stage::Update,
            Stage::Update => return self.from(phase.network, phase.update + 1),
        };
        Some(Phase { stage, ..phase })
    }
}

/// An update would have stored a number that is infinite or not a number. It was discarded whole, and
/// the run stays where it was, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diverged {
    /// The epoch in which it happened, from 1.
    pub epoch: u64,
    /// The network that was to be updated.
    pub network: Network,
}

impl fmt::Display for Diverged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "diverged: the {} left the finite numbers in epoch {}",
            self.network, self.epoch
        )
    }
}

impl core::error::Error for Diverged {}

/// A one-network step could not be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepError {
    /// An epoch is under way.
    MidEpoch,
    /// The run diverged.
    Diverged(Diverged),
}

impl From<MidEpoch> for StepError {
    fn from(_: MidEpoch) -> Self {
        Self::MidEpoch
    }
}

impl From<Diverged> for StepError {
    fn from(diverged: Diverged) -> Self {
        Self::Diverged(diverged)
    }
}

impl<M: AsRef<[f32]> + AsMut<[f32]>, P: Profile> Gan<M, P> {
    /// Runs one phase, and says which; between epochs, the first of the next. An epoch without updates
    /// has no phase and only counts: `None`.
    pub fn advance(&mut self) -> Result<Option<Phase>, Diverged> {
        if self.upcoming.is_none() {
            self.begin(Plan::of(&self.configuration));
        }
        self.run_upcoming()
    }

    /// Completes the epoch under way, if one is.
    pub fn finish_epoch(&mut self) -> Result<(), Diverged> {
        while self.upcoming.is_some() {
            self.run_upcoming()?;
        }
        Ok(())
    }

    /// Completes the epoch under way, or the next one.
    pub fn run_epoch(&mut self) -> Result<(), Diverged> {
        self.advance()?;
        self.finish_epoch()
    }

    /// Completes as many epochs, the one under way included.
    pub fn run_epochs(&mut self, count: u64) -> Result<(), Diverged> {
        (0..count).try_for_each(|_| self.run_epoch())
    }

    /// One update of one network alone, which counts as an epoch.
    pub fn step(&mut self, network: Network) -> Result<(), StepError> {
        self.between_epochs()?;
        self.begin(Plan::only(network));
        self.run_upcoming()?;
        Ok(self.finish_epoch()?)
    }

    fn begin(&mut self, plan: Plan) {
        self.plan = plan;
        self.upcoming = plan.first();
    }

    fn run_upcoming(&mut self) -> Result<Option<Phase>, Diverged> {
        if let Some(diverged) = self.diverged {
            return Err(diverged);
        }
        let phase = self.upcoming;
        if let Some(Phase { network, stage, .. }) = phase {
            match stage {
                Stage::RunGenerator => self.run_generator(),
                Stage::RunDiscriminator => self.run_discriminator(network),
                Stage::ComputeLoss => self.compute_loss(network),
                Stage::ComputeGradients => match network {
                    Network::Discriminator => self.compute_discriminator_gradients(),
                    Network::Generator => self.compute_generator_gradients(),
                },
                Stage::Update => self.update(network).map_err(|NotFinite| {
                    let diverged = Diverged {
                        epoch: self.epoch + 1,
                        network,
                    };
                    self.diverged = Some(diverged);
                    diverged
                })?,
            }
        }
        self.upcoming = phase.and_then(|phase| self.plan.after(phase));
        if self.upcoming.is_none() {
            self.epoch += 1;
        }
        Ok(phase)
    }

    /// Noise → G → tanh: the fake batch.
    fn run_generator(&mut self) {
        let (samples, stride) = self.batch();
        let kernels = self.kernels();
        let inputs = self.configuration.noise.dimensions.get();
        let parts = self.sizes.parts_mut(self.memory.as_mut());
        gather(
            parts.noise_atlas,
            inputs,
            self.noise_cursor,
            samples,
            stride,
            parts.generated,
        );
        for layer in &self.generator_layers {
            kernels.forward(layer, parts.generator.parameters, parts.generated, stride);
        }
        let outputs = parts.generated.len() - 2 * stride;
        kernels.tanh_all(&mut parts.generated[outputs..]);
    }

    /// The real batch (for D's update) and the fake batch → D: logits.
    fn run_discriminator(&mut self, network: Network) {
        let (samples, stride) = self.batch();
        let kernels = self.kernels();
        let parts = self.sizes.parts_mut(self.memory.as_mut());
        let parameters = parts.discriminator.parameters;
        if network == Network::Discriminator {
            gather(
                parts.real_atlas,
                2,
                self.real_cursor,
                samples,
                stride,
                parts.judged_real,
            );
            for layer in &self.discriminator_layers {
                kernels.forward(layer, parameters, parts.judged_real, stride);
            }
        }
        let fake = &parts.generated[parts.generated.len() - 2 * stride..];
        parts.judged_fake[..2 * stride].copy_from_slice(fake);
        for layer in &self.discriminator_layers {
            kernels.forward(layer, parameters, parts.judged_fake, stride);
        }
    }

    /// Logits → derivatives of the loss in them. The logits are kept for the losses shown.
    fn compute_loss(&mut self, network: Network) {
        let (samples, stride) = self.batch();
        let kernels = self.kernels();
        let loss = self.configuration.loss;
        let parts = self.sizes.parts_mut(self.memory.as_mut());
        let deltas = |role, judged: &[f32], shown: &mut [f32], deltas: &mut [f32]| {
            shown.copy_from_slice(&judged[judged.len() - stride..]);
            kernels.output_deltas((loss, role), shown, deltas, samples);
        };
        match network {
            Network::Discriminator => {
                deltas(Role::Real, parts.judged_real, parts.shown_real, parts.real_deltas);
                deltas(Role::Fake, parts.judged_fake, parts.shown_fake, parts.fake_deltas);
                self.discriminator_judged = true;
            }
            Network::Generator => {
                deltas(
                    Role::Fooling,
                    parts.judged_fake,
                    parts.shown_fooling,
                    parts.fake_deltas,
                );
                self.generator_judged = true;
            }
        }
    }

    /// Back through D, over each batch on its own; g = c(c(R) + c(F)).
    fn compute_discriminator_gradients(&mut self) {
        let (samples, stride) = self.batch();
        let kernels = self.kernels();
        let parts = self.sizes.parts_mut(self.memory.as_mut());
        let parameters = parts.discriminator.parameters;
        let gradients = parts.discriminator.gradients;
        let [mut deltas, mut next] = parts.deltas;
        for (output_deltas, judged, sums) in [
            (&*parts.real_deltas, &*parts.judged_real, &mut *gradients),
            (
                &*parts.fake_deltas,
                &*parts.judged_fake,
                &mut *parts.fake_gradients,
            ),
        ] {
            deltas[..stride].copy_from_slice(output_deltas);
            for layer in self.discriminator_layers.iter().rev() {
                let inputs = &judged[layer.row * stride..];
                kernels.gradients(layer, deltas, inputs, sums, samples);
                if layer.row > 0 {
                    kernels.backward(layer, parameters, deltas, Gate::Relu(inputs), next, stride);
                    core::mem::swap(&mut deltas, &mut next);
                }
            }
        }
        kernels.join(gradients, parts.fake_gradients);
    }

    /// Back through D to the fake samples, through tanh, and through G.
    fn compute_generator_gradients(&mut self) {
        let (samples, stride) = self.batch();
        let kernels = self.kernels();
        let parts = self.sizes.parts_mut(self.memory.as_mut());
        let [mut deltas, mut next] = parts.deltas;
        deltas[..stride].copy_from_slice(parts.fake_deltas);
        for layer in self.discriminator_layers.iter().rev() {
            let gate = match layer.row {
                0 => Gate::Open,
                row => Gate::Relu(&parts.judged_fake[row * stride..]),
            };
            kernels.backward(layer, parts.discriminator.parameters, deltas, gate, next, stride);
            core::mem::swap(&mut deltas, &mut next);
        }
        let fake = &parts.generated[parts.generated.len() - 2 * stride..];
        kernels.tanh_backward(&mut deltas[..2 * stride], fake);
        for layer in self.generator_layers.iter().rev() {
            let inputs = &parts.generated[layer.row * stride..];
            kernels.gradients(layer, deltas, inputs, parts.generator.gradients, samples);
            if layer.row > 0 {
                let parameters = &*parts.generator.parameters;
                kernels.backward(layer, parameters, deltas, Gate::Relu(inputs), next, stride);
                core::mem::swap(&mut deltas, &mut next);
            }
        }
    }

    /// The network's parameters follow their gradients; the samples used are used up.
    fn update(&mut self, network: Network) -> Result<(), NotFinite> {
        let kernels = self.kernels();
        let parts = self.sizes.parts_mut(self.memory.as_mut()).network(network);
        let powers = match network {
            Network::Generator => &mut self.generator_powers,
            Network::Discriminator => &mut self.discriminator_powers,
        };
        let settings = self.configuration.network(network);
        Update {
            parameters: parts.parameters,
            gradients: parts.gradients,
            means: parts.means,
            squares: parts.squares,
            powers,
        }
        .apply(kernels, settings.optimizer, settings.learning_rate)?;
        let samples = self.configuration.batch.get() as u64;
        self.noise_cursor += samples;
        if network == Network::Discriminator {
            self.real_cursor += samples;
        }
        Ok(())
    }
}

/// Writes a batch from an atlas `[sample][component]` into rows `[component][sample]`.
fn gather(atlas: &[f32], components: usize, cursor: u64, samples: usize, stride: usize, rows: &mut [f32]) {
    let length = atlas.len() / components;
    // The remainder is below the atlas' length, so it fits.
    let mut index = (cursor % length as u64) as usize;
    let mut done = 0;
    // A stretch at a time: to the end of the batch or of the atlas.
    while done < samples {
        let count = (samples - done).min(length - index);
        let stretch = &atlas[index * components..(index + count) * components];
        if components == 2 {
            let (x, y) = rows.split_at_mut(stride);
            let places = x[done..].iter_mut().zip(&mut y[done..]);
            for ((x, y), sample) in places.zip(stretch.as_chunks::<2>().0) {
                [*x, *y] = *sample;
            }
        } else {
            rows[done..done + count].copy_from_slice(stretch);
        }
        done += count;
        index = (index + count) % length;
    }
}
