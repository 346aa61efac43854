//! Each rule on either side of its thresholds.

use super::super::thresholds::*;
use super::*;
use gan_core::Network;

use crate::Measured;

/// Figures of a good run at a check.
const GOOD_NOW: Summary = Summary {
    precision: Some(0.9),
    missed: Some(0.0),
    lost: Some(0.0),
    wasserstein: Some(0.1),
    separation: Some(0.1),
    fooled: Some(0.5),
    discriminator_range: Some(0.3),
    generator_gradient_median: Some(0.1),
    discriminator_gradient_median: Some(0.1),
    generator_dead_layer: Some(0.4),
    discriminator_dead_layer: Some(0.4),
    spread: Some(1.0),
    ..NOTHING
};
const NOTHING: Summary = Summary {
    ndb: Some(0.5),
    ..Summary::UNKNOWN
};
const FLOOR: f64 = 0.01;

fn glance(epoch: u64, summary: Summary) -> Glance {
    Glance {
        epoch,
        wasserstein: summary.wasserstein,
        precision: summary.precision,
        missed: summary.missed,
        spread: summary.spread,
        place: Some([0.5, 0.5, 0.2, 0.2]),
        separation: summary.separation,
        fooled: summary.fooled,
        discriminator_range: summary.discriminator_range,
    }
}

/// The words of a run that had these figures in its third and in its last quarter.
fn words([js_before, js]: [f64; 2], before: Summary, now: Summary) -> Vec<Word> {
    let history = [
        Measured::check(1_500, js_before, before),
        Measured::check(1_900, js, now),
    ];
    let last = Measured::check(2_000, js, now);
    let quarter = |from: u64, summary| (1..10).map(move |part| glance(from + 50 * part, summary));
    let glances: Vec<_> = quarter(1_000, before).chain(quarter(1_500, now)).collect();
    let course = Course::of(&history, &glances, (&last, glance(2_000, now)), FLOOR);
    let found = apply(&course, None);
    found.into_iter().map(|found| found.word).collect()
}

/// The words of a run that stands still.
fn still(js: f64, now: Summary) -> Vec<Word> {
    words([js; 2], now, now)
}

fn changed(change: impl FnOnce(&mut Summary)) -> Summary {
    let mut summary = GOOD_NOW;
    change(&mut summary);
    summary
}

#[test]
fn a_good_run_has_converged_and_each_of_its_bounds_counts() {
    assert_eq!(still(0.1, GOOD_NOW), [Word::Converged]);
    assert_eq!(still(FLOOR + GOOD - 0.001, GOOD_NOW), [Word::Converged]);
    assert_eq!(still(FLOOR + GOOD + 0.001, GOOD_NOW), [Word::Stalled]);
    for (within, beyond) in [
        (
            changed(|now| now.precision = Some(0.501)),
            changed(|now| now.precision = Some(0.499)),
        ),
        (
            changed(|now| now.missed = Some(0.299)),
            changed(|now| now.missed = Some(0.301)),
        ),
        (
            changed(|now| now.lost = Some(0.149)),
            changed(|now| now.lost = Some(0.151)),
        ),
        (
            changed(|now| now.wasserstein = Some(0.329)),
            changed(|now| now.wasserstein = Some(0.331)),
        ),
    ] {
        assert_eq!(still(0.1, within), [Word::Converged], "{within:?}");
        assert_ne!(still(0.1, beyond), [Word::Converged], "{beyond:?}");
    }
    // Dead and exploding networks beside samples that are right are no ailment.
    let odd = changed(|now| {
        now.discriminator_dead_layer = Some(1.0);
        now.discriminator_range = Some(0.0);
        now.generator_gradient_median = Some(1e6);
    });
    assert_eq!(still(0.1, odd), [Word::Converged]);
}

