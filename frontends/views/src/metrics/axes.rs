//! Both axes: the range of the vertical one, and the marks of either.

use super::kinds::Chart;
use super::lines::Line;
use super::series::Extent;
use super::unit::{self, Unit};
use super::zoom::{Epochs, Zoom};
use crate::text;

/// Losses above are cut off, unless a tenth of them is: one early spike would flatten the whole course.
const MOST_LOSS: f64 = 4.0;
/// Divergences of a whole run below are drawn here; no pair of sample sets gets so near.
const LEAST_DIVERGENCE: f64 = 0.001;
/// All there can be of a share, and a little room above.
const ALL: f64 = 1.06;
/// The least figure that has a place by powers of ten.
const LEAST: f64 = 1e-6;

/// How a vertical axis runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// From 0, as it is.
    Linear,
    /// By powers of ten: small values show too.
    Logarithmic,
}

/// The range of the vertical axis, from its foot to its head.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Heights {
    axis: Axis,
    unit: Unit,
    foot: f64,
    head: f64,
}

/// A place on an axis with its words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) value: f64,
    pub(super) words: String,
}

impl Heights {
    /// For values of this extent. The whole of a run has a calm axis; a part gets as much as it needs.
    pub(super) fn new(chart: Chart, axis: Axis, extent: Option<Extent>, lines: &[Line], zoom: Zoom) -> Self {
        let Extent { least, most, usual } = extent.unwrap_or(Extent {
            least: 0.5,
            most: 1.0,
            usual: 1.0,
        });
        let floors = lines.iter().filter_map(|line| line.floor);
        let least = floors.fold(least, f64::min);
        let calm = match chart {
            Chart::Losses | Chart::MeanLoss => 1.2,
            Chart::Divergences => 1.05,
            Chart::Coverage | Chart::DeadUnits | Chart::Outputs => ALL,
            Chart::Gradients | Chart::Movement => 0.0,
        };
        let most_shown = match chart {
            Chart::Losses | Chart::MeanLoss => most.min(MOST_LOSS.max(1.5 * usual)),
            Chart::Gradients | Chart::Movement => most.min(4.0 * usual),
            Chart::Coverage | Chart::DeadUnits | Chart::Outputs => most.min(1.0),
            Chart::Divergences => most,
        };
        let [foot, head] = match (axis, chart, zoom) {
            (Axis::Linear, Chart::Coverage | Chart::DeadUnits, Zoom::Whole) => [0.0, ALL],
            (Axis::Linear, _, Zoom::Whole) => [0.0, (1.08 * most_shown).max(calm).max(LEAST)],
            (Axis::Linear, _, Zoom::Part(_)) => {
                let margin = 0.08 * (most_shown - least).max(0.1 * most_shown).max(0.01);
                [(least - margin).max(0.0), most_shown + margin]
            }
            (Axis::Logarithmic, Chart::Divergences, Zoom::Whole) => {
                [LEAST_DIVERGENCE, (1.26 * most).max(11.3)]
            }
            (Axis::Logarithmic, ..) => decades(least, most),
        };
        let unit = lines.first().map_or(Unit::Plain, |line| line.unit);
        Self {
            axis,
            unit,
            foot,
            head,
        }
    }

    /// For shares, from none to as much as this.
    pub(super) const fn of_shares(head: f64) -> Self {
        Self {
            axis: Axis::Linear,
            unit: Unit::Share,
            foot: 0.0,
            head,
        }
    }

    /// Height of a value on the axis: 0 at the foot, 1 at the head. Values beyond them stay finite.
    pub(super) fn share(&self, value: f64) -> f32 {
        let share = match self.axis {
            Axis::Linear => (value - self.foot) / (self.head - self.foot),
            Axis::Logarithmic => {
                libm::log(value.max(LEAST).max(0.5 * self.foot) / self.foot)
                    / libm::log(self.head / self.foot)
            }
        };
        share.clamp(-2.0, 3.0) as f32
    }

