//! A run as the part of an address after '#': short enough to be sent, plain enough to be read and written.
//!
//! ```text
//! #preset=ring&seed=7&generator.learning_rate=0.05&at=1200:loss:least-squares&epoch=2000
//! ```
//!
//! | key | what it says | where it is left out |
//! |---|---|---|
//! | `preset` | `line`, `gaussians`, `ring` or `disjoint`: what the rest differs from | `ring` |
//! | `recipe` | `classic`, or `recommended` or `recommended-2` in place of the preset's networks and rates | `classic` |
//! | `seed` | the seed of all randomness | 13, as on the command line |
//! | any of a configuration | as in its [file](crate::files::configuration), tables with a dot: `noise.kind=normal` | the preset's |
//! | `points` | of `target=drawing`: `x,y;x,y`, or what `link::points` writes | no points |
//! | `points.source`, `.x`, `.y` | of a file's points its name, and where they lay before they were scaled: `-10,30` | drawn by hand |
//! | `at` | `EPOCH:KEY:VALUE`, once for each thing done, in order: a loss, a network's `learning_rate`, `optimizer` or `updates_per_epoch`, or so many of its `steps` | nothing was done |
//! | `epoch` | the epoch that the run reached | the last `at` |
//!
//! Keys stand in any order, and one that is not known is an error: nothing that a
//! [recording](crate::recording) would refuse is accepted. Characters other than letters, digits
//! and `-._~,;:` may be percent-encoded, and are where we write; pages and programs that send
//! addresses on leave the rest alone.
//!
//! A link is a recording without hashes: the same run comes of it, but nothing says so. It holds neither
//! parameters nor what is told about a run, and of two runs side by side the first.

mod points;
mod reading;
#[cfg(test)]
mod tests;
mod writing;

use std::borrow::Cow;
use std::fmt;

use gan_core::log::Log;

use crate::recording::LOG_CAPACITY;
use crate::{Experiment, Recording, Snapshot};

/// The most characters of a link: a messenger or a mail cuts longer ones.
pub const LONGEST: usize = 8_000;

/// The seed where a link names none.
const SEED: u64 = 13;

/// A run that no link can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlinkable {
    /// It began with the parameters of a file.
    Parameters,
    /// More was done to it than a run's log holds.
    Actions,
    /// It would be longer than [`LONGEST`].
    Length {
        /// Its characters.
        characters: usize,
        /// The points of the drawing in it.
        points: usize,
    },
}

impl fmt::Display for Unlinkable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameters => f.write_str(
                "no link can hold this run: it began with parameters from a file; send that file instead",
            ),
            Self::Actions => f.write_str(
                "no link can hold this run: more was done to it than is written down; restart it to begin another",
            ),
            Self::Length { characters, points } => {
                let with = match points {
                    0 => String::new(),
                    points => format!(" with its {points} points"),
                };
                write!(
                    f,
                    "a link of this run{with} would have {characters} characters, more than the {LONGEST} that \
                     arrive everywhere: save its recording and send that"
                )
            }
        }
    }
}

impl std::error::Error for Unlinkable {}

/// The link of a run as far as it is known, without '#'.
pub fn of(snapshot: &Snapshot) -> Result<String, Unlinkable> {
    of_run(&snapshot.experiment, &snapshot.log, snapshot.end)
}

/// The link of a run that reaches an epoch, without '#'.
pub fn of_run(experiment: &Experiment, log: &Log<LOG_CAPACITY>, epoch: u64) -> Result<String, Unlinkable> {
    if experiment.parameters().is_some() {
        return Err(Unlinkable::Parameters);
    }
    if log.dropped() > 0 {
        return Err(Unlinkable::Actions);
    }
    writing::whole(experiment, log, epoch)
}

/// The run of a link, with '#' or without; the error says what is wrong, where, and what to do.
pub fn parse(link: &str) -> Result<Recording, String> {
    reading::read(link).map_err(|problem| crate::files::sentence(&problem))
}

/// Its beginning, so that a problem is told to its end.
fn cut(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(60) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}
