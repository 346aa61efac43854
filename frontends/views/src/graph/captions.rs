//! Words beside the nodes: names, and each hyper-parameter where it belongs.

use egui::{Align2, Color32, FontId, Pos2, Ui, pos2};
use gan_core::configuration::{NoiseKind, Optimizer};
use gan_core::{Configuration, Network};

use super::layout::{GraphLayout, Node};
use super::lighting::Lighting;
use crate::style::Look;
use crate::text;

/// Words beside a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caption {
    /// What a node or a column is.
    Name(&'static str),
    /// Which of two rows: real or fake.
    Row(&'static str),
    /// Dimensions and distribution of the noise.
    Noise,
    /// Layers and neurons of a network.
    Architecture(Network),
    /// Its optimiser.
    Optimizer(Network),
    /// Its learning rate.
    LearningRate(Network),
    /// Its updates in an epoch.
    UpdatesPerEpoch(Network),
}

/// A caption and where it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Placed {
    /// What it says.
    caption: Caption,
    /// The point it is anchored to.
    place: Pos2,
    /// Which of its own points lies there.
    anchor: Align2,
}

/// Shows all of them.
pub(super) fn show(
    ui: &mut Ui,
    layout: &GraphLayout,
    configuration: &Configuration,
    lighting: Lighting,
    look: Look,
) {
    for placed in placed(layout, look) {
        ui.set_opacity(lighting.words_at(layout, placed.place, look.scale));
        caption(ui, placed, configuration, look);
    }
    ui.set_opacity(1.0);
}

fn placed(layout: &GraphLayout, look: Look) -> Vec<Placed> {
    use Network::{Discriminator, Generator};
    let s = |length| look.of(length);
    let put = |caption, x: f32, y: f32, anchor| Placed {
        caption,
        place: pos2(x, y),
        anchor,
    };
    // Below a box, in two lines; above it, at the left; beside a loop that enters it.
    let below = |words, node| {
        let Pos2 { x, y } = layout.node(node).center_bottom();
        put(Caption::Name(words), x, y + s(11.0), Align2::CENTER_CENTER)
    };
    let second = |caption, node| {
        let Pos2 { x, y } = layout.node(node).center_bottom();
        put(caption, x, y + s(29.0), Align2::CENTER_CENTER)
    };
    let above = |words, node| {
        let Pos2 { x, y } = layout.node(node).left_top();
        put(Caption::Row(words), x, y - s(10.0), Align2::LEFT_CENTER)
    };
    let beside = |caption, node, y: f32| {
        let x = layout.node(node).center().x + s(9.0);
        put(caption, x, y, Align2::LEFT_CENTER)
    };
    let before_leg = |caption, y: f32| put(caption, layout.leg(), y, Align2::RIGHT_CENTER);
    let top = layout.top();
    let foot = layout.node(Node::Generator).bottom();
    let bottom = layout.node(Node::Gradients).center().y;
    vec![
        below("Noise", Node::Noise),
        below("Generator", Node::Generator),
        below("Samples", Node::FakeSamples),
        below("Discriminator", Node::Discriminator),
        below("Predictions", Node::FakePredictions),
        below("Gradients", Node::Gradients),
        second(Caption::Noise, Node::Noise),
        second(Caption::Architecture(Generator), Node::Generator),
        second(Caption::Architecture(Discriminator), Node::Discriminator),
        above("Real", Node::RealSamples),
        above("Fake", Node::FakeSamples),
        above("Real", Node::RealPredictions),
        above("Fake", Node::FakePredictions),
        beside(Caption::Name("Gradients"), Node::Discriminator, top - s(11.0)),
        before_leg(Caption::UpdatesPerEpoch(Discriminator), top - s(11.0)),
        beside(
            Caption::Optimizer(Discriminator),
            Node::Discriminator,
            top + s(15.0),
        ),
        beside(
            Caption::LearningRate(Discriminator),
            Node::Discriminator,
            top + s(33.0),
        ),
        beside(Caption::Optimizer(Generator), Node::Generator, foot + s(54.0)),
        beside(Caption::LearningRate(Generator), Node::Generator, foot + s(72.0)),
        before_leg(Caption::UpdatesPerEpoch(Generator), bottom + s(13.0)),
    ]
}

fn caption(ui: &mut Ui, placed: Placed, configuration: &Configuration, look: Look) {
    let Placed {
        caption,
        place,
        anchor,
    } = placed;
    let (font, colour) = font_and_colour(caption, look);
    let words = words(caption, configuration);
    let rect = ui.painter().text(place, anchor, &words, font, colour);
    // Names are said by the nodes themselves.
    if let Some(network) = network(caption) {
        text::announce(ui, rect, &format!("{network}: {words}"));
    }
}

fn font_and_colour(caption: Caption, look: Look) -> (FontId, Color32) {
    match caption {
        Caption::Name(_) => (look.name(), look.colours.ink),
        Caption::Row(_) => (look.body(), look.colours.faint),
        _ => (look.body(), look.colours.text),
    }
}

const fn network(caption: Caption) -> Option<Network> {
    match caption {
        Caption::Architecture(network)
        | Caption::Optimizer(network)
        | Caption::LearningRate(network)
        | Caption::UpdatesPerEpoch(network) => Some(network),
        Caption::Name(_) | Caption::Row(_) | Caption::Noise => None,
    }
}

fn words(caption: Caption, configuration: &Configuration) -> String {
    match caption {
        Caption::Name(name) | Caption::Row(name) => name.to_owned(),
        Caption::Noise => {
            let kind = match configuration.noise.kind {
                NoiseKind::Uniform => "uniform",
                NoiseKind::Normal => "normal",
            };
            format!("{}-D {kind}", configuration.noise.dimensions.get())
        }
        Caption::Architecture(network) => {
            let network = configuration.network(network);
            let (layers, neurons) = (network.hidden_layers.get(), network.neurons.get());
            format!(
                "{}, {}",
                counted(layers, "hidden layer"),
                counted(neurons, "neuron")
            )
        }
        Caption::Optimizer(network) => {
            let optimizer = match configuration.network(network).optimizer {
                Optimizer::Sgd => "SGD",
                Optimizer::Adam => "Adam",
            };
            format!("Optimizer: {optimizer}")
        }
        Caption::LearningRate(network) => {
            format!(
                "Learning rate: {}",
                configuration.network(network).learning_rate.get()
            )
        }
        Caption::UpdatesPerEpoch(network) => {
            let updates = configuration.network(network).updates_per_epoch.get();
            format!("{} per epoch", counted(updates, "update"))
        }
    }
}

/// '1 neuron', '2 neurons'.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;

    #[test]
    fn hyper_parameters_in_words() {
        let ring = Preset::Ring.configuration();
        let say = |caption| words(caption, &ring);
        assert_eq!(say(Caption::Noise), "2-D uniform");
        assert_eq!(
            say(Caption::Architecture(Network::Generator)),
            "1 hidden layer, 10 neurons"
        );
        assert_eq!(
            say(Caption::Architecture(Network::Discriminator)),
            "2 hidden layers, 9 neurons"
        );
        assert_eq!(
            say(Caption::LearningRate(Network::Discriminator)),
            "Learning rate: 0.1"
        );
        assert_eq!(
            say(Caption::UpdatesPerEpoch(Network::Discriminator)),
            "3 updates per epoch"
        );
        assert_eq!(
            say(Caption::UpdatesPerEpoch(Network::Generator)),
            "1 update per epoch"
        );
    }
}
