//! How fine a heatmap the looker can afford: what is asked for, or the largest simple fraction of
//! it that takes no longer than its share of the time between two snapshots.
//!
//! The picture interpolates a coarser heatmap. A run that rests gets all that was asked for.
//!
//! The time of a cell is learnt from the heatmaps made before. A single slow one, because the machine had
//! something else to do, must not make the picture flicker: estimates rise slowly and fall at once, and a
//! fraction once chosen is left for a finer one only with time to spare.

use std::time::Duration;

use gan_core::{Network, Shape};

use crate::{HeatmapSide, State};

/// Seconds that a heatmap may take while a run plays: half of the time between two snapshots.
const SECONDS: f64 = 0.008;
/// Share of [`SECONDS`] that a finer heatmap must keep to, to be gone over to.
const SPARE: f64 = 0.7;
/// Growth of an estimate by one slower heatmap, at most.
const GROWTH: f64 = 1.15;
/// Assumed duration of a heatmap too quick for the clock: browsers tell no less. If it counted as
/// nothing, an estimate could not grow again.
const TICK: Duration = Duration::from_millis(1);

/// The time that heatmaps of one discriminator, or of two, take.
pub(crate) struct Fineness {
    /// Shapes of the discriminator and of the discriminator of the run beside it.
    shapes: [Option<Shape>; 2],
    seconds_per_cell: Option<f64>,
    /// Divisor of the side length asked for.
    divisor: usize,
}

impl Fineness {
    pub(crate) const fn new() -> Self {
        Self {
            shapes: [None; 2],
            seconds_per_cell: None,
            divisor: 1,
        }
    }

    /// Cells along each side for this state: as many as asked, or a half, a third, …; of a discriminator
    /// never seen before, the least.
    pub(crate) fn affordable(&mut self, state: &State) -> HeatmapSide {
        let beside = state.beside.as_ref().map(|beside| &beside.run);
        let shapes = [Some(state), beside]
            .map(|state| state.map(|state| state.configuration.shape(Network::Discriminator)));
        if self.shapes != shapes {
            *self = Self {
                shapes,
                ..Self::new()
            };
        }
        let Some(seconds_per_cell) = self.seconds_per_cell else {
            return HeatmapSide::AS_IN_GAN_LAB;
        };
        let asked = state.heatmap;
        let side = |divisor: usize| HeatmapSide::nearest(asked.get().div_ceil(divisor));
        let heatmaps = shapes.iter().flatten().count() as f64;
        let seconds = |divisor: usize| heatmaps * side(divisor).cells() as f64 * seconds_per_cell;
        while seconds(self.divisor) > SECONDS && side(self.divisor) > HeatmapSide::AS_IN_GAN_LAB {
            self.divisor += 1;
        }
        while self.divisor > 1 && seconds(self.divisor - 1) <= SPARE * SECONDS {
            self.divisor -= 1;
        }
        side(self.divisor)
    }

    /// How long so many cells took, of heatmaps of the state last asked about.
    pub(crate) fn learn(&mut self, elapsed: Duration, cells: usize) {
        let elapsed = if elapsed.is_zero() { TICK } else { elapsed };
        let seconds_per_cell = elapsed.as_secs_f64() / cells as f64;
        let most = self
            .seconds_per_cell
            .map_or(f64::INFINITY, |before| before * GROWTH);
        self.seconds_per_cell = Some(seconds_per_cell.min(most));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Experiment, Trainer};
    use gan_core::configuration::Neurons;
    use gan_core::{Preset, Reference};

    impl Fineness {
        /// Learns that a cell took so many seconds.
        fn learn_of_one(&mut self, seconds: f64) {
            self.learn(Duration::from_secs_f64(1e6 * seconds), 1_000_000);
        }
    }

    fn asked(side: usize) -> State {
        let mut state = Trainer::<Reference>::new(Experiment::preset(Preset::Line, 1)).state();
        state.heatmap = HeatmapSide::nearest(side);
        state
    }

    #[test]
    fn a_fast_network_gets_what_was_asked_and_a_slow_one_a_fraction() {
        let state = asked(450);
        let mut fineness = Fineness::new();
        assert_eq!(fineness.affordable(&state), HeatmapSide::AS_IN_GAN_LAB, "unknown");
        fineness.learn_of_one(1e-8);
        assert_eq!(fineness.affordable(&state).get(), 450);
        let mut fineness = Fineness::new();
        fineness.affordable(&state);
        fineness.learn_of_one(1e-6);
        // A sixth is 75: 5.6 ms of 8.
        assert_eq!(fineness.affordable(&state).get(), 75);
        let mut fineness = Fineness::new();
        fineness.affordable(&state);
        fineness.learn_of_one(1.0);
        assert_eq!(fineness.affordable(&state), HeatmapSide::AS_IN_GAN_LAB);
    }

    #[test]
    fn one_slow_heatmap_changes_nothing_many_do_and_a_fast_one_brings_it_back() {
        let state = asked(450);
        let mut fineness = Fineness::new();
        fineness.affordable(&state);
        fineness.learn_of_one(2e-8);
        fineness.learn_of_one(1e-6);
        assert_eq!(fineness.affordable(&state).get(), 450);
        for _ in 0..30 {
            fineness.learn_of_one(1e-6);
        }
        assert_eq!(fineness.affordable(&state).get(), 75);
        // A little faster is no reason to change; much faster is.
        fineness.learn_of_one(0.95e-6);
        assert_eq!(fineness.affordable(&state).get(), 75);
        fineness.learn_of_one(1e-8);
        assert_eq!(fineness.affordable(&state).get(), 450);
    }

    #[test]
    fn another_discriminator_is_learnt_anew() {
        let mut state = asked(450);
        let mut fineness = Fineness::new();
        fineness.affordable(&state);
        fineness.learn_of_one(1e-8);
        assert_eq!(fineness.affordable(&state).get(), 450);
        state.configuration.discriminator.neurons = Neurons::new(100).unwrap();
        assert_eq!(fineness.affordable(&state), HeatmapSide::AS_IN_GAN_LAB);
    }

    #[test]
    fn a_clock_too_coarse_to_tell_still_gives_what_was_asked_in_a_few_steps_and_can_be_corrected() {
        let state = asked(450);
        let mut fineness = Fineness::new();
        let mut sides = Vec::new();
        for _ in 0..8 {
            let side = fineness.affordable(&state);
            sides.push(side.get());
            fineness.learn(Duration::ZERO, side.cells());
        }
        assert_eq!((sides[0], sides[7]), (30, 450), "{sides:?}");
        for _ in 0..40 {
            fineness.learn_of_one(1e-6);
        }
        assert_eq!(fineness.affordable(&state).get(), 75);
    }
}
