//! The row of tabs, and at its end the button that gives the room to the canvas or to the part.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Favoured, Narrow, Part};
use crate::icons::Icon;
use crate::style::Look;
use crate::widgets::{self, IconButton, Pressable};

/// Length before scaling of the button at the end.
const BUTTON: f32 = 44.0;
/// Room around a name, and of a tab at most.
const AROUND: f32 = 5.0;
const WIDEST: f32 = 110.0;

impl Narrow {
    /// Shows the row. If a lesson speaks of another part than the one shown, its tab has a dot.
    pub(crate) fn show_tabs(&mut self, ui: &mut Ui, row: Rect, spoken_of: Option<Part>, look: Look) {
        let colours = look.colours;
        ui.painter()
            .hline(row.x_range(), row.top(), (1.0, colours.hairline));
        ui.painter()
            .hline(row.x_range(), row.bottom() - 0.5, (1.0, colours.hairline));
        let button = row.with_min_x(row.right() - look.of(BUTTON));
        let names = row.with_max_x(button.left());
        // Each tab is as wide as its name wants; all share alike in the room that is left.
        let width = |part: &Part| {
            let galley = ui
                .painter()
                .layout_no_wrap(part.name().to_owned(), look.name(), colours.ink);
            galley.size().x + 2.0 * look.of(AROUND)
        };
        let widths: Vec<f32> = self.known.iter().map(width).collect();
        let wanted: f32 = widths.iter().sum();
        let spare = (names.width() - wanted) / widths.len().max(1) as f32;
        let mut left = names.left();
        let mut chosen = None;
        for (part, width) in self.known.iter().zip(widths) {
            let width = (width + spare).min(look.of(WIDEST));
            let rect = Rect::from_min_size(pos2(left, row.top()), vec2(width, row.height()));
            left = rect.right();
            if tab(ui, rect, *part, *part == self.part, look) {
                chosen = Some(*part);
            }
            if spoken_of == Some(*part) && *part != self.part {
                let dot = pos2(rect.right() - look.of(6.0), rect.top() + look.of(10.0));
                ui.painter().circle_filled(dot, look.stroke(4.0), colours.pencil);
            }
        }
        match chosen {
            // Once more for more room, or for less.
            Some(part) if part == self.part => self.favoured = self.favoured.other(),
            Some(part) => self.choose(part),
            None => {}
        }
        self.share(ui, button, look);
    }

    fn share(&mut self, ui: &mut Ui, place: Rect, look: Look) {
        let (icon, name, hint) = match self.favoured {
            Favoured::Canvas => (Icon::Enlarge, "Enlarge part", "More room for what is below"),
            Favoured::Part => (Icon::Reduce, "Enlarge canvas", "More room for the canvas"),
        };
        let button = IconButton {
            icon,
            name,
            hint,
            colour: look.colours.text,
            pressable: Pressable::Yes,
        };
        let side = 0.9 * place.height().min(place.width());
        let disc = Rect::from_center_size(place.center(), vec2(side, side));
        if button.show_plain(ui, disc, look).clicked() {
            self.favoured = self.favoured.other();
        }
    }
}

/// True when it was pressed.
fn tab(ui: &mut Ui, rect: Rect, part: Part, shown: bool, look: Look) -> bool {
    let response = ui.interact(rect, ui.scope_id().with(("tab", part)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, shown, part.name()));
    let colours = look.colours;
    let ink = match (shown, response.hovered()) {
        (true, _) | (_, true) => colours.ink,
        (false, false) => colours.faint,
    };
    let painter = ui.painter();
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        part.name(),
        look.name(),
        ink,
    );
    if shown {
        let line = rect.shrink2(vec2(look.of(4.0), 0.0));
        let stroke = Stroke::new(look.stroke(3.0), colours.chosen);
        painter.hline(line.x_range(), line.bottom() - look.stroke(1.5), stroke);
    }
    if response.has_focus() {
        widgets::focus_frame(painter, rect.shrink(2.0), look);
    }
    let clicked = response.clicked();
    response.on_hover_text(part.hint());
    clicked
}
