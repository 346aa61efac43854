//! Icons as shapes: the same on every machine, sharp at every size, no font needed.

use egui::epaint::PathStroke;
use egui::{Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, vec2};

/// The picture on a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    /// A triangle.
    Play,
    /// Two bars.
    Pause,
    /// An arrow round to where it began.
    Reset,
    /// A triangle that ends at a bar.
    Step,
    /// A die.
    NewSeed,
    /// A triangle in a circle, half of it in dashes.
    SlowMotion,
    /// A disc, half of it filled: light and dark.
    Theme,
    /// A question mark in a circle.
    Help,
    /// Nine cells, some of them filled.
    Map,
    /// A pencil that points to the lower left.
    Pencil,
    /// A triangle that points left, to a bar.
    ToBeginning,
    /// A triangle that points right, to a bar.
    ToEnd,
    /// A disc.
    Record,
    /// A square.
    EndRecording,
    /// A folder.
    Folder,
    /// A sheet with a corner turned over.
    File,
    /// An open book.
    Lessons,
    /// Three sliders.
    Sliders,
    /// Three lines, one above the other.
    Menu,
    /// A cross.
    Close,
    /// Two arrow's heads that point away from each other, up and down.
    Enlarge,
    /// Two that point at each other.
    Reduce,
    /// A line.
    Minus,
    /// Two lines that cross.
    Plus,
    /// Two sheets side by side.
    Beside,
    /// A flag on its pole.
    Flag,
    /// A way from a point to another.
    Walk,
}

impl Icon {
    /// Draws it into the middle of a square.
    pub(crate) fn paint(self, painter: &Painter, square: Rect, colour: Color32) {
        match self {
            Self::Play => play(painter, square, colour),
            Self::Pause => pause(painter, square, colour),
            Self::Reset => reset(painter, square, colour),
            Self::Step => step(painter, square, colour),
            Self::NewSeed => die(painter, square, colour),
            Self::SlowMotion => slow_motion(painter, square, colour),
            Self::Theme => theme(painter, square, colour),
            Self::Help => help(painter, square, colour),
            Self::Map => map(painter, square, colour),
            Self::Pencil => pencil(painter, square, colour),
            Self::ToBeginning => to_beginning(painter, square, colour),
            Self::ToEnd => to_end(painter, square, colour),
            Self::Record => dot(painter, square.center(), 0.34 * square.width(), colour),
            Self::EndRecording => end_recording(painter, square, colour),
            Self::Folder => folder(painter, square, colour),
            Self::File => file(painter, square, colour),
            Self::Lessons => book(painter, square, colour),
            Self::Sliders => sliders(painter, square, colour),
            Self::Menu => strokes(painter, square, colour, &MENU),
            Self::Close => strokes(painter, square, colour, &CLOSE),
            Self::Enlarge => strokes(painter, square, colour, &ENLARGE),
            Self::Reduce => strokes(painter, square, colour, &REDUCE),
            Self::Minus => strokes(painter, square, colour, &PLUS[..1]),
            Self::Plus => strokes(painter, square, colour, &PLUS),
            Self::Flag => flag(painter, square, colour),
            Self::Walk => {
                for (x, y) in [(0.14, 0.8), (0.86, 0.2)] {
                    dot(painter, at(square, x, y), 0.13 * square.width(), colour);
                }
                strokes(painter, square, colour, &[&WALK]);
            }
            Self::Beside => {
                for left in [0.06, 0.54] {
                    let right = left + 0.4;
                    let way = [(left, 0.2), (right, 0.2), (right, 0.8), (left, 0.8)];
                    outline(painter, square, &way, colour);
                }
            }
        }
    }
}

/// Places in shares of the square's side, joined by a line.
type Way = [(f32, f32)];

