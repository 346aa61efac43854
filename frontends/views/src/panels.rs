//! Layout of the window's parts, worked out from its size alone. Nothing is drawn here.

use egui::{Pos2, Rect, pos2, vec2};

use crate::style::Scale;
use crate::{choices, legend, timeline, top_bar};

/// Places of the window's parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panels {
    /// Across the top.
    pub top_bar: Rect,
    /// Data distributions and presets, left below it.
    pub choices: Rect,
    /// The model overview graph, left.
    pub graph: Rect,
    /// Charts, left at the bottom.
    pub metrics: Rect,
    /// Canvas and legend, all of the right.
    pub layers: Rect,
    /// Across the bottom.
    pub timeline: Rect,
}

impl Panels {
    /// Share of the width that the layers get.
    const LAYERS: f32 = 0.38;
    /// Share that the layers of two runs side by side get, if the rest is as wide as graph and
    /// charts need, before scaling.
    const LAYERS_OF_TWO: f32 = 0.48;
    const GRAPH: f32 = 745.0;
    /// Share of the height between bar and timeline that the charts get.
    const METRICS: f32 = 0.265;

    /// For a window of this size.
    #[must_use]
    pub fn new(window: Rect, scale: Scale) -> Self {
        Self::with(Self::LAYERS, window, scale)
    }

    /// Makes room for two canvases; otherwise like [`Self::new`].
    #[must_use]
    pub fn of_two_runs(window: Rect, scale: Scale) -> Self {
        let left = scale.of(Self::GRAPH) / window.width().max(1.0);
        let share = Self::LAYERS_OF_TWO.min(1.0 - left).max(Self::LAYERS);
        Self::with(share, window, scale)
    }

    fn with(layers: f32, window: Rect, scale: Scale) -> Self {
        let cut = |y: f32| y.round();
        let bar_end = cut(window.top() + top_bar::height(scale));
        let timeline_start = cut(window.bottom() - timeline::height(scale)).max(bar_end);
        let body = timeline_start - bar_end;
        let choices_end = cut(bar_end + choices::height(scale)).min(timeline_start);
        let metrics_start = cut(timeline_start - Self::METRICS * body).max(choices_end);
        let layers_start = cut(window.right() - layers * window.width());
        let left = |top, bottom| Rect::from_min_max(pos2(window.left(), top), pos2(layers_start, bottom));
        Self {
            top_bar: Rect::from_min_max(window.min, pos2(window.right(), bar_end)),
            choices: left(bar_end, choices_end),
            graph: left(choices_end, metrics_start),
            metrics: left(metrics_start, timeline_start),
            layers: Rect::from_min_max(pos2(layers_start, bar_end), pos2(window.right(), timeline_start)),
            timeline: Rect::from_min_max(pos2(window.left(), timeline_start), window.max),
        }
    }
}

/// Places of the left side's parts while a lesson is open. The lesson says what to learn, so the
/// room of the choices goes to its page: nothing else becomes smaller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LessonPanels {
    /// The model overview graph.
    pub graph: Rect,
    /// The lesson's page, at the bottom left.
    pub page: Rect,
    /// Charts, one above the other, beside the page.
    pub metrics: Rect,
}

impl LessonPanels {
    /// Instead of these.
    #[must_use]
    pub fn new(usual: &Panels) -> Self {
        let saved = usual.graph.top() - usual.choices.top();
        let below = Rect::from_min_max(usual.metrics.min - vec2(0.0, saved), usual.metrics.max);
        let (page, metrics) = below.split_left_right_at_x(below.center().x.round());
        Self {
            graph: usual.graph.translate(vec2(0.0, -saved)),
            page,
            metrics,
        }
    }
}

/// Places of the parts of the layers' panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayersPanel {
    /// Upper left corner of the heading.
    pub heading: Pos2,
    /// The square of the layers.
    pub canvas: Rect,
    /// The meaning of the layers, and their switches.
    pub legend: Rect,
}

impl LayersPanel {
    /// For a panel of this size.
    #[must_use]
    pub fn new(panel: Rect, scale: Scale) -> Self {
        let margin = scale.of(18.0);
        let (head, gap) = (scale.of(34.0), scale.of(12.0));
        let legend_size = vec2(scale.of(390.0), legend::height(scale));
        let room = panel.shrink2(vec2(margin, 0.0));
        let height = room.height() - head - scale.of(5.0);
        let below = room.width().min(height - gap - legend_size.y);
        let beside = height.min(room.width() - 2.0 * gap - legend_size.x);
        let top = panel.top() + head;
        let square = |side: f32, left: f32| {
            let side = side.max(8.0).floor();
            Rect::from_min_size(pos2(left.round(), top), vec2(side, side))
        };
        let (canvas, legend) = if below >= beside {
            let canvas = square(below, room.center().x - 0.5 * below);
            (
                canvas,
                Rect::from_min_size(
                    canvas.left_bottom() + vec2(0.0, gap),
                    vec2(canvas.width(), legend_size.y),
                ),
            )
        } else {
            let used = beside + 2.0 * gap + legend_size.x;
            let canvas = square(beside, room.center().x - 0.5 * used);
            (
                canvas,
                Rect::from_min_size(canvas.right_top() + vec2(2.0 * gap, 0.0), legend_size),
            )
        };
        Self {
            heading: pos2(canvas.left(), panel.top() + scale.of(8.0)),
            canvas,
            legend,
        }
    }
}

