//! The five phases of an update (paper, section 4.2; `CONTRACT.md`, section 6), on a run's arrays.
//!
//! Each phase leaves what it made where the next one, and whoever looks, finds it. Nothing allocates.

use crate::configuration::{Configuration, Network};
use crate::dense::stride;
use crate::kernels::Kernels;
use crate::loss::{Objective, Role};
use crate::memory::{NetworkParts, Parts};
use crate::network::BackwardGoal;
use crate::optimizer::{NotFinite, Powers, Update};
use crate::profile::Profile;
use crate::shape::{Layer, Minibatch, Scales};
use crate::techniques::feature_matching::Matching;
use crate::techniques::memory::Counts;
use crate::techniques::passes::{self, NetworkRun, WayForward};
use crate::techniques::spectral::Spectral;
use crate::techniques::{
    Normalization, Output, Penalty, RateDecay, Techniques, averages, clipping, instance_noise, label_noise,
};
use crate::training::{Phase, Stage};

/// A run taken apart, so that its arrays are named once however many phases follow.
///
/// `PLAIN`: no technique takes part ([`Techniques::are_off_in_phases`]). Such runs have phases of their own,
/// in which nothing is left of techniques, not even the question whether they are on: it would cost as much as
/// a few short rows, and room in the instruction cache.
/// Asking, and naming the techniques' arrays anew each epoch, took 14 % of the line preset's
/// cycles, most of it for want of instruction cache.
pub(crate) struct Phases<'a, P, const PLAIN: bool> {
    pub(crate) configuration: &'a Configuration,
    pub(crate) kernels: Kernels<P>,
    pub(crate) objective: Objective,
    pub(crate) samples: usize,
    /// Completed epochs.
    pub(crate) epoch: u64,
    pub(crate) parts: Parts<&'a mut [f32]>,
    pub(crate) generator: Trained<'a>,
    pub(crate) discriminator: Trained<'a>,
    pub(crate) real_cursor: &'a mut u64,
    pub(crate) noise_cursor: &'a mut u64,
    /// Counters of the techniques.
    pub(crate) counts: &'a mut Counts,
}

/// A network without its arrays.
pub(crate) struct Trained<'a> {
    pub(crate) layers: &'a [Layer],
    pub(crate) minibatch: Option<Minibatch>,
    pub(crate) powers: &'a mut Powers,
    /// Whether its loss has been computed since the run began.
    pub(crate) judged: &'a mut bool,
}

impl Trained<'_> {
    /// The network with its own parameters, or the divided ones, on a batch of so many samples.
    #[inline(always)]
    fn with<'a, const PLAIN: bool>(
        &'a self,
        own: &'a [f32],
        spectral: &'a Spectral<&mut [f32]>,
        samples: usize,
    ) -> NetworkRun<'a> {
        NetworkRun {
            layers: self.layers,
            minibatch: if PLAIN { None } else { self.minibatch },
            parameters: if PLAIN { own } else { spectral.parameters(own) },
            samples,
            plain: PLAIN || (self.layers[0].scales == Scales::None && self.minibatch.is_none()),
        }
    }
}

