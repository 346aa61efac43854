//! NDB, the number of statistically different bins (Richardson and Weiss 2018, *On GANs and GMMs*, section 3).
//!
//! K-means divides the plane into the Voronoi cells of a real set. If generated samples came from the same
//! distribution, each cell would have the same share of them as of the real ones, but for chance. A two-proportion
//! z-test per cell tells chance from difference, and NDB counts the cells that differ; NDB/K is about
//! [`SIGNIFICANCE`] for a perfect generator and near 1 for a collapsed one. Unlike the cells of a grid those of
//! K-means are as many where samples are dense as they are far apart, and the test needs no smoothing.
//!
//! K-means is Lloyd's (1982), begun at every ⌊n/K⌋-th real point: drawn independently they are a random choice
//! without a random number (Forgy 1965), and the same on every machine. It stops after [`MOST_ROUNDS`]: any cells
//! that the real set alone decided on make the test valid.

use heapless::Vec;

use crate::target::Point;

/// Level of significance of each bin's test, as in the paper: of bins that do not differ so many seem to.
pub const SIGNIFICANCE: f64 = 0.05;
/// The most rounds of K-means.
pub const MOST_ROUNDS: usize = 20;

/// Cells of a real set, at most `K` of them, and how many of its points are in each. 2.4 KiB for 100.
///
/// ```
/// use gan_core::gan::draw_real;
/// use gan_core::measures::Bins;
/// use gan_core::random::{Purpose, Stream};
/// use gan_core::{Preset, Reference};
///
/// let mut real = [[0.0; 2]; 2000];
/// let stream = Stream::new(7, Purpose::EvaluationReal);
/// draw_real::<Reference>(&Preset::Ring.configuration(), &[], stream, &mut real);
/// let bins = Bins::<20>::of(&real).expect("more points than bins");
/// let same = bins.compare(&real).expect("points are compared");
/// let collapsed = bins.compare(&[real[0]; 2000]).expect("points are compared");
/// assert_eq!((same.ndb(), collapsed.ndb()), (0, bins.len()));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Bins<const K: usize = 100> {
    /// In order of x, then of y.
    centres: Vec<[f64; 2], K>,
    /// Real points in each.
    real: Vec<u32, K>,
    /// Real points in all.
    total: u32,
}

/// How a generated set differs from the real one.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<const K: usize = 100> {
    /// The generated set's share of each bin less the real one's, in standard errors; positive: too
    /// many.
    pub scores: Vec<f64, K>,
}

impl<const K: usize> Bins<K> {
    /// Bins of real points. `None` if these are fewer than `K` or not all finite. Bins that no
    /// point falls into, as when points are the same, are left out.
    #[must_use]
    pub fn of(real: &[Point]) -> Option<Self> {
        const { assert!(K > 0, "there is no cell to be in") }
        if real.len() < K || !real.as_flattened().iter().all(|x| x.is_finite()) {
            return None;
        }
        let first = real.iter().step_by(real.len() / K).take(K);
        let mut bins = Self {
            centres: first.map(|point| point.map(f64::from)).collect(),
            real: Vec::new(),
            total: real.len().try_into().unwrap_or(u32::MAX),
        };
        for _ in 0..MOST_ROUNDS {
            if !bins.improve(real) {
                break;
            }
        }
        bins.sort();
        bins.real = bins.counts(real);
        let mut counts = bins.real.iter();
        bins.centres
            .retain(|_| counts.next().is_some_and(|count| *count > 0));
        bins.real.retain(|count| *count > 0);
        Some(bins)
    }

    /// A round of Lloyd's: each centre goes to the mean of the points that are nearest to it. Whether one moved.
    fn improve(&mut self, real: &[Point]) -> bool {
        self.sort();
        let (mut sums, mut counts) = ([[0.0; 2]; K], [0_u32; K]);
        for point in real {
            let nearest = self.nearest(*point);
            for (sum, coordinate) in sums[nearest].iter_mut().zip(point) {
                *sum += f64::from(*coordinate);
            }
            counts[nearest] += 1;
        }
        let mut moved = false;
        for ((centre, sum), count) in self.centres.iter_mut().zip(sums).zip(counts) {
            // One with no point stays where it is.
            if count > 0 {
                let mean = sum.map(|sum| sum / f64::from(count));
                moved |= *centre != mean;
                *centre = mean;
            }
        }
        moved
    }

    /// Puts centres in order of x: from a point's place among them only those are looked at that may be nearest.
    fn sort(&mut self) {
        self.centres
            .sort_unstable_by(|[x, y], [u, v]| x.total_cmp(u).then(y.total_cmp(v)));
    }

