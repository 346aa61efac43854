//! Data of pictures, computed from the networks of a state: heatmaps, densities, manifolds, walks, phases in numbers.

pub(crate) mod fineness;
pub mod heatmap;
pub mod inference;
pub mod kernel_density;
pub(crate) mod latent;
pub mod manifold;
pub mod phase_report;
pub mod slice;
pub mod walk;
