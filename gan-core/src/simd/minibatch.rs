//! Minibatch discrimination's comparisons of all samples with all others, in vectors of samples.
//!
//! A lane is a sample and goes through the others in their order; what it would be compared with itself adds
//! +0, which changes no sum that began at +0.

use fearless_simd::Simd;
use fearless_simd::prelude::*;

use super::functions::{Vectors, exp};
use crate::dense::{LANES, stride};
use crate::shape::KERNEL_DIMENSIONS;
use crate::techniques::minibatch::rows_of_kernel;

/// Vectors of samples that go together, as the exponential's steps wait for one another.
const TOGETHER: usize = 4;

/// The numbers of the widest vector's lanes.
const LANE_NUMBERS: [f32; LANES] = {
    let mut numbers = [0.0; LANES];
    let mut lane = 0;
    while lane < LANES {
        numbers[lane] = lane as f32;
        lane += 1;
    }
    numbers
};

/// Vector form of [`crate::techniques::minibatch::compare`].
#[inline(always)]
pub(crate) fn compare<S: Simd>(simd: S, numbers: &[f32], outputs: &mut [f32], samples: usize) {
    let (stride, width) = (stride(samples), S::f32s::LEN);
    let kernels = numbers.chunks_exact(KERNEL_DIMENSIONS * stride);
    for (numbers, outputs) in kernels.zip(outputs.chunks_exact_mut(stride)) {
        let rows = rows_of_kernel(numbers);
        let mut first = 0;
        while first + TOGETHER * width <= stride {
            compare_group::<S, TOGETHER>(simd, rows, outputs, samples, first);
            first += TOGETHER * width;
        }
        while first < stride {
            compare_group::<S, 1>(simd, rows, outputs, samples, first);
            first += width;
        }
        outputs[samples..].fill(0.0);
    }
}

/// `N` vectors of samples from the `first` on, and their numbers.
struct Group<S: Simd, const N: usize> {
    numbers: [Vectors<S, N>; KERNEL_DIMENSIONS],
    /// Which samples they are.
    samples: Vectors<S, N>,
}

impl<S: Simd, const N: usize> Group<S, N> {
    #[inline(always)]
    fn of(simd: S, rows: [&[f32]; KERNEL_DIMENSIONS], first: usize) -> Self {
        let (zero, width) = (S::f32s::splat(simd, 0.0), S::f32s::LEN);
        let mut group = Self {
            numbers: [[zero; N]; KERNEL_DIMENSIONS],
            samples: [zero; N],
        };
        let lanes = S::f32s::from_slice(simd, &LANE_NUMBERS[..width]);
        for v in 0..N {
            let at = first + v * width;
            group.samples[v] = lanes + S::f32s::splat(simd, at as f32);
            for c in 0..KERNEL_DIMENSIONS {
                group.numbers[c][v] = S::f32s::from_slice(simd, &rows[c][at..at + width]);
            }
        }
        group
    }

    /// How alike each is to another, which is 0 to itself.
    #[inline(always)]
    fn likeness(&self, simd: S, other: [S::f32s; KERNEL_DIMENSIONS], m: usize) -> Vectors<S, N> {
        let (zero, m) = (S::f32s::splat(simd, 0.0), S::f32s::splat(simd, m as f32));
        let mut e = [zero; N];
        for v in 0..N {
            let x = (self.numbers[0][v] - other[0]).abs();
            let y = (self.numbers[1][v] - other[1]).abs();
            let z = (self.numbers[2][v] - other[2]).abs();
            e[v] = -(x + y + z);
        }
        let mut e = exp(simd, e);
        for v in 0..N {
            e[v] = self.samples[v].simd_eq(m).select(zero, e[v]);
        }
        e
    }
}

/// A sample's numbers in all lanes.
#[inline(always)]
fn spread<S: Simd>(simd: S, rows: [&[f32]; KERNEL_DIMENSIONS], m: usize) -> [S::f32s; KERNEL_DIMENSIONS] {
    let mut numbers = [S::f32s::splat(simd, 0.0); KERNEL_DIMENSIONS];
    for c in 0..KERNEL_DIMENSIONS {
        numbers[c] = S::f32s::splat(simd, rows[c][m]);
    }
    numbers
}

#[inline(always)]
fn compare_group<S: Simd, const N: usize>(
    simd: S,
    rows: [&[f32]; KERNEL_DIMENSIONS],
    outputs: &mut [f32],
    samples: usize,
    first: usize,
) {
    let width = S::f32s::LEN;
    let group = Group::<S, N>::of(simd, rows, first);
    let mut sums = [S::f32s::splat(simd, 0.0); N];
    for m in 0..samples {
        let e = group.likeness(simd, spread(simd, rows, m), m);
        for v in 0..N {
            sums[v] += e[v];
        }
    }
    let inverse = S::f32s::splat(simd, 1.0 / samples as f32);
    for v in 0..N {
        (sums[v] * inverse).store_slice(&mut outputs[first + v * width..][..width]);
    }
}

/// Vector form of [`crate::techniques::minibatch::compare_backward`].
#[inline(always)]
pub(crate) fn compare_backward<S: Simd>(
    simd: S,
    numbers: &[f32],
    output_deltas: &[f32],
    number_deltas: &mut [f32],
    samples: usize,
) {
    let (stride, width) = (stride(samples), S::f32s::LEN);
    let kernels = numbers.chunks_exact(KERNEL_DIMENSIONS * stride);
    let number_deltas = number_deltas.chunks_exact_mut(KERNEL_DIMENSIONS * stride);
    for ((numbers, deltas), sums) in kernels.zip(output_deltas.chunks_exact(stride)).zip(number_deltas) {
        let rows = rows_of_kernel(numbers);
        let mut first = 0;
        while first + 2 * width <= stride {
            compare_backward_group::<S, 2>(simd, rows, deltas, sums, samples, first);
            first += 2 * width;
        }
        if first < stride {
            compare_backward_group::<S, 1>(simd, rows, deltas, sums, samples, first);
        }
        for row in sums.chunks_exact_mut(stride) {
            row[samples..].fill(0.0);
        }
    }
}

#[inline(always)]
fn compare_backward_group<S: Simd, const N: usize>(
    simd: S,
    rows: [&[f32]; KERNEL_DIMENSIONS],
    deltas: &[f32],
    number_deltas: &mut [f32],
    samples: usize,
    first: usize,
) {
    let (zero, width) = (S::f32s::splat(simd, 0.0), S::f32s::LEN);
    let inverse = S::f32s::splat(simd, 1.0 / samples as f32);
    let group = Group::<S, N>::of(simd, rows, first);
    let mut own = [zero; N];
    for v in 0..N {
        own[v] = S::f32s::from_slice(simd, &deltas[first + v * width..][..width]);
    }
    let mut sums = [[zero; N]; KERNEL_DIMENSIONS];
    for m in 0..samples {
        let other = spread(simd, rows, m);
        let delta = S::f32s::splat(simd, deltas[m]);
        let e = group.likeness(simd, other, m);
        for v in 0..N {
            let pull = ((own[v] + delta) * inverse) * e[v];
            for c in 0..KERNEL_DIMENSIONS {
                let below = group.numbers[c][v].simd_lt(other[c]).select(pull, zero);
                sums[c][v] += group.numbers[c][v].simd_gt(other[c]).select(-pull, below);
            }
        }
    }
    let stride = deltas.len();
    for c in 0..KERNEL_DIMENSIONS {
        for v in 0..N {
            sums[c][v].store_slice(&mut number_deltas[c * stride + first + v * width..][..width]);
        }
    }
}
