//! Whether a condition is so of a run: looked up in its newest snapshot, whoever made it.
//!
//! Cheap enough for every frame: a task's check goes over the history once, at most 4,096 measurements.

use std::fmt;

use gan_core::log::{Action, Stamped};
use gan_core::measures::coverage;
use gan_core::{Network, Point};

use super::condition::{Bound, Condition, Quantity};
use crate::{Measured, Series, Snapshot, Word};

/// By how much JS must turn round, in bits, for it to count as a swing. Between two looks at a run that
/// rests, JS differs by a fiftieth of this or two.
pub const SWING: f64 = 0.1;

/// A run's own figure or word, in place of a condition's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// A figure.
    Figure(f64),
    /// The first word of the diagnosis.
    Word(Word),
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Figure(figure) => write!(f, "{figure:.3}"),
            Self::Word(word) => word.fmt(f),
        }
    }
}

impl Condition {
    /// Whether it is so of the run at this moment, a page having opened after so many epochs.
    ///
    /// A span of epochs counts only when the run has as many, and a figure that the run does not have is
    /// within no bound.
    #[must_use]
    pub fn holds(&self, snapshot: &Snapshot, opened: u64) -> bool {
        match *self {
            Self::Now(quantity, bound) => {
                reading(quantity, snapshot, opened).is_some_and(|value| bound.admits(value))
            }
            Self::Throughout(series, bound, epochs) => throughout(snapshot, series, epochs, bound),
            Self::Median(series, bound, epochs) => {
                let mut values: Vec<f64> = within(snapshot, series, epochs).collect();
                median(&mut values).is_some_and(|value| bound.admits(value))
            }
            Self::Swings(bound, epochs) => {
                snapshot.epoch >= epochs && bound.admits(swings(within(snapshot, Series::Js, epochs)) as f64)
            }
            Self::Diagnosis(said, word) => said.admits(snapshot.diagnosis.word(), word),
        }
    }

    /// Whether it is so at a check of which this was measured and said; what a check does not tell is not so.
    pub(crate) fn holds_at(&self, check: &Measured, word: Word) -> bool {
        match *self {
            Self::Now(Quantity::Series(series), bound) => {
                check.value(series).is_some_and(|value| bound.admits(value))
            }
            Self::Now(Quantity::Figure(figure), bound) => {
                let value = check.summary.get(figure);
                value.is_some_and(|value| bound.admits(value.into()))
            }
            Self::Diagnosis(said, asked) => said.admits(word, asked),
            _ => false,
        }
    }

    /// The run's own figure or word in place of the condition's, to be shown beside it; `None`
    /// where it has nothing to compare, as for a span of epochs that it has not trained.
    #[must_use]
    pub fn reading(&self, snapshot: &Snapshot, opened: u64) -> Option<Reading> {
        self.figure(snapshot, opened).map(Reading::Figure).or(match self {
            Self::Diagnosis(..) => Some(Reading::Word(snapshot.diagnosis.word())),
            _ => None,
        })
    }

    fn figure(&self, snapshot: &Snapshot, opened: u64) -> Option<f64> {
        match *self {
            Self::Diagnosis(..) => None,
            Self::Now(quantity, _) => reading(quantity, snapshot, opened),
            Self::Throughout(series, bound, epochs) => {
                let values = within(snapshot, series, epochs);
                match bound {
                    Bound::Below(_) | Bound::AtMost(_) => values.reduce(f64::max),
                    Bound::Above(_) | Bound::AtLeast(_) => values.reduce(f64::min),
                }
            }
            Self::Median(series, _, epochs) => {
                let mut values: Vec<f64> = within(snapshot, series, epochs).collect();
                median(&mut values)
            }
            Self::Swings(_, epochs) => {
                let enough = snapshot.epoch >= epochs;
                enough.then(|| swings(within(snapshot, Series::Js, epochs)) as f64)
            }
        }
    }
}

