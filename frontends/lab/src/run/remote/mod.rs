//! A run that trains in another instance of this program, where nothing but bytes goes between the two: a
//! browser's page looks, and its worker, a thread without a window, trains.
//!
//! [`Remote`], the page's side, is a [`Session`](crate::Session); [`Worker`] trains. Whoever has them carries
//! the messages of one to the other, in their order, and gives each its turns; neither knows what carries
//! them. Commands go one way. The other way a state goes only when the page has asked for one and something
//! has changed since the last: so training never waits for the picture, a page that nobody sees costs
//! nothing, and a run that rests is silent. The page makes the snapshots itself.
//!
//! Both sides are instances of the same build, so messages have no version and are no file format
//! (`wire`). Lasting data (the run's beginning, its log) are sent only when they are new (`known`).

mod known;
mod page;
#[cfg(test)]
mod tests;
mod wire;
mod worker;

use std::time::Duration;

pub use page::Remote;
pub use wire::Malformed;
pub use worker::Worker;

/// A clock that gives the time since any fixed moment. It may be as coarse as a millisecond.
pub type Clock = fn() -> Duration;

/// When one side wants its next turn, unless a message comes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// A turn as soon as there is time: the side has only stopped so that messages can come.
    Again,
    /// After so long.
    After(Duration),
    /// When a message has come.
    Resting,
}