#[test]
fn what_falls_enough_is_improving_unless_another_rises() {
    let wasserstein = |before: f64, now: f64| {
        let [before, now] =
            [before, now].map(|distance| changed(|now| now.wasserstein = Some(distance as f32)));
        words([0.1; 2], before, now)
    };
    assert_eq!(
        wasserstein(0.25, 0.25 * (0.99 - WASSERSTEIN_FELL)),
        [Word::Improving]
    );
    assert_eq!(
        wasserstein(0.25, 0.25 * (1.01 - WASSERSTEIN_FELL)),
        [Word::Converged]
    );
    assert_eq!(
        wasserstein(0.1, 0.099 - LEAST_WASSERSTEIN_FELL),
        [Word::Improving]
    );
    assert_eq!(
        wasserstein(0.1, 0.101 - LEAST_WASSERSTEIN_FELL),
        [Word::Converged]
    );
    let imprecise = |missing: f64| changed(|now| now.precision = Some(1.0 - missing as f32));
    let deficit = |before: f64, now: f64| words([0.1; 2], imprecise(before), imprecise(now));
    assert_eq!(deficit(0.4, 0.4 * (0.99 - DEFICIT_FELL)), [Word::Improving]);
    assert_eq!(deficit(0.4, 0.4 * (1.01 - DEFICIT_FELL)), [Word::Converged]);
    assert_eq!(deficit(0.1, 0.099 - LEAST_DEFICIT_FELL), [Word::Improving]);
    assert_eq!(deficit(0.1, 0.101 - LEAST_DEFICIT_FELL), [Word::Converged]);
    // More samples lie on the data, but they are further away; and so many times as much is a rise.
    let both = |risen: f64| {
        let mut now = imprecise(0.2);
        now.wasserstein = Some(0.1 + risen as f32);
        words([0.1; 2], imprecise(0.4), now)
    };
    assert_eq!(both(ROSE * LEAST_WASSERSTEIN_FELL - 0.001), [Word::Improving]);
    assert_eq!(both(ROSE * LEAST_WASSERSTEIN_FELL + 0.001), [Word::Converged]);
}

#[test]
fn what_goes_up_and_down_falls_only_by_more_than_that() {
    let of = |swing: f32, fell: f32| {
        let history = [
            Measured::check(1_500, 0.1, GOOD_NOW),
            Measured::check(1_900, 0.1, GOOD_NOW),
        ];
        let last = Measured::check(2_000, 0.1, GOOD_NOW);
        let glances: Vec<_> = (1_001..2_000)
            .step_by(25)
            .map(|epoch| Glance {
                wasserstein: Some(
                    0.2 + if epoch % 2 == 0 { swing } else { -swing }
                        - if epoch > 1_500 { fell } else { 0.0 },
                ),
                ..glance(epoch, GOOD_NOW)
            })
            .collect();
        let course = Course::of(&history, &glances, (&last, glance(2_000, GOOD_NOW)), FLOOR);
        apply(&course, None)[0].word
    };
    assert_eq!(
        [of(0.01, 0.05), of(0.06, 0.05)],
        [Word::Improving, Word::Converged]
    );
}

/// The words of a run that is far off and stands still.
fn far(change: impl FnOnce(&mut Summary)) -> Vec<Word> {
    still(
        0.9,
        changed(|now| {
            now.precision = Some(0.1);
            now.missed = Some(0.9);
            now.wasserstein = Some(2.0);
            change(now);
        }),
    )
}

#[test]
fn each_ailment_has_its_bounds() {
    assert_eq!(far(|_| {}), [Word::Stalled]);
    let exploding = |norm| far(|now| now.discriminator_gradient_median = Some(norm));
    assert_eq!(
        (exploding(101.0)[0], exploding(99.0)[0]),
        (Word::ExplodingGradients, Word::Stalled)
    );
    let dead = |share, range| {
        far(|now| {
            now.discriminator_dead_layer = Some(share);
            now.discriminator_range = Some(range);
        })[0]
    };
    assert_eq!(dead(0.81, 0.0024), Word::DeadUnits);
    assert_eq!([dead(0.79, 0.0024), dead(0.81, 0.0026)], [Word::Stalled; 2]);
    let point = |share, spread| {
        far(|now| {
            now.generator_dead_layer = Some(share);
            now.spread = Some(spread);
        })[0]
    };
    assert_eq!(point(0.81, 0.0004), Word::DeadUnits);
    assert_eq!([point(0.79, 0.0004), point(0.81, 0.0006)], [Word::Stalled; 2]);
    let fooled = |share, range, precision| {
        far(|now| {
            now.fooled = Some(share);
            now.discriminator_range = Some(range);
            now.precision = Some(precision);
        })[0]
    };
    assert_eq!(fooled(0.71, 0.003, 0.49), Word::FooledDiscriminator);
    assert_eq!(
        [fooled(0.69, 0.003, 0.49), fooled(0.71, 0.002, 0.49)],
        [Word::Stalled; 2]
    );
    assert_ne!(fooled(0.71, 0.003, 0.51), Word::FooledDiscriminator);
    let collapse = |precision, missed, lost| {
        far(|now| {
            (now.precision, now.missed, now.lost) = (Some(precision), Some(missed), Some(lost));
        })[0]
    };
    let both = [collapse(0.51, 0.26, 0.0), collapse(0.51, 0.0, 0.16)];
    assert_eq!(both, [Word::ModeCollapse; 2]);
    assert_eq!(
        [collapse(0.49, 0.26, 0.16), collapse(0.51, 0.24, 0.14)],
        [Word::Stalled; 2]
    );
    let strong = |separation, range| {
        far(|now| {
            now.separation = Some(separation);
            now.discriminator_range = Some(range);
        })[0]
    };
    assert_eq!(strong(0.98, 0.003), Word::DiscriminatorTooStrong);
    assert_eq!([strong(0.96, 0.003), strong(0.98, 0.002)], [Word::Stalled; 2]);
}

