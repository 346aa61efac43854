//! The words, and which of several is said first.

use std::fmt;
use std::str::FromStr;

/// A diagnosis in one word: a problem of the run, or that it has none.
///
/// Words are asked about in this order, and listed in it where several hold: a cause comes before
/// its effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Word {
    /// Training stopped at a number that is not finite.
    Diverged,
    /// Its samples are the real ones, or nearly, and do not get better.
    Converged,
    /// Gradients are so large that an update throws a network anywhere.
    ExplodingGradients,
    /// A layer's units are 0 whatever comes, and the network says the same of all.
    DeadUnits,
    /// G's samples go back and forth, or D's answers do.
    Oscillation,
    /// D says nearly the same of every sample, though fakes are not like real ones.
    BlindDiscriminator,
    /// D prefers fakes that are not like the real samples.
    FooledDiscriminator,
    /// G makes a part of what there is.
    ModeCollapse,
    /// Healthy, and still improving.
    Improving,
    /// D tells all samples apart, and G gets no nearer.
    DiscriminatorTooStrong,
    /// No longer getting better, short of the real samples, and none of the others.
    Settled,
    /// Too early to tell.
    TooEarly,
}

impl Word {
    /// All of them, in the order in which they are said.
    pub const ALL: [Self; 12] = [
        Self::Diverged,
        Self::Converged,
        Self::ExplodingGradients,
        Self::DeadUnits,
        Self::Oscillation,
        Self::BlindDiscriminator,
        Self::FooledDiscriminator,
        Self::ModeCollapse,
        Self::Improving,
        Self::DiscriminatorTooStrong,
        Self::Settled,
        Self::TooEarly,
    ];

    /// The word's name in files and other programs: `mode_collapse`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Diverged => "diverged",
            Self::ExplodingGradients => "exploding_gradients",
            Self::DeadUnits => "dead_units",
            Self::DiscriminatorTooStrong => "discriminator_too_strong",
            Self::FooledDiscriminator => "fooled_discriminator",
            Self::Oscillation => "oscillation",
            Self::ModeCollapse => "mode_collapse",
            Self::Converged => "converged",
            Self::Improving => "improving",
            Self::BlindDiscriminator => "blind_discriminator",
            Self::Settled => "settled",
            Self::TooEarly => "too_early",
        }
    }

    /// The word's title for people: `Mode collapse`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Diverged => "Diverged",
            Self::ExplodingGradients => "Exploding gradients",
            Self::DeadUnits => "Dead units",
            Self::DiscriminatorTooStrong => "Discriminator too strong",
            Self::FooledDiscriminator => "Discriminator fooled by rubbish",
            Self::Oscillation => "Oscillation",
            Self::ModeCollapse => "Mode collapse",
            Self::Converged => "Converged",
            Self::Improving => "Healthy and still improving",
            Self::BlindDiscriminator => "D has stopped seeing",
            Self::Settled => "Settled short of it",
            Self::TooEarly => "Too early to tell",
        }
    }

    /// Whether it is good, bad, or neither.
    #[must_use]
    pub const fn health(self) -> Health {
        match self {
            Self::Converged | Self::Improving => Health::Healthy,
            Self::TooEarly | Self::Settled => Health::Neutral,
            Self::Diverged
            | Self::ExplodingGradients
            | Self::DeadUnits
            | Self::DiscriminatorTooStrong
            | Self::FooledDiscriminator
            | Self::BlindDiscriminator
            | Self::Oscillation
            | Self::ModeCollapse => Health::Ailing,
        }
    }
}

/// How a run fares in one word less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Health {
    /// Nothing is the matter.
    Healthy,
    /// Something is.
    Ailing,
    /// Neither, or it cannot be told yet.
    Neutral,
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// Text that is no [`Word`]'s key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoWord(String);

impl fmt::Display for NoWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = Word::ALL.map(Word::key).join(", ");
        write!(f, "'{}' is no diagnosis; there are {keys}", self.0)
    }
}

impl std::error::Error for NoWord {}

impl FromStr for Word {
    type Err = NoWord;

    fn from_str(text: &str) -> Result<Self, NoWord> {
        // What a run that settled was called before.
        let text = if text == "stalled" { "settled" } else { text };
        let word = Self::ALL.into_iter().find(|word| word.key() == text);
        word.ok_or_else(|| NoWord(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_read_by_its_key_and_said_in_order() {
        assert!(Word::ALL.is_sorted());
        for word in Word::ALL {
            assert_eq!(word.to_string().parse(), Ok(word));
        }
        let message = "collapse".parse::<Word>().unwrap_err().to_string();
        assert!(message.starts_with("'collapse' is no") && message.contains("mode_collapse"));
    }
}
