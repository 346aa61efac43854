//! Places of the nodes of the model overview graph, worked out from the panel alone. Nothing is
//! drawn here.
//!
//! From left to right: noise, generator, samples, discriminator, predictions, losses. A large box is as
//! high as the two small ones beside it. The discriminator's backward loop runs over the top, the
//! generator's under the bottom. The smaller of what width and height allow is the size of a box; what
//! is left goes into the gaps.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::style::Scale;

/// A place of the graph with a picture or a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// The noise that the generator starts from.
    Noise,
    /// Its manifold.
    Generator,
    /// Samples of the target.
    RealSamples,
    /// Samples of the generator.
    FakeSamples,
    /// Its heatmap.
    Discriminator,
    /// The discriminator's output for the real samples.
    RealPredictions,
    /// The discriminator's output for the fake samples.
    FakePredictions,
    /// The gradients that push fake samples.
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

/// The graph, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphLayout {
    nodes: [Rect; Node::ALL.len()],
    leg: f32,
    top: f32,
    heading: Pos2,
}

/// Lengths, before scaling, between rows of the graph.
mod row {
    /// Height from the panel's top to the discriminator's loop.
    pub(super) const LOOP: f32 = 32.0;
    /// Height from the loop to the captions above the boxes.
    pub(super) const ABOVE: f32 = 48.0;
    /// A caption's own height.
    pub(super) const CAPTION: f32 = 20.0;
    /// Height from the boxes' bottom to the generator's loop: a name, two lines below, two lines
    /// beside it.
    pub(super) const BELOW: f32 = 84.0;
    /// Height below the box of gradients.
    pub(super) const BOTTOM: f32 = 26.0;
}

/// Gaps between columns as multiples of their unit, and that beside the predictions.
const GAP: f32 = 0.55;
const LAST_GAP: f32 = 0.8;

impl GraphLayout {
    /// Lays out the graph for a panel of this size.
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
        let unit = ((width - 7.0 * small) / units).clamp(4.0, 2.5 * small);
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

        Self {
            nodes,
            leg: leg_x,
            top: loop_y,
            heading: panel.min + vec2(margin, s(8.0)),
        }
    }

    /// The rectangle of a node.
    #[must_use]
    pub const fn node(&self, node: Node) -> Rect {
        self.nodes[node as usize]
    }

    /// The x of the leg that both backward loops begin with, between predictions and losses.
    #[must_use]
    pub const fn leg(&self) -> f32 {
        self.leg
    }

    /// The y of the discriminator's loop, above all boxes.
    #[must_use]
    pub const fn top(&self) -> f32 {
        self.top
    }

    /// The upper left corner of the heading.
    #[must_use]
    pub const fn heading(&self) -> Pos2 {
        self.heading
    }
}

/// The connection that an edge shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Noise, into the generator.
    NoiseToGenerator,
    /// Fake samples, from the generator.
    GeneratorToSamples,
    /// Real samples to be judged.
    RealToDiscriminator,
    /// Fake samples to be judged.
    FakeToDiscriminator,
    /// The discriminator's output for the real samples.
    DiscriminatorToReal,
    /// The discriminator's output for the fake samples.
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
    /// Gradients of the fake samples, on to the generator.
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

#[cfg(test)]
mod tests {
    use super::*;

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
        let layout = GraphLayout::new(Rect::from_min_size(Pos2::ZERO, Vec2::ZERO), Scale::ONE);
        assert!(Node::ALL.iter().all(|node| layout.node(*node).is_finite()));
    }
}
