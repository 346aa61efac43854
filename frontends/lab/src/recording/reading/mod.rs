//! From a text to a recording: every problem is one sentence with its line, and no text is a panic.

mod narration;

use gan_core::configuration::Network;
use gan_core::log::{Action, Log, Stamped};
use gan_core::{
    Change, Checkpoint, Checkpoints, OutOfRange, Parameter, Preset, Profile as _, Reference, SetupError,
    StateHash, Target,
};
use serde::Deserialize;
use toml::Spanned;

use self::narration::NarrationTable;
use super::{Ending, FORMAT, MOST_CHECKPOINTS, Recording};
use crate::files::configuration::{self, Entry, Problem, checked};
use crate::recording::LOG_CAPACITY;
use crate::setup::drawing::Source;
use crate::{Drawing, Experiment, Scaling};

/// The numeric profiles there are (`gan_core::profile`).
const PROFILES: [&str; 2] = [Reference::NAME, "micromath"];
/// No run gets as far; sums of epochs do not overflow.
const MOST_EPOCHS: u64 = 1_000_000_000_000;

/// Only what tells whether the rest can be understood.
#[derive(Deserialize)]
struct Version {
    format: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "format")]
    _format: u32,
    profile: Spanned<String>,
    seed: u64,
    reached: Option<Spanned<u64>>,
    #[serde(default)]
    narration: NarrationTable,
    configuration: Spanned<configuration::Document>,
    drawing: Option<Spanned<DrawingTable>>,
    /// Actions at epochs, and the hashes from there on.
    #[serde(default)]
    from: Vec<Spanned<configuration::Document>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DrawingTable {
    source: Option<String>,
    x: Option<[f32; 2]>,
    y: Option<[f32; 2]>,
    points: Vec<Spanned<[f32; 2]>>,
}

/// A recording, and whether its end is missing.
pub(super) fn parse(bytes: &[u8]) -> Result<(Recording, Ending), String> {
    let whole = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let ending = match whole == bytes.len() {
        true => Ending::Whole,
        false => Ending::Torn,
    };
    let text = std::str::from_utf8(&bytes[..whole]).map_err(|error| {
        let lines = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n');
        format!("line {}: is not UTF-8 text; save it as UTF-8", lines.count() + 1)
    })?;
    match read(text) {
        Ok(recording) => Ok((recording, ending)),
        Err(problem) => Err(problem.in_text(text)),
    }
}

fn read(text: &str) -> Result<Recording, Problem> {
    match toml::from_str::<Version>(text)?.format {
        None => {
            let what = format!("is not a recording: one begins with 'format = {FORMAT}'");
            return Err(Problem::at(0, what));
        }
        Some(format) if *format.get_ref() != toml::Value::from(FORMAT) => {
            let what = format!(
                "has the format {}, but this gan-lab reads {FORMAT}: use the gan-lab that wrote it",
                format.get_ref()
            );
            return Err(Problem::at(format.span().start, one_line(&what)));
        }
        Some(_) => {}
    }
    let document: Document = toml::from_str(text)?;
    if !PROFILES.contains(&document.profile.get_ref().as_str()) {
        let what = format!(
            "the profile '{}' is not one of {}",
            one_line(document.profile.get_ref()),
            PROFILES.join(", ")
        );
        return Err(Problem::at(document.profile.span().start, what));
    }
    let experiment = experiment(document.configuration, document.seed, document.drawing)?;
    let mut story = Story::default();
    let last = document.from.len().saturating_sub(1);
    for (index, from) in document.from.into_iter().enumerate() {
        story.tell(from, index == last)?;
    }
    let reached = document.reached.map_or(Ok(0), |reached| {
        checked(reached, |epoch| bounded("reached", 0, epoch))
    })?;
    Ok(Recording {
        profile: document.profile.into_inner(),
        narration: document.narration.read(experiment.configuration())?,
        experiment,
        checkpoints: story.checkpoints()?,
        log: story.log,
        reached,
    })
}

fn one_line(text: &str) -> String {
    text.escape_debug().to_string()
}

fn experiment(
    configuration: Spanned<configuration::Document>,
    seed: u64,
    drawing: Option<Spanned<DrawingTable>>,
) -> Result<Experiment, Problem> {
    let place = configuration.span().start;
    // A preset may change, a recording may not: nothing is taken for granted.
    if let Some(key) = configuration.get_ref().missing() {
        let what = format!("the configuration has no {key}; a recording needs every key");
        return Err(Problem::at(place, what));
    }
    let configuration = configuration.into_inner().onto(&Preset::Ring.configuration())?;
    let drawing = match drawing {
        None => Drawing::default(),
        Some(table) if configuration.target != Target::Drawing => {
            let what =
                "there are points, but the target is not 'drawing': leave them out, or name that target";
            return Err(Problem::at(table.span().start, what));
        }
        Some(table) => points(table)?,
    };
    Experiment::new(configuration, seed, drawing).map_err(|error| match error {
        SetupError::EmptyDrawing => Problem::at(
            place,
            "the target 'drawing' has no points; write them under [drawing]",
        ),
        error @ (SetupError::MemoryTooSmall { .. } | SetupError::Conflict(_)) => Problem::at(place, error),
    })
}

