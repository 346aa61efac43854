//! Which runs a sweep consists of, and in which order.

use gan_core::Configuration;

use super::Seeds;
use crate::Experiment;
use crate::files::configuration;
use crate::setup::experiment::setup_problem;

/// The most runs of one sweep.
pub const MOST_RUNS: usize = 1_000_000;

/// A hyper-parameter that is varied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// Its dotted path, as in a configuration file: `generator.learning_rate`.
    pub key: String,
    /// The key's values, at least one, each once, as [`configuration::entries`] writes them.
    pub values: Vec<String>,
}

/// Every combination of the axes' values, each with every seed.
///
/// Runs are numbered from 0: the first axis turns slowest, the seeds fastest.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    axes: Vec<Axis>,
    /// A combination of the axes' values each, with the base's seed.
    points: Vec<Experiment>,
    seeds: Seeds,
    epochs: u64,
}

/// A grid could not be laid out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GridError {
    /// A description of an axis is not of the form KEY=V1,V2,….
    #[error(
        "'{0}' varies nothing; write KEY=V1,V2 with a key of the configuration, as in \
                 generator.learning_rate=0.01,0.03"
    )]
    NotAnAxis(String),
    /// A key or value is none of a configuration's.
    #[error("{key}={value}: {problem}")]
    Unfit {
        /// The axis' key.
        key: String,
        /// The value that came.
        value: String,
        /// The error, in words.
        problem: String,
    },
    /// Two axes vary the same key.
    #[error("{0} is varied twice; give all its values at once")]
    KeyTwice(String),
    /// An axis has a value twice, in one notation or two.
    #[error("{key} has the value {value} twice; give it once")]
    ValueTwice {
        /// The axis' key.
        key: String,
        /// The value.
        value: String,
    },
    /// More than [`MOST_RUNS`].
    #[error("more than {MOST_RUNS} runs; vary less or take fewer seeds")]
    TooManyRuns,
}

impl Grid {
    /// Lays out a grid around a base experiment. Each of `axes` is written `KEY=V1,V2,…`.
    pub fn new(base: &Experiment, axes: &[String], seeds: Seeds, epochs: u64) -> Result<Self, GridError> {
        let mut grid = Self {
            axes: Vec::new(),
            points: vec![base.clone()],
            seeds,
            epochs,
        };
        for axis in axes {
            grid.cross(axis)?;
        }
        Ok(grid)
    }

    /// Crosses the grid with one more axis.
    fn cross(&mut self, axis: &str) -> Result<(), GridError> {
        let (key, values) = axis
            .split_once('=')
            .ok_or_else(|| GridError::NotAnAxis(axis.to_owned()))?;
        let key = key.trim();
        if self.axes.iter().any(|other| other.key == key) {
            return Err(GridError::KeyTwice(key.to_owned()));
        }
        let given: Vec<&str> = values.split(',').map(str::trim).collect();
        let mut values = Vec::new();
        for value in &given {
            let point = vary(&self.points[0], key, value)?;
            let value = value_of(point.configuration(), key);
            if values.contains(&value) {
                let key = key.to_owned();
                return Err(GridError::ValueTwice { key, value });
            }
            values.push(value);
        }
        let runs = self.points.len() * self.seeds.as_slice().len();
        if values.len() > MOST_RUNS / runs {
            return Err(GridError::TooManyRuns);
        }
        let points = self
            .points
            .iter()
            .flat_map(|point| values.iter().map(|value| vary(point, key, value)));
        let points: Vec<Experiment> = points.collect::<Result<_, _>>()?;
        self.check_kept(&points, key, &values)?;
        self.points = points;
        self.axes.push(Axis {
            key: key.to_owned(),
            values,
        });
        Ok(())
    }

