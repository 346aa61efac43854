//! Tables of numbers and names, as files have them: a configuration, perhaps in part, and what changes on the way.

use std::fmt;

use gan_core::parameters::{Effect, Kind, Mention, OFF, Unfit, Written};
use gan_core::{Configuration, Network, Parameter};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use super::{Extent, Problem};

/// Keys with their values, in any order.
#[derive(Default)]
pub(crate) struct Document {
    entries: Vec<Entry>,
    /// Keys of what it stands in; with them, only parameters that change as a run goes on.
    others: &'static [&'static str],
}

/// A key of a file, and its value.
pub(crate) struct Entry {
    /// The dotted path: `generator.slope`.
    pub(crate) path: String,
    /// The place of the key in the text, in bytes.
    pub(crate) key: usize,
    /// The place of the value.
    pub(crate) place: usize,
    value: Value,
}

/// The value behind a key.
enum Value {
    Integer(i64),
    Float(f64),
    Text(String),
    /// Texts, each with its place.
    List(Vec<Spanned<String>>),
    /// An empty table: its keys are entries of their own.
    Table,
}

impl Entry {
    /// The written value; an error where it is a list or a table.
    pub(crate) fn written(&self) -> Result<Written<'_>, Problem> {
        Ok(match &self.value {
            Value::Integer(number) => Written::Integer(*number),
            Value::Float(number) => Written::Float(*number),
            Value::Text(text) => Written::Text(text),
            Value::List(_) | Value::Table => return Err(self.mistaken("a number or a name")),
        })
    }

    /// It as a number that counts something; an error if it is none.
    pub(crate) fn count(&self) -> Result<u64, Problem> {
        match self.value {
            Value::Integer(number) if number >= 0 => Ok(number.unsigned_abs()),
            Value::Integer(number) => {
                let what = format!("invalid value: integer `{number}`, expected a whole number from 0");
                Err(Problem::at(self.place, what))
            }
            _ => Err(self.mistaken("a whole number from 0")),
        }
    }

    /// It as a text; an error if it is none.
    pub(crate) fn text(self) -> Result<Spanned<String>, Problem> {
        match self.value {
            Value::Text(text) => Ok(Spanned::new(self.place..self.place, text)),
            _ => Err(self.mistaken("a text")),
        }
    }

    /// It as several texts; an error if it is something else.
    pub(crate) fn texts(self) -> Result<Spanned<Vec<Spanned<String>>>, Problem> {
        match self.value {
            Value::List(texts) => Ok(Spanned::new(self.place..self.place, texts)),
            _ => Err(self.mistaken("a list of texts")),
        }
    }

    fn mistaken(&self, expected: &str) -> Problem {
        let came = match self.value {
            Value::Integer(_) => "integer",
            Value::Float(_) => "floating point",
            Value::Text(_) => "string",
            Value::List(_) => "sequence",
            Value::Table => "map",
        };
        Problem::at(self.place, format!("invalid type: {came}, expected {expected}"))
    }

    /// The parameter it is of, and its value, in a document with these other keys.
    fn read(&self, others: &[&'static str]) -> Result<(Parameter, u32), Problem> {
        let Some(parameter) = Parameter::named(&self.path) else {
            return Err(Problem::at(self.key, unknown(&self.path, others)));
        };
        let word = parameter.read(self.written()?);
        let word = word.map_err(|error| Problem::at(self.place, error))?;
        Ok((parameter, word))
    }
}

