//! The whole of what a learner sees, and how it is arranged.
//!
//! The run's state comes from the session's newest snapshot, each frame; the [`App`] keeps only how it
//! is looked at. What a person asks for goes to the session as a command.

use egui::{Rect, Ui, UiBuilder};
use lab::{Command, Session, Snapshot, Status};

use crate::choices::{self, Thumbnails};
use crate::graph;
use crate::layers::{Contours, LayerSet, Scene};
use crate::palette::Palette;
use crate::panels::{LayersPanel, Panels};
use crate::style::{Look, Scale};
use crate::top_bar::TopBar;
use crate::{canvas, legend, metrics, text, top_bar};

/// What the window shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// Everything.
    #[default]
    Lab,
    /// The layered distributions and their legend alone.
    Layers,
    /// The model overview graph alone.
    Overview,
}

/// The viewer, without a window.
///
/// [`install_style`](crate::install_style) belongs into the context first. While the run plays, each
/// frame asks for the next; a run that trains on another thread may have a new snapshot at any time, so
/// the window's owner repaints when [`Session::latest`] changes.
pub struct App {
    view: View,
    layers: LayerSet,
    bar: TopBar,
    thumbnails: Thumbnails,
    contours: Option<Contours>,
}

impl App {
    /// Shows everything, with the layers GAN Lab begins with.
    #[must_use]
    pub fn new() -> Self {
        Self {
            view: View::default(),
            layers: LayerSet::default(),
            bar: TopBar::new(),
            thumbnails: Thumbnails::new(),
            contours: None,
        }
    }

    /// Shows something else from the next frame on.
    pub const fn show(&mut self, view: View) {
        self.view = view;
    }

    /// The layers on the large canvas.
    #[must_use]
    pub const fn layers(&self) -> LayerSet {
        self.layers
    }

    /// As [`Self::layers`], to change.
    pub const fn layers_mut(&mut self) -> &mut LayerSet {
        &mut self.layers
    }

    /// Fills the window with the session's newest snapshot, whatever room `ui` has left, and sends the
    /// session what was asked for.
    pub fn ui(&mut self, ui: &mut Ui, session: &mut dyn Session) {
        let snapshot = session.latest();
        let window = ui.ctx().content_rect();
        let command = within(ui, window, |ui| self.window(ui, window, &snapshot));
        if let Some(command) = command {
            session.send(command);
            ui.ctx().request_repaint();
        } else if snapshot.status == Status::Playing {
            ui.ctx().request_repaint();
        }
    }

    fn window(&mut self, ui: &mut Ui, window: Rect, snapshot: &Snapshot) -> Option<Command> {
        let scale = match self.view {
            View::Lab => Scale::of_window(window),
            View::Layers | View::Overview => Scale::of_part(window),
        };
        scale.set_text_sizes(ui.style_mut());
        let colours = Palette::of(ui.theme());
        let look = Look { scale, colours };
        ui.painter().rect_filled(window, 0.0, look.colours.background);
        match self.view {
            View::Lab => self.lab(ui, window, snapshot, look),
            View::Layers => {
                self.layers_panel(ui, window, snapshot, look);
                top_bar::epoch_alone(ui, window, snapshot, look);
                None
            }
            View::Overview => {
                let (scene, layers) = self.scene(snapshot, look.colours);
                graph::show(ui, window, scene, layers, look);
                top_bar::epoch_alone(ui, window, snapshot, look);
                None
            }
        }
    }

    fn lab(&mut self, ui: &mut Ui, window: Rect, snapshot: &Snapshot, look: Look) -> Option<Command> {
        let panels = Panels::new(window, look.scale);
        let line = (1.0, look.colours.hairline);
        ui.painter()
            .vline(panels.layers.left(), panels.layers.y_range(), line);
        for below in [panels.graph, panels.metrics] {
            ui.painter().hline(below.x_range(), below.top(), line);
        }
        let from_bar = within(ui, panels.top_bar, |ui| {
            self.bar.show(ui, panels.top_bar, snapshot, look)
        });
        let from_choices = within(ui, panels.choices, |ui| {
            choices::show(ui, panels.choices, snapshot, &self.thumbnails, look)
        });
        let (scene, layers) = self.scene(snapshot, look.colours);
        within(ui, panels.graph, |ui| {
            graph::show(ui, panels.graph, scene, layers, look)
        });
        within(ui, panels.metrics, |ui| {
            metrics::show(ui, panels.metrics, snapshot, look)
        });
        within(ui, panels.layers, |ui| {
            self.layers_panel(ui, panels.layers, snapshot, look)
        });
        from_bar.or(from_choices)
    }

    /// The canvas, as large as the panel allows, and the legend below it, or beside it where the panel
    /// is wide.
    fn layers_panel(&mut self, ui: &mut Ui, panel: Rect, snapshot: &Snapshot, look: Look) {
        let LayersPanel {
            heading,
            canvas,
            legend,
        } = LayersPanel::new(panel, look.scale);
        text::heading(ui.painter(), heading, "Layered distributions", look);
        let (scene, layers) = self.scene(snapshot, look.colours);
        canvas::show(ui, canvas, scene, *layers, look);
        legend::show(ui, legend.min, legend.width(), layers, look);
    }

    fn scene<'a>(
        &'a mut self,
        snapshot: &'a Snapshot,
        colours: &'static Palette,
    ) -> (Scene<'a>, &'a mut LayerSet) {
        let density = &snapshot.density;
        let contours = self.contours.get_or_insert_with(|| Contours::of(density));
        contours.follow(density);
        let scene = Scene {
            snapshot,
            contours,
            colours,
        };
        (scene, &mut self.layers)
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}

/// A part of the window with its own clip, so that nothing spills into another.
fn within<R>(ui: &mut Ui, panel: Rect, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(UiBuilder::new().max_rect(panel), |ui| {
        ui.set_clip_rect(panel);
        add(ui)
    })
    .inner
}
