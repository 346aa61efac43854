//! Lessons in the viewer: a list of them, and the page of the one that is open, while the run shows what it
//! speaks of.
//!
//! A lesson opens its recording, and a page that stands at an epoch puts the run there, as the
//! timeline does. Anything the learner does then is a branch of the recorded run, so it cannot
//! spoil the lesson: the next page that needs the recording opens it again.
//! [`lab::lesson::Progress`] tells whether a task is done. A recording with pages that somebody
//! else opened, a file for instance, is a lesson too.

mod glow;
mod list;
mod page;

use std::sync::Arc;

use lab::lesson::{Component, Progress, ShownLayer};
use lab::recording::narration::Stand;
use lab::{Command, Course, Recording, Snapshot};

use crate::layers::{Layer, LayerSet};
use crate::metrics::Chart;
use list::List;

pub(crate) use glow::Places;

/// The list, the lesson that is open, and what is to be done for it.
#[derive(Debug, Default)]
pub(crate) struct Lessons {
    list: List,
    open: Option<Progress>,
    hint: Hint,
    /// The recording that the session was last seen to have begun with. A lesson that was just asked for may
    /// not be it yet.
    seen: Option<Arc<Recording>>,
    commands: Vec<Command>,
    layers: Option<LayerSet>,
    /// Charts that the page speaks of.
    charts: Vec<Chart>,
}

/// Whether a task's hint is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Hint {
    #[default]
    Hidden,
    Shown,
}

/// A request made on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Back,
    Next,
    /// The page from its beginning.
    Again,
    Hint,
    Close,
}

impl Lessons {
    /// Whether a lesson is open.
    pub(crate) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether the list lies over everything else.
    pub(crate) fn lists(&self) -> bool {
        self.list == List::Open
    }

    /// Opens the list, or closes it.
    pub(crate) const fn toggle_list(&mut self) {
        self.list.toggle();
    }

    /// Opens a lesson at its first page; a recording without pages is none.
    pub(crate) fn open(&mut self, lesson: &Arc<Recording>) {
        let Some(progress) = Progress::begin(Arc::clone(lesson)) else {
            return;
        };
        self.commands.push(Command::Open(Arc::clone(lesson)));
        self.begin(progress);
        self.list = List::Closed;
    }

    /// Takes note of the run, each frame.
    pub(crate) fn follow(&mut self, snapshot: &Snapshot) {
        let same = |one: &Option<Arc<Recording>>, other: &Arc<Recording>| {
            one.as_ref().is_some_and(|one| Arc::ptr_eq(one, other))
        };
        if let Some(opened) = &snapshot.opened
            && !same(&self.seen, opened)
        {
            self.seen = Some(Arc::clone(opened));
            let lesson = self.open.as_ref().map(|progress| Arc::clone(progress.lesson()));
            if !same(&lesson, opened)
                && let Some(progress) = Progress::begin(Arc::clone(opened))
            {
                self.begin(progress);
            }
        }
        if let Some(progress) = &mut self.open {
            progress.observe(snapshot);
        }
    }

    /// Takes the commands that the page has for the session.
    pub(crate) fn take_commands(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.commands)
    }

    /// The layers that the page wants to be shown, once.
    pub(crate) const fn take_layers(&mut self) -> Option<LayerSet> {
        self.layers.take()
    }

    /// The charts that the page speaks of, once.
    pub(crate) fn take_charts(&mut self) -> Vec<Chart> {
        std::mem::take(&mut self.charts)
    }

    /// Components that the page speaks of.
    pub(crate) fn highlighted(&self) -> &[Component] {
        self.open
            .as_ref()
            .map_or(&[], |progress| &progress.page().highlight)
    }

    fn begin(&mut self, progress: Progress) {
        self.open = Some(progress);
        self.turned();
    }

    /// Puts run and canvas where the page that was just opened wants them.
    fn turned(&mut self) {
        self.hint = Hint::Hidden;
        let Some(progress) = &self.open else {
            return;
        };
        let page = progress.page();
        if let Some(layers) = &page.layers {
            let layers: Vec<Layer> = layers.iter().map(|layer| shown(*layer)).collect();
            self.layers = Some(LayerSet::of(&layers));
        }
        let chart = |component: &Component| match component {
            Component::LossesChart => Some(Chart::Losses),
            Component::DivergencesChart => Some(Chart::Divergences),
            _ => None,
        };
        self.charts = page.highlight.iter().filter_map(chart).collect();
        if let Some(stand) = &page.stand {
            if let Some(beside) = &stand.beside {
                self.commands.push(Command::Compare(Some(beside.difference)));
            }
            self.commands.push(Command::Seek(stand.epoch));
        }
    }

    fn obey(&mut self, asked: Asked, snapshot: &Snapshot) {
        let Some(progress) = &mut self.open else {
            return;
        };
        let turned = match asked {
            Asked::Back => progress.back(),
            Asked::Next => progress.next(),
            Asked::Again => {
                progress.again();
                true
            }
            Asked::Hint => {
                self.hint = match self.hint {
                    Hint::Hidden => Hint::Shown,
                    Hint::Shown => Hint::Hidden,
                };
                false
            }
            Asked::Close => {
                self.open = None;
                return;
            }
        };
        if turned {
            let stand = progress.page().stand.as_ref();
            // Two runs begin with a recording that has just been opened, and end with the next that is.
            let afresh = |stand: &Stand| {
                stand.beside.is_some()
                    || snapshot.beside.is_some()
                    || !is_recorded(progress.lesson(), snapshot)
            };
            if stand.is_some_and(afresh) {
                self.commands.push(Command::Open(Arc::clone(progress.lesson())));
            }
            self.turned();
        }
    }
}

/// Whether the run is still the recorded one.
fn is_recorded(lesson: &Arc<Recording>, snapshot: &Snapshot) -> bool {
    snapshot
        .opened
        .as_ref()
        .is_some_and(|opened| Arc::ptr_eq(opened, lesson))
        && (snapshot.course == Course::Retracing || snapshot.verification.is_some())
}

const fn shown(layer: ShownLayer) -> Layer {
    match layer {
        ShownLayer::Real => Layer::Real,
        ShownLayer::Contour => Layer::Contour,
        ShownLayer::Manifold => Layer::Manifold,
        ShownLayer::Fake => Layer::Fake,
        ShownLayer::Heatmap => Layer::Heatmap,
        ShownLayer::Gradients => Layer::Gradients,
    }
}
