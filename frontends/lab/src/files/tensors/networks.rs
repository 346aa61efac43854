//! A network as tensors: what each part of its parameters is called, and the network that names and sizes tell.

use gan_core::configuration::{HiddenLayers, Neurons, NoiseDimensions};
use gan_core::shape::{KERNEL_DIMENSIONS, Scales};
use gan_core::techniques::{Decay, MinibatchKernels, Normalization};
use gan_core::{Configuration, Network, Shape};
use safetensors::tensor::SafeTensors;

use super::{Tensors, narrow, read_tensor};
use crate::Inference;

/// Name prefix of the moving average's tensors.
pub(super) const AVERAGE: &str = "average";
/// Name prefix of the tensors of the networks for single points.
pub(super) const INFERENCE: &str = "inference";
/// The matrix of minibatch discrimination.
const MINIBATCH: &str = "minibatch.weight";
/// Decay of whatever averages a file has without saying how slowly.
const UNTOLD_DECAY: Decay = match Decay::new(9_990) {
    Ok(decay) => decay,
    Err(_) => panic!("0.999 is a decay"),
};

/// Gives each part of a network's parameters its name.
pub(super) fn name_all<'a>(shape: Shape, prefix: &str, values: &'a [f32], tensors: &mut Tensors<'a>) {
    for (index, layer) in shape.layers().iter().enumerate() {
        let (inputs, outputs) = (layer.inputs, layer.outputs);
        let mut name = |what: &str, shape, part| {
            tensors.push((format!("{prefix}.{index}.{what}"), shape, &values[part]));
        };
        name("weight", vec![outputs, inputs], layer.weights());
        name("bias", vec![outputs], layer.biases());
        if layer.scales == Scales::PerOutput {
            name("scale", vec![outputs], layer.scales());
        }
    }
    if let Some(minibatch) = shape.minibatch() {
        let size = vec![minibatch.kernels * KERNEL_DIMENSIONS, minibatch.inputs];
        tensors.push((
            format!("{prefix}.{MINIBATCH}"),
            size,
            &values[minibatch.weights()],
        ));
    }
}

/// A network's parameters in storage order; its widths and what else its tensors tell go into `configuration`.
pub(super) fn read_network(
    file: &SafeTensors<'_>,
    network: Network,
    configuration: &mut Configuration,
) -> Result<Vec<f32>, String> {
    let found = Found::read(file, &network.to_string())?;
    let hidden = &found.widths[1..found.widths.len() - 1];
    let (inputs, outputs) = (found.widths[0], found.widths[found.widths.len() - 1]);
    match network {
        Network::Generator if outputs == 2 => {
            configuration.noise.dimensions = narrow(inputs, NoiseDimensions::new)?;
        }
        Network::Discriminator if (inputs, outputs) == (2, 1) => {}
        Network::Generator => return Err(format!("the generator has {outputs} outputs; it must have 2")),
        Network::Discriminator => {
            return Err(format!(
                "the discriminator has {inputs} inputs and {outputs} outputs; it must have 2 and 1"
            ));
        }
    }
    let place = configuration.network_mut(network);
    place.hidden_layers = narrow(hidden.len() - 1, HiddenLayers::new)?;
    place.neurons = narrow(hidden[0], Neurons::new)?;
    let minibatch = match (found.kernels, network) {
        (0, _) => None,
        (kernels, Network::Discriminator) => Some(narrow(kernels, MinibatchKernels::new)?),
        (_, Network::Generator) => {
            return Err(format!(
                "has 'generator.{MINIBATCH}'; only a discriminator discriminates"
            ));
        }
    };
    let techniques = &mut configuration.techniques;
    if network == Network::Discriminator {
        techniques.minibatch = minibatch;
    }
    let own = &mut techniques.network_mut(network).normalization;
    *own = match (found.scales, *own) {
        (Scales::PerOutput, told @ Normalization::Batch(_)) => told,
        (Scales::PerOutput, _) => Normalization::Batch(UNTOLD_DECAY),
        (Scales::None, Normalization::Batch(_)) => Normalization::None,
        (Scales::None, told) => told,
    };
    Ok(found.parameters)
}

/// The moving average of a generator that was read, if the file has one; so the configuration then says.
pub(super) fn read_average(
    file: &SafeTensors<'_>,
    configuration: &mut Configuration,
) -> Result<Option<Vec<f32>>, String> {
    let is_there = file.names().iter().any(|name| name.starts_with("average."));
    let kept = &mut configuration.techniques.average;
    if !is_there {
        *kept = None;
        return Ok(None);
    }
    *kept = kept.or(Some(UNTOLD_DECAY));
    let found = Found::read(file, AVERAGE)?;
    let generator = Found::read(file, &Network::Generator.to_string())?;
    if (found.widths, found.scales, found.kernels) != (generator.widths, generator.scales, generator.kernels)
    {
        return Err("its moving average has other layers than its generator".to_owned());
    }
    Ok(Some(found.parameters))
}

