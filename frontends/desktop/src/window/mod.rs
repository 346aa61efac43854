//! Runs an egui user interface in a window of the desktop.
//!
//! `minifb` opens the window, tells of keys and mouse and shows pixels; `gan-lab-raster` paints
//! them; egui does everything between. So neither a graphics driver nor a toolkit is needed.
//!
//! Nothing is painted without a reason: an input, a repaint that the interface asked for (at once,
//! after a delay, or from another thread through [`egui::Context::request_repaint`]), a new size.
//! Between pictures the thread sleeps. Input is polled sixty times a second, because that is what
//! `minifb` offers: a click shorter than that is lost.
//!
//! One idea per file: [`options`](WindowOptions), the [error](WindowError), the minifb window
//! itself (`screen`), what was polled into egui's events (`input`, `keys`, `cursor`), when to paint
//! (`pacing`), what it took ([`FrameStatistics`]), and the loop that joins them (`event_loop`).

mod cursor;
mod error;
mod event_loop;
mod input;
mod keys;
mod options;
mod pacing;
mod screen;
mod statistics;

pub use error::WindowError;
pub use event_loop::run;
pub use options::{PixelsPerPoint, WindowOptions};
pub use statistics::FrameStatistics;
