//! One hyper-parameter and a value of it: what is set at a node of the graph, and what two runs side by
//! side differ in.

use gan_core::configuration::{BatchSize, Change, HiddenLayers, Neurons, Noise};
use gan_core::log::Action;
use gan_core::{Configuration, Network, Preset};

use crate::Command;
use crate::Experiment;
use crate::files::configuration;

/// A hyper-parameter and a value of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Setting {
    /// One that can change while a run goes on.
    Running(Change),
    /// Hidden layers of a network; other networks, and so another run.
    HiddenLayers(Network, HiddenLayers),
    /// Neurons of each hidden layer; other networks, and so another run.
    Neurons(Network, Neurons),
    /// Kind and dimensions of the noise; another run.
    Noise(Noise),
    /// Samples of a batch; another run.
    Batch(BatchSize),
}

impl Setting {
    /// The same configuration with this value.
    #[must_use]
    pub const fn applied_to(self, mut configuration: Configuration) -> Configuration {
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
            Self::Batch(batch) => configuration.batch = batch,
        }
        configuration
    }

    /// The same hyper-parameter with the value that a configuration has.
    #[must_use]
    pub const fn of(self, configuration: &Configuration) -> Self {
        match self {
            Self::Running(Change::LearningRate(network, _)) => Self::Running(Change::LearningRate(
                network,
                configuration.network(network).learning_rate,
            )),
            Self::Running(Change::Optimizer(network, _)) => Self::Running(Change::Optimizer(
                network,
                configuration.network(network).optimizer,
            )),
            Self::Running(Change::UpdatesPerEpoch(network, _)) => Self::Running(Change::UpdatesPerEpoch(
                network,
                configuration.network(network).updates_per_epoch,
            )),
            Self::Running(Change::Loss(_)) => Self::Running(Change::Loss(configuration.loss)),
            Self::HiddenLayers(network, _) => {
                Self::HiddenLayers(network, configuration.network(network).hidden_layers)
            }
            Self::Neurons(network, _) => Self::Neurons(network, configuration.network(network).neurons),
            Self::Noise(_) => Self::Noise(configuration.noise),
            Self::Batch(_) => Self::Batch(configuration.batch),
        }
    }

    /// Whether both are values of the same hyper-parameter.
    #[must_use]
    pub fn is_of_same(self, other: Self) -> bool {
        let some = Preset::Ring.configuration();
        self.of(&some) == other.of(&some)
    }

    /// Whether this is what an action alters.
    pub(crate) fn is_changed_by(self, action: Action) -> bool {
        match action {
            Action::Change(change) => self.is_of_same(Self::Running(change)),
            Action::Step(_) => false,
        }
    }

    /// What to ask of a run so that it gets this value: to change, or to begin anew with the same seed and
    /// drawing, its other hyper-parameters as they are `now`.
    #[must_use]
    pub fn command(self, experiment: &Experiment, now: &Configuration) -> Option<Command> {
        match self {
            Self::Running(change) => Some(Command::Change(change)),
            // The target is the same, and so has the points it needs: never an error.
            Self::HiddenLayers(..) | Self::Neurons(..) | Self::Noise(_) | Self::Batch(_) => experiment
                .with_configuration(self.applied_to(*now))
                .ok()
                .map(Command::Restart),
        }
    }

    /// As a person writes it: a key of a configuration's file as a dotted path, an equals sign, a value:
    /// `discriminator.updates_per_epoch=3`. Noise is one hyper-parameter with two keys; the one that is not
    /// written is as in `base`. The error says what is wrong.
    pub fn written(text: &str, base: &Configuration) -> Result<Self, String> {
        let (key, value) = text.split_once('=').ok_or_else(|| {
            format!("expected KEY=VALUE, as in discriminator.updates_per_epoch=3, not '{text}'")
        })?;
        let changed = configuration::change(key, value, base)?;
        let own = |network: Network, key: &str| {
            let of = changed.network(network);
            Some(match key {
                "hidden_layers" => Self::HiddenLayers(network, of.hidden_layers),
                "neurons" => Self::Neurons(network, of.neurons),
                "learning_rate" => Self::Running(Change::LearningRate(network, of.learning_rate)),
                "optimizer" => Self::Running(Change::Optimizer(network, of.optimizer)),
                "updates_per_epoch" => Self::Running(Change::UpdatesPerEpoch(network, of.updates_per_epoch)),
                _ => return None,
            })
        };
        let setting = match key.trim().split_once('.') {
            None if key.trim() == "loss" => Some(Self::Running(Change::Loss(changed.loss))),
            None if key.trim() == "batch" => Some(Self::Batch(changed.batch)),
            Some(("noise", _)) => Some(Self::Noise(changed.noise)),
            Some(("generator", key)) => own(Network::Generator, key),
            Some(("discriminator", key)) => own(Network::Discriminator, key),
            _ => None,
        };
        setting.ok_or_else(|| {
            format!(
                "two runs are compared on the same data: '{}' cannot differ between them",
                key.trim()
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::configuration::{
        LearningRate, Loss, NoiseDimensions, NoiseKind, Optimizer, UpdatesPerEpoch,
    };
    use gan_core::{Gan, Reference, memory_words};

    fn all() -> Vec<Setting> {
        let of = |network| {
            [
                Setting::Running(Change::LearningRate(network, LearningRate::new(0.02).unwrap())),
                Setting::Running(Change::Optimizer(network, Optimizer::Adam)),
                Setting::Running(Change::UpdatesPerEpoch(network, UpdatesPerEpoch::MOST)),
                Setting::HiddenLayers(network, HiddenLayers::MOST),
                Setting::Neurons(network, Neurons::MOST),
            ]
        };
        let mut all: Vec<_> = [Network::Generator, Network::Discriminator]
            .into_iter()
            .flat_map(of)
            .collect();
        all.push(Setting::Running(Change::Loss(Loss::LeastSquares)));
        all.push(Setting::Noise(Noise {
            kind: NoiseKind::Normal,
            dimensions: NoiseDimensions::LEAST,
        }));
        all.push(Setting::Batch(BatchSize::new(7).unwrap()));
        all
    }

    /// What is shown until the run answers is what the run makes of the change.
    #[test]
    fn a_change_makes_of_a_configuration_what_the_run_makes_of_it() {
        let ring = Preset::Ring.configuration();
        for setting in all() {
            let Setting::Running(change) = setting else {
                continue;
            };
            let memory = vec![0.0_f32; memory_words(&ring)];
            let mut gan = Gan::<_, Reference>::new(memory, &ring, 1, &[]).unwrap();
            gan.change(change).unwrap();
            assert_eq!(setting.applied_to(ring), *gan.configuration());
        }
    }

    #[test]
    fn what_is_applied_is_found_again_and_nothing_else_changed() {
        let ring = Preset::Ring.configuration();
        for (place, setting) in all().into_iter().enumerate() {
            let applied = setting.applied_to(ring);
            assert_eq!(setting.of(&applied), setting);
            assert_ne!(setting.of(&ring), setting);
            for (other_place, other) in all().into_iter().enumerate() {
                assert_eq!(setting.is_of_same(other), place == other_place);
                if place != other_place {
                    assert_eq!(other.of(&applied), other.of(&ring));
                }
            }
        }
    }

    #[test]
    fn every_setting_can_be_written() {
        let ring = Preset::Ring.configuration();
        let texts = [
            "learning_rate=0.02",
            "optimizer=adam",
            "updates_per_epoch=10",
            "hidden_layers=5",
            "neurons = 100",
        ];
        let mut read = Vec::new();
        for network in ["generator", "discriminator"] {
            for text in texts {
                read.push(Setting::written(&format!("{network}.{text}"), &ring).unwrap());
            }
        }
        read.push(Setting::written("loss=least-squares", &ring).unwrap());
        let normal = Setting::written("noise.kind=normal", &ring)
            .unwrap()
            .applied_to(ring);
        read.push(Setting::written("noise.dimensions=1", &normal).unwrap());
        read.push(Setting::written(" batch = 7", &ring).unwrap());
        assert_eq!(read, all());
        let wrong = |text| Setting::written(text, &ring).unwrap_err();
        assert!(wrong("discriminator.neurons").contains("KEY=VALUE"));
        assert!(wrong("target=line").contains("same data"));
        assert!(wrong("batch=0").contains("1"));
        assert!(wrong("width=3").contains("width"));
    }
}
