//! Parameters and atlases as safetensors, with PyTorch's names and shapes.
//!
//! A model holds `generator.0.weight` `[out, in]`, `generator.0.bias` `[out]`, `generator.1.weight`, …,
//! and the same for `discriminator`, layers numbered 0, 1, 2, …; so `nn.Sequential` of `nn.Linear`s with
//! ReLUs left unnumbered loads it as it is. Techniques add to that: `generator.0.scale` `[out]` where a layer is
//! normalised by batch, `discriminator.minibatch.weight` `[3 · kernels, in]`, and the moving average of the
//! generator as `average.0.weight`, …. Networks that are normalised or compare samples only know whole batches; the
//! plain ones that stand for them where single points are asked about are `inference.generator.0.weight`, …, and
//! load everywhere. An atlas holds `real` `[n, 2]` and `noise` `[n, dimensions]`, as the
//! networks see them.
//! A file's metadata tells its origin, in one entry `gan-lab` of TOML (one, because the order of
//! several would differ from file to file); a file without it opens too.

mod networks;

use std::collections::HashMap;
use std::path::Path;

use gan_core::configuration::{AtlasLength, NoiseDimensions};
use gan_core::{Configuration, Network, Point, Preset};
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::{Deserialize, Serialize};

use self::networks::{AVERAGE, INFERENCE, name_all, read_average, read_inference, read_network};
use super::{FileError, configuration, read, sentence, write};
use crate::Inference;

/// Parameters of both networks, and where they come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The hyper-parameters they were trained with; for a file that does not tell, the ring preset's with
    /// the shapes found.
    pub configuration: Configuration,
    /// Completed epochs, if the file tells.
    pub epoch: Option<u64>,
    /// The generator's parameters, layer by layer: weights `[out][in]`, biases, scales where it has any.
    pub generator: Vec<f32>,
    /// The discriminator's, the matrix of minibatch discrimination before its last layer.
    pub discriminator: Vec<f32>,
    /// The moving average of the generator's, where the configuration keeps one.
    pub average: Option<Vec<f32>>,
    /// The plain networks that stand for these where single points are asked about, if the file tells; `None` where
    /// they are their own.
    pub inference: Option<Inference>,
}

/// Samples that a run trains on.
#[derive(Clone, Debug, PartialEq)]
pub struct Atlases {
    /// Real points.
    pub real: Vec<Point>,
    /// Noise vectors, `[sample][component]`.
    pub noise: Vec<f32>,
    /// How many of each.
    pub length: AtlasLength,
    /// Components of a noise vector.
    pub dimensions: NoiseDimensions,
}

const METADATA: &str = "gan-lab";
const NETWORKS: [Network; 2] = [Network::Generator, Network::Discriminator];

/// Names, shapes and numbers of tensors, in the order in which they are written.
type Tensors<'a> = Vec<(String, Vec<usize>, &'a [f32])>;

impl Model {
    /// One of the networks' parameters.
    #[must_use]
    pub fn parameters(&self, network: Network) -> &[f32] {
        match network {
            Network::Generator => &self.generator,
            Network::Discriminator => &self.discriminator,
        }
    }

    /// Writes the model.
    pub fn save(&self, path: &Path) -> Result<(), FileError> {
        save(path, self.to_bytes())
    }

    /// The bytes of its file. An error says why there are none: parameters that are not as many as the
    /// configuration's networks have.
    pub fn to_bytes(&self) -> Result<Vec<u8>, String> {
        for (network, name) in NETWORKS.map(|network| (network, network.to_string())) {
            check_count(&self.configuration, network, &name, self.parameters(network))?;
        }
        match (&self.average, self.configuration.techniques.average) {
            (None, None) => {}
            (Some(average), Some(_)) => {
                check_count(&self.configuration, Network::Generator, AVERAGE, average)?;
            }
            (Some(_), None) => {
                return Err("there is a moving average, which its configuration does not keep".into());
            }
            (None, Some(_)) => {
                return Err("the moving average is missing, which its configuration keeps".into());
            }
        }
        if let Some(inference) = &self.inference {
            check_inference(&self.configuration, inference)?;
        }
        let mut tensors = Tensors::new();
        for network in NETWORKS {
            let prefix = network.to_string();
            name_all(
                self.configuration.shape(network),
                &prefix,
                self.parameters(network),
                &mut tensors,
            );
        }
        if let Some(average) = &self.average {
            let shape = self.configuration.shape(Network::Generator);
            name_all(shape, AVERAGE, average, &mut tensors);
        }
        if let Some(inference) = &self.inference {
            for network in NETWORKS {
                let (prefix, values) = (format!("{INFERENCE}.{network}"), inference.parameters(network));
                name_all(
                    self.configuration.inference_shape(network),
                    &prefix,
                    values,
                    &mut tensors,
                );
            }
            if let Some(average) = &inference.average {
                let shape = self.configuration.inference_shape(Network::Generator);
                name_all(shape, &format!("{INFERENCE}.{AVERAGE}"), average, &mut tensors);
            }
        }
        let epoch = self
            .epoch
            .map_or(String::new(), |epoch| format!("# epoch = {epoch}\n"));
        lay_out(tensors, epoch + &configuration::to_toml(&self.configuration))
    }