    /// Whether points that were varied once more still have the values of the axes before: switching a technique
    /// off would leave nothing of its numbers.
    fn check_kept(&self, points: &[Experiment], key: &str, values: &[String]) -> Result<(), GridError> {
        let table = |key: &str| key.split_once('.').map(|(table, _)| table.to_owned());
        let near = |axis: &&Axis| table(key).is_some() && table(&axis.key) == table(key);
        let near: Vec<&Axis> = self.axes.iter().filter(near).collect();
        if near.is_empty() {
            return Ok(());
        }
        for (before, after) in self.points.iter().zip(points.chunks(values.len())) {
            let before = configuration::every_entry(before.configuration());
            for (point, value) in after.iter().zip(values) {
                let now = configuration::every_entry(point.configuration());
                if let Some(lost) = near
                    .iter()
                    .find(|axis| now.get(&axis.key) != before.get(&axis.key))
                {
                    let (key, value) = (key.to_owned(), value.clone());
                    let problem = format!("it undoes {}, which is varied too: vary one of the two", lost.key);
                    return Err(GridError::Unfit { key, value, problem });
                }
            }
        }
        Ok(())
    }

    /// Axes of the grid, slowest first.
    #[must_use]
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// The seeds of each combination.
    #[must_use]
    pub fn seeds(&self) -> &[u64] {
        self.seeds.as_slice()
    }

    /// Epochs of each run.
    #[must_use]
    pub const fn epochs(&self) -> u64 {
        self.epochs
    }

    /// Runs in all, at least one.
    #[must_use]
    pub fn runs(&self) -> usize {
        self.points.len() * self.seeds().len()
    }

    /// The combinations of the axes' values; run `r` is of combination `r / seeds`.
    pub fn configurations(&self) -> impl Iterator<Item = &Configuration> {
        self.points.iter().map(Experiment::configuration)
    }

    /// The experiment of a run.
    ///
    /// # Panics
    /// If there is no run of that number.
    #[must_use]
    pub fn experiment(&self, run: usize) -> Experiment {
        let seeds = self.seeds();
        self.points[run / seeds.len()].with_seed(seeds[run % seeds.len()])
    }
}

/// An experiment with one hyper-parameter changed.
pub(super) fn vary(point: &Experiment, key: &str, value: &str) -> Result<Experiment, GridError> {
    let unfit = |problem: String| GridError::Unfit {
        key: key.to_owned(),
        value: value.to_owned(),
        problem,
    };
    let configuration = configuration::change(key, value, point.configuration()).map_err(unfit)?;
    point
        .with_configuration(configuration)
        .map_err(|problem| unfit(setup_problem(&problem)))
}

