//! What stands above a chart: its heading, the switch of its vertical axis, and the values of now. And
//! the button that leads back to the whole run.

use egui::{Align2, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use lab::{Ghost, Snapshot};

use super::axes::Axis;
use super::chart::{EARLIER, Frame};
use super::series::{Chart, Line};
use crate::style::Look;
use crate::switch::Switch;
use crate::{icons, palette, text, widgets};

/// Shows it; the switch sets the axis.
pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame,
    chart: Chart,
    axis: &mut Axis,
    snapshot: &Snapshot,
    look: Look,
) {
    let heading = text::heading(ui.painter(), frame.head.min, chart.title(), look);
    let middle = frame.head.top() + 0.6 * look.heading().size;
    let switch = log_switch(
        ui,
        pos2(heading.right() + look.of(10.0), middle),
        chart,
        axis,
        look,
    );
    let room = frame.head.right() - switch.right() - look.of(4.0);
    let lines = chart.lines(snapshot, look);
    // Where nothing else has room, the other chart names the thin lines.
    let legend = snapshot
        .ghost
        .as_deref()
        .map_or(0.0, |_| earlier_branch_width(ui, look));
    let name = if width(ui, &lines, |line| line.name, look) + legend <= room {
        |line: &Line| line.name
    } else {
        |line: &Line| line.short_name
    };
    let left = values(ui, pos2(frame.head.right(), middle), &lines, name, look);
    if let Some(ghost) = &snapshot.ghost
        && left - switch.right() >= legend
    {
        earlier_branch(ui, pos2(left, middle), ghost, look);
    }
}

/// 'log', with a small switch. Returns where it lies.
fn log_switch(ui: &mut Ui, left_middle: egui::Pos2, chart: Chart, axis: &mut Axis, look: Look) -> Rect {
    let (other, hint) = match axis {
        Axis::Linear => (
            Axis::Logarithmic,
            "Show by powers of ten: small values get as much room as large ones",
        ),
        Axis::Logarithmic => (Axis::Linear, "Show from zero"),
    };
    let switch = Switch {
        name: &format!("{} logarithmic", chart.title()),
        hint,
        on: *axis == Axis::Logarithmic,
        words: Some(("log", look.small(), look.colours.faint)),
    };
    let (response, whole) = switch.show(ui, left_middle, look);
    if response.clicked() {
        *axis = other;
    }
    whole
}

/// Room of a figure: all have one width, so that names stand still.
fn figure_room(look: Look) -> f32 {
    look.of(32.0)
}

/// What [`values`] take with these names.
fn width(ui: &Ui, lines: &[Line; 2], name: impl Fn(&Line) -> &'static str, look: Look) -> f32 {
    let one = |line: &Line| {
        let words = ui
            .painter()
            .layout_no_wrap(name(line).to_owned(), look.body(), look.colours.text);
        look.of(14.0) + look.of(9.0) + words.size().x + look.of(5.0) + figure_room(look)
    };
    lines.iter().map(one).sum()
}

/// What the thin lines are, in the legend and in the box of values.
pub(super) const EARLIER_BRANCH: &str = "earlier branch";
/// Length of the legend's thin line, and its distance from the words, before scaling.
const SAMPLE: [f32; 2] = [14.0, 5.0];

/// Room of [`earlier_branch`].
fn earlier_branch_width(ui: &Ui, look: Look) -> f32 {
    let words = ui
        .painter()
        .layout_no_wrap(EARLIER_BRANCH.to_owned(), look.small(), look.colours.faint);
    look.of(SAMPLE[0]) + look.of(SAMPLE[1]) + words.size().x
}

/// What the thin lines are, its right middle given.
fn earlier_branch(ui: &mut Ui, right_middle: egui::Pos2, ghost: &Ghost, look: Look) {
    let painter = ui.painter();
    let (font, colour) = (look.small(), look.colours.faint);
    let words = painter.text(right_middle, Align2::RIGHT_CENTER, EARLIER_BRANCH, font, colour);
    let right = words.left() - look.of(SAMPLE[1]);
    let left = right - look.of(SAMPLE[0]);
    let stroke = Stroke::new(look.stroke(1.0), palette::translucent(look.colours.ink, EARLIER));
    painter.hline(left..=right, right_middle.y, stroke);
    let hint = format!(
        "Thin and pale: how the run had gone on before it went another way after epoch {}",
        text::count(ghost.fork)
    );
    let rect = words.union(Rect::from_min_max(pos2(left, words.top()), words.min));
    text::announce(ui, rect, EARLIER_BRANCH).on_hover_text(hint);
}

/// Names and figures, from the right; returns where the next to the left may end.
fn values(
    ui: &mut Ui,
    right_middle: egui::Pos2,
    lines: &[Line; 2],
    name: impl Fn(&Line) -> &'static str,
    look: Look,
) -> f32 {
    let egui::Pos2 {
        x: mut right,
        y: middle,
    } = right_middle;
    for line in lines.iter().rev() {
        let figure = text::figure(line.now);
        let painter = ui.painter();
        let number = painter.layout_no_wrap(figure.clone(), look.body(), look.colours.ink);
        let left = right - number.size().x.max(figure_room(look));
        let place = Align2::LEFT_CENTER.anchor_size(pos2(left, middle), number.size());
        painter.galley(place.min, number, look.colours.ink);
        let words = painter.text(
            pos2(left - look.of(5.0), middle),
            Align2::RIGHT_CENTER,
            name(line),
            look.body(),
            look.colours.text,
        );
        let dot = pos2(words.left() - look.of(9.0), middle);
        icons::dot(painter, dot, look.stroke(3.5), line.colour);
        let said = format!("{}: {figure}", line.name);
        let floor = line.floor.map_or_else(String::new, |floor| {
            format!(
                "\nDashed: two sets of real samples are {} apart; a perfect generator gets as near.",
                text::figure(Some(floor))
            )
        });
        let hint = format!(
            "{}{floor}\nPale: from the least to the most, where the line cannot show all.",
            line.meaning
        );
        text::announce(ui, words.union(place), &said).on_hover_text(hint);
        right = dot.x - look.of(14.0);
    }
    right
}

/// The way back from a part, at the plot's upper right.
pub(super) fn whole_run(ui: &mut Ui, frame: &Frame, chart: Chart, look: Look) -> Response {
    let font: FontId = look.small();
    let words = ui
        .painter()
        .layout_no_wrap("whole run".to_owned(), font, look.colours.text);
    let size = words.size() + vec2(look.of(12.0), look.of(3.0));
    let corner = frame.plot.right_top() + vec2(-look.of(4.0), look.of(4.0));
    let rect = Align2::RIGHT_TOP.anchor_size(corner, size);
    let response = ui.interact(
        rect,
        ui.scope_id().with((chart.title(), "whole run")),
        Sense::click(),
    );
    let name = format!("{}: whole run", chart.title());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let fill = if response.hovered() {
        look.colours.hairline
    } else {
        palette::translucent(look.colours.paper, 0.9)
    };
    let painter = ui.painter();
    painter.rect_filled(rect, look.of(3.0), fill);
    let frame = Stroke::new(1.0, look.colours.off);
    painter.rect_stroke(rect, look.of(3.0), frame, StrokeKind::Inside);
    let place = Align2::CENTER_CENTER.anchor_size(rect.center(), words.size());
    painter.galley(place.min, words, look.colours.text);
    if response.has_focus() {
        widgets::focus_frame(painter, rect.expand(2.0), look);
    }
    response
        .on_hover_text("Show the whole run again, and follow it. A double click on a chart does the same.")
}
