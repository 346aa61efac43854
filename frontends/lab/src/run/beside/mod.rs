//! Two runs side by side: the same seed, one difference, in step.
//!
//! The second run is a [`Trainer`] like the first, so each is bit for bit what it would be alone. In step
//! means: whenever both rest, both have completed as many epochs. Within slow motion's epochs they need not
//! have as many phases; the run that ends an epoch first waits for the other. One that diverged rests, and
//! the other goes on.

use gan_core::{Configuration, Diverged, Profile as _, Reference, SetupError};

use crate::files::FileError;
#[cfg(test)]
mod tests;

use crate::checks::stop::Stopping;
use crate::{Command, Course, Experiment, Pace, Setting, State, Status, Step, Trainer};

/// A second run beside the first, in whichever form runs are at hand.
#[derive(Clone, Debug)]
pub struct Beside<T> {
    /// The one difference: a hyper-parameter, and the second run's value of it. The first run's is in its
    /// configuration; it can be changed, also so that there is no difference left.
    pub contrast: Setting,
    /// The second run.
    pub run: T,
}

impl<T> Beside<T> {
    /// Whether a first run with this configuration has the second one's value: no difference is left.
    #[must_use]
    pub fn is_no_difference_from(&self, first: &Configuration) -> bool {
        self.contrast.of(first) == self.contrast
    }
}

/// One run, or two in step: what sessions drive.
pub(crate) struct Runs {
    first: Trainer,
    second: Option<Beside<Trainer>>,
    stopping: Option<Stopping>,
}

impl Runs {
    /// One run.
    pub(crate) const fn new(first: Trainer) -> Self {
        Self {
            first,
            second: None,
            stopping: None,
        }
    }

    /// The first run, or the only one.
    pub(crate) const fn first(&self) -> &Trainer {
        &self.first
    }

    /// The second run.
    pub(crate) fn second(&self) -> Option<&Trainer> {
        self.second.as_ref().map(|beside| &beside.run)
    }

    fn each(&self) -> impl Iterator<Item = &Trainer> {
        [Some(&self.first), self.second()].into_iter().flatten()
    }

    fn each_mut(&mut self) -> impl Iterator<Item = &mut Trainer> {
        let second = self.second.as_mut().map(|beside| &mut beside.run);
        [Some(&mut self.first), second].into_iter().flatten()
    }

    /// Whether either is getting on.
    pub(crate) fn status(&self) -> Status {
        self.each()
            .map(Trainer::status)
            .reduce(Status::or)
            .unwrap_or(Status::Paused)
    }

    /// How fast they are to train while they play.
    pub(crate) const fn pace(&self) -> Pace {
        self.first.pace()
    }

    /// Epochs completed by the run that is further.
    pub(crate) fn epoch(&self) -> u64 {
        self.each().map(|run| run.gan().epoch()).max().unwrap_or(0)
    }

    /// Whether no run is within an epoch.
    pub(crate) fn is_between_epochs(&self) -> bool {
        self.each().all(|run| run.gan().upcoming().is_none())
    }

    /// How they stand to what is known of them; of one that diverged nothing more is to come.
    pub(crate) fn course(&self) -> Course {
        let getting_on = |run: &&Trainer| run.gan().diverged().is_none();
        self.each().find(getting_on).unwrap_or(&self.first).course()
    }

    /// Whoever trains is not looking at the past any more.
    pub(crate) fn set_out(&mut self) {
        self.each_mut().for_each(Trainer::set_out);
    }

    /// While they are on their way to an epoch that was asked to be shown: where the run that is further
    /// behind is, and where it goes.
    pub(crate) fn seeking(&self) -> Option<(u64, u64)> {
        self.each()
            .filter_map(|run| Some((run.gan().epoch(), run.seeking()?)))
            .min()
    }