fn points(table: Spanned<DrawingTable>) -> Result<Drawing, Problem> {
    let place = table.span().start;
    let table = table.into_inner();
    let source = match (table.source, table.x, table.y) {
        (None, None, None) => Source::Brush,
        (Some(name), Some(x), Some(y)) => {
            let what = "x and y are each the least and the most of a range, both finite";
            Source::File {
                name: name.into(),
                scaling: Scaling::between(x, y).ok_or_else(|| Problem::at(place, what))?,
            }
        }
        _ => {
            let what = "points of a file have source, x and y; points drawn by hand none of them";
            return Err(Problem::at(place, what));
        }
    };
    let places: Vec<usize> = table.points.iter().map(|point| point.span().start).collect();
    let points: Vec<_> = table.points.into_iter().map(Spanned::into_inner).collect();
    Drawing::of(points, source).map_err(|error| {
        use crate::setup::drawing::DrawingError::{Outside, TooMany};
        match error {
            Outside { index } => Problem::at(places[index], error),
            TooMany { .. } => Problem::at(place, error),
        }
    })
}

/// The run's actions and hashes, as far as they were read.
#[derive(Default)]
struct Story {
    log: Log<LOG_CAPACITY>,
    /// Epoch at which the last `[[from]]` begins.
    epoch: u64,
    /// Hashes with their place in the text; they may stand in any order.
    hashes: Vec<(Checkpoint, usize)>,
}

impl Story {
    fn tell(&mut self, from: Spanned<configuration::Document>, last: bool) -> Result<(), Problem> {
        let place = from.span().start;
        let mut from = from.into_inner();
        for entry in from.take_table("hash") {
            self.hashes.push(hashed(entry)?);
        }
        let epoch = from.take("epoch");
        let done = done(
            place,
            from.of_changes(&["epoch", "hash", "generator.steps", "discriminator.steps"]),
        )?;
        let Some(epoch) = epoch else {
            // Torn off while it was written.
            return match last && done.is_empty() {
                true => Ok(()),
                false => Err(Problem::at(place, "a [[from]] needs an epoch")),
            };
        };
        let place = epoch.place;
        let epoch = bounded("epoch", 0, epoch.count()?).map_err(|error| Problem::at(place, error))?;
        let begun = self.log.actions().last().map_or(0, Stamped::end).max(self.epoch);
        if epoch < begun {
            let what =
                format!("from epoch {epoch}, but what stands before it goes on to {begun}: keep the order");
            return Err(Problem::at(place, what));
        }
        self.epoch = epoch;
        for (action, times) in done {
            let stamped = Stamped { epoch, action, times };
            self.log.add(stamped).map_err(|full| {
                let what = format!("a recording holds {} actions: leave some out", full.capacity);
                Problem::at(place, what)
            })?;
        }
        Ok(())
    }

    fn checkpoints(&mut self) -> Result<Checkpoints<MOST_CHECKPOINTS>, Problem> {
        self.hashes.sort_by_key(|(checkpoint, _)| checkpoint.epoch);
        let mut checkpoints = Checkpoints::new();
        for (checkpoint, place) in self.hashes.drain(..) {
            checkpoints
                .push(checkpoint)
                .map_err(|error| Problem::at(place, error))?;
        }
        Ok(checkpoints)
    }
}

fn hashed(entry: Entry) -> Result<(Checkpoint, usize), Problem> {
    let place = entry.key;
    let number = entry.path.parse::<u64>();
    let number = number.map_err(|_| {
        let what = format!(
            "hash.{} is of no epoch; write as in hash.2000",
            one_line(&entry.path)
        );
        Problem::at(place, what)
    })?;
    let epoch = bounded("epoch", 0, number).map_err(|error| Problem::at(place, error))?;
    let hash = entry.text()?;
    let parsed = hash.get_ref().parse::<StateHash>();
    let hash = parsed.map_err(|error| Problem::at(hash.span().start, error))?;
    Ok((Checkpoint { epoch, hash }, place))
}

/// Changes first, in an order that does not matter, and then steps.
fn done(place: usize, mut entries: configuration::Document) -> Result<Vec<(Action, u64)>, Problem> {
    let mut steps = None;
    for network in Network::ALL {
        let Some(times) = entries.take(&format!("{network}.steps")) else {
            continue;
        };
        let times_place = times.place;
        let times = bounded("steps", 1, times.count()?).map_err(|error| Problem::at(times_place, error))?;
        if steps.replace((Action::Step(network), times)).is_some() {
            let what = "steps of both networks; write a [[from]] for each, in their order";
            return Err(Problem::at(place, what));
        }
    }
    let mut done: Vec<(Action, u64)> = Vec::new();
    for (parameter, word) in entries.values()? {
        let change = Change::new(parameter, word);
        let change = change.map_err(|error| Problem::at(entries.place(parameter).unwrap_or(place), error))?;
        done.push((Action::Change(change), 1));
    }
    // In the table's order, whatever the file's.
    done.sort_by_key(|(action, _)| match action {
        Action::Change(change) => Parameter::ALL
            .iter()
            .position(|known| *known == change.parameter()),
        Action::Step(_) => None,
    });
    done.extend(steps);
    Ok(done)
}

/// A number of epochs or steps, from `least`.
pub(crate) fn bounded(field: &'static str, least: u64, value: u64) -> Result<u64, OutOfRange> {
    let error = OutOfRange {
        field,
        value: value as f64,
        least: least as f64,
        most: MOST_EPOCHS as f64,
    };
    (least..=MOST_EPOCHS)
        .contains(&value)
        .then_some(value)
        .ok_or(error)
}

#[cfg(test)]
mod tests;
