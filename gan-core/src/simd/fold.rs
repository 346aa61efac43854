//! The end of a sum over the batch: 16 partials to one number, for many sums at once.
//!
//! The contract folds the upper half of a sum's partials onto its lower half, four times. Interleaving two
//! sums does that for both: of [a0 b0 a1 b1 …] and [… a8 b8 a9 b9] the sum is [a0+a8, b0+b8, a1+a9, …], two
//! sums with half their partials in one vector. A vector that is alone is interleaved with itself.

use fearless_simd::Simd;
use fearless_simd::prelude::*;

use super::functions::canonical;
use crate::dense::LANES;

/// Sums of 16 partials each, canonical.
#[inline(always)]
pub(crate) fn fold<S: Simd>(simd: S, partials: &[[f32; LANES]], sums: &mut [f32]) {
    let width = S::f32s::LEN;
    let together = partials.chunks(width);
    for (partials, sums) in together.zip(sums.chunks_mut(width)) {
        let mut live = [S::f32s::splat(simd, 0.0); LANES];
        let mut count = partials.len();
        for n in 0..count {
            live[n] = one_vector(simd, &partials[n]);
        }
        let mut left = width;
        while left > 1 {
            let half = count / 2;
            if half == 0 {
                let (lower, upper) = live[0].interleave(live[0]);
                live[0] = lower + upper;
            }
            for k in 0..half {
                let (lower, upper) = live[k].interleave(live[k + half]);
                live[k] = lower + upper;
            }
            count = half.max(1);
            left /= 2;
        }
        let mut all = [0.0; LANES];
        canonical(simd, live[0]).store_slice(&mut all[..width]);
        let apart = width / sums.len();
        for k in 0..sums.len() {
            sums[k] = all[k * apart];
        }
    }
}

/// The partials of a sum in as many as a vector has lanes.
#[inline(always)]
fn one_vector<S: Simd>(simd: S, partials: &[f32; LANES]) -> S::f32s {
    let width = S::f32s::LEN;
    let mut vectors = [S::f32s::splat(simd, 0.0); LANES / 4];
    let mut count = LANES / width;
    for n in 0..count {
        vectors[n] = S::f32s::from_slice(simd, &partials[n * width..(n + 1) * width]);
    }
    while count > 1 {
        count /= 2;
        for n in 0..count {
            vectors[n] += vectors[n + count];
        }
    }
    vectors[0]
}
