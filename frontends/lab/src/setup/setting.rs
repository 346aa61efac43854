//! One hyper-parameter and a value of it: what is set at a node of the graph, and what two runs side by
//! side differ in.

use gan_core::log::Action;
use gan_core::parameters::Unfit;
use gan_core::{Change, Configuration, Parameter, SetupError};
use serde::{Deserialize, Serialize};

use crate::Command;
use crate::Experiment;
use crate::files::configuration;

/// Parameters of the largest family: a penalty's kind, weight and bound.
const LARGEST_FAMILY: usize = 3;

/// A hyper-parameter and a value of it: all parameters of a family, noise's kind and dimensions, a technique and its
/// numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    head: Parameter,
    /// A word for each parameter of the family; none where it has no meaning as those before it are set.
    words: [Option<u32>; LARGEST_FAMILY],
}

impl Setting {
    /// A parameter and those that belong together with it, as a configuration has them.
    #[must_use]
    pub fn in_configuration(parameter: Parameter, configuration: &Configuration) -> Self {
        let mut words = [None; LARGEST_FAMILY];
        for (word, member) in words.iter_mut().zip(parameter.family()) {
            *word = configuration.word(member);
        }
        Self {
            head: parameter.head(),
            words,
        }
    }

    /// A parameter's new value, and the rest of its family as a configuration has it then. An error if that value is
    /// none; whether it goes together with the rest, [`Configuration::check`] says.
    pub fn new(parameter: Parameter, word: u32, mut configuration: Configuration) -> Result<Self, Unfit> {
        let set = configuration.set(parameter, word);
        set.map_err(|misfit| Unfit::Value { parameter, misfit })?;
        Ok(Self::in_configuration(parameter, &configuration))
    }

    /// The first parameter of its family, which names it.
    #[must_use]
    pub const fn head(self) -> Parameter {
        self.head
    }

    /// Its parameters that have a meaning, and their values.
    pub fn values(self) -> impl Iterator<Item = (Parameter, u32)> + Clone {
        let all = self.head.family().zip(self.words);
        all.filter_map(|(member, word)| Some((member, word?)))
    }

    /// The value of one of its parameters.
    #[must_use]
    pub fn word(self, parameter: Parameter) -> Option<u32> {
        self.values()
            .find(|(member, _)| *member == parameter)
            .map(|(_, word)| word)
    }

    /// The change that it is, if a run can go on with it.
    #[must_use]
    pub fn change(self) -> Option<Change> {
        Change::new(self.head, self.words[0]?).ok()
    }

    /// The same configuration with this value.
    #[must_use]
    pub fn applied_to(self, mut configuration: Configuration) -> Configuration {
        for (member, word) in self.values() {
            // A member with a value has a meaning as those before it are set.
            let _ = configuration.set(member, word);
        }
        configuration
    }

    /// The same experiment with this value; an error where it does not go together with the others.
    pub fn in_experiment(self, experiment: &Experiment) -> Result<Experiment, SetupError> {
        experiment.with_configuration(self.applied_to(*experiment.configuration()))
    }

    /// The same hyper-parameter with the value that a configuration has.
    #[must_use]
    pub fn of(self, configuration: &Configuration) -> Self {
        Self::in_configuration(self.head, configuration)
    }

    /// Whether both are values of the same hyper-parameter.
    #[must_use]
    pub fn is_of_same(self, other: Self) -> bool {
        self.head == other.head
    }

    /// Whether this is what an action alters.
    pub(crate) fn is_changed_by(self, action: Action) -> bool {
        match action {
            Action::Change(change) => self.head == change.parameter().head(),
            Action::Step(_) => false,
        }
    }

    /// The command by which a run gets this value: to change, or to begin anew with the same seed
    /// and drawing, its other hyper-parameters as they are `now`. An error where the value does not
    /// go together with those.
    pub fn command(self, experiment: &Experiment, now: &Configuration) -> Result<Command, SetupError> {
        match self.change() {
            Some(change) => Ok(Command::Change(change)),
            None => experiment
                .with_configuration(self.applied_to(*now))
                .map(Command::Restart),
        }
    }

