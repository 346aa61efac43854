//! A whole number with a chevron to raise and one to lower it, as at GAN Lab's nodes. The wheel and the
//! arrow keys do the same; a click on the number lets it be typed.

use egui::{
    Align2, Color32, CursorIcon, EventFilter, Key, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke,
    Ui, WidgetInfo, pos2, vec2,
};
use gan_core::{Configuration, Network};
use lab::Setting;

use super::entry::{Entry, Outcome, complaint};
use super::{Editing, Parameter, Quantity, change};
use crate::style::Look;
use crate::text::width as text_width;
use crate::widgets;

/// A whole number of a network.
#[derive(Clone, Copy)]
pub(super) struct Stepper {
    pub(super) quantity: Quantity,
    pub(super) network: Network,
}

/// Which way a chevron points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// Lengths before scaling: of the chevrons' column, and from it to the number.
const CHEVRONS: f32 = 11.0;
const GAP: f32 = 3.0;

impl Stepper {
    const fn parameter(self) -> Parameter {
        Parameter::Count(self.quantity, self.network)
    }

    /// Its width, whatever its value.
    pub(super) fn width(self, ui: &Ui, look: Look) -> f32 {
        let (_, most) = self.quantity.range();
        let words = format!("{most} {}", self.quantity.noun(most));
        look.of(CHEVRONS) + look.of(GAP) + text_width(ui, &words, look)
    }

    /// Shows it; returns where its words end, and what was set.
    pub(super) fn show(
        self,
        ui: &mut Ui,
        left_middle: Pos2,
        configuration: &Configuration,
        editing: &mut Editing,
        look: Look,
    ) -> (f32, Option<Setting>) {
        let count = self.quantity.of(configuration.network(self.network));
        let steps = self.chevrons(ui, left_middle, count, editing, look);
        let left = left_middle + vec2(look.of(CHEVRONS) + look.of(GAP), 0.0);
        let (end, set) = match editing.take_entry(self.parameter()) {
            Some(entry) => self.entry(ui, left, count, entry, editing, look),
            None => self.number(ui, left, count, steps, editing, look),
        };
        let edit = |count| change::count(self.quantity, self.network, count).ok();
        (end, set.and_then(edit))
    }

    /// So many steps away, as far as there is something; `None` if that is where it is.
    fn moved(self, count: usize, steps: i32) -> Option<usize> {
        let (least, most) = self.quantity.range();
        let moved = count.saturating_add_signed(steps as isize).clamp(least, most);
        (moved != count).then_some(moved)
    }

