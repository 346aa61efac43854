//! A backend that fails when it is told to, for tests.

use gan_core::{Backend, Configuration, Gan, Reference};

use super::{Cpu, CpuError};

/// The processor, which is lost in its n-th training.
pub(crate) struct Faulty {
    own: Cpu,
    trainings: u32,
    refused: Option<Configuration>,
}

impl Faulty {
    pub(crate) fn new(trainings: u32) -> Self {
        Self {
            own: Cpu::default(),
            trainings,
            refused: None,
        }
    }

    /// The same, which does not carry this configuration.
    pub(crate) fn refusing(self, configuration: Configuration) -> Self {
        Self {
            refused: Some(configuration),
            ..self
        }
    }
}

/// The error that a driver reports for a lost device.
#[derive(Debug, thiserror::Error)]
#[error("the device was lost")]
pub(crate) struct Lost;

impl From<CpuError> for Lost {
    fn from(error: CpuError) -> Self {
        panic!("{error}")
    }
}

impl Backend for Faulty {
    type Error = Lost;
    fn name(&self) -> &'static str {
        "faulty"
    }
    fn device(&self) -> &str {
        "none"
    }
    fn check(&self, configuration: &Configuration) -> Result<(), Lost> {
        match self.refused {
            Some(refused) if refused == *configuration => Err(Lost),
            _ => Ok(()),
        }
    }
    fn most_runs(&self, configuration: &Configuration) -> usize {
        self.own.most_runs(configuration)
    }
    fn load<M>(&mut self, runs: &[Gan<M, Reference>]) -> Result<(), Lost>
    where
        M: AsRef<[f32]> + AsMut<[f32]>,
    {
        Ok(self.own.load(runs)?)
    }
    fn train(&mut self, epochs: u64) -> Result<(), Lost> {
        self.trainings -= 1;
        match self.trainings {
            // Half the work is done when it goes.
            0 => self.own.train(epochs / 2).map_err(Lost::from).and(Err(Lost)),
            _ => Ok(self.own.train(epochs)?),
        }
    }
    fn read<M>(&mut self, runs: &mut [Gan<M, Reference>]) -> Result<(), Lost>
    where
        M: AsRef<[f32]> + AsMut<[f32]>,
    {
        Ok(self.own.read(runs)?)
    }
}
