//! Configurations as TOML: what a person writes to train something else than a preset.
//!
//! ```toml
//! target = "ring"              # line, gaussians, ring, disjoint, eight, grid, spiral, moons, drawing
//! loss = "log"                 # log, least-squares, minimax, flipped, wasserstein, hinge
//! batch = 150
//! atlas = 12000
//! inputs = "plain"             # plain, centred
//! output = "tanh"              # tanh, linear
//! truncation = "none"          # or deviations, as in 1.5
//! [noise]
//! kind = "uniform"             # uniform, normal, spherical
//! dimensions = 2               # 1–16
//! [generator]                  # and the same under [discriminator], but for the last two
//! hidden_layers = 1
//! neurons = 10
//! learning_rate = 0.03
//! optimizer = "sgd"            # sgd, adam
//! updates_per_epoch = 1
//! activation = "relu"          # relu, leaky-relu (with slope = 0.2), tanh
//! normalization = "none"       # none, batch (with normalization_decay = 0.9), spectral
//! initialization = "classic"   # classic, scale, xavier, he
//! beta_1 = 0.9
//! beta_2 = 0.999
//! history = "none"             # or a weight
//! average = "none"             # or a decay, as in 0.999; of the generator alone
//! minibatch_kernels = "none"   # or 1–16; of the discriminator alone
//! [labels]
//! real_weight = 0.95
//! real = 1.0
//! fake = 0.0
//! noise = 0.0
//! [penalty]
//! kind = "none"                # none, clipping (with bound = 0.01), r1 (with weight = 1.0), gradient (10.0)
//! [instance_noise]
//! deviation = "none"           # or a number, and epochs = 0 for ever the same
//! [feature_matching]
//! weight = "none"              # or a share, and epochs = 0 for ever the same
//! [replay]
//! samples = "none"             # or as many of each batch, from capacity = 10000
//! [rate_decay]
//! kind = "constant"            # constant, linear, cosine; over epochs = 10000
//! ```
//!
//! Every key may be left out; the base configuration (a preset) then speaks. An unknown key is an error. What
//! is written of techniques is what is not as in GAN Lab, so that older files and new ones of the same run are
//! the same bytes.
//!
//! Where things are: `document` has the tables that all share, `network` those of the networks,
//! `techniques` the rest, each read and written side by side; `names` has the enums' names, `value` single
//! values.

mod document;
mod names;
mod network;
mod techniques;
mod value;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use gan_core::Configuration;
use toml::Spanned;

pub(crate) use self::document::Document;
pub(crate) use self::names::{LossName, OptimizerName};
use self::value::OrNone;
pub(crate) use self::value::checked;
use super::{FileError, read_text, sentence};

/// How many of the techniques are written.
#[derive(Clone, Copy)]
enum Extent {
    /// Those that are not as in GAN Lab.
    Differing,
    /// Each.
    Every,
}

impl Extent {
    /// A value, unless it is the usual one and that goes without saying.
    fn unless<V>(self, usual: bool, value: V) -> Option<Spanned<V>> {
        match self {
            Self::Differing if usual => None,
            Self::Differing | Self::Every => value::written(value),
        }
    }

    /// The number of something that is usually off.
    fn or_none<V>(self, value: Option<V>) -> Option<Spanned<OrNone<V>>> {
        match (self, value) {
            (_, Some(value)) => value::written(OrNone::Some(value)),
            (Self::Every, None) => value::written(OrNone::None),
            (Self::Differing, None) => None,
        }
    }
}

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
    changes([(key, value)], base)
}

/// As [`change`], several keys at once: what does not go together must not do so on the way.
pub fn changes<'a>(
    entries: impl IntoIterator<Item = (&'a str, &'a str)>,
    base: &Configuration,
) -> Result<Configuration, String> {
    let mut document = toml::Table::new();
    for (key, value) in entries {
        let value = match value.trim().parse() {
            Ok(number @ (toml::Value::Integer(_) | toml::Value::Float(_))) => number,
            Ok(toml::Value::String(name)) => toml::Value::String(name),
            _ => toml::Value::String(value.trim().to_owned()),
        };
        let (path, last) = key.trim().rsplit_once('.').unwrap_or(("", key.trim()));
        let mut parts = path.split('.').filter(|_| !path.is_empty());
        let table = parts.try_fold(&mut document, |table, part| {
            table
                .entry(part)
                .or_insert_with(|| toml::Value::Table(toml::Table::new()))
                .as_table_mut()
        });
        let table = table.ok_or_else(|| format!("'{key}' lies within something that is no table"))?;
        table.insert(last.to_owned(), value);
    }
    let text = toml::to_string(&document).expect("tables of numbers and names are TOML");
    read(&text, base).map_err(|problem| sentence(&problem.what))
}

/// Every key as a dotted path, in alphabetical order, with its value as a person writes it: 'adam', '0.03'.
/// Of the techniques only what is not as in GAN Lab.
#[must_use]
pub fn entries(configuration: &Configuration) -> Vec<(String, String)> {
    let mut entries = Vec::new();
    flatten("", &table(configuration), &mut entries);
    entries.sort_unstable();
    entries
}

/// The value of every key that means something, as [`entries`] has it: 'none' where a technique is off.
pub(crate) fn every_entry(configuration: &Configuration) -> BTreeMap<String, String> {
    let mut entries = Vec::new();
    flatten("", &read_back(&text(configuration, Extent::Every)), &mut entries);
    entries.into_iter().collect()
}

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

/// The whole configuration as TOML's tables, every key of GAN Lab's spelled out.
#[must_use]
pub fn table(configuration: &Configuration) -> toml::Table {
    read_back(&to_toml(configuration))
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

fn line(text: &str, byte: usize) -> usize {
    text[..text.floor_char_boundary(byte)].split('\n').count()
}

/// The whole configuration as TOML, every key of GAN Lab's spelled out, and of the techniques what is not as in
/// GAN Lab.
#[must_use]
pub fn to_toml(configuration: &Configuration) -> String {
    text(configuration, Extent::Differing)
}

fn text(configuration: &Configuration, extent: Extent) -> String {
    toml::to_string(&Document::to_extent(configuration, extent))
        .expect("plain tables of numbers and names are TOML")
}

/// By way of the text, in which an `f32` is its shortest decimal.
fn read_back(text: &str) -> toml::Table {
    text.parse().expect("what is written reads back")
}

#[cfg(test)]
pub(crate) mod any;
#[cfg(test)]
mod tests;
