//! A GAN in training: its state, set-up, what may change on the way, and its name, the state hash.
//!
//! How it advances is in [`crate::training`]. The numbers lie in memory the caller hands in
//! ([`crate::memory`]); this type adds cursors and the place within the epoch.

use core::fmt;
use core::marker::PhantomData;

use heapless::Vec;

use crate::Change;
use crate::configuration::{Configuration, Network, NoiseDimensions, NoiseKind, Optimizer};
use crate::dense::stride;
use crate::hash::{Fnv, StateHash};
use crate::kernels::{Instructions, Kernels};
use crate::loss::Objective;
use crate::math::canonical;
use crate::memory::{NetworkParts, Parts, Sizes, memory_words};
use crate::optimizer::Powers;
use crate::phases::{Phases, Trained};
use crate::profile::{Profile, Reference};
use crate::random::{Purpose, Stream};
use crate::shape::{KERNEL_DIMENSIONS, Layer, MOST_LAYERS};
use crate::target::{Point, Target};
use crate::techniques::memory::Counts;
use crate::techniques::{Conflict, replay};
use crate::training::{Diverged, Phase, Plan};

/// The version of `CONTRACT.md` that this crate keeps.
pub const CONTRACT_VERSION: u32 = 1;

/// A generator and a discriminator in training, with arithmetic `P` and memory `M`.
///
/// ```
/// use gan_core::{Gan, Preset, Reference, memory_words};
///
/// let line = Preset::Line.configuration();
/// let memory = vec![0.0; memory_words(&line)];
/// let mut gan = Gan::<_, Reference>::new(memory, &line, 1, &[])?;
/// gan.run_epoch()?;
/// assert_eq!(gan.epoch(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Gan<M, P = Reference> {
    pub(crate) configuration: Configuration,
    pub(crate) sizes: Sizes,
    pub(crate) generator_layers: Vec<Layer, MOST_LAYERS>,
    pub(crate) discriminator_layers: Vec<Layer, MOST_LAYERS>,
    pub(crate) memory: M,
    pub(crate) epoch: u64,
    pub(crate) real_cursor: u64,
    pub(crate) noise_cursor: u64,
    pub(crate) generator_powers: Powers,
    pub(crate) discriminator_powers: Powers,
    /// Counters of the techniques.
    pub(crate) counts: Counts,
    pub(crate) plan: Plan,
    pub(crate) upcoming: Option<Phase>,
    pub(crate) diverged: Option<Diverged>,
    /// Whether each network has had a loss computed since the run began.
    pub(crate) generator_judged: bool,
    pub(crate) discriminator_judged: bool,
    pub(crate) instructions: Instructions,
    profile: PhantomData<P>,
}

/// A run could not be set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupError {
    /// The memory is smaller than [`memory_words`].
    MemoryTooSmall {
        /// Words the configuration needs.
        needed: usize,
        /// Words that came.
        given: usize,
    },
    /// The target is [`Target::Drawing`], and there is no point to draw from.
    EmptyDrawing,
    /// Techniques that do not go together.
    Conflict(Conflict),
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MemoryTooSmall { needed, given } => {
                write!(
                    f,
                    "this configuration needs {needed} words of memory, not {given}: see memory_words"
                )
            }
            Self::EmptyDrawing => f.write_str("the drawing has no points: draw at least one"),
            Self::Conflict(conflict) => conflict.fmt(f),
        }
    }
}

impl core::error::Error for SetupError {}

/// Numbers from outside could not be taken over; nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// More or fewer numbers came than the configuration's shape has.
    WrongLength {
        /// Numbers needed.
        expected: usize,
        /// Numbers that came.
        came: usize,
    },
    /// A number is infinite or not a number.
    NotFinite {
        /// Which one, from 0.
        index: usize,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongLength { expected, came } => write!(f, "{expected} numbers are needed, {came} came"),
            Self::NotFinite { index } => write!(f, "number {index} is infinite or not a number"),
        }
    }
}

impl core::error::Error for LoadError {}

/// Only between two epochs: finish the current one first ([`Gan::finish_epoch`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MidEpoch;

impl fmt::Display for MidEpoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an epoch is under way: finish it first")
    }
}

impl core::error::Error for MidEpoch {}

