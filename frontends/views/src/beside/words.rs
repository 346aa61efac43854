//! Two runs in words: what they differ in, and what each of them is.

use gan_core::Configuration;
use lab::{Beside, Setting, Snapshot, Status};

use crate::parameters::{Named as _, phrase, value_of};
use crate::text;

/// The first run's value, and the second's, each as a [`phrase`].
pub(crate) fn phrases<T>(first: &Configuration, beside: &Beside<T>) -> [String; 2] {
    [beside.contrast.of(first), beside.contrast].map(phrase)
}

/// 'D updates per epoch: 1 | 3'.
pub(super) fn difference<T>(first: &Configuration, beside: &Beside<T>) -> String {
    let of_first = beside.contrast.of(first);
    let values = format!(
        "{}: {} | {}",
        beside.contrast.head().short(),
        value_of(of_first),
        value_of(beside.contrast)
    );
    if beside.is_no_difference_from(first) {
        format!("{values} (no difference)")
    } else {
        values
    }
}

/// 'D learning rate from 0.1 to 0.01'.
pub(crate) fn change(now: &Configuration, setting: Setting) -> String {
    let own = setting.of(now);
    format!(
        "{} from {} to {}",
        setting.head().short(),
        value_of(own),
        value_of(setting)
    )
}

/// Why a run rests though the other does not, if it does.
pub(super) fn rest(run: &Snapshot, other: &Snapshot) -> Option<String> {
    match (run.status, other.status) {
        (Status::Diverged(diverged), _) => Some(format!(
            "Diverged in epoch {}: it rests.",
            text::count(diverged.epoch)
        )),
        (_, Status::Diverged(_)) => None,
        _ if run.epoch > other.epoch => Some("Its epoch is done: it waits for the other run.".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;

    #[test]
    fn every_difference_is_named() {
        let ring = Preset::Ring.configuration();
        let said = |text| {
            let contrast = Setting::written(text, &ring).unwrap();
            let beside = Beside { contrast, run: () };
            let [_, second] = phrases(&ring, &beside);
            format!("{}; {second}", difference(&ring, &beside))
        };
        let expected = [
            (
                "discriminator.updates_per_epoch=1",
                "D updates per epoch: 3 | 1; 1 update per epoch",
            ),
            (
                "discriminator.updates_per_epoch=3",
                "D updates per epoch: 3 | 3 (no difference); 3 updates per epoch",
            ),
            (
                "generator.learning_rate=0.001",
                "G learning rate: 0.03 | 0.001; learning rate 0.001",
            ),
            ("generator.optimizer=adam", "G optimizer: SGD | Adam; Adam"),
            (
                "discriminator.hidden_layers=1",
                "D hidden layers: 2 | 1; 1 hidden layer",
            ),
            ("generator.neurons=1", "G neurons: 10 | 1; 1 neuron"),
            (
                "loss=least-squares",
                "Loss: log loss | least squares; least squares",
            ),
            (
                "noise.kind=normal",
                "Noise: 2-D uniform | 2-D normal; 2-D normal noise",
            ),
            ("batch=7", "Batch size: 150 | 7; batches of 7"),
        ];
        for (text, words) in expected {
            assert_eq!(said(text), words);
        }
    }
}
