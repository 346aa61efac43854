//! Losses and divergences over the whole run, in bounded memory.

/// What was measured at the end of an epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Completed epochs.
    pub epoch: u64,
    /// The discriminator's loss, halved as in GAN Lab; `None` before its first update.
    pub discriminator_loss: Option<f64>,
    /// The generator's loss; `None` before its first update.
    pub generator_loss: Option<f64>,
    /// KL(real ‖ fake) in bits.
    pub kl: f64,
    /// Jensen–Shannon divergence in bits, 0–1.
    pub js: f64,
}

/// The most measurements kept.
const CAPACITY: usize = 1024;

/// Measurements in order of epochs. When full, every second one is dropped and from then on only
/// epochs twice as far apart are taken, so a long run keeps its whole course.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    measured: Vec<Measured>,
    /// The least distance between two measurements, as a power of two.
    spacing: u32,
}

impl History {
    /// All measurements kept, oldest first.
    #[must_use]
    pub fn measured(&self) -> &[Measured] {
        &self.measured
    }

    /// Epochs from one measurement to the next that is taken.
    #[must_use]
    pub const fn interval(&self) -> u64 {
        1 << self.spacing
    }

    /// The first epoch whose measurement is taken next.
    #[must_use]
    pub fn due(&self) -> u64 {
        self.measured
            .last()
            .map_or(0, |last| last.epoch + self.interval())
    }

    /// Takes a measurement if its epoch is due.
    pub fn take(&mut self, measured: Measured) {
        if measured.epoch < self.due() {
            return;
        }
        if self.measured.len() == CAPACITY {
            let mut index = 0;
            self.measured.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.spacing += 1;
            if measured.epoch < self.due() {
                return;
            }
        }
        self.measured.push(measured);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(epoch: u64) -> Measured {
        Measured {
            epoch,
            discriminator_loss: None,
            generator_loss: None,
            kl: 0.0,
            js: 0.0,
        }
    }

    #[test]
    fn a_long_run_keeps_its_whole_course() {
        let mut history = History::default();
        for epoch in 0..100_000 {
            history.take(at(epoch));
        }
        let epochs: Vec<u64> = history.measured().iter().map(|measured| measured.epoch).collect();
        assert!(
            epochs.len() <= CAPACITY && epochs.len() >= CAPACITY / 2,
            "{}",
            epochs.len()
        );
        assert_eq!(epochs[0], 0);
        assert!(
            epochs
                .windows(2)
                .all(|pair| pair[1] - pair[0] == history.interval()),
            "evenly spaced"
        );
        assert!(*epochs.last().unwrap() > 99_000);
    }

    #[test]
    fn an_epoch_is_taken_once() {
        let mut history = History::default();
        history.take(at(5));
        history.take(at(5));
        assert_eq!((history.measured().len(), history.due()), (1, 6));
    }
}
