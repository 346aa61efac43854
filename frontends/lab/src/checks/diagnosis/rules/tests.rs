//! Each rule on either side of its thresholds.

use super::super::Floor;
use super::super::thresholds::*;
use super::*;
use crate::Measured;
use crate::checks::glance::Weighing;
use gan_core::{Network, Preset};

const FLOOR: Floor = Floor {
    js: 0.01,
    wasserstein: Some(0.02),
};
/// JS up to which a run has converged.
const BOUND: f32 = 0.01 + (SURE_OF_IT * (2.0 * 0.01 + 0.02)) as f32;

/// All that is asked about at one epoch of a run.
#[derive(Clone, Copy)]
struct Look {
    glance: Glance,
    weighing: Weighing,
    summary: Summary,
}

/// A run as good as can be.
const GOOD: Look = Look {
    glance: Glance {
        epoch: 0,
        weighing: None,
        wasserstein: Some(0.1),
        precision: Some(0.9),
        missed: Some(0.0),
        spread: Some(1.0),
        place: Some([0.5, 0.5, 0.2, 0.2]),
        separation: Some(0.1),
        fooled: Some(0.5),
        discriminator_range: Some(0.3),
        discriminator_mean: Some(0.5),
    },
    weighing: Weighing {
        js: 0.02,
        wasserstein: Some(0.03),
        ndb: Some(0.1),
        coverage: Some(1.0),
        lost: Some(0.0),
    },
    summary: Summary {
        ndb: Some(0.1),
        generator_gradient_median: Some(0.1),
        discriminator_gradient_median: Some(0.1),
        generator_dead_layer: Some(0.4),
        discriminator_dead_layer: Some(0.4),
        ..Summary::UNKNOWN
    },
};

fn changed(from: Look, change: impl FnOnce(&mut Look)) -> Look {
    let mut look = from;
    change(&mut look);
    look
}

/// A run far off.
fn far(change: impl FnOnce(&mut Look)) -> Look {
    changed(GOOD, |look| {
        (look.glance.precision, look.glance.missed) = (Some(0.1), Some(0.9));
        look.glance.wasserstein = Some(2.0);
        look.weighing.js = 0.9;
        change(look);
    })
}

/// The finding of a run of so many epochs, of which every 64th was looked at, and every fourth look weighed it.
fn found(epochs: u64, configuration: &Configuration, look: impl Fn(f64) -> Look) -> Found {
    let at = |epoch: u64| look(epoch as f64 / epochs as f64);
    let glance = |epoch: u64| Glance {
        epoch,
        weighing: Some(at(epoch).weighing).filter(|_| epoch.is_multiple_of(epochs / 16)),
        ..at(epoch).glance
    };
    let check = |epoch: u64| Measured::check(epoch, 0.5, at(epoch).summary);
    let glances: Vec<_> = (1..64).map(|part| glance(epochs * part / 64)).collect();
    let history = [5, 6, 7].map(|part| check(epochs * part / 8));
    let last = check(epochs);
    let course = Course::of(&history, &glances, (&last, glance(epochs)), FLOOR);
    apply(&course, configuration, None)
}

fn ring() -> Configuration {
    Preset::Ring.configuration()
}

/// The word of a run that always looked so.
fn still(look: Look) -> Word {
    found(6_400, &ring(), |_| look).word
}

/// The word of a run whose JS went so, from its beginning at 0 to its end at 1.
fn going(js: impl Fn(f64) -> f64) -> Word {
    going_in(&ring(), js)
}

fn going_in(configuration: &Configuration, js: impl Fn(f64) -> f64) -> Word {
    let look = |part| changed(GOOD, |look| look.weighing.js = js(part) as f32);
    found(6_400, configuration, look).word
}

/// A configuration whose rates fall to 0 within so many epochs.
fn decaying(epochs: u32) -> Configuration {
    with(&format!("rate_decay.kind=cosine rate_decay.epochs={epochs}"))
}

/// The ring with settings changed.
fn with(settings: &str) -> Configuration {
    settings.split(' ').fold(ring(), |configuration, setting| {
        let setting = crate::Setting::written(setting, &configuration).unwrap();
        setting.applied_to(configuration)
    })
}

