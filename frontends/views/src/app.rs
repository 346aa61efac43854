//! The whole of what a learner sees, and how it is arranged.
//!
//! The run's state comes from the session's newest snapshot, each frame; the [`App`] keeps only how it
//! is looked at. What a person asks for goes to the session as a command.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use egui::{Rect, Ui, UiBuilder, pos2, vec2};
use lab::sweep::Survey;
use lab::{Command, Recording, Session, Snapshot, Status, Step, Stride};

use crate::beside::{self, Chooser};
use crate::canvas::{self, Canvas};
use crate::choices::{self, Thumbnails};
use crate::combination::Combination;
use crate::drawing::{self, DrawingBoard};
use crate::files::{Files, Purpose};
use crate::graph::{self, Editing, GraphLayout};
use crate::help::Help;
use crate::keyboard::{self, Shortcut, Toward};
use crate::layers::LayerSet;
use crate::lesson::{self, Lessons};
use crate::looking::{Looking, Resolution};
use crate::metrics::{self, Metrics};
use crate::palette::Palette;
use crate::panels::{LayersPanel, LessonPanels, Panels, Split};
use crate::phases::Phases;
use crate::style::{Look, Scale};
use crate::sweep_map::SweepPage;
use crate::timeline::Scrubber;
use crate::top_bar::TopBar;
use crate::widgets::Pressable;
use crate::{legend, text, top_bar, window_buttons};

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
    phases: Phases,
    editing: Editing,
    thumbnails: Thumbnails,
    looking: Looking,
    metrics: Metrics,
    board: DrawingBoard,
    chooser: Chooser,
    help: Help,
    files: Files,
    sweep: Option<SweepPage>,
    scrubber: Scrubber,
    lessons: Lessons,
}

impl App {
    /// Shows everything, with the layers GAN Lab begins with.
    #[must_use]
    pub fn new() -> Self {
        Self {
            view: View::default(),
            layers: LayerSet::default(),
            bar: TopBar::new(),
            phases: Phases::new(),
            editing: Editing::default(),
            thumbnails: Thumbnails::new(),
            looking: Looking::default(),
            metrics: Metrics::default(),
            board: DrawingBoard::default(),
            chooser: Chooser::default(),
            help: Help::default(),
            files: Files::default(),
            sweep: None,
            scrubber: Scrubber::default(),
            lessons: Lessons::default(),
        }
    }

    /// Shows something else from the next frame on.
    pub const fn show(&mut self, view: View) {
        self.view = view;
    }

