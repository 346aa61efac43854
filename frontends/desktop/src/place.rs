//! Where one run trains: on a core of the processor, or on a Vulkan device for as long as that works.

use gan_core::{Backend, Configuration, Diverged, Gan, Profile, Reference, StateHash};
use gan_vulkan::Population;
use lab::backends::Resilient;
use lab::memory::AlignedWords;

use crate::backend;

/// Where a run trains, and what that is called.
pub trait Place<P> {
    /// Completes so many epochs, unless the run diverges.
    fn train(&mut self, gan: &mut Gan<AlignedWords, P>, epochs: u64) -> Result<(), Diverged>;

    /// Its name as an argument.
    fn backend(&self) -> &'static str;

    /// What it runs on, for people.
    fn device(&self) -> String;
}

/// The reference, on one core.
pub struct OneCore;

impl<P: Profile> Place<P> for OneCore {
    fn train(&mut self, gan: &mut Gan<AlignedWords, P>, epochs: u64) -> Result<(), Diverged> {
        gan.run_epochs(epochs)
    }

    fn backend(&self) -> &'static str {
        "cpu"
    }

    fn device(&self) -> String {
        format!(
            "{} {}",
            std::env::consts::ARCH,
            lab::instructions::current().name()
        )
    }
}

/// A Vulkan device, and the processor when it fails.
pub struct OnVulkan {
    device: Resilient<Population>,
    /// The run as it came back.
    left: Option<(Configuration, StateHash)>,
}

impl OnVulkan {
    /// With a population that has no run yet.
    pub const fn new(population: Population) -> Self {
        Self {
            device: Resilient::new(population),
            left: None,
        }
    }
}

impl Place<Reference> for OnVulkan {
    fn train(&mut self, gan: &mut Gan<AlignedWords>, epochs: u64) -> Result<(), Diverged> {
        // Between two calls somebody may have changed a hyper-parameter, or stepped one network.
        if self.left != Some((*gan.configuration(), gan.state_hash())) {
            self.device.reload();
        }
        let failed = self.device.failure().is_some();
        self.device.train(std::slice::from_mut(gan), epochs);
        if let Some(failure) = self.device.failure().filter(|_| !failed) {
            backend::note_failure(failure);
        }
        self.left = Some((*gan.configuration(), gan.state_hash()));
        gan.diverged().map_or(Ok(()), Err)
    }

    fn backend(&self) -> &'static str {
        self.device.backend().map_or("cpu", |backend| backend.name())
    }

    fn device(&self) -> String {
        match self.device.backend() {
            Some(backend) => backend.device().to_owned(),
            None => Place::<Reference>::device(&OneCore),
        }
    }
}
