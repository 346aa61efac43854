//! What techniques are called, and what each does: one sentence for whoever meets it for the first time.

use gan_core::configuration::{Loss, NoiseKind, Optimizer};
use gan_core::{Configuration, Network};

use super::{Kind, Place};
use crate::names;

impl Kind {
    /// As in a list at its node: 'Normalization'.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Inputs => "Inputs",
            Self::Truncation => "Truncated sampling",
            Self::Activation(_) => "Hidden activation",
            Self::Normalization(_) => "Normalization",
            Self::Initialization(_) => "Initial weights",
            Self::Output => "Output",
            Self::Average => "Moving average",
            Self::Penalty => "Penalty",
            Self::Minibatch => "Minibatch discrimination",
            Self::History(_) => "Historical averaging",
            Self::Betas(_) => "Adam's memory",
            Self::RateDecay => "Rate decay",
            Self::InstanceNoise => "Instance noise",
            Self::Replay => "Experience replay",
            Self::RealWeight => "Weight of real samples",
            Self::Labels => "Soft labels",
            Self::LabelNoise => "Noisy labels",
            Self::FeatureMatching => "Feature matching",
        }
    }

    /// The accessible name, unlike any other: 'Generator normalization'.
    pub(crate) fn name(self) -> String {
        match self.network() {
            Some(network) => format!("{} {}", names::network(network), self.titled()),
            None => self.title().to_owned(),
        }
    }

    /// As where there is little room: 'D normalization'.
    pub(crate) fn short(self) -> String {
        match self.network() {
            Some(Network::Generator) => format!("G {}", self.titled()),
            Some(Network::Discriminator) => format!("D {}", self.titled()),
            None => self.title().to_owned(),
        }
    }

    /// Its title behind another word; a name keeps its capital.
    fn titled(self) -> String {
        match self {
            Self::Betas(_) => self.title().to_owned(),
            _ => lower(self.title()),
        }
    }

    /// Its name within a sentence: 'generator normalization'.
    pub(crate) fn within(self) -> String {
        lower(&self.name())
    }

    /// What it does, and who says so.
    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::Inputs => {
                "From −1 to 1, points and noise lie around 0, where first layers learn fastest (LeCun \
                 1998)."
            }
            Self::Truncation => {
                "Shows only what comes of noise near the middle: likelier samples, but less variety. \
                 Training is the same (BigGAN 2019)."
            }
            Self::Activation(_) => {
                "What becomes of a neuron's sum: ReLU drops what is negative, leaky ReLU keeps a little, \
                 so that none falls silent (DCGAN 2016)."
            }
            Self::Normalization(Network::Generator) => {
                "Keeps layers in range: batch makes each neuron even over a batch (Ioffe 2015), spectral \
                 limits how far a layer stretches (Miyato 2018)."
            }
            Self::Normalization(Network::Discriminator) => {
                "Spectral limits how steep D can become (Miyato 2018), batch makes each neuron even over \
                 a batch, real and fake apart (Ioffe 2015)."
            }
            Self::Initialization(_) => {
                "How large weights are at first: small everywhere (0.02, DCGAN), or such that numbers \
                 neither grow nor fade (Xavier 2010, He 2015)."
            }
            Self::Output => {
                "tanh keeps samples within bounds, but hardly moves near them; linear reaches anywhere."
            }
            Self::Average => {
                "Keeps an average of G's weights beside G: it circles less, and has a layer of its own \
                 (Yazıcı 2019)."
            }
            Self::Penalty => {
                "Keeps D gentle: its weights are cut off (WGAN 2017), or it pays for slopes at real \
                 samples (R1 2018), or for others than 1 between real and fake (WGAN-GP 2017)."
            }
            Self::Minibatch => {
                "Tells D how alike a batch's samples are, so that a generator that repeats itself is \
                 caught (Salimans 2016)."
            }
            Self::History(_) => {
                "Pulls each weight toward its own average so far, so that the networks circle less \
                 (Salimans 2016)."
            }
            Self::Betas(_) => {
                "How long Adam remembers: β1 which way to go, β2 how steep it was. GANs like a short β1, \
                 0.5 (DCGAN 2016)."
            }
            Self::RateDecay => {
                "Both networks' learning rates fall to 0, in a straight line or along a cosine, so that \
                 the run comes to rest (Loshchilov 2017)."
            }
            Self::InstanceNoise => {
                "Shakes all that D sees, real and fake, so that the two overlap and D stays unsure enough \
                 to teach (Sønderby 2017)."
            }
            Self::Replay => {
                "Mixes older fake samples into what D sees, so that it does not forget what G did before \
                 (Shrivastava 2017)."
            }
            Self::RealWeight => {
                "How much real samples count in D's loss: below 1, D is less sure of them. GAN Lab has 0.95."
            }
            Self::Labels => {
                "What D is to say of real and of fake samples: 0.9 instead of 1 keeps it from becoming too sure \
                 (Salimans 2016)."
            }
            Self::LabelNoise => {
                "The share of samples of which D is told the wrong label: it cannot become too sure."
            }
            Self::FeatureMatching => {
                "G also matches the average of what D's last hidden layer sees, a steadier aim than \
                 fooling D alone (Salimans 2016)."
            }
        }
    }

    /// Why it does nothing as the rest is set, though it is on.
    pub(crate) fn idle(self, configuration: &Configuration) -> Option<&'static str> {
        if !self.is_on(&configuration.techniques) {
            return None;
        }
        match (self, configuration.loss) {
            (Self::Betas(network), _) if configuration.network(network).optimizer == Optimizer::Sgd => {
                Some("No effect with SGD, which remembers nothing.")
            }
            (Self::RealWeight, Loss::LeastSquares | Loss::Wasserstein | Loss::Hinge) => {
                Some("No effect with this loss, which weighs both alike.")
            }
            (Self::Labels, Loss::Wasserstein | Loss::Hinge) => {
                Some("No effect with this loss, which has no labels.")
            }
            (Self::Truncation, _) if configuration.noise.kind == NoiseKind::Spherical => {
                Some("No effect with spherical noise, which is nowhere near the middle.")
            }
            _ => None,
        }
    }
}

