//! Parts of the graph that a phase uses: they are lit in the colour of the network being updated,
//! or of gradients, and the rest dims. Without a phase everything is as usual.

use egui::{Color32, Pos2, Rect, pos2};
use gan_core::{Network, Phase, Stage};
use lab::{Snapshot, Stride};

use super::layout::{GraphLayout, Node, Way};
use crate::palette::Palette;
use crate::style::Scale;

/// How a part of the graph is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Light {
    /// Drawn as without a phase.
    Usual,
    /// Used by the phase; its dashes run.
    Lit(Color32),
    /// The loop of the network being updated, while it waits for its turn.
    Waiting(Color32),
    /// The rest.
    Dim,
}

impl Light {
    /// The opacity of what is drawn in this light.
    pub(super) const fn opacity(self) -> f32 {
        match self {
            Self::Usual | Self::Lit(_) => 1.0,
            Self::Waiting(_) => 0.6,
            Self::Dim => DIM,
        }
    }
}

const DIM: f32 = 0.3;

/// The graph in the light of a phase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lighting {
    phase: Option<Phase>,
    colours: &'static Palette,
}

impl Lighting {
    /// The lighting of the phase that a run in slow motion stands at.
    pub(super) fn of(snapshot: &Snapshot, colours: &'static Palette) -> Self {
        let slow = snapshot.pace.stride() == Stride::Phase;
        let report = snapshot.phase.as_deref().filter(|_| slow);
        Self {
            phase: report.map(|report| report.phase),
            colours,
        }
    }

    /// The light of a box or a loss.
    pub(super) fn node(&self, node: Node) -> Light {
        match self.phase {
            None => Light::Usual,
            Some(phase) if nodes(phase).contains(&node) => Light::Lit(self.colour(phase)),
            Some(_) => Light::Dim,
        }
    }

    /// The light of an edge.
    pub(super) fn edge(&self, way: Way) -> Light {
        let Some(phase) = self.phase else {
            return Light::Usual;
        };
        if ways(phase).contains(&way) {
            Light::Lit(self.colour(phase))
        } else if backward(phase.network).contains(&way) {
            Light::Waiting(self.colours.network(phase.network))
        } else {
            Light::Dim
        }
    }

    /// The opacity of words at a place: they are lit with the boxes they stand at, and with the
    /// loop whose settings they are.
    pub(super) fn words_at(&self, layout: &GraphLayout, place: Pos2, scale: Scale) -> f32 {
        let Some(phase) = self.phase else {
            return 1.0;
        };
        let beside_box = |node: &Node| {
            let rect = layout.node(*node);
            rect.expand2(scale.of(2.0) * egui::Vec2::X + scale.of(34.0) * egui::Vec2::Y)
                .contains(place)
        };
        let backward = phase.stage >= Stage::ComputeGradients;
        if nodes(phase).iter().any(beside_box)
            || (backward && settings(phase.network, layout, scale).contains(place))
        {
            1.0
        } else {
            DIM
        }
    }

    fn colour(&self, phase: Phase) -> Color32 {
        match phase.stage {
            Stage::ComputeGradients => self.colours.gradient,
            _ => self.colours.network(phase.network),
        }
    }
}

/// Clocks of the dashes: seconds move those of lit edges, epochs those of usual ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Motion {
    /// Completed epochs.
    pub(super) epoch: u64,
    /// Seconds, if time is to be seen.
    pub(super) seconds: f64,
}

/// The boxes that a phase uses.
fn nodes(Phase { network, stage, .. }: Phase) -> &'static [Node] {
    use Network::{Discriminator, Generator};
    match (stage, network) {
        (Stage::RunGenerator, _) => &[Node::Noise, Node::Generator, Node::FakeSamples],
        (Stage::RunDiscriminator, Discriminator) => &[
            Node::RealSamples,
            Node::FakeSamples,
            Node::Discriminator,
            Node::RealPredictions,
            Node::FakePredictions,
        ],
        (Stage::RunDiscriminator, Generator) => {
            &[Node::FakeSamples, Node::Discriminator, Node::FakePredictions]
        }
        (Stage::ComputeLoss, Discriminator) => &[
            Node::RealPredictions,
            Node::FakePredictions,
            Node::DiscriminatorLoss,
        ],
        (Stage::ComputeLoss, Generator) => &[Node::FakePredictions, Node::GeneratorLoss],
        (Stage::ComputeGradients, Discriminator) => &[Node::DiscriminatorLoss, Node::Discriminator],
        (Stage::ComputeGradients, Generator) => &[Node::GeneratorLoss, Node::Gradients],
        (Stage::Update, Discriminator) => &[Node::Discriminator],
        (Stage::Update, Generator) => &[Node::Gradients, Node::Generator],
    }
}

