//! Messages between the two sides, as bytes:
//! [postcard](https://postcard.jamesmunns.com/wire-format)'s.
//!
//! A message that is sent borrows from existing data. A message that arrives has passed the
//! constructors that check ranges, and checks of whatever else could be wrong with it, so that no
//! message is a panic. Numbers keep every bit.

mod beginning;
mod command;
mod fit;
mod state;
#[cfg(test)]
pub(super) mod tests;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

pub(super) use beginning::ExperimentMessage;
pub(super) use command::CommandMessage;
pub(super) use state::StateMessage;

/// From the page to its worker.
#[derive(Serialize, Deserialize)]
pub(super) enum ToWorker<'a> {
    /// Begin with this run; the first message.
    #[serde(borrow)]
    Begin(ExperimentMessage<'a>),
    /// Something that was asked of the run.
    #[serde(borrow)]
    Command(CommandMessage<'a>),
    /// Send the next state.
    Look,
}

/// From the worker to its page.
#[derive(Serialize, Deserialize)]
pub(super) enum ToPage<'a> {
    /// How the run is now.
    #[serde(borrow)]
    State(Box<StateMessage<'a>>),
    /// A file that the run wrote, and that is complete.
    File {
        /// The file's path.
        #[serde(borrow)]
        path: Cow<'a, str>,
        /// All of it.
        bytes: &'a [u8],
    },
}

/// Bytes are not a message that can come here and now. Nothing of it took effect; but the sides may no longer
/// know the same, so that both are best begun anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// They do not say anything: they were cut off, damaged, or are of another build.
    Unreadable,
    /// They say what cannot be.
    Impossible {
        /// The error, in words.
        what: &'static str,
    },
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::Unreadable => "its bytes are cut off, damaged, or of another build",
            Self::Impossible { what } => what,
        };
        write!(
            f,
            "a message between the page and its trainer makes no sense ({what}): load the page again"
        )
    }
}

impl std::error::Error for Malformed {}

/// A message as bytes.
pub(super) fn encode(message: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(message).expect("every sequence says its length, and memory is had for it")
}

/// The message that all of these bytes are.
pub(super) fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Malformed> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        Ok(_) | Err(_) => Err(Malformed::Unreadable),
    }
}

/// For an error of a constructor.
pub(super) fn impossible<E>(what: &'static str) -> impl FnOnce(E) -> Malformed {
    move |_| Malformed::Impossible { what }
}

/// `Ok` only if it is so.
pub(super) fn ensure(so: bool, what: &'static str) -> Result<(), Malformed> {
    match so {
        true => Ok(()),
        false => Err(Malformed::Impossible { what }),
    }
}
