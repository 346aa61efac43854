//! Configurations as TOML: what a person writes to train something else than a preset.
//!
//! `gan-lab parameters` lists the keys ([`listing`]); the table of `gan_core::parameters` has them.
//!
//! Every key may be left out; the base configuration (a preset) then speaks. An unknown key is an error. What
//! is written of techniques is what is not as in GAN Lab, so that older files and new ones of the same run are
//! the same bytes.

mod document;
pub mod listing;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use gan_core::parameters::Mention;
use gan_core::{Configuration, Parameter};

pub(crate) use self::document::{Document, Entry, value};
use super::{FileError, read_text, sentence};

/// How many of the techniques are written.
#[derive(Clone, Copy)]
enum Extent {
    /// Techniques that differ from GAN Lab.
    Differing,
    /// Every technique.
    Every,
}

impl Extent {
    /// The parameters that are written of a configuration, and their values.
    fn values(self, configuration: &Configuration) -> impl Iterator<Item = (Parameter, u32)> {
        let values = Parameter::ALL
            .into_iter()
            .filter_map(|parameter| Some((parameter, configuration.word(parameter)?)));
        values.filter(
            move |(parameter, word)| match (self, parameter.definition().mention) {
                (Self::Every, _) | (_, Mention::Always | Mention::Meaning) => true,
                (Self::Differing, Mention::Differing) => parameter.usual() != Some(*word),
            },
        )
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

/// Changes several keys at once, like [`change`]: they need to go together only when all are set.
pub fn changes<'a>(
    entries: impl IntoIterator<Item = (&'a str, &'a str)>,
    base: &Configuration,
) -> Result<Configuration, String> {
    let document = Document::typed(entries);
    if let Some(path) = document.within_a_value() {
        return Err(format!("'{path}' lies within something that is no table"));
    }
    document.onto(base).map_err(|problem| sentence(&problem.what))
}

/// Every key as a dotted path, in alphabetical order, with its value as a person writes it: 'adam',
/// '0.03'. A technique is listed only where it differs from GAN Lab.
#[must_use]
pub fn entries(configuration: &Configuration) -> Vec<(String, String)> {
    let mut entries: Vec<_> = named(configuration, Extent::Differing).collect();
    entries.sort_unstable();
    entries
}

/// The value of every key that means something, as [`entries`] has it: 'none' where a technique is off.
pub(crate) fn every_entry(configuration: &Configuration) -> BTreeMap<String, String> {
    named(configuration, Extent::Every).collect()
}

fn named(configuration: &Configuration, extent: Extent) -> impl Iterator<Item = (String, String)> {
    let values = extent.values(configuration);
    values.map(|(parameter, word)| (parameter.key().to_owned(), parameter.write(word).to_string()))
}

/// The whole configuration as TOML's tables, every key of GAN Lab's spelled out.
#[must_use]
pub fn table(configuration: &Configuration) -> toml::Table {
    // By way of the text, in which an `f32` is its shortest decimal.
    to_toml(configuration)
        .parse()
        .expect("what is written reads back")
}

/// An error in a text, and its place.
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

/// A value that is in range.
pub(crate) fn checked<V, T>(
    value: toml::Spanned<V>,
    check: impl Fn(V) -> Result<T, gan_core::OutOfRange>,
) -> Result<T, Problem> {
    let byte = value.span().start;
    check(value.into_inner()).map_err(|error| Problem::at(byte, error))
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
    document::written(configuration, Extent::Differing, None)
}

/// TOML below a table's name, as part of another file; otherwise like [`to_toml`].
pub(crate) fn to_toml_below(table: &str, configuration: &Configuration) -> String {
    document::written(configuration, Extent::Differing, Some(table))
}

#[cfg(test)]
pub(crate) mod any;
#[cfg(test)]
mod tests;
