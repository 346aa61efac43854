//! The arrangement of a narrow window, in the order in which Tab goes through it.

use egui::{Rect, Ui};
use lab::lesson::Component;
use lab::{Command, Snapshot};

use super::{App, within};
use crate::files::Purpose;
use crate::narrow::{Asked, Favoured, NarrowPanels, Occasions, Offered, Part, Runs};
use crate::panels::Canvases;
use crate::style::Look;
use crate::sweep_map::SweepPage;
use crate::top_bar::AskedOfNarrow;
use crate::{choices, graph, legend, lesson, window_buttons};

impl App {
    /// Everything, a part at a time; returns what was asked of the run.
    pub(super) fn narrow(
        &mut self,
        ui: &mut Ui,
        window: Rect,
        snapshot: &Snapshot,
        look: Look,
    ) -> Vec<Command> {
        let occasions = Occasions {
            lesson: self.lessons.is_open(),
            compare: self.chooser.has_part(snapshot),
            walk: self.walker.is_open(),
        };
        self.narrow.follow(snapshot, occasions);
        let runs = match (&snapshot.beside, self.board.is_open()) {
            (Some(_), false) => Runs::Two,
            _ => Runs::One,
        };
        let favoured = match self.board.is_open() {
            true => Favoured::Canvas,
            false => self.narrow.favoured(),
        };
        let panels = NarrowPanels::new(window, look.scale, favoured, runs, legend::count(snapshot));
        let sentence = self.editing.sentence(ui, snapshot);
        let asked = within(ui, panels.bar, |ui| {
            self.bar.show_narrow(ui, panels.bar, snapshot, &sentence, look)
        });
        let from_bar = match asked {
            Some(AskedOfNarrow::Run(command)) => Some(*command),
            Some(AskedOfNarrow::Menu) => {
                self.narrow.menu.toggle();
                None
            }
            None => None,
        };
        within(ui, panels.diagnosis, |ui| {
            self.diagnoses.show_narrow(ui, panels.diagnosis, snapshot, look);
        });
        let from_body = if self.board.is_open() {
            self.narrow_board(ui, &panels, snapshot, look)
        } else {
            self.narrow_body(ui, &panels, snapshot, look)
        };
        let from_timeline = within(ui, panels.timeline, |ui| {
            self.scrubber.show_narrow(ui, panels.timeline, snapshot, look)
        });
        let from_menu = self.narrow_menu(ui, snapshot, look);
        let asked = self.diagnoses.show_page(ui, snapshot, look);
        let from_diagnosis = asked.and_then(|asked| self.obey_diagnosis(asked));
        self.show_pages(ui, snapshot, look);
        let commands = [from_bar, from_body, from_timeline, from_menu, from_diagnosis];
        commands.into_iter().flatten().collect()
    }

