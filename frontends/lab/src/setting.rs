//! One hyper-parameter and a value of it: what is set at a node of the graph, and what two runs side by
//! side differ in.

use gan_core::configuration::{BatchSize, Change, HiddenLayers, Neurons, Noise};
use gan_core::log::Action;
use gan_core::{Configuration, Network, Preset, SetupError, Technique};
use serde::{Deserialize, Serialize};

use crate::Command;
use crate::Experiment;
use crate::files::configuration;

/// A hyper-parameter and a value of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
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
    /// A technique and all its numbers; another run.
    Technique(Technique),
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
            Self::Technique(technique) => {
                configuration.techniques = technique.applied_to(configuration.techniques);
            }
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
            Self::Technique(technique) => Self::Technique(technique.of(&configuration.techniques)),
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
    /// drawing, its other hyper-parameters as they are `now`. An error where it does not go together with those.
    pub fn command(self, experiment: &Experiment, now: &Configuration) -> Result<Command, SetupError> {
        match self {
            Self::Running(change) => Ok(Command::Change(change)),
            Self::HiddenLayers(..)
            | Self::Neurons(..)
            | Self::Noise(_)
            | Self::Batch(_)
            | Self::Technique(_) => experiment
                .with_configuration(self.applied_to(*now))
                .map(Command::Restart),
        }
    }

    /// As a person writes it: a key of a configuration's file as a dotted path, an equals sign, a value:
    /// `discriminator.updates_per_epoch=3`. Noise is one hyper-parameter with two keys, and so are many techniques;
    /// the keys that are not written are as in `base`. The error says what is wrong.
    pub fn written(text: &str, base: &Configuration) -> Result<Self, String> {
        let (key, value) = text.split_once('=').ok_or_else(|| {
            format!("expected KEY=VALUE, as in discriminator.updates_per_epoch=3, not '{text}'")
        })?;
        let changed = configuration::change(key, value, base)?;
        let techniques = &changed.techniques;
        let own = |network: Network, key: &str| {
            let (of, own) = (changed.network(network), techniques.network(network));
            let technique = match key {
                "hidden_layers" => return Some(Self::HiddenLayers(network, of.hidden_layers)),
                "neurons" => return Some(Self::Neurons(network, of.neurons)),
                "learning_rate" => {
                    return Some(Self::Running(Change::LearningRate(network, of.learning_rate)));
                }
                "optimizer" => return Some(Self::Running(Change::Optimizer(network, of.optimizer))),
                "updates_per_epoch" => {
                    return Some(Self::Running(Change::UpdatesPerEpoch(
                        network,
                        of.updates_per_epoch,
                    )));
                }
                "activation" | "slope" => Technique::Activation(network, own.activation),
                "normalization" | "normalization_decay" => {
                    Technique::Normalization(network, own.normalization)
                }
                "initialization" => Technique::Initialization(network, own.initialization),
                "beta_1" | "beta_2" => Technique::Betas(network, own.betas),
                "history" => Technique::History(network, own.history),
                "average" => Technique::Average(techniques.average),
                "minibatch_kernels" => Technique::Minibatch(techniques.minibatch),
                _ => return None,
            };
            Some(Self::Technique(technique))
        };
        let (table, key_within) = key.trim().split_once('.').unwrap_or(("", key.trim()));
        let technique = match (table, key_within) {
            ("", "inputs") => Some(Technique::Inputs(techniques.inputs)),
            ("", "output") => Some(Technique::Output(techniques.output)),
            ("", "truncation") => Some(Technique::Truncation(techniques.truncation)),
            ("labels", "real_weight") => Some(Technique::RealWeight(techniques.real_weight)),
            ("labels", "real" | "fake") => Some(Technique::Labels(techniques.labels)),
            ("labels", "noise") => Some(Technique::LabelNoise(techniques.label_noise)),
            ("penalty", _) => Some(Technique::Penalty(techniques.penalty)),
            ("instance_noise", _) => Some(Technique::InstanceNoise(techniques.instance_noise)),
            ("feature_matching", _) => Some(Technique::FeatureMatching(techniques.feature_matching)),
            ("replay", _) => Some(Technique::Replay(techniques.replay)),
            ("rate_decay", _) => Some(Technique::RateDecay(techniques.rate_decay)),
            _ => None,
        };
        let setting = match (table, key_within) {
            ("", "loss") => Some(Self::Running(Change::Loss(changed.loss))),
            ("", "batch") => Some(Self::Batch(changed.batch)),
            ("noise", _) => Some(Self::Noise(changed.noise)),
            ("generator", key) => own(Network::Generator, key),
            ("discriminator", key) => own(Network::Discriminator, key),
            _ => technique.map(Self::Technique),
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
        all.extend(
            TECHNIQUES.map(|(text, _)| Setting::written(text, &Preset::Ring.configuration()).unwrap()),
        );
        all
    }

    /// One of each technique, and what it becomes.
    const TECHNIQUES: [(&str, &str); 23] = [
        ("inputs=centred", "Inputs(Centred)"),
        ("output=linear", "Output(Linear)"),
        ("truncation=1.5", "Truncation(Some(Truncation(1.5)))"),
        ("labels.real_weight=1", "RealWeight(Share(1.0))"),
        (
            "labels.fake=0.1",
            "Labels(SoftLabels { real: Share(1.0), fake: Share(0.1) })",
        ),
        ("labels.noise=0.1", "LabelNoise(Share(0.1))"),
        ("penalty.kind=r1", "Penalty(R1(Weight(1.0)))"),
        (
            "instance_noise.deviation=0.1",
            "InstanceNoise(Some(InstanceNoise { deviation: Deviation(0.1), fade: FadeEpochs(0) }))",
        ),
        (
            "feature_matching.weight=0.5",
            "FeatureMatching(Some(FeatureMatching { weight: Share(0.5), fade: FadeEpochs(0) }))",
        ),
        (
            "replay.samples=2",
            "Replay(Some(Replay { samples: ReplayedSamples(2), capacity: ReplayCapacity(10000) }))",
        ),
        ("rate_decay.kind=linear", "RateDecay(Linear(DecayEpochs(10000)))"),
        ("generator.average=0.99", "Average(Some(Decay(9900)))"),
        (
            "discriminator.minibatch_kernels=4",
            "Minibatch(Some(MinibatchKernels(4)))",
        ),
        (
            "generator.activation=leaky-relu",
            "Activation(Generator, LeakyRelu(Slope(0.2)))",
        ),
        ("discriminator.activation=tanh", "Activation(Discriminator, Tanh)"),
        (
            "generator.normalization=batch",
            "Normalization(Generator, Batch(Decay(9000)))",
        ),
        (
            "discriminator.normalization=spectral",
            "Normalization(Discriminator, Spectral)",
        ),
        ("generator.initialization=he", "Initialization(Generator, He)"),
        (
            "discriminator.initialization=xavier",
            "Initialization(Discriminator, Xavier)",
        ),
        (
            "generator.beta_1=0",
            "Betas(Generator, Betas { beta_1: Decay(0), beta_2: Decay(9990) })",
        ),
        (
            "discriminator.beta_2=0.9",
            "Betas(Discriminator, Betas { beta_1: Decay(9000), beta_2: Decay(9000) })",
        ),
        ("generator.history=0.5", "History(Generator, Some(Weight(0.5)))"),
        (
            "discriminator.history=1",
            "History(Discriminator, Some(Weight(1.0)))",
        ),
    ];

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
        for (text, expected) in TECHNIQUES {
            let setting = Setting::written(text, &ring).unwrap();
            assert_eq!(format!("{setting:?}"), format!("Technique({expected})"));
            read.push(setting);
        }
        assert_eq!(read, all());
        let wrong = |text| Setting::written(text, &ring).unwrap_err();
        assert!(wrong("discriminator.neurons").contains("KEY=VALUE"));
        assert!(wrong("target=line").contains("same data"));
        assert!(wrong("batch=0").contains("1"));
        assert!(wrong("width=3").contains("width"));
        let mut penalised = ring;
        let penalty = Setting::written("penalty.kind=r1", &ring).unwrap();
        penalised = penalty.applied_to(penalised);
        let batch = "discriminator.normalization=batch";
        assert!(
            Setting::written(batch, &penalised)
                .unwrap_err()
                .contains("each sample alone")
        );
        // Chosen at a control, it is refused as well, and the run goes on.
        let normalization = Setting::written(batch, &ring).unwrap();
        let experiment = Experiment::preset(Preset::Ring, 1);
        assert!(matches!(
            normalization.command(&experiment, &penalised),
            Err(SetupError::Conflict(_))
        ));
    }
}
