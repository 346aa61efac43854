//! The tools below the sheet: what to do, in a sentence; the brush's size; back, forth and away; and
//! whether to learn the points or not.

use egui::style::HandleShape;
use egui::{Align2, Rect, Slider, Stroke, Style, Ui, WidgetInfo, pos2, vec2};
use lab::Drawing;
use lab::setup::drawing::MOST_DRAWN;

use super::brush::BrushRadius;
use super::sketch::Sketch;
use crate::style::{Hand, Look};
use crate::text;
use crate::widgets::{Pressable, PushButton, Weight};

/// A person's request to a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Takes another brush: its size is to be seen.
    Size,
    Undo,
    Redo,
    Clear,
    Cancel,
    Learn,
}

/// Shows the tools; `present` is what the run could learn without the sheet.
pub(super) fn show(
    ui: &mut Ui,
    room: Rect,
    sketch: &Sketch,
    radius: &mut BrushRadius,
    present: &Drawing,
    look: Look,
) -> Option<Asked> {
    let words = advice(sketch, present);
    let galley = ui
        .painter()
        .layout(words.clone(), look.body(), look.colours.text, room.width());
    let sentence = Rect::from_min_size(room.min, galley.size());
    ui.painter().galley(room.min, galley, look.colours.text);
    text::announce(ui, sentence, &words);

    // Two lines of words have room, so that nothing moves when they change.
    let row = |top: f32| {
        Rect::from_min_size(
            room.min + vec2(0.0, look.of(top)),
            vec2(room.width(), look.target(28.0)),
        )
    };
    let from_strip = strip(ui, row(44.0), sketch, radius, look);
    let from_end = ending(ui, row(88.0), sketch, look);
    from_end.or(from_strip)
}

/// One sentence for a beginner, of what can be done next.
fn advice(sketch: &Sketch, present: &Drawing) -> String {
    if sketch.is_full() {
        let most = text::count(MOST_DRAWN as u64);
        return format!("The paper is full: {most} points are as many as fit. Learn them, or undo a stroke.");
    }
    let count = present.points().len();
    if count > MOST_DRAWN && !sketch.can_undo() {
        let count = text::count(count as u64);
        return format!(
            "Your {count} points are too many to draw on, so the paper is empty: draw new ones, or cancel."
        );
    }
    "Drag the brush over the paper to put down points, then let the generator learn to make points like \
     them."
        .to_owned()
}

/// The brush's size, and what can be done to strokes.
fn strip(ui: &mut Ui, row: Rect, sketch: &Sketch, radius: &mut BrushRadius, look: Look) -> Option<Asked> {
    let (gap, width) = (look.of(6.0), look.of(62.0));
    let button = |index: usize| {
        let right = row.right() - (2 - index) as f32 * (width + gap);
        Rect::from_min_max(pos2(right - width, row.top()), pos2(right, row.bottom()))
    };
    let caption = text_left(ui, row, "Brush", look);
    let slider = Rect::from_min_max(
        pos2(caption.right() + look.of(10.0), row.top()),
        pos2(button(0).left() - look.of(16.0), row.bottom()),
    );
    let mut asked = size(ui, slider, radius, look);
    let possible = |possible| if possible { Pressable::Yes } else { Pressable::No };
    let tools = [
        (
            "Undo",
            "Take the last stroke back",
            possible(sketch.can_undo()),
            Asked::Undo,
        ),
        (
            "Redo",
            "Do again what was undone",
            possible(sketch.can_redo()),
            Asked::Redo,
        ),
        (
            "Clear",
            "Take all points away; can be undone",
            possible(sketch.len() > 0),
            Asked::Clear,
        ),
    ];
    for (index, (name, hint, pressable, what)) in tools.into_iter().enumerate() {
        let words = PushButton {
            icon: None,
            words: name,
            hint,
            pressable,
            weight: Weight::Plain,
            font: look.body(),
        };
        if words.show(ui, button(index), look).clicked() {
            asked = Some(what);
        }
    }
    asked
}

