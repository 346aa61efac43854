//! Sweeps: a grid of hyper-parameters × seeds, every run of it trained, every outcome a row.
//!
//! A [`Grid`] says which runs there are and in which order; [`train`] trains those still missing on as many
//! threads as wished and reports [`Event`]s; [`table`] turns outcomes into CSV and JSON, and CSV back, so
//! that an interrupted sweep goes on where it stopped; a [`Map`] sums outcomes up for a picture. Nothing
//! here touches a file or a terminal: whoever calls does.
//!
//! Each run is what `gan-lab train` does with that configuration and seed: same hash, same figures. So
//! neither the number of threads nor an interruption can change a row, its time apart.

mod grid;
mod map;
mod outcome;
mod population;
mod seeds;
mod survey;
pub mod table;
mod training;

pub use grid::{Axis, Grid, GridError, MOST_RUNS};
pub use map::{Cell, Map, Measure, Side};
pub use outcome::{AverageOutcome, Outcome};
pub use population::train_on;
pub use seeds::{Seeds, SeedsError};
pub use survey::{Survey, SurveyError};
pub use table::TableError;
pub use training::{Event, train};
