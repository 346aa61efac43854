//! Seeded streams of uniform and normal numbers (`CONTRACT.md`, section 5).
//!
//! One stream per purpose, so that no purpose's appetite shifts another's numbers. Normals are
//! Box–Muller in `f64`, one per two draws: half is thrown away so that the order stays obvious.

use core::convert::Infallible;

use rand_core::{Rng, TryRng};
use rand_pcg::Pcg32;

use crate::profile::Profile;

/// The purpose of a stream; its number in the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Initial weights of the generator.
    GeneratorWeights = 1,
    /// Initial weights of the discriminator.
    DiscriminatorWeights = 2,
    /// The atlas of real samples.
    RealAtlas = 3,
    /// The atlas of noise vectors.
    NoiseAtlas = 4,
    /// Real samples of evaluation and display.
    EvaluationReal = 5,
    /// Noise vectors of evaluation and display.
    EvaluationNoise = 6,
    /// Left vectors of spectral normalisation.
    SpectralVectors = 7,
    /// Which labels are wrong.
    LabelNoise = 8,
    /// Noise on what the discriminator sees.
    InstanceNoise = 9,
    /// Places between real and fake at which the gradient penalty looks.
    PenaltyMixing = 10,
    /// Which old fake samples are replayed.
    Replay = 11,
}

/// A reproducible sequence of random numbers.
///
/// ```
/// use gan_core::random::{Purpose, Stream};
///
/// let numbers = |seed| {
///     let mut stream = Stream::new(seed, Purpose::RealAtlas);
///     [stream.uniform(), stream.uniform()]
/// };
/// assert_eq!(numbers(7), numbers(7));
/// assert_ne!(numbers(7), numbers(8));
/// ```
#[derive(Clone, Debug)]
pub struct Stream(Pcg32);

/// Steele, Lea and Flood 2014: one step of SplitMix64, to spread neighbouring seeds apart.
const fn splitmix64(x: u64) -> u64 {
    let z = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Stream {
    /// The stream of a seed for a purpose.
    #[must_use]
    pub fn new(seed: u64, purpose: Purpose) -> Self {
        let tag = purpose as u64;
        Self(Pcg32::new(splitmix64(seed ^ tag), tag))
    }

    /// Uniform in [0, 1), a multiple of 2^-24.
    pub fn uniform(&mut self) -> f64 {
        f64::from(self.0.next_u32() >> 8) * (1.0 / 16_777_216.0)
    }

    /// Standard normal.
    pub fn normal<P: Profile>(&mut self) -> f64 {
        let above_zero = 1.0 - self.uniform();
        let angle = self.uniform();
        P::box_muller(above_zero, angle)
    }

    /// Standard normal, redrawn until within two deviations.
    pub fn truncated_normal<P: Profile>(&mut self) -> f64 {
        self.normal_within::<P>(2.0)
    }

    /// Standard normal, redrawn until within so many deviations, more than 0.
    ///
    /// ```
    /// use gan_core::Reference;
    /// use gan_core::random::{Purpose, Stream};
    ///
    /// let mut stream = Stream::new(7, Purpose::EvaluationNoise);
    /// assert!(stream.normal_within::<Reference>(0.5).abs() <= 0.5);
    /// ```
    pub fn normal_within<P: Profile>(&mut self, deviations: f64) -> f64 {
        loop {
            let normal = self.normal::<P>();
            if normal.abs() <= deviations {
                return normal;
            }
        }
    }
}

/// The draws themselves, for whatever takes a generator of random numbers.
impl TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.0.try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0.try_next_u64()
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.try_fill_bytes(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Reference;

    #[test]
    fn streams_of_purposes_and_seeds_differ() {
        let first = |seed, purpose| Stream::new(seed, purpose).uniform().to_bits();
        assert_ne!(first(7, Purpose::RealAtlas), first(7, Purpose::NoiseAtlas));
        assert_ne!(first(7, Purpose::RealAtlas), first(8, Purpose::RealAtlas));
        assert_eq!(first(7, Purpose::RealAtlas), first(7, Purpose::RealAtlas));
    }

    #[test]
    fn normals_have_mean_zero_and_deviation_one() {
        let mut stream = Stream::new(1, Purpose::EvaluationReal);
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..100_000 {
            let n = stream.normal::<Reference>();
            sum += n;
            squares += n * n;
        }
        assert!((sum / 1e5).abs() < 0.01, "mean {}", sum / 1e5);
        assert!((squares / 1e5 - 1.0).abs() < 0.02, "variance {}", squares / 1e5);
        let mut truncated = (0..1000).map(|_| stream.truncated_normal::<Reference>());
        assert!(truncated.all(|n| n.abs() <= 2.0));
    }
}
