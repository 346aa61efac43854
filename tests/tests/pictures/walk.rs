//! Walks through the noise: a path over the samples, its speed below, in windows wide and narrow.

use egui::{Theme, Vec2, vec2};
use gan_core::configuration::{Noise, NoiseDimensions, NoiseKind};
use gan_core::{Configuration, Preset};
use lab::{Command, Inline, Session as _, Setting};
use views::Combination;

use crate::trained;
use crate::viewer::{Viewer, click, look, viewer};

const WINDOW: Vec2 = vec2(1280.0, 800.0);
const SMALL: Vec2 = vec2(1024.0, 700.0);
const PHONE: Vec2 = vec2(390.0, 844.0);
const LYING: Vec2 = vec2(844.0, 390.0);

fn with_noise(preset: Preset, kind: NoiseKind, dimensions: u32) -> Configuration {
    let dimensions = NoiseDimensions::new(dimensions).unwrap();
    Configuration {
        noise: Noise { kind, dimensions },
        ..preset.configuration()
    }
}

/// A run, after these have been clicked.
fn walked(run: Inline, size: Vec2, theme: Theme, clicks: &[&str]) -> Viewer {
    let mut viewer = viewer(size, theme, run);
    *viewer.state_mut().0.layers_mut() = Combination::Distributions.layers();
    clicks.iter().for_each(|name| click(&mut viewer, name));
    viewer
}

fn ring() -> Inline {
    trained(Preset::Ring.configuration(), 12, 1500)
}

#[test]
fn along_a_dimension() {
    for (size, theme, name) in [
        (WINDOW, Theme::Light, "walk-dimension"),
        (WINDOW, Theme::Dark, "walk-dimension-dark"),
        (SMALL, Theme::Light, "walk-dimension-1024x700"),
    ] {
        look(&mut walked(ring(), size, theme, &["Noise walk"]), name);
    }
}

#[test]
fn from_mode_to_mode_straight_and_on_the_great_circle() {
    let gaussians = || trained(Preset::Gaussians.configuration(), 1, 1500);
    let mut viewer = walked(gaussians(), WINDOW, Theme::Light, &["Noise walk", "Straight"]);
    look(&mut viewer, "walk-straight");
    click(&mut viewer, "Great circle");
    look(&mut viewer, "walk-circle");
}

#[test]
fn in_noise_of_one_dimension_and_of_many() {
    let line = trained(with_noise(Preset::Ring, NoiseKind::Uniform, 1), 12, 1500);
    look(
        &mut walked(line, WINDOW, Theme::Light, &["Noise walk"]),
        "walk-1d",
    );
    let sphere = || trained(with_noise(Preset::Ring, NoiseKind::Spherical, 8), 3, 1500);
    let mut viewer = walked(
        sphere(),
        WINDOW,
        Theme::Dark,
        &["Noise walk", "Straight", "New points"],
    );
    look(&mut viewer, "walk-sphere-straight");
    click(&mut viewer, "Great circle");
    look(&mut viewer, "walk-sphere-circle");
}

#[test]
fn two_runs() {
    let configuration = Preset::Gaussians.configuration();
    let mut runs = trained(configuration, 1, 0);
    let contrast = Setting::written("discriminator.updates_per_epoch=3", &configuration).unwrap();
    runs.send(Command::Compare(Some(contrast)));
    runs.run_epochs(600).unwrap();
    look(
        &mut walked(runs, WINDOW, Theme::Light, &["Noise walk", "Straight"]),
        "walk-beside",
    );
}

#[test]
fn on_a_phone() {
    let clicks = ["Menu", "Noise walk"];
    let mut standing = walked(ring(), PHONE, Theme::Light, &clicks);
    look(&mut standing, "narrow-walk");
    click(&mut standing, "Great circle");
    click(&mut standing, "Enlarge part");
    look(&mut standing, "narrow-walk-part");
    look(
        &mut walked(ring(), LYING, Theme::Dark, &clicks),
        "narrow-lying-walk",
    );
}