impl<'a, P: Profile, const PLAIN: bool> Phases<'a, P, PLAIN> {
    /// The techniques that take part.
    #[inline(always)]
    const fn techniques(&self) -> &'a Techniques {
        if PLAIN {
            &Techniques::NONE
        } else {
            &self.configuration.techniques
        }
    }

    /// Runs a phase. If an update would store a number that is not finite, nothing is stored.
    #[inline(always)] // Else the phase goes over the stack, which costs as much as a short row.
    pub(crate) fn run(&mut self, Phase { network, stage, .. }: Phase) -> Result<(), NotFinite> {
        match stage {
            Stage::RunGenerator => self.run_generator(),
            Stage::RunDiscriminator => self.run_discriminator(network),
            Stage::ComputeLoss => self.compute_loss(network),
            Stage::ComputeGradients => {
                match network {
                    Network::Discriminator => self.compute_discriminator_gradients(),
                    Network::Generator => self.compute_generator_gradients(),
                }
                self.pull_back(network);
            }
            Stage::Update => self.update(network)?,
        }
        Ok(())
    }

    /// Noise → G → tanh: the fake batch.
    fn run_generator(&mut self) {
        let (stride, techniques) = (stride(self.samples), self.techniques());
        let parts = &mut self.parts;
        let inputs = self.configuration.noise.dimensions.get();
        let at = (*self.noise_cursor, self.samples);
        gather(self.kernels, parts.noise_atlas, inputs, at, parts.generated);
        let (own, spectral) = (
            &*parts.generator.parameters,
            &mut parts.techniques.generator_spectral,
        );
        if !PLAIN {
            spectral.divide::<P>(self.generator.layers, own);
        }
        let network = self.generator.with::<PLAIN>(own, spectral, self.samples);
        let kept = &mut parts.techniques.generated;
        passes::forward(self.kernels, network, parts.generated, kept);
        if techniques.output == Output::Tanh {
            let outputs = parts.generated.len() - 2 * stride;
            self.kernels.tanh_all(&mut parts.generated[outputs..]);
        }
    }

    /// The real batch (for D's update) and the fake batch → D: logits.
    fn run_discriminator(&mut self, network: Network) {
        let (stride, techniques) = (stride(self.samples), self.techniques());
        let parts = &mut self.parts;
        let (own, spectral) = (
            &*parts.discriminator.parameters,
            &mut parts.techniques.discriminator_spectral,
        );
        if !PLAIN {
            spectral.divide::<P>(self.discriminator.layers, own);
        }
        let discriminator = self.discriminator.with::<PLAIN>(own, spectral, self.samples);
        if network == Network::Discriminator || techniques.feature_matching.is_some() {
            let at = (*self.real_cursor, self.samples);
            gather(self.kernels, parts.real_atlas, 2, at, parts.judged_real);
            if let Some(noise) = techniques.instance_noise {
                let (noise, atlas) = ((noise, self.epoch), &parts.techniques.instance_noise.real);
                instance_noise::blur(self.kernels, noise, atlas, at, parts.judged_real, parts.deltas[0]);
            }
            let kept = &mut parts.techniques.judged_real;
            passes::forward(self.kernels, discriminator, parts.judged_real, kept);
        }
        let fake = &parts.generated[parts.generated.len() - 2 * stride..];
        parts.judged_fake[..2 * stride].copy_from_slice(fake);
        let at = (*self.noise_cursor, self.samples);
        if let (Network::Discriminator, Some(replay)) = (network, techniques.replay) {
            let old = &parts.techniques.replay;
            old.recall(replay, self.counts.replayed, at, parts.judged_fake);
        }
        if let Some(noise) = techniques.instance_noise {
            let (noise, atlas) = ((noise, self.epoch), &parts.techniques.instance_noise.fake);
            instance_noise::blur(self.kernels, noise, atlas, at, parts.judged_fake, parts.deltas[0]);
        }
        let kept = &mut parts.techniques.judged_fake;
        passes::forward(self.kernels, discriminator, parts.judged_fake, kept);
    }

    /// Logits → derivatives of the loss in them. The logits are kept for the losses shown.
    fn compute_loss(&mut self, network: Network) {
        let (samples, stride) = (self.samples, stride(self.samples));
        let (kernels, objective) = (self.kernels, &self.objective);
        let parts = &mut self.parts;
        let deltas = |role, judged: &[f32], shown: &mut [f32], deltas: &mut [f32]| {
            shown.copy_from_slice(&judged[judged.len() - stride..]);
            kernels.output_deltas(objective, role, shown, deltas, samples);
        };
        match network {
            Network::Discriminator => {
                deltas(Role::Real, parts.judged_real, parts.shown_real, parts.real_deltas);
                deltas(Role::Fake, parts.judged_fake, parts.shown_fake, parts.fake_deltas);
                *self.discriminator.judged = true;
                self.mistake_labels();
            }
            Network::Generator => {
                deltas(
                    Role::Fooling,
                    parts.judged_fake,
                    parts.shown_fooling,
                    parts.fake_deltas,
                );
                *self.generator.judged = true;
            }
        }
    }

    /// Noisy labels.
    #[inline(always)] // So that a run without them only finds that they are off.
    fn mistake_labels(&mut self) {
        let probability = self.techniques().label_noise.get();
        if probability == 0.0 {
            return;
        }
        let (samples, parts) = (self.samples, &mut self.parts);
        let chances = &parts.techniques.label_noise;
        for (role, chances, logits, deltas) in [
            (
                Role::Real,
                (&*chances.real, *self.real_cursor),
                &*parts.shown_real,
                &mut *parts.real_deltas,
            ),
            (
                Role::Fake,
                (&*chances.fake, *self.noise_cursor),
                &*parts.shown_fake,
                &mut *parts.fake_deltas,
            ),
        ] {
            let deltas = &mut deltas[..samples];
            label_noise::mistake::<P>(probability, (self.objective, role), chances, logits, deltas);
        }
    }

    /// Back through D, over each batch on its own; g = c(c(R) + c(F)), and the penalty's gradients.
    fn compute_discriminator_gradients(&mut self) {
        let penalty = self.techniques().penalty;
        let parts = &mut self.parts;
        let NetworkParts {
            parameters,
            gradients,
            ..
        } = &mut parts.discriminator;
        let techniques = &mut parts.techniques;
        let spectral = &techniques.discriminator_spectral;
        let network = self
            .discriminator
            .with::<PLAIN>(parameters, spectral, self.samples);
        let [deltas, next] = &mut parts.deltas;
        for (output_deltas, activations, kept, sums) in [
            (
                &*parts.real_deltas,
                &*parts.judged_real,
                &techniques.judged_real,
                &mut **gradients,
            ),
            (
                &*parts.fake_deltas,
                &*parts.judged_fake,
                &techniques.judged_fake,
                &mut *parts.fake_gradients,
            ),
        ] {
            let forward = WayForward {
                activations,
                kept,
                matching: None,
            };
            let (compared, wanted) = (&mut *techniques.compared_deltas, BackwardGoal::Gradients(sums));
            let outputs = Some(output_deltas);
            passes::backward(
                self.kernels,
                network,
                forward,
                compared,
                outputs,
                [deltas, next],
                wanted,
            );
        }
        self.kernels.join(gradients, parts.fake_gradients);
        if let penalty @ (Penalty::R1(_) | Penalty::Gradient(_)) = penalty {
            let real = network.after(parts.judged_real);
            techniques.penalty.add(
                self.kernels,
                penalty,
                real,
                parts.judged_fake,
                *self.real_cursor,
                parts.fake_gradients,
                gradients,
            );
        }
        if !PLAIN {
            spectral.correct(self.discriminator.layers, gradients);
        }
    }

    /// Back through D to the fake samples, through tanh, and through G.
    fn compute_generator_gradients(&mut self) {
        let (samples, stride) = (self.samples, stride(self.samples));
        let on = self.techniques();
        let parts = &mut self.parts;
        let [deltas, next] = &mut parts.deltas;
        let techniques = &mut parts.techniques;
        let spectral = &techniques.discriminator_spectral;
        let discriminator =
            self.discriminator
                .with::<PLAIN>(parts.discriminator.parameters, spectral, samples);
        let forward = WayForward {
            activations: parts.judged_fake,
            kept: &techniques.judged_fake,
            matching: on.feature_matching.map(|matching| Matching {
                weight: matching.weight.get() * matching.fade.fade(self.epoch),
                real: parts.judged_real,
            }),
        };
        let (compared, wanted) = (&mut *techniques.compared_deltas, BackwardGoal::InputDeltas);
        let [deltas, next] = passes::backward(
            self.kernels,
            discriminator,
            forward,
            compared,
            Some(&*parts.fake_deltas),
            [deltas, next],
            wanted,
        );
        let fake = &parts.generated[parts.generated.len() - 2 * stride..];
        let deltas_of_fake = &mut deltas[..2 * stride];
        match on.output {
            Output::Tanh => self.kernels.tanh_backward(deltas_of_fake, fake),
            Output::Linear => self.kernels.canonical_all(deltas_of_fake),
        }
        let NetworkParts {
            parameters,
            gradients,
            ..
        } = &mut parts.generator;
        let spectral = &techniques.generator_spectral;
        let generator = self.generator.with::<PLAIN>(parameters, spectral, samples);
        let forward = WayForward {
            activations: parts.generated,
            kept: &techniques.generated,
            matching: None,
        };
        let (compared, wanted) = (
            &mut *techniques.compared_deltas,
            BackwardGoal::Gradients(gradients),
        );
        passes::backward(
            self.kernels,
            generator,
            forward,
            compared,
            None,
            [deltas, next],
            wanted,
        );
        if !PLAIN {
            spectral.correct(self.generator.layers, gradients);
        }
    }

    /// Historical averaging.
    #[inline(always)] // So that a run without it only finds that it is off.
    fn pull_back(&mut self, network: Network) {
        let Some(weight) = self.techniques().network(network).historical_averaging else {
            return;
        };
        let averages = &self.parts.techniques.averages;
        let (parts, history) = match network {
            Network::Generator => (&mut self.parts.generator, &averages.generator_history),
            Network::Discriminator => (&mut self.parts.discriminator, &averages.discriminator_history),
        };
        averages::pull_back(weight.get(), parts.gradients, parts.parameters, history);
    }

    /// The network's parameters follow their gradients; the samples used are used up.
    fn update(&mut self, network: Network) -> Result<(), NotFinite> {
        let techniques = self.techniques();
        let averages = &mut self.parts.techniques.averages;
        let (parts, powers, history) = match network {
            Network::Generator => (
                &mut self.parts.generator,
                &mut *self.generator.powers,
                &mut averages.generator_history,
            ),
            Network::Discriminator => (
                &mut self.parts.discriminator,
                &mut *self.discriminator.powers,
                &mut averages.discriminator_history,
            ),
        };
        let settings = self.configuration.network(network);
        let betas = techniques.network(network).betas;
        let rate = match techniques.rate_decay {
            RateDecay::Constant => settings.learning_rate.get(),
            decay => settings.learning_rate.get() * decay.factor(self.epoch),
        };
        Update {
            parameters: parts.parameters,
            gradients: parts.gradients,
            means: parts.means,
            squares: parts.squares,
            powers,
        }
        .apply(self.kernels, settings.optimizer, betas, rate)?;
        if let (Network::Discriminator, Penalty::Clipping(bound)) = (network, techniques.penalty) {
            clipping::clip(bound, parts.parameters);
        }
        if techniques.network(network).historical_averaging.is_some() {
            let updates = self.counts.updates_mut(network);
            *updates += 1;
            averages::remember(*updates, history, parts.parameters);
        }
        if let (Network::Generator, Some(decay)) = (network, techniques.average) {
            averages::follow(decay, self.parts.techniques.averages.moving, parts.parameters);
        }
        if let (Network::Discriminator, Some(replay)) = (network, techniques.replay) {
            let own = &self.parts.generated[self.parts.generated.len() - 2 * stride(self.samples)..];
            let written = &mut self.counts.replayed;
            self.parts
                .techniques
                .replay
                .keep(replay, written, self.samples, own);
        }
        self.follow(network);
        let samples = self.samples as u64;
        *self.noise_cursor += samples;
        if network == Network::Discriminator {
            *self.real_cursor += samples;
        }
        Ok(())
    }
}

