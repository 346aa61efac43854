//! The period of an oscillation, from the autocorrelation of a window.
//!
//! Not from a periodogram: of n values that has the periods n, n/2, n/3, …, so of long ones, a GAN's, it knows only
//! a few, and of an oscillation that is not a sine it may take a harmonic. Autocorrelation knows every whole lag, and
//! a curve that comes back comes back at its own period whatever its form. The method is one that
//! finds the pitch of a tone, by McLeod and Wyvill (2005, *A smarter way to find pitch*,
//! sections 2–5): after a straight line is taken off, the normalised square difference
//!
//! `r(k) = 2 Σ x(t)·x(t+k) / Σ (x(t)² + x(t+k)²)`, t from 0 to n − 1 − k, −1 ≤ r ≤ 1,
//!
//! has a peak in each stretch above 0 after its first way below; the period is the first peak that is nearly
//! ([`NEARLY`]) as high as the highest, refined by a parabola through its neighbours.
//!
//! There is an oscillation when that peak is at least [`LEAST_CLARITY`] and [`LEAST_PERIODS`] periods are within the
//! window. White noise stays far below (0.3 in a window of 256); a random walk wanders up and down once or twice, and
//! so is excluded by the periods.

/// Periods that must lie within the window.
pub const LEAST_PERIODS: usize = 3;
/// The least height of the peak, of at most 1.
pub const LEAST_CLARITY: f64 = 0.5;
/// A peak counts as nearly as high as the highest from this part of its height on.
pub const NEARLY: f64 = 0.9;
/// The least values of which a period can be told.
pub const LEAST_VALUES: usize = 32;
/// Variance about the line below this share of a figure's mean square is rounding, not movement.
const ROUNDING: f64 = 1e-20;

/// A figure goes up and down.
///
/// ```
/// use gan_core::measures::Oscillation;
///
/// let mut wave: Vec<f64> = (0..256).map(|t| (f64::from(t) * std::f64::consts::TAU / 20.0).sin()).collect();
/// let oscillation = Oscillation::of(&mut wave).expect("a sine oscillates");
/// assert!((oscillation.period - 20.0).abs() < 0.1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oscillation {
    /// In steps of the window, from 2 to a third of its length.
    pub period: f64,
    /// Height of the autocorrelation there, from [`LEAST_CLARITY`] to 1: how much one period is like the next.
    pub clarity: f64,
    /// Standard deviation about the line: of a sine its amplitude times √½.
    pub deviation: f64,
}

impl Oscillation {
    /// Finds the oscillation of values at equal steps, oldest first, and overwrites them with their
    /// distances from a straight line. `None` if they do not oscillate, are fewer than
    /// [`LEAST_VALUES`] or not all finite.
    #[must_use]
    pub fn of(values: &mut [f64]) -> Option<Self> {
        if values.len() < LEAST_VALUES || !values.iter().all(|value| value.is_finite()) {
            return None;
        }
        let count = values.len() as f64;
        let level = values.iter().map(|value| value * value).sum::<f64>() / count;
        level_out(values);
        let variance = values.iter().map(|value| value * value).sum::<f64>() / count;
        if !(variance > ROUNDING * level) {
            return None;
        }
        let longest = values.len() / LEAST_PERIODS;
        let highest = peaks(values, longest)
            .map(|(_, height)| height)
            .fold(0.0, f64::max);
        let (lag, height) = peaks(values, longest).find(|(_, height)| *height >= NEARLY * highest)?;
        (height >= LEAST_CLARITY).then(|| Self {
            period: refined(values, lag),
            clarity: height,
            deviation: libm::sqrt(variance),
        })
    }
}

/// Takes off the straight line of least squares.
fn level_out(values: &mut [f64]) {
    let count = values.len() as f64;
    let middle = (count - 1.0) / 2.0;
    let mean = values.iter().sum::<f64>() / count;
    let (mut product, mut square) = (0.0, 0.0);
    for (time, value) in values.iter().enumerate() {
        let time = time as f64 - middle;
        product += time * (value - mean);
        square += time * time;
    }
    let slope = product / square;
    for (time, value) in values.iter_mut().enumerate() {
        *value -= mean + slope * (time as f64 - middle);
    }
}

/// r(k), of a lag shorter than the values are long; 0 where all is 0.
fn likeness(values: &[f64], lag: usize) -> f64 {
    let (mut product, mut squares) = (0.0, 0.0);
    for (x, y) in values.iter().zip(&values[lag..]) {
        product += x * y;
        squares += x * x + y * y;
    }
    if squares > 0.0 {
        2.0 * product / squares
    } else {
        0.0
    }
}

