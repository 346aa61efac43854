//! The contract's functions of [`crate::math`] on vectors, and what is applied to whole rows with them.

use fearless_simd::Simd;
use fearless_simd::prelude::*;

use crate::configuration::Loss;
use crate::loss::{REAL_WEIGHT, Role};
use crate::math::{
    CANONICAL_LEAST, EXP_COEFFICIENTS, LN_2_HIGH, LN_2_LOW, LOG2_E, ROUNDER, TANH_COEFFICIENTS,
};

/// As [`crate::math::canonical`]; comparing |x| with the threshold is comparing its bits.
#[inline(always)]
pub(crate) fn canonical<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let least = S::f32s::splat(simd, CANONICAL_LEAST);
    x.abs().simd_lt(least).select(S::f32s::splat(simd, 0.0), x)
}

#[inline(always)]
fn horner<S: Simd, const N: usize>(simd: S, x: S::f32s, coefficients: [u32; N]) -> S::f32s {
    let mut p = S::f32s::splat(simd, f32::from_bits(coefficients[0]));
    for c in &coefficients[1..] {
        p = p * x + S::f32s::splat(simd, f32::from_bits(*c));
    }
    p
}

/// As [`crate::math::exp`].
#[inline(always)]
pub(crate) fn exp<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let (most, least, rounder) = (
        S::f32s::splat(simd, 88.0),
        S::f32s::splat(simd, -87.0),
        S::f32s::splat(simd, ROUNDER),
    );
    let x = x.simd_lt(most).select(x, most);
    let x = x.simd_gt(least).select(x, least);
    let t = x * S::f32s::splat(simd, LOG2_E) + rounder;
    let k = t - rounder;
    let r = (x - k * S::f32s::splat(simd, LN_2_HIGH)) - k * S::f32s::splat(simd, LN_2_LOW);
    let p = horner(simd, r, EXP_COEFFICIENTS);
    let y = (p * (r * r) + r) + S::f32s::splat(simd, 1.0);
    let power = (t.to_bits() - ROUNDER.to_bits() + 127) << 23;
    y * S::f32s::from_bits(power)
}

/// As [`crate::math::tanh`].
#[inline(always)]
pub(crate) fn tanh<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let a = x.abs();
    let z = a * a;
    let p = horner(simd, z, TANH_COEFFICIENTS);
    let small = ((p * z) * a) + a;
    let large = S::f32s::splat(simd, 1.0)
        - S::f32s::splat(simd, 2.0) / (exp(simd, a + a) + S::f32s::splat(simd, 1.0));
    let y = a.simd_lt(S::f32s::splat(simd, 0.625)).select(small, large);
    x.simd_lt(S::f32s::splat(simd, 0.0)).select(-y, y)
}

/// σ(s) and σ(−s), as [`crate::math::sigmoid`] of each, from one exponential and one division: both have
/// |s| under them. A NaN is below and above nothing, so it takes the same side in both.
#[inline(always)]
pub(crate) fn sigmoid_both<S: Simd>(simd: S, s: S::f32s) -> [S::f32s; 2] {
    let e = exp(simd, -s.abs());
    let r = S::f32s::splat(simd, 1.0) / (S::f32s::splat(simd, 1.0) + e);
    let er = e * r;
    [
        s.simd_lt(S::f32s::splat(simd, 0.0)).select(er, r),
        s.simd_gt(S::f32s::splat(simd, 0.0)).select(er, r),
    ]
}

/// tanh of every number; the slice is a multiple of 16.
#[inline(always)]
pub(crate) fn tanh_all<S: Simd>(simd: S, values: &mut [f32]) {
    for lanes in values.chunks_exact_mut(S::f32s::LEN) {
        tanh(simd, S::f32s::from_slice(simd, lanes)).store_slice(lanes);
    }
}

/// As [`crate::kernels::scalar::tanh_backward`].
#[inline(always)]
pub(crate) fn tanh_backward<S: Simd>(simd: S, deltas: &mut [f32], outputs: &[f32]) {
    let width = S::f32s::LEN;
    for (deltas, outputs) in deltas.chunks_exact_mut(width).zip(outputs.chunks_exact(width)) {
        let (delta, y) = (
            S::f32s::from_slice(simd, deltas),
            S::f32s::from_slice(simd, outputs),
        );
        canonical(simd, delta * (S::f32s::splat(simd, 1.0) - y * y)).store_slice(deltas);
    }
}

/// As [`crate::kernels::scalar::output_deltas`], padding included; the caller clears it.
#[inline(always)]
pub(crate) fn output_deltas<S: Simd>(
    simd: S,
    (loss, role): (Loss, Role),
    logits: &[f32],
    deltas: &mut [f32],
    inverse: f32,
) {
    let width = S::f32s::LEN;
    let (inverse, two) = (S::f32s::splat(simd, inverse), S::f32s::splat(simd, 2.0));
    for (deltas, logits) in deltas.chunks_exact_mut(width).zip(logits.chunks_exact(width)) {
        let [p, q] = sigmoid_both(simd, S::f32s::from_slice(simd, logits));
        let (p, q) = (canonical(simd, p), canonical(simd, q));
        let delta = match (loss, role) {
            (Loss::Log, Role::Real) => -(S::f32s::splat(simd, REAL_WEIGHT) * q) * inverse,
            (Loss::Log, Role::Fake) => p * inverse,
            (Loss::Log, Role::Fooling) => -q * inverse,
            (Loss::LeastSquares, Role::Real | Role::Fooling) => -((two * q) * (p * q)) * inverse,
            (Loss::LeastSquares, Role::Fake) => ((two * p) * (p * q)) * inverse,
        };
        canonical(simd, delta).store_slice(deltas);
    }
}

/// `real = c(real + fake)`, of any length.
#[inline(always)]
pub(crate) fn join<S: Simd>(simd: S, real: &mut [f32], fake: &[f32]) {
    let width = S::f32s::LEN;
    let fake = &fake[..real.len()];
    let whole = real.len() / width * width;
    for (real, fake) in real.chunks_exact_mut(width).zip(fake.chunks_exact(width)) {
        let sum = S::f32s::from_slice(simd, real) + S::f32s::from_slice(simd, fake);
        canonical(simd, sum).store_slice(real);
    }
    for (real, fake) in real[whole..].iter_mut().zip(&fake[whole..]) {
        *real = crate::math::canonical(*real + *fake);
    }
}
