//! Keys and modifiers as browsers tell them.

use egui::{Key, Modifiers};

/// The modifiers that are held, from the bits that `page.js` sends.
#[must_use]
pub(crate) const fn modifiers(bits: u32) -> Modifiers {
    const fn bit(bits: u32, place: u32) -> bool {
        bits >> place & 1 == 1
    }
    Modifiers {
        shift: bit(bits, 0),
        ctrl: bit(bits, 1),
        alt: bit(bits, 2),
        mac_cmd: bit(bits, 3),
        // Ctrl, or on a Mac the key ⌘.
        command: bit(bits, 4),
    }
}

/// The key by `KeyboardEvent.key` or, where that is a letter of another script, by its place, `.code`.
#[must_use]
pub(crate) fn key(key: &str, code: &str) -> Option<Key> {
    Key::from_name(key).or_else(|| Key::from_name(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_browsers_names() {
        assert_eq!(key("ArrowLeft", "ArrowLeft"), Some(Key::ArrowLeft));
        assert_eq!(key(" ", "Space"), Some(Key::Space));
        assert_eq!(key("S", "KeyS"), Some(Key::S));
        assert_eq!(key("ы", "KeyS"), Some(Key::S), "another script");
        assert_eq!(key("?", "Slash"), Some(Key::Questionmark));
        assert_eq!(key("Unidentified", ""), None);
    }

    #[test]
    fn modifiers_are_bits() {
        assert_eq!(modifiers(0), Modifiers::NONE);
        assert_eq!(modifiers(0b10010), Modifiers::CTRL | Modifiers::COMMAND);
        assert_eq!(
            modifiers(0b11001),
            Modifiers::SHIFT | Modifiers::MAC_CMD | Modifiers::COMMAND
        );
    }
}
