//! From copied states to snapshots: remembers what lasts for a whole run, the samples to look with and
//! the history.

use std::sync::Arc;

use crate::checks::diagnosis::{DiagnosisInput, Floor, schedule};
use crate::checks::observer::{self, HeatmapUnderWay, Observer};
use crate::{
    Averaged, Beside, Diagnosis, Divergence, Experiment, Ghost, Glance, Heatmap, HeatmapSide, History,
    KernelDensity, Measured, Measures, Snapshot, State, Status, Summary,
};

fn measured(state: &State, Divergence { kl, js }: Divergence, summary: Summary) -> Measured {
    Measured {
        epoch: state.epoch,
        discriminator_loss: state.discriminator_loss,
        generator_loss: state.generator_loss,
        kl,
        js,
        summary,
    }
}

fn diagnosed(
    state: &State,
    history: &History,
    now: &Measured,
    measures: &Measures,
    floor: Floor,
) -> Diagnosis {
    Diagnosis::of(&DiagnosisInput {
        configuration: &state.configuration,
        history: history.measured(),
        glances: history.glances(),
        now,
        measures,
        floor,
        diverged: match state.status {
            Status::Diverged(diverged) => Some(diverged),
            Status::Playing | Status::Paused => None,
        },
    })
}

/// Which measurements the history takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rhythm {
    /// Only those at epochs that are due, so that it does not depend on when somebody looked.
    Regular,
    /// All there are.
    Whenever,
}

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Divergences alone.
    Divergences,
    /// [`Measures`] too.
    All,
}

impl Extent {
    /// Epochs from one that is measured wholly to the next, where it depends on nothing but how far the run is.
    const EVERY: u64 = 2_000;

    /// At an epoch that the history wants.
    pub(crate) const fn at(epoch: u64) -> Self {
        match epoch.is_multiple_of(Self::EVERY) {
            true => Self::All,
            false => Self::Divergences,
        }
    }
}

/// Heatmaps of a run and of the one beside it.
pub(crate) struct Heatmaps {
    first: Heatmap,
    second: Option<Heatmap>,
}

impl Heatmaps {
    /// Cells of all of them.
    pub(crate) fn cells(&self) -> usize {
        let all = [Some(&self.first), self.second.as_ref()];
        all.into_iter()
            .flatten()
            .map(|heatmap| heatmap.side().cells())
            .sum()
    }

    /// Puts them in the place of coarser ones.
    pub(crate) fn refine(self, snapshot: &mut Snapshot) {
        snapshot.heatmap = Arc::new(self.first);
        if let (Some(beside), Some(heatmap)) = (&mut snapshot.beside, self.second) {
            Arc::make_mut(&mut beside.run).heatmap = Arc::new(heatmap);
        }
    }
}

/// Heatmaps of a run and of the one beside it, as far as they are made.
pub(crate) struct HeatmapsUnderWay {
    first: HeatmapUnderWay,
    second: Option<HeatmapUnderWay>,
}

impl HeatmapsUnderWay {
    /// Heatmaps of a state that is watched, with so many cells a side, none of which is made.
    pub(crate) fn new(state: &State, side: HeatmapSide) -> Self {
        Self {
            first: HeatmapUnderWay::new(side),
            second: state.beside.is_some().then(|| HeatmapUnderWay::new(side)),
        }
    }

    /// When all is made.
    pub(crate) fn finish(self) -> Heatmaps {
        Heatmaps {
            first: self.first.finish(),
            second: self.second.map(HeatmapUnderWay::finish),
        }
    }
}

/// Makes snapshots of one run after another; and of the one beside it, if there is one.
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
    measures: Arc<Measures>,
    diagnosis: Arc<Diagnosis>,
    /// Divergence of the moving average, where the run keeps one.
    average: Option<Divergence>,
    beside: Option<Box<Self>>,
}

impl Watch {
    /// For the run of a state, measured there.
    pub(crate) fn new(state: &State, rhythm: Rhythm) -> Self {
        let kernel_density = Arc::new(observer::kernel_density(&state.experiment));
        Self::with(kernel_density, state, rhythm)
    }

