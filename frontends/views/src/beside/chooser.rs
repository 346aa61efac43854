//! The strip between heading and canvases: what two runs differ in, the way back to one, and, while it is
//! open, what else they could differ in.

use egui::{Align2, Pos2, Rect, Ui, pos2, vec2};
use gan_core::{Configuration, Network, Parameter};
use lab::{Command, Setting, Snapshot};

use super::words;
use crate::menu::Menu;
use crate::parameters::{Named as _, differences, others, usual, value_of};
use crate::style::{Look, Scale};
use crate::text;
use crate::widgets::{Pressable, PushButton, Weight};

/// Heights before scaling: of a row, and of a button in it.
const ROW: f32 = 26.0;
const BUTTON: f32 = 20.0;

/// Whether somebody is choosing, and what so far.
#[derive(Default)]
pub(crate) struct Chooser {
    mode: Mode,
    /// The second run's value; until somebody chose, what suits the run.
    chosen: Option<Setting>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Closed,
    Open,
}

impl Chooser {
    /// Opens it, or closes it.
    pub(crate) fn toggle(&mut self) {
        self.chosen = None;
        self.mode = match self.mode {
            Mode::Closed => Mode::Open,
            Mode::Open => Mode::Closed,
        };
    }

    /// Closes it; whether it was open.
    pub(crate) fn close(&mut self) -> bool {
        std::mem::take(&mut self.mode) == Mode::Open
    }

    /// Whether somebody is choosing.
    pub(super) fn is_open(&self) -> bool {
        self.mode == Mode::Open
    }

    /// Height of the strip.
    pub(crate) fn height(&self, snapshot: &Snapshot, scale: Scale) -> f32 {
        let rows = match (self.mode, &snapshot.beside) {
            (Mode::Closed, None) => return 0.0,
            (Mode::Closed, Some(_)) => 1.0,
            (Mode::Open, _) => 2.0,
        };
        rows * scale.of(ROW) + scale.of(6.0)
    }

    /// The button that opens and closes it, its right middle given; returns where it lies.
    pub(crate) fn button(
        &mut self,
        ui: &mut Ui,
        right_middle: Pos2,
        snapshot: &Snapshot,
        look: Look,
    ) -> Rect {
        let (words, hint) = match snapshot.beside {
            None => (
                "Compare two runs",
                "Two runs side by side, from the same seed, with one difference that you choose",
            ),
            Some(_) => (
                "Another difference",
                "Choose what else the two runs are to differ in",
            ),
        };
        let button = PushButton {
            icon: None,
            words,
            hint,
            pressable: Pressable::Yes,
            weight: Weight::Plain,
            font: look.small(),
        };
        let rect = Align2::RIGHT_CENTER.anchor_size(right_middle, vec2(look.of(112.0), look.of(BUTTON)));
        if button.show(ui, rect, look).clicked() {
            self.toggle();
        }
        rect
    }

