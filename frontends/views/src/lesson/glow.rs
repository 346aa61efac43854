//! A soft frame around what a page speaks of. It does not move: what moves draws the eye from the words.

use egui::{Painter, Rect, Stroke, StrokeKind};
use lab::lesson::Component;

use crate::graph::{GraphLayout, Node};
use crate::palette;
use crate::style::Look;
use crate::top_bar;

/// Places of the parts that a page can speak of; parts out of sight have none.
#[derive(Default)]
pub(crate) struct Places {
    /// The nodes, if they are to be seen.
    pub(crate) graph: Option<GraphLayout>,
    pub(crate) pencil: Option<Rect>,
    pub(crate) bar: Option<top_bar::Places>,
    pub(crate) canvas: Option<Rect>,
    pub(crate) legend: Option<Rect>,
    /// Losses and divergences, where they are seen.
    pub(crate) charts: [Option<Rect>; 2],
}

impl Places {
    fn of(&self, component: Component) -> Option<Rect> {
        let node = |node| self.graph.as_ref().map(|graph| graph.node(node));
        Some(match component {
            Component::Noise => node(Node::Noise)?,
            Component::Generator => node(Node::Generator)?,
            Component::RealSamples => node(Node::RealSamples)?,
            Component::FakeSamples => node(Node::FakeSamples)?,
            Component::Discriminator => node(Node::Discriminator)?,
            Component::RealPredictions => node(Node::RealPredictions)?,
            Component::FakePredictions => node(Node::FakePredictions)?,
            Component::Gradients => node(Node::Gradients)?,
            Component::DiscriminatorLoss => node(Node::DiscriminatorLoss)?,
            Component::GeneratorLoss => node(Node::GeneratorLoss)?,
            Component::Canvas => self.canvas?,
            Component::Legend => self.legend?,
            Component::LossesChart => self.charts[0]?,
            Component::DivergencesChart => self.charts[1]?,
            Component::Play => self.bar?.play,
            Component::Steps => self.bar?.steps,
            Component::Pace => self.bar?.pace,
            Component::HyperParameters => self.pencil?.shrink(4.0),
        })
    }
}

/// Frames them.
pub(super) fn paint(painter: &Painter, components: &[Component], places: &Places, look: Look) {
    for rect in components.iter().filter_map(|component| places.of(*component)) {
        let radius = look.stroke(6.0);
        let frame = rect.expand(look.stroke(4.0));
        for (spread, width, opacity) in [(3.0, 5.0, 0.16), (1.5, 3.0, 0.28), (0.0, 1.8, 1.0)] {
            let colour = palette::translucent(look.colours.pencil, opacity);
            painter.rect_stroke(
                frame.expand(look.stroke(spread)),
                radius + look.stroke(spread),
                Stroke::new(look.stroke(width), colour),
                StrokeKind::Middle,
            );
        }
    }
}
