//! Pictures that lie over one another in the coordinates of the samples, one painter a file.
//!
//! A painter draws into any rectangle: the same code fills a node of the overview graph and the large
//! canvas. It knows a [`Scene`] and a [`Projection`], no widget and no time.

mod average;
mod contour;
mod dots;
mod fake;
mod gradients;
mod heatmap;
mod manifold;
mod noise;
mod predictions;
mod real;
mod walk;

use egui::{Painter, TextureId};
use gan_core::Point;
use lab::{Manifold, Snapshot};

pub use contour::Contours;
pub(crate) use dots::paint_dots;
pub(crate) use heatmap::HeatmapTexture;
pub(crate) use noise::paint as paint_noise;
pub(crate) use predictions::{Side, paint as paint_predictions};
pub(crate) use walk::{WalkScene, paint as paint_walk, paint_at as paint_walk_at};

use crate::palette::Palette;
use crate::projection::Projection;
use crate::warp::Warped;

/// The input of painters.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The run at one moment.
    pub snapshot: &'a Snapshot,
    /// The contour lines of its density of real samples.
    pub contours: &'a Contours,
    /// Colours to paint in.
    pub colours: &'static Palette,
    /// The snapshot's heatmap as a texture; without, it is drawn in cells.
    pub heatmap: Option<TextureId>,
    /// The manifold and the fake samples on their way from the noise, while that is played.
    pub(crate) warped: Option<&'a Warped>,
    /// The walk through the noise, while there is one.
    pub(crate) walk: Option<WalkScene<'a>>,
}

impl<'a> Scene<'a> {
    /// The manifold, where it is now.
    #[must_use]
    pub fn manifold(self) -> &'a Manifold {
        self.warped.map_or(&self.snapshot.manifold, Warped::manifold)
    }

    /// The fake samples, where they are now.
    #[must_use]
    pub fn fake(self) -> &'a [Point] {
        self.warped.map_or(&self.snapshot.fake, Warped::fake)
    }

    /// The same scene with everything where it belongs.
    pub(crate) const fn at_rest(self) -> Self {
        Self { warped: None, ..self }
    }
}

/// A layer of the large canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layer {
    /// Real samples as dots.
    Real,
    /// Contour lines of the real samples' density.
    Contour,
    /// The generator's image of the space of noise.
    Manifold,
    /// Fake samples as dots.
    Fake,
    /// The discriminator's output in cells.
    Heatmap,
    /// Gradients that push the fake samples.
    Gradients,
    /// Samples of the generator's moving average, if the run keeps one.
    Average,
}

impl Layer {
    /// All of them, from the bottom up.
    pub const ALL: [Self; 7] = [
        Self::Heatmap,
        Self::Manifold,
        Self::Contour,
        Self::Gradients,
        Self::Real,
        Self::Fake,
        Self::Average,
    ];

    /// The name people see, and by which a switch is found.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Real => "Real samples",
            Self::Contour => "Density contour",
            Self::Manifold => "Manifold",
            Self::Fake => "Fake samples",
            Self::Heatmap => "Discriminator heatmap",
            Self::Gradients => "Gradients",
            Self::Average => "Averaged generator",
        }
    }

    /// Draws it where the projection says; the painter clips.
    pub fn paint(self, scene: Scene<'_>, painter: &Painter, projection: &Projection) {
        match self {
            Self::Real => real::paint(scene, painter, projection),
            Self::Contour => scene.contours.paint(scene.colours, painter, projection),
            Self::Manifold => manifold::paint(scene, painter, projection),
            Self::Fake => fake::paint(scene, painter, projection),
            Self::Heatmap => heatmap::paint(scene, painter, projection),
            Self::Gradients => gradients::paint(scene, painter, projection),
            Self::Average => average::paint(scene, painter, projection),
        }
    }
}

/// A set of layers on the large canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerSet(u8);

impl LayerSet {
    /// The set of these layers.
    #[must_use]
    pub fn of(layers: &[Layer]) -> Self {
        Self(layers.iter().fold(0, |set, layer| set | Self::bit(*layer)))
    }

    const fn bit(layer: Layer) -> u8 {
        1 << layer as u8
    }

    /// Whether it is shown.
    #[must_use]
    pub const fn contains(self, layer: Layer) -> bool {
        self.0 & Self::bit(layer) != 0
    }

    /// Shows it if it was hidden, and the other way round.
    pub const fn toggle(&mut self, layer: Layer) {
        self.0 ^= Self::bit(layer);
    }

    /// Returns the layers shown, from the bottom up.
    pub fn iter(self) -> impl Iterator<Item = Layer> {
        Layer::ALL.into_iter().filter(move |layer| self.contains(*layer))
    }
}

impl Default for LayerSet {
    /// The layers that GAN Lab begins with.
    fn default() -> Self {
        Self::of(&[Layer::Heatmap, Layer::Manifold, Layer::Real, Layer::Fake])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_toggles_alone() {
        for layer in Layer::ALL {
            let mut set = LayerSet::of(&[]);
            set.toggle(layer);
            assert_eq!(set.iter().collect::<Vec<_>>(), [layer]);
            set.toggle(layer);
            assert_eq!(set, LayerSet::of(&[]));
        }
    }
}
