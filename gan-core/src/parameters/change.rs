//! A hyper-parameter that changes between two epochs of a run, without touching a weight.

use super::{Effect, Misfit, Parameter};
use crate::configuration::{Configuration, LearningRate, Loss, Network, Optimizer, UpdatesPerEpoch};

/// A parameter whose effect is [`Effect::AtOnce`], and its new value.
///
/// ```
/// use gan_core::configuration::Loss;
/// use gan_core::{Change, Preset};
///
/// let changed = Change::loss(Loss::LeastSquares).applied_to(Preset::Ring.configuration());
/// assert_eq!(changed.loss, Loss::LeastSquares);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "(Parameter, u32)", into = "(Parameter, u32)")
)]
pub struct Change {
    parameter: Parameter,
    word: u32,
}

/// No change of a run that goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoChange {
    /// Another value of the parameter begins the run anew.
    Anew(Parameter),
    /// The value is none of the parameter's.
    Misfit(Misfit),
}

impl core::fmt::Display for NoChange {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Anew(parameter) => write!(f, "{parameter} does not change while a run goes on"),
            Self::Misfit(misfit) => misfit.fmt(f),
        }
    }
}

impl core::error::Error for NoChange {}

impl Change {
    /// A parameter's change to a value; an error if that begins the run anew, or is no value of it.
    pub const fn new(parameter: Parameter, word: u32) -> Result<Self, NoChange> {
        if !matches!(parameter.definition().effect, Effect::AtOnce) {
            return Err(NoChange::Anew(parameter));
        }
        // Whether a word is a value of these does not depend on the rest.
        match crate::Preset::Ring.configuration().set(parameter, word) {
            Ok(()) => Ok(Self { parameter, word }),
            Err(misfit) => Err(NoChange::Misfit(misfit)),
        }
    }

    /// A network's learning rate; its moments stay.
    #[must_use]
    pub const fn learning_rate(network: Network, rate: LearningRate) -> Self {
        Self {
            parameter: Parameter::LearningRate(network),
            word: rate.word(),
        }
    }

    /// A network's optimiser; its moments start anew.
    #[must_use]
    pub const fn optimizer(network: Network, optimizer: Optimizer) -> Self {
        Self {
            parameter: Parameter::Optimizer(network),
            word: optimizer.word(),
        }
    }

    /// A network's updates in an epoch.
    #[must_use]
    pub const fn updates_per_epoch(network: Network, updates: UpdatesPerEpoch) -> Self {
        Self {
            parameter: Parameter::UpdatesPerEpoch(network),
            word: updates.word(),
        }
    }

    /// The loss of both networks.
    #[must_use]
    pub const fn loss(loss: Loss) -> Self {
        Self {
            parameter: Parameter::Loss,
            word: loss.word(),
        }
    }

    /// Everything about a run that can change while it goes on, as a configuration has it.
    pub fn all(configuration: &Configuration) -> impl Iterator<Item = Self> {
        let words = Parameter::ALL
            .into_iter()
            .filter_map(|parameter| Some((parameter, configuration.word(parameter)?)));
        words.filter_map(|(parameter, word)| Self::new(parameter, word).ok())
    }

    /// The parameter that changes.
    #[must_use]
    pub const fn parameter(self) -> Parameter {
        self.parameter
    }

    /// Its new value.
    #[must_use]
    pub const fn word(self) -> u32 {
        self.word
    }

    /// The same configuration with the new value.
    #[must_use]
    pub const fn applied_to(self, mut configuration: Configuration) -> Configuration {
        // Every constructor has seen that it can be set.
        let _ = configuration.set(self.parameter, self.word);
        configuration
    }
}

impl TryFrom<(Parameter, u32)> for Change {
    type Error = NoChange;

    fn try_from((parameter, word): (Parameter, u32)) -> Result<Self, NoChange> {
        Self::new(parameter, word)
    }
}

impl From<Change> for (Parameter, u32) {
    fn from(Change { parameter, word }: Change) -> Self {
        (parameter, word)
    }
}
