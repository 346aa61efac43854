//! The plane through noise of more than two dimensions that is looked at.
//!
//! A slice is a matter of the picture, never of the run.

use gan_core::configuration::NoiseDimensions;
use serde::{Deserialize, Serialize};

/// Two components of the noise that vary in pictures, over all of [0, 1]; the others rest in the
/// middle, at 0.5. Noise of one or two dimensions is all seen, whatever was asked for.
///
/// The square is as even for noise on a sphere, which has only a circle in it: that it is a slice of space, and
/// not of the noise, shows there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "(usize, usize)", into = "(usize, usize)")]
pub struct Slice {
    across: u8,
    up: u8,
}

impl Slice {
    /// The first two components.
    pub const FIRST: Self = Self { across: 0, up: 1 };

    /// From left to right, and upwards: components from 0. `None` for one and the same, and beyond what noise can
    /// have.
    #[must_use]
    pub const fn new(across: usize, up: usize) -> Option<Self> {
        let most = NoiseDimensions::MOST.get();
        if across == up || across >= most || up >= most {
            return None;
        }
        Some(Self {
            across: across as u8,
            up: up as u8,
        })
    }

    /// Itself, or the first two components where noise of so many dimensions has not got both.
    #[must_use]
    pub const fn within(self, dimensions: usize) -> Self {
        if dimensions <= 2 || self.across() >= dimensions || self.up() >= dimensions {
            return Self::FIRST;
        }
        self
    }

    /// The component that varies from left to right.
    #[must_use]
    pub const fn across(self) -> usize {
        self.across as usize
    }

    /// The component that varies upwards.
    #[must_use]
    pub const fn up(self) -> usize {
        self.up as usize
    }
}

impl TryFrom<(usize, usize)> for Slice {
    type Error = &'static str;

    fn try_from((across, up): (usize, usize)) -> Result<Self, Self::Error> {
        Self::new(across, up).ok_or("a slice has two components that noise can have")
    }
}

impl From<Slice> for (usize, usize) {
    fn from(slice: Slice) -> Self {
        (slice.across(), slice.up())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_has_two_components_that_the_noise_has() {
        assert_eq!(Slice::new(3, 3), None);
        assert_eq!(Slice::new(0, 16), None);
        let slice = Slice::new(5, 2).unwrap();
        assert_eq!((slice.across(), slice.up()), (5, 2));
        assert_eq!(slice.within(6), slice);
        for dimensions in [1, 2, 5] {
            assert_eq!(slice.within(dimensions), Slice::FIRST);
        }
    }
}
