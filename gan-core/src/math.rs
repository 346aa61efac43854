//! The functions of the contract, from `+ − × ÷` and integer bit operations only, so that a SIMD lane
//! and a shader run the very same steps (`CONTRACT.md`, sections 1 and 2).
//!
//! Range reduction and polynomials are Cephes' (Moshier, 1989). Every function maps every input to a
//! finite number, and none depends on a NaN's sign or payload, which differ between machines.
//! Comparisons are written so that NaN takes the `else` branch.
//!
//! Largest error against `f64`, in ulp, over the whole range (a test sweeps for it):
//!
//! | function | largest error | where it is measured |
//! |---|---|---|
//! | [`exp`] | 1.0 | −87 ≤ x ≤ 88; clamped outside |
//! | [`ln`] | 0.9 | normal x > 0; clamped outside |
//! | [`tanh`] | 1.5 | everywhere |
//! | [`sigmoid`] | 3.0 | x ≥ −87; below, the result is under 2^-125 |

/// 2^-50, the least canonical number above 0.
pub(crate) const CANONICAL_LEAST: f32 = f32::from_bits(0x2680_0000);
/// 2^-100, the least canonical square above 0.
pub(crate) const CANONICAL_SQUARE_LEAST: f32 = f32::from_bits(0x0d80_0000);

pub(crate) const LOG2_E: f32 = f32::from_bits(0x3fb8_aa3b);
/// ln 2 in two parts: the first has so few bits that its products with small integers are exact.
pub(crate) const LN_2_HIGH: f32 = f32::from_bits(0x3f31_8000);
pub(crate) const LN_2_LOW: f32 = f32::from_bits(0xb95e_8083);
/// 1.5·2^23: adding it rounds to an integer, which then stands in the low bits.
pub(crate) const ROUNDER: f32 = 12_582_912.0;

/// Polynomials as bits, highest power first.
pub(crate) const EXP_COEFFICIENTS: [u32; 6] = [
    0x3950_6967,
    0x3ab7_43ce,
    0x3c08_8908,
    0x3d2a_a9c1,
    0x3e2a_aaaa,
    0x3f00_0000,
];
pub(crate) const TANH_COEFFICIENTS: [u32; 5] =
    [0xbbba_f0ea, 0x3ca9_134e, 0xbd5c_1e2d, 0x3e08_8393, 0xbeaa_aa99];

/// `c(x)` of the contract: |x| < 2^-50, and −0, become +0.
#[inline(always)]
#[must_use]
pub const fn canonical(x: f32) -> f32 {
    if x.to_bits() & 0x7fff_ffff < CANONICAL_LEAST.to_bits() {
        0.0
    } else {
        x
    }
}

/// `c2(x)` of the contract, for quantities that are squares: |x| < 2^-100, and −0, become +0.
#[inline(always)]
#[must_use]
pub const fn canonical_square(x: f32) -> f32 {
    if x.to_bits() & 0x7fff_ffff < CANONICAL_SQUARE_LEAST.to_bits() {
        0.0
    } else {
        x
    }
}

/// e^x, with x clamped to −87 ≤ x ≤ 88, where the result is a normal number.
///
/// ```
/// use gan_core::math::{exp, ln};
///
/// assert_eq!((exp(0.0), ln(1.0)), (1.0, 0.0));
/// ```
#[inline(always)]
#[must_use]
pub fn exp(x: f32) -> f32 {
    let x = if x < 88.0 { x } else { 88.0 };
    let x = if x > -87.0 { x } else { -87.0 };
    let t = x * LOG2_E + ROUNDER;
    let k = t - ROUNDER;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let p = horner(r, EXP_COEFFICIENTS);
    let y = (p * (r * r) + r) + 1.0;
    let power = t.to_bits().wrapping_sub(ROUNDER.to_bits()).wrapping_add(127) << 23;
    y * f32::from_bits(power)
}

/// Natural logarithm, with x clamped to the positive normal numbers.
#[inline(always)]
#[must_use]
pub fn ln(x: f32) -> f32 {
    let x = if x < f32::MAX { x } else { f32::MAX };
    let x = if x > f32::MIN_POSITIVE {
        x
    } else {
        f32::MIN_POSITIVE
    };
    let exponent = (x.to_bits() >> 23) as i32 - 126;
    let mantissa = f32::from_bits((x.to_bits() & 0x007f_ffff) | 0x3f00_0000);
    let (exponent, m) = if mantissa < f32::from_bits(0x3f35_04f3) {
        (exponent - 1, (mantissa + mantissa) - 1.0)
    } else {
        (exponent, mantissa - 1.0)
    };
    let z = m * m;
    let p = horner(
        m,
        [
            0x3d90_21bb,
            0xbdeb_d1b8,
            0x3def_251a,
            0xbdfe_5d4f,
            0x3e11_e9bf,
            0xbe2a_ae50,
            0x3e4c_ceac,
            0xbe7f_fffc,
            0x3eaa_aaaa,
        ],
    );
    let f = exponent as f32;
    let y = (p * m) * z;
    let y = y + f * LN_2_LOW;
    let y = y - 0.5 * z;
    (m + y) + f * LN_2_HIGH
}