const MENU: [&Way; 3] = [
    &[(0.1, 0.24), (0.9, 0.24)],
    &[(0.1, 0.5), (0.9, 0.5)],
    &[(0.1, 0.76), (0.9, 0.76)],
];
const WALK: [(f32, f32); 6] = [
    (0.14, 0.8),
    (0.42, 0.74),
    (0.54, 0.58),
    (0.46, 0.42),
    (0.58, 0.26),
    (0.86, 0.2),
];
const CLOSE: [&Way; 2] = [&[(0.18, 0.18), (0.82, 0.82)], &[(0.82, 0.18), (0.18, 0.82)]];
const PLUS: [&Way; 2] = [&[(0.16, 0.5), (0.84, 0.5)], &[(0.5, 0.16), (0.5, 0.84)]];
const ENLARGE: [&Way; 2] = [
    &[(0.2, 0.38), (0.5, 0.1), (0.8, 0.38)],
    &[(0.2, 0.62), (0.5, 0.9), (0.8, 0.62)],
];
const REDUCE: [&Way; 2] = [
    &[(0.2, 0.12), (0.5, 0.4), (0.8, 0.12)],
    &[(0.2, 0.88), (0.5, 0.6), (0.8, 0.88)],
];

fn strokes(painter: &Painter, square: Rect, colour: Color32, ways: &[&Way]) {
    let stroke = Stroke::new(0.1 * square.width(), colour);
    for way in ways {
        painter.line(way.iter().map(|(x, y)| at(square, *x, *y)).collect(), stroke);
    }
}

/// A place in a square, in shares of its side.
fn at(square: Rect, x: f32, y: f32) -> Pos2 {
    square.lerp_inside(vec2(x, y))
}

fn map(painter: &Painter, square: Rect, colour: Color32) {
    for cell in 0..9_u8 {
        let [x, y] = [cell % 3, cell / 3].map(|place| 0.12 + 0.27 * f32::from(place));
        let rect = Rect::from_min_max(at(square, x, y), at(square, x + 0.22, y + 0.22));
        let strength = [1.0, 0.6, 0.25, 0.6, 0.25, 1.0, 0.25, 1.0, 0.6][usize::from(cell)];
        painter.rect_filled(rect, 0.0, colour.gamma_multiply(strength));
    }
}

fn triangle(painter: &Painter, corners: [Pos2; 3], colour: Color32) {
    painter.add(Shape::convex_polygon(corners.to_vec(), colour, PathStroke::NONE));
}

fn bar(painter: &Painter, square: Rect, left: f32, right: f32, colour: Color32) {
    let rect = Rect::from_min_max(at(square, left, 0.14), at(square, right, 0.86));
    painter.rect_filled(rect, 0.04 * square.width(), colour);
}

fn play(painter: &Painter, square: Rect, colour: Color32) {
    // A triangle looks centred when its centre of mass is.
    let corners = [
        at(square, 0.24, 0.1),
        at(square, 0.93, 0.5),
        at(square, 0.24, 0.9),
    ];
    triangle(painter, corners, colour);
}

fn pause(painter: &Painter, square: Rect, colour: Color32) {
    bar(painter, square, 0.2, 0.41, colour);
    bar(painter, square, 0.59, 0.8, colour);
}

fn step(painter: &Painter, square: Rect, colour: Color32) {
    let corners = [
        at(square, 0.12, 0.14),
        at(square, 0.68, 0.5),
        at(square, 0.12, 0.86),
    ];
    triangle(painter, corners, colour);
    bar(painter, square, 0.74, 0.88, colour);
}

fn to_beginning(painter: &Painter, square: Rect, colour: Color32) {
    let corners = [at(square, 0.8, 0.2), at(square, 0.34, 0.5), at(square, 0.8, 0.8)];
    triangle(painter, corners, colour);
    bar(painter, square.shrink(0.08 * square.width()), 0.14, 0.26, colour);
}

fn to_end(painter: &Painter, square: Rect, colour: Color32) {
    let corners = [at(square, 0.2, 0.2), at(square, 0.66, 0.5), at(square, 0.2, 0.8)];
    triangle(painter, corners, colour);
    bar(painter, square.shrink(0.08 * square.width()), 0.74, 0.86, colour);
}

