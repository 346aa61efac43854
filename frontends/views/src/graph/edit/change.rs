//! A hyper-parameter set at its node: from a count to a setting, and what has happened in words.

use gan_core::Network;
use gan_core::configuration::{Change, HiddenLayers, Neurons, OutOfRange, UpdatesPerEpoch};
use lab::Setting;

use super::parameter::Quantity;
use crate::names;
use crate::techniques::{Kind, value};

/// So many of a network's.
pub(super) fn count(quantity: Quantity, network: Network, count: usize) -> Result<Setting, OutOfRange> {
    // More than fits is out of range as well.
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    Ok(match quantity {
        Quantity::HiddenLayers => Setting::HiddenLayers(network, HiddenLayers::new(count)?),
        Quantity::Neurons => Setting::Neurons(network, Neurons::new(count)?),
        Quantity::UpdatesPerEpoch => {
            Setting::Running(Change::UpdatesPerEpoch(network, UpdatesPerEpoch::new(count)?))
        }
    })
}

/// What has happened, in a sentence.
pub(super) fn sentence(setting: Setting) -> String {
    let counted = |network: Network, quantity: Quantity, count| {
        format!("{network} has {count} {}", quantity.noun(count))
    };
    match setting {
        Setting::Running(change) => {
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
                Change::Loss(loss) => format!("loss is {}", names::loss_within(loss)),
            };
            format!("From now on: {what}.")
        }
        Setting::HiddenLayers(network, layers) => {
            format!(
                "Began anew: {}.",
                counted(network, Quantity::HiddenLayers, layers.get())
            )
        }
        Setting::Neurons(network, neurons) => {
            format!(
                "Began anew: {}.",
                counted(network, Quantity::Neurons, neurons.get())
            )
        }
        Setting::Noise(noise) => format!("Began anew: noise is {}.", names::noise(noise)),
        Setting::Batch(batch) => format!("Began anew: batches of {}.", batch.get()),
        Setting::Technique(technique) => {
            let name = Kind::of(technique).within();
            format!("Began anew: {name}: {}.", value(technique))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use gan_core::configuration::{LearningRate, Loss, Noise, NoiseDimensions, NoiseKind};

    #[test]
    fn counts_keep_their_ranges() {
        for (quantity, most) in [
            (Quantity::HiddenLayers, 5),
            (Quantity::Neurons, 100),
            (Quantity::UpdatesPerEpoch, 10),
        ] {
            assert_eq!(quantity.range().1, most);
            let setting = |number| count(quantity, Network::Generator, number);
            let edited = setting(most).unwrap().applied_to(Preset::Ring.configuration());
            assert_eq!(quantity.of(&edited.generator), most);
            assert!(setting(most + 1).is_err() && setting(usize::MAX).is_err());
        }
    }

    #[test]
    fn what_has_happened_in_words() {
        let neurons = count(Quantity::Neurons, Network::Generator, 12).unwrap();
        assert_eq!(sentence(neurons), "Began anew: generator has 12 neurons.");
        let layer = count(Quantity::HiddenLayers, Network::Discriminator, 1).unwrap();
        assert_eq!(sentence(layer), "Began anew: discriminator has 1 hidden layer.");
        let noise = Setting::Noise(Noise {
            kind: NoiseKind::Normal,
            dimensions: NoiseDimensions::LEAST,
        });
        assert_eq!(sentence(noise), "Began anew: noise is 1-D normal.");
        let rate = Change::LearningRate(Network::Discriminator, LearningRate::LISTED[3]);
        assert_eq!(
            sentence(Setting::Running(rate)),
            "From now on: discriminator learning rate is 0.03."
        );
        let loss = Setting::Running(Change::Loss(Loss::LeastSquares));
        assert_eq!(sentence(loss), "From now on: loss is least squares.");
    }
}
