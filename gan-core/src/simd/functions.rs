//! The contract's functions of [`crate::math`] on vectors, and what is applied to whole rows with them.

use fearless_simd::Simd;
use fearless_simd::prelude::*;

use crate::configuration::Loss;
use crate::kernels::scalar;
use crate::loss::{Objective, Role};
use crate::math::{
    CANONICAL_LEAST, EXP_COEFFICIENTS, LN_2_HIGH, LN_2_LOW, LOG2_E, ROUNDER, TANH_COEFFICIENTS,
};
use crate::profile::Reference;

/// Vector form of [`crate::math::canonical`]. It compares bits, so that a NaN is above all: it
/// stays, without a mask turned over.
#[inline(always)]
pub(crate) fn canonical<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let below = S::i32s::splat(simd, CANONICAL_LEAST.to_bits() as i32 - 1);
    let bits: S::i32s = x.abs().bitcast();
    bits.simd_gt(below).select(x, S::f32s::splat(simd, 0.0))
}

/// `N` vectors that take a function's steps together: each step waits for the one before, and the other
/// vectors' fill that time.
pub(crate) type Vectors<S, const N: usize> = [<S as Simd>::f32s; N];

/// How many go together: as many as a row of 150 samples is made of evenly.
/// Ten were slower: their code is too large for the instruction cache.
const TOGETHER: usize = 5;

#[inline(always)]
fn load<S: Simd, const N: usize>(simd: S, values: &[f32]) -> Vectors<S, N> {
    let mut vectors = [S::f32s::splat(simd, 0.0); N];
    for n in 0..N {
        vectors[n] = S::f32s::from_slice(simd, &values[n * S::f32s::LEN..][..S::f32s::LEN]);
    }
    vectors
}

#[inline(always)]
fn store<S: Simd, const N: usize>(vectors: Vectors<S, N>, values: &mut [f32]) {
    for n in 0..N {
        vectors[n].store_slice(&mut values[n * S::f32s::LEN..][..S::f32s::LEN]);
    }
}

#[inline(always)]
fn horner<S: Simd, const N: usize, const C: usize>(
    simd: S,
    x: Vectors<S, N>,
    coefficients: [u32; C],
) -> Vectors<S, N> {
    let mut p = [S::f32s::splat(simd, f32::from_bits(coefficients[0])); N];
    for c in &coefficients[1..] {
        for n in 0..N {
            p[n] = p[n] * x[n] + S::f32s::splat(simd, f32::from_bits(*c));
        }
    }
    p
}

/// Vector form of [`crate::math::exp`].
#[inline(always)]
pub(crate) fn exp<S: Simd, const N: usize>(simd: S, mut x: Vectors<S, N>) -> Vectors<S, N> {
    let least = S::f32s::splat(simd, -87.0);
    for n in 0..N {
        x[n] = at_most_88(simd, x[n]);
        x[n] = x[n].simd_gt(least).select(x[n], least);
    }
    exp_within(simd, x)
}

/// The smaller of a number and 88; 88 for a NaN too.
#[inline(always)]
fn at_most_88<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let most = S::f32s::splat(simd, 88.0);
    x.simd_lt(most).select(x, most)
}

/// exp of what is between −87 and 88.
#[inline(always)]
fn exp_within<S: Simd, const N: usize>(simd: S, mut x: Vectors<S, N>) -> Vectors<S, N> {
    let rounder = S::f32s::splat(simd, ROUNDER);
    let (mut t, mut r) = (x, x);
    for n in 0..N {
        t[n] = x[n] * S::f32s::splat(simd, LOG2_E) + rounder;
    }
    for n in 0..N {
        let k = t[n] - rounder;
        r[n] = (x[n] - k * S::f32s::splat(simd, LN_2_HIGH)) - k * S::f32s::splat(simd, LN_2_LOW);
    }
    let p = horner(simd, r, EXP_COEFFICIENTS);
    for n in 0..N {
        let y = (p[n] * (r[n] * r[n]) + r[n]) + S::f32s::splat(simd, 1.0);
        let power = (t[n].to_bits() - ROUNDER.to_bits() + 127) << 23;
        x[n] = y * S::f32s::from_bits(power);
    }
    x
}