/// A slider; asks to see the brush while it is touched.
fn size(ui: &mut Ui, rect: Rect, radius: &mut BrushRadius, look: Look) -> Option<Asked> {
    let mut share = radius.get();
    let slider = Slider::new(&mut share, BrushRadius::RANGE)
        .step_by(0.005)
        .show_value(false)
        .handle_shape(HandleShape::Circle)
        .trailing_fill(true);
    let response = ui.scope(|ui| {
        as_of_the_pace(ui.style_mut(), rect, look);
        ui.put(rect, slider)
    });
    let response = response.inner;
    response.widget_info(|| {
        let percent = (200.0 * share).round();
        let mut info = WidgetInfo::slider(true, f64::from(share), "Brush size");
        info.current_text_value = Some(format!("{percent} % of the paper's width"));
        info
    });
    *radius = BrushRadius::nearest(share);
    let touched = response.dragged() || response.hovered() || response.has_focus();
    touched.then_some(Asked::Size)
}

/// A thin rail, filled up to the handle, as the slider of the pace has it.
fn as_of_the_pace(style: &mut Style, rect: Rect, look: Look) {
    style.spacing.slider_width = rect.width();
    style.spacing.slider_rail_height = look.stroke(3.0);
    // The handle is nearly as high.
    style.spacing.interact_size.y = match look.hand {
        Hand::Mouse => look.of(16.0),
        Hand::Finger => look.of(26.0),
    };
    style.visuals.selection.bg_fill = look.colours.primary;
    let widgets = &mut style.visuals.widgets;
    widgets.inactive.bg_fill = look.colours.switch_track;
    for visuals in [&mut widgets.hovered, &mut widgets.active] {
        visuals.bg_fill = look.colours.primary;
    }
    for visuals in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
        visuals.fg_stroke = Stroke::new(look.stroke(2.0), look.colours.primary);
        visuals.expansion = 0.0;
    }
}

/// How many points there are, and what is to become of them.
fn ending(ui: &mut Ui, row: Rect, sketch: &Sketch, look: Look) -> Option<Asked> {
    let points = match sketch.len() {
        1 => "1 point".to_owned(),
        count => format!("{} points", text::count(count as u64)),
    };
    text_left(ui, row, &points, look);
    let (gap, height) = (look.of(6.0), row.height());
    let learn = Rect::from_min_max(row.right_top() - vec2(look.of(96.0), 0.0), row.right_bottom());
    let cancel = Rect::from_min_size(
        learn.left_top() - vec2(look.of(78.0) + gap, 0.0),
        vec2(look.of(78.0), height),
    );
    let (pressable, hint) = if sketch.len() > 0 {
        (
            Pressable::Yes,
            "Begin anew with these points, the same networks and the same seed",
        )
    } else {
        (
            Pressable::No,
            "There is nothing to learn yet: draw at least one point",
        )
    };
    let learning = PushButton {
        icon: None,
        words: "Learn it",
        hint,
        pressable,
        weight: Weight::Primary,
        font: look.body(),
    };
    let cancelling = PushButton {
        icon: None,
        words: "Cancel",
        hint: "Back to the canvas; the run goes on with the data it has",
        pressable: Pressable::Yes,
        weight: Weight::Plain,
        font: look.body(),
    };
    if pressable == Pressable::No {
        let place = pos2(learn.right(), learn.bottom() + look.of(12.0));
        let why = "Draw at least one point to learn.";
        text::label(
            ui,
            place,
            Align2::RIGHT_CENTER,
            why,
            look.small(),
            look.colours.faint,
        );
    }
    let learned = learning.show(ui, learn, look).clicked();
    let cancelled = cancelling.show(ui, cancel, look).clicked();
    match (learned, cancelled) {
        (true, _) => Some(Asked::Learn),
        (false, true) => Some(Asked::Cancel),
        (false, false) => None,
    }
}

fn text_left(ui: &mut Ui, row: Rect, words: &str, look: Look) -> Rect {
    let place = row.left_center();
    text::label(
        ui,
        place,
        Align2::LEFT_CENTER,
        words,
        look.name(),
        look.colours.text,
    )
}
