//! Events that reach egui, for given polled states.

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
