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

use std::path::Path;

use gan_core::configuration::{
    AtlasLength, BatchSize, HiddenLayers, LearningRate, Loss, NetworkConfiguration, Neurons, NoiseDimensions,
    NoiseKind, Optimizer, UpdatesPerEpoch,
};
use gan_core::{Configuration, Network, OutOfRange, Target};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::{FileError, read_text};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Document {
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

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NoiseTable {
    kind: Option<NoiseName>,
    dimensions: Option<Spanned<u32>>,
}

#[derive(Default, Deserialize, Serialize)]
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
        enum $name { $(#[serde(rename = $text)] $variant),* }

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
    Line = "line", Gaussians = "gaussians", Ring = "ring", Disjoint = "disjoint", Drawing = "drawing",
});
names!(LossName for Loss { Log = "log", LeastSquares = "least-squares" });
names!(NoiseName for NoiseKind { Uniform = "uniform", Normal = "normal" });
names!(OptimizerName for Optimizer { Sgd = "sgd", Adam = "adam" });

/// A configuration from a file, on top of a base.
pub fn load(path: &Path, base: &Configuration) -> Result<Configuration, FileError> {
    parse(&read_text(path)?, base).map_err(|problem| FileError::new(path, problem))
}

/// A configuration from text, on top of a base; the error says where and what.
pub fn parse(text: &str, base: &Configuration) -> Result<Configuration, String> {
    let document: Document = toml::from_str(text).map_err(|error| {
        let place = error
            .span()
            .map_or(String::new(), |span| format!("line {}: ", line(text, span.start)));
        format!("{place}{}", error.message().trim_end())
    })?;
    let mut configuration = *base;
    if let Some(target) = document.target {
        configuration.target = target.into();
    }
    if let Some(loss) = document.loss {
        configuration.loss = loss.into();
    }
    if let Some(kind) = document.noise.kind {
        configuration.noise.kind = kind.into();
    }
    set(
        text,
        &mut configuration.noise.dimensions,
        document.noise.dimensions,
        NoiseDimensions::new,
    )?;
    set(text, &mut configuration.batch, document.batch, BatchSize::new)?;
    set(text, &mut configuration.atlas, document.atlas, AtlasLength::new)?;
    for (network, table) in [
        (Network::Generator, document.generator),
        (Network::Discriminator, document.discriminator),
    ] {
        let place = configuration.network_mut(network);
        set(
            text,
            &mut place.hidden_layers,
            table.hidden_layers,
            HiddenLayers::new,
        )?;
        set(text, &mut place.neurons, table.neurons, Neurons::new)?;
        set(
            text,
            &mut place.learning_rate,
            table.learning_rate,
            LearningRate::new,
        )?;
        set(
            text,
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

/// Puts a value that was given into its place, if it is in range.
fn set<V, T>(
    text: &str,
    place: &mut T,
    value: Option<Spanned<V>>,
    check: impl Fn(V) -> Result<T, OutOfRange>,
) -> Result<(), String> {
    if let Some(value) = value {
        let start = value.span().start;
        *place = check(value.into_inner()).map_err(|error| format!("line {}: {error}", line(text, start)))?;
    }
    Ok(())
}

fn line(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

/// The whole configuration as TOML, every key spelled out.
#[must_use]
pub fn to_toml(configuration: &Configuration) -> String {
    #[derive(Serialize)]
    struct Whole {
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
    let network = |network: &NetworkConfiguration| WholeNetwork {
        hidden_layers: network.hidden_layers.get(),
        neurons: network.neurons.get(),
        learning_rate: network.learning_rate.get(),
        optimizer: network.optimizer.into(),
        updates_per_epoch: network.updates_per_epoch.get(),
    };
    let whole = Whole {
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
    };
    toml::to_string(&whole).expect("plain tables of numbers and names are TOML")
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;

    #[test]
    fn what_is_written_reads_back() {
        for preset in Preset::ALL {
            let configuration = preset.configuration();
            let text = to_toml(&configuration);
            assert_eq!(
                parse(&text, &Preset::Ring.configuration()),
                Ok(configuration),
                "{text}"
            );
        }
    }

    #[test]
    fn missing_keys_come_from_the_base() {
        let base = Preset::Line.configuration();
        let changed = parse("loss = 'least-squares'\n[generator]\noptimizer = 'adam'\n", &base).unwrap();
        assert_eq!(
            (changed.loss, changed.generator.optimizer),
            (Loss::LeastSquares, Optimizer::Adam)
        );
        assert_eq!(changed.discriminator, base.discriminator);
    }

    #[test]
    fn errors_name_line_and_remedy() {
        let base = Preset::Line.configuration();
        for (text, part) in [
            (
                "\n[generator]\nneurons = 101\n",
                "line 3: neurons is 101, but must be from 1 to 100",
            ),
            ("batch = 0", "line 1: batch size is 0, but must be from 1 to 1024"),
            ("[generator]\nlearning_rate = nan", "line 2: learning rate is NaN"),
            ("[generator]\nneuron = 3", "line 2: unknown field `neuron`"),
            ("target = 'spiral'", "line 1: unknown variant `spiral`"),
            ("batch = -1", "line 1:"),
            ("batch = 1\nbatch = 2", "line 2: duplicate key"),
            ("[generator", "line 1:"),
        ] {
            let message = parse(text, &base).unwrap_err();
            assert!(message.contains(part), "{text:?} gave {message:?}");
            assert!(!message.contains('\n'), "one sentence: {message:?}");
        }
    }
}
