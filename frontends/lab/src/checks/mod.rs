//! Checks of a run: measurements, figures and their history, the diagnosis made of them, and conditions to stop.

pub mod diagnosis;
pub mod figures;
pub mod gauge;
pub mod glance;
pub mod history;
pub mod lost;
pub mod measures;
pub mod moves;
pub mod observer;
pub mod reach;
pub mod stop;
