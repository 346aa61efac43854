//! From what a window was polled for to egui's events.
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

/// What a window says when it is asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Polled {
    /// Width and height of the window's inside, in pixels.
    pub(super) size: [usize; 2],
    /// Where the mouse is, in pixels from the left top corner; outside too.
    pub(super) pointer: Option<[f32; 2]>,
    /// Which of [`BUTTONS`] are down.
    pub(super) buttons: [bool; BUTTONS.len()],
    /// Notches the wheel was turned since the last time: right, up.
    pub(super) wheel: [f32; 2],
    /// What was typed since the last time, in order.
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

/// Which modifier keys are down, left and right on their own.
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

    /// What *paste* will insert from now on. minifb has no system clipboard, so text travels
    /// within the program only.
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
mod tests {
    use super::*;

    fn still() -> Polled {
        Polled {
            size: [200, 100],
            pointer: Some([-50.0, -50.0]),
            buttons: [false; 5],
            wheel: [0.0; 2],
            keystrokes: Vec::new(),
            focused: true,
        }
    }

    /// A translator that already knows of the focus.
    fn translator() -> Translator {
        let mut translator = Translator::new();
        assert_eq!(events(&mut translator, &still()), [Event::WindowFocused(true)]);
        translator
    }

    fn events(translator: &mut Translator, polled: &Polled) -> Vec<Event> {
        let mut events = Vec::new();
        translator.translate(polled, 2.0, &mut events);
        events
    }

    fn typed(translator: &mut Translator, keystrokes: &[Keystroke]) -> Vec<Event> {
        events(
            translator,
            &Polled {
                keystrokes: keystrokes.to_vec(),
                ..still()
            },
        )
    }

    fn pressing(key: egui::Key, pressed: bool, modifiers: Modifiers) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        }
    }

    #[test]
    fn nothing_new_is_no_event() {
        let mut translator = translator();
        let hovering = Polled {
            pointer: Some([20.0, 20.0]),
            ..still()
        };
        assert_eq!(
            events(&mut translator, &hovering),
            [Event::PointerMoved(pos2(10.0, 10.0))]
        );
        assert_eq!(events(&mut translator, &hovering), []);
    }

    #[test]
    fn a_click_moves_presses_and_releases_in_points() {
        let mut translator = translator();
        let at = pos2(30.0, 40.0);
        let down = Polled {
            pointer: Some([60.0, 80.0]),
            buttons: [true, false, false, false, false],
            ..still()
        };
        let button = |pressed| Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::default(),
        };
        assert_eq!(
            events(&mut translator, &down),
            [Event::PointerMoved(at), button(true)]
        );
        let up = Polled {
            buttons: [false; 5],
            ..down
        };
        assert_eq!(events(&mut translator, &up), [button(false)]);
    }

    #[test]
    fn the_mouse_leaves_but_a_drag_does_not() {
        let mut translator = translator();
        let inside = Polled {
            pointer: Some([10.0, 10.0]),
            ..still()
        };
        events(&mut translator, &inside);
        assert_eq!(events(&mut translator, &still()), [Event::PointerGone]);
        let buttons = [true, false, false, false, false];
        events(&mut translator, &Polled { buttons, ..inside });
        let dragged = Polled { buttons, ..still() };
        assert_eq!(
            events(&mut translator, &dragged),
            [Event::PointerMoved(pos2(-25.0, -25.0))]
        );
        // The release outside is still heard, the departure after it.
        let released = events(&mut translator, &still());
        assert!(
            matches!(released[..], [Event::PointerButton { pressed: false, .. }]),
            "{released:?}"
        );
        assert_eq!(events(&mut translator, &still()), [Event::PointerGone]);
    }

    #[test]
    fn every_button_is_told_apart() {
        let mut translator = translator();
        for index in 0..BUTTONS.len() {
            let mut buttons = [false; 5];
            buttons[index] = true;
            let polled = Polled {
                pointer: Some([1.0, 1.0]),
                buttons,
                ..still()
            };
            let pressed: Vec<_> = events(&mut translator, &polled)
                .into_iter()
                .filter_map(|event| match event {
                    Event::PointerButton {
                        button,
                        pressed: true,
                        ..
                    } => Some(button),
                    _ => None,
                })
                .collect();
            assert_eq!(pressed, [BUTTONS[index].1]);
        }
    }

    #[test]
    fn the_wheel_scrolls_by_lines_with_modifiers() {
        let mut translator = translator();
        typed(&mut translator, &[Keystroke::Down(Key::LeftCtrl)]);
        let scrolled = events(
            &mut translator,
            &Polled {
                wheel: [0.0, -2.0],
                ..still()
            },
        );
        let [
            Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                delta,
                modifiers,
                ..
            },
        ] = scrolled[..]
        else {
            panic!("{scrolled:?}");
        };
        assert_eq!((delta, modifiers.ctrl), (vec2(0.0, -2.0), true));
    }

    #[test]
    fn keys_and_text_keep_their_order() {
        let none = Modifiers::default();
        let strokes = [
            Keystroke::Down(Key::A),
            Keystroke::Character('a'),
            Keystroke::Up(Key::A),
            Keystroke::Down(Key::Enter),
            Keystroke::Character('\r'),
            Keystroke::Character('é'),
        ];
        let expected = [
            pressing(egui::Key::A, true, none),
            Event::Text("a".to_owned()),
            pressing(egui::Key::A, false, none),
            pressing(egui::Key::Enter, true, none),
            Event::Text("é".to_owned()),
        ];
        assert_eq!(typed(&mut translator(), &strokes), expected);
    }

    #[test]
    fn a_modifier_lasts_until_both_its_keys_are_up() {
        let mut translator = translator();
        let both = [Keystroke::Down(Key::LeftShift), Keystroke::Down(Key::RightShift)];
        typed(&mut translator, &both);
        let changed = |shift| {
            Event::ModifiersChanged(Modifiers {
                shift,
                ..Modifiers::default()
            })
        };
        assert_eq!(
            typed(&mut translator, &[Keystroke::Up(Key::LeftShift)]),
            [changed(true)]
        );
        assert_eq!(
            typed(&mut translator, &[Keystroke::Up(Key::RightShift)]),
            [changed(false)]
        );
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn ctrl_copies_and_pastes_and_types_nothing() {
        let mut translator = translator();
        translator.copy("0.03".to_owned());
        typed(&mut translator, &[Keystroke::Down(Key::LeftCtrl)]);
        let ctrl = Modifiers {
            ctrl: true,
            command: true,
            ..Modifiers::default()
        };
        let strokes = [
            Keystroke::Down(Key::C),
            Keystroke::Character('c'),
            Keystroke::Down(Key::V),
        ];
        let expected = [
            Event::Copy,
            pressing(egui::Key::C, true, ctrl),
            Event::Paste("0.03".to_owned()),
            pressing(egui::Key::V, true, ctrl),
        ];
        assert_eq!(typed(&mut translator, &strokes), expected);
    }

    #[test]
    fn losing_the_keyboard_lets_go_of_modifiers() {
        let mut translator = translator();
        typed(&mut translator, &[Keystroke::Down(Key::LeftCtrl)]);
        let expected = [
            Event::ModifiersChanged(Modifiers::default()),
            Event::WindowFocused(false),
        ];
        assert_eq!(
            events(
                &mut translator,
                &Polled {
                    focused: false,
                    ..still()
                }
            ),
            expected
        );
        events(&mut translator, &still());
        assert_eq!(
            typed(&mut translator, &[Keystroke::Character('x')]),
            [Event::Text("x".to_owned())]
        );
    }
}