    /// A copy of both states, to look at.
    pub(crate) fn state(&self) -> State {
        let beside = self.second.as_ref().map(|Beside { contrast, run }| {
            Box::new(Beside {
                contrast: *contrast,
                run: run.state(),
            })
        });
        State {
            beside,
            stop: self.stopping.as_ref().map(Stopping::state),
            ..self.first.state()
        }
    }

    /// Ends the first run's recording, if it has one.
    pub(crate) fn finish_recording(&mut self) -> Result<(), FileError> {
        self.first.finish_recording()
    }

    /// Does what was asked, of both.
    pub(crate) fn obey(&mut self, command: Command) {
        match command {
            Command::Compare(None) => self.second = None,
            Command::Compare(Some(contrast)) => self.compare(contrast),
            Command::Branch(contrast) => self.branch(contrast),
            Command::StopWhen(stop) => self.stopping = stop.map(Stopping::new),
            Command::Open(recording) => {
                if recording.profile == Reference::NAME {
                    self.second = None;
                }
                self.first.obey(Command::Open(recording));
            }
            Command::Step(Step::Phase) => {
                let waits = self.waits();
                for (run, waits) in self.each_mut().zip(waits) {
                    run.obey(if waits {
                        Command::Pause
                    } else {
                        Command::Step(Step::Phase)
                    });
                }
            }
            // A run that waits is only asked for the rest of the epoch under way.
            Command::Step(Step::Both) if self.waits().contains(&true) => {
                self.level();
                self.each_mut().for_each(|run| run.obey(Command::Pause));
            }
            Command::Play
            | Command::Pause
            | Command::Retrace
            | Command::SetHeatmap(_)
            | Command::SetSlice(_) => {
                self.each_mut().for_each(|run| run.obey(command.clone()));
            }
            Command::SetPace(_)
            | Command::Step(_)
            | Command::Seek(_)
            | Command::Record(_)
            | Command::EndRecording
            | Command::Restart(_)
            | Command::Change(_) => {
                self.level();
                self.second
                    .take_if(|beside| obey_beside(beside, &command).is_err());
                self.first.obey(command);
                self.level();
            }
        }
    }

    /// Begins both anew; nothing happens if the second would have techniques that do not go together.
    fn compare(&mut self, contrast: Setting) {
        self.second = None;
        let first = &mut self.first;
        if first.checks().is_some() {
            if contrast.in_experiment(first.experiment()).is_err() {
                return;
            }
            first.obey(Command::Seek(0));
        } else {
            let Ok(experiment) = shared(first.experiment(), first.gan().configuration(), contrast) else {
                return;
            };
            // The recording of a run that has not begun yet goes on in its file.
            if !first.is_at_its_beginning() || **first.experiment() != experiment {
                first.obey(Command::Restart(experiment));
            }
        }
        let run = first.beside(contrast);
        self.second = run.ok().map(|run| Beside { contrast, run });
    }

    /// Begins a second run here, where a run can go on with the difference.
    fn branch(&mut self, contrast: Setting) {
        let Some(change) = contrast.change() else {
            return self.compare(contrast);
        };
        if self.first.gan().diverged().is_some() {
            return self.compare(contrast);
        }
        if contrast
            .applied_to(*self.first.gan().configuration())
            .check()
            .is_ok()
        {
            self.second = None;
            let run = self.first.branched(change);
            self.second = Some(Beside { contrast, run });
        }
    }

    /// Completes as many epochs, those under way included, unless they diverge or are to stop before. The error is
    /// that nothing gets on any more.
    pub(crate) fn run_epochs(&mut self, count: u64) -> Result<(), Diverged> {
        let end = self.epoch().saturating_add(count);
        loop {
            let now = self.first.gan().epoch();
            let due = self
                .stopping
                .as_ref()
                .map_or(u64::MAX, |stopping| stopping.due(now));
            if due > end || self.first.gan().diverged().is_some() {
                return self.train(end.saturating_sub(self.epoch()));
            }
            self.train(due.saturating_sub(self.epoch()))?;
            let is_due = self.first.gan().epoch() == due;
            if !is_due || self.stops() {
                return Ok(());
            }
        }
    }

