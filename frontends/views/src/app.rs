//! The whole of what a learner sees, and how it is arranged.
//!
//! The run's state comes from the session's newest snapshot, each frame; the [`App`] keeps only how it
//! is looked at. What a person asks for goes to the session as a command.

use egui::{Pos2, Rect, Ui, UiBuilder, pos2, vec2};
use lab::{Command, Session, Snapshot, Status};

use crate::choices::{self, Thumbnails};
use crate::graph;
use crate::layers::{Contours, LayerSet, Scene};
use crate::style::Scale;
use crate::{canvas, legend, metrics, palette, text, top_bar};

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
        ui.painter().rect_filled(window, 0.0, palette::BACKGROUND);
        match self.view {
            View::Lab => self.lab(ui, window, snapshot, scale),
            View::Layers => {
                self.layers_panel(ui, window, snapshot, scale);
                top_bar::epoch_alone(ui, window, snapshot, scale);
                None
            }
            View::Overview => {
                let (scene, layers) = self.scene(snapshot);
                graph::show(ui, window, scene, layers, scale);
                top_bar::epoch_alone(ui, window, snapshot, scale);
                None
            }
        }
    }

    fn lab(&mut self, ui: &mut Ui, window: Rect, snapshot: &Snapshot, scale: Scale) -> Option<Command> {
        let panels = Panels::new(window, scale);
        let line = (1.0, palette::HAIRLINE);
        ui.painter()
            .vline(panels.layers.left(), panels.layers.y_range(), line);
        for below in [panels.graph, panels.metrics] {
            ui.painter().hline(below.x_range(), below.top(), line);
        }
        let from_bar = within(ui, panels.top_bar, |ui| {
            top_bar::show(ui, panels.top_bar, snapshot, scale)
        });
        let from_choices = within(ui, panels.choices, |ui| {
            choices::show(ui, panels.choices, snapshot, &self.thumbnails, scale)
        });
        let (scene, layers) = self.scene(snapshot);
        within(ui, panels.graph, |ui| {
            graph::show(ui, panels.graph, scene, layers, scale)
        });
        within(ui, panels.metrics, |ui| {
            metrics::show(ui, panels.metrics, snapshot, scale)
        });
        within(ui, panels.layers, |ui| {
            self.layers_panel(ui, panels.layers, snapshot, scale)
        });
        from_bar.or(from_choices)
    }

    /// The canvas, as large as the panel allows, and the legend below it, or beside it where the panel
    /// is wide.
    fn layers_panel(&mut self, ui: &mut Ui, panel: Rect, snapshot: &Snapshot, scale: Scale) {
        let LayersPanel {
            heading,
            canvas,
            legend,
        } = LayersPanel::new(panel, scale);
        text::heading(ui.painter(), heading, "Layered distributions", scale);
        let (scene, layers) = self.scene(snapshot);
        canvas::show(ui, canvas, scene, *layers, scale);
        legend::show(ui, legend.min, legend.width(), layers, scale);
    }

    fn scene<'a>(&'a mut self, snapshot: &'a Snapshot) -> (Scene<'a>, &'a mut LayerSet) {
        let density = &snapshot.density;
        let contours = self.contours.get_or_insert_with(|| Contours::of(density));
        contours.follow(density);
        (Scene { snapshot, contours }, &mut self.layers)
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

/// Where the parts of the whole lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panels {
    /// Across the top.
    pub top_bar: Rect,
    /// Data distributions and presets, left below it.
    pub choices: Rect,
    /// The model overview graph, left.
    pub graph: Rect,
    /// Charts, left at the bottom.
    pub metrics: Rect,
    /// Canvas and legend, all of the right.
    pub layers: Rect,
}

impl Panels {
    /// Share of the width that the layers get.
    const LAYERS: f32 = 0.38;
    /// Share of the height below the bar that the charts get.
    const METRICS: f32 = 0.265;

    /// For a window of this size.
    #[must_use]
    pub fn new(window: Rect, scale: Scale) -> Self {
        let cut = |y: f32| y.round();
        let bar_end = cut(window.top() + top_bar::height(scale));
        let body = window.height() - top_bar::height(scale);
        let choices_end = cut(bar_end + choices::height(scale));
        let metrics_start = cut(window.bottom() - Self::METRICS * body);
        let layers_start = cut(window.right() - Self::LAYERS * window.width());
        let left = |top, bottom| Rect::from_min_max(pos2(window.left(), top), pos2(layers_start, bottom));
        Self {
            top_bar: Rect::from_min_max(window.min, pos2(window.right(), bar_end)),
            choices: left(bar_end, choices_end),
            graph: left(choices_end, metrics_start.max(choices_end)),
            metrics: left(metrics_start.max(choices_end), window.bottom()),
            layers: Rect::from_min_max(pos2(layers_start, bar_end), window.max),
        }
    }
}

/// Where the parts of the layers' panel lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayersPanel {
    /// Upper left corner of the heading.
    pub heading: Pos2,
    /// The square of the layers.
    pub canvas: Rect,
    /// What they mean, and their switches.
    pub legend: Rect,
}

impl LayersPanel {
    /// For a panel of this size.
    #[must_use]
    pub fn new(panel: Rect, scale: Scale) -> Self {
        let margin = scale.of(18.0);
        let (head, gap) = (scale.of(34.0), scale.of(12.0));
        let legend_size = vec2(scale.of(390.0), legend::height(scale));
        let room = panel.shrink2(vec2(margin, 0.0));
        let height = room.height() - head - scale.of(10.0);
        let below = room.width().min(height - gap - legend_size.y);
        let beside = height.min(room.width() - 2.0 * gap - legend_size.x);
        let top = panel.top() + head;
        let square = |side: f32, left: f32| {
            let side = side.max(8.0).floor();
            Rect::from_min_size(pos2(left.round(), top), vec2(side, side))
        };
        let (canvas, legend) = if below >= beside {
            let canvas = square(below, room.center().x - 0.5 * below);
            (
                canvas,
                Rect::from_min_size(
                    canvas.left_bottom() + vec2(0.0, gap),
                    vec2(canvas.width(), legend_size.y),
                ),
            )
        } else {
            let used = beside + 2.0 * gap + legend_size.x;
            let canvas = square(beside, room.center().x - 0.5 * used);
            (
                canvas,
                Rect::from_min_size(canvas.right_top() + vec2(2.0 * gap, 0.0), legend_size),
            )
        };
        Self {
            heading: pos2(canvas.left(), panel.top() + scale.of(8.0)),
            canvas,
            legend,
        }
    }
}
