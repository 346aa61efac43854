//! The arrays of techniques, behind those of the plain run: none for what is off.

use super::averages::AverageSizes;
use crate::configuration::{Configuration, Network};

/// What the length of each array follows from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TechniqueSizes {
    averages: AverageSizes,
}

/// Every array of the techniques that are on; those of the others are empty.
pub(crate) struct TechniqueParts<S> {
    /// Averages of parameters.
    pub(crate) averages: super::averages::AverageParts<S>,
}

/// What techniques count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Updates of the generator, where historical averaging keeps its mean.
    pub(crate) generator_updates: u64,
    /// As above, of the discriminator.
    pub(crate) discriminator_updates: u64,
    /// Samples written to the replay buffer.
    pub(crate) replayed: u64,
}

impl Counts {
    /// Updates of a network.
    pub(crate) const fn updates_mut(&mut self, network: Network) -> &mut u64 {
        match network {
            Network::Generator => &mut self.generator_updates,
            Network::Discriminator => &mut self.discriminator_updates,
        }
    }

    /// All of them, in the order of a packed state.
    pub(crate) const fn all(self) -> [u64; 3] {
        [self.generator_updates, self.discriminator_updates, self.replayed]
    }

    /// As [`Self::all`] gave them.
    pub(crate) const fn from_all([generator_updates, discriminator_updates, replayed]: [u64; 3]) -> Self {
        Self {
            generator_updates,
            discriminator_updates,
            replayed,
        }
    }
}

impl<S> TechniqueParts<S> {
    /// What must be kept to go on from a state, in the order of a packed one; the rest is made anew in each
    /// update, or drawn from the seed.
    pub(crate) fn states(self) -> [S; STATES] {
        let averages = self.averages;
        [
            averages.moving,
            averages.generator_history,
            averages.discriminator_history,
        ]
    }
}

/// Arrays of [`TechniqueParts::states`].
const STATES: usize = 3;

impl TechniqueSizes {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        Self {
            averages: AverageSizes::of(configuration),
        }
    }

    /// Words in all.
    pub(crate) const fn words(&self) -> usize {
        self.averages.words()
    }

    /// Numbers of [`TechniqueParts::states`] in all.
    pub(crate) const fn state_words(&self) -> usize {
        self.averages.state_words()
    }

    /// Names the arrays, in order; `take` hands out the next so many words.
    #[inline(always)]
    pub(crate) fn carve<S>(&self, take: &mut impl FnMut(usize) -> S) -> TechniqueParts<S> {
        TechniqueParts {
            averages: self.averages.carve(take),
        }
    }
}
