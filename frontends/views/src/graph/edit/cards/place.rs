//! The place of a card: beside its node, hiding as little as possible of what it changes.

use egui::{Pos2, Rect, Vec2, pos2, vec2};
use gan_core::Network;

use crate::graph::layout::{GraphLayout, Node};
use crate::parameters::Place;
use crate::style::Look;

/// The corner of a card that points to its node.
#[derive(Clone, Copy)]
pub(super) struct Notch {
    side: Side,
    y: f32,
}

/// Sides of a card.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

impl Notch {
    /// Corners along the card's side, out to the tip, and back.
    pub(super) fn corners(self, card: Rect, look: Look) -> [Pos2; 3] {
        let (half, out) = (look.stroke(6.0), look.stroke(6.0));
        let (x, out) = match self.side {
            Side::Left => (card.left() + 0.5, -out),
            Side::Right => (card.right() - 0.5, out),
        };
        [
            pos2(x, self.y - half),
            pos2(x + out, self.y),
            pos2(x, self.y + half),
        ]
    }

    /// One point into the card has this sign.
    pub(super) const fn inward(self) -> f32 {
        match self.side {
            Side::Left => -0.5,
            Side::Right => 0.5,
        }
    }
}

/// Places a card of such a size in such a window: right of its node, or left if it would otherwise
/// lie on the large canvas.
pub(super) fn beside(
    layout: &GraphLayout,
    place: Place,
    size: Vec2,
    window: Rect,
    look: Look,
) -> (Rect, Notch) {
    let node = of(layout, place, look);
    let (gap, edge) = (look.of(9.0), look.of(4.0));
    let end = layout.node(Node::DiscriminatorLoss).right() + look.of(12.0);
    let (x, side) = if node.right() + gap + size.x <= end {
        (node.right() + gap, Side::Left)
    } else {
        (
            (node.left() - gap - size.x).max(window.left() + edge),
            Side::Right,
        )
    };
    // Below the data, and above the window's end, if there is room for that.
    let lowest = (window.bottom() - edge - size.y).max(window.top() + edge);
    let highest = (layout.heading().y - edge).min(lowest);
    let y = (node.center().y - 0.5 * size.y).clamp(highest, lowest).round();
    let rect = Rect::from_min_size(pos2(x, y), size);
    let corner = look.of(14.0);
    let tip = node.center().y.clamp(
        rect.top() + corner,
        (rect.bottom() - corner).max(rect.top() + corner),
    );
    (rect, Notch { side, y: tip.round() })
}

/// The rectangle that a card must not hide.
fn of(layout: &GraphLayout, place: Place, look: Look) -> Rect {
    match place {
        Place::Noise => layout.node(Node::Noise),
        Place::Network(Network::Generator) => layout.node(Node::Generator),
        Place::Network(Network::Discriminator) => layout.node(Node::Discriminator),
        Place::Samples => layout
            .node(Node::RealSamples)
            .union(layout.node(Node::FakeSamples)),
        Place::Losses => layout
            .node(Node::DiscriminatorLoss)
            .union(layout.node(Node::GeneratorLoss)),
        Place::Steps(network) => {
            let (corner, _) = crate::graph::values::Value::Optimizer(network).place(layout, look);
            Rect::from_min_size(
                corner - vec2(0.0, look.of(9.0)),
                vec2(look.of(150.0), look.of(36.0)),
            )
        }
    }
}
