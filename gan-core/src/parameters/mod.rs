//! Hyper-parameters as a table: everything that names, reads, writes, varies or shows one iterates over it.
//!
//! A [`Configuration`] holds typed values, so that a kernel cannot see a number out of range. A [`Parameter`] is one
//! of its numbers or choices, by the dotted key that files, links, sweeps and the command line use; its
//! [`Definition`] says what the number may be and what a change of it does. [`Configuration::word`] and
//! [`Configuration::set`] lead from one to the other, a value being 32 bits: a count, an `f32`'s bits, a decay in
//! ten-thousandths, or the place of a choice in its list. Both are `const`, so that a microcontroller can size its
//! memory by a configuration that is compiled in.

mod change;
mod choices;
mod reading;
mod table;
mod words;

pub use change::Change;
pub(crate) use choices::choices;
pub use reading::{ReadError, Written};
pub use table::Parameter;
pub use words::{CONFIGURATION_WORDS, WordsError};

use core::fmt;

use crate::configuration::{Configuration, Network, OutOfRange};
use crate::techniques::Conflict;

/// The word of a parameter that is switched off. No value has it: it is no count in range, and as an `f32` NaN.
pub const OFF: u32 = u32::MAX;

/// The values a parameter may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A whole number.
    Count {
        /// The quantity's name in errors: "batch size".
        field: &'static str,
        /// The smallest value.
        least: u32,
        /// The largest value.
        most: u32,
    },
    /// A number in single precision.
    Number {
        /// The quantity's name in errors: "learning rate".
        field: &'static str,
        /// The smallest value, as a decimal.
        least: f64,
        /// The largest value.
        most: f64,
    },
    /// The decay of an average, 0–0.9999, at most four decimals.
    Decay,
    /// One of these names.
    Choice(&'static [&'static str]),
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = match self {
            Self::Count { .. } => return f.write_str("a whole number"),
            Self::Number { .. } => return f.write_str("a number"),
            Self::Decay => return f.write_str("a number of at most four decimals"),
            Self::Choice(names) => names,
        };
        f.write_str("one of ")?;
        for (place, name) in names.iter().enumerate() {
            write!(f, "{}`{name}`", if place == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// The moment at which a new value of a parameter holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The next epoch: the run goes on.
    AtOnce,
    /// The first epoch: the run begins anew.
    Anew,
}

/// Whether a file says a parameter's value where that is the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mention {
    /// Always: GAN Lab's own hyper-parameters.
    Always,
    /// Only if it differs from GAN Lab's: techniques.
    Differing,
    /// Wherever the parameter that it belongs to gives it a meaning.
    Meaning,
}

/// A row of the table, for both networks where they share it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Definition {
    /// A sentence that says what it is, and who says so.
    pub about: &'static str,
    /// The values it may have.
    pub kind: Kind,
    /// Whether it can be switched off.
    pub can_be_off: bool,
    /// The moment at which a new value holds.
    pub effect: Effect,
    /// Whether a file says its usual value.
    pub mention: Mention,
    /// Values that practitioners take, least first: the rungs of a ladder. None of a choice.
    pub ladder: &'static [f64],
    /// Why it means nothing as the parameter it belongs to is set, and what to do: for the error.
    pub in_vain: &'static str,
}

/// A word that is no value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Misfit {
    /// A quantity outside its range.
    OutOfRange(OutOfRange),
    /// No name has this place in the list of choices.
    NoChoice {
        /// The place that came.
        came: u32,
    },
    /// The parameter means nothing as the one that it belongs to is set; what to do.
    InVain(&'static str),
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange(error) => error.fmt(f),
            Self::NoChoice { came } => write!(f, "{came} is no choice there"),
            Self::InVain(what) => f.write_str(what),
        }
    }
}

impl core::error::Error for Misfit {}

/// Values that a configuration cannot take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unfit {
    /// One of them is no value of its parameter.
    Value {
        /// The parameter.
        parameter: Parameter,
        /// The reason.
        misfit: Misfit,
    },
    /// Together with the rest they are at odds.
    Conflict(Conflict),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { misfit, .. } => misfit.fmt(f),
            Self::Conflict(conflict) => conflict.fmt(f),
        }
    }
}

impl core::error::Error for Unfit {}

impl Configuration {
    /// The same configuration with these values, whatever their order: what belongs to another parameter is set after
    /// it, and all are checked together once. An error if one is no value, or they do not go together.
    ///
    /// ```
    /// use gan_core::{Preset, parameters::Parameter};
    ///
    /// let ring = Preset::Ring.configuration();
    /// let small = ring.with([(Parameter::Batch, 10)])?;
    /// assert_eq!(small.batch.get(), 10);
    /// # Ok::<(), gan_core::parameters::Unfit>(())
    /// ```
    pub fn with(
        &self,
        values: impl IntoIterator<Item = (Parameter, u32), IntoIter: Clone>,
    ) -> Result<Self, Unfit> {
        let mut configuration = *self;
        let values = values.into_iter();
        for parameter in Parameter::ALL {
            for (_, word) in values.clone().filter(|(of, _)| *of == parameter) {
                let set = configuration.set(parameter, word);
                set.map_err(|misfit| Unfit::Value { parameter, misfit })?;
            }
        }
        configuration.check().map_err(Unfit::Conflict)?;
        Ok(configuration)
    }

    /// Whether a parameter has a meaning here and is not switched off.
    #[must_use]
    pub const fn has(&self, parameter: Parameter) -> bool {
        matches!(self.word(parameter), Some(word) if word != OFF)
    }
}

impl Parameter {
    /// Parameters that make one hyper-parameter with this one: those with the same [`Self::head`].
    /// For a penalty its kind, its weight, its bound. In the table's order.
    pub fn family(self) -> impl Iterator<Item = Self> + Clone {
        let head = self.head();
        Self::ALL.into_iter().filter(move |other| other.head() == head)
    }

    /// Its network, if it is one network's.
    #[must_use]
    pub fn network(self) -> Option<Network> {
        let (table, _) = self.key().split_once('.')?;
        Network::ALL.into_iter().find(|network| network.name() == table)
    }

    /// Its word in GAN Lab's configurations, if they have one and the same: of a technique.
    #[must_use]
    pub const fn usual(self) -> Option<u32> {
        crate::Preset::Ring.configuration().word(self)
    }

    /// Whether two runs can differ in it on the same data.
    #[must_use]
    pub const fn can_be_compared(self) -> bool {
        !matches!(self, Self::Target | Self::Atlas)
    }

    /// The parameter of a key.
    ///
    /// ```
    /// use gan_core::Parameter;
    ///
    /// assert_eq!(Parameter::named("batch").map(Parameter::key), Some("batch"));
    /// assert_eq!(Parameter::named("no such key"), None);
    /// ```
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|parameter| parameter.key() == key)
    }
}

#[cfg(test)]
mod tests;
