//! Every control is found by its name and does what it says.

use crate::support::{Recorder, Viewer, sent_by, viewer};
use egui_kittest::kittest::Queryable as _;
use gan_core::{Diverged, Network, Preset, Target};
use lab::{Command, Experiment, Status};
use views::Layer;

fn ring(status: Status) -> Viewer {
    viewer(
        [1280.0, 800.0],
        Recorder::new(Experiment::preset(Preset::Ring, 7), status),
    )
}

#[test]
fn a_target_keeps_the_hyper_parameters_and_a_preset_brings_its_own() {
    let mut configuration = Preset::Ring.configuration();
    configuration.target = Target::Line;
    let line = Experiment::preset(Preset::Ring, 7)
        .with_configuration(configuration)
        .unwrap();
    assert_eq!(
        sent_by(ring(Status::Paused), "Target line"),
        [Command::Restart(line)]
    );
    let gaussians = Command::Restart(Experiment::preset(Preset::Gaussians, 7));
    assert_eq!(sent_by(ring(Status::Paused), "Preset gaussians"), [gaussians]);
}

#[test]
fn a_diverged_run_says_so_and_can_only_begin_anew() {
    let diverged = Status::Diverged(Diverged {
        epoch: 512,
        network: Network::Generator,
    });
    let viewer = ring(diverged);
    viewer.get_by_label("The generator diverged in epoch 512. Try a new seed or a lower learning rate.");
    for name in ["Play", "Step discriminator", "Step generator", "Step both"] {
        assert_eq!(sent_by(ring(diverged), name), [], "{name}");
    }
    assert_eq!(sent_by(ring(diverged), "Reset").len(), 1);
}

#[test]
fn each_layer_has_a_switch_in_the_legend_and_most_one_at_a_node() {
    let layers_of = |viewer: &Viewer| viewer.state().0.layers();
    // The average has a switch only where a run keeps one.
    for layer in Layer::ALL.into_iter().filter(|layer| *layer != Layer::Average) {
        let at_node = format!("{} node", layer.name());
        let names = match layer {
            Layer::Contour => vec![layer.name()],
            _ => vec![layer.name(), &at_node],
        };
        for name in names {
            let mut viewer = ring(Status::Paused);
            let mut expected = layers_of(&viewer);
            expected.toggle(layer);
            viewer.get_by_label(name).click();
            viewer.run_steps(2);
            assert_eq!(layers_of(&viewer), expected, "{name}");
            assert_eq!(viewer.state().1.sent, [], "a switch is no command");
        }
    }
}

#[test]
fn what_the_run_is_doing_is_said_in_words() {
    let viewer = ring(Status::Paused);
    viewer.get_by_label("Epoch 000,000");
    viewer.get_by_label("Seed 7");
    viewer.get_by_label("Ready. Press play to train.");
    viewer.get_by_label("generator: 1 hidden layer, 10 neurons");
    viewer.get_by_label("discriminator: Learning rate: 0.1");
    viewer.get_by_label("Discriminator loss: –");
}
