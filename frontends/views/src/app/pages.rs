//! The pages that lie over everything else. While one does, the run behind it is left alone.

use egui::Ui;
use lab::{Command, Snapshot};

use super::App;
use crate::help::Help;
use crate::keyboard::Shortcut;
use crate::narrow::MenuPage;
use crate::style::Look;
use crate::sweep_map::SweepPage;

/// A page that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Keys,
    Files,
    Sweep,
    Lessons,
    Stops,
    /// The menu of a narrow window.
    Menu,
}

impl Page {
    /// Whether a key means something while the page is open. One that is tried out because the page names
    /// it must not throw the run behind it away.
    pub(super) const fn takes(self, shortcut: Shortcut) -> bool {
        match self {
            Self::Keys => matches!(shortcut, Shortcut::Help | Shortcut::Close),
            Self::Files => matches!(shortcut, Shortcut::Open | Shortcut::Save | Shortcut::Close),
            Self::Sweep => matches!(shortcut, Shortcut::Sweep | Shortcut::Close),
            Self::Lessons => matches!(shortcut, Shortcut::Lessons | Shortcut::Close),
            Self::Stops => matches!(shortcut, Shortcut::Stops | Shortcut::Close),
            Self::Menu => matches!(shortcut, Shortcut::Close),
        }
    }
}

impl App {
    /// The page that is open, if one is.
    pub(super) fn page(&self) -> Option<Page> {
        [
            (Page::Keys, self.help == Help::Open),
            (Page::Files, self.files.is_open()),
            (Page::Sweep, self.sweep.as_ref().is_some_and(SweepPage::is_open)),
            (Page::Lessons, self.lessons.lists()),
            (Page::Stops, self.stops.is_open()),
            (Page::Menu, self.narrow.menu == MenuPage::Open),
        ]
        .into_iter()
        .find_map(|(page, open)| open.then_some(page))
    }

    pub(super) fn close_page(&mut self, page: Page, snapshot: &Snapshot) {
        match page {
            Page::Keys => self.help.toggle(),
            Page::Files => self.files.close(),
            Page::Sweep => self.sweep.iter_mut().for_each(SweepPage::toggle),
            Page::Lessons => self.lessons.toggle_list(),
            Page::Stops => self.stops.toggle(snapshot),
            Page::Menu => self.narrow.menu.toggle(),
        }
    }

    pub(super) fn show_pages(&mut self, ui: &Ui, snapshot: &Snapshot, look: Look) {
        if let Some(sweep) = &mut self.sweep {
            sweep.show(ui, look);
        }
        self.files.show(ui, snapshot, look);
        self.help.show(ui, look);
        self.lessons.show_list(ui, look);
        self.stops.show(ui, snapshot, look);
    }

    /// Takes the commands for the run that pages gave since the last time.
    pub(super) fn take_commands_of_pages(&mut self) -> Vec<Command> {
        let mut commands = self.files.take_commands();
        commands.extend(self.stops.take_command());
        if let Some(sweep) = &mut self.sweep {
            commands.extend(sweep.take_commands());
        }
        commands
    }
}
