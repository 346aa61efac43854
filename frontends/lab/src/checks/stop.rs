//! When a run is to stop: when a [`Condition`] holds at so many checks in turn.
//!
//! ```text
//! epoch N                                   as soon as N epochs are completed
//! FIGURE BOUND NUMBER [for N checks]        at N checks in turn; 1 if left out
//! diagnosis [is] WORD [for N checks]
//! diagnosis is not WORD [for N checks]
//! ```
//!
//! FIGURE is a series or a column of a metrics file: js, ndb, d_loss_mean, g_dead_2.
//!
//! Runs are checked at epochs that depend on nothing but how far they are ([`schedule`]), so a run that is trained
//! again stops at the same epoch.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::checks::diagnosis::{DiagnosisInput, Word, schedule};
use crate::files::metrics;
use crate::lesson::condition::{self, Condition, NO_BOUND, Quantity, Said};
use crate::{Diagnosis, Glance, Glances, Measured, Observer, State, Status};

/// When to stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Stop {
    when: When,
    /// Checks in turn at which it has to be so, from 1.
    checks: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    Epoch(u64),
    Holds(Condition),
}

/// Text that says no time to stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoStop {
    text: String,
    problem: String,
}

impl fmt::Display for NoStop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.text.chars().take(80).collect();
        write!(f, "the stop condition '{}' {}", text.escape_debug(), self.problem)
    }
}

impl std::error::Error for NoStop {}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.when {
            When::Epoch(epoch) => return write!(f, "epoch {epoch}"),
            When::Holds(Condition::Diagnosis(Said::Is, word)) => write!(f, "diagnosis {word}")?,
            // Losses have the names of their columns.
            When::Holds(Condition::Now(Quantity::Series(series), bound)) => {
                write!(f, "{} {bound}", series.key())?
            }
            When::Holds(Condition::Now(Quantity::Figure(figure), bound)) => {
                write!(f, "{} {bound}", figure.key())?
            }
            When::Holds(condition) => condition.fmt(f)?,
        }
        match self.checks {
            1 => Ok(()),
            checks => write!(f, " for {checks} checks"),
        }
    }
}

impl From<Stop> for String {
    fn from(stop: Stop) -> Self {
        stop.to_string()
    }
}

impl TryFrom<String> for Stop {
    type Error = NoStop;

    fn try_from(text: String) -> Result<Self, NoStop> {
        text.parse()
    }
}

impl FromStr for Stop {
    type Err = NoStop;

    fn from_str(text: &str) -> Result<Self, NoStop> {
        let words: Vec<&str> = text.split_whitespace().collect();
        read(&words).map_err(|problem| NoStop {
            text: text.to_owned(),
            problem,
        })
    }
}

fn read(words: &[&str]) -> Result<Stop, String> {
    let (words, checks) = match words {
        [words @ .., "for", number, "checks" | "check"] => {
            let checks = number.parse().ok().filter(|checks| *checks > 0);
            let checks =
                checks.ok_or_else(|| format!("needs a count from 1, not '{number}', before 'checks'"))?;
            (words, checks)
        }
        words => (words, 1),
    };
    let when = match words {
        [] => return Err("is empty; write for instance 'js below 0.1 for 3 checks'".to_owned()),
        ["epoch", number] if checks == 1 => match number.parse() {
            Ok(epoch) => When::Epoch(epoch),
            Err(_) => return Err(format!("needs an epoch, a whole number, not '{number}'")),
        },
        ["diagnosis", word] => {
            let word = word.parse();
            let word = word.map_err(|error| format!("names no diagnosis: {error}, healthy, ailing"))?;
            When::Holds(Condition::Diagnosis(Said::Is, word))
        }
        words => When::Holds(condition(words)?),
    };
    Ok(Stop { when, checks })
}

