//! Every key and what it does: one table, read by whoever presses a key and by the page that shows them.

use egui::{Context, Event, Key, Modifiers, Popup};

use crate::layers::Layer;

/// Actions of the keyboard alone, beyond going from control to control with Tab.
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
    /// The layers of the next question, or of the one before.
    Question(Toward),
    /// The heatmap cell by cell or pixel by pixel.
    Resolution,
    /// Plays how the generator warps its noise.
    Warp,
    /// Walks through the noise.
    Walk,
    /// Charts or, in slow motion, steps.
    Charts,
    /// Formulas of the phases, or none.
    Formulas,
    /// Fewer epochs in the charts.
    ZoomIn,
    /// More epochs in the charts.
    ZoomOut,
    /// Earlier or later epochs in zoomed charts.
    Pan(Toward),
    /// All epochs in the charts.
    WholeRun,
    /// Hyper-parameters as controls, or as words.
    Edit,
    /// Chooses two runs to compare.
    Compare,
    /// Opens the drawing board.
    Draw,
    /// Takes the last stroke away.
    Undo,
    /// Puts it back.
    Redo,
    /// Takes all strokes away.
    Clear,
    /// Learns what was drawn.
    Learn,
    /// The page of files, to open one.
    Open,
    /// The same, to save something of the run.
    Save,
    /// The list of lessons.
    Lessons,
    /// The other theme.
    Theme,
    /// The map of the sweep at hand.
    Sweep,
    /// When to pause by itself.
    Stops,
    /// The evidence of a diagnosis.
    Diagnosis,
    /// The page of keys.
    Help,
    /// Closes what is open.
    Close,
}

/// One of two directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Toward {
    /// The one before.
    Previous,
    /// The one after.
    Next,
}

/// A key, alone or with others held, and what it does.
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

const fn with(modifiers: Modifiers, binding: Binding) -> Binding {
    Binding { modifiers, ..binding }
}

/// Layers by number, in the order of the legend.
pub(crate) const NUMBERED: [(Key, Layer); 7] = [
    (Key::Num1, Layer::Real),
    (Key::Num2, Layer::Fake),
    (Key::Num3, Layer::Contour),
    (Key::Num4, Layer::Manifold),
    (Key::Num5, Layer::Gradients),
    (Key::Num6, Layer::Heatmap),
    (Key::Num7, Layer::Average),
];

const BINDINGS: [Binding; 41] = [
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
    once(Shortcut::Question(Toward::Previous), Key::ArrowUp),
    once(Shortcut::Question(Toward::Next), Key::ArrowDown),
    once(Shortcut::Resolution, Key::H),
    once(Shortcut::Warp, Key::W),
    once(Shortcut::Walk, Key::Z),
    once(Shortcut::Charts, Key::C),
    once(Shortcut::Formulas, Key::F),
    repeats(Shortcut::ZoomIn, Key::Plus),
    repeats(Shortcut::ZoomIn, Key::Equals),
    repeats(Shortcut::ZoomOut, Key::Minus),
    repeats(Shortcut::Pan(Toward::Previous), Key::PageUp),
    repeats(Shortcut::Pan(Toward::Next), Key::PageDown),
    once(Shortcut::WholeRun, Key::Home),
    once(Shortcut::Edit, Key::E),
    once(Shortcut::Compare, Key::A),
    once(Shortcut::Draw, Key::B),
    with(Modifiers::COMMAND, repeats(Shortcut::Undo, Key::Z)),
    with(
        Modifiers::COMMAND.plus(Modifiers::SHIFT),
        repeats(Shortcut::Redo, Key::Z),
    ),
    with(Modifiers::COMMAND, repeats(Shortcut::Redo, Key::Y)),
    once(Shortcut::Clear, Key::Delete),
    once(Shortcut::Learn, Key::Enter),
    with(Modifiers::COMMAND, once(Shortcut::Open, Key::O)),
    with(Modifiers::COMMAND, once(Shortcut::Save, Key::S)),
    once(Shortcut::Lessons, Key::L),
    once(Shortcut::Theme, Key::T),
    once(Shortcut::Sweep, Key::V),
    once(Shortcut::Stops, Key::U),
    once(Shortcut::Diagnosis, Key::I),
    once(Shortcut::Help, Key::F1),
    once(Shortcut::Help, Key::Questionmark),
    once(Shortcut::Close, Key::Escape),
];

/// Shortcuts pressed since the last frame, in order. None while somebody types into a field; and
/// keys (space, arrows) of a control with the focus or of an open menu stay with it.
pub(crate) fn pressed(context: &Context) -> Vec<Shortcut> {
    if context.text_edit_focused() {
        return Vec::new();
    }
    let focused = context.memory(|memory| memory.focused().is_some()) || Popup::is_any_open(context);
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
        // The key of the question mark depends on the keyboard; the character does not.
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
            | Key::Home
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
        .find(|binding| binding.key == key && modifiers.matches_exact(binding.modifiers))
        .filter(|binding| !repeat || binding.held == Held::Repeats)
        .map(|binding| binding.shortcut)
}

/// The page of keys: groups of keys as they are engraved, and what they do.
pub(crate) const PAGE: [(&str, &[(&str, &str)]); 3] = [
    (
        "Training",
        &[
            ("Space", "play, pause"),
            ("E", "edit the hyper-parameters"),
            ("R", "reset: the same seed again"),
            ("N", "new seed"),
            ("S", "step both networks: one epoch"),
            ("D", "step the discriminator alone"),
            ("G", "step the generator alone"),
            ("M", "slow motion, and back"),
            ("P", "next phase, by hand"),
            ("F", "formulas in slow motion"),
            ("U", "until when: pause by itself"),
            ("Left  Right", "slower, faster"),
        ],
    ),
    (
        "Pictures",
        &[
            ("1", "real samples"),
            ("2", "fake samples"),
            ("3", "density contour"),
            ("4", "manifold"),
            ("5", "gradients"),
            ("6", "discriminator heatmap"),
            ("7", "averaged generator"),
            ("H", "heatmap in cells or pixels"),
            ("W", "how the generator warps its noise"),
            ("Z", "a walk through the noise"),
            ("Up  Down", "the three questions"),
            ("A", "two runs, A and B, side by side"),
            ("C", "charts or steps in slow motion"),
            ("I", "the diagnosis and its reasons"),
        ],
    ),
    (
        "Charts, drawing, window",
        &[
            ("+  −  Home", "charts: nearer, farther, all"),
            ("PgUp  PgDn", "earlier, later epochs"),
            ("B", "the brush: draw data"),
            ("Ctrl Z  Ctrl Y", "undo, redo a stroke"),
            ("Del  Enter", "clear, learn the drawing"),
            ("Tab", "from control to control"),
            ("V", "the map of a sweep, if one is open"),
            ("Ctrl O  Ctrl S", "open a file, save this run"),
            ("L", "lessons"),
            ("T", "light or dark"),
            ("Ctrl +  Ctrl −", "larger, smaller"),
            ("?", "this page"),
            ("Esc", "close, cancel, leave a control"),
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
