//! A sweep known from its table alone: what was varied, what came of it, and any of its runs again.
//!
//! Every row carries its whole configuration, so the columns before `seed` and their values are the grid. A
//! run is opened as a recording that names its last state: it trains again to there, and shows whether it is
//! the same run.

use std::path::Path;

use gan_core::{Checkpoint, Preset, Profile as _, Reference};

use super::{Axis, Grid, GridError, Map, Measure, Outcome, Seeds, TableError, table};
use crate::files::{self, FileError, configuration};
use crate::setup::experiment::setup_problem;
use crate::{Drawing, Experiment, Recording};

/// A sweep that was read from its table.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    grid: Grid,
    outcomes: Vec<Option<Outcome>>,
}

/// A text is no sweep's table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SurveyError {
    /// It does not begin with a sweep's columns.
    #[error("line 1: it is no table of a sweep: name one that `gan-lab sweep` has written")]
    NotASweep,
    /// It has columns and no run.
    #[error("it has no finished run: let the sweep go on with --resume")]
    NoRuns,
    /// A row is no run.
    #[error("line {line}: {problem}")]
    Row {
        /// Its line, from 1.
        line: u64,
        /// The error, in words.
        problem: String,
    },
    /// The varied values make no grid.
    #[error(transparent)]
    Grid(#[from] GridError),
    /// A row is not one of the grid's.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl Survey {
    /// From a file. `drawing` has the points of runs whose target is a drawing, which tables do not hold.
    pub fn load(path: &Path, drawing: &Drawing) -> Result<Self, FileError> {
        Self::parse(&files::read_text(path)?, drawing).map_err(|error| FileError::new(path, error))
    }

    /// Parses the text of a file, like [`Self::load`].
    pub fn parse(text: &str, drawing: &Drawing) -> Result<Self, SurveyError> {
        let found = table::Found::of(text)?;
        let axes: Vec<String> = found
            .axes
            .iter()
            .map(|Axis { key, values }| format!("{key}={}", values.join(",")))
            .collect();
        let seeds = Seeds::listed(found.seeds).ok_or(SurveyError::NoRuns)?;
        // The first row tells all, unless its technique is off and another row's has numbers of its own.
        let mut first_problem = SurveyError::NoRuns;
        for (index, base) in found.bases.iter().enumerate() {
            match Self::laid_out(base, &axes, seeds.clone(), found.epochs, text, drawing) {
                Ok(survey) => return Ok(survey),
                Err(problem) if index == 0 => first_problem = problem,
                Err(_) => {}
            }
        }
        Err(first_problem)
    }

    /// With the grid around one of its runs.
    fn laid_out(
        base: &table::Base,
        axes: &[String],
        seeds: Seeds,
        epochs: u64,
        text: &str,
        drawing: &Drawing,
    ) -> Result<Self, SurveyError> {
        let ring = Preset::Ring.configuration();
        let entries = base.entries.iter();
        let entries = entries.map(|(key, value)| (key.as_str(), value.as_str()));
        let configuration = configuration::changes(entries, &ring).map_err(|problem| SurveyError::Row {
            line: base.line,
            problem,
        })?;
        let experiment =
            Experiment::new(configuration, 0, drawing.clone()).map_err(|problem| SurveyError::Row {
                line: base.line,
                problem: setup_problem(&problem),
            })?;
        let grid = Grid::new(&experiment, axes, seeds, epochs)?;
        let outcomes = table::from_csv(&grid, text)?;
        Ok(Self { grid, outcomes })
    }

    /// All runs in a picture.
    #[must_use]
    pub fn map(&self, measure: Measure) -> Map {
        Map::new(&self.grid, &self.outcomes, measure)
    }

    /// Seed, number and outcome of each finished run in a cell of the map, best JS first.
    #[must_use]
    pub fn runs(&self, cell: usize) -> Vec<(u64, usize, &Outcome)> {
        let seeds = self.grid.seeds();
        let (width, height) = self.map_size();
        // The grid's first axis turns slowest: a column's cells lie together.
        let point = cell % width * height + cell / width;
        let mut runs: Vec<_> = seeds
            .iter()
            .enumerate()
            .filter_map(|(index, seed)| {
                let run = point * seeds.len() + index;
                Some((*seed, run, self.outcomes.get(run)?.as_ref()?))
            })
            .collect();
        let badness = |outcome: &Outcome| match outcome.diverged {
            None => outcome.divergence.js,
            Some(_) => f64::INFINITY,
        };
        runs.sort_by(|one, other| badness(one.2).total_cmp(&badness(other.2)));
        runs
    }

    fn map_size(&self) -> (usize, usize) {
        let width = self.grid.axes().first().map_or(1, |axis| axis.values.len());
        (width, self.grid.runs() / self.grid.seeds().len() / width)
    }

    /// A run, to be trained again and compared at its end, unless it diverged; `None` if it was not finished.
    #[must_use]
    pub fn recording(&self, run: usize) -> Option<Recording> {
        let outcome = self.outcomes.get(run)?.as_ref()?;
        let mut recording = Recording::of(&self.grid.experiment(run), Reference::NAME);
        // A run that diverged stopped in the epoch after the last whole one.
        let epoch = outcome
            .diverged
            .map_or(self.grid.epochs(), |diverged| diverged.epoch - 1);
        let checkpoint = Checkpoint {
            epoch,
            hash: outcome.hash,
        };
        recording
            .checkpoints
            .push(checkpoint)
            .expect("it is the only one");
        Some(recording)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::outcome::tests::outcome;
    use crate::{Course, Trainer};
    use gan_core::{Configuration, Reference};
    use std::sync::atomic::AtomicBool;

    /// A small sweep, trained, and its table.
    fn swept(axes: &[&str], epochs: u64) -> (Grid, Vec<Option<Outcome>>, String) {
        let axes: Vec<String> = axes.iter().map(|axis| (*axis).to_owned()).collect();
        let base = Experiment::preset(Preset::Line, 13);
        let grid = Grid::new(&base, &axes, "3,1".parse().unwrap(), epochs).unwrap();
        let missing: Vec<usize> = (0..grid.runs()).collect();
        let outcomes = std::sync::Mutex::new(vec![None; grid.runs()]);
        super::super::train(&grid, &missing, 1, &AtomicBool::new(false), |event| {
            if let super::super::Event::Finished { run, outcome } = event {
                outcomes.lock().unwrap()[run] = Some(outcome);
            }
        })
        .unwrap();
        let outcomes = outcomes.into_inner().unwrap();
        let text = String::from_utf8(table::to_csv(&grid, &outcomes)).unwrap();
        (grid, outcomes, text)
    }

    #[test]
    fn a_table_tells_its_grid_and_each_run_of_it_trains_again() {
        let axes = ["target=gaussians,ring", "generator.learning_rate=0.01,0.03,0.1"];
        let (grid, outcomes, text) = swept(&axes, 40);
        let survey = Survey::parse(&text, &Drawing::default()).unwrap();
        for measure in [Measure::MedianJs, Measure::Failed] {
            assert_eq!(survey.map(measure), Map::new(&grid, &outcomes, measure));
        }
        let map = survey.map(Measure::MedianJs);
        for cell in 0..map.cells.len() {
            let runs = survey.runs(cell);
            assert_eq!(runs.len(), 2);
            assert!(runs[0].2.divergence.js <= runs[1].2.divergence.js);
            for (seed, run, outcome) in runs {
                let recording = survey.recording(run).unwrap();
                assert_eq!(recording.experiment.seed(), seed);
                let configuration = recording.experiment.configuration();
                let rate = configuration.generator.learning_rate.get().to_string();
                assert_eq!(rate, map.rows.values[cell / 2][0]);
                let mut trainer = Trainer::<Reference>::opened(recording.clone().into()).unwrap();
                trainer.run_epochs(u64::MAX).unwrap();
                assert_eq!((trainer.gan().epoch(), trainer.course()), (40, Course::Present));
                assert_eq!(trainer.gan().state_hash(), outcome.hash);
                assert_eq!(trainer.verification().unwrap().verified, 1);
            }
        }
    }

    /// A grid's table as if it had been trained, and without some of its runs.
    fn written(
        base: &Configuration,
        axes: &[&str],
        missing: &[usize],
    ) -> (Grid, Vec<Option<Outcome>>, String) {
        let axes: Vec<String> = axes.iter().map(|axis| (*axis).to_owned()).collect();
        let base = Experiment::new(*base, 13, Drawing::default()).unwrap();
        let grid = Grid::new(&base, &axes, "3,1".parse().unwrap(), 40).unwrap();
        let outcomes: Vec<_> = (0..grid.runs())
            .map(|run| (!missing.contains(&run)).then(|| outcome(1.0 / (2.0 + run as f64), None, None)))
            .collect();
        let text = String::from_utf8(table::to_csv(&grid, &outcomes)).unwrap();
        (grid, outcomes, text)
    }

    #[test]
    fn techniques_switched_on_and_off_come_back_with_their_numbers() {
        let ring = Preset::Ring.configuration();
        let with = |keys: &[(&str, &str)]| configuration::changes(keys.iter().copied(), &ring).unwrap();
        let penalised = with(&[("penalty.kind", "r1"), ("penalty.weight", "5")]);
        let several = with(&[
            ("penalty.kind", "r1"),
            ("penalty.weight", "5"),
            ("replay.samples", "10"),
            ("replay.capacity", "77"),
            ("generator.average", "0.99"),
        ]);
        for (base, axes) in [
            (&ring, &["penalty.kind=none,clipping,r1,gradient"][..]),
            (&penalised, &["penalty.kind=none,r1"]),
            (&penalised, &["penalty.kind=none,gradient", "loss=log,hinge"]),
            (&penalised, &["penalty.kind=r1,gradient", "penalty.weight=1,10"]),
            (&several, &["replay.samples=none,20", "penalty.kind=none,r1"]),
            (
                &ring,
                &["generator.average=none,0.9,0.999", "noise.dimensions=2,8"],
            ),
            (&ring, &["discriminator.normalization=none,batch,spectral"]),
            (&ring, &["generator.activation=relu,leaky-relu,tanh"]),
        ] {
            let (grid, outcomes, text) = written(base, axes, &[]);
            let survey = Survey::parse(&text, &Drawing::default()).unwrap();
            assert!(
                survey.grid.configurations().eq(grid.configurations()),
                "{axes:?}\n{text}"
            );
            assert_eq!(survey.outcomes, outcomes, "{axes:?}");
            assert_eq!(table::from_csv(&grid, &text), Ok(outcomes));
        }
        // An unfinished sweep may have only the runs with the technique off.
        let (grid, outcomes, text) = written(&penalised, &["penalty.kind=none,r1"], &[2, 3]);
        assert!(text.lines().next().unwrap().contains("penalty.weight"));
        let survey = Survey::parse(&text, &Drawing::default()).unwrap();
        assert!(survey.grid.configurations().eq(grid.configurations().take(1)));
        assert_eq!(survey.outcomes, outcomes[..2]);
        assert_eq!(table::from_csv(&grid, &text), Ok(outcomes));
    }

    #[test]
    fn a_sweep_that_was_interrupted_shows_what_there_is() {
        let (_, _, text) = swept(&["generator.learning_rate=0.01,0.03"], 3);
        let lines: Vec<&str> = text.lines().collect();
        let cut = format!("{}\n{}\n{}\n", lines[0], lines[1], lines[3]);
        let survey = Survey::parse(&cut, &Drawing::default()).unwrap();
        let finished: Vec<usize> = (0..2).map(|cell| survey.runs(cell).len()).collect();
        assert_eq!(finished, [1, 1]);
    }

    #[test]
    fn what_is_no_sweep_is_said() {
        let (_, _, text) = swept(&[], 3);
        let parse = |text: &str| Survey::parse(text, &Drawing::default());
        assert!(parse(&text).is_ok(), "a sweep over seeds alone");
        for bad in ["", "x,y\n1,2\n", "seed,epochs\n"] {
            assert_eq!(parse(bad), Err(SurveyError::NotASweep), "{bad}");
        }
        let header = format!("{}\n", text.lines().next().unwrap());
        assert_eq!(parse(&header), Err(SurveyError::NoRuns));
        let drawn = text.replace(",line\n", ",drawing\n");
        assert_ne!(drawn, text);
        let error = parse(&drawn).unwrap_err().to_string();
        assert_eq!(
            error,
            "line 2: the target 'drawing' has no points: give them with --data F.csv"
        );
        let other = text.replacen(",3,", ",4,", 1);
        assert!(parse(&other).is_err(), "one run of other epochs");
    }
}