    /// Shows the strip; what comes back begins or ends a comparison.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        strip: Rect,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Command> {
        let row = |place: usize| {
            let size = vec2(strip.width(), look.of(ROW));
            Rect::from_min_size(pos2(strip.left(), strip.top() + place as f32 * size.y), size)
        };
        let mut command = None;
        match &snapshot.beside {
            Some(beside) => {
                let difference = words::difference(&snapshot.configuration, beside);
                let left = row(0).left_center();
                text::label(
                    ui,
                    left,
                    Align2::LEFT_CENTER,
                    &difference,
                    look.name(),
                    look.colours.ink,
                );
                let end = end_button(look);
                if end.show(ui, right(row(0), 104.0, look), look).clicked() {
                    self.close();
                    command = Some(Command::Compare(None));
                }
            }
            None if self.mode == Mode::Open => {
                let sentence = "Begin two runs from the same seed, with one difference:";
                let left = row(0).left_center();
                text::label(
                    ui,
                    left,
                    Align2::LEFT_CENTER,
                    sentence,
                    look.body(),
                    look.colours.text,
                );
            }
            None => {}
        }
        match self.mode {
            Mode::Closed => command,
            Mode::Open => self.choices(ui, row(1), snapshot, look).or(command),
        }
    }

    /// The second run's value that is chosen, or suits the run.
    pub(super) fn now(&self, snapshot: &Snapshot) -> Setting {
        let now = &snapshot.configuration;
        let of_run = snapshot.beside.as_ref().map(|beside| beside.contrast);
        match self.chosen.or(of_run) {
            // The run's own value may have become this one.
            Some(chosen) if chosen.of(now) != chosen => chosen,
            Some(chosen) => usual(chosen.of(now), now),
            None => first_of_all(now),
        }
    }

    /// Shows the menu of hyper-parameters; if another is chosen, returns the value that suits it.
    pub(super) fn menu_of_differences(
        &mut self,
        ui: &mut Ui,
        left_middle: Pos2,
        chosen: Setting,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Setting> {
        let now = &snapshot.configuration;
        let name = |setting: Setting| setting.head().name();
        let all: Vec<_> = differences(now).into_iter().map(|own| (own, name(own))).collect();
        let all: Vec<_> = all.iter().map(|(own, name)| (*own, name.as_str())).collect();
        let written = name(chosen);
        let menu = difference_menu(ui, chosen, &written);
        let other = menu.choose(ui, left_middle, &all, chosen.of(now), look)?;
        let chosen = usual(other, now);
        self.chosen = Some(chosen);
        Some(chosen)
    }

    /// Shows the menu of the second run's values.
    pub(super) fn menu_of_values(
        &mut self,
        ui: &mut Ui,
        left_middle: Pos2,
        chosen: Setting,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Setting> {
        let now = &snapshot.configuration;
        let values = others(chosen.of(now), now);
        let values: Vec<_> = values.iter().map(|value| (*value, value_of(*value))).collect();
        let values: Vec<_> = values
            .iter()
            .map(|(value, words)| (*value, words.as_str()))
            .collect();
        let written = value_of(chosen);
        let menu = Menu {
            id: ui.scope_id().with("value of the second run"),
            name: "Value of the second run".to_owned(),
            hint: "The second run's value".to_owned(),
            prefix: "",
            value: &written,
            widest: "",
        };
        let value = menu.choose(ui, left_middle, &values, chosen, look)?;
        self.chosen = Some(value);
        Some(value)
    }

    /// The hyper-parameter, both values, and the button that begins.
    fn choices(&mut self, ui: &mut Ui, row: Rect, snapshot: &Snapshot, look: Look) -> Option<Command> {
        let mut chosen = self.now(snapshot);
        let own = chosen.of(&snapshot.configuration);
        let mut left = row.left_center();
        let written = chosen.head().name();
        let width = difference_menu(ui, chosen, &written).width(ui, look);
        if let Some(other) = self.menu_of_differences(ui, left, chosen, snapshot, look) {
            chosen = other;
        }
        left.x += width + look.of(14.0);

        let of_first = format!("{} |", value_of(own));
        left.x = text::label(
            ui,
            left,
            Align2::LEFT_CENTER,
            &of_first,
            look.body(),
            look.colours.ink,
        )
        .right();
        left.x += look.of(6.0);
        if let Some(value) = self.menu_of_values(ui, left, chosen, snapshot, look) {
            chosen = value;
        }
        let begin = begin_button(look);
        begin.show(ui, right(row, 72.0, look), look).clicked().then(|| {
            self.close();
            Command::Compare(Some(chosen))
        })
    }
}

/// The drop-down of what the runs are to differ in.
pub(super) fn difference_menu<'a>(ui: &Ui, chosen: Setting, written: &'a str) -> Menu<'a> {
    Menu {
        id: ui.scope_id().with("difference between two runs"),
        name: "Difference between the runs".to_owned(),
        hint: chosen.head().explanation().to_owned(),
        prefix: "",
        value: written,
        widest: "",
    }
}

pub(super) fn begin_button(look: Look) -> PushButton<'static> {
    PushButton {
        icon: None,
        words: "Compare",
        hint: "Both runs begin anew and go in step",
        pressable: Pressable::Yes,
        weight: Weight::Primary,
        font: look.small(),
    }
}

pub(super) fn end_button(look: Look) -> PushButton<'static> {
    PushButton {
        icon: None,
        words: "End comparison",
        hint: "Go on with the first run alone",
        pressable: Pressable::Yes,
        weight: Weight::Plain,
        font: look.small(),
    }
}

/// A button's place at the right end of a row.
fn right(row: Rect, width: f32, look: Look) -> Rect {
    Align2::RIGHT_CENTER.anchor_size(row.right_center(), vec2(look.of(width), look.of(BUTTON)))
}

/// The difference that a chooser begins with: how often the discriminator is updated.
fn first_of_all(now: &Configuration) -> Setting {
    let updates = Parameter::UpdatesPerEpoch(Network::Discriminator);
    usual(Setting::in_configuration(updates, now), now)
}
