//! The arrangement of the window: its parts, each in its panel, in the order in which Tab goes
//! through them.

use egui::{Rect, Ui, pos2, vec2};
use lab::{Command, Snapshot, Stride};

use super::{App, within};
use crate::beside::{self, Which};
use crate::canvas::{self, Canvas};
use crate::graph::{self, GraphLayout};
use crate::layers::Scene;
use crate::narrow::Part;
use crate::panels::{Canvases, LayersPanel, LessonPanels, Panels, Split};
use crate::style::Look;
use crate::{choices, diagnosis, drawing, legend, lesson, text, top_bar, window_buttons};

impl App {
    /// Everything; returns what was asked of the run.
    pub(super) fn lab(&mut self, ui: &mut Ui, window: Rect, snapshot: &Snapshot, look: Look) -> Vec<Command> {
        let mut panels = match snapshot.beside {
            None => Panels::new(window, look.scale),
            Some(_) => Panels::of_two_runs(window, look.scale),
        };
        // Slow motion's lists need the room, so only a strip of the page remains.
        let page = (self.lessons.is_open() && snapshot.pace.stride() == Stride::Epoch).then(|| {
            let LessonPanels { graph, page, metrics } = LessonPanels::new(&panels);
            (panels.graph, panels.metrics) = (graph, metrics);
            page
        });
        let line = (1.0, look.colours.hairline);
        ui.painter()
            .vline(panels.layers.left(), panels.layers.y_range(), line);
        if let Some(page) = page {
            ui.painter().hline(page.x_range(), page.top(), line);
            ui.painter().vline(page.right(), page.y_range(), line);
        }
        for below in [panels.graph, panels.metrics] {
            ui.painter().hline(below.x_range(), below.top(), line);
        }
        let sentence = self.editing.sentence(ui, snapshot);
        let mut commands = within(ui, panels.top_bar, |ui| {
            let others = top_bar::Others {
                sentence: &sentence,
                stops: &mut self.stops,
                window_buttons: window_buttons::width(self.sweep.as_ref(), look),
            };
            self.bar.show(ui, panels.top_bar, snapshot, others, look)
        });
        let right = pos2(panels.top_bar.right() - look.of(18.0), panels.top_bar.center().y);
        let asked = window_buttons::show(
            ui,
            right,
            &mut self.help,
            &mut self.lessons,
            self.sweep.as_mut(),
            look,
        );
        if let Some(purpose) = asked {
            self.files.toggle(purpose, snapshot);
        }
        let from_choices = match page {
            Some(page) => {
                within(ui, page, |ui| self.lessons.show_page(ui, page, snapshot, look));
                None
            }
            None => within(ui, panels.choices, |ui| {
                self.strip(ui, panels.choices, snapshot, look)
            }),
        };
        let from_diagnosis = within(ui, panels.graph, |ui| {
            self.graph(ui, panels.graph, snapshot, look);
            let head = match self.editing.is_on() {
                true => diagnosis::Head::Controls,
                false => diagnosis::Head::Heading,
            };
            self.diagnoses.show(ui, panels.graph, head, snapshot, look)
        });
        let phases = within(ui, panels.metrics, |ui| {
            let shown = self.phases.show(ui, panels.metrics, snapshot, look);
            if let Some(charts) = shown.charts {
                self.metrics.show(ui, charts, snapshot, look);
            }
            shown
        });
        let layers = within(ui, panels.layers, |ui| {
            self.layers_panel(ui, panels.layers, snapshot, look)
        });
        let from_timeline = within(ui, panels.timeline, |ui| {
            self.scrubber.show(ui, panels.timeline, snapshot, look)
        });
        let places = lesson::Places {
            graph: Some(GraphLayout::new(panels.graph, look.scale)),
            pencil: self.editing.pencil(),
            bar: Some(self.bar.places()),
            canvas: Some(layers.canvas),
            legend: Some(layers.legend),
            charts: phases
                .charts
                .map_or([None; 2], |charts| self.metrics.spoken_of(charts, look)),
        };
        self.lessons.glow(ui, &places, look);
        self.show_pages(ui, snapshot, look);
        let from_diagnosis = from_diagnosis.and_then(|asked| self.obey_diagnosis(asked));
        let below = [
            from_choices,
            from_diagnosis,
            phases.command,
            layers.command,
            from_timeline,
        ];
        commands.extend(below.into_iter().flatten());
        commands
    }

    /// Does what was asked for in the card of a diagnosis; returns what is the session's to do.
    pub(super) fn obey_diagnosis(&mut self, asked: diagnosis::Asked) -> Option<Command> {
        match asked {
            diagnosis::Asked::Chart(chart) => {
                self.metrics.reveal(chart);
                self.phases.show_charts();
                self.narrow.choose(Part::Charts);
                None
            }
            diagnosis::Asked::Run(command) => Some(*command),
        }
    }

