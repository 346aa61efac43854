//! `[generator]` and `[discriminator]`: a network's hyper-parameters and its own techniques.

use gan_core::configuration::{HiddenLayers, LearningRate, NetworkConfiguration, Neurons, UpdatesPerEpoch};
use gan_core::techniques::{
    Betas, Decay, HiddenActivation, MinibatchKernels, NetworkTechniques, Normalization, Slope, Weight,
};
use gan_core::{Configuration, Network};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::names::{ActivationName, InitializationName, NormalizationName, OptimizerName};
use super::value::{OrNone, checked, in_vain, set, set_or_none, written};
use super::{Extent, Problem};

/// What passes below 0 unless a file says otherwise (Radford et al. 2016).
const SLOPE: f32 = 0.2;
/// Decay of the running figures of batch normalisation unless a file says otherwise.
const NORMALIZATION_DECAY: f64 = 0.9;

/// One network, perhaps in part.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NetworkTable {
    hidden_layers: Option<Spanned<u32>>,
    neurons: Option<Spanned<u32>>,
    learning_rate: Option<Spanned<f32>>,
    optimizer: Option<OptimizerName>,
    updates_per_epoch: Option<Spanned<u32>>,
    activation: Option<Spanned<ActivationName>>,
    slope: Option<Spanned<f32>>,
    normalization: Option<Spanned<NormalizationName>>,
    normalization_decay: Option<Spanned<f64>>,
    initialization: Option<InitializationName>,
    beta_1: Option<Spanned<f64>>,
    beta_2: Option<Spanned<f64>>,
    history: Option<Spanned<OrNone<f32>>>,
    /// The generator's alone.
    average: Option<Spanned<OrNone<f64>>>,
    /// The discriminator's alone.
    minibatch_kernels: Option<Spanned<OrNone<u32>>>,
}

impl NetworkTable {
    /// Puts what is said into the configuration.
    pub(super) fn onto(self, network: Network, configuration: &mut Configuration) -> Result<(), Problem> {
        let place = configuration.network_mut(network);
        set(&mut place.hidden_layers, self.hidden_layers, HiddenLayers::new)?;
        set(&mut place.neurons, self.neurons, Neurons::new)?;
        set(&mut place.learning_rate, self.learning_rate, LearningRate::new)?;
        set(
            &mut place.updates_per_epoch,
            self.updates_per_epoch,
            UpdatesPerEpoch::new,
        )?;
        if let Some(optimizer) = self.optimizer {
            place.optimizer = optimizer.into();
        }
        let techniques = &mut configuration.techniques;
        match network {
            Network::Generator => {
                in_vain(
                    self.minibatch_kernels.as_ref(),
                    "minibatch_kernels are the discriminator's: write them under [discriminator]",
                )?;
                set_or_none(&mut techniques.average, self.average, Decay::from_decimal)?;
            }
            Network::Discriminator => {
                in_vain(
                    self.average.as_ref(),
                    "average is the generator's: write it under [generator]",
                )?;
                set_or_none(
                    &mut techniques.minibatch,
                    self.minibatch_kernels,
                    MinibatchKernels::new,
                )?;
            }
        }
        let own = techniques.network_mut(network);
        own.activation = activation(own.activation, self.activation, self.slope)?;
        own.normalization = normalization(own.normalization, self.normalization, self.normalization_decay)?;
        if let Some(initialization) = self.initialization {
            own.initialization = initialization.into();
        }
        set(&mut own.betas.beta_1, self.beta_1, Decay::from_decimal)?;
        set(&mut own.betas.beta_2, self.beta_2, Decay::from_decimal)?;
        set_or_none(&mut own.history, self.history, Weight::new)
    }

    /// As it is written.
    pub(super) fn of(network: Network, configuration: &Configuration, extent: Extent) -> Self {
        let NetworkConfiguration {
            hidden_layers,
            neurons,
            learning_rate,
            optimizer,
            updates_per_epoch,
        } = *configuration.network(network);
        let techniques = &configuration.techniques;
        let NetworkTechniques {
            activation,
            normalization,
            initialization,
            betas: Betas { beta_1, beta_2 },
            history,
        } = *techniques.network(network);
        let none = NetworkTechniques::NONE;
        let (activation_name, slope) = match activation {
            HiddenActivation::Relu => (ActivationName::Relu, None),
            HiddenActivation::LeakyRelu(slope) => (ActivationName::LeakyRelu, Some(slope)),
            HiddenActivation::Tanh => (ActivationName::Tanh, None),
        };
        let (normalization_name, decay) = match normalization {
            Normalization::None => (NormalizationName::None, None),
            Normalization::Batch(decay) => (NormalizationName::Batch, Some(decay)),
            Normalization::Spectral => (NormalizationName::Spectral, None),
        };
        let beta = |own: Decay, usual: Decay| extent.unless(own == usual, decimal(own));
        Self {
            hidden_layers: written(hidden_layers.get() as u32),
            neurons: written(neurons.get() as u32),
            learning_rate: written(learning_rate.get()),
            optimizer: Some(optimizer.into()),
            updates_per_epoch: written(updates_per_epoch.get() as u32),
            activation: extent.unless(activation == none.activation, activation_name),
            slope: slope.and_then(|slope| written(slope.get())),
            normalization: extent.unless(normalization == none.normalization, normalization_name),
            normalization_decay: decay.and_then(|decay| written(decimal(decay))),
            initialization: extent
                .unless(initialization == none.initialization, initialization.into())
                .map(Spanned::into_inner),
            beta_1: beta(beta_1, none.betas.beta_1),
            beta_2: beta(beta_2, none.betas.beta_2),
            history: extent.or_none(history.map(Weight::get)),
            average: match network {
                Network::Generator => extent.or_none(techniques.average.map(decimal)),
                Network::Discriminator => None,
            },
            minibatch_kernels: match network {
                Network::Generator => None,
                Network::Discriminator => {
                    extent.or_none(techniques.minibatch.map(|kernels| kernels.get() as u32))
                }
            },
        }
    }

