//! A run's state as plain words: what backends exchange, and what a run can be put back to.
//!
//! Between two epochs everything that training goes on from, besides configuration and atlases, is a few
//! counts, the parameters and Adam's moments; the logits that losses are shown of come along. They lie in
//! one slice in the order below, so that a population of runs is one buffer and loading it one copy.
//! Nothing is rounded: a number is the bits of its `f32`, a count two words, low one first.
//!
//! | words | what |
//! |---|---|
//! | 2, 2, 2 | epoch, real cursor, noise cursor |
//! | 1 | 0, or why the run stopped: 1 + 2·update + (0 discriminator, 1 generator) |
//! | 1 | bit 0: D has had a loss computed, bit 1: G has |
//! | 2 + 3·parameters | generator: β1^t, β2^t, parameters, first moments, second moments |
//! | 2 + 3·parameters | discriminator, likewise |
//! | 3·batch | logits: D's last update, real and fake; G's last update |
//! | 0, or 6 and more | where techniques keep a state: their counts, and their arrays one after another |

use core::fmt;

use crate::configuration::{Configuration, Network};
use crate::gan::{Gan, MidEpoch};
use crate::math::{canonical, canonical_square};
use crate::optimizer::Powers;
use crate::profile::Profile;
use crate::techniques::memory::{Counts, TechniqueSizes};
use crate::training::{Diverged, Phase, Stage};

/// Place of each quantity in a packed state, in words from its beginning.
///
/// ```
/// # use gan_core::{Gan, Preset, Reference, memory_words};
/// # let line = Preset::Line.configuration();
/// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
/// use gan_core::StateLayout;
///
/// gan.run_epochs(3)?;
/// let mut words = vec![0; StateLayout::of(&line).words];
/// gan.pack(&mut words)?;
/// let mut other = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
/// other.unpack(&words)?;
/// assert_eq!(other.state_hash(), gan.state_hash());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateLayout {
    /// Completed epochs (two words).
    pub epoch: usize,
    /// Real samples used (two words).
    pub real_cursor: usize,
    /// Noise vectors used (two words).
    pub noise_cursor: usize,
    /// 0, or why the run stopped.
    pub stopped: usize,
    /// Which losses have been computed.
    pub judged: usize,
    /// The generator's numbers.
    pub generator: NetworkLayout,
    /// The discriminator's numbers.
    pub discriminator: NetworkLayout,
    /// Logits, three rows `[sample]`: D's last update, real and fake; G's last update.
    pub logits: usize,
    /// Counters of the techniques (three times two words), then the numbers they keep; nothing if
    /// none keeps any.
    pub techniques: usize,
    /// Words in all.
    pub words: usize,
}

/// Places of a network's numbers in a packed state; every array in the order of its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkLayout {
    /// β1^t, β2^t.
    pub powers: usize,
    /// Weights and biases.
    pub parameters: usize,
    /// First moments of Adam.
    pub means: usize,
    /// Second moments of Adam.
    pub squares: usize,
}

impl StateLayout {
    /// The layout of a configuration's states: a function of shapes, batch and techniques alone.
    #[must_use]
    pub const fn of(configuration: &Configuration) -> Self {
        let (generator, end) = NetworkLayout::at(8, configuration.shape(Network::Generator).parameters());
        let parameters = configuration.shape(Network::Discriminator).parameters();
        let (discriminator, logits) = NetworkLayout::at(end, parameters);
        let techniques = logits + 3 * configuration.batch.get();
        Self {
            epoch: 0,
            real_cursor: 2,
            noise_cursor: 4,
            stopped: 6,
            judged: 7,
            generator,
            discriminator,
            logits,
            techniques,
            words: match TechniqueSizes::of(configuration).state_words() {
                0 => techniques,
                numbers => techniques + COUNT_WORDS + numbers,
            },
        }
    }

    /// Whether any technique keeps a state.
    const fn has_techniques(&self) -> bool {
        self.words > self.techniques
    }