impl Document {
    /// An entry for each text as a person writes it on a command line: names without quotes.
    pub(super) fn typed<'a>(entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let entry = |(key, value): (&str, &str)| Entry {
            path: key.trim().to_owned(),
            key: 0,
            place: 0,
            value: match value.trim().parse() {
                Ok(toml::Value::Integer(number)) => Value::Integer(number),
                Ok(toml::Value::Float(number)) => Value::Float(number),
                Ok(toml::Value::String(name)) => Value::Text(name),
                _ => Value::Text(value.trim().to_owned()),
            },
        };
        Self {
            entries: entries.into_iter().map(entry).collect(),
            others: &[],
        }
    }

    /// The same as changes of a run, which may also have these keys.
    pub(crate) fn of_changes(self, others: &'static [&'static str]) -> Self {
        Self { others, ..self }
    }

    /// A path that begins with another one, whose value is no table.
    pub(super) fn within_a_value(&self) -> Option<&str> {
        let paths = || self.entries.iter().map(|entry| entry.path.as_str());
        let begins =
            |path: &str, with: &str| path.strip_prefix(with).is_some_and(|rest| rest.starts_with('.'));
        paths().find(|path| paths().any(|other| begins(path, other)))
    }

    /// The entry of a path, which is taken out.
    pub(crate) fn take(&mut self, path: &str) -> Option<Entry> {
        let place = self.entries.iter().position(|entry| entry.path == path)?;
        Some(self.entries.remove(place))
    }

    /// The entries of a table, which are taken out; their paths are those within it.
    pub(crate) fn take_table(&mut self, table: &str) -> Vec<Entry> {
        let within = |entry: &mut Entry| {
            entry
                .path
                .split_once('.')
                .is_some_and(|(first, _)| first == table)
        };
        let mut taken: Vec<Entry> = self.entries.extract_if(.., within).collect();
        for entry in &mut taken {
            entry.path.drain(..=table.len());
        }
        taken
    }

    /// The entries that are left, each a parameter and its value.
    pub(crate) fn values(&self) -> Result<Vec<(Parameter, u32)>, Problem> {
        let tables = |entry: &&Entry| matches!(entry.value, Value::Table) && is_table(&entry.path);
        let entries = self.entries.iter().filter(|entry| !tables(entry));
        entries.map(|entry| entry.read(self.others)).collect()
    }

    /// The configuration, where it says nothing that of the base. The techniques of the base go together.
    pub(crate) fn onto(&self, base: &Configuration) -> Result<Configuration, Problem> {
        base.with(self.values()?).map_err(|unfit| {
            let byte = match unfit {
                Unfit::Value { parameter, .. } => self.place(parameter),
                // The last thing said of a conflict: what was said before it held until then.
                Unfit::Conflict(conflict) => conflict
                    .parameters()
                    .iter()
                    .filter_map(|parameter| self.place(*parameter))
                    .max(),
            };
            Problem {
                byte,
                what: unfit.to_string(),
            }
        })
    }

    /// Byte offset of a parameter's value.
    pub(crate) fn place(&self, parameter: Parameter) -> Option<usize> {
        let entry = self.entries.iter().find(|entry| entry.path == parameter.key());
        entry.map(|entry| entry.place)
    }

    /// The first of GAN Lab's keys that it leaves out; what it says of techniques may always be left out.
    pub(crate) fn missing(&self) -> Option<&'static str> {
        let always = Parameter::ALL
            .into_iter()
            .filter(|parameter| parameter.definition().mention == Mention::Always);
        let mut keys = always.map(Parameter::key);
        keys.find(|key| !self.entries.iter().any(|entry| entry.path == *key))
    }
}

fn is_table(path: &str) -> bool {
    let within = |parameter: Parameter| {
        parameter
            .key()
            .split_once('.')
            .is_some_and(|(table, _)| table == path)
    };
    Parameter::ALL.into_iter().any(within)
}