    /// Shows in slow motion the formula of each phase, as its switch does.
    pub const fn show_formulas(&mut self) {
        self.phases.show_formulas();
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

    /// Opens the page of keys, or closes it.
    pub const fn toggle_keys(&mut self) {
        self.help.toggle();
    }

    /// Shows a sweep's map over everything else, whose runs can be opened; a button in the bar brings it
    /// back.
    pub fn show_sweep(&mut self, survey: Arc<Survey>) {
        self.sweep = Some(SweepPage::new(survey));
    }

    /// Opens the page of files in a folder.
    pub fn show_files(&mut self, purpose: Purpose, folder: &Path, session: &dyn Session) {
        self.files.show_in(purpose, folder.to_owned(), &session.latest());
    }

    /// Opens a lesson at its first page; a recording without pages is none.
    pub fn open_lesson(&mut self, lesson: &Arc<Recording>) {
        self.lessons.open(lesson);
    }

    /// Opens the strip in which two runs to compare are chosen, or closes it.
    pub fn toggle_comparison(&mut self) {
        self.chooser.toggle();
    }

    /// How fine the discriminator's heatmap is to be.
    #[must_use]
    pub const fn resolution(&self) -> Resolution {
        self.looking.resolution
    }

    /// Asks for a finer or coarser heatmap from the next frame on; the session follows.
    pub const fn set_resolution(&mut self, resolution: Resolution) {
        self.looking.resolution = resolution;
    }

    /// Holds the warp from noise to manifold, which is played while the pointer is on the generator,
    /// at a share of its time, 0–1; `None` leaves it to the pointer.
    pub const fn set_warp(&mut self, progress: Option<f32>) {
        self.looking.warp.hold(progress);
    }

    /// Turns the hyper-parameters at the graph's nodes into controls, or back into words, as the pencil
    /// beside its heading does.
    pub fn toggle_edit(&mut self) {
        self.editing.toggle();
    }

    /// Whether the hyper-parameters at the nodes are controls.
    #[must_use]
    pub fn is_editing(&self) -> bool {
        self.editing.is_on()
    }

    /// Fills the window with the session's newest snapshot, whatever room `ui` has left, and sends the
    /// session what was asked for.
    pub fn ui(&mut self, ui: &mut Ui, session: &mut dyn Session) {
        let snapshot = session.latest();
        let window = ui.ctx().content_rect();
        self.looking.begin(ui, &snapshot);
        self.lessons.follow(&snapshot);
        let command = within(ui, window, |ui| self.window(ui, window, &snapshot));
        if let Some(side) = self.looking.request(&snapshot) {
            session.send(Command::SetHeatmap(side));
            ui.ctx().request_repaint();
        }
        let mut edits = self.editing.take_commands();
        edits.extend(
            self.sweep
                .as_mut()
                .map_or_else(Vec::new, SweepPage::take_commands),
        );
        edits.extend(self.files.take_commands());
        let mut shortcuts = keyboard::pressed(ui.ctx());
        if self.help == Help::Open {
            // A key that is tried out because the page names it must not throw the run behind it away.
            shortcuts.retain(|shortcut| matches!(shortcut, Shortcut::Help | Shortcut::Close));
        } else if self.files.is_open() {
            shortcuts
                .retain(|shortcut| matches!(shortcut, Shortcut::Open | Shortcut::Save | Shortcut::Close));
        } else if self.sweep_is_open() {
            shortcuts.retain(|shortcut| matches!(shortcut, Shortcut::Sweep | Shortcut::Close));
        } else if self.lessons.lists() {
            shortcuts.retain(|shortcut| matches!(shortcut, Shortcut::Lessons | Shortcut::Close));
        }
        if command.is_some() || !edits.is_empty() || !shortcuts.is_empty() {
            ui.ctx().request_repaint();
        } else if snapshot.status_of_both() == Status::Playing {
            match snapshot.pace.stride() {
                Stride::Epoch => ui.ctx().request_repaint(),
                // Nothing but dashes moves between two phases.
                Stride::Phase => ui.ctx().request_repaint_after(SLOW_FRAME),
            }
        }
        edits.into_iter().for_each(|command| session.send(command));
        if let Some(command) = command {
            self.editing.make_way_for(&command);
            session.send(command);
        }
        if let Some(layers) = self.lessons.take_layers() {
            self.layers = layers;
        }
        for command in self.lessons.take_commands() {
            self.editing.make_way_for(&command);
            session.send(command);
            ui.ctx().request_repaint();
        }
        for shortcut in shortcuts {
            // What keys ask for one after another builds on one another: reset, then one step.
            if let Some(command) = self.obey(shortcut, ui, &session.latest()) {
                self.editing.make_way_for(&command);
                session.send(command);
            }
        }
    }

    fn sweep_is_open(&self) -> bool {
        self.sweep.as_ref().is_some_and(SweepPage::is_open)
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
                let layers = self.layers_panel(ui, window, snapshot, look);
                top_bar::epoch_alone(ui, window, snapshot, look);
                layers.command
            }
            View::Overview => {
                self.graph(ui, window, snapshot, look);
                top_bar::epoch_alone(ui, window, snapshot, look);
                None
            }
        }
    }

    fn lab(&mut self, ui: &mut Ui, window: Rect, snapshot: &Snapshot, look: Look) -> Option<Command> {
        let mut panels = match snapshot.beside {
            None => Panels::new(window, look.scale),
            Some(_) => Panels::of_two_runs(window, look.scale),
        };
        // In slow motion its lists need the room, and of the page only a strip remains.
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
        let from_bar = within(ui, panels.top_bar, |ui| {
            self.bar.show(ui, panels.top_bar, snapshot, &sentence, look)
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
        within(ui, panels.graph, |ui| {
            self.graph(ui, panels.graph, snapshot, look)
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
            graph: GraphLayout::new(panels.graph, look.scale),
            pencil: self.editing.pencil(),
            bar: self.bar.places(),
            canvas: layers.canvas,
            legend: layers.legend,
            charts: phases.charts.map(|charts| metrics::rooms(charts, look)),
        };
        self.lessons.glow(ui, &places, look);
        if let Some(sweep) = &mut self.sweep {
            sweep.show(ui, look);
        }
        self.files.show(ui, snapshot, look);
        self.help.show(ui, look);
        self.lessons.show_list(ui, look);
        from_bar
            .or(from_choices)
            .or(phases.command)
            .or(layers.command)
            .or(from_timeline)
    }

    /// What there is to learn, or what remains of a lesson's page.
    fn strip(&mut self, ui: &mut Ui, strip: Rect, snapshot: &Snapshot, look: Look) -> Option<Command> {
        if self.lessons.is_open() {
            self.lessons.show_strip(ui, strip, snapshot, look);
            return None;
        }
        choices::show(ui, strip, snapshot, &self.thumbnails, &mut self.board, look)
    }

    fn graph(&mut self, ui: &mut Ui, panel: Rect, snapshot: &Snapshot, look: Look) {
        let scene = self.looking.scene(ui.ctx(), snapshot, look.colours);
        let on_generator = graph::show(ui, panel, scene, &mut self.layers, &mut self.editing, look);
        self.looking.warp.follow(ui, on_generator);
    }

    /// Does what a key asked for; returns what is the session's to do.
    fn obey(&mut self, shortcut: Shortcut, ui: &Ui, snapshot: &Snapshot) -> Option<Command> {
        let step = |step| match top_bar::unless_diverged(snapshot.status_of_both()) {
            Pressable::Yes => Some(Command::Step(step)),
            Pressable::No => None,
        };
        match shortcut {
            Shortcut::PlayOrPause => return top_bar::play_or_pause(snapshot),
            Shortcut::Reset => return top_bar::reset(snapshot),
            Shortcut::NewSeed => return top_bar::new_seed(snapshot),
            Shortcut::StepBoth => return step(Step::Both),
            Shortcut::StepDiscriminator => return step(Step::Discriminator),
            Shortcut::StepGenerator => return step(Step::Generator),
            Shortcut::StepPhase => return step(Step::Phase),
            Shortcut::SlowMotion => return Some(self.bar.toggle_slow_motion(snapshot)),
            Shortcut::Slower => return Some(top_bar::slower(snapshot)),
            Shortcut::Faster => return Some(top_bar::faster(snapshot)),
            Shortcut::Layer(layer) => self.layers.toggle(layer),
            Shortcut::Question(toward) => self.layers = question(self.layers, toward).layers(),
            Shortcut::Resolution => self.looking.toggle_resolution(),
            Shortcut::Warp => self.looking.warp.play(ui),
            Shortcut::Charts => self.phases.toggle_charts(),
            Shortcut::Formulas => self.phases.toggle_formulas(),
            Shortcut::ZoomIn => self.metrics.magnify(snapshot, ZOOM),
            Shortcut::ZoomOut => self.metrics.magnify(snapshot, 1.0 / ZOOM),
            Shortcut::Pan(Toward::Previous) => self.metrics.pan(snapshot, -PAN),
            Shortcut::Pan(Toward::Next) => self.metrics.pan(snapshot, PAN),
            Shortcut::WholeRun => self.metrics.show_whole(),
            Shortcut::Edit => self.toggle_edit(),
            Shortcut::Compare => self.chooser.toggle(),
            Shortcut::Draw => self.board.open(snapshot.experiment.drawing()),
            Shortcut::Undo => self.board.undo(),
            Shortcut::Redo => self.board.redo(),
            Shortcut::Clear => self.board.clear(),
            Shortcut::Learn => return self.board.learn(snapshot),
            Shortcut::Lessons => self.lessons.toggle_list(),
            Shortcut::Theme => window_buttons::toggle_theme(ui.ctx()),
            Shortcut::Open => self.files.toggle(Purpose::Open, snapshot),
            Shortcut::Save => self.files.toggle(Purpose::Save, snapshot),
            Shortcut::Help => self.help.toggle(),
            Shortcut::Close if self.help == Help::Open => self.help.toggle(),
            Shortcut::Close if self.files.is_open() => self.files.close(),
            Shortcut::Sweep => self.sweep.iter_mut().for_each(SweepPage::toggle),
            Shortcut::Close if self.sweep_is_open() => self.sweep.iter_mut().for_each(SweepPage::toggle),
            Shortcut::Close if self.lessons.lists() => self.lessons.toggle_list(),
            Shortcut::Close if self.chooser.close() => {}
            Shortcut::Close => self.board.set_aside(),
        }
        None
    }

    /// The canvas, as large as the panel allows, or those of two runs, and the legend below, or beside it
    /// where the panel is wide; while somebody draws, the sheet and its tools instead.
    fn layers_panel(&mut self, ui: &mut Ui, panel: Rect, snapshot: &Snapshot, look: Look) -> ShownLayers {
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
                self.looking
                    .measured(place.canvas.width() * ui.pixels_per_point());
                let scene = self.looking.scene(ui.ctx(), snapshot, look.colours);
                let canvas = Canvas {
                    name: "Layered distributions",
                    note: None,
                };
                canvas::show(ui, place.canvas, canvas, scene, self.layers, look);
                (place.heading, place.canvas, place.legend)
            }
            Some(beside) => {
                let split = Split::new(rest, look.scale);
                let [first, second] = split.canvases;
                self.looking.measured(first.width() * ui.pixels_per_point());
                let scenes = self.looking.scenes(ui.ctx(), snapshot, &beside.run, look.colours);
                beside::show_canvases(ui, &split, scenes, beside, self.layers, look);
                let all = first.union(second).union(split.head(0));
                (split.heading, all, split.legend)
            }
        };
        legend::show(ui, legend, &mut self.layers, &mut self.looking.resolution, look);

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
            command: self.chooser.show(ui, place, snapshot, look),
        }
    }
}

