//! Memory of a run: one slice, owned by the caller, carved into named arrays.
//!
//! A desktop hands in a `Vec<f32>` of exactly [`memory_words`]; a microcontroller a `static`
//! [`Memory`] whose capacity is a constant worked out from the same function. Kernels only ever see
//! slices of the actual shape, so where the words lie, and how many are spare, changes no bit.
//!
//! Every array begins a multiple of 64 bytes after the first word. Memory that itself begins at such a
//! boundary, as [`Memory`] does, is fastest: then no vector straddles two cache lines.
//!
//! One slice serves better than arrays in the types: capacity is one const generic, nothing large
//! passes through the stack, and there is no second, "largest" instance to keep.

use crate::configuration::{Configuration, Network};
use crate::dense::{LANES, stride};
use crate::shape::Shape;
use crate::techniques::memory::{TechniqueParts, TechniqueSizes};

/// Words (`f32`) of memory that a run of a configuration needs.
///
/// The ring preset needs 67,264 words (263 KiB), of which 48,000 are atlases; the largest networks,
/// 5 × 100, at batch 150 about 0.8 million (3 MiB).
#[must_use]
pub const fn memory_words(configuration: &Configuration) -> usize {
    Sizes::of(configuration).total()
}

/// Memory for a run as a value of its own, for where there is no heap: zeroed, so that a `static` of it
/// takes no place in flash.
///
/// ```
/// use gan_core::{Memory, Preset, configuration::{AtlasLength, Configuration}, memory_words};
/// const SMALL: Configuration = {
///     let mut configuration = Preset::Line.configuration();
///     configuration.atlas = match AtlasLength::new(600) { Ok(length) => length, Err(_) => panic!() };
///     configuration
/// };
/// static MEMORY: Memory<{ memory_words(&SMALL) }> = Memory::new();
/// ```
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct Memory<const WORDS: usize> {
    words: [f32; WORDS],
}

impl<const WORDS: usize> Memory<WORDS> {
    /// All zero.
    #[must_use]
    pub const fn new() -> Self {
        const { assert!(WORDS > 0, "size Memory with memory_words(&configuration)") }
        Self { words: [0.0; WORDS] }
    }
}

impl<const WORDS: usize> Default for Memory<WORDS> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const WORDS: usize> AsRef<[f32]> for Memory<WORDS> {
    fn as_ref(&self) -> &[f32] {
        &self.words
    }
}

impl<const WORDS: usize> AsMut<[f32]> for Memory<WORDS> {
    fn as_mut(&mut self) -> &mut [f32] {
        &mut self.words
    }
}

/// Sizes that determine the length of each array.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    generator: Shape,
    discriminator: Shape,
    stride: usize,
    atlas: usize,
    techniques: TechniqueSizes,
}

/// The arrays of one network, each in the order of its parameters.
pub(crate) struct NetworkParts<S> {
    pub(crate) parameters: S,
    /// Gradients of the last update.
    pub(crate) gradients: S,
    /// First moments of Adam.
    pub(crate) means: S,
    /// Second moments of Adam.
    pub(crate) squares: S,
}

/// Every array of a run, named once for reading, for writing and for counting. Rows are
/// `[row][stride]`, atlases `[sample][component]`.
pub(crate) struct Parts<S> {
    pub(crate) generator: NetworkParts<S>,
    pub(crate) discriminator: NetworkParts<S>,
    /// Gradients of D's parameters over the fake batch alone, before they join the real batch's.
    pub(crate) fake_gradients: S,
    /// G's activations, from the noise to the fake samples (after tanh).
    pub(crate) generated: S,
    /// D's activations, from the real batch to its logits.
    pub(crate) judged_real: S,
    /// D's activations, from the fake batch to its logits.
    pub(crate) judged_fake: S,
    /// Derivatives of the loss in the real and the fake logits, one row each.
    pub(crate) real_deltas: S,
    pub(crate) fake_deltas: S,
    /// Two layers' deltas, taking turns in back-propagation.
    pub(crate) deltas: [S; 2],
    /// Logits of D's last update (real, fake) and of G's last, for the losses; one row each.
    pub(crate) shown_real: S,
    pub(crate) shown_fake: S,
    pub(crate) shown_fooling: S,
    /// Real points.
    pub(crate) real_atlas: S,
    /// Noise vectors.
    pub(crate) noise_atlas: S,
    /// Arrays of the techniques.
    pub(crate) techniques: TechniqueParts<S>,
}

