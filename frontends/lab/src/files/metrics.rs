//! What was measured of a run, for other programs: a table (CSV), or JSON lines, which many tools read as
//! they stand. The same fields in both: `epoch`, `d_loss`, `g_loss`, `kl`, `js`. A figure that is not known
//! is an empty field of a table, and `null` in JSON.

use std::path::Path;

use serde::Serialize;

use super::points::table;
use super::{FileError, write};
use crate::{Measured, Series};

/// How measurements are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A header and a row a measurement.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

/// One measurement as it is written.
#[derive(Serialize)]
struct Row {
    epoch: u64,
    d_loss: Option<f64>,
    g_loss: Option<f64>,
    kl: Option<f64>,
    js: Option<f64>,
}

impl From<&Measured> for Row {
    fn from(measured: &Measured) -> Self {
        Self {
            epoch: measured.epoch,
            d_loss: measured.value(Series::DiscriminatorLoss),
            g_loss: measured.value(Series::GeneratorLoss),
            kl: measured.value(Series::Kl),
            js: measured.value(Series::Js),
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
        Format::Csv => table(&["epoch", "d_loss", "g_loss", "kl", "js"], rows),
        Format::JsonLines => json_lines(rows),
    };
    write(path, &bytes)
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
        };
        let second = Measured {
            epoch: 10,
            discriminator_loss: Some(0.1),
            generator_loss: Some(1e-300),
            kl: 2.0,
            js: 1.0 / 3.0,
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
        assert_eq!(
            written("m.csv", &measured()),
            "epoch,d_loss,g_loss,kl,js\n0,,,0.5,\n10,0.1,1e-300,2.0,0.3333333333333333\n"
        );
        assert_eq!(
            written("m.JSONL", &measured()),
            "{\"epoch\":0,\"d_loss\":null,\"g_loss\":null,\"kl\":0.5,\"js\":null}\n\
             {\"epoch\":10,\"d_loss\":0.1,\"g_loss\":1e-300,\"kl\":2.0,\"js\":0.3333333333333333}\n"
        );
        assert_eq!(written("m", &[]), "epoch,d_loss,g_loss,kl,js\n");
        assert_eq!(written("m.ndjson", &[]), "");
        let message = save(Path::new("m.json"), &[]).unwrap_err().to_string();
        assert!(
            message.starts_with("m.json: ") && message.contains(".jsonl"),
            "{message}"
        );
    }
}
