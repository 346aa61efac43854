//! Translates events of the canvas, in numbers, into egui's events.
//!
//! Places are in points, CSS's pixels, from the canvas's left top corner.

use egui::{
    Event, ImeEvent, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect,
    TouchDeviceId, TouchId, TouchPhase, Vec2, ViewportId,
};

use crate::keys;

/// Longest side of egui's font texture, in texels.
const FONT_TEXTURE_SIDE: usize = 8_192;

/// Events since the last picture, and states that last longer.
#[derive(Default)]
pub struct Input {
    events: Vec<Event>,
    modifiers: Modifiers,
    focused: bool,
    size: Vec2,
    pixels_per_point: f32,
    fingers: Fingers,
}

/// Fingers on the canvas. One is the pointer; more move and zoom what lies under them, and are no pointer until
/// all of them are gone.
#[derive(Default)]
struct Fingers {
    down: Vec<(u64, Pos2)>,
    several: bool,
}

/// One finger, or a pen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finger {
    /// Number of the finger, as long as it is down.
    pub id: u64,
    /// Phase of its touch.
    pub phase: TouchPhase,
    /// Its place.
    pub at: Pos2,
}

impl Input {
    /// The canvas's size in points, and how many pixels a point has.
    pub const fn resize(&mut self, size: Vec2, pixels_per_point: f32) {
        (self.size, self.pixels_per_point) = (size, pixels_per_point);
    }

    /// Whether the page has the keyboard.
    pub fn focus(&mut self, focused: bool) {
        if focused != self.focused {
            self.focused = focused;
            // Keys that go up elsewhere are never heard of.
            self.hold(0);
            self.events.push(Event::WindowFocused(focused));
        }
    }

    /// The modifiers that are held, as bits (see `keys::modifiers`).
    pub fn hold(&mut self, bits: u32) {
        let modifiers = keys::modifiers(bits);
        if modifiers != self.modifiers {
            self.modifiers = modifiers;
            self.events.push(Event::ModifiersChanged(modifiers));
        }
    }

    /// The mouse is there.
    pub fn point(&mut self, at: Pos2) {
        self.events.push(Event::PointerMoved(at));
    }

    /// The mouse has left.
    pub fn leave(&mut self) {
        self.events.push(Event::PointerGone);
    }

    /// A button of the mouse, by its number in `MouseEvent.button`, went down or up.
    pub fn press(&mut self, at: Pos2, button: u32, pressed: bool) {
        let button = match button {
            0 => PointerButton::Primary,
            1 => PointerButton::Middle,
            2 => PointerButton::Secondary,
            3 => PointerButton::Extra1,
            _ => PointerButton::Extra2,
        };
        self.button(at, button, pressed);
    }

