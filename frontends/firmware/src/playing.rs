//! Training along a recording: what was done takes effect where it did, and states are compared with their
//! names.

use gan_core::log::{Action, Stamped};
use gan_core::{Checkpoint, Diverged, Gan, Profile, StateHash, StepError};

/// A recording's log and hashes, and how far they have been followed.
pub struct Playing<'a> {
    log: &'a [Stamped],
    checkpoints: &'a [Checkpoint],
}

/// A state is not the recording's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Different {
    /// The recording's checkpoint.
    pub recorded: Checkpoint,
    /// The hash of the state that came instead.
    pub came: StateHash,
}

impl<'a> Playing<'a> {
    /// Begins at epoch 0.
    #[must_use]
    pub const fn new(log: &'a [Stamped], checkpoints: &'a [Checkpoint]) -> Self {
        Self { log, checkpoints }
    }

    /// The next epoch, after whatever is done before it.
    pub fn epoch<M, P>(&mut self, gan: &mut Gan<M, P>) -> Result<(), Diverged>
    where
        M: AsRef<[f32]> + AsMut<[f32]>,
        P: Profile,
    {
        while let [next, rest @ ..] = self.log
            && next.epoch <= gan.epoch()
        {
            match next.action {
                Action::Change(change) => {
                    // A change is refused only in the middle of an epoch.
                    let _ = gan.change(change);
                }
                Action::Step(network) if gan.epoch() < next.end() => {
                    return match gan.step(network) {
                        Ok(()) | Err(StepError::MidEpoch) => Ok(()),
                        Err(StepError::Diverged(diverged)) => Err(diverged),
                    };
                }
                Action::Step(_) => {}
            }
            self.log = rest;
        }
        gan.run_epoch()
    }

    /// Compares the state with the recording's, where it names this epoch: whether it did.
    pub fn compare<M, P>(&mut self, gan: &Gan<M, P>) -> Result<bool, Different>
    where
        M: AsRef<[f32]> + AsMut<[f32]>,
        P: Profile,
    {
        while let [next, rest @ ..] = self.checkpoints
            && next.epoch <= gan.epoch()
        {
            self.checkpoints = rest;
            if next.epoch == gan.epoch() {
                let came = gan.state_hash();
                return match came == next.hash {
                    true => Ok(true),
                    false => Err(Different {
                        recorded: *next,
                        came,
                    }),
                };
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use gan_core::Change;
    use gan_core::configuration::{LearningRate, Network};
    use gan_core::log::Action;
    use gan_core::{Preset, Reference, memory_words};

    use super::*;

    fn run() -> Gan<std::vec::Vec<f32>, Reference> {
        let configuration = Preset::Line.configuration();
        Gan::new(
            std::vec![0.0; memory_words(&configuration)],
            &configuration,
            7,
            &[],
        )
        .unwrap()
    }

    #[test]
    fn what_was_done_takes_effect_where_it_did() {
        let rate = Change::learning_rate(Network::Generator, LearningRate::new(0.3).unwrap());
        let stamped = |epoch, action, times| Stamped { epoch, action, times };
        let log = [
            stamped(2, Action::Change(rate), 1),
            stamped(3, Action::Step(Network::Discriminator), 2),
        ];
        let mut expected = run();
        expected.run_epochs(2).unwrap();
        expected.change(rate).unwrap();
        expected.run_epochs(1).unwrap();
        expected.step(Network::Discriminator).unwrap();
        expected.step(Network::Discriminator).unwrap();
        expected.run_epochs(1).unwrap();

        let mut gan = run();
        let names = [6, 7].map(|epoch| Checkpoint {
            epoch,
            hash: expected.state_hash(),
        });
        let mut playing = Playing::new(&log, &names);
        for _ in 0..6 {
            assert_eq!(playing.compare(&gan), Ok(false));
            playing.epoch(&mut gan).unwrap();
        }
        assert_eq!(gan.state_hash(), expected.state_hash());
        assert_eq!(playing.compare(&gan), Ok(true));
        playing.epoch(&mut gan).unwrap();
        let came = gan.state_hash();
        assert_eq!(
            playing.compare(&gan),
            Err(Different {
                recorded: names[1],
                came
            })
        );
    }
}
