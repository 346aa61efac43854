//! Figures of a run at a glance: the place of its samples, how they lie, and whether D tells them
//! apart.
//!
//! Telling a run that creeps from one that stands still, and one that goes round from both, takes many looks at its
//! samples, and few at anything else. So between two checks, which measure all there is ([`crate::checks::measures`]), a run is
//! glanced at: figures that a check has too, of fewer samples, in a tenth of the time. Every eighth glance weighs the
//! samples: it takes all of them, as only many tell a good generator from a nearly good one.
//!
//! Samples are those of the *shown* generator: of its moving average where the run keeps one. D's answers are to the
//! samples that it is trained on.

use crate::checks::moves::Place;
use crate::checks::reach::{Judgement, Reach};

/// Fake samples of a glance: the first of those that a check measures.
pub const SAMPLES: usize = 1_000;
/// Samples, of each side, at which D's outputs are compared.
pub(crate) const COMPARED: usize = 200;

/// How far all the shown samples are from the real ones, a figure each; `None` where it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weighing {
    /// Jensen–Shannon divergence in bits, 0–1.
    pub js: f32,
    /// Sliced Wasserstein distance: 1 is no nearer than the one point that is nearest to the real samples.
    pub wasserstein: Option<f32>,
    /// NDB/K, 0–1, of the first [`crate::checks::measures::SAMPLES`].
    pub ndb: Option<f32>,
    /// Share of the target's modes that are covered, 0–1.
    pub coverage: Option<f32>,
    /// Share of the real samples that belong to modes with less than a tenth of their due, 0–1.
    pub lost: Option<f32>,
}

/// Figures of a run after so many epochs, each `None` where it is not known; [`crate::Summary`] says what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Glance {
    /// Completed epochs.
    pub epoch: u64,
    /// Figures of all the samples, where they were weighed.
    pub weighing: Option<Weighing>,
    /// Sliced Wasserstein distance of the fake samples.
    pub wasserstein: Option<f32>,
    /// Share of the fake samples where real ones are.
    pub precision: Option<f32>,
    /// Share of the real samples where there is hardly a fake one.
    pub missed: Option<f32>,
    /// Spread of the fake samples.
    pub spread: Option<f32>,
    /// Place of the fake samples as a whole.
    pub place: Option<Place>,
    /// How well D's outputs tell real and fake samples apart.
    pub separation: Option<f32>,
    /// Share of the fake samples that D finds more real than half of the real ones.
    pub fooled: Option<f32>,
    /// D's greatest output less its least.
    pub discriminator_range: Option<f32>,
    /// D's mean output at as many real as fake samples, 0–1.
    pub discriminator_mean: Option<f32>,
}

impl Glance {
    /// Collects figures after so many epochs; a figure that is not finite counts as not known.
    pub(crate) fn of(
        epoch: u64,
        weighing: Option<Weighing>,
        wasserstein: Option<f64>,
        reach: Option<&Reach>,
        judgement: Option<&Judgement>,
    ) -> Self {
        let figure = |value: f64| Some(value as f32).filter(|value| value.is_finite());
        let reached = |of: fn(&Reach) -> f64| reach.map(of).and_then(figure);
        let judged = |of: fn(&Judgement) -> f64| judgement.map(of).and_then(figure);
        let place = reach.map(|reach| {
            let ([x, y], [along_x, along_y]) = (reach.middle, reach.deviations);
            [x, y, along_x, along_y]
        });
        Self {
            epoch,
            weighing,
            wasserstein: wasserstein.and_then(figure),
            precision: reached(|reach| reach.precision),
            missed: reached(|reach| reach.missed),
            spread: reached(|reach| reach.spread),
            place: place.filter(|place| place.iter().all(|at| at.is_finite())),
            separation: judged(|judgement| judgement.separation),
            fooled: judged(|judgement| judgement.fooled),
            discriminator_range: judged(|judgement| judgement.range),
            discriminator_mean: judged(|judgement| (judgement.real + judgement.fake) / 2.0),
        }
    }
}

/// The most glances that are kept.
const MOST: usize = 4096;

/// Glances at a run, in order of epochs; of a long one the first in every two, four, … epochs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Glances {
    glances: Vec<Glance>,
    /// In so many epochs, as a power of two, one is kept.
    span: u32,
}

impl Glances {
    /// All that are kept, oldest first.
    #[must_use]
    pub fn as_slice(&self) -> &[Glance] {
        &self.glances
    }