fn flag(painter: &Painter, square: Rect, colour: Color32) {
    let side = square.width();
    let pole = [at(square, 0.28, 0.1), at(square, 0.28, 0.92)];
    painter.line_segment(pole, Stroke::new(0.09 * side, colour));
    let cloth = [
        at(square, 0.28, 0.12),
        at(square, 0.86, 0.33),
        at(square, 0.28, 0.54),
    ];
    triangle(painter, cloth, colour);
}

fn end_recording(painter: &Painter, square: Rect, colour: Color32) {
    painter.rect_filled(square.shrink(0.2 * square.width()), 1.0, colour);
}

fn reset(painter: &Painter, square: Rect, colour: Color32) {
    let (centre, radius) = (at(square, 0.5, 0.55), 0.36 * square.width());
    let on_circle = |degrees: f32| {
        let (sine, cosine) = libm::sincosf(degrees.to_radians());
        centre + radius * vec2(sine, -cosine)
    };
    // Clockwise from the gap on the left over the bottom back to the top, where the arrow's head is.
    let arc = (0..=36).map(|n| on_circle(270.0 - 7.5 * n as f32)).collect();
    painter.line(arc, Stroke::new(0.1 * square.width(), colour));
    let (tip, half) = (on_circle(0.0), 0.2 * square.width());
    let head = [
        tip - vec2(1.2 * half, 0.0),
        tip - vec2(0.0, half),
        tip + vec2(0.0, half),
    ];
    triangle(painter, head, colour);
}

fn die(painter: &Painter, square: Rect, colour: Color32) {
    let side = square.width();
    let stroke = Stroke::new(0.09 * side, colour);
    let body = square.shrink(0.12 * side);
    painter.rect_stroke(
        body,
        CornerRadius::same((0.16 * side) as u8),
        stroke,
        StrokeKind::Middle,
    );
    for (x, y) in [(0.32, 0.32), (0.68, 0.32), (0.5, 0.5), (0.32, 0.68), (0.68, 0.68)] {
        painter.circle_filled(at(square, x, y), 0.075 * side, colour);
    }
}

fn slow_motion(painter: &Painter, square: Rect, colour: Color32) {
    let (centre, radius) = (at(square, 0.5, 0.5), 0.4 * square.width());
    let stroke = Stroke::new(0.09 * square.width(), colour);
    // Whole at the right, four dashes at the left; degrees clockwise from the top.
    let arcs = [
        (4.0, 176.0),
        (190.0, 220.0),
        (235.0, 262.0),
        (278.0, 305.0),
        (320.0, 350.0),
    ];
    for (from, to) in arcs {
        let on_circle = |share: f32| {
            let (sine, cosine) = libm::sincosf(egui::lerp(from..=to, share).to_radians());
            centre + radius * vec2(sine, -cosine)
        };
        painter.line((0..=16).map(|n| on_circle(n as f32 / 16.0)).collect(), stroke);
    }
    let corners = [
        at(square, 0.4, 0.32),
        at(square, 0.69, 0.5),
        at(square, 0.4, 0.68),
    ];
    triangle(painter, corners, colour);
}

fn theme(painter: &Painter, square: Rect, colour: Color32) {
    let (centre, radius) = (square.center(), 0.4 * square.width());
    painter.circle_stroke(centre, radius, Stroke::new(0.09 * square.width(), colour));
    let half = (0..=24).map(|n| {
        let (sine, cosine) = libm::sincosf((7.5 * n as f32).to_radians());
        centre + radius * vec2(sine, -cosine)
    });
    painter.add(Shape::convex_polygon(half.collect(), colour, PathStroke::NONE));
}

fn help(painter: &Painter, square: Rect, colour: Color32) {
    let side = square.width();
    painter.circle_stroke(square.center(), 0.4 * side, Stroke::new(0.09 * side, colour));
    let font = FontId::proportional(0.62 * side);
    painter.text(square.center(), Align2::CENTER_CENTER, "?", font, colour);
}

