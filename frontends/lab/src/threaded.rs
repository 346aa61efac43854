//! A run on threads of its own: one trains, one looks, and the picture reads what was last seen.
//!
//! The trainer copies its state out only when the looker has asked for one (or the run pauses), so it
//! never waits; the looker takes as long as it takes; [`Session::latest`] is a lock held for the time
//! of a pointer's copy.

mod exchange;
mod metronome;
mod speedometer;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

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
        let heatmap = watch.heatmap_asked(&state);
        let latest = Arc::new(Mutex::new(Arc::new(watch.snapshot(state, None, heatmap))));
        let exchange = Arc::new(Exchange::default());
        let (commands, inbox) = channel();
        let training = std::thread::spawn({
            let exchange = Arc::clone(&exchange);
            move || train(trainer, &inbox, &exchange)
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
fn train(mut trainer: Trainer, inbox: &Receiver<Command>, exchange: &Exchange) -> Result<(), FileError> {
    let mut speedometer = Speedometer::new();
    let mut metronome = Metronome::new();
    // Epochs that take about a stint.
    let mut epochs = 1_u64;
    loop {
        let wait = if trainer.seeking().is_some() {
            Wait::No
        } else if trainer.status() == Status::Playing {
            metronome.wait(trainer.pace())
        } else {
            speedometer.stop();
            metronome.stop();
            exchange.offer(trainer.state(), None);
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
                trainer.obey(command);
                if let Some(next) = next {
                    trainer.obey(next);
                }
                // What was asked for shows at once; the next stride may be a second away.
                if trainer.status() == Status::Playing {
                    exchange.offer(trainer.state(), speedometer.speed());
                }
                continue;
            }
            Err(disconnected) if disconnected => return trainer.finish_recording(),
            Err(_) if wait != Wait::No => continue,
            Err(_) => {}
        }
        if trainer.seeking().is_some() {
            seek(&mut trainer, exchange);
            continue;
        }
        let due = metronome.allows(trainer.pace());
        let stint = match trainer.pace().stride() {
            Stride::Phase => 1,
            Stride::Epoch => due.min(epochs),
        };
        let begun = Instant::now();
        // A divergence shows in the status.
        let _ = match trainer.pace().stride() {
            Stride::Phase => trainer.run_phase(),
            Stride::Epoch => trainer.run_epochs(stint),
        };
        let elapsed = begun.elapsed();
        metronome.count(stint);
        match trainer.pace().stride() {
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
        if trainer.pace().rate().is_some_and(rare) || exchange.wanted() {
            exchange.offer(trainer.state(), speedometer.speed());
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
fn seek(trainer: &mut Trainer, exchange: &Exchange) {
    let begun = Instant::now();
    while trainer.seeking().is_some() && begun.elapsed() < PATIENCE {
        trainer.run_towards(SEEKING);
    }
    if trainer.seeking().is_some() && exchange.wanted() {
        exchange.offer(trainer.state(), None);
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
        let resting = state.status != Status::Playing;
        if resting || measured.elapsed() >= measuring * MEASURING_SHARE {
            let begun = Instant::now();
            watch.measure(&state);
            measuring = begun.elapsed();
            measured = Instant::now();
        }
        let side = fineness.affordable(&state);
        let heatmap = fineness.count(|| watch.heatmap(&state, side, || true).expect("nothing stops it"));
        // Nothing else is to be seen of a run that rests: there is time for all that was asked.
        let unfinished = (resting && side < state.heatmap).then(|| state.clone());
        let mut snapshot = Arc::new(watch.snapshot(state, speed, heatmap));
        show(&snapshot);
        if let Some(state) = unfinished
            && let Some(heatmap) = watch.heatmap(&state, state.heatmap, || exchange.quiet())
        {
            Arc::make_mut(&mut snapshot).heatmap = Arc::new(heatmap);
            show(&snapshot);
        }
        std::thread::sleep(LOOK.saturating_sub(begun.elapsed()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{HeatmapSide, Inline, Pace, PhaseReport, Recording, Replay, Step};
    use gan_core::configuration::{HiddenLayers, LearningRate, Neurons};
    use gan_core::{Network, Preset, Stage};

    /// Waits until a snapshot satisfies `seen`; a run that never does fails the test.
    fn wait(run: &Threaded, seen: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
        let begun = Instant::now();
        loop {
            let snapshot = run.latest();
            if seen(&snapshot) {
                return snapshot;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "never seen; at {}",
                snapshot.epoch
            );
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn a_threaded_run_is_the_inline_run() {
        let mut run = Threaded::new(Experiment::preset(Preset::Line, 5), || {});
        run.send(Command::Play);
        wait(&run, |snapshot| {
            snapshot.epoch > 50 && snapshot.status == Status::Playing
        });
        run.send(Command::Pause);
        let paused = wait(&run, |snapshot| snapshot.status == Status::Paused);
        let mut inline = Inline::new(Experiment::preset(Preset::Line, 5));
        inline.run_epochs(paused.epoch).unwrap();
        assert_eq!(paused.fake, inline.latest().fake);
        assert_eq!(paused.divergence, inline.latest().divergence);
    }

    #[test]
    fn a_closed_run_is_recorded_to_its_last_epoch() {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = ["r.toml", "r-2.toml"].map(|name| folder.path().join(name));
        let trainer = Trainer::recorded(Experiment::preset(Preset::Line, 5), &first).unwrap();
        let mut run = Threaded::of(trainer, || {});
        run.send(Command::Play);
        wait(&run, |snapshot| snapshot.epoch > 50);
        run.send(Command::Restart(Experiment::preset(Preset::Ring, 6)));
        wait(&run, |snapshot| {
            snapshot.experiment.seed() == 6 && snapshot.epoch > 50
        });
        run.send(Command::Step(Step::Generator));
        let paused = wait(&run, |snapshot| snapshot.status == Status::Paused);
        run.close().unwrap();
        for (path, end) in [(first, None), (second, Some(paused.epoch))] {
            let (recording, _) = Recording::load(&path).unwrap();
            assert!(recording.end() > 50 && end.is_none_or(|end| end == recording.end()));
            let end = recording.end();
            Replay::<gan_core::Reference>::new(recording)
                .unwrap()
                .run_to(end)
                .unwrap();
        }
    }

    #[test]
    fn a_pace_is_kept() {
        let mut run = Threaded::new(Experiment::preset(Preset::Line, 5), || {});
        run.send(Command::SetPace(Pace::BRISK));
        run.send(Command::Play);
        let begun = Instant::now();
        let snapshot = wait(&run, |snapshot| snapshot.epoch >= 300);
        // At most its pace; how much slower is the machine's affair.
        let most = 600.0 * begun.elapsed().as_secs_f64() + 2.0;
        assert!(
            snapshot.epoch as f64 <= most,
            "{} epochs of at most {most}",
            snapshot.epoch
        );
    }

    fn largest() -> Experiment {
        let mut configuration = Preset::Ring.configuration();
        for network in [Network::Generator, Network::Discriminator] {
            let network = configuration.network_mut(network);
            network.hidden_layers = HiddenLayers::MOST;
            network.neurons = Neurons::MOST;
            network.learning_rate = LearningRate::new(0.001).unwrap();
        }
        Experiment::new(configuration, 1, crate::Drawing::default()).unwrap()
    }

    #[test]
    fn a_finer_heatmap_arrives_and_a_run_that_rests_gets_all_that_was_asked() {
        let mut run = Threaded::new(largest(), || {});
        let asked = HeatmapSide::nearest(120);
        run.send(Command::SetHeatmap(asked));
        let snapshot = wait(&run, |snapshot| snapshot.heatmap.side() == asked);
        let mut inline = Inline::new(largest());
        inline.send(Command::SetHeatmap(asked));
        assert_eq!(snapshot.heatmap, inline.latest().heatmap);
        assert_eq!((snapshot.heatmap_asked, snapshot.log.actions().len()), (asked, 0));
        run.send(Command::SetHeatmap(HeatmapSide::AS_IN_GAN_LAB));
        wait(&run, |snapshot| {
            snapshot.heatmap.side() == HeatmapSide::AS_IN_GAN_LAB
        });
    }

    #[test]
    fn slow_motion_shows_phase_after_phase_and_a_faster_pace_completes_the_epoch() {
        let mut run = Threaded::new(Experiment::preset(Preset::Line, 5), || {});
        run.send(Command::SetPace(Pace::PhasesPerSecond(
            Rate::per_second(20.0).unwrap(),
        )));
        run.send(Command::Play);
        for stage in Stage::ALL {
            let at = |report: &Arc<PhaseReport>| report.phase.stage == stage;
            wait(&run, |snapshot| snapshot.phase.as_ref().is_some_and(at));
        }
        run.send(Command::Pause);
        let paused = wait(&run, |snapshot| snapshot.status == Status::Paused);
        run.send(Command::SetPace(Pace::Full));
        let whole = wait(&run, |snapshot| snapshot.pace == Pace::Full);
        let ended = paused.epoch + u64::from(paused.upcoming.is_some());
        assert_eq!((whole.epoch, whole.upcoming), (ended, None));
        let mut inline = Inline::new(Experiment::preset(Preset::Line, 5));
        inline.run_epochs(ended).unwrap();
        assert_eq!(whole.fake, inline.latest().fake);
    }

    #[test]
    fn steps_and_restarts_arrive_in_order() {
        let mut run = Threaded::new(Experiment::preset(Preset::Ring, 5), || {});
        for _ in 0..3 {
            run.send(Command::Step(Step::Discriminator));
        }
        let snapshot = wait(&run, |snapshot| snapshot.epoch == 3);
        let stamps: Vec<_> = snapshot
            .log
            .actions()
            .iter()
            .map(|stamped| (stamped.epoch, stamped.times))
            .collect();
        assert_eq!(stamps, [(0, 3)], "one after the other");
        assert!(snapshot.generator_loss.is_none() && snapshot.discriminator_loss.is_some());
        run.send(Command::Restart(Experiment::preset(Preset::Line, 6)));
        let snapshot = wait(&run, |snapshot| snapshot.epoch == 0);
        assert_eq!(*snapshot.experiment, Experiment::preset(Preset::Line, 6));
        assert_eq!(snapshot.configuration.shape(Network::Generator).parameters(), 57);
    }
}
