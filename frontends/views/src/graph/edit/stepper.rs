//! A number with a chevron to raise and one to lower it, as at GAN Lab's nodes. The wheel and the arrow keys
//! do the same; a click on the number lets it be typed.

use egui::{
    Align2, Color32, CursorIcon, EventFilter, Key, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use lab::Setting;

use super::entry::{Entry, Outcome};
use super::{Editing, id_of};
use crate::icons::Icon;
use crate::parameters::{Named as _, Number};
use crate::style::{Hand, Look};
use crate::text::width as text_width;
use crate::widgets;

/// Directions in which a chevron points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// Lengths before scaling: of the chevrons' column, and from it to the number.
const CHEVRONS: f32 = 11.0;
const GAP: f32 = 3.0;
/// Width of a button that a finger hits, and between it and the number.
const BUTTON: f32 = 36.0;
const BESIDE: f32 = 3.0;
/// Distance from a number that is typed to what follows it.
const WORD: f32 = 4.0;

/// Width of a stepper, whatever its value.
pub(super) fn width(number: &Number<'_>, ui: &Ui, look: Look) -> f32 {
    let widest = widest(number, ui, look);
    match look.hand {
        Hand::Mouse => look.of(CHEVRONS) + look.of(GAP) + widest,
        Hand::Finger => widest + 2.0 * (look.of(BUTTON) + look.of(BESIDE)),
    }
}

/// How wide its words can be.
fn widest(number: &Number<'_>, ui: &Ui, look: Look) -> f32 {
    let (most, noun) = number.widest();
    text_width(ui, &together(&most, noun), look)
}

fn together(number: &str, noun: &str) -> String {
    match noun {
        "" => number.to_owned(),
        noun => format!("{number} {noun}"),
    }
}

/// Shows it; returns where its words end, and what was set.
pub(super) fn show(
    number: &Number<'_>,
    ui: &mut Ui,
    left_middle: Pos2,
    editing: &mut Editing,
    look: Look,
) -> (f32, Option<Setting>) {
    if look.hand == Hand::Finger {
        return between_buttons(number, ui, left_middle, editing, look);
    }
    let size = vec2(look.of(CHEVRONS) + 2.0, look.of(9.0));
    let corner = left_middle - vec2(1.0, size.y);
    let upper = Rect::from_min_size(corner, size);
    let places = [upper, upper.translate(vec2(0.0, size.y))];
    let steps = ways(number, ui, places, editing, look);
    let left = left_middle + vec2(look.of(CHEVRONS) + look.of(GAP), 0.0);
    match editing.take_entry(number.parameter()) {
        Some(entry) => typed(number, ui, left, entry, editing, look),
        None => standing(number, ui, left, steps, editing, look),
    }
}

/// Shows it for a finger: a button to lower the number at its left, one to raise it at its right.
fn between_buttons(
    number: &Number<'_>,
    ui: &mut Ui,
    left_middle: Pos2,
    editing: &mut Editing,
    look: Look,
) -> (f32, Option<Setting>) {
    let (gap, room) = (look.of(BESIDE), widest(number, ui, look));
    let size = vec2(look.of(BUTTON), look.target(0.0));
    let lower = Rect::from_min_size(left_middle - vec2(0.0, 0.5 * size.y), size);
    let words = lower.right_center() + vec2(gap, 0.0);
    let upper = Rect::from_min_size(lower.right_top() + vec2(2.0 * gap + room, 0.0), lower.size());
    let steps = ways(number, ui, [upper, lower], editing, look);
    let set = match editing.take_entry(number.parameter()) {
        Some(entry) => typed(number, ui, words, entry, editing, look).1,
        None => {
            let now = text_width(ui, &together(&number.written(), number.noun()), look);
            let centred = words + vec2((0.5 * (room - now)).round().max(0.0), 0.0);
            standing(number, ui, centred, steps, editing, look).1
        }
    };
    (upper.right(), set)
}

/// Shows the chevrons or buttons that raise and lower it; returns steps up that were clicked, and
/// whether the pointer is on one.
fn ways(number: &Number<'_>, ui: &mut Ui, places: [Rect; 2], editing: &mut Editing, look: Look) -> Steps {
    let parameter = number.parameter();
    let mut steps = Steps::default();
    for (rect, (way, step, word)) in places
        .into_iter()
        .zip([(Way::Up, 1, "up"), (Way::Down, -1, "down")])
    {
        let possible = number.moved(step).is_some();
        // The keyboard goes from number to number and finds the arrow keys there. A chevron that can do
        // nothing takes its clicks, or its neighbour would.
        let response = ui.interact(rect, id_of(parameter, ui, word), Sense::CLICK);
        let name = format!("{} {word}", parameter.number_name());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, possible, &name));
        let colour = match (possible, response.hovered()) {
            (false, _) => look.colours.off,
            (true, false) => look.colours.text,
            (true, true) => look.colours.ink,
        };
        match look.hand {
            Hand::Mouse => {
                if possible && response.hovered() {
                    ui.painter().rect_filled(rect, 2.0, look.colours.hover);
                }
                paint_chevron(ui.painter(), rect, way, colour, look);
            }
            Hand::Finger => paint_button(ui.painter(), rect, way, response.hovered(), colour, look),
        }
        steps.hovered |= response.contains_pointer();
        if possible && response.clicked() {
            editing.take_entry(parameter);
            steps.clicked += step;
        }
        response.on_hover_text(number.hint());
    }
    steps
}

