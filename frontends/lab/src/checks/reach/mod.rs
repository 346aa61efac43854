//! How fake samples lie to the real ones: what they miss, what they invent, and whether D tells them apart.
//!
//! After precision and recall for generative models (Sajjadi et al. 2018; Kynkäänniemi et al. 2019), with the real
//! set's bins ([`gan_core::measures::bins`]) in the place of neighbourhoods, which are there already and cost nothing more.
//!
//! The bins serve four times: for NDB, for the missed share, for the invented share, and to show
//! where samples are missed.

use gan_core::Point;
use gan_core::measures::{Bins, Difference};

use cells::Cells;

mod cells;

/// A bin is missed when its share of the fake samples is less than this part of its share of the real ones.
pub const HARDLY: f64 = 0.1;
/// Regions that the real set is divided into, each of several neighbouring bins.
pub const REGIONS: usize = 20;
/// A fake sample lies where real ones do when it is within so many scatters of the nearest bin's centre. 98 % of
/// the real samples of GAN Lab's targets do.
pub const NEAR: f64 = 2.5;
/// Samples, of each side, at which D's outputs are compared.
const COMPARED: usize = 500;

/// How fake samples lie to the real ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// Share of the real samples in regions of [`REGIONS`] that are missed, 0–1.
    pub missed: f64,
    /// Share of them in bins that are missed, 0–1: finer, and so more.
    pub missed_finely: f64,
    /// The bins that are missed.
    pub regions: Vec<Region>,
    /// Share of the fake samples that lie where real ones do, 0–1.
    pub precision: f64,
    /// Root of the mean square distance of fake samples from their middle, over that of real ones.
    pub spread: f64,
    /// Middle of the fake samples.
    pub middle: [f64; 2],
    /// Their standard deviations along x and y, in widths of the unit square.
    pub deviations: [f64; 2],
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
    cells: Cells,
    /// Mean square distance of each one's samples from its centre.
    scatters: Vec<f64>,
    spread: f64,
    /// The region that each bin belongs to.
    regions: Vec<usize>,
}

impl RealBins {
    /// `None` of too few samples.
    pub(crate) fn of(real: &[Point]) -> Option<Self> {
        let bins = Bins::of(real)?;
        let cells = Cells::of(&bins);
        let mut scatters = vec![0.0; bins.len()];
        for point in real {
            let (bin, square) = cells.nearest(&bins, *point);
            scatters[bin] += square;
        }
        for (scatter, count) in scatters.iter_mut().zip(bins.real()) {
            *scatter /= f64::from(*count);
        }
        let spread = spread(middle_and_deviations(real)?.1);
        let coarse = Bins::<REGIONS>::of(real)?;
        let region = |centre: &[f64; 2]| coarse.nearest(centre.map(|at| at as f32));
        Some(Self {
            regions: bins.centres().iter().map(region).collect(),
            bins,
            cells,
            scatters,
            spread,
        })
    }

    /// How fake samples lie among them, and NDB's comparison; nothing of none.
    pub(crate) fn meet(&self, fake: &[Point]) -> (Option<Difference>, Option<Reach>) {
        let (counts, near) = self.count(fake);
        let difference = self.bins.compare_counts(&counts, fake.len());
        (difference, self.reach_of_counts(fake, &counts, near))
    }

    /// How fake samples lie among them; nothing of none.
    pub(crate) fn reach(&self, fake: &[Point]) -> Option<Reach> {
        let (counts, near) = self.count(fake);
        self.reach_of_counts(fake, &counts, near)
    }

    /// Fake samples in each bin, and how many of all are near.
    fn count(&self, fake: &[Point]) -> (Vec<u32>, usize) {
        let mut counts = vec![0_u32; self.bins.len()];
        let mut near = 0_usize;
        for point in fake.iter().filter(|point| point.iter().all(|x| x.is_finite())) {
            let (bin, square) = self.cells.nearest(&self.bins, *point);
            counts[bin] += 1;
            near += usize::from(square <= NEAR * NEAR * self.scatters[bin]);
        }
        (counts, near)
    }

    fn reach_of_counts(&self, fake: &[Point], counts: &[u32], near: usize) -> Option<Reach> {
        let (middle, deviations) = middle_and_deviations(fake)?;
        let total = f64::from(self.bins.real().iter().sum::<u32>());
        let mut missed_finely = 0.0;
        let mut regions = Vec::new();
        let mut coarse = [(0, 0.0); REGIONS];
        for (bin, (count, real)) in counts.iter().zip(self.bins.real()).enumerate() {
            let share = f64::from(*real) / total;
            let (fakes, shares) = &mut coarse[self.regions[bin]];
            (*fakes, *shares) = (*fakes + *count, *shares + share);
            if f64::from(*count) < HARDLY * share * fake.len() as f64 {
                missed_finely += share;
                regions.push(Region {
                    centre: self.bins.centres()[bin],
                    scatter: self.scatters[bin].sqrt(),
                });
            }
        }
        let hardly = |(count, share): &&(u32, f64)| f64::from(*count) < HARDLY * share * fake.len() as f64;
        let missed = coarse.iter().filter(hardly).map(|(_, share)| share).sum();
        Some(Reach {
            missed,
            missed_finely,
            regions,
            precision: near as f64 / fake.len() as f64,
            spread: spread(deviations) / self.spread,
            middle,
            deviations,
        })
    }
}

