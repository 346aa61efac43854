//! The viewer in a window too small to show everything at once: on a phone, or on a tablet held upright.
//!
//! Bar, canvas and timeline are always there. Tabs choose one [`Part`] of the rest; seldom needed
//! commands are in a menu. [`panels`] lays everything out, the app puts it there (`app/narrow.rs`).
//! The parts themselves are in the modules of their subject: `choices`, `graph`, `metrics` and so
//! on each have one.

mod menu;
pub(crate) mod panels;
mod tabs;

use lab::{Snapshot, Stride};

pub(crate) use menu::{Asked, MenuPage, Offered};
pub use panels::{Favoured, NarrowPanels, Runs};

/// Content of a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// Questions, and what each layer means.
    Layers,
    /// The data to learn.
    Data,
    /// The model overview graph, or its hyper-parameters as a form.
    Model,
    /// Losses and divergences.
    Charts,
    /// Slow motion's lists.
    Steps,
    /// A walk through the noise.
    Walk,
    /// The difference between two runs.
    Compare,
    /// The page of the lesson that is open.
    Lesson,
}

impl Part {
    const ALL: [Self; 8] = [
        Self::Layers,
        Self::Data,
        Self::Model,
        Self::Charts,
        Self::Steps,
        Self::Walk,
        Self::Compare,
        Self::Lesson,
    ];

    /// The tab's name.
    const fn name(self) -> &'static str {
        match self {
            Self::Layers => "Layers",
            Self::Data => "Data",
            Self::Model => "Model",
            Self::Charts => "Charts",
            Self::Steps => "Steps",
            Self::Walk => "Walk",
            Self::Compare => "Runs",
            Self::Lesson => "Lesson",
        }
    }

    const fn hint(self) -> &'static str {
        match self {
            Self::Layers => "What the canvas shows, and how to read it",
            Self::Data => "What to learn, and with which hyper-parameters to begin",
            Self::Model => "What flows where, and all hyper-parameters",
            Self::Charts => "Losses and divergences over the whole run",
            Self::Steps => "What happens in an epoch, phase by phase",
            Self::Walk => "A walk through the noise, and how fast the generator goes there",
            Self::Compare => "Two runs side by side, with one difference",
            Self::Lesson => "The page of the lesson",
        }
    }

    /// The side that has the room when this part is chosen: pictures with words need more of it
    /// than a few buttons.
    const fn favours(self) -> Favoured {
        match self {
            Self::Layers | Self::Data | Self::Walk | Self::Compare => Favoured::Canvas,
            Self::Model | Self::Charts | Self::Steps | Self::Lesson => Favoured::Part,
        }
    }
}

/// Which parts there are now, beyond those that always are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occasions {
    /// A lesson is open.
    pub(crate) lesson: bool,
    /// Two runs, or somebody chooses what they are to differ in.
    pub(crate) compare: bool,
    /// Somebody walks through the noise.
    pub(crate) walk: bool,
}

/// State of a narrow window's parts: the one that is shown, and which side has the room.
#[derive(Debug)]
pub(crate) struct Narrow {
    part: Part,
    favoured: Favoured,
    /// Parts that there were in the frame before.
    known: Vec<Part>,
    pub(crate) menu: MenuPage,
}

impl Default for Narrow {
    fn default() -> Self {
        Self {
            part: Part::Layers,
            favoured: Favoured::Canvas,
            known: vec![Part::Layers, Part::Data, Part::Model, Part::Charts],
            menu: MenuPage::default(),
        }
    }
}

impl Narrow {
    /// Updates the list of parts. A part that has just come was asked for, so it is shown; if the
    /// part shown has gone, the layers are shown.
    pub(crate) fn follow(&mut self, snapshot: &Snapshot, occasions: Occasions) {
        let there = |part: &Part| match part {
            Part::Steps => snapshot.pace.stride() == Stride::Phase,
            Part::Walk => occasions.walk,
            Part::Compare => occasions.compare,
            Part::Lesson => occasions.lesson,
            Part::Layers | Part::Data | Part::Model | Part::Charts => true,
        };
        let parts: Vec<Part> = Part::ALL.into_iter().filter(there).collect();
        let new = parts.iter().find(|part| !self.known.contains(part)).copied();
        if let Some(part) = new {
            self.choose(part);
        } else if !parts.contains(&self.part) {
            self.choose(Part::Layers);
        }
        self.known = parts;
    }

    pub(crate) const fn part(&self) -> Part {
        self.part
    }

    pub(crate) const fn favoured(&self) -> Favoured {
        self.favoured
    }

    /// Shows a part, with the room that suits it.
    pub(crate) const fn choose(&mut self, part: Part) {
        self.part = part;
        self.favoured = part.favours();
    }
}
