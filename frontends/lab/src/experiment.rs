//! What determines a run: configuration, seed and, for a drawn target, its points.

use gan_core::{Configuration, Preset, SetupError, Target};

use crate::Drawing;

/// Everything that a run follows from.
///
/// A drawing that the target does not need is kept, so that one can come back to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    configuration: Configuration,
    seed: u64,
    drawing: Drawing,
}

impl Experiment {
    /// Checks that a drawn target has points; the other targets ignore them.
    pub fn new(configuration: Configuration, seed: u64, drawing: Drawing) -> Result<Self, SetupError> {
        if configuration.target == Target::Drawing && drawing.is_empty() {
            return Err(SetupError::EmptyDrawing);
        }
        Ok(Self {
            configuration,
            seed,
            drawing,
        })
    }

    /// A preset with a seed, and no drawing.
    #[must_use]
    pub fn preset(preset: Preset, seed: u64) -> Self {
        Self {
            configuration: preset.configuration(),
            seed,
            drawing: Drawing::default(),
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
    pub const fn drawing(&self) -> &Drawing {
        &self.drawing
    }

    /// The same with another seed.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Self {
        Self { seed, ..self.clone() }
    }

    /// The same seed and drawing with other hyper-parameters.
    pub fn with_configuration(&self, configuration: Configuration) -> Result<Self, SetupError> {
        Self::new(configuration, self.seed, self.drawing.clone())
    }

    /// The same seed and drawing with a preset's hyper-parameters, target included.
    #[must_use]
    pub fn with_preset(&self, preset: Preset) -> Self {
        Self {
            drawing: self.drawing.clone(),
            ..Self::preset(preset, self.seed)
        }
    }

    /// The same seed with these points as its target; an error if there are none.
    pub fn learning(&self, drawing: Drawing) -> Result<Self, SetupError> {
        let target = Target::Drawing;
        Self::new(
            Configuration {
                target,
                ..self.configuration
            },
            self.seed,
            drawing,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_outlasts_other_targets_seeds_and_presets() {
        let drawing = Drawing::drawn([[0.25, 0.75]]).unwrap();
        let ring = Experiment::preset(Preset::Ring, 7);
        assert_eq!(ring.learning(Drawing::default()), Err(SetupError::EmptyDrawing));
        let own = ring.learning(drawing.clone()).unwrap();
        assert_eq!((own.configuration().target, own.seed()), (Target::Drawing, 7));
        assert_eq!(own.configuration().batch, ring.configuration().batch);
        let line = own.with_seed(8).with_preset(Preset::Line);
        assert_eq!(
            (line.configuration(), line.seed()),
            (&Preset::Line.configuration(), 8)
        );
        assert_eq!(line.drawing(), &drawing);
        let back = line.with_configuration(*own.configuration()).unwrap();
        assert_eq!(back, own.with_seed(8));
    }
}
