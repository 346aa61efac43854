//! The whole lab, its graph alone, in windows of all sizes and both themes.

use egui::Theme;
use gan_core::Preset;
use gan_core::configuration::{AtlasLength, BatchSize, HiddenLayers, LearningRate, Neurons};
use lab::Status;
use views::{App, View};

use crate::{WINDOW, compare, compare_in, trained};

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

#[test]
fn dark() {
    let mut run = trained(Preset::Ring.configuration(), 12, 3000);
    compare_in(Theme::Dark, "lab-dark", &mut App::new(), &mut run, WINDOW);
}

#[test]
fn the_page_of_keys() {
    let mut run = trained(Preset::Ring.configuration(), 12, 3000);
    for (theme, name) in [(Theme::Light, "keys"), (Theme::Dark, "keys-dark")] {
        let mut app = App::new();
        app.toggle_keys();
        compare_in(theme, name, &mut app, &mut run, WINDOW);
    }
}