/// The words of a run that is far off and whose samples are so far to the right at ten glances in
/// each of its later quarters.
fn moving(right: [[f64; 10]; 2]) -> Vec<Word> {
    let far = changed(|now| {
        now.precision = Some(0.1);
        now.wasserstein = Some(2.0);
        now.fooled = Some(1.0);
    });
    let glances: Vec<_> = right
        .as_flattened()
        .iter()
        .enumerate()
        .map(|(number, right)| Glance {
            place: Some([*right, 0.5, 0.2, 0.2]),
            ..glance(1_050 + 50 * number as u64, far)
        })
        .collect();
    let last = Measured::check(2_000, 0.9, far);
    let course = Course::of(&[], &glances, (&last, glances[19]), FLOOR);
    let found = apply(&course, None);
    found.into_iter().map(|found| found.word).collect()
}

#[test]
fn samples_that_go_there_and_back_three_times_oscillate_and_that_is_said_before_what_follows() {
    let back_and_forth =
        |swings: u32| std::array::from_fn(|at| 0.2 * f64::from(1 + swings.min(at as u32) % 2));
    assert_eq!(
        moving([back_and_forth(4), back_and_forth(2)]),
        [Word::Oscillation, Word::FooledDiscriminator]
    );
    // Too seldom, not of late, one way only, and not far enough to be a swing.
    let still = [0.2; 10];
    for others in [
        [back_and_forth(2), back_and_forth(2)],
        [back_and_forth(9), [0.4; 10]],
        [0.0, 2.0].map(|from| std::array::from_fn(|at| from + 0.2 * at as f64)),
        [
            back_and_forth(9).map(|right| right / 2.0),
            back_and_forth(9).map(|right| right / 2.0),
        ],
        [still, still],
    ] {
        assert_eq!(moving(others)[0], Word::FooledDiscriminator, "{others:?}");
    }
}

#[test]
fn where_several_hold_the_cause_is_said_first() {
    let all = far(|now| {
        now.generator_gradient_median = Some(200.0);
        now.generator_dead_layer = Some(1.0);
        now.spread = Some(0.0);
        now.fooled = Some(1.0);
        now.separation = Some(1.0);
    });
    assert_eq!(
        all,
        [
            Word::ExplodingGradients,
            Word::DeadUnits,
            Word::FooledDiscriminator,
            Word::DiscriminatorTooStrong
        ]
    );
    assert!(all.is_sorted());
    let last = Measured::check(749, 0.5, GOOD_NOW);
    let word = |last: &Measured, diverged| {
        let course = Course::of(&[], &[], (last, glance(last.epoch, last.summary)), FLOOR);
        apply(&course, diverged)[0].word
    };
    assert_eq!(word(&last, None), Word::TooEarly);
    let diverged = Diverged {
        epoch: 749,
        network: Network::Generator,
    };
    assert_eq!(word(&last, Some(diverged)), Word::Diverged);
    assert_eq!(word(&Measured::check(750, 0.1, GOOD_NOW), None), Word::Converged);
}
