//! Rows of a sweep as CSV and JSON, and CSV back.
//!
//! Every row carries its whole configuration, what is varied first and what is not last, so that a row can
//! be trained again from itself, and a file can be told to be of this grid before it is gone on with.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use gan_core::{Diverged, Network, StateHash};
use serde::Serialize;

use super::outcome::AverageOutcome;
use super::{Axis, Grid, Outcome, SurveyError};
use crate::Divergence;
use crate::files::configuration;

/// Columns between what is varied and what is not.
const FIGURES: [&str; 10] = [
    "seed", "epochs", "hash", "d_loss", "g_loss", "kl", "js", "coverage", "diverged", "seconds",
];

/// Columns after those, where a run of the grid keeps a moving average of its generator.
const AVERAGES: [&str; 3] = ["average_kl", "average_js", "average_coverage"];

/// A text is no table of a grid's rows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The columns are not the grid's: something else is varied.
    #[error("line 1: its columns are not those of this sweep: vary what it varies, or name another file")]
    OtherColumns,
    /// A row is of a run that the grid does not have.
    #[error(
        "line {line}: its run is none of this sweep's: sweep with its configuration, epochs and \
                 seeds, or name another file"
    )]
    OtherRun {
        /// Its line, from 1.
        line: u64,
    },
    /// A row's figures cannot be read.
    #[error("line {line}: {problem}: remove the line, or name another file")]
    NotARow {
        /// Its line, from 1.
        line: u64,
        /// The error, in words.
        problem: String,
    },
}

/// The columns of a grid's table.
struct Columns {
    varied: Vec<String>,
    /// [`AVERAGES`], or none.
    averages: &'static [&'static str],
    fixed: Vec<String>,
}

impl Columns {
    fn of(grid: &Grid) -> Self {
        let varied: Vec<String> = grid.axes().iter().map(|axis| axis.key.clone()).collect();
        // Keys of techniques may differ from point to point.
        let keys: BTreeSet<String> = grid
            .configurations()
            .flat_map(configuration::entries)
            .map(|(key, _)| key)
            .collect();
        let fixed = keys.into_iter().filter(|key| !varied.contains(key)).collect();
        let mut points = grid.configurations();
        let averages = match points.any(|point| point.techniques.average.is_some()) {
            true => &AVERAGES[..],
            false => &[],
        };
        Self {
            varied,
            averages,
            fixed,
        }
    }

    /// Columns of a table of this grid, by its first line; `None` if it is another grid's. There
    /// may be more than [`Self::of`] has: keys of runs that are missing.
    fn read(header: &csv::StringRecord, grid: &Grid) -> Option<Self> {
        let own = Self::of(grid);
        let names: Vec<&str> = header.iter().collect();
        let (varied, rest) = names.split_at_checked(own.varied.len())?;
        let rest = rest.strip_prefix(&FIGURES[..])?;
        let (averages, fixed) = match rest.strip_prefix(&AVERAGES[..]) {
            Some(fixed) => (&AVERAGES[..], fixed),
            None => (&[][..], rest),
        };
        let whole = varied.iter().eq(&own.varied)
            && own.averages.len() <= averages.len()
            && own.fixed.iter().all(|key| fixed.contains(&key.as_str()));
        whole.then(|| Self {
            averages,
            fixed: fixed.iter().map(|key| (*key).to_owned()).collect(),
            ..own
        })
    }

    fn header(&self) -> impl Iterator<Item = &str> {
        let varied = self.varied.iter().map(String::as_str);
        let figures = FIGURES.iter().chain(self.averages).copied();
        varied.chain(figures).chain(self.fixed.iter().map(String::as_str))
    }

    /// Each point's values in the order of the columns: what is varied, what is not. Empty is what says nothing
    /// at a point, as the weight of a penalty that is none.
    fn points(&self, grid: &Grid) -> Vec<[Vec<String>; 2]> {
        let values = |configuration| {
            let entries = configuration::every_entry(configuration);
            let value = |key| entries.get(key).cloned().unwrap_or_default();
            [&self.varied, &self.fixed].map(|keys| keys.iter().map(value).collect())
        };
        grid.configurations().map(values).collect()
    }
}

