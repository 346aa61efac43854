//! The arrays of techniques, behind those of the plain run: none for what is off.

use super::averages::{AverageParts, AverageSizes};
use super::batch_normalization::{self, RunningParts, RunningSizes};
use super::instance_noise::{InstanceNoiseParts, InstanceNoiseSizes};
use super::label_noise::{LabelNoiseParts, LabelNoiseSizes};
use super::passes::{Kept, KeptSizes};
use super::penalty::{PenaltyParts, PenaltySizes};
use super::replay::{ReplayParts, ReplaySizes};
use super::spectral::{self, Spectral, SpectralSizes};
use crate::configuration::{Configuration, Network};
use crate::dense::stride;
use crate::math::canonical;
use crate::memory::placed;
use crate::profile::Profile;
use crate::random::{Purpose, Stream};

/// Numbers, or vectors, in a technique's own atlas: one more than samples in the run's, so that the two do not
/// always meet the same way.
pub(crate) const fn atlas_length(configuration: &Configuration) -> usize {
    configuration.atlas.get() + 1
}

/// Sizes that determine the length of each array.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TechniqueSizes {
    averages: AverageSizes,
    penalty: PenaltySizes,
    label_noise: LabelNoiseSizes,
    instance_noise: InstanceNoiseSizes,
    replay: ReplaySizes,
    running: RunningSizes,
    generator_spectral: SpectralSizes,
    discriminator_spectral: SpectralSizes,
    generator_kept: KeptSizes,
    discriminator_kept: KeptSizes,
    compared_deltas: usize,
}

/// Every array of the techniques that are on; those of the others are empty.
pub(crate) struct TechniqueParts<S> {
    /// Averages of parameters.
    pub(crate) averages: AverageParts<S>,
    /// Intermediate results of penalties on D's gradient.
    pub(crate) penalty: PenaltyParts<S>,
    /// Which labels are wrong.
    pub(crate) label_noise: LabelNoiseParts<S>,
    /// Noise on what D sees.
    pub(crate) instance_noise: InstanceNoiseParts<S>,
    /// Old fake samples.
    pub(crate) replay: ReplayParts<S>,
    /// Running figures of batch normalisation.
    pub(crate) running: RunningParts<S>,
    /// Spectral normalisation of the generator.
    pub(crate) generator_spectral: Spectral<S>,
    /// Spectral normalisation of the discriminator.
    pub(crate) discriminator_spectral: Spectral<S>,
    /// Numbers that back-propagation needs of the forward passes: G's, D's over the real and over
    /// the fake batch.
    pub(crate) generated: Kept<S>,
    pub(crate) judged_real: Kept<S>,
    pub(crate) judged_fake: Kept<S>,
    /// Deltas of the numbers that minibatch discrimination compares, `[number][stride]`.
    pub(crate) compared_deltas: S,
}

/// Counters of the techniques.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Updates of the generator, where historical averaging keeps its mean.
    pub(crate) generator_updates: u64,
    /// Updates of the discriminator, where historical averaging keeps its mean.
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

    /// Counters from the numbers that [`Self::all`] gave.
    pub(crate) const fn from_all([generator_updates, discriminator_updates, replayed]: [u64; 3]) -> Self {
        Self {
            generator_updates,
            discriminator_updates,
            replayed,
        }
    }
}

impl<S> TechniqueParts<S> {
    /// Arrays that must be kept to go on from a state, in the order of a packed one; the rest is
    /// made anew in each update, or drawn from the seed. Each comes with the function that its
    /// numbers pass when they are taken over: samples are kept as computed.
    pub(crate) fn states(self) -> [State<S>; STATES] {
        let averages = self.averages;
        [
            (averages.moving, canonical),
            (self.running.generator, canonical),
            (self.running.discriminator, canonical),
            (self.generator_spectral.left, canonical),
            (self.discriminator_spectral.left, canonical),
            (averages.generator_history, canonical),
            (averages.discriminator_history, canonical),
            (self.replay.buffer, |sample| sample),
        ]
    }
}

/// Numbers that are state, and what they pass when they are taken over.
pub(crate) type State<S> = (S, fn(f32) -> f32);

/// Arrays of [`TechniqueParts::states`].
const STATES: usize = 8;

impl TechniqueParts<&mut [f32]> {
    /// Begins what techniques keep and draws what they need; those that are off have no room.
    pub(crate) fn draw<P: Profile>(self, configuration: &Configuration, seed: u64) {
        let [generator, discriminator] =
            [configuration.generator, configuration.discriminator].map(|network| network.neurons.get());
        batch_normalization::begin(self.running.generator, generator);
        batch_normalization::begin(self.running.discriminator, discriminator);
        let mut left = Stream::new(seed, Purpose::SpectralVectors);
        spectral::begin::<P>(&mut left, self.generator_spectral.left);
        spectral::begin::<P>(&mut left, self.discriminator_spectral.left);
        let stream = |purpose| Stream::new(seed, purpose);
        self.label_noise.draw(stream(Purpose::LabelNoise));
        self.instance_noise.draw::<P>(stream(Purpose::InstanceNoise));
        self.penalty.draw(stream(Purpose::PenaltyMixing));
        self.replay.draw(stream(Purpose::Replay));
    }
}

impl TechniqueSizes {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        let (generator, discriminator) = (
            configuration.shape(Network::Generator),
            configuration.shape(Network::Discriminator),
        );
        let stride = stride(configuration.batch.get());
        Self {
            averages: AverageSizes::of(configuration),
            penalty: PenaltySizes::of(configuration),
            label_noise: LabelNoiseSizes::of(configuration),
            instance_noise: InstanceNoiseSizes::of(configuration),
            replay: ReplaySizes::of(configuration),
            running: RunningSizes::of(configuration),
            generator_spectral: SpectralSizes::of(configuration, Network::Generator),
            discriminator_spectral: SpectralSizes::of(configuration, Network::Discriminator),
            generator_kept: KeptSizes::of(&generator, stride),
            discriminator_kept: KeptSizes::of(&discriminator, stride),
            compared_deltas: match discriminator.minibatch() {
                None => 0,
                Some(minibatch) => minibatch.numbers() * stride,
            },
        }
    }

    /// Words in all.
    pub(crate) const fn words(&self) -> usize {
        self.averages.words()
            + self.penalty.words()
            + self.label_noise.words()
            + self.instance_noise.words()
            + self.replay.words()
            + self.running.words()
            + self.generator_spectral.words()
            + self.discriminator_spectral.words()
            + self.generator_kept.words()
            + 2 * self.discriminator_kept.words()
            + placed(self.compared_deltas)
    }

    /// Numbers of [`TechniqueParts::states`] in all.
    pub(crate) const fn state_words(&self) -> usize {
        self.averages.state_words()
            + self.replay.state_words()
            + self.running.state_words()
            + self.generator_spectral.state_words()
            + self.discriminator_spectral.state_words()
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
            running: self.running.carve(take),
            generator_spectral: self.generator_spectral.carve(take),
            discriminator_spectral: self.discriminator_spectral.carve(take),
            generated: self.generator_kept.carve(take),
            judged_real: self.discriminator_kept.carve(take),
            judged_fake: self.discriminator_kept.carve(take),
            compared_deltas: take(self.compared_deltas),
        }
    }
}
