//! Techniques: the card at each node, what is refused there, what is on as words, the averaged generator, and
//! the slice of noise.

use egui::Theme;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::configuration::{Loss, NoiseKind};
use gan_core::{Configuration, Network, Preset, Target};
use image::{DynamicImage, RgbImage};
use lab::{Command, Inline, Pace, Recipe, Session as _, Setting, Slice, Step};
use views::App;
use views::layers::{Layer, LayerSet};

use crate::renderer::KittestRenderer;
use crate::{WINDOW, compare, compare_image, trained};

/// The ring's preset with a few techniques at every node.
fn remedied() -> Configuration {
    let mut ring = Preset::Ring.configuration();
    for network in Network::ALL {
        ring = ring.with_written(
            &"@.activation=leaky-relu @.beta_1=0.5 @.optimizer=adam @.learning_rate=0.003"
                .replace('@', network.name()),
        );
    }
    ring.with_written("noise.kind=normal noise.dimensions=4 discriminator.normalization=spectral")
        .with_written("truncation=1.5 generator.average=0.99 penalty.kind=r1 penalty.weight=0.5")
        .with_written("instance_noise.deviation=0.05 instance_noise.epochs=4000 labels.real_weight=1")
        .with_written("replay.samples=50 replay.capacity=3000 rate_decay.kind=cosine")
        .with_written("discriminator.updates_per_epoch=1")
}

fn ring() -> Inline {
    trained(Preset::Ring.configuration(), 12, 300)
}

/// Who clicks, in a window of some size and theme, in edit mode.
struct Lab(Harness<'static, (App, Inline)>);

impl Lab {
    fn new(run: Inline, size: [usize; 2], theme: Theme) -> Self {
        let mut app = App::new();
        app.toggle_edit();
        let mut harness = Harness::builder()
            .with_size(size.map(|side| side as f32))
            .with_step_dt(1.0 / 60.0)
            .renderer(KittestRenderer::default())
            .build_ui_state(|ui, (app, run): &mut (App, Inline)| app.ui(ui, run), (app, run));
        views::install_style(&harness.ctx);
        harness.ctx.set_theme(theme);
        harness.ctx.all_styles_mut(|style| {
            style.animation_time = 0.0;
            style.visuals.text_cursor.blink = false;
        });
        harness.run_steps(3);
        Self(harness)
    }

    fn click(mut self, name: &str) -> Self {
        self.0.get_by_label(name).click();
        self.0.run_steps(5);
        self
    }

    fn picture(mut self) -> RgbImage {
        self.0.remove_cursor();
        self.0.run_steps(3);
        DynamicImage::from(self.0.render().unwrap()).into_rgb8()
    }

    fn compare(self, name: &str) {
        compare_image(name, &self.picture());
    }
}

const SMALL: [usize; 2] = [1024, 700];
const PLACES: [(&str, &str); 7] = [
    ("noise", "Techniques at the noise"),
    ("generator", "Techniques at the generator"),
    ("generator-steps", "Techniques at the generator's steps"),
    ("samples", "Techniques at the samples"),
    ("discriminator", "Techniques at the discriminator"),
    ("discriminator-steps", "Techniques at the discriminator's steps"),
    ("losses", "Techniques at the losses"),
];

#[test]
fn a_card_at_every_node() {
    for (name, button) in PLACES {
        let lab = Lab::new(ring(), WINDOW, Theme::Light).click(button);
        lab.compare(&format!("card-{name}"));
    }
}

#[test]
fn cards_of_what_is_on() {
    for (name, button) in PLACES {
        let run = trained(remedied(), 12, 3000);
        let lab = Lab::new(run, SMALL, Theme::Light).click(button);
        lab.compare(&format!("card-{name}-1024x700"));
    }
    let dark = Lab::new(trained(remedied(), 12, 3000), WINDOW, Theme::Dark);
    dark.click("Techniques at the discriminator").compare("card-dark");
}

#[test]
fn what_does_not_go_together_is_refused_in_the_card() {
    Lab::new(trained(remedied(), 12, 3000), WINDOW, Theme::Light)
        .click("Techniques at the discriminator")
        .click("Discriminator minibatch discrimination")
        .compare("card-refused");
}

#[test]
fn what_is_on_stands_in_words() {
    let mut configuration = remedied();
    configuration.loss = Loss::LeastSquares;
    compare(
        "techniques-words",
        &mut App::new(),
        &mut trained(configuration, 12, 3000),
        WINDOW,
    );
    compare(
        "techniques-words-1024x700",
        &mut App::new(),
        &mut trained(configuration, 12, 3000),
        SMALL,
    );
}

#[test]
fn the_averaged_generator_is_a_layer() {
    let mut app = App::new();
    *app.layers_mut() = LayerSet::of(&[Layer::Real, Layer::Fake, Layer::Average, Layer::Heatmap]);
    compare(
        "layer-average",
        &mut app,
        &mut trained(remedied(), 12, 3000),
        WINDOW,
    );
    compare(
        "layer-average-1024x700",
        &mut app,
        &mut trained(remedied(), 12, 3000),
        SMALL,
    );
}

#[test]
fn slow_motion_says_what_techniques_add() {
    let mut app = App::new();
    app.show_formulas();
    let mut run = trained(remedied(), 12, 3000);
    run.send(Command::SetPace(Pace::SLOW_MOTION));
    for _ in 0..4 {
        run.send(Command::Step(Step::Phase));
    }
    compare("techniques-slow", &mut app, &mut run, WINDOW);
}

#[test]
fn two_runs_may_differ_in_a_technique() {
    let mut app = App::new();
    app.toggle_comparison();
    let mut run = ring();
    let ring = Preset::Ring.configuration();
    let spectral = Setting::written("discriminator.normalization=spectral", &ring).unwrap();
    run.send(Command::Compare(Some(spectral)));
    run.run_epochs(500).unwrap();
    compare("techniques-beside", &mut app, &mut run, WINDOW);
}

#[test]
fn a_slice_of_noise_is_chosen_beside_the_manifold() {
    let mut configuration = remedied();
    configuration.noise.kind = NoiseKind::Spherical;
    let mut run = trained(configuration, 12, 3000);
    run.send(Command::SetSlice(Slice::new(1, 3).unwrap()));
    compare("slice", &mut App::new(), &mut run, WINDOW);
    compare("slice-1024x700", &mut App::new(), &mut run, SMALL);
}

#[test]
fn recipes_stand_beside_the_presets() {
    for (name, size) in [
        ("recipe-1024x700", SMALL),
        ("recipe", WINDOW),
        ("recipe-2560x1440", [2560, 1440]),
    ] {
        let configuration = Recipe::Recommended.configuration(Target::Eight);
        compare(name, &mut App::new(), &mut trained(configuration, 12, 2000), size);
    }
}

#[test]
fn what_two_runs_can_differ_in_fits_into_a_small_window() {
    let mut lab = Lab::new(ring(), SMALL, Theme::Light);
    lab.0.state_mut().0.toggle_comparison();
    lab.0.run_steps(3);
    lab.click("Difference between the runs")
        .compare("techniques-choose-1024x700");
}
