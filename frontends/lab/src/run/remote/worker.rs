//! The trainer's side: takes commands, trains a stint a turn, and sends its state when it is asked to and has
//! something new to tell, and the files that the run wrote once they are complete.

use std::collections::VecDeque;
use std::path::PathBuf;

use gan_core::StateHash;

use super::known::{Known, Opened};
use super::wire::{self, Malformed, StateMessage, ToPage, ToWorker};
use super::{Clock, Turn};
use crate::files::store;
use crate::run::driver::{Driver, Wait};
use crate::{Command, Experiment, Trainer};

/// Trains the run that another instance of this program looks at.
pub struct Worker {
    clock: Clock,
    run: Option<Run>,
    outbox: Vec<Vec<u8>>,
}

/// From the first message on.
struct Run {
    driver: Driver,
    inbox: VecDeque<Command>,
    known: Known,
    opened: Opened,
    /// The page waits for a state.
    wanted: bool,
    /// There may be something that the page has not seen.
    changed: bool,
}

impl Worker {
    /// One that waits to be told what to train.
    #[must_use]
    pub const fn new(clock: Clock) -> Self {
        Self {
            clock,
            run: None,
            outbox: Vec::new(),
        }
    }

    /// Takes a message of the page's. The next turn does the requested work.
    pub fn receive(&mut self, message: &[u8]) -> Result<(), Malformed> {
        match (wire::decode(message)?, &mut self.run) {
            (ToWorker::Begin(experiment), None) => self.run = Some(Run::new(experiment.try_into()?)),
            (ToWorker::Command(command), Some(run)) => {
                let command = command.command(&mut run.opened)?;
                run.inbox.push_back(command);
            }
            (ToWorker::Look, Some(run)) => run.wanted = true,
            (ToWorker::Begin(_), Some(_)) | (ToWorker::Command(_) | ToWorker::Look, None) => {
                wire::ensure(false, "a run begins with the first message and with no other")?;
            }
        }
        Ok(())
    }

    /// Does what was asked, trains for some milliseconds if the run plays and its pace allows, and says when
    /// the next turn is due.
    pub fn turn(&mut self) -> Turn {
        let Some(run) = &mut self.run else {
            return Turn::Resting;
        };
        let turn = run.turn(self.clock);
        // Before the state that says it is written.
        self.outbox.extend(store::take_written().iter().map(file));
        self.outbox.extend(run.answer());
        turn
    }

    /// How many epochs the run has completed, and its state by name; `None` before it is begun.
    #[must_use]
    pub fn state_hash(&self) -> Option<(u64, StateHash)> {
        self.run.as_ref().map(|run| run.driver.state_hash())
    }

    /// Messages for the page, in this order.
    pub fn take_messages(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.outbox)
    }
}

/// A file that the run wrote, as a message.
pub(super) fn file((path, bytes): &(PathBuf, Vec<u8>)) -> Vec<u8> {
    let path = path.to_string_lossy();
    wire::encode(&ToPage::File { path, bytes })
}

impl Run {
    /// At its beginning, which the page knows.
    fn new(experiment: Experiment) -> Self {
        let driver = Driver::new(Trainer::new(experiment));
        Self {
            known: Known::of(&driver.state()),
            driver,
            inbox: VecDeque::new(),
            opened: Opened::default(),
            wanted: false,
            changed: false,
        }
    }

    fn turn(&mut self, clock: Clock) -> Turn {
        while let Some(command) = self.inbox.pop_front() {
            self.driver.obey(command, || self.inbox.pop_front());
            self.changed = true;
        }
        let mut wait = self.driver.wait(clock());
        if wait == Wait::No {
            self.driver.go_on(clock);
            self.changed = true;
            wait = self.driver.wait(clock());
        }
        match wait {
            Wait::No => Turn::Again,
            Wait::AtMost(time) => Turn::After(time),
            Wait::ForCommand => Turn::Resting,
        }
    }

    /// The state, if it is wanted and there is something new.
    fn answer(&mut self) -> Option<Vec<u8>> {
        if !(self.wanted && self.changed) {
            return None;
        }
        (self.wanted, self.changed) = (false, false);
        let state = self.driver.state();
        let message = StateMessage::of(&state, self.driver.speed(), &self.known, &self.opened);
        let bytes = wire::encode(&ToPage::State(Box::new(message)));
        self.known = Known::of(&state);
        if let Some(number) = state.opened.and_then(|opened| self.opened.number(&opened)) {
            self.opened.forget_before(number);
        }
        Some(bytes)
    }
}
