//! What two runs can differ in, and in which values.

use gan_core::configuration::{
    BatchSize, Change, HiddenLayers, LearningRate, Loss, Neurons, Optimizer, UpdatesPerEpoch,
};
use gan_core::{Configuration, Network};
use lab::Setting;

use crate::noises;
use crate::techniques::{self, Kind};

/// Every hyper-parameter, with the value that a configuration has; those that teach most come first.
pub(super) fn hyper_parameters(now: &Configuration) -> Vec<Setting> {
    let of = |network| {
        let own = now.network(network);
        [
            Setting::Running(Change::UpdatesPerEpoch(network, own.updates_per_epoch)),
            Setting::Running(Change::LearningRate(network, own.learning_rate)),
            Setting::Running(Change::Optimizer(network, own.optimizer)),
            Setting::HiddenLayers(network, own.hidden_layers),
            Setting::Neurons(network, own.neurons),
        ]
    };
    let mut all = Vec::from(of(Network::Discriminator));
    all.extend(of(Network::Generator));
    all.extend([
        Setting::Running(Change::Loss(now.loss)),
        Setting::Noise(now.noise),
        Setting::Batch(now.batch),
    ]);
    all.extend(Kind::ALL.map(|kind| Setting::Technique(kind.among(&now.techniques))));
    // What goes together with nothing else there is cannot differ.
    all.retain(|own| !others(*own, now).is_empty());
    all
}

/// Values of the same hyper-parameter to choose from, all but this one, and none that does not go together with
/// the rest of a configuration.
pub(super) fn others(own: Setting, now: &Configuration) -> Vec<Setting> {
    let mut all = values(own, now);
    all.retain(|setting| *setting != own && setting.applied_to(*now).check().is_ok());
    all
}

fn values(of: Setting, now: &Configuration) -> Vec<Setting> {
    match of {
        Setting::Running(Change::LearningRate(network, _)) => LearningRate::LISTED
            .map(|rate| Setting::Running(Change::LearningRate(network, rate)))
            .into(),
        Setting::Running(Change::Optimizer(network, _)) => [Optimizer::Sgd, Optimizer::Adam]
            .map(|optimizer| Setting::Running(Change::Optimizer(network, optimizer)))
            .into(),
        Setting::Running(Change::UpdatesPerEpoch(network, _)) => (0..=10)
            .filter_map(|count| UpdatesPerEpoch::new(count).ok())
            .map(|updates| Setting::Running(Change::UpdatesPerEpoch(network, updates)))
            .collect(),
        Setting::Running(Change::Loss(_)) => {
            Loss::ALL.map(|loss| Setting::Running(Change::Loss(loss))).into()
        }
        Setting::HiddenLayers(network, _) => (0..=5)
            .filter_map(|count| HiddenLayers::new(count).ok())
            .map(|layers| Setting::HiddenLayers(network, layers))
            .collect(),
        Setting::Neurons(network, _) => [1, 2, 4, 6, 8, 10, 12, 14, 20, 30, 50, 100]
            .into_iter()
            .filter_map(|count| Neurons::new(count).ok())
            .map(|neurons| Setting::Neurons(network, neurons))
            .collect(),
        Setting::Noise(own) => noises::to_choose_from(own)
            .into_iter()
            .map(Setting::Noise)
            .collect(),
        Setting::Batch(_) => [1, 5, 10, 20, 50, 100, 150, 300, 600, 1024]
            .into_iter()
            .filter_map(|count| BatchSize::new(count).ok())
            .map(Setting::Batch)
            .collect(),
        Setting::Technique(technique) => techniques::choices(Kind::of(technique), now)
            .into_iter()
            .map(Setting::Technique)
            .collect(),
    }
}

/// The value to begin choosing with: one that is well apart from the first run's.
pub(super) fn usual(own: Setting, now: &Configuration) -> Setting {
    let others = others(own, now);
    if let Setting::Technique(_) = own {
        // With against without: what is off is the first, after it the most usual.
        return others.first().copied().unwrap_or(own);
    }
    if let Setting::Running(Change::UpdatesPerEpoch(network, updates)) = own {
        // One for one, or a discriminator that gets three: the comparison of the paper.
        let count = if updates.get() == 3 { 1 } else { 3 };
        let updates = UpdatesPerEpoch::new(count).unwrap_or(updates);
        return Setting::Running(Change::UpdatesPerEpoch(network, updates));
    }
    let values = values(own, now);
    let place = values.iter().position(|setting| *setting == own).unwrap_or(0);
    let apart = match place {
        near if near + 2 < values.len() => values.get(near + 2),
        far => far.checked_sub(2).and_then(|place| values.get(place)),
    };
    apart.or(others.first()).copied().unwrap_or(own)
}

/// What a chooser begins with: how often the discriminator is updated.
pub(super) fn first_of_all(now: &Configuration) -> Setting {
    let updates = now.discriminator.updates_per_epoch;
    let own = Setting::Running(Change::UpdatesPerEpoch(Network::Discriminator, updates));
    usual(own, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use gan_core::techniques::{MinibatchKernels, Normalization, Penalty, Weight};
    use gan_core::{Network::Discriminator, Technique};

    #[test]
    fn what_does_not_go_together_is_not_offered() {
        let mut now = Preset::Ring.configuration();
        now.techniques.penalty = Penalty::R1(Weight::new(1.0).unwrap());
        let all = hyper_parameters(&now);
        let offers = |own: Setting| all.contains(&own);
        assert!(!offers(Setting::Technique(Technique::Minibatch(None))));
        let normalization = Setting::Technique(Technique::Normalization(Discriminator, Normalization::None));
        assert!(offers(normalization));
        let spectral = Technique::Normalization(Discriminator, Normalization::Spectral);
        assert_eq!(others(normalization, &now), [Setting::Technique(spectral)]);
        now.techniques.penalty = Penalty::None;
        now.techniques.minibatch = Some(MinibatchKernels::LEAST);
        let penalty = Setting::Technique(Technique::Penalty(Penalty::None));
        assert!(others(penalty, &now).iter().all(|other| matches!(
            other,
            Setting::Technique(Technique::Penalty(Penalty::Clipping(_)))
        )));
        let without = Setting::Technique(Technique::Minibatch(None));
        assert_eq!(usual(without.of(&now), &now), without);
    }

    #[test]
    fn whatever_is_chosen_first_is_another_value_of_the_same() {
        for preset in Preset::ALL {
            let now = preset.configuration();
            let all = hyper_parameters(&now);
            assert_eq!(all.len(), 36);
            for own in all {
                let second = usual(own, &now);
                assert_eq!(second.of(&now), own);
                assert_ne!(second, own);
                assert!(others(own, &now).contains(&second));
                assert!(!others(own, &now).contains(&own));
            }
        }
    }
}