/// The networks for single points, if the file has them; as wide as those it has.
pub(super) fn read_inference(
    file: &SafeTensors<'_>,
    configuration: &Configuration,
) -> Result<Option<Inference>, String> {
    let prefix = format!("{INFERENCE}.");
    if !file.names().iter().any(|name| name.starts_with(&prefix)) {
        return Ok(None);
    }
    let of = |name: &str, network| -> Result<Vec<f32>, String> {
        let found = Found::read(file, &format!("{prefix}{name}"))?;
        let shape = configuration.inference_shape(network);
        let outputs = shape.layers();
        let own = std::iter::once(shape.inputs()).chain(outputs.iter().map(|layer| layer.outputs));
        match own.eq(found.widths) && found.scales == Scales::None && found.kernels == 0 {
            true => Ok(found.parameters),
            false => Err(format!(
                "its '{prefix}{name}' has other layers than its {network}"
            )),
        }
    };
    let average = configuration.techniques.average;
    Ok(Some(Inference {
        generator: of("generator", Network::Generator)?,
        discriminator: of("discriminator", Network::Discriminator)?,
        average: average.map(|_| of(AVERAGE, Network::Generator)).transpose()?,
    }))
}

/// A network as its tensors tell it.
struct Found {
    /// From the inputs to the outputs; the last layer's inputs without those from minibatch discrimination.
    widths: Vec<usize>,
    /// Scales of the hidden layers.
    scales: Scales,
    /// Kernels of minibatch discrimination, perhaps 0.
    kernels: usize,
    /// In storage order.
    parameters: Vec<f32>,
}

impl Found {
    fn read(file: &SafeTensors<'_>, prefix: &str) -> Result<Self, String> {
        let has = |what: &str| file.tensor(&format!("{prefix}.{what}")).is_ok();
        // At least two layers are asked for, so that a missing one is named.
        let count = (0..)
            .take_while(|index| has(&format!("{index}.weight")))
            .count()
            .max(2);
        let scales = match has("0.scale") {
            true => Scales::PerOutput,
            false => Scales::None,
        };
        let minibatch = match has(MINIBATCH) {
            true => Some(read_tensor(file, &format!("{prefix}.{MINIBATCH}"))?),
            false => None,
        };
        let mut found = Self {
            widths: Vec::new(),
            scales,
            kernels: 0,
            parameters: Vec::new(),
        };
        for index in 0..count {
            let last = index + 1 == count;
            if let (true, Some((size, weights))) = (last, &minibatch) {
                found.kernels = kernels_of(prefix, size, found.widths.last().copied())?;
                found.parameters.extend(weights);
            }
            found.read_layer(file, prefix, index, last)?;
        }
        let hidden = &found.widths[1..count];
        if hidden.iter().any(|width| *width != hidden[0]) {
            return Err(format!(
                "the {prefix}'s hidden layers are {hidden:?} wide; they must all be as wide"
            ));
        }
        Ok(found)
    }

    fn read_layer(
        &mut self,
        file: &SafeTensors<'_>,
        prefix: &str,
        index: usize,
        last: bool,
    ) -> Result<(), String> {
        let name = format!("{prefix}.{index}.weight");
        let (size, weights) = read_tensor(file, &name)?;
        let (bias_size, biases) = read_tensor(file, &format!("{prefix}.{index}.bias"))?;
        let &[outputs, inputs] = &size[..] else {
            return Err(format!("'{name}' is {size:?}; it must be [outputs, inputs]"));
        };
        let kernels = if last { self.kernels } else { 0 };
        let before = self.widths.last().map(|width| width + kernels);
        if bias_size != [outputs] || before.is_some_and(|before| before != inputs) {
            return Err(format!(
                "'{name}' is {size:?}, which does not fit its bias or the layer before"
            ));
        }
        if index == 0 {
            self.widths.push(inputs);
        }
        self.widths.push(outputs);
        self.parameters.extend(weights);
        self.parameters.extend(biases);
        if self.scales == Scales::PerOutput && !last {
            let name = format!("{prefix}.{index}.scale");
            let (size, scales) = read_tensor(file, &name)?;
            if size != [outputs] {
                return Err(format!(
                    "'{name}' is {size:?}; it must be [{outputs}], as its bias"
                ));
            }
            self.parameters.extend(scales);
        }
        Ok(())
    }
}

/// How many kernels a matrix of minibatch discrimination has, behind a layer so wide.
fn kernels_of(prefix: &str, size: &[usize], width: Option<usize>) -> Result<usize, String> {
    match *size {
        [rows, inputs] if rows > 0 && rows % KERNEL_DIMENSIONS == 0 && Some(inputs) == width => {
            Ok(rows / KERNEL_DIMENSIONS)
        }
        _ => Err(format!(
            "'{prefix}.{MINIBATCH}' is {size:?}; it must be [{KERNEL_DIMENSIONS} · kernels, inputs], as wide as the \
             layer before"
        )),
    }
}
