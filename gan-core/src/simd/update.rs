//! The optimisers on vectors: look whether all is finite, then store, as [`crate::optimizer`] has it.

use fearless_simd::Simd;
use fearless_simd::prelude::*;

use super::functions::canonical;
use crate::math::CANONICAL_SQUARE_LEAST;
use crate::optimizer::{Adam, BETA_1, BETA_2, EPSILON, K_1, K_2, NotFinite, sgd as sgd_next};
use crate::profile::Reference;

#[inline(always)]
fn finite<S: Simd>(simd: S, x: S::f32s) -> bool {
    // NaN is below nothing.
    x.abs().simd_le(S::f32s::splat(simd, f32::MAX)).all_true()
}

/// As [`crate::kernels::scalar::sgd`].
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
    let rates = S::f32s::splat(simd, rate);
    let next = |x: &[f32], g: &[f32]| {
        canonical(
            simd,
            S::f32s::from_slice(simd, x) - rates * S::f32s::from_slice(simd, g),
        )
    };
    let rest = parameters[whole..].iter().zip(&gradients[whole..]);
    let mut lanes = parameters.chunks_exact(width).zip(gradients.chunks_exact(width));
    let all_finite = lanes.all(|(x, g)| finite(simd, next(x, g)))
        && rest.clone().all(|(x, g)| sgd_next(rate, *x, *g).is_finite());
    if !all_finite {
        return Err(NotFinite);
    }
    for (x, g) in parameters
        .chunks_exact_mut(width)
        .zip(gradients.chunks_exact(width))
    {
        next(x, g).store_slice(x);
    }
    for (x, g) in parameters[whole..].iter_mut().zip(&gradients[whole..]) {
        *x = sgd_next(rate, *x, *g);
    }
    Ok(())
}

/// As [`crate::kernels::scalar::adam`].
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
    let number = |value: f32| S::f32s::splat(simd, value);
    let next = |x: &[f32], g: &[f32], m: &[f32], v: &[f32]| {
        let [x, g, m, v] = [x, g, m, v].map(|lanes| S::f32s::from_slice(simd, lanes));
        let m = canonical(simd, number(BETA_1) * m + number(K_1) * g);
        let v = number(BETA_2) * v + number(K_2) * (g * g);
        let v = v
            .abs()
            .simd_lt(number(CANONICAL_SQUARE_LEAST))
            .select(number(0.0), v);
        let denominator = (v / number(step.correction_2)).sqrt() + number(EPSILON);
        let change = number(step.rate) * ((m / number(step.correction_1)) / denominator);
        [canonical(simd, x - change), m, v]
    };
    let single = |x: f32, g: f32, m: f32, v: f32| step.next::<Reference>(x, g, m, v);
    for at in (0..whole).step_by(width) {
        let lanes = at..at + width;
        let now = next(
            &parameters[lanes.clone()],
            &gradients[lanes.clone()],
            &means[lanes.clone()],
            &squares[lanes],
        );
        if !now.into_iter().all(|value| finite(simd, value)) {
            return Err(NotFinite);
        }
    }
    for i in whole..count {
        let now = single(parameters[i], gradients[i], means[i], squares[i]);
        if !now.into_iter().all(f32::is_finite) {
            return Err(NotFinite);
        }
    }
    for at in (0..whole).step_by(width) {
        let lanes = at..at + width;
        let (x, m, v) = (
            &mut parameters[lanes.clone()],
            &mut means[lanes.clone()],
            &mut squares[lanes.clone()],
        );
        let now = next(x, &gradients[lanes], m, v);
        for (place, value) in [x, m, v].into_iter().zip(now) {
            value.store_slice(place);
        }
    }
    for i in whole..count {
        [parameters[i], means[i], squares[i]] = single(parameters[i], gradients[i], means[i], squares[i]);
    }
    Ok(())
}
