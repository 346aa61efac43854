//! How the run is doing, over its whole course: at first losses of both networks and divergences of fake from real,
//! and in their places whatever else is measured.
//!
//! The kinds of charts are in [`kinds`]; a heading opens their list ([`choice`]). Two charts share
//! one time axis, its zoom and its reading line. [`lines`] has the lines of each, [`series`] their
//! course, [`unit`] the words of their figures, [`axes`] the axes, and [`zoom`] the epochs shown.
//! [`chart`] draws it all, [`head`] its heading, [`reading`] the values at the pointer, and
//! [`second`] a second run beside the first. D's outputs, which have no course, are in
//! [`histogram`]. [`marks`] has the actions on the run.
//!
//! The charts are our own. A shared time axis, its zoom, marks on it and a box that stays inside
//! were easier than through egui_plot.

mod axes;
mod chart;
mod choice;
mod head;
mod histogram;
mod kinds;
mod lines;
mod reading;
mod second;
mod series;
mod unit;
mod zoom;

use std::sync::Arc;

use egui::{CursorIcon, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};
use lab::{Course, Experiment, Snapshot, Timeline};

use crate::marks;
use crate::style::Look;
use crate::text;
use axes::Heights;
use chart::{Drawing, Frame};
use head::Chosen;
pub(crate) use kinds::Chart;
use reading::Reading;
use second::Second;
use zoom::{Epochs, Zoom};

/// How the charts are looked at.
#[derive(Debug)]
pub(crate) struct Metrics {
    chosen: Chosen,
    zoom: Zoom,
    /// The epoch on the time axis from which a range is being chosen.
    choosing: Option<f64>,
    /// Whose epochs are zoomed.
    run: Option<Arc<Experiment>>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            chosen: Chosen::default(),
            zoom: Zoom::Whole,
            choosing: None,
            run: None,
        }
    }
}

impl Metrics {
    /// Shows `factor` times fewer epochs; the last of them stays where it is.
    pub(crate) fn magnify(&mut self, snapshot: &Snapshot, factor: f64) {
        let whole = Epochs::whole(series::last_epoch(snapshot));
        let around = self.zoom.shown(whole).end();
        self.zoom.magnify(whole, around, factor, least(snapshot));
    }

    /// Shows other epochs of a zoomed run, by a share of those shown: earlier ones where it is negative.
    pub(crate) fn pan(&mut self, snapshot: &Snapshot, share: f64) {
        let whole = Epochs::whole(series::last_epoch(snapshot));
        let length = self.zoom.shown(whole).length();
        self.zoom.pan(whole, share * length);
    }

    /// Shows the whole run, also as it goes on.
    pub(crate) const fn show_whole(&mut self) {
        self.zoom = Zoom::Whole;
    }

    /// Shows a chart from the next frame on, if it is not seen: in the second place, or in its own if it was there
    /// first.
    pub(crate) fn reveal(&mut self, chart: Chart) {
        if !self.chosen.charts.contains(&chart) {
            let place = usize::from(chart != Chart::Losses);
            choice::put(&mut self.chosen.charts, place, chart);
        }
    }

    /// The places of losses and divergences in the panel, if they are seen.
    pub(crate) fn spoken_of(&self, panel: Rect, look: Look) -> [Option<Rect>; 2] {
        Chart::FIRST.map(|chart| {
            let place = self.chosen.charts.iter().position(|seen| *seen == chart)?;
            Some(rooms(panel, look)[place])
        })
    }

    /// Shows both charts.
    pub(crate) fn show(&mut self, ui: &mut Ui, panel: Rect, snapshot: &Snapshot, look: Look) {
        self.follow(&snapshot.experiment);
        let frames = frames(panel, look);
        let second = Second::of(snapshot);
        let charts = self.chosen.charts;
        for (place, frame) in frames.iter().enumerate() {
            let chosen = &mut self.chosen;
            head::show(ui, frame, place, chosen, snapshot, second.as_ref(), look);
        }
        if frames.iter().any(|frame| !frame.has_room()) {
            return;
        }
        for (chart, frame) in charts.into_iter().zip(&frames) {
            if !chart.has_course() {
                histogram::show(ui, frame, snapshot, second.as_ref(), look);
            }
        }
        let of_course: Vec<_> = charts
            .into_iter()
            .zip(&frames)
            .filter(|(chart, _)| chart.has_course())
            .collect();
        self.courses(ui, &of_course, snapshot, second.as_ref(), look);
    }

