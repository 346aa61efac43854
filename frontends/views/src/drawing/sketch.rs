//! The drawing in progress: strokes on a sheet, to be undone one by one.

use gan_core::Point;
use lab::Drawing;
use lab::setup::drawing::MOST_DRAWN;

use super::brush::{BrushRadius, Scatter, Tip};

/// A change to the sheet.
#[derive(Clone, Debug, PartialEq)]
enum Edit {
    /// These points were put down.
    Stroke(Vec<Point>),
    /// All points were taken away.
    Clear,
}

/// A sheet with the points of a drawing, and what was done to it since.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sketch {
    began_as: Drawing,
    edits: Vec<Edit>,
    undone: Vec<Edit>,
    scatter: Scatter,
    /// The stroke being drawn: the last of the edits.
    tip: Option<Tip>,
}

impl Sketch {
    /// Begins with the points there are; with none if they are too many to draw on.
    pub(super) fn of(drawing: &Drawing) -> Self {
        let many = drawing.points().len() > MOST_DRAWN;
        let began_as = if many { Drawing::default() } else { drawing.clone() };
        Self {
            scatter: Scatter::from(began_as.points().len() as u32),
            began_as,
            edits: Vec::new(),
            undone: Vec::new(),
            tip: None,
        }
    }

    /// Puts the brush down at a place of the unit square, or beside it.
    pub(super) fn press(&mut self, at: Point, radius: BrushRadius) {
        self.undone.clear();
        let (room, mut points) = (MOST_DRAWN - self.len(), Vec::new());
        let tip = Tip::press(near(at), radius, &mut self.scatter, onto_paper(&mut points, room));
        self.tip = Some(tip);
        self.edits.push(Edit::Stroke(points));
    }

    /// Moves the brush; nothing if it is not down.
    pub(super) fn drag(&mut self, to: Point) {
        let room = MOST_DRAWN - self.len();
        if let (Some(tip), Some(Edit::Stroke(points))) = (&mut self.tip, self.edits.last_mut()) {
            let room = room + points.len();
            tip.drag(near(to), &mut self.scatter, onto_paper(points, room));
        }
    }

    /// Takes the brush off; a stroke that put nothing on the paper is none.
    pub(super) fn lift(&mut self) {
        if self.tip.take().is_some() && self.edits.last() == Some(&Edit::Stroke(Vec::new())) {
            self.edits.pop();
        }
    }

    /// Takes all points away; that can be undone.
    pub(super) fn clear(&mut self) {
        self.lift();
        if self.len() > 0 {
            self.undone.clear();
            self.edits.push(Edit::Clear);
        }
    }

    /// Takes the last stroke back, or brings back what was cleared.
    pub(super) fn undo(&mut self) {
        self.lift();
        self.undone.extend(self.edits.pop());
    }

    /// Does again what was undone.
    pub(super) fn redo(&mut self) {
        self.lift();
        self.edits.extend(self.undone.pop());
    }

    pub(super) const fn can_undo(&self) -> bool {
        !self.edits.is_empty()
    }

    pub(super) const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The points on the sheet, in the order drawn.
    pub(super) fn points(&self) -> impl Iterator<Item = &Point> {
        self.parts().flatten()
    }

    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.parts().map(<[Point]>::len).sum()
    }

    /// Whether there is no room for another point.
    pub(super) fn is_full(&self) -> bool {
        self.len() >= MOST_DRAWN
    }

    /// The points as something to learn: what it began as, if nothing was done.
    pub(super) fn drawing(&self) -> Drawing {
        if self.edits.is_empty() {
            return self.began_as.clone();
        }
        let points: Vec<Point> = self.points().copied().collect();
        Drawing::drawn(points).expect("the brush puts points onto the paper, and no more than there may be")
    }

    /// Points it began with, unless they were cleared, and the strokes since.
    fn parts(&self) -> impl Iterator<Item = &[Point]> {
        let cleared = self.edits.iter().rposition(|edit| *edit == Edit::Clear);
        let before: &[Point] = match cleared {
            Some(_) => &[],
            None => self.began_as.points(),
        };
        let strokes = &self.edits[cleared.map_or(0, |index| index + 1)..];
        let strokes = strokes.iter().map(|edit| match edit {
            Edit::Stroke(points) => points.as_slice(),
            Edit::Clear => &[],
        });
        std::iter::once(before).chain(strokes)
    }
}

