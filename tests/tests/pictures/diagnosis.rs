//! Diagnosis of a run, in words and on the canvas; charts of everything measured; pausing by
//! itself.

use egui::{Theme, Vec2, vec2};
use gan_core::{Configuration, Preset, Target};
use lab::{Command, Inline, Session as _, Setting};

use crate::trained;
use crate::viewer::{Viewer, click, look, viewer};

const USUAL: Vec2 = vec2(1280.0, 800.0);
const SMALL: Vec2 = vec2(1024.0, 700.0);
const PHONE: Vec2 = vec2(390.0, 844.0);
const LYING: Vec2 = vec2(844.0, 390.0);

fn with(mut configuration: Configuration, settings: &[&str]) -> Configuration {
    for setting in settings {
        configuration = Setting::written(setting, &configuration)
            .unwrap()
            .applied_to(configuration);
    }
    configuration
}

/// Eight modes, of which a steep discriminator lets the generator have a few.
fn collapsed() -> Inline {
    let mut configuration = with(
        Preset::Ring.configuration(),
        &[
            "discriminator.neurons=20",
            "generator.neurons=16",
            "generator.hidden_layers=2",
        ],
    );
    configuration.target = Target::Eight;
    trained(configuration, 2, 4_000)
}

/// The name of the button with the sentence.
fn sentence(viewer: &Viewer) -> String {
    let word = viewer.state().1.latest().diagnosis.word();
    format!("Diagnosis: {}", word.title())
}

#[test]
fn what_is_lost_and_the_card() {
    for (name, size, theme) in [
        ("diagnosis", USUAL, Theme::Light),
        ("diagnosis-dark", USUAL, Theme::Dark),
        ("diagnosis-1024x700", SMALL, Theme::Dark),
        ("diagnosis-narrow", PHONE, Theme::Light),
        ("diagnosis-lying", LYING, Theme::Dark),
    ] {
        let mut viewer = viewer(size, theme, collapsed());
        look(&mut viewer, name);
        let sentence = sentence(&viewer);
        click(&mut viewer, &sentence);
        look(&mut viewer, &format!("{name}-card"));
    }
}

#[test]
fn a_remedy_beside_the_run() {
    let mut run = collapsed();
    let slower = Setting::written("discriminator.learning_rate=0.01", &run.latest().configuration).unwrap();
    run.send(Command::Branch(slower));
    run.run_epochs(2_000).unwrap();
    let mut viewer = viewer(USUAL, Theme::Light, run);
    look(&mut viewer, "diagnosis-beside");
    let (_, run) = viewer.into_state();
    let mut viewer = crate::viewer::viewer(PHONE, Theme::Dark, run);
    look(&mut viewer, "diagnosis-narrow-beside");
}

#[test]
fn charts_of_everything_measured() {
    let mut viewer = viewer(
        USUAL,
        Theme::Light,
        trained(Preset::Disjoint.configuration(), 13, 8_000),
    );
    click(&mut viewer, "Second chart");
    look(&mut viewer, "measures-list");
    click(&mut viewer, "D's outputs on real and on fake samples");
    for (offer, name) in [
        ("Coverage: NDB/K, modes, high-quality samples", "coverage"),
        ("Gradients: their norm", "gradients"),
        ("Movement: distance per update", "movement"),
        ("Dead units: their share", "dead-units"),
        ("Mean loss of D, and how far it strays", "mean-loss"),
    ] {
        click(&mut viewer, "First chart");
        click(&mut viewer, offer);
        look(&mut viewer, &format!("measures-{name}"));
    }
}

#[test]
fn pausing_by_itself() {
    for (name, size, theme) in [
        ("stops", SMALL, Theme::Light),
        ("stops-narrow", PHONE, Theme::Dark),
    ] {
        let mut run = trained(Preset::Line.configuration(), 13, 100);
        run.send(Command::StopWhen(Some(
            "js below 0.1 for 3 checks".parse().unwrap(),
        )));
        let mut viewer = viewer(size, theme, run);
        if size == PHONE {
            click(&mut viewer, "Menu");
        }
        click(&mut viewer, "Pause by itself");
        look(&mut viewer, name);
    }
}
