//! From a recording to its text: the head, and then line by line what happens.

mod narration;

use std::fmt::Write as _;

use gan_core::configuration::Network;
use gan_core::log::{Action, Stamped};
use gan_core::parameters::Kind;
use gan_core::{Change, Checkpoint, Point, Target};
use serde::Serialize;

use super::{FORMAT, Recording};
use crate::files::configuration;
use crate::setup::drawing::Source;
use crate::setup::scaling::Range;

/// The comment that a person sees first.
const COMMENT: &str =
    "# A run of gan-lab. `gan-lab replay` with this file's name trains it again and checks every hash.\n";

#[derive(Serialize)]
struct Head<'a> {
    format: u32,
    profile: &'a str,
    seed: u64,
    reached: Option<u64>,
}

/// All of a recording, its actions and hashes in order.
pub(super) fn whole(recording: &Recording) -> String {
    let mut text = head(recording);
    let mut checkpoints = recording.checkpoints.taken().iter().peekable();
    for stamped in recording.log.actions() {
        while let Some(taken) = checkpoints.next_if(|taken| taken.epoch <= stamped.epoch) {
            text += &checkpoint(taken);
        }
        text += &action(stamped);
    }
    text.extend(checkpoints.map(checkpoint));
    text
}

/// The run's beginning, up to the first `[[from]]`.
fn head(recording: &Recording) -> String {
    let experiment = &recording.experiment;
    let head = Head {
        format: FORMAT,
        profile: &recording.profile,
        seed: experiment.seed(),
        reached: (recording.reached > 0).then_some(recording.reached),
    };
    let mut text = format!(
        "{COMMENT}{}{}\n{}",
        plain(&head),
        narration::tables(&recording.narration),
        configuration::to_toml_below("configuration", experiment.configuration())
    );
    if experiment.configuration().target == Target::Drawing {
        drawing(
            &mut text,
            experiment.drawing().source(),
            experiment.drawing().points(),
        );
    }
    text += "\n[[from]]\nepoch = 0\n";
    text
}

fn plain(tables: &impl Serialize) -> String {
    toml::to_string(tables).expect("plain tables of numbers and names are TOML")
}

/// Points in full: the shortest decimals that read back to the same `f32`.
fn drawing(text: &mut String, source: &Source, points: &[Point]) {
    text.push_str("\n[drawing]\n");
    if let Source::File { name, scaling } = source {
        let name = toml::Value::String(name.as_ref().to_owned());
        let [x, y] = scaling.ranges().map(|Range { least, most }| [least, most]);
        // Writing to a string cannot fail.
        let _ = write!(text, "source = {name}\nx = {x:?}\ny = {y:?}\n");
    }
    text.push_str("points = [\n");
    for line in points.chunks(4) {
        text.extend(line.iter().map(|point| format!("{point:?}, ")));
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text.push_str("]\n");
}

/// The lines of what was done.
pub(super) fn action(stamped: &Stamped) -> String {
    let done = match &stamped.action {
        Action::Change(change) => changed(change),
        Action::Step(network) => format!("{} = {}", steps(*network), stamped.times),
    };
    format!("[[from]]\nepoch = {}\n{done}\n", stamped.epoch)
}

/// The line of a changed hyper-parameter.
fn changed(change: &Change) -> String {
    let (parameter, word) = (change.parameter(), change.word());
    match parameter.definition().kind {
        Kind::Number { .. } => format!("{parameter} = {:?}", f32::from_bits(word)),
        _ => format!("{parameter} = {}", configuration::value(parameter, word)),
    }
}

fn steps(network: Network) -> String {
    format!("{network}.steps")
}

/// The line of a hash.
pub(super) fn checkpoint(Checkpoint { epoch, hash }: &Checkpoint) -> String {
    format!("hash.{epoch} = \"{hash}\"\n")
}
