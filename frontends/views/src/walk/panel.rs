//! The tools of a walk. In the legend's place, the noise lies at the left and the results of the
//! walk at its right; in the part of a narrow window they lie above one another.

use egui::{Align2, Rect, Ui, Vec2, pos2, vec2};
use lab::Snapshot;

use super::{Shown, Walker, Way, chart, sentences, square};
use crate::icons::Icon;
use crate::menu::Menu;
use crate::style::Look;
use crate::widgets::{ChoiceButton, IconButton, Pressable, PushButton, Weight};
use crate::{text, touch};

/// Lengths before scaling: of a row of buttons, between things, and of the chart.
const ROW: f32 = 24.0;
const GAP: f32 = 6.0;
const CHART: f32 = 66.0;
/// Lengths in a narrow window's part: around all, of the chart, and of the noise at most.
const MARGIN: f32 = 12.0;
const NARROW_CHART: f32 = 84.0;
const NARROW_SQUARE: f32 = 260.0;

/// The button that opens and closes it, its right middle given; returns where it lies.
pub(super) fn button(ui: &mut Ui, right_middle: egui::Pos2, walker: &mut Walker, look: Look) -> Rect {
    let rect = Align2::RIGHT_CENTER.anchor_size(right_middle, vec2(look.of(74.0), look.of(20.0)));
    let button = ChoiceButton {
        words: "Noise walk",
        name: "Noise walk",
        hint: "Walk through the noise, and see where the generator goes slowly, and where it leaps",
        chosen: walker.is_open(),
        font: look.small(),
    };
    if button.show(ui, rect, look).clicked() {
        walker.toggle();
    }
    rect
}

/// Shows all in the legend's place.
pub(super) fn show(ui: &mut Ui, place: Rect, walker: &mut Walker, snapshot: &Snapshot, look: Look) {
    let (row, gap) = (look.of(ROW), look.of(GAP));
    let top = place.with_max_y(place.top() + row);
    ways(ui, top, walker, snapshot, look);
    let below = place.with_min_y(top.bottom() + gap);
    let side = below.height().min(0.42 * below.width());
    let noise = Rect::from_min_size(below.min, Vec2::splat(side));
    square::show(ui, noise, walker, snapshot, look);
    let right = below.with_min_x(noise.right() + look.of(14.0));
    let disc = Rect::from_min_size(right.min, Vec2::splat(row));
    play(ui, disc, walker, look);
    let beside = Rect::from_min_max(
        pos2(disc.right() + look.of(8.0), disc.top()),
        pos2(right.right(), disc.bottom()),
    );
    controls(ui, beside, walker, snapshot, look);
    let plot = Rect::from_min_size(
        pos2(right.left(), right.top() + row + gap),
        vec2(right.width(), look.of(CHART)),
    );
    let ends = walker.way_in(snapshot).ends();
    chart::show(ui, plot, walker, ends, look);
    let words = right.with_min_y(plot.bottom() + look.of(4.0));
    verdict(ui, words, walker, snapshot, look);
}

/// Shows all in the part of a narrow window; longer than the room, it scrolls.
pub(super) fn show_part(ui: &mut Ui, part: Rect, walker: &mut Walker, snapshot: &Snapshot, look: Look) {
    let s = |length| look.of(length);
    let (line, gap) = (look.target(ROW), s(8.0));
    let side = s(NARROW_SQUARE).min(part.width() - 2.0 * s(MARGIN));
    let words = s(52.0);
    let height = 2.0 * s(8.0) + 2.0 * (line + gap) + s(NARROW_CHART) + gap + words + gap + side;
    touch::scrolled(ui, "walk", part, height, look, |ui, content| {
        let room = content.shrink2(vec2(s(MARGIN), s(8.0)));
        let mut top = room.top();
        let mut next = |height: f32| {
            let rect = Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), height));
            top = rect.bottom() + gap;
            rect
        };
        ways(ui, next(line), walker, snapshot, look);
        let row = next(s(NARROW_CHART));
        let disc = Rect::from_center_size(row.left_center() + vec2(0.5 * line, -s(7.0)), Vec2::splat(line));
        play(ui, disc, walker, look);
        let ends = walker.way_in(snapshot).ends();
        chart::show(ui, row.with_min_x(disc.right()), walker, ends, look);
        controls(ui, next(line), walker, snapshot, look);
        verdict(ui, next(words), walker, snapshot, look);
        let below = next(side);
        let noise = Rect::from_center_size(below.center(), Vec2::splat(side));
        square::show(ui, noise, walker, snapshot, look);
    });
}

