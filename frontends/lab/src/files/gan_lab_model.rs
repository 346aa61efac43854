//! Models saved by GAN Lab: a JSON with configuration and tensor shapes, and the numbers beside it.
//!
//! GAN Lab's 'save model' button writes `NAME.json` and `NAME.weights.bin`: every tensor in the order of
//! the JSON, little-endian `f32`, weights `[input, output]` (transposed against ours) and biases in turn,
//! `d-…` the discriminator, `g-…` the generator. The JSON's own paths to the numbers are not reliable.

use std::path::{Path, PathBuf};

use gan_core::configuration::{
    HiddenLayers, LearningRate, Loss, NetworkConfiguration, Neurons, NoiseDimensions, NoiseKind, Optimizer,
    UpdatesPerEpoch,
};
use gan_core::{Configuration, Network, OutOfRange, Preset, Target};
use serde::Deserialize;

use super::tensors::Model;
use super::{FileError, read, sentence};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    model_topology: Topology,
    weights_manifest: Vec<Manifest>,
}

#[derive(Deserialize)]
struct Topology {
    shape_name: String,
    iter_count: u64,
    config: Settings,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    selected_noise_type: String,
    noise_size: u32,
    num_generator_layers: u32,
    num_discriminator_layers: u32,
    num_generator_neurons: u32,
    num_discriminator_neurons: u32,
    d_learning_rate: f32,
    g_learning_rate: f32,
    d_optimizer_type: String,
    g_optimizer_type: String,
    loss_type: String,
    #[serde(rename = "kDSteps")]
    d_steps: u32,
    #[serde(rename = "kGSteps")]
    g_steps: u32,
}

#[derive(Deserialize)]
struct Manifest {
    weights: Vec<Tensor>,
}

#[derive(Deserialize)]
struct Tensor {
    name: String,
    shape: Vec<usize>,
    dtype: String,
}

/// Reads a model from its JSON and the `.weights.bin` beside it.
pub fn load(path: &Path) -> Result<Model, FileError> {
    let json = read(path)?;
    let numbers_path = numbers_beside(path);
    let numbers = read(&numbers_path)?;
    parse(&json, &numbers).map_err(|problem| FileError::new(path, problem))
}

fn numbers_beside(path: &Path) -> PathBuf {
    path.with_extension("weights.bin")
}

/// Reads a model from the bytes of both files; the error says what is wrong.
pub fn parse(json: &[u8], numbers: &[u8]) -> Result<Model, String> {
    model(json, numbers).map_err(|problem| sentence(&problem))
}

fn model(json: &[u8], numbers: &[u8]) -> Result<Model, String> {
    let document: Document =
        serde_json::from_slice(json).map_err(|error| format!("is not a model of GAN Lab's: {error}"))?;
    let topology = document.model_topology;
    let configuration = configuration(&topology)?;
    let mut tensors = Vec::new();
    let mut rest = numbers;
    for tensor in document
        .weights_manifest
        .into_iter()
        .flat_map(|manifest| manifest.weights)
    {
        if tensor.dtype != "float32" {
            return Err(format!(
                "tensor '{}' is {}; only float32 can be read",
                tensor.name, tensor.dtype
            ));
        }
        let count = tensor
            .shape
            .iter()
            .try_fold(4_usize, |bytes, size| bytes.checked_mul(*size));
        let Some((bytes, after)) = count.and_then(|count| rest.split_at_checked(count)) else {
            return Err(format!(
                "the .weights.bin ends within tensor '{}'; save the model again",
                tensor.name
            ));
        };
        rest = after;
        let values: Vec<f32> = bytes
            .as_chunks()
            .0
            .iter()
            .copied()
            .map(f32::from_le_bytes)
            .collect();
        if values.iter().any(|value| !value.is_finite()) {
            return Err(format!(
                "tensor '{}' holds a number that is not finite",
                tensor.name
            ));
        }
        tensors.push((tensor, values));
    }
    if !rest.is_empty() {
        return Err(format!(
            "the .weights.bin has {} bytes too many; it belongs to another model",
            rest.len()
        ));
    }
    let generator = parameters(&tensors, Network::Generator, &configuration)?;
    let discriminator = parameters(&tensors, Network::Discriminator, &configuration)?;
    Ok(Model {
        configuration,
        epoch: Some(topology.iter_count),
        generator,
        discriminator,
        average: None,
        inference: None,
    })
}

/// A network's tensors, in the order of the file, as parameters in storage order.
fn parameters(
    tensors: &[(Tensor, Vec<f32>)],
    network: Network,
    configuration: &Configuration,
) -> Result<Vec<f32>, String> {
    let prefix = match network {
        Network::Generator => "g-",
        Network::Discriminator => "d-",
    };
    let mut own = tensors
        .iter()
        .filter(|(tensor, _)| tensor.name.starts_with(prefix));
    let mut parameters = Vec::new();
    for layer in configuration.shape(network).layers() {
        for shape in [&[layer.inputs, layer.outputs][..], &[layer.outputs]] {
            let Some((tensor, values)) = own.next() else {
                return Err(format!("the {network} has too few tensors for its layers"));
            };
            if tensor.shape != shape {
                return Err(format!(
                    "tensor '{}' is {:?}; its layers need {shape:?}",
                    tensor.name, tensor.shape
                ));
            }
            match *shape {
                // [input, output] → [output][input]
                [inputs, outputs] => parameters
                    .extend((0..outputs).flat_map(|o| (0..inputs).map(move |i| values[i * outputs + o]))),
                _ => parameters.extend(values),
            }
        }
    }
    match own.next() {
        Some((tensor, _)) => Err(format!("the {network} has a tensor too many, '{}'", tensor.name)),
        None => Ok(parameters),
    }
}

