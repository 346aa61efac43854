//! The head of a chart: its heading, the switch of its vertical axis, and the values of now. Also
//! the button that leads back to the whole run.

use egui::{Align2, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use lab::{Ghost, Snapshot};

use super::axes::Axis;
use super::chart::{EARLIER, Frame};
use super::choice;
use super::kinds::Chart;
use super::lines::Line;
use super::second::Second;
use super::unit::Unit;
use crate::style::Look;
use crate::switch::Switch;
use crate::{icons, palette, text, widgets};

/// Which charts are seen, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen {
    pub(super) charts: [Chart; 2],
    /// The vertical axis of each of [`Chart::ALL`].
    pub(super) axes: [Axis; Chart::ALL.len()],
}

impl Default for Chosen {
    fn default() -> Self {
        Self {
            charts: Chart::FIRST,
            axes: Chart::ALL.map(Chart::usual_axis),
        }
    }
}

/// Shows the head of the chart in this place; the heading chooses another chart, the switch sets
/// the axis.
pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame,
    place: usize,
    chosen: &mut Chosen,
    snapshot: &Snapshot,
    second: Option<&Second<'_>>,
    look: Look,
) {
    let chart = chosen.charts[place];
    let heading = choice::show(ui, frame.head.min, place, &mut chosen.charts, look);
    let middle = frame.head.top() + 0.6 * look.heading().size;
    let switch = match chart.has_axes() {
        true => {
            let left = pos2(heading.right() + look.of(8.0), middle);
            log_switch(ui, left, chart, &mut chosen.axes[chart as usize], look)
        }
        false => heading,
    };
    let room = frame.head.right() - switch.right() - look.of(4.0);
    let lines = chart.lines(snapshot, look);
    // One chart names the thin lines.
    let names_them = match chosen.charts[1].has_course() {
        true => place == 1,
        false => place == 0,
    };
    let legend = snapshot
        .ghost
        .as_deref()
        .filter(|_| names_them)
        .map_or(0.0, |_| earlier_branch_width(ui, look));
    let beside = second.map(|second| second.now(chart, look));
    let whose = second.map(|second| &second.phrases);
    let values = Values::fitting(ui, &lines, beside.as_deref(), whose, room - legend, look);
    let left = values.show(ui, pos2(frame.head.right(), middle), &lines, look);
    if let Some(ghost) = &snapshot.ghost
        && legend > 0.0
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

/// The value of each line now; of two runs both.
struct Values {
    names: Vec<&'static str>,
    figures: Vec<String>,
    font: FontId,
    spacing: Spacing,
    /// Phrases that tell two runs apart, for the hints of their lines.
    whose: Option<[String; 2]>,
}

/// How far the parts of a value lie apart.
#[derive(Clone, Copy)]
struct Spacing {
    /// Before a value.
    before: f32,
    /// From its dot to its name.
    dot: f32,
    /// From its name to its figure.
    name: f32,
    /// Room of a figure: all have one width, so that names stand still.
    figure: f32,
}

impl Spacing {
    fn usual(look: Look) -> Self {
        Self {
            before: look.of(14.0),
            dot: look.of(9.0),
            name: look.of(5.0),
            figure: look.of(32.0),
        }
    }

    fn close(look: Look) -> Self {
        Self {
            before: look.of(8.0),
            dot: look.of(7.0),
            name: look.of(4.0),
            figure: look.of(24.0),
        }
    }
}

impl Values {
    /// Chooses the fullest wording that fits the room.
    fn fitting(
        ui: &Ui,
        lines: &[Line],
        beside: Option<&[Option<f64>]>,
        whose: Option<&[String; 2]>,
        room: f32,
        look: Look,
    ) -> Self {
        let figures = |figure: fn(Unit, Option<f64>) -> String| -> Vec<String> {
            let of_line = |(place, line): (usize, &Line)| match beside {
                None => line.figure(line.now, line.spread_now),
                Some(beside) => {
                    let [first, second] = [line.now, beside[place]].map(|now| figure(line.unit, now));
                    format!("{first} | {second}")
                }
            };
            lines.iter().enumerate().map(of_line).collect()
        };
        let names = |name: fn(&Line) -> &'static str| -> Vec<_> { lines.iter().map(name).collect() };
        let with = |names, figures, font, spacing| Self {
            names,
            figures,
            font,
            spacing,
            whose: whose.cloned(),
        };
        let (usual, close) = (Spacing::usual(look), Spacing::close(look));
        let short = || names(|line| line.short_name);
        let mut ways = Vec::new();
        // The averaged generator's divergence stands in brackets, where there is room for it.
        if beside.is_none() && lines.iter().any(|line| line.average.is_some()) {
            let figure = |line: &Line| match line.average {
                None => line.unit.figure(line.now),
                average => format!("{} ({})", line.unit.figure(line.now), line.unit.figure(average)),
            };
            ways.push(with(
                short(),
                lines.iter().map(figure).collect(),
                look.body(),
                usual,
            ));
        }
        ways.push(with(
            names(|line| line.name),
            figures(Unit::figure),
            look.body(),
            usual,
        ));
        ways.push(with(
            names(|line| line.name),
            figures(Unit::figure),
            look.small(),
            usual,
        ));
        ways.push(with(short(), figures(Unit::figure), look.body(), usual));
        ways.push(with(short(), figures(Unit::short_figure), look.small(), usual));
        ways.push(with(short(), figures(Unit::short_figure), look.small(), close));
        let last = with(names(|_| ""), figures(Unit::short_figure), look.small(), close);
        ways.into_iter()
            .find(|way| way.width(ui, look) <= room)
            .unwrap_or(last)
    }

    fn width(&self, ui: &Ui, look: Look) -> f32 {
        let Spacing {
            before,
            dot,
            name: after,
            figure: least,
        } = self.spacing;
        let one = |(name, figure): (&&str, &String)| {
            let [name, figure] = [*name, figure.as_str()].map(|words| {
                let galley =
                    ui.painter()
                        .layout_no_wrap(words.to_owned(), self.font.clone(), look.colours.text);
                galley.size().x
            });
            before + dot + name + after + figure.max(least)
        };
        self.names.iter().zip(&self.figures).map(one).sum()
    }

    /// Shows names and figures, from the right; returns the `x` at which the next to the left may
    /// end.
    fn show(&self, ui: &mut Ui, right_middle: egui::Pos2, lines: &[Line], look: Look) -> f32 {
        let egui::Pos2 {
            x: mut right,
            y: middle,
        } = right_middle;
        let whose = self.whose.as_ref().map_or_else(String::new, |[first, second]| {
            format!("\nLeft, and solid: {first}. Right, and dashed: {second}.")
        });
        for ((line, name), figure) in lines.iter().zip(&self.names).zip(&self.figures).rev() {
            let painter = ui.painter();
            let number = painter.layout_no_wrap(figure.clone(), self.font.clone(), look.colours.ink);
            let left = right - number.size().x.max(self.spacing.figure);
            let place = Align2::LEFT_CENTER.anchor_size(pos2(left, middle), number.size());
            painter.galley(place.min, number, look.colours.ink);
            let words = painter.text(
                pos2(left - self.spacing.name, middle),
                Align2::RIGHT_CENTER,
                *name,
                self.font.clone(),
                look.colours.text,
            );
            let dot = pos2(words.left() - self.spacing.dot, middle);
            icons::dot(painter, dot, look.stroke(3.5), line.colour);
            let whose_words = self
                .whose
                .as_ref()
                .map_or_else(String::new, |[first, second]| format!(" ({first} | {second})"));
            let said = format!("{}: {figure}{whose_words}", line.name);
            let floor = line.floor.map_or_else(String::new, |floor| {
                let which = if self.whose.is_none() {
                    "Dashed"
                } else {
                    "Thin, level and dashed"
                };
                format!(
                    "\n{which}: two sets of real samples have {}; a perfect generator gets there.",
                    line.unit.figure(Some(floor))
                )
            });
            let average = match line.average {
                Some(_) if figure.ends_with(')') => {
                    "\nIn brackets: of the generator's moving average, whose dots are amber."
                }
                _ => "",
            };
            let band = match line.spread {
                Some(_) => "Pale: one standard deviation above and below.",
                None => "Pale: from the least to the most, where the line cannot show all.",
            };
            let hint = format!("{}{average}{whose}{floor}\n{band}", line.meaning);
            text::announce(ui, words.union(place), &said).on_hover_text(hint);
            right = dot.x - self.spacing.before;
        }
        right
    }
}

/// Name of the thin lines, in the legend and in the box of values.
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

/// Explains the thin lines in the legend; the right middle is given.
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
