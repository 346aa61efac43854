//! The points that the target 'drawing' learns, and where they come from: a brush or a file.

use std::path::Path;
use std::sync::Arc;

use gan_core::Point;

use crate::Scaling;
use crate::files::{self, FileError, points};

/// The most points that can be drawn by hand: enough to cover the whole square, few enough to show all.
pub const MOST_DRAWN: usize = 10_000;

/// Points of one's own, all in the unit square. None by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    points: Arc<[Point]>,
    source: Source,
}

/// The source of one's own points.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Source {
    /// Drawn by hand, where they are.
    #[default]
    Brush,
    /// Read from a file.
    File {
        /// The file's name, without its folder.
        name: Arc<str>,
        /// How its points came into the unit square.
        scaling: Scaling,
    },
}

/// Points cannot be a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawingError {
    /// A drawn point lies outside the unit square.
    #[error("drawn point {} lies outside the unit square: draw within it", .index + 1)]
    Outside {
        /// Its number, from 0.
        index: usize,
    },
    /// More than [`MOST_DRAWN`] points were drawn.
    #[error("the drawing has {count} points, but may have {MOST_DRAWN}: undo a stroke or clear it")]
    TooMany {
        /// How many.
        count: usize,
    },
}

impl Drawing {
    /// Points drawn by hand: in the unit square, at most [`MOST_DRAWN`] of them, perhaps none yet.
    pub fn drawn(points: impl Into<Arc<[Point]>>) -> Result<Self, DrawingError> {
        Self::of(points, Source::Brush)
    }

    /// Points already in the unit square; of a brush at most [`MOST_DRAWN`].
    pub fn of(points: impl Into<Arc<[Point]>>, source: Source) -> Result<Self, DrawingError> {
        let points = points.into();
        if source == Source::Brush && points.len() > MOST_DRAWN {
            return Err(DrawingError::TooMany { count: points.len() });
        }
        // A NaN is not inside.
        let inside = |point: &Point| point.iter().all(|value| (0.0..=1.0).contains(value));
        match points.iter().position(|point| !inside(point)) {
            Some(index) => Err(DrawingError::Outside { index }),
            None => Ok(Self { points, source }),
        }
    }

    /// The points of a CSV file, two columns, any range: [scaled](Scaling) into the unit square.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        Self::parse(&name, &files::read(path)?).map_err(|problem| FileError::new(path, problem))
    }

    /// Parses a drawing from the name and the bytes of a file, like [`Self::load`]; the error says
    /// where and what is wrong.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, String> {
        let values = points::parse(bytes, 2)?;
        let (rows, _) = values.as_chunks();
        let scaling = Scaling::of(rows).ok_or("holds no points; write x and y in each line")?;
        Ok(Self {
            points: rows.iter().map(|point| scaling.scale(*point)).collect(),
            source: Source::File {
                name: name.into(),
                scaling,
            },
        })
    }

    /// The points, in the unit square, in the order drawn or written.
    #[must_use]
    pub const fn points(&self) -> &Arc<[Point]> {
        &self.points
    }

    /// The source of the points.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// Whether there is no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_points_lie_in_the_square_and_are_not_too_many() {
        let points = [[0.0, 1.0], [0.5, 0.25]];
        let drawing = Drawing::drawn(points).unwrap();
        assert_eq!(
            (&**drawing.points(), drawing.source()),
            (&points[..], &Source::Brush)
        );
        assert_eq!(Drawing::drawn([]), Ok(Drawing::default()));
        for outside in [[0.5, 1.1], [f32::NAN, 0.5]] {
            let error = Drawing::drawn([[0.5, 0.5], outside]).unwrap_err();
            assert_eq!(error, DrawingError::Outside { index: 1 });
            assert!(error.to_string().starts_with("drawn point 2 lies outside"));
        }
        assert!(Drawing::drawn(vec![[0.5; 2]; MOST_DRAWN]).is_ok());
        let error = Drawing::drawn(vec![[0.5; 2]; MOST_DRAWN + 1]).unwrap_err();
        let words = "the drawing has 10001 points, but may have 10000: undo a stroke or clear it";
        assert_eq!(error.to_string(), words);
    }

    #[test]
    fn a_file_s_points_come_with_its_name_and_their_scaling() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("points.csv");
        std::fs::write(&path, "x,y\n-10,0\n30,10\n").unwrap();
        let drawing = Drawing::load(&path).unwrap();
        let Source::File { name, scaling } = drawing.source() else {
            panic!("{drawing:?} is of a file");
        };
        assert_eq!(&**name, "points.csv");
        let [x, y] = scaling.ranges();
        assert_eq!((x.least, x.most, y.least, y.most), (-10.0, 30.0, 0.0, 10.0));
        let expected = [[-10.0, 0.0], [30.0, 10.0]].map(|point| scaling.scale(point));
        assert_eq!(**drawing.points(), expected);
        let message = Drawing::load(&folder.path().join("none.csv")).unwrap_err();
        assert!(message.to_string().contains("none.csv: cannot be read"));
    }
}
