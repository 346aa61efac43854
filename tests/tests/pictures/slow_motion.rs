//! Slow motion: the bar at its paces, and phases of both networks' updates.

use egui::Theme;
use gan_core::{Network, Preset, Stage};
use lab::{Command, Inline, Pace, Session as _};
use views::App;

use crate::{WINDOW, compare, compare_in, trained};

#[test]
fn the_bar_at_its_paces() {
    let mut run = trained(Preset::Ring.configuration(), 12, 300);
    for (name, pace) in [("slow", Pace::SLOW_MOTION), ("frame", Pace::AS_IN_GAN_LAB)] {
        run.send(Command::SetPace(pace));
        compare(&format!("pace-{name}"), &mut App::new(), &mut run, WINDOW);
    }
}

/// A ring that has begun to form, in slow motion.
fn ring() -> Inline {
    let mut run = trained(Preset::Ring.configuration(), 12, 3000);
    run.send(Command::SetPace(Pace::SLOW_MOTION));
    run
}

/// Runs on to the end of a phase.
fn run_to(run: &mut Inline, network: Network, stage: Stage) {
    let there = |run: &Inline| {
        let snapshot = run.latest();
        let report = snapshot.phase.as_deref().map(|report| report.phase);
        report.is_some_and(|phase| phase.network == network && phase.stage == stage)
    };
    while !there(run) {
        run.run_phases(1).unwrap();
    }
}

#[test]
fn phases_of_both_networks_with_their_formulas() {
    let mut run = ring();
    let mut app = App::new();
    app.show_formulas();
    for (name, network, stage) in [
        ("d-classify", Network::Discriminator, Stage::RunDiscriminator),
        ("d-loss", Network::Discriminator, Stage::ComputeLoss),
        ("d-gradients", Network::Discriminator, Stage::ComputeGradients),
        ("g-loss", Network::Generator, Stage::ComputeLoss),
        ("g-update", Network::Generator, Stage::Update),
    ] {
        run_to(&mut run, network, stage);
        compare(&format!("phase-{name}"), &mut app, &mut run, WINDOW);
    }
}

#[test]
fn without_formulas_in_the_dark_and_in_a_small_window() {
    let mut run = ring();
    run_to(&mut run, Network::Generator, Stage::ComputeGradients);
    compare_in(Theme::Dark, "phase-dark", &mut App::new(), &mut run, WINDOW);
    let mut app = App::new();
    app.show_formulas();
    compare("phase-1024x700", &mut app, &mut run, [1024, 700]);
}
