//! Layout of a narrow window's parts, worked out from its size alone. Nothing is drawn here.
//!
//! A window that is higher than wide is one column: bar, diagnosis, canvas, the layers' switches,
//! tabs, the part that the tabs chose, timeline. In a window that is wider than high, canvas and
//! switches stand at the left and the part beside them. Either the canvas has the room, or the part
//! does; both are always seen, for a change made in a part shows on the canvas.

use egui::{Rect, Vec2, pos2, vec2};

use crate::panels::{Canvases, Split};
use crate::style::Scale;
use crate::{diagnosis, timeline, top_bar};

/// The side that has the room: canvas or part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Favoured {
    /// The canvas is as wide as the window, or as high.
    #[default]
    Canvas,
    /// The canvas is small, its switches beside it.
    Part,
}

impl Favoured {
    /// The other one.
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Canvas => Self::Part,
            Self::Part => Self::Canvas,
        }
    }
}

/// How many runs are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// One.
    One,
    /// Two, side by side.
    Two,
}

/// Places of the window's parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NarrowPanels {
    /// Across the top.
    pub bar: Rect,
    /// How the run fares, in a sentence.
    pub diagnosis: Rect,
    /// The canvas or canvases: the data to learn, and how far the run has come.
    pub canvases: Canvases,
    /// A switch for each layer.
    pub switches: Rect,
    /// Switches in a row of them.
    pub columns: usize,
    /// The row of tabs.
    pub tabs: Rect,
    /// The part that the tabs chose.
    pub part: Rect,
    /// Across the bottom.
    pub timeline: Rect,
}

/// Lengths, before scaling.
const MARGIN: f32 = 10.0;
const GAP: f32 = 8.0;
const SMALL_GAP: f32 = 4.0;
const TABS: f32 = 44.0;
const SWITCH: f32 = 46.0;
const LEAST_SWITCH: f32 = 35.0;
/// Width of a column of switches beside a canvas.
const COLUMN: f32 = 66.0;
/// Shares of the height between bar and timeline, in a window that is higher than wide: the least
/// that the part keeps, and the share of a small canvas.
const LEAST_PART: f32 = 0.22;
const SMALL_CANVAS: f32 = 0.27;
/// Shares in a window that is wider than high: the most of its width that canvases get, one or two,
/// and the share of its height that a small one has.
const MOST_CANVAS: f32 = 0.5;
const MOST_TWO_CANVASES: f32 = 0.62;
const SMALL_LYING: f32 = 0.5;

impl NarrowPanels {
    /// For a window of this size; so many layers have a switch.
    #[must_use]
    pub fn new(window: Rect, scale: Scale, favoured: Favoured, runs: Runs, layers: usize) -> Self {
        let cut = |y: f32| y.round();
        let bar_end = cut(window.top() + top_bar::narrow_height(window.width(), scale)).min(window.bottom());
        let timeline_start = cut(window.bottom() - timeline::narrow_height(scale)).max(bar_end);
        let bar = window.with_max_y(bar_end);
        let timeline = window.with_min_y(timeline_start);
        let body = Rect::from_min_max(bar.left_bottom(), timeline.right_top());
        let lies = body.width() > body.height();
        let sentence = diagnosis::narrow_height(scale);
        let inside = Body {
            rect: match lies {
                true => body,
                false => body.with_min_y((body.top() + scale.of(SMALL_GAP) + sentence).min(body.bottom())),
            },
            scale,
            favoured,
            runs,
            layers,
        };
        let (canvases, switches, columns, tabs, mut part) = match lies {
            true => inside.lying(),
            false => inside.standing(),
        };
        // Above the canvas, or where there is no height to spare below the part.
        let diagnosis = if lies {
            let row = part.with_min_y((part.bottom() - scale.of(SMALL_GAP) - sentence).max(part.top()));
            part = part.with_max_y(row.top());
            row.with_max_y(row.top() + sentence)
        } else {
            let top = body.top() + scale.of(SMALL_GAP);
            body.with_min_y(top).with_max_y(top + sentence)
        };
        let diagnosis = diagnosis.shrink2(vec2(scale.of(MARGIN), 0.0));
        Self {
            bar,
            diagnosis,
            canvases,
            switches,
            columns,
            tabs,
            part,
            timeline,
        }
    }

    /// The drawing tools' place while somebody draws: all that is not the canvas.
    #[must_use]
    pub fn tools(&self, scale: Scale) -> Rect {
        let beside = self.tabs.left() > self.canvases.rect().right();
        let place = if beside {
            self.tabs.union(self.part)
        } else {
            self.switches.union(self.tabs).union(self.part)
        };
        place.shrink2(vec2(scale.of(MARGIN), scale.of(GAP)))
    }
}

/// All between bar and timeline.
struct Body {
    rect: Rect,
    scale: Scale,
    favoured: Favoured,
    runs: Runs,
    layers: usize,
}

/// Canvases, switches and how many stand in a row, tabs, part.
type Inside = (Canvases, Rect, usize, Rect, Rect);