impl<M: AsRef<[f32]> + AsMut<[f32]>, P: Profile> Gan<M, P> {
    /// A run at epoch 0: weights and atlases drawn from the seed (`CONTRACT.md`, section 5).
    ///
    /// `drawing` is the points of [`Target::Drawing`], and ignored for the other targets.
    pub fn new(
        memory: M,
        configuration: &Configuration,
        seed: u64,
        drawing: &[Point],
    ) -> Result<Self, SetupError> {
        configuration.check().map_err(SetupError::Conflict)?;
        let (needed, given) = (memory_words(configuration), memory.as_ref().len());
        if given < needed {
            return Err(SetupError::MemoryTooSmall { needed, given });
        }
        if configuration.target == Target::Drawing && drawing.is_empty() {
            return Err(SetupError::EmptyDrawing);
        }
        let mut gan = Self {
            configuration: *configuration,
            sizes: Sizes::of(configuration),
            generator_layers: configuration.shape(Network::Generator).layers(),
            discriminator_layers: configuration.shape(Network::Discriminator).layers(),
            memory,
            epoch: 0,
            real_cursor: 0,
            noise_cursor: 0,
            generator_powers: Powers::ONE,
            discriminator_powers: Powers::ONE,
            counts: Counts::default(),
            plan: Plan::of(configuration),
            upcoming: None,
            diverged: None,
            generator_judged: false,
            discriminator_judged: false,
            instructions: Instructions::BASELINE,
            profile: PhantomData,
        };
        gan.memory.as_mut()[..needed].fill(0.0);
        let parts = gan.sizes.parts_mut(gan.memory.as_mut());
        for (network, purpose, parameters) in [
            (
                Network::Generator,
                Purpose::GeneratorWeights,
                parts.generator.parameters,
            ),
            (
                Network::Discriminator,
                Purpose::DiscriminatorWeights,
                parts.discriminator.parameters,
            ),
        ] {
            draw_weights::<P>(configuration, network, Stream::new(seed, purpose), parameters);
        }
        let (real, noise) = (parts.real_atlas, parts.noise_atlas);
        draw_real::<P>(
            configuration,
            drawing,
            Stream::new(seed, Purpose::RealAtlas),
            real.as_chunks_mut().0,
        );
        for coordinate in real {
            *coordinate = configuration.techniques.inputs.normalize(*coordinate);
        }
        draw_noise::<P>(configuration, Stream::new(seed, Purpose::NoiseAtlas), noise);
        parts.techniques.draw::<P>(configuration, seed);
        gan.begin_averages(Network::Generator);
        gan.begin_averages(Network::Discriminator);
        Ok(gan)
    }

    /// The configuration that it was set up with, as changed since.
    #[must_use]
    pub const fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// Completed epochs.
    #[must_use]
    pub const fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Computes with these instructions from now on; no bit changes. At first with
    /// [`Instructions::BASELINE`].
    pub const fn use_instructions(&mut self, instructions: Instructions) {
        self.instructions = instructions;
    }

