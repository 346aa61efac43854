//! Names that a teacher writes for the parts a lesson can point at and the layers it can show.
//!
//! Views decide where these parts lie; here they are words with a fixed meaning.

use std::fmt;

/// A word that is none of the known ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The kind of word: 'component', 'layer'.
    pub kind: &'static str,
    /// The word.
    pub word: String,
    /// The known ones.
    pub known: Vec<&'static str>,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, word, known } = self;
        let word = word.escape_debug();
        write!(f, "the {kind} '{word}' is not one of {}", known.join(", "))
    }
}

impl std::error::Error for Unknown {}

/// An enum whose variants are each a word in a lesson.
macro_rules! words {
    ($(#[$about:meta])* $name:ident is a $kind:literal { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word in a lesson.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = Unknown;

            fn from_str(word: &str) -> Result<Self, Unknown> {
                let found = Self::ALL.iter().find(|one| one.word() == word);
                found.copied().ok_or_else(|| Unknown {
                    kind: $kind,
                    word: word.to_owned(),
                    known: Self::ALL.iter().map(|one| one.word()).collect(),
                })
            }
        }
    };
}

words! {
    /// A part of the viewer that a page's text speaks of.
    Component is a "component" {
        /// The box of latent noise.
        Noise = "noise",
        /// The generator's box.
        Generator = "generator",
        /// The box of real samples.
        RealSamples = "real samples",
        /// The box of fake samples.
        FakeSamples = "fake samples",
        /// The discriminator's box.
        Discriminator = "discriminator",
        /// The discriminator's predictions for real samples.
        RealPredictions = "real predictions",
        /// The discriminator's predictions for fake samples.
        FakePredictions = "fake predictions",
        /// The gradients that push fake samples.
        Gradients = "gradients",
        /// The discriminator's loss, bar and figure.
        DiscriminatorLoss = "discriminator loss",
        /// The generator's loss, bar and figure.
        GeneratorLoss = "generator loss",
        /// The layered distributions.
        Canvas = "canvas",
        /// The switches of the layers.
        Legend = "legend",
        /// The chart of losses.
        LossesChart = "losses chart",
        /// The chart of divergences.
        DivergencesChart = "divergences chart",
        /// The button that plays and pauses.
        Play = "play",
        /// The buttons that step one network or both.
        Steps = "steps",
        /// The slider of paces.
        Pace = "pace",
        /// The pencil that turns hyper-parameters into controls.
        HyperParameters = "hyper-parameters",
    }
}

words! {
    /// A layer of the large canvas.
    ShownLayer is a "layer" {
        /// Real samples as dots.
        Real = "real",
        /// Lines of the real samples' density.
        Contour = "contour",
        /// The generator's image of the space of noise.
        Manifold = "manifold",
        /// Fake samples as dots.
        Fake = "fake",
        /// The discriminator's output.
        Heatmap = "heatmap",
        /// The gradients that push fake samples.
        Gradients = "gradients",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_means_what_it_names() {
        for component in Component::ALL {
            assert_eq!(component.word().parse(), Ok(*component));
        }
        for layer in ShownLayer::ALL {
            assert_eq!(layer.word().parse(), Ok(*layer));
        }
        let error = "fog\n".parse::<ShownLayer>().unwrap_err().to_string();
        assert_eq!(
            error,
            "the layer 'fog\\n' is not one of real, contour, manifold, fake, heatmap, gradients"
        );
    }
}
