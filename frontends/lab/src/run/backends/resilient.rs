//! A backend that may fail, and the processor that goes on in its place.

use gan_core::{Backend, Gan, Reference};
use rayon::prelude::*;

/// Trains runs on a backend for as long as it works, then on the processor.
///
/// The runs belong to the caller. They change only when a whole call has succeeded, so after a failure they
/// are as they last were, and the same epochs are trained again elsewhere, to the same bits.
#[derive(Debug)]
pub struct Resilient<B> {
    backend: Option<B>,
    failure: Option<String>,
    /// The reason why the backend does not carry the runs trained last, if it does not.
    refusal: Option<String>,
    loaded: bool,
}

impl<B: Backend> Resilient<B> {
    /// On this backend at first.
    #[must_use]
    pub const fn new(backend: B) -> Self {
        Self {
            backend: Some(backend),
            failure: None,
            refusal: None,
            loaded: false,
        }
    }

    /// The backend, until it fails.
    #[must_use]
    pub const fn backend(&self) -> Option<&B> {
        self.backend.as_ref()
    }

    /// Why the processor has taken over, if it has: for good where the backend failed, for the runs trained
    /// last where it does not carry them.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref().or(self.refusal.as_deref())
    }

    /// Forgets the runs that the backend has: call it when they were changed elsewhere.
    pub const fn reload(&mut self) {
        self.loaded = false;
    }

    /// Completes so many epochs of each run, the same runs as in the call before unless [`Self::reload`] was
    /// called; one that diverges stops there.
    pub fn train<M>(&mut self, runs: &mut [Gan<M, Reference>], epochs: u64)
    where
        M: AsRef<[f32]> + AsMut<[f32]> + Send,
    {
        self.refusal = self.backend.as_ref().and_then(|backend| {
            let refused = runs
                .iter()
                .find_map(|gan| backend.check(gan.configuration()).err());
            refused.map(|refusal| refusal.to_string())
        });
        if self.refusal.is_some() {
            self.loaded = false;
        } else if let Some(backend) = &mut self.backend {
            let trained = match self.loaded {
                true => Ok(()),
                false => backend.load(runs),
            };
            let trained = trained
                .and_then(|()| backend.train(epochs))
                .and_then(|()| backend.read(runs));
            match trained {
                Ok(()) => {
                    self.loaded = true;
                    return;
                }
                Err(error) => {
                    self.failure = Some(error.to_string());
                    self.backend = None;
                }
            }
        }
        runs.par_iter_mut().for_each(|gan| {
            // A divergence is part of the run's state.
            let _ = gan.run_epochs(epochs);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Experiment;
    use crate::Trainer;
    use crate::run::backends::faulty::Faulty;
    use gan_core::Preset;

    #[test]
    fn what_a_device_does_not_carry_trains_here_and_the_next_runs_there_again() {
        let mut reference = Trainer::<Reference>::new(Experiment::preset(Preset::Line, 7));
        reference.run_epochs(30).unwrap();
        let mut trainer = Trainer::<Reference>::new(Experiment::preset(Preset::Line, 7));
        let mut place = Resilient::new(Faulty::new(9).refusing(Preset::Line.configuration()));
        for _ in 0..3 {
            place.train(std::slice::from_mut(trainer.gan_mut()), 10);
            assert_eq!(place.failure(), Some("the device was lost"));
        }
        assert_eq!(trainer.gan().state_hash(), reference.gan().state_hash());
        let mut other = Trainer::<Reference>::new(Experiment::preset(Preset::Ring, 7));
        place.reload();
        place.train(std::slice::from_mut(other.gan_mut()), 10);
        assert_eq!((place.failure(), place.backend().is_some()), (None, true));
    }

    #[test]
    fn a_lost_device_changes_no_hash() {
        let mut reference = Trainer::<Reference>::new(Experiment::preset(Preset::Ring, 7));
        reference.run_epochs(40).unwrap();
        for fails in 1..=4 {
            let mut trainer = Trainer::<Reference>::new(Experiment::preset(Preset::Ring, 7));
            let mut place = Resilient::new(Faulty::new(fails));
            for _ in 0..4 {
                place.train(std::slice::from_mut(trainer.gan_mut()), 10);
            }
            assert_eq!(place.failure(), Some("the device was lost"));
            assert_eq!(trainer.gan().state_hash(), reference.gan().state_hash());
        }
    }
}