/// Finished runs as CSV, in the grid's order; `outcomes[run]` is `None` for a run still missing.
///
/// Columns: every varied key, `seed`, `epochs`, `hash`, `d_loss`, `g_loss`, `kl`, `js`, `coverage`,
/// `diverged` (as in `17/generator`: epoch and network), `seconds`, and every other key of the
/// configuration. A figure that is not known is empty. If a run of the grid keeps a moving average
/// of its generator, `average_kl`, `average_js` and `average_coverage` stand behind `seconds`.
#[must_use]
pub fn to_csv(grid: &Grid, outcomes: &[Option<Outcome>]) -> Vec<u8> {
    let columns = Columns::of(grid);
    let points = columns.points(grid);
    let mut table = csv::Writer::from_writer(Vec::new());
    let in_memory = "memory takes every record, and all have as many fields";
    table.write_record(columns.header()).expect(in_memory);
    for (run, outcome) in finished(outcomes) {
        let seeds = grid.seeds();
        let [varied, fixed] = &points[run / seeds.len()];
        let figures = figures(seeds[run % seeds.len()], grid.epochs(), outcome);
        let averages = &averages(outcome)[..columns.averages.len()];
        table
            .write_record(varied.iter().chain(&figures).chain(averages).chain(fixed))
            .expect(in_memory);
    }
    table.into_inner().expect(in_memory)
}

fn finished(outcomes: &[Option<Outcome>]) -> impl Iterator<Item = (usize, &Outcome)> {
    let numbered = outcomes.iter().enumerate();
    numbered.filter_map(|(run, outcome)| Some((run, outcome.as_ref()?)))
}

fn figures(seed: u64, epochs: u64, outcome: &Outcome) -> [String; FIGURES.len()] {
    let figure = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let Divergence { kl, js } = outcome.divergence;
    [
        seed.to_string(),
        epochs.to_string(),
        outcome.hash.to_string(),
        figure(outcome.discriminator_loss),
        figure(outcome.generator_loss),
        kl.to_string(),
        js.to_string(),
        figure(outcome.coverage),
        outcome
            .diverged
            .map_or(String::new(), |Diverged { epoch, network }| {
                format!("{epoch}/{network}")
            }),
        outcome.training.as_secs_f64().to_string(),
    ]
}

fn averages(outcome: &Outcome) -> [String; AVERAGES.len()] {
    let Some(AverageOutcome { divergence, coverage }) = outcome.average else {
        return Default::default();
    };
    [Some(divergence.kl), Some(divergence.js), coverage]
        .map(|value| value.map_or(String::new(), |value| value.to_string()))
}

/// A grid's description, read from a table.
pub(super) struct Found {
    /// Axes, with the values that were found.
    pub(super) axes: Vec<Axis>,
    /// Runs from which the grid can be laid out, one for each set of what is not varied: where a technique is
    /// switched on and off, not every row tells the numbers it has where it is on.
    pub(super) bases: Vec<Base>,
    /// Seeds in the order in which they were found.
    pub(super) seeds: Vec<u64>,
    /// Epochs of the first run.
    pub(super) epochs: u64,
}

/// A row's configuration.
pub(super) struct Base {
    /// The row's line, from 1.
    pub(super) line: u64,
    /// Keys and values, none of them empty.
    pub(super) entries: Vec<(String, String)>,
}

