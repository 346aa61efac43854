//! How fast a backend trains many runs at once, and whether it trains them right.
//!
//! A speed counts only with the right answer: before it is told, states of the population are compared with
//! the reference's, word by word.

use std::fmt;
use std::time::{Duration, Instant};

use gan_core::{Backend, Gan, Reference, memory_words};
use rayon::prelude::*;

use super::{Case, HASHED_EPOCHS, multiply_adds};
use crate::run::instructions;
use crate::run::memory::AlignedWords;

/// How long a population is measured, about.
const TIME: Duration = Duration::from_secs(2);
/// Runs of a population that are compared with the reference, spread over it.
const COMPARED: usize = 32;

/// Speed figures of a population of runs.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// Runs trained at once.
    pub runs: usize,
    /// Epochs of all runs together in a second of the wall's clock.
    pub gan_epochs_per_second: f64,
    /// Time of an epoch of the whole population by the device's own clock, where it has one.
    pub device_epoch: Option<Duration>,
    /// Floating point operations in a nanosecond: a multiplication and an addition each count.
    pub gigaflops: f64,
}

/// There is no speed to tell.
#[derive(Debug)]
pub enum NoFigures<E> {
    /// The backend failed.
    Failed(E),
    /// A run's state is not the reference's.
    Differs {
        /// Its number in the population, from 0.
        run: usize,
    },
}

impl<E: fmt::Display> fmt::Display for NoFigures<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => error.fmt(f),
            Self::Differs { run } => write!(
                f,
                "after {HASHED_EPOCHS} epochs run {run} is not what the reference trains: no speed for a wrong answer"
            ),
        }
    }
}

/// Trains `runs` runs of a case, with seeds from 7 on, compares them with the reference and times them.
/// `device_time` tells how long the backend's device has computed since it was loaded.
pub fn measure<B: Backend>(
    backend: &mut B,
    case: &Case,
    runs: usize,
    device_time: impl Fn(&B) -> Option<Duration>,
) -> Result<Figures, NoFigures<B::Error>> {
    let population: Vec<Gan<AlignedWords, Reference>> = (0..runs as u64)
        .into_par_iter()
        .map(|run| {
            let memory = AlignedWords::zeroed(memory_words(&case.configuration));
            let mut gan = Gan::new(memory, &case.configuration, 7 + run, &[])
                .expect("the memory is of the configuration's size, and its target needs no drawing");
            gan.use_instructions(instructions::current());
            gan
        })
        .collect();
    backend.load(&population).map_err(NoFigures::Failed)?;
    backend.train(HASHED_EPOCHS).map_err(NoFigures::Failed)?;
    compare(backend, population)?;
    let (mut epochs, before) = (1, device_time(backend));
    let (mut trained, begun) = (0, Instant::now());
    while begun.elapsed() < TIME {
        let stint = Instant::now();
        backend.train(epochs).map_err(NoFigures::Failed)?;
        trained += epochs;
        if stint.elapsed() < TIME / 4 {
            epochs *= 2;
        }
    }
    let wall = begun.elapsed().as_secs_f64();
    let device = device_time(backend)
        .zip(before)
        .map(|(after, before)| after - before);
    let rate = (trained * runs as u64) as f64 / wall;
    // Uses the device's own time where it is known: the kernel is not to blame for the host's.
    let busy = device.map_or(wall, |device| device.as_secs_f64());
    let operations = 2.0 * multiply_adds(&case.configuration) as f64 * (trained * runs as u64) as f64;
    Ok(Figures {
        runs,
        gan_epochs_per_second: rate,
        device_epoch: device.map(|device| Duration::from_secs_f64(device.as_secs_f64() / trained as f64)),
        gigaflops: operations / busy * 1e-9,
    })
}

fn compare<B: Backend>(
    backend: &mut B,
    population: Vec<Gan<AlignedWords, Reference>>,
) -> Result<(), NoFigures<B::Error>> {
    let step = population.len().div_ceil(COMPARED);
    let mut expected: Vec<Gan<AlignedWords, Reference>> = population
        .par_iter()
        .step_by(step)
        .map(|gan| {
            let memory = AlignedWords::zeroed(memory_words(gan.configuration()));
            gan.copied_to(memory).expect("the memory is of the run's size")
        })
        .collect();
    expected.par_iter_mut().for_each(|gan| {
        // A divergence is part of the state.
        let _ = gan.run_epochs(HASHED_EPOCHS);
    });
    let mut trained = population;
    backend.read(&mut trained).map_err(NoFigures::Failed)?;
    let differs = trained
        .iter()
        .step_by(step)
        .zip(&expected)
        .position(|(theirs, ours)| theirs.state_hash() != ours.state_hash());
    match differs {
        Some(index) => Err(NoFigures::Differs { run: index * step }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::cases;
    use crate::run::backends::{Cpu, CpuError};
    use gan_core::Configuration;

    /// The processor, which trains an epoch too many.
    #[derive(Default)]
    struct Wrong(Cpu);

    impl Backend for Wrong {
        type Error = CpuError;
        fn name(&self) -> &'static str {
            "wrong"
        }
        fn device(&self) -> &str {
            "none"
        }
        fn most_runs(&self, configuration: &Configuration) -> usize {
            self.0.most_runs(configuration)
        }
        fn load<M>(&mut self, runs: &[Gan<M, Reference>]) -> Result<(), CpuError>
        where
            M: AsRef<[f32]> + AsMut<[f32]>,
        {
            self.0.load(runs)
        }
        fn train(&mut self, epochs: u64) -> Result<(), CpuError> {
            self.0.train(epochs + 1)
        }
        fn read<M>(&mut self, runs: &mut [Gan<M, Reference>]) -> Result<(), CpuError>
        where
            M: AsRef<[f32]> + AsMut<[f32]>,
        {
            self.0.read(runs)
        }
    }

    #[test]
    fn a_wrong_answer_has_no_speed() {
        let figures = measure(&mut Wrong::default(), &cases()[0], 2, |_| None);
        assert!(matches!(figures, Err(NoFigures::Differs { run: 0 })));
    }
}
