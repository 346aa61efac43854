//! Backends by name, as arguments give them, and opening Vulkan's.

use clap::ValueEnum;
use gan_vulkan::probe::{self, Verdict};
use gan_vulkan::{Device, Options, Population};

use crate::failure::Failure;

/// Where to train.
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

/// An empty population on the best device, or on that with this in its name. A device that a probe finds
/// computing other bits is refused.
pub fn population(device: Option<&str>) -> Result<Population, Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::bad_input(format_args!("{error}; --backend cpu gives the same bits"))
    };
    let device = Device::open(device).map_err(|error| failed(&error))?;
    let name = &device.facts().name;
    match probe::verdict(&device).map_err(|error| failed(&error))? {
        Verdict::BitExact => {}
        Verdict::NotDeclared => {
            eprintln!("gan-lab: {name} does not promise the hash, it does not declare how it rounds");
        }
        verdict @ Verdict::Differs(_) => return Err(failed(&format_args!("{name}: {verdict}"))),
    }
    Population::new(device, Options::default()).map_err(|error| failed(&error))
}

/// Says that the processor has taken over, and why.
pub fn note_failure(failure: &str) {
    eprintln!("gan-lab: {failure}; the processor trains on from the last state read back, to the same bits");
}