fn reading(quantity: Quantity, snapshot: &Snapshot, opened: u64) -> Option<f64> {
    let configuration = &snapshot.configuration;
    match quantity {
        Quantity::Series(Series::DiscriminatorLoss) => snapshot.discriminator_loss,
        Quantity::Series(Series::GeneratorLoss) => snapshot.generator_loss,
        Quantity::Series(Series::Kl) => Some(snapshot.divergence.kl),
        Quantity::Series(Series::Js) => Some(snapshot.divergence.js),
        Quantity::Epoch => Some(snapshot.epoch as f64),
        Quantity::EpochsSince => Some(snapshot.epoch.saturating_sub(opened) as f64),
        Quantity::StepsSince(network) => Some(steps(snapshot, network, opened) as f64),
        Quantity::LearningRate(network) => decimal(configuration.network(network).learning_rate.get()),
        Quantity::UpdatesPerEpoch(network) => {
            Some(configuration.network(network).updates_per_epoch.get() as f64)
        }
        Quantity::RealScore => mean(snapshot.real_scores.iter()),
        Quantity::FakeScore => mean(snapshot.fake_scores.iter()),
        Quantity::FakeX => mean(snapshot.fake.iter().map(|[x, _]| x)),
        Quantity::FakeY => mean(snapshot.fake.iter().map(|[_, y]| y)),
        Quantity::Modes => modes(snapshot, &snapshot.fake),
        Quantity::Figure(figure) => snapshot.measures.summary().get(figure).map(f64::from),
        Quantity::AverageJs => snapshot.average.as_ref().map(|average| average.divergence.js),
    }
}

/// The number that a person wrote, whose nearest `f32` this is: 0.1 and not 0.10000000149.
fn decimal(value: f32) -> Option<f64> {
    value.to_string().parse().ok()
}

fn mean<'a>(numbers: impl ExactSizeIterator<Item = &'a f32>) -> Option<f64> {
    let count = numbers.len();
    let sum: f64 = numbers.copied().map(f64::from).sum();
    (count > 0).then(|| sum / count as f64)
}

fn modes(snapshot: &Snapshot, fake: &[Point]) -> Option<f64> {
    let target = snapshot.configuration.target;
    let share = coverage(target, fake)?;
    Some((share * target.modes().len() as f64).round())
}

/// Updates of one network alone among the run's epochs after `begin`; what the log knows of later ones is
/// left out.
fn steps(snapshot: &Snapshot, network: Network, begin: u64) -> u64 {
    let of_network = snapshot.log.actions().iter();
    let of_network = of_network.filter(|stamped| stamped.action == Action::Step(network));
    let done = |stamped: &Stamped| {
        stamped
            .end()
            .min(snapshot.epoch)
            .saturating_sub(stamped.epoch.max(begin))
    };
    of_network.map(done).sum()
}

/// Measurements of a series in the last so many epochs; none if the run has fewer epochs.
fn within(snapshot: &Snapshot, series: Series, epochs: u64) -> impl Iterator<Item = f64> + '_ {
    let measured = match snapshot.epoch.checked_sub(epochs) {
        None => &[][..],
        Some(begin) => {
            let all = snapshot.history.measured();
            let from = all.partition_point(|one| one.epoch < begin);
            let to = all.partition_point(|one| one.epoch <= snapshot.epoch);
            &all[from..to.max(from)]
        }
    };
    measured.iter().filter_map(move |one| one.value(series))
}

