//! Slow motion's lists in the part of a narrow window: one below the other, the formula under them.

use egui::{Align2, Rect, Ui, pos2, vec2};
use gan_core::Network;
use lab::{Command, Snapshot, Step};

use super::{Detail, FORMULA, Phases, lists, next_button, show_formula, whereabouts};
use crate::style::Look;
use crate::{text, touch};

/// Lengths before scaling: around all, a list's row, between two things.
const MARGIN: f32 = 12.0;
const ROW: f32 = 24.0;
const GAP: f32 = 8.0;

impl Phases {
    /// Shows them; if they are longer than the room, they scroll. Returns the command pressed.
    pub(crate) fn show_part(
        &mut self,
        ui: &mut Ui,
        part: Rect,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Command> {
        let s = |length| look.of(length);
        let (gap, row) = (s(GAP), look.target(20.0));
        let list = lists::height(s(ROW), look.scale);
        let formula = match self.detail {
            Detail::Sentences => 0.0,
            // Narrow lines are more of them.
            Detail::Formulas => s(2.2 * FORMULA),
        };
        let height = gap + 2.0 * (row + list + gap) + formula + gap;
        touch::scrolled(ui, "phases", part, height, look, |ui, content| {
            let room = content.shrink2(vec2(s(MARGIN), gap));
            let line = |top: f32, height: f32| {
                Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), height))
            };
            let head = line(room.top(), row);
            let next = head.with_min_x(head.right() - s(116.0));
            let pressed = next_button(snapshot, look).show(ui, next, look).clicked();
            let words = ui.painter().layout(
                whereabouts(snapshot),
                look.body(),
                look.colours.text,
                next.left() - s(8.0) - head.left(),
            );
            let place = Align2::LEFT_CENTER.anchor_size(head.left_center(), words.size());
            let said = words.text().to_owned();
            ui.painter().galley(place.min, words, look.colours.text);
            text::announce(ui, place, &said);
            let mut top = head.bottom() + gap;
            for network in [Network::Discriminator, Network::Generator] {
                lists::show(ui, line(top, list), network, snapshot, s(ROW), look);
                top += list + gap;
            }
            let switch = line(top, row);
            self.formula_switch(ui, switch.right_center(), look);
            if self.detail == Detail::Formulas {
                let corner = pos2(room.left(), switch.bottom());
                show_formula(ui, corner, room.width(), snapshot, look);
            }
            pressed.then_some(Command::Step(Step::Phase))
        })
    }
}