    /// Reads a model.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        Self::parse(&read(path)?).map_err(|problem| FileError::new(path, problem))
    }

    /// Reads a model from the bytes of a file; the error says what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        Self::of_file(bytes).map_err(|problem| sentence(&problem))
    }

    fn of_file(bytes: &[u8]) -> Result<Self, String> {
        let (file, metadata) = open(bytes)?;
        let base = Preset::Ring.configuration();
        let mut told = base;
        let mut epoch = None;
        if let Some(text) = &metadata {
            told = configuration::parse(text, &base).map_err(|error| format!("its metadata: {error}"))?;
            epoch = text
                .lines()
                .find_map(|line| line.strip_prefix("# epoch = ")?.parse().ok());
        }
        let mut found = told;
        let [generator, discriminator] = NETWORKS.map(|network| read_network(&file, network, &mut found));
        let (generator, discriminator) = (generator?, discriminator?);
        let average = read_average(&file, &mut found)?;
        let inference = read_inference(&file, &found)?;
        if metadata.is_some() && found != told {
            return Err("its tensors are not of the shapes its metadata tells; save it again".to_owned());
        }
        Ok(Self {
            configuration: found,
            epoch,
            generator,
            discriminator,
            average,
            inference,
        })
    }

    /// Parameters with which a network answers about single points, in the order of its plain shape; `None` where
    /// the file does not tell.
    #[must_use]
    pub fn at_points(&self, network: Network) -> Option<&[f32]> {
        match &self.inference {
            Some(inference) => Some(inference.parameters(network)),
            None => (!Inference::is_needed(&self.configuration)).then(|| self.parameters(network)),
        }
    }

    /// Parameters of the generator's moving average for single points, like [`Self::at_points`].
    #[must_use]
    pub fn average_at_points(&self) -> Option<&[f32]> {
        match &self.inference {
            Some(inference) => inference.average.as_deref(),
            None if Inference::is_needed(&self.configuration) => None,
            None => self.average.as_deref(),
        }
    }
}

/// Plain networks of a configuration whose networks are not their own.
fn check_inference(configuration: &Configuration, inference: &Inference) -> Result<(), String> {
    let count = |network| configuration.inference_shape(network).parameters();
    let average = inference.average.as_ref();
    let fits = Inference::is_needed(configuration)
        && NETWORKS
            .iter()
            .all(|network| inference.parameters(*network).len() == count(*network))
        && average.is_none_or(|average| average.len() == count(Network::Generator))
        && average.is_some() == configuration.techniques.average.is_some();
    match fits {
        true => Ok(()),
        false => Err("the networks for single points are not those of its configuration".to_owned()),
    }
}

/// Checks that there are as many numbers as a network's layers need.
fn check_count(
    configuration: &Configuration,
    network: Network,
    name: &str,
    values: &[f32],
) -> Result<(), String> {
    let (own, needed) = (values.len(), configuration.shape(network).parameters());
    match own == needed {
        true => Ok(()),
        false => Err(format!(
            "the {name} has {own} parameters; its layers need {needed}"
        )),
    }
}

impl Atlases {
    /// Writes the atlases; `configuration` goes into the metadata.
    pub fn save(&self, path: &Path, configuration: &Configuration) -> Result<(), FileError> {
        save(path, self.to_bytes(configuration))
    }

