//! How D's outputs are spread now: two heaps, real and fake. The one chart without a course.

use egui::{
    Align2, Color32, Mesh, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use gan_core::measures::{HISTOGRAM_BINS, Histogram};
use lab::Snapshot;

use super::axes::Heights;
use super::chart::Frame;
use super::kinds::Chart;
use super::lines::Line;
use super::second::Second;
use super::unit::{self, Unit};
use crate::beside::Which;
use crate::palette;
use crate::style::Look;

/// How opaque a heap is.
const FILL: f32 = 0.34;
/// Heads of the vertical axis: the least in which the tallest bar has room is taken.
const HEADS: [f64; 4] = [0.105, 0.21, 0.525, 1.05];

/// Two lines for the chart's head: the share of real and of fake samples that D takes for real.
pub(super) fn lines(snapshot: &Snapshot, look: Look) -> Vec<Line> {
    let [real, fake] = heaps(snapshot).map(taken_for_real);
    let line = |name, colour, now, meaning: &'static str| Line {
        name,
        short_name: name,
        colour,
        unit: Unit::Share,
        value: |_| None,
        spread: None,
        now,
        spread_now: None,
        average: None,
        meaning: meaning.into(),
        floor: None,
    };
    vec![
        line(
            "real",
            look.colours.real,
            real,
            "Share of the real samples that D takes for real: its output is at least 0.5.",
        ),
        line(
            "fake",
            look.colours.fake,
            fake,
            "Share of the fake samples that D takes for real: its output is at least 0.5.",
        ),
    ]
}

/// D's outputs on real samples, and on fake ones.
fn heaps(snapshot: &Snapshot) -> [&Histogram; 2] {
    [&snapshot.measures.real_outputs, &snapshot.measures.fake_outputs]
}

fn taken_for_real(heap: &Histogram) -> Option<f64> {
    let upper: u32 = heap.counts()[HISTOGRAM_BINS / 2..].iter().sum();
    (heap.total() > 0).then(|| f64::from(upper) / f64::from(heap.total()))
}

/// Share of all outputs that lie in each bin.
fn shares(heap: &Histogram) -> [f64; HISTOGRAM_BINS] {
    let total = f64::from(heap.total().max(1));
    heap.counts().map(|count| f64::from(count) / total)
}

/// Shows them in the chart's frame.
pub(super) fn show(ui: &mut Ui, frame: &Frame, snapshot: &Snapshot, second: Option<&Second<'_>>, look: Look) {
    let of_first = heaps(snapshot).map(shares);
    let of_second = second.map(|second| heaps(second.snapshot).map(shares));
    let tallest = of_first.iter().chain(of_second.iter().flatten()).flatten();
    let tallest = tallest.copied().fold(0.0, f64::max);
    let head = HEADS
        .into_iter()
        .find(|head| tallest <= *head)
        .unwrap_or(HEADS[3]);
    let drawing = Drawing {
        plot: frame.plot,
        heights: Heights::of_shares(head),
        look,
    };
    drawing.background(ui);
    let colours = [look.colours.real, look.colours.fake];
    let painter = &ui.painter_at(frame.plot.expand(1.0));
    for (shares, colour) in of_first.iter().zip(colours) {
        drawing.fill(painter, shares, palette::translucent(colour, FILL));
    }
    for (shares, colour) in of_first.iter().zip(colours) {
        let stroke = Stroke::new(look.stroke(1.5), colour);
        painter.line(drawing.outline(shares), stroke);
    }
    for (shares, colour) in of_second.iter().flatten().zip(colours) {
        let stroke = Stroke::new(look.stroke(1.5), colour);
        Which::Second.paint_line(painter, drawing.outline(shares), stroke, look);
    }
    if tallest == 0.0 {
        let words = Chart::Outputs.nothing();
        let (font, colour) = (look.small(), look.colours.faint);
        painter.text(frame.plot.center(), Align2::CENTER_CENTER, words, font, colour);
    } else {
        drawing.names(ui, &of_first);
    }

    let id = ui.scope_id().with(Chart::Outputs.title());
    let response = ui.interact(frame.plot, id, Sense::hover());
    let said = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), unit::percent);
    let [real, fake] = heaps(snapshot).map(taken_for_real).map(said);
    response.widget_info(|| {
        let words = format!(
            "{} chart: D takes {real} of the real samples for real, and {fake} of the fake ones",
            Chart::Outputs.title()
        );
        WidgetInfo::labeled(Role::Image, true, words)
    });
    if let Some(pointer) = response.hover_pos()
        && tallest > 0.0
    {
        let share = (pointer.x - frame.plot.left()) / frame.plot.width();
        let bin = (share.clamp(0.0, 1.0) * HISTOGRAM_BINS as f32) as usize;
        let bin = bin.min(HISTOGRAM_BINS - 1);
        painter.rect_filled(drawing.bar(bin, head), 0.0, look.colours.hover);
        let words = |of: &[[f64; HISTOGRAM_BINS]; 2]| {
            let [real, fake] = of.each_ref().map(|shares| unit::percent(shares[bin]));
            format!("{real} of the real samples, {fake} of the fake ones")
        };
        let [from, to] = [bin, bin + 1].map(|edge| edge as f64 / HISTOGRAM_BINS as f64);
        let mut told = format!("D's output {from:.2} to {to:.2}: {}", words(&of_first));
        if let (Some(second), Some(of)) = (second, &of_second) {
            let [first, other] = &second.phrases;
            told += &format!(" ({first})\n{} ({other})", words(of));
        }
        response.on_hover_text_at_pointer(told);
    }
}