/// Vector form of [`crate::math::tanh`].
#[inline(always)]
pub(crate) fn tanh<S: Simd, const N: usize>(simd: S, mut x: Vectors<S, N>) -> Vectors<S, N> {
    let (one, zero) = (S::f32s::splat(simd, 1.0), S::f32s::splat(simd, 0.0));
    let (mut a, mut z, mut twice) = (x, x, x);
    for n in 0..N {
        a[n] = x[n].abs();
        z[n] = a[n] * a[n];
        // Never below 0: only exp's upper bound can be met.
        twice[n] = at_most_88(simd, a[n] + a[n]);
    }
    let p = horner(simd, z, TANH_COEFFICIENTS);
    let e = exp_within(simd, twice);
    for n in 0..N {
        let small = ((p[n] * z[n]) * a[n]) + a[n];
        let large = one - S::f32s::splat(simd, 2.0) / (e[n] + one);
        let y = a[n].simd_lt(S::f32s::splat(simd, 0.625)).select(small, large);
        x[n] = x[n].simd_lt(zero).select(-y, y);
    }
    x
}

/// σ(s) and σ(−s), as [`crate::math::sigmoid`] of each, from one exponential and one division: both have
/// |s| under them. A NaN is below and above nothing, so it takes the same side in both.
#[inline(always)]
pub(crate) fn sigmoid_both<S: Simd, const N: usize>(simd: S, s: Vectors<S, N>) -> [Vectors<S, N>; 2] {
    let (one, zero) = (S::f32s::splat(simd, 1.0), S::f32s::splat(simd, 0.0));
    let (mut p, mut q) = (s, s);
    for n in 0..N {
        p[n] = -s[n].abs();
    }
    let e = exp(simd, p);
    for n in 0..N {
        let r = one / (one + e[n]);
        let er = e[n] * r;
        p[n] = s[n].simd_lt(zero).select(er, r);
        q[n] = s[n].simd_gt(zero).select(er, r);
    }
    [p, q]
}

/// Vector form of [`crate::kernels::scalar::split_pairs`], of any length.
#[inline(always)]
pub(crate) fn split_pairs<S: Simd>(simd: S, pairs: &[f32], x: &mut [f32], y: &mut [f32]) {
    let width = S::f32s::LEN;
    let mut vectors = pairs.chunks_exact(2 * width);
    let (mut xs, mut ys) = (x.chunks_exact_mut(width), y.chunks_exact_mut(width));
    for ((pairs, x), y) in (&mut vectors).zip(&mut xs).zip(&mut ys) {
        let [first, second] = load::<S, 2>(simd, pairs);
        let (all_x, all_y) = first.deinterleave(second);
        all_x.store_slice(x);
        all_y.store_slice(y);
    }
    scalar::split_pairs(vectors.remainder(), xs.into_remainder(), ys.into_remainder());
}

/// tanh of every number; the slice is a multiple of 16.
#[inline(always)]
pub(crate) fn tanh_all<S: Simd>(simd: S, values: &mut [f32]) {
    let width = S::f32s::LEN;
    let mut groups = values.chunks_exact_mut(TOGETHER * width);
    for lanes in &mut groups {
        tanh_group::<S, TOGETHER>(simd, lanes);
    }
    for lanes in groups.into_remainder().chunks_exact_mut(width) {
        tanh_group::<S, 1>(simd, lanes);
    }
}

#[inline(always)]
fn tanh_group<S: Simd, const N: usize>(simd: S, lanes: &mut [f32]) {
    store::<S, N>(tanh(simd, load::<S, N>(simd, lanes)), lanes);
}

/// Vector form of [`crate::kernels::scalar::tanh_backward`].
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

