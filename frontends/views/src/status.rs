//! The state of a run in words.

use lab::{Snapshot, Status, Stride};

use crate::{stops, text};

/// One sentence or two: what the run is doing, and what to do if it is stuck.
#[must_use]
pub fn sentence(snapshot: &Snapshot) -> String {
    let Some(beside) = &snapshot.beside else {
        return of_one(snapshot);
    };
    let second = &beside.run;
    let rests = |run, epoch| {
        format!(
            "The {run} run diverged in epoch {} and rests.",
            text::count(epoch)
        )
    };
    match (snapshot.status, second.status) {
        (Status::Diverged(_), Status::Diverged(_)) => {
            "Both runs diverged. Try a new seed or a lower learning rate.".to_owned()
        }
        (Status::Diverged(diverged), _) => format!("{} {}", of_one(second), rests("first", diverged.epoch)),
        (_, Status::Diverged(diverged)) => {
            format!("{} {}", of_one(snapshot), rests("second", diverged.epoch))
        }
        // In slow motion one may wait for the other.
        _ if second.epoch < snapshot.epoch => of_one(second),
        _ => of_one(snapshot),
    }
}

fn of_one(snapshot: &Snapshot) -> String {
    match snapshot.status {
        Status::Paused if snapshot.upcoming.is_some() => {
            format!("Paused within epoch {}.", text::count(snapshot.epoch + 1))
        }
        Status::Paused if snapshot.epoch == 0 => match snapshot.experiment.parameters() {
            None => "Ready. Press play to train.".to_owned(),
            Some(model) => match model.epoch {
                Some(epoch) => format!(
                    "Begins with parameters that {} epochs made. Press play.",
                    text::count(epoch)
                ),
                None => "Begins with parameters of a file. Press play.".to_owned(),
            },
        },
        Status::Paused => match &snapshot.stop {
            Some(state) if state.reached == Some(snapshot.epoch) => {
                format!("Paused by itself: {}.", stops::until(&state.stop))
            }
            _ => "Paused.".to_owned(),
        },
        Status::Playing if snapshot.pace.stride() == Stride::Phase => {
            format!(
                "Training epoch {}, phase by phase.",
                text::count(snapshot.epoch + 1)
            )
        }
        Status::Playing => {
            let speed = match snapshot.epochs_per_second {
                Some(speed) if speed < 9.95 => format!(", {speed:.1} epochs/s"),
                Some(speed) => format!(", {} epochs/s", text::count(speed.round() as u64)),
                None => String::new(),
            };
            let waits = snapshot.stop.as_ref().filter(|state| state.reached.is_none());
            let until = waits.map_or_else(String::new, |state| {
                format!(", until {}", stops::until(&state.stop))
            });
            format!("Training{speed}{until}.")
        }
        Status::Diverged(diverged) => format!(
            "The {} diverged in epoch {}. Try a new seed or a lower learning rate.",
            diverged.network,
            text::count(diverged.epoch)
        ),
    }
}
