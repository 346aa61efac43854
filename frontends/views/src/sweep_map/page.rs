//! The map in the window: a cell shows its runs, and a run opens, to be trained again from its beginning.

use std::sync::Arc;

use egui::{
    Rect, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, vec2,
};
use lab::Command;
use lab::sweep::{Map, Measure, Outcome, Survey};

use super::{Layout, figure, label, paint, size};
use crate::overlay::{self, Closing};
use crate::style::{Hand, Look};
use crate::text;
use crate::touch;
use crate::widgets::{ChoiceButton, Pressable, PushButton, Weight, focus_frame};

/// Width of the list of runs.
const LIST: f32 = 232.0;
/// Height of one run in it, and of the choice above the map.
const ROW: f32 = 26.0;
/// What of the window stays free around the page, its margins included.
const AROUND: Vec2 = vec2(110.0, 150.0);

/// A sweep, and how it is looked at.
pub(crate) struct SweepPage {
    survey: Arc<Survey>,
    map: Map,
    /// The cell whose runs are listed.
    chosen: Option<usize>,
    open: bool,
    opened: Option<usize>,
}

impl SweepPage {
    /// The page of a sweep, open.
    pub(crate) fn new(survey: Arc<Survey>) -> Self {
        Self {
            map: survey.map(Measure::MedianJs),
            survey,
            chosen: None,
            open: true,
            opened: None,
        }
    }

    pub(crate) const fn is_open(&self) -> bool {
        self.open
    }

    pub(crate) const fn toggle(&mut self) {
        self.open = !self.open;
    }

    /// Begins the run that was chosen since the last time, from its beginning.
    pub(crate) fn take_commands(&mut self) -> Vec<Command> {
        let recording = self.opened.take().and_then(|run| self.survey.recording(run));
        recording.map_or(Vec::new(), |recording| {
            vec![Command::Open(Arc::new(recording)), Command::Retrace]
        })
    }

    /// Shows it if it is open.
    pub(crate) fn show(&mut self, ui: &Ui, look: Look) {
        if !self.open {
            return;
        }
        let window = ui.ctx().content_rect().size();
        let room = match look.hand {
            Hand::Mouse => window - look.of(1.0) * AROUND - vec2(look.of(LIST), 0.0),
            // The list lies below.
            Hand::Finger => vec2(overlay::width(ui, f32::INFINITY, look), 0.5 * window.y),
        };
        let closing = overlay::show(ui, "Sweep", "Map of a sweep", look, |ui| {
            self.page(ui, room, look)
        });
        if closing == Closing::Asked || self.opened.is_some() {
            self.open = false;
        }
    }

    fn page(&mut self, ui: &mut Ui, room: Vec2, look: Look) {
        let choice = match look.hand {
            Hand::Mouse => look.of(1.0) * vec2(72.0, ROW),
            Hand::Finger => vec2(look.of(72.0), look.target(ROW)),
        };
        ui.horizontal(|ui| {
            for (measure, words, hint) in [
                (
                    Measure::MedianJs,
                    "JS",
                    "How far fake samples are from real ones at the end",
                ),
                (
                    Measure::Failed,
                    "Failed",
                    "How many runs diverged or leave out a mode",
                ),
            ] {
                let (rect, _) = ui.allocate_exact_size(choice, Sense::hover());
                let button = ChoiceButton {
                    words,
                    name: &format!("Map of {}", words.to_lowercase().replace("js", "JS")),
                    hint,
                    chosen: self.map.measure == measure,
                    font: look.body(),
                };
                if button.show(ui, rect, look).clicked() {
                    self.map = self.survey.map(measure);
                }
            }
        });
        ui.add_space(look.of(8.0));
        let [width, height] = size(&self.map).map(|side| side as f32);
        let whole = vec2(width, height);
        let shown = whole.min(room.max(Vec2::splat(look.of(120.0))));
        match look.hand {
            Hand::Mouse => {
                _ = ui.horizontal_top(|ui| {
                    self.map_in(ui, whole, shown, look);
                    let size = vec2(look.of(LIST), shown.y);
                    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
                    let downwards = egui::Layout::top_down(egui::Align::Min);
                    let builder = UiBuilder::new().max_rect(rect).layout(downwards);
                    ui.scope_builder(builder, |ui| self.list(ui, look));
                })
            }
            Hand::Finger => {
                self.map_in(ui, whole, shown, look);
                ui.add_space(look.of(8.0));
                self.list(ui, look);
            }
        }
    }