    /// The sheet and its tools, in the place of all between bar and timeline.
    fn narrow_board(
        &mut self,
        ui: &mut Ui,
        panels: &NarrowPanels,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Command> {
        let tools = panels.tools(look.scale);
        let canvas = panels.canvases.rect();
        let room = canvas.union(tools);
        within(ui, room, |ui| self.board.show(ui, canvas, tools, snapshot, look))
    }

    /// Canvases, switches, tabs and the part that they chose.
    fn narrow_body(
        &mut self,
        ui: &mut Ui,
        panels: &NarrowPanels,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Command> {
        match &panels.canvases {
            Canvases::One(_) => self.canvases(ui, &panels.canvases, snapshot, look),
            Canvases::Two(split) => within(ui, panels.canvases.rect(), |ui| {
                self.canvases(ui, &Canvases::Two(*split), snapshot, look);
            }),
        }
        within(ui, panels.switches, |ui| {
            legend::show_switches(
                ui,
                panels.switches,
                panels.columns,
                snapshot,
                &mut self.layers,
                look,
            );
        });
        let highlighted = self.lessons.highlighted();
        let spoken_of = highlighted.iter().find_map(|component| part_of(*component));
        within(ui, panels.tabs, |ui| {
            self.narrow.show_tabs(ui, panels.tabs, spoken_of, look);
        });
        let shown = self.narrow.part();
        let mut places = lesson::Places {
            bar: Some(self.bar.places()),
            canvas: Some(panels.canvases.rect()),
            legend: Some(panels.switches),
            ..lesson::Places::default()
        };
        let command = within(ui, panels.part, |ui| {
            let part = panels.part;
            match shown {
                Part::Layers => {
                    let resolution = &mut self.looking.resolution;
                    legend::show_part(ui, part, snapshot, &mut self.layers, resolution, look)
                }
                Part::Data => choices::show_part(ui, part, snapshot, &self.thumbnails, &mut self.board, look),
                Part::Model => {
                    self.narrow_graph(ui, part, snapshot, look);
                    places.pencil = self.editing.pencil();
                    None
                }
                Part::Charts => {
                    self.metrics.show(ui, part, snapshot, look);
                    places.charts = self.metrics.spoken_of(part, look);
                    None
                }
                Part::Steps => self.phases.show_part(ui, part, snapshot, look),
                Part::Compare => self.chooser.show_part(ui, part, snapshot, look),
                Part::Walk => {
                    self.walker.show_part(ui, part, snapshot, look);
                    None
                }
                Part::Lesson => {
                    self.lessons.show_page(ui, part, snapshot, look);
                    None
                }
            }
        });
        self.lessons.glow(ui, &places, look);
        command
    }

    fn narrow_graph(&mut self, ui: &mut Ui, part: Rect, snapshot: &Snapshot, look: Look) {
        let scene = self.looking.scene(ui.ctx(), snapshot, look.colours);
        let lessons = &self.lessons;
        let glow = |ui: &Ui, layout: &graph::GraphLayout| {
            let places = lesson::Places {
                graph: Some(layout.clone()),
                ..lesson::Places::default()
            };
            lessons.glow(ui, &places, look);
        };
        let layers = &mut self.layers;
        let on_generator = graph::show_part(ui, part, scene, layers, &mut self.editing, look, glow);
        self.looking.warp.follow(ui, on_generator);
    }

    fn narrow_menu(&mut self, ui: &Ui, snapshot: &Snapshot, look: Look) -> Option<Command> {
        let offered = match self.sweep {
            Some(_) => Offered::Sweep,
            None => Offered::Usual,
        };
        match self.narrow.menu.show(ui, snapshot, offered, look)? {
            Asked::Run(command) => return Some(*command),
            Asked::Lessons => self.lessons.toggle_list(),
            Asked::Files => self.files.toggle(Purpose::Open, snapshot),
            Asked::Compare => {
                if !self.chooser.has_part(snapshot) {
                    self.chooser.toggle();
                }
                self.narrow.choose(Part::Compare);
            }
            Asked::Stops => self.stops.toggle(snapshot),
            Asked::Walk => {
                if !self.walker.is_open() {
                    self.walker.toggle();
                }
                self.narrow.choose(Part::Walk);
            }
            Asked::Sweep => self.sweep.iter_mut().for_each(SweepPage::toggle),
            Asked::Theme => window_buttons::toggle_theme(ui.ctx()),
            Asked::Keys => self.help.toggle(),
        }
        None
    }
}

/// The part of the window that has a component of a lesson, unless it is always seen.
const fn part_of(component: Component) -> Option<Part> {
    match component {
        Component::Noise
        | Component::Generator
        | Component::RealSamples
        | Component::FakeSamples
        | Component::Discriminator
        | Component::RealPredictions
        | Component::FakePredictions
        | Component::Gradients
        | Component::DiscriminatorLoss
        | Component::GeneratorLoss
        | Component::HyperParameters => Some(Part::Model),
        Component::LossesChart | Component::DivergencesChart => Some(Part::Charts),
        Component::Canvas | Component::Legend | Component::Play | Component::Steps | Component::Pace => None,
    }
}