    /// The bin that a finite point falls into: that of the nearest centre, of several the first.
    #[must_use]
    pub fn nearest(&self, point: Point) -> usize {
        let [x, y] = point.map(f64::from);
        let square = |a: f64| a * a;
        let right = self.centres.partition_point(|[u, _]| *u < x);
        let mut best = (f64::INFINITY, 0);
        for (index, [u, v]) in self.centres.iter().enumerate().skip(right) {
            if square(u - x) > best.0 {
                break;
            }
            let distance = square(u - x) + square(v - y);
            if distance < best.0 {
                best = (distance, index);
            }
        }
        for (index, [u, v]) in self.centres[..right].iter().enumerate().rev() {
            if square(u - x) > best.0 {
                break;
            }
            let distance = square(u - x) + square(v - y);
            if distance <= best.0 {
                best = (distance, index);
            }
        }
        best.1
    }

    /// How many points fall into each bin; those that are not finite into none.
    #[must_use]
    pub fn counts(&self, points: &[Point]) -> Vec<u32, K> {
        let mut counts = Vec::new();
        counts.resize(self.centres.len(), 0).expect("there are at most K");
        for point in points {
            if point.iter().all(|x| x.is_finite()) {
                counts[self.nearest(*point)] += 1;
            }
        }
        counts
    }

    /// The two-proportion z-test of each bin, with m of M generated and n of N real points in it:
    /// `z = (m/M − n/N) / √(p·(1 − p)·(1/M + 1/N))`, `p = (m + n)/(M + N)`. If all points or none
    /// are in the bin there is no difference. `None` without generated points.
    #[must_use]
    pub fn compare(&self, generated: &[Point]) -> Option<Difference<K>> {
        self.compare_counts(&self.counts(generated), generated.len())
    }

    /// Compares how many of so many generated points fall into each bin; otherwise as
    /// [`Self::compare`].
    #[must_use]
    pub fn compare_counts(&self, counts: &[u32], points: usize) -> Option<Difference<K>> {
        let points = points as f64;
        let real = f64::from(self.total);
        let score = |(m, n): (&u32, &u32)| {
            let (m, n) = (f64::from(*m), f64::from(*n));
            let p = (m + n) / (points + real);
            let error = libm::sqrt(p * (1.0 - p) * (1.0 / points + 1.0 / real));
            if error > 0.0 {
                (m / points - n / real) / error
            } else {
                0.0
            }
        };
        (points > 0.0).then(|| Difference {
            scores: counts.iter().zip(&self.real).map(score).collect(),
        })
    }

    /// Bins there are: K, unless some had no point.
    #[must_use]
    pub fn len(&self) -> usize {
        self.centres.len()
    }

    /// Never: there is a point, and so a bin.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.centres.is_empty()
    }

    /// The middle of each bin, `[x, y]`.
    #[must_use]
    pub fn centres(&self) -> &[[f64; 2]] {
        &self.centres
    }

    /// Real points in each bin.
    #[must_use]
    pub fn real(&self) -> &[u32] {
        &self.real
    }
}

impl<const K: usize> Difference<K> {
    /// NDB: bins whose share differs at [`SIGNIFICANCE`], 0–K.
    #[must_use]
    pub fn ndb(&self) -> usize {
        self.scores.iter().filter(|score| is_significant(**score)).count()
    }

    /// NDB/K, 0–1.
    #[must_use]
    pub fn score(&self) -> f64 {
        self.ndb() as f64 / self.scores.len() as f64
    }
}

