//! Mean and variance of a loss over a window, and the window itself.

use heapless::HistoryBuf;

/// The newest `N` values of a figure that is read at equal steps, at least one.
///
/// One that is not finite begins the window anew: what came before and after it does not belong together.
///
/// ```
/// use gan_core::measures::Course;
///
/// let mut newest = Course::<3>::new();
/// [9.0, 1.0, 2.0, 3.0].into_iter().for_each(|value| newest.push(value));
/// assert_eq!(newest.spread().map(|spread| spread.mean), Some(2.0));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Course<const N: usize> {
    values: HistoryBuf<f64, N>,
}

/// Mean and variance of a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// `m = Σ x / n`.
    pub mean: f64,
    /// `Σ (x − m)² / n`, ≥ 0: the population's, as the window is all that is asked about.
    pub variance: f64,
}

impl<const N: usize> Course<N> {
    /// Without any value.
    #[must_use]
    pub const fn new() -> Self {
        const { assert!(N > 0, "a window of no values has no mean") }
        Self {
            values: HistoryBuf::new(),
        }
    }

    /// Takes the next value; of `N` it already has the oldest goes.
    pub fn push(&mut self, value: f64) {
        match value.is_finite() {
            true => self.values.write(value),
            false => self.values.clear(),
        }
    }

    /// Values there are, 0–N.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The values, oldest first, into `values`; those of them that are used.
    ///
    /// # Panics
    /// If there is no room for [`Self::len`] of them.
    pub fn ordered<'a>(&self, values: &'a mut [f64]) -> &'a mut [f64] {
        let used = &mut values[..self.len()];
        for (place, value) in used.iter_mut().zip(self.values.oldest_ordered()) {
            *place = *value;
        }
        used
    }

    /// Mean and variance; `None` without values.
    #[must_use]
    pub fn spread(&self) -> Option<Spread> {
        let mut values = [0.0; N];
        Spread::of(self.ordered(&mut values))
    }
}

impl<const N: usize> Default for Course<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl Spread {
    /// Mean and variance of values, summed in their order; `None` without any.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        // In two passes: the squares' mean less the mean's square would lose a small variance about a large mean.
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        (!values.is_empty()).then(|| Self {
            mean,
            variance: squares / count,
        })
    }
}

/// The mean of each `width` neighbours, in place; those of them that are used: `width − 1` fewer, none of fewer.
///
/// Batches come from an atlas in turn, so the same samples return every `atlas/batch` updates, and so does what they
/// put into the loss: a period of the data, not of the game. Means over a whole turn are free of it.
///
/// ```
/// use gan_core::measures::averaged;
///
/// assert_eq!(averaged(&mut [1.0, 3.0, 5.0], 2), [2.0, 4.0]);
/// ```
pub fn averaged(values: &mut [f64], width: usize) -> &mut [f64] {
    let width = width.max(1);
    let count = (values.len() + 1).saturating_sub(width);
    for first in 0..count {
        values[first] = values[first..first + width].iter().sum::<f64>() / width as f64;
    }
    &mut values[..count]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_over_a_whole_turn_are_free_of_what_returns_with_it() {
        let turn = [0.3, -0.1, 0.7, 0.2, 0.4];
        let mut values: [f64; 40] = core::array::from_fn(|t| turn[t % 5] + (t / 20) as f64);
        let averaged = averaged(&mut values, 5);
        assert_eq!(averaged.len(), 36);
        for (t, value) in averaged.iter().enumerate() {
            // 1 more from the twentieth value on.
            let step = (t as f64 - 15.0).clamp(0.0, 5.0) / 5.0;
            assert!((value - (0.3 + step)).abs() < 1e-12, "{t}: {value}");
        }
        for (width, expected) in [(0, &[1.0, 3.0][..]), (1, &[1.0, 3.0]), (2, &[2.0]), (3, &[])] {
            assert_eq!(super::averaged(&mut [1.0, 3.0], width), expected);
        }
    }

    #[test]
    fn the_window_has_the_newest_values_in_their_order() {
        let mut course = Course::<4>::new();
        assert_eq!((course.spread(), course.is_empty()), (None, true));
        for (count, newest) in [(1, &[1.0][..]), (3, &[1.0, 2.0, 3.0]), (9, &[6.0, 7.0, 8.0, 9.0])] {
            course = Course::new();
            (1..=count).for_each(|value| course.push(f64::from(value)));
            assert_eq!(course.ordered(&mut [0.0; 4]), newest);
            assert_eq!(course.len(), newest.len());
        }
        // 6, 7, 8, 9: deviations of 1.5 and 0.5 on either side.
        let spread = course.spread().unwrap();
        assert_eq!((spread.mean, spread.variance), (7.5, 1.25));
        course.push(f64::NAN);
        course.push(2.0);
        assert_eq!(course.ordered(&mut [0.0; 4]), [2.0]);
    }

    #[test]
    fn a_small_variance_about_a_large_mean_is_not_lost() {
        let mut course = Course::<100>::new();
        (0..100).for_each(|n| course.push(1e9 + f64::from(n % 2)));
        let Spread { mean, variance } = course.spread().unwrap();
        assert!((mean - (1e9 + 0.5)).abs() < 1e-6 && (variance - 0.25).abs() < 1e-6);
    }
}
