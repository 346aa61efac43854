//! The map of a sweep.

use gan_core::Preset;
use gan_lab::picture;
use gan_lab_tests::fixture;
use lab::Experiment;
use lab::sweep::{Cell, Grid, Map, Measure, Side, table};

use crate::compare_frame;

/// Two keys along the rows, one along the columns; cells from all failed to none, one half done, one
/// not begun.
fn map(measure: Measure) -> Map {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let figures = [
        [(16, 0, 0.032), (16, 1, 0.081), (16, 16, 1.0)],
        [(16, 3, 0.274), (16, 7, 0.513), (16, 14, 0.93)],
        [(16, 0, 0.149), (7, 2, 0.35), (0, 0, 0.0)],
    ];
    let cell = |(runs, failed, js): (usize, usize, f64)| Cell {
        runs,
        failed,
        value: (runs > 0).then_some(match measure {
            Measure::MedianJs => js,
            Measure::Failed => failed as f64 / runs as f64,
        }),
    };
    Map {
        measure,
        columns: Side {
            keys: words(&["generator.learning_rate"]),
            values: [["0.01"], ["0.03"], ["0.1"]].map(|values| words(&values)).into(),
        },
        rows: Side {
            keys: words(&["loss", "discriminator.updates_per_epoch"]),
            values: [["log", "1"], ["log", "3"], ["least-squares", "1"]]
                .map(|values| words(&values))
                .into(),
        },
        cells: figures.into_iter().flatten().map(cell).collect(),
        epochs: 2000,
        seeds: 16,
    }
}

#[test]
fn the_map_of_a_sweep() {
    compare_frame("map-js", &picture::paint_map(&map(Measure::MedianJs)));
    compare_frame("map-failed", &picture::paint_map(&map(Measure::Failed)));
}

/// The rows are what `gan-lab sweep --preset gaussians --seeds 1..16` wrote with the keys varied below.
#[test]
fn the_map_of_a_real_sweep_from_its_table() {
    let axes = [
        "generator.learning_rate=0.003,0.01,0.03",
        "generator.optimizer=sgd,adam",
    ]
    .map(str::to_owned);
    let base = Experiment::preset(Preset::Gaussians, 13);
    let grid = Grid::new(&base, &axes, "1..16".parse().unwrap(), 2000).unwrap();
    let rows = std::fs::read_to_string(fixture("sweeps/gaussians.csv")).unwrap();
    let outcomes = table::from_csv(&grid, &rows).unwrap();
    assert!(outcomes.iter().all(Option::is_some));
    let map = Map::new(&grid, &outcomes, Measure::MedianJs);
    compare_frame("map-gaussians", &picture::paint_map(&map));
}

#[test]
fn a_map_of_many_cells_leaves_labels_out_evenly() {
    let (columns, rows) = (60, 48);
    let side = |key: &str, count: usize, step: f64| Side {
        keys: vec![key.to_owned()],
        values: (1..=count)
            .map(|value| vec![format!("{:.3}", step * value as f64)])
            .collect(),
    };
    let cells = (0..columns * rows).map(|index| {
        let (x, y) = ((index % columns) as f64, (index / columns) as f64);
        let value = ((x - 20.0).powi(2) + 2.0 * (y - 30.0).powi(2)) / 3000.0;
        Cell {
            runs: 1,
            failed: 0,
            value: Some(value.min(1.0)),
        }
    });
    let map = Map {
        measure: Measure::MedianJs,
        columns: side("generator.learning_rate", columns, 0.005),
        rows: side("discriminator.learning_rate", rows, 0.005),
        cells: cells.collect(),
        epochs: 500,
        seeds: 1,
    };
    compare_frame("map-many", &picture::paint_map(&map));
}
