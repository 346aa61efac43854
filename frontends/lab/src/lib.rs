//! gan-lab without a picture: a run that takes commands and shows itself in snapshots.
//!
//! Views and command line know runs through [`Session`]: they send a [`Command`] and read the newest
//! [`Snapshot`]. [`Inline`] trains when asked to, on the caller's thread (pictures, tests, browsers);
//! [`Threaded`] trains on a thread of its own, and is looked at from a second, so that training never
//! waits for the picture, nor the picture for training; [`Remote`] does the same where threads share nothing
//! but messages: a browser.

pub mod bench;
pub mod checks;
pub mod files;
pub mod lesson;
pub mod pictures;
pub mod recording;
pub mod run;
pub mod setup;
pub mod sweep;

pub use checks::diagnosis::{Diagnosis, Word};
pub use checks::figures::{Figure, Summary};
pub use checks::gauge::Gauged;
pub use checks::glance::{Glance, Glances};
pub use checks::history::{History, Measured, Series};
pub use checks::measures::Measures;
pub use checks::observer::Observer;
pub use checks::stop::{Stop, StopState};
pub use pictures::heatmap::{Heatmap, HeatmapSide};
pub use pictures::inference::Inference;
pub use pictures::kernel_density::KernelDensity;
pub use pictures::manifold::{Manifold, ManifoldPart};
pub use pictures::phase_report::{LossReport, LossTerms, PhaseReport, Predictions, WeightReport, WeightStep};
pub use pictures::slice::Slice;
pub use pictures::walk::{NoisePoint, Walk, Walked};
pub use recording::timeline::{Event, Timeline};
pub use recording::{Recording, RecordingStatus, Replay, Verification};
pub use run::beside::Beside;
pub use run::inline::Inline;
pub use run::pace::{Pace, Rate, Stride};
pub use run::remote::{Remote, Worker};
pub use run::session::{Command, Session, Status, Step};
pub use run::snapshot::{Averaged, Divergence, Ghost, Snapshot};
pub use run::threaded::Threaded;
pub use run::trainer::{Course, State, Trainer};
pub use setup::drawing::Drawing;
pub use setup::experiment::Experiment;
pub use setup::recipe::Recipe;
pub use setup::scaling::Scaling;
pub use setup::setting::Setting;