    /// Takes one, unless it is not later than the last.
    pub fn record(&mut self, glance: Glance) {
        let span = self.span;
        if self
            .glances
            .last()
            .is_some_and(|last| glance.epoch >> span <= last.epoch >> span)
        {
            return;
        }
        self.glances.push(glance);
        while self.glances.len() > MOST {
            self.span += 1;
            let span = self.span;
            self.glances
                .dedup_by(|next, kept| next.epoch >> span == kept.epoch >> span);
        }
    }

    /// Forgets what came after an epoch.
    pub fn cut(&mut self, epoch: u64) {
        self.glances
            .truncate(self.glances.partition_point(|glance| glance.epoch <= epoch));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Drawing, Experiment, Observer, Setting, Trainer};
    use gan_core::Preset;

    #[test]
    fn a_glance_is_nearly_what_a_check_is_and_a_check_has_it() {
        for preset in Preset::ALL {
            let experiment = Experiment::preset(preset, 7);
            let mut observer = Observer::new(&experiment);
            let mut trainer: Trainer = Trainer::new(experiment);
            for epochs in [0, 300, 1_700] {
                trainer.run_epochs(epochs).unwrap();
                let state = trainer.state();
                let glance = observer.glance(&state);
                let (divergence, measures) = observer.check(&state);
                let weighing = measures.glance.weighing;
                assert_eq!(
                    glance,
                    Glance {
                        weighing: None,
                        ..measures.glance
                    },
                    "{preset:?}"
                );
                assert_eq!(weighing.map(|weighing| weighing.js), Some(divergence.js as f32));
                let summary = measures.summary();
                // Two and a half times as many samples, and of D's outputs as many.
                for (figure, other, apart) in [
                    (glance.wasserstein, summary.wasserstein, 0.05),
                    (glance.precision, summary.precision, 0.05),
                    (glance.missed, summary.missed, 0.1),
                    (glance.spread, summary.spread, 0.05),
                    (glance.separation, summary.separation, 0.1),
                    (glance.fooled, summary.fooled, 0.15),
                    (glance.discriminator_range, summary.discriminator_range, 0.1),
                ] {
                    let difference = figure.unwrap() - other.unwrap();
                    assert!(
                        difference.abs() <= apart,
                        "{preset:?} at {}: {glance:?}, {summary:?}",
                        state.epoch
                    );
                }
                let place = glance.place.unwrap();
                let middle = summary.middle.unwrap().map(f64::from);
                assert!((place[0] - middle[0]).hypot(place[1] - middle[1]) < 0.02);
            }
        }
    }

    #[test]
    fn where_the_generator_is_averaged_the_average_is_what_is_weighed() {
        let averaged = Setting::written("generator.average=0.999", &Preset::Ring.configuration()).unwrap();
        let configuration = averaged.applied_to(Preset::Ring.configuration());
        let experiment = Experiment::new(configuration, 7, Drawing::default()).unwrap();
        let mut observer = Observer::new(&experiment);
        let mut trainer: Trainer = Trainer::new(experiment);
        trainer.run_epochs(500).unwrap();
        let state = trainer.state();
        let [own, average] = [
            observer.measure(&state),
            observer.measure_average(&state).unwrap(),
        ];
        let (divergence, measures) = observer.check(&state);
        assert_eq!((divergence, measures.average), (own, Some(average)));
        let glance = measures.glance;
        assert_eq!(
            glance.weighing.map(|weighing| weighing.js),
            Some(average.js as f32)
        );
        assert_eq!(observer.weigh(&state), (own, Some(average), glance));
        assert_eq!(
            observer.glance(&state),
            Glance {
                weighing: None,
                ..glance
            }
        );
        assert_ne!(own, average);
    }

    #[test]
    fn however_long_a_run_is_its_glances_are_bounded_and_cover_it() {
        let mut glances = Glances::default();
        for epoch in 0..20_000 {
            glances.record(Glance {
                epoch,
                ..Glance::default()
            });
        }
        let kept = glances.as_slice();
        assert!(kept.len() <= MOST && kept.windows(2).all(|two| two[0].epoch < two[1].epoch));
        assert!(kept.windows(2).all(|two| two[1].epoch - two[0].epoch == 8) && kept[0].epoch == 0);
        glances.cut(100);
        assert!(glances.as_slice().last().is_some_and(|last| last.epoch <= 100));
        glances.record(Glance::default());
        assert!(glances.as_slice().last().is_some_and(|last| last.epoch > 0));
    }
}
