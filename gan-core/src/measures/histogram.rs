//! How D's outputs are spread: counts in equal bins from 0 to 1.
//!
//! Two heaps apart, fakes at 0 and real ones at 1: D is too strong. One heap at ½ for both: D cannot tell.

/// Bins from 0 to 1.
pub const HISTOGRAM_BINS: usize = 20;

/// Counts of outputs. Bin i has those from i/20 up to, without it, (i + 1)/20; the last has 1 too.
///
/// ```
/// use gan_core::measures::Histogram;
///
/// let histogram = Histogram::of(&[0.01, 0.02, 0.99]);
/// assert_eq!((histogram.counts()[0], histogram.counts()[19], histogram.total()), (2, 1, 3));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: [u32; HISTOGRAM_BINS],
    outside: u32,
}

impl Histogram {
    /// Counts outputs; those that are not within 0–1, or no numbers, are outside.
    #[must_use]
    pub fn of(outputs: &[f32]) -> Self {
        let mut histogram = Self::default();
        for output in outputs {
            if (0.0..=1.0).contains(output) {
                // Exact in f64, so no output is rounded up into the next bin.
                let bin = (f64::from(*output) * HISTOGRAM_BINS as f64) as usize;
                histogram.counts[bin.min(HISTOGRAM_BINS - 1)] += 1;
            } else {
                histogram.outside += 1;
            }
        }
        histogram
    }

    /// Outputs in each bin.
    #[must_use]
    pub const fn counts(&self) -> &[u32; HISTOGRAM_BINS] {
        &self.counts
    }

    /// Outputs in none.
    #[must_use]
    pub const fn outside(&self) -> u32 {
        self.outside
    }

    /// Outputs in all.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.counts.iter().sum::<u32>() + self.outside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_output_is_counted_once() {
        let below_one = f32::from_bits(1.0_f32.to_bits() - 1);
        let odd = [f32::NAN, -0.01, 1.01, f32::INFINITY];
        let below_half = f32::from_bits(0.5_f32.to_bits() - 1);
        let histogram = Histogram::of(&[0.0, 0.049, 0.050_001, 0.5, below_half, below_one, 1.0]);
        let mut expected = [0; HISTOGRAM_BINS];
        for (bin, count) in [(0, 2), (1, 1), (9, 1), (10, 1), (19, 2)] {
            expected[bin] = count;
        }
        assert_eq!((histogram.counts(), histogram.outside()), (&expected, 0));
        let odd = Histogram::of(&odd);
        assert_eq!((odd.outside(), odd.total(), histogram.total()), (4, 4, 7));
    }

    #[test]
    fn equally_spread_outputs_fill_all_bins_alike() {
        let outputs: [f32; 1000] = core::array::from_fn(|n| (n as f32 + 0.5) / 1000.0);
        assert_eq!(Histogram::of(&outputs).counts(), &[50; HISTOGRAM_BINS]);
    }
}
