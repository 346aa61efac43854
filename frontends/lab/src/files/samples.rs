//! Points out of a run, as CSV.
//!
//! *Points* that a run learns, drawn or loaded, are written where they lie in the unit square: loaded again
//! they are the same to the last bit, and so is the run that learns them. *Samples* are for looking at in
//! other programs: of a run that learns a file's points they are in that file's coordinates.

use std::path::Path;

use gan_core::{Point, Target};

use super::points::table;
use super::{FileError, write};
use crate::setup::drawing::Source;
use crate::{Drawing, Experiment, Observer};

/// Writes the points of a drawing: a header, then x and y in each row. An error if there are none.
pub fn save_points(path: &Path, drawing: &Drawing) -> Result<(), FileError> {
    if drawing.is_empty() {
        let problem = "cannot be written: there are no points; draw some, or load them";
        return Err(FileError::new(path, problem));
    }
    write(path, &points_table(drawing))
}

/// The bytes of the file that [`save_points`] writes.
#[must_use]
pub fn points_table(drawing: &Drawing) -> Vec<u8> {
    table(&["x", "y"], drawing.points().iter())
}

/// Writes the real samples that an experiment is measured by and the fake ones last measured, 10,000 each:
/// a header, then kind ('real' or 'fake'), x and y in each row.
pub fn save_samples(path: &Path, experiment: &Experiment, observer: &Observer) -> Result<(), FileError> {
    let learns_drawing = experiment.configuration().target == Target::Drawing;
    let place = |point: Point| match experiment.drawing().source() {
        Source::File { scaling, .. } if learns_drawing && !scaling.is_identity() => {
            scaling.original(point).map(narrowed)
        }
        Source::File { .. } | Source::Brush => point,
    };
    let kinds = [("real", observer.real()), ("fake", observer.fake())];
    let rows = kinds
        .into_iter()
        .flat_map(|(kind, points)| points.iter().map(move |point| (kind, *point)));
    let rows = rows.map(|(kind, point)| (kind, place(point)));
    write(path, &table(&["kind", "x", "y"], rows))
}

/// To the nearest `f32` that is finite.
fn narrowed(value: f64) -> f32 {
    value.clamp(f64::from(f32::MIN), f64::from(f32::MAX)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Trainer;
    use gan_core::{Preset, Reference};

    #[test]
    fn points_load_again_to_the_same_bits_whatever_they_came_from() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.csv");
        let drawn = Drawing::drawn([[0.1, 1.0 / 3.0], [1.0, f32::from_bits(1)], [0.0, 0.7]]).unwrap();
        let loaded = Drawing::parse("own.csv", b"-1e30,3\n7e29,4.3\n0.1,1e-40\n").unwrap();
        for drawing in [drawn, loaded] {
            save_points(&path, &drawing).unwrap();
            let again = Drawing::load(&path).unwrap();
            let bits = |drawing: &Drawing| -> Vec<[u32; 2]> {
                drawing
                    .points()
                    .iter()
                    .map(|point| point.map(f32::to_bits))
                    .collect()
            };
            assert_eq!(bits(&again), bits(&drawing));
        }
        let message = save_points(&path, &Drawing::default()).unwrap_err().to_string();
        assert!(
            message.contains("p.csv: cannot be written: there are no points"),
            "{message}"
        );
    }

    #[test]
    fn samples_are_in_the_coordinates_of_the_file_that_is_learnt() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.csv");
        let drawing = Drawing::parse("own.csv", b"1000,10\n3000,10\n").unwrap();
        let ring = Experiment::preset(Preset::Ring, 1);
        let own = ring.learning(drawing).unwrap();
        for (experiment, [least, most]) in [
            (&own, [500.0, 3500.0]),
            // A drawing that is not learnt.
            (&own.with_preset(Preset::Line), [-1.0, 2.0]),
        ] {
            let trainer = Trainer::<Reference>::new(experiment.clone());
            let mut observer = Observer::new(experiment);
            observer.measure(&trainer.state());
            save_samples(&path, experiment, &observer).unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            let mut lines = text.lines();
            assert_eq!(lines.next(), Some("kind,x,y"));
            let rows: Vec<&str> = lines.collect();
            assert_eq!(rows.len(), 20_000);
            assert!(rows[9_999].starts_with("real,") && rows[10_000].starts_with("fake,"));
            for row in &rows[..10_000] {
                let x: f32 = row.split(',').nth(1).unwrap().parse().unwrap();
                assert!((least..most).contains(&x), "{row}");
            }
        }
    }
}