    /// The bytes of their file, with `configuration` in the metadata. An error says why there are none:
    /// samples that are not as many as they should be.
    pub fn to_bytes(&self, configuration: &Configuration) -> Result<Vec<u8>, String> {
        let length = self.length.get();
        let tensors = vec![
            (
                "noise".to_owned(),
                vec![length, self.dimensions.get()],
                self.noise.as_slice(),
            ),
            ("real".to_owned(), vec![length, 2], self.real.as_flattened()),
        ];
        lay_out(tensors, configuration::to_toml(configuration))
    }

    /// Reads atlases.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        Self::parse(&read(path)?).map_err(|problem| FileError::new(path, problem))
    }

    /// Reads atlases from the bytes of a file; the error says what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        Self::of_file(bytes).map_err(|problem| sentence(&problem))
    }

    fn of_file(bytes: &[u8]) -> Result<Self, String> {
        let (file, _) = open(bytes)?;
        let (real_shape, real) = read_tensor(&file, "real")?;
        let (noise_shape, noise) = read_tensor(&file, "noise")?;
        let (&[length, 2], &[noise_length, dimensions]) = (&real_shape[..], &noise_shape[..]) else {
            return Err(format!(
                "'real' must be [n, 2] and 'noise' [n, 1 to 16], not {real_shape:?} and {noise_shape:?}"
            ));
        };
        if length != noise_length {
            return Err(format!(
                "'real' has {length} rows and 'noise' {noise_length}; they must be as many"
            ));
        }
        let length = narrow(length, AtlasLength::new)?;
        let dimensions = narrow(dimensions, NoiseDimensions::new)?;
        Ok(Self {
            real: real.as_chunks().0.to_vec(),
            noise,
            length,
            dimensions,
        })
    }
}

/// A size read from a file as one of the core's bounded counts.
fn narrow<T>(size: usize, check: fn(u32) -> Result<T, gan_core::OutOfRange>) -> Result<T, String> {
    check(u32::try_from(size).unwrap_or(u32::MAX)).map_err(|error| error.to_string())
}

fn save(path: &Path, bytes: Result<Vec<u8>, String>) -> Result<(), FileError> {
    write(path, &bytes.map_err(|problem| FileError::new(path, problem))?)
}

fn lay_out(tensors: Tensors<'_>, metadata: String) -> Result<Vec<u8>, String> {
    let bytes: Vec<Vec<u8>> = tensors
        .iter()
        .map(|(.., values)| values.iter().flat_map(|value| value.to_le_bytes()).collect())
        .collect();
    let error = |error| format!("cannot be laid out: {error}");
    let mut views = Vec::new();
    for ((name, shape, _), bytes) in tensors.into_iter().zip(&bytes) {
        views.push((name, TensorView::new(Dtype::F32, shape, bytes).map_err(error)?));
    }
    let metadata = HashMap::from([(METADATA.to_owned(), metadata)]);
    safetensors::serialize(views, Some(metadata)).map_err(error)
}

fn open(bytes: &[u8]) -> Result<(SafeTensors<'_>, Option<String>), String> {
    let problem = |error| format!("is not a safetensors file, or damaged: {error}");
    let file = SafeTensors::deserialize(bytes).map_err(problem)?;
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(problem)?;
    let metadata = header
        .metadata()
        .as_ref()
        .and_then(|metadata| metadata.get(METADATA).cloned());
    Ok((file, metadata))
}

/// A tensor's shape and its numbers, all finite.
fn read_tensor(file: &SafeTensors<'_>, name: &str) -> Result<(Vec<usize>, Vec<f32>), String> {
    let tensor = file.tensor(name).map_err(|_| {
        let mut names = file.names();
        names.sort_unstable();
        names.truncate(8);
        format!(
            "has no tensor '{name}'; it holds {}",
            if names.is_empty() {
                "none".into()
            } else {
                names.join(", ")
            }
        )
    })?;
    if tensor.dtype() != Dtype::F32 {
        return Err(format!("'{name}' is {:?}; save it as float32", tensor.dtype()));
    }
    let values: Vec<f32> = tensor
        .data()
        .as_chunks()
        .0
        .iter()
        .copied()
        .map(f32::from_le_bytes)
        .collect();
    match values.iter().position(|value| !value.is_finite()) {
        Some(index) => Err(format!(
            "'{name}' holds {} at index {index}; only finite numbers can be used",
            values[index]
        )),
        None => Ok((tensor.shape().to_vec(), values)),
    }
}

#[cfg(test)]
mod tests;
