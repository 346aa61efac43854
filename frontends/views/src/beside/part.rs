//! The difference between two runs, in the part of a narrow window: the same menus and buttons as
//! in the strip, each as high as a finger.

use egui::{Align2, Rect, Ui, pos2, vec2};
use lab::{Command, Snapshot};

use super::Chooser;
use super::chooser::{begin_button, difference_menu, end_button};
use super::words;
use crate::parameters::{Named as _, value_of};
use crate::style::Look;
use crate::text;
use crate::touch;
use crate::widgets::{Pressable, PushButton, Weight};

impl Chooser {
    /// Whether there is something to show of it: while one chooses, and while there are two runs.
    pub(crate) fn has_part(&self, snapshot: &Snapshot) -> bool {
        self.is_open() || snapshot.beside.is_some()
    }

    /// Shows it in the part of a narrow window, always with all choices; see also [`Self::show`].
    pub(crate) fn show_part(
        &mut self,
        ui: &mut Ui,
        part: Rect,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Command> {
        let s = |length| look.of(length);
        let (line, gap) = (look.target(20.0), s(8.0));
        let height = s(10.0) + 4.0 * (line + gap) + s(40.0);
        touch::scrolled(ui, "compare", part, height, look, |ui, content| {
            let room = content.shrink2(vec2(s(12.0), s(10.0)));
            let row = |index: f32| {
                let top = room.top() + index * (line + gap);
                Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), line))
            };
            let mut command = None;
            let sentence = match &snapshot.beside {
                Some(beside) => words::difference(&snapshot.configuration, beside),
                None => "Begin two runs from the same seed, with one difference:".to_owned(),
            };
            let first = row(0.0);
            let (fonts, colour) = ([look.name(), look.body(), look.small()], look.colours.ink);
            let said = text::fitted(ui.painter(), &sentence, &fonts, first.width(), colour);
            let place = Align2::LEFT_CENTER.anchor_size(first.left_center(), said.size());
            ui.painter().galley(place.min, said, colour);
            text::announce(ui, place, &sentence);

            let mut chosen = self.now(snapshot);
            let own = chosen.of(&snapshot.configuration);
            let written = chosen.head().name();
            let width = difference_menu(ui, chosen, &written).width(ui, look);
            let of_first = format!("{} |", value_of(own));
            let values = text::width(ui, &of_first, look) + text::width(ui, &value_of(chosen), look);
            let beside = width + values + s(64.0) <= room.width();
            if let Some(other) = self.menu_of_differences(ui, row(1.0).left_center(), chosen, snapshot, look)
            {
                chosen = other;
            }
            let mut left = if beside {
                row(1.0).left_center() + vec2(width + s(14.0), 0.0)
            } else {
                row(2.0).left_center()
            };
            left.x =
                text::label(ui, left, Align2::LEFT_CENTER, &of_first, look.name(), colour).right() + s(8.0);
            if let Some(value) = self.menu_of_values(ui, left, chosen, snapshot, look) {
                chosen = value;
            }
            let buttons = row(if beside { 2.0 } else { 3.0 });
            let (begin, end) = buttons.split_left_right_at_fraction(0.5);
            let begin = begin.with_max_x(begin.right() - s(4.0));
            if begin_button(look).show(ui, begin, look).clicked() {
                self.close();
                command = Some(Command::Compare(Some(chosen)));
            }
            let end = end.with_min_x(end.left() + s(4.0));
            if snapshot.beside.is_some() {
                if end_button(look).show(ui, end, look).clicked() {
                    self.close();
                    command = Some(Command::Compare(None));
                }
            } else {
                let cancel = PushButton {
                    icon: None,
                    words: "Cancel",
                    hint: "Go on with one run",
                    pressable: Pressable::Yes,
                    weight: Weight::Plain,
                    font: look.small(),
                };
                if cancel.show(ui, end, look).clicked() {
                    self.close();
                }
            }
            command
        })
    }
}
