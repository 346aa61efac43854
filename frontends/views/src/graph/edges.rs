//! Connections between nodes, and the ways they take.
//!
//! Data flows from left to right. Behind the predictions the ways join in a leg at the right: up it and
//! over the top back to the discriminator runs its loop, down it and under the bottom back to the
//! generator the other one, through the box of gradients.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2};

use super::layout::{GraphLayout, Node, Way};
use super::lighting::{Light, Motion};
use super::paths::{self, DASH, GAP};
use crate::style::{Look, Scale};

/// How far the dashes run in an epoch, before scaling.
const RUN: u64 = 3;
/// How fast they run in slow motion, before scaling.
const POINTS_PER_SECOND: f64 = 30.0;

/// A connection, drawn as a dashed line in the direction in which data flows.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The connection that it shows.
    pub way: Way,
    /// The line, its corners rounded.
    pub path: Vec<Pos2>,
    /// How it ends.
    pub end: End,
}

/// How an edge ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// An arrow's head, at a box.
    Arrow,
    /// The line of another edge.
    Plain,
}

/// All edges of the graph, in no order.
#[must_use]
pub fn edges(layout: &GraphLayout, scale: Scale) -> Vec<Edge> {
    let at = |node| layout.node(node);
    // A little distance from the boxes.
    let off = scale.of(4.0);
    let forward = |way, from: Rect, to: Rect, y: f32| Edge {
        way,
        path: vec![pos2(from.right() + off, y), pos2(to.left() - off, y)],
        end: End::Arrow,
    };
    let (real, fake) = (at(Node::RealPredictions), at(Node::FakePredictions));
    let (real_row, fake_row) = (real.center().y, fake.center().y);
    let leg = layout.leg();
    let merge = pos2(
        real.right() + 0.7 * (leg - real.right()),
        0.5 * (real_row + fake_row),
    );
    let joining = |way, from: Rect| Edge {
        way,
        path: paths::s_curve(pos2(from.right() + off, from.center().y), merge),
        end: End::Plain,
    };
    let turning = |way, corners: &[Pos2]| Edge {
        way,
        path: paths::rounded(corners, scale.of(10.0)),
        end: End::Arrow,
    };
    let (generator, discriminator) = (at(Node::Generator), at(Node::Discriminator));
    let (top, gradients) = (layout.top(), at(Node::Gradients));
    let bottom = gradients.center().y;
    // The generator's loss stands at the leg; there, after whole dashes, its way becomes the loop.
    let leaving = pos2(fake.right() + off, fake_row);
    let dashes = ((leg - scale.of(10.0) - leaving.x) / paths::period(scale)).floor();
    let parting = pos2(leaving.x + dashes.max(0.0) * paths::period(scale), fake_row);
    vec![
        forward(Way::NoiseToGenerator, at(Node::Noise), generator, fake_row),
        forward(
            Way::GeneratorToSamples,
            generator,
            at(Node::FakeSamples),
            fake_row,
        ),
        forward(
            Way::RealToDiscriminator,
            at(Node::RealSamples),
            discriminator,
            real_row,
        ),
        forward(
            Way::FakeToDiscriminator,
            at(Node::FakeSamples),
            discriminator,
            fake_row,
        ),
        forward(Way::DiscriminatorToReal, discriminator, real, real_row),
        forward(Way::DiscriminatorToFake, discriminator, fake, fake_row),
        joining(Way::RealToLoss, real),
        joining(Way::FakeToLoss, fake),
        turning(
            Way::LossToDiscriminator,
            &[
                merge,
                pos2(leg, merge.y),
                pos2(leg, top),
                pos2(discriminator.center().x, top),
                pos2(discriminator.center().x, discriminator.top() - off),
            ],
        ),
        Edge {
            way: Way::FakeToGeneratorLoss,
            path: vec![leaving, parting],
            end: End::Plain,
        },
        turning(
            Way::LossToGradients,
            &[
                parting,
                pos2(leg, fake_row),
                pos2(leg, bottom),
                pos2(gradients.right() + off, bottom),
            ],
        ),
        // The loop ends below the generator's two lines of words.
        turning(
            Way::GradientsToGenerator,
            &[
                pos2(gradients.left() - off, bottom),
                pos2(generator.center().x, bottom),
                pos2(generator.center().x, generator.bottom() + scale.of(40.0)),
            ],
        ),
    ]
}

/// Draws an edge in its light: usual dashes have run as far as the epochs have, lit ones run with time,
/// and the others stand.
pub(super) fn paint(painter: &Painter, edge: &Edge, light: Light, motion: Motion, look: Look) {
    let (dash, gap) = (look.of(DASH), look.of(GAP));
    let period = (DASH + GAP) as u64;
    let (run, width, colour) = match light {
        Light::Usual => (
            ((motion.epoch % period) * RUN % period) as f32,
            1.5,
            look.colours.edge,
        ),
        Light::Lit(colour) => {
            let run = (motion.seconds * POINTS_PER_SECOND) % f64::from(DASH + GAP);
            (run as f32, 2.5, colour)
        }
        Light::Waiting(colour) => (0.0, 1.5, colour.gamma_multiply(light.opacity())),
        Light::Dim => (0.0, 1.5, look.colours.edge.gamma_multiply(light.opacity())),
    };
    let stroke = Stroke::new(look.stroke(width), colour);
    for dash in paths::dashes(&edge.path, dash, gap, look.stroke(run)) {
        painter.line(dash, stroke);
    }
    if let (End::Arrow, [.., before, tip]) = (edge.end, edge.path.as_slice()) {
        let along = (*tip - *before).normalized();
        arrow(painter, *tip, along, look.stroke(2.5 + width), colour);
    }
}

fn arrow(painter: &Painter, tip: Pos2, along: Vec2, size: f32, colour: Color32) {
    let foot = tip - 1.5 * size * along;
    let aside = 0.8 * size * along.rot90();
    let corners = vec![tip, foot + aside, foot - aside];
    painter.add(Shape::convex_polygon(corners, colour, Stroke::NONE));
}
