//! How the run is doing, over its whole course: losses of both networks, divergences of fake from real.

use std::ops::RangeInclusive;

use egui::{Align2, Color32, Rect, RichText, Stroke, Ui, UiBuilder, Vec2, Vec2b, pos2, vec2};
use egui_plot::{
    AxisHints, GridInput, GridMark, HLine, HoverPosition, Line, LineStyle, Plot, PlotBounds, PlotPoint,
    PlotPoints, Text,
};
use lab::{Measured, Snapshot};

use crate::icons;
use crate::palette;
use crate::style::Look;
use crate::text;

/// Losses above are cut off: one early spike would flatten the rest of the course.
const MOST_LOSS: f64 = 4.0;
/// Divergences below are drawn here; no pair of sample sets gets so near.
const LEAST_DIVERGENCE: f64 = 0.001;
/// Epochs the charts span at least.
const LEAST_EPOCHS: u64 = 50;

/// A line of a chart.
struct Series {
    name: &'static str,
    colour: Color32,
    value: fn(&Measured) -> Option<f64>,
    now: Option<f64>,
    /// What it is, for whoever rests on the name.
    meaning: &'static str,
    /// Where no generator gets below.
    floor: Option<f64>,
}

/// How a chart's vertical axis runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    /// From 0, as it is.
    Linear,
    /// By powers of ten: what happens near the floor shows too.
    Logarithmic,
}

/// Shows both charts side by side.
pub(crate) fn show(ui: &mut Ui, panel: Rect, snapshot: &Snapshot, look: Look) {
    let (margin, gap) = (look.of(18.0), look.of(26.0));
    let room = panel.shrink2(vec2(margin, look.of(8.0)));
    let size = vec2((0.5 * (room.width() - gap)).floor(), room.height());
    let losses = Rect::from_min_size(room.min, size);
    let divergences = losses.translate(vec2(size.x + gap, 0.0));
    chart(
        ui,
        losses,
        "Losses",
        Axis::Linear,
        &loss_series(snapshot, look),
        snapshot,
        look,
    );
    chart(
        ui,
        divergences,
        "Divergences",
        Axis::Logarithmic,
        &divergence_series(snapshot, look),
        snapshot,
        look,
    );
}

fn loss_series(snapshot: &Snapshot, look: Look) -> [Series; 2] {
    [
        Series {
            name: "Discriminator",
            colour: look.colours.discriminator,
            value: |measured| measured.discriminator_loss,
            now: snapshot.discriminator_loss,
            meaning: "How badly the discriminator tells real from fake.",
            floor: None,
        },
        Series {
            name: "Generator",
            colour: look.colours.generator,
            value: |measured| measured.generator_loss,
            now: snapshot.generator_loss,
            meaning: "How well the discriminator sees through the fake samples.",
            floor: None,
        },
    ]
}

fn divergence_series(snapshot: &Snapshot, look: Look) -> [Series; 2] {
    [
        Series {
            name: "KL",
            colour: look.colours.kl,
            value: |measured| Some(measured.kl),
            now: Some(snapshot.divergence.kl),
            meaning: "Kullback–Leibler divergence of the real samples from the fake ones, in bits: 0 where both lie \
                      alike. It punishes real samples that the generator never makes.",
            floor: Some(snapshot.floor.kl),
        },
        Series {
            name: "JS",
            colour: look.colours.js,
            value: |measured| Some(measured.js),
            now: Some(snapshot.divergence.js),
            meaning: "Jensen–Shannon divergence between real and fake samples, in bits: 0 where both lie alike, 1 \
                      where they have no place in common.",
            floor: Some(snapshot.floor.js),
        },
    ]
}

