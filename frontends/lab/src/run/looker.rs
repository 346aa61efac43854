//! The observer of a run as it trains, on a thread or on a browser's page: it makes states into
//! snapshots, in no more time than there is.
//!
//! The time since any fixed moment is an argument, as in [`crate::run::driver`].
//!
//! Divergences are the looker's business, not the trainer's. 10,000 samples a side take about a
//! millisecond, so they get at most a quarter of the looker's time.

use std::sync::Arc;
use std::time::Duration;

use crate::pictures::fineness::Fineness;
use crate::run::watch::{Extent, HeatmapsUnderWay, Rhythm, Watch};
use crate::{Snapshot, State, Status};

/// Divergences take at most a quarter of the looker's time.
const MEASURING_SHARE: u32 = 4;
/// Full measurements take at most a twentieth of the time between two of them.
const ALL_SHARE: u32 = 20;

/// Makes snapshots of one run after another.
pub(crate) struct Looker {
    watch: Watch,
    fineness: Fineness,
    /// When divergences were last measured, and how long that took.
    measured: Duration,
    measuring: Duration,
    /// When all was last measured, and how long that took.
    measured_all: Duration,
    measuring_all: Duration,
}

/// Finer heatmaps than a snapshot has, of the same state.
pub(crate) struct Refinement {
    state: State,
    heatmaps: HeatmapsUnderWay,
}

impl Looker {
    /// For the run of a state, and all that there is to show of it.
    pub(crate) fn new(state: State) -> (Self, Snapshot) {
        let mut watch = Watch::new(&state, Rhythm::Whenever);
        let heatmaps = watch.heatmaps_asked(&state);
        let snapshot = watch.snapshot(state, None, heatmaps);
        let looker = Self {
            watch,
            fineness: Fineness::new(),
            measured: Duration::ZERO,
            measuring: Duration::ZERO,
            measured_all: Duration::ZERO,
            measuring_all: Duration::ZERO,
        };
        (looker, snapshot)
    }

    /// A snapshot of a state, with heatmaps as fine as there is time for. A run that rests shows
    /// nothing new: then also the work that is left, if the heatmaps are coarser than was asked.
    pub(crate) fn look(
        &mut self,
        state: State,
        speed: Option<f64>,
        clock: impl Fn() -> Duration,
    ) -> (Arc<Snapshot>, Option<Refinement>) {
        self.watch.follow(&state);
        let resting = state.status_of_both() != Status::Playing;
        let begun = clock();
        if resting || begun.saturating_sub(self.measured) >= self.measuring * MEASURING_SHARE {
            let since = begun.saturating_sub(self.measured_all);
            let all = resting || since >= self.measuring_all * ALL_SHARE;
            let extent = if all { Extent::All } else { Extent::Divergences };
            self.watch.measure(&state, extent);
            self.measured = clock();
            let took = self.measured.saturating_sub(begun);
            match extent {
                Extent::Divergences => self.measuring = took,
                Extent::All => (self.measured_all, self.measuring_all) = (self.measured, took),
            }
        }
        let side = self.fineness.affordable(&state);
        let begun = clock();
        let heatmaps = self.watch.heatmaps(&state, side);
        self.fineness
            .learn(clock().saturating_sub(begun), heatmaps.cells());
        let refinement = (resting && side < state.heatmap).then(|| Refinement {
            heatmaps: HeatmapsUnderWay::new(&state, state.heatmap),
            state: state.clone(),
        });
        (Arc::new(self.watch.snapshot(state, speed, heatmaps)), refinement)
    }

    /// Goes on with a refinement of the snapshot last made for as long as `proceed` says, but at least a
    /// little; puts it into the snapshot when it is finished, else gives back what is left.
    pub(crate) fn refine(
        &mut self,
        mut refinement: Refinement,
        snapshot: &mut Arc<Snapshot>,
        mut proceed: impl FnMut() -> bool,
    ) -> Option<Refinement> {
        let Refinement { state, heatmaps } = &mut refinement;
        while !self.watch.go_on(state, heatmaps) {
            if !proceed() {
                return Some(refinement);
            }
        }
        refinement.heatmaps.finish().refine(Arc::make_mut(snapshot));
        None
    }
}
