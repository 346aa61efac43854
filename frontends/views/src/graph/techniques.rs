//! Techniques that are on at each node, in a line of words: cut if there is no more room, and
//! whole for whoever rests on it.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Pos2, Rangef, Rect, Ui, Vec2, pos2};
use gan_core::{Configuration, Network};

use super::layout::{GraphLayout, Node};
use super::lighting::Lighting;
use super::values::Value;
use crate::parameters::Place;
use crate::style::Look;
use crate::text;

/// Room for a line: the y of its middle, its ends, and the x that it is centred on, if there is
/// room.
struct Room {
    y: f32,
    ends: Rangef,
    /// Words stand in the middle of this, or at the beginning of the room.
    centre: Option<f32>,
}

/// Shows them.
pub(super) fn show(
    ui: &mut Ui,
    layout: &GraphLayout,
    configuration: &Configuration,
    lighting: Lighting,
    look: Look,
) {
    for place in Place::ALL {
        let all = place.phrases(configuration);
        if all.is_empty() {
            continue;
        }
        let words = all.join(" · ");
        let room = room(layout, place, look);
        ui.set_opacity(opacity(layout, place, &room, lighting, look));
        let format = TextFormat::simple(look.small(), look.colours.text);
        let galley = ui.painter().layout_job(LayoutJob {
            wrap: TextWrapping::truncate_at_width(room.ends.span().max(0.0)),
            ..LayoutJob::single_section(words.clone(), format)
        });
        let size = galley.size();
        let left = room.centre.map_or(room.ends.min, |centre| {
            let most = (room.ends.max - size.x).max(room.ends.min);
            (centre - 0.5 * size.x).clamp(room.ends.min, most)
        });
        let corner = pos2(left.round(), (room.y - 0.5 * size.y).round());
        ui.painter().galley(corner, galley, look.colours.text);
        let name = format!("{}, techniques: {words}", place.title());
        text::announce(ui, Rect::from_min_size(corner, size), &name)
            .on_hover_text(format!("{}.", all.join("\n")));
    }
    ui.set_opacity(1.0);
}

fn room(layout: &GraphLayout, place: Place, look: Look) -> Room {
    let s = |length| look.of(length);
    let at = |node| layout.node(node);
    let (generator, discriminator) = (at(Node::Generator), at(Node::Discriminator));
    let begin = layout.heading().x - s(12.0);
    match place {
        // Below what it is, as far as the generator's loop.
        Place::Noise => Room {
            y: at(Node::Noise).bottom() + s(45.0),
            ends: Rangef::new(begin, generator.center().x - s(10.0)),
            centre: Some(at(Node::Noise).center().x),
        },
        // Above the box: below it arrives its loop.
        Place::Network(Network::Generator) => Room {
            y: generator.top() - s(10.0),
            ends: Rangef::new(begin, at(Node::RealSamples).left() - s(8.0)),
            centre: Some(generator.center().x),
        },
        Place::Samples => Room {
            y: at(Node::RealSamples).top() - s(27.0),
            ends: Rangef::new(generator.center().x, discriminator.center().x - s(10.0)),
            centre: Some(at(Node::RealSamples).center().x),
        },
        // Below the box: above it arrives its loop.
        Place::Network(Network::Discriminator) => Room {
            y: discriminator.bottom() + s(45.0),
            ends: Rangef::new(at(Node::Gradients).right() - s(20.0), layout.leg() - s(8.0)),
            centre: Some(discriminator.center().x),
        },
        Place::Losses => Room {
            y: at(Node::GeneratorLoss).bottom() + s(12.0),
            ends: Rangef::new(
                at(Node::GeneratorLoss).left(),
                at(Node::GeneratorLoss).right() + s(8.0),
            ),
            centre: None,
        },
        // A third line beside the loop, before what lies there.
        Place::Steps(network) => {
            let (Pos2 { x, y }, _) = Value::LearningRate(network).place(layout, look);
            let next = match network {
                Network::Generator => at(Node::Gradients).left(),
                Network::Discriminator => at(Node::RealPredictions).left(),
            };
            Room {
                y: y + s(17.0),
                ends: Rangef::new(x, next - s(5.0)),
                centre: None,
            }
        }
    }
}

/// Lit with the node it belongs to, or with the settings of the loop it stands at.
fn opacity(layout: &GraphLayout, place: Place, room: &Room, lighting: Lighting, look: Look) -> f32 {
    let node = match place {
        Place::Noise => Node::Noise,
        Place::Network(Network::Generator) => Node::Generator,
        Place::Network(Network::Discriminator) => Node::Discriminator,
        Place::Samples => Node::FakeSamples,
        Place::Losses => Node::DiscriminatorLoss,
        Place::Steps(_) => {
            let line_before = pos2(room.ends.min, room.y) - Vec2::new(0.0, look.of(17.0));
            return lighting.words_at(layout, line_before, look.scale);
        }
    };
    lighting.node(node).opacity()
}