impl Body {
    /// Above one another.
    fn standing(&self) -> Inside {
        let s = |length| self.scale.of(length);
        let (rect, margin, gap) = (self.rect, s(MARGIN), s(GAP));
        let top = rect.top() + margin;
        let width = rect.width() - 2.0 * margin;
        let left = rect.left() + margin;
        let row = Rect::from_min_size(pos2(left, top), vec2(width, s(SWITCH)));
        let (canvases, switches, columns) = match (self.favoured, self.runs) {
            (Favoured::Canvas, Runs::One) => {
                let kept = margin + gap + s(SWITCH) + gap + s(TABS) + LEAST_PART * rect.height();
                let side = square(width.min(rect.height() - kept));
                let corner = pos2((rect.center().x - 0.5 * side.x).round(), top);
                let canvas = Rect::from_min_size(corner, side);
                let below = row.translate(vec2(0.0, side.y + gap));
                (Canvases::One(canvas), below, self.layers)
            }
            (Favoured::Part, Runs::One) => {
                let wanted = (SMALL_CANVAS * rect.height()).max(self.rows(2) * s(LEAST_SWITCH));
                let side = square(wanted.min(0.5 * width));
                let canvas = Rect::from_min_size(pos2(left, top), side);
                let room = left + width - canvas.right() - gap;
                let columns = if room > s(360.0) { 3 } else { 2 };
                let beside = Rect::from_min_size(
                    pos2(canvas.right() + gap, top),
                    vec2(room, side.y.min(self.rows(columns) * s(1.4 * SWITCH))),
                );
                (Canvases::One(canvas), beside, columns)
            }
            (favoured, Runs::Two) => {
                let share = match favoured {
                    Favoured::Canvas => 1.0 - LEAST_PART - SMALL_CANVAS,
                    Favoured::Part => SMALL_CANVAS,
                };
                let place = Rect::from_min_size(pos2(left, top - gap), vec2(width, share * rect.height()));
                let split = Split::in_row(place, row, self.scale);
                let below = row.translate(vec2(0.0, split.canvases[0].bottom() + gap - top));
                let split = Split::in_row(place, below, self.scale);
                (Canvases::Two(split), below, self.layers)
            }
        };
        let used = canvases.rect().bottom().max(switches.bottom());
        let tabs_start = (used + gap).min(rect.bottom());
        let tabs_end = (tabs_start + s(TABS)).min(rect.bottom());
        let tabs = Rect::from_min_max(pos2(rect.left(), tabs_start), pos2(rect.right(), tabs_end));
        (canvases, switches, columns, tabs, rect.with_min_y(tabs_end))
    }

    /// How many rows of switches there are.
    fn rows(&self, columns: usize) -> f32 {
        self.layers.div_ceil(columns) as f32
    }

    /// Beside one another.
    fn lying(&self) -> Inside {
        let s = |length| self.scale.of(length);
        let (rect, margin, gap) = (self.rect, s(GAP), s(GAP));
        let room = rect.shrink2(vec2(margin, margin));
        let small = SMALL_LYING * room.height();
        let below_small = room.height() - small - gap;
        let (canvases, switches, columns) = match (self.favoured, self.runs) {
            (Favoured::Part, Runs::One) if below_small >= self.rows(2) * s(LEAST_SWITCH) => {
                let side = square(small);
                let canvas = Rect::from_min_size(room.min, side);
                let below = Rect::from_min_max(
                    canvas.left_bottom() + vec2(0.0, gap),
                    pos2(canvas.left() + side.x.max(s(2.0 * COLUMN)), room.bottom()),
                );
                (Canvases::One(canvas), below, 2)
            }
            (favoured, runs) => {
                let columns = (1..=self.layers)
                    .find(|columns| room.height() >= self.rows(*columns) * s(LEAST_SWITCH))
                    .unwrap_or(1);
                let beside = columns as f32 * s(COLUMN);
                let most = match (runs, favoured) {
                    (Runs::One, Favoured::Canvas) => MOST_CANVAS,
                    (Runs::Two, Favoured::Canvas) => MOST_TWO_CANVASES,
                    (_, Favoured::Part) => SMALL_LYING * MOST_TWO_CANVASES,
                };
                let width = (most * room.width() - beside - gap).max(s(COLUMN));
                let place = Rect::from_min_size(room.min, vec2(width, room.height()));
                let canvases = match runs {
                    Runs::One => Canvases::One(Rect::from_min_size(
                        place.min,
                        square(place.width().min(place.height())),
                    )),
                    Runs::Two => Canvases::Two(Split::in_row(place, place, self.scale)),
                };
                let left = canvases.rect().right() + gap;
                let most = self.rows(columns) * s(1.2 * SWITCH);
                let beside =
                    Rect::from_min_size(pos2(left, room.top()), vec2(beside, room.height().min(most)));
                (canvases, beside, columns)
            }
        };
        let left = switches.right().max(canvases.rect().right()) + gap;
        let right = Rect::from_min_max(pos2(left.min(rect.right()), rect.top()), rect.max);
        let tabs_end = (right.top() + s(TABS)).min(right.bottom());
        (
            canvases,
            switches,
            columns,
            right.with_max_y(tabs_end),
            right.with_min_y(tabs_end),
        )
    }
}

fn square(side: f32) -> Vec2 {
    Vec2::splat(side.max(8.0).floor())
}
