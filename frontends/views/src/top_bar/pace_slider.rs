//! One control for every pace: a slider from slow motion to full speed, with marks.

use egui::{
    Align2, EventFilter, Key, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, accesskit, pos2,
    vec2,
};
use lab::Pace;

use super::pace_scale::{self, MARKS, Toward};
use crate::assistant::{self, Asked};
use crate::style::Look;
use crate::text;
use crate::widgets;

/// Shows the pace in words, the slider and its marks, in three rows; returns another pace if one was
/// chosen.
pub(super) fn show(ui: &mut Ui, rect: Rect, pace: Pace, look: Look) -> Option<Pace> {
    let row = |share: f32| rect.top() + share * rect.height();
    let rail = Rect::from_min_max(
        pos2(rect.left() + look.of(7.0), row(0.36)),
        pos2(rect.right() - look.of(7.0), row(0.66)),
    );
    let from_slider = slider(ui, rail, rail, pace, look);
    let shown = from_slider.unwrap_or(pace);
    words(ui, pos2(rect.left(), row(0.18)), shown, look);
    let from_mark = marks(ui, rail, row(0.82), shown, look);
    from_slider.or(from_mark).filter(|chosen| *chosen != pace)
}

/// Shows the slider without the marks' names, for a finger: all of the place is the slider.
pub(super) fn show_bare(ui: &mut Ui, place: Rect, pace: Pace, look: Look) -> Option<Pace> {
    let middle = place.top() + 0.68 * place.height();
    let rail = Rect::from_min_max(
        pos2(place.left() + look.of(7.0), middle - look.of(6.0)),
        pos2(place.right() - look.of(7.0), middle + look.of(6.0)),
    );
    let chosen = slider(ui, rail, place.shrink2(vec2(look.of(7.0), 0.0)), pace, look);
    let middle = place.top() + 0.27 * place.height();
    words(ui, pos2(place.left(), middle), chosen.unwrap_or(pace), look);
    chosen.filter(|chosen| *chosen != pace)
}

/// 'Pace 600 epochs/s'.
fn words(ui: &mut Ui, left_middle: Pos2, pace: Pace, look: Look) {
    let word = ui.painter().text(
        left_middle,
        Align2::LEFT_CENTER,
        "Pace",
        look.body(),
        look.colours.faint,
    );
    let place = pos2(word.right() + look.of(6.0), left_middle.y);
    let words = pace_scale::words(pace);
    text::label(
        ui,
        place,
        Align2::LEFT_CENTER,
        &words,
        look.body(),
        look.colours.text,
    );
}

/// The rail and its handle, to be touched at all of a place. Arrows go a little slower or faster, Home and End to the ends.
fn slider(ui: &mut Ui, rail: Rect, touched: Rect, pace: Pace, look: Look) -> Option<Pace> {
    let reach = touched.expand2(vec2(look.of(7.0), 0.0));
    let response = ui.interact(reach, ui.scope_id().with("pace"), Sense::click_and_drag());
    let chosen = by_pointer(&response, rail)
        .or_else(|| by_key(ui, &response, pace))
        .or_else(|| by_assistant(ui, &response, pace));
    let shown = chosen.unwrap_or(pace);

    let place = pace_scale::place(shown);
    response.widget_info(|| {
        let mut info = WidgetInfo::slider(true, place, "Pace");
        info.current_text_value = Some(pace_scale::words(shown));
        info
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(1.0);
        for action in [
            accesskit::Action::SetValue,
            accesskit::Action::Increment,
            accesskit::Action::Decrement,
        ] {
            node.add_action(action);
        }
    });

    let (middle, handle) = (rail.center().y, pos2(along(rail, place), rail.center().y));
    let painter = ui.painter();
    let thick = look.stroke(3.0);
    painter.hline(
        rail.x_range(),
        middle,
        Stroke::new(thick, look.colours.switch_track),
    );
    painter.hline(
        rail.left()..=handle.x,
        middle,
        Stroke::new(thick, look.colours.primary),
    );
    for (mark, _) in MARKS {
        let x = along(rail, pace_scale::place(mark));
        let colour = if x <= handle.x {
            look.colours.primary
        } else {
            look.colours.off
        };
        painter.vline(
            x,
            middle - look.of(5.0)..=middle + look.of(5.0),
            Stroke::new(look.stroke(1.5), colour),
        );
    }
    let grown = if response.hovered() || response.dragged() {
        1.0
    } else {
        0.0
    };
    painter.circle(
        handle,
        look.stroke(6.5 + grown),
        look.colours.primary,
        Stroke::new(look.stroke(2.0), look.colours.paper),
    );
    if response.has_focus() {
        widgets::focus_frame(painter, reach.expand(1.0), look);
    }
    response
        .on_hover_text("From one phase at a time to all that the machine can: drag, or use the arrow keys");
    chosen
}