fn configuration(topology: &Topology) -> Result<Configuration, String> {
    let settings = &topology.config;
    let out_of_range = |error: OutOfRange| error.to_string();
    let optimizer = |name: &str| match name {
        "SGD" => Ok(Optimizer::Sgd),
        "Adam" => Ok(Optimizer::Adam),
        _ => Err(format!("optimizer '{name}' is neither SGD nor Adam")),
    };
    let network = |layers, neurons, rate, name: &str, updates| -> Result<_, String> {
        Ok(NetworkConfiguration {
            hidden_layers: HiddenLayers::new(layers).map_err(out_of_range)?,
            neurons: Neurons::new(neurons).map_err(out_of_range)?,
            learning_rate: LearningRate::new(rate).map_err(out_of_range)?,
            optimizer: optimizer(name)?,
            updates_per_epoch: UpdatesPerEpoch::new(updates).map_err(out_of_range)?,
        })
    };
    let mut configuration = Preset::Ring.configuration();
    configuration.target = match topology.shape_name.to_lowercase().as_str() {
        "line" => Target::Line,
        "gaussians" => Target::Gaussians,
        "ring" => Target::Ring,
        "disjoint" => Target::Disjoint,
        "drawing" => Target::Drawing,
        _ => {
            return Err(format!(
                "its data '{}' is none of GAN Lab's five",
                topology.shape_name
            ));
        }
    };
    configuration.noise.kind = match settings.selected_noise_type.split_whitespace().last() {
        Some("Uniform") => NoiseKind::Uniform,
        Some("Gaussian" | "Normal") => NoiseKind::Normal,
        _ => return Err(format!("noise '{}' is not known", settings.selected_noise_type)),
    };
    configuration.noise.dimensions = NoiseDimensions::new(settings.noise_size).map_err(out_of_range)?;
    configuration.loss = match settings.loss_type.as_str() {
        "Log loss" => Loss::Log,
        "LeastSq loss" | "Least squares loss" => Loss::LeastSquares,
        name => return Err(format!("loss '{name}' is not known")),
    };
    configuration.generator = network(
        settings.num_generator_layers,
        settings.num_generator_neurons,
        settings.g_learning_rate,
        &settings.g_optimizer_type,
        settings.g_steps,
    )?;
    configuration.discriminator = network(
        settings.num_discriminator_layers,
        settings.num_discriminator_neurons,
        settings.d_learning_rate,
        &settings.d_optimizer_type,
        settings.d_steps,
    )?;
    Ok(configuration)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model of 1 neuron made by hand: 2 inputs, transposed.
    fn small() -> (String, Vec<u8>) {
        let tensor =
            |name: &str, shape: &str| format!(r#"{{"name":"{name}","shape":{shape},"dtype":"float32"}}"#);
        let network = |prefix: &str, out: usize| {
            let shapes = [
                "[2,1]".to_owned(),
                "[1]".into(),
                format!("[1,{out}]"),
                format!("[{out}]"),
            ];
            let each = shapes
                .iter()
                .enumerate()
                .map(|(i, shape)| tensor(&format!("{prefix}-{i}"), shape));
            each.collect::<Vec<_>>().join(",")
        };
        let json = format!(
            r#"{{"modelTopology":{{"shape_name":"Ring","iter_count":812,"config":{{
            "selectedNoiseType":"2D Uniform","noiseSize":2,"numGeneratorLayers":0,"numDiscriminatorLayers":0,
            "numGeneratorNeurons":1,"numDiscriminatorNeurons":1,"dLearningRate":0.1,"gLearningRate":0.03,
            "dOptimizerType":"SGD","gOptimizerType":"Adam","lossType":"Log loss","kDSteps":3,"kGSteps":1}}}},
            "weightsManifest":[{{"paths":["x"],"weights":[{},{}]}}]}}"#,
            network("d", 1),
            network("g", 2)
        );
        let numbers = (1..=12).flat_map(|value| (value as f32).to_le_bytes()).collect();
        (json, numbers)
    }

    #[test]
    fn tensors_are_read_in_their_order_and_transposed() {
        let (json, numbers) = small();
        let model = parse(json.as_bytes(), &numbers).unwrap();
        assert_eq!(model.epoch, Some(812));
        assert_eq!(model.discriminator, [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(model.generator, [6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0]);
        assert_eq!(model.configuration.generator.optimizer, Optimizer::Adam);
        assert_eq!(model.configuration.discriminator.updates_per_epoch.get(), 3);
    }

    #[test]
    fn a_cut_or_foreign_file_is_refused() {
        let (json, numbers) = small();
        let message = |json: &str, numbers: &[u8]| parse(json.as_bytes(), numbers).unwrap_err();
        assert!(message(&json, &numbers[..44]).contains("ends within tensor 'g-3'"));
        assert!(message(&json, &[&numbers[..], &[0]].concat()).contains("1 bytes too many"));
        assert!(message("{}", &numbers).contains("is not a model of GAN Lab's"));
        assert!(message(&json.replace("Ring", "Spiral"), &numbers).contains("'Spiral'"));
        assert!(
            message(
                &json.replace("\"numGeneratorNeurons\":1", "\"numGeneratorNeurons\":7"),
                &numbers
            )
            .contains("g-0")
        );
    }
}
