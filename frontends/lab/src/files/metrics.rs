//! What was measured of a run, for other programs: a table (CSV), or JSON lines, which many tools read as
//! they stand. The same fields in both, in the order of [`FIELDS`]; those after `js` are [`Summary`]'s, which is
//! measured more rarely. A figure that is not known is an empty field of a table, and `null` in JSON.

use std::path::Path;

use serde::Serialize;

use super::points::table;
use super::{FileError, write};
use crate::{Measured, Series, Summary};

/// How measurements are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A header and a row a measurement.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

/// The fields. What comes to be measured later is added at the end.
pub const FIELDS: [&str; 38] = [
    "epoch",
    "d_loss",
    "g_loss",
    "kl",
    "js",
    "ndb",
    "mode_coverage",
    "high_quality",
    "d_gradient",
    "g_gradient",
    "d_moved",
    "g_moved",
    "d_dead",
    "g_dead",
    "d_loss_mean",
    "d_loss_variance",
    "d_loss_period",
    "d_separation",
    "real_score",
    "fake_score",
    "missed",
    "precision",
    "spread",
    "d_dead_layer",
    "g_dead_layer",
    "d_gradient_median",
    "g_gradient_median",
    "d_gradient_greatest",
    "g_gradient_greatest",
    "swings",
    "late_swings",
    "turns",
    "swing_period",
    "fooled",
    "d_range",
    "missed_finely",
    "wasserstein",
    "lost",
];

/// One measurement as it is written.
#[derive(Serialize)]
struct Row {
    epoch: u64,
    d_loss: Option<f64>,
    g_loss: Option<f64>,
    kl: Option<f64>,
    js: Option<f64>,
    ndb: Option<f32>,
    mode_coverage: Option<f32>,
    high_quality: Option<f32>,
    d_gradient: Option<f32>,
    g_gradient: Option<f32>,
    d_moved: Option<f32>,
    g_moved: Option<f32>,
    d_dead: Option<f32>,
    g_dead: Option<f32>,
    d_loss_mean: Option<f32>,
    d_loss_variance: Option<f32>,
    d_loss_period: Option<f32>,
    d_separation: Option<f32>,
    real_score: Option<f32>,
    fake_score: Option<f32>,
    missed: Option<f32>,
    precision: Option<f32>,
    spread: Option<f32>,
    d_dead_layer: Option<f32>,
    g_dead_layer: Option<f32>,
    d_gradient_median: Option<f32>,
    g_gradient_median: Option<f32>,
    d_gradient_greatest: Option<f32>,
    g_gradient_greatest: Option<f32>,
    swings: Option<f32>,
    late_swings: Option<f32>,
    turns: Option<f32>,
    swing_period: Option<f32>,
    fooled: Option<f32>,
    d_range: Option<f32>,
    missed_finely: Option<f32>,
    wasserstein: Option<f32>,
    lost: Option<f32>,
}

impl From<&Measured> for Row {
    fn from(measured: &Measured) -> Self {
        let summary: Summary = measured.summary;
        Self {
            epoch: measured.epoch,
            d_loss: measured.value(Series::DiscriminatorLoss),
            g_loss: measured.value(Series::GeneratorLoss),
            kl: measured.value(Series::Kl),
            js: measured.value(Series::Js),
            ndb: summary.ndb,
            mode_coverage: summary.coverage,
            high_quality: summary.high_quality,
            d_gradient: summary.discriminator_gradient,
            g_gradient: summary.generator_gradient,
            d_moved: summary.discriminator_moved,
            g_moved: summary.generator_moved,
            d_dead: summary.discriminator_dead,
            g_dead: summary.generator_dead,
            d_loss_mean: summary.loss_mean,
            d_loss_variance: summary.loss_variance,
            d_loss_period: summary.period,
            d_separation: summary.separation,
            real_score: summary.real_score,
            fake_score: summary.fake_score,
            missed: summary.missed,
            precision: summary.precision,
            spread: summary.spread,
            d_dead_layer: summary.discriminator_dead_layer,
            g_dead_layer: summary.generator_dead_layer,
            d_gradient_median: summary.discriminator_gradient_median,
            g_gradient_median: summary.generator_gradient_median,
            d_gradient_greatest: summary.discriminator_gradient_greatest,
            g_gradient_greatest: summary.generator_gradient_greatest,
            swings: summary.swings,
            late_swings: summary.late_swings,
            turns: summary.turns,
            swing_period: summary.swing_period,
            fooled: summary.fooled,
            d_range: summary.discriminator_range,
            missed_finely: summary.missed_finely,
            wasserstein: summary.wasserstein,
            lost: summary.lost,
        }
    }
}

