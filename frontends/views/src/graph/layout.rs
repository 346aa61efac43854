//! Where everything of the model overview graph lies: nodes, edges and captions as data, worked out
//! from the panel alone. Nothing is drawn here.
//!
//! From left to right: noise, generator, samples, discriminator, predictions, losses. A large box is as
//! high as the two small ones beside it. The discriminator's backward loop runs over the top, the
//! generator's under the bottom. The smaller of what width and height allow is the size of a box; what
//! is left goes into the gaps.

use egui::{Align2, Pos2, Rect, Vec2, pos2, vec2};
use gan_core::Network;

use super::paths;
use crate::style::Scale;

/// A place of the graph with a picture or a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// What the generator starts from.
    Noise,
    /// Its manifold.
    Generator,
    /// Samples of the target.
    RealSamples,
    /// Samples of the generator.
    FakeSamples,
    /// Its heatmap.
    Discriminator,
    /// What it says of the real samples.
    RealPredictions,
    /// What it says of the fake samples.
    FakePredictions,
    /// Where fake samples are pushed.
    Gradients,
    /// A bar and a figure.
    DiscriminatorLoss,
    /// A bar and a figure.
    GeneratorLoss,
}

impl Node {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Noise,
        Self::Generator,
        Self::RealSamples,
        Self::FakeSamples,
        Self::Discriminator,
        Self::RealPredictions,
        Self::FakePredictions,
        Self::Gradients,
        Self::DiscriminatorLoss,
        Self::GeneratorLoss,
    ];
}

/// A connection, drawn as a dashed line in the direction in which data flows.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Corners of the line, rounded.
    pub path: Vec<Pos2>,
    /// How it ends.
    pub end: End,
}

/// How an edge ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With an arrow's head, at a box.
    Arrow,
    /// In another edge.
    Plain,
}

/// Words beside a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caption {
    /// What a node or a column is.
    Name(&'static str),
    /// Which of two rows: real or fake.
    Row(&'static str),
    /// Dimensions and distribution of the noise.
    Noise,
    /// Layers and neurons of a network.
    Architecture(Network),
    /// Its optimiser.
    Optimizer(Network),
    /// Its learning rate.
    LearningRate(Network),
    /// Its updates in an epoch.
    UpdatesPerEpoch(Network),
}

/// A caption and where it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedCaption {
    /// What it says.
    pub caption: Caption,
    /// The point it is anchored to.
    pub place: Pos2,
    /// Which of its own points lies there.
    pub anchor: Align2,
}

/// The graph, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphLayout {
    nodes: [Rect; Node::ALL.len()],
    /// In no order.
    pub edges: Vec<Edge>,
    /// In no order.
    pub captions: Vec<PlacedCaption>,
    /// Upper left corner of the heading.
    pub heading: Pos2,
}

/// Lengths, before scaling, between rows of the graph.
mod row {
    /// From the panel's top to the discriminator's loop.
    pub(super) const LOOP: f32 = 32.0;
    /// From the loop to the captions above the boxes.
    pub(super) const ABOVE: f32 = 48.0;
    /// A caption's own height.
    pub(super) const CAPTION: f32 = 20.0;
    /// From the boxes' bottom to the generator's loop: a name, two lines below, two lines beside it.
    pub(super) const BELOW: f32 = 84.0;
    /// Below the box of gradients.
    pub(super) const BOTTOM: f32 = 26.0;
}

/// Gaps between columns as multiples of their unit, and that beside the predictions.
const GAP: f32 = 0.55;
const LAST_GAP: f32 = 0.8;

