//! The outcome of one run: a row without its configuration.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use gan_core::measures::coverage;
use gan_core::{Diverged, Network, Reference, StateHash};

use crate::{Divergence, Experiment, Observer, Trainer};

/// Epochs between two looks at whether to go on: some milliseconds, for the largest networks a second.
const STINT: u64 = 32;

/// The figures of a run at its end: those of `gan-lab train` and two more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The state's name.
    pub hash: StateHash,
    /// The discriminator's loss at its last update, halved; `None` without one, or if it is not finite.
    pub discriminator_loss: Option<f64>,
    /// The generator's loss at its last update; `None` without one, or if it is not finite.
    pub generator_loss: Option<f64>,
    /// How far fake and real samples are apart at the end, in bits.
    pub divergence: Divergence,
    /// Share of the target's modes that the fake samples cover, 0–1; `None` for a target without modes.
    pub coverage: Option<f64>,
    /// Divergence and coverage of the generator's moving average; `None` where the run keeps none.
    pub average: Option<AverageOutcome>,
    /// The divergence that stopped the run for good, if any. The other figures are of the state
    /// before.
    pub diverged: Option<Diverged>,
    /// Time spent training, to the millisecond.
    pub training: Duration,
}

/// The outcome of a generator's moving average.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AverageOutcome {
    /// How far its samples and the real ones are apart at the end, in bits.
    pub divergence: Divergence,
    /// Share of the target's modes that its samples cover, 0–1; `None` for a target without modes.
    pub coverage: Option<f64>,
}

impl Outcome {
    /// Trains an experiment for some epochs and looks at the end. `on` hears every so often how many
    /// epochs came since, and may break off; there is no outcome then.
    pub fn of(
        experiment: Experiment,
        epochs: u64,
        mut on: impl FnMut(u64) -> ControlFlow<()>,
    ) -> Option<Self> {
        let mut observer = Observer::new(&experiment);
        let mut trainer = Trainer::<Reference>::new(experiment);
        let mut training = Duration::ZERO;
        let mut diverged = None;
        while diverged.is_none() && trainer.gan().epoch() < epochs {
            let stint = STINT.min(epochs - trainer.gan().epoch());
            let begun = Instant::now();
            diverged = trainer.run_epochs(stint).err();
            training += begun.elapsed();
            if on(stint).is_break() {
                return None;
            }
        }
        Some(Self::at_end(&trainer, &mut observer, training))
    }

    /// The outcome of a run that is not trained further, after so much training.
    pub(super) fn at_end(trainer: &Trainer<Reference>, observer: &mut Observer, training: Duration) -> Self {
        let state = trainer.state();
        let target = state.configuration.target;
        let (divergence, covered) = (observer.measure(&state), coverage(target, observer.fake()));
        let average = observer.measure_average(&state).map(|divergence| AverageOutcome {
            divergence,
            coverage: coverage(target, observer.fake()),
        });
        let finite = |loss: Option<f64>| loss.filter(|loss| loss.is_finite());
        Self {
            hash: trainer.gan().state_hash(),
            discriminator_loss: finite(trainer.gan().loss(Network::Discriminator)),
            generator_loss: finite(trainer.gan().loss(Network::Generator)),
            divergence,
            coverage: covered,
            average,
            diverged: trainer.gan().diverged(),
            training: Duration::from_millis(training.as_millis() as u64),
        }
    }

    /// Whether it diverged or leaves out a mode of its target.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.diverged.is_some() || self.coverage.is_some_and(|covered| covered < 1.0)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use gan_core::Preset;

    /// An outcome by its figures.
    pub(crate) fn outcome(js: f64, coverage: Option<f64>, diverged: Option<Diverged>) -> Outcome {
        Outcome {
            hash: StateHash((js * 1e6) as u64),
            discriminator_loss: Some(0.1 + js),
            generator_loss: None,
            divergence: Divergence { kl: 3.0 * js, js },
            coverage,
            average: None,
            diverged,
            training: Duration::from_millis(1_250),
        }
    }

    #[test]
    fn a_run_in_stints_is_the_run() {
        let experiment = Experiment::preset(Preset::Disjoint, 5);
        let mut heard = 0;
        let outcome = Outcome::of(experiment.clone(), 100, |epochs| {
            heard += epochs;
            ControlFlow::Continue(())
        })
        .unwrap();
        let mut trainer = Trainer::<Reference>::new(experiment.clone());
        trainer.run_epochs(100).unwrap();
        assert_eq!((outcome.hash, heard), (trainer.gan().state_hash(), 100));
        assert_eq!(
            outcome.divergence,
            Observer::new(&experiment).measure(&trainer.state())
        );
        assert!(outcome.coverage.is_some() && outcome.diverged.is_none());
        assert_eq!(Outcome::of(experiment, 100, |_| ControlFlow::Break(())), None);
    }

    #[test]
    fn failing_is_diverging_or_leaving_out_a_mode() {
        let diverged = Some(Diverged {
            epoch: 3,
            network: Network::Generator,
        });
        for (coverage, diverged, failed) in [
            (None, None, false),
            (Some(1.0), None, false),
            (Some(2.0 / 3.0), None, true),
            (Some(1.0), diverged, true),
            (None, diverged, true),
        ] {
            assert_eq!(outcome(0.1, coverage, diverged).failed(), failed);
        }
    }
}
