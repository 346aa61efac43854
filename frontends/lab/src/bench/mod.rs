//! How fast training is on this machine: time per epoch, and its share of what the processor could do.
//!
//! A figure is the best of many short stints: whatever else the machine does only ever slows one down.
//! The share is of the multiply-and-add peak, measured in the same process by a loop of nothing else,
//! without fusion, on the same instructions.

pub mod population;

use std::hint::black_box;
use std::time::{Duration, Instant};

use fearless_simd::prelude::*;
use fearless_simd::{Simd, dispatch};
use gan_core::configuration::{HiddenLayers, Neurons};
use gan_core::{Configuration, Diverged, Instructions, Network, Preset, Reference, StateHash};

use crate::{Drawing, Experiment, Trainer};

/// How long one network is measured.
const TIME: Duration = Duration::from_millis(1500);
/// How long a stint lasts, about.
const STINT: Duration = Duration::from_millis(10);
/// Epochs after which the hash is taken, so that runs can be compared.
pub const HASHED_EPOCHS: u64 = 20;

/// A configuration that is measured.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Its name: a preset's, or layers × neurons.
    pub name: &'static str,
    /// The configuration trained, with seed 7.
    pub configuration: Configuration,
}

/// Time, work and final state of one case.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// Time of an epoch, the best stint's.
    pub epoch: Duration,
    /// Multiplications with additions in an epoch.
    pub multiply_adds: u64,
    /// State after [`HASHED_EPOCHS`].
    pub hash: StateHash,
}

impl Figures {
    /// Epochs of one GAN in a second.
    #[must_use]
    pub fn epochs_per_second(&self) -> f64 {
        1.0 / self.epoch.as_secs_f64()
    }

    /// Floating point operations in a nanosecond: a multiplication and an addition each count.
    #[must_use]
    pub fn gigaflops(&self) -> f64 {
        2.0 * self.multiply_adds as f64 / self.epoch.as_secs_f64() * 1e-9
    }
}

/// The four presets, and the gaussians preset with both networks 1×14 and 5×100.
#[must_use]
pub fn cases() -> Vec<Case> {
    let presets = ["line", "gaussians", "ring", "disjoint"]
        .into_iter()
        .zip(Preset::ALL);
    let mut cases: Vec<Case> = presets
        .map(|(name, preset)| Case {
            name,
            configuration: preset.configuration(),
        })
        .collect();
    for (name, layers, neurons) in [("1x14", 1, Neurons::new(14)), ("5x100", 5, Neurons::new(100))] {
        let mut configuration = Preset::Gaussians.configuration();
        for network in [Network::Generator, Network::Discriminator] {
            let place = configuration.network_mut(network);
            if let (Ok(layers), Ok(neurons)) = (HiddenLayers::new(layers), neurons) {
                (place.hidden_layers, place.neurons) = (layers, neurons);
            }
        }
        cases.push(Case { name, configuration });
    }
    cases
}

/// Multiplications with additions that an epoch takes, padding not counted.
#[must_use]
pub fn multiply_adds(configuration: &Configuration) -> u64 {
    let weights = |network| -> u64 {
        let layers = configuration.shape(network).layers();
        layers
            .iter()
            .map(|layer| (layer.inputs * layer.outputs) as u64)
            .sum()
    };
    let first = |network| {
        let layer = configuration.shape(network).layers()[0];
        (layer.inputs * layer.outputs) as u64
    };
    let [g, d] = [Network::Generator, Network::Discriminator].map(weights);
    let [g_first, d_first] = [Network::Generator, Network::Discriminator].map(first);
    // Forward, gradients, and deltas back to the first hidden layer.
    let discriminator = g + 2 * (d + d + (d - d_first));
    // G and D forward, back through all of D and through G to its first hidden layer, gradients of G.
    let generator = g + d + d + g + (g - g_first);
    let updates = |network| configuration.network(network).updates_per_epoch.get() as u64;
    let per_sample =
        updates(Network::Discriminator) * discriminator + updates(Network::Generator) * generator;
    per_sample * configuration.batch.get() as u64
}

/// Trains a case for some seconds and times it.
pub fn measure(case: &Case, instructions: Instructions) -> Result<Figures, Diverged> {
    let experiment = Experiment::new(case.configuration, 7, Drawing::default())
        .expect("the cases' targets need no drawing");
    let mut trainer = Trainer::<Reference>::new(experiment);
    trainer.gan_mut().use_instructions(instructions);
    let begun = Instant::now();
    trainer.run_epochs(HASHED_EPOCHS)?;
    let one = begun.elapsed() / HASHED_EPOCHS as u32;
    let hash = trainer.gan().state_hash();
    let epochs = (STINT.as_nanos() / one.as_nanos().max(1)).clamp(1, 100_000) as u32;
    let mut best = Duration::MAX;
    let begun = Instant::now();
    while begun.elapsed() < TIME {
        let stint = Instant::now();
        trainer.run_epochs(epochs.into())?;
        best = best.min(stint.elapsed() / epochs);
    }
    Ok(Figures {
        epoch: best,
        multiply_adds: multiply_adds(&case.configuration),
        hash,
    })
}

/// The peak of unfused multiplications and additions on one core, in floating point operations a
/// nanosecond.
#[must_use]
pub fn peak_gigaflops(instructions: Instructions) -> f64 {
    const ROUNDS: usize = 100_000;
    let mut best = f64::MAX;
    let mut lanes = 1;
    for _ in 0..50 {
        let begun = Instant::now();
        lanes = match instructions {
            Instructions::Scalar => scalar_rounds(ROUNDS),
            Instructions::Simd(level) => dispatch!(level, s => rounds(s, ROUNDS)),
        };
        best = best.min(begun.elapsed().as_secs_f64());
    }
    (2 * CHAINS * lanes * ROUNDS) as f64 / best * 1e-9
}

/// Independent chains of operations: enough to hide their latency, few enough for 16 registers.
const CHAINS: usize = 12;

#[inline(always)]
fn rounds<S: Simd>(simd: S, rounds: usize) -> usize {
    let number = |value: f32| S::f32s::splat(simd, black_box(value));
    let (factor, term) = (number(0.999), number(0.001));
    let mut chains: [S::f32s; CHAINS] = std::array::from_fn(|i| number(i as f32));
    for _ in 0..rounds {
        for chain in &mut chains {
            *chain = *chain * factor + term;
        }
    }
    for chain in chains {
        black_box(chain.as_slice()[0]);
    }
    S::f32s::LEN
}

fn scalar_rounds(rounds: usize) -> usize {
    let (factor, term) = (black_box(0.999_f32), black_box(0.001));
    let mut chains: [f32; CHAINS] = std::array::from_fn(|i| black_box(i as f32));
    for _ in 0..rounds {
        for chain in &mut chains {
            *chain = *chain * factor + term;
        }
    }
    black_box(chains);
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_counted_as_by_hand() {
        // Gaussians, 1×8: G has 16 + 64 + 16 weights, D 16 + 64 + 8; two D updates and one of G.
        let (g, d) = (96, 88);
        let by_hand = 2 * (g + 2 * d + 2 * d + 2 * (d - 16)) + (g + d + d + g + (g - 16));
        assert_eq!(multiply_adds(&Preset::Gaussians.configuration()), 150 * by_hand);
    }
}
