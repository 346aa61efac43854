//! The boxes of the graph: frames, live pictures, switches.

use egui::{Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2};

use super::layout::{GraphLayout, Node};
use crate::layers::{self, Layer, LayerSet, Scene, Side};
use crate::palette;
use crate::projection::Projection;
use crate::style::Scale;
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
struct Look {
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
    Network(Color32),
}

const LOOKS: [Look; 8] = [
    Look {
        node: Node::Noise,
        name: "Noise",
        picture: Picture::Noise,
        frame: Frame::Small,
        explanation: "Random numbers: all that the generator starts from.",
    },
    Look {
        node: Node::Generator,
        name: "Generator",
        picture: Picture::Layer(Layer::Manifold),
        frame: Frame::Network(palette::GENERATOR_FRAME),
        explanation: "A neural network that turns noise into samples. The grid, or curve, is the whole space of \
                      noise as the network warps it: the darker a cell, the more samples land there.",
    },
    Look {
        node: Node::RealSamples,
        name: "Real samples in the graph",
        picture: Picture::Layer(Layer::Real),
        frame: Frame::Small,
        explanation: "Samples of the data distribution: what the generator is to imitate.",
    },
    Look {
        node: Node::FakeSamples,
        name: "Fake samples in the graph",
        picture: Picture::Layer(Layer::Fake),
        frame: Frame::Small,
        explanation: "What the generator makes of the noise.",
    },
    Look {
        node: Node::Discriminator,
        name: "Discriminator",
        picture: Picture::Layer(Layer::Heatmap),
        frame: Frame::Network(palette::DISCRIMINATOR_FRAME),
        explanation: "A neural network that tells real samples from fake ones. Where the plane is green it takes \
                      samples for real, where it is purple for fake; where it is grey it cannot tell.",
    },
    Look {
        node: Node::RealPredictions,
        name: "Predictions of real samples",
        picture: Picture::Predictions(Side::Real),
        frame: Frame::Small,
        explanation: "What the discriminator says of the real samples. All of them should be green.",
    },
    Look {
        node: Node::FakePredictions,
        name: "Predictions of fake samples",
        picture: Picture::Predictions(Side::Fake),
        frame: Frame::Small,
        explanation: "What the discriminator says of the fake samples. The discriminator wants them purple, the \
                      generator wants them green.",
    },
    Look {
        node: Node::Gradients,
        name: "Gradients in the graph",
        picture: Picture::Layer(Layer::Gradients),
        frame: Frame::Small,
        explanation: "In which direction the discriminator takes each fake sample more for real, and how much: \
                      that way the generator learns to move them.",
    },
];

pub(super) fn show(ui: &mut Ui, layout: &GraphLayout, scene: Scene<'_>, shown: &mut LayerSet, scale: Scale) {
    for look in &LOOKS {
        let rect = layout.node(look.node);
        let inside = frame(ui, rect, look.frame, scale);
        let projection = Projection::onto(inside);
        let painter = ui.painter_at(inside);
        match look.picture {
            Picture::Layer(layer) => layer.paint(scene, &painter, &projection),
            Picture::Noise => layers::paint_noise(scene, &painter, &projection),
            Picture::Predictions(side) => layers::paint_predictions(side, scene, &painter, &projection),
        }
        let response = ui.interact(rect, ui.scope_id().with(look.name), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, look.name));
        response.on_hover_text(look.explanation);
        if let Picture::Layer(layer) = look.picture {
            layer_switch(ui, rect, look.node, layer, shown, scale);
        }
    }
}

/// Draws the box; returns the room for its picture.
fn frame(ui: &Ui, rect: Rect, frame: Frame, scale: Scale) -> Rect {
    let painter = ui.painter();
    let (width, colour, radius) = match frame {
        Frame::Small => (1.0, palette::HAIRLINE, 1.0),
        Frame::Network(colour) => (scale.of(4.0), colour, scale.stroke(3.0)),
    };
    painter.rect_filled(rect, radius, palette::PAPER);
    painter.rect_stroke(rect, radius, Stroke::new(width, colour), StrokeKind::Inside);
    rect.shrink(width)
}

/// Beside the box's caption: at its right end above small boxes, below the others.
fn layer_switch(ui: &mut Ui, rect: Rect, node: Node, layer: Layer, shown: &mut LayerSet, scale: Scale) {
    let width = widgets::switch_size(scale).x;
    let left_middle = match node {
        Node::RealSamples | Node::FakeSamples => pos2(rect.right() - width, rect.top() - scale.of(10.0)),
        Node::Gradients => pos2(rect.right() + scale.of(8.0), rect.bottom() + scale.of(11.0)),
        _ => pos2(rect.right() - width, rect.bottom() + scale.of(11.0)),
    };
    let name = format!("{} node", layer.name());
    if widgets::switch(ui, left_middle, shown.contains(layer), &name, scale) {
        shown.toggle(layer);
    }
}
