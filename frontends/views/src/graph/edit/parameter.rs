//! What can be changed at the nodes, and what to know before doing so.

use egui::{Id, Ui};
use gan_core::Network;
use gan_core::configuration::{Change, HiddenLayers, NetworkConfiguration, Neurons, UpdatesPerEpoch};
use lab::Setting;

use crate::menu::Menu;
use crate::names;
use crate::techniques::{Figure, Kind};

/// A hyper-parameter: one that has a control, or that two runs can differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Parameter {
    /// Distribution and dimensions of the noise.
    Noise,
    /// A whole number of a network.
    Count(Quantity, Network),
    /// A network's optimiser.
    Optimizer(Network),
    /// A network's learning rate.
    LearningRate(Network),
    /// The loss of both networks.
    Loss,
    /// Samples of a batch.
    Batch,
    /// A technique.
    Technique(Kind),
    /// A number of a technique, or of what stands with techniques.
    Figure(Figure),
}

/// Of what a network has a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Quantity {
    /// Hidden layers, in GAN Lab's counting.
    HiddenLayers,
    /// Neurons of each of them.
    Neurons,
    /// Updates in an epoch.
    UpdatesPerEpoch,
}

/// What becomes of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// It goes on, with the new value.
    AtOnce,
    /// It begins anew: other networks, or other noise.
    Anew,
}

impl Effect {
    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::AtOnce => "Takes effect at once.",
            Self::Anew => "Begins the run anew.",
        }
    }
}

impl Parameter {
    /// The one that this is a value of.
    pub(crate) const fn of(setting: Setting) -> Self {
        match setting {
            Setting::Running(Change::LearningRate(network, _)) => Self::LearningRate(network),
            Setting::Running(Change::Optimizer(network, _)) => Self::Optimizer(network),
            Setting::Running(Change::UpdatesPerEpoch(network, _)) => {
                Self::Count(Quantity::UpdatesPerEpoch, network)
            }
            Setting::Running(Change::Loss(_)) => Self::Loss,
            Setting::HiddenLayers(network, _) => Self::Count(Quantity::HiddenLayers, network),
            Setting::Neurons(network, _) => Self::Count(Quantity::Neurons, network),
            Setting::Noise(_) => Self::Noise,
            Setting::Batch(_) => Self::Batch,
            Setting::Technique(technique) => Self::Technique(Kind::of(technique)),
        }
    }

