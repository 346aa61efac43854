//! What each phase does, in GAN Lab's words, and why.

use gan_core::{Network, Stage};

/// GAN Lab's sentence.
pub(super) const fn sentence(network: Network, stage: Stage) -> &'static str {
    match (stage, network) {
        (Stage::RunGenerator, _) => "Generator derives samples from noise",
        (Stage::RunDiscriminator, Network::Discriminator) => "Discriminator classifies samples",
        (Stage::RunDiscriminator, Network::Generator) => "Discriminator classifies fake samples only",
        (Stage::ComputeLoss, Network::Discriminator) => "Computes discriminator loss",
        (Stage::ComputeLoss, Network::Generator) => "Computes generator loss",
        (Stage::ComputeGradients, Network::Discriminator) => "Computes discriminator gradients",
        (Stage::ComputeGradients, Network::Generator) => "Computes generator gradients",
        (Stage::Update, Network::Discriminator) => "Updates discriminator based on gradients",
        (Stage::Update, Network::Generator) => "Updates generator based on gradients",
    }
}

/// For whoever rests on the sentence.
pub(super) const fn explanation(network: Network, stage: Stage) -> &'static str {
    match (stage, network) {
        (Stage::RunGenerator, _) => {
            "A fresh batch of random numbers goes through the generator; out come as many fake samples."
        }
        (Stage::RunDiscriminator, Network::Discriminator) => {
            "The discriminator sees the fake samples and as many real ones, and says of each how probably it \
             is real."
        }
        (Stage::RunDiscriminator, Network::Generator) => {
            "The discriminator says of each fake sample how probably it is real. Real samples would teach the \
             generator nothing: it had no part in them."
        }
        (Stage::ComputeLoss, Network::Discriminator) => {
            "One number for how badly the discriminator told real from fake."
        }
        (Stage::ComputeLoss, Network::Generator) => {
            "One number for how well the discriminator saw through the fake samples."
        }
        (Stage::ComputeGradients, Network::Discriminator) => {
            "Back through the discriminator: how much would the loss change with each of its weights?"
        }
        (Stage::ComputeGradients, Network::Generator) => {
            "Back through the discriminator to the fake samples, and on through the generator: how much would \
             the loss change with each of the generator's weights? The discriminator stays as it is."
        }
        (Stage::Update, _) => "Each weight moves a little against its gradient, so that the loss falls.",
    }
}
