//! What the phases made, to read and to show: samples, logits, derivatives, losses.
//!
//! Each accessor tells what the last phase that writes it left; nothing is copied.

use crate::configuration::Network;
use crate::gan::Gan;
use crate::hash::{Fnv, StateHash};
use crate::profile::Profile;
use crate::training::{Phase, Stage};

impl<M: AsRef<[f32]> + AsMut<[f32]>, P: Profile> Gan<M, P> {
    /// The noise batch: a row `[sample]` for each component.
    pub fn noise_samples(&self) -> impl Iterator<Item = &[f32]> {
        let (samples, stride) = self.batch();
        let rows = self.parts().generated.chunks_exact(stride);
        rows.take(self.configuration.noise.dimensions.get())
            .map(move |row| &row[..samples])
    }

    /// The fake batch: x `[sample]` and y `[sample]`.
    #[must_use]
    pub fn fake_samples(&self) -> [&[f32]; 2] {
        let (samples, stride) = self.batch();
        let generated = self.parts().generated;
        let [x, y] = [2, 1].map(|back| &generated[generated.len() - back * stride..][..samples]);
        [x, y]
    }

    /// The real batch of D's update: x `[sample]` and y `[sample]`.
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

    /// A network's loss at its last update; `None` before the first. D's is halved, as in GAN Lab.
    #[must_use]
    pub fn loss(&self, network: Network) -> Option<f64> {
        let samples = self.configuration.batch.get();
        let parts = self.parts();
        let loss = self.configuration.loss;
        match network {
            Network::Discriminator => self
                .discriminator_judged
                .then(|| loss.discriminator(&parts.shown_real[..samples], &parts.shown_fake[..samples])),
            Network::Generator => self
                .generator_judged
                .then(|| loss.generator(&parts.shown_fooling[..samples])),
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