/// Vector form of [`crate::kernels::scalar::output_deltas`], padding included; the caller clears
/// it.
///
/// Fake samples are real ones seen from the other side: σ(s) is σ(−s) of the flipped logit, and the delta
/// is negative. Both, and the real batch's weight, are factors whose products are exact or the contract's
/// own, so that one loop serves all roles. Labels of 1 and 0 have a loop without them.
#[inline(always)]
pub(crate) fn output_deltas<S: Simd>(
    simd: S,
    objective: &Objective,
    role: Role,
    logits: &[f32],
    deltas: &mut [f32],
    inverse: f32,
) {
    use Loss::{Flipped, Hinge, LeastSquares, Log, Minimax, Wasserstein};
    let (side, weight) = match (objective.loss, role) {
        (Log | Minimax, Role::Real) => (1.0, objective.real_weight),
        (Flipped, Role::Real) => (-1.0, -objective.real_weight),
        (Log | LeastSquares, Role::Fooling) | (LeastSquares, Role::Real) | (Flipped, Role::Fake) => {
            (1.0, 1.0)
        }
        (Log | Minimax | LeastSquares, Role::Fake) | (Flipped, Role::Fooling) => (-1.0, -1.0),
        (Minimax, Role::Fooling) => (-1.0, 1.0),
        // Comparisons alone: the plain loop is as fast.
        (Wasserstein | Hinge, _) => {
            return scalar::output_deltas::<Reference>(objective, role, logits, deltas, inverse);
        }
    };
    // Labels of D's own probability as seen from this side, and of the other's.
    let [label, other] = match role {
        Role::Real => [objective.real_label, 1.0 - objective.real_label],
        Role::Fake => [1.0 - objective.fake_label, objective.fake_label],
        Role::Fooling => [1.0, 0.0],
    };
    let [inverse, two, weight] = [inverse, 2.0, weight].map(|x| S::f32s::splat(simd, x));
    let log = |x: S::f32s| -(weight * x) * inverse;
    let least_squares = |x: S::f32s, p: S::f32s, q: S::f32s| -(weight * ((two * x) * (p * q))) * inverse;
    if [label, other] == [1.0, 0.0] {
        return match objective.loss {
            LeastSquares => delta_row(simd, side, logits, deltas, |p, q| least_squares(q, p, q)),
            _ => delta_row(simd, side, logits, deltas, |_, q| log(q)),
        };
    }
    let [label, other] = [label, other].map(|x| S::f32s::splat(simd, x));
    match objective.loss {
        LeastSquares => delta_row(simd, side, logits, deltas, |p, q| {
            least_squares(label * q - other * p, p, q)
        }),
        _ => delta_row(simd, side, logits, deltas, |p, q| log(label * q - other * p)),
    }
}

/// `c(delta(p, q))` of a row, p and q being c(σ(s)) and c(σ(−s)) of the logits times `side`.
#[inline(always)]
fn delta_row<S: Simd>(
    simd: S,
    side: f32,
    logits: &[f32],
    deltas: &mut [f32],
    delta: impl Fn(S::f32s, S::f32s) -> S::f32s + Copy,
) {
    let width = S::f32s::LEN;
    let side = S::f32s::splat(simd, side);
    let mut to = deltas.chunks_exact_mut(TOGETHER * width);
    let mut from = logits.chunks_exact(TOGETHER * width);
    for (deltas, logits) in (&mut to).zip(&mut from) {
        delta_group::<S, TOGETHER>(simd, side, logits, deltas, delta);
    }
    let rest = to.into_remainder().chunks_exact_mut(width);
    for (deltas, logits) in rest.zip(from.remainder().chunks_exact(width)) {
        delta_group::<S, 1>(simd, side, logits, deltas, delta);
    }
}

#[inline(always)]
fn delta_group<S: Simd, const N: usize>(
    simd: S,
    side: S::f32s,
    logits: &[f32],
    deltas: &mut [f32],
    delta: impl Fn(S::f32s, S::f32s) -> S::f32s,
) {
    let mut results = load::<S, N>(simd, logits);
    for n in 0..N {
        results[n] *= side;
    }
    let [p, q] = sigmoid_both(simd, results);
    for n in 0..N {
        results[n] = canonical(simd, delta(canonical(simd, p[n]), canonical(simd, q[n])));
    }
    store::<S, N>(results, deltas);
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
