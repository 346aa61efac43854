//! The viewer without a window: every control by its name, where things lie, what is told.

mod arrangement;
mod bar;
mod beside;
mod canvas;
mod colours;
mod controls;
mod drawing;
mod edit;
mod files;
mod keyboard;
mod layers;
mod lessons;
mod metrics;
mod narrow;
mod slow_motion;
mod support;
mod sweep;
mod techniques;
mod timeline;
