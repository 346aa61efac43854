//! Runs: the commands they take, the snapshots they give, and the threads, workers and devices they train on.

pub mod backends;
pub mod beside;
pub(crate) mod driver;
pub mod inline;
pub mod instructions;
pub(crate) mod looker;
pub mod memory;
pub mod pace;
pub mod remote;
pub mod session;
pub mod snapshot;
pub mod threaded;
pub mod trainer;
pub(crate) mod watch;