/// Keeps what falls onto the paper, as long as there is room for it.
fn onto_paper(points: &mut Vec<Point>, room: usize) -> impl FnMut(Point) {
    move |point| {
        let inside = point.iter().all(|value| (0.0..=1.0).contains(value));
        if inside && points.len() < room {
            points.push(point);
        }
    }
}

/// A place not farther from the paper than a brush that touches none of it: however far the pointer
/// goes, the way there is short.
fn near(place: Point) -> Point {
    let margin = 2.0 * BrushRadius::RANGE.end();
    place.map(|value| value.clamp(-margin, 1.0 + margin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blank() -> Sketch {
        Sketch::of(&Drawing::default())
    }

    fn stroke(sketch: &mut Sketch, way: &[Point]) {
        sketch.press(way[0], BrushRadius::default());
        for to in &way[1..] {
            sketch.drag(*to);
        }
        sketch.lift();
    }

    const ACROSS: [Point; 2] = [[0.2, 0.5], [0.8, 0.5]];
    const UP: [Point; 2] = [[0.5, 0.2], [0.5, 0.8]];

    #[test]
    fn strokes_and_clears_are_undone_one_by_one_and_done_again() {
        let mut sketch = blank();
        assert!(!sketch.can_undo() && !sketch.can_redo());
        let mut seen = vec![sketch.drawing()];
        for step in 0..4 {
            match step {
                0 => stroke(&mut sketch, &ACROSS),
                2 => sketch.clear(),
                _ => stroke(&mut sketch, &UP),
            }
            assert_ne!(sketch.drawing(), seen[step]);
            seen.push(sketch.drawing());
        }
        for before in seen[..4].iter().rev() {
            sketch.undo();
            assert_eq!(sketch.drawing(), *before);
        }
        assert!(!sketch.can_undo());
        sketch.undo();
        for after in &seen[1..] {
            assert!(sketch.can_redo());
            sketch.redo();
            assert_eq!(sketch.drawing(), *after);
        }
        sketch.undo();
        stroke(&mut sketch, &ACROSS);
        assert!(!sketch.can_redo(), "a new stroke begins another story");
    }

    #[test]
    fn the_same_strokes_are_the_same_points_and_no_two_dabs_are_alike() {
        let twice = || {
            let mut sketch = blank();
            stroke(&mut sketch, &UP[..1]);
            stroke(&mut sketch, &UP[..1]);
            sketch.drawing().points().to_vec()
        };
        let points = twice();
        assert_eq!(points, twice());
        let (one, other) = points.split_at(points.len() / 2);
        assert_ne!(one, other);
    }

    #[test]
    fn it_begins_with_the_drawing_there_is_and_clears_nothing_of_nothing() {
        let drawing = Drawing::drawn([[0.25, 0.75]]).unwrap();
        let mut sketch = Sketch::of(&drawing);
        assert_eq!(sketch.drawing(), drawing);
        stroke(&mut sketch, &ACROSS);
        assert_eq!(sketch.drawing().points()[0], [0.25, 0.75]);
        sketch.clear();
        assert_eq!(sketch.len(), 0);
        let cleared = sketch.clone();
        sketch.clear();
        assert_eq!(sketch, cleared);
        sketch.undo();
        sketch.undo();
        assert_eq!(sketch.drawing(), drawing);
    }

    #[test]
    fn beside_the_paper_nothing_is_drawn_however_far_the_pointer_goes() {
        let mut sketch = blank();
        stroke(&mut sketch, &[[2.0, 0.5], [f32::MAX, f32::INFINITY]]);
        assert_eq!((sketch.len(), sketch.can_undo()), (0, false));
        stroke(&mut sketch, &[[0.5, 0.5], [1e30, 0.5]]);
        let points = sketch.drawing().points().to_vec();
        assert!(points.iter().any(|[x, _]| *x > 0.98) && points.iter().all(|[x, _]| *x <= 1.0));
    }

    #[test]
    fn it_fills_up_and_says_so() {
        let mut sketch = blank();
        sketch.press([0.5, 0.5], BrushRadius::nearest(0.12));
        for turn in 0..100 {
            sketch.drag(ACROSS[turn % 2]);
        }
        assert!(sketch.is_full());
        assert_eq!(sketch.drawing().points().len(), MOST_DRAWN);
        sketch.undo();
        assert!(!sketch.is_full());
        sketch.drag([0.5, 0.9]);
        assert_eq!(sketch.len(), 0, "the brush was lifted");
        let many = Drawing::drawn(vec![[0.5; 2]; MOST_DRAWN]).unwrap();
        assert!(Sketch::of(&many).is_full());
    }
}
