//! Drawing data of one's own on the large canvas, with a brush.
//!
//! The [`DrawingBoard`] is what the app keeps of it: a sheet that is open, set aside while one looks at
//! something else, or closed. Strokes become points as they are drawn ([`brush`], [`sketch`]); the run
//! learns them only when asked to, and until then nothing of it changes.

mod brush;
pub(crate) mod origin;
mod paper;
mod sketch;
mod tools;

use egui::{Rect, Ui};
use gan_core::Point;
use lab::{Command, Drawing, Snapshot};

use self::brush::BrushRadius;
use self::sketch::Sketch;
use crate::style::Look;

pub(crate) use self::origin::show as show_origin;

/// The sheet for drawing one's own data, and its brush.
#[derive(Debug, Default)]
pub(crate) struct DrawingBoard {
    sheet: Sheet,
    radius: BrushRadius,
}

#[derive(Debug, Default)]
enum Sheet {
    #[default]
    Closed,
    Open(Sketch),
    /// Begun, and kept for when drawing goes on.
    SetAside(Sketch),
}

impl DrawingBoard {
    /// Opens a sheet with the points of a drawing, or goes on with the one set aside.
    pub(crate) fn open(&mut self, drawing: &Drawing) {
        self.sheet = match std::mem::take(&mut self.sheet) {
            Sheet::Closed => Sheet::Open(Sketch::of(drawing)),
            Sheet::Open(sketch) | Sheet::SetAside(sketch) => Sheet::Open(sketch),
        };
    }

    /// Whether the canvas is for drawing now.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.sheet, Sheet::Open(_))
    }

    /// Keeps the sheet, if one is open, and shows the canvas again.
    pub(crate) fn set_aside(&mut self) {
        if let Sheet::Open(mut sketch) = std::mem::take(&mut self.sheet) {
            sketch.lift();
            self.sheet = Sheet::SetAside(sketch);
        }
    }

    /// Takes the last stroke back, or brings back what was cleared.
    pub(crate) fn undo(&mut self) {
        self.change(Sketch::undo);
    }

    /// Does again what was undone.
    pub(crate) fn redo(&mut self) {
        self.change(Sketch::redo);
    }

    /// Takes all points away; that can be undone.
    pub(crate) fn clear(&mut self) {
        self.change(Sketch::clear);
    }

    /// Throws away what was drawn since the sheet was opened; nothing else changes.
    pub(crate) fn cancel(&mut self) {
        self.sheet = Sheet::Closed;
    }

    /// Asks for a run that learns the points, with the hyper-parameters and the seed of now, and shows
    /// the canvas again. `None`, and the sheet stays, if it is empty.
    pub(crate) fn learn(&mut self, snapshot: &Snapshot) -> Option<Command> {
        let sketch = self.sketch()?;
        let now = snapshot.experiment.with_configuration(snapshot.configuration);
        let experiment = now.ok()?.learning(sketch.drawing()).ok()?;
        self.sheet = Sheet::Closed;
        Some(Command::Restart(experiment))
    }

    /// Points on the open sheet; `None` if none is open.
    pub(crate) fn points(&self) -> Option<Vec<Point>> {
        self.sketch().map(|sketch| sketch.points().copied().collect())
    }

    /// Shows the sheet instead of the canvas and the tools instead of the legend; returns what was asked
    /// for. Nothing if it is closed.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        canvas: Rect,
        below: Rect,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Command> {
        let Sheet::Open(sketch) = &mut self.sheet else {
            return None;
        };
        paper::show(ui, canvas, sketch, self.radius, look);
        let asked = tools::show(
            ui,
            below,
            sketch,
            &mut self.radius,
            snapshot.experiment.drawing(),
            look,
        );
        match asked? {
            tools::Asked::Size => {
                paper::show_brush(&ui.painter_at(canvas), canvas.center(), canvas, self.radius, look)
            }
            tools::Asked::Undo => self.undo(),
            tools::Asked::Redo => self.redo(),
            tools::Asked::Clear => self.clear(),
            tools::Asked::Cancel => self.cancel(),
            tools::Asked::Learn => return self.learn(snapshot),
        }
        None
    }

    const fn sketch(&self) -> Option<&Sketch> {
        match &self.sheet {
            Sheet::Open(sketch) => Some(sketch),
            Sheet::Closed | Sheet::SetAside(_) => None,
        }
    }

    fn change(&mut self, change: impl FnOnce(&mut Sketch)) {
        if let Sheet::Open(sketch) = &mut self.sheet {
            change(sketch);
        }
    }
}