impl GraphLayout {
    /// For a panel of this size.
    #[must_use]
    pub fn new(panel: Rect, scale: Scale) -> Self {
        let s = |length| scale.of(length);
        let margin = s(18.0);
        let (caption, loss_width, beside) = (s(row::CAPTION), s(84.0), s(10.0));

        // Boxes: as large as both directions allow. A large box is two small ones and a caption.
        let width = panel.width() - 2.0 * margin - loss_width - beside - 2.0 * caption;
        let rows = s(row::LOOP) + s(row::ABOVE) + 2.0 * caption + s(row::BELOW) + s(row::BOTTOM);
        let units = 4.0 * GAP + LAST_GAP;
        let small = (width / (7.0 + units))
            .min((panel.height() - rows) / 3.0)
            .floor()
            .max(8.0);
        let large = 2.0 * small + caption;
        let unit = ((width - 7.0 * small) / units).clamp(4.0, 1.5 * small);
        let gap = (GAP * unit).round();
        let last_gap = (LAST_GAP * unit).round();

        // Columns, centred.
        let used = 3.0 * small + 2.0 * large + 4.0 * gap + last_gap + beside + loss_width;
        let noise_x = (panel.center().x - 0.5 * used).round();
        let generator_x = noise_x + small + gap;
        let samples_x = generator_x + large + gap;
        let discriminator_x = samples_x + small + gap;
        let predictions_x = discriminator_x + large + gap;
        let leg_x = predictions_x + small + last_gap;
        let loss_x = leg_x + beside;

        // Rows; spare height goes into the loops.
        let spare = (panel.height() - rows - 3.0 * small).max(0.0);
        let (above, below) = ((0.4 * spare).min(small), (0.3 * spare).min(small));
        let loop_y = (panel.top() + s(row::LOOP) + 0.5 * (spare - above - below)).round();
        let real_y = (loop_y + s(row::ABOVE) + caption + above).round();
        let fake_y = real_y + small + caption;
        let boxes_end = real_y + large;
        let gradients_y = (boxes_end + s(row::BELOW) + below).round();

        let boxed = |x, y, side| Rect::from_min_size(pos2(x, y), Vec2::splat(side));
        let noise = boxed(noise_x, fake_y, small);
        let generator = boxed(generator_x, real_y, large);
        let real = boxed(samples_x, real_y, small);
        let fake = boxed(samples_x, fake_y, small);
        let discriminator = boxed(discriminator_x, real_y, large);
        let real_predictions = boxed(predictions_x, real_y, small);
        let fake_predictions = boxed(predictions_x, fake_y, small);
        let gradients = boxed(samples_x, gradients_y, small);
        let loss = |row: Rect| {
            let size = vec2(loss_width, s(46.0));
            Rect::from_min_size(pos2(loss_x, (row.center().y - 0.5 * size.y).round()), size)
        };
        let nodes = Node::ALL.map(|node| match node {
            Node::Noise => noise,
            Node::Generator => generator,
            Node::RealSamples => real,
            Node::FakeSamples => fake,
            Node::Discriminator => discriminator,
            Node::RealPredictions => real_predictions,
            Node::FakePredictions => fake_predictions,
            Node::Gradients => gradients,
            Node::DiscriminatorLoss => loss(real_predictions),
            Node::GeneratorLoss => loss(fake_predictions),
        });

        // Edges keep a little distance from the boxes.
        let off = s(4.0);
        let forward = |from: Rect, to: Rect, y: f32| Edge {
            path: vec![pos2(from.right() + off, y), pos2(to.left() - off, y)],
            end: End::Arrow,
        };
        let (real_row, fake_row) = (real.center().y, fake.center().y);
        let merge = pos2(leg_x - 0.3 * last_gap, 0.5 * (real_row + fake_row));
        let joining = |from: Rect| Edge {
            path: paths::s_curve(pos2(from.right() + off, from.center().y), merge),
            end: End::Plain,
        };
        let radius = s(10.0);
        let turning = |corners: &[Pos2]| Edge {
            path: paths::rounded(corners, radius),
            end: End::Arrow,
        };
        let gradients_row = gradients.center().y;
        let generator_foot = boxes_end + s(40.0);
        let edges = vec![
            forward(noise, generator, fake_row),
            forward(generator, fake, fake_row),
            forward(real, discriminator, real_row),
            forward(fake, discriminator, fake_row),
            forward(discriminator, real_predictions, real_row),
            forward(discriminator, fake_predictions, fake_row),
            joining(real_predictions),
            joining(fake_predictions),
            turning(&[
                merge,
                pos2(leg_x, merge.y),
                pos2(leg_x, loop_y),
                pos2(discriminator.center().x, loop_y),
                pos2(discriminator.center().x, discriminator.top() - off),
            ]),
            turning(&[
                pos2(fake_predictions.right() + off, fake_row),
                pos2(leg_x, fake_row),
                pos2(leg_x, gradients_row),
                pos2(gradients.right() + off, gradients_row),
            ]),
            turning(&[
                pos2(gradients.left() - off, gradients_row),
                pos2(generator.center().x, gradients_row),
                pos2(generator.center().x, generator_foot),
            ]),
        ];

        let captions = {
            let put = |caption, x: f32, y: f32, anchor| PlacedCaption {
                caption,
                place: pos2(x, y),
                anchor,
            };
            let (name_y, second_y) = (boxes_end + s(11.0), boxes_end + s(29.0));
            let below =
                |words, node: Rect, y| put(Caption::Name(words), node.center().x, y, Align2::CENTER_CENTER);
            let above = |words, node: Rect| {
                put(
                    Caption::Row(words),
                    node.left(),
                    node.top() - 0.5 * caption,
                    Align2::LEFT_CENTER,
                )
            };
            let beside =
                |caption, node: Rect, y| put(caption, node.center().x + s(9.0), y, Align2::LEFT_CENTER);
            let centred =
                |caption, node: Rect| put(caption, node.center().x, second_y, Align2::CENTER_CENTER);
            use Network::{Discriminator, Generator};
            vec![
                below("Noise", noise, name_y),
                below("Generator", generator, name_y),
                below("Samples", fake, name_y),
                below("Discriminator", discriminator, name_y),
                below("Predictions", fake_predictions, name_y),
                below("Gradients", gradients, gradients.bottom() + s(12.0)),
                above("Real", real),
                above("Fake", fake),
                above("Real", real_predictions),
                above("Fake", fake_predictions),
                centred(Caption::Noise, noise),
                centred(Caption::Architecture(Generator), generator),
                centred(Caption::Architecture(Discriminator), discriminator),
                beside(Caption::Name("Gradients"), discriminator, loop_y - s(11.0)),
                put(
                    Caption::UpdatesPerEpoch(Discriminator),
                    leg_x,
                    loop_y - s(11.0),
                    Align2::RIGHT_CENTER,
                ),
                beside(Caption::Optimizer(Discriminator), discriminator, loop_y + s(15.0)),
                beside(
                    Caption::LearningRate(Discriminator),
                    discriminator,
                    loop_y + s(33.0),
                ),
                beside(Caption::Optimizer(Generator), generator, boxes_end + s(54.0)),
                beside(Caption::LearningRate(Generator), generator, boxes_end + s(72.0)),
                put(
                    Caption::UpdatesPerEpoch(Generator),
                    leg_x,
                    gradients_row + s(13.0),
                    Align2::RIGHT_CENTER,
                ),
            ]
        };

        Self {
            nodes,
            edges,
            captions,
            heading: panel.min + vec2(margin, s(8.0)),
        }
    }

