//! What determines a run: configuration, seed and, for a drawn target, its points.

use std::sync::Arc;

use gan_core::{Configuration, Point, Preset};

/// Everything that a run follows from.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// Every hyper-parameter.
    pub configuration: Configuration,
    /// The seed of all randomness.
    pub seed: u64,
    /// Points of the target 'drawing', in the unit square; empty for the others.
    pub drawing: Arc<[Point]>,
}

impl Experiment {
    /// A preset with a seed.
    #[must_use]
    pub fn preset(preset: Preset, seed: u64) -> Self {
        Self {
            configuration: preset.configuration(),
            seed,
            drawing: Arc::default(),
        }
    }
}