/// A configuration's value of a key it has.
fn value_of(configuration: &Configuration, key: &str) -> String {
    let mut entries = configuration::every_entry(configuration);
    entries.remove(key).expect("the key was changed a moment ago")
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;

    fn grid(axes: &[&str], seeds: &str) -> Result<Grid, GridError> {
        let axes: Vec<String> = axes.iter().map(|axis| (*axis).to_owned()).collect();
        let base = Experiment::preset(Preset::Ring, 13);
        Grid::new(&base, &axes, seeds.parse().unwrap(), 10)
    }

    #[test]
    fn the_first_axis_turns_slowest_and_seeds_fastest() {
        let grid = grid(
            &["generator.neurons=4,8", "loss=log, 'least-squares' ,"].map(|axis| axis.trim_end_matches(',')),
            "7,3",
        )
        .unwrap();
        assert_eq!(grid.runs(), 8);
        assert_eq!(grid.axes()[1].values, ["log", "least-squares"]);
        let order: Vec<_> = (0..8)
            .map(|run| grid.experiment(run))
            .map(|run| {
                (
                    run.configuration().generator.neurons.get(),
                    value_of(run.configuration(), "loss"),
                    run.seed(),
                )
            })
            .collect();
        let expected = [
            (4, "log", 7),
            (4, "log", 3),
            (4, "least-squares", 7),
            (4, "least-squares", 3),
            (8, "log", 7),
            (8, "log", 3),
            (8, "least-squares", 7),
            (8, "least-squares", 3),
        ];
        assert_eq!(order, expected.map(|(n, loss, seed)| (n, loss.to_owned(), seed)));
    }

    #[test]
    fn a_technique_is_varied_by_its_kind_and_each_kind_brings_its_number() {
        let grid = grid(
            &["penalty.kind=none,r1,gradient", "generator.average=none,0.999"],
            "1",
        )
        .unwrap();
        assert_eq!(grid.axes()[1].values, ["none", "0.999"]);
        let penalties: Vec<_> = grid
            .configurations()
            .map(|configuration| {
                let entries: Vec<_> = configuration::entries(configuration)
                    .into_iter()
                    .filter(|(key, _)| key.starts_with("penalty."))
                    .map(|(_, value)| value)
                    .collect();
                entries.join(" ")
            })
            .collect();
        assert_eq!(
            penalties,
            ["", "", "r1 1.0", "r1 1.0", "gradient 10.0", "gradient 10.0"]
        );
    }

    #[test]
    fn what_would_undo_another_axis_is_refused() {
        let ring = Preset::Ring.configuration();
        let penalised = configuration::change("penalty.kind", "r1", &ring).unwrap();
        let base = Experiment::new(penalised, 13, crate::Drawing::default()).unwrap();
        let grid = |axes: &[&str]| {
            let axes: Vec<String> = axes.iter().map(|axis| (*axis).to_owned()).collect();
            Grid::new(&base, &axes, "1".parse().unwrap(), 10)
        };
        let error = grid(&["penalty.weight=1,2", "penalty.kind=r1,none"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "penalty.kind=none: it undoes penalty.weight, which is varied too: vary one of the two"
        );
        let both = grid(&[
            "penalty.kind=r1,gradient",
            "penalty.weight=1,2",
            "generator.neurons=3",
        ]);
        assert_eq!(both.unwrap().runs(), 4);
    }

    #[test]
    fn without_axes_the_base_alone() {
        let grid = grid(&[], "1..3").unwrap();
        assert_eq!((grid.runs(), grid.configurations().count()), (3, 1));
        assert_eq!(grid.experiment(2), Experiment::preset(Preset::Ring, 3));
    }

    #[test]
    fn what_does_not_fit_is_said_in_a_sentence() {
        for (axes, part) in [
            (&["generator.neurons"][..], "varies nothing"),
            (&["generator.neurons="], "generator.neurons=: invalid type"),
            (
                &["generator.neurons=4,101"],
                "generator.neurons=101: neurons is 101, but must be",
            ),
            (&["generator.neuron=4"], "unknown field `neuron`"),
            (&["seed=4"], "unknown field `seed`"),
            (&["batch=4", "batch=5"], "batch is varied twice"),
            (&["generator.learning_rate=0.1,0.10"], "has the value 0.1 twice"),
            (
                &["penalty.weight=1,2"],
                "penalty.weight=1: a weight is a penalty's on D's gradient: give kind",
            ),
            (
                &["penalty.kind=r1", "discriminator.normalization=none,batch"],
                "discriminator.normalization=batch: a penalty on D's gradient needs each sample alone",
            ),
            (
                &["replay.samples=150"],
                "replay.samples=150: the replayed samples leave none",
            ),
            (
                &["penalty.kind=none,None"],
                "penalty.kind=None: unknown variant `None`",
            ),
            (
                &["target=ring,drawing"],
                "target=drawing: the target 'drawing' has no points",
            ),
        ] {
            let message = grid(axes, "1").unwrap_err().to_string();
            assert!(message.contains(part), "{axes:?} gave {message:?}");
            assert!(!message.contains('\n'), "{message:?}");
        }
        assert_eq!(grid(&["batch=4,5"], "1..600000"), Err(GridError::TooManyRuns));
    }
}