struct Drawing {
    plot: Rect,
    heights: Heights,
    look: Look,
}

impl Drawing {
    fn x(&self, output: f32) -> f32 {
        self.plot.left() + output * self.plot.width()
    }

    fn y(&self, share: f64) -> f32 {
        self.plot.bottom() - self.heights.share(share) * self.plot.height()
    }

    /// The rectangle of a bar of this height.
    fn bar(&self, bin: usize, share: f64) -> Rect {
        let edge = |place: usize| self.x(place as f32 / HISTOGRAM_BINS as f32);
        Rect::from_min_max(
            pos2(edge(bin), self.y(share).max(self.plot.top())),
            pos2(edge(bin + 1), self.plot.bottom()),
        )
    }

    /// Paper, grid, the words of both axes, and the middle, where D cannot tell.
    fn background(&self, ui: &Ui) {
        let Self { plot, look, .. } = *self;
        let painter = ui.painter();
        let hairline = Stroke::new(1.0, look.colours.hairline);
        let (font, colour) = (look.small(), look.colours.faint);
        painter.rect_filled(plot, 0.0, look.colours.paper);
        let at_most = (plot.height() / (2.0 * font.size)) as usize;
        for mark in self.heights.marks(at_most.clamp(2, 4)) {
            let y = self.y(mark.value);
            painter.hline(plot.x_range(), y, hairline);
            let place = pos2(plot.left() - look.of(4.0), y);
            painter.text(place, Align2::RIGHT_CENTER, mark.words, font.clone(), colour);
        }
        for output in [0.25, 0.5, 0.75] {
            painter.vline(self.x(output).round(), plot.y_range(), hairline);
        }
        let below = plot.bottom() + look.of(2.0);
        for (output, anchor, words) in [
            (0.0, Align2::LEFT_TOP, "0: surely fake"),
            (0.5, Align2::CENTER_TOP, "0.5"),
            (1.0, Align2::RIGHT_TOP, "1: surely real"),
        ] {
            painter.text(pos2(self.x(output), below), anchor, words, font.clone(), colour);
        }
        painter.rect_stroke(plot, 0.0, hairline, egui::StrokeKind::Middle);
    }

    /// The bars of a heap as one shape, so that none overlap.
    fn fill(&self, painter: &Painter, shares: &[f64; HISTOGRAM_BINS], colour: Color32) {
        let mut mesh = Mesh::default();
        for (bin, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            mesh.add_colored_rect(self.bar(bin, *share), colour);
        }
        painter.add(Shape::mesh(mesh));
    }

    /// Along the tops of the bars.
    fn outline(&self, shares: &[f64; HISTOGRAM_BINS]) -> Vec<Pos2> {
        let bars = shares
            .iter()
            .enumerate()
            .map(|(bin, share)| self.bar(bin, *share));
        bars.flat_map(|bar| [bar.left_top(), bar.right_top()]).collect()
    }

    /// Names the heaps, above the tallest bar of each; if both names would be in one place, they
    /// stand beside one another.
    fn names(&self, ui: &Ui, heaps: &[[f64; HISTOGRAM_BINS]; 2]) {
        let Self { plot, look, .. } = *self;
        let mut taken: Option<Rect> = None;
        for ((shares, words), colour) in heaps
            .iter()
            .zip(["real", "fake"])
            .zip([look.colours.real, look.colours.fake])
        {
            let tallest = (0..HISTOGRAM_BINS).max_by(|one, other| shares[*one].total_cmp(&shares[*other]));
            let Some(bar) = tallest.map(|bin| self.bar(bin, shares[bin])) else {
                continue;
            };
            let words = ui
                .painter()
                .layout_no_wrap(words.to_owned(), look.small(), colour);
            let size = words.size() + vec2(look.of(4.0), 0.0);
            let room = plot.shrink(look.of(2.0));
            let clear = |rect: &Rect| !taken.is_some_and(|taken| taken.intersects(*rect));
            let beside = [
                pos2(bar.center().x - 0.5 * size.x, bar.top() - size.y),
                pos2(bar.right() + look.of(2.0), bar.top()),
                pos2(bar.left() - look.of(2.0) - size.x, bar.top()),
                pos2(bar.right() + look.of(2.0), bar.top() + size.y),
                pos2(bar.left() - look.of(2.0) - size.x, bar.top() + size.y),
            ];
            let place = beside
                .into_iter()
                .map(|corner| Rect::from_min_size(corner, size))
                .find(|rect| room.contains_rect(*rect) && clear(rect));
            if let Some(rect) = place {
                let plate = palette::translucent(look.colours.paper, 0.75);
                ui.painter().rect_filled(rect, look.of(2.0), plate);
                let at = Align2::CENTER_CENTER.anchor_size(rect.center(), words.size());
                ui.painter().galley(at.min, words, colour);
                taken = Some(rect);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_heap_add_up_and_half_is_taken_for_real() {
        let heap = Histogram::of(&[0.1, 0.49, 0.5, 0.7, 1.0]);
        assert_eq!(taken_for_real(&heap), Some(0.6));
        assert!((shares(&heap).iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(taken_for_real(&Histogram::default()), None);
        assert_eq!(shares(&Histogram::default()), [0.0; HISTOGRAM_BINS]);
    }
}
