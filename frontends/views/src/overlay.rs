//! A page over everything else: what is behind it lies in the shade and waits.

use egui::{Align2, Area, Color32, Frame, Id, Order, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::style::Look;

/// Whether somebody asked for the page to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closing {
    No,
    /// By a click beside it.
    Asked,
}

/// Shows a page in the middle of the window, as large as what `add` puts on it. `title` stands on it,
/// `name` is what it is to those who cannot see it.
pub(crate) fn show(ui: &Ui, name: &str, title: &str, look: Look, add: impl FnOnce(&mut Ui)) -> Closing {
    let window = ui.ctx().content_rect();
    let shade = Area::new(Id::unique(("behind", name)))
        .order(Order::Foreground)
        .fixed_pos(window.min)
        .show(ui.ctx(), |ui| {
            ui.painter()
                .rect_filled(window, 0.0, Color32::from_black_alpha(110));
            ui.allocate_rect(window, Sense::click())
        });
    let frame = Frame::new()
        .fill(look.colours.paper)
        .stroke(Stroke::new(1.0, look.colours.hairline))
        .corner_radius(look.stroke(8.0))
        .inner_margin(look.of(24.0));
    Area::new(Id::unique(("page", name)))
        .order(Order::Tooltip)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .show(ui.ctx(), |ui| {
            let shown = frame.show(ui, |ui| {
                let heading = RichText::new(title).font(look.title()).color(look.colours.ink);
                ui.label(heading);
                ui.add_space(look.of(10.0));
                add(ui);
            });
            let says = || WidgetInfo::labeled(Role::Dialog, true, name);
            shown.response.widget_info(says);
        });
    if shade.inner.clicked() {
        Closing::Asked
    } else {
        Closing::No
    }
}