/// Why there is no parameter of a path.
fn unknown(path: &str, others: &[&'static str]) -> String {
    let (table, name) = path.split_once('.').unwrap_or(("", path));
    if is_table(path) {
        return format!("invalid type: `{path}` is a table, as in {path}.KEY = VALUE");
    }
    if Parameter::named(table).is_some() {
        return format!("invalid type: `{table}` is a value and no table");
    }
    let other = Network::ALL
        .into_iter()
        .filter(|network| is_table(table) && network.name() != table)
        .find(|network| Parameter::named(&format!("{network}.{name}")).is_some());
    if let Some(network) = other {
        let (are, them) = if name.ends_with('s') {
            ("are", "them")
        } else {
            ("is", "it")
        };
        return format!("{name} {are} the {network}'s: write {them} under [{network}]");
    }
    // The level at which the path leaves the keys there are.
    let (table, name) = match is_table(table) {
        true => (table, name),
        false => ("", path.split('.').next().unwrap_or(path)),
    };
    let parameters = Parameter::ALL.into_iter();
    let parameters = parameters
        .filter(|parameter| others.is_empty() || parameter.definition().effect == Effect::AtOnce)
        .map(Parameter::key);
    let mut known: Vec<&str> = Vec::new();
    for key in others.iter().copied().chain(parameters) {
        let (of, rest) = key.split_once('.').unwrap_or(("", key));
        let key = match (table, of) {
            ("", "") => rest,
            ("", of) => of,
            (table, of) if table == of => rest,
            _ => continue,
        };
        if !known.contains(&key) {
            known.push(key);
        }
    }
    format!("unknown field `{name}`, expected one of `{}`", known.join("`, `"))
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Level(keys) = Level::deserialize(deserializer)?;
        let mut document = Self::default();
        document.gather("", keys);
        Ok(document)
    }
}

impl Document {
    fn gather(&mut self, table: &str, keys: Vec<(Spanned<String>, Spanned<Item>)>) {
        for (key, item) in keys {
            let (place, key_place) = (item.span().start, key.span().start);
            let path = match table {
                "" => key.into_inner(),
                table => format!("{table}.{}", key.into_inner()),
            };
            let value = match item.into_inner() {
                Item::Value(value) => value,
                Item::Table(Level(keys)) if keys.is_empty() => Value::Table,
                Item::Table(Level(keys)) => {
                    self.gather(&path, keys);
                    continue;
                }
            };
            self.entries.push(Entry {
                path,
                key: key_place,
                place,
                value,
            });
        }
    }
}

/// A table, with the places of its keys and values.
struct Level(Vec<(Spanned<String>, Spanned<Item>)>);

enum Item {
    Value(Value),
    Table(Level),
}

struct ItemVisitor;

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a name or a table")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Item, E> {
        Ok(Item::Value(Value::Integer(value)))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Item, E> {
        Ok(Item::Value(Value::Float(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Item, E> {
        Ok(Item::Value(Value::Text(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Item, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = list.next_element()? {
            texts.push(text);
        }
        Ok(Item::Value(Value::List(texts)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Item, A::Error> {
        let mut keys = Vec::new();
        while let Some(entry) = map.next_entry()? {
            keys.push(entry);
        }
        Ok(Item::Table(Level(keys)))
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ItemVisitor)
    }
}

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Item::deserialize(deserializer)? {
            Item::Table(level) => Ok(level),
            Item::Value(_) => Err(de::Error::custom("invalid type: a value, expected a table")),
        }
    }
}

/// A whole configuration as TOML; below a table's name, if one is given.
pub(super) fn written(configuration: &Configuration, extent: Extent, below: Option<&str>) -> String {
    let mut text = below.map_or(String::new(), |table| format!("[{table}]\n"));
    let mut last = "";
    for (parameter, word) in extent.values(configuration) {
        let (table, name) = parameter.key().split_once('.').unwrap_or(("", parameter.key()));
        if table != last {
            let path = [below, Some(table)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(".");
            text += &format!("\n[{path}]\n");
            last = table;
        }
        text += &format!("{name} = {}\n", value(parameter, word));
    }
    text
}

/// A value as TOML writes it.
pub(crate) fn value(parameter: Parameter, word: u32) -> String {
    let written = parameter.write(word);
    match parameter.definition().kind {
        Kind::Choice(_) => format!("\"{written}\""),
        _ if word == OFF => format!("\"{written}\""),
        _ => written.to_string(),
    }
}