    /// Round values, at most about so many.
    pub(super) fn marks(&self, at_most: usize) -> Vec<Mark> {
        match self.axis {
            Axis::Linear => {
                let (step, decimals) = round_step(self.head - self.foot, at_most);
                let [first, last] =
                    [self.foot, self.head].map(|height| libm::floor(height / step + 1e-9) as u64);
                // Not at the foot, where the time axis has its own words.
                let mark = |n| Mark {
                    value: n as f64 * step,
                    words: match self.unit {
                        Unit::Share => unit::percent(n as f64 * step),
                        Unit::Plain | Unit::Norm => format!("{:.decimals$}", n as f64 * step),
                    },
                };
                (first + 1..=last).map(mark).collect()
            }
            Axis::Logarithmic => powers_of_ten(self.foot, self.head, at_most),
        }
    }
}

/// A little more than the values reach, and at least a power of ten.
fn decades(least: f64, most: f64) -> [f64; 2] {
    let least = libm::log10(least.clamp(LEAST, 1e200));
    let most = libm::log10(most.clamp(LEAST, 1e200)).max(least);
    let (middle, half) = (0.5 * (least + most), 0.56 * (most - least) + 0.02);
    [middle - half.max(0.5), middle + half.max(0.5)].map(libm::exp10)
}

/// A step of 1, 2 or 5 times a power of ten that fits about so many times, and the decimals it needs.
fn round_step(length: f64, at_most: usize) -> (f64, usize) {
    let least = length / at_most.max(1) as f64;
    let power = libm::floor(libm::log10(least));
    let unit = libm::exp10(power);
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * unit)
        .find(|step| *step >= 0.999 * least)
        .unwrap_or(10.0 * unit);
    let decimals = libm::floor(libm::log10(step) + 1e-9).min(0.0);
    (step, -decimals as usize)
}

/// Powers of ten: every second or third if there are many, 2 and 5 of each too if there are few.
fn powers_of_ten(foot: f64, head: f64, at_most: usize) -> Vec<Mark> {
    let [first, last] = [foot, head].map(|height| libm::floor(libm::log10(height)) as i32);
    let decades = libm::log10(head / foot);
    let factors: &[u32] = if decades < 2.0 && at_most >= 4 {
        &[1, 2, 5]
    } else {
        &[1]
    };
    let stride = libm::ceil(decades / at_most.max(1) as f64).max(1.0) as i32;
    let place = |(power, factor): (i32, u32)| Mark {
        value: f64::from(factor) * libm::exp10(f64::from(power)),
        words: decimal(factor, power),
    };
    (first..=last)
        .filter(|power| power % stride == 0)
        .flat_map(|power| factors.iter().map(move |factor| (power, *factor)))
        .map(place)
        .filter(|mark| (0.999 * foot..=1.001 * head).contains(&mark.value))
        .collect()
}

/// `factor` times ten to the `power`, in few characters.
fn decimal(factor: u32, power: i32) -> String {
    match power {
        -3..0 => format!(
            "{:.*}",
            -power as usize,
            f64::from(factor) * libm::exp10(f64::from(power))
        ),
        0..5 => text::count(u64::from(factor) * 10_u64.pow(power as u32)),
        _ => format!("{factor}e{power}"),
    }
}

/// Round epochs, at most so many.
pub(super) fn epoch_marks(shown: Epochs, at_most: usize) -> Vec<Mark> {
    let mut step = 1.0;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle() {
        if shown.length() / step <= at_most.saturating_sub(1).max(1) as f64 || !(step < 1e18) {
            break;
        }
        step *= factor;
    }
    let (first, last) = (libm::ceil(shown.begin() / step), libm::floor(shown.end() / step));
    let mark = |n: u64| {
        let value = (first + n as f64) * step;
        Mark {
            value,
            words: epoch_words(value, step),
        }
    };
    (0..=(last - first).max(0.0) as u64).map(mark).collect()
}