/// A condition that a check can tell; without a page that was opened, and without a picture.
fn condition(words: &[&str]) -> Result<Condition, String> {
    let figures = || {
        let figures: Vec<&str> = metrics::fields().skip(1).collect();
        format!(
            "must begin with 'epoch N', 'diagnosis WORD', or a figure: {}",
            figures.join(", ")
        )
    };
    if !matches!(words, ["diagnosis", ..] | [_, _, ..]) || words[0] == "epoch" {
        let known = words[0] != "epoch" && condition::quantity(words[0]).is_ok();
        return Err(if known { NO_BOUND.to_owned() } else { figures() });
    }
    let condition = match words {
        ["diagnosis", ..] => condition::read(words),
        words => condition::now(words),
    };
    let condition = condition.map_err(|problem| match problem {
        condition::UNKNOWN => figures(),
        problem => problem.to_owned(),
    })?;
    match condition {
        Condition::Now(Quantity::Series(_) | Quantity::Figure(_), _) | Condition::Diagnosis(..) => {
            Ok(condition)
        }
        _ => Err(figures()),
    }
}

/// A stop condition, and at how many checks in turn it was so.
#[derive(Clone, Debug)]
pub struct StopCount {
    stop: Stop,
    held: u32,
}

impl StopCount {
    /// Nothing checked yet.
    #[must_use]
    pub const fn new(stop: Stop) -> Self {
        Self { stop, held: 0 }
    }

    /// The condition.
    #[must_use]
    pub const fn stop(&self) -> &Stop {
        &self.stop
    }

    /// The next epoch, later than this one, that it wants to know of.
    #[must_use]
    pub fn due(&self, epoch: u64) -> u64 {
        match self.stop.when {
            When::Epoch(stop) if stop > epoch => stop,
            When::Epoch(_) => u64::MAX,
            When::Holds(_) => schedule::next(epoch),
        }
    }

    /// Whether it is of an epoch, and this is it: no check is needed for that.
    #[must_use]
    pub fn is_at(&self, epoch: u64) -> bool {
        self.stop.when == When::Epoch(epoch)
    }

    /// Takes a check; whether to stop now.
    pub fn take(&mut self, measured: &Measured, word: Word) -> bool {
        let is_so = match self.stop.when {
            When::Epoch(epoch) => measured.epoch >= epoch,
            When::Holds(condition) => condition.holds_at(measured, word),
        };
        self.held = if is_so { self.held + 1 } else { 0 };
        self.held >= self.stop.checks
    }
}

/// A stop condition of a run that is watched, and whether it was reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StopState {
    /// The condition.
    pub stop: Stop,
    /// The epoch at which it was reached, and the run paused; `None` before.
    pub reached: Option<u64>,
}

/// Checks a run that goes on until it is to stop, where it trains.
pub(crate) struct Stopping {
    count: StopCount,
    observer: Option<(std::sync::Arc<crate::Experiment>, Observer)>,
    checks: Vec<Measured>,
    glances: Glances,
    reached: Option<u64>,
}

impl Stopping {
    pub(crate) fn new(stop: Stop) -> Self {
        Self {
            count: StopCount::new(stop),
            observer: None,
            checks: Vec::new(),
            glances: Glances::default(),
            reached: None,
        }
    }

    pub(crate) fn state(&self) -> StopState {
        StopState {
            stop: self.count.stop.clone(),
            reached: self.reached,
        }
    }

    /// The next epoch to be asked at; none once it was reached.
    pub(crate) fn due(&self, epoch: u64) -> u64 {
        match self.reached {
            Some(_) => u64::MAX,
            None => match self.count.stop.when {
                When::Holds(Condition::Diagnosis(..)) => schedule::next_glance(epoch),
                When::Epoch(_) | When::Holds(_) => self.count.due(epoch),
            },
        }
    }

    /// Whether a run in this state is to stop; of states that are due.
    pub(crate) fn check(&mut self, state: &State) -> bool {
        let stops = self.count.is_at(state.epoch) || self.measure(state);
        if stops {
            self.reached = Some(state.epoch);
        }
        stops
    }

    fn measure(&mut self, state: &State) -> bool {
        if let When::Epoch(_) = self.count.stop.when {
            return false;
        }
        let known = |(experiment, _): &(_, Observer)| std::sync::Arc::ptr_eq(experiment, &state.experiment);
        if !self.observer.as_ref().is_some_and(known) {
            self.checks.clear();
            self.glances = Glances::default();
            self.count.held = 0;
            self.observer = Some((state.experiment.clone(), Observer::new(&state.experiment)));
        }
        let Some((_, observer)) = &mut self.observer else {
            return false;
        };
        // A run that went back goes another way from there.
        self.checks.retain(|check| check.epoch < state.epoch);
        self.glances.cut(state.epoch.saturating_sub(1));
        if !schedule::is_due(state.epoch) {
            self.glances.record(observer.glance_due(state));
            return false;
        }
        let (now, glance, diagnosis) = checked(observer, state, &self.checks, self.glances.as_slice());
        self.glances.record(glance);
        self.checks.push(now);
        self.count.take(&now, diagnosis.word())
    }
}

