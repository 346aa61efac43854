//! A place's techniques where there is no room for a card: a button as wide as the form, and its list below it.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Popup, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};
use lab::Snapshot;

use super::{BETWEEN, rows};
use crate::graph::edit::Editing;
use crate::icons::Icon;
use crate::parameters::Place;
use crate::style::Look;
use crate::widgets;

/// Shows both in the next rows of a form as wide as `ui` has room.
pub(in crate::graph::edit) fn show(
    ui: &mut Ui,
    place: Place,
    snapshot: &Snapshot,
    editing: &mut Editing,
    look: Look,
) {
    let is_open = editing.cards.open == Some(place);
    let size = vec2(ui.available_width(), look.target(24.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let configuration = editing.configuration(ui, snapshot);
    let on = place.phrases(&configuration);
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(match on.len() {
            0 => "none is on".to_owned(),
            _ => on.join(", "),
        }),
        ..WidgetInfo::selected(Role::Button, true, is_open, place.name())
    });
    if editing.cards.back_to == Some(place) {
        editing.cards.back_to = None;
        response.request_focus();
    }
    let colours = look.colours;
    let fill = if response.hovered() {
        colours.hover
    } else {
        colours.background
    };
    let frame = Stroke::new(1.0, colours.hairline);
    let painter = ui.painter();
    painter.rect(rect, look.stroke(5.0), fill, frame, StrokeKind::Inside);
    let middle = rect.center().y;
    let square = |x: f32| Rect::from_center_size(pos2(x, middle), Vec2::splat(look.of(13.0)));
    let ink = if on.is_empty() {
        colours.faint
    } else {
        colours.primary
    };
    let icon = square(rect.left() + look.of(18.0));
    Icon::Sliders.paint(painter, icon, ink);
    let name = painter.text(
        pos2(icon.right() + look.of(9.0), middle),
        Align2::LEFT_CENTER,
        place.name(),
        look.body(),
        colours.ink,
    );
    let sign = square(rect.right() - look.of(18.0));
    let toward = if is_open { Icon::Minus } else { Icon::Plus };
    toward.paint(painter, sign.shrink(1.0), colours.faint);
    let left = name.right() + look.of(10.0);
    let mut job = LayoutJob::simple_singleline(on.join(" · "), look.small(), colours.faint);
    job.wrap = TextWrapping::truncate_at_width((sign.left() - look.of(10.0) - left).max(0.0));
    let said = painter.layout_job(job);
    painter.galley(pos2(left, middle - 0.5 * said.size().y), said, colours.faint);
    if response.has_focus() {
        widgets::focus_frame(painter, rect.shrink(1.0), look);
    }
    if response.clicked() {
        editing.cards.toggle(place);
    }
    if editing.cards.open == Some(place) {
        list(ui, place, snapshot, editing, look);
    }
}

fn list(ui: &mut Ui, place: Place, snapshot: &Snapshot, editing: &mut Editing, look: Look) {
    let configuration = editing.configuration(ui, snapshot);
    editing.cards.escape_is_taken = Popup::is_any_open(ui.ctx()) || !editing.entries.is_empty();
    let margin = look.of(14.0);
    let width = ui.available_width() - 2.0 * margin;
    let mut asked = None;
    for row in rows(ui, place, &configuration, editing, width, look) {
        let size = vec2(ui.available_width(), row.height + look.of(BETWEEN));
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let corner = rect.min + vec2(margin, 0.0);
        let set = row.show(ui, corner, &configuration, editing, look);
        asked = asked.or(set);
    }
    if let Some(setting) = asked {
        editing.ask(setting, ui, snapshot);
    }
}
