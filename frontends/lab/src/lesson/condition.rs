//! Conditions on a run, in a form that can be checked: `js below 0.3 for 100 epochs`.
//!
//! A page's claims, a task's check and the moment at which a run is to stop ([`crate::checks::stop`]) are the same sentences. They
//! are written and read as text, so that a teacher can write them, a test's failure can quote them, and a file that is
//! read back is the same:
//!
//! ```text
//! QUANTITY BOUND NUMBER                       what is so now
//! diagnosis is WORD                           what is said first of it
//! diagnosis is not WORD                       what is not
//! SERIES BOUND NUMBER for N epochs            each measurement of the last N epochs
//! median SERIES BOUND NUMBER over N epochs    their median
//! swings BOUND NUMBER over N epochs           how often JS turned round in the last N epochs
//!
//! BOUND     below, above, at least, at most
//! SERIES    js, kl, generator.loss, discriminator.loss
//! QUANTITY  a series; a column of a metrics file (ndb, d_loss_mean, g_gradient_2, …); epoch; epochs (since the page opened); real.score, fake.score (the
//!           discriminator's mean output at the samples shown); fake.x, fake.y (the middle of the fake
//!           samples shown); modes (of the target that fakes cover); separation (d_separation); period
//!           (swing_period); average.js (of the generator's moving average); and of each network .steps
//!           (since the page opened), .learning_rate, .updates_per_epoch, .gradient (g_gradient_median),
//!           .dead (g_dead_layer)
//! WORD      as in `lab::checks::diagnosis::Word`: mode_collapse; healthy and ailing stand for several
//! ```

use std::fmt;
use std::str::FromStr;

use gan_core::Network;

use crate::checks::diagnosis::{Health, NoWord};
use crate::{Figure, Series, Word};

/// Something that is so of a run at a moment, or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Condition {
    /// A figure is within a bound now.
    Now(Quantity, Bound),
    /// All that was measured in the last so many epochs is within a bound.
    Throughout(Series, Bound, u64),
    /// The median of what was measured in the last so many epochs is.
    Median(Series, Bound, u64),
    /// JS turned round so often in the last so many epochs, each time by [`SWING`](super::SWING) or more.
    Swings(Bound, u64),
    /// The diagnosis is, or is not, the one asked about.
    Diagnosis(Said, Diagnosed),
}

/// The diagnosis that a condition asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Diagnosed {
    /// A word.
    Word(Word),
    /// Any of the words of a health.
    Health(Health),
}

impl Diagnosed {
    /// Whether a word is asked for.
    #[must_use]
    pub fn includes(self, word: Word) -> bool {
        match self {
            Self::Word(asked) => word == asked,
            Self::Health(health) => word.health() == health,
        }
    }
}

/// Words that stand for several.
const HEALTHS: [(&str, Health); 2] = [("healthy", Health::Healthy), ("ailing", Health::Ailing)];

impl fmt::Display for Diagnosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => word.fmt(f),
            Self::Health(health) => {
                let named = HEALTHS.iter().find(|(_, named)| named == health);
                f.write_str(named.ok_or(fmt::Error)?.0)
            }
        }
    }
}

impl FromStr for Diagnosed {
    type Err = NoWord;

    fn from_str(word: &str) -> Result<Self, NoWord> {
        match HEALTHS.iter().find(|(name, _)| *name == word) {
            Some((_, health)) => Ok(Self::Health(*health)),
            None => word.parse().map(Self::Word),
        }
    }
}

/// Whether a word is said first of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is.
    Is,
    /// It is not.
    IsNot,
}

impl Said {
    /// Whether this is so where the one word is said and the other asked for.
    #[must_use]
    pub fn admits(self, said: Word, asked: Diagnosed) -> bool {
        asked.includes(said) == (self == Self::Is)
    }

    /// The negation of this.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Is => Self::IsNot,
            Self::IsNot => Self::Is,
        }
    }
}

