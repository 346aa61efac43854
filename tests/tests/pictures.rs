//! The viewer's pictures, pixel for pixel: `fixtures/pictures/*.png`.
//!
//! `GAN_LAB_REFRESH=1 cargo test -p gan-lab-tests --test pictures` paints them anew; look at what
//! changed before committing it. A picture that differs is written to the target folder's `pictures/`.

use std::path::PathBuf;

use gan_core::configuration::{AtlasLength, BatchSize, HiddenLayers, LearningRate, Neurons, NoiseDimensions};
use gan_core::{Configuration, Preset};
use gan_lab::picture;
use gan_lab_tests::{fixture, workspace};
use image::RgbImage;
use lab::sweep::{Cell, Grid, Map, Measure, Side, table};
use lab::{Experiment, Inline, Status};
use raster::Framebuffer;
use views::{App, Layer, LayerSet, View};

/// Paints, and compares with the stored picture, exactly.
fn compare(name: &str, app: &mut App, run: &mut Inline, size: [usize; 2]) {
    compare_frame(name, &picture::paint(app, run, size));
}

fn compare_frame(name: &str, frame: &Framebuffer) {
    let painted = RgbImage::from_raw(frame.width() as u32, frame.height() as u32, frame.rgb_bytes()).unwrap();
    let path = fixture("pictures").join(name).with_extension("png");
    if std::env::var_os("GAN_LAB_REFRESH").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        painted.save(&path).unwrap();
        return;
    }
    let stored = image::open(&path).map(|picture| picture.into_rgb8());
    let differing = match &stored {
        Ok(stored) if stored.dimensions() == painted.dimensions() => stored
            .pixels()
            .zip(painted.pixels())
            .filter(|(a, b)| a != b)
            .count(),
        _ => painted.pixels().len(),
    };
    if differing > 0 {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        std::fs::create_dir_all(&folder).unwrap();
        let own = folder.join(name).with_extension("png");
        painted.save(&own).unwrap();
        let root = workspace().canonicalize().unwrap();
        let own = own.strip_prefix(&root).unwrap_or(&own).display();
        panic!("{name}: {differing} pixels differ from the stored picture; see {own}");
    }
}

fn trained(configuration: Configuration, seed: u64, epochs: u64) -> Inline {
    let experiment = Experiment::new(configuration, seed, [].into()).unwrap();
    let mut run = Inline::new(experiment);
    // A divergence is a picture too.
    let _ = run.run_epochs(epochs);
    run
}

const WINDOW: [usize; 2] = [1280, 800];

#[test]
fn the_whole_lab_for_every_preset() {
    // The ring's is the README's picture.
    let runs = [
        ("line", 13, 1500),
        ("gaussians", 13, 1500),
        ("ring", 12, 3000),
        ("disjoint", 13, 1500),
    ];
    for (preset, (name, seed, epochs)) in Preset::ALL.into_iter().zip(runs) {
        let mut run = trained(preset.configuration(), seed, epochs);
        compare(&format!("lab-{name}"), &mut App::new(), &mut run, WINDOW);
    }
}

#[test]
fn the_beginning() {
    let mut run = trained(Preset::Ring.configuration(), 13, 0);
    compare("lab-beginning", &mut App::new(), &mut run, WINDOW);
}

#[test]
fn small_and_large_windows() {
    let mut run = trained(Preset::Ring.configuration(), 13, 1500);
    compare("lab-1024x700", &mut App::new(), &mut run, [1024, 700]);
    compare("lab-2560x1440", &mut App::new(), &mut run, [2560, 1440]);
}

#[test]
fn the_graph_alone() {
    let mut run = trained(Preset::Gaussians.configuration(), 13, 1500);
    let mut app = App::new();
    app.show(View::Overview);
    compare("overview", &mut app, &mut run, WINDOW);
}

#[test]
fn each_layer_alone_and_all_together() {
    let mut run = trained(Preset::Gaussians.configuration(), 13, 1500);
    let mut app = App::new();
    app.show(View::Layers);
    for layer in Layer::ALL {
        *app.layers_mut() = LayerSet::of(&[layer]);
        compare(
            &format!("layer-{layer:?}").to_lowercase(),
            &mut app,
            &mut run,
            [640, 480],
        );
    }
    *app.layers_mut() = LayerSet::of(&Layer::ALL);
    compare("layers-all", &mut app, &mut run, [640, 480]);
}

#[test]
fn one_dimensional_noise_is_a_curve() {
    let mut configuration = Preset::Ring.configuration();
    configuration.noise.dimensions = NoiseDimensions::new(1).unwrap();
    let mut run = trained(configuration, 12, 3000);
    compare("lab-curve", &mut App::new(), &mut run, WINDOW);
}

#[test]
fn a_diverged_run_says_so_without_a_nan() {
    let mut configuration = Preset::Ring.configuration();
    configuration.batch = BatchSize::new(4).unwrap();
    configuration.atlas = AtlasLength::new(64).unwrap();
    for network in [gan_core::Network::Generator, gan_core::Network::Discriminator] {
        let place = configuration.network_mut(network);
        place.hidden_layers = HiddenLayers::new(5).unwrap();
        place.neurons = Neurons::new(12).unwrap();
        place.learning_rate = LearningRate::new(10.0).unwrap();
    }
    let mut run = trained(configuration, 13, 5000);
    assert!(matches!(run.trainer().status(), Status::Diverged(_)));
    compare("lab-diverged", &mut App::new(), &mut run, WINDOW);
}

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
