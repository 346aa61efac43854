//! Tables of numbers as CSV: points to evaluate, real samples of one's own; and how ours are written.

use std::path::Path;

use serde::Serialize;

use super::{FileError, read, sentence};

/// Rows of exactly `columns` finite numbers each, after one another. A first line that is not numbers
/// is a header.
pub fn load(path: &Path, columns: usize) -> Result<Vec<f32>, FileError> {
    parse(&read(path)?, columns).map_err(|problem| FileError::new(path, problem))
}

/// Parses the bytes of a file, like [`load`]; the error says where and what is wrong.
pub fn parse(bytes: &[u8], columns: usize) -> Result<Vec<f32>, String> {
    rows(bytes, columns).map_err(|problem| sentence(&problem))
}

fn rows(bytes: &[u8], columns: usize) -> Result<Vec<f32>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let mut values = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|error| match (error.kind(), error.position()) {
            (csv::ErrorKind::Utf8 { .. }, Some(position)) => {
                format!("line {}: is not UTF-8 text; save it as UTF-8", position.line())
            }
            _ => format!("not CSV: {error}"),
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let numbers: Result<Vec<f32>, usize> = record
            .iter()
            .enumerate()
            .map(|(column, field)| field.parse().map_err(|_| column))
            .collect();
        match numbers {
            Err(_) if index == 0 => {}
            Err(column) => {
                let field = &record[column];
                return Err(format!(
                    "line {line}, column {}: '{field}' is not a number",
                    column + 1
                ));
            }
            Ok(numbers) if numbers.len() != columns => {
                return Err(format!(
                    "line {line}: {columns} columns are needed, not {}",
                    numbers.len()
                ));
            }
            Ok(numbers) => {
                if let Some(column) = numbers.iter().position(|number| !number.is_finite()) {
                    let field = &record[column];
                    return Err(format!(
                        "line {line}, column {}: '{field}' is not a finite number",
                        column + 1
                    ));
                }
                values.extend(numbers);
            }
        }
    }
    if values.is_empty() {
        return Err(format!("holds no rows; write {columns} numbers a line"));
    }
    Ok(values)
}

/// A header, and the rows: each number in the fewest digits that read back to the same bits.
pub(super) fn table(header: &[&str], rows: impl Iterator<Item = impl Serialize>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    let in_memory = "rows of one length are written to memory";
    writer.write_record(header).expect(in_memory);
    for row in rows {
        writer.serialize(row).expect(in_memory);
    }
    writer.into_inner().expect(in_memory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_allowed() {
        assert_eq!(
            parse(b"x,y\n0.5, 1e-1\n# note\n2,3\n", 2),
            Ok(vec![0.5, 0.1, 2.0, 3.0])
        );
        assert_eq!(parse(b"1,2", 2), Ok(vec![1.0, 2.0]));
    }

    #[test]
    fn errors_name_line_and_column() {
        for (text, part) in [
            ("0,1\n0,a\n", "line 2, column 2: 'a' is not a number"),
            ("0,1\n0,1,2\n", "line 2: 2 columns are needed, not 3"),
            ("0,1\n0,NaN\n", "line 2, column 2: 'NaN' is not a finite number"),
            ("x,y\n", "holds no rows"),
            ("", "holds no rows"),
            ("0,1\n\u{7f},\"", "line 2"),
        ] {
            let message = parse(text.as_bytes(), 2).unwrap_err();
            assert!(message.contains(part), "{text:?} gave {message:?}");
        }
        assert!(parse(b"0,1\n\xff,1\n", 2).unwrap_err().contains("line 2"));
    }
}
