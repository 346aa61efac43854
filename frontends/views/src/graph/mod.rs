//! The model overview graph: what flows where, with live pictures at the nodes.

pub mod layout;
mod losses;
mod nodes;
mod paths;

use egui::{Color32, FontId, Rect, Ui};
use gan_core::configuration::{NoiseKind, Optimizer};
use gan_core::{Configuration, Network};

use layout::{Caption, PlacedCaption};
pub use layout::{GraphLayout, Node};

use crate::layers::{LayerSet, Scene};
use crate::palette;
use crate::style::Scale;
use crate::text;

/// Shows the graph in this panel; its switches change the layers of the large canvas.
pub(crate) fn show(ui: &mut Ui, panel: Rect, scene: Scene<'_>, layers: &mut LayerSet, scale: Scale) {
    let layout = GraphLayout::new(panel, scale);
    let snapshot = scene.snapshot;
    text::heading(ui.painter(), layout.heading, "Model overview graph", scale);
    for edge in &layout.edges {
        paths::paint(ui.painter(), edge, snapshot.epoch, scale);
    }
    for placed in &layout.captions {
        caption(ui, placed, &snapshot.configuration, scale);
    }
    nodes::show(ui, &layout, scene, layers, scale);
    losses::show(ui, &layout, snapshot, scale);
}

fn caption(ui: &mut Ui, placed: &PlacedCaption, configuration: &Configuration, scale: Scale) {
    let PlacedCaption {
        caption,
        place,
        anchor,
    } = *placed;
    let (font, colour) = look(caption, scale);
    let words = words(caption, configuration);
    let rect = ui.painter().text(place, anchor, &words, font, colour);
    // Names are said by the nodes themselves.
    if let Some(network) = network(caption) {
        text::announce(ui, rect, &format!("{network}: {words}"));
    }
}

fn look(caption: Caption, scale: Scale) -> (FontId, Color32) {
    match caption {
        Caption::Name(_) => (scale.name(), palette::INK),
        Caption::Row(_) => (scale.body(), palette::FAINT),
        _ => (scale.body(), palette::TEXT),
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