    /// The run, taken apart for the phases of an update.
    #[inline(always)]
    pub(crate) fn phases<const PLAIN: bool>(&mut self) -> Phases<'_, P, PLAIN> {
        Phases {
            configuration: &self.configuration,
            kernels: Kernels::new(self.instructions),
            objective: Objective::of(&self.configuration),
            samples: self.configuration.batch.get(),
            epoch: self.epoch,
            parts: self.sizes.parts_mut(self.memory.as_mut()),
            generator: Trained {
                layers: &self.generator_layers,
                minibatch: None,
                powers: &mut self.generator_powers,
                judged: &mut self.generator_judged,
            },
            discriminator: Trained {
                layers: &self.discriminator_layers,
                minibatch: self.configuration.shape(Network::Discriminator).minibatch(),
                powers: &mut self.discriminator_powers,
                judged: &mut self.discriminator_judged,
            },
            real_cursor: &mut self.real_cursor,
            noise_cursor: &mut self.noise_cursor,
            counts: &mut self.counts,
        }
    }

    /// The phase that [`Self::advance`] runs next within the current epoch; `None` between two epochs.
    #[must_use]
    pub const fn upcoming(&self) -> Option<Phase> {
        self.upcoming
    }

    /// The divergence that stopped the run for good, if one did.
    #[must_use]
    pub const fn diverged(&self) -> Option<Diverged> {
        self.diverged
    }

    /// Changes a hyper-parameter; no weight is touched.
    ///
    /// ```
    /// # use gan_core::{Gan, Preset, Reference, memory_words};
    /// # let line = Preset::Line.configuration();
    /// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
    /// use gan_core::configuration::LearningRate;
    /// use gan_core::{Change, Network};
    ///
    /// gan.change(Change::learning_rate(Network::Generator, LearningRate::new(0.01)?))?;
    /// assert_eq!(gan.configuration().generator.learning_rate.get(), 0.01);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn change(&mut self, change: Change) -> Result<(), MidEpoch> {
        self.between_epochs()?;
        let before = self.configuration;
        self.configuration = change.applied_to(before);
        for network in Network::ALL {
            if self.configuration.network(network).optimizer != before.network(network).optimizer {
                self.forget_moments(network);
            }
        }
        Ok(())
    }

    pub(crate) const fn between_epochs(&self) -> Result<(), MidEpoch> {
        match self.upcoming {
            None => Ok(()),
            Some(_) => Err(MidEpoch),
        }
    }

    fn forget_moments(&mut self, network: Network) {
        match network {
            Network::Generator => self.generator_powers = Powers::ONE,
            Network::Discriminator => self.discriminator_powers = Powers::ONE,
        }
        let NetworkParts { means, squares, .. } = self.sizes.parts_mut(self.memory.as_mut()).network(network);
        means.fill(0.0);
        squares.fill(0.0);
    }

    /// Averages of a network's parameters begin with what these are now.
    fn begin_averages(&mut self, network: Network) {
        let parts = self.sizes.parts_mut(self.memory.as_mut());
        let (moving, history, parameters) = match network {
            Network::Generator => (
                Some(parts.techniques.averages.moving),
                parts.techniques.averages.generator_history,
                parts.generator.parameters,
            ),
            Network::Discriminator => (
                None,
                parts.techniques.averages.discriminator_history,
                parts.discriminator.parameters,
            ),
        };
        // Averages that are off have no room.
        for average in moving.into_iter().chain([history]) {
            let count = average.len();
            average.copy_from_slice(&parameters[..count]);
        }
        *self.counts.updates_mut(network) = 0;
    }

    /// The moving average of the generator's parameters, in their order, where it is kept.
    #[must_use]
    pub fn average(&self) -> Option<&[f32]> {
        let average = self.parts().techniques.averages.moving;
        (!average.is_empty()).then_some(average)
    }

    /// A network's weights and biases, layer by layer: weights `[output][input]`, then biases.
    #[must_use]
    pub fn parameters(&self, network: Network) -> &[f32] {
        self.parts().network(network).parameters
    }

    /// Takes over a network's parameters, in the order of [`Self::parameters`]; its moments and averages start anew.
    /// Meant for a run at epoch 0.
    ///
    /// ```
    /// # use gan_core::{Gan, Preset, Reference, memory_words};
    /// # let line = Preset::Line.configuration();
    /// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
    /// use gan_core::Network;
    ///
    /// let zeros = vec![0.0; gan.parameters(Network::Generator).len()];
    /// gan.load_parameters(Network::Generator, &zeros)?;
    /// assert!(gan.load_parameters(Network::Generator, &zeros[1..]).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn load_parameters(&mut self, network: Network, values: &[f32]) -> Result<(), LoadError> {
        load(
            values,
            self.sizes
                .parts_mut(self.memory.as_mut())
                .network(network)
                .parameters,
        )?;
        self.forget_moments(network);
        self.begin_averages(network);
        Ok(())
    }

    /// The real points that batches come from, as the networks see them, `[sample]`.
    #[must_use]
    pub fn real_atlas(&self) -> &[Point] {
        self.parts().real_atlas.as_chunks().0
    }

    /// The noise vectors that batches come from, `[sample][component]`.
    #[must_use]
    pub fn noise_atlas(&self) -> &[f32] {
        self.parts().noise_atlas
    }

    /// Takes over both atlases, in the order of [`Self::real_atlas`] and [`Self::noise_atlas`].
    /// Meant for a run at epoch 0.
    pub fn load_atlases(&mut self, real: &[Point], noise: &[f32]) -> Result<(), LoadError> {
        let parts = self.sizes.parts_mut(self.memory.as_mut());
        check(noise, parts.noise_atlas.len())?;
        load(real.as_flattened(), parts.real_atlas)?;
        load(noise, parts.noise_atlas)
    }

    /// The state's name (`CONTRACT.md`, section 7).
    ///
    /// ```
    /// # use gan_core::{Gan, Preset, Reference, memory_words};
    /// # let line = Preset::Line.configuration();
    /// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
    /// let before = gan.state_hash();
    /// gan.run_epochs(5)?;
    /// assert_ne!(gan.state_hash(), before);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn state_hash(&self) -> StateHash {
        let mut fnv = Fnv::new();
        if P::NAME != Reference::NAME {
            fnv.bytes(P::NAME.as_bytes());
        }
        fnv.bytes(&CONTRACT_VERSION.to_le_bytes());
        for count in [self.epoch, self.real_cursor, self.noise_cursor] {
            fnv.bytes(&count.to_le_bytes());
        }
        for network in [Network::Generator, Network::Discriminator] {
            let parts = self.parts().network(network);
            fnv.floats(parts.parameters);
            match self.configuration.network(network).optimizer {
                Optimizer::Sgd => fnv.bytes(&0_u32.to_le_bytes()),
                Optimizer::Adam => {
                    let powers = match network {
                        Network::Generator => self.generator_powers,
                        Network::Discriminator => self.discriminator_powers,
                    };
                    fnv.bytes(&1_u32.to_le_bytes());
                    fnv.floats(&[powers.beta_1, powers.beta_2]);
                    fnv.floats(parts.means);
                    fnv.floats(parts.squares);
                }
            }
        }
        self.hash_techniques(&mut fnv);
        fnv.finish()
    }

    /// The sections of techniques, each with its tag, only where they are on.
    fn hash_techniques(&self, fnv: &mut Fnv) {
        let techniques = self.parts().techniques;
        let averages = techniques.averages;
        if !averages.moving.is_empty() {
            fnv.bytes(&256_u32.to_le_bytes());
            fnv.floats(averages.moving);
        }
        let running = [techniques.running.generator, techniques.running.discriminator];
        let left = [
            techniques.generator_spectral.left,
            techniques.discriminator_spectral.left,
        ];
        for (tag, arrays) in [(257_u32, running), (258, left)] {
            if arrays.iter().any(|array| !array.is_empty()) {
                fnv.bytes(&tag.to_le_bytes());
                arrays.iter().for_each(|array| fnv.floats(array));
            }
        }
        let histories = [
            (self.counts.generator_updates, averages.generator_history),
            (self.counts.discriminator_updates, averages.discriminator_history),
        ];
        if histories.iter().any(|(_, history)| !history.is_empty()) {
            fnv.bytes(&259_u32.to_le_bytes());
            for (updates, history) in histories.iter().filter(|(_, history)| !history.is_empty()) {
                fnv.bytes(&updates.to_le_bytes());
                fnv.floats(history);
            }
        }
        if self.configuration.techniques.replay.is_some() {
            fnv.bytes(&260_u32.to_le_bytes());
            fnv.bytes(&self.counts.replayed.to_le_bytes());
            fnv.floats(replay::filled(techniques.replay.buffer, self.counts.replayed));
        }
    }

    pub(crate) fn parts(&self) -> Parts<&[f32]> {
        self.sizes.parts(self.memory.as_ref())
    }

    /// Samples in a batch, and the numbers from one row of it to the next.
    pub(crate) const fn batch(&self) -> (usize, usize) {
        let samples = self.configuration.batch.get();
        (samples, stride(samples))
    }

    /// The same run, at the same place, in other memory.
    ///
    /// ```
    /// # use gan_core::{Gan, Preset, Reference, memory_words};
    /// # let line = Preset::Line.configuration();
    /// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
    /// gan.run_epochs(3)?;
    /// let copy = gan.copied_to(vec![0.0; memory_words(&line)])?;
    /// assert_eq!(copy.state_hash(), gan.state_hash());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn copied_to<N: AsRef<[f32]> + AsMut<[f32]>>(&self, mut memory: N) -> Result<Gan<N, P>, SetupError> {
        let (needed, given) = (memory_words(&self.configuration), memory.as_ref().len());
        if given < needed {
            return Err(SetupError::MemoryTooSmall { needed, given });
        }
        memory.as_mut()[..needed].copy_from_slice(&self.memory.as_ref()[..needed]);
        Ok(Gan {
            configuration: self.configuration,
            sizes: self.sizes,
            generator_layers: self.generator_layers.clone(),
            discriminator_layers: self.discriminator_layers.clone(),
            memory,
            epoch: self.epoch,
            real_cursor: self.real_cursor,
            noise_cursor: self.noise_cursor,
            generator_powers: self.generator_powers,
            discriminator_powers: self.discriminator_powers,
            counts: self.counts,
            plan: self.plan,
            upcoming: self.upcoming,
            diverged: self.diverged,
            generator_judged: self.generator_judged,
            discriminator_judged: self.discriminator_judged,
            instructions: self.instructions,
            profile: PhantomData,
        })
    }

    /// Gives the memory back, for the next run.
    pub fn into_memory(self) -> M {
        self.memory
    }
}

