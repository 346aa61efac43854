//! How figures of a chart are written.

use crate::text;

/// The kind of a figure, which decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A loss or a divergence: to three decimals.
    Plain,
    /// A share of 1: in percent.
    Share,
    /// The length of a vector, which may be tiny: three decimals, or a power of ten.
    Norm,
}

/// The least norm that is written with decimals.
const LEAST: f64 = 0.01;

impl Unit {
    /// A figure; a dash where there is none.
    pub(super) fn figure(self, value: Option<f64>) -> String {
        match (self, value.filter(|value| value.is_finite())) {
            (Self::Share, Some(share)) => percent(share),
            (Self::Norm, Some(0.0)) => "0".to_owned(),
            (Self::Norm, Some(norm)) if norm > 0.0 && norm < LEAST => format!("{norm:.1e}"),
            (_, value) => text::figure(value),
        }
    }

    /// The same in fewer characters.
    pub(super) fn short_figure(self, value: Option<f64>) -> String {
        match (self, value.filter(|value| value.is_finite())) {
            (Self::Share, Some(share)) => percent(share),
            (Self::Norm, Some(norm)) if norm > 0.0 && norm < LEAST => format!("{norm:.0e}"),
            (_, value) => text::short_figure(value),
        }
    }
}

/// A share of 1 in whole percent; nearly nothing is '<1 %' and nearly all '>99 %'.
pub(super) fn percent(share: f64) -> String {
    match 100.0 * share {
        percent if percent > 0.0 && percent < 0.5 => "<1 %".to_owned(),
        percent if (99.5..100.0).contains(&percent) => ">99 %".to_owned(),
        percent => format!("{percent:.0} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short_and_say_their_unit() {
        let figure = |unit: Unit, value| unit.figure(Some(value));
        assert_eq!(figure(Unit::Plain, 0.67649), "0.676");
        assert_eq!(
            [0.0, 0.002, 0.374, 0.996, 1.0].map(|share| figure(Unit::Share, share)),
            ["0 %", "<1 %", "37 %", ">99 %", "100 %"]
        );
        assert_eq!(
            [0.0, 0.000_012_3, 0.0123, 4.5].map(|norm| figure(Unit::Norm, norm)),
            ["0", "1.2e-5", "0.012", "4.500"]
        );
        for unit in [Unit::Plain, Unit::Share, Unit::Norm] {
            assert_eq!(
                (unit.figure(None), unit.figure(Some(f64::NAN))),
                ("–".into(), "–".into())
            );
            assert!(unit.short_figure(Some(0.001_234)).len() <= 5);
        }
    }
}
