//! Hyper-parameters as controls at their nodes.

use egui::{Event, Key, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::configuration::{HiddenLayers, LearningRate, Loss, Neurons, Optimizer, UpdatesPerEpoch};
use gan_core::{Network, Preset};
use image::{DynamicImage, RgbImage};
use lab::Inline;
use views::App;

use crate::renderer::KittestRenderer;
use crate::{WINDOW, compare, compare_image, compare_in, trained};

fn editing() -> App {
    let mut app = App::new();
    app.toggle_edit();
    app
}

fn ring() -> Inline {
    trained(Preset::Ring.configuration(), 12, 3000)
}

#[test]
fn edit_mode() {
    compare("edit-light", &mut editing(), &mut ring(), WINDOW);
    compare_in(Theme::Dark, "edit-dark", &mut editing(), &mut ring(), WINDOW);
}

#[test]
fn the_longest_values_in_the_smallest_window() {
    let mut configuration = Preset::Gaussians.configuration();
    configuration.loss = Loss::LeastSquares;
    for network in [Network::Generator, Network::Discriminator] {
        let network = configuration.network_mut(network);
        network.hidden_layers = HiddenLayers::MOST;
        network.neurons = Neurons::MOST;
        network.learning_rate = LearningRate::new(0.000_012_345_679).unwrap();
        network.optimizer = Optimizer::Adam;
        network.updates_per_epoch = UpdatesPerEpoch::MOST;
    }
    let mut run = trained(configuration, 13, 3);
    compare("edit-1024x700", &mut editing(), &mut run, [1024, 700]);
}

/// The viewer in edit mode, at rest, to be clicked at.
fn lab(run: Inline) -> Harness<'static, (App, Inline)> {
    let mut harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_step_dt(1.0 / 60.0)
        .renderer(KittestRenderer::default())
        .build_ui_state(
            |ui, (app, run): &mut (App, Inline)| app.ui(ui, run),
            (editing(), run),
        );
    views::install_style(&harness.ctx);
    harness.ctx.all_styles_mut(|style| {
        style.animation_time = 0.0;
        style.visuals.text_cursor.blink = false;
    });
    harness.run_steps(3);
    harness
}

fn click(lab: &mut Harness<'static, (App, Inline)>, name: &str) {
    lab.get_by_label(name).click();
    lab.run_steps(5);
}

fn enter(lab: &mut Harness<'static, (App, Inline)>, text: &str) {
    lab.event(Event::Text(text.to_owned()));
    lab.key_press(Key::Enter);
    lab.run_steps(5);
}

fn picture(lab: &mut Harness<'static, (App, Inline)>) -> RgbImage {
    lab.remove_cursor();
    lab.run_steps(3);
    DynamicImage::from(lab.render().unwrap()).into_rgb8()
}

#[test]
fn what_cannot_be_taken_is_said_beside_it() {
    let mut lab = lab(ring());
    click(&mut lab, "Generator neurons");
    enter(&mut lab, "101");
    click(&mut lab, "Discriminator learning rate");
    enter(&mut lab, "fast");
    compare_image("edit-complaints", &picture(&mut lab));
}

#[test]
fn a_drop_down_and_a_run_that_began_anew() {
    let mut lab = lab(ring());
    click(&mut lab, "Generator neurons up");
    click(&mut lab, "Noise distribution");
    compare_image("edit-anew", &picture(&mut lab));
}
