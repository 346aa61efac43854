//! The page in a real browser, end to end: what is built is served, opened in Chromium and used with mouse, fingers
//! and keyboard. Beside it the same views run in this process, over the same run (`visit`): they say where widgets
//! lie, and what the run must have come to.

mod clipboard;
mod files;
mod link;
mod measures;
mod offline;
mod phone;
mod pictures;
mod training;
mod visit;
