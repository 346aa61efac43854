//! Experience replay: some of the discriminator's fake samples are old ones, so that it does not forget what the
//! generator made before (after Shrivastava et al. 2017, section 2.3; `CONTRACT.md`, section 9).

use super::Replay;
use super::memory::atlas_length;
use crate::configuration::Configuration;
use crate::dense::stride;
use crate::memory::placed;
use crate::random::Stream;

/// Sizes that determine the length of each array.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReplaySizes {
    places: usize,
    choices: usize,
}

/// Old samples, and numbers that choose among them.
pub(crate) struct ReplayParts<S> {
    /// `[place][x, y]`, written in turn.
    pub(crate) buffer: S,
    /// In [0, 1), one a sample of the atlas.
    pub(crate) choices: S,
}

impl ReplaySizes {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        match configuration.techniques.replay {
            Some(replay) => Self {
                places: replay.capacity.get(),
                choices: atlas_length(configuration),
            },
            None => Self {
                places: 0,
                choices: 0,
            },
        }
    }

    pub(crate) const fn words(&self) -> usize {
        placed(2 * self.places) + placed(self.choices)
    }

    /// Numbers that are state: those of the buffer.
    pub(crate) const fn state_words(&self) -> usize {
        2 * self.places
    }

    #[inline(always)]
    pub(crate) fn carve<S>(&self, take: &mut impl FnMut(usize) -> S) -> ReplayParts<S> {
        ReplayParts {
            buffer: take(2 * self.places),
            choices: take(self.choices),
        }
    }
}

/// Places that hold a sample, `[place][x, y]`.
pub(crate) fn filled(buffer: &[f32], written: u64) -> &[f32] {
    let places = (buffer.len() / 2) as u64;
    // No more than there are places, so it fits.
    &buffer[..2 * if written < places { written } else { places } as usize]
}

impl ReplayParts<&mut [f32]> {
    pub(crate) fn draw(self, mut stream: Stream) {
        self.choices.fill_with(|| stream.uniform() as f32);
    }

    /// Puts old samples in place of a fake batch's last ones, x and y at the beginning of `rows`.
    pub(crate) fn recall(
        &self,
        replay: Replay,
        written: u64,
        (noise_cursor, samples): (u64, usize),
        rows: &mut [f32],
    ) {
        let old = filled(self.buffer, written).as_chunks::<2>().0;
        if old.is_empty() {
            return;
        }
        let (xs, ys) = rows.split_at_mut(stride(samples));
        for n in samples - replay.samples.get()..samples {
            let index = noise_cursor.wrapping_add(n as u64) % self.choices.len() as u64;
            let choice = f64::from(self.choices[index as usize]);
            // Below the count, as the choice is below 1.
            [xs[n], ys[n]] = old[(choice * old.len() as f64) as usize];
        }
    }

    /// Keeps the first of the generator's own samples, two rows, in the places whose turn it is.
    pub(crate) fn keep(&mut self, replay: Replay, written: &mut u64, samples: usize, own: &[f32]) {
        let places = self.buffer.as_chunks_mut::<2>().0;
        let replayed = replay.samples.get();
        let (xs, ys) = own.split_at(stride(samples));
        for (x, y) in xs.iter().zip(ys).take(replayed.min(samples - replayed)) {
            let place = *written % places.len() as u64;
            places[place as usize] = [*x, *y];
            *written += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::techniques::{ReplayCapacity, ReplayedSamples};

    fn replay(samples: u32, capacity: u32) -> Replay {
        Replay {
            samples: ReplayedSamples::new(samples).unwrap(),
            capacity: ReplayCapacity::new(capacity).unwrap(),
        }
    }

    /// x of samples 0, 1, 2, …, and y ten times that.
    fn rows(first: f32) -> [f32; 32] {
        core::array::from_fn(|at| match at {
            0..16 => first + at as f32,
            _ => 10.0 * (first + (at - 16) as f32),
        })
    }

    #[test]
    fn the_buffer_takes_its_places_in_turn_and_gives_what_the_numbers_choose() {
        let mut choices = [0.0, 0.34, 0.99, 0.5];
        let mut parts = ReplayParts {
            buffer: &mut [0.0; 6][..],
            choices: &mut choices[..],
        };
        let (replay, samples, mut written) = (replay(2, 3), 5, 0);
        let mut batch = rows(100.0);
        parts.recall(replay, written, (0, samples), &mut batch);
        assert_eq!(batch, rows(100.0), "nothing to replay yet");
        parts.keep(replay, &mut written, samples, &rows(1.0));
        assert_eq!(
            (written, filled(parts.buffer, written)),
            (2, &[1.0, 10.0, 2.0, 20.0][..])
        );
        // Samples 3 and 4 from cursor 2: numbers 1 and 2, of two samples 0 and 1.
        parts.recall(replay, written, (2, samples), &mut batch);
        assert_eq!([batch[2], batch[3], batch[4], batch[5]], [102.0, 1.0, 2.0, 105.0]);
        assert_eq!([batch[18], batch[19], batch[20]], [1020.0, 10.0, 20.0]);
        parts.keep(replay, &mut written, samples, &rows(7.0));
        assert_eq!(parts.buffer, [8.0, 80.0, 2.0, 20.0, 7.0, 70.0]);
        assert_eq!((written, filled(parts.buffer, written).len()), (4, 6));
    }

    #[test]
    fn a_batch_that_is_mostly_replayed_gives_what_it_has_of_its_own() {
        let mut parts = ReplayParts {
            buffer: &mut [0.0; 8][..],
            choices: &mut [0.0][..],
        };
        let mut written = 0;
        parts.keep(replay(4, 4), &mut written, 5, &rows(1.0));
        assert_eq!((written, parts.buffer[0], parts.buffer[2]), (1, 1.0, 0.0));
    }
}