#[test]
fn a_run_has_converged_within_all_bounds_of_the_word() {
    assert_eq!(still(GOOD), Word::Converged);
    type Change = fn(&mut Look);
    let bounds: [(Change, Change); 4] = [
        (
            |look| look.weighing.js = BOUND - 1e-4,
            |look| look.weighing.js = BOUND + 1e-4,
        ),
        (
            |look| look.weighing.wasserstein = Some(0.0399),
            |look| look.weighing.wasserstein = Some(0.0401),
        ),
        (
            |look| look.weighing.ndb = Some(0.399),
            |look| look.weighing.ndb = Some(0.41),
        ),
        (
            |look| look.weighing.coverage = Some(1.0),
            |look| look.weighing.coverage = Some(0.96),
        ),
    ];
    for (place, (within, beyond)) in bounds.into_iter().enumerate() {
        assert_eq!(still(changed(GOOD, within)), Word::Converged, "{place}");
        // Other samples may find that it has.
        assert_eq!(still(changed(GOOD, beyond)), Word::TooEarly, "{place}");
    }
    let most = (TOO_CLOSE * (CONVERGED[0] * FLOOR.js + CONVERGED[1])) as f32;
    let js = |js| still(changed(GOOD, |look| look.weighing.js = js));
    assert_eq!(
        [js(most - 1e-4), js(most + 1e-4)],
        [Word::TooEarly, Word::Settled]
    );
    // The word promises 3 floors and 0.02 bits; what is taken is within that, by what other samples may weigh.
    assert!(f64::from(BOUND) < CONVERGED[0] * FLOOR.js + CONVERGED[1]);
    // Good now and bad a little before is not good.
    assert_ne!(going(|part| if part > 0.9 { 0.02 } else { 0.1 }), Word::Converged);
    // Networks of such a run may be as they like.
    let odd = changed(GOOD, |look| {
        look.summary.discriminator_dead_layer = Some(1.0);
        look.glance.discriminator_range = Some(0.0);
        look.summary.generator_gradient_median = Some(1e6);
    });
    assert_eq!(still(odd), Word::Converged);
}

#[test]
fn a_run_that_rests_is_judged_as_it_is_now() {
    let fell = |part: f64| if part > 0.99 { 0.02 } else { 0.1 };
    assert_eq!(going_in(&decaying(6_000), fell), Word::Converged);
    assert_eq!(going_in(&decaying(6_000), |part| 0.2 - 0.1 * part), Word::Settled);
    // Where G has no updates nothing moves either, though D may.
    let frozen = with("generator.updates_per_epoch=0");
    assert_eq!(going_in(&frozen, |part| 0.4 - 0.3 * part), Word::Settled);
}

#[test]
fn whether_it_improves_is_said_where_it_can_be_known() {
    // It fell twice in a row, clearly.
    assert_eq!(going(|part| 0.01 + 0.3 * (1.0 - part)), Word::Improving);
    // Once only; and not clearly.
    assert_eq!(going(|part| if part > 0.75 { 0.15 } else { 0.2 }), Word::TooEarly);
    let wandering = |part: f64| 0.3 - 0.15 * part + if (64.0 * part) as u64 % 8 < 4 { 0.05 } else { -0.05 };
    assert_eq!(going(wandering), Word::TooEarly);
    // It stays.
    assert_eq!(going(|_| 0.2), Word::Settled);
    // Rates fall to 0 within as many epochs again: it comes to rest, unless it is far off. Within more, who knows.
    let ends = decaying(12_000);
    assert_eq!(going_in(&ends, |_| 0.2), Word::Improving);
    assert_eq!(going_in(&ends, |_| 0.01 + NEAR_JS + 0.01), Word::TooEarly);
    assert_eq!(going_in(&decaying(20_000), |_| 0.2), Word::TooEarly);
}

#[test]
fn nothing_is_healthy_with_a_mode_lost_or_all_in_one_spot() {
    let improving = |change: fn(&mut Look)| {
        let look = |part: f64| {
            changed(GOOD, |look| {
                look.weighing.js = (0.01 + 0.3 * (1.0 - part)) as f32;
                change(look);
            })
        };
        found(6_400, &ring(), look).word
    };
    assert_eq!(improving(|_| {}), Word::Improving);
    assert_eq!(improving(|look| look.weighing.lost = Some(0.04)), Word::TooEarly);
    assert_eq!(
        improving(|look| look.weighing.lost = Some(0.125)),
        Word::ModeCollapse
    );
    assert_eq!(improving(|look| look.glance.spread = Some(0.09)), Word::TooEarly);
}

