//! The quantities of techniques, each legal by construction (`CONTRACT.md`, section 9).

use crate::configuration::OutOfRange;
use crate::configuration::{bounded_count, bounded_number};
use crate::parameters::{Kind, Misfit};

bounded_number! {
    /// The weight of a penalty, or of a pull towards an average, above 0, at most 1,000.
    Weight, "weight", 1e-6 ..= 1000.0
}
bounded_number! {
    /// How much of a negative number a leaky ReLU lets pass, above 0, below 1.
    Slope, "slope", 1e-6 ..= 0.999
}
bounded_number! {
    /// The bound of clipped weights, 0.0001–10.
    Bound, "bound", 1e-4 ..= 10.0
}
bounded_number! {
    /// Standard deviation of instance noise, in D's units, 0.0001–2.
    Deviation, "deviation", 1e-4 ..= 2.0
}
bounded_number! {
    /// Label of a sample in the discriminator's loss, or a weight between nothing and all: 0–1.
    Share, "share", 0.0 ..= 1.0
}
bounded_number! {
    /// Deviations from the middle within which noise is kept when samples are shown, 0.01–10.
    Truncation, "truncation", 0.01 ..= 10.0
}
bounded_count! {
    /// Epochs over which something fades, 0–1,000,000,000; 0 for ever the same.
    FadeEpochs, "epochs", 0..=1000000000
}
bounded_count! {
    /// Epochs over which rates decay, 1–1,000,000,000.
    DecayEpochs, "epochs", 1..=1000000000
}
bounded_count! {
    /// Kernels of minibatch discrimination, 1–16.
    MinibatchKernels, "minibatch kernels", 1..=16
}
bounded_count! {
    /// Old fake samples in a batch, 1–1,023, fewer than the batch.
    ReplayedSamples, "replayed samples", 1..=1023
}
bounded_count! {
    /// Places for old fake samples, 1–100,000, no fewer than are replayed.
    ReplayCapacity, "replay capacity", 1..=100000
}

/// How much of an average remains at each step: β, in ten-thousandths, so that β and 1 − β are both exact
/// decimals, each rounded once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decay(u16);

impl Decay {
    /// From ten-thousandths, 0–9,999.
    pub const fn new(ten_thousandths: u32) -> Result<Self, OutOfRange> {
        if ten_thousandths > 9_999 {
            return Err(OutOfRange {
                field: "decay",
                value: ten_thousandths as f64 / 10_000.0,
                least: 0.0,
                most: 0.9999,
            });
        }
        Ok(Self(ten_thousandths as u16))
    }

    /// From the decimal a person writes; an error outside 0–0.9999, for NaN, and where more than four
    /// decimals are given.
    pub const fn from_decimal(value: f64) -> Result<Self, OutOfRange> {
        let scaled = value * 10_000.0;
        let near = (scaled + 0.5) as u32;
        let apart = scaled - near as f64;
        // A decimal's own rounding is far below this; a fifth decimal is far above.
        if apart < 1e-6 && apart > -1e-6 && near <= 9_999 {
            return Ok(Self(near as u16));
        }
        Err(OutOfRange {
            field: "decay (in steps of 0.0001)",
            value,
            least: 0.0,
            most: 0.9999,
        })
    }

    /// β in ten-thousandths.
    #[must_use]
    pub const fn word(self) -> u32 {
        self.0 as u32
    }

    pub(crate) const KIND: Kind = Kind::Decay;

    pub(crate) const fn from_word(word: u32) -> Result<Self, Misfit> {
        match Self::new(word) {
            Ok(decay) => Ok(decay),
            Err(error) => Err(Misfit::OutOfRange(error)),
        }
    }

    /// β.
    #[must_use]
    pub const fn kept(self) -> f32 {
        (self.0 as f64 / 10_000.0) as f32
    }

    /// 1 − β, rounded from its own decimal.
    #[must_use]
    pub const fn taken(self) -> f32 {
        ((10_000 - self.0 as u32) as f64 / 10_000.0) as f32
    }
}

impl FadeEpochs {
    /// Remaining share of something that fades, after so many epochs: 1–0, linearly.
    #[must_use]
    pub const fn fade(self, epoch: u64) -> f32 {
        fade(self.get() as u64, epoch)
    }
}

impl DecayEpochs {
    /// Remaining share after so many epochs: 1–0, linearly.
    #[must_use]
    pub const fn fade(self, epoch: u64) -> f32 {
        fade(self.get() as u64, epoch)
    }
}

const fn fade(epochs: u64, epoch: u64) -> f32 {
    if epochs == 0 {
        1.0
    } else if epoch >= epochs {
        0.0
    } else {
        ((epochs - epoch) as f64 / epochs as f64) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decays_of_adam_are_the_decimals_of_the_paper() {
        for (decimal, kept, taken) in [(0.9, 0.9_f32, 0.1_f32), (0.999, 0.999, 0.001), (0.5, 0.5, 0.5)] {
            let decay = Decay::from_decimal(decimal).unwrap();
            assert_eq!((decay.kept(), decay.taken()), (kept, taken));
        }
        assert_eq!(Decay::from_decimal(0.0), Decay::new(0));
        for wrong in [-0.1, 1.0, 0.99995, f64::NAN, f64::INFINITY] {
            assert!(Decay::from_decimal(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_fades_is_whole_at_first_and_gone_at_the_end() {
        let fade = FadeEpochs::new(4).unwrap();
        assert_eq!(
            [0, 1, 3, 4, 9].map(|epoch| fade.fade(epoch)),
            [1.0, 0.75, 0.25, 0.0, 0.0]
        );
        assert_eq!(FadeEpochs::LEAST.fade(1_000_000), 1.0);
    }
}
