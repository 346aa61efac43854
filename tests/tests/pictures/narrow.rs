//! Windows in which not everything is shown at once: a phone, standing and lying, and a tablet.

use egui::{Theme, Vec2, vec2};
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use lab::{Command, Experiment, Inline, Pace, Session as _};

use crate::viewer::{click, look, viewer};

const PHONE: Vec2 = vec2(390.0, 844.0);
const SMALL: Vec2 = vec2(360.0, 640.0);
const LYING: Vec2 = vec2(844.0, 390.0);
const TABLET: Vec2 = vec2(768.0, 1024.0);

fn ring(epochs: u64) -> Inline {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.run_epochs(epochs).unwrap();
    run
}

/// Shown after these have been clicked.
fn after(clicks: &[&str], size: Vec2, theme: Theme, run: Inline, name: &str) {
    let mut viewer = viewer(size, theme, run);
    clicks.iter().for_each(|label| click(&mut viewer, label));
    look(&mut viewer, name);
}

#[test]
fn each_part_on_a_phone() {
    for (part, name) in [
        ("Layers", "narrow-layers"),
        ("Data", "narrow-data"),
        ("Model", "narrow-model"),
        ("Charts", "narrow-charts"),
    ] {
        let favoured = if part == "Layers" { &[][..] } else { &[part] };
        after(favoured, PHONE, Theme::Light, ring(800), name);
    }
}

#[test]
fn on_a_small_phone() {
    after(&[], SMALL, Theme::Dark, ring(200), "narrow-small");
    after(&["Model"], SMALL, Theme::Dark, ring(200), "narrow-small-model");
}

#[test]
fn on_a_phone_that_lies() {
    after(&[], LYING, Theme::Light, ring(200), "narrow-lying");
    after(&["Data"], LYING, Theme::Light, ring(200), "narrow-lying-data");
    after(&["Charts"], LYING, Theme::Dark, ring(200), "narrow-lying-charts");
    after(&["Model"], LYING, Theme::Light, ring(200), "narrow-lying-model");
}

#[test]
fn on_a_tablet() {
    after(&["Data"], TABLET, Theme::Light, ring(800), "narrow-tablet");
    after(&["Model"], TABLET, Theme::Dark, ring(800), "narrow-tablet-model");
}

#[test]
fn hyper_parameters_as_a_form() {
    let edit = ["Model", "Edit hyper-parameters"];
    after(&edit, PHONE, Theme::Light, ring(800), "narrow-form");
    let techniques = [edit[0], edit[1], "Techniques at the generator"];
    after(&techniques, PHONE, Theme::Dark, ring(800), "narrow-techniques");
    let rates = [edit[0], edit[1], "Generator learning rate"];
    after(&rates, PHONE, Theme::Light, ring(800), "narrow-rates");
}

#[test]
fn slow_motion() {
    let mut run = ring(20);
    run.send(Command::SetPace(Pace::SLOW_MOTION));
    run.run_phases(4).unwrap();
    let mut viewer = viewer(PHONE, Theme::Light, run);
    click(&mut viewer, "Show formulas");
    look(&mut viewer, "narrow-slow");
    click(&mut viewer, "Model");
    look(&mut viewer, "narrow-slow-model");
}

#[test]
fn two_runs() {
    let mut viewer = viewer(PHONE, Theme::Light, ring(0));
    click(&mut viewer, "Menu");
    click(&mut viewer, "Compare two runs");
    look(&mut viewer, "narrow-compare");
    click(&mut viewer, "Compare");
    viewer.state_mut().1.run_epochs(300).unwrap();
    look(&mut viewer, "narrow-beside");
    click(&mut viewer, "Charts");
    look(&mut viewer, "narrow-beside-charts");
    let mut lying = self::viewer(LYING, Theme::Dark, ring(0));
    click(&mut lying, "Menu");
    click(&mut lying, "Compare two runs");
    click(&mut lying, "Compare");
    lying.state_mut().1.run_epochs(300).unwrap();
    look(&mut lying, "narrow-lying-beside");
}

#[test]
fn a_lesson() {
    let mut viewer = viewer(PHONE, Theme::Light, ring(0));
    click(&mut viewer, "Menu");
    look(&mut viewer, "narrow-menu");
    click(&mut viewer, "Lessons");
    look(&mut viewer, "narrow-lessons");
    click(&mut viewer, "Lesson 2: What D and G each do");
    look(&mut viewer, "narrow-lesson");
}

#[test]
fn drawing() {
    let mut viewer = viewer(PHONE, Theme::Light, ring(0));
    click(&mut viewer, "Data");
    click(&mut viewer, "Enlarge part");
    click(&mut viewer, "Draw");
    let paper = viewer.get_by_label("Paper").rect();
    viewer.drag_at(paper.lerp_inside(vec2(0.2, 0.3)));
    for step in 1..=8 {
        let x = 0.2 + 0.07 * step as f32;
        viewer.hover_at(paper.lerp_inside(vec2(x, 0.3 + 0.4 * (x - 0.2))));
        viewer.step();
    }
    viewer.drop_at(paper.lerp_inside(vec2(0.8, 0.6)));
    viewer.run_steps(3);
    look(&mut viewer, "narrow-drawing");
}

#[test]
fn pages_over_everything() {
    after(&["Menu", "Keys"], SMALL, Theme::Light, ring(0), "narrow-keys");
    after(&["Menu"], LYING, Theme::Dark, ring(0), "narrow-lying-menu");
}
