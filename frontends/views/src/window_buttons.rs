//! Buttons at the right end of the top bar that are about the window, not the run: lessons, files, theme and
//! keys; and the map of a sweep, if one is at hand.

use egui::{Context, Pos2, Rect, Theme, Ui, vec2};

use crate::files::Purpose;
use crate::help::Help;
use crate::icons::Icon;
use crate::lesson::Lessons;
use crate::style::Look;
use crate::sweep_map::SweepPage;
use crate::widgets::{IconButton, Pressable};

/// A button's side.
const SIDE: f32 = 30.0;

/// How wide they are together.
pub(crate) fn width(sweep: Option<&SweepPage>, look: Look) -> f32 {
    let buttons = if sweep.is_some() { 5.0 } else { 4.0 };
    look.of(buttons * SIDE)
}

/// Shows them, their right middle given; the one of a sweep where there is one. Returns what files
/// are asked for.
pub(crate) fn show(
    ui: &mut Ui,
    right_middle: Pos2,
    help: &mut Help,
    lessons: &mut Lessons,
    sweep: Option<&mut SweepPage>,
    look: Look,
) -> Option<Purpose> {
    let side = look.of(SIDE);
    let disc = |place: f32| {
        let centre = right_middle - vec2((place + 0.5) * side, 0.0);
        Rect::from_center_size(centre, vec2(side, side))
    };
    let button = |icon, name, hint| IconButton {
        icon,
        name,
        hint,
        colour: look.colours.text,
        pressable: Pressable::Yes,
    };
    // From left to right, as the keyboard goes.
    if let Some(sweep) = sweep {
        let button = button(
            Icon::Map,
            "Sweep map",
            "The sweep's map, to open another of its runs",
        );
        if button.show_plain(ui, disc(4.0), look).clicked() {
            sweep.toggle();
        }
    }
    let book = button(
        Icon::Lessons,
        "Lessons",
        "Learn GANs step by step, with something to try on every few pages",
    );
    if book.show_plain(ui, disc(3.0), look).clicked() {
        lessons.toggle_list();
    }
    let files = button(
        Icon::Folder,
        "Files",
        "Open a recording, points, parameters or a model; or save this run (Ctrl O, Ctrl S)",
    );
    let asked = files.show_plain(ui, disc(2.0), look).clicked();
    let (name, hint) = match ui.theme() {
        Theme::Light => ("Dark", "Dark colours, for dark rooms and projectors"),
        Theme::Dark => ("Light", "Light colours, as on GAN Lab's page"),
    };
    if button(Icon::Theme, name, hint)
        .show_plain(ui, disc(1.0), look)
        .clicked()
    {
        toggle_theme(ui.ctx());
    }
    let keys = button(
        Icon::Help,
        "Keys",
        "Everything that can be done from the keyboard",
    );
    if keys.show_plain(ui, disc(0.0), look).clicked() {
        help.toggle();
    }
    asked.then_some(Purpose::Open)
}

/// From light to dark and back, from the next frame on.
pub(crate) fn toggle_theme(context: &Context) {
    context.set_theme(match context.theme() {
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::Light,
    });
}