    fn button(&mut self, pos: Pos2, button: PointerButton, pressed: bool) {
        self.events.push(Event::PointerMoved(pos));
        self.events.push(Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers: self.modifiers,
        });
    }

    /// The wheel was turned by so much, in the unit that `WheelEvent.deltaMode` names, in CSS's directions.
    pub fn turn(&mut self, mode: u32, delta: Vec2) {
        let unit = match mode {
            0 => MouseWheelUnit::Point,
            1 => MouseWheelUnit::Line,
            _ => MouseWheelUnit::Page,
        };
        self.scroll(unit, -delta);
    }

    fn scroll(&mut self, unit: MouseWheelUnit, delta: Vec2) {
        self.events.push(Event::MouseWheel {
            unit,
            delta,
            phase: TouchPhase::Move,
            source: MouseWheelSource::Unknown,
            modifiers: self.modifiers,
        });
    }

    /// A finger came, moved or went.
    pub fn touch(&mut self, finger: Finger) {
        self.events.push(Event::Touch {
            device_id: TouchDeviceId(0),
            id: TouchId(finger.id),
            phase: finger.phase,
            pos: finger.at,
            force: None,
        });
        let place = self.fingers.down.iter().position(|(id, _)| *id == finger.id);
        match (finger.phase, place) {
            (TouchPhase::Start, None) => self.finger_came(finger),
            (TouchPhase::Move, Some(place)) => self.finger_moved(place, finger.at),
            (TouchPhase::End | TouchPhase::Cancel, Some(place)) => self.finger_went(place, finger.at),
            _ => {}
        }
    }

    fn finger_came(&mut self, finger: Finger) {
        self.fingers.down.push((finger.id, finger.at));
        match self.fingers.down[..] {
            [(_, at)] => self.button(at, PointerButton::Primary, true),
            [(_, first), _] if !self.fingers.several => {
                self.fingers.several = true;
                self.lift(first);
            }
            _ => {}
        }
    }

    fn finger_moved(&mut self, place: usize, at: Pos2) {
        let before = std::mem::replace(&mut self.fingers.down[place].1, at);
        if self.fingers.several {
            // Their middle moves what lies under them.
            let share = 1.0 / self.fingers.down.len() as f32;
            self.scroll(MouseWheelUnit::Point, (at - before) * share);
        } else {
            self.point(at);
        }
    }

    fn finger_went(&mut self, place: usize, at: Pos2) {
        self.fingers.down.remove(place);
        if !self.fingers.several {
            self.lift(at);
        }
        self.fingers.several &= !self.fingers.down.is_empty();
    }

    fn lift(&mut self, at: Pos2) {
        self.button(at, PointerButton::Primary, false);
        self.leave();
    }

    /// A key went down or up; `false` if egui has no name for it.
    pub fn key(&mut self, key: &str, code: &str, pressed: bool, repeat: bool) {
        if let Some(key) = keys::key(key, code) {
            self.events.push(Event::Key {
                key,
                physical_key: None,
                pressed,
                repeat,
                modifiers: self.modifiers,
            });
        }
    }

    /// Something was typed.
    pub fn text(&mut self, text: String) {
        if !text.is_empty() {
            self.events.push(Event::Text(text));
        }
    }

    /// Takes the text that an input method shows before it is decided.
    pub fn compose(&mut self, text: String) {
        let preedit = ImeEvent::Preedit {
            text,
            active_range_chars: None,
        };
        self.events.push(Event::Ime(preedit));
    }

    /// Takes the text that an input method decided on.
    pub fn commit(&mut self, text: String) {
        self.events.push(Event::Ime(ImeEvent::Commit(text)));
    }

    /// The clipboard's text is to be inserted.
    pub fn paste(&mut self, text: String) {
        self.events.push(Event::Paste(text));
    }

    /// Asks for the selection to be copied.
    pub fn copy(&mut self) {
        self.events.push(Event::Copy);
    }

    /// Asks for the selection to be cut.
    pub fn cut(&mut self) {
        self.events.push(Event::Cut);
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn pixels(&self) -> [usize; 2] {
        let pixels = self.size * self.pixels_per_point;
        [pixels.x, pixels.y].map(|side| side.round().max(1.0) as usize)
    }

    /// Takes what has happened, for a picture at this time, in seconds.
    pub fn take(&mut self, time: f64) -> RawInput {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(time),
            max_texture_side: Some(FONT_TEXTURE_SIDE),
            events: std::mem::take(&mut self.events),
            focused: self.focused,
            ..RawInput::default()
        };
        let viewport = input.viewports.entry(ViewportId::ROOT).or_default();
        viewport.native_pixels_per_point = Some(self.pixels_per_point);
        input
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    fn input() -> Input {
        let mut input = Input::default();
        input.resize(vec2(300.0, 200.0), 2.5);
        input
    }

    fn fingers(told: &[(u64, TouchPhase, [f32; 2])]) -> Vec<Event> {
        let mut input = input();
        for (id, phase, [x, y]) in told {
            input.touch(Finger {
                id: *id,
                phase: *phase,
                at: pos2(*x, *y),
            });
        }
        let mut events = input.take(0.0).events;
        events.retain(|event| !matches!(event, Event::Touch { .. }));
        events
    }

    fn button(pos: Pos2, pressed: bool) -> [Event; 2] {
        let button = Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        [Event::PointerMoved(pos), button]
    }

    #[test]
    fn size_and_scale_reach_egui() {
        let mut input = input();
        assert_eq!(input.pixels(), [750, 500]);
        let raw = input.take(4.0);
        assert_eq!(raw.screen_rect.unwrap().size(), vec2(300.0, 200.0));
        assert_eq!(
            raw.viewports[&ViewportId::ROOT].native_pixels_per_point,
            Some(2.5)
        );
        assert_eq!((raw.time, raw.events.len()), (Some(4.0), 0));
    }

    #[test]
    fn a_finger_is_the_pointer() {
        let events = fingers(&[
            (7, TouchPhase::Start, [10.0, 20.0]),
            (7, TouchPhase::Move, [30.0, 20.0]),
            (7, TouchPhase::End, [30.0, 25.0]),
        ]);
        let mut expected = button(pos2(10.0, 20.0), true).to_vec();
        expected.push(Event::PointerMoved(pos2(30.0, 20.0)));
        expected.extend(button(pos2(30.0, 25.0), false));
        expected.push(Event::PointerGone);
        assert_eq!(events, expected);
    }

    #[test]
    fn two_fingers_scroll_and_are_no_pointer_until_both_are_gone() {
        let events = fingers(&[
            (1, TouchPhase::Start, [10.0, 20.0]),
            (2, TouchPhase::Start, [50.0, 20.0]),
            (1, TouchPhase::Move, [10.0, 40.0]),
            (2, TouchPhase::Move, [50.0, 40.0]),
            (1, TouchPhase::End, [10.0, 40.0]),
            (2, TouchPhase::Move, [90.0, 90.0]),
            (2, TouchPhase::Cancel, [90.0, 90.0]),
            (3, TouchPhase::Start, [5.0, 5.0]),
        ]);
        let (pointer, scrolled): (Vec<_>, Vec<_>) = events
            .into_iter()
            .partition(|event| !matches!(event, Event::MouseWheel { .. }));
        let mut expected = button(pos2(10.0, 20.0), true).to_vec();
        expected.extend(button(pos2(10.0, 20.0), false));
        expected.push(Event::PointerGone);
        expected.extend(button(pos2(5.0, 5.0), true));
        assert_eq!(pointer, expected);
        let scrolled: Vec<_> = scrolled
            .iter()
            .filter_map(|event| match event {
                Event::MouseWheel { delta, .. } => Some(*delta),
                _ => None,
            })
            .collect();
        assert_eq!(scrolled, [vec2(0.0, 10.0), vec2(0.0, 10.0), vec2(40.0, 50.0)]);
    }

    #[test]
    fn a_wheel_turned_down_moves_the_content_up() {
        let mut input = input();
        input.turn(1, vec2(0.0, 3.0));
        let events = input.take(0.0).events;
        assert!(matches!(
            events[..],
            [Event::MouseWheel { unit: MouseWheelUnit::Line, delta, .. }] if delta == vec2(0.0, -3.0)
        ));
    }

    #[test]
    fn whoever_leaves_holds_nothing() {
        let mut input = input();
        input.focus(true);
        input.hold(1);
        input.key("a", "KeyA", true, false);
        input.focus(false);
        input.focus(false);
        let events = input.take(0.0).events;
        assert!(matches!(events[2], Event::Key { modifiers, .. } if modifiers.shift));
        assert_eq!(
            events[3..],
            [
                Event::ModifiersChanged(Modifiers::NONE),
                Event::WindowFocused(false)
            ]
        );
    }
}
