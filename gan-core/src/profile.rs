//! Numeric profiles: which arithmetic a run is made of, as a type.
//!
//! [`Reference`] is the contract's. [`MicroMath`] (Cargo feature `micromath`, which adds the type and
//! changes nothing else) trades accuracy for code size on small microcontrollers. Results of different
//! profiles never mix: the state hash of any but the reference begins with the profile's name.

use core::f64::consts::TAU;

use crate::math;

/// The functions a run needs beyond `+ − × ÷`.
pub trait Profile {
    /// The name recordings carry.
    const NAME: &'static str;

    /// Hyperbolic tangent, the generator's output.
    fn tanh(x: f32) -> f32;
    /// Logistic function, the discriminator's probability.
    fn sigmoid(x: f32) -> f32;
    /// Square root, for Adam and what brings numbers to a length or a deviation.
    fn square_root(x: f32) -> f32;
    /// Box and Muller 1958: a standard normal from two uniforms, the first in (0, 1], the second, in
    /// turns, in [0, 1).
    fn box_muller(above_zero: f64, turns: f64) -> f64;
    /// Cosine and sine of an angle in turns, in [0, 1.5].
    fn unit_circle(turns: f64) -> [f64; 2];
}

/// The contract's arithmetic: the same bits everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference;

impl Profile for Reference {
    const NAME: &'static str = "reference";

    #[inline(always)]
    fn tanh(x: f32) -> f32 {
        math::tanh(x)
    }
    #[inline(always)]
    fn sigmoid(x: f32) -> f32 {
        math::sigmoid(x)
    }
    #[inline(always)]
    fn square_root(x: f32) -> f32 {
        libm::sqrtf(x)
    }
    fn box_muller(above_zero: f64, turns: f64) -> f64 {
        libm::sqrt(-2.0 * libm::log(above_zero)) * libm::cos(TAU * turns)
    }
    fn unit_circle(turns: f64) -> [f64; 2] {
        [libm::cos(TAU * turns), libm::sin(TAU * turns)]
    }
}

/// `micromath`'s approximations: smaller and faster where there is no `f64` unit, off by up to a few
/// per cent, and outside the contract.
#[cfg(feature = "micromath")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MicroMath;

#[cfg(feature = "micromath")]
impl Profile for MicroMath {
    const NAME: &'static str = "micromath";

    fn tanh(x: f32) -> f32 {
        2.0 * Self::sigmoid(2.0 * x) - 1.0
    }
    fn sigmoid(x: f32) -> f32 {
        use micromath::F32Ext;
        1.0 / (1.0 + F32Ext::exp(-x))
    }
    fn square_root(x: f32) -> f32 {
        micromath::F32Ext::sqrt(x)
    }
    fn box_muller(above_zero: f64, turns: f64) -> f64 {
        use micromath::F32Ext;
        let radius = F32Ext::sqrt(-2.0 * F32Ext::ln(above_zero as f32));
        f64::from(radius) * Self::unit_circle(turns)[0]
    }
    fn unit_circle(turns: f64) -> [f64; 2] {
        use micromath::F32Ext;
        let angle = core::f32::consts::TAU * turns as f32;
        [F32Ext::cos(angle), F32Ext::sin(angle)].map(f64::from)
    }
}

#[cfg(all(test, feature = "micromath"))]
mod tests {
    use super::*;

    #[test]
    fn micromath_is_near_the_reference() {
        for i in -80..=80 {
            let x = i as f32 * 0.1;
            assert!(
                (MicroMath::sigmoid(x) - Reference::sigmoid(x)).abs() < 0.01,
                "{x}"
            );
            assert!((MicroMath::tanh(x) - Reference::tanh(x)).abs() < 0.02, "{x}");
        }
        for i in 0..100 {
            let turns = f64::from(i) * 0.01;
            let error = (MicroMath::box_muller(0.3, turns) - Reference::box_muller(0.3, turns)).abs();
            assert!(error < 0.1, "{turns}: {error}");
        }
    }
}
