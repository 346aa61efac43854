//! What is measured of a run besides its losses and divergences: `gan_core::measures`, gathered.
//!
//! Of [`SAMPLES`] fake and as many real evaluation samples, a quarter of those that divergences are made of: enough
//! for 25 in each of NDB's bins, and all of it then takes a third of a millisecond for a preset's networks.

use gan_core::Network;
use gan_core::measures::{Activity, Difference, Histogram, Modes};

use crate::Glance;
use crate::gauge::{Gauged, Norms, UpdateFigures};
use crate::reach::{Judgement, Reach};

/// Samples that are measured, on each side. NDB's bins are those of all the real ones.
pub const SAMPLES: usize = 2_500;
/// Those of them, on each side, at which units are looked for that live: most show it within a few.
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
    /// Those at fake samples.
    pub fake_outputs: Histogram,
    /// Which of G's hidden units live, on the noise; `None` unless they are ReLUs.
    pub generator_activity: Option<Activity>,
    /// Which of D's live, on real and fake samples.
    pub discriminator_activity: Option<Activity>,
    /// How fake samples lie to the real ones.
    pub reach: Option<Reach>,
    /// How D's outputs at real and at fake samples stand to each other.
    pub judgement: Option<Judgement>,
    /// What a glance has of it.
    pub glance: Glance,
    /// What whoever trained measured.
    pub gauged: Gauged,
}

