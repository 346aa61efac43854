//! The rail: a slider over all epochs, with marks for actions on the run, for the fork to an
//! earlier branch, and for the states that a recording names.

use std::ops::RangeInclusive;

use egui::{EventFilter, Key, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, accesskit, pos2, vec2};
use lab::{Ghost, Snapshot, Timeline};

use super::end;
use crate::assistant::{self, Asked};
use crate::marks::{self, Strip};
use crate::style::Look;
use crate::{palette, text, widgets};

/// A run that has hardly begun does not reach over all of the rail: as in the charts.
const LEAST: u64 = 50;
/// Its own height, before scaling.
const THICK: f32 = 16.0;
/// So many steps by the up and down keys lead from end to end.
const STRIDES: u64 = 100;

/// Shows it with the handle at an epoch; returns the epoch it was moved to.
pub(super) fn show(
    ui: &mut Ui,
    rect: Rect,
    snapshot: &Snapshot,
    timeline: &Timeline,
    shown: u64,
    look: Look,
) -> Option<u64> {
    let higher = look.target(THICK) - look.of(THICK);
    let reach = rect.expand2(vec2(look.of(7.0), 0.5 * higher));
    let end = end(snapshot);
    let strip = Strip {
        // Marks stand on it.
        rect: Rect::from_min_max(rect.min, pos2(rect.right(), rect.center().y - look.of(2.0))),
        begin: 0.0,
        end: end.max(LEAST) as f64,
        look,
    };
    let response = ui.interact(reach, ui.scope_id().with("timeline"), Sense::click_and_drag());
    let chosen = by_pointer(&response, &strip)
        .or_else(|| by_key(ui, &response, shown, end))
        .or_else(|| by_assistant(ui, &response, shown))
        .map(|epoch| epoch.min(end));
    let shown = chosen.unwrap_or(shown).min(end);

    response.widget_info(|| {
        let mut info = WidgetInfo::slider(true, shown as f64, "Timeline");
        let [shown, end] = [shown, end].map(text::count);
        info.current_text_value = Some(format!("epoch {shown} of {end}"));
        info
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(end as f64);
        node.set_numeric_value_step(1.0);
        for action in [
            accesskit::Action::SetValue,
            accesskit::Action::Increment,
            accesskit::Action::Decrement,
        ] {
            node.add_action(action);
        }
    });

    let middle = rect.center().y;
    let [handle, last] = [shown, end].map(|epoch| strip.x(epoch as f64));
    let line = |ui: &Ui, range: RangeInclusive<f32>, colour| {
        let stroke = Stroke::new(look.stroke(3.0), colour);
        ui.painter().hline(range, middle, stroke);
    };
    line(ui, rect.left()..=rect.right(), look.colours.switch_track);
    line(ui, handle..=last, look.colours.off);
    line(ui, rect.left()..=handle, look.colours.primary);
    named_states(ui, &strip, middle, snapshot);
    if let Some(ghost) = &snapshot.ghost {
        fork(ui, &strip, middle, ghost);
    }
    let marks = marks::of(timeline, &strip);
    marks::show(ui, &strip, &marks, shown);
    let grown = if response.hovered() || response.dragged() {
        1.0
    } else {
        0.0
    };
    ui.painter().circle(
        pos2(handle, middle),
        look.stroke(6.5 + grown),
        look.colours.primary,
        Stroke::new(look.stroke(2.0), look.colours.paper),
    );
    if response.has_focus() {
        widgets::focus_frame(ui.painter(), reach, look);
    }
    if let Some(pointer) = response.hover_pos()
        && !response.dragged()
    {
        let told = marks::under(&marks, &strip, pointer).unwrap_or_else(|| {
            let epoch = at(&strip, pointer.x).min(end);
            format!("Show epoch {}", text::count(epoch))
        });
        response.on_hover_text_at_pointer(told);
    }
    chosen
}

/// The epoch at a place.
fn at(strip: &Strip, x: f32) -> u64 {
    let share = (x - strip.rect.left()) / strip.rect.width().max(1.0);
    (f64::from(share.clamp(0.0, 1.0)) * strip.end).round() as u64
}

fn by_pointer(response: &Response, strip: &Strip) -> Option<u64> {
    let pressed = response.is_pointer_button_down_on() || response.clicked();
    let pointer = response.interact_pointer_pos().filter(|_| pressed)?;
    Some(at(strip, pointer.x))
}

fn by_key(ui: &Ui, response: &Response, shown: u64, end: u64) -> Option<u64> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input(|input| input.num_presses(key)) as u64;
    if pressed(Key::Home) > 0 {
        return Some(0);
    }
    if pressed(Key::End) > 0 {
        return Some(end);
    }
    let stride = end.div_ceil(STRIDES);
    stepped(
        shown,
        pressed(Key::ArrowRight) + stride * pressed(Key::ArrowUp),
        pressed(Key::ArrowLeft) + stride * pressed(Key::ArrowDown),
    )
}

/// The epoch that a screen reader asks for.
fn by_assistant(ui: &Ui, response: &Response, shown: u64) -> Option<u64> {
    match assistant::asked(ui, response) {
        // A NaN is the beginning.
        Asked::Value(epoch) => Some(epoch.max(0.0).round() as u64),
        Asked::Steps { up, down } => stepped(shown, up as u64, down as u64),
    }
}

fn stepped(shown: u64, later: u64, earlier: u64) -> Option<u64> {
    (later != earlier).then(|| (shown + later).saturating_sub(earlier))
}

/// Draws small ticks below the rail: green if the state was found to be the recorded one, red if
/// not.
fn named_states(ui: &Ui, strip: &Strip, middle: f32, snapshot: &Snapshot) {
    let (Some(recording), Some(verification)) = (&snapshot.opened, &snapshot.verification) else {
        return;
    };
    let look = strip.look;
    for (place, named) in recording.checkpoints.taken().iter().enumerate() {
        let colour = if place < verification.verified {
            look.colours.real
        } else if verification.difference.is_some() {
            look.colours.alarm
        } else {
            look.colours.off
        };
        let x = strip.x(named.epoch as f64).round();
        let tick = middle + look.stroke(3.5)..=middle + look.stroke(8.0);
        ui.painter().vline(x, tick, Stroke::new(look.stroke(1.5), colour));
    }
}

/// Marks the fork to an earlier branch: it leaves the rail, pale like its lines in the charts.
fn fork(ui: &mut Ui, strip: &Strip, middle: f32, ghost: &Ghost) {
    let look = strip.look;
    let foot = pos2(strip.x(ghost.fork as f64), middle);
    let bend = foot + vec2(look.of(7.0), look.of(7.0));
    let tip = bend + vec2(look.of(14.0), 0.0);
    let colour = palette::translucent(look.colours.ink, 0.5);
    ui.painter()
        .line(vec![foot, bend, tip], Stroke::new(look.stroke(1.5), colour));
    let words = format!(
        "After epoch {} the run went another way; the earlier branch is thin and pale in the charts",
        text::count(ghost.fork)
    );
    let rect = Rect::from_min_max(pos2(foot.x, middle + look.of(3.0)), tip + vec2(0.0, look.of(3.0)));
    let id = ui.scope_id().with("fork");
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    response.on_hover_text(words);
}