    /// The map in a room in which it scrolls if it is larger.
    fn map_in(&mut self, ui: &mut Ui, whole: Vec2, shown: Vec2, look: Look) {
        ui.allocate_ui(shown, |ui| {
            ScrollArea::both()
                .id_salt("map")
                .max_width(shown.x)
                .max_height(shown.y)
                .scroll_source(touch::source(look))
                .show(ui, |ui| {
                    let (rect, _) = ui.allocate_exact_size(whole, Sense::hover());
                    self.cells(ui, rect, look);
                });
        });
    }

    /// The map, and a button for each of its cells that is in sight.
    fn cells(&mut self, ui: &mut Ui, rect: Rect, look: Look) {
        let layout = Layout::new(&self.map, rect.min);
        paint(ui.painter(), &self.map, &layout, look);
        let width = self.map.columns.values.len();
        let in_sight = ui.clip_rect();
        let cells = self.map.cells.iter().enumerate();
        for (index, cell) in cells.filter(|(_, cell)| cell.runs > 0) {
            let place = layout.cell([index % width, index / width]);
            if !in_sight.intersects(place) {
                continue;
            }
            let response = ui.interact(place, ui.scope_id().with(("cell", index)), Sense::click());
            let value = cell.value.map_or_else(String::new, |value| {
                let what = match self.map.measure {
                    Measure::MedianJs => "median JS",
                    Measure::Failed => "failed",
                };
                format!("{what} {}", figure(self.map.measure, value))
            });
            let name = self.name(index);
            let says = || WidgetInfo::labeled(Role::Button, true, format!("{name}: {value}"));
            response.widget_info(says);
            if self.chosen == Some(index) || response.hovered() {
                let stroke = Stroke::new(look.stroke(2.0), look.colours.chosen);
                ui.painter().rect_stroke(place, 0.0, stroke, StrokeKind::Inside);
            }
            if response.has_focus() {
                focus_frame(ui.painter(), place, look);
            }
            if response.clicked() {
                self.chosen = Some(index);
            }
            response.on_hover_text(format!("{name}\n{value}, {} runs", cell.runs));
        }
    }

    /// What is varied, at a cell.
    fn name(&self, cell: usize) -> String {
        let width = self.map.columns.values.len();
        let at = [(&self.map.columns, cell % width), (&self.map.rows, cell / width)];
        let parts: Vec<String> = at
            .into_iter()
            .flat_map(|(side, place)| side.keys.iter().zip(&side.values[place]))
            .map(|(key, value)| format!("{key} {value}"))
            .collect();
        if parts.is_empty() {
            "all runs".to_owned()
        } else {
            label(&parts)
        }
    }

    /// The runs of the chosen cell, the best first.
    fn list(&mut self, ui: &mut Ui, look: Look) {
        let Some(cell) = self.chosen else {
            let words = "Press a cell to see its runs. A run that you open is trained again here, from its \
                         beginning, and shows whether it comes to the same end.";
            ui.label(RichText::new(words).font(look.body()).color(look.colours.faint));
            return;
        };
        let name = self.name(cell).replace(" · ", "\n");
        ui.label(RichText::new(name).font(look.body()).color(look.colours.ink));
        ui.add_space(look.of(6.0));
        let width = match look.hand {
            Hand::Mouse => look.of(LIST - 16.0),
            Hand::Finger => ui.available_width(),
        };
        let area = ScrollArea::vertical()
            .id_salt("runs")
            .scroll_source(touch::source(look));
        area.show(ui, |ui| {
            for (seed, run, outcome) in self.survey.runs(cell) {
                let size = vec2(width, look.target(ROW));
                let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
                let button = PushButton {
                    icon: None,
                    words: &format!("Seed {seed}: {}", told(outcome)),
                    hint: "Train this run again, from its beginning",
                    pressable: Pressable::Yes,
                    weight: Weight::Plain,
                    font: look.body(),
                };
                if button.show(ui, rect, look).clicked() {
                    self.opened = Some(run);
                }
            }
        });
    }
}

/// How a run ended, in few words.
fn told(outcome: &Outcome) -> String {
    match (outcome.diverged, outcome.coverage) {
        (Some(diverged), _) => format!("diverged in epoch {}", text::count(diverged.epoch)),
        (None, Some(covered)) if covered < 1.0 => {
            format!(
                "JS {:.3}, {:.0} % of modes",
                outcome.divergence.js,
                100.0 * covered
            )
        }
        (None, _) => format!("JS {:.3}", outcome.divergence.js),
    }
}