    /// Begins like [`Self::new`], with the density of the real samples.
    fn with(kernel_density: Arc<KernelDensity>, state: &State, rhythm: Rhythm) -> Self {
        let mut observer = Observer::new(&state.experiment);
        let (divergence, measures) = observer.check(state);
        let now = measured(state, divergence, measures.summary());
        let diagnosis = diagnosed(state, &History::default(), &now, &measures, observer.floors());
        let experiment = Arc::clone(&state.experiment);
        let mut watch = Self {
            rhythm,
            experiment,
            kernel_density,
            observer,
            history: Arc::default(),
            forks: state.forks.len(),
            ghost: None,
            divergence,
            average: measures.average,
            measures: Arc::new(measures),
            diagnosis: Arc::new(diagnosis),
            beside: None,
        };
        watch.remember(state, now);
        watch.follow_beside(state);
        watch
    }

    /// The run beside it has the same seed and learns the same, so the real samples are the same.
    fn follow_beside(&mut self, state: &State) {
        match (&mut self.beside, &state.beside) {
            (Some(watch), Some(beside)) if Arc::ptr_eq(&watch.experiment, &beside.run.experiment) => {
                watch.follow_forks(&beside.run);
            }
            (_, Some(beside)) => {
                let density = Arc::clone(&self.kernel_density);
                let mut watch = Self::with(density, &beside.run, self.rhythm);
                watch.share_the_past_of(self, &beside.run);
                self.beside = Some(Box::new(watch));
            }
            (_, None) => self.beside = None,
        }
    }

    /// A run that began as another one's copy has its history up to there.
    fn share_the_past_of(&mut self, first: &Self, state: &State) {
        if let Some(fork) = state.forks.last()
            && *state.experiment == *first.experiment
        {
            let mut history = (*first.history).clone();
            history.cut(*fork);
            self.history = Arc::new(history);
        }
    }

    /// Begins anew if the state is of another run. If the run went another way, what came after the fork
    /// is kept apart.
    pub(crate) fn follow(&mut self, state: &State) {
        if Arc::ptr_eq(&self.experiment, &state.experiment) {
            self.follow_forks(state);
            self.follow_beside(state);
        } else {
            *self = Self::new(state, self.rhythm);
        }
    }

