//! Configurations as TOML: what a person writes to train something else than a preset.
//!
//! ```toml
//! target = "ring"              # line, gaussians, ring, disjoint, drawing
//! loss = "log"                 # log, least-squares
//! batch = 150
//! atlas = 12000
//! [noise]
//! kind = "uniform"             # uniform, normal
//! dimensions = 2
//! [generator]                  # and the same under [discriminator]
//! hidden_layers = 1
//! neurons = 10
//! learning_rate = 0.03
//! optimizer = "sgd"            # sgd, adam
//! updates_per_epoch = 1
//! ```
//!
//! Every key may be left out; the base configuration (a preset) then speaks. An unknown key is an error.

use std::fmt;
use std::path::Path;

use gan_core::configuration::{
    AtlasLength, BatchSize, HiddenLayers, LearningRate, Loss, NetworkConfiguration, Neurons, NoiseDimensions,
    NoiseKind, Optimizer, UpdatesPerEpoch,
};
use gan_core::{Configuration, Network, OutOfRange, Target};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::{FileError, read_text, sentence};

/// A configuration as it is written, perhaps in part.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    target: Option<TargetName>,
    loss: Option<LossName>,
    batch: Option<Spanned<u32>>,
    atlas: Option<Spanned<u32>>,
    #[serde(default)]
    noise: NoiseTable,
    #[serde(default)]
    generator: NetworkTable,
    #[serde(default)]
    discriminator: NetworkTable,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoiseTable {
    kind: Option<NoiseName>,
    dimensions: Option<Spanned<u32>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct NetworkTable {
    hidden_layers: Option<Spanned<u32>>,
    neurons: Option<Spanned<u32>>,
    learning_rate: Option<Spanned<f32>>,
    optimizer: Option<OptimizerName>,
    updates_per_epoch: Option<Spanned<u32>>,
}

/// Serde's names of an enum of the core, beside a conversion each way.
macro_rules! names {
    ($name:ident for $core:ty { $($variant:ident = $text:literal),* $(,)? }) => {
        #[derive(Clone, Copy, Deserialize, Serialize)]
        pub(crate) enum $name { $(#[serde(rename = $text)] $variant),* }

        impl From<$name> for $core {
            fn from(name: $name) -> Self {
                match name { $($name::$variant => Self::$variant),* }
            }
        }

        impl From<$core> for $name {
            fn from(value: $core) -> Self {
                match value { $(<$core>::$variant => Self::$variant),* }
            }
        }
    };
}

names!(TargetName for Target {
    Line = "line", Gaussians = "gaussians", Ring = "ring", Disjoint = "disjoint",
    Eight = "eight", Grid = "grid", Spiral = "spiral", Moons = "moons",
    Drawing = "drawing",
});
names!(LossName for Loss {
    Log = "log", LeastSquares = "least-squares",
    Minimax = "minimax", Flipped = "flipped", Wasserstein = "wasserstein", Hinge = "hinge",
});
names!(NoiseName for NoiseKind { Uniform = "uniform", Normal = "normal", Spherical = "spherical" });
names!(OptimizerName for Optimizer { Sgd = "sgd", Adam = "adam" });

/// A configuration from a file, on top of a base.
pub fn load(path: &Path, base: &Configuration) -> Result<Configuration, FileError> {
    parse(&read_text(path)?, base).map_err(|problem| FileError::new(path, problem))
}

/// A configuration from text, on top of a base; the error says where and what.
pub fn parse(text: &str, base: &Configuration) -> Result<Configuration, String> {
    read(text, base).map_err(|problem| problem.in_text(text))
}

/// A configuration with one key changed: a dotted path, as in `generator.learning_rate`, and a value as in
/// a file, names without quotes allowed. The error says what.
pub fn change(key: &str, value: &str, base: &Configuration) -> Result<Configuration, String> {
    let value = match value.trim().parse() {
        Ok(number @ (toml::Value::Integer(_) | toml::Value::Float(_))) => number,
        Ok(toml::Value::String(name)) => toml::Value::String(name),
        _ => toml::Value::String(value.trim().to_owned()),
    };
    let nested = key.trim().rsplit('.').fold(value, |value, part| {
        toml::Value::Table(toml::Table::from_iter([(part.to_owned(), value)]))
    });
    let text = toml::to_string(&nested).expect("tables of one number or name are TOML");
    read(&text, base).map_err(|problem| sentence(&problem.what))
}

/// Every key as a dotted path, in alphabetical order, with its value as a person writes it: 'adam', '0.03'.
#[must_use]
pub fn entries(configuration: &Configuration) -> Vec<(String, String)> {
    fn flatten(path: &str, table: &toml::Table, entries: &mut Vec<(String, String)>) {
        for (key, value) in table {
            let path = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            match value {
                toml::Value::Table(table) => flatten(&path, table, entries),
                toml::Value::String(name) => entries.push((path, name.clone())),
                number => entries.push((path, number.to_string())),
            }
        }
    }
    let mut entries = Vec::new();
    flatten("", &table(configuration), &mut entries);
    entries.sort_unstable();
    entries
}

/// The whole configuration as TOML's tables, every key spelled out.
#[must_use]
pub fn table(configuration: &Configuration) -> toml::Table {
    to_toml(configuration)
        .parse()
        .expect("what is written reads back")
}

/// What is wrong with a text, and where.
pub(crate) struct Problem {
    byte: Option<usize>,
    what: String,
}

impl Problem {
    /// At a byte of the text.
    pub(crate) fn at(byte: usize, what: impl fmt::Display) -> Self {
        Self {
            byte: Some(byte),
            what: what.to_string(),
        }
    }

    /// With the line it is in.
    pub(crate) fn in_text(self, text: &str) -> String {
        let what = sentence(&self.what);
        match self.byte {
            Some(byte) => format!("line {}: {what}", line(text, byte)),
            None => what,
        }
    }
}

impl From<toml::de::Error> for Problem {
    fn from(error: toml::de::Error) -> Self {
        Self {
            byte: error.span().map(|span| span.start),
            // A quoted key can hold a line break; the error stays one sentence.
            what: error.message().trim_end().replace('\n', " "),
        }
    }
}

fn read(text: &str, base: &Configuration) -> Result<Configuration, Problem> {
    toml::from_str::<Document>(text)?.onto(base)
}

impl Document {
    /// The configuration, where it says nothing that of the base.
    pub(crate) fn onto(self, base: &Configuration) -> Result<Configuration, Problem> {
        let mut configuration = *base;
        if let Some(target) = self.target {
            configuration.target = target.into();
        }
        if let Some(loss) = self.loss {
            configuration.loss = loss.into();
        }
        if let Some(kind) = self.noise.kind {
            configuration.noise.kind = kind.into();
        }
        set(
            &mut configuration.noise.dimensions,
            self.noise.dimensions,
            NoiseDimensions::new,
        )?;
        set(&mut configuration.batch, self.batch, BatchSize::new)?;
        set(&mut configuration.atlas, self.atlas, AtlasLength::new)?;
        for (network, table) in [
            (Network::Generator, self.generator),
            (Network::Discriminator, self.discriminator),
        ] {
            let place = configuration.network_mut(network);
            set(&mut place.hidden_layers, table.hidden_layers, HiddenLayers::new)?;
            set(&mut place.neurons, table.neurons, Neurons::new)?;
            set(&mut place.learning_rate, table.learning_rate, LearningRate::new)?;
            set(
                &mut place.updates_per_epoch,
                table.updates_per_epoch,
                UpdatesPerEpoch::new,
            )?;
            if let Some(optimizer) = table.optimizer {
                place.optimizer = optimizer.into();
            }
        }
        Ok(configuration)
    }

    /// The first key that it leaves out.
    pub(crate) fn missing(&self) -> Option<&'static str> {
        let (generator, discriminator) = (&self.generator, &self.discriminator);
        let mut keys = [
            ("target", self.target.is_some()),
            ("loss", self.loss.is_some()),
            ("batch", self.batch.is_some()),
            ("atlas", self.atlas.is_some()),
            ("noise.kind", self.noise.kind.is_some()),
            ("noise.dimensions", self.noise.dimensions.is_some()),
            ("generator.hidden_layers", generator.hidden_layers.is_some()),
            ("generator.neurons", generator.neurons.is_some()),
            ("generator.learning_rate", generator.learning_rate.is_some()),
            ("generator.optimizer", generator.optimizer.is_some()),
            (
                "generator.updates_per_epoch",
                generator.updates_per_epoch.is_some(),
            ),
            (
                "discriminator.hidden_layers",
                discriminator.hidden_layers.is_some(),
            ),
            ("discriminator.neurons", discriminator.neurons.is_some()),
            (
                "discriminator.learning_rate",
                discriminator.learning_rate.is_some(),
            ),
            ("discriminator.optimizer", discriminator.optimizer.is_some()),
            (
                "discriminator.updates_per_epoch",
                discriminator.updates_per_epoch.is_some(),
            ),
        ]
        .into_iter();
        keys.find(|(_, given)| !given).map(|(key, _)| key)
    }
}

/// Puts a value that was given into its place, if it is in range.
fn set<V, T>(
    place: &mut T,
    value: Option<Spanned<V>>,
    check: impl Fn(V) -> Result<T, OutOfRange>,
) -> Result<(), Problem> {
    if let Some(value) = value {
        *place = checked(value, check)?;
    }
    Ok(())
}

/// A value that is in range.
pub(crate) fn checked<V, T>(
    value: Spanned<V>,
    check: impl Fn(V) -> Result<T, OutOfRange>,
) -> Result<T, Problem> {
    let byte = value.span().start;
    check(value.into_inner()).map_err(|error| Problem::at(byte, error))
}

fn line(text: &str, byte: usize) -> usize {
    text[..text.floor_char_boundary(byte)].split('\n').count()
}

/// The whole configuration as TOML, every key spelled out.
#[must_use]
pub fn to_toml(configuration: &Configuration) -> String {
    toml::to_string(&Whole::of(configuration)).expect("plain tables of numbers and names are TOML")
}

/// A whole configuration as it is written.
#[derive(Serialize)]
pub(crate) struct Whole {
    target: TargetName,
    loss: LossName,
    batch: usize,
    atlas: usize,
    noise: WholeNoise,
    generator: WholeNetwork,
    discriminator: WholeNetwork,
}

#[derive(Serialize)]
struct WholeNoise {
    kind: NoiseName,
    dimensions: usize,
}

#[derive(Serialize)]
struct WholeNetwork {
    hidden_layers: usize,
    neurons: usize,
    learning_rate: f32,
    optimizer: OptimizerName,
    updates_per_epoch: usize,
}

impl Whole {
    pub(crate) fn of(configuration: &Configuration) -> Self {
        let network = |network: &NetworkConfiguration| WholeNetwork {
            hidden_layers: network.hidden_layers.get(),
            neurons: network.neurons.get(),
            learning_rate: network.learning_rate.get(),
            optimizer: network.optimizer.into(),
            updates_per_epoch: network.updates_per_epoch.get(),
        };
        Self {
            target: configuration.target.into(),
            loss: configuration.loss.into(),
            batch: configuration.batch.get(),
            atlas: configuration.atlas.get(),
            noise: WholeNoise {
                kind: configuration.noise.kind.into(),
                dimensions: configuration.noise.dimensions.get(),
            },
            generator: network(&configuration.generator),
            discriminator: network(&configuration.discriminator),
        }
    }
}

#[cfg(test)]
mod tests;