fn check(values: &[f32], expected: usize) -> Result<(), LoadError> {
    if values.len() != expected {
        return Err(LoadError::WrongLength {
            expected,
            came: values.len(),
        });
    }
    match values.iter().position(|value| !value.is_finite()) {
        Some(index) => Err(LoadError::NotFinite { index }),
        None => Ok(()),
    }
}

fn load(values: &[f32], place: &mut [f32]) -> Result<(), LoadError> {
    check(values, place.len())?;
    for (to, from) in place.iter_mut().zip(values) {
        *to = canonical(*from);
    }
    Ok(())
}

/// Normal weights of the configured deviation; biases stay 0, scales are 1.
fn draw_weights<P: Profile>(
    configuration: &Configuration,
    network: Network,
    mut stream: Stream,
    parameters: &mut [f32],
) {
    let shape = configuration.shape(network);
    let layers = shape.layers();
    let initialization = configuration.techniques.network(network).initialization;
    let mut draw = |weights: &mut [f32], inputs, outputs, index| {
        let deviation = initialization.deviation(inputs, outputs, index);
        weights.fill_with(|| canonical((deviation * stream.normal::<P>()) as f32));
    };
    for (index, layer) in layers.iter().enumerate() {
        if let (true, Some(minibatch)) = (index + 1 == layers.len(), shape.minibatch()) {
            let outputs = minibatch.kernels * KERNEL_DIMENSIONS;
            draw(
                &mut parameters[minibatch.weights()],
                minibatch.inputs,
                outputs,
                index,
            );
        }
        draw(
            &mut parameters[layer.weights()],
            layer.inputs,
            layer.outputs,
            index,
        );
        parameters[layer.scales()].fill(1.0);
    }
}

