//! Measures that tell how a run fares: a file each, with its formula and the formula's source.
//!
//! | of | file | says |
//! |---|---|---|
//! | samples | [`bins`] | NDB: in how many of the real set's bins generated samples are too few or too many |
//! | | [`modes`] | which modes are covered, and how many samples lie near one |
//! | networks | [`units`] | hidden units that are 0 whatever comes |
//! | | [`histogram`] | how D's outputs are spread, on real and on fake samples |
//! | updates | [`updates`] | each layer's gradient, and how far an update moves a network |
//! | losses | [`course`] | mean and variance over a window |
//! | | [`period`] | the period of an oscillation, if there is one |
//!
//! KL and JS are [`crate::density`]'s. Nothing here reaches a hash, and looking changes no bit of a run; the
//! figures are `f64`, with `libm` and in a fixed order, so they are the same on every machine all the same.
//! Nothing allocates: what has no room of its own borrows the caller's.

pub mod bins;
pub mod course;
pub mod histogram;
pub mod modes;
pub mod period;
pub mod units;
pub mod updates;

pub use bins::{Bins, Difference, SIGNIFICANCE};
pub use course::{Course, Spread, averaged};
pub use histogram::{HISTOGRAM_BINS, Histogram};
pub use modes::{Modes, coverage};
pub use period::{LEAST_CLARITY, Oscillation};
pub use units::Activity;
pub use updates::{UpdateMeasures, Updates};
