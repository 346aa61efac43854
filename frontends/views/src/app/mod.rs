//! The whole of what a learner sees, and how it is arranged.
//!
//! Each frame, the run's state comes from the session's newest snapshot; the [`App`] keeps only
//! how it is looked at. A person's requests go to the session as commands.
//!
//! [`arrangement`] has the window's arrangement, [`narrow`] a small window's, [`shortcuts`] the
//! effects of keys, and [`pages`] the pages that lie over everything else.

mod arrangement;
mod narrow;
mod pages;
mod shortcuts;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use egui::{Rect, Ui, UiBuilder};
use lab::sweep::Survey;
use lab::{Command, Recording, Session, Snapshot, Status, Stride};

use crate::beside::Chooser;
use crate::choices::Thumbnails;
use crate::diagnosis::Diagnoses;
use crate::drawing::DrawingBoard;
use crate::files::{Files, Purpose};
use crate::graph::Editing;
use crate::help::Help;
use crate::layers::LayerSet;
use crate::lesson::Lessons;
use crate::looking::{Looking, Resolution};
use crate::metrics::Metrics;
use crate::narrow::Narrow;
use crate::palette::Palette;
use crate::phases::Phases;
use crate::stops::Stops;
use crate::style::{Hand, Look, Scale};
use crate::sweep_map::SweepPage;
use crate::timeline::Scrubber;
use crate::top_bar::TopBar;
use crate::walk::Walker;
use crate::{keyboard, top_bar};

/// The part of the viewer that the window shows.
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
    diagnoses: Diagnoses,
    stops: Stops,
    walker: Walker,
    help: Help,
    files: Files,
    sweep: Option<SweepPage>,
    scrubber: Scrubber,
    lessons: Lessons,
    narrow: Narrow,
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
            diagnoses: Diagnoses::default(),
            stops: Stops::default(),
            walker: Walker::default(),
            help: Help::default(),
            files: Files::default(),
            sweep: None,
            scrubber: Scrubber::default(),
            lessons: Lessons::default(),
            narrow: Narrow::default(),
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

    /// The layers on the large canvas, to change.
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

    /// Puts a button on the page of files for a list of files that is not this program's: a browser's.
    pub const fn offer_picker(&mut self) {
        self.files.offer_picker();
    }

    /// Whether that list was asked for since the last time.
    pub fn take_picker_asked(&mut self) -> bool {
        self.files.take_picker_asked()
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
        self.walker.begin(ui, &snapshot);
        self.lessons.follow(&snapshot);
        self.diagnoses.follow(ui, &snapshot);
        let commands = within(ui, window, |ui| self.window(ui, window, &snapshot));
        if let Some(side) = self.looking.request(&snapshot) {
            session.send(Command::SetHeatmap(side));
            ui.ctx().request_repaint();
        }
        let mut edits = self.editing.take_commands();
        edits.extend(self.take_commands_of_pages());
        let mut shortcuts = keyboard::pressed(ui.ctx());
        if let Some(page) = self.page() {
            shortcuts.retain(|shortcut| page.takes(*shortcut));
        }
        if !commands.is_empty() || !edits.is_empty() || !shortcuts.is_empty() {
            ui.ctx().request_repaint();
        } else if snapshot.status_of_both() == Status::Playing {
            match snapshot.pace.stride() {
                Stride::Epoch => ui.ctx().request_repaint(),
                // Nothing but dashes moves between two phases.
                Stride::Phase => ui.ctx().request_repaint_after(SLOW_FRAME),
            }
        }
        edits.into_iter().for_each(|command| session.send(command));
        for command in commands {
            self.editing.make_way_for(&command);
            session.send(command);
        }
        if let Some(layers) = self.lessons.take_layers() {
            self.layers = layers;
        }
        for chart in self.lessons.take_charts() {
            self.metrics.reveal(chart);
        }
        for command in self.lessons.take_commands() {
            self.editing.make_way_for(&command);
            session.send(command);
            ui.ctx().request_repaint();
        }
        for shortcut in shortcuts {
            // Commands of keys pressed in a row build on one another: reset, then one step.
            if let Some(command) = self.obey(shortcut, ui, &session.latest()) {
                self.editing.make_way_for(&command);
                session.send(command);
            }
        }
    }

    /// Shows the view that was chosen; returns what was asked of the run, perhaps several things at once.
    fn window(&mut self, ui: &mut Ui, window: Rect, snapshot: &Snapshot) -> Vec<Command> {
        let (scale, hand) = match self.view {
            View::Lab if Scale::is_narrow(window) => (Scale::of_narrow(window), Hand::Finger),
            View::Lab => (Scale::of_window(window), Hand::Mouse),
            View::Layers | View::Overview => (Scale::of_part(window), Hand::Mouse),
        };
        scale.set_text_sizes(ui.style_mut());
        let colours = Palette::of(ui.theme());
        let look = Look { scale, colours, hand };
        ui.painter().rect_filled(window, 0.0, look.colours.background);
        match self.view {
            View::Lab => match look.hand {
                Hand::Mouse => self.lab(ui, window, snapshot, look),
                Hand::Finger => self.narrow(ui, window, snapshot, look),
            },
            View::Layers => {
                let layers = self.layers_panel(ui, window, snapshot, look);
                top_bar::epoch_alone(ui, window, snapshot, look);
                layers.command.into_iter().collect()
            }
            View::Overview => {
                self.graph(ui, window, snapshot, look);
                top_bar::epoch_alone(ui, window, snapshot, look);
                Vec::new()
            }
        }
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}

/// Time from frame to frame in slow motion.
const SLOW_FRAME: Duration = Duration::from_millis(33);

/// A part of the window with its own clip, so that nothing spills into another.
fn within<R>(ui: &mut Ui, panel: Rect, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(UiBuilder::new().max_rect(panel), |ui| {
        ui.set_clip_rect(panel);
        add(ui)
    })
    .inner
}