    /// Shows the data there are to learn, or the rest of a lesson's page.
    fn strip(&mut self, ui: &mut Ui, strip: Rect, snapshot: &Snapshot, look: Look) -> Option<Command> {
        if self.lessons.is_open() {
            self.lessons.show_strip(ui, strip, snapshot, look);
            return None;
        }
        choices::show(ui, strip, snapshot, &self.thumbnails, &mut self.board, look)
    }

    /// The model overview graph.
    pub(super) fn graph(&mut self, ui: &mut Ui, panel: Rect, snapshot: &Snapshot, look: Look) {
        let scene = self.looking.scene(ui.ctx(), snapshot, look.colours);
        let on_generator = graph::show(ui, panel, scene, &mut self.layers, &mut self.editing, look);
        self.looking.warp.follow(ui, on_generator);
    }

    /// The canvas, as large as the panel allows, or those of two runs, and the legend below, or beside it
    /// where the panel is wide; while somebody draws, the sheet and its tools instead.
    pub(super) fn layers_panel(
        &mut self,
        ui: &mut Ui,
        panel: Rect,
        snapshot: &Snapshot,
        look: Look,
    ) -> ShownLayers {
        if self.board.is_open() {
            let LayersPanel {
                heading,
                canvas,
                legend,
            } = LayersPanel::new(panel, look.scale);
            text::heading(ui.painter(), heading, "Draw your data", look);
            return ShownLayers {
                canvas,
                legend,
                command: self.board.show(ui, canvas, legend, snapshot, look),
            };
        }
        let strip = self.chooser.height(snapshot, look.scale);
        let rest = Rect::from_min_max(panel.min + vec2(0.0, strip), panel.max);
        let (heading, canvases, legend) = match &snapshot.beside {
            None => {
                let place = LayersPanel::new(rest, look.scale);
                (place.heading, Canvases::One(place.canvas), place.legend)
            }
            Some(_) => {
                let split = Split::new(rest, look.scale);
                (split.heading, Canvases::Two(split), split.legend)
            }
        };
        self.canvases(ui, &canvases, snapshot, look);
        let canvases = canvases.rect();
        let slice = if self.walker.is_open() {
            self.walker.show(ui, legend, snapshot, look);
            None
        } else {
            let resolution = &mut self.looking.resolution;
            legend::show(ui, legend, snapshot, &mut self.layers, resolution, look)
        };

        let named = text::heading(
            ui.painter(),
            heading - vec2(0.0, strip),
            "Layered distributions",
            look,
        );
        let right = canvases.right().max(legend.right());
        let button = self
            .chooser
            .button(ui, pos2(right, named.center().y), snapshot, look);
        let beside = pos2(button.left() - look.of(6.0), named.center().y);
        let button = self.walker.button(ui, beside, look);
        let line = Rect::from_min_max(
            pos2(named.right() + look.of(16.0), named.top()),
            pos2(button.left() - look.of(12.0), named.bottom()),
        );
        drawing::show_origin(ui, line, snapshot, look);
        let top = named.bottom() + look.of(4.0);
        let place = Rect::from_min_max(pos2(heading.x, top), pos2(right, top + strip));
        ShownLayers {
            canvas: canvases,
            legend,
            command: self.chooser.show(ui, place, snapshot, look).or(slice),
        }
    }

    /// The layers of the run, or of both.
    pub(super) fn canvases(&mut self, ui: &mut Ui, canvases: &Canvases, snapshot: &Snapshot, look: Look) {
        let [walk, second_walk] = self.walker.scenes(snapshot);
        match (canvases, &snapshot.beside) {
            (Canvases::Two(split), Some(beside)) => {
                let [first, _] = split.canvases;
                self.looking.measured(first.width() * ui.pixels_per_point());
                let mut scenes = self.looking.scenes(ui.ctx(), snapshot, &beside.run, look.colours);
                [scenes[0].walk, scenes[1].walk] = [walk, second_walk];
                let lost = Which::BOTH.map(|which| self.diagnoses.lost(which));
                beside::show_canvases(ui, split, scenes, beside, self.layers, lost, look);
            }
            (canvases, _) => {
                let square = canvases.rect();
                self.looking.measured(square.width() * ui.pixels_per_point());
                let scene = Scene {
                    walk,
                    ..self.looking.scene(ui.ctx(), snapshot, look.colours)
                };
                let canvas = Canvas {
                    name: "Layered distributions",
                    note: None,
                    lost: self.diagnoses.lost(Which::First),
                };
                canvas::show(ui, square, canvas, scene, self.layers, look);
            }
        }
    }
}

/// The layers' panel as it was shown.
pub(super) struct ShownLayers {
    /// Place of the canvas, or of both canvases.
    canvas: Rect,
    legend: Rect,
    pub(super) command: Option<Command>,
}
