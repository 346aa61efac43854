//! What happens in gan-lab, without a picture: a run that takes commands and shows itself in snapshots.
//!
//! Views and command line know runs through [`Session`]: they send a [`Command`] and read the newest
//! [`Snapshot`]. [`Inline`] trains when asked to, on the caller's thread (pictures, tests, browsers);
//! [`Threaded`] trains on a thread of its own, and is looked at from a second, so that training never
//! waits for the picture, nor the picture for training; [`Remote`] does the same where threads share nothing
//! but messages: a browser.

pub mod backends;
pub mod bench;
pub mod beside;
pub mod diagnosis;
pub mod drawing;
mod driver;
pub mod experiment;
pub mod figures;
pub mod files;
mod fineness;
pub mod gauge;
pub mod glance;
pub mod heatmap;
pub mod history;
pub mod inference;
pub mod inline;
pub mod instructions;
pub mod kernel_density;
mod latent;
pub mod lesson;
pub mod link;
mod looker;
pub mod manifold;
pub mod measures;
pub mod memory;
pub mod moves;
pub mod observer;
pub mod pace;
pub mod phase_report;
pub mod reach;
pub mod recipe;
pub mod recording;
pub mod remote;
pub mod scaling;
pub mod session;
pub mod setting;
pub mod slice;
pub mod snapshot;
pub mod stop;
pub mod sweep;
pub mod threaded;
pub mod timeline;
pub mod trainer;
pub mod walk;
mod watch;

pub use beside::Beside;
pub use diagnosis::{Diagnosis, Word};
pub use drawing::Drawing;
pub use experiment::Experiment;
pub use figures::{Figure, Summary};
pub use gauge::Gauged;
pub use glance::{Glance, Glances};
pub use heatmap::{Heatmap, HeatmapSide};
pub use history::{History, Measured, Series};
pub use inference::Inference;
pub use inline::Inline;
pub use kernel_density::KernelDensity;
pub use manifold::{Manifold, ManifoldPart};
pub use measures::Measures;
pub use observer::Observer;
pub use pace::{Pace, Rate, Stride};
pub use phase_report::{LossReport, LossTerms, PhaseReport, Predictions, WeightReport, WeightStep};
pub use recipe::Recipe;
pub use recording::{Recording, RecordingStatus, Replay, Verification};
pub use remote::{Remote, Worker};
pub use scaling::Scaling;
pub use session::{Command, Session, Status, Step};
pub use setting::Setting;
pub use slice::Slice;
pub use snapshot::{Averaged, Divergence, Ghost, Snapshot};
pub use stop::{Stop, StopState};
pub use threaded::Threaded;
pub use timeline::{Event, Timeline};
pub use trainer::{Course, State, Trainer};
pub use walk::{NoisePoint, Walk, Walked};
