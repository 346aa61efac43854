//! What happens in gan-lab, without a picture: a run that takes commands and shows itself in snapshots.
//!
//! Views and command line know runs through [`Session`]: they send a [`Command`] and read the newest
//! [`Snapshot`]. [`Inline`] trains when asked to, on the caller's thread (pictures, tests, browsers);

pub mod experiment;
pub mod history;
pub mod session;
pub mod snapshot;

pub use experiment::Experiment;
pub use history::{History, Measured};
pub use session::{Command, Session, Status, Step};
pub use snapshot::{Divergence, Manifold, Snapshot};