impl Condition {
    /// Over how many epochs back it looks at every measurement.
    #[must_use]
    pub const fn epochs(&self) -> u64 {
        match self {
            Self::Now(..) | Self::Diagnosis(..) => 0,
            Self::Throughout(.., epochs) | Self::Median(.., epochs) | Self::Swings(_, epochs) => *epochs,
        }
    }
}

/// A figure that a run has at every moment, or that it lacks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// A loss or a divergence.
    Series(Series),
    /// Completed epochs.
    Epoch,
    /// Epochs completed since the page opened.
    EpochsSince,
    /// Updates of this network alone since the page opened.
    StepsSince(Network),
    /// A network's learning rate now.
    LearningRate(Network),
    /// A network's updates per epoch now.
    UpdatesPerEpoch(Network),
    /// The discriminator's mean output at the real samples shown, 0–1.
    RealScore,
    /// Its mean output at the fake samples shown, 0–1.
    FakeScore,
    /// How far right the middle of the fake samples shown is, in the unit square.
    FakeX,
    /// How far up it is.
    FakeY,
    /// Modes of the target that the fake samples shown cover; a target without modes has none to count.
    Modes,
    /// A figure of the last check.
    Figure(Figure),
    /// JS of what the generator's moving average makes; a run that keeps none has none.
    AverageJs,
}

/// A bound on a figure. No bound admits a figure that is no number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// Less than this.
    Below(f64),
    /// More than this.
    Above(f64),
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Bound {
    /// Whether a figure is within.
    #[must_use]
    pub fn admits(self, value: f64) -> bool {
        match self {
            Self::Below(most) => value < most,
            Self::Above(least) => value > least,
            Self::AtLeast(least) => value >= least,
            Self::AtMost(most) => value <= most,
        }
    }

    /// The bound that admits exactly the numbers that this one does not.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Below(value) => Self::AtLeast(value),
            Self::Above(value) => Self::AtMost(value),
            Self::AtLeast(value) => Self::Below(value),
            Self::AtMost(value) => Self::Above(value),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Below(value) => write!(f, "below {value}"),
            Self::Above(value) => write!(f, "above {value}"),
            Self::AtLeast(value) => write!(f, "at least {value}"),
            Self::AtMost(value) => write!(f, "at most {value}"),
        }
    }
}

/// The words of series and other quantities; every other column of a metrics file has its own.
const QUANTITIES: [(&str, Quantity); 28] = {
    use Network::{Discriminator as D, Generator as G};
    [
        ("js", Quantity::Series(Series::Js)),
        ("kl", Quantity::Series(Series::Kl)),
        ("generator.loss", Quantity::Series(Series::GeneratorLoss)),
        ("discriminator.loss", Quantity::Series(Series::DiscriminatorLoss)),
        ("epoch", Quantity::Epoch),
        ("epochs", Quantity::EpochsSince),
        ("generator.steps", Quantity::StepsSince(G)),
        ("discriminator.steps", Quantity::StepsSince(D)),
        ("generator.learning_rate", Quantity::LearningRate(G)),
        ("discriminator.learning_rate", Quantity::LearningRate(D)),
        ("generator.updates_per_epoch", Quantity::UpdatesPerEpoch(G)),
        ("discriminator.updates_per_epoch", Quantity::UpdatesPerEpoch(D)),
        ("real.score", Quantity::RealScore),
        ("fake.score", Quantity::FakeScore),
        ("fake.x", Quantity::FakeX),
        ("fake.y", Quantity::FakeY),
        ("modes", Quantity::Modes),
        ("missed", Quantity::Figure(Figure::Missed)),
        ("precision", Quantity::Figure(Figure::Precision)),
        ("ndb", Quantity::Figure(Figure::Ndb)),
        ("separation", Quantity::Figure(Figure::Separation)),
        ("turns", Quantity::Figure(Figure::Turns)),
        ("period", Quantity::Figure(Figure::SwingPeriod)),
        ("average.js", Quantity::AverageJs),
        (
            "generator.gradient",
            Quantity::Figure(Figure::GeneratorGradientMedian),
        ),
        (
            "discriminator.gradient",
            Quantity::Figure(Figure::DiscriminatorGradientMedian),
        ),
        ("generator.dead", Quantity::Figure(Figure::GeneratorDeadLayer)),
        (
            "discriminator.dead",
            Quantity::Figure(Figure::DiscriminatorDeadLayer),
        ),
    ]
};

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = QUANTITIES.iter().find(|(_, quantity)| quantity == self);
        f.write_str(match (named, self) {
            (Some((word, _)), _) => word,
            (None, Self::Figure(figure)) => figure.key(),
            (None, _) => unreachable!("the table has every quantity that is no figure"),
        })
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Now(quantity, bound) => write!(f, "{quantity} {bound}"),
            Self::Throughout(series, bound, epochs) => {
                write!(f, "{} {bound} for {epochs} epochs", Quantity::Series(series))
            }
            Self::Median(series, bound, epochs) => {
                let series = Quantity::Series(series);
                write!(f, "median {series} {bound} over {epochs} epochs")
            }
            Self::Swings(bound, epochs) => write!(f, "swings {bound} over {epochs} epochs"),
            Self::Diagnosis(Said::Is, word) => write!(f, "diagnosis is {word}"),
            Self::Diagnosis(Said::IsNot, word) => write!(f, "diagnosis is not {word}"),
        }
    }
}

