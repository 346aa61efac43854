//! Experiments before they are trained: data, recipes, settings.

pub mod drawing;
pub mod experiment;
pub mod recipe;
pub mod scaling;
pub mod setting;