fn chart(
    ui: &mut Ui,
    rect: Rect,
    title: &str,
    axis: Axis,
    series: &[Series],
    snapshot: &Snapshot,
    look: Look,
) {
    let heading = text::heading(ui.painter(), rect.min, title, look);
    present_values(ui, rect, series, look);
    let plot_rect = Rect::from_min_max(pos2(rect.left(), heading.bottom() + look.of(6.0)), rect.max);

    let points: Vec<Vec<[f64; 2]>> = series
        .iter()
        .map(|series| course(series, axis, snapshot))
        .collect();
    let epochs = snapshot.epoch.max(LEAST_EPOCHS) as f64;
    let heights = heights(axis, &points);
    let bounds = PlotBounds::from_min_max([0.0, *heights.start()], [epochs, *heights.end()]);

    // Between the dashed lines, which it explains, where they are a line of text apart.
    let points_per_height = plot_rect.height() / (heights.end() - heights.start()) as f32;
    let floors: Vec<f64> = series
        .iter()
        .filter_map(|series| Some(height(axis, series.floor?)))
        .collect();
    let floor_words = match floors[..] {
        [one, other] if (one - other).abs() as f32 * points_per_height > 1.3 * look.small().size => {
            Some(0.5 * (one + other))
        }
        _ => None,
    };

    let hints = |hints: AxisHints<'static>| {
        hints
            .tick_label_font(look.small())
            .tick_label_color(look.colours.faint)
    };
    let plot = Plot::new(title)
        .width(plot_rect.width())
        .height(plot_rect.height())
        .min_size(Vec2::ZERO)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_axis_zoom_drag(false)
        .set_margin_fraction(Vec2::ZERO)
        .default_x_bounds(0.0, epochs)
        .default_y_bounds(*heights.start(), *heights.end())
        .auto_bounds(Vec2b::FALSE)
        .grid_color(look.colours.hairline)
        .grid_fade(0.0)
        .cursor_color(look.colours.off)
        .x_grid_spacer(epoch_marks)
        .y_grid_spacer(move |input| height_marks(axis, &input))
        .custom_x_axes(vec![hints(
            AxisHints::new_x()
                .label_spacing(look.of(30.0)..=look.of(40.0))
                .formatter(|mark, _| epoch_label(mark.value)),
        )])
        .custom_y_axes(vec![hints(
            AxisHints::new_y()
                .min_thickness(look.of(30.0))
                .label_spacing(look.of(12.0)..=look.of(16.0))
                .formatter(move |mark, _| height_label(axis, mark.value)),
        )])
        .label_formatter(move |at| hover_label(axis, at));

    ui.scope_builder(UiBuilder::new().max_rect(plot_rect), |ui| {
        plot.show(ui, |plot| {
            plot.set_plot_bounds(bounds);
            if let Some(height) = floor_words {
                let place = PlotPoint::new(0.99 * epochs, height);
                let words = RichText::new("two sets of real samples").font(look.small());
                plot.text(
                    Text::new("floor", place, words)
                        .anchor(Align2::RIGHT_CENTER)
                        .color(look.colours.faint),
                );
            }
            for (series, points) in series.iter().zip(points) {
                if let Some(floor) = series.floor {
                    let stroke = Stroke::new(look.stroke(1.0), palette::translucent(series.colour, 0.8));
                    let floor = HLine::new(format!("{} of two real sets", series.name), height(axis, floor));
                    plot.hline(
                        floor
                            .stroke(stroke)
                            .style(LineStyle::Dashed { length: look.of(4.0) }),
                    );
                }
                let stroke = Stroke::new(look.stroke(1.5), series.colour);
                // Bands, egui_plot's short cut for dense lines, tear steep ones into dashes.
                let line = Line::new(series.name, PlotPoints::from(points)).allow_band(false);
                plot.line(line.stroke(stroke));
            }
        });
    });
}

/// Names and figures, right above the chart, from the right.
fn present_values(ui: &mut Ui, rect: Rect, series: &[Series], look: Look) {
    let middle = rect.top() + 0.6 * look.heading().size;
    let mut right = rect.right();
    for series in series.iter().rev() {
        let figure = text::figure(series.now);
        let painter = ui.painter();
        let number = painter.layout_no_wrap(figure.clone(), look.body(), look.colours.ink);
        // Figures have one width, so that names stand still.
        let left = right - number.size().x.max(look.of(32.0));
        let place = Align2::LEFT_CENTER.anchor_size(pos2(left, middle), number.size());
        painter.galley(place.min, number, look.colours.ink);
        let name = painter.text(
            pos2(left - look.of(5.0), middle),
            Align2::RIGHT_CENTER,
            series.name,
            look.body(),
            look.colours.text,
        );
        let dot = pos2(name.left() - look.of(9.0), middle);
        icons::dot(painter, dot, look.stroke(3.5), series.colour);
        let said = format!("{}: {figure}", series.name);
        text::announce(ui, name.union(place), &said).on_hover_text(series.meaning);
        right = dot.x - look.of(14.0);
    }
}