    /// Shows the charts that go over the epochs of a run.
    fn courses(
        &mut self,
        ui: &mut Ui,
        charts: &[(Chart, &Frame)],
        snapshot: &Snapshot,
        second: Option<&Second<'_>>,
        look: Look,
    ) {
        let whole = Epochs::whole(series::last_epoch(snapshot));
        let least = least(snapshot);
        let steered = charts
            .iter()
            .map(|(chart, frame)| self.steer(ui, *chart, frame, whole, least));
        let touched: Vec<_> = steered.collect();
        let shown = self.zoom.shown(whole);

        let whole_course = series::course(snapshot);
        let earlier_branch = series::earlier_branch(snapshot);
        let looked_at = series::looked_at(&whole_course);
        let earlier_looked_at = series::looked_at(earlier_branch);
        let second_looked_at = second.map(Second::looked_at);
        let timeline = Timeline::new(snapshot.experiment.configuration(), &snapshot.log);
        let pointed = touched.iter().zip(charts).find_map(|((_, pointer), (_, frame))| {
            let pointer = (*pointer)?;
            Some(shown.at(frame.share(pointer.x)))
        });
        for ((plot, pointer), (chart, frame)) in touched.into_iter().zip(charts.iter().copied()) {
            let (course, earlier, second) = match chart.is_sparse() {
                true => (&looked_at[..], &earlier_looked_at[..], second_looked_at.as_ref()),
                false => (&whole_course[..], earlier_branch, second),
            };
            let lines = chart.lines(snapshot, look);
            let pixels = frame.plot.width() / look.stroke(1.0);
            let columns = series::columns(course, &lines, shown, pixels);
            let earlier_columns = series::columns(earlier, &lines, shown, pixels);
            let second_columns = second
                .map(|second| second.columns(&lines, shown, pixels))
                .unwrap_or_default();
            let all = columns.iter().chain(&earlier_columns).chain(&second_columns);
            let extent = series::extent(all, shown);
            let heights = Heights::new(chart, self.chosen.axes[chart as usize], extent, &lines, self.zoom);
            let drawing = Drawing {
                frame,
                shown,
                heights: &heights,
                look,
            };
            drawing.background(ui);
            if extent.is_none() {
                drawing.nothing(ui, chart.nothing());
            }
            if let (Chart::Losses, Some(second)) = (chart, second) {
                second::key(ui, &drawing, &second.phrases);
            }
            drawing.earlier(ui, &lines, &earlier_columns);
            second::lines(ui, &drawing, &lines, &second_columns);
            drawing.lines(ui, &lines, &columns, &second_columns);
            if snapshot.course != Course::Present {
                drawing.epoch_shown(ui, snapshot.epoch);
            }
            let strip = drawing.strip();
            let marks = marks::of(&timeline, &strip);
            marks::show(ui, &strip, &marks, snapshot.epoch);
            if chart == charts[0].0 {
                marks::say_what_is_missing(ui, &strip, &timeline);
            }
            let back = (self.zoom != Zoom::Whole).then(|| head::whole_run(ui, frame, chart, look));
            if back.as_ref().is_some_and(Response::clicked) {
                self.zoom = Zoom::Whole;
            }
            match (self.choosing, pointed) {
                (Some(from), Some(to)) => drawing.chosen(ui, from, to),
                (None, Some(epoch)) => {
                    let near = Reading::at(epoch, course, second, earlier);
                    let told = pointer.and_then(|pointer| marks::under(&marks, &strip, pointer));
                    reading::line(ui, &drawing, &near);
                    match told {
                        Some(words) => _ = plot.on_hover_text_at_pointer(words),
                        None => reading::values(
                            ui,
                            &drawing,
                            &lines,
                            &columns,
                            &near,
                            back.map(|button| button.rect),
                        ),
                    }
                }
                (_, None) => {}
            }
        }
    }

    /// A new run is seen as a whole.
    fn follow(&mut self, run: &Arc<Experiment>) {
        if !self.run.as_ref().is_some_and(|seen| Arc::ptr_eq(seen, run)) {
            self.run = Some(Arc::clone(run));
            self.zoom = Zoom::Whole;
            self.choosing = None;
        }
    }

