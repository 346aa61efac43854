//! The hyper-parameters in words, each at the node it belongs to.
//!
//! Places of values are said here once: in edit mode a control takes the same place.

use egui::{Align2, Pos2, Ui, pos2};
use gan_core::{Configuration, Network, Parameter};
use lab::Setting;

use super::layout::{GraphLayout, Node};
use super::lighting::Lighting;
use crate::names;
use crate::parameters::{Named as _, phrase, value_of};
use crate::style::Look;
use crate::text;

/// Hyper-parameters that are written, or set, at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
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
    /// The loss of both networks.
    Loss,
}

impl Value {
    /// All of them, in the order in which data flows; the keyboard goes the same way.
    pub(super) const ALL: [Self; 10] = [
        Self::Noise,
        Self::Architecture(Network::Generator),
        Self::Optimizer(Network::Generator),
        Self::LearningRate(Network::Generator),
        Self::UpdatesPerEpoch(Network::Generator),
        Self::Architecture(Network::Discriminator),
        Self::Optimizer(Network::Discriminator),
        Self::LearningRate(Network::Discriminator),
        Self::UpdatesPerEpoch(Network::Discriminator),
        Self::Loss,
    ];

    /// The point it is anchored to, and which of its own points lies there.
    pub(super) fn place(self, layout: &GraphLayout, look: Look) -> (Pos2, Align2) {
        use Network::{Discriminator, Generator};
        let s = |length| look.of(length);
        // The second line below a box; beside a loop where it enters its box; before the loops' leg.
        let below = |node| {
            let Pos2 { x, y } = layout.node(node).center_bottom();
            (pos2(x, y + s(29.0)), Align2::CENTER_CENTER)
        };
        let beside = |node, y: f32| {
            let x = layout.node(node).center().x + s(9.0);
            (pos2(x, y), Align2::LEFT_CENTER)
        };
        let before_leg = |y: f32| (pos2(layout.leg(), y), Align2::RIGHT_CENTER);
        let top = layout.top();
        let foot = layout.node(Node::Generator).bottom();
        match self {
            Self::Noise => below(Node::Noise),
            Self::Architecture(Generator) => below(Node::Generator),
            Self::Architecture(Discriminator) => below(Node::Discriminator),
            Self::Optimizer(Generator) => beside(Node::Generator, foot + s(54.0)),
            Self::LearningRate(Generator) => beside(Node::Generator, foot + s(72.0)),
            Self::Optimizer(Discriminator) => beside(Node::Discriminator, top + s(15.0)),
            Self::LearningRate(Discriminator) => beside(Node::Discriminator, top + s(33.0)),
            Self::UpdatesPerEpoch(Generator) => before_leg(layout.node(Node::Gradients).center().y + s(13.0)),
            Self::UpdatesPerEpoch(Discriminator) => before_leg(top - s(11.0)),
            Self::Loss => {
                let above = layout.node(Node::DiscriminatorLoss).left_bottom();
                let below = layout.node(Node::GeneratorLoss).left_top();
                (above + 0.5 * (below - above), Align2::LEFT_CENTER)
            }
        }
    }

    /// The hyper-parameters that are written there, or set.
    pub(super) const fn parameters(self) -> &'static [Parameter] {
        use Network::{Discriminator, Generator};
        macro_rules! of_each {
            ($network:expr, $($parameter:ident),+) => {
                match $network {
                    Generator => &[$(Parameter::$parameter(Generator)),+],
                    Discriminator => &[$(Parameter::$parameter(Discriminator)),+],
                }
            };
        }
        match self {
            Self::Noise => &[Parameter::NoiseKind],
            Self::Architecture(network) => of_each!(network, HiddenLayers, Neurons),
            Self::Optimizer(network) => of_each!(network, Optimizer),
            Self::LearningRate(network) => of_each!(network, LearningRate),
            Self::UpdatesPerEpoch(network) => of_each!(network, UpdatesPerEpoch),
            Self::Loss => &[Parameter::Loss],
        }
    }

    fn words(self, configuration: &Configuration) -> String {
        let settings = self
            .parameters()
            .iter()
            .map(|parameter| Setting::in_configuration(*parameter, configuration));
        let values = |words: fn(Setting) -> String| settings.map(words).collect::<Vec<_>>().join(", ");
        match self {
            Self::Noise => values(value_of),
            Self::Architecture(_) | Self::UpdatesPerEpoch(_) => values(phrase),
            Self::Optimizer(_) => format!("Optimizer: {}", values(value_of)),
            Self::LearningRate(_) => format!("Learning rate: {}", values(value_of)),
            Self::Loss => names::loss(configuration.loss).to_owned(),
        }
    }

    /// The owner of a value, for whoever cannot see where it lies.
    fn owner(self) -> String {
        match self {
            Self::Noise => "noise".to_owned(),
            Self::Loss => "loss".to_owned(),
            Self::Architecture(network)
            | Self::Optimizer(network)
            | Self::LearningRate(network)
            | Self::UpdatesPerEpoch(network) => network.to_string(),
        }
    }

    fn explanation(self) -> String {
        let sentences = self.parameters().iter().map(|parameter| parameter.explanation());
        sentences.collect::<Vec<_>>().join("\n")
    }
}

/// Shows all of them.
pub(super) fn show(
    ui: &mut Ui,
    layout: &GraphLayout,
    configuration: &Configuration,
    lighting: Lighting,
    look: Look,
) {
    for value in Value::ALL {
        let (place, anchor) = value.place(layout, look);
        ui.set_opacity(lighting.words_at(layout, place, look.scale));
        let words = value.words(configuration);
        let rect = ui
            .painter()
            .text(place, anchor, &words, look.body(), look.colours.text);
        text::announce(ui, rect, &format!("{}: {words}", value.owner())).on_hover_text(value.explanation());
    }
    ui.set_opacity(1.0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;

    #[test]
    fn hyper_parameters_in_words() {
        let ring = Preset::Ring.configuration();
        let say = |value: Value| value.words(&ring);
        assert_eq!(say(Value::Noise), "2-D uniform");
        assert_eq!(
            say(Value::Architecture(Network::Generator)),
            "1 hidden layer, 10 neurons"
        );
        assert_eq!(
            say(Value::Architecture(Network::Discriminator)),
            "2 hidden layers, 9 neurons"
        );
        assert_eq!(
            say(Value::LearningRate(Network::Discriminator)),
            "Learning rate: 0.1"
        );
        assert_eq!(
            say(Value::UpdatesPerEpoch(Network::Discriminator)),
            "3 updates per epoch"
        );
        assert_eq!(
            say(Value::UpdatesPerEpoch(Network::Generator)),
            "1 update per epoch"
        );
        assert_eq!(say(Value::Loss), "Log loss");
    }
}
