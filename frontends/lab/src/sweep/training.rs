//! Trains the runs of a grid on several threads.
//!
//! The threads take the next run from a common counter, in the grid's order, so that none idles while
//! there is work, runs finish nearly in order, and a slow corner of the grid is not left to one thread.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

use super::{Grid, Outcome};

/// An event while a sweep trains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// So many epochs of the grid were completed, or need no training any more since their run diverged.
    Trained(u64),
    /// A run ended.
    Finished {
        /// Its number in the grid.
        run: usize,
        /// The run's outcome.
        outcome: Outcome,
    },
}

/// Trains some runs of a grid, `threads` at a time (0: as many as there are cores), and reports what
/// happens from those threads. Returns when all are done, or soon after `stop` is set; runs broken off then
/// leave no outcome.
pub fn train(
    grid: &Grid,
    runs: &[usize],
    threads: usize,
    stop: &AtomicBool,
    report: impl Fn(Event) + Sync,
) -> Result<(), ThreadPoolBuildError> {
    let next = AtomicUsize::new(0);
    let take = || runs.get(next.fetch_add(1, Ordering::Relaxed));
    let stopped = || stop.load(Ordering::Relaxed);
    let pool = ThreadPoolBuilder::new().num_threads(threads).build()?;
    pool.broadcast(|_| {
        while let Some(&run) = take().filter(|_| !stopped()) {
            let mut missing = grid.epochs();
            let outcome = Outcome::of(grid.experiment(run), grid.epochs(), |epochs| {
                missing -= epochs;
                report(Event::Trained(epochs));
                match stopped() {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            });
            if let Some(outcome) = outcome {
                report(Event::Trained(missing));
                report(Event::Finished { run, outcome });
            }
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Experiment;
    use gan_core::Preset;
    use std::sync::Mutex;

    fn grid() -> Grid {
        let axes = [
            "generator.learning_rate=0.03,0.1".to_owned(),
            "batch=8,16".to_owned(),
        ];
        let base = Experiment::preset(Preset::Line, 1);
        Grid::new(&base, &axes, "1..3".parse().unwrap(), 70).unwrap()
    }

    fn trained(threads: usize, runs: &[usize]) -> (u64, Vec<(usize, Outcome)>) {
        let (grid, events) = (grid(), Mutex::new((0, Vec::new())));
        train(&grid, runs, threads, &AtomicBool::new(false), |event| {
            let mut events = events.lock().unwrap();
            match event {
                Event::Trained(epochs) => events.0 += epochs,
                Event::Finished { run, outcome } => events.1.push((run, outcome)),
            }
        })
        .unwrap();
        let (epochs, mut finished) = events.into_inner().unwrap();
        finished.sort_unstable_by_key(|(run, _)| *run);
        (epochs, finished)
    }

    #[test]
    fn every_run_once_and_the_same_on_any_number_of_threads() {
        let all: Vec<usize> = (0..12).collect();
        let (epochs, one) = trained(1, &all);
        let (_, three) = trained(3, &all);
        assert_eq!(epochs, 12 * 70);
        assert_eq!(one.iter().map(|(run, _)| *run).collect::<Vec<_>>(), all);
        for ((run, a), (_, b)) in one.iter().zip(&three) {
            assert_eq!((a.hash, a.divergence), (b.hash, b.divergence), "run {run}");
        }
        let (_, some) = trained(2, &[10, 3]);
        assert_eq!(some.iter().map(|(run, _)| *run).collect::<Vec<_>>(), [3, 10]);
        assert_eq!((some[0].1.hash, some[1].1.hash), (one[3].1.hash, one[10].1.hash));
    }

    #[test]
    fn a_sweep_that_is_stopped_keeps_what_is_finished() {
        let (grid, stop, finished) = (grid(), AtomicBool::new(false), AtomicUsize::new(0));
        let all: Vec<usize> = (0..12).collect();
        train(&grid, &all, 1, &stop, |event| {
            if matches!(event, Event::Finished { .. }) && finished.fetch_add(1, Ordering::Relaxed) == 2 {
                stop.store(true, Ordering::Relaxed);
            }
        })
        .unwrap();
        assert_eq!(finished.into_inner(), 3);
    }
}