/// Words that an array takes with what it leaves free, so that the next begins at 64 bytes again.
pub(crate) const fn placed(words: usize) -> usize {
    words.next_multiple_of(LANES)
}

impl Sizes {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        Self {
            generator: configuration.shape(Network::Generator),
            discriminator: configuration.shape(Network::Discriminator),
            stride: stride(configuration.batch.get()),
            atlas: configuration.atlas.get(),
            techniques: TechniqueSizes::of(configuration),
        }
    }

    const fn widest(&self) -> usize {
        let (g, d) = (self.generator.widest(), self.discriminator.widest());
        if g > d { g } else { d }
    }

    const fn total(&self) -> usize {
        let rows = self.generator.rows() + 2 * self.discriminator.rows() + 2 * self.widest() + 5;
        4 * placed(self.generator.parameters())
            + 5 * placed(self.discriminator.parameters())
            + rows * self.stride
            + placed(2 * self.atlas)
            + placed(self.generator.inputs() * self.atlas)
            + self.techniques.words()
    }

    /// Names the arrays, in order; `take` hands out the next so many words.
    #[inline(always)]
    pub(crate) fn carve<S>(&self, mut take: impl FnMut(usize) -> S) -> Parts<S> {
        let mut network = |shape: &Shape| NetworkParts {
            parameters: take(shape.parameters()),
            gradients: take(shape.parameters()),
            means: take(shape.parameters()),
            squares: take(shape.parameters()),
        };
        Parts {
            generator: network(&self.generator),
            discriminator: network(&self.discriminator),
            fake_gradients: take(self.discriminator.parameters()),
            generated: take(self.generator.rows() * self.stride),
            judged_real: take(self.discriminator.rows() * self.stride),
            judged_fake: take(self.discriminator.rows() * self.stride),
            real_deltas: take(self.stride),
            fake_deltas: take(self.stride),
            deltas: [
                take(self.widest() * self.stride),
                take(self.widest() * self.stride),
            ],
            shown_real: take(self.stride),
            shown_fake: take(self.stride),
            shown_fooling: take(self.stride),
            real_atlas: take(2 * self.atlas),
            noise_atlas: take(self.generator.inputs() * self.atlas),
            techniques: self.techniques.carve(&mut take),
        }
    }

    /// The arrays in `words`, which holds at least [`memory_words`] of them.
    #[inline(always)]
    pub(crate) fn parts<'a>(&self, words: &'a [f32]) -> Parts<&'a [f32]> {
        let mut rest = words;
        self.carve(|count| {
            let (taken, after) = rest.split_at(count);
            rest = &after[placed(count) - count..];
            taken
        })
    }

    /// The arrays in `words`, to write; otherwise as [`Self::parts`].
    #[inline(always)]
    pub(crate) fn parts_mut<'a>(&self, words: &'a mut [f32]) -> Parts<&'a mut [f32]> {
        let mut rest = words;
        self.carve(|count| {
            let (taken, after) = core::mem::take(&mut rest).split_at_mut(count);
            rest = &mut after[placed(count) - count..];
            taken
        })
    }
}

impl<S> Parts<S> {
    #[inline(always)]
    pub(crate) fn network(self, network: Network) -> NetworkParts<S> {
        match network {
            Network::Generator => self.generator,
            Network::Discriminator => self.discriminator,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Preset;

    #[test]
    fn the_constant_is_what_carving_takes() {
        for preset in Preset::ALL {
            let configuration = preset.configuration();
            let mut taken = 0;
            Sizes::of(&configuration).carve(|count| taken += placed(count));
            assert_eq!(taken, memory_words(&configuration));
        }
        assert_eq!(memory_words(&Preset::Ring.configuration()), 67_264);
    }
}
