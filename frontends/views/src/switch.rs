//! A small sliding switch as at GAN Lab's nodes, alone or with words beside it.

use egui::{
    Align2, Color32, FontId, Id, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::palette;
use crate::style::{Hand, Look};
use crate::widgets::focus_frame;

/// A switch.
pub(crate) struct Switch<'a> {
    /// The accessible name.
    pub(crate) name: &'a str,
    /// Says the effect of flipping it.
    pub(crate) hint: &'a str,
    pub(crate) on: bool,
    /// Words to its right that belong to it, for eyes.
    pub(crate) words: Option<(&'a str, FontId, Color32)>,
}

/// Room between a switch and its words.
const GAP: f32 = 5.0;

impl Switch<'_> {
    /// How wide it is, words included.
    pub(crate) fn width(&self, ui: &Ui, look: Look) -> f32 {
        let words = self.words.as_ref().map_or(0.0, |(words, font, colour)| {
            let laid_out = ui
                .painter()
                .layout_no_wrap((*words).to_owned(), font.clone(), *colour);
            look.of(GAP) + laid_out.size().x
        });
        size(look).x + words
    }

    /// Shows it, its left middle given; returns where it lies, words included.
    pub(crate) fn show(self, ui: &mut Ui, left_middle: Pos2, look: Look) -> (Response, Rect) {
        let track = Align2::LEFT_CENTER.anchor_size(left_middle, size(look));
        let mut whole = track;
        if let Some((words, font, colour)) = self.words {
            let place = pos2(track.right() + look.of(GAP), left_middle.y);
            whole = whole.union(ui.painter().text(place, Align2::LEFT_CENTER, words, font, colour));
        }
        // Easier to hit than it looks.
        let response = ui.interact(
            whole.expand2(easier(whole, look)),
            ui.scope_id().with(self.name),
            Sense::click(),
        );
        response.widget_info(|| WidgetInfo::selected(Role::Switch, true, self.on, self.name));
        paint(ui, track, response.id, self.on, look);
        if response.has_focus() {
            focus_frame(ui.painter(), whole.expand(2.0), look);
        }
        (response.on_hover_text(self.hint), whole)
    }
}

/// How far around a switch it is hit.
fn easier(whole: Rect, look: Look) -> Vec2 {
    let usual = look.of(4.0);
    match look.hand {
        Hand::Mouse => Vec2::splat(usual),
        Hand::Finger => vec2(2.0 * usual, 0.5 * (look.target(0.0) - whole.height())),
    }
}

/// Size of a switch without words.
pub(crate) fn size(look: Look) -> Vec2 {
    vec2(look.of(18.0), look.of(10.0))
}

/// Draws a switch; it slides unless animations are off.
pub(crate) fn paint(ui: &Ui, rect: Rect, id: Id, on: bool, look: Look) {
    let slid = ui.ctx().animate_bool(id.with("slid"), on);
    let painter = ui.painter();
    let on_track = palette::translucent(look.colours.switch_on, 0.45);
    let track = look.colours.switch_track.lerp_to_gamma(on_track, slid);
    painter.rect_filled(
        rect.shrink2(vec2(0.0, 0.12 * rect.height())),
        rect.height(),
        track,
    );
    let radius = 0.5 * rect.height();
    let x = egui::lerp(rect.left() + radius..=rect.right() - radius, slid);
    let knob = look
        .colours
        .switch_knob
        .lerp_to_gamma(look.colours.switch_on, slid);
    painter.circle_filled(pos2(x, rect.center().y), radius, knob);
}
