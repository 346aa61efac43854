//! Results of the phases, to read and to show: samples, logits, derivatives, losses.
//!
//! Each accessor tells what the last phase that writes it left; nothing is copied.

use crate::configuration::{Network, Optimizer};
use crate::gan::Gan;
use crate::hash::{Fnv, StateHash};
use crate::loss::Objective;
use crate::optimizer::Powers;
use crate::profile::Profile;
use crate::training::{Phase, Stage};

/// Adam's moments of one parameter, corrected for having begun at zero (Kingma and Ba 2015,
/// algorithm 1).
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Moments {
    /// m̂, the mean of its gradients, the newer the heavier.
    pub mean: f32,
    /// v̂, that of their squares, ≥ 0.
    pub square: f32,
}

impl<M: AsRef<[f32]> + AsMut<[f32]>, P: Profile> Gan<M, P> {
    /// The noise batch: a row `[sample]` for each component.
    pub fn noise_samples(&self) -> impl Iterator<Item = &[f32]> {
        let (samples, stride) = self.batch();
        let rows = self.parts().generated.chunks_exact(stride);
        rows.take(self.configuration.noise.dimensions.get())
            .map(move |row| &row[..samples])
    }

    /// The fake batch as the generator made it, before replay and instance noise: x `[sample]` and y `[sample]`.
    ///
    /// ```
    /// # use gan_core::{Gan, Preset, Reference, memory_words};
    /// # let line = Preset::Line.configuration();
    /// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
    /// gan.run_epoch()?;
    /// let [x, y] = gan.fake_samples();
    /// assert_eq!((x.len(), y.len()), (line.batch.get(), line.batch.get()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn fake_samples(&self) -> [&[f32]; 2] {
        let (samples, stride) = self.batch();
        let generated = self.parts().generated;
        let [x, y] = [2, 1].map(|back| &generated[generated.len() - back * stride..][..samples]);
        [x, y]
    }

    /// The real batch as D saw it, of its own update or, where features are matched, of G's: x `[sample]` and
    /// y `[sample]`.
    #[must_use]
    pub fn real_samples(&self) -> [&[f32]; 2] {
        let (samples, stride) = self.batch();
        let judged = self.parts().judged_real;
        [&judged[..samples], &judged[stride..][..samples]]
    }

    /// D's logits of the real batch, `[sample]`.
    #[must_use]
    pub fn real_logits(&self) -> &[f32] {
        let (samples, stride) = self.batch();
        let judged = self.parts().judged_real;
        &judged[judged.len() - stride..][..samples]
    }

    /// D's logits of the fake batch, `[sample]`.
    #[must_use]
    pub fn fake_logits(&self) -> &[f32] {
        let (samples, stride) = self.batch();
        let judged = self.parts().judged_fake;
        &judged[judged.len() - stride..][..samples]
    }

    /// Derivatives of the loss in the logits of the real batch (D's update), `[sample]`.
    #[must_use]
    pub fn real_deltas(&self) -> &[f32] {
        &self.parts().real_deltas[..self.configuration.batch.get()]
    }

    /// Derivatives of the loss in the logits of the fake batch, `[sample]`.
    #[must_use]
    pub fn fake_deltas(&self) -> &[f32] {
        &self.parts().fake_deltas[..self.configuration.batch.get()]
    }

    /// Gradients of a network's last update, in the order of its parameters.
    #[must_use]
    pub fn gradients(&self, network: Network) -> &[f32] {
        self.parts().network(network).gradients
    }

    /// Moments of a network's parameters after its last update, in their order; `None` without Adam, and
    /// before its first update with it.
    pub fn moments(&self, network: Network) -> Option<impl Iterator<Item = Moments>> {
        let powers = match network {
            Network::Generator => self.generator_powers,
            Network::Discriminator => self.discriminator_powers,
        };
        let adam = self.configuration.network(network).optimizer == Optimizer::Adam;
        let parts = self.parts().network(network);
        let corrected = move |(m, v): (&f32, &f32)| Moments {
            mean: m / (1.0 - powers.beta_1),
            square: v / (1.0 - powers.beta_2),
        };
        (adam && powers != Powers::ONE).then(|| parts.means.iter().zip(parts.squares).map(corrected))
    }

    /// A network's loss at its last update; `None` before the first. D's is halved, as in GAN Lab.
    ///
    /// ```
    /// # use gan_core::{Gan, Preset, Reference, memory_words};
    /// # let line = Preset::Line.configuration();
    /// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
    /// use gan_core::Network;
    ///
    /// assert_eq!(gan.loss(Network::Discriminator), None);
    /// gan.run_epoch()?;
    /// assert!(gan.loss(Network::Discriminator).is_some_and(f64::is_finite));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn loss(&self, network: Network) -> Option<f64> {
        let samples = self.configuration.batch.get();
        let parts = self.parts();
        let objective = Objective::of(&self.configuration);
        match network {
            Network::Discriminator => self
                .discriminator_judged
                .then(|| objective.discriminator(&parts.shown_real[..samples], &parts.shown_fake[..samples])),
            Network::Generator => self
                .generator_judged
                .then(|| objective.generator(&parts.shown_fooling[..samples])),
        }
    }

    /// Names what a phase made (`CONTRACT.md`, section 7), to find where two backends part.
    #[must_use]
    pub fn phase_digest(&self, phase: Phase) -> StateHash {
        let mut fnv = Fnv::new();
        let for_discriminator = phase.network == Network::Discriminator;
        match phase.stage {
            Stage::RunGenerator => self.fake_samples().iter().for_each(|row| fnv.floats(row)),
            Stage::RunDiscriminator => {
                if for_discriminator {
                    fnv.floats(self.real_logits());
                }
                fnv.floats(self.fake_logits());
            }
            Stage::ComputeLoss => {
                if for_discriminator {
                    fnv.floats(self.real_deltas());
                }
                fnv.floats(self.fake_deltas());
            }
            Stage::ComputeGradients => fnv.floats(self.gradients(phase.network)),
            Stage::Update => return self.state_hash(),
        }
        fnv.finish()
    }
}