/// The edges that a phase uses.
fn ways(Phase { network, stage, .. }: Phase) -> &'static [Way] {
    use Network::{Discriminator, Generator};
    match (stage, network) {
        (Stage::RunGenerator, _) => &[Way::NoiseToGenerator, Way::GeneratorToSamples],
        (Stage::RunDiscriminator, Discriminator) => &[
            Way::RealToDiscriminator,
            Way::FakeToDiscriminator,
            Way::DiscriminatorToReal,
            Way::DiscriminatorToFake,
        ],
        (Stage::RunDiscriminator, Generator) => &[Way::FakeToDiscriminator, Way::DiscriminatorToFake],
        (Stage::ComputeLoss, Discriminator) => &[Way::RealToLoss, Way::FakeToLoss],
        (Stage::ComputeLoss, Generator) => &[Way::FakeToGeneratorLoss],
        (Stage::ComputeGradients | Stage::Update, Discriminator) => &[Way::LossToDiscriminator],
        (Stage::ComputeGradients, Generator) => &[Way::FakeToGeneratorLoss, Way::LossToGradients],
        (Stage::Update, Generator) => &[Way::GradientsToGenerator],
    }
}

/// The loop of a network.
const fn backward(network: Network) -> &'static [Way] {
    match network {
        Network::Discriminator => &[Way::LossToDiscriminator],
        Network::Generator => &[
            Way::FakeToGeneratorLoss,
            Way::LossToGradients,
            Way::GradientsToGenerator,
        ],
    }
}

/// The rectangle of the words at a network's loop.
fn settings(network: Network, layout: &GraphLayout, scale: Scale) -> Rect {
    let rect = match network {
        Network::Discriminator => Rect::from_min_max(
            pos2(
                layout.node(Node::Discriminator).center().x,
                layout.top() - scale.of(22.0),
            ),
            pos2(layout.leg(), layout.top() + scale.of(44.0)),
        ),
        Network::Generator => Rect::from_min_max(
            pos2(
                layout.node(Node::Generator).center().x,
                layout.node(Node::Generator).bottom() + scale.of(44.0),
            ),
            pos2(
                layout.leg(),
                layout.node(Node::Gradients).center().y + scale.of(24.0),
            ),
        ),
    };
    rect.expand(1.0)
}

/// Time for running dashes, unless animations are off or the run rests.
pub(super) fn motion(ui: &egui::Ui, snapshot: &Snapshot) -> Motion {
    let moving = ui.style().animation_time > 0.0 && snapshot.status_of_both() == lab::Status::Playing;
    Motion {
        epoch: snapshot.epoch,
        seconds: if moving { ui.input(|input| input.time) } else { 0.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHASES: [Network; 2] = [Network::Discriminator, Network::Generator];

    #[test]
    fn every_part_is_used_by_some_phase_and_none_by_all() {
        let phases = PHASES.iter().flat_map(|network| {
            Stage::ALL.map(|stage| Phase {
                network: *network,
                update: 0,
                stage,
            })
        });
        let phases: Vec<Phase> = phases.collect();
        for node in Node::ALL {
            let used = phases
                .iter()
                .filter(|phase| nodes(**phase).contains(&node))
                .count();
            assert!((1..=6).contains(&used), "{node:?}: {used}");
        }
        for way in Way::ALL {
            let used = phases.iter().filter(|phase| ways(**phase).contains(&way)).count();
            assert!((1..=4).contains(&used), "{way:?}: {used}");
        }
    }

    #[test]
    fn the_generator_learns_from_fake_samples_only() {
        for stage in Stage::ALL {
            let phase = Phase {
                network: Network::Generator,
                update: 0,
                stage,
            };
            for real in [Node::RealSamples, Node::RealPredictions, Node::DiscriminatorLoss] {
                assert!(!nodes(phase).contains(&real), "{stage:?}");
            }
        }
    }
}
