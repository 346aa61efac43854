//! The speed along the walk, in the colours that the path has on the canvas: so it is their legend too. It is also
//! the slider of the bead.

use egui::{
    Align2, EventFilter, Key, Mesh, Pos2, Rangef, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo, accesskit, pos2, vec2,
};
use lab::Walked;

use super::{Shown, Walker, sentences};
use crate::assistant::{self, Asked};
use crate::beside::Which;
use crate::style::Look;
use crate::{text, widgets};

/// Room before scaling: left of the chart for its figures, and below it.
const FIGURES: f32 = 32.0;
const BELOW: f32 = 14.0;
/// How far the bead goes with a key.
const STEP: f32 = 0.01;
/// Tooltip of the chart.
const HINT: &str = "How far the sample moves for a small step of the noise: at 1× as far as the noise. Drag to move along \
                    the walk, or use the arrow keys.";

/// Shows it; the bead goes where it is put.
pub(super) fn show(ui: &mut Ui, place: Rect, walker: &mut Walker, ends: [&str; 2], look: Look) {
    let plot = Rect::from_min_max(
        pos2(place.left() + look.of(FIGURES), place.top()),
        pos2(place.right(), place.bottom() - look.of(BELOW)),
    );
    let response = ui.interact(
        plot.expand2(vec2(look.of(6.0), 0.0)),
        ui.scope_id().with("place on the walk"),
        Sense::click_and_drag(),
    );
    let share = walker.bead.share();
    let put = by_pointer(&response, plot)
        .or_else(|| by_key(ui, &response, share))
        .or_else(|| by_assistant(ui, &response, share));
    if let Some(put) = put {
        walker.bead.put(put);
        ui.ctx().request_repaint();
    }
    let share = walker.bead.share();
    let Some(Shown { first, second }) = &walker.shown else {
        return;
    };
    response.widget_info(|| {
        let mut info = WidgetInfo::slider(true, f64::from(share), "Place on the walk");
        info.current_text_value = Some(format!("{share:.2}: {}", sentences::speed(first.speed_at(share))));
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
    let highest = highest([Some(first), second.as_ref()]);
    let chart = Chart { plot, highest, look };
    let here = format!("speed at {share:.2}: {}", sentences::speed(first.speed_at(share)));
    chart.background(ui, ends, &here);
    chart.columns(ui, first);
    if let Some(second) = second {
        chart.line(ui, second);
    }
    chart.bead(ui, share, first);
    if response.has_focus() {
        widgets::focus_frame(ui.painter(), plot.expand(2.0), look);
    }
    if !response.dragged() {
        response.on_hover_text(HINT);
    }
}

/// The chart's plot, and the speed at its top.
struct Chart {
    plot: Rect,
    highest: f32,
    look: Look,
}

impl Chart {
    fn x(&self, share: f32) -> f32 {
        self.plot.left() + share * self.plot.width()
    }

    fn y(&self, speed: f32) -> f32 {
        self.plot.bottom() - (speed / self.highest).min(1.0) * self.plot.height()
    }

    fn background(&self, ui: &Ui, ends: [&str; 2], here: &str) {
        let Self { plot, highest, look } = *self;
        let (painter, colours) = (ui.painter(), look.colours);
        painter.rect_filled(plot, 0.0, colours.paper);
        let hairline = Stroke::new(1.0, colours.hairline);
        let (font, colour) = (look.small(), colours.faint);
        let left = plot.left() - look.of(4.0);
        // 1× only where it does not touch the others.
        let marks = [0.0, 1.0, highest];
        let tight = |mark: f32| mark == 1.0 && highest != 1.0 && !(0.3..=0.7).contains(&(1.0 / highest));
        for mark in marks.into_iter().filter(|mark| !tight(*mark)) {
            let y = self.y(mark);
            painter.hline(plot.x_range(), y, hairline);
            let anchor = match mark {
                0.0 => Align2::RIGHT_BOTTOM,
                mark if mark == highest => Align2::RIGHT_TOP,
                _ => Align2::RIGHT_CENTER,
            };
            painter.text(pos2(left, y), anchor, figure(mark), font.clone(), colour);
        }
        painter.rect_stroke(plot, 0.0, hairline, StrokeKind::Middle);
        let below = plot.bottom() + look.of(1.0);
        for (name, x, anchor) in [
            (ends[0], plot.left(), Align2::LEFT_TOP),
            (ends[1], plot.right(), Align2::RIGHT_TOP),
        ] {
            painter.text(pos2(x, below), anchor, name, font.clone(), colours.text);
        }
        let middle = pos2(plot.center().x, below);
        let room = plot.width() - look.of(24.0);
        let words = text::fitted(painter, here, &[font, look.finest()], room, colour);
        painter.galley(
            Align2::CENTER_TOP.anchor_size(middle, words.size()).min,
            words,
            colour,
        );
    }

    /// A column for each step, as the path is drawn.
    fn columns(&self, ui: &Ui, walked: &Walked) {
        let mut mesh = Mesh::default();
        let steps = walked.speeds().len() as f32;
        for (step, speed) in walked.speeds().iter().enumerate() {
            let [left, right] = [step, step + 1].map(|station| self.x(station as f32 / steps));
            let column = Rect::from_min_max(pos2(left, self.y(*speed)), pos2(right, self.plot.bottom()));
            mesh.add_colored_rect(column, self.look.colours.speed(*speed));
        }
        ui.painter_at(self.plot).add(Shape::mesh(mesh));
    }

    /// The second run's.
    fn line(&self, ui: &Ui, walked: &Walked) {
        let steps = walked.speeds().len() as f32;
        let points: Vec<Pos2> = walked
            .speeds()
            .iter()
            .enumerate()
            .map(|(step, speed)| pos2(self.x((step as f32 + 0.5) / steps), self.y(*speed)))
            .collect();
        let stroke = Stroke::new(self.look.stroke(1.5), self.look.colours.ink);
        Which::Second.paint_line(&ui.painter_at(self.plot), points, stroke, self.look);
    }

    fn bead(&self, ui: &Ui, share: f32, walked: &Walked) {
        let Self { plot, look, .. } = *self;
        let (painter, colours) = (ui.painter(), look.colours);
        let x = self.x(share);
        painter.vline(x, plot.y_range(), Stroke::new(look.stroke(1.5), colours.ink));
        let place = pos2(x, self.y(walked.speed_at(share)));
        painter.circle(
            place,
            look.stroke(5.0),
            colours.fake,
            Stroke::new(look.stroke(1.8), colours.ink),
        );
    }
}

/// The figure at a line of the grid.
fn figure(mark: f32) -> String {
    match mark {
        mark if mark > 0.0 && mark < 1.0 => format!("{mark:.1}×"),
        _ => format!("{mark:.0}×"),
    }
}

/// The top of the chart: 0.2, 0.5, 1, 2, 5, 10, … over all speeds.
fn highest(walked: [Option<&Walked>; 2]) -> f32 {
    let speeds = walked.into_iter().flatten().flat_map(|walked| walked.speeds());
    let most = speeds.fold(0.0, |most, speed| f32::max(most, *speed));
    let mut highest = 0.2;
    for factor in [2.5, 2.0, 2.0].into_iter().cycle() {
        if highest >= most {
            break;
        }
        highest *= factor;
    }
    highest
}

fn by_pointer(response: &Response, plot: Rect) -> Option<f32> {
    let pressed = response.is_pointer_button_down_on() || response.clicked();
    let pointer = response.interact_pointer_pos().filter(|_| pressed)?;
    Some(along(plot.x_range(), pointer.x))
}

fn along(range: Rangef, x: f32) -> f32 {
    ((x - range.min) / range.span().max(1.0)).clamp(0.0, 1.0)
}

fn by_key(ui: &Ui, response: &Response, share: f32) -> Option<f32> {
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
        return Some(0.0);
    }
    if pressed(Key::End) > 0 {
        return Some(1.0);
    }
    let on = pressed(Key::ArrowRight) + pressed(Key::ArrowUp);
    let back = pressed(Key::ArrowLeft) + pressed(Key::ArrowDown);
    stepped(share, on, back)
}

/// The place on the walk that a screen reader asks for.
fn by_assistant(ui: &Ui, response: &Response, share: f32) -> Option<f32> {
    match assistant::asked(ui, response) {
        Asked::Value(place) => Some(place as f32),
        Asked::Steps { up, down } => stepped(share, up, down),
    }
}

fn stepped(share: f32, on: usize, back: usize) -> Option<f32> {
    (on != back).then_some(share + STEP * (on as f32 - back as f32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use lab::{Experiment, Inline, NoisePoint, Session as _, Walk};

    #[test]
    fn the_top_is_a_round_figure_over_all_speeds() {
        assert_eq!(highest([None, None]), 0.2);
        let snapshot = Inline::new(Experiment::preset(Preset::Ring, 1)).latest();
        let walk = Walk::Dimension {
            dimension: 0,
            others: NoisePoint::MIDDLE,
        };
        let walked = Walked::of(&walk, &snapshot);
        let most = walked
            .speeds()
            .iter()
            .fold(0.0, |most, speed| f32::max(most, *speed));
        let top = highest([Some(&walked), None]);
        assert!(
            top >= most
                && [0.2, 0.5, 1.0, 2.0, 5.0, 10.0]
                    .iter()
                    .any(|round| (top - round).abs() < 1e-5),
            "{top} over {most}"
        );
    }
}