/// The whole course up to now, as points of the chart.
fn course(series: &Series, axis: Axis, snapshot: &Snapshot) -> Vec<[f64; 2]> {
    let past = snapshot.history.measured().iter();
    let past = past.filter_map(|measured| Some((measured.epoch, (series.value)(measured)?)));
    let now = series.now.map(|now| (snapshot.epoch, now));
    past.chain(now)
        .filter(|(_, value)| value.is_finite())
        .map(|(epoch, value)| [epoch as f64, height(axis, value)])
        .collect()
}

/// A value's place on the axis.
fn height(axis: Axis, value: f64) -> f64 {
    match axis {
        Axis::Linear => value,
        Axis::Logarithmic => libm::log10(value.max(LEAST_DIVERGENCE)),
    }
}

/// The value at a place of the axis.
fn value(axis: Axis, height: f64) -> f64 {
    match axis {
        Axis::Linear => height,
        Axis::Logarithmic => libm::exp10(height),
    }
}

/// What the axis spans: all points, and enough to be calm.
fn heights(axis: Axis, points: &[Vec<[f64; 2]>]) -> RangeInclusive<f64> {
    let highest = points.iter().flatten().map(|point| point[1]).fold(0.0, f64::max);
    match axis {
        Axis::Linear => 0.0..=(1.08 * highest).clamp(1.2, MOST_LOSS),
        Axis::Logarithmic => height(axis, LEAST_DIVERGENCE)..=(highest + 0.1).max(1.05),
    }
}

fn height_marks(axis: Axis, input: &GridInput) -> Vec<GridMark> {
    let (least, most) = input.bounds;
    let step = match axis {
        Axis::Linear if most <= 2.0 => 0.5,
        Axis::Linear | Axis::Logarithmic => 1.0,
    };
    marks(least, most, step)
}

/// At most six round numbers.
fn epoch_marks(input: GridInput) -> Vec<GridMark> {
    let (least, most) = input.bounds;
    let mut step = 10.0;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle() {
        if (most - least) / step <= 5.0 || !(step < 1e18) {
            break;
        }
        step *= factor;
    }
    marks(least, most, step)
}

fn marks(least: f64, most: f64, step: f64) -> Vec<GridMark> {
    let (first, last) = ((least / step).ceil() as i64, (most / step).floor() as i64);
    let mark = |n| GridMark {
        value: n as f64 * step,
        step_size: step,
    };
    (first..=last).map(mark).collect()
}

fn epoch_label(epoch: f64) -> String {
    if epoch >= 1e6 {
        format!("{}M", epoch / 1e6)
    } else if epoch >= 1e5 {
        format!("{}k", epoch / 1e3)
    } else {
        text::count(epoch as u64)
    }
}

fn height_label(axis: Axis, height: f64) -> String {
    match axis {
        // Where the axes meet, the other one's 0 stands for both.
        Axis::Linear if height == 0.0 => String::new(),
        Axis::Linear => format!("{height}"),
        Axis::Logarithmic if height < 0.0 => format!("{:.*}", (-height) as usize, value(axis, height)),
        Axis::Logarithmic => format!("{:.0}", value(axis, height)),
    }
}

fn hover_label(axis: Axis, at: &HoverPosition<'_>) -> Option<String> {
    match at {
        HoverPosition::NearDataPoint {
            plot_name, position, ..
        } => {
            let value = text::figure(Some(value(axis, position.y)));
            Some(format!(
                "{plot_name}: {value}\nepoch {}",
                text::count(position.x as u64)
            ))
        }
        HoverPosition::Elsewhere { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_powers_of_ten() {
        let label = |height| height_label(Axis::Logarithmic, height);
        assert_eq!([-2.0, -1.0, 0.0, 1.0].map(label), ["0.01", "0.1", "1", "10"]);
    }

    #[test]
    fn epochs_get_a_handful_of_round_marks() {
        for most in [50.0, 466.0, 2_000.0, 12_345.0, 5e6, 1e15] {
            let input = GridInput {
                bounds: (0.0, most),
                base_step_size: 1.0,
            };
            let marks = epoch_marks(input);
            assert!((3..=6).contains(&marks.len()), "{most}: {}", marks.len());
        }
        assert_eq!(epoch_label(2_000.0), "2,000");
        assert_eq!(epoch_label(250_000.0), "250k");
    }

    #[test]
    fn zero_and_infinity_have_a_place() {
        assert!(height(Axis::Logarithmic, 0.0).is_finite());
        let spike = vec![vec![[1.0, 1e30]]];
        assert_eq!(*heights(Axis::Linear, &spike).end(), MOST_LOSS);
    }
}
