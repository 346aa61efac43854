//! Every key and what it does: one table, read by whoever presses a key and by the page that shows them.

use egui::{Context, Event, Key, Modifiers};

use crate::layers::Layer;

/// What can be done from the keyboard alone, beyond going from control to control with Tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shortcut {
    /// Plays, or pauses.
    PlayOrPause,
    /// Begins anew with the same seed.
    Reset,
    /// Begins anew with the next seed.
    NewSeed,
    /// One epoch.
    StepBoth,
    /// One update of the discriminator.
    StepDiscriminator,
    /// One update of the generator.
    StepGenerator,
    /// The next phase of an update.
    StepPhase,
    /// Slow motion, or back to the pace before.
    SlowMotion,
    /// A little slower.
    Slower,
    /// A little faster.
    Faster,
    /// Shows or hides a layer.
    Layer(Layer),
    /// The other theme.
    Theme,
    /// The page of keys.
    Help,
    /// Closes what is open.
    Close,
}

/// A key, alone or with Shift, and what it does.
struct Binding {
    shortcut: Shortcut,
    key: Key,
    modifiers: Modifiers,
    /// Whether it does it again and again while it is held down.
    held: Held,
}

#[derive(Clone, Copy, PartialEq)]
enum Held {
    Once,
    Repeats,
}

const fn once(shortcut: Shortcut, key: Key) -> Binding {
    Binding {
        shortcut,
        key,
        modifiers: Modifiers::NONE,
        held: Held::Once,
    }
}

const fn repeats(shortcut: Shortcut, key: Key) -> Binding {
    Binding {
        held: Held::Repeats,
        ..once(shortcut, key)
    }
}

/// Layers by number, in the order of the legend.
pub(crate) const NUMBERED: [(Key, Layer); 6] = [
    (Key::Num1, Layer::Real),
    (Key::Num2, Layer::Fake),
    (Key::Num3, Layer::Contour),
    (Key::Num4, Layer::Manifold),
    (Key::Num5, Layer::Gradients),
    (Key::Num6, Layer::Heatmap),
];

const BINDINGS: [Binding; 14] = [
    once(Shortcut::PlayOrPause, Key::Space),
    once(Shortcut::Reset, Key::R),
    once(Shortcut::NewSeed, Key::N),
    repeats(Shortcut::StepBoth, Key::S),
    repeats(Shortcut::StepDiscriminator, Key::D),
    repeats(Shortcut::StepGenerator, Key::G),
    repeats(Shortcut::StepPhase, Key::P),
    once(Shortcut::SlowMotion, Key::M),
    repeats(Shortcut::Slower, Key::ArrowLeft),
    repeats(Shortcut::Faster, Key::ArrowRight),
    once(Shortcut::Theme, Key::T),
    once(Shortcut::Help, Key::F1),
    once(Shortcut::Help, Key::Questionmark),
    once(Shortcut::Close, Key::Escape),
];

/// What was asked for by keys since the last frame, in order. Nothing while somebody types into a field;
/// and what a control with the focus wants itself (space, arrows) stays with it.
pub(crate) fn pressed(context: &Context) -> Vec<Shortcut> {
    if context.text_edit_focused() {
        return Vec::new();
    }
    let focused = context.memory(|memory| memory.focused().is_some());
    context.input(|input| {
        input
            .events
            .iter()
            .filter_map(|event| asked(event, focused))
            .collect()
    })
}

fn asked(event: &Event, focused: bool) -> Option<Shortcut> {
    let (key, repeat, modifiers) = match event {
        Event::Key {
            key,
            pressed: true,
            repeat,
            modifiers,
            ..
        } => (*key, *repeat, *modifiers),
        // Where the key with the question mark is depends on the keyboard; the character does not.
        Event::Text(text) if text == "?" => return Some(Shortcut::Help),
        _ => return None,
    };
    let of_the_focused = matches!(
        key,
        Key::Space
            | Key::Enter
            | Key::Escape
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::ArrowDown
    );
    if focused && of_the_focused {
        return None;
    }
    let numbered = NUMBERED.iter().find(|(number, _)| *number == key);
    if let (Some((_, layer)), true, false) = (numbered, modifiers.is_none(), repeat) {
        return Some(Shortcut::Layer(*layer));
    }
    BINDINGS
        .iter()
        .find(|binding| binding.key == key && binding.modifiers == modifiers)
        .filter(|binding| !repeat || binding.held == Held::Repeats)
        .map(|binding| binding.shortcut)
}

/// The page of keys: groups of keys as they are engraved, and what they do.
pub(crate) const PAGE: [(&str, &[(&str, &str)]); 3] = [
    (
        "Training",
        &[
            ("Space", "play, pause"),
            ("R", "reset: the same seed again"),
            ("N", "new seed"),
            ("S", "step both networks: one epoch"),
            ("D", "step the discriminator alone"),
            ("G", "step the generator alone"),
            ("M", "slow motion, and back"),
            ("P", "next phase, by hand"),
            ("Left  Right", "slower, faster"),
        ],
    ),
    (
        "Layers",
        &[
            ("1", "real samples"),
            ("2", "fake samples"),
            ("3", "density contour"),
            ("4", "manifold"),
            ("5", "gradients"),
            ("6", "discriminator heatmap"),
        ],
    ),
    (
        "Window",
        &[
            ("Tab", "from control to control"),
            ("Enter", "press the control"),
            ("T", "light or dark"),
            ("Ctrl +  Ctrl −", "larger, smaller"),
            ("?", "this page"),
            ("Esc", "close, leave a control"),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: Key, modifiers: Modifiers, repeat: bool) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat,
            modifiers,
        }
    }

    #[test]
    fn no_key_means_two_things() {
        let mut keys: Vec<_> = BINDINGS
            .iter()
            .map(|binding| (binding.key, binding.modifiers))
            .collect();
        keys.extend(NUMBERED.map(|(key, _)| (key, Modifiers::NONE)));
        for (index, key) in keys.iter().enumerate() {
            assert!(!keys[index + 1..].contains(key), "{key:?}");
        }
    }

    #[test]
    fn held_keys_repeat_only_where_that_makes_sense() {
        let held = |key| asked(&press(key, Modifiers::NONE, true), false);
        assert_eq!(held(Key::S), Some(Shortcut::StepBoth));
        assert_eq!(held(Key::Space), None);
        assert_eq!(held(Key::Num1), None);
    }

    #[test]
    fn a_focused_control_keeps_its_keys_and_commands_of_the_system_are_none_of_ours() {
        let plain = |key, focused| asked(&press(key, Modifiers::NONE, false), focused);
        assert_eq!(plain(Key::Space, false), Some(Shortcut::PlayOrPause));
        assert_eq!(plain(Key::Space, true), None);
        assert_eq!(plain(Key::R, true), Some(Shortcut::Reset));
        assert_eq!(asked(&press(Key::R, Modifiers::CTRL, false), false), None);
        assert_eq!(asked(&Event::Text("?".into()), true), Some(Shortcut::Help));
    }
}
