//! Two runs side by side.

use egui::{Theme, vec2};
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use image::DynamicImage;
use lab::{Command, Inline, Pace, Session as _, Setting};
use views::App;

use crate::metrics::viewer;
use crate::{WINDOW, compare, compare_image, compare_in, trained};

/// Two runs of a preset after so many epochs.
fn compared(preset: Preset, difference: &str, epochs: u64) -> Inline {
    let configuration = preset.configuration();
    let mut runs = trained(configuration, 1, 0);
    let contrast = Setting::written(difference, &configuration).unwrap();
    runs.send(Command::Compare(Some(contrast)));
    // A divergence is a picture too.
    let _ = runs.run_epochs(epochs);
    runs
}

#[test]
fn one_update_of_the_discriminator_and_three() {
    let mut runs = compared(Preset::Gaussians, "discriminator.updates_per_epoch=3", 600);
    compare("beside", &mut App::new(), &mut runs, WINDOW);
    compare("beside-1024x700", &mut App::new(), &mut runs, [1024, 700]);
    compare("beside-2560x1440", &mut App::new(), &mut runs, [2560, 1440]);
    compare_in(Theme::Dark, "beside-dark", &mut App::new(), &mut runs, WINDOW);
}

#[test]
fn a_difference_is_chosen_before_and_while_two_runs_go() {
    let mut app = App::new();
    app.toggle_comparison();
    let mut run = trained(Preset::Gaussians.configuration(), 1, 200);
    compare("beside-choose", &mut app, &mut run, WINDOW);
    let mut runs = compared(Preset::Ring, "generator.learning_rate=0.003", 0);
    compare("beside-choose-another", &mut app, &mut runs, WINDOW);
}

#[test]
fn in_slow_motion_one_waits_for_the_other() {
    let mut runs = compared(Preset::Line, "discriminator.updates_per_epoch=3", 20);
    runs.send(Command::SetPace(Pace::SLOW_MOTION));
    runs.run_phases(16).unwrap();
    compare("beside-slow-motion", &mut App::new(), &mut runs, WINDOW);
}

#[test]
fn the_pointer_reads_both_runs() {
    let runs = compared(Preset::Gaussians, "discriminator.updates_per_epoch=3", 600);
    let mut viewer = viewer(runs, [1280.0, 800.0]);
    viewer.state_mut().0.toggle_edit();
    let plot = viewer.get_by_label_contains("Divergences chart").rect();
    viewer.hover_at(plot.left_center() + vec2(0.6 * plot.width(), 0.0));
    viewer.run_steps(30);
    compare_image(
        "beside-reading",
        &DynamicImage::from(viewer.render().unwrap()).into_rgb8(),
    );
}
