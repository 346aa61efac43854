//! The place where one run trains: a core of the processor, or a backend for as long as it works.

use std::sync::Arc;

use gan_core::{Backend, Configuration, Diverged, Gan, Profile, Reference, StateHash};

use super::Resilient;
use crate::run::instructions;
use crate::run::memory::AlignedWords;

/// The device on which a run trains, and the reason if it is another than intended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whereabouts {
    /// The backend's name as an argument.
    pub backend: &'static str,
    /// The device's name, for people.
    pub device: Arc<str>,
    /// The reason why the run trains elsewhere than intended, if it does.
    pub trouble: Option<Arc<str>>,
}

impl Whereabouts {
    /// The processor.
    #[must_use]
    pub fn processor() -> Self {
        let device = format!("{} {}", std::env::consts::ARCH, instructions::current().name());
        Self {
            backend: "cpu",
            device: device.into(),
            trouble: None,
        }
    }

    /// The processor, because something else could not be had.
    #[must_use]
    pub fn processor_instead(trouble: &str) -> Self {
        let trouble = Some(format!("{trouble}; the processor trains, to the same bits").into());
        Self {
            trouble,
            ..Self::processor()
        }
    }
}

/// A place where a run trains: the reference on one core, or a backend.
pub trait Place<P>: Send {
    /// Completes so many epochs, unless the run diverges.
    fn train(&mut self, gan: &mut Gan<AlignedWords, P>, epochs: u64) -> Result<(), Diverged>;

    /// The reason why the run trains elsewhere than intended, if it does.
    fn trouble(&self) -> Option<&str>;

    /// The device and any trouble, as they are now.
    fn whereabouts(&self) -> Whereabouts;
}

/// The reference, on one core.
#[derive(Debug)]
pub struct OneCore;

impl<P: Profile> Place<P> for OneCore {
    fn train(&mut self, gan: &mut Gan<AlignedWords, P>, epochs: u64) -> Result<(), Diverged> {
        gan.run_epochs(epochs)
    }

    fn trouble(&self) -> Option<&str> {
        None
    }

    fn whereabouts(&self) -> Whereabouts {
        Whereabouts::processor()
    }
}

/// A backend, and the processor when it fails.
#[derive(Debug)]
pub struct OnBackend<B> {
    backend: Resilient<B>,
    /// The run as it came back.
    left: Option<(Configuration, StateHash)>,
}

impl<B: Backend> OnBackend<B> {
    /// On this backend at first.
    #[must_use]
    pub const fn new(backend: B) -> Self {
        Self {
            backend: Resilient::new(backend),
            left: None,
        }
    }
}

impl<B: Backend + Send> Place<Reference> for OnBackend<B> {
    fn train(&mut self, gan: &mut Gan<AlignedWords>, epochs: u64) -> Result<(), Diverged> {
        // Between two calls somebody may have changed a hyper-parameter, or stepped one network.
        if self.left != Some((*gan.configuration(), gan.state_hash())) {
            self.backend.reload();
        }
        self.backend.train(std::slice::from_mut(gan), epochs);
        self.left = Some((*gan.configuration(), gan.state_hash()));
        gan.diverged().map_or(Ok(()), Err)
    }

    fn trouble(&self) -> Option<&str> {
        self.backend.failure()
    }

    fn whereabouts(&self) -> Whereabouts {
        match (self.backend.backend(), self.backend.failure()) {
            (Some(backend), None) => Whereabouts {
                backend: backend.name(),
                device: backend.device().into(),
                trouble: None,
            },
            (_, failure) => Whereabouts::processor_instead(failure.unwrap_or("the backend is gone")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::backends::Cpu;
    use crate::run::backends::faulty::Faulty;
    use crate::{Command, Experiment, Inline, Session as _, Step, Trainer};
    use gan_core::configuration::{LearningRate, Loss};
    use gan_core::{Change, Network, Preset};

    fn session(place: Option<Box<dyn Place<Reference>>>) -> Inline {
        let mut trainer = Trainer::new(Experiment::preset(Preset::Ring, 7));
        if let Some(place) = place {
            trainer.train_at(place);
        }
        let mut run = Inline::of(trainer);
        let rate = LearningRate::new(0.01).unwrap();
        for command in [
            Command::Change(Change::learning_rate(Network::Generator, rate)),
            Command::Step(Step::Discriminator),
            Command::Step(Step::Phase),
            Command::Change(Change::loss(Loss::LeastSquares)),
            Command::Seek(20),
            Command::Step(Step::Generator),
        ] {
            run.run_epochs(15).unwrap();
            run.send(command);
        }
        run.run_epochs(10).unwrap();
        run
    }

    #[test]
    fn a_session_on_a_backend_is_the_session_on_the_processor() {
        let here = session(None);
        let there = session(Some(Box::new(OnBackend::new(Cpu::default()))));
        let hash = |run: &Inline| run.trainer().gan().state_hash();
        assert_eq!(hash(&here), hash(&there));
        assert_eq!(here.latest().log, there.latest().log);
        assert_eq!(*here.latest().whereabouts, Whereabouts::processor());
        assert_eq!(there.latest().whereabouts.trouble, None);
    }

    #[test]
    fn where_a_device_is_lost_the_run_goes_on_and_that_is_said() {
        let here = session(None);
        for fails in 1..=6 {
            let run = session(Some(Box::new(OnBackend::new(Faulty::new(fails)))));
            assert_eq!(
                run.trainer().gan().state_hash(),
                here.trainer().gan().state_hash()
            );
            let whereabouts = Arc::clone(&run.latest().whereabouts);
            assert_eq!(whereabouts.backend, "cpu");
            assert_eq!(
                whereabouts.trouble.as_deref(),
                Some("the device was lost; the processor trains, to the same bits")
            );
        }
    }
}