/// A sentence that says nothing of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoCondition {
    sentence: String,
    problem: &'static str,
}

impl fmt::Display for NoCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence: String = self.sentence.chars().take(MOST_QUOTED).collect();
        write!(f, "the condition '{}' {}", sentence.escape_debug(), self.problem)
    }
}

impl std::error::Error for NoCondition {}

/// Characters of a sentence that an error quotes.
const MOST_QUOTED: usize = 80;
/// No run gets as far.
const MOST_EPOCHS: u64 = 1_000_000_000_000;

pub(crate) const UNKNOWN: &str = "must begin with js, kl, swings, modes, diagnosis, epoch, epochs, real.score, fake.score, \
                       fake.x, fake.y, average.js, a column of a metrics file as missed, precision, ndb, separation, \
                       turns, period, or generator or discriminator with .loss, .steps, .learning_rate, \
                       .updates_per_epoch, .gradient, .dead";
const NO_WORD: &str = "must go on with 'is' or 'is not' and one of diverged, exploding_gradients, dead_units, \
                       blind_discriminator, discriminator_too_strong, fooled_discriminator, oscillation, \
                       mode_collapse, converged, settled, improving, too_early, healthy, ailing";
pub(crate) const NO_BOUND: &str =
    "needs 'below', 'above', 'at least' or 'at most' and a finite number after what it is of";
const NO_SPAN: &str = "must end after its number, or with 'for N epochs' (with 'over N epochs' after 'median' \
                       and 'swings'), N from 1";
const NOT_MEASURED: &str = "is of something that is not measured over epochs; leave them out";

impl FromStr for Condition {
    type Err = NoCondition;

    fn from_str(sentence: &str) -> Result<Self, NoCondition> {
        let words: Vec<&str> = sentence.split(' ').collect();
        read(&words).map_err(|problem| NoCondition {
            sentence: sentence.to_owned(),
            problem,
        })
    }
}

pub(crate) fn read(words: &[&str]) -> Result<Condition, &'static str> {
    let said = |said, word: &str| {
        let word = word.parse().map_err(|_| NO_WORD)?;
        Ok(Condition::Diagnosis(said, word))
    };
    match words {
        ["diagnosis", "is", "not", word] => said(Said::IsNot, word),
        ["diagnosis", "is", word] => said(Said::Is, word),
        ["diagnosis", ..] => Err(NO_WORD),
        ["swings", rest @ ..] => {
            let (bound, rest) = bound(rest)?;
            Ok(Condition::Swings(bound, span("over", rest)?))
        }
        ["median", word, rest @ ..] => {
            let series = series(quantity(word)?)?;
            let (bound, rest) = bound(rest)?;
            Ok(Condition::Median(series, bound, span("over", rest)?))
        }
        [word, rest @ ..] => {
            let quantity = quantity(word)?;
            match bound(rest)? {
                (bound, []) => Ok(Condition::Now(quantity, bound)),
                (bound, rest) => {
                    let epochs = span("for", rest)?;
                    Ok(Condition::Throughout(series(quantity)?, bound, epochs))
                }
            }
        }
        [] => Err(UNKNOWN),
    }
}

