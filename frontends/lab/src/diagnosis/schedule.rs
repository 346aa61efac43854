//! When a run that nobody looks at is checked: at epochs that depend on nothing but how far it is.

/// Epochs from one check to the next in a run of many: 25 turns of GAN Lab's atlas.
pub const EVERY: u64 = 2_000;

/// Before that checks are nearer, as a young run changes faster: up to each of these epochs the next check is so many
/// later. So there is one in each quarter of a run of 2,000 epochs, and two from 3,000 on.
pub const FIRST: [(u64, u64); 3] = [(1_000, 250), (4_000, 500), (8_000, 1_000)];

/// Whether a check is due after so many epochs.
#[must_use]
pub fn is_due(epoch: u64) -> bool {
    epoch.is_multiple_of(step(epoch.saturating_sub(1)))
}

/// The next epoch, later than this one, at which a check is due.
#[must_use]
pub fn next(epoch: u64) -> u64 {
    let step = step(epoch);
    (epoch / step + 1).saturating_mul(step)
}

/// Epochs from one check to the next, after this epoch.
fn step(epoch: u64) -> u64 {
    let first = FIRST.into_iter().find(|(until, _)| epoch < *until);
    first.map_or(EVERY, |(_, step)| step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::AlignedWords;
    use crate::{Experiment, Observer, Trainer};
    use gan_core::{Gan, Preset, Reference};
    use std::time::{Duration, Instant};

    #[test]
    fn each_epoch_that_is_due_comes_next() {
        let mut epoch = 0;
        let mut due = Vec::new();
        while epoch < 12_000 {
            let before = epoch;
            epoch = next(epoch);
            assert!(is_due(epoch) && !(before + 1..epoch).any(is_due));
            due.push(epoch);
        }
        let first = [250, 500, 750, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000];
        let then = [5_000, 6_000, 7_000, 8_000, 10_000, 12_000];
        assert_eq!(due, [&first[..], &then].concat());
        assert!(is_due(0) && next(u64::MAX) == u64::MAX);
    }

    /// What measuring costs: `cargo test --release -p gan-lab-lab what_measuring -- --ignored --nocapture`. Plain and measured
    /// stints in turn, so that whatever else the machine does falls on both alike.
    #[test]
    #[ignore = "times, and so wants a release build and a quiet machine"]
    fn what_measuring_costs() {
        for preset in Preset::ALL {
            let experiment = Experiment::preset(preset, 7);
            let mut observer = Observer::new(&experiment);
            let mut plain = Trainer::<Reference>::new(experiment.clone());
            let mut measured = Trainer::<Reference>::new(experiment);
            observer.measures(&measured.state());
            let (mut training, mut gauged, mut divergences, mut measures) =
                (Duration::ZERO, Duration::ZERO, Duration::ZERO, Duration::ZERO);
            let timed = |total: &mut Duration, work: &mut dyn FnMut()| {
                let begun = Instant::now();
                work();
                *total += begun.elapsed();
            };
            for _ in 0..20 {
                for _ in 0..10 {
                    timed(&mut training, &mut || {
                        plain
                            .run_epochs_with(EVERY / 10, Gan::<AlignedWords, _>::run_epochs)
                            .unwrap();
                    });
                    timed(&mut gauged, &mut || measured.run_epochs(EVERY / 10).unwrap());
                }
                let mut state = measured.state();
                timed(&mut divergences, &mut || {
                    observer.measure(&state);
                });
                timed(&mut measures, &mut || {
                    state = measured.state();
                    let _ = observer.measures(&state).summary();
                });
            }
            let share = |part: Duration| 100.0 * part.as_secs_f64() / training.as_secs_f64();
            println!(
                "{preset:?}: {:.2} µs an epoch; gauge {:.2} %, divergences {:.2} %, measures {:.2} %, all {:.2} %",
                training.as_secs_f64() * 1e6 / (20 * EVERY) as f64,
                share(gauged) - 100.0,
                share(divergences),
                share(measures),
                share(gauged + divergences + measures) - 100.0,
            );
        }
    }
}
