//! A page over everything else: what is behind it lies in the shade and waits.

use egui::{
    Align2, Area, Color32, Frame, Id, Order, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo,
    vec2,
};

use crate::icons::Icon;
use crate::style::{Hand, Look};
use crate::text;
use crate::touch;
use crate::widgets::{IconButton, Pressable};

/// Lengths before scaling, of a page in a narrow window: around it, and its contents' width at most.
const EDGE: f32 = 8.0;
const WIDEST: f32 = 560.0;

/// Whether somebody asked for the page to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closing {
    No,
    /// By a click beside it, or by the page's own button.
    Asked,
}

/// Shows a page in the middle of the window, as large as its content from `add`. `title` stands on
/// it, `name` is its accessible name.
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
        .inner_margin(margin(look));
    let mut closed = false;
    Area::new(Id::unique(("page", name)))
        .order(Order::Tooltip)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .show(ui.ctx(), |ui| {
            let shown = frame.show(ui, |ui| match look.hand {
                Hand::Mouse => {
                    heading(ui, title, look);
                    ui.add_space(look.of(10.0));
                    add(ui);
                }
                Hand::Finger => {
                    ui.set_width(room(ui, look));
                    closed = head(ui, title, look);
                    ui.add_space(look.of(6.0));
                    let around = 2.0 * (look.of(EDGE) + margin(look)) + look.target(0.0) + look.of(16.0);
                    let most = (window.height() - around).max(1.0);
                    ScrollArea::vertical()
                        .max_height(most)
                        .min_scrolled_height(most)
                        .auto_shrink([false, true])
                        .scroll_source(touch::source(look))
                        .show(ui, add);
                }
            });
            let says = || WidgetInfo::labeled(Role::Dialog, true, name);
            shown.response.widget_info(says);
        });
    if shade.inner.clicked() || closed {
        Closing::Asked
    } else {
        Closing::No
    }
}

/// How wide something on a page can be that would like to have such a width.
pub(crate) fn width(ui: &Ui, wanted: f32, look: Look) -> f32 {
    match look.hand {
        Hand::Mouse => look.of(wanted),
        Hand::Finger => look.of(wanted).min(room(ui, look)),
    }
}

/// Width that a narrow window leaves for a page.
fn room(ui: &Ui, look: Look) -> f32 {
    let window = ui.ctx().content_rect().width();
    let most = look.of(WIDEST);
    (window - 2.0 * (look.of(EDGE) + margin(look))).clamp(1.0, most)
}

/// Within a page's frame.
fn margin(look: Look) -> f32 {
    match look.hand {
        Hand::Mouse => look.of(24.0),
        Hand::Finger => look.of(16.0),
    }
}

fn heading(ui: &mut Ui, title: &str, look: Look) {
    let heading = RichText::new(title).font(look.title()).color(look.colours.ink);
    ui.label(heading);
}

/// The title, and a button that closes the page: beside it there is hardly room for a finger. True when it was
/// pressed.
fn head(ui: &mut Ui, title: &str, look: Look) -> bool {
    let side = look.target(24.0);
    let size = vec2(ui.available_width(), side);
    let (row, _) = ui.allocate_exact_size(size, Sense::hover());
    let (font, colour) = (look.title(), look.colours.ink);
    text::label(ui, row.left_center(), Align2::LEFT_CENTER, title, font, colour);
    let disc = Rect::from_min_size(row.right_top() - vec2(side, 0.0), vec2(side, side));
    let button = IconButton {
        icon: Icon::Close,
        name: "Close page",
        hint: "Back to the run",
        colour: look.colours.text,
        pressable: Pressable::Yes,
    };
    let inside = disc.shrink(look.of(6.0));
    button.show_plain(ui, inside, look).clicked()
}
