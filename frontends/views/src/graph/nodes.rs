//! The boxes of the graph: frames, live pictures, switches.

use egui::{Painter, Popup, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2};
use gan_core::Network;

use super::layout::{GraphLayout, Node};
use super::lighting::{Light, Lighting};
use crate::layers::{self, Layer, LayerSet, Scene, Side};
use crate::pointer::{Found, Picture, REACH};
use crate::projection::Projection;
use crate::style::{Hand, Look};
use crate::switch::{self, Switch};
use crate::touch;

/// The content of a box.
#[derive(Clone, Copy)]
enum Content {
    /// A layer of the large canvas; a switch beside the box puts it there.
    Layer(Layer),
    Noise,
    Predictions(Side),
}

impl Content {
    fn paint(self, scene: Scene<'_>, painter: &Painter, projection: &Projection) {
        match self {
            Self::Layer(layer) => layer.paint(scene, painter, projection),
            Self::Noise => layers::paint_noise(scene, painter, projection),
            Self::Predictions(side) => layers::paint_predictions(side, scene, painter, projection),
        }
    }

    /// The picture as the pointer is told of it.
    fn picture(self) -> Picture {
        match self {
            Self::Layer(layer) => Picture::Layers(LayerSet::of(&[layer])),
            Self::Noise => Picture::Noise,
            Self::Predictions(side) => Picture::Predictions(side),
        }
    }
}

/// A box and what a person should know of it.
#[derive(Clone, Copy)]
struct NodeBox {
    node: Node,
    name: &'static str,
    content: Content,
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
        content: Content::Noise,
        frame: Frame::Small,
        explanation: "Random numbers: all that the generator starts from.",
    },
    NodeBox {
        node: Node::Generator,
        name: "Generator",
        content: Content::Layer(Layer::Manifold),
        frame: Frame::Network(Network::Generator),
        explanation: "A neural network that turns noise into samples. The grid, or curve, is the whole space of \
                      noise as the network warps it: the more solid it is, the denser samples lie there.",
    },
    NodeBox {
        node: Node::RealSamples,
        name: "Real samples in the graph",
        content: Content::Layer(Layer::Real),
        frame: Frame::Small,
        explanation: "Samples of the data distribution: what the generator is to imitate.",
    },
    NodeBox {
        node: Node::FakeSamples,
        name: "Fake samples in the graph",
        content: Content::Layer(Layer::Fake),
        frame: Frame::Small,
        explanation: "What the generator makes of the noise.",
    },
    NodeBox {
        node: Node::Discriminator,
        name: "Discriminator",
        content: Content::Layer(Layer::Heatmap),
        frame: Frame::Network(Network::Discriminator),
        explanation: "A neural network that tells real samples from fake ones. Where the plane is green it takes \
                      samples for real, where it is purple for fake; where it is grey it cannot tell.",
    },
    NodeBox {
        node: Node::RealPredictions,
        name: "Predictions of real samples",
        content: Content::Predictions(Side::Real),
        frame: Frame::Small,
        explanation: "What the discriminator says of the real samples. It wants them green; where it cannot tell \
                      they are grey.",
    },
    NodeBox {
        node: Node::FakePredictions,
        name: "Predictions of fake samples",
        content: Content::Predictions(Side::Fake),
        frame: Frame::Small,
        explanation: "What the discriminator says of the fake samples. The discriminator wants them purple, the \
                      generator wants them green.",
    },
    NodeBox {
        node: Node::Gradients,
        name: "Gradients in the graph",
        content: Content::Layer(Layer::Gradients),
        frame: Frame::Small,
        explanation: "In which direction the discriminator takes each fake sample more for real, and how much: \
                      that way the generator learns to move them.",
    },
];

