//! How a run trains by itself, on a thread or in a browser's worker: it obeys, keeps to its pace, and trains
//! a stint at a time, so that whoever drives it can turn to commands and to who wants to look in between.
//!
//! The time since any fixed moment is an argument: not every machine has [`std::time::Instant`],
//! and tests have a clock of their own.

mod metronome;
mod speedometer;

use std::time::Duration;

use gan_core::StateHash;

use crate::files::FileError;
use crate::run::beside::Runs;
use crate::{Command, Pace, State, Status, Stride, Trainer};

use metronome::Metronome;
pub(crate) use metronome::Wait;
use speedometer::Speedometer;

/// Commands, and somebody who wants the state, are looked for this often.
const STINT: Duration = Duration::from_millis(2);
/// Whoever asked for another epoch sees that one, and the way there only if it takes longer than this.
const PATIENCE: Duration = Duration::from_millis(50);
/// Epochs between two looks at the clock on the way.
const SEEKING: u64 = 16;

/// One run, or two in step, with what it takes to train them by themselves.
pub(crate) struct Driver {
    runs: Runs,
    metronome: Metronome,
    speedometer: Speedometer,
    /// Epochs that take about a stint.
    epochs: u64,
}

impl Driver {
    /// Drives one run, which keeps its past from here on.
    pub(crate) fn new(mut trainer: Trainer) -> Self {
        trainer.keep_past();
        Self {
            runs: Runs::new(trainer),
            metronome: Metronome::new(),
            speedometer: Speedometer::new(),
            epochs: 1,
        }
    }

    /// A copy of the state, to look at.
    pub(crate) fn state(&self) -> State {
        self.runs.state()
    }

    /// How many epochs are completed, and the state by name; of two runs the first's.
    pub(crate) fn state_hash(&self) -> (u64, StateHash) {
        (self.runs.epoch(), self.runs.first().gan().state_hash())
    }

    /// Whether it is getting on.
    pub(crate) fn status(&self) -> Status {
        self.runs.status()
    }

    /// How fast it is to train.
    pub(crate) const fn pace(&self) -> Pace {
        self.runs.pace()
    }

    /// Whether it is on its way to an epoch that was asked to be shown.
    pub(crate) fn is_seeking(&self) -> bool {
        self.runs.seeking().is_some()
    }

    /// Epochs per second while it plays, if they are known.
    pub(crate) fn speed(&self) -> Option<f64> {
        self.speedometer.speed().filter(|_| !self.is_seeking())
    }

    /// Ends the recording, if there is one.
    pub(crate) fn finish_recording(&mut self) -> Result<(), FileError> {
        self.runs.finish_recording()
    }

    /// How long to wait before [going on](Self::go_on).
    pub(crate) fn wait(&mut self, now: Duration) -> Wait {
        if self.is_seeking() {
            Wait::No
        } else if self.status() == Status::Playing {
            self.metronome.wait(self.pace(), now)
        } else {
            self.speedometer.stop();
            self.metronome.stop();
            Wait::ForCommand
        }
    }

    /// Does what was asked. Who drags through the past asks for more than can be shown: of commands to do
    /// so that follow each other, as `next` tells, the last counts.
    pub(crate) fn obey(&mut self, command: Command, mut next: impl FnMut() -> Option<Command>) {
        let mut last = command;
        while matches!(last, Command::Seek(_)) {
            match next() {
                Some(next @ Command::Seek(_)) => last = next,
                Some(next) => {
                    self.runs.obey(last);
                    last = next;
                }
                None => break,
            }
        }
        self.runs.obey(last);
    }

    /// Trains on for about a stint, or, towards an epoch that was asked to be shown, for as long as people
    /// are patient.
    pub(crate) fn go_on(&mut self, clock: impl Fn() -> Duration) {
        match self.is_seeking() {
            true => self.seek(clock),
            false => self.train(clock),
        }
    }

    fn train(&mut self, clock: impl Fn() -> Duration) {
        let begun = clock();
        let stride = self.pace().stride();
        let due = self.metronome.allows(self.pace(), begun);
        let stint = match stride {
            Stride::Phase => 1,
            Stride::Epoch => due.min(self.epochs),
        };
        // A divergence shows in the status.
        let _ = match stride {
            Stride::Phase => self.runs.run_phase(),
            Stride::Epoch => self.runs.run_epochs(stint),
        };
        let ended = clock();
        self.metronome.count(stint);
        match stride {
            Stride::Phase => self.speedometer.stop(),
            Stride::Epoch => self.speedometer.count(stint, ended),
        }
        let elapsed = ended.saturating_sub(begun);
        if elapsed > STINT {
            self.epochs = (self.epochs / 2).max(1);
        } else if stint == self.epochs && elapsed < STINT / 2 {
            self.epochs = self.epochs.saturating_mul(2).min(1 << 20);
        }
    }

    fn seek(&mut self, clock: impl Fn() -> Duration) {
        let begun = clock();
        while let Some((now, _)) = self.runs.seeking()
            && clock().saturating_sub(begun) < PATIENCE
        {
            self.runs.run_towards(now.saturating_add(SEEKING));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Course, Experiment, Step};
    use gan_core::Preset;

    fn clock() -> Duration {
        Duration::from_secs(5)
    }

    #[test]
    fn of_commands_to_be_shown_epochs_the_last_counts_and_what_follows_is_not_lost() {
        let mut driver = Driver::new(Trainer::new(Experiment::preset(Preset::Line, 1)));
        // So many that not every state is kept.
        for _ in 0..1200 {
            driver.obey(Command::Step(Step::Both), || panic!("one at a time"));
        }
        let mut inbox = vec![Command::Seek(1001), Command::Seek(20)];
        driver.obey(Command::Seek(7), || inbox.pop());
        assert!(driver.is_seeking() && inbox.is_empty());
        assert_eq!(driver.wait(clock()), Wait::No);
        // A clock that stands still is patient without end.
        driver.go_on(clock);
        let state = driver.state();
        assert_eq!(
            (state.epoch, state.course, driver.is_seeking()),
            (1001, Course::Past, false)
        );
        assert_eq!(driver.wait(clock()), Wait::ForCommand);
        let mut inbox = vec![Command::Pause, Command::Step(Step::Both), Command::Seek(9)];
        driver.obey(Command::Seek(5), || inbox.pop());
        assert_eq!(
            (driver.state().epoch, inbox.len()),
            (10, 1),
            "sought, and gone on from there"
        );
    }

    #[test]
    fn stints_grow_and_shrink_to_some_milliseconds() {
        let mut driver = Driver::new(Trainer::new(Experiment::preset(Preset::Line, 1)));
        driver.obey(Command::Play, || None);
        let mut lengths = Vec::new();
        for milliseconds in [0, 0, 0, 0, 1, 3, 3] {
            let before = driver.state().epoch;
            let looks = std::cell::Cell::new(0);
            driver.go_on(|| Duration::from_millis(milliseconds * looks.replace(1)));
            lengths.push(driver.state().epoch - before);
        }
        assert_eq!(lengths, [1, 2, 4, 8, 16, 16, 8]);
    }
}