fn throughout(snapshot: &Snapshot, series: Series, epochs: u64, bound: Bound) -> bool {
    let mut values = within(snapshot, series, epochs).peekable();
    values.peek().is_some() && values.all(|value| bound.admits(value))
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// How often a course turned round by [`SWING`] or more: from a peak down as far, or from a trough up.
fn swings(course: impl Iterator<Item = f64>) -> u64 {
    let mut course = course.peekable();
    let Some(&first) = course.peek() else {
        return 0;
    };
    // Since the last turn: the lowest, the highest, and which way it went from there.
    let (mut least, mut most) = (first, first);
    let mut way = None;
    let mut turns = 0;
    for value in course {
        (least, most) = (least.min(value), most.max(value));
        let up = way != Some(Way::Up) && value - least >= SWING;
        let down = way != Some(Way::Down) && most - value >= SWING;
        if up || down {
            turns += u64::from(way.is_some());
            way = Some(if up { Way::Up } else { Way::Down });
            (least, most) = (value, value);
        }
    }
    turns
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Command, Experiment, Inline, Session as _, Step};
    use gan_core::Change;
    use gan_core::Preset;
    use gan_core::configuration::{LearningRate, UpdatesPerEpoch};

    fn holds(sentence: &str, run: &Inline, opened: u64) -> bool {
        let condition: Condition = sentence.parse().unwrap();
        condition.holds(&run.latest(), opened)
    }

    #[test]
    fn a_course_turns_only_where_it_goes_back_far_enough() {
        let turns = |course: &[f64]| swings(course.iter().copied());
        assert_eq!(turns(&[]), 0);
        assert_eq!(turns(&[0.5, 0.4, 0.3, 0.1]), 0, "down is no turn");
        assert_eq!(turns(&[0.5, 0.3, 0.38, 0.31, 0.39]), 0, "too little");
        assert_eq!(turns(&[0.1, 0.3, 0.1, 0.3, 0.1]), 3);
        assert_eq!(
            turns(&[0.1, 0.14, 0.18, 0.22, 0.18, 0.14, 0.1]),
            1,
            "little by little"
        );
        assert_eq!(turns(&[0.5, 0.5, 0.75, 0.5]), 1);
    }

    #[test]
    fn what_is_now_is_read_off_the_run() {
        let mut run = Inline::new(Experiment::preset(Preset::Disjoint, 9));
        assert!(!holds("generator.loss above -1", &run, 0), "there is none yet");
        run.run_epochs(3).unwrap();
        let rate = LearningRate::new(0.1).unwrap();
        run.send(Command::Change(Change::learning_rate(Network::Generator, rate)));
        let updates = UpdatesPerEpoch::new(3).unwrap();
        run.send(Command::Change(Change::updates_per_epoch(
            Network::Discriminator,
            updates,
        )));
        for step in [
            Step::Generator,
            Step::Generator,
            Step::Discriminator,
            Step::Both,
            Step::Generator,
        ] {
            run.send(Command::Step(step));
        }
        for sentence in [
            "epoch at least 8",
            "epoch at most 8",
            "epochs at most 5",
            "generator.steps at most 3",
            "generator.steps at least 3",
            "discriminator.steps at least 1",
            "generator.learning_rate at most 0.1",
            "generator.learning_rate at least 0.1",
            "discriminator.updates_per_epoch at least 3",
            "generator.updates_per_epoch below 2",
            "real.score above 0",
            "fake.score below 1",
            "generator.loss above 0",
            "js at most 1",
            "fake.x above -1",
            "fake.y below 2",
            "modes at most 3",
        ] {
            assert!(holds(sentence, &run, 3), "{sentence}");
            let condition: Condition = sentence.parse().unwrap();
            assert!(condition.reading(&run.latest(), 3).is_some());
        }
        // The page opened after the first of the steps.
        assert!(holds("generator.steps at most 2", &run, 4));
        assert!(holds("generator.steps at most 1", &run, 5));
        assert!(holds("generator.steps at most 0", &run, 8));
        let ring = Inline::new(Experiment::preset(Preset::Ring, 1));
        assert!(!holds("modes at least 0", &ring, 0), "a ring has no modes");
    }

    #[test]
    fn a_span_needs_as_many_epochs_and_all_of_them() {
        let mut run = Inline::new(Experiment::preset(Preset::Line, 1));
        run.run_epochs(49).unwrap();
        for sentence in [
            "js at least 0 for 50 epochs",
            "median js at least 0 over 50 epochs",
            "swings at least 0 over 50 epochs",
        ] {
            assert!(!holds(sentence, &run, 0), "{sentence}");
        }
        run.run_epochs(1).unwrap();
        let course: Vec<f64> = run.latest().history.measured().iter().map(|one| one.js).collect();
        let most = course.iter().copied().fold(0.0, f64::max);
        let mut sorted = course.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        for (sentence, expected) in [
            ("js at least 0 for 50 epochs".to_owned(), true),
            (format!("js at most {most} for 50 epochs"), true),
            (format!("js below {most} for 50 epochs"), false),
            (format!("median js at most {} over 50 epochs", sorted[25]), true),
            (format!("median js below {} over 50 epochs", sorted[25]), false),
            (
                format!("swings at most {} over 50 epochs", swings(course.into_iter())),
                true,
            ),
        ] {
            assert_eq!(holds(&sentence, &run, 0), expected, "{sentence}");
        }
    }
}
