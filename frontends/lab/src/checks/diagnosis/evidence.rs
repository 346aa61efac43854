//! The evidence for a word: a figure, its bound, and the sentence that a beginner reads.

use gan_core::Network;

use crate::lesson::Bound;

/// A figure that a diagnosis looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Completed epochs.
    Epoch,
    /// JS, in bits.
    Js,
    /// Sliced Wasserstein distance, in that of two real sets.
    WassersteinFloors,
    /// Part by which JS above its floor fell.
    JsFell,
    /// Remaining share of the learning rates.
    RateLeft,
    /// NDB/K, 0–1.
    Ndb,
    /// Share of the modes that are covered, 0–1.
    Coverage,
    /// How often D goes from calling everything real to calling everything fake, or back.
    Flips,
    /// D's loss, the mean.
    DiscriminatorLoss,
    /// Norm of G's gradient.
    GeneratorGradient,
    /// Norm of D's gradient.
    DiscriminatorGradient,
    /// How well D's outputs tell real and fake samples apart.
    Separation,
    /// Share of the fake samples that D finds more real than half of the real ones.
    Fooled,
    /// D's greatest output less its least.
    Range,
    /// Share of the dead units of that layer of G which has most of them.
    GeneratorDead,
    /// Share of the dead units of that layer of D which has most of them.
    DiscriminatorDead,
    /// Period of the oscillation, in epochs.
    Period,
    /// Share of the real samples that belong to modes that are lost.
    Lost,
    /// Share of the real samples where there is hardly a fake one.
    Missed,
    /// Share of the fake samples where real ones are.
    Precision,
    /// How often G's samples move as a whole.
    Swings,
    /// How often in the last quarter of the run.
    LateSwings,
    /// How often they turn round.
    Turns,
    /// How widely fake samples are spread, in spreads of the real ones.
    Spread,
}

impl Measure {
    /// The figure's name in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Epoch => "epoch",
            Self::Js => "js",
            Self::WassersteinFloors => "wasserstein_floors",
            Self::JsFell => "js_fell",
            Self::RateLeft => "rate_left",
            Self::Ndb => "ndb",
            Self::Coverage => "mode_coverage",
            Self::Flips => "flips",
            Self::DiscriminatorLoss => "d_loss_mean",
            Self::GeneratorGradient => "g_gradient_median",
            Self::DiscriminatorGradient => "d_gradient_median",
            Self::Separation => "d_separation",
            Self::Fooled => "fooled",
            Self::Range => "d_range",
            Self::GeneratorDead => "g_dead_layer",
            Self::DiscriminatorDead => "d_dead_layer",
            Self::Period => "swing_period",
            Self::Lost => "lost",
            Self::Missed => "missed",
            Self::Precision => "precision",
            Self::Swings => "swings",
            Self::LateSwings => "late_swings",
            Self::Turns => "turns",
            Self::Spread => "spread",
        }
    }

    /// The network that it is of, if it is one's.
    #[must_use]
    pub(super) const fn network(self) -> Option<Network> {
        match self {
            Self::GeneratorDead | Self::GeneratorGradient => Some(Network::Generator),
            Self::DiscriminatorDead | Self::DiscriminatorGradient | Self::DiscriminatorLoss => {
                Some(Network::Discriminator)
            }
            _ => None,
        }
    }
}

/// A figure and what was asked of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Which figure.
    pub measure: Measure,
    /// Its value.
    pub value: f64,
    /// The threshold, and on which side of it the value is.
    pub bound: Bound,
    /// Over how many epochs it was taken; 0 for what is so now.
    pub epochs: u64,
}

impl Evidence {
    /// Evidence of the present, if a value is within its bound.
    pub(super) fn now(measure: Measure, value: f64, bound: Bound) -> Option<Self> {
        Self::over(measure, value, bound, 0)
    }

    /// Evidence over the last epochs, if a value is within its bound.
    pub(super) fn over(measure: Measure, value: f64, bound: Bound, epochs: u64) -> Option<Self> {
        bound.admits(value).then_some(Self {
            measure,
            value,
            bound,
            epochs,
        })
    }

    /// The threshold alone.
    #[must_use]
    pub const fn threshold(&self) -> f64 {
        match self.bound {
            Bound::Below(value) | Bound::Above(value) | Bound::AtLeast(value) | Bound::AtMost(value) => value,
        }
    }

