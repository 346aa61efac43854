//! Translates the polled state of a window into egui's events.
//!
//! Plain data in, plain data out: no window is needed to test it.

use super::keys;
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, Vec2};
use egui::{pos2, vec2};
use minifb::Key;

/// The buttons of a mouse, in the order of [`Polled::buttons`].
pub(super) const BUTTONS: [(minifb::MouseButton, PointerButton); 5] = [
    (minifb::MouseButton::Left, PointerButton::Primary),
    (minifb::MouseButton::Right, PointerButton::Secondary),
    (minifb::MouseButton::Middle, PointerButton::Middle),
    (minifb::MouseButton::Back, PointerButton::Extra1),
    (minifb::MouseButton::Forward, PointerButton::Extra2),
];

/// One thing the keyboard said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keystroke {
    /// A key went down (again, when it repeats).
    Down(Key),
    /// A key went up.
    Up(Key),
    /// A character was typed.
    Character(char),
}

/// The state of a window when it is polled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Polled {
    /// Width and height of the window's inside, in pixels.
    pub(super) size: [usize; 2],
    /// Place of the mouse, in pixels from the left top corner; outside too.
    pub(super) pointer: Option<[f32; 2]>,
    /// Buttons that are down, in the order of [`BUTTONS`].
    pub(super) buttons: [bool; BUTTONS.len()],
    /// Notches the wheel was turned since the last time: right, up.
    pub(super) wheel: [f32; 2],
    /// Keystrokes since the last time, in order.
    pub(super) keystrokes: Vec<Keystroke>,
    /// Whether the keyboard belongs to this window.
    pub(super) focused: bool,
}

/// Remembers what was polled last, to tell changes from states.
pub(super) struct Translator {
    pointer: Option<Pos2>,
    buttons: [bool; BUTTONS.len()],
    held: Held,
    focused: bool,
    clipboard: String,
}

/// Modifier keys that are down, left and right on their own.
#[derive(Default)]
struct Held {
    shift: [bool; 2],
    ctrl: [bool; 2],
    alt: [bool; 2],
    super_key: [bool; 2],
}

impl Held {
    fn slot(&mut self, key: Key) -> Option<&mut bool> {
        Some(match key {
            Key::LeftShift => &mut self.shift[0],
            Key::RightShift => &mut self.shift[1],
            Key::LeftCtrl => &mut self.ctrl[0],
            Key::RightCtrl => &mut self.ctrl[1],
            Key::LeftAlt => &mut self.alt[0],
            Key::RightAlt => &mut self.alt[1],
            Key::LeftSuper => &mut self.super_key[0],
            Key::RightSuper => &mut self.super_key[1],
            _ => return None,
        })
    }

    fn modifiers(&self) -> Modifiers {
        let any = |keys: [bool; 2]| keys[0] || keys[1];
        let mac_cmd = cfg!(target_os = "macos") && any(self.super_key);
        let command = if cfg!(target_os = "macos") {
            mac_cmd
        } else {
            any(self.ctrl)
        };
        Modifiers {
            alt: any(self.alt),
            ctrl: any(self.ctrl),
            shift: any(self.shift),
            mac_cmd,
            command,
        }
    }
}

impl Translator {
    pub(super) fn new() -> Self {
        Self {
            pointer: None,
            buttons: [false; BUTTONS.len()],
            held: Held::default(),
            focused: false,
            clipboard: String::new(),
        }
    }

    /// Sets the text that *paste* inserts from now on. minifb has no system clipboard, so text
    /// travels within the program only.
    pub(super) fn copy(&mut self, text: String) {
        self.clipboard = text;
    }

    /// Appends to `events` what has changed since the last time.
    pub(super) fn translate(&mut self, polled: &Polled, pixels_per_point: f32, events: &mut Vec<Event>) {
        self.focus(polled.focused, events);
        for keystroke in &polled.keystrokes {
            match *keystroke {
                Keystroke::Down(key) => self.key(key, true, events),
                Keystroke::Up(key) => self.key(key, false, events),
                Keystroke::Character(character) => self.character(character, events),
            }
        }
        self.mouse(polled, pixels_per_point, events);
    }

    fn focus(&mut self, focused: bool, events: &mut Vec<Event>) {
        if focused == self.focused {
            return;
        }
        self.focused = focused;
        if !focused {
            // Keys that go up while another window has the keyboard are never heard of.
            self.held = Held::default();
            events.push(Event::ModifiersChanged(Modifiers::default()));
        }
        events.push(Event::WindowFocused(focused));
    }

    fn key(&mut self, key: Key, pressed: bool, events: &mut Vec<Event>) {
        if let Some(held) = self.held.slot(key) {
            *held = pressed;
            events.push(Event::ModifiersChanged(self.held.modifiers()));
            return;
        }
        let modifiers = self.held.modifiers();
        if pressed && modifiers.command {
            match key {
                Key::C => events.push(Event::Copy),
                Key::X => events.push(Event::Cut),
                Key::V => events.push(Event::Paste(self.clipboard.clone())),
                _ => {}
            }
        }
        if let Some(key) = keys::translated(key) {
            // egui itself finds out what is a repetition.
            events.push(Event::Key {
                key,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers,
            });
        }
    }

    fn character(&self, character: char, events: &mut Vec<Event>) {
        if !character.is_control() && !self.held.modifiers().command {
            events.push(Event::Text(character.to_string()));
        }
    }

    fn mouse(&mut self, polled: &Polled, pixels_per_point: f32, events: &mut Vec<Event>) {
        let modifiers = self.held.modifiers();
        let [width, height] = polled.size.map(|side| side as f32);
        let inside = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
        // A drag goes on outside the window.
        let dragging = self.buttons.contains(&true) || polled.buttons.contains(&true);
        let seen = polled
            .pointer
            .map(|[x, y]| pos2(x, y))
            .filter(|at| dragging || inside.contains(*at));
        let pointer = seen.map(|at| at / pixels_per_point);
        match pointer {
            Some(at) if self.pointer != pointer => events.push(Event::PointerMoved(at)),
            None if self.pointer.is_some() => events.push(Event::PointerGone),
            _ => {}
        }
        self.pointer = pointer;
        if let Some(pos) = pointer {
            for (index, (_, button)) in BUTTONS.into_iter().enumerate() {
                let pressed = polled.buttons[index];
                if pressed != self.buttons[index] {
                    events.push(Event::PointerButton {
                        pos,
                        button,
                        pressed,
                        modifiers,
                    });
                }
            }
            self.buttons = polled.buttons;
        }
        if polled.wheel != [0.0, 0.0] {
            events.push(Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                delta: Vec2::from(polled.wheel),
                phase: TouchPhase::Move,
                source: MouseWheelSource::Unknown,
                modifiers,
            });
        }
    }
}

#[cfg(test)]
mod tests;
