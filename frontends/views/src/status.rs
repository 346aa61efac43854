//! The state of a run in words.

use lab::{Snapshot, Status};

use crate::text;

/// One sentence or two: what the run is doing, and what to do if it is stuck.
#[must_use]
pub fn sentence(snapshot: &Snapshot) -> String {
    match snapshot.status {
        Status::Paused if snapshot.epoch == 0 => "Ready. Press play to train.".to_owned(),
        Status::Paused => "Paused.".to_owned(),
        Status::Playing => match snapshot.epochs_per_second {
            Some(speed) => format!("Training, {} epochs/s.", text::count(speed.round() as u64)),
            None => "Training.".to_owned(),
        },
        Status::Diverged(diverged) => format!(
            "The {} diverged in epoch {}. Try a new seed or a lower learning rate.",
            diverged.network,
            text::count(diverged.epoch)
        ),
    }
}