/// `QUANTITY BOUND NUMBER`; `swings` is here the figure of the last check.
pub(crate) fn now(words: &[&str]) -> Result<Condition, &'static str> {
    let (word, rest) = words.split_first().ok_or(UNKNOWN)?;
    let quantity = quantity(word)?;
    match bound(rest)? {
        (bound, []) => Ok(Condition::Now(quantity, bound)),
        _ => Err(NO_BOUND),
    }
}

pub(crate) fn quantity(word: &str) -> Result<Quantity, &'static str> {
    let found = QUANTITIES.iter().find(|(known, _)| *known == word);
    let series = || Series::ALL.into_iter().find(|series| series.key() == word);
    found
        .map(|(_, quantity)| *quantity)
        .or_else(|| series().map(Quantity::Series))
        .or_else(|| Figure::named(word).map(Quantity::Figure))
        .ok_or(UNKNOWN)
}

const fn series(quantity: Quantity) -> Result<Series, &'static str> {
    match quantity {
        Quantity::Series(series) => Ok(series),
        _ => Err(NOT_MEASURED),
    }
}

fn bound<'a, 'b>(words: &'a [&'b str]) -> Result<(Bound, &'a [&'b str]), &'static str> {
    let (of, number, rest): (fn(f64) -> Bound, _, _) = match words {
        ["below", number, rest @ ..] => (Bound::Below, number, rest),
        ["above", number, rest @ ..] => (Bound::Above, number, rest),
        ["at", "least", number, rest @ ..] => (Bound::AtLeast, number, rest),
        ["at", "most", number, rest @ ..] => (Bound::AtMost, number, rest),
        _ => return Err(NO_BOUND),
    };
    let number: f64 = number.parse().map_err(|_| NO_BOUND)?;
    match number.is_finite() {
        true => Ok((of(number), rest)),
        false => Err(NO_BOUND),
    }
}

