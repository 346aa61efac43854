//! Backends by name, as arguments give them, and opening Vulkan's.

use clap::ValueEnum;
use gan_core::{Diverged, Gan};
use gan_vulkan::probe::{self, Verdict};
use gan_vulkan::{Device, Options, Population};

use lab::run::backends::Place;
use lab::run::memory::AlignedWords;

use crate::failure::Failure;

/// A backend to train on.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BackendName {
    /// The reference, on this machine's processor
    Cpu,
    /// A Vulkan device: the same bits
    Vulkan,
}

/// Vulkan's population where it was asked for; a device that is named for the processor is a mistake.
pub fn population_of(name: BackendName, device: Option<&str>) -> Result<Option<Population>, Failure> {
    match (name, device) {
        (BackendName::Vulkan, device) => population(device).map(Some),
        (BackendName::Cpu, None) => Ok(None),
        (BackendName::Cpu, Some(_)) => Err(Failure::bad_input(
            "--device names a Vulkan device: add --backend vulkan, or leave it out",
        )),
    }
}

/// Opens a population with [`opened`]; the error also says what to do instead.
pub fn population(device: Option<&str>) -> Result<Population, Failure> {
    opened(device)
        .map_err(|problem| Failure::bad_input(format_args!("{problem}; --backend cpu gives the same bits")))
}

/// Opens an empty population on the best device, or on the one with this in its name. Refuses a
/// device that a probe finds computing other bits. The error says in words what is wrong.
pub fn opened(device: Option<&str>) -> Result<Population, String> {
    let device = Device::open(device).map_err(|error| error.to_string())?;
    let name = &device.facts().name;
    match probe::verdict(&device).map_err(|error| error.to_string())? {
        Verdict::BitExact => {}
        Verdict::NotDeclared => {
            eprintln!("gan-lab: {name} does not promise the hash, it does not declare how it rounds");
        }
        verdict @ Verdict::Differs(_) => return Err(format!("{name}: {verdict}")),
    }
    Population::new(device, Options::default()).map_err(|error| error.to_string())
}

/// Trains somewhere, and says when the processor has taken over.
pub fn training<P>(
    place: &mut impl Place<P>,
    gan: &mut Gan<AlignedWords, P>,
    epochs: u64,
) -> Result<(), Diverged> {
    let troubled = place.trouble().is_some();
    let outcome = place.train(gan, epochs);
    if let Some(failure) = place.trouble().filter(|_| !troubled) {
        note_failure(failure);
    }
    outcome
}

/// Says that the processor has taken over, and why.
pub fn note_failure(failure: &str) {
    eprintln!("gan-lab: {failure}; the processor trains on from the last state read back, to the same bits");
}
