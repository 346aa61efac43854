//! The views of gan-lab: the model overview graph, the layered distributions, metrics and controls,
//! as egui code without a window.
//!
//! [`App::ui`] shows a [`lab::Session`]'s newest snapshot and sends it commands; it keeps no state of
//! the run and reads no clock, so the same snapshot is the same picture (switch egui's animations off
//! with `style.animation_time = 0`). Look and wording follow *GAN Lab* (Kahng et al., VIS 2018), so
//! that whoever knows it is at home.
//!
//! Map of the modules: [`palette`] and [`style`] say what things look like; [`projection`] takes
//! samples to pixels and [`layers`] paints them, into any rectangle; [`graph`] and the canvas put
//! those painters to use; the top bar, the choices, the legend, the metrics and the phases of slow
//! motion are a file or a folder each; `drawing` puts data of one's own onto the canvas, `beside`
//! two runs; the app arranges all. [`sweep_map`] is a picture of its own: many runs at once.
//!
//! # Differences from GAN Lab's page
//!
//! They come from a comparison, screen by screen, with the paper's figures and the page.
//!
//! - Charts lie under the graph, not at the right, so that the canvas stays large at 1280×800. In
//!   slow motion the two lists of phases take their place; on the page they stand in the graph,
//!   which has no room for formulas.
//! - Divergences have a logarithmic axis, so that the floor, a line, is visible.
//! - One slider has every pace; the page has a button for slow motion alone. Steps of D, of G and
//!   of both are three buttons, not a menu. Seed, theme and keys are new at the right of the bar.
//! - Loss values stand beside their bars, the kind of loss between them. Rates that are not listed
//!   can be typed.
//! - Large dots have a rim, so that they stay visible on a heatmap and a manifold. Lines of the
//!   manifold's grid are darker than its cells.
//! - Layers have short explanations, the legend is their switches, and three questions choose the
//!   paper's combinations.
//! - Data and presets lie above the graph and stay there, so that a learner sees what else there is
//!   to try.
//! - Reset keeps the hyper-parameters as they are; a preset brings its own. Editing is in place, as
//!   on the page, but says what begins the run anew.
#![deny(missing_docs)]

mod app;
mod assistant;
mod beside;
mod canvas;
mod choices;
mod combination;
mod diagnosis;
mod drawing;
pub mod files;
pub mod graph;
mod help;
mod icons;
mod keyboard;
pub mod layers;
mod legend;
mod lesson;
mod looking;
mod marks;
mod menu;
mod metrics;
mod names;
mod narrow;
mod overlay;
pub mod palette;
mod panels;
mod parameters;
mod phases;
mod pointer;
pub mod projection;
mod recipes;
mod slices;
pub mod status;
mod stops;
pub mod style;
pub mod sweep_map;
mod switch;
pub mod text;
mod timeline;
mod top_bar;
mod touch;
mod walk;
mod warp;
mod widgets;
mod window_buttons;

pub use app::{App, View};
pub use combination::Combination;
pub use layers::{Layer, LayerSet};
pub use looking::Resolution;
pub use narrow::{Favoured, NarrowPanels, Runs};
pub use panels::{Canvases, LayersPanel, LessonPanels, Panels, Split};
pub use style::{Hand, Look, Scale, install_style};