impl<P: Profile, const PLAIN: bool> Phases<'_, P, PLAIN> {
    /// Moves on the numbers that normalisation keeps of a network, after an update that succeeded.
    #[inline(always)]
    fn follow(&mut self, network: Network) {
        let normalization = self.techniques().network(network).normalization;
        let techniques = &mut self.parts.techniques;
        let running = &mut techniques.running;
        match (normalization, network) {
            (Normalization::None, _) => {}
            (Normalization::Spectral, Network::Generator) => techniques.generator_spectral.follow(),
            (Normalization::Spectral, Network::Discriminator) => techniques.discriminator_spectral.follow(),
            (Normalization::Batch(decay), Network::Generator) => {
                averages::follow(decay, running.generator, techniques.generated.figures);
            }
            (Normalization::Batch(decay), Network::Discriminator) => {
                averages::follow(decay, running.discriminator, techniques.judged_real.figures);
                averages::follow(decay, running.discriminator, techniques.judged_fake.figures);
            }
        }
    }
}

/// Writes a batch of so many samples from a cursor on, from an atlas `[sample][component]` into rows
/// `[component][sample]`.
pub(crate) fn gather(
    kernels: Kernels<impl Profile>,
    atlas: &[f32],
    components: usize,
    (cursor, samples): (u64, usize),
    rows: &mut [f32],
) {
    let length = atlas.len() / components;
    // The remainder is below the atlas' length, so it fits.
    let mut index = (cursor % length as u64) as usize;
    let mut done = 0;
    // A stretch at a time: to the end of the batch or of the atlas.
    while done < samples {
        let count = (samples - done).min(length - index);
        let stretch = &atlas[index * components..(index + count) * components];
        if components == 2 {
            let (x, y) = rows.split_at_mut(stride(samples));
            kernels.split_pairs(stretch, &mut x[done..done + count], &mut y[done..done + count]);
        } else {
            for (component, row) in rows
                .chunks_exact_mut(stride(samples))
                .take(components)
                .enumerate()
            {
                let values = stretch.iter().skip(component).step_by(components);
                row[done..done + count]
                    .iter_mut()
                    .zip(values)
                    .for_each(|(to, from)| *to = *from);
            }
        }
        done += count;
        index += count;
        if index == length {
            index = 0;
        }
    }
}