    /// Its drop-down: words before the value, the value, and the widest one.
    pub(super) fn menu<'a>(self, ui: &Ui, prefix: &'a str, value: &'a str, widest: &'a str) -> Menu<'a> {
        self.menu_of(self.id(ui, "menu"), prefix, value, widest)
    }

    /// As [`Self::menu`], the id given.
    pub(super) fn menu_of<'a>(self, id: Id, prefix: &'a str, value: &'a str, widest: &'a str) -> Menu<'a> {
        Menu {
            id,
            name: self.name(),
            hint: self.hint(),
            prefix,
            value,
            widest,
        }
    }

    /// Of a part of its control.
    pub(super) fn id(self, ui: &Ui, part: &str) -> Id {
        ui.scope_id().with(("hyper-parameter", self, part))
    }

    /// The accessible name: 'Generator hidden layers'.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Noise => "Noise distribution".to_owned(),
            Self::Count(Quantity::HiddenLayers, network) => {
                format!("{} hidden layers", names::network(network))
            }
            Self::Count(Quantity::Neurons, network) => format!("{} neurons", names::network(network)),
            Self::Count(Quantity::UpdatesPerEpoch, network) => {
                format!("{} updates per epoch", names::network(network))
            }
            Self::Optimizer(network) => format!("{} optimizer", names::network(network)),
            Self::LearningRate(network) => format!("{} learning rate", names::network(network)),
            Self::Loss => "Loss".to_owned(),
            Self::Batch => "Batch size".to_owned(),
            Self::Technique(kind) => kind.name(),
            Self::Figure(figure) => figure.name(),
        }
    }

    /// What it does when it is higher or lower, this or that: one sentence.
    pub(crate) const fn explanation(self) -> &'static str {
        use Network::{Discriminator, Generator};
        match self {
            Self::Noise => {
                "What the generator starts from: 1-D noise can fill only a curve, 2-D an area, more leaves it room \
                 to choose; uniform noise is even, normal dense in the middle, spherical a shell."
            }
            Self::Count(Quantity::HiddenLayers, Generator) => {
                "More hidden layers can fold the noise into more intricate shapes, but are slower and harder \
                 to train."
            }
            Self::Count(Quantity::HiddenLayers, Discriminator) => {
                "More hidden layers can tell more intricate shapes apart, but are slower and harder to train."
            }
            Self::Count(Quantity::Neurons, Generator) => {
                "More neurons in each layer bend the noise more finely, but are slower; with too few the \
                 samples stay coarse."
            }
            Self::Count(Quantity::Neurons, Discriminator) => {
                "More neurons in each layer draw a finer border between real and fake, but are slower; with \
                 too few the border stays coarse."
            }
            Self::Count(Quantity::UpdatesPerEpoch, Generator) => {
                "With more updates the generator learns faster than the discriminator can judge it; with 0 it \
                 stands still."
            }
            Self::Count(Quantity::UpdatesPerEpoch, Discriminator) => {
                "With more updates the discriminator keeps ahead of the generator and guides it better; with 0 \
                 it stands still."
            }
            Self::Optimizer(_) => {
                "SGD steps along the gradient as it is; Adam fits each weight's step to its gradients so far, \
                 which wants a lower learning rate."
            }
            Self::LearningRate(_) => {
                "How far each update goes: higher learns faster but may overshoot and diverge, lower is \
                 steadier but slow."
            }
            Self::Loss => {
                "What both networks make small: log loss punishes confident mistakes hardest, least squares \
                 more gently."
            }
            Self::Batch => {
                "How many samples each update looks at: with more the steps are steadier and slower, with few \
                 they are quick and erratic."
            }
            Self::Technique(kind) => kind.sentence(),
            Self::Figure(figure) => match figure.kind() {
                Some(kind) => kind.sentence(),
                None => match figure {
                    Figure::Dimensions => Self::Noise.explanation(),
                    _ => Self::Batch.explanation(),
                },
            },
        }
    }

    pub(super) const fn effect(self) -> Effect {
        match self {
            Self::Noise
            | Self::Batch
            | Self::Technique(_)
            | Self::Figure(_)
            | Self::Count(Quantity::HiddenLayers | Quantity::Neurons, _) => Effect::Anew,
            Self::Count(Quantity::UpdatesPerEpoch, _)
            | Self::Optimizer(_)
            | Self::LearningRate(_)
            | Self::Loss => Effect::AtOnce,
        }
    }

    /// For a tooltip: what it does and what becomes of the run.
    pub(super) fn hint(self) -> String {
        format!("{} {}", self.explanation(), self.effect().sentence())
    }
}

impl Quantity {
    /// How many a network has now.
    pub(in crate::graph) const fn of(self, network: &NetworkConfiguration) -> usize {
        match self {
            Self::HiddenLayers => network.hidden_layers.get(),
            Self::Neurons => network.neurons.get(),
            Self::UpdatesPerEpoch => network.updates_per_epoch.get(),
        }
    }

    /// The fewest and the most there can be.
    pub(super) const fn range(self) -> (usize, usize) {
        match self {
            Self::HiddenLayers => (HiddenLayers::LEAST.get(), HiddenLayers::MOST.get()),
            Self::Neurons => (Neurons::LEAST.get(), Neurons::MOST.get()),
            Self::UpdatesPerEpoch => (UpdatesPerEpoch::LEAST.get(), UpdatesPerEpoch::MOST.get()),
        }
    }

    /// What follows the number: 'neuron', 'neurons'.
    pub(in crate::graph) const fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::HiddenLayers, 1) => "hidden layer",
            (Self::HiddenLayers, _) => "hidden layers",
            (Self::Neurons, 1) => "neuron",
            (Self::Neurons, _) => "neurons",
            (Self::UpdatesPerEpoch, 1) => "update per epoch",
            (Self::UpdatesPerEpoch, _) => "updates per epoch",
        }
    }
}