/// The highest lag, and its height, of each stretch in which r is above 0, after it was first
/// below, up to the longest lag. A stretch that goes on beyond counts only if r is no
/// higher at the lag after the longest.
fn peaks(values: &[f64], longest: usize) -> impl Iterator<Item = (usize, f64)> {
    let mut lag = 1;
    while lag <= longest && likeness(values, lag) > 0.0 {
        lag += 1;
    }
    core::iter::from_fn(move || {
        while lag <= longest && likeness(values, lag) <= 0.0 {
            lag += 1;
        }
        let mut best = (lag, 0.0);
        while lag <= longest + 1 {
            let height = likeness(values, lag);
            if height <= 0.0 {
                break;
            }
            if height > best.1 {
                best = (lag, height);
            }
            lag += 1;
        }
        (best.1 > 0.0 && best.0 <= longest).then_some(best)
    })
}

/// The top of the parabola through a peak and its neighbours, within half a step of it.
fn refined(values: &[f64], lag: usize) -> f64 {
    let [before, at, after] = [lag - 1, lag, lag + 1].map(|lag| likeness(values, lag));
    let bend = before - 2.0 * at + after;
    let aside = if bend < 0.0 {
        0.5 * (before - after) / bend
    } else {
        0.0
    };
    lag as f64 + aside.clamp(-0.5, 0.5)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::Reference;
    use crate::random::{Purpose, Stream};
    use core::f64::consts::TAU;
    use std::vec::Vec;

    fn of(count: usize, value: impl FnMut(f64) -> f64) -> Option<Oscillation> {
        let mut values: Vec<f64> = (0..count).map(|t| t as f64).map(value).collect();
        Oscillation::of(&mut values)
    }

    fn near(found: Option<Oscillation>, period: f64, tolerance: f64) {
        let distance = found.map_or(f64::NAN, |found| (found.period - period).abs());
        assert!(distance <= tolerance, "{period}: {found:?}");
    }

    #[test]
    fn a_sine_has_its_period() {
        for period in [4.0, 7.3, 20.0, 37.0, 61.8, 80.0] {
            let found = of(256, |t| 0.7 + 0.2 * libm::sin(TAU * t / period + 1.0));
            near(found, period, 0.02 * period);
            let found = found.unwrap();
            assert!(found.clarity > 0.95 && found.clarity <= 1.0, "{found:?}");
            assert!(
                (found.deviation - 0.2 * libm::sqrt(0.5)).abs() < 0.01,
                "{found:?}"
            );
        }
        near(of(256, |t| libm::sin(TAU * t / 37.0)), 37.0, 0.2);
    }

    #[test]
    fn other_forms_a_slope_and_noise_leave_the_period() {
        near(of(256, |t| libm::fmod(t, 37.0)), 37.0, 0.5);
        // A harmonic twice as strong as the first.
        let two = |t: f64| libm::sin(TAU * t / 40.0) + 2.0 * libm::sin(TAU * t / 20.0);
        near(of(256, two), 40.0, 0.5);
        near(of(256, |t| libm::sin(TAU * t / 37.0) + 0.05 * t), 37.0, 1.0);
        let mut stream = Stream::new(1, Purpose::EvaluationReal);
        let noisy = |t: f64| libm::sin(TAU * t / 37.0) + 0.4 * stream.normal::<Reference>();
        near(of(256, noisy), 37.0, 2.0);
    }

    #[test]
    fn what_does_not_come_back_three_times_does_not_oscillate() {
        assert_eq!(of(256, |_| 0.7), None);
        assert_eq!(of(256, |t| 0.1 * t), None);
        assert_eq!(of(256, |t| libm::exp(-t / 30.0)), None);
        assert_eq!(of(256, |t| libm::sin(TAU * t / 100.0)), None);
        assert_eq!(of(31, |t| libm::sin(TAU * t / 5.0)), None);
        assert_eq!(of(256, |t| if t == 9.0 { f64::NAN } else { libm::sin(t) }), None);
    }

    #[test]
    fn noise_does_not_oscillate_and_a_random_walk_rarely_does() {
        let mut walks = 0;
        for seed in 0..200 {
            let mut stream = Stream::new(seed, Purpose::EvaluationReal);
            assert_eq!(of(256, |_| stream.normal::<Reference>()), None, "seed {seed}");
            let mut place = 0.0;
            let walk = of(256, |_| {
                place += stream.normal::<Reference>();
                place
            });
            walks += usize::from(walk.is_some());
        }
        std::println!("{walks} of 200 random walks");
        assert!(walks <= 20, "{walks} of 200 random walks");
    }
}
