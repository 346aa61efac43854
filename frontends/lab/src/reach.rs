//! How fake samples lie to the real ones: what they miss, what they invent, and whether D tells them apart.
//!
//! After precision and recall for generative models (Sajjadi et al. 2018; Kynkäänniemi et al. 2019), with the real
//! set's bins ([`gan_core::measures::bins`]) in the place of neighbourhoods, which are there already and cost nothing more.

use gan_core::Point;
use gan_core::measures::{Bins, Difference};

/// A bin is missed when its share of the fake samples is less than this part of its share of the real ones.
pub const HARDLY: f64 = 0.1;
/// A fake sample lies where real ones do when it is within so many scatters of the nearest bin's centre. 98 % of
/// the real samples of GAN Lab's targets do.
pub const NEAR: f64 = 2.5;
/// Samples, of each side, at which D's outputs are compared.
const COMPARED: usize = 500;

/// How fake samples lie to the real ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// Share of the real samples in bins that are missed, 0–1.
    pub missed: f64,
    /// Those bins.
    pub regions: Vec<Region>,
    /// Share of the fake samples that lie where real ones do, 0–1.
    pub precision: f64,
    /// Root of the mean square distance of fake samples from their middle, over that of real ones.
    pub spread: f64,
    /// Middle of the fake samples.
    pub middle: [f64; 2],
}

/// A part of the real set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// Its middle, `[x, y]`.
    pub centre: [f64; 2],
    /// Root of the mean square distance of its real samples from there.
    pub scatter: f64,
}

/// The real set's bins, and how its samples lie in each.
pub(crate) struct RealBins {
    bins: Bins,
    /// Mean square distance of each one's samples from its centre.
    scatters: Vec<f64>,
    spread: f64,
}

impl RealBins {
    /// `None` of too few samples.
    pub(crate) fn of(real: &[Point]) -> Option<Self> {
        let bins = Bins::of(real)?;
        let mut scatters = vec![0.0; bins.len()];
        for point in real {
            let bin = bins.nearest(*point);
            scatters[bin] += square_distance(*point, bins.centres()[bin]);
        }
        for (scatter, count) in scatters.iter_mut().zip(bins.real()) {
            *scatter /= f64::from(*count);
        }
        let spread = middle_and_spread(real)?.1;
        Some(Self {
            bins,
            scatters,
            spread,
        })
    }

    /// How fake samples lie among them; nothing of none.
    pub(crate) fn meet(&self, fake: &[Point]) -> (Option<Difference>, Option<Reach>) {
        let mut counts = vec![0_u32; self.bins.len()];
        let mut near = 0_usize;
        for point in fake.iter().filter(|point| point.iter().all(|x| x.is_finite())) {
            let bin = self.bins.nearest(*point);
            counts[bin] += 1;
            let distance = square_distance(*point, self.bins.centres()[bin]);
            near += usize::from(distance <= NEAR * NEAR * self.scatters[bin]);
        }
        let difference = self.bins.compare_counts(&counts, fake.len());
        (difference, self.reach(fake, &counts, near))
    }

    fn reach(&self, fake: &[Point], counts: &[u32], near: usize) -> Option<Reach> {
        let (middle, spread) = middle_and_spread(fake)?;
        let total = f64::from(self.bins.real().iter().sum::<u32>());
        let mut missed = 0.0;
        let mut regions = Vec::new();
        for (bin, (count, real)) in counts.iter().zip(self.bins.real()).enumerate() {
            let share = f64::from(*real) / total;
            if f64::from(*count) < HARDLY * share * fake.len() as f64 {
                missed += share;
                regions.push(Region {
                    centre: self.bins.centres()[bin],
                    scatter: self.scatters[bin].sqrt(),
                });
            }
        }
        Some(Reach {
            missed,
            regions,
            precision: near as f64 / fake.len() as f64,
            spread: spread / self.spread,
            middle,
        })
    }
}

fn square_distance([x, y]: Point, [u, v]: [f64; 2]) -> f64 {
    let (x, y) = (f64::from(x) - u, f64::from(y) - v);
    x * x + y * y
}

/// `None` of no points.
fn middle_and_spread(points: &[Point]) -> Option<([f64; 2], f64)> {
    let count = points.len() as f64;
    let mut middle = [0.0; 2];
    for point in points {
        middle[0] += f64::from(point[0]);
        middle[1] += f64::from(point[1]);
    }
    let middle = middle.map(|sum| sum / count);
    let square: f64 = points.iter().map(|point| square_distance(*point, middle)).sum();
    (!points.is_empty()).then(|| (middle, (square / count).sqrt()))
}

