//! The page's side: a session whose run trains elsewhere, and the looker that makes snapshots of what comes
//! from there.

use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::known::{Known, Opened};
use super::wire::{self, CommandMessage, Malformed, StateMessage, ToPage, ToWorker};
use super::{Clock, Turn};
use crate::files;
use crate::run::looker::{Looker, Refinement};
use crate::{Command, Experiment, Session, Snapshot, State, Trainer};

/// A turn takes about so long: half of a frame in 60 Hz.
const REFINING: Duration = Duration::from_millis(8);

/// A run that trains in a [`Worker`](super::Worker).
pub struct Remote {
    clock: Clock,
    looker: Looker,
    latest: Arc<Snapshot>,
    /// Whether somebody has read the latest snapshot.
    seen: Cell<bool>,
    /// Whether the worker was asked for a state that has not come yet.
    asked: bool,
    refinement: Option<Refinement>,
    known: Known,
    opened: Opened,
    outbox: Vec<Vec<u8>>,
}

impl Remote {
    /// A run at epoch 0, paused. The first message tells its worker to begin with it.
    #[must_use]
    pub fn new(experiment: Experiment, clock: Clock) -> Self {
        let begin = wire::encode(&ToWorker::Begin((&experiment).into()));
        let state: State = Trainer::<gan_core::Reference>::new(experiment).state();
        let known = Known::of(&state);
        let (looker, snapshot) = Looker::new(state);
        Self {
            clock,
            looker,
            latest: Arc::new(snapshot),
            seen: Cell::new(false),
            asked: false,
            refinement: None,
            known,
            opened: Opened::default(),
            outbox: vec![begin],
        }
    }

    /// Messages for the worker, in this order: requests to the run, and, once the latest snapshot
    /// has been read, the request for another state. To be called once a frame.
    pub fn take_messages(&mut self) -> Vec<Vec<u8>> {
        if self.seen.get() && !self.asked {
            self.asked = true;
            self.outbox.push(wire::encode(&ToWorker::Look));
        }
        std::mem::take(&mut self.outbox)
    }

    /// Takes a message of the worker's. Of a state it makes the latest snapshot; a file it writes where files
    /// lie on this side, which in a browser [offers it](crate::files::store::take_written).
    pub fn receive(&mut self, message: &[u8]) -> Result<(), Malformed> {
        match wire::decode(message)? {
            ToPage::State(message) => self.look(*message),
            ToPage::File { path, bytes } => files::write(Path::new(&*path), bytes)
                .map_err(wire::impossible("a file cannot lie where the trainer wrote it")),
        }
    }

    fn look(&mut self, message: StateMessage<'_>) -> Result<(), Malformed> {
        let speed = message.speed;
        let state = message.state(&self.known, &self.opened)?;
        self.known = Known::of(&state);
        let opened = state.opened.as_ref();
        if let Some(number) = opened.and_then(|opened| self.opened.number(opened)) {
            self.opened.forget_before(number);
        }
        (self.latest, self.refinement) = self.looker.look(state, speed, self.clock);
        self.asked = false;
        self.seen.set(false);
        Ok(())
    }

    /// Goes on for some milliseconds with what the latest snapshot still lacks, which is something only while
    /// the run rests: a heatmap as fine as was asked. [`Turn::Again`] if there is more to do; when there is not,
    /// the snapshot has it.
    pub fn turn(&mut self) -> Turn {
        let Some(refinement) = self.refinement.take() else {
            return Turn::Resting;
        };
        let clock = self.clock;
        let begun = clock();
        let in_time = || clock().saturating_sub(begun) < REFINING;
        self.refinement = self.looker.refine(refinement, &mut self.latest, in_time);
        match self.refinement {
            Some(_) => Turn::Again,
            None => Turn::Resting,
        }
    }
}

impl Session for Remote {
    fn send(&mut self, command: Command) {
        let message = CommandMessage::of(&command, &mut self.opened);
        self.outbox.push(wire::encode(&ToWorker::Command(message)));
    }

    fn latest(&self) -> Arc<Snapshot> {
        self.seen.set(true);
        Arc::clone(&self.latest)
    }
}