fn by_pointer(response: &Response, rail: Rect) -> Option<Pace> {
    let pressed = response.is_pointer_button_down_on() || response.clicked();
    let pointer = response.interact_pointer_pos().filter(|_| pressed)?;
    let place = (pointer.x - rail.left()) / rail.width().max(1.0);
    Some(pace_scale::pace_by_hand(f64::from(place.clamp(0.0, 1.0))))
}

fn by_key(ui: &Ui, response: &Response, pace: Pace) -> Option<Pace> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input(|input| input.num_presses(key));
    if pressed(Key::Home) > 0 {
        return Some(Pace::SLOW_MOTION);
    }
    if pressed(Key::End) > 0 {
        return Some(Pace::Full);
    }
    let faster = pressed(Key::ArrowRight) + pressed(Key::ArrowUp);
    let slower = pressed(Key::ArrowLeft) + pressed(Key::ArrowDown);
    stepped(pace, faster, slower)
}

/// The pace that a screen reader asks for.
fn by_assistant(ui: &Ui, response: &Response, pace: Pace) -> Option<Pace> {
    match assistant::asked(ui, response) {
        Asked::Value(place) => Some(pace_scale::pace(place.clamp(0.0, 1.0))),
        Asked::Steps { up, down } => stepped(pace, up, down),
    }
}

fn stepped(pace: Pace, faster: usize, slower: usize) -> Option<Pace> {
    let toward = if faster > slower {
        Toward::Faster
    } else {
        Toward::Slower
    };
    let steps = faster.abs_diff(slower);
    (steps > 0).then(|| (0..steps).fold(pace, |pace, _| pace_scale::stepped(pace, toward)))
}

/// Names below the marks; a click goes there.
fn marks(ui: &mut Ui, rail: Rect, middle: f32, pace: Pace, look: Look) -> Option<Pace> {
    let mut chosen = None;
    let named = MARKS.map(|(mark, name)| {
        let (x, anchor) = match mark {
            Pace::SLOW_MOTION => (rail.left() - look.of(7.0), Align2::LEFT_CENTER),
            Pace::Full => (rail.right() + look.of(7.0), Align2::RIGHT_CENTER),
            _ => (along(rail, pace_scale::place(mark)), Align2::CENTER_CENTER),
        };
        let words = ui
            .painter()
            .layout_no_wrap(name.to_owned(), look.small(), look.colours.faint);
        (
            mark,
            name,
            anchor.anchor_size(pos2(x, middle), words.size()),
            words,
        )
    });
    let ends = [named[0].2, named[MARKS.len() - 1].2];
    for (mark, name, place, words) in named {
        // On a short rail the marks between keep their lines and lose their names.
        let tight = |end: &Rect| *end != place && end.expand2(vec2(look.of(4.0), 0.0)).intersects(place);
        if ends.iter().any(tight) {
            continue;
        }
        let response = ui.interact(place, ui.scope_id().with(("mark", name)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Pace {name}")));
        let colour = if mark == pace || response.hovered() {
            look.colours.ink
        } else {
            look.colours.faint
        };
        ui.painter()
            .galley_with_override_text_color(place.min, words, colour);
        if response.has_focus() {
            widgets::focus_frame(ui.painter(), place.expand(1.0), look);
        }
        if response.clicked() {
            chosen = Some(mark);
        }
    }
    chosen
}

fn along(rail: Rect, place: f64) -> f32 {
    rail.left() + place as f32 * rail.width()
}