    /// Whether what was waited for is so now; then both pause.
    fn stops(&mut self) -> bool {
        let state = self.first.state();
        let stops = self
            .stopping
            .as_mut()
            .is_some_and(|stopping| stopping.check(&state));
        if stops {
            self.each_mut().for_each(|run| run.obey(Command::Pause));
        }
        stops
    }

    /// At which epoch what was waited for was reached.
    pub(crate) fn stopped_at(&self) -> Option<u64> {
        self.stopping
            .as_ref()
            .and_then(|stopping| stopping.state().reached)
    }

    fn train(&mut self, count: u64) -> Result<(), Diverged> {
        self.level();
        let end = self.epoch().saturating_add(count);
        for run in self.each_mut().filter(|run| run.gan().diverged().is_none()) {
            // A divergence shows in the status.
            let _ = run.run_epochs(end - run.gan().epoch());
        }
        self.getting_on()
    }

    /// Runs the next phase of each, except of one that waits for the other. The error is that nothing gets
    /// on any more.
    pub(crate) fn run_phase(&mut self) -> Result<(), Diverged> {
        let waits = self.waits();
        for (run, waits) in self.each_mut().zip(waits) {
            if !waits && run.gan().diverged().is_none() {
                // A divergence shows in the status.
                let _ = run.run_phase();
            }
        }
        self.getting_on()
    }

    /// Nearer to what was asked to be shown, not beyond this epoch.
    pub(crate) fn run_towards(&mut self, epoch: u64) {
        for run in self.each_mut() {
            run.run_towards(epoch.saturating_sub(run.gan().epoch()));
        }
    }

    fn getting_on(&self) -> Result<(), Diverged> {
        match self.status() {
            Status::Diverged(diverged) => Err(diverged),
            Status::Paused | Status::Playing => Ok(()),
        }
    }

    /// Which run has ended an epoch that the other is still in.
    fn waits(&self) -> [bool; 2] {
        let Some(second) = self.second() else {
            return [false; 2];
        };
        if self.getting_on_alone() {
            return [false; 2];
        }
        let [first, second] = [&self.first, second].map(|run| run.gan().epoch());
        [first > second, second > first]
    }

    /// Whether only one of them can, or each is on its own way to an epoch that was asked to be shown.
    fn getting_on_alone(&self) -> bool {
        self.each()
            .any(|run| run.gan().diverged().is_some() || run.seeking().is_some())
    }

    /// Lets the run that is behind complete its epoch.
    fn level(&mut self) {
        if self.getting_on_alone() {
            return;
        }
        let epoch = self.epoch();
        for run in self.each_mut() {
            let behind = epoch - run.gan().epoch();
            // One that looks at its past is not within an epoch.
            if behind > 0 && run.course() != Course::Past {
                // A divergence shows in the status.
                let _ = run.run_epochs(behind);
            }
        }
    }
}

/// With which experiment, but for its contrast, both runs can begin: parameters from a file are of no use
/// where the networks differ in shape.
fn shared(
    of: &Experiment,
    configuration: &Configuration,
    contrast: Setting,
) -> Result<Experiment, SetupError> {
    let first = of.with_configuration(*configuration)?;
    match contrast.in_experiment(&first)?.parameters() {
        Some(_) => Ok(first),
        None => Experiment::new(*configuration, of.seed(), of.drawing().clone()),
    }
}

/// Does with the second run what is asked of both; an error where it would begin with techniques that do not go together.
fn obey_beside(Beside { contrast, run }: &mut Beside<Trainer>, command: &Command) -> Result<(), SetupError> {
    match command {
        // Only the first is written down.
        Command::Record(_) | Command::EndRecording => {}
        Command::Change(change) if contrast.is_of_same((*change).into()) => run.branch_along(),
        Command::Restart(experiment) => {
            run.obey(Command::Restart(contrast.in_experiment(experiment)?));
        }
        other => run.obey(other.clone()),
    }
    Ok(())
}