/// An epoch as exactly as steps need.
pub(super) fn epoch_words(epoch: f64, step: f64) -> String {
    if epoch >= 1e6 && step >= 1e4 {
        format!("{}M", epoch / 1e6)
    } else if epoch >= 1e5 && step >= 1e3 {
        format!("{}k", epoch / 1e3)
    } else {
        text::count(epoch as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heights(axis: Axis, foot: f64, head: f64) -> Heights {
        Heights {
            axis,
            unit: Unit::Plain,
            foot,
            head,
        }
    }

    fn words(marks: Vec<Mark>) -> Vec<String> {
        marks.into_iter().map(|mark| mark.words).collect()
    }

    #[test]
    fn values_have_a_handful_of_round_marks() {
        let linear = |head| words(heights(Axis::Linear, 0.0, head).marks(5));
        assert_eq!(linear(1.5), ["0.5", "1.0", "1.5"]);
        assert_eq!(linear(4.0), ["1", "2", "3", "4"]);
        assert_eq!(linear(0.108), ["0.05", "0.10"]);
        assert_eq!(linear(37.0), ["10", "20", "30"]);
        assert_eq!(
            words(heights(Axis::Linear, 0.67, 0.73).marks(4)),
            ["0.68", "0.70", "0.72"]
        );
        let logarithmic = |foot, head, at_most| words(heights(Axis::Logarithmic, foot, head).marks(at_most));
        assert_eq!(logarithmic(0.001, 11.3, 5), ["0.001", "0.01", "0.1", "1", "10"]);
        assert_eq!(logarithmic(0.21, 2.1, 5), ["0.5", "1", "2"]);
        assert_eq!(
            logarithmic(1e-6, 2e5, 6),
            ["1e-6", "1e-4", "0.01", "1", "100", "10,000"]
        );
    }

    #[test]
    fn shares_are_said_in_percent() {
        assert_eq!(
            words(Heights::of_shares(0.5).marks(5)),
            ["10 %", "20 %", "30 %", "40 %", "50 %"]
        );
        let extent = Extent {
            least: 0.1,
            most: 0.2,
            usual: 0.2,
        };
        let heights = Heights::new(Chart::DeadUnits, Axis::Linear, Some(extent), &[], Zoom::Whole);
        assert_eq!((heights.foot, heights.head), (0.0, ALL));
    }

    #[test]
    fn epochs_have_a_handful_of_round_marks() {
        for most in [50, 466, 2_000, 12_345, 5_000_000, 1_000_000_000_000_000] {
            let marks = epoch_marks(Epochs::whole(most), 6);
            assert!((3..=6).contains(&marks.len()), "{most}: {marks:?}");
        }
        assert_eq!(
            words(epoch_marks(Epochs::whole(3000), 6)),
            ["0", "1,000", "2,000", "3,000"]
        );
        assert_eq!(epoch_words(250_000.0, 50_000.0), "250k");
        assert_eq!(epoch_words(250_010.0, 10.0), "250,010");
        assert_eq!(epoch_words(1_250_000.0, 50_000.0), "1.25M");
    }

    #[test]
    fn everything_has_a_place() {
        for heights in [
            heights(Axis::Logarithmic, 0.001, 10.0),
            heights(Axis::Linear, 0.0, 4.0),
        ] {
            for value in [0.0, -1.0, 1e300, f64::MIN_POSITIVE] {
                assert!(heights.share(value).is_finite(), "{heights:?}: {value}");
            }
            assert!(
                !(heights.share(heights.foot).abs() > 1e-6)
                    && !((heights.share(heights.head) - 1.0).abs() > 1e-6)
            );
        }
        for [foot, head] in [decades(0.0, 0.0), decades(0.6, 0.7), decades(1e-9, 1e300)] {
            assert!(
                foot > 0.0 && head >= 9.99 * foot && head.is_finite(),
                "{foot} {head}"
            );
        }
    }

    #[test]
    fn one_spike_does_not_flatten_the_rest_and_many_are_no_spike() {
        let head = |usual| {
            let extent = Extent {
                least: 0.1,
                most: 1e30,
                usual,
            };
            Heights::new(Chart::Losses, Axis::Linear, Some(extent), &[], Zoom::Whole).head
        };
        assert_eq!(head(0.7), 1.08 * MOST_LOSS);
        assert_eq!(head(12.0), 1.08 * 18.0);
    }
}