fn book(painter: &Painter, square: Rect, colour: Color32) {
    let stroke = Stroke::new(0.075 * square.width(), colour);
    for side in [-1.0, 1.0] {
        let place = |aside: f32, y: f32| at(square, 0.5 + side * aside, y);
        // From the spine's top around the page to its foot.
        let page = [
            (0.0, 0.28),
            (0.2, 0.18),
            (0.42, 0.2),
            (0.42, 0.76),
            (0.2, 0.74),
            (0.0, 0.84),
        ];
        let points: Vec<Pos2> = page.into_iter().map(|(aside, y)| place(aside, y)).collect();
        painter.add(Shape::line(points, stroke));
        for y in [0.36, 0.52] {
            painter.line_segment([place(0.13, y), place(0.32, y - 0.03)], stroke);
        }
    }
    painter.line_segment([at(square, 0.5, 0.28), at(square, 0.5, 0.84)], stroke);
}

fn sliders(painter: &Painter, square: Rect, colour: Color32) {
    let stroke = Stroke::new(0.1 * square.width(), colour);
    for (y, knob) in [(0.18, 0.68), (0.5, 0.3), (0.82, 0.6)] {
        painter.line_segment([at(square, 0.02, y), at(square, 0.98, y)], stroke);
        painter.circle_filled(at(square, knob, y), 0.145 * square.width(), colour);
    }
}

fn pencil(painter: &Painter, square: Rect, colour: Color32) {
    // Along the diagonal, from the tip; aside of it, to both sides, in shares of the square's side.
    let on_diagonal = |along: f32, aside: f32| {
        let (along, aside) = (0.08 + along * 0.84, std::f32::consts::FRAC_1_SQRT_2 * aside);
        at(square, along + aside, 1.0 - along + aside)
    };
    let half = 0.135;
    let quad = |from: f32, to: f32| {
        let corners = [
            on_diagonal(from, -half),
            on_diagonal(from, half),
            on_diagonal(to, half),
            on_diagonal(to, -half),
        ];
        Shape::convex_polygon(corners.to_vec(), colour, PathStroke::NONE)
    };
    let tip = [
        on_diagonal(0.0, 0.0),
        on_diagonal(0.22, half),
        on_diagonal(0.22, -half),
    ];
    triangle(painter, tip, colour);
    painter.add(quad(0.27, 0.78));
    painter.add(quad(0.83, 1.0));
}

fn folder(painter: &Painter, square: Rect, colour: Color32) {
    let way = [
        (0.08, 0.84),
        (0.08, 0.18),
        (0.4, 0.18),
        (0.5, 0.3),
        (0.92, 0.3),
        (0.92, 0.84),
    ];
    outline(painter, square, &way, colour);
}

fn file(painter: &Painter, square: Rect, colour: Color32) {
    let way = [(0.2, 0.06), (0.2, 0.94), (0.8, 0.94), (0.8, 0.32), (0.54, 0.06)];
    outline(painter, square, &way, colour);
    let corner = [(0.54, 0.06), (0.54, 0.32), (0.8, 0.32)];
    let stroke = Stroke::new(0.09 * square.width(), colour);
    painter.line(corner.map(|(x, y)| at(square, x, y)).to_vec(), stroke);
}

/// A closed line through places in shares of the square's side.
fn outline(painter: &Painter, square: Rect, way: &Way, colour: Color32) {
    let points = way.iter().map(|(x, y)| at(square, *x, *y)).collect();
    painter.add(Shape::closed_line(
        points,
        Stroke::new(0.09 * square.width(), colour),
    ));
}

/// A dot with a ring, as on legends of lines and dots.
pub(crate) fn dot(painter: &Painter, centre: Pos2, radius: f32, colour: Color32) {
    painter.circle_filled(centre, radius, colour);
}

/// A swatch of colour.
pub(crate) fn swatch(painter: &Painter, rect: Rect, colour: Color32) {
    painter.rect_filled(rect, 0.0, colour);
    let frame = Stroke::new(1.0, Color32::from_black_alpha(18));
    painter.rect_stroke(rect, 0.0, frame, StrokeKind::Inside);
}
