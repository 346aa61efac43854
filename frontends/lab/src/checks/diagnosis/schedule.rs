//! When a run that nobody looks at is checked: at epochs that depend on nothing but how far it is.
//!
//! A window checks when it looks; a run without one is checked at these epochs. Between two checks
//! both are glanced at, at fixed epochs. Words may differ there, so the window lets each stand for
//! a while.
//!
//! Some twenty looks in each quarter of a run tell one that creeps or goes round from one that
//! stands still, a few of all the samples one that is good from one that is nearly so. Two looks are enough for
//! everything else. So glances come the more seldom the longer a run is, and each is worth as much.

/// Epochs from one check to the next in a run of many: 100 turns of GAN Lab's atlas.
pub const EVERY: u64 = 8_000;

/// Before that checks are nearer, as a young run changes faster: up to each of these epochs the next check is so many
/// later. So there is one in each quarter of a run of 2,000 epochs, and two from 3,000 on.
pub const FIRST: [(u64, u64); 5] = [
    (1_000, 250),
    (4_000, 500),
    (8_000, 1_000),
    (16_000, 2_000),
    (64_000, 4_000),
];

/// Glances each time that a run gets twice as long, as a power of two: 16 to 32 of them in each of its quarters.
const GLANCES: u32 = 6;
/// Weighings among them, likewise: two to four in each quarter, and the last.
const WEIGHINGS: u32 = 3;

/// Whether a check is due after so many epochs.
#[must_use]
pub fn is_due(epoch: u64) -> bool {
    epoch.is_multiple_of(step(&FIRST, EVERY, epoch.saturating_sub(1)))
}

/// The next epoch, later than this one, at which a check is due.
#[must_use]
pub fn next(epoch: u64) -> u64 {
    after(step(&FIRST, EVERY, epoch), epoch)
}

/// Whether a glance is due after so many epochs; a check is one too.
#[must_use]
pub fn is_glance_due(epoch: u64) -> bool {
    epoch > 0 && (epoch.is_multiple_of(step_of(GLANCES, epoch - 1)) || is_due(epoch))
}

/// Whether a glance after so many epochs weighs the samples, as a check does.
#[must_use]
pub fn is_weighing_due(epoch: u64) -> bool {
    epoch > 0 && (epoch.is_multiple_of(step_of(WEIGHINGS, epoch - 1)) || is_due(epoch))
}

/// The next epoch, later than this one, at which a glance is due, or a check, which is one too.
#[must_use]
pub fn next_glance(epoch: u64) -> u64 {
    after(step_of(GLANCES, epoch), epoch).min(next(epoch))
}

/// Epochs from one to the next, after this epoch, if a run that gets twice as long has 2 to the power of this of them.
const fn step_of(power: u32, epoch: u64) -> u64 {
    1 << (if epoch == 0 { 0 } else { epoch.ilog2() }).saturating_sub(power)
}

fn after(step: u64, epoch: u64) -> u64 {
    (epoch / step + 1).saturating_mul(step)
}

/// Epochs from one to the next, after this epoch: those of the first that it is before, or else `every`.
fn step(first: &[(u64, u64)], every: u64, epoch: u64) -> u64 {
    let first = first.iter().find(|(until, _)| epoch < *until);
    first.map_or(every, |(_, step)| *step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::memory::AlignedWords;
    use crate::{Experiment, Observer, Trainer};
    use gan_core::{Gan, Preset, Reference};
    use std::time::Instant;

    #[test]
    fn each_epoch_that_is_due_comes_next() {
        let mut epoch = 0;
        let mut due = Vec::new();
        while epoch < 80_000 {
            let before = epoch;
            epoch = next(epoch);
            assert!(is_due(epoch) && !(before + 1..epoch).any(is_due));
            due.push(epoch);
        }
        let first = [250, 500, 750, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000];
        let then = [
            5_000, 6_000, 7_000, 8_000, 10_000, 12_000, 14_000, 16_000, 20_000, 24_000,
        ];
        let last = [56_000, 60_000, 64_000, 72_000, 80_000];
        assert!(due.starts_with(&[&first[..], &then].concat()) && due.ends_with(&last));
        assert!(is_due(0) && next(u64::MAX) == u64::MAX);
        let mut epoch = 0;
        while epoch < 50_000 {
            let before = epoch;
            epoch = next_glance(epoch);
            assert!(is_glance_due(epoch) && !(before + 1..epoch).any(is_glance_due));
            assert!(epoch <= next(before), "a check at {} is a glance", next(before));
        }
        assert!(!is_glance_due(0) && next_glance(u64::MAX) == u64::MAX);
    }

    /// Cost of measuring:
    /// `cargo test --release -p gan-lab-lab what_measuring -- --ignored --nocapture`.
    /// Times plain and measured stints in turn and takes the medians of each, so that whatever else
    /// the machine does falls on both alike. Takes the least of several pairs of runs, as one may
    /// lie badly in memory.
    #[test]
    #[ignore = "times, and so wants a release build and a quiet machine"]
    fn what_measuring_costs() {
        for preset in Preset::ALL {
            let mut least = [f64::INFINITY; 4];
            for seed in 1..=8 {
                let medians = medians(&Experiment::preset(preset, seed));
                least = std::array::from_fn(|part| least[part].min(medians[part]));
            }
            let [plainly, gauged, checks, glances] = least;
            let training = 40.0 * plainly;
            // Glances of a run that goes on from 64,000 epochs to 72,000, one in eight of which weighs as much as a
            // check.
            let every = step_of(GLANCES, 64_000);
            let glances = (EVERY / every) as f64 * glances + (EVERY / (8 * every)) as f64 * checks;
            let share = |part: f64| 100.0 * part / training;
            println!(
                "{preset:?}: {:.2} µs an epoch; gauge {:.2} %, checks {:.2} %, glances {:.2} %, all {:.2} %",
                training * 1e6 / EVERY as f64,
                share(40.0 * (gauged - plainly)),
                share(checks),
                share(glances),
                share(40.0 * (gauged - plainly) + checks + glances),
            );
        }
    }

    /// Seconds of a fortieth of [`EVERY`] epochs, plain and gauged, and of a check and a glance.
    fn medians(experiment: &Experiment) -> [f64; 4] {
        let mut observer = Observer::new(experiment);
        let mut plain = Trainer::<Reference>::new(experiment.clone());
        let mut measured = Trainer::<Reference>::new(experiment.clone());
        let _ = observer.check(&measured.state());
        let mut times: [Vec<f64>; 4] = Default::default();
        let timed = |times: &mut Vec<f64>, work: &mut dyn FnMut()| {
            let begun = Instant::now();
            work();
            times.push(begun.elapsed().as_secs_f64());
        };
        for _ in 0..100 {
            let [plainly, gauged, checks, glances] = &mut times;
            timed(plainly, &mut || {
                plain
                    .run_epochs_with(EVERY / 40, Gan::<AlignedWords, _>::run_epochs)
                    .unwrap();
            });
            timed(gauged, &mut || measured.run_epochs(EVERY / 40).unwrap());
            timed(checks, &mut || {
                let _ = observer.check(&measured.state()).1.summary();
            });
            timed(glances, &mut || _ = observer.glance(&measured.state()));
        }
        times.map(|mut times| {
            times.sort_unstable_by(f64::total_cmp);
            times[times.len() / 2]
        })
    }
}