/// Draws real points, one after another.
///
/// ```
/// use gan_core::gan::draw_real;
/// use gan_core::random::{Purpose, Stream};
/// use gan_core::{Preset, Reference};
///
/// let mut points = [[0.0; 2]; 100];
/// let stream = Stream::new(7, Purpose::EvaluationReal);
/// draw_real::<Reference>(&Preset::Ring.configuration(), &[], stream, &mut points);
/// assert!(points.iter().flatten().all(|coordinate| (0.0..=1.0).contains(coordinate)));
/// ```
pub fn draw_real<P: Profile>(
    configuration: &Configuration,
    drawing: &[Point],
    mut stream: Stream,
    points: &mut [Point],
) {
    points.fill_with(|| configuration.target.sample::<P>(drawing, &mut stream));
}

/// Draws noise as the networks see it, vector by vector, `[sample][component]`.
///
/// ```
/// use gan_core::gan::draw_noise;
/// use gan_core::random::{Purpose, Stream};
/// use gan_core::{Preset, Reference};
///
/// let ring = Preset::Ring.configuration();
/// let mut noise = vec![0.0; 10 * ring.noise.dimensions.get()];
/// draw_noise::<Reference>(&ring, Stream::new(7, Purpose::EvaluationNoise), &mut noise);
/// assert!(noise.iter().all(|component| (0.0..=1.0).contains(component)));
/// ```
pub fn draw_noise<P: Profile>(configuration: &Configuration, mut stream: Stream, noise: &mut [f32]) {
    draw_noise_within::<P>(configuration, 2.0, &mut stream, noise);
}

/// Draws noise for truncated sampling; otherwise as [`draw_noise`]. Normal noise is redrawn until
/// it lies within so many deviations of the middle; uniform noise is drawn as near to the middle.
pub fn draw_noise_within<P: Profile>(
    configuration: &Configuration,
    deviations: f64,
    stream: &mut Stream,
    noise: &mut [f32],
) {
    for vector in noise.chunks_exact_mut(configuration.noise.dimensions.get()) {
        match configuration.noise.kind {
            NoiseKind::Uniform if deviations == 2.0 => vector.fill_with(|| stream.uniform() as f32),
            NoiseKind::Uniform => {
                vector.fill_with(|| (0.5 + (stream.uniform() - 0.5) * (deviations / 2.0)) as f32);
            }
            NoiseKind::Normal => {
                vector.fill_with(|| (0.5 + 0.25 * stream.normal_within::<P>(deviations)) as f32);
            }
            NoiseKind::Spherical => draw_on_sphere::<P>(stream, vector),
        }
        for component in vector {
            *component = configuration.techniques.inputs.normalize(canonical(*component));
        }
    }
}

/// Normal components, the whole at distance 0.5 from the middle.
fn draw_on_sphere<P: Profile>(stream: &mut Stream, vector: &mut [f32]) {
    let mut normals = [0.0_f64; NoiseDimensions::MOST.get()];
    let normals = &mut normals[..vector.len()];
    normals.fill_with(|| stream.normal::<P>());
    let radius = libm::sqrt(normals.iter().fold(0.0, |sum, n| sum + n * n));
    for (component, n) in vector.iter_mut().zip(normals) {
        *component = if radius == 0.0 {
            0.5
        } else {
            (0.5 + (0.5 * *n) / radius) as f32
        };
    }
}
