//! How fast a run trains while it plays: one scale from single phases to all that the machine can.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// So many a second: a number from 0.01 to 1,000,000.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Rate(f64);

impl Rate {
    /// The slowest: one in a hundred seconds.
    pub const LEAST: Self = Self(0.01);
    /// The fastest: a million a second.
    pub const MOST: Self = Self(1e6);

    /// From a number; `None` outside 0.01–1,000,000, and for NaN.
    #[must_use]
    pub const fn per_second(rate: f64) -> Option<Self> {
        if rate >= Self::LEAST.0 && rate <= Self::MOST.0 {
            Some(Self(rate))
        } else {
            None
        }
    }

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The time from one to the next.
    #[must_use]
    pub fn interval(self) -> Duration {
        Duration::from_secs_f64(1.0 / self.0)
    }
}

impl TryFrom<f64> for Rate {
    type Error = &'static str;

    fn try_from(rate: f64) -> Result<Self, Self::Error> {
        Self::per_second(rate).ok_or("a rate is a number from 0.01 to 1,000,000")
    }
}

impl From<Rate> for f64 {
    fn from(rate: Rate) -> Self {
        rate.get()
    }
}

/// How fast a run trains while it plays. Reaches no hash: phases, epochs and all that lies between are
/// the same machine at other strides.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Pace {
    /// One phase at a time, so many a second: for eyes and mind to follow. Only at such a pace does a
    /// run rest in mid-epoch.
    PhasesPerSecond(Rate),
    /// Whole epochs, so many a second, for eyes to follow, or fewer where the machine cannot.
    EpochsPerSecond(Rate),
    /// Whole epochs, as fast as the machine can.
    Full,
}

impl Pace {
    /// A phase in 1.25 s: time to read its sentence and to look at what it uses.
    pub const SLOW_MOTION: Self = Self::PhasesPerSecond(Rate(0.8));
    /// One epoch a frame, as in GAN Lab.
    pub const AS_IN_GAN_LAB: Self = Self::EpochsPerSecond(Rate(60.0));
    /// Ten times that: a ring forms within seconds. The window starts at this pace, because at full
    /// speed a ring is learnt in a third of a second, which nobody sees.
    pub const BRISK: Self = Self::EpochsPerSecond(Rate(600.0));

    /// The unit of training at this pace.
    #[must_use]
    pub const fn stride(self) -> Stride {
        match self {
            Self::PhasesPerSecond(_) => Stride::Phase,
            Self::EpochsPerSecond(_) | Self::Full => Stride::Epoch,
        }
    }

    /// Strides a second; `None` at full speed.
    #[must_use]
    pub const fn rate(self) -> Option<Rate> {
        match self {
            Self::PhasesPerSecond(rate) | Self::EpochsPerSecond(rate) => Some(rate),
            Self::Full => None,
        }
    }
}

/// The unit in which a run trains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stride {
    /// One of the five phases of an update.
    Phase,
    /// All updates of both networks.
    Epoch,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_bounded() {
        for bad in [0.0, -1.0, 0.009, 1.1e6, f64::NAN, f64::INFINITY] {
            assert_eq!(Rate::per_second(bad), None, "{bad}");
        }
        assert_eq!(
            Rate::per_second(0.8).unwrap().interval(),
            Duration::from_millis(1250)
        );
        assert_eq!(Pace::SLOW_MOTION.rate(), Rate::per_second(0.8));
        for end in [Rate::LEAST, Rate::MOST] {
            assert_eq!(Rate::per_second(end.get()), Some(end));
        }
    }
}
