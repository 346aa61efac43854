//! The reference as a backend: every run on one of the processor's cores.

use gan_core::{Backend, Configuration, Gan, Reference, StateLayout, memory_words};
use rayon::prelude::*;

use crate::run::instructions;
use crate::run::memory::AlignedWords;

/// Runs on the processor, as many at a time as it has cores.
#[derive(Debug, Default)]
pub struct Cpu {
    runs: Vec<Gan<AlignedWords, Reference>>,
}

/// Runs could not be taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CpuError {
    /// A run is within an epoch.
    #[error("run {run} is within an epoch: finish it first")]
    MidEpoch {
        /// Its number, from 0.
        run: usize,
    },
    /// The number of runs to read into differs from the number loaded.
    #[error("{expected} runs were loaded, not {came}")]
    WrongCount {
        /// Runs loaded.
        expected: usize,
        /// Runs to read into.
        came: usize,
    },
    /// A run has another configuration than the one that was loaded.
    #[error("run {run} is not of the configuration that was loaded")]
    Unequal {
        /// Its number, from 0.
        run: usize,
    },
}

impl Backend for Cpu {
    type Error = CpuError;

    fn name(&self) -> &'static str {
        "cpu"
    }

    fn device(&self) -> &str {
        std::env::consts::ARCH
    }

    fn most_runs(&self, _: &Configuration) -> usize {
        usize::MAX
    }

    fn load<M>(&mut self, runs: &[Gan<M, Reference>]) -> Result<(), CpuError>
    where
        M: AsRef<[f32]> + AsMut<[f32]>,
    {
        let within = |gan: &Gan<M, Reference>| gan.upcoming().is_some() && gan.diverged().is_none();
        if let Some(run) = runs.iter().position(within) {
            return Err(CpuError::MidEpoch { run });
        }
        let copied = |gan: &Gan<M, Reference>| {
            let memory = AlignedWords::zeroed(memory_words(gan.configuration()));
            let mut gan = gan.copied_to(memory).expect("the memory is of the run's size");
            gan.use_instructions(instructions::current());
            gan
        };
        self.runs = runs.iter().map(copied).collect();
        Ok(())
    }

    fn train(&mut self, epochs: u64) -> Result<(), CpuError> {
        self.runs.par_iter_mut().for_each(|gan| {
            // A divergence is part of the state that is read.
            let _ = gan.run_epochs(epochs);
        });
        Ok(())
    }

    fn read<M>(&mut self, runs: &mut [Gan<M, Reference>]) -> Result<(), CpuError>
    where
        M: AsRef<[f32]> + AsMut<[f32]>,
    {
        if runs.len() != self.runs.len() {
            let (expected, came) = (self.runs.len(), runs.len());
            return Err(CpuError::WrongCount { expected, came });
        }
        let other = runs.iter().zip(&self.runs).position(|(gan, own)| {
            StateLayout::of(gan.configuration()) != StateLayout::of(own.configuration())
        });
        if let Some(run) = other {
            return Err(CpuError::Unequal { run });
        }
        for (run, (gan, own)) in runs.iter_mut().zip(&self.runs).enumerate() {
            let mut words = vec![0; StateLayout::of(own.configuration()).words];
            own.pack(&mut words).map_err(|_| CpuError::MidEpoch { run })?;
            gan.unpack(&words).map_err(|_| CpuError::Unequal { run })?;
        }
        Ok(())
    }
}