#[test]
fn each_ailment_has_its_bounds() {
    assert_eq!(still(far(|_| {})), Word::Settled);
    let exploding = |norm| {
        still(far(|look| {
            look.summary.discriminator_gradient_median = Some(norm)
        }))
    };
    assert_eq!(
        [exploding(101.0), exploding(99.0)],
        [Word::ExplodingGradients, Word::Settled]
    );
    let dead = |share, range| {
        still(far(|look| {
            look.summary.discriminator_dead_layer = Some(share);
            look.glance.discriminator_range = Some(range);
        }))
    };
    assert_eq!(dead(0.81, 0.0024), Word::DeadUnits);
    assert_eq!(dead(0.79, 0.0024), Word::BlindDiscriminator);
    assert_eq!(dead(0.81, 0.0026), Word::Settled);
    let point = |share, spread| {
        still(far(|look| {
            look.summary.generator_dead_layer = Some(share);
            look.glance.spread = Some(spread);
        }))
    };
    assert_eq!(point(0.81, 0.0004), Word::DeadUnits);
    assert_eq!([point(0.79, 0.0004), point(0.81, 0.0006)], [Word::Settled; 2]);
    let fooled = |share, range, precision| {
        still(far(|look| {
            look.glance.fooled = Some(share);
            look.glance.discriminator_range = Some(range);
            look.glance.precision = Some(precision);
        }))
    };
    assert_eq!(fooled(0.71, 0.003, 0.49), Word::FooledDiscriminator);
    assert_eq!(
        [fooled(0.69, 0.003, 0.49), fooled(0.71, 0.002, 0.49)],
        [Word::Settled, Word::BlindDiscriminator]
    );
    assert_ne!(fooled(0.71, 0.003, 0.51), Word::FooledDiscriminator);
    let collapse = |precision, missed, lost| {
        still(far(|look| {
            (look.glance.precision, look.glance.missed) = (Some(precision), Some(missed));
            look.weighing.lost = Some(lost);
        }))
    };
    let both = [collapse(0.51, 0.26, 0.0), collapse(0.51, 0.0, 0.11)];
    assert_eq!(both, [Word::ModeCollapse; 2]);
    assert_eq!(
        [collapse(0.49, 0.26, 0.16), collapse(0.51, 0.24, 0.09)],
        [Word::Settled; 2]
    );
    let strong = |separation, range| {
        still(far(|look| {
            look.glance.separation = Some(separation);
            look.glance.discriminator_range = Some(range);
        }))
    };
    assert_eq!(strong(0.98, 0.003), Word::DiscriminatorTooStrong);
    assert_eq!(
        [strong(0.96, 0.003), strong(0.98, 0.002)],
        [Word::Settled, Word::BlindDiscriminator]
    );
}

#[test]
fn a_constant_discriminator_is_blind_unless_nobody_could_tell() {
    let says = |mean| {
        still(changed(GOOD, |look| {
            look.weighing.js = 0.1;
            look.glance.discriminator_range = Some(0.0);
            look.glance.discriminator_mean = Some(mean);
        }))
    };
    assert_eq!([says(0.5), says(0.99)], [Word::Settled, Word::BlindDiscriminator]);
}

#[test]
fn a_discriminator_that_flips_is_said_of_the_best_samples_too() {
    let flipping = |every: u64| {
        found(6_400, &ring(), |part| {
            let real = ((64.0 * part) as u64 / every).is_multiple_of(2);
            changed(GOOD, |look| {
                look.glance.discriminator_mean = Some(if real { 0.9 } else { 0.1 });
            })
        })
        .word
    };
    assert_eq!([flipping(4), flipping(30)], [Word::Oscillation, Word::Converged]);
}

/// The word of a run that is far off and whose samples are so far to the right at eight glances in each of its later
/// quarters.
fn moving(right: [[f64; 8]; 2]) -> Word {
    let look = |part: f64| {
        far(|look| {
            let late = ((64.0 * part) as usize).saturating_sub(33) / 2;
            look.glance.place = Some([right.as_flattened()[late.min(15)], 0.5, 0.2, 0.2]);
            look.glance.fooled = Some(1.0);
        })
    };
    found(6_400, &ring(), look).word
}

#[test]
fn samples_that_go_there_and_back_three_times_oscillate_and_that_is_said_before_what_follows() {
    let back_and_forth =
        |swings: u32| std::array::from_fn(|at| 0.2 * f64::from(1 + swings.min(at as u32) % 2));
    assert_eq!(moving([back_and_forth(4), back_and_forth(2)]), Word::Oscillation);
    // Too seldom, not of late, one way only, and not far enough to be a swing.
    for others in [
        [back_and_forth(2), back_and_forth(2)],
        [back_and_forth(7), [0.4; 8]],
        [0.0, 1.6].map(|from| std::array::from_fn(|at| from + 0.2 * at as f64)),
        [back_and_forth(7).map(|right| right / 2.0); 2],
        [[0.2; 8]; 2],
    ] {
        assert_eq!(moving(others), Word::FooledDiscriminator, "{others:?}");
    }
}

#[test]
fn what_is_too_early_depends_on_what_was_seen() {
    let far_off = far(|look| look.summary.generator_gradient_median = Some(200.0));
    // A beginning is no ailment, and what stays as it is may not have begun.
    assert_eq!(found(EARLY, &ring(), |_| far_off).word, Word::ExplodingGradients);
    assert_eq!(found(EARLY - 64, &ring(), |_| far_off).word, Word::TooEarly);
    let still = far(|_| {});
    assert_eq!(found(BEGUN, &ring(), |_| still).word, Word::Settled);
    assert_eq!(found(BEGUN - 64, &ring(), |_| still).word, Word::TooEarly);
    assert_eq!(found(64, &ring(), |_| GOOD).word, Word::Converged);
    let last = Measured::check(64_000, 0.5, GOOD.summary);
    let word = |diverged| {
        let course = Course::of(&[], &[], (&last, GOOD.glance), FLOOR);
        apply(&course, &ring(), diverged).word
    };
    assert_eq!(word(None), Word::TooEarly, "looked at once");
    let diverged = Diverged {
        epoch: 64_000,
        network: Network::Generator,
    };
    assert_eq!(word(Some(diverged)), Word::Diverged);
}
