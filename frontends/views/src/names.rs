//! Names of networks and losses, said once.

use gan_core::configuration::Loss;
use gan_core::{Network, Parameter};

use crate::parameters;

/// 'Generator'.
pub(crate) const fn network(network: Network) -> &'static str {
    match network {
        Network::Generator => "Generator",
        Network::Discriminator => "Discriminator",
    }
}

/// 'Log loss'.
pub(crate) fn loss(loss: Loss) -> &'static str {
    parameters::choice(Parameter::Loss, loss.word())
}

/// The meaning of a network's loss.
pub(crate) const fn loss_of(network: Network) -> &'static str {
    match network {
        Network::Discriminator => {
            "How badly the discriminator tells real from fake. It learns to make this small."
        }
        Network::Generator => {
            "How well the discriminator sees through the fake samples. The generator learns to make this small."
        }
    }
}