    /// One network's part.
    #[must_use]
    pub const fn network(&self, network: Network) -> &NetworkLayout {
        match network {
            Network::Generator => &self.generator,
            Network::Discriminator => &self.discriminator,
        }
    }
}

impl NetworkLayout {
    const fn at(begin: usize, parameters: usize) -> (Self, usize) {
        let first = begin + 2;
        let layout = Self {
            powers: begin,
            parameters: first,
            means: first + parameters,
            squares: first + 2 * parameters,
        };
        (layout, first + 3 * parameters)
    }
}

/// Words were not taken over; the run is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnpackError {
    /// There must be as many words as the layout says.
    WrongLength {
        /// Words needed.
        expected: usize,
        /// Words that came.
        came: usize,
    },
    /// A parameter, moment or power is infinite or not a number.
    NotFinite {
        /// The word, from 0.
        word: usize,
    },
    /// A flag has a value that no state has.
    Impossible {
        /// The word, from 0.
        word: usize,
    },
}

impl fmt::Display for UnpackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongLength { expected, came } => {
                write!(
                    f,
                    "a state of this configuration has {expected} words, not {came}"
                )
            }
            Self::NotFinite { word } => write!(f, "word {word} of the state is infinite or not a number"),
            Self::Impossible { word } => write!(f, "word {word} of the state has a value that no state has"),
        }
    }
}

impl core::error::Error for UnpackError {}

/// Words of what techniques count.
const COUNT_WORDS: usize = 6;

const NETWORKS: [Network; 2] = [Network::Generator, Network::Discriminator];

impl<M: AsRef<[f32]> + AsMut<[f32]>, P: Profile> Gan<M, P> {
    /// Writes the state into `words`, which are [`StateLayout::words`] of them, else it panics. Only
    /// between two epochs, or where the run diverged.
    pub fn pack(&self, words: &mut [u32]) -> Result<(), MidEpoch> {
        let layout = StateLayout::of(&self.configuration);
        assert_eq!(words.len(), layout.words, "as many words as StateLayout says");
        if self.diverged.is_none() {
            self.between_epochs()?;
        }
        put_count(words, layout.epoch, self.epoch);
        put_count(words, layout.real_cursor, self.real_cursor);
        put_count(words, layout.noise_cursor, self.noise_cursor);
        words[layout.stopped] = self.upcoming.map_or(0, stop_word);
        words[layout.judged] = u32::from(self.discriminator_judged) | u32::from(self.generator_judged) << 1;
        for network in NETWORKS {
            let (place, parts) = (layout.network(network), self.parts().network(network));
            let powers = match network {
                Network::Generator => self.generator_powers,
                Network::Discriminator => self.discriminator_powers,
            };
            put(words, place.powers, &[powers.beta_1, powers.beta_2]);
            put(words, place.parameters, parts.parameters);
            put(words, place.means, parts.means);
            put(words, place.squares, parts.squares);
        }
        let (samples, parts) = (self.configuration.batch.get(), self.parts());
        for (row, logits) in [parts.shown_real, parts.shown_fake, parts.shown_fooling]
            .into_iter()
            .enumerate()
        {
            put(words, layout.logits + row * samples, &logits[..samples]);
        }
        if layout.has_techniques() {
            for (index, number) in self.counts.all().into_iter().enumerate() {
                put_count(words, layout.techniques + 2 * index, number);
            }
            let mut at = layout.techniques + COUNT_WORDS;
            for (numbers, _) in parts.techniques.states() {
                put(words, at, numbers);
                at += numbers.len();
            }
        }
        Ok(())
    }