/// Mean of D's outputs; `None` of none.
pub(crate) fn mean(outputs: &[f32]) -> Option<f64> {
    let sum: f64 = outputs.iter().map(|output| f64::from(*output)).sum();
    (!outputs.is_empty()).then(|| sum / outputs.len() as f64)
}

/// How well D's outputs tell real and fake samples apart, 0–1: the greatest difference, over all thresholds, between
/// the shares of real and of fake samples that D finds more real than that (Kolmogorov and Smirnov's statistic). 1:
/// some threshold is right about all; 0: none is better than chance. `None` where one set is empty.
pub(crate) fn separation(real: &[f32], fake: &[f32]) -> Option<f64> {
    let [real, fake] = [real, fake].map(|outputs| {
        let mut outputs = outputs[..outputs.len().min(COMPARED)].to_vec();
        outputs.sort_unstable_by(f32::total_cmp);
        outputs
    });
    let mut below = 0;
    let mut greatest: f64 = 0.0;
    for (place, output) in real.iter().enumerate() {
        while below < fake.len() && fake[below] < *output {
            below += 1;
        }
        let gap = below as f64 / fake.len() as f64 - place as f64 / real.len() as f64;
        greatest = greatest.max(gap);
    }
    (!real.is_empty() && !fake.is_empty()).then_some(greatest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::gan::draw_real;
    use gan_core::random::{Purpose, Stream};
    use gan_core::{Configuration, Preset, Reference, Target};

    fn real(target: Target, seed: u64, count: usize) -> Vec<Point> {
        let configuration = Configuration {
            target,
            ..Preset::Ring.configuration()
        };
        let mut points = vec![[0.0; 2]; count];
        let stream = Stream::new(seed, Purpose::EvaluationReal);
        draw_real::<Reference>(&configuration, &[[0.5; 2], [0.2, 0.7]], stream, &mut points);
        points
    }

    #[test]
    fn another_real_set_misses_nothing_and_invents_little() {
        for target in Target::ALL {
            let bins = RealBins::of(&real(target, 1, 10_000)).unwrap();
            let (_, reach) = bins.meet(&real(target, 2, 2_500));
            let reach = reach.unwrap();
            println!(
                "{target:?}: {} {} {}",
                reach.missed, reach.precision, reach.spread
            );
            assert!(
                reach.missed < 0.005 && reach.regions.len() <= 1,
                "{target:?}: {reach:?}"
            );
            assert!(reach.precision > 0.96, "{target:?}: {}", reach.precision);
            assert!((reach.spread - 1.0).abs() < 0.05, "{target:?}: {}", reach.spread);
        }
    }

    #[test]
    fn a_lost_mode_is_missed_and_what_is_invented_is_not_precise() {
        let all = real(Target::Disjoint, 1, 10_000);
        let bins = RealBins::of(&all).unwrap();
        let right = |point: &Point| point[0] > 0.6;
        let two: Vec<Point> = all.iter().filter(|point| !right(point)).copied().collect();
        let (_, reach) = bins.meet(&two);
        let reach = reach.unwrap();
        assert!((reach.missed - 0.333).abs() < 0.02, "{}", reach.missed);
        let to_the_right = |region: &Region| region.centre[0] > 0.6;
        assert!(reach.regions.len() > 20 && reach.regions.iter().all(to_the_right));
        let mut half = all[..2_000].to_vec();
        half[..1_000].fill([0.1, 0.1]);
        let invented = bins.meet(&half).1.unwrap().precision;
        assert!((invented - 0.49).abs() < 0.02, "{invented}");
        assert_eq!(bins.meet(&[]), (None, None));
        assert!(RealBins::of(&all[..50]).is_none());
    }

    #[test]
    fn separation_is_the_best_threshold_s() {
        assert_eq!(separation(&[0.9, 0.8], &[0.1, 0.2, 0.3]), Some(1.0));
        // A D that is fooled is not better than chance.
        assert_eq!(separation(&[0.1, 0.2], &[0.8, 0.9]), Some(0.0));
        assert_eq!(separation(&[0.5; 3], &[0.5; 4]), Some(0.0));
        // Above 0.2 are two of three real and none of the fake ones.
        assert_eq!(separation(&[0.5, 0.1, 0.9], &[0.2, 0.0]), Some(1.0 - 1.0 / 3.0));
        assert_eq!((separation(&[], &[0.2]), separation(&[0.2], &[])), (None, None));
        assert_eq!((mean(&[0.25, 0.75]), mean(&[])), (Some(0.5), None));
    }
}