/// Shows them; tells whether the pointer is on the generator, which plays how it warps the noise.
pub(super) fn show(
    ui: &mut Ui,
    layout: &GraphLayout,
    scene: Scene<'_>,
    shown: &mut LayerSet,
    lighting: Lighting,
    look: Look,
) -> bool {
    let mut on_generator = false;
    for NodeBox {
        node,
        name,
        content,
        frame,
        explanation,
    } in BOXES
    {
        // Only the generator's own picture moves.
        let scene = match node {
            Node::Generator => scene,
            _ => scene.at_rest(),
        };
        let (rect, light) = (layout.node(node), lighting.node(node));
        ui.set_opacity(light.opacity());
        let inside = paint_frame(ui, rect, frame, light, look);
        let projection = Projection::onto(inside);
        let painter = ui.painter_at(inside);
        content.paint(scene, &painter, &projection);
        let sense = match look.hand {
            Hand::Mouse => Sense::hover(),
            Hand::Finger => Sense::CLICK,
        };
        let response = ui.interact(rect, ui.scope_id().with(name), sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
        let pointed = match look.hand {
            Hand::Mouse => response.hover_pos(),
            Hand::Finger => touch::pressed_at(ui, &response),
        };
        let on_it = match look.hand {
            Hand::Mouse => response.hovered(),
            Hand::Finger => pointed.is_some(),
        };
        on_generator |= node == Node::Generator && on_it;
        let found = pointed.and_then(|pointer| {
            let reach = look.of(REACH).min(0.08 * projection.side());
            Found::under(pointer, content.picture(), scene, &projection, reach)
        });
        if let Some(found) = found {
            found.mark(look.colours, &painter, &projection);
        }
        let explain = |ui: &mut Ui| {
            ui.label(explanation);
            if let Some(found) = found {
                ui.separator();
                ui.label(found.words(scene.snapshot));
            }
        };
        match look.hand {
            Hand::Mouse => _ = response.on_hover_ui(explain),
            // A tap says it, and another one anywhere closes it.
            Hand::Finger => {
                let said = Popup::from_toggle_button_response(&response);
                said.width(look.of(260.0)).show(explain);
            }
        }
        if let Content::Layer(layer) = content {
            layer_switch(ui, rect, node, layer, shown, look);
        }
    }
    ui.set_opacity(1.0);
    on_generator
}

/// Draws the box; returns the room for its picture.
fn paint_frame(ui: &Ui, rect: Rect, frame: Frame, light: Light, look: Look) -> Rect {
    let painter = ui.painter();
    let (width, colour, radius) = match frame {
        Frame::Small => (1.0, look.colours.hairline, 1.0),
        Frame::Network(network) => (look.of(4.0), look.colours.frame(network), look.stroke(3.0)),
    };
    let outline = match light {
        Light::Lit(colour) => Stroke::new(width.max(look.stroke(2.0)), colour),
        Light::Usual | Light::Waiting(_) | Light::Dim => Stroke::new(width, colour),
    };
    painter.rect_filled(rect, radius, look.colours.paper);
    painter.rect_stroke(rect, radius, outline, StrokeKind::Inside);
    rect.shrink(outline.width)
}

/// Shows the layer's switch beside the box's caption: at the caption's right end above small
/// boxes, below the others.
fn layer_switch(ui: &mut Ui, rect: Rect, node: Node, layer: Layer, shown: &mut LayerSet, look: Look) {
    let width = switch::size(look).x;
    let left_middle = match node {
        Node::RealSamples | Node::FakeSamples => pos2(rect.right() - width, rect.top() - look.of(10.0)),
        Node::Gradients => pos2(rect.right() + look.of(8.0), rect.bottom() + look.of(11.0)),
        _ => pos2(rect.right() - width, rect.bottom() + look.of(11.0)),
    };
    let name = format!("{} node", layer.name());
    let on = shown.contains(layer);
    let switch = Switch {
        name: &name,
        hint: match on {
            true => "Hide on the large canvas",
            false => "Show on the large canvas",
        },
        on,
        words: None,
    };
    if switch.show(ui, left_middle, look).0.clicked() {
        shown.toggle(layer);
    }
}
