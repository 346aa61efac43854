//! Measures of a run besides its losses and divergences: `gan_core::measures`, gathered.
//!
//! They are taken of [`SAMPLES`] fake and as many real evaluation samples, a quarter of those that
//! divergences are made of: enough for 25 in each of NDB's bins, and all of it then takes a third
//! of a millisecond for a preset's networks.

use gan_core::Network;
use gan_core::measures::{Activity, Difference, Histogram, Modes};

use crate::checks::gauge::{Gauged, UpdateFigures};
use crate::checks::lost::Lost;
use crate::checks::reach::{Judgement, Reach};
use crate::{Divergence, Glance};

/// Samples that are measured, on each side. NDB's bins are those of all the real ones.
pub const SAMPLES: usize = 2_500;
/// Samples, on each side, at which live units are looked for: most show it within a few.
pub(crate) const ACTIVE_AT: usize = 500;

/// Everything measured of a run at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// The sliced Wasserstein distance of the fake samples: see
    /// [`gan_core::density::Density::wasserstein`].
    pub wasserstein: Option<f64>,
    /// By how much each of the real set's bins has too few or too many fake samples: NDB.
    pub bins: Option<Difference>,
    /// How fake samples lie about the modes; `None` for a target without any.
    pub modes: Option<Modes>,
    /// D's probabilities of being real at real samples.
    pub real_outputs: Histogram,
    /// D's probabilities of being real at fake samples.
    pub fake_outputs: Histogram,
    /// Which of G's hidden units live, on the noise; `None` unless they are ReLUs.
    pub generator_activity: Option<Activity>,
    /// Which of D's live, on real and fake samples.
    pub discriminator_activity: Option<Activity>,
    /// How fake samples lie to the real ones.
    pub reach: Option<Reach>,
    /// How D's outputs at real and at fake samples stand to each other.
    pub judgement: Option<Judgement>,
    /// A glance at the shown samples, which weighs them.
    pub glance: Glance,
    /// Divergence of the moving average's samples, where the run keeps one.
    pub average: Option<Divergence>,
    /// The parts of the target that the shown samples miss.
    pub lost: Vec<Lost>,
    /// The trainer's own measurements.
    pub gauged: Gauged,
}

impl Measures {
    /// Which of a network's hidden units live.
    #[must_use]
    pub const fn activity(&self, network: Network) -> Option<&Activity> {
        match network {
            Network::Generator => self.generator_activity.as_ref(),
            Network::Discriminator => self.discriminator_activity.as_ref(),
        }
    }

    /// A network's updates.
    #[must_use]
    pub const fn updates(&self, network: Network) -> Option<&UpdateFigures> {
        match network {
            Network::Generator => self.gauged.generator.as_ref(),
            Network::Discriminator => self.gauged.discriminator.as_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Summary;
    use crate::{Experiment, Observer, Trainer};
    use gan_core::Preset;

    fn measured(preset: Preset, epochs: u64) -> (Measures, Observer) {
        let experiment = Experiment::preset(preset, 7);
        let mut observer = Observer::new(&experiment);
        let mut trainer: Trainer = Trainer::new(experiment);
        trainer.run_epochs(epochs).unwrap();
        (observer.check(&trainer.state()).1, observer)
    }

    #[test]
    fn a_run_that_begins_is_far_off_and_one_that_learnt_is_nearer() {
        for preset in Preset::ALL {
            let [begun, learnt] = [0, 2_000].map(|epochs| measured(preset, epochs).0);
            let [before, after] = [&begun, &learnt].map(Measures::summary);
            println!("{preset:?}: {after:?}");
            assert!(
                before.ndb > Some(0.7) && after.ndb < before.ndb,
                "{preset:?}: {before:?}"
            );
            assert_eq!(before.discriminator_gradient, None);
            assert!(after.discriminator_gradient.is_some() && after.generator_moved.is_some());
            assert!(after.loss_mean.is_some_and(|mean| (0.2..0.9).contains(&mean)));
            let has_modes = !preset.configuration().target.modes().is_empty();
            assert_eq!(
                (after.coverage.is_some(), after.high_quality.is_some()),
                (has_modes, has_modes)
            );
            for histogram in [begun.real_outputs, begun.fake_outputs, learnt.fake_outputs] {
                assert_eq!((histogram.total(), histogram.outside()), (SAMPLES as u32, 0));
            }
        }
    }

    #[test]
    fn a_figure_that_is_no_number_is_not_known() {
        let updates = UpdateFigures {
            gradients: vec![1.0, f64::NAN],
            moved: f64::INFINITY,
        };
        let measures = Measures {
            gauged: Gauged {
                generator: Some(updates.clone()),
                discriminator: Some(UpdateFigures {
                    gradients: vec![3.0, 4.0],
                    moved: 0.5,
                }),
                ..Gauged::default()
            },
            ..Measures::default()
        };
        let summary = measures.summary();
        assert_eq!(
            (summary.generator_gradient, summary.generator_moved),
            (None, None)
        );
        assert_eq!(
            (summary.discriminator_gradient, summary.discriminator_moved),
            (Some(5.0), Some(0.5))
        );
        assert_eq!(Measures::default().summary(), Summary::default());
    }
}
