//! Trains the runs of a grid on a backend that takes many at once.
//!
//! Runs that the backend takes together are one population, as many as it takes. If it fails, the processor
//! trains on what was read back last ([`Resilient`]): no row is lost, and none is another.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use gan_core::{Backend, Configuration, Gan, Reference};
use rayon::prelude::*;

use super::{Event, Grid, Outcome};
use crate::run::backends::Resilient;
use crate::run::memory::AlignedWords;
use crate::{Experiment, Observer, Trainer};

/// Runs at a time at most: their samples take a few hundred megabytes.
const MOST_RUNS: usize = 1024;
/// How long the backend is left alone, about: then the runs are read back and reported.
const STINT: Duration = Duration::from_millis(500);

/// Trains some runs of a grid on a backend, and reports events. Returns when all are done, or soon
/// after `stop` is set; runs broken off then leave no outcome. Returns the reason why the processor
/// had to take over, if it had.
pub fn train_on<B: Backend>(
    backend: B,
    grid: &Grid,
    runs: &[usize],
    stop: &AtomicBool,
    report: impl Fn(Event) + Sync,
) -> Option<String> {
    let mut place = Resilient::new(backend);
    let mut trouble = None;
    for group in groups(grid, runs, place.backend()) {
        let configuration = *grid.experiment(group[0]).configuration();
        let most = place
            .backend()
            .map_or(MOST_RUNS, |backend| backend.most_runs(&configuration));
        for part in group.chunks(most.min(MOST_RUNS)) {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            train_part(&mut place, grid, part, stop, &report);
            trouble = trouble.or_else(|| place.failure().map(str::to_owned));
        }
    }
    trouble
}

/// Runs that can train together, each group in the grid's order. Runs that the backend does not
/// carry are in groups of their own.
fn groups<B: Backend>(grid: &Grid, runs: &[usize], backend: Option<&B>) -> Vec<Vec<usize>> {
    let together = |one: &Configuration, other: &Configuration| {
        backend.is_none_or(|backend| {
            backend.check(one).is_ok() == backend.check(other).is_ok() && backend.together(one, other)
        })
    };
    let mut groups: Vec<(Configuration, Vec<usize>)> = Vec::new();
    for &run in runs {
        let configuration = *grid.experiment(run).configuration();
        match groups
            .iter_mut()
            .find(|(known, _)| together(known, &configuration))
        {
            Some((_, group)) => group.push(run),
            None => groups.push((configuration, vec![run])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn train_part<B: Backend>(
    place: &mut Resilient<B>,
    grid: &Grid,
    runs: &[usize],
    stop: &AtomicBool,
    report: &(impl Fn(Event) + Sync),
) {
    let set_up = |run: &usize| Trainer::<Reference>::new(grid.experiment(*run)).into_parts();
    let (experiments, mut gans): (Vec<Arc<Experiment>>, Vec<Gan<AlignedWords>>) =
        runs.par_iter().map(set_up).unzip();
    place.reload();
    let (mut left, mut stint, mut training) = (grid.epochs(), 1, Duration::ZERO);
    while left > 0 {
        let epochs = left.min(stint);
        let begun = Instant::now();
        place.train(&mut gans, epochs);
        let took = begun.elapsed();
        training += took;
        left -= epochs;
        if took < STINT {
            stint *= 2;
        } else if took > 2 * STINT {
            stint = (stint / 2).max(1);
        }
        report(Event::Trained(epochs * runs.len() as u64));
        if stop.load(Ordering::Relaxed) && left > 0 {
            return;
        }
    }
    // They were trained at the same time, so each has its share of it.
    let each = training / runs.len() as u32;
    let finished = runs.par_iter().zip(experiments).zip(gans);
    finished.for_each(|((&run, experiment), gan)| {
        let mut observer = Observer::new(&experiment);
        let trainer = Trainer::going_on(experiment, gan);
        let outcome = Outcome::at_end(&trainer, &mut observer, each);
        report(Event::Finished { run, outcome });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::backends::Cpu;
    use crate::run::backends::faulty::Faulty;
    use crate::sweep::train;
    use gan_core::Preset;
    use std::sync::Mutex;

    #[test]
    fn runs_together_are_the_runs_one_by_one() {
        let axes = [
            "generator.learning_rate=0.03,0.1".to_owned(),
            "batch=8,16".to_owned(),
        ];
        let base = Experiment::preset(Preset::Line, 1);
        let grid = Grid::new(&base, &axes, "1..3".parse().unwrap(), 70).unwrap();
        let all: Vec<usize> = (0..grid.runs()).collect();
        let (stop, events) = (AtomicBool::new(false), Mutex::new(Vec::new()));
        let note = |event| events.lock().unwrap().push(event);
        train(&grid, &all, 1, &stop, note).unwrap();
        let alone = finished(&events);
        assert_eq!(train_on(Cpu::default(), &grid, &all, &stop, note), None);
        let together = finished(&events);
        assert_eq!(together, alone);
        assert_eq!(together.len(), 12);
        // The device goes in the middle of the first group, and between two.
        for fails in [3, 9] {
            let failure = train_on(Faulty::new(fails), &grid, &all, &stop, note);
            assert_eq!(failure.as_deref(), Some("the device was lost"));
            assert_eq!(finished(&events), alone, "no row is lost, and none another");
        }
    }

    /// Runs with what must not depend on how they were trained.
    fn finished(events: &Mutex<Vec<Event>>) -> Vec<(usize, Outcome)> {
        let events = std::mem::take(&mut *events.lock().unwrap());
        let mut finished: Vec<(usize, Outcome)> = events
            .into_iter()
            .filter_map(|event| match event {
                Event::Finished { run, outcome } => Some((run, outcome)),
                Event::Trained(_) => None,
            })
            .map(|(run, outcome)| {
                let training = Duration::ZERO;
                (run, Outcome { training, ..outcome })
            })
            .collect();
        finished.sort_unstable_by_key(|(run, _)| *run);
        finished
    }
}
