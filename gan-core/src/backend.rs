//! The contract between backends: whatever trains many runs at once does it through this trait, and gives
//! the same bits as [`Gan::run_epochs`].
//!
//! It is coarse on purpose, whole epochs of whole populations, so that a backend may keep its numbers where
//! it likes between two calls. Runs go in and come back as packed states ([`crate::packed`]).

use crate::configuration::{Configuration, Network};
use crate::gan::Gan;
use crate::profile::Reference;

/// Trains populations of runs that go together ([`Backend::together`]); rates, losses, optimisers, update counts,
/// seeds, samples and strengths of techniques may differ.
pub trait Backend {
    /// Why it could not.
    type Error: core::error::Error;

    /// The name people choose it by: "cpu", "vulkan".
    fn name(&self) -> &'static str;

    /// Name of the hardware it runs on, for people.
    fn device(&self) -> &str;

    /// Whether it carries all that a configuration asks for; the error names what it does not, and says why.
    fn check(&self, _configuration: &Configuration) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Whether runs of both configurations may be loaded at the same time: at least shapes and batch are the
    /// same.
    fn together(&self, one: &Configuration, other: &Configuration) -> bool {
        [Network::Generator, Network::Discriminator]
            .iter()
            .all(|network| one.shape(*network) == other.shape(*network))
            && one.batch == other.batch
    }

    /// How many runs of this configuration it takes at a time, at least 1.
    fn most_runs(&self, configuration: &Configuration) -> usize;

    /// Takes copies of these runs, each between two epochs or diverged, in place of those it had.
    fn load<M>(&mut self, runs: &[Gan<M, Reference>]) -> Result<(), Self::Error>
    where
        M: AsRef<[f32]> + AsMut<[f32]>;

    /// Completes so many epochs of each run it has; one that diverges stops there. After an error it has
    /// nothing that can be used: what was read last can be loaded again.
    fn train(&mut self, epochs: u64) -> Result<(), Self::Error>;

    /// Puts the runs that were loaded, in the same order, into the states that training has led to. After
    /// an error they are as they were.
    fn read<M>(&mut self, runs: &mut [Gan<M, Reference>]) -> Result<(), Self::Error>
    where
        M: AsRef<[f32]> + AsMut<[f32]>;
}
