//! A sweep summed up: one figure for each combination of hyper-parameters, over its seeds.

use super::{Axis, Grid, Outcome};

/// The measure that a map's colours show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The median over the seeds of JS, in bits, 0–1; a run that diverged counts as 1.
    MedianJs,
    /// The share of the seeds, 0–1, whose run diverged or leaves out a mode of its target.
    Failed,
}

/// One side of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The keys varied along it; none if there is a single column or row for lack of an axis.
    pub keys: Vec<String>,
    /// Their values at each column or row, one for each key.
    pub values: Vec<Vec<String>>,
}

/// The runs of one configuration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Finished runs.
    pub runs: usize,
    /// Finished runs that diverged or leave out a mode.
    pub failed: usize,
    /// The measure, 0–1; `None` without a finished run.
    pub value: Option<f64>,
}

/// Rows and columns of a grid, and the results of each cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// The measure of the cells' values.
    pub measure: Measure,
    /// From left to right: the axis varied first.
    pub columns: Side,
    /// From top to bottom: every combination of the other axes.
    pub rows: Side,
    /// Row by row, one for each column.
    pub cells: Vec<Cell>,
    /// Epochs of each run.
    pub epochs: u64,
    /// Seeds of each cell.
    pub seeds: usize,
}

impl Map {
    /// Maps the finished runs; `outcomes[run]` is `None` for a run still missing.
    #[must_use]
    pub fn new(grid: &Grid, outcomes: &[Option<Outcome>], measure: Measure) -> Self {
        let (first, others) = match grid.axes() {
            [] => (&[][..], &[][..]),
            axes => axes.split_at(1),
        };
        let (columns, rows) = (Side::of(first), Side::of(others));
        let seeds = grid.seeds().len();
        // The grid's first axis turns slowest: a column's cells lie together.
        let configurations: Vec<Cell> = outcomes.chunks(seeds).map(|runs| cell(runs, measure)).collect();
        let (width, height) = (columns.values.len(), rows.values.len());
        let row = |y: usize| (0..width).map(move |x| x * height + y);
        let cells = (0..height).flat_map(row).map(|point| configurations[point]);
        Self {
            measure,
            cells: cells.collect(),
            columns,
            rows,
            epochs: grid.epochs(),
            seeds,
        }
    }
}

impl Side {
    /// Every combination of some axes' values, the first axis slowest.
    fn of(axes: &[Axis]) -> Self {
        let values = axes.iter().fold(vec![Vec::new()], |combinations, axis| {
            let more = |values: &Vec<String>| {
                let longer = |value: &String| [&values[..], std::slice::from_ref(value)].concat();
                axis.values.iter().map(longer).collect::<Vec<_>>()
            };
            combinations.iter().flat_map(more).collect()
        });
        Self {
            keys: axes.iter().map(|axis| axis.key.clone()).collect(),
            values,
        }
    }
}

fn cell(runs: &[Option<Outcome>], measure: Measure) -> Cell {
    let finished: Vec<&Outcome> = runs.iter().flatten().collect();
    let failed = finished.iter().filter(|outcome| outcome.failed()).count();
    Cell {
        runs: finished.len(),
        failed,
        value: match measure {
            Measure::MedianJs => median(finished.iter().map(|outcome| match outcome.diverged {
                None => outcome.divergence.js,
                Some(_) => 1.0,
            })),
            Measure::Failed => (!finished.is_empty()).then(|| failed as f64 / finished.len() as f64),
        },
    }
}

/// The middle value; between the two middle ones, if there are two.
fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.get(values.len() / 2)?;
    let before = values[(values.len() - 1) / 2];
    Some(0.5 * (before + middle))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Experiment;
    use crate::sweep::outcome::tests::outcome;
    use gan_core::{Diverged, Network, Preset};

    fn grid(axes: &[&str]) -> Grid {
        let axes: Vec<String> = axes.iter().map(|axis| (*axis).to_owned()).collect();
        let base = Experiment::preset(Preset::Disjoint, 13);
        Grid::new(&base, &axes, "1..2".parse().unwrap(), 10).unwrap()
    }

    #[test]
    fn columns_are_the_first_axis_and_rows_the_others() {
        let grid = grid(&["batch=4,8,16", "loss=log,least-squares", "generator.neurons=5,6"]);
        let outcomes: Vec<_> = (0..grid.runs())
            .map(|run| Some(outcome((run / 2) as f64 / 16.0, None, None)))
            .collect();
        let map = Map::new(&grid, &outcomes, Measure::MedianJs);
        assert_eq!(map.columns.keys, ["batch"]);
        assert_eq!(map.rows.keys, ["loss", "generator.neurons"]);
        assert_eq!(
            map.rows.values,
            [
                ["log", "5"],
                ["log", "6"],
                ["least-squares", "5"],
                ["least-squares", "6"]
            ]
        );
        let values: Vec<_> = map.cells.iter().map(|cell| cell.value.unwrap() * 16.0).collect();
        assert_eq!(
            values,
            [0.0, 4.0, 8.0, 1.0, 5.0, 9.0, 2.0, 6.0, 10.0, 3.0, 7.0, 11.0]
        );
    }

    #[test]
    fn without_axes_one_cell() {
        let map = Map::new(&grid(&[]), &[None, None], Measure::Failed);
        assert_eq!((map.columns.values.len(), map.rows.values.len()), (1, 1));
        assert_eq!(
            map.cells,
            [Cell {
                runs: 0,
                failed: 0,
                value: None
            }]
        );
    }

    #[test]
    fn a_cell_counts_finished_runs_and_divergence_as_the_worst() {
        let diverged = Some(Diverged {
            epoch: 1,
            network: Network::Generator,
        });
        let runs = [
            Some(outcome(0.1, Some(1.0), None)),
            Some(outcome(0.2, Some(1.0), diverged)),
            None,
            Some(outcome(0.3, Some(0.5), None)),
        ];
        let expected = |value| Cell {
            runs: 3,
            failed: 2,
            value: Some(value),
        };
        assert_eq!(cell(&runs, Measure::MedianJs), expected(0.3));
        assert_eq!(cell(&runs, Measure::Failed), expected(2.0 / 3.0));
        assert_eq!(median([0.4, 0.1].into_iter()), Some(0.25));
        assert_eq!(median([].into_iter()), None);
    }
}