/// Which kind of walk, and the way back to the layers.
fn ways(ui: &mut Ui, row: Rect, walker: &mut Walker, snapshot: &Snapshot, look: Look) {
    let gap = look.of(GAP);
    let done = row.with_min_x(row.right() - look.of(58.0));
    let closing = PushButton {
        icon: None,
        words: "Done",
        hint: "Back to the layers",
        pressable: Pressable::Yes,
        weight: Weight::Plain,
        font: look.body(),
    };
    let now = walker.way_in(snapshot);
    let all = Way::of(snapshot.configuration.noise.dimensions.get());
    let room = done.left() - look.of(14.0) - row.left();
    let width = ((room + gap) / all.len() as f32 - gap)
        .min(look.of(120.0))
        .floor();
    for (index, way) in all.iter().enumerate() {
        let corner = pos2(row.left() + index as f32 * (width + gap), row.top());
        let button = ChoiceButton {
            words: way.name(),
            name: way.name(),
            hint: way.hint(),
            chosen: *way == now,
            font: look.body(),
        };
        let rect = Rect::from_min_size(corner, vec2(width, row.height()));
        if button.show(ui, rect, look).clicked() {
            walker.way = *way;
            ui.ctx().request_repaint();
        }
    }
    if closing.show(ui, done, look).clicked() {
        walker.close();
    }
}

/// Whether the bead goes.
fn play(ui: &mut Ui, disc: Rect, walker: &mut Walker, look: Look) {
    let (icon, name, hint) = match walker.bead.goes() {
        true => (Icon::Pause, "Stop walking", "Stop the bead where it is"),
        false => (
            Icon::Play,
            "Walk on",
            "Let the bead go on, there and back: evenly through the noise",
        ),
    };
    let button = IconButton {
        icon,
        name,
        hint,
        colour: look.colours.fake,
        pressable: Pressable::Yes,
    };
    if button.show_plain(ui, disc.shrink(1.0), look).clicked() {
        walker.bead.toggle();
        ui.ctx().request_repaint();
    }
}

/// Along which dimension, or between which points.
fn controls(ui: &mut Ui, row: Rect, walker: &mut Walker, snapshot: &Snapshot, look: Look) {
    let mut left = row.left();
    let noise = snapshot.configuration.noise;
    let dimensions = noise.dimensions.get();
    let of_dimension = walker.way_in(snapshot) == Way::Dimension;
    if of_dimension && dimensions > 1 {
        left = dimension_menu(ui, pos2(left, row.center().y), walker, snapshot, look) + look.of(12.0);
    }
    if !(of_dimension && dimensions == 1) {
        let (words, hint) = match of_dimension {
            true => (
                "New point",
                "Another of the run's own noise vectors, at which the others rest",
            ),
            false => (
                "New points",
                "Another two of the run's own noise vectors: the walk goes from sample to sample",
            ),
        };
        let button = PushButton {
            icon: None,
            words,
            hint,
            pressable: Pressable::Yes,
            weight: Weight::Plain,
            font: look.small(),
        };
        let height = look.target(20.0).min(row.height());
        let rect = Align2::LEFT_CENTER.anchor_size(pos2(left, row.center().y), vec2(look.of(76.0), height));
        if button.show(ui, rect, look).clicked() {
            walker.draw_others();
            ui.ctx().request_repaint();
        }
    }
}

/// Along which dimension; returns where it ends.
fn dimension_menu(
    ui: &mut Ui,
    left_middle: egui::Pos2,
    walker: &mut Walker,
    snapshot: &Snapshot,
    look: Look,
) -> f32 {
    let noise = snapshot.configuration.noise;
    let words: Vec<String> = (1..=noise.dimensions.get())
        .map(|number| number.to_string())
        .collect();
    let options: Vec<(usize, &str)> = words.iter().map(String::as_str).enumerate().collect();
    let now = walker.dimension_in(noise);
    let menu = Menu {
        id: ui.scope_id().with("dimension of the walk"),
        name: "Dimension of the walk".to_owned(),
        hint: "Which number of the noise goes from 0 to 1".to_owned(),
        prefix: "dimension ",
        value: &words[now],
        widest: if noise.dimensions.get() < 10 { "8" } else { "16" },
    };
    let width = menu.width(ui, look);
    if let Some(chosen) = menu.choose(ui, left_middle, &options, now, look) {
        walker.dimension = chosen;
        ui.ctx().request_repaint();
    }
    left_middle.x + width
}

/// Shows the verdict on the walk, in words.
fn verdict(ui: &mut Ui, place: Rect, walker: &Walker, snapshot: &Snapshot, look: Look) {
    let kind = snapshot.configuration.noise.kind;
    let Some(Shown { first, second }) = &walker.shown else {
        return;
    };
    let words = match second {
        Some(second) => sentences::verdict_of_two([first, second]),
        None => sentences::verdict(first, kind),
    };
    let colour = look.colours.text;
    let galley = ui
        .painter()
        .layout(words.clone(), look.small(), colour, place.width());
    let rect = Rect::from_min_size(place.min, galley.size());
    ui.painter().galley(place.min, galley, colour);
    text::announce(ui, rect, &words);
}