impl Found {
    /// In a table as [`to_csv`] writes it, of which rows may be missing.
    pub(super) fn of(text: &str) -> Result<Self, SurveyError> {
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        let mut table = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(whole.as_bytes());
        // A record that cannot be read is reported, with its line, when the rows are.
        let mut records = table.records().map_while(Result::ok);
        let header = records.next().ok_or(SurveyError::NotASweep)?;
        let names: Vec<&str> = header.iter().collect();
        let varied = names
            .windows(FIGURES.len())
            .position(|window| window == FIGURES)
            .ok_or(SurveyError::NotASweep)?;
        let axis = |name: &&str| Axis {
            key: (*name).to_owned(),
            values: Vec::new(),
        };
        let mut found = Self {
            axes: names[..varied].iter().map(axis).collect(),
            bases: Vec::new(),
            seeds: Vec::new(),
            epochs: 0,
        };
        let figures_end = varied + FIGURES.len();
        let fixed = match names[figures_end..].starts_with(&AVERAGES) {
            true => figures_end + AVERAGES.len(),
            false => figures_end,
        };
        let (mut seen, mut bases) = (BTreeSet::new(), BTreeSet::new());
        for (number, record) in records.filter(|record| record.len() == names.len()).enumerate() {
            for (axis, value) in found.axes.iter_mut().zip(&record) {
                if !axis.values.iter().any(|known| known == value) {
                    axis.values.push(value.to_owned());
                }
            }
            if let Ok(seed) = record[varied].parse()
                && seen.insert(seed)
            {
                found.seeds.push(seed);
            }
            if number == 0 {
                found.epochs = record[varied + 1].parse().unwrap_or(0);
            }
            let fields: Vec<&str> = record.iter().collect();
            if bases.insert(
                fields[fixed..]
                    .iter()
                    .map(|field| (*field).to_owned())
                    .collect::<Vec<_>>(),
            ) {
                let entries = names.iter().zip(&fields).enumerate();
                let entries =
                    entries.filter(|(at, (_, value))| !(varied..fixed).contains(at) && !value.is_empty());
                found.bases.push(Base {
                    line: record.position().map_or(1, csv::Position::line),
                    entries: entries
                        .map(|(_, (key, value))| ((*key).to_owned(), (*value).to_owned()))
                        .collect(),
                });
            }
        }
        Ok(found)
    }
}

/// The finished runs that a table holds, by their number in the grid. A last line that does not end is
/// left out: whoever wrote it was interrupted.
pub fn from_csv(grid: &Grid, text: &str) -> Result<Vec<Option<Outcome>>, TableError> {
    let mut outcomes = vec![None; grid.runs()];
    let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
    let mut table = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(whole.as_bytes());
    let mut records = table.records();
    let header = match records.next() {
        None => return Ok(outcomes),
        Some(header) => header.map_err(|_| TableError::OtherColumns)?,
    };
    let columns = Columns::read(&header, grid).ok_or(TableError::OtherColumns)?;
    let points: BTreeMap<_, usize> = columns.points(grid).into_iter().zip(0..).collect();
    let seeds: BTreeMap<_, usize> = grid.seeds().iter().zip(0..).collect();
    for record in records {
        let record = record.map_err(|error| TableError::NotARow {
            line: error.position().map_or(1, csv::Position::line),
            problem: "not CSV".to_owned(),
        })?;
        let line = record.position().map_or(1, csv::Position::line);
        let not_a_row = |problem| TableError::NotARow { line, problem };
        if record.len() != header.len() {
            return Err(not_a_row(format!(
                "{} columns, not those of line 1",
                record.len()
            )));
        }
        let fields: Vec<&str> = record.iter().collect();
        let (varied, rest) = fields.split_at(columns.varied.len());
        let (figures, rest) = rest.split_at(FIGURES.len());
        let (averages, fixed) = rest.split_at(columns.averages.len());
        let own = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        let point = points.get(&[own(varied), own(fixed)]);
        let seed = figures[0].parse().ok().and_then(|seed: u64| seeds.get(&seed));
        let (Some(point), Some(seed), true) = (point, seed, figures[1] == grid.epochs().to_string()) else {
            return Err(TableError::OtherRun { line });
        };
        let mut outcome = read_outcome(figures).map_err(|column| {
            let at = FIGURES.iter().position(|name| *name == column).unwrap_or(0);
            not_a_row(format!("'{}' is no {column}", figures[at]))
        })?;
        outcome.average = read_average(averages).map_err(|column| {
            let at = AVERAGES.iter().position(|name| *name == column).unwrap_or(0);
            not_a_row(format!("'{}' is no {column}", averages[at]))
        })?;
        outcomes[point * seeds.len() + seed] = Some(outcome);
    }
    Ok(outcomes)
}

