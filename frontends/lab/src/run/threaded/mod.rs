//! A run on threads of its own: one trains, one looks, and the picture reads what was last seen.
//!
//! The trainer copies its state out only when the looker has asked for one (or the run pauses), so it
//! never waits; the looker takes as long as it takes; [`Session::latest`] is a lock held for the time
//! of a pointer's copy.

mod exchange;
#[cfg(test)]
mod tests;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::files::FileError;
use crate::run::driver::{Driver, Wait};
use crate::run::looker::Looker;
use crate::{Command, Experiment, Rate, Session, Snapshot, Status, Trainer};
use exchange::Exchange;

/// The looker makes a snapshot at most this often: a picture in 60 Hz.
const LOOK: Duration = Duration::from_millis(16);

/// A run that trains by itself.
pub struct Threaded {
    commands: Option<Sender<Command>>,
    latest: Arc<Mutex<Arc<Snapshot>>>,
    exchange: Arc<Exchange>,
    training: Option<JoinHandle<Result<(), FileError>>>,
    looking: Option<JoinHandle<()>>,
}

impl Threaded {
    /// A run at epoch 0, paused. `wake` is called, on another thread, after each new snapshot.
    #[must_use]
    pub fn new(experiment: Experiment, wake: impl Fn() + Send + 'static) -> Self {
        Self::of(Trainer::new(experiment), wake)
    }

    /// Begins with a run that is set up already, otherwise like [`Self::new`].
    #[must_use]
    pub fn of(trainer: Trainer, wake: impl Fn() + Send + 'static) -> Self {
        let driver = Driver::new(trainer);
        let (looker, snapshot) = Looker::new(driver.state());
        let latest = Arc::new(Mutex::new(Arc::new(snapshot)));
        let exchange = Arc::new(Exchange::default());
        let (commands, inbox) = channel();
        let training = std::thread::spawn({
            let exchange = Arc::clone(&exchange);
            move || train(driver, &inbox, &exchange)
        });
        let looking = std::thread::spawn({
            let (exchange, latest) = (Arc::clone(&exchange), Arc::clone(&latest));
            move || look(looker, &exchange, &latest, wake)
        });
        Self {
            commands: Some(commands),
            latest,
            exchange,
            training: Some(training),
            looking: Some(looking),
        }
    }

    /// Ends the run. The error is why its recording, if it has one, could not go on.
    pub fn close(mut self) -> Result<(), FileError> {
        self.end()
    }

    fn end(&mut self) -> Result<(), FileError> {
        self.commands = None;
        self.exchange.close();
        // A thread that panicked has said so already.
        let recorded = self.training.take().and_then(|thread| thread.join().ok());
        let _ = self.looking.take().map(JoinHandle::join);
        recorded.unwrap_or(Ok(()))
    }
}

impl Session for Threaded {
    fn send(&mut self, command: Command) {
        if let Some(commands) = &self.commands {
            // The trainer lives as long as this sender.
            let _ = commands.send(command);
        }
    }

    fn latest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.latest.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Threaded {
    fn drop(&mut self) {
        // Whoever wants to know how the recording ended closes the run.
        let _ = self.end();
    }
}

/// The trainer's thread: obeys, trains a stint, shows its state to whoever wants it. Ends when the last
/// sender of commands is gone, and says how its recording ended.
fn train(mut driver: Driver, inbox: &Receiver<Command>, exchange: &Exchange) -> Result<(), FileError> {
    let begun = Instant::now();
    let clock = || begun.elapsed();
    loop {
        let wait = driver.wait(clock());
        let command = match wait {
            Wait::No => inbox
                .try_recv()
                .map_err(|error| error == TryRecvError::Disconnected),
            Wait::AtMost(time) => inbox
                .recv_timeout(time)
                .map_err(|error| error == RecvTimeoutError::Disconnected),
            Wait::ForCommand => {
                exchange.offer(driver.state(), None);
                inbox.recv().map_err(|_| true)
            }
        };
        match command {
            Ok(command) => {
                driver.obey(command, || inbox.try_recv().ok());
                // A command shows its effect at once; the next stride may be a second away.
                if driver.status() == Status::Playing {
                    exchange.offer(driver.state(), driver.speed());
                }
            }
            Err(disconnected) if disconnected => return driver.finish_recording(),
            Err(_) if wait != Wait::No => {}
            Err(_) => {
                let sought = driver.is_seeking();
                driver.go_on(clock);
                // A rare stride is seen even if the looker is busy now.
                let rare = |rate: Rate| rate.interval() >= LOOK;
                let show = match sought {
                    // A sought epoch shows when it is found; before, the way there.
                    true => driver.is_seeking() && exchange.wanted(),
                    false => driver.pace().rate().is_some_and(rare) || exchange.wanted(),
                };
                if show {
                    exchange.offer(driver.state(), driver.speed());
                }
            }
        }
    }
}

/// The looker's thread: from states to snapshots.
fn look(mut looker: Looker, exchange: &Exchange, latest: &Mutex<Arc<Snapshot>>, wake: impl Fn()) {
    let started = Instant::now();
    let clock = || started.elapsed();
    let show = |snapshot: &Arc<Snapshot>| {
        *latest.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(snapshot);
        wake();
    };
    while let Some((state, speed)) = exchange.next() {
        let begun = clock();
        let (mut snapshot, refinement) = looker.look(state, speed, clock);
        show(&snapshot);
        if let Some(refinement) = refinement {
            let left = looker.refine(refinement, &mut snapshot, || exchange.quiet());
            if left.is_none() {
                show(&snapshot);
            }
        }
        std::thread::sleep(LOOK.saturating_sub(clock() - begun));
    }
}