/// Places of the parts of the layers' panel when it shows two runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// Upper left corner of the heading.
    pub heading: Pos2,
    /// The squares of the layers: side by side, or one below the other.
    pub canvases: [Rect; 2],
    /// The meaning of the layers, and their switches.
    pub legend: Rect,
    /// Height of the line above each canvas.
    line: f32,
}

/// How two canvases lie to each other.
#[derive(Clone, Copy)]
enum Along {
    Row,
    Column,
}

/// The legend's place beside the canvases.
#[derive(Clone, Copy)]
enum Legend {
    Below,
    Beside,
}

impl Split {
    /// For a panel of this size: as large as they can be.
    #[must_use]
    pub fn new(panel: Rect, scale: Scale) -> Self {
        let (head, line, gap) = (scale.of(34.0), scale.of(24.0), scale.of(12.0));
        let legend_size = vec2(scale.of(390.0), legend::height(scale));
        let room = panel.shrink2(vec2(scale.of(18.0), 0.0));
        let height = room.height() - head - scale.of(5.0);
        let side = |along, legend| {
            let (width, height) = match legend {
                Legend::Below => (room.width(), height - gap - legend_size.y),
                Legend::Beside => (room.width() - 2.0 * gap - legend_size.x, height),
            };
            match along {
                Along::Row => (0.5 * (width - gap)).min(height - line),
                Along::Column => width.min(0.5 * (height - gap) - line),
            }
        };
        let (mut along, mut legend) = (Along::Row, Legend::Below);
        for other in [
            (Along::Column, Legend::Below),
            (Along::Row, Legend::Beside),
            (Along::Column, Legend::Beside),
        ] {
            if side(other.0, other.1) > side(along, legend) {
                (along, legend) = other;
            }
        }
        let side = side(along, legend).max(8.0).floor();
        let (columns, rows) = match along {
            Along::Row => (2.0, 1.0),
            Along::Column => (1.0, 2.0),
        };
        let size = vec2(
            columns * side + (columns - 1.0) * gap,
            rows * (line + side) + (rows - 1.0) * gap,
        );
        let used = match legend {
            Legend::Below => size.x,
            Legend::Beside => size.x + 2.0 * gap + legend_size.x,
        };
        let corner = pos2((room.center().x - 0.5 * used).round(), panel.top() + head);
        let all = Rect::from_min_size(corner, size);
        let square = |corner: Pos2| Rect::from_min_size(corner + vec2(0.0, line), vec2(side, side));
        let second = match along {
            Along::Row => vec2(side + gap, 0.0),
            Along::Column => vec2(0.0, line + side + gap),
        };
        let legend = match legend {
            Legend::Below => Rect::from_min_size(
                pos2(
                    room.center().x - 0.5 * size.x.max(legend_size.x).min(room.width()),
                    all.bottom() + gap,
                ),
                vec2(size.x.max(legend_size.x).min(room.width()), legend_size.y),
            ),
            Legend::Beside => {
                Rect::from_min_size(pos2(all.right() + 2.0 * gap, corner.y + line), legend_size)
            }
        };
        Self {
            heading: pos2(corner.x.min(legend.left()), panel.top() + scale.of(8.0)),
            canvases: [square(corner), square(corner + second)],
            legend,
            line,
        }
    }

    /// Two squares side by side, as large as a place allows, each below its line; the legend lies elsewhere.
    pub(crate) fn in_row(place: Rect, legend: Rect, scale: Scale) -> Self {
        let (line, gap) = (scale.of(24.0), scale.of(12.0));
        let side = (0.5 * (place.width() - gap)).min(place.height() - line);
        let side = side.max(8.0).floor();
        let left = (place.center().x - 0.5 * (2.0 * side + gap)).round();
        let square = |left: f32| {
            let corner = pos2(left, place.top() + line);
            Rect::from_min_size(corner, vec2(side, side))
        };
        Self {
            heading: place.min,
            canvases: [square(left), square(left + side + gap)],
            legend,
            line,
        }
    }

    /// The line above a canvas.
    #[must_use]
    pub fn head(&self, place: usize) -> Rect {
        let square = self.canvases[place];
        Rect::from_min_max(square.min - vec2(0.0, self.line), square.right_top())
    }
}

/// One canvas, or two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Canvases {
    /// The square of the layers.
    One(Rect),
    /// The canvases of two runs.
    Two(Split),
}

impl Canvases {
    /// The rectangle of the canvases, with the lines above them.
    #[must_use]
    pub fn rect(&self) -> Rect {
        match self {
            Self::One(square) => *square,
            Self::Two(split) => {
                let [first, second] = split.canvases;
                first.union(second).union(split.head(0))
            }
        }
    }
}
