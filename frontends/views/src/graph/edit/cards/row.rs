//! A technique in a card: its name and its controls on a line, below them what it does.

use std::sync::Arc;

use egui::{Align2, Color32, Galley, Pos2, Rect, Ui, Vec2, pos2, vec2};
use gan_core::{Configuration, Parameter};
use lab::Setting;

use crate::graph::edit::Editing;
use crate::graph::edit::control::Control;
use crate::parameters::{Named as _, is_on};
use crate::style::Look;
use crate::text;

/// Lengths before scaling: of a line with controls, where these begin, from one to the next, from a line to the
/// sentence below it.
const LINE: f32 = 19.0;
const CONTROLS: f32 = 152.0;
const BETWEEN: f32 = 12.0;
const BELOW: f32 = 1.0;
/// Radius of the dot before a technique that is on.
const DOT: f32 = 2.5;

/// A row, laid out and not yet shown.
pub(super) struct Row {
    /// Height of all its lines.
    pub(super) height: f32,
    head: Parameter,
    controls: Vec<(Control, Vec2)>,
    /// Sentences below the controls: the effect, why it has none, why something was refused.
    words: Vec<(Arc<Galley>, f32)>,
}

impl Row {
    /// Lays out a row of so much width.
    pub(super) fn new(
        ui: &Ui,
        head: Parameter,
        configuration: &Configuration,
        refusal: Option<&str>,
        width: f32,
        look: Look,
    ) -> Self {
        let line = look.target(LINE);
        let first = look.of(CONTROLS);
        let mut place = vec2(first, 0.5 * line);
        let mut placed = Vec::new();
        for control in Control::in_card(head, configuration) {
            let wide = control.width(ui, configuration, look);
            if place.x > first && place.x + wide > width {
                place = vec2(first, place.y + line);
            }
            placed.push((control, place));
            place.x += wide + look.of(BETWEEN);
        }
        let mut height = place.y + 0.5 * line + look.of(BELOW);
        let mut words = Vec::new();
        let mut write = |sentence: &str, colour: Color32| {
            let galley = ui
                .painter()
                .layout(sentence.to_owned(), look.small(), colour, width);
            let below = galley.size().y;
            words.push((galley, height));
            height += below;
        };
        write(head.explanation(), look.colours.faint);
        if let Some(idle) = head.idle(configuration) {
            write(idle, look.colours.ink);
        }
        if let Some(why) = refusal {
            write(why, look.colours.alarm);
        }
        Self {
            height,
            head,
            controls: placed,
            words,
        }
    }

    /// Shows it; returns what was set.
    pub(super) fn show(
        self,
        ui: &mut Ui,
        corner: Pos2,
        configuration: &Configuration,
        editing: &mut Editing,
        look: Look,
    ) -> Option<Setting> {
        let middle = corner.y + 0.5 * look.target(LINE);
        if is_on(self.head, configuration) {
            let dot = pos2(corner.x - look.of(8.0), middle);
            ui.painter()
                .circle_filled(dot, look.stroke(DOT), look.colours.chosen);
        }
        ui.painter().text(
            pos2(corner.x, middle),
            Align2::LEFT_CENTER,
            self.head.card_title(),
            look.body(),
            look.colours.ink,
        );
        let mut asked = None;
        for (control, place) in self.controls {
            let set = control.show(ui, corner + place, configuration, editing, look);
            asked = asked.or(set);
        }
        for (galley, y) in self.words {
            let place = corner + vec2(0.0, y);
            let rect = Rect::from_min_size(place, galley.size());
            let said = galley.text().to_owned();
            ui.painter().galley(place, galley, look.colours.faint);
            text::announce(ui, rect, &said);
        }
        asked
    }
}