    /// Parses a setting as a person writes it: a key of a configuration's file as a dotted path, an
    /// equals sign, a value: `discriminator.updates_per_epoch=3`. The rest of its family is as in
    /// `base`. The error says what is wrong.
    pub fn written(text: &str, base: &Configuration) -> Result<Self, String> {
        let (key, value) = text.split_once('=').ok_or_else(|| {
            format!("expected KEY=VALUE, as in discriminator.updates_per_epoch=3, not '{text}'")
        })?;
        let changed = configuration::change(key, value, base)?;
        match Parameter::named(key.trim()) {
            Some(parameter) if parameter.can_be_compared() => Ok(Self::in_configuration(parameter, &changed)),
            _ => Err(format!(
                "two runs are compared on the same data: '{}' cannot differ between them",
                key.trim()
            )),
        }
    }

    /// Every hyper-parameter in which two runs can differ, as a configuration has it.
    pub fn all(configuration: &Configuration) -> impl Iterator<Item = Self> {
        let heads = Parameter::ALL
            .into_iter()
            .filter(|parameter| parameter.head() == *parameter);
        heads
            .filter(|head| head.can_be_compared())
            .map(|head| Self::in_configuration(head, configuration))
    }
}

impl From<Change> for Setting {
    fn from(change: Change) -> Self {
        Self {
            head: change.parameter(),
            words: [Some(change.word()), None, None],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::{Gan, Preset, Reference, memory_words};

    /// A value of every hyper-parameter that the ring has not.
    const ALL: [&str; 36] = [
        "loss=least-squares",
        "batch=7",
        "inputs=centred",
        "output=linear",
        "truncation=1.5",
        "noise.kind=normal",
        "generator.hidden_layers=5",
        "generator.neurons = 100",
        "generator.learning_rate=0.02",
        "generator.optimizer=adam",
        "generator.updates_per_epoch=10",
        "generator.activation=leaky-relu",
        "generator.normalization=batch",
        "generator.initialization=he",
        "generator.beta_1=0",
        "generator.history=0.5",
        "generator.average=0.99",
        "discriminator.hidden_layers=5",
        "discriminator.neurons=100",
        "discriminator.learning_rate=0.02",
        "discriminator.optimizer=adam",
        "discriminator.updates_per_epoch=10",
        "discriminator.activation=tanh",
        "discriminator.normalization=spectral",
        "discriminator.initialization=xavier",
        "discriminator.beta_2=0.9",
        "discriminator.history=1",
        "discriminator.minibatch_kernels=4",
        "labels.real_weight=1",
        "labels.fake=0.1",
        "labels.noise=0.1",
        "penalty.kind=r1",
        "instance_noise.deviation=0.1",
        "feature_matching.weight=0.5",
        "replay.samples=2",
        "rate_decay.kind=linear",
    ];

    fn all() -> Vec<Setting> {
        let ring = Preset::Ring.configuration();
        ALL.map(|text| Setting::written(text, &ring).unwrap()).into()
    }

    /// The configuration shown until the run answers equals the one that the run makes of the
    /// change.
    #[test]
    fn a_change_makes_of_a_configuration_what_the_run_makes_of_it() {
        let ring = Preset::Ring.configuration();
        for setting in all() {
            let Some(change) = setting.change() else {
                continue;
            };
            let memory = vec![0.0_f32; memory_words(&ring)];
            let mut gan = Gan::<_, Reference>::new(memory, &ring, 1, &[]).unwrap();
            gan.change(change).unwrap();
            assert_eq!(setting.applied_to(ring), *gan.configuration());
            assert_eq!(Setting::from(change), setting);
        }
    }

    #[test]
    fn what_is_applied_is_found_again_and_nothing_else_changed() {
        let ring = Preset::Ring.configuration();
        assert!(
            all()
                .into_iter()
                .map(Setting::head)
                .eq(Setting::all(&ring).map(Setting::head))
        );
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
    fn the_rest_of_a_family_is_as_in_the_base() {
        let ring = Preset::Ring.configuration();
        let normal = Setting::written("noise.kind=normal", &ring)
            .unwrap()
            .applied_to(ring);
        let noise = Setting::written("noise.dimensions=1", &normal).unwrap();
        let written: Vec<String> = noise
            .values()
            .map(|(parameter, word)| format!("{parameter}={}", parameter.write(word)))
            .collect();
        assert_eq!(written, ["noise.kind=normal", "noise.dimensions=1"]);
    }

    #[test]
    fn what_cannot_be_set_is_said() {
        let ring = Preset::Ring.configuration();
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
