//! Help for fingers: rooms that scroll when they are dragged, and words where a mouse would rest.

use egui::containers::scroll_area::{DragScroll, ScrollSource};
use egui::{Pos2, Rect, Response, ScrollArea, Sense, Ui, UiBuilder, vec2};

use crate::style::{Hand, Look};

/// How far a finger moves and still only presses, in points.
const STILL: f32 = 10.0;

/// How a room scrolls: under a finger also by dragging its content.
pub(crate) fn source(look: Look) -> ScrollSource {
    let drag = match look.hand {
        Hand::Mouse => ScrollSource::default().drag,
        Hand::Finger => DragScroll::Always,
    };
    ScrollSource {
        drag,
        ..ScrollSource::default()
    }
}

/// Shows content of this height in a place; if the place is lower, the content scrolls. `add` gets
/// the room for all of it.
pub(crate) fn scrolled<R>(
    ui: &mut Ui,
    name: &str,
    place: Rect,
    height: f32,
    look: Look,
    add: impl FnOnce(&mut Ui, Rect) -> R,
) -> R {
    ui.scope_builder(UiBuilder::new().max_rect(place).id_salt(name), |ui| {
        ui.shrink_clip_rect(place);
        ScrollArea::vertical()
            .auto_shrink(false)
            .scroll_source(source(look))
            .show(ui, |ui| {
                let size = vec2(place.width(), height);
                let (content, _) = ui.allocate_exact_size(size, Sense::hover());
                add(ui, content)
            })
            .inner
    })
    .inner
}

/// The place at which a finger presses without dragging; in a room that scrolls nothing is ever
/// hovered.
pub(crate) fn pressed_at(ui: &Ui, response: &Response) -> Option<Pos2> {
    let (down, at, from) = ui.input(|input| {
        let pointer = &input.pointer;
        (
            pointer.primary_down(),
            pointer.interact_pos(),
            pointer.press_origin(),
        )
    });
    let at = at.filter(|_| down && response.contains_pointer())?;
    from.is_some_and(|from| from.distance(at) < STILL).then_some(at)
}
