//! A run on threads of its own: one trains, one looks, and the picture reads what was last seen.
//!
//! The trainer copies its state out only when the looker has asked for one (or the run pauses), so it
//! never waits; the looker takes as long as it takes; [`Session::latest`] is a lock held for the time
//! of a pointer's copy.

mod exchange;
mod metronome;
mod speedometer;
#[cfg(test)]
mod tests;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::beside::Runs;
use crate::files::FileError;
use crate::fineness::Fineness;
use crate::watch::{Rhythm, Watch};
use crate::{Command, Experiment, Rate, Session, Snapshot, Status, Stride, Trainer};
use exchange::Exchange;
use metronome::{Metronome, Wait};
use speedometer::Speedometer;

/// The trainer looks for commands, and for somebody who wants its state, this often.
const STINT: Duration = Duration::from_millis(2);
/// The looker makes a snapshot at most this often: a picture in 60 Hz.
const LOOK: Duration = Duration::from_millis(16);
/// Whoever asked for another epoch sees that one, and the way there only if it takes longer than this.
const PATIENCE: Duration = Duration::from_millis(50);
/// Epochs between two looks at the clock on the way.
const SEEKING: u64 = 16;
/// Divergences take at most a quarter of the looker's time.
const MEASURING_SHARE: u32 = 4;

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

    /// As [`Self::new`], with a run that is set up already.
    #[must_use]
    pub fn of(mut trainer: Trainer, wake: impl Fn() + Send + 'static) -> Self {
        trainer.keep_past();
        let state = trainer.state();
        let mut watch = Watch::new(&state, Rhythm::Whenever);
        let heatmaps = watch.heatmaps_asked(&state);
        let latest = Arc::new(Mutex::new(Arc::new(watch.snapshot(state, None, heatmaps))));
        let exchange = Arc::new(Exchange::default());
        let (commands, inbox) = channel();
        let training = std::thread::spawn({
            let exchange = Arc::clone(&exchange);
            move || train(Runs::new(trainer), &inbox, &exchange)
        });
        let looking = std::thread::spawn({
            let (exchange, latest) = (Arc::clone(&exchange), Arc::clone(&latest));
            move || look(watch, &exchange, &latest, wake)
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
fn train(mut runs: Runs, inbox: &Receiver<Command>, exchange: &Exchange) -> Result<(), FileError> {
    let mut speedometer = Speedometer::new();
    let mut metronome = Metronome::new();
    // Epochs that take about a stint.
    let mut epochs = 1_u64;
    loop {
        let wait = if runs.seeking().is_some() {
            Wait::No
        } else if runs.status() == Status::Playing {
            metronome.wait(runs.pace())
        } else {
            speedometer.stop();
            metronome.stop();
            exchange.offer(runs.state(), None);
            Wait::ForCommand
        };
        let command = match wait {
            Wait::No => inbox
                .try_recv()
                .map_err(|error| error == TryRecvError::Disconnected),
            Wait::AtMost(time) => inbox
                .recv_timeout(time)
                .map_err(|error| error == RecvTimeoutError::Disconnected),
            Wait::ForCommand => inbox.recv().map_err(|_| true),
        };
        match command {
            Ok(command) => {
                // Who drags through the past asks for more than can be shown: the last of it counts.
                let (command, next) = last_of_seeks(command, inbox);
                runs.obey(command);
                if let Some(next) = next {
                    runs.obey(next);
                }
                // What was asked for shows at once; the next stride may be a second away.
                if runs.status() == Status::Playing {
                    exchange.offer(runs.state(), speedometer.speed());
                }
                continue;
            }
            Err(disconnected) if disconnected => return runs.finish_recording(),
            Err(_) if wait != Wait::No => continue,
            Err(_) => {}
        }
        if runs.seeking().is_some() {
            seek(&mut runs, exchange);
            continue;
        }
        let due = metronome.allows(runs.pace());
        let stint = match runs.pace().stride() {
            Stride::Phase => 1,
            Stride::Epoch => due.min(epochs),
        };
        let begun = Instant::now();
        // A divergence shows in the status.
        let _ = match runs.pace().stride() {
            Stride::Phase => runs.run_phase(),
            Stride::Epoch => runs.run_epochs(stint),
        };
        let elapsed = begun.elapsed();
        metronome.count(stint);
        match runs.pace().stride() {
            Stride::Phase => speedometer.stop(),
            Stride::Epoch => speedometer.count(stint),
        }
        if elapsed > STINT {
            epochs = (epochs / 2).max(1);
        } else if stint == epochs && elapsed < STINT / 2 {
            epochs = epochs.saturating_mul(2).min(1 << 20);
        }
        // What is rare is seen even if the looker is busy now.
        let rare = |rate: Rate| rate.interval() >= LOOK;
        if runs.pace().rate().is_some_and(rare) || exchange.wanted() {
            exchange.offer(runs.state(), speedometer.speed());
        }
    }
}

/// Leaves out those that another one follows; the last, and what came after it.
fn last_of_seeks(first: Command, inbox: &Receiver<Command>) -> (Command, Option<Command>) {
    let mut last = first;
    while matches!(last, Command::Seek(_)) {
        match inbox.try_recv() {
            Ok(next @ Command::Seek(_)) => last = next,
            Ok(next) => return (last, Some(next)),
            Err(_) => break,
        }
    }
    (last, None)
}

/// Goes on towards the epoch that was asked to be shown, for a moment. Where that takes longer, the way
/// there is shown.
fn seek(runs: &mut Runs, exchange: &Exchange) {
    let begun = Instant::now();
    while let Some((now, _)) = runs.seeking()
        && begun.elapsed() < PATIENCE
    {
        runs.run_towards(now.saturating_add(SEEKING));
    }
    if runs.seeking().is_some() && exchange.wanted() {
        exchange.offer(runs.state(), None);
    }
}

/// The looker's thread: from states to snapshots.
fn look(mut watch: Watch, exchange: &Exchange, latest: &Mutex<Arc<Snapshot>>, wake: impl Fn()) {
    let mut measured = Instant::now();
    let mut measuring = Duration::ZERO;
    let mut fineness = Fineness::new();
    let show = |snapshot: &Arc<Snapshot>| {
        *latest.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(snapshot);
        wake();
    };
    while let Some((state, speed)) = exchange.next() {
        let begun = Instant::now();
        watch.follow(&state);
        let resting = state.status_of_both() != Status::Playing;
        if resting || measured.elapsed() >= measuring * MEASURING_SHARE {
            let begun = Instant::now();
            watch.measure(&state);
            measuring = begun.elapsed();
            measured = Instant::now();
        }
        let side = fineness.affordable(&state);
        let heatmaps = fineness.count(|| watch.heatmaps(&state, side, || true).expect("nothing stops it"));
        // Nothing else is to be seen of a run that rests: there is time for all that was asked.
        let unfinished = (resting && side < state.heatmap).then(|| state.clone());
        let mut snapshot = Arc::new(watch.snapshot(state, speed, heatmaps));
        show(&snapshot);
        if let Some(state) = unfinished
            && let Some(heatmaps) = watch.heatmaps(&state, state.heatmap, || exchange.quiet())
        {
            heatmaps.refine(Arc::make_mut(&mut snapshot));
            show(&snapshot);
        }
        std::thread::sleep(LOOK.saturating_sub(begun.elapsed()));
    }
}
