//! What is connected with what, and along which way.
//!
//! Data flows from left to right. Behind the predictions the ways join in a leg at the right: up it and
//! over the top back to the discriminator runs its loop, down it and under the bottom back to the
//! generator the other one, through the box of gradients.

use egui::{Pos2, Rect, pos2};

use super::layout::{GraphLayout, Node};
use super::paths;
use crate::style::Scale;

/// A connection, drawn as a dashed line in the direction in which data flows.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// What it connects.
    pub way: Way,
    /// The line, its corners rounded.
    pub path: Vec<Pos2>,
    /// How it ends.
    pub end: End,
}

/// What an edge connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What the generator starts from.
    NoiseToGenerator,
    /// What it makes.
    GeneratorToSamples,
    /// Real samples to be judged.
    RealToDiscriminator,
    /// Fake samples to be judged.
    FakeToDiscriminator,
    /// What the discriminator says of the real ones.
    DiscriminatorToReal,
    /// What it says of the fake ones.
    DiscriminatorToFake,
    /// Predictions of real samples, into the discriminator's loss.
    RealToLoss,
    /// Predictions of fake samples, into the discriminator's loss.
    FakeToLoss,
    /// Gradients of the discriminator's loss, back to it.
    LossToDiscriminator,
    /// Predictions of fake samples, into the generator's loss.
    FakeToGeneratorLoss,
    /// Gradients of the generator's loss, back to the fake samples.
    LossToGradients,
    /// And from there to the generator.
    GradientsToGenerator,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::NoiseToGenerator,
        Self::GeneratorToSamples,
        Self::RealToDiscriminator,
        Self::FakeToDiscriminator,
        Self::DiscriminatorToReal,
        Self::DiscriminatorToFake,
        Self::RealToLoss,
        Self::FakeToLoss,
        Self::LossToDiscriminator,
        Self::FakeToGeneratorLoss,
        Self::LossToGradients,
        Self::GradientsToGenerator,
    ];
}

/// How an edge ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With an arrow's head, at a box.
    Arrow,
    /// In another edge.
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
        // Below the generator's two lines of words.
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