    /// Puts the run into a state that a run of the same shapes and batch was packed in. Configuration and
    /// atlases stay; what phases left behind, logits apart, does too.
    pub fn unpack(&mut self, words: &[u32]) -> Result<(), UnpackError> {
        let layout = StateLayout::of(&self.configuration);
        check(&layout, words)?;
        self.epoch = count(words, layout.epoch);
        self.real_cursor = count(words, layout.real_cursor);
        self.noise_cursor = count(words, layout.noise_cursor);
        self.upcoming = stopped_at(words[layout.stopped]);
        self.diverged = self.upcoming.map(|phase| Diverged {
            epoch: self.epoch + 1,
            network: phase.network,
        });
        self.discriminator_judged = words[layout.judged] & 1 != 0;
        self.generator_judged = words[layout.judged] & 2 != 0;
        for network in NETWORKS {
            let place = layout.network(network);
            let [beta_1, beta_2] = [0, 1].map(|i| canonical_square(f32::from_bits(words[place.powers + i])));
            let powers = Powers { beta_1, beta_2 };
            match network {
                Network::Generator => self.generator_powers = powers,
                Network::Discriminator => self.discriminator_powers = powers,
            }
            let parts = self.sizes.parts_mut(self.memory.as_mut()).network(network);
            take(words, place.parameters, parts.parameters, canonical);
            take(words, place.means, parts.means, canonical);
            take(words, place.squares, parts.squares, canonical_square);
        }
        let (samples, parts) = (
            self.configuration.batch.get(),
            self.sizes.parts_mut(self.memory.as_mut()),
        );
        for (row, logits) in [parts.shown_real, parts.shown_fake, parts.shown_fooling]
            .into_iter()
            .enumerate()
        {
            // Logits of a run that leaves the finite numbers may be anything; they train nothing.
            take(
                words,
                layout.logits + row * samples,
                &mut logits[..samples],
                |x| x,
            );
        }
        if layout.has_techniques() {
            let counts = [0, 1, 2].map(|index| count(words, layout.techniques + 2 * index));
            self.counts = Counts::from_all(counts);
            let mut at = layout.techniques + COUNT_WORDS;
            for (numbers, clean) in parts.techniques.states() {
                take(words, at, numbers, clean);
                at += numbers.len();
            }
        }
        Ok(())
    }
}

/// The word of a run that stopped before this update.
fn stop_word(phase: Phase) -> u32 {
    let network = match phase.network {
        Network::Discriminator => 0,
        Network::Generator => 1,
    };
    1 + 2 * phase.update as u32 + network
}

fn stopped_at(word: u32) -> Option<Phase> {
    let stop = word.checked_sub(1)?;
    Some(Phase {
        network: match stop % 2 {
            0 => Network::Discriminator,
            _ => Network::Generator,
        },
        update: stop as usize / 2,
        stage: Stage::Update,
    })
}

fn check(layout: &StateLayout, words: &[u32]) -> Result<(), UnpackError> {
    if words.len() != layout.words {
        let (expected, came) = (layout.words, words.len());
        return Err(UnpackError::WrongLength { expected, came });
    }
    // The most updates of a network in an epoch are 10.
    for (word, most) in [(layout.stopped, 20), (layout.judged, 3)] {
        if words[word] > most {
            return Err(UnpackError::Impossible { word });
        }
    }
    let numbers = layout.generator.powers..layout.logits;
    let of_techniques = layout.words.min(layout.techniques + COUNT_WORDS)..layout.words;
    match numbers
        .chain(of_techniques)
        .find(|&i| !f32::from_bits(words[i]).is_finite())
    {
        Some(word) => Err(UnpackError::NotFinite { word }),
        None => Ok(()),
    }
}

fn put(words: &mut [u32], at: usize, numbers: &[f32]) {
    for (word, number) in words[at..].iter_mut().zip(numbers) {
        *word = number.to_bits();
    }
}

fn take(words: &[u32], at: usize, numbers: &mut [f32], clean: fn(f32) -> f32) {
    for (number, word) in numbers.iter_mut().zip(&words[at..]) {
        *number = clean(f32::from_bits(*word));
    }
}

fn put_count(words: &mut [u32], at: usize, count: u64) {
    (words[at], words[at + 1]) = (count as u32, (count >> 32) as u32);
}

