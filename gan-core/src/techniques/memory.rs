//! The arrays of techniques, behind those of the plain run: none for what is off.

use super::averages::{AverageParts, AverageSizes};
use super::instance_noise::{InstanceNoiseParts, InstanceNoiseSizes};
use super::label_noise::{LabelNoiseParts, LabelNoiseSizes};
use super::penalty::{PenaltyParts, PenaltySizes};
use super::replay::{ReplayParts, ReplaySizes};
use crate::configuration::{Configuration, Network};
use crate::math::canonical;
use crate::profile::Profile;
use crate::random::{Purpose, Stream};

/// Numbers, or vectors, in a technique's own atlas: one more than samples in the run's, so that the two do not
/// always meet the same way.
pub(crate) const fn atlas_length(configuration: &Configuration) -> usize {
    configuration.atlas.get() + 1
}

/// What the length of each array follows from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TechniqueSizes {
    averages: AverageSizes,
    penalty: PenaltySizes,
    label_noise: LabelNoiseSizes,
    instance_noise: InstanceNoiseSizes,
    replay: ReplaySizes,
}

/// Every array of the techniques that are on; those of the others are empty.
pub(crate) struct TechniqueParts<S> {
    /// Averages of parameters.
    pub(crate) averages: AverageParts<S>,
    /// What penalties on D's gradient make on their way.
    pub(crate) penalty: PenaltyParts<S>,
    /// Which labels are wrong.
    pub(crate) label_noise: LabelNoiseParts<S>,
    /// Noise on what D sees.
    pub(crate) instance_noise: InstanceNoiseParts<S>,
    /// Old fake samples.
    pub(crate) replay: ReplayParts<S>,
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
    /// update, or drawn from the seed. Each with what its numbers pass when they are taken over: samples are
    /// kept as computed.
    pub(crate) fn states(self) -> [(S, fn(f32) -> f32); STATES] {
        let averages = self.averages;
        [
            (averages.moving, canonical),
            (averages.generator_history, canonical),
            (averages.discriminator_history, canonical),
            (self.replay.buffer, |sample| sample),
        ]
    }
}

/// Arrays of [`TechniqueParts::states`].
const STATES: usize = 4;

impl TechniqueParts<&mut [f32]> {
    /// Draws the techniques' own atlases; those that are off have no room.
    pub(crate) fn draw<P: Profile>(self, seed: u64) {
        let stream = |purpose| Stream::new(seed, purpose);
        self.label_noise.draw(stream(Purpose::LabelNoise));
        self.instance_noise.draw::<P>(stream(Purpose::InstanceNoise));
        self.penalty.draw(stream(Purpose::PenaltyMixing));
        self.replay.draw(stream(Purpose::Replay));
    }
}

impl TechniqueSizes {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        Self {
            averages: AverageSizes::of(configuration),
            penalty: PenaltySizes::of(configuration),
            label_noise: LabelNoiseSizes::of(configuration),
            instance_noise: InstanceNoiseSizes::of(configuration),
            replay: ReplaySizes::of(configuration),
        }
    }

    /// Words in all.
    pub(crate) const fn words(&self) -> usize {
        self.averages.words()
            + self.penalty.words()
            + self.label_noise.words()
            + self.instance_noise.words()
            + self.replay.words()
    }

    /// Numbers of [`TechniqueParts::states`] in all.
    pub(crate) const fn state_words(&self) -> usize {
        self.averages.state_words() + self.replay.state_words()
    }

    /// Names the arrays, in order; `take` hands out the next so many words.
    #[inline(always)]
    pub(crate) fn carve<S>(&self, take: &mut impl FnMut(usize) -> S) -> TechniqueParts<S> {
        TechniqueParts {
            averages: self.averages.carve(take),
            penalty: self.penalty.carve(take),
            label_noise: self.label_noise.carve(take),
            instance_noise: self.instance_noise.carve(take),
            replay: self.replay.carve(take),
        }
    }
}
