//! From copied states to snapshots: remembers what lasts for a whole run, the samples to look with and
//! the history.

use std::sync::Arc;

use crate::observer::{self, Observer};
use crate::{
    Divergence, Experiment, Ghost, Heatmap, HeatmapSide, History, KernelDensity, Measured, Snapshot, State,
};

/// Which measurements the history takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rhythm {
    /// Only those at epochs that are due, so that it does not depend on when somebody looked.
    Regular,
    /// All there are.
    Whenever,
}

/// Makes snapshots of one run after another.
pub(crate) struct Watch {
    rhythm: Rhythm,
    experiment: Arc<Experiment>,
    observer: Observer,
    kernel_density: Arc<KernelDensity>,
    history: Arc<History>,
    /// How often the run went another way, as far as is known here.
    forks: usize,
    ghost: Option<Arc<Ghost>>,
    divergence: Divergence,
}

impl Watch {
    /// For the run of a state, measured there.
    pub(crate) fn new(state: &State, rhythm: Rhythm) -> Self {
        let mut observer = Observer::new(&state.experiment);
        let divergence = observer.measure(state);
        let experiment = Arc::clone(&state.experiment);
        let mut watch = Self {
            rhythm,
            experiment,
            kernel_density: Arc::new(observer::kernel_density(&state.experiment)),
            observer,
            history: Arc::default(),
            forks: state.forks.len(),
            ghost: None,
            divergence,
        };
        watch.remember(state);
        watch
    }

    /// Begins anew if the state is of another run. If the run went another way, what came after the fork
    /// is kept apart.
    pub(crate) fn follow(&mut self, state: &State) {
        if !Arc::ptr_eq(&self.experiment, &state.experiment) {
            *self = Self::new(state, self.rhythm);
            return;
        }
        for fork in &state.forks[self.forks..] {
            let mut history = (*self.history).clone();
            history.cut(*fork);
            let before = std::mem::replace(&mut self.history, Arc::new(history));
            // A way that nobody has seen anything of leaves the one before it in view.
            if before.measured().last() != self.history.measured().last() {
                self.ghost = Some(Arc::new(Ghost {
                    fork: *fork,
                    history: before,
                }));
            }
        }
        self.forks = state.forks.len();
    }

    /// The first epoch that the history wants measured next.
    pub(crate) fn due(&self) -> u64 {
        self.history.due()
    }

    /// Measures how far fake and real samples are apart now; takes a millisecond or, for the largest
    /// networks, a hundred.
    pub(crate) fn measure(&mut self, state: &State) {
        self.divergence = self.observer.measure(state);
        self.remember(state);
    }

    /// Only what is whole enters the history.
    fn remember(&mut self, state: &State) {
        let early = self.rhythm == Rhythm::Regular && state.epoch < self.history.due();
        if early || state.upcoming.is_some() {
            return;
        }
        let Divergence { kl, js } = self.divergence;
        Arc::make_mut(&mut self.history).record(Measured {
            epoch: state.epoch,
            discriminator_loss: state.discriminator_loss,
            generator_loss: state.generator_loss,
            kl,
            js,
        });
    }

    /// As fine a heatmap as the state asks for, however long it takes.
    pub(crate) fn heatmap_asked(&mut self, state: &State) -> Heatmap {
        self.heatmap(state, state.heatmap, || true)
            .expect("nothing stops it")
    }

    /// A heatmap of so many cells, unless `proceed` says no in between.
    pub(crate) fn heatmap(
        &mut self,
        state: &State,
        side: HeatmapSide,
        proceed: impl FnMut() -> bool,
    ) -> Option<Heatmap> {
        self.observer.heatmap(state, side, proceed)
    }

    /// All there is to show of a state, with this heatmap of it and the divergence last measured.
    pub(crate) fn snapshot(
        &mut self,
        state: State,
        epochs_per_second: Option<f64>,
        heatmap: Heatmap,
    ) -> Snapshot {
        let samples = self.observer.samples(&state);
        let pictures = self.observer.draw(&state, &samples);
        Snapshot {
            experiment: state.experiment,
            configuration: state.configuration,
            epoch: state.epoch,
            status: state.status,
            pace: state.pace,
            epochs_per_second,
            phase: state.phase,
            upcoming: state.upcoming,
            noise: samples.noise,
            real: samples.real,
            fake: pictures.fake,
            real_scores: pictures.real_scores,
            fake_scores: pictures.fake_scores,
            gradients: pictures.gradients,
            heatmap: Arc::new(heatmap),
            heatmap_asked: state.heatmap,
            manifold: pictures.manifold,
            density: Arc::clone(self.observer.density()),
            kernel_density: Arc::clone(&self.kernel_density),
            discriminator_loss: state.discriminator_loss,
            generator_loss: state.generator_loss,
            divergence: self.divergence,
            floor: self.observer.floor(),
            history: Arc::clone(&self.history),
            log: state.log,
            end: state.end,
            course: state.course,
            ghost: self.ghost.clone(),
            opened: state.opened,
            verification: state.verification,
            recording: state.recording,
        }
    }
}
