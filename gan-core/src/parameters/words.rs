//! A configuration as 32-bit words: for machines that read no files.
//!
//! A microcontroller has its recording compiled in, a browser's worker gets a message. They get words, made where
//! files are read and turned back here, each through the constructor that checks its range. Reading is `const`, so
//! that the memory of a configuration that was compiled in can be sized with it.
//!
//! The words are no file format: both sides come from the same sources, which the first word says.

use core::fmt;

use super::{Misfit, Parameter};
use crate::configuration::Configuration;
use crate::presets::Preset;

/// Words of a configuration: the layout's number, and one a parameter.
pub const CONFIGURATION_WORDS: usize = 1 + Parameter::ALL.len();
/// The first word.
const LAYOUT: u32 = 2;
/// The word of a parameter that has no meaning as the rest is set.
const MEANINGLESS: u32 = u32::MAX - 1;

/// Words that are no configuration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WordsError {
    /// They are of another version of this program.
    Layout {
        /// The layout's number that came.
        came: u32,
    },
    /// One of them is no value of its parameter.
    Word {
        /// The parameter.
        parameter: Parameter,
        /// The reason.
        misfit: Misfit,
    },
}

impl fmt::Display for WordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layout { came } => write!(
                f,
                "the configuration's words have the layout {came}, not {LAYOUT}: build both sides anew"
            ),
            Self::Word { parameter, misfit } => write!(f, "the word of {parameter}: {misfit}"),
        }
    }
}

impl core::error::Error for WordsError {}

impl Configuration {
    /// The configuration as words.
    ///
    /// ```
    /// use gan_core::{Configuration, Preset};
    ///
    /// let ring = Preset::Ring.configuration();
    /// assert_eq!(Configuration::from_words(&ring.to_words()), Ok(ring));
    /// ```
    #[must_use]
    pub fn to_words(&self) -> [u32; CONFIGURATION_WORDS] {
        let mut words = [LAYOUT; CONFIGURATION_WORDS];
        for (word, parameter) in words[1..].iter_mut().zip(Parameter::ALL) {
            *word = self.word(parameter).unwrap_or(MEANINGLESS);
        }
        words
    }

    /// From words; an error if they are none of [`Self::to_words`].
    pub const fn from_words(words: &[u32; CONFIGURATION_WORDS]) -> Result<Self, WordsError> {
        if words[0] != LAYOUT {
            return Err(WordsError::Layout { came: words[0] });
        }
        let mut configuration = Preset::Ring.configuration();
        let mut place = 0;
        while place < Parameter::ALL.len() {
            let (parameter, word) = (Parameter::ALL[place], words[place + 1]);
            // A parameter stands after the one that it belongs to, which says whether it has a meaning.
            if word != MEANINGLESS || configuration.word(parameter).is_some() {
                match configuration.set(parameter, word) {
                    Ok(()) => {}
                    Err(misfit) => return Err(WordsError::Word { parameter, misfit }),
                }
            }
            place += 1;
        }
        Ok(configuration)
    }
}

#[cfg(feature = "serde")]
mod travel {
    //! Between instances of one build: the words one after another.

    use serde::de::{Deserialize, Deserializer, Error as _};
    use serde::ser::{Serialize, Serializer};

    use super::{CONFIGURATION_WORDS, Configuration};

    impl Serialize for Configuration {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(self.to_words())
        }
    }

    impl<'de> Deserialize<'de> for Configuration {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let words = heapless::Vec::<u32, CONFIGURATION_WORDS>::deserialize(deserializer)?;
            let words = words
                .into_array()
                .map_err(|words| D::Error::invalid_length(words.len(), &"all words"))?;
            Self::from_words(&words).map_err(D::Error::custom)
        }
    }
}