    fn follow_forks(&mut self, state: &State) {
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

    /// The first epoch that the history wants measured next. Of two runs one may have stopped for good.
    pub(crate) fn due(&self) -> u64 {
        let due = self.history.due();
        self.beside.as_ref().map_or(due, |beside| due.max(beside.due()))
    }

    /// The next epoch, later than this one, that the history wants measured or a diagnosis glanced at.
    pub(crate) fn due_after(&self, epoch: u64) -> u64 {
        self.due().max(epoch + 1).min(schedule::next_glance(epoch))
    }

    /// Measures how far fake and real samples are apart now; takes a millisecond or, for the largest
    /// networks, a hundred.
    pub(crate) fn measure(&mut self, state: &State, extent: Extent) {
        match extent {
            Extent::Divergences => {
                let (divergence, average, glance) = self.observer.weigh(state);
                (self.divergence, self.average) = (divergence, average);
                self.remember(state, measured(state, divergence, Summary::default()));
                self.glance(state, glance);
            }
            Extent::All => {
                let (divergence, measures) = self.observer.check(state);
                (self.divergence, self.average) = (divergence, measures.average);
                self.measures = Arc::new(measures);
                let now = measured(state, self.divergence, self.measures.summary());
                self.remember(state, now);
                self.glance(state, self.measures.glance);
                let floor = self.observer.floors();
                let diagnosis = diagnosed(state, &self.history, &now, &self.measures, floor);
                self.diagnosis = Arc::new(diagnosis);
            }
        }
        if let (Some(watch), Some(beside)) = (&mut self.beside, &state.beside) {
            watch.measure(&beside.run, extent);
        }
    }

    /// Only what is whole enters the history.
    fn remember(&mut self, state: &State, now: Measured) {
        let early = self.rhythm == Rhythm::Regular && state.epoch < self.history.due();
        if early || state.upcoming.is_some() {
            return;
        }
        Arc::make_mut(&mut self.history).record(now);
    }

    /// Looks at a run that is not to be measured now.
    pub(crate) fn look(&mut self, state: &State) {
        self.look_at(state);
        if let (Some(watch), Some(beside)) = (&mut self.beside, &state.beside) {
            watch.look(&beside.run);
        }
    }

    fn look_at(&mut self, state: &State) {
        let glance = self.observer.glance_due(state);
        self.glance(state, glance);
    }

    /// Only what is whole, and due where that counts, is remembered.
    fn glance(&mut self, state: &State, glance: Glance) {
        let is_regular = self.rhythm == Rhythm::Regular;
        if state.upcoming.is_some() || (is_regular && !schedule::is_glance_due(state.epoch)) {
            return;
        }
        let weighed = !is_regular || schedule::is_weighing_due(state.epoch);
        Arc::make_mut(&mut self.history).glance(Glance {
            weighing: glance.weighing.filter(|_| weighed),
            ..glance
        });
    }

    /// Heatmaps as fine as the state asks for, however long that takes.
    pub(crate) fn heatmaps_asked(&mut self, state: &State) -> Heatmaps {
        self.heatmaps(state, state.heatmap)
    }

    /// Heatmaps of so many cells a side.
    pub(crate) fn heatmaps(&mut self, state: &State, side: HeatmapSide) -> Heatmaps {
        let mut heatmaps = HeatmapsUnderWay::new(state, side);
        while !self.go_on(state, &mut heatmaps) {}
        heatmaps.finish()
    }

    /// Some thousand cells more of the heatmaps of this state; whether that was the last of them.
    pub(crate) fn go_on(&mut self, state: &State, heatmaps: &mut HeatmapsUnderWay) -> bool {
        if !heatmaps.first.is_whole() {
            self.observer.go_on(state, &mut heatmaps.first);
        } else if let (Some(watch), Some(beside), Some(second)) =
            (&mut self.beside, &state.beside, &mut heatmaps.second)
        {
            watch.observer.go_on(&beside.run, second);
        }
        let second = heatmaps.second.as_ref();
        heatmaps.first.is_whole() && second.is_none_or(HeatmapUnderWay::is_whole)
    }

    /// All there is to show of a state, with these heatmaps of it and the divergence last measured.
    pub(crate) fn snapshot(
        &mut self,
        mut state: State,
        epochs_per_second: Option<f64>,
        heatmaps: Heatmaps,
    ) -> Snapshot {
        let beside = match (&mut self.beside, state.beside.take(), heatmaps.second) {
            (Some(watch), Some(beside), Some(heatmap)) => Some(Beside {
                contrast: beside.contrast,
                run: Arc::new(watch.snapshot_of_one(beside.run, epochs_per_second, heatmap)),
            }),
            _ => None,
        };
        Snapshot {
            beside,
            ..self.snapshot_of_one(state, epochs_per_second, heatmaps.first)
        }
    }

    fn snapshot_of_one(
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
            average: match (state.average, pictures.average, self.average) {
                (Some(parameters), Some(fake), Some(divergence)) => Some(Averaged {
                    parameters,
                    fake,
                    divergence,
                }),
                _ => None,
            },
            real_scores: pictures.real_scores,
            fake_scores: pictures.fake_scores,
            gradients: pictures.gradients,
            heatmap: Arc::new(heatmap),
            heatmap_asked: state.heatmap,
            manifold: pictures.manifold,
            slice: state.slice.within(state.configuration.noise.dimensions.get()),
            density: Arc::clone(self.observer.density()),
            kernel_density: Arc::clone(&self.kernel_density),
            generator: state.generator,
            discriminator: state.discriminator,
            inference: state.inference,
            discriminator_loss: state.discriminator_loss,
            generator_loss: state.generator_loss,
            divergence: self.divergence,
            floor: self.observer.floor(),
            measures: Arc::clone(&self.measures),
            diagnosis: Arc::clone(&self.diagnosis),
            stop: state.stop,
            history: Arc::clone(&self.history),
            log: state.log,
            end: state.end,
            course: state.course,
            ghost: self.ghost.clone(),
            opened: state.opened,
            verification: state.verification,
            whereabouts: state.whereabouts,
            recording: state.recording,
            beside: None,
        }
    }
}