/// The number and what it counts; returns where they end, and another number if it was set.
fn standing(
    number: &Number<'_>,
    ui: &mut Ui,
    left_middle: Pos2,
    steps: Steps,
    editing: &mut Editing,
    look: Look,
) -> (f32, Option<Setting>) {
    let parameter = number.parameter();
    let words = together(&number.written(), number.noun());
    let galley = ui.painter().layout_no_wrap(words, look.body(), look.colours.ink);
    let rect = Rect::from_min_size(left_middle - vec2(0.0, 0.5 * galley.size().y), galley.size());
    let response = ui.interact(rect, id_of(parameter, ui, "number"), Sense::click());
    let name = parameter.number_name();
    response.widget_info(|| WidgetInfo {
        label: Some(name.clone()),
        ..WidgetInfo::drag_value(true, number.value())
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
        editing.entries.push(Entry::new(parameter, number.written()));
    }
    response
        .on_hover_cursor(CursorIcon::Text)
        .on_hover_text(number.hint());
    (rect.right(), (up != 0).then(|| number.moved(up)).flatten())
}

/// The number as it is typed; returns where it and what it counts end, and the number.
fn typed(
    number: &Number<'_>,
    ui: &mut Ui,
    left_middle: Pos2,
    mut entry: Entry,
    editing: &mut Editing,
    look: Look,
) -> (f32, Option<Setting>) {
    let (widest, _) = number.widest();
    let width = text_width(ui, &widest, look).max(look.of(14.0));
    let size = vec2(width, look.of(15.0));
    let rect = Rect::from_min_size(left_middle - vec2(0.0, 0.5 * size.y), size);
    let outcome = entry.show(ui, rect, look);
    let words = ui.painter().text(
        pos2(rect.right() + look.of(WORD), left_middle.y),
        Align2::LEFT_CENTER,
        number.noun(),
        look.body(),
        look.colours.text,
    );
    let setting = match outcome {
        Outcome::Entered | Outcome::Left => entry.read(outcome, |text| number.read(text)),
        Outcome::Typing | Outcome::Abandoned => None,
    };
    if setting.is_none() && outcome != Outcome::Abandoned {
        entry.complain_beside(ui, rect, look);
        editing.entries.push(entry);
    } else if outcome != Outcome::Left {
        // Who types goes on with the keyboard.
        let standing = id_of(number.parameter(), ui, "number");
        ui.memory_mut(|memory| memory.request_focus(standing));
    }
    (words.right(), setting)
}

/// Events of the chevrons.
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

fn paint_button(painter: &Painter, rect: Rect, way: Way, hovered: bool, colour: Color32, look: Look) {
    let colours = look.colours;
    let fill = if hovered { colours.hover } else { colours.paper };
    let frame = Stroke::new(1.0, colours.hairline);
    painter.rect(rect, look.stroke(5.0), fill, frame, StrokeKind::Inside);
    let icon = match way {
        Way::Up => Icon::Plus,
        Way::Down => Icon::Minus,
    };
    let square = Rect::from_center_size(rect.center(), vec2(1.0, 1.0) * look.of(14.0));
    icon.paint(painter, square, colour);
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
