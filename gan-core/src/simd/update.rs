//! The optimisers on vectors: look whether all is finite, then store, as [`crate::optimizer`] has it.

use fearless_simd::Simd;
use fearless_simd::prelude::*;

use super::functions::canonical;
use crate::math::CANONICAL_SQUARE_LEAST;
use crate::optimizer::{Adam, EPSILON, NotFinite, sgd as sgd_next};
use crate::profile::Reference;

#[inline(always)]
fn finite<S: Simd>(simd: S, x: S::f32s) -> bool {
    // NaN is below nothing.
    x.abs().simd_le(S::f32s::splat(simd, f32::MAX)).all_true()
}

/// Vector form of [`crate::kernels::scalar::sgd`].
#[inline(always)]
pub(crate) fn sgd<S: Simd>(
    simd: S,
    rate: f32,
    parameters: &mut [f32],
    gradients: &[f32],
) -> Result<(), NotFinite> {
    let width = S::f32s::LEN;
    let gradients = &gradients[..parameters.len()];
    let whole = parameters.len() / width * width;
    for (x, g) in parameters.chunks_exact(width).zip(gradients.chunks_exact(width)) {
        if !finite(simd, descended(simd, rate, x, g)) {
            return Err(NotFinite);
        }
    }
    for (x, g) in parameters[whole..].iter().zip(&gradients[whole..]) {
        if !sgd_next(rate, *x, *g).is_finite() {
            return Err(NotFinite);
        }
    }
    for (x, g) in parameters
        .chunks_exact_mut(width)
        .zip(gradients.chunks_exact(width))
    {
        descended(simd, rate, x, g).store_slice(x);
    }
    for (x, g) in parameters[whole..].iter_mut().zip(&gradients[whole..]) {
        *x = sgd_next(rate, *x, *g);
    }
    Ok(())
}

#[inline(always)]
fn descended<S: Simd>(simd: S, rate: f32, x: &[f32], g: &[f32]) -> S::f32s {
    let step = S::f32s::splat(simd, rate) * S::f32s::from_slice(simd, g);
    canonical(simd, S::f32s::from_slice(simd, x) - step)
}

/// Vector form of [`crate::kernels::scalar::adam`].
#[inline(always)]
pub(crate) fn adam<S: Simd>(
    simd: S,
    step: &Adam,
    parameters: &mut [f32],
    gradients: &[f32],
    means: &mut [f32],
    squares: &mut [f32],
) -> Result<(), NotFinite> {
    let width = S::f32s::LEN;
    let count = parameters.len();
    let whole = count / width * width;
    let mut at = 0;
    while at < whole {
        let (x, g) = (&parameters[at..at + width], &gradients[at..at + width]);
        let [x, m, v] = adapted(simd, step, x, g, &means[at..at + width], &squares[at..at + width]);
        if !(finite(simd, x) && finite(simd, m) && finite(simd, v)) {
            return Err(NotFinite);
        }
        at += width;
    }
    for i in whole..count {
        let now = step.next::<Reference>(parameters[i], gradients[i], means[i], squares[i]);
        if !now.into_iter().all(f32::is_finite) {
            return Err(NotFinite);
        }
    }
    let mut at = 0;
    while at < whole {
        let (x, g) = (&mut parameters[at..at + width], &gradients[at..at + width]);
        let (m, v) = (&mut means[at..at + width], &mut squares[at..at + width]);
        let [next_x, next_m, next_v] = adapted(simd, step, x, g, m, v);
        next_x.store_slice(x);
        next_m.store_slice(m);
        next_v.store_slice(v);
        at += width;
    }
    for i in whole..count {
        [parameters[i], means[i], squares[i]] =
            step.next::<Reference>(parameters[i], gradients[i], means[i], squares[i]);
    }
    Ok(())
}

/// Parameters and both moments after a step, as [`Adam::next`].
#[inline(always)]
fn adapted<S: Simd>(simd: S, step: &Adam, x: &[f32], g: &[f32], m: &[f32], v: &[f32]) -> [S::f32s; 3] {
    let (x, g) = (S::f32s::from_slice(simd, x), S::f32s::from_slice(simd, g));
    let (m, v) = (S::f32s::from_slice(simd, m), S::f32s::from_slice(simd, v));
    let [[beta_1, k_1], [beta_2, k_2]] = step.betas;
    let m = canonical(
        simd,
        S::f32s::splat(simd, beta_1) * m + S::f32s::splat(simd, k_1) * g,
    );
    let v = S::f32s::splat(simd, beta_2) * v + S::f32s::splat(simd, k_2) * (g * g);
    let least = S::f32s::splat(simd, CANONICAL_SQUARE_LEAST);
    let v = v.abs().simd_lt(least).select(S::f32s::splat(simd, 0.0), v);
    let spread = (v / S::f32s::splat(simd, step.correction_2)).sqrt() + S::f32s::splat(simd, EPSILON);
    let mean = m / S::f32s::splat(simd, step.correction_1);
    [
        canonical(simd, x - S::f32s::splat(simd, step.rate) * (mean / spread)),
        m,
        v,
    ]
}
