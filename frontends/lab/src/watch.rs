//! From copied states to snapshots: remembers what lasts for a whole run, the samples to look with and
//! the history.

use std::sync::Arc;

use crate::observer::Observer;
use crate::{Divergence, Experiment, History, Measured, Snapshot, State};

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
    history: Arc<History>,
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
            observer,
            history: Arc::default(),
            divergence,
        };
        watch.remember(state);
        watch
    }

    /// Begins anew if the state is of another run.
    pub(crate) fn follow(&mut self, state: &State) {
        if !Arc::ptr_eq(&self.experiment, &state.experiment) {
            *self = Self::new(state, self.rhythm);
        }
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

    /// All there is to show of a state, with the divergence last measured.
    pub(crate) fn snapshot(&mut self, state: State, epochs_per_second: Option<f64>) -> Snapshot {
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
            heatmap: pictures.heatmap,
            manifold: pictures.manifold,
            density: Arc::clone(self.observer.density()),
            discriminator_loss: state.discriminator_loss,
            generator_loss: state.generator_loss,
            divergence: self.divergence,
            floor: self.observer.floor(),
            history: Arc::clone(&self.history),
            log: state.log,
        }
    }
}
