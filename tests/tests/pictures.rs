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
use lab::{Experiment, Inline, Status};
use views::{App, Layer, LayerSet, View};

/// Paints, and compares with the stored picture, exactly.
fn compare(name: &str, app: &mut App, run: &mut Inline, size: [usize; 2]) {
    let frame = picture::paint(app, run, size);
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
