//! Slow motion: two lists of five, formulas on demand, and the way back to the charts.

use egui::FontId;
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use gan_core::configuration::{Loss, Optimizer};
use lab::{Command, Experiment, Inline, Pace, Session as _, Step};

use crate::arrangement::assert_apart;
use crate::support::{Recorder, Viewer, sent_by, viewer};

const SIZE: [f32; 2] = [1280.0, 800.0];

/// A ring in slow motion after so many phases.
fn after(phases: u64) -> (Viewer, Inline) {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.send(Command::SetPace(Pace::SLOW_MOTION));
    run.run_phases(phases).unwrap();
    (viewer(SIZE, Recorder::of(run.latest())), run)
}

fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(2);
}

const DISCRIMINATOR: [&str; 5] = [
    "discriminator 1: Generator derives samples from noise",
    "discriminator 2: Discriminator classifies samples",
    "discriminator 3: Computes discriminator loss",
    "discriminator 4: Computes discriminator gradients",
    "discriminator 5: Updates discriminator based on gradients",
];
const GENERATOR: [&str; 5] = [
    "generator 1: Generator derives samples from noise",
    "generator 2: Discriminator classifies fake samples only",
    "generator 3: Computes generator loss",
    "generator 4: Computes generator gradients",
    "generator 5: Updates generator based on gradients",
];

/// Runs the next phase and looks at it.
fn next(viewer: &mut Viewer, run: &mut Inline) {
    run.send(Command::Step(Step::Phase));
    viewer.state_mut().1 = Recorder::of(run.latest());
    viewer.run_steps(2);
}

#[test]
fn the_current_phase_of_both_lists_is_said() {
    let (mut viewer, mut run) = after(0);
    for phases in 1..=20 {
        next(&mut viewer, &mut run);
        let (network, update) = match phases {
            1..=15 => (0, (phases - 1) / 5),
            _ => (1, 0),
        };
        for (list, names) in [DISCRIMINATOR, GENERATOR].into_iter().enumerate() {
            for (index, name) in names.into_iter().enumerate() {
                let now = list == network && index as u64 == (phases - 1) % 5;
                let said = if now {
                    format!("{name}, now")
                } else {
                    name.to_owned()
                };
                viewer.get_by_label(&said);
            }
        }
        let [discriminator, generator] = match network {
            0 => [
                format!("Discriminator, update {} of 3", update + 1),
                "Generator, 1 update per epoch".to_owned(),
            ],
            _ => [
                "Discriminator, 3 updates per epoch".to_owned(),
                "Generator, update 1 of 1".to_owned(),
            ],
        };
        viewer.get_by_label(&discriminator);
        viewer.get_by_label(&generator);
        viewer.get_by_label(&format!("Epoch 1, phase {phases} of 20"));
    }
}

#[test]
fn the_next_phase_by_hand() {
    assert_eq!(sent_by(after(0).0, "Next phase"), [Command::Step(Step::Phase)]);
    assert_eq!(sent_by(after(7).0, "Next phase"), [Command::Step(Step::Phase)]);
    after(0)
        .0
        .get_by_label("Press play, or take the next phase by hand.");
}

#[test]
fn charts_and_back_to_the_steps() {
    let (mut viewer, _) = after(3);
    assert!(viewer.query_by_label_contains("LOSSES").is_none());
    click(&mut viewer, "Charts");
    assert!(viewer.query_by_label(GENERATOR[0]).is_none());
    assert!(viewer.query_by_label("Show formulas").is_none());
    viewer.get_by_label("Next phase");
    click(&mut viewer, "Steps");
    viewer.get_by_label(GENERATOR[0]);
}

#[test]
fn at_a_pace_of_epochs_there_are_charts_alone() {
    let run = Inline::new(Experiment::preset(Preset::Ring, 7));
    let viewer = viewer(SIZE, Recorder::of(run.latest()));
    for name in ["Steps", "Charts", "Next phase", "Show formulas", GENERATOR[0]] {
        assert!(viewer.query_by_label(name).is_none(), "{name}");
    }
}

#[test]
fn formulas_come_and_go_with_their_switch() {
    let (mut viewer, run) = after(3);
    assert!(viewer.query_by_label_contains("mean ln D(x)").is_none());
    click(&mut viewer, "Show formulas");
    let loss = run.latest().discriminator_loss.unwrap();
    viewer.get_by_label_contains("D loss = −½ (0.95 · mean ln D(x) + mean ln(1 − D(G(z))))");
    viewer.get_by_label_contains(&format!("= {loss:.3}, means over 150 samples"));
    click(&mut viewer, "Show formulas");
    assert!(viewer.query_by_label_contains("mean ln D(x)").is_none());

    let (mut viewer, _) = after(0);
    click(&mut viewer, "Show formulas");
    viewer.get_by_label("The formula of a phase stands here once one was run.");
}

/// The formulas have signs that few fonts have; and the longest must leave the window as it is.
#[test]
fn every_formula_can_be_read_and_stays_in_the_window() {
    for (loss, optimizer) in [(Loss::Log, Optimizer::Sgd), (Loss::LeastSquares, Optimizer::Adam)] {
        let mut configuration = Preset::Ring.configuration();
        configuration.loss = loss;
        configuration.generator.optimizer = optimizer;
        configuration.discriminator.optimizer = optimizer;
        let experiment = Experiment::preset(Preset::Ring, 7)
            .with_configuration(configuration)
            .unwrap();
        let mut run = Inline::new(experiment);
        run.send(Command::SetPace(Pace::SLOW_MOTION));
        let mut windows = [[940.0, 590.0], [1024.0, 700.0], [1280.0, 720.0], [2560.0, 1440.0]].map(|size| {
            let mut viewer = viewer(size, Recorder::of(run.latest()));
            click(&mut viewer, "Charts");
            assert_apart(&viewer, size);
            click(&mut viewer, "Steps");
            click(&mut viewer, "Show formulas");
            viewer
        });
        for _ in 0..20 {
            run.run_phases(1).unwrap();
            for viewer in &mut windows {
                viewer.state_mut().1 = Recorder::of(run.latest());
                viewer.run_steps(2);
                formula_is_in_its_place(viewer);
                assert_apart(viewer, viewer.ctx.content_rect().size().into());
            }
        }
    }
}

fn formula_is_in_its_place(viewer: &Viewer) {
    let last_row = viewer.get_by_label_contains(GENERATOR[4]).rect();
    let window = viewer.ctx.content_rect();
    let font = FontId::proportional(12.0);
    let (mut found, words_of) = (0, |words: &str| {
        [" = ", "eight", "Small", "probability", "noise, drawn"]
            .iter()
            .any(|part| words.contains(part))
    });
    for node in viewer.get_all_by(|node| node.value().is_some_and(|words| words_of(&words))) {
        let words = node.value().unwrap();
        let rect = node.rect();
        if rect.top() < last_row.bottom() || rect.left() > last_row.right() {
            continue;
        }
        found += 1;
        assert!(window.contains_rect(rect), "{window}: {words} at {rect}");
        assert!(
            viewer.ctx.fonts_mut(|fonts| fonts.has_glyphs(&font, &words)),
            "{words}"
        );
    }
    assert_eq!(found, 2, "a formula and a note, below the lists");
}
