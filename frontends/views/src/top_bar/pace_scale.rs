//! The scale of paces, from slow motion to full speed, and the words for each.
//!
//! One scale, from 0 to 1, logarithmic: phases a second, then whole epochs a second, then all that the
//! machine can. Between the stretches is a little room, so that the hand feels where one ends.

use std::ops::Range;

use lab::{Pace, Rate};

use crate::text;

/// A stretch of the scale.
struct Stretch {
    places: Range<f64>,
    /// A second.
    rates: Range<f64>,
}

const PHASES: Stretch = Stretch {
    places: 0.0..0.2,
    rates: 0.8..8.0,
};
// Eight phases are less than 1.2 epochs, unless one of the networks rests.
const EPOCHS: Stretch = Stretch {
    places: 0.22..0.94,
    rates: 1.2..6000.0,
};
const FULL: f64 = 1.0;

/// Paces with a mark and a name on the scale.
pub(super) const MARKS: [(Pace, &str); 3] = [
    (Pace::SLOW_MOTION, "slow motion"),
    (Pace::AS_IN_GAN_LAB, "1 epoch/frame"),
    (Pace::Full, "full"),
];

/// How far a press of a key goes: a quarter faster or slower.
const STEP: f64 = 0.02;
/// So near to a mark, a hand means the mark.
const MAGNET: f64 = 0.015;

impl Stretch {
    fn place(&self, rate: Rate) -> f64 {
        let Range { start, end } = self.rates;
        let share = libm::log10(rate.get() / start) / libm::log10(end / start);
        self.places.start + (self.places.end - self.places.start) * share.clamp(0.0, 1.0)
    }

    /// The rate at a place, to two digits.
    fn rate(&self, place: f64) -> Rate {
        let Range { start, end } = self.places;
        let share = ((place - start) / (end - start)).clamp(0.0, 1.0);
        let rate = self.rates.start * libm::pow(self.rates.end / self.rates.start, share);
        let digits = 1 - libm::floor(libm::log10(rate)) as i32;
        let unit = libm::pow(10.0, f64::from(digits.abs()));
        let rounded = if digits > 0 {
            (rate * unit).round() / unit
        } else {
            (rate / unit).round() * unit
        };
        Rate::per_second(rounded).unwrap_or(Rate::LEAST)
    }
}

/// The place of a pace, 0 to 1; a pace beyond the ends of its stretch lies at its end.
pub(super) fn place(pace: Pace) -> f64 {
    match pace {
        Pace::PhasesPerSecond(rate) => PHASES.place(rate),
        Pace::EpochsPerSecond(rate) => EPOCHS.place(rate),
        Pace::Full => FULL,
    }
}

/// The pace at a place; in a gap, the nearer one.
pub(super) fn pace(place: f64) -> Pace {
    if place < 0.5 * (PHASES.places.end + EPOCHS.places.start) {
        Pace::PhasesPerSecond(PHASES.rate(place))
    } else if place < 0.5 * (EPOCHS.places.end + FULL) {
        Pace::EpochsPerSecond(EPOCHS.rate(place))
    } else {
        Pace::Full
    }
}

/// Works like [`pace`], for a hand: marks attract.
pub(super) fn pace_by_hand(at: f64) -> Pace {
    let near = |(mark, _): &&(Pace, &str)| (place(*mark) - at).abs() < MAGNET;
    MARKS
        .iter()
        .find(near)
        .map_or_else(|| pace(at), |(mark, _)| *mark)
}

/// Which way a key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    Slower,
    Faster,
}

