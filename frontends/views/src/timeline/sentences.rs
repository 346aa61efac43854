//! The words below the rail: the epoch shown and the effect of playing, actions being done
//! again, whose recording it is and whether it is the same run, and the file it is recorded to.

use std::path::Path;

use egui::Color32;
use gan_core::log::Stamped;
use lab::run::backends::Whereabouts;
use lab::{Course, Event, Pace, RecordingStatus, Snapshot, Stride, Timeline};

use super::end;
use crate::marks;
use crate::style::Look;
use crate::text;

/// Something to say.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Saying {
    pub(super) words: String,
    pub(super) colour: Color32,
    /// More of it, for whoever rests on the words.
    pub(super) hint: Option<String>,
    /// A dot of this colour before it.
    pub(super) dot: Option<Color32>,
}

/// All that is said.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sayings {
    /// From the left.
    pub(super) course: Option<Saying>,
    /// From the right, the most important one first.
    pub(super) others: Vec<Saying>,
}

/// An action stays in words for so many seconds of training.
const SECONDS_TOLD: f64 = 3.0;

/// All sentences about a run at this moment.
pub(super) fn of(snapshot: &Snapshot, timeline: &Timeline, look: Look) -> Sayings {
    Sayings {
        course: told(snapshot, timeline, look).or_else(|| course(snapshot, look)),
        others: [
            whereabouts(&snapshot.whereabouts, look),
            recording(&snapshot.recording, look),
            verification(snapshot, look),
            title(snapshot, look),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn saying(words: impl Into<String>, colour: Color32) -> Saying {
    Saying {
        words: words.into(),
        colour,
        hint: None,
        dot: None,
    }
}

/// How the epoch shown stands to the run.
fn course(snapshot: &Snapshot, look: Look) -> Option<Saying> {
    let [epoch, last] = [snapshot.epoch_of_both(), end(snapshot)].map(text::count);
    let words = match (snapshot.course, &snapshot.verification) {
        (Course::Present, _) if end(snapshot) == 0 => return None,
        // A failure needs the room.
        (Course::Present, _) if matches!(snapshot.recording, RecordingStatus::Failed(_)) => return None,
        (Course::Present, _) => {
            let hint = "Drag back to see again how the run came here; nothing is lost.";
            return Some(saying(hint, look.colours.faint));
        }
        (Course::Past, _) => {
            // If nothing was done later, training is the same again unless something changes.
            let ahead = |last: &Stamped| last.end() > snapshot.epoch;
            let how = match snapshot.log.actions().last() {
                Some(last) if ahead(last) => "Play goes another way from here",
                _ => "Change something, and Play goes another way from here",
            };
            format!("Epoch {epoch} of {last}. {how}; Retrace shows again how it went.")
        }
        (Course::Retracing, None) => {
            format!("Epoch {epoch} of {last}, again as it went. A change of yours goes another way.")
        }
        (Course::Retracing, Some(_)) => {
            format!("Epoch {epoch} of {last}, as recorded. A change of yours goes another way.")
        }
    };
    Some(saying(words, look.colours.text))
}

/// Tells the actions just done again, while the run is retraced.
fn told(snapshot: &Snapshot, timeline: &Timeline, look: Look) -> Option<Saying> {
    if snapshot.course != Course::Retracing {
        return None;
    }
    let now = snapshot.epoch;
    let begun = timeline.events.iter().filter(|event| begins(event) <= now);
    let last = begun.max_by_key(|event| event.end())?;
    if now.saturating_sub(last.end()) > epochs_told(snapshot) {
        return None;
    }
    let together = timeline
        .events
        .iter()
        .filter(|event| begins(event) <= now && event.end() == last.end());
    let words: Vec<String> = together.map(marks::words).collect();
    let colour = last
        .network()
        .map_or(look.colours.ink, |network| look.colours.network(network));
    Some(Saying {
        dot: Some(colour),
        ..saying(words.join("; "), look.colours.ink)
    })
}

/// Epochs completed when it begins.
const fn begins(event: &Event) -> u64 {
    match event {
        Event::Change { epoch, .. } => *epoch,
        Event::Steps { first, .. } => first.saturating_sub(1),
    }
}

/// For how many epochs an action stays in words: a few seconds of training.
fn epochs_told(snapshot: &Snapshot) -> u64 {
    let speed = match snapshot.pace {
        Pace::EpochsPerSecond(rate) => rate.get(),
        Pace::PhasesPerSecond(_) => 0.0,
        Pace::Full => snapshot.epochs_per_second.unwrap_or(0.0),
    };
    let least = match snapshot.pace.stride() {
        Stride::Phase => 1,
        Stride::Epoch => (end(snapshot) / 100).max(1),
    };
    ((SECONDS_TOLD * speed) as u64).max(least)
}

/// The title and author of the recording that is retraced.
fn title(snapshot: &Snapshot, look: Look) -> Option<Saying> {
    snapshot.verification?;
    let narration = &snapshot.opened.as_ref()?.narration;
    let words = match (&narration.title, &narration.author) {
        (Some(title), Some(author)) => format!("“{title}”, by {author}"),
        (Some(title), None) => format!("“{title}”"),
        (None, Some(author)) => format!("Recorded by {author}"),
        (None, None) => return None,
    };
    Some(Saying {
        hint: Some(words.clone()),
        ..saying(words, look.colours.text)
    })
}

/// Whether it is the same run.
fn verification(snapshot: &Snapshot, look: Look) -> Option<Saying> {
    let verification = snapshot.verification?;
    if let Some(difference) = verification.difference {
        let epoch = text::count(difference.epoch);
        return Some(Saying {
            hint: Some(format!(
                "The state after epoch {epoch} is not the recorded one ({}, not {}), nor can those after it be. The \
                 recording was changed, or made by another version.",
                difference.got, difference.expected
            )),
            ..saying(format!("Another run since epoch {epoch}"), look.colours.alarm)
        });
    }
    let named = verification.named;
    if named == 0 {
        return None;
    }
    let states = if named == 1 { "state" } else { "states" };
    Some(Saying {
        hint: Some(
            "The recording names states of its run by a hash of every bit. Green ticks: found to be the same here."
                .to_owned(),
        ),
        ..saying(
            format!("{} of {named} {states} verified", verification.verified),
            look.colours.text,
        )
    })
}

/// Names the backend on which the run trains, unless it is the CPU; or its trouble.
fn whereabouts(whereabouts: &Whereabouts, look: Look) -> Option<Saying> {
    match &whereabouts.trouble {
        Some(trouble) => Some(Saying {
            hint: Some(trouble.to_string()),
            ..saying(&**trouble, look.colours.alarm)
        }),
        None if whereabouts.backend == "cpu" => None,
        None => Some(Saying {
            hint: Some(whereabouts.device.to_string()),
            ..saying(format!("On {}", whereabouts.backend), look.colours.text)
        }),
    }
}

/// Names the file to which the run is recorded.
fn recording(status: &RecordingStatus, look: Look) -> Option<Saying> {
    match status {
        RecordingStatus::Off => None,
        RecordingStatus::Writing(path) => Some(Saying {
            hint: Some(format!(
                "Written as it happens, to {}. The recording is good up to here whatever comes.",
                path.display()
            )),
            dot: Some(look.colours.alarm),
            ..saying(format!("Recording to {}", name(path)), look.colours.text)
        }),
        RecordingStatus::Written(path) => Some(Saying {
            hint: Some(format!(
                "Complete: {}. 'gan-lab replay' trains it again and compares, 'gan-lab view --open' shows it.",
                path.display()
            )),
            ..saying(format!("Recorded in {}", name(path)), look.colours.text)
        }),
        RecordingStatus::Failed(why) => Some(Saying {
            hint: Some(why.to_string()),
            ..saying(format!("Not recorded: {why}"), look.colours.alarm)
        }),
    }
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