/// What became of the layers' panel.
struct ShownLayers {
    /// Where the canvas lies, or both.
    canvas: Rect,
    legend: Rect,
    command: Option<Command>,
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}

/// From frame to frame in slow motion.
const SLOW_FRAME: Duration = Duration::from_millis(33);

/// How many times fewer epochs a key shows.
const ZOOM: f64 = 1.5;
/// How far a key moves the charts, as a share of the epochs shown.
const PAN: f64 = 0.25;

/// The question after or before the one that these layers answer; from other layers, the first or last.
fn question(layers: LayerSet, toward: Toward) -> Combination {
    let all = Combination::ALL;
    let place = Combination::of(layers).and_then(|now| all.iter().position(|one| *one == now));
    all[match (place, toward) {
        (None, Toward::Next) => 0,
        (None, Toward::Previous) => all.len() - 1,
        (Some(place), Toward::Next) => (place + 1) % all.len(),
        (Some(place), Toward::Previous) => (place + all.len() - 1) % all.len(),
    }]
}

/// A part of the window with its own clip, so that nothing spills into another.
fn within<R>(ui: &mut Ui, panel: Rect, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(UiBuilder::new().max_rect(panel), |ui| {
        ui.set_clip_rect(panel);
        add(ui)
    })
    .inner
}
