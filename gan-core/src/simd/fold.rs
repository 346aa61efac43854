//! The end of a sum over the batch: 16 partials to one number, for many sums at once.
//!
//! The contract folds the upper half of a sum's partials onto its lower half, four times. Interleaving two
//! sums does that for both: of [a0 b0 a1 b1 …] and [… a8 b8 a9 b9] the sum is [a0+a8, b0+b8, a1+a9, …], two
//! sums with half their partials in one vector.

use fearless_simd::Simd;
use fearless_simd::prelude::*;

use super::functions::canonical;
use crate::dense::LANES;

/// 1, 2, 4, 8 or 16 sums of 16 partials each, canonical, side by side.
#[inline(always)]
pub(crate) fn fold<S: Simd>(simd: S, partials: &[[f32; LANES]]) -> [f32; LANES] {
    let width = S::f32s::LEN;
    let mut sums = [0.0; LANES];
    let mut first = 0;
    while first < partials.len() {
        let together = (partials.len() - first).min(width);
        let mut live = [S::f32s::splat(simd, 0.0); LANES];
        for n in 0..together {
            live[n] = one_vector(simd, &partials[first + n]);
        }
        let mut half = together / 2;
        while half > 0 {
            for k in 0..half {
                let (lower, upper) = live[k].interleave(live[k + half]);
                live[k] = lower + upper;
            }
            half /= 2;
        }
        // Fewer sums than lanes: what is left of each folds onto itself, and then comes several times.
        let (mut sum, mut copies) = (live[0], 1);
        while together * copies < width {
            let (lower, upper) = sum.interleave(sum);
            sum = lower + upper;
            copies *= 2;
        }
        while copies > 1 && together > 1 {
            sum = sum.unzip_low(sum);
            copies /= 2;
        }
        canonical(simd, sum).store_slice(&mut sums[first..first + width]);
        first += width;
    }
    sums
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