/// Whether a standard normal number is so far from 0 that chance would bring it there less often than
/// [`SIGNIFICANCE`] says, on either side: |z| > 1.96.
#[must_use]
pub fn is_significant(score: f64) -> bool {
    libm::erfc(score.abs() * core::f64::consts::FRAC_1_SQRT_2) < SIGNIFICANCE
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::gan::draw_real;
    use crate::random::{Purpose, Stream};
    use crate::{Configuration, Preset, Reference, Target};
    use std::vec;
    use std::vec::Vec as Many;

    fn samples(target: Target, seed: u64, count: usize) -> Many<Point> {
        let configuration = Configuration {
            target,
            ..Preset::Ring.configuration()
        };
        let mut samples = vec![[0.0; 2]; count];
        let stream = Stream::new(seed, Purpose::EvaluationReal);
        draw_real::<Reference>(&configuration, &[[0.5; 2], [0.2; 2]], stream, &mut samples);
        samples
    }

    #[test]
    fn two_real_sets_differ_about_as_often_as_the_level_says() {
        let (mut sum, mut count) = (0.0, 0.0);
        for target in Target::ALL {
            let score = |seed: u64| {
                let bins = Bins::<100>::of(&samples(target, seed, 10_000)).unwrap();
                assert_eq!(bins.len(), 100);
                bins.compare(&samples(target, seed + 50, 10_000)).unwrap().score()
            };
            let scores: Many<f64> = (1..=4).map(score).collect();
            std::println!("{target:?}: {scores:?}");
            assert!(
                scores.iter().all(|score| *score <= 0.15),
                "{target:?}: {scores:?}"
            );
            sum += scores.iter().sum::<f64>();
            count += scores.len() as f64;
        }
        // The bins were fitted to one of the sets, which makes them differ a little more often.
        let mean = sum / count;
        assert!((0.03..0.08).contains(&mean), "{mean}");
    }

    #[test]
    fn a_collapsed_generator_differs_everywhere() {
        for target in [Target::Ring, Target::Eight, Target::Line] {
            let bins = Bins::<100>::of(&samples(target, 1, 10_000)).unwrap();
            let dot = [samples(target, 2, 1)[0]; 10_000];
            let difference = bins.compare(&dot).unwrap();
            assert!(difference.score() >= 0.99, "{target:?}: {}", difference.score());
            let many = difference.scores.iter().filter(|score| **score > 0.0).count();
            assert_eq!(many, 1, "{target:?}");
            assert!(difference.scores[bins.nearest(dot[0])] > 0.0);
            // Nowhere at all.
            let nowhere = bins.compare(&[[f32::NAN, 0.5]; 10_000]).unwrap();
            assert_eq!(nowhere.ndb(), 100);
        }
    }

    #[test]
    fn the_nearest_centre_is_found_where_a_plain_search_finds_it() {
        for target in Target::ALL {
            let bins = Bins::<60>::of(&samples(target, 3, 2_000)).unwrap();
            let far = [[-3.0, 0.5], [0.5, 9.0], [f32::MAX, 0.0], [0.0, f32::MIN]];
            for point in samples(target, 4, 2_000).into_iter().chain(far) {
                let distance = |[u, v]: [f64; 2]| {
                    let [x, y] = point.map(f64::from);
                    (u - x) * (u - x) + (v - y) * (v - y)
                };
                let least = bins
                    .centres
                    .iter()
                    .map(|c| distance(*c))
                    .fold(f64::INFINITY, f64::min);
                let plain = bins.centres.iter().position(|c| distance(*c) <= least);
                assert_eq!(Some(bins.nearest(point)), plain, "{target:?} {point:?}");
            }
        }
    }

    #[test]
    fn every_centre_is_the_mean_of_its_points_when_k_means_rests() {
        // Four far clusters, and one centre in each to begin with.
        let corner = |n: usize| [(n % 2) as f32, (n / 2 % 2) as f32];
        let near = |n: usize| corner(n).map(|x| x + 0.01 * (n / 4) as f32);
        let points: Many<Point> = (0..20).map(|n| near((n * 4 + n / 5) % 20)).collect();
        let bins = Bins::<4>::of(&points).unwrap();
        assert_eq!(bins.real(), [5; 4]);
        for (centre, expected) in bins.centres().iter().zip([[0, 0], [0, 1], [1, 0], [1, 1]]) {
            for (x, at) in centre.iter().zip(expected) {
                assert!((x - (f64::from(at) + 0.02)).abs() < 1e-7, "{:?}", bins.centres());
            }
        }
    }

    #[test]
    fn points_that_are_the_same_share_a_bin_and_too_few_have_none() {
        let mut points = vec![[0.25, 0.5]; 30];
        points.extend([[0.75, 0.5]; 10]);
        let bins = Bins::<10>::of(&points).unwrap();
        assert_eq!((bins.len(), bins.real()), (2, &[30, 10][..]));
        assert_eq!(bins.compare(&points).unwrap().ndb(), 0);
        assert_eq!(bins.compare(&[]), None);
        assert_eq!(Bins::<10>::of(&points[..9]), None);
        points[3] = [f32::INFINITY, 0.0];
        assert_eq!(Bins::<10>::of(&points), None);
    }

    #[test]
    fn the_level_of_significance_is_two_sided() {
        for (score, significant) in [(1.9599, false), (-1.9599, false), (1.9600, true), (-1.9600, true)] {
            assert_eq!(is_significant(score), significant, "{score}");
        }
        assert!(!is_significant(f64::NAN) && !is_significant(0.0) && is_significant(f64::INFINITY));
    }
}