/// The pace one key further; it stops at every mark and at both ends of a stretch.
pub(super) fn stepped(from: Pace, toward: Toward) -> Pace {
    let (places, slower, faster) = match from {
        Pace::PhasesPerSecond(_) => (PHASES.places, 0.0, EPOCHS.places.start),
        Pace::EpochsPerSecond(_) => (EPOCHS.places, PHASES.places.end, FULL),
        Pace::Full => (FULL..FULL, EPOCHS.places.end, FULL),
    };
    let start = place(from);
    let (edge, next, to) = match toward {
        Toward::Faster => (places.end, faster, (start + STEP).min(places.end)),
        Toward::Slower => (places.start, slower, (start - STEP).max(places.start)),
    };
    // A rate has but two digits, so it is not quite at its place.
    let apart = |place: f64| (place - start).abs() > 0.1 * STEP;
    if !apart(edge) {
        return pace(next);
    }
    let passed = |mark: f64| apart(mark) && (start.min(to)..=start.max(to)).contains(&mark);
    let mark = MARKS.iter().find(|(mark, _)| passed(place(*mark)));
    mark.map_or_else(|| pace(to), |(mark, _)| *mark)
}

/// The pace in words.
pub(super) fn words(pace: Pace) -> String {
    match pace {
        Pace::SLOW_MOTION => "slow motion, a phase in 1.25 s".to_owned(),
        Pace::PhasesPerSecond(rate) => format!("slow motion, {} phases/s", number(rate)),
        Pace::AS_IN_GAN_LAB => "60 epochs/s, one a frame".to_owned(),
        Pace::EpochsPerSecond(rate) => format!("{} epochs/s", number(rate)),
        Pace::Full => "as fast as possible".to_owned(),
    }
}

fn number(rate: Rate) -> String {
    let rate = rate.get();
    if rate >= 1000.0 {
        text::count(rate.round() as u64)
    } else {
        format!("{rate}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_end_to_end_it_only_gets_faster_and_every_place_is_found_again() {
        let mut last = -1.0;
        for index in 0..=1000 {
            let pace = pace(f64::from(index) / 1000.0);
            let found = place(pace);
            assert!(found >= last - 1e-12, "{pace:?}");
            assert!((found - f64::from(index) / 1000.0).abs() < 0.031, "{pace:?}");
            last = found;
        }
        assert_eq!((pace(0.0), pace(1.0)), (Pace::SLOW_MOTION, Pace::Full));
        assert_eq!(pace(place(Pace::AS_IN_GAN_LAB)), Pace::AS_IN_GAN_LAB);
        assert_eq!(pace(place(Pace::BRISK)), Pace::BRISK);
    }

    #[test]
    fn keys_pass_every_mark_and_arrive_at_both_ends() {
        for (toward, from, to) in [
            (Toward::Faster, Pace::SLOW_MOTION, Pace::Full),
            (Toward::Slower, Pace::Full, Pace::SLOW_MOTION),
        ] {
            let mut passed = vec![from];
            while passed.last() != Some(&to) {
                assert!(passed.len() < 60, "{passed:?}");
                let next = stepped(passed[passed.len() - 1], toward);
                assert_ne!(Some(&next), passed.last());
                passed.push(next);
            }
            assert!(passed.contains(&Pace::AS_IN_GAN_LAB), "{passed:?}");
            assert!(passed.len() > 40, "{passed:?}");
            assert_eq!(stepped(to, toward), to);
        }
    }

    #[test]
    fn a_hand_near_a_mark_means_the_mark() {
        for (mark, _) in MARKS {
            for aside in [-0.014, 0.014] {
                assert_eq!(pace_by_hand(place(mark) + aside), mark);
            }
        }
        assert_ne!(
            pace_by_hand(place(Pace::AS_IN_GAN_LAB) + 0.02),
            Pace::AS_IN_GAN_LAB
        );
    }

    #[test]
    fn paces_in_words() {
        let said = |place: f64| words(pace(place));
        assert_eq!(said(0.0), "slow motion, a phase in 1.25 s");
        assert_eq!(said(0.2), "slow motion, 8 phases/s");
        assert_eq!(said(0.22), "1.2 epochs/s");
        assert_eq!(words(Pace::AS_IN_GAN_LAB), "60 epochs/s, one a frame");
        assert_eq!(said(0.94), "6,000 epochs/s");
        assert_eq!(said(1.0), "as fast as possible");
    }
}
