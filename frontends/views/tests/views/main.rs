//! The viewer without a window: every control by its name, the places of things, their words.

mod arrangement;
mod bar;
mod beside;
mod canvas;
mod colours;
mod controls;
mod diagnosis;
mod drawing;
mod edit;
mod files;
mod keyboard;
mod layers;
mod lessons;
mod measures;
mod metrics;
mod narrow;
mod slow_motion;
mod stops;
mod support;
mod sweep;
mod techniques;
mod timeline;
mod walk;
