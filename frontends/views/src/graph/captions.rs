//! Names beside the nodes; what is set there has a file of its own.

use egui::{Align2, Color32, FontId, Pos2, Ui, pos2};
use gan_core::Network;

use super::layout::{GraphLayout, Node};
use super::lighting::Lighting;
use crate::style::Look;

/// Words beside a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caption {
    /// The name of a node or a column.
    Name(&'static str),
    /// The name of one of two rows: real or fake.
    Row(&'static str),
}

/// A caption and where it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Placed {
    /// The words.
    caption: Caption,
    /// The point it is anchored to.
    place: Pos2,
    /// The point of the caption that lies there.
    anchor: Align2,
}

/// Caption along the discriminator's loop.
const ON_LOOP: &str = "Gradients";

/// Shows all of them. They are said by the nodes themselves.
pub(super) fn show(ui: &mut Ui, layout: &GraphLayout, lighting: Lighting, look: Look) {
    for Placed {
        caption,
        place,
        anchor,
    } in placed(layout, look)
    {
        ui.set_opacity(lighting.words_at(layout, place, look.scale));
        let (words, font, colour) = looks(caption, look);
        ui.painter().text(place, anchor, words, font, colour);
    }
    ui.set_opacity(1.0);
}

/// The x at which the caption on a network's loop ends, a little room after it included.
pub(super) fn end_on_loop(ui: &Ui, layout: &GraphLayout, network: Network, look: Look) -> f32 {
    match network {
        Network::Generator => layout.node(Node::Gradients).right(),
        Network::Discriminator => {
            let galley = ui
                .painter()
                .layout_no_wrap(ON_LOOP.to_owned(), look.name(), look.colours.ink);
            on_loop(layout, look).x + galley.size().x + look.of(5.0)
        }
    }
}

fn on_loop(layout: &GraphLayout, look: Look) -> Pos2 {
    let x = layout.node(Node::Discriminator).center().x + look.of(9.0);
    pos2(x, layout.top() - look.of(11.0))
}

fn placed(layout: &GraphLayout, look: Look) -> [Placed; 11] {
    let s = |length| look.of(length);
    let below = |words, node| {
        let Pos2 { x, y } = layout.node(node).center_bottom();
        Placed {
            caption: Caption::Name(words),
            place: pos2(x, y + s(11.0)),
            anchor: Align2::CENTER_CENTER,
        }
    };
    let above = |words, node| {
        let Pos2 { x, y } = layout.node(node).left_top();
        Placed {
            caption: Caption::Row(words),
            place: pos2(x, y - s(10.0)),
            anchor: Align2::LEFT_CENTER,
        }
    };
    [
        below("Noise", Node::Noise),
        below("Generator", Node::Generator),
        below("Samples", Node::FakeSamples),
        below("Discriminator", Node::Discriminator),
        below("Predictions", Node::FakePredictions),
        below("Gradients", Node::Gradients),
        above("Real", Node::RealSamples),
        above("Fake", Node::FakeSamples),
        above("Real", Node::RealPredictions),
        above("Fake", Node::FakePredictions),
        Placed {
            caption: Caption::Name(ON_LOOP),
            place: on_loop(layout, look),
            anchor: Align2::LEFT_CENTER,
        },
    ]
}

fn looks(caption: Caption, look: Look) -> (&'static str, FontId, Color32) {
    match caption {
        Caption::Name(words) => (words, look.name(), look.colours.ink),
        Caption::Row(words) => (words, look.body(), look.colours.faint),
    }
}
