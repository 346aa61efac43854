//! Measurements of a run for other programs: a table (CSV), or JSON lines, which many tools read
//! directly. Both have the same fields, in the order of [`fields`]; those after `js` are of checks,
//! which are rarer. A figure that is not known is an empty field of a table, and `null` in JSON.

use std::iter;
use std::path::Path;

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::points::table;
use super::{FileError, write};
use crate::{Figure, Measured, Series};

/// How measurements are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A header and a row a measurement.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

/// The names of the fields, in their order: the epoch, losses and divergences, figures of the run, figures of layers.
pub fn fields() -> impl Iterator<Item = &'static str> {
    let series = Series::ALL.into_iter().map(Series::key);
    iter::once("epoch")
        .chain(series)
        .chain(Figure::ALL.into_iter().map(Figure::key))
}

/// The values of a measurement, in the order of [`fields`].
struct Row<'a>(&'a Measured);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(measured) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("epoch", &measured.epoch)?;
        for series in Series::ALL {
            map.serialize_entry(series.key(), &measured.value(series))?;
        }
        for figure in Figure::ALL {
            map.serialize_entry(figure.key(), &measured.summary.get(figure))?;
        }
        map.end()
    }
}

impl Format {
    /// The format that a file's name asks for: `.jsonl` and `.ndjson` are JSON lines, any other
    /// name is a table. A `.json` is refused, as it would promise one object for the whole file.
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
    let bytes = match Format::of(path)? {
        Format::Csv => csv(measured),
        Format::JsonLines => json_lines(measured),
    };
    write(path, &bytes)
}

/// A measurement as a JSON object.
#[must_use]
pub fn measures(measured: &Measured) -> serde_json::Map<String, serde_json::Value> {
    match serde_json::to_value(Row(measured)) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => unreachable!("a row is an object of numbers"),
    }
}

/// A table without rows has a header too. Numbers are written as by `csv` everywhere.
fn csv(measured: &[Measured]) -> Vec<u8> {
    let header: Vec<&str> = fields().collect();
    let row = |measured: &Measured| {
        let series = Series::ALL.map(|series| measured.value(series));
        let figures = Figure::ALL.map(|figure| measured.summary.get(figure));
        (measured.epoch, series, figures.to_vec())
    };
    table(&header, measured.iter().map(row))
}

fn json_lines(measured: &[Measured]) -> Vec<u8> {
    let mut text = String::new();
    for measured in measured {
        text += &serde_json::to_string(&Row(measured)).expect("numbers are JSON");
        text.push('\n');
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Summary;
    use crate::checks::figures::LAYERS;

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

    #[test]
    fn small_numbers_are_the_same_text_in_both() {
        let [_, mut measured] = measured();
        measured.summary.discriminator_moved = Some(1.234e-5);
        let text = "0.00001234";
        assert!(written("m.csv", &[measured]).contains(&format!(",{text},")));
        assert!(written("m.jsonl", &[measured]).contains(&format!("\"d_moved\":{text},")));
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
                      d_dead,g_dead,d_loss_mean,d_loss_variance,d_loss_period,d_separation,real_score,fake_score,missed,precision,spread,d_dead_layer,g_dead_layer,d_gradient_median,g_gradient_median,d_gradient_greatest,g_gradient_greatest,swings,late_swings,turns,swing_period,fooled,d_range,missed_finely,wasserstein,lost,\
                      d_gradient_1,d_gradient_2,d_gradient_3,d_gradient_4,d_gradient_5,d_gradient_6,d_gradient_7,\
                      g_gradient_1,g_gradient_2,g_gradient_3,g_gradient_4,g_gradient_5,g_gradient_6,g_gradient_7,\
                      d_dead_1,d_dead_2,d_dead_3,d_dead_4,d_dead_5,d_dead_6,d_dead_7,\
                      g_dead_1,g_dead_2,g_dead_3,g_dead_4,g_dead_5,g_dead_6,g_dead_7\n";
        let rows = format!(
            "0,,,0.5{}\n10,0.1,1e-300,2.0,0.3333333333333333,0.25,,,,,,,,0.1,,,1280.5{}\n",
            ",".repeat(34 + 4 * LAYERS),
            ",".repeat(21 + 4 * LAYERS)
        );
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
        let places = fields().map(|field| second.find(&format!("\"{field}\":")).unwrap());
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