    /// Follows the pointer at a chart: the wheel, and drags along the plot, magnify and move the
    /// epochs shown; a drag along the time axis chooses a range; a double click goes back. Returns
    /// the plot, and the pointer's position if it is at this chart.
    fn steer(
        &mut self,
        ui: &mut Ui,
        chart: Chart,
        frame: &Frame,
        whole: Epochs,
        least: f64,
    ) -> (Response, Option<Pos2>) {
        let sense = Sense::CLICK | Sense::DRAG;
        let id = ui.scope_id().with(chart.title());
        let plot = ui.interact(frame.plot, id.with("plot"), sense);
        let time = ui.interact(frame.time, id.with("time"), sense);
        let shown = self.zoom.shown(whole);
        let at = |pointer: Pos2| shown.at(frame.share(pointer.x));

        if plot.double_clicked() || time.double_clicked() {
            self.zoom = Zoom::Whole;
        }
        if plot.dragged() {
            let share = plot.drag_delta().x / frame.plot.width();
            self.zoom.pan(whole, -f64::from(share) * shown.length());
        }
        if time.drag_started() {
            self.choosing = ui.input(|input| input.pointer.press_origin()).map(at);
        }
        let dragging_at = time.interact_pointer_pos().filter(|_| self.choosing.is_some());
        if time.drag_stopped()
            && let Some(from) = self.choosing.take()
            && let Some(to) = dragging_at.map(at)
        {
            self.zoom.choose(whole, from, to, least);
        }
        let within = plot.contains_pointer() || time.contains_pointer();
        let pointer = dragging_at.or(ui.input(|input| input.pointer.hover_pos()).filter(|_| within));
        if within && let Some(pointer) = pointer {
            let factor = ui.input(|input| {
                let turned = input.smooth_scroll_delta().y / WHEEL_DOUBLES;
                f64::from(input.zoom_delta()) * libm::exp2(f64::from(turned))
            });
            self.zoom.magnify(whole, at(pointer), factor, least);
        }

        let shown = self.zoom.shown(whole);
        let words = |part: &str| {
            let [begin, end] = [shown.begin(), shown.end()].map(|epoch| text::count(epoch.round() as u64));
            format!("{} {part}, epochs {begin} to {end}", chart.title())
        };
        plot.widget_info(|| WidgetInfo::labeled(Role::Image, true, words("chart")));
        time.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, words("time axis")));
        let plot = match self.zoom {
            Zoom::Whole => plot,
            Zoom::Part(_) if plot.dragged() => plot.on_hover_and_drag_cursor(CursorIcon::Grabbing),
            Zoom::Part(_) => plot.on_hover_cursor(CursorIcon::Grab),
        };
        time.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
        (plot, pointer)
    }
}

/// The fewest epochs that show a course: kept measurements lie a span apart or more.
fn least(snapshot: &Snapshot) -> f64 {
    (8 * snapshot.history.span()).max(20) as f64
}

/// So many points of the wheel show half as many epochs: a notch is 40.
const WHEEL_DOUBLES: f32 = 100.0;

/// The frames of the charts: side by side or, in a narrow panel, one above the other.
fn frames(panel: Rect, look: Look) -> [Frame; 2] {
    rooms(panel, look).map(|rect| Frame::new(rect, look))
}

/// The rooms of the first chart and the second.
fn rooms(panel: Rect, look: Look) -> [Rect; 2] {
    let (margin, gap) = (look.of(18.0), look.of(26.0));
    let room = panel.shrink2(vec2(margin, look.of(8.0)));
    if room.width() < NARROW * room.height() {
        let gap = look.of(8.0);
        let size = vec2(room.width(), (0.5 * (room.height() - gap)).floor());
        let upper = Rect::from_min_size(room.min, size);
        return [upper, upper.translate(vec2(0.0, size.y + gap))];
    }
    let size = vec2((0.5 * (room.width() - gap)).floor(), room.height());
    let left = Rect::from_min_size(room.min, size);
    [left, left.translate(vec2(size.x + gap, 0.0))]
}

/// Widths per height below which charts stand one above the other.
const NARROW: f32 = 2.0;
