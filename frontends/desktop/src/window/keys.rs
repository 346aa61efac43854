//! minifb's keys as egui's.

use egui::Key as To;
use minifb::Key as From;

/// The key egui knows; `None` for one that it does not tell apart or has no name for
/// (modifiers come as modifiers, not as keys).
pub(super) fn translated(key: From) -> Option<To> {
    Some(match key {
        From::Key0 | From::NumPad0 => To::Num0,
        From::Key1 | From::NumPad1 => To::Num1,
        From::Key2 | From::NumPad2 => To::Num2,
        From::Key3 | From::NumPad3 => To::Num3,
        From::Key4 | From::NumPad4 => To::Num4,
        From::Key5 | From::NumPad5 => To::Num5,
        From::Key6 | From::NumPad6 => To::Num6,
        From::Key7 | From::NumPad7 => To::Num7,
        From::Key8 | From::NumPad8 => To::Num8,
        From::Key9 | From::NumPad9 => To::Num9,
        From::A => To::A,
        From::B => To::B,
        From::C => To::C,
        From::D => To::D,
        From::E => To::E,
        From::F => To::F,
        From::G => To::G,
        From::H => To::H,
        From::I => To::I,
        From::J => To::J,
        From::K => To::K,
        From::L => To::L,
        From::M => To::M,
        From::N => To::N,
        From::O => To::O,
        From::P => To::P,
        From::Q => To::Q,
        From::R => To::R,
        From::S => To::S,
        From::T => To::T,
        From::U => To::U,
        From::V => To::V,
        From::W => To::W,
        From::X => To::X,
        From::Y => To::Y,
        From::Z => To::Z,
        From::F1 => To::F1,
        From::F2 => To::F2,
        From::F3 => To::F3,
        From::F4 => To::F4,
        From::F5 => To::F5,
        From::F6 => To::F6,
        From::F7 => To::F7,
        From::F8 => To::F8,
        From::F9 => To::F9,
        From::F10 => To::F10,
        From::F11 => To::F11,
        From::F12 => To::F12,
        From::F13 => To::F13,
        From::F14 => To::F14,
        From::F15 => To::F15,
        From::Down => To::ArrowDown,
        From::Left => To::ArrowLeft,
        From::Right => To::ArrowRight,
        From::Up => To::ArrowUp,
        From::Home => To::Home,
        From::End => To::End,
        From::PageUp => To::PageUp,
        From::PageDown => To::PageDown,
        From::Insert => To::Insert,
        From::Delete => To::Delete,
        From::Backspace => To::Backspace,
        From::Enter | From::NumPadEnter => To::Enter,
        From::Escape => To::Escape,
        From::Space => To::Space,
        From::Tab => To::Tab,
        From::Apostrophe => To::Quote,
        From::Backquote => To::Backtick,
        From::Backslash => To::Backslash,
        From::Comma => To::Comma,
        From::Equal => To::Equals,
        From::LeftBracket => To::OpenBracket,
        From::RightBracket => To::CloseBracket,
        From::Minus | From::NumPadMinus => To::Minus,
        From::NumPadPlus => To::Plus,
        From::Period | From::NumPadDot => To::Period,
        From::Semicolon => To::Semicolon,
        From::Slash | From::NumPadSlash => To::Slash,
        From::NumPadAsterisk
        | From::Menu
        | From::Pause
        | From::NumLock
        | From::CapsLock
        | From::ScrollLock
        | From::LeftShift
        | From::RightShift
        | From::LeftCtrl
        | From::RightCtrl
        | From::LeftAlt
        | From::RightAlt
        | From::LeftSuper
        | From::RightSuper
        | From::Unknown
        | From::Count => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_and_function_keys_keep_their_names() {
        let letters = [From::A, From::M, From::Z].map(translated);
        assert_eq!(letters, [Some(To::A), Some(To::M), Some(To::Z)]);
        assert_eq!(
            [From::Key0, From::NumPad9].map(translated),
            [Some(To::Num0), Some(To::Num9)]
        );
        assert_eq!(
            [From::F1, From::F15].map(translated),
            [Some(To::F1), Some(To::F15)]
        );
    }

    #[test]
    fn keys_that_edit_and_move_are_known() {
        let known = [
            From::Left,
            From::Up,
            From::Backspace,
            From::Delete,
            From::NumPadEnter,
            From::Tab,
        ];
        let expected = [
            To::ArrowLeft,
            To::ArrowUp,
            To::Backspace,
            To::Delete,
            To::Enter,
            To::Tab,
        ];
        assert_eq!(known.map(translated), expected.map(Some));
    }

    #[test]
    fn modifiers_are_no_keys() {
        for key in [
            From::LeftShift,
            From::RightCtrl,
            From::LeftAlt,
            From::RightSuper,
            From::CapsLock,
        ] {
            assert_eq!(translated(key), None, "{key:?}");
        }
    }
}
