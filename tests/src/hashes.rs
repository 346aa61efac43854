//! The table of hashes that every target reproduces, `fixtures/targets/hashes.toml`, and its rows as the targets
//! get them: machines without files get words (`gan_core::words`).

use std::path::PathBuf;
use std::sync::OnceLock;

use gan_core::{Configuration, Gan, Instructions, Point, Preset, Reference, StateHash, memory_words};
use lab::files::configuration;
use serde::Deserialize;

use crate::{fill, fixture};

/// A run, and what its state is called at its end.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name, which tells what is particular about it.
    pub name: String,
    /// The configuration that is trained.
    pub configuration: Configuration,
    /// The points of a drawn target.
    pub drawing: Vec<Point>,
    /// The seed.
    pub seed: u64,
    /// How far.
    pub epochs: u64,
    /// The state's hash there.
    pub hash: StateHash,
}

/// The hash of a row that nobody has trained yet.
const UNKNOWN: StateHash = StateHash(0);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    atlas: u32,
    run: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    preset: String,
    seed: u64,
    epochs: u64,
    #[serde(default)]
    with: toml::Table,
    #[serde(default)]
    drawing: Vec<Point>,
    hash: String,
}

/// Path of the table; `GAN_LAB_HASHES` names another, for runs that are too long for every day.
#[must_use]
pub fn path() -> PathBuf {
    match std::env::var_os("GAN_LAB_HASHES") {
        Some(path) => path.into(),
        None => fixture("targets/hashes.toml"),
    }
}

/// All rows. With `GAN_LAB_FILL` in the environment the reference's hashes are first written where the table has none.
///
/// # Panics
/// If the table is not one.
#[must_use]
pub fn rows() -> Vec<Row> {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        if fill() {
            complete();
        }
        read()
    });
    rows.clone()
}

fn read() -> Vec<Row> {
    let text = std::fs::read_to_string(path()).expect("the table is there");
    let table: Table = toml::from_str(&text).unwrap_or_else(|error| panic!("hashes.toml: {error}"));
    let atlas = format!("atlas = {}", table.atlas);
    table.run.into_iter().map(|entry| row(entry, &atlas)).collect()
}

/// Writes the reference's hashes where there are none: `hash = ""`.
fn complete() {
    let mut rows = read().into_iter();
    let text = std::fs::read_to_string(path()).expect("the table is there");
    let lines = text.lines().map(|line| {
        let row = line
            .starts_with("hash = ")
            .then(|| rows.next().expect("each row has one"));
        match row {
            Some(row) if row.hash == UNKNOWN => format!("hash = \"{}\"\n", row.train(Instructions::Scalar)),
            _ => format!("{line}\n"),
        }
    });
    let text: String = lines.collect();
    std::fs::write(path(), text).expect("the table can be written");
}

fn row(entry: Entry, atlas: &str) -> Row {
    let name = entry.name;
    let preset = Preset::ALL
        .into_iter()
        .find(|preset| format!("{preset:?}").to_lowercase() == entry.preset)
        .unwrap_or_else(|| panic!("'{name}': there is no preset '{}'", entry.preset));
    let with = toml::to_string(&entry.with).expect("a table is TOML");
    let configuration = configuration::parse(atlas, &preset.configuration())
        .and_then(|base| configuration::parse(&with, &base))
        .unwrap_or_else(|error| panic!("'{name}': {error}"));
    let hash = match entry.hash.as_str() {
        "" => UNKNOWN,
        hash => hash
            .parse()
            .unwrap_or_else(|_| panic!("'{name}': '{hash}' is no hash")),
    };
    Row {
        name,
        configuration,
        drawing: entry.drawing,
        seed: entry.seed,
        epochs: entry.epochs,
        hash,
    }
}

impl Row {
    /// The run at its beginning.
    ///
    /// # Panics
    /// If it cannot begin.
    #[must_use]
    pub fn run(&self) -> Gan<Vec<f32>, Reference> {
        let memory = vec![0.0; memory_words(&self.configuration)];
        Gan::new(memory, &self.configuration, self.seed, &self.drawing)
            .unwrap_or_else(|error| panic!("'{}': {error}", self.name))
    }

    /// The hash at its end, with these instructions.
    #[must_use]
    pub fn train(&self, instructions: Instructions) -> StateHash {
        let mut run = self.run();
        run.use_instructions(instructions);
        // A divergence is part of the run.
        let _ = run.run_epochs(self.epochs);
        run.state_hash()
    }

    fn drawing_bits(&self) -> impl Iterator<Item = u32> {
        self.drawing.as_flattened().iter().map(|value| value.to_bits())
    }
}

/// Rows as JavaScript reads them (`tests/targets/wasm/rows.js`).
#[must_use]
pub fn json(rows: &[Row]) -> String {
    let rows = rows.iter().map(|row| {
        serde_json::json!({
            "words": row.configuration.to_words().to_vec(),
            "drawing": row.drawing_bits().collect::<Vec<u32>>(),
            // More than a number of JavaScript's holds.
            "seed": row.seed.to_string(),
            "epochs": row.epochs,
        })
    });
    serde_json::Value::from_iter(rows).to_string()
}

/// Rows as the board reads them (`frontends/firmware/src/bin/rows.rs`).
#[must_use]
pub fn words(rows: &[Row]) -> Vec<u8> {
    let mut words = vec![rows.len() as u32];
    for row in rows {
        words.extend(row.configuration.to_words());
        for long in [row.seed, row.epochs] {
            words.extend([long as u32, (long >> 32) as u32]);
        }
        words.push(row.drawing.len() as u32);
        words.extend(row.drawing_bits());
    }
    words.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// Holds what a target made of the rows against the table.
///
/// # Panics
/// If there are not as many hashes, or one is another; all that are are named.
pub fn compare(target: &str, rows: &[Row], hashes: &[String]) {
    assert_eq!(
        rows.len(),
        hashes.len(),
        "{target} gives another number of hashes"
    );
    let differing: Vec<String> = rows
        .iter()
        .zip(hashes)
        .filter(|(row, hash)| row.hash.to_string() != **hash)
        .map(|(row, hash)| format!("'{}': {hash}, not {}", row.name, row.hash))
        .collect();
    assert!(
        differing.is_empty(),
        "{target}, {} of {} rows differ:\n{}",
        differing.len(),
        rows.len(),
        differing.join("\n")
    );
}