/// Measures a state wholly, and what that says after earlier checks.
fn checked(
    observer: &mut Observer,
    state: &State,
    checks: &[Measured],
    glances: &[Glance],
) -> (Measured, Glance, Diagnosis) {
    let (divergence, measures) = observer.check(state);
    let now = Measured {
        epoch: state.epoch,
        discriminator_loss: state.discriminator_loss,
        generator_loss: state.generator_loss,
        kl: divergence.kl,
        js: divergence.js,
        summary: measures.summary(),
    };
    let diagnosis = Diagnosis::of(&DiagnosisInput {
        configuration: &state.configuration,
        history: checks,
        glances,
        now: &now,
        measures: &measures,
        floor: observer.floors(),
        diverged: match state.status {
            Status::Diverged(diverged) => Some(diverged),
            Status::Playing | Status::Paused => None,
        },
    });
    (now, measures.glance, diagnosis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Summary;

    fn check(epoch: u64, js: f64) -> Measured {
        let summary = Summary {
            ndb: Some(0.5),
            ..Summary::default()
        };
        Measured::check(epoch, js, summary)
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "epoch 5000",
            "js below 0.1 for 3 checks",
            "ndb at most 0.5",
            "diagnosis mode_collapse",
            "diagnosis healthy for 2 checks",
            "diagnosis is not mode_collapse",
        ] {
            let stop: Stop = text.parse().unwrap();
            assert_eq!(stop.to_string(), text);
            assert_eq!(Stop::try_from(String::from(stop.clone())), Ok(stop));
        }
        for figure in metrics::fields().skip(1) {
            let text = format!("{figure} above 0.5");
            assert_eq!(text.parse().map(|stop: Stop| stop.to_string()), Ok(text));
        }
        assert_eq!(
            "  js  below 0.1 for 1 check "
                .parse::<Stop>()
                .unwrap()
                .to_string(),
            "js below 0.1"
        );
    }

    #[test]
    fn what_says_nothing_is_refused_in_a_sentence() {
        for (text, part) in [
            ("", "is empty"),
            ("epoch", "must begin with 'epoch N'"),
            ("epoch soon", "needs an epoch"),
            ("epoch 5 for 2 checks", "must begin with"),
            ("JS below 1", "must begin with"),
            ("js under 1", "needs 'below'"),
            ("js below", "needs 'below'"),
            ("js below inf", "finite number"),
            ("js below 1 for 0 checks", "a count from 1, not '0'"),
            ("js below 1 for ever", "needs 'below'"),
            ("diagnosis collapse", "mode_collapse"),
        ] {
            let message = text.parse::<Stop>().unwrap_err().to_string();
            assert!(message.contains(part), "{text:?} gave {message:?}");
        }
        assert!("x\n".repeat(90).parse::<Stop>().unwrap_err().to_string().len() < 1_000);
    }

    #[test]
    fn checks_have_to_hold_in_turn() {
        let mut count = StopCount::new("js below 0.1 for 2 checks".parse().unwrap());
        let word = Word::Improving;
        let mut take = |epoch, js| count.take(&check(epoch, js), word);
        assert!(!take(250, 0.05) && !take(500, 0.2) && !take(750, 0.09) && take(1_000, 0.09));
        assert!(!take(1_500, f64::NAN));
        assert_eq!(count.due(1_500), 2_000);
        let mut words = StopCount::new("diagnosis ailing".parse().unwrap());
        assert!(!words.take(&check(1, 0.5), Word::TooEarly) && !words.take(&check(2, 0.5), Word::Converged));
        assert!(words.take(&check(3, 0.5), Word::DeadUnits));
        let mut figure = StopCount::new("ndb at least 0.5".parse().unwrap());
        assert!(figure.take(&check(1, 0.5), word));
        let epoch = StopCount::new("epoch 777".parse().unwrap());
        assert_eq!((epoch.due(0), epoch.due(777)), (777, u64::MAX));
        assert!(epoch.is_at(777) && !epoch.is_at(778));
    }
}