    /// The first of GAN Lab's keys that is left out.
    pub(super) fn missing(&self) -> Option<&'static str> {
        let keys = [
            ("hidden_layers", self.hidden_layers.is_some()),
            ("neurons", self.neurons.is_some()),
            ("learning_rate", self.learning_rate.is_some()),
            ("optimizer", self.optimizer.is_some()),
            ("updates_per_epoch", self.updates_per_epoch.is_some()),
        ];
        keys.into_iter().find(|(_, given)| !given).map(|(key, _)| key)
    }

    /// Where a key stands that can be at odds with another one, the last of them.
    pub(super) fn place_of_conflict(&self) -> Option<usize> {
        let places = [
            self.normalization.as_ref().map(|value| value.span().start),
            self.minibatch_kernels.as_ref().map(|value| value.span().start),
        ];
        places.into_iter().flatten().max()
    }
}

fn activation(
    base: HiddenActivation,
    name: Option<Spanned<ActivationName>>,
    slope: Option<Spanned<f32>>,
) -> Result<HiddenActivation, Problem> {
    let kind = match (&name, base) {
        (Some(name), _) => *name.get_ref(),
        (None, HiddenActivation::Relu) => ActivationName::Relu,
        (None, HiddenActivation::LeakyRelu(_)) => ActivationName::LeakyRelu,
        (None, HiddenActivation::Tanh) => ActivationName::Tanh,
    };
    if kind != ActivationName::LeakyRelu {
        in_vain(
            slope.as_ref(),
            "a slope is a leaky ReLU's: give activation = \"leaky-relu\", or leave it out",
        )?;
    }
    Ok(match (kind, base, slope) {
        (ActivationName::Relu, ..) => HiddenActivation::Relu,
        (ActivationName::Tanh, ..) => HiddenActivation::Tanh,
        (ActivationName::LeakyRelu, _, Some(slope)) => {
            HiddenActivation::LeakyRelu(checked(slope, Slope::new)?)
        }
        (ActivationName::LeakyRelu, HiddenActivation::LeakyRelu(_), None) => base,
        (ActivationName::LeakyRelu, _, None) => {
            HiddenActivation::LeakyRelu(Slope::new(SLOPE).expect("the default is in range"))
        }
    })
}

fn normalization(
    base: Normalization,
    name: Option<Spanned<NormalizationName>>,
    decay: Option<Spanned<f64>>,
) -> Result<Normalization, Problem> {
    let kind = match (&name, base) {
        (Some(name), _) => *name.get_ref(),
        (None, Normalization::None) => NormalizationName::None,
        (None, Normalization::Batch(_)) => NormalizationName::Batch,
        (None, Normalization::Spectral) => NormalizationName::Spectral,
    };
    if kind != NormalizationName::Batch {
        in_vain(
            decay.as_ref(),
            "a normalization_decay is batch normalization's: give normalization = \"batch\", or leave it out",
        )?;
    }
    Ok(match (kind, base, decay) {
        (NormalizationName::None, ..) => Normalization::None,
        (NormalizationName::Spectral, ..) => Normalization::Spectral,
        (NormalizationName::Batch, _, Some(decay)) => {
            Normalization::Batch(checked(decay, Decay::from_decimal)?)
        }
        (NormalizationName::Batch, Normalization::Batch(_), None) => base,
        (NormalizationName::Batch, _, None) => {
            let decay = Decay::from_decimal(NORMALIZATION_DECAY);
            Normalization::Batch(decay.expect("the default is in range"))
        }
    })
}

/// A decay as a person writes it.
pub(super) fn decimal(decay: Decay) -> f64 {
    f64::from(decay.ten_thousandths()) / 10_000.0
}
