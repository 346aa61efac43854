//! One hyper-parameter and its new value: what it makes of a configuration, as a command and in words.

use gan_core::configuration::{Change, HiddenLayers, Neurons, Noise, OutOfRange, UpdatesPerEpoch};
use gan_core::{Configuration, Network};
use lab::{Command, Snapshot};

use super::parameter::Quantity;
use crate::names;

/// A hyper-parameter and its new value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Edit {
    /// The run goes on.
    Running(Change),
    /// Other networks: the run begins anew.
    HiddenLayers(Network, HiddenLayers),
    /// Other networks: the run begins anew.
    Neurons(Network, Neurons),
    /// Other noise: the run begins anew.
    Noise(Noise),
}

impl Edit {
    /// So many of a network's.
    pub(super) fn count(quantity: Quantity, network: Network, count: usize) -> Result<Self, OutOfRange> {
        // More than fits is out of range as well.
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Ok(match quantity {
            Quantity::HiddenLayers => Self::HiddenLayers(network, HiddenLayers::new(count)?),
            Quantity::Neurons => Self::Neurons(network, Neurons::new(count)?),
            Quantity::UpdatesPerEpoch => {
                Self::Running(Change::UpdatesPerEpoch(network, UpdatesPerEpoch::new(count)?))
            }
        })
    }

    /// The same configuration with this value.
    pub(super) const fn applied_to(self, mut configuration: Configuration) -> Configuration {
        match self {
            Self::Running(Change::LearningRate(network, rate)) => {
                configuration.network_mut(network).learning_rate = rate;
            }
            Self::Running(Change::Optimizer(network, optimizer)) => {
                configuration.network_mut(network).optimizer = optimizer;
            }
            Self::Running(Change::UpdatesPerEpoch(network, updates)) => {
                configuration.network_mut(network).updates_per_epoch = updates;
            }
            Self::Running(Change::Loss(loss)) => configuration.loss = loss,
            Self::HiddenLayers(network, layers) => configuration.network_mut(network).hidden_layers = layers,
            Self::Neurons(network, neurons) => configuration.network_mut(network).neurons = neurons,
            Self::Noise(noise) => configuration.noise = noise,
        }
        configuration
    }

    /// What to ask of the run so that it gets this configuration: to change, or to begin anew with the
    /// same seed and drawing.
    pub(super) fn command(self, snapshot: &Snapshot, configuration: Configuration) -> Option<Command> {
        match self {
            Self::Running(change) => Some(Command::Change(change)),
            // The target is the same, and so has the points it needs: never an error.
            Self::HiddenLayers(..) | Self::Neurons(..) | Self::Noise(_) => snapshot
                .experiment
                .with_configuration(configuration)
                .ok()
                .map(Command::Restart),
        }
    }

    /// What has happened, in a sentence.
    pub(super) fn sentence(self) -> String {
        let counted = |network: Network, quantity: Quantity, count| {
            format!("{network} has {count} {}", quantity.noun(count))
        };
        match self {
            Self::Running(change) => {
                let what = match change {
                    Change::LearningRate(network, rate) => {
                        format!("{network} learning rate is {}", names::rate(rate))
                    }
                    Change::Optimizer(network, optimizer) => {
                        format!("{network} uses {}", names::optimizer(optimizer))
                    }
                    Change::UpdatesPerEpoch(network, updates) => {
                        counted(network, Quantity::UpdatesPerEpoch, updates.get())
                    }
                    Change::Loss(loss) => format!("loss is {}", names::loss(loss).to_lowercase()),
                };
                format!("From now on: {what}.")
            }
            Self::HiddenLayers(network, layers) => {
                format!(
                    "Began anew: {}.",
                    counted(network, Quantity::HiddenLayers, layers.get())
                )
            }
            Self::Neurons(network, neurons) => {
                format!(
                    "Began anew: {}.",
                    counted(network, Quantity::Neurons, neurons.get())
                )
            }
            Self::Noise(noise) => format!("Began anew: noise is {}.", names::noise(noise)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::configuration::{LearningRate, Loss, NoiseDimensions, NoiseKind, Optimizer};
    use gan_core::{Gan, Preset, Reference, memory_words};

    /// What is shown until the run answers is what the run makes of the change.
    #[test]
    fn a_change_makes_of_a_configuration_what_the_run_makes_of_it() {
        let ring = Preset::Ring.configuration();
        let network = Network::Generator;
        for change in [
            Change::LearningRate(network, LearningRate::new(0.02).unwrap()),
            Change::Optimizer(network, Optimizer::Adam),
            Change::UpdatesPerEpoch(network, UpdatesPerEpoch::MOST),
            Change::Loss(Loss::LeastSquares),
        ] {
            let memory = vec![0.0_f32; memory_words(&ring)];
            let mut gan = Gan::<_, Reference>::new(memory, &ring, 1, &[]).unwrap();
            gan.change(change).unwrap();
            assert_eq!(Edit::Running(change).applied_to(ring), *gan.configuration());
        }
    }

    #[test]
    fn counts_keep_their_ranges() {
        for (quantity, most) in [
            (Quantity::HiddenLayers, 5),
            (Quantity::Neurons, 100),
            (Quantity::UpdatesPerEpoch, 10),
        ] {
            assert_eq!(quantity.range().1, most);
            let edit = |count| Edit::count(quantity, Network::Generator, count);
            let edited = edit(most).unwrap().applied_to(Preset::Ring.configuration());
            assert_eq!(quantity.of(&edited.generator), most);
            assert!(edit(most + 1).is_err() && edit(usize::MAX).is_err());
        }
    }

    #[test]
    fn what_has_happened_in_words() {
        let neurons = Edit::count(Quantity::Neurons, Network::Generator, 12).unwrap();
        assert_eq!(neurons.sentence(), "Began anew: generator has 12 neurons.");
        let layer = Edit::count(Quantity::HiddenLayers, Network::Discriminator, 1).unwrap();
        assert_eq!(layer.sentence(), "Began anew: discriminator has 1 hidden layer.");
        let noise = Edit::Noise(Noise {
            kind: NoiseKind::Normal,
            dimensions: NoiseDimensions::LEAST,
        });
        assert_eq!(noise.sentence(), "Began anew: noise is 1-D normal.");
        let rate = Change::LearningRate(Network::Discriminator, LearningRate::LISTED[3]);
        assert_eq!(
            Edit::Running(rate).sentence(),
            "From now on: discriminator learning rate is 0.03."
        );
        let loss = Edit::Running(Change::Loss(Loss::LeastSquares));
        assert_eq!(loss.sentence(), "From now on: loss is least squares.");
    }
}