    /// Where a node lies.
    #[must_use]
    pub const fn node(&self, node: Node) -> Rect {
        self.nodes[node as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_stay_in_their_panel_and_apart() {
        for (width, height, window) in [
            (630.0, 390.0, (1024.0, 700.0)),
            (800.0, 450.0, (1280.0, 800.0)),
            (1600.0, 900.0, (2560.0, 1440.0)),
            (1280.0, 720.0, (1280.0, 720.0)),
        ] {
            let panel = Rect::from_min_size(pos2(3.0, 70.0), vec2(width, height));
            let scale = Scale::of_window(Rect::from_min_size(Pos2::ZERO, window.into()));
            let layout = GraphLayout::new(panel, scale);
            for (index, node) in Node::ALL.into_iter().enumerate() {
                let rect = layout.node(node);
                assert!(
                    panel.contains_rect(rect),
                    "{node:?} leaves a panel of {width}×{height}: {rect}"
                );
                for other in &Node::ALL[index + 1..] {
                    let apart = !rect.expand(2.0).intersects(layout.node(*other));
                    assert!(apart, "{node:?} and {other:?} in a panel of {width}×{height}");
                }
            }
            for edge in &layout.edges {
                assert!(edge.path.iter().all(|corner| panel.contains(*corner)));
            }
            assert!(
                layout
                    .captions
                    .iter()
                    .all(|caption| panel.contains(caption.place))
            );
        }
    }

    #[test]
    fn large_boxes_are_as_high_as_the_two_beside_them() {
        let panel = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 450.0));
        let layout = GraphLayout::new(panel, Scale::ONE);
        assert_eq!(
            layout.node(Node::Generator).top(),
            layout.node(Node::RealSamples).top()
        );
        assert_eq!(
            layout.node(Node::Generator).bottom(),
            layout.node(Node::FakeSamples).bottom()
        );
    }

    #[test]
    fn the_smallest_panel_does_not_panic() {
        GraphLayout::new(Rect::from_min_size(Pos2::ZERO, Vec2::ZERO), Scale::ONE);
    }
}