    /// The figure in a sentence, without its threshold: `D's loss was 0.012 on average`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let value = figure(self.value);
        let percent = percent(self.value);
        let epochs = grouped(self.epochs);
        match self.measure {
            Measure::Epoch => format!("{} epochs are done", grouped(self.value as u64)),
            Measure::Js if self.epochs == 0 => format!("JS is {value} bits"),
            Measure::Js => format!("JS was {value} bits on average over the last {epochs} epochs"),
            Measure::WassersteinFloors => {
                format!("the Wasserstein distance is {value} times that of two real sets")
            }
            Measure::JsFell => {
                let (went, by) = match self.value < 0.0 {
                    true => ("rose", self::percent(-self.value)),
                    false => ("fell", percent),
                };
                format!(
                    "from the {epochs} epochs before to the last {epochs} JS {went} by {by}, less what two real sets have"
                )
            }
            Measure::RateLeft => match self.value > 0.0 {
                true => format!("learning rates are down to {percent} and fall to 0"),
                false => "nothing trains any more: learning rates are 0, or G has no updates".to_owned(),
            },
            Measure::Ndb => format!("{percent} of the bins have too many or too few fake samples"),
            Measure::Coverage => format!("{percent} of the modes are covered"),
            Measure::Flips => format!(
                "in the last {epochs} epochs D went {} times from calling everything real to calling everything fake, or back",
                grouped(self.value as u64)
            ),
            Measure::DiscriminatorLoss => format!("D's loss was {value} on average"),
            Measure::GeneratorGradient => {
                format!("the norm of G's gradient was {value}, the median over the last {epochs} epochs")
            }
            Measure::DiscriminatorGradient => {
                format!("the norm of D's gradient was {value}, the median over the last {epochs} epochs")
            }
            Measure::Separation => format!("D's outputs tell {percent} of real and fake samples apart"),
            Measure::Fooled => {
                format!(
                    "D finds {percent} of the fake samples more real than the middle one of the real samples"
                )
            }
            Measure::Range => format!("D's outputs differ by {value} at most"),
            Measure::GeneratorDead => {
                format!("in a layer of G {percent} of the units are 0 for every sample")
            }
            Measure::DiscriminatorDead => {
                format!("in a layer of D {percent} of the units are 0 for every sample")
            }
            Measure::Period => format!("it comes round every {} epochs", grouped(self.value as u64)),
            Measure::Lost => format!("modes with {percent} of the real samples are lost"),
            Measure::Missed => format!("where {percent} of the real samples are there is hardly a fake one"),
            Measure::Precision => format!("{percent} of the fake samples lie where real ones do"),
            Measure::Swings => format!(
                "in the last {epochs} epochs the fake samples moved far as a whole {} times",
                grouped(self.value as u64)
            ),
            Measure::LateSwings => format!("{} times in the last {epochs}", grouped(self.value as u64)),
            Measure::Turns => format!("they went {value} times as far as they got"),
            Measure::Spread => format!("fake samples are spread {percent} as widely as real ones"),
        }
    }

    /// The threshold in words: `below 0.05`.
    #[must_use]
    pub fn limit(&self) -> String {
        let share = matches!(
            self.measure,
            Measure::Separation
                | Measure::Fooled
                | Measure::GeneratorDead
                | Measure::DiscriminatorDead
                | Measure::Lost
                | Measure::Missed
                | Measure::Precision
                | Measure::JsFell
                | Measure::RateLeft
                | Measure::Ndb
                | Measure::Coverage
                | Measure::Spread
        );
        let threshold = self.threshold();
        let said = match (share, self.measure) {
            (true, _) => percent(threshold),
            (
                false,
                Measure::Epoch | Measure::Period | Measure::Swings | Measure::LateSwings | Measure::Flips,
            ) => grouped(threshold as u64),
            (false, _) => figure(threshold),
        };
        let side = match self.bound {
            Bound::Below(_) => "below",
            Bound::Above(_) => "above",
            Bound::AtLeast(_) => "at least",
            Bound::AtMost(_) => "at most",
        };
        format!("{side} {said}")
    }
}

/// Three digits that count: `0.0123`, `1.23`, `123`, `1.2e9`.
fn figure(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 {
        "0".to_owned()
    } else if !(1e-4..1e6).contains(&size) {
        format!("{value:.1e}")
    } else {
        let digits = (2 - size.log10().floor() as i32).clamp(0, 6) as usize;
        let text = format!("{value:.digits$}");
        match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        }
    }
}

/// A share of 1 in percent, of tiny and nearly whole ones a decimal.
fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    let digits = usize::from((0.0 < percent && percent < 1.0) || (99.0 < percent && percent < 100.0));
    format!("{percent:.digits$} %")
}

/// 12,345.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let figures = [0.0, 0.000_312_3, 0.012_34, 1.0, 12.345, 999.6, 2e7, 1e-7, -0.5];
        assert_eq!(
            figures.map(figure),
            [
                "0", "0.000312", "0.0123", "1", "12.3", "1000", "2.0e7", "1.0e-7", "-0.5"
            ]
        );
        assert_eq!(
            [0.0, 0.004, 0.5, 0.999, 1.0].map(percent),
            ["0 %", "0.4 %", "50 %", "99.9 %", "100 %"]
        );
        assert_eq!([7, 1_000, 1_234_567].map(grouped), ["7", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_figure_is_evidence_only_within_its_bound() {
        let evidence = Evidence::over(Measure::DiscriminatorLoss, 0.012, Bound::Below(0.05), 5_120).unwrap();
        assert_eq!(evidence.sentence(), "D's loss was 0.012 on average");
        assert_eq!(
            (evidence.limit().as_str(), evidence.threshold()),
            ("below 0.05", 0.05)
        );
        assert_eq!(Evidence::now(Measure::Js, 0.05, Bound::Below(0.05)), None);
        assert_eq!(Evidence::now(Measure::Js, f64::NAN, Bound::Below(0.05)), None);
        let share = Evidence::now(Measure::Missed, 0.5, Bound::AtLeast(0.25)).unwrap();
        assert_eq!(share.limit(), "at least 25 %");
    }
}
