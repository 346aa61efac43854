//! The inputs that determine a run: configuration, seed, for a drawn target its points, and the
//! parameters that it begins with, if they are not drawn from the seed.

use std::fmt;
use std::sync::Arc;

use gan_core::shape::Shape;
use gan_core::{Configuration, Network, Preset, SetupError, Target};

use crate::Drawing;
use crate::files::tensors::Model;

/// Everything that a run follows from.
///
/// A drawing that the target does not need is kept, so that one can come back to it. Parameters are kept as
/// long as the networks have their shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    configuration: Configuration,
    seed: u64,
    drawing: Drawing,
    parameters: Option<Arc<Model>>,
}

/// A model's parameters are not those of the configuration's networks.
#[derive(Clone, Debug, PartialEq)]
pub enum UnfitParameters {
    /// They are of other networks.
    Shape {
        /// Whose they are.
        network: Network,
        /// The model's layers.
        model: Shape,
        /// The configuration's.
        configuration: Shape,
    },
    /// They are too few, too many, or not all finite.
    Numbers {
        /// Whose they are.
        network: Network,
    },
}

impl fmt::Display for UnfitParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape {
                network,
                model,
                configuration,
            } if model.to_string() == configuration.to_string() => write!(
                f,
                "its {network} is normalized, or compares samples, in another way than the configuration's"
            ),
            Self::Shape {
                network,
                model,
                configuration,
            } => write!(
                f,
                "its {network} has the layers {model}, the configuration's {configuration}"
            ),
            Self::Numbers { network } => {
                write!(
                    f,
                    "its {network} has not as many finite parameters as its layers need"
                )
            }
        }
    }
}

impl std::error::Error for UnfitParameters {}

impl Experiment {
    /// Checks that techniques go together, and that a drawn target has points; the other targets ignore them.
    pub fn new(configuration: Configuration, seed: u64, drawing: Drawing) -> Result<Self, SetupError> {
        configuration.check().map_err(SetupError::Conflict)?;
        if configuration.target == Target::Drawing && drawing.is_empty() {
            return Err(SetupError::EmptyDrawing);
        }
        Ok(Self {
            configuration,
            seed,
            drawing,
            parameters: None,
        })
    }

    /// A preset with a seed, and no drawing.
    #[must_use]
    pub fn preset(preset: Preset, seed: u64) -> Self {
        Self {
            configuration: preset.configuration(),
            seed,
            drawing: Drawing::default(),
            parameters: None,
        }
    }

    /// The same, begun with a model's parameters instead of those drawn from the seed.
    pub fn with_parameters(&self, model: Arc<Model>) -> Result<Self, UnfitParameters> {
        for network in [Network::Generator, Network::Discriminator] {
            let (own, given) = (
                self.configuration.shape(network),
                model.configuration.shape(network),
            );
            if !has_same_places(own, given) {
                return Err(UnfitParameters::Shape {
                    network,
                    model: given,
                    configuration: own,
                });
            }
            let values = model.parameters(network);
            if values.len() != own.parameters() || !values.iter().all(|value| value.is_finite()) {
                return Err(UnfitParameters::Numbers { network });
            }
        }
        Ok(Self {
            parameters: Some(model),
            ..self.clone()
        })
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

    /// The parameters that it begins with; `None` if they are drawn from the seed.
    #[must_use]
    pub const fn parameters(&self) -> Option<&Arc<Model>> {
        self.parameters.as_ref()
    }

    /// The same with another seed.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Self {
        Self { seed, ..self.clone() }
    }

    /// The same seed and drawing with other hyper-parameters.
    pub fn with_configuration(&self, configuration: Configuration) -> Result<Self, SetupError> {
        let other = Self::new(configuration, self.seed, self.drawing.clone())?;
        Ok(match &self.parameters {
            Some(model) => other.with_parameters(Arc::clone(model)).unwrap_or(other),
            None => other,
        })
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
        Self {
            drawing,
            ..self.clone()
        }
        .with_configuration(Configuration {
            target,
            ..self.configuration
        })
    }
}

/// Why a run cannot begin so, with what to do on a command line.
#[must_use]
pub fn setup_problem(problem: &SetupError) -> String {
    match problem {
        SetupError::EmptyDrawing => {
            "the target 'drawing' has no points: give them with --data F.csv".to_owned()
        }
        other => other.to_string(),
    }
}

/// Whether parameters of one shape are those of another: what follows the dot products does not matter.
fn has_same_places(one: Shape, other: Shape) -> bool {
    let places = |shape: Shape| {
        let layers = shape.layers();
        let layers: Vec<_> = layers
            .iter()
            .map(|layer| (layer.weights(), layer.inputs, layer.scales()))
            .collect();
        (layers, shape.minibatch())
    };
    places(one) == places(other)
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
    #[test]
    fn parameters_stay_while_the_networks_have_their_shapes() {
        use crate::Trainer;
        let trained = |preset| {
            let mut trainer = Trainer::<gan_core::Reference>::new(Experiment::preset(preset, 3));
            trainer.run_epochs(5).unwrap();
            Arc::new(trainer.model())
        };
        let ring = Experiment::preset(Preset::Ring, 7);
        let model = trained(Preset::Ring);
        let begun = ring.with_parameters(Arc::clone(&model)).unwrap();
        let trainer = Trainer::<gan_core::Reference>::new(begun.clone());
        assert_eq!(trainer.gan().parameters(Network::Generator), model.generator);
        assert_eq!(
            trainer.gan().parameters(Network::Discriminator),
            model.discriminator
        );
        assert_eq!(trainer.gan().epoch(), 0);

        let mut configuration = *begun.configuration();
        configuration.loss = gan_core::configuration::Loss::LeastSquares;
        let drawing = Drawing::drawn([[0.25, 0.75]]).unwrap();
        for same in [
            begun.with_seed(8),
            begun.with_configuration(configuration).unwrap(),
            begun.learning(drawing).unwrap(),
        ] {
            assert_eq!(same.parameters(), Some(&model));
        }
        assert_eq!(begun.with_preset(Preset::Ring), ring, "a preset is a preset");
        configuration.generator.neurons = gan_core::configuration::Neurons::new(3).unwrap();
        assert_eq!(
            begun.with_configuration(configuration).unwrap().parameters(),
            None
        );
        let error = ring.with_parameters(trained(Preset::Line)).unwrap_err();
        let words = "its generator has the layers 2→5→5→2, the configuration's 2→10→10→2";
        assert_eq!(error.to_string(), words);
        let with = |key, value| {
            let changed = crate::files::configuration::change(key, value, ring.configuration());
            ring.with_configuration(changed.unwrap()).unwrap()
        };
        let leaky = with("generator.activation", "leaky-relu");
        assert!(leaky.with_parameters(Arc::clone(&model)).is_ok());
        for (key, value) in [
            ("generator.normalization", "batch"),
            ("discriminator.minibatch_kernels", "3"),
        ] {
            let error = with(key, value).with_parameters(Arc::clone(&model)).unwrap_err();
            assert!(
                error.to_string().contains("normalized, or compares samples"),
                "{error}"
            );
        }
        let mut damaged = (*model).clone();
        damaged.discriminator[3] = f32::NAN;
        let error = ring.with_parameters(Arc::new(damaged)).unwrap_err();
        let network = Network::Discriminator;
        assert_eq!(error, UnfitParameters::Numbers { network });
    }
}