fn span(preposition: &str, words: &[&str]) -> Result<u64, &'static str> {
    let [word, number, "epochs" | "epoch"] = words else {
        return Err(NO_SPAN);
    };
    let epochs = number.parse().ok().filter(|_| *word == preposition);
    epochs
        .filter(|epochs| (1..=MOST_EPOCHS).contains(epochs))
        .ok_or(NO_SPAN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sentences_mean_what_they_say() {
        for (sentence, condition) in [
            (
                "js below 0.3",
                Condition::Now(Quantity::Series(Series::Js), Bound::Below(0.3)),
            ),
            (
                "generator.loss at least 1.5 for 100 epochs",
                Condition::Throughout(Series::GeneratorLoss, Bound::AtLeast(1.5), 100),
            ),
            (
                "median kl above 2 over 50 epochs",
                Condition::Median(Series::Kl, Bound::Above(2.0), 50),
            ),
            (
                "swings at most 1 over 1000 epochs",
                Condition::Swings(Bound::AtMost(1.0), 1000),
            ),
            (
                "discriminator.steps at least 60",
                Condition::Now(Quantity::StepsSince(Network::Discriminator), Bound::AtLeast(60.0)),
            ),
        ] {
            assert_eq!(sentence.parse(), Ok(condition));
            assert_eq!(condition.to_string(), sentence);
        }
        for word in Word::ALL {
            assert!(NO_WORD.contains(word.key()), "{word}");
            for (sentence, said) in [
                (format!("diagnosis is {word}"), Said::Is),
                (format!("diagnosis is not {word}"), Said::IsNot),
            ] {
                let condition = Condition::Diagnosis(said, Diagnosed::Word(word));
                assert_eq!(sentence.parse(), Ok(condition));
                assert_eq!(condition.to_string(), sentence);
            }
        }
        assert_eq!(
            "swings above 1 over 1 epoch".parse(),
            Ok(Condition::Swings(Bound::Above(1.0), 1))
        );
    }

    #[test]
    fn what_says_nothing_is_refused_with_the_remedy() {
        for (sentence, part) in [
            ("", "must begin with js"),
            ("JS below 1", "must begin with js"),
            ("js", "needs 'below'"),
            ("js under 1", "needs 'below'"),
            ("js below one", "needs 'below'"),
            ("js below nan", "needs 'below'"),
            ("js below inf", "needs 'below'"),
            ("js  below 1", "needs 'below'"),
            ("js below 1 for", "must end after its number"),
            ("js below 1 over 10 epochs", "must end after its number"),
            ("js below 1 for 0 epochs", "must end after its number"),
            ("js below 1 for -1 epochs", "must end after its number"),
            ("swings below 1", "must end after its number"),
            ("swings below 1 for 10 epochs", "must end after its number"),
            (
                "median js below 1 over 9000000000000 epochs",
                "must end after its number",
            ),
            (
                "median modes below 1 over 10 epochs",
                "is not measured over epochs",
            ),
            ("epoch below 1 for 10 epochs", "is not measured over epochs"),
            ("median", "must begin with js"),
            ("diagnosis is collapse", "one of diverged, exploding_gradients"),
            ("diagnosis not converged", "must go on with 'is' or 'is not'"),
        ] {
            let problem = sentence.parse::<Condition>().unwrap_err().to_string();
            assert!(problem.contains(part), "{sentence:?} gave {problem:?}");
        }
        let problem = "x\n".repeat(500).parse::<Condition>().unwrap_err().to_string();
        assert!(!problem.contains('\n') && problem.len() < 500, "{problem}");
    }

    #[test]
    fn bounds_and_their_opposites_share_the_numbers_out() {
        for bound in [Bound::Below, Bound::Above, Bound::AtLeast, Bound::AtMost].map(|of| of(0.5)) {
            for value in [0.4, 0.5, 0.6] {
                assert_ne!(bound.admits(value), bound.opposite().admits(value));
            }
            assert!(!bound.admits(f64::NAN) && !bound.opposite().admits(f64::NAN));
        }
        for said in [Said::Is, Said::IsNot] {
            for word in Word::ALL {
                let asked = Diagnosed::Word(Word::Oscillation);
                assert_ne!(said.admits(word, asked), said.opposite().admits(word, asked));
            }
        }
        assert!(!Bound::Below(0.5).admits(0.5) && Bound::AtMost(0.5).admits(0.5));
    }

    pub(in crate::lesson) fn any_condition() -> impl Strategy<Value = Condition> {
        let bound = (0..4_usize, -1e9..1e9_f64).prop_map(|(kind, value)| {
            [Bound::Below, Bound::Above, Bound::AtLeast, Bound::AtMost][kind](value)
        });
        let series = proptest::sample::select(&Series::ALL[..]);
        // Without a span, only stops know the figure of this name.
        let figures = Figure::ALL.into_iter().filter(|figure| *figure != Figure::Swings);
        let all: Vec<Quantity> = QUANTITIES
            .map(|(_, quantity)| quantity)
            .into_iter()
            .chain(figures.map(Quantity::Figure))
            .collect();
        let quantity = proptest::sample::select(all);
        let word = proptest::sample::select(&Word::ALL[..]).prop_map(Diagnosed::Word);
        (0..6_u8, quantity, series, bound, 1..=MOST_EPOCHS, word).prop_map(
            |(kind, quantity, series, bound, epochs, word)| match kind {
                0 => Condition::Now(quantity, bound),
                1 => Condition::Throughout(series, bound, epochs),
                2 => Condition::Median(series, bound, epochs),
                3 => Condition::Diagnosis(Said::Is, word),
                4 => Condition::Diagnosis(Said::IsNot, word),
                _ => Condition::Swings(bound, epochs),
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(condition in any_condition()) {
            prop_assert_eq!(condition.to_string().parse(), Ok(condition));
        }
    }
}
