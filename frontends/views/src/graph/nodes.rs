//! The boxes of the graph: frames, live pictures, switches.

use egui::{Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2};
use gan_core::Network;

use super::layout::{GraphLayout, Node};
use crate::layers::{self, Layer, LayerSet, Scene, Side};
use crate::projection::Projection;
use crate::style::Look;
use crate::widgets;

/// What a box shows.
#[derive(Clone, Copy)]
enum Picture {
    /// What a layer of the large canvas shows; a switch beside the box puts it there.
    Layer(Layer),
    Noise,
    Predictions(Side),
}

/// A box and what a person should know of it.
#[derive(Clone, Copy)]
struct NodeBox {
    node: Node,
    name: &'static str,
    picture: Picture,
    frame: Frame,
    explanation: &'static str,
}

#[derive(Clone, Copy)]
enum Frame {
    /// A hairline.
    Small,
    /// Broad, in the network's colour.
    Network(Network),
}

const BOXES: [NodeBox; 8] = [
    NodeBox {
        node: Node::Noise,
        name: "Noise",
        picture: Picture::Noise,
        frame: Frame::Small,
        explanation: "Random numbers: all that the generator starts from.",
    },
    NodeBox {
        node: Node::Generator,
        name: "Generator",
        picture: Picture::Layer(Layer::Manifold),
        frame: Frame::Network(Network::Generator),
        explanation: "A neural network that turns noise into samples. The grid, or curve, is the whole space of \
                      noise as the network warps it: the darker a cell, the more samples land there.",
    },
    NodeBox {
        node: Node::RealSamples,
        name: "Real samples in the graph",
        picture: Picture::Layer(Layer::Real),
        frame: Frame::Small,
        explanation: "Samples of the data distribution: what the generator is to imitate.",
    },
    NodeBox {
        node: Node::FakeSamples,
        name: "Fake samples in the graph",
        picture: Picture::Layer(Layer::Fake),
        frame: Frame::Small,
        explanation: "What the generator makes of the noise.",
    },
    NodeBox {
        node: Node::Discriminator,
        name: "Discriminator",
        picture: Picture::Layer(Layer::Heatmap),
        frame: Frame::Network(Network::Discriminator),
        explanation: "A neural network that tells real samples from fake ones. Where the plane is green it takes \
                      samples for real, where it is purple for fake; where it is grey it cannot tell.",
    },
    NodeBox {
        node: Node::RealPredictions,
        name: "Predictions of real samples",
        picture: Picture::Predictions(Side::Real),
        frame: Frame::Small,
        explanation: "What the discriminator says of the real samples. All of them should be green.",
    },
    NodeBox {
        node: Node::FakePredictions,
        name: "Predictions of fake samples",
        picture: Picture::Predictions(Side::Fake),
        frame: Frame::Small,
        explanation: "What the discriminator says of the fake samples. The discriminator wants them purple, the \
                      generator wants them green.",
    },
    NodeBox {
        node: Node::Gradients,
        name: "Gradients in the graph",
        picture: Picture::Layer(Layer::Gradients),
        frame: Frame::Small,
        explanation: "In which direction the discriminator takes each fake sample more for real, and how much: \
                      that way the generator learns to move them.",
    },
];

pub(super) fn show(ui: &mut Ui, layout: &GraphLayout, scene: Scene<'_>, shown: &mut LayerSet, look: Look) {
    for NodeBox {
        node,
        name,
        picture,
        frame,
        explanation,
    } in BOXES
    {
        let rect = layout.node(node);
        let inside = paint_frame(ui, rect, frame, look);
        let projection = Projection::onto(inside);
        let painter = ui.painter_at(inside);
        match picture {
            Picture::Layer(layer) => layer.paint(scene, &painter, &projection),
            Picture::Noise => layers::paint_noise(scene, &painter, &projection),
            Picture::Predictions(side) => layers::paint_predictions(side, scene, &painter, &projection),
        }
        let response = ui.interact(rect, ui.scope_id().with(name), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
        response.on_hover_text(explanation);
        if let Picture::Layer(layer) = picture {
            layer_switch(ui, rect, node, layer, shown, look);
        }
    }
}

/// Draws the box; returns the room for its picture.
fn paint_frame(ui: &Ui, rect: Rect, frame: Frame, look: Look) -> Rect {
    let painter = ui.painter();
    let (width, colour, radius) = match frame {
        Frame::Small => (1.0, look.colours.hairline, 1.0),
        Frame::Network(network) => (look.of(4.0), look.colours.frame(network), look.stroke(3.0)),
    };
    painter.rect_filled(rect, radius, look.colours.paper);
    painter.rect_stroke(rect, radius, Stroke::new(width, colour), StrokeKind::Inside);
    rect.shrink(width)
}

/// Beside the box's caption: at its right end above small boxes, below the others.
fn layer_switch(ui: &mut Ui, rect: Rect, node: Node, layer: Layer, shown: &mut LayerSet, look: Look) {
    let width = widgets::switch_size(look).x;
    let left_middle = match node {
        Node::RealSamples | Node::FakeSamples => pos2(rect.right() - width, rect.top() - look.of(10.0)),
        Node::Gradients => pos2(rect.right() + look.of(8.0), rect.bottom() + look.of(11.0)),
        _ => pos2(rect.right() - width, rect.bottom() + look.of(11.0)),
    };
    let name = format!("{} node", layer.name());
    if widgets::switch(ui, left_middle, shown.contains(layer), &name, look) {
        shown.toggle(layer);
    }
}