/// The figures of [`Measures`] that a course over epochs keeps, each `None` where it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Sliced Wasserstein distance, in that of the one point that is nearest to the real samples.
    pub wasserstein: Option<f32>,
    /// NDB/K, 0–1.
    pub ndb: Option<f32>,
    /// Share of the modes covered, 0–1.
    pub coverage: Option<f32>,
    /// Share of the fake samples near a mode, 0–1.
    pub high_quality: Option<f32>,
    /// Norm of D's gradient.
    pub discriminator_gradient: Option<f32>,
    /// Norm of G's gradient.
    pub generator_gradient: Option<f32>,
    /// Distance D moved per update.
    pub discriminator_moved: Option<f32>,
    /// Distance G moved per update.
    pub generator_moved: Option<f32>,
    /// Share of D's hidden units that are dead, 0–1.
    pub discriminator_dead: Option<f32>,
    /// Share of G's.
    pub generator_dead: Option<f32>,
    /// Mean of D's loss over the window.
    pub loss_mean: Option<f32>,
    /// Variance of D's loss over the window.
    pub loss_variance: Option<f32>,
    /// Period of its oscillation, in epochs.
    pub period: Option<f32>,
    /// How well D's outputs tell real and fake samples apart, 0–1.
    pub separation: Option<f32>,
    /// Share of the fake samples that D finds more real than half of the real ones, 0–1.
    pub fooled: Option<f32>,
    /// D's greatest output less its least.
    pub discriminator_range: Option<f32>,
    /// D's mean output at real samples, 0–1.
    pub real_score: Option<f32>,
    /// That at fake ones.
    pub fake_score: Option<f32>,
    /// Share of the real samples where there is hardly a fake one, 0–1.
    pub missed: Option<f32>,
    /// The same of smaller regions.
    pub missed_finely: Option<f32>,
    /// Share of the real samples that belong to modes with less than a tenth of their due, 0–1.
    pub lost: Option<f32>,
    /// Share of the fake samples where real ones are, 0–1.
    pub precision: Option<f32>,
    /// Spread of the fake samples, in spreads of the real ones.
    pub spread: Option<f32>,
    /// Middle of the fake samples, `[x, y]`.
    pub middle: Option<[f32; 2]>,
    /// The greatest share of dead units in a layer of D, 0–1.
    pub discriminator_dead_layer: Option<f32>,
    /// In one of G.
    pub generator_dead_layer: Option<f32>,
    /// Median norm of G's gradient over the window.
    pub generator_gradient_median: Option<f32>,
    /// Of D's.
    pub discriminator_gradient_median: Option<f32>,
    /// How often G's samples moved as a whole over the window.
    pub swings: Option<f32>,
    /// How often of late.
    pub late_swings: Option<f32>,
    /// How often they turned round.
    pub turns: Option<f32>,
    /// After how many epochs they come back, if they do.
    pub swing_period: Option<f32>,
    /// The greatest norm of G's gradient over the last quarter of the run.
    pub generator_gradient_greatest: Option<f32>,
    /// Of D's.
    pub discriminator_gradient_greatest: Option<f32>,
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

    /// Its figures.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let figure = |value: f64| Some(value as f32).filter(|value| value.is_finite());
        let gradient = |network| {
            self.updates(network)
                .and_then(|updates| figure(updates.gradient()))
        };
        let moved = |network| self.updates(network).and_then(|updates| figure(updates.moved));
        let dead = |network| {
            self.activity(network)
                .and_then(|activity| figure(dead_share(activity)))
        };
        let layer = |network| {
            let greatest = |activity: &Activity| activity.shares().fold(0.0, f64::max);
            self.activity(network)
                .and_then(|activity| figure(greatest(activity)))
        };
        let loss = self.gauged.loss;
        let window = self.gauged.window.unwrap_or_default();
        let reach = self.reach.as_ref();
        let judged = |of: fn(&Judgement) -> f64| self.judgement.as_ref().map(of).and_then(figure);
        let greatest = |norms: Option<Norms>| norms.and_then(|norms| figure(norms.greatest));
        let median = |norms: Option<Norms>| norms.and_then(|norms| figure(norms.median));
        Summary {
            wasserstein: self.wasserstein.and_then(figure),
            ndb: self.bins.as_ref().and_then(|bins| figure(bins.score())),
            coverage: self.modes.as_ref().and_then(|modes| figure(modes.coverage())),
            high_quality: self.modes.as_ref().and_then(Modes::high_quality).and_then(figure),
            discriminator_gradient: gradient(Network::Discriminator),
            generator_gradient: gradient(Network::Generator),
            discriminator_moved: moved(Network::Discriminator),
            generator_moved: moved(Network::Generator),
            discriminator_dead: dead(Network::Discriminator),
            generator_dead: dead(Network::Generator),
            loss_mean: loss.and_then(|loss| figure(loss.mean)),
            loss_variance: loss.and_then(|loss| figure(loss.variance)),
            period: loss
                .and_then(|loss| loss.oscillation)
                .and_then(|found| figure(found.period)),
            separation: judged(|judgement| judgement.separation),
            fooled: judged(|judgement| judgement.fooled),
            discriminator_range: judged(|judgement| judgement.range),
            real_score: judged(|judgement| judgement.real),
            fake_score: judged(|judgement| judgement.fake),
            missed: reach.and_then(|reach| figure(reach.missed)),
            missed_finely: reach.and_then(|reach| figure(reach.missed_finely)),
            lost: self.modes.as_ref().map(Modes::lost).and_then(figure),
            precision: reach.and_then(|reach| figure(reach.precision)),
            spread: reach.and_then(|reach| figure(reach.spread)),
            middle: reach
                .map(|reach| reach.middle.map(|at| at as f32))
                .filter(|middle| middle.iter().all(|at| at.is_finite())),
            discriminator_dead_layer: layer(Network::Discriminator),
            generator_dead_layer: layer(Network::Generator),
            generator_gradient_median: median(window.generator_gradient),
            discriminator_gradient_median: median(window.discriminator_gradient),
            swings: window.wandering.map(|found| found.moves.swings as f32),
            late_swings: window.wandering.map(|found| found.moves.late as f32),
            turns: window.wandering.and_then(|found| figure(found.moves.turns)),
            swing_period: window.wandering.and_then(|found| found.period).and_then(figure),
            generator_gradient_greatest: greatest(window.generator_gradient),
            discriminator_gradient_greatest: greatest(window.discriminator_gradient),
        }
    }
}

/// Share of all hidden units that are dead; the layers are equally wide.
fn dead_share(activity: &Activity) -> f64 {
    activity.shares().sum::<f64>() / activity.shares().count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
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