impl Place {
    /// What stands over its list.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Noise => "Noise",
            Self::Network(Network::Generator) => "Generator",
            Self::Network(Network::Discriminator) => "Discriminator",
            Self::Samples => "Samples",
            Self::Losses => "Losses",
            Self::Steps(Network::Generator) => "Steps of the generator",
            Self::Steps(Network::Discriminator) => "Steps of the discriminator",
        }
    }

    /// The accessible name of what opens its list.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Noise => "Techniques at the noise",
            Self::Network(Network::Generator) => "Techniques at the generator",
            Self::Network(Network::Discriminator) => "Techniques at the discriminator",
            Self::Samples => "Techniques at the samples",
            Self::Losses => "Techniques at the losses",
            Self::Steps(Network::Generator) => "Techniques at the generator's steps",
            Self::Steps(Network::Discriminator) => "Techniques at the discriminator's steps",
        }
    }

    /// What is found there, for a tooltip.
    pub(crate) const fn hint(self) -> &'static str {
        match self {
            Self::Noise => "Kind and dimensions of the noise, range of the inputs, truncated sampling",
            Self::Network(Network::Generator) => {
                "Activation, normalization, initial weights, output, and averages of the generator"
            }
            Self::Network(Network::Discriminator) => {
                "Activation, normalization, initial weights, penalties and more of the discriminator"
            }
            Self::Samples => "Batch size, noise on what the discriminator sees, replay of old samples",
            Self::Losses => "Weights and labels of the discriminator's loss, feature matching",
            Self::Steps(_) => "Adam's memory, and how learning rates decay",
        }
    }
}

/// Without its capital.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_technique_has_a_name_of_its_own_and_a_sentence() {
        let names: HashSet<String> = Kind::ALL.into_iter().map(Kind::name).collect();
        assert_eq!(names.len(), Kind::ALL.len());
        assert!(names.contains("Generator hidden activation") && names.contains("Generator Adam's memory"));
        for kind in Kind::ALL {
            let sentence = kind.sentence();
            assert!(
                sentence.ends_with('.') && sentence.len() < 220,
                "{kind:?}: {}",
                sentence.len()
            );
        }
    }
}