/// The logistic function σ(x) = 1 / (1 + e^−x), by the exponential that cannot overflow.
///
/// ```
/// use gan_core::math::sigmoid;
///
/// assert_eq!(sigmoid(0.0), 0.5);
/// ```
#[inline(always)]
#[must_use]
pub fn sigmoid(x: f32) -> f32 {
    let e = exp(-x.abs());
    let r = 1.0 / (1.0 + e);
    if x < 0.0 { e * r } else { r }
}

/// Hyperbolic tangent: a polynomial near zero, an exponential elsewhere. tanh(−0) is +0.
#[inline(always)]
#[must_use]
pub fn tanh(x: f32) -> f32 {
    let a = x.abs();
    let y = if a < 0.625 {
        let z = a * a;
        let p = horner(z, TANH_COEFFICIENTS);
        ((p * z) * a) + a
    } else {
        1.0 - 2.0 / (exp(a + a) + 1.0)
    };
    if x < 0.0 { -y } else { y }
}

/// max(x, 0), the rectified linear unit; NaN becomes +0.
#[inline(always)]
#[must_use]
pub const fn relu(x: f32) -> f32 {
    if x > 0.0 { x } else { 0.0 }
}

/// x above 0, else so much of it (`CONTRACT.md`, section 9).
#[inline(always)]
#[must_use]
pub const fn leaky_relu(x: f32, slope: f32) -> f32 {
    if x > 0.0 { x } else { slope * x }
}

/// A polynomial by Horner's rule, two roundings a step; coefficients as bits, highest power first.
#[inline(always)]
fn horner<const N: usize>(x: f32, coefficients: [u32; N]) -> f32 {
    let mut p = f32::from_bits(coefficients[0]);
    for c in &coefficients[1..] {
        p = p * x + f32::from_bits(*c);
    }
    p
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;

    /// The largest error in ulp of the true value over every 257th `f32` in a range, and where.
    fn sweep(range: core::ops::RangeInclusive<f32>, f: fn(f32) -> f32, truth: fn(f64) -> f64) -> (f64, f32) {
        let mut worst = (0.0, 0.0);
        for bits in (0..=u32::MAX).step_by(257) {
            let x = f32::from_bits(bits);
            if !range.contains(&x) {
                continue;
            }
            let expected = truth(f64::from(x));
            // One ulp: the spacing of f32 at the true value, no finer than the smallest normal's.
            let exponent = (expected.abs().max(f64::from(f32::MIN_POSITIVE)).to_bits() >> 52) as i32 - 1023;
            let ulp = f64::from_bits(((exponent - 23 + 1023) as u64) << 52);
            let error = (f64::from(f(x)) - expected).abs() / ulp;
            if !(error <= worst.0) {
                worst = (error, x);
            }
        }
        worst
    }

    #[test]
    fn errors_stay_within_the_documented_ulps() {
        let sigmoid_truth = |x: f64| {
            if x < 0.0 {
                libm::exp(x) / (1.0 + libm::exp(x))
            } else {
                1.0 / (1.0 + libm::exp(-x))
            }
        };
        type Case = (
            &'static str,
            core::ops::RangeInclusive<f32>,
            fn(f32) -> f32,
            fn(f64) -> f64,
            f64,
        );
        let cases: [Case; 4] = [
            ("exp", -87.0..=88.0, exp, libm::exp, 1.0),
            ("ln", f32::MIN_POSITIVE..=f32::MAX, ln, libm::log, 0.9),
            ("tanh", f32::MIN..=f32::MAX, tanh, libm::tanh, 1.5),
            ("sigmoid", -87.0..=f32::MAX, sigmoid, sigmoid_truth, 3.0),
        ];
        for (name, range, f, truth, bound) in cases {
            let (error, x) = sweep(range, f, truth);
            std::println!("{name}: largest error {error:.3} ulp at {x:e} (documented: {bound})");
            assert!(
                error <= bound,
                "{name}({x:e}) is off by {error} ulp, documented {bound}"
            );
        }
    }

    #[test]
    fn every_input_gives_a_finite_number() {
        let odd = [
            f32::NAN,
            -f32::NAN,
            f32::INFINITY,
            f32::NEG_INFINITY,
            f32::MAX,
            f32::MIN,
            -0.0,
            1e-45,
        ];
        for x in odd {
            for f in [exp, ln, sigmoid, tanh] {
                assert!(f(x).is_finite(), "{x:e}");
                assert_eq!(f(f32::NAN).to_bits(), f(-f32::NAN).to_bits());
            }
        }
        assert_eq!(tanh(-0.0).to_bits(), 0);
    }

    #[test]
    fn relu_turns_nan_and_negative_zero_into_zero() {
        assert_eq!(
            [f32::NAN, -0.0, -1.0, 2.0].map(|x| relu(x).to_bits()),
            [0, 0, 0, 2.0_f32.to_bits()]
        );
    }

    #[test]
    fn canonical_flushes_below_its_threshold_only() {
        let least = f32::from_bits(0x2680_0000);
        assert_eq!(canonical(least), least);
        assert_eq!(canonical(-f32::from_bits(0x267f_ffff)).to_bits(), 0);
        assert_eq!(canonical(-0.0).to_bits(), 0);
        assert!(canonical(f32::NAN).is_nan() && canonical(f32::INFINITY).is_infinite());
        assert_eq!(canonical_square(least * least), least * least);
        assert_eq!(canonical_square(f32::from_bits(0x0d7f_ffff)).to_bits(), 0);
    }
}
