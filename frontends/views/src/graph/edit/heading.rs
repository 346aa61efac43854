//! The graph's heading, with the pencil beside it; in edit mode with a line that says what the round
//! arrows mean.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::{Editing, sign};
use crate::graph::layout::GraphLayout;
use crate::icons::Icon;
use crate::style::Look;
use crate::text;
use crate::widgets::{IconButton, Pressable};

/// Shows it; after the pencil whose graph it is, if there are two runs.
pub(in crate::graph) fn show(
    ui: &mut Ui,
    layout: &GraphLayout,
    whose: Option<&str>,
    editing: &mut Editing,
    look: Look,
) {
    let heading = text::heading(ui.painter(), layout.heading(), "Model overview graph", look);
    let side = look.of(24.0);
    let centre = pos2(heading.right() + look.of(6.0) + 0.5 * side, heading.center().y);
    let disc = Rect::from_center_size(centre, vec2(side, side));
    editing.pencil = Some(disc);
    pencil(ui, disc, editing, look);
    if let Some(words) = whose {
        let place = pos2(disc.right() + look.of(8.0), heading.center().y);
        let (font, colour) = (look.small(), look.colours.faint);
        text::label(ui, place, Align2::LEFT_CENTER, words, font, colour);
    }
    if editing.is_on() {
        line(ui, heading, look);
    }
}

/// Shows the heading in a row above a graph that scrolls, or above the form; see also [`show`].
pub(in crate::graph) fn show_row(
    ui: &mut Ui,
    row: Rect,
    whose: Option<&str>,
    editing: &mut Editing,
    look: Look,
) {
    let side = look.target(24.0);
    let centre = pos2(row.right() - look.of(8.0) - 0.5 * side, row.center().y);
    let disc = Rect::from_center_size(centre, vec2(side, side));
    editing.pencil = Some(disc);
    let corner = pos2(row.left() + look.of(12.0), row.top() + look.of(6.0));
    let heading = text::heading(ui.painter(), corner, "Model overview graph", look);
    pencil(ui, disc, editing, look);
    if editing.is_on() {
        line(ui, heading.translate(vec2(0.0, -look.of(1.0))), look);
    } else if let Some(words) = whose {
        let place = heading.left_bottom() + vec2(0.0, look.of(9.0));
        let (font, colour) = (look.small(), look.colours.faint);
        text::label(ui, place, Align2::LEFT_CENTER, words, font, colour);
    }
}

fn pencil(ui: &mut Ui, disc: Rect, editing: &mut Editing, look: Look) {
    let button = IconButton {
        icon: Icon::Pencil,
        name: "Edit hyper-parameters",
        hint: "Set layers, neurons, learning rates and more where they belong",
        colour: look.colours.pencil,
        pressable: Pressable::Yes,
    };
    if button.show_toggle(ui, disc, editing.is_on(), look).clicked() {
        editing.toggle();
    }
}

/// 'Controls with ⟲ begin the run anew; ≡ open techniques', the signs drawn: fonts may lack them.
fn line(ui: &mut Ui, heading: Rect, look: Look) {
    let left_middle = pos2(heading.left(), heading.bottom() + look.of(11.0));
    let painter = ui.painter();
    let write = |left_middle, words| {
        painter.text(
            left_middle,
            Align2::LEFT_CENTER,
            words,
            look.small(),
            look.colours.faint,
        )
    };
    let first = write(left_middle, "Controls with");
    let gap = vec2(look.of(3.5), 0.0);
    let after = sign::paint(painter, first.right_center() + gap, look);
    let last = write(after + gap, "begin the run anew;");
    let side = look.of(9.0);
    let begin = last.right_center() + 2.0 * gap;
    let square = Rect::from_min_size(begin - vec2(0.0, 0.5 * side), vec2(side, side));
    Icon::Sliders.paint(painter, square, look.colours.faint);
    let opens = write(square.right_center() + gap, "open techniques.");
    text::announce(
        ui,
        first.union(last),
        "Controls with a round arrow begin the run anew.",
    );
    text::announce(ui, square.union(opens), "Buttons with sliders open techniques.");
}