impl Format {
    /// What a file's name asks for: `.jsonl` and `.ndjson` are JSON lines, any other name is a table. A
    /// `.json` is refused, as it would promise one object for the whole file.
    pub fn of(path: &Path) -> Result<Self, FileError> {
        let extension = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        match extension.as_str() {
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            "json" => Err(FileError::new(
                path,
                "metrics are an object a line: name it .jsonl, or .csv for a table",
            )),
            _ => Ok(Self::Csv),
        }
    }
}

/// Writes measurements in their order, in the format that the file's name asks for.
pub fn save(path: &Path, measured: &[Measured]) -> Result<(), FileError> {
    let rows = measured.iter().map(Row::from);
    let bytes = match Format::of(path)? {
        // A table without rows has a header too.
        Format::Csv => table(&FIELDS, rows),
        Format::JsonLines => json_lines(rows),
    };
    write(path, &bytes)
}

/// What was measured as a JSON object.
#[must_use]
pub fn measures(measured: &Measured) -> serde_json::Map<String, serde_json::Value> {
    match serde_json::to_value(Row::from(measured)) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => unreachable!("a row is an object of numbers"),
    }
}

fn json_lines(rows: impl Iterator<Item = Row>) -> Vec<u8> {
    let mut text = String::new();
    for row in rows {
        text += &serde_json::to_string(&row).expect("numbers are JSON");
        text.push('\n');
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured() -> [Measured; 2] {
        let first = Measured {
            epoch: 0,
            discriminator_loss: None,
            generator_loss: Some(f64::INFINITY),
            kl: 0.5,
            js: f64::NAN,
            summary: Summary::default(),
        };
        let second = Measured {
            epoch: 10,
            discriminator_loss: Some(0.1),
            generator_loss: Some(1e-300),
            kl: 2.0,
            js: 1.0 / 3.0,
            summary: Summary {
                ndb: Some(0.25),
                generator_dead: Some(0.1),
                period: Some(1280.5),
                ..Summary::default()
            },
        };
        [first, second]
    }

    fn written(name: &str, measured: &[Measured]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        save(&path, measured).unwrap();
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn the_name_chooses_and_unknown_figures_are_left_out() {
        let header = "epoch,d_loss,g_loss,kl,js,ndb,mode_coverage,high_quality,d_gradient,g_gradient,d_moved,g_moved,\
                      d_dead,g_dead,d_loss_mean,d_loss_variance,d_loss_period,d_separation,real_score,fake_score,missed,precision,spread,d_dead_layer,g_dead_layer,d_gradient_median,g_gradient_median,d_gradient_greatest,g_gradient_greatest,swings,late_swings,turns,swing_period,fooled,d_range,missed_finely,wasserstein,lost\n";
        let rows = "0,,,0.5,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n10,0.1,1e-300,2.0,0.3333333333333333,0.25,,,,,,,,0.1,,,1280.5,,,,,,,,,,,,,,,,,,,,,\n";
        assert_eq!(written("m.csv", &measured()), format!("{header}{rows}"));
        let text = written("m.JSONL", &measured());
        let [first, second] = text.lines().collect::<Vec<_>>()[..] else {
            panic!("{text}")
        };
        assert!(
            first.starts_with(
                "{\"epoch\":0,\"d_loss\":null,\"g_loss\":null,\"kl\":0.5,\"js\":null,\"ndb\":null,"
            ),
            "{first}"
        );
        assert!(
            second.starts_with(
                "{\"epoch\":10,\"d_loss\":0.1,\"g_loss\":1e-300,\"kl\":2.0,\"js\":0.3333333333333333,\"ndb\":0.25,"
            ) && second.contains("\"g_dead\":0.1,\"d_loss_mean\":null,\"d_loss_variance\":null,\"d_loss_period\":1280.5,\"d_separation\":null,"),
            "{second}"
        );
        // Both have the same fields in the same order.
        let places = FIELDS.map(|field| second.find(&format!("\"{field}\":")).unwrap());
        assert!(places.is_sorted(), "{second}");
        assert_eq!(written("m", &[]), header);
        assert_eq!(written("m.ndjson", &[]), "");
        let message = save(Path::new("m.json"), &[]).unwrap_err().to_string();
        assert!(
            message.starts_with("m.json: ") && message.contains(".jsonl"),
            "{message}"
        );
    }
}