/// Means and standard deviations along x and y; `None` of no points.
fn middle_and_deviations(points: &[Point]) -> Option<([f64; 2], [f64; 2])> {
    let mean = |of: &dyn Fn(&Point) -> [f64; 2]| {
        let sums = points
            .iter()
            .map(of)
            .fold([0.0; 2], |[x, y], [u, v]| [x + u, y + v]);
        sums.map(|sum| sum / points.len() as f64)
    };
    let middle = mean(&|point| point.map(f64::from));
    let squares = mean(&|point| [0, 1].map(|axis| (f64::from(point[axis]) - middle[axis]).powi(2)));
    (!points.is_empty()).then(|| (middle, squares.map(f64::sqrt)))
}

/// Root of the mean square distance from the middle.
fn spread([x, y]: [f64; 2]) -> f64 {
    x.hypot(y)
}

/// How D's outputs at real and at fake samples stand to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// How well they tell real and fake samples apart, 0–1: the greatest difference, over all thresholds, between the
    /// shares of real and of fake samples that D finds more real than that (Kolmogorov and Smirnov's statistic). 1:
    /// some threshold is right about all; 0: none is better than chance.
    pub separation: f64,
    /// Share of the fake samples that D finds more real than half of the real ones, 0–1; ½ where it cannot tell.
    pub fooled: f64,
    /// The greatest output less the least.
    pub range: f64,
    /// Mean output at real samples.
    pub real: f64,
    /// Mean output at fake samples.
    pub fake: f64,
}

impl Judgement {
    /// Judges by D's outputs; `None` where one set is empty.
    pub(crate) fn of(real_outputs: &[f32], fake_outputs: &[f32]) -> Option<Self> {
        let [real, fake] = [real_outputs, fake_outputs].map(|outputs| {
            let mut outputs = outputs[..outputs.len().min(COMPARED)].to_vec();
            outputs.sort_unstable_by(f32::total_cmp);
            outputs
        });
        let (least, most) = (real.first()?.min(*fake.first()?), real.last()?.max(*fake.last()?));
        let mut below = 0;
        let mut separation: f64 = 0.0;
        for (place, output) in real.iter().enumerate() {
            while below < fake.len() && fake[below] < *output {
                below += 1;
            }
            let gap = below as f64 / fake.len() as f64 - place as f64 / real.len() as f64;
            separation = separation.max(gap);
        }
        let middle = real[real.len() / 2];
        let above = fake.len() - fake.partition_point(|output| *output <= middle);
        // Equal ones count half, so that a D that says the same of all is not fooled.
        let equal = fake.len() - above - fake.partition_point(|output| *output < middle);
        Some(Self {
            separation,
            fooled: (above as f64 + equal as f64 / 2.0) / fake.len() as f64,
            range: f64::from(most) - f64::from(least),
            real: mean(real_outputs),
            fake: mean(fake_outputs),
        })
    }
}

fn mean(outputs: &[f32]) -> f64 {
    let sum: f64 = outputs.iter().map(|output| f64::from(*output)).sum();
    sum / outputs.len() as f64
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
                reach.missed == 0.0 && reach.missed_finely < 0.005,
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
        for missed in [reach.missed, reach.missed_finely] {
            assert!((missed - 0.333).abs() < 0.02, "{missed}");
        }
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
    fn a_judgement_is_by_the_best_threshold() {
        let of = |real: &[f32], fake: &[f32]| {
            let judgement = Judgement::of(real, fake).unwrap();
            (judgement.separation, judgement.fooled)
        };
        assert_eq!(of(&[0.9, 0.8], &[0.1, 0.2, 0.3]), (1.0, 0.0));
        // A D that is fooled is not better than chance; nor is one that says the same of all, but it is not fooled.
        assert_eq!(of(&[0.1, 0.2], &[0.8, 0.9]), (0.0, 1.0));
        assert_eq!(of(&[0.5; 3], &[0.5; 4]), (0.0, 0.5));
        // Above 0.2 are two of three real and none of the fake ones.
        assert_eq!(of(&[0.5, 0.1, 0.9], &[0.2, 0.0]), (1.0 - 1.0 / 3.0, 0.0));
        assert_eq!(
            (Judgement::of(&[], &[0.2]), Judgement::of(&[0.2], &[])),
            (None, None)
        );
        let judgement = Judgement::of(&[0.25, 0.75], &[0.5, 1.0]).unwrap();
        assert_eq!(
            (judgement.real, judgement.fake, judgement.range),
            (0.5, 0.75, 0.75)
        );
    }
}