/// The outcome in the columns of [`FIGURES`]; the error names the column that cannot be read.
fn read_outcome(figures: &[&str]) -> Result<Outcome, &'static str> {
    let number = |at: usize| -> Result<f64, &'static str> {
        let number = figures[at].parse().ok();
        number
            .filter(|number: &f64| number.is_finite())
            .ok_or(FIGURES[at])
    };
    let figure = |at: usize| match figures[at] {
        "" => Ok(None),
        _ => number(at).map(Some),
    };
    let hash = u64::from_str_radix(figures[2], 16).map_err(|_| FIGURES[2])?;
    Ok(Outcome {
        hash: StateHash(hash),
        discriminator_loss: figure(3)?,
        generator_loss: figure(4)?,
        divergence: Divergence {
            kl: number(5)?,
            js: number(6)?,
        },
        coverage: figure(7)?,
        average: None,
        diverged: match figures[8] {
            "" => None,
            text => Some(read_diverged(text).ok_or(FIGURES[8])?),
        },
        training: Duration::try_from_secs_f64(number(9)?).map_err(|_| FIGURES[9])?,
    })
}

/// Reads the columns of [`AVERAGES`]; `None` without them, or where they are not known.
fn read_average(averages: &[&str]) -> Result<Option<AverageOutcome>, &'static str> {
    let figure = |at: usize| match averages[at] {
        "" => Ok(None),
        text => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(AVERAGES[at]),
        },
    };
    if averages.is_empty() {
        return Ok(None);
    }
    Ok(match (figure(0)?, figure(1)?) {
        (Some(kl), Some(js)) => Some(AverageOutcome {
            divergence: Divergence { kl, js },
            coverage: figure(2)?,
        }),
        _ => None,
    })
}

fn read_diverged(text: &str) -> Option<Diverged> {
    let (epoch, network) = text.split_once('/')?;
    let mut networks = [Network::Generator, Network::Discriminator].into_iter();
    Some(Diverged {
        epoch: epoch.parse().ok()?,
        network: networks.find(|other| other.to_string() == network)?,
    })
}

/// A row as a JSON object. A figure that is not known is `null`.
#[derive(Serialize)]
struct JsonRow<'a> {
    configuration: &'a toml::Table,
    seed: u64,
    epochs: u64,
    hash: String,
    d_loss: Option<f64>,
    g_loss: Option<f64>,
    kl: f64,
    js: f64,
    coverage: Option<f64>,
    diverged: Option<JsonDiverged>,
    seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    average: Option<JsonAverage>,
}

/// Figures of a generator's moving average.
#[derive(Serialize)]
struct JsonAverage {
    kl: f64,
    js: f64,
    coverage: Option<f64>,
}

#[derive(Serialize)]
struct JsonDiverged {
    epoch: u64,
    network: String,
}

/// Finished runs as a JSON array, an object a line, in the grid's order: the names of [`to_csv`]'s columns,
/// with the whole configuration as an object in the structure of its file.
#[must_use]
pub fn to_json(grid: &Grid, outcomes: &[Option<Outcome>]) -> Vec<u8> {
    let configurations: Vec<toml::Table> = grid.configurations().map(configuration::table).collect();
    let rows = finished(outcomes).map(|(run, outcome)| {
        let seeds = grid.seeds();
        let row = JsonRow {
            configuration: &configurations[run / seeds.len()],
            seed: seeds[run % seeds.len()],
            epochs: grid.epochs(),
            hash: outcome.hash.to_string(),
            d_loss: outcome.discriminator_loss,
            g_loss: outcome.generator_loss,
            kl: outcome.divergence.kl,
            js: outcome.divergence.js,
            coverage: outcome.coverage,
            diverged: outcome.diverged.map(|Diverged { epoch, network }| JsonDiverged {
                epoch,
                network: network.to_string(),
            }),
            seconds: outcome.training.as_secs_f64(),
            average: outcome.average.map(|average| JsonAverage {
                kl: average.divergence.kl,
                js: average.divergence.js,
                coverage: average.coverage,
            }),
        };
        serde_json::to_string(&row).expect("numbers, names and tables of them are JSON")
    });
    let rows: Vec<String> = rows.collect();
    format!("[\n{}\n]\n", rows.join(",\n")).into_bytes()
}

#[cfg(test)]
mod tests;