    /// Both chevrons; returns steps up that were clicked, and whether the pointer is on one.
    fn chevrons(
        self,
        ui: &mut Ui,
        left_middle: Pos2,
        count: usize,
        editing: &mut Editing,
        look: Look,
    ) -> Steps {
        let mut steps = Steps::default();
        let size = vec2(look.of(CHEVRONS) + 2.0, look.of(9.0));
        let x = left_middle.x - 1.0;
        for (way, top, step, word) in [
            (Way::Up, left_middle.y - size.y, 1, "up"),
            (Way::Down, left_middle.y, -1, "down"),
        ] {
            let rect = Rect::from_min_size(pos2(x, top), size);
            let possible = self.moved(count, step).is_some();
            // The keyboard goes from number to number and finds the arrow keys there. A chevron that can do
            // nothing takes its clicks, or its neighbour would.
            let response = ui.interact(rect, self.parameter().id(ui, word), Sense::CLICK);
            let name = format!("{} {word}", self.parameter().name());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, possible, &name));
            let colour = match (possible, response.hovered()) {
                (false, _) => look.colours.off,
                (true, false) => look.colours.text,
                (true, true) => look.colours.ink,
            };
            if possible && response.hovered() {
                ui.painter().rect_filled(rect, 2.0, look.colours.hover);
            }
            paint_chevron(ui.painter(), rect, way, colour, look);
            steps.hovered |= response.contains_pointer();
            if possible && response.clicked() {
                editing.take_entry(self.parameter());
                steps.clicked += step;
            }
            response.on_hover_text(self.parameter().hint());
        }
        steps
    }

    /// The number and what it counts; returns where they end, and another number if it was set.
    fn number(
        self,
        ui: &mut Ui,
        left_middle: Pos2,
        count: usize,
        steps: Steps,
        editing: &mut Editing,
        look: Look,
    ) -> (f32, Option<usize>) {
        let words = format!("{count} {}", self.quantity.noun(count));
        let galley = ui.painter().layout_no_wrap(words, look.body(), look.colours.ink);
        let rect = Rect::from_min_size(left_middle - vec2(0.0, 0.5 * galley.size().y), galley.size());
        let response = ui.interact(rect, self.parameter().id(ui, "number"), Sense::click());
        let name = self.parameter().name();
        response.widget_info(|| WidgetInfo {
            label: Some(name.clone()),
            ..WidgetInfo::drag_value(true, count as f64)
        });
        if response.hovered() {
            ui.painter()
                .hline(rect.x_range(), rect.bottom(), (1.0, look.colours.edge));
        }
        ui.painter().galley(rect.min, galley, look.colours.ink);
        if response.has_focus() {
            widgets::focus_frame(ui.painter(), rect.expand(2.0), look);
        }
        let mut up = steps.clicked + arrows(ui, &response);
        if response.contains_pointer() || steps.hovered {
            up += editing.notches(ui);
        }
        if response.clicked() {
            editing
                .entries
                .push(Entry::new(self.parameter(), count.to_string()));
        }
        response
            .on_hover_cursor(CursorIcon::Text)
            .on_hover_text(self.parameter().hint());
        (rect.right(), self.moved(count, up))
    }

    /// The number as it is typed; returns where it and what it counts end, and the number.
    fn entry(
        self,
        ui: &mut Ui,
        left_middle: Pos2,
        count: usize,
        mut entry: Entry,
        editing: &mut Editing,
        look: Look,
    ) -> (f32, Option<usize>) {
        let (least, most) = self.quantity.range();
        let width = text_width(ui, &most.to_string(), look).max(look.of(14.0));
        let size = vec2(width, look.of(15.0));
        let rect = Rect::from_min_size(left_middle - vec2(0.0, 0.5 * size.y), size);
        let outcome = entry.show(ui, rect, look);
        let words = ui.painter().text(
            pos2(rect.right() + look.of(4.0), left_middle.y),
            Align2::LEFT_CENTER,
            self.quantity.noun(count),
            look.body(),
            look.colours.text,
        );
        let read = |text: &str| {
            text.parse()
                .ok()
                .filter(|count| (least..=most).contains(count))
                .ok_or_else(|| complaint(self.parameter(), "a whole number", least, most, text))
        };
        let typed = match outcome {
            Outcome::Entered | Outcome::Left => entry.read(outcome, read),
            Outcome::Typing | Outcome::Abandoned => None,
        };
        if typed.is_none() && outcome != Outcome::Abandoned {
            entry.complain_beside(ui, rect, look);
            editing.entries.push(entry);
        } else if outcome != Outcome::Left {
            // Who types goes on with the keyboard.
            let number = self.parameter().id(ui, "number");
            ui.memory_mut(|memory| memory.request_focus(number));
        }
        (words.right(), typed)
    }
}

/// What happened to the chevrons.
#[derive(Clone, Copy, Default)]
struct Steps {
    clicked: i32,
    hovered: bool,
}

/// Steps up that the arrow keys of a focused number ask for; it keeps the focus.
fn arrows(ui: &Ui, response: &Response) -> i32 {
    if !response.has_focus() {
        return 0;
    }
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let presses = |key| ui.input(|input| input.num_presses(key) as i32);
    presses(Key::ArrowUp) - presses(Key::ArrowDown)
}

fn paint_chevron(painter: &Painter, rect: Rect, way: Way, colour: Color32, look: Look) {
    let (half, rise) = (look.stroke(3.3), look.stroke(2.9));
    // The two of a pair keep a little apart.
    let (centre, tip) = match way {
        Way::Up => (rect.center() + vec2(0.0, look.stroke(0.8)), -0.5 * rise),
        Way::Down => (rect.center() - vec2(0.0, look.stroke(0.8)), 0.5 * rise),
    };
    let points = vec![
        centre + vec2(-half, -tip),
        centre + vec2(0.0, tip),
        centre + vec2(half, -tip),
    ];
    painter.add(Shape::line(points, Stroke::new(look.stroke(1.3), colour)));
}
