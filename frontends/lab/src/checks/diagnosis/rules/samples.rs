//! Rules about what G makes: whether it is real, whether all of it, and whether it gets better.

use gan_core::measures::Spread;

use super::super::course::{Course, Quarter};
use super::super::thresholds::*;
use super::super::{DiagnosisInput, Evidence, Lost, Measure};
use super::{glanced, of_late, some_of};
use crate::Glance;
use crate::lesson::Bound;

/// G makes what is real, and all of it.
pub(super) fn good(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let js = course.mean(Quarter::Last, |check| Some(check.js))?;
    let lost = course.of_late(|summary| summary.lost);
    if lost.is_some_and(|lost| lost >= LOST_MODES) {
        return None;
    }
    let least = Bound::AtMost(course.floor + GOOD);
    Some(vec![
        Evidence::over(Measure::Js, js, least, course.quarter())?,
        Evidence::over(
            Measure::Wasserstein,
            course.mostly_at_most(|glance| glance.wasserstein)?,
            Bound::AtMost(GOOD_WASSERSTEIN),
            course.quarter(),
        )?,
        glanced(
            course,
            Measure::Precision,
            |glance| glance.precision,
            Bound::AtLeast(GOOD_PRECISION),
        )?,
        glanced(
            course,
            Measure::Missed,
            |glance| glance.missed,
            Bound::AtMost(GOOD_MISSED),
        )?,
    ])
}

/// A figure from the third quarter to the last one.
struct Fall {
    measure: Measure,
    /// By how much its mean is less.
    fell: f64,
    /// From how much on that counts.
    enough: f64,
    /// From how much less than nothing on it counts as a rise.
    rise: f64,
    /// How often a glance of the last quarter has less than one of the third, 0–1, and how often it has more.
    less: f64,
    more: f64,
}

impl Fall {
    fn of(
        course: &Course<'_>,
        measure: Measure,
        [part, least]: [f64; 2],
        figure: fn(&Glance) -> Option<f32>,
    ) -> Option<Self> {
        let [before, now] = [Quarter::Third, Quarter::Last].map(|quarter| course.glanced(quarter, figure));
        let [was, is] = [Spread::of(&before)?, Spread::of(&now)?];
        // A figure that goes up and down within a quarter must fall by more than that.
        let wandering = DEVIATIONS_FELL * ((was.variance + is.variance) / 2.0).sqrt();
        let enough = |from: f64| (part * from).max(least).max(wandering);
        let pairs = || {
            before
                .iter()
                .flat_map(|before| now.iter().map(move |now| (*before, *now)))
        };
        let share = |count: usize| count as f64 / (before.len() * now.len()) as f64;
        Some(Self {
            measure,
            fell: was.mean - is.mean,
            enough: enough(was.mean),
            rise: ROSE * enough(is.mean),
            less: share(pairs().filter(|(before, now)| now < before).count()),
            more: share(pairs().filter(|(before, now)| now > before).count()),
        })
    }

    /// How far there is to go.
    fn of_wasserstein(course: &Course<'_>) -> Option<Self> {
        let enough = [WASSERSTEIN_FELL, LEAST_WASSERSTEIN_FELL];
        Self::of(course, Measure::WassersteinFell, enough, |glance| {
            glance.wasserstein
        })
    }

    /// Fall of the deficit: the share of the fakes that are not where real samples are, plus the
    /// share of the real samples that are missed.
    fn of_deficit(course: &Course<'_>) -> Option<Self> {
        let enough = [DEFICIT_FELL, LEAST_DEFICIT_FELL];
        Self::of(course, Measure::DeficitFell, enough, |glance| {
            Some(1.0 - glance.precision? + glance.missed?)
        })
    }

    fn rose(&self) -> bool {
        self.fell <= -self.rise && self.more >= MOSTLY
    }

    fn evidence(&self, course: &Course<'_>) -> Option<Evidence> {
        let bound = Bound::AtLeast(self.enough);
        let evidence = Evidence::over(self.measure, self.fell, bound, course.quarter());
        evidence.filter(|_| self.less >= MOSTLY)
    }
}

/// The samples come nearer to the real ones, or lie better, and neither gets worse.
pub(super) fn improving(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let falls = [Fall::of_wasserstein(course), Fall::of_deficit(course)];
    let falls = || falls.iter().flatten();
    match falls().any(Fall::rose) {
        true => None,
        false => some_of(falls().filter_map(|fall| fall.evidence(course))),
    }
}

/// Mode collapse: G's samples are real, but cover only some of the target.
pub(super) fn collapse(course: &Course<'_>) -> Option<Vec<Evidence>> {
    let missed = [
        of_late(
            course,
            Measure::Lost,
            |summary| summary.lost,
            Bound::AtLeast(LOST_MODES),
        ),
        glanced(
            course,
            Measure::Missed,
            |glance| glance.missed,
            Bound::AtLeast(LOST),
        ),
    ];
    let mut evidence = some_of(missed.into_iter().flatten())?;
    evidence.push(glanced(
        course,
        Measure::Precision,
        |glance| glance.precision,
        Bound::AtLeast(PRECISE),
    )?);
    Some(evidence)
}

/// Evidence for a run to which no other word applies.
pub(super) fn stalled(course: &Course<'_>) -> Vec<Evidence> {
    let js = course.mean(Quarter::Last, |check| Some(check.js));
    let js = js.and_then(|js| Evidence::over(Measure::Js, js, Bound::Above(course.floor), course.quarter()));
    let fell = Fall::of_wasserstein(course).and_then(|fall| {
        Evidence::over(
            fall.measure,
            fall.fell,
            Bound::Below(fall.enough),
            course.quarter(),
        )
    });
    js.into_iter().chain(fell).collect()
}

/// The parts of the target that are lost.
pub(super) fn lost(case: &DiagnosisInput<'_>) -> Vec<Lost> {
    if let Some(modes) = &case.measures.modes {
        let all = case.configuration.target.modes().iter().zip(modes.covered());
        // Modes that get something, but far less than is due to them, are nearly lost.
        return all
            .filter(|(_, covered)| !covered)
            .map(|(mode, _)| Lost {
                centre: mode.centre,
                deviations: mode.deviations,
            })
            .collect();
    }
    let regions = case.measures.reach.iter().flat_map(|reach| &reach.regions);
    regions
        .map(|region| Lost {
            centre: region.centre,
            deviations: [region.scatter; 2],
        })
        .collect()
}