fn count(words: &[u32], at: usize) -> u64 {
    u64::from(words[at]) | u64::from(words[at + 1]) << 32
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::configuration::{LearningRate, Optimizer};
    use crate::{Preset, Reference, memory_words};
    use std::vec;
    use std::vec::Vec;

    fn gan(configuration: &Configuration, seed: u64) -> Gan<Vec<f32>, Reference> {
        Gan::new(vec![0.0; memory_words(configuration)], configuration, seed, &[]).unwrap()
    }

    fn packed(gan: &Gan<Vec<f32>, Reference>) -> Vec<u32> {
        let mut words = vec![0; StateLayout::of(gan.configuration()).words];
        gan.pack(&mut words).unwrap();
        words
    }

    /// Every technique that keeps something from one epoch to the next.
    const WITH_STATES: [&str; 6] = [
        "generator.average=0.99",
        "generator.history=0.01",
        "discriminator.history=0.01",
        "generator.normalization=spectral",
        "discriminator.normalization=batch",
        "replay.samples=20 replay.capacity=50",
    ];

    #[test]
    fn a_run_goes_on_from_its_packed_state_as_if_nothing_had_been() {
        let mut configurations: Vec<Configuration> = [Optimizer::Sgd, Optimizer::Adam]
            .map(|optimizer| {
                let mut configuration = Preset::Ring.configuration();
                configuration.generator.optimizer = optimizer;
                configuration.discriminator.optimizer = optimizer;
                configuration
            })
            .into();
        let line = Preset::Line.configuration();
        configurations.extend(WITH_STATES.map(|technique| line.with_written(technique)));
        for configuration in configurations {
            let mut run = gan(&configuration, 7);
            run.run_epochs(3).unwrap();
            let words = packed(&run);
            let mut other = gan(&configuration, 7);
            other.unpack(&words).unwrap();
            assert_eq!(other.state_hash(), run.state_hash());
            assert_eq!(other.loss(Network::Generator), run.loss(Network::Generator));
            run.run_epochs(2).unwrap();
            other.run_epochs(2).unwrap();
            assert_eq!(other.state_hash(), run.state_hash());
            assert_eq!(packed(&other), packed(&run));
        }
    }

    #[test]
    fn a_diverged_run_stays_diverged() {
        let mut configuration = Preset::Gaussians.configuration();
        for network in NETWORKS {
            configuration.network_mut(network).learning_rate = LearningRate::new(10.0).unwrap();
        }
        let mut run = gan(&configuration, 1);
        let weights = vec![1e30; run.parameters(Network::Discriminator).len()];
        run.load_parameters(Network::Discriminator, &weights).unwrap();
        let diverged = run.run_epochs(100).unwrap_err();
        let mut other = gan(&configuration, 1);
        other.unpack(&packed(&run)).unwrap();
        assert_eq!(other.state_hash(), run.state_hash());
        assert_eq!(
            (other.diverged(), other.upcoming()),
            (Some(diverged), run.upcoming())
        );
        assert_eq!(other.run_epoch(), Err(diverged));
    }

    #[test]
    fn words_that_are_no_state_change_nothing() {
        let configuration = Preset::Line.configuration();
        let (mut run, layout) = (gan(&configuration, 1), StateLayout::of(&configuration));
        let (good, hash) = (packed(&run), run.state_hash());
        for (word, value) in [
            (layout.generator.parameters, f32::NAN.to_bits()),
            (layout.discriminator.squares, f32::INFINITY.to_bits()),
            (layout.stopped, 21),
        ] {
            let mut words = good.clone();
            words[word] = value;
            assert!(run.unpack(&words).is_err(), "word {word}");
        }
        assert!(run.unpack(&good[1..]).is_err());
        assert_eq!(run.state_hash(), hash);
        run.advance().unwrap();
        assert_eq!(run.pack(&mut vec![0; layout.words]), Err(MidEpoch));
    }
}
