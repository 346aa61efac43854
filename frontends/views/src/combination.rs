//! The combinations of layers that GAN Lab's authors recommend (Kahng et al. 2018, section 5.2), each
//! with the question that it answers.

use crate::layers::{Layer, LayerSet};

/// A question, and the layers that answer it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Combination {
    /// Whether the discriminator tells real from fake.
    Discriminator,
    /// Whether the two distributions match.
    Distributions,
    /// Which way fake samples are to move.
    Directions,
}

impl Combination {
    /// All of them, in the order in which a beginner asks.
    pub const ALL: [Self; 3] = [Self::Discriminator, Self::Distributions, Self::Directions];

    /// The question; its button is found by it.
    #[must_use]
    pub const fn question(self) -> &'static str {
        match self {
            Self::Discriminator => "Is D right?",
            Self::Distributions => "Do the two match?",
            Self::Directions => "Where is G pushed?",
        }
    }

    /// How to read the answer off the picture.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Discriminator => "It is where green dots lie on green and purple dots on purple.",
            Self::Distributions => "They do where purple fills the green lines, as densely as they.",
            Self::Directions => "Pink lines lead fake samples to where D takes them for real.",
        }
    }

    /// The same for somebody who has not chosen it yet.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Discriminator => {
                "Shows real and fake samples on the discriminator's heatmap: is each dot on its own colour?"
            }
            Self::Distributions => {
                "Shows the real samples as contour lines, what the generator makes as a manifold and dots: do \
                 they cover one another?"
            }
            Self::Directions => {
                "Shows fake samples, their gradients and the heatmap: the generator's next update moves the \
                 samples along the gradients."
            }
        }
    }

    /// The layers that it shows.
    #[must_use]
    pub fn layers(self) -> LayerSet {
        LayerSet::of(match self {
            Self::Discriminator => &[Layer::Heatmap, Layer::Real, Layer::Fake],
            Self::Distributions => &[Layer::Contour, Layer::Manifold, Layer::Fake],
            Self::Directions => &[Layer::Heatmap, Layer::Fake, Layer::Gradients],
        })
    }

    /// The one that shows just these layers.
    #[must_use]
    pub fn of(layers: LayerSet) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.layers() == layers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_known_by_its_layers_and_the_first_sight_is_none() {
        for one in Combination::ALL {
            assert_eq!(Combination::of(one.layers()), Some(one));
        }
        assert_eq!(Combination::of(LayerSet::default()), None);
    }
}
