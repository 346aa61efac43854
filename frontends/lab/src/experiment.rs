//! What determines a run: configuration, seed and, for a drawn target, its points.

use std::sync::Arc;

use gan_core::{Configuration, Point, Preset, SetupError, Target};

/// Everything that a run follows from.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    configuration: Configuration,
    seed: u64,
    drawing: Arc<[Point]>,
}

impl Experiment {
    /// Checks that a drawn target has points. `drawing` lies in the unit square and is ignored by the
    /// other targets.
    pub fn new(configuration: Configuration, seed: u64, drawing: Arc<[Point]>) -> Result<Self, SetupError> {
        if configuration.target == Target::Drawing && drawing.is_empty() {
            return Err(SetupError::EmptyDrawing);
        }
        Ok(Self {
            configuration,
            seed,
            drawing,
        })
    }

    /// A preset with a seed.
    #[must_use]
    pub fn preset(preset: Preset, seed: u64) -> Self {
        Self {
            configuration: preset.configuration(),
            seed,
            drawing: Arc::default(),
        }
    }

    /// Every hyper-parameter.
    #[must_use]
    pub const fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// The seed of all randomness.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// Points of the target 'drawing'; others ignore them.
    #[must_use]
    pub const fn drawing(&self) -> &Arc<[Point]> {
        &self.drawing
    }

    /// The same with another seed.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Self {
        Self { seed, ..self.clone() }
    }

    /// The same seed and drawing with other hyper-parameters.
    pub fn with_configuration(&self, configuration: Configuration) -> Result<Self, SetupError> {
        Self::new(configuration, self.seed, Arc::clone(&self.drawing))
    }
}
