//! Each rule on either side of its thresholds.

use super::*;

/// What a good run is checked for.
const GOOD_NOW: Summary = Summary {
    precision: Some(0.9),
    missed: Some(0.0),
    lost: Some(0.0),
    distance: Some(0.1),
    distance_deviation: Some(0.01),
    separation: Some(0.1),
    fooled: Some(0.5),
    discriminator_range: Some(0.3),
    generator_gradient_median: Some(0.1),
    discriminator_gradient_median: Some(0.1),
    generator_dead_layer: Some(0.4),
    discriminator_dead_layer: Some(0.4),
    spread: Some(1.0),
    swings: Some(0.0),
    late_swings: Some(0.0),
    turns: Some(0.0),
    ..NOTHING
};
const NOTHING: Summary = Summary {
    ndb: Some(0.5),
    coverage: None,
    high_quality: None,
    discriminator_gradient: None,
    generator_gradient: None,
    discriminator_moved: None,
    generator_moved: None,
    discriminator_dead: None,
    generator_dead: None,
    loss_mean: None,
    loss_variance: None,
    period: None,
    separation: None,
    fooled: None,
    discriminator_range: None,
    real_score: None,
    fake_score: None,
    missed: None,
    wasserstein: None,
    missed_finely: None,
    lost: None,
    precision: None,
    spread: None,
    middle: None,
    discriminator_dead_layer: None,
    generator_dead_layer: None,
    generator_gradient_median: None,
    discriminator_gradient_median: None,
    distance: None,
    distance_deviation: None,
    swings: None,
    late_swings: None,
    turns: None,
    swing_period: None,
    generator_gradient_greatest: None,
    discriminator_gradient_greatest: None,
};
const FLOOR: f64 = 0.01;

/// The words of a run that had these figures in its third and in its last quarter.
fn words([js_before, js]: [f64; 2], before: Summary, now: Summary) -> Vec<Word> {
    let history = [
        Measured::check(1_500, js_before, before),
        Measured::check(1_900, js, now),
    ];
    let last = Measured::check(2_000, js, now);
    let found = apply(&Course::of(&history, &last, FLOOR), None);
    found.into_iter().map(|found| found.word).collect()
}

/// Those of one that stands still.
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
            changed(|now| now.missed = Some(0.249)),
            changed(|now| now.missed = Some(0.251)),
        ),
        (
            changed(|now| now.lost = Some(0.099)),
            changed(|now| now.lost = Some(0.101)),
        ),
        (
            changed(|now| now.distance = Some(0.299)),
            changed(|now| now.distance = Some(0.301)),
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
fn what_falls_enough_is_improving_unless_the_distance_rises() {
    let fallen = |part: f64| words([0.5 + FLOOR, (1.0 - part) * 0.5 + FLOOR], GOOD_NOW, GOOD_NOW);
    assert_eq!(fallen(JS_FELL + 0.01), [Word::Improving]);
    assert_ne!(fallen(JS_FELL - 0.01), [Word::Improving]);
    let small = |fell: f64| words([FLOOR + 0.1, FLOOR + 0.1 - fell], GOOD_NOW, GOOD_NOW);
    assert_eq!(small(LEAST_JS_FELL + 0.001), [Word::Improving]);
    assert_eq!(small(LEAST_JS_FELL - 0.001), [Word::Converged]);
    let deficit = |before: f32, now: f32| {
        let [before, now] = [before, now].map(|missing| changed(|now| now.precision = Some(1.0 - missing)));
        words([0.1; 2], before, now)
    };
    assert_eq!(deficit(0.4, 0.4 * 0.84), [Word::Improving]);
    assert_eq!(deficit(0.4, 0.4 * 0.86), [Word::Converged]);
    assert_eq!(deficit(0.10, 0.069), [Word::Improving]);
    assert_eq!(deficit(0.10, 0.071), [Word::Converged]);
    let distance = |before: f32, now: f32, deviation: f32| {
        let [before, now] = [before, now].map(|distance| {
            changed(|now| {
                now.distance = Some(distance);
                now.distance_deviation = Some(deviation);
            })
        });
        words([0.2, 0.1], before, now)[0] == Word::Improving
            || words([0.1; 2], before, now)[0] == Word::Improving
    };
    let nearer = |before: f32, now: f32, deviation: f32| {
        let [before, now] = [before, now].map(|distance| {
            changed(|now| {
                now.distance = Some(distance);
                now.distance_deviation = Some(deviation);
            })
        });
        words([0.1; 2], before, now) == [Word::Improving]
    };
    assert!(nearer(0.2, 0.149, 0.01) && !nearer(0.2, 0.151, 0.01));
    assert!(nearer(0.06, 0.039, 0.01) && !nearer(0.06, 0.041, 0.01));
    assert!(nearer(0.2, 0.1, 0.19) && !nearer(0.2, 0.1, 0.21));
    // JS falls, but as a whole the samples go away.
    assert!(distance(0.1, 0.135, 0.01) && !distance(0.1, 0.139, 0.01));
}

/// Of a run that is far off and stands still.
fn far(change: impl FnOnce(&mut Summary)) -> Vec<Word> {
    still(
        0.9,
        changed(|now| {
            now.precision = Some(0.1);
            now.missed = Some(0.9);
            now.distance = Some(2.0);
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
    assert_eq!(point(0.81, 0.0009), Word::DeadUnits);
    assert_eq!([point(0.79, 0.0009), point(0.81, 0.0011)], [Word::Stalled; 2]);
    let swings = |swings, late, turns| {
        far(|now| {
            (now.swings, now.late_swings, now.turns) = (Some(swings), Some(late), Some(turns));
        })[0]
    };
    assert_eq!(swings(8.0, 2.0, 3.5), Word::Oscillation);
    let fewer = [
        swings(7.0, 2.0, 3.5),
        swings(8.0, 1.0, 3.5),
        swings(8.0, 2.0, 3.4),
    ];
    assert_eq!(fewer, [Word::Stalled; 3]);
    let fooled = |share, range, precision| {
        far(|now| {
            now.fooled = Some(share);
            now.discriminator_range = Some(range);
            now.precision = Some(precision);
        })[0]
    };
    assert_eq!(fooled(0.61, 0.003, 0.49), Word::FooledDiscriminator);
    assert_eq!(
        [fooled(0.59, 0.003, 0.49), fooled(0.61, 0.002, 0.49)],
        [Word::Stalled; 2]
    );
    assert_ne!(fooled(0.61, 0.003, 0.51), Word::FooledDiscriminator);
    let collapse = |precision, missed, lost| {
        far(|now| {
            (now.precision, now.missed, now.lost) = (Some(precision), Some(missed), Some(lost));
        })[0]
    };
    let both = [collapse(0.51, 0.26, 0.0), collapse(0.51, 0.0, 0.11)];
    assert_eq!(both, [Word::ModeCollapse; 2]);
    assert_eq!(
        [collapse(0.49, 0.26, 0.11), collapse(0.51, 0.24, 0.09)],
        [Word::Stalled; 2]
    );
    let strong = |separation, range| {
        far(|now| {
            now.separation = Some(separation);
            now.discriminator_range = Some(range);
        })[0]
    };
    assert_eq!(strong(0.96, 0.003), Word::DiscriminatorTooStrong);
    assert_eq!([strong(0.94, 0.003), strong(0.96, 0.002)], [Word::Stalled; 2]);
}

#[test]
fn where_several_hold_the_cause_is_said_first() {
    let all = far(|now| {
        now.generator_gradient_median = Some(200.0);
        now.generator_dead_layer = Some(1.0);
        now.spread = Some(0.0);
        now.fooled = Some(1.0);
        (now.swings, now.late_swings, now.turns) = (Some(20.0), Some(10.0), Some(9.0));
        now.separation = Some(1.0);
    });
    assert_eq!(
        all,
        [
            Word::ExplodingGradients,
            Word::DeadUnits,
            Word::Oscillation,
            Word::FooledDiscriminator,
            Word::DiscriminatorTooStrong
        ]
    );
    assert!(all.is_sorted());
    let last = Measured::check(749, 0.5, GOOD_NOW);
    let word = |last: &Measured, diverged| apply(&Course::of(&[], last, FLOOR), diverged)[0].word;
    assert_eq!(word(&last, None), Word::TooEarly);
    let diverged = Diverged {
        epoch: 749,
        network: Network::Generator,
    };
    assert_eq!(word(&last, Some(diverged)), Word::Diverged);
    assert_eq!(word(&Measured::check(750, 0.1, GOOD_NOW), None), Word::Converged);
}
