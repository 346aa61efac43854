//! The data to learn: distributions as thumbnails, and recipes beside them ([`recipes`]).

use egui::{Align2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use gan_core::gan::draw_real;
use gan_core::random::{Purpose, Stream};
use gan_core::{Point, Preset, Reference, Target};
use lab::{Command, Drawing, Experiment, Snapshot};

use crate::drawing::{DrawingBoard, origin};
use crate::icons::Icon;
use crate::layers::paint_dots;
use crate::palette;
use crate::projection::Projection;
use crate::recipes;
use crate::style::{Hand, Look, Scale};
use crate::text;
use crate::touch;
use crate::widgets::{self, IconButton, Pressable};

/// Dots of a thumbnail.
const DOTS: usize = 160;

/// Targets that come from a formula, with samples to show of each.
pub(crate) struct Thumbnails(Vec<(Target, Vec<Point>)>);

impl Thumbnails {
    /// Draws the samples; always the same ones.
    pub(crate) fn new() -> Self {
        let formulas = Target::ALL
            .into_iter()
            .filter(|target| *target != Target::Drawing);
        let samples = |target| {
            let mut configuration = Preset::Ring.configuration();
            configuration.target = target;
            let mut samples = vec![[0.0; 2]; DOTS];
            let stream = Stream::new(0, Purpose::EvaluationReal);
            draw_real::<Reference>(&configuration, &[], stream, &mut samples);
            (target, samples)
        };
        Self(formulas.map(samples).collect())
    }
}

/// Height of the strip.
pub(crate) fn height(scale: Scale) -> f32 {
    scale.of(92.0)
}

/// Shows both; returns what was chosen. Drawing begins on the board.
pub(crate) fn show(
    ui: &mut Ui,
    strip: Rect,
    snapshot: &Snapshot,
    thumbnails: &Thumbnails,
    board: &mut DrawingBoard,
    look: Look,
) -> Option<Command> {
    let mut chosen = None;
    let corner = strip.min + vec2(look.of(18.0), look.of(9.0));
    text::heading(ui.painter(), corner, "Data distribution", look);
    let top = corner.y + look.of(21.0);
    let side = look.of(44.0);
    // If presets and recipes would have too little room, tiles come nearer to one another; a pencil
    // beside one's own points keeps its room.
    let count = (thumbnails.0.len() + 1) as f32;
    let has_pencil = !snapshot.experiment.drawing().is_empty();
    let room = strip.width() - count * (side + look.of(10.0));
    let (gap, after) = match (room >= look.of(270.0), has_pencil) {
        (true, _) => (10.0, 30.0),
        (false, false) => (7.0, 14.0),
        (false, true) => (5.0, 26.0),
    };
    let pitch = side + look.of(gap);
    let place = |index: usize| {
        let left = corner.x + index as f32 * pitch;
        Rect::from_min_size(pos2(left, top), vec2(side, side))
    };
    chosen = tiles(ui, place, snapshot, thumbnails, board, look).or(chosen);

    let left = place(thumbnails.0.len()).right() + look.of(after);
    let rest = Rect::from_min_max(
        pos2(left, corner.y),
        pos2(strip.right() - look.of(18.0), strip.bottom()),
    );
    chosen = recipes::show(ui, rest, snapshot, look).or(chosen);
    begun(chosen, board)
}

/// A tile for each of the data, and one for one's own; returns what was chosen.
fn tiles(
    ui: &mut Ui,
    place: impl Fn(usize) -> Rect,
    snapshot: &Snapshot,
    thumbnails: &Thumbnails,
    board: &mut DrawingBoard,
    look: Look,
) -> Option<Experiment> {
    let mut chosen = None;
    for (index, (target, samples)) in thumbnails.0.iter().enumerate() {
        let name = target.name();
        let thumbnail = Thumbnail {
            name: &format!("Target {name}"),
            caption: &text::title(name),
            hint: "Learn these data with the present networks and learning rates. Restarts.",
            samples,
            current: snapshot.configuration.target == *target && !board.is_open(),
        };
        if thumbnail.show(ui, place(index), look).clicked() {
            let mut configuration = snapshot.configuration;
            configuration.target = *target;
            // Targets from a formula need no drawing, and its techniques go together now: never an error.
            chosen = snapshot.experiment.with_configuration(configuration).ok();
        }
    }
    let own = thumbnails.0.len();
    let tile = place(own);
    let pencil = match look.hand {
        Hand::Mouse => {
            let side = look.of(20.0);
            let middle = tile.right_center() + vec2(look.of(3.0) + 0.5 * side, 0.0);
            Rect::from_center_size(middle, vec2(side, side))
        }
        Hand::Finger => {
            let side = look.target(20.0);
            Rect::from_center_size(place(own + 1).center(), vec2(side, side))
        }
    };
    own_points(ui, tile, pencil, snapshot, board, look).or(chosen)
}

fn begun(chosen: Option<Experiment>, board: &mut DrawingBoard) -> Option<Command> {
    if chosen.is_some() {
        // The drawing stays, for whoever comes back to it.
        board.set_aside();
    }
    chosen.map(Command::Restart)
}

/// Lengths before scaling, of the part of a narrow window: a tile, between two, below one for its name.
const TILE: f32 = 60.0;
const BETWEEN: f32 = 8.0;
const NAME: f32 = 20.0;

/// Works like [`show`], in the part of a narrow window: tiles in rows, all else below. It scrolls
/// if it is longer than the room.
pub(crate) fn show_part(
    ui: &mut Ui,
    part: Rect,
    snapshot: &Snapshot,
    thumbnails: &Thumbnails,
    board: &mut DrawingBoard,
    look: Look,
) -> Option<Command> {
    let s = |length| look.of(length);
    let (margin, gap) = (s(12.0), s(BETWEEN));
    let width = part.width() - 2.0 * margin;
    let columns = ((width + gap) / (s(TILE) + gap)).floor().max(3.0);
    // One's own points have a pencil after them.
    let rows = ((thumbnails.0.len() + 2) as f32 / columns).ceil();
    let side = ((width + gap) / columns - gap).floor().min(s(1.4 * TILE));
    let pitch = vec2((width - side) / (columns - 1.0), side + s(NAME) + gap);
    let top = s(8.0 + 21.0);
    let recipes_top = top + rows * pitch.y + s(4.0);
    let height = recipes_top + recipes::height(look) + s(12.0);
    touch::scrolled(ui, "data", part, height, look, |ui, content| {
        let corner = content.min + vec2(margin, s(8.0));
        text::heading(ui.painter(), corner, "Data distribution", look);
        let place = |index: usize| {
            let (column, row) = (index as f32 % columns, (index as f32 / columns).floor());
            let offset = vec2((column * pitch.x).round(), row * pitch.y);
            Rect::from_min_size(pos2(corner.x, content.top() + top) + offset, vec2(side, side))
        };
        let chosen = tiles(ui, place, snapshot, thumbnails, board, look);
        let below = Rect::from_min_size(
            pos2(corner.x, content.top() + recipes_top),
            vec2(width.min(s(460.0)), recipes::height(look)),
        );
        let chosen = recipes::show(ui, below, snapshot, look).or(chosen);
        begun(chosen, board)
    })
}

/// Shows one's own points: to draw some, or to learn the points there are. Returns the choice,
/// unless that is to draw.
fn own_points(
    ui: &mut Ui,
    rect: Rect,
    pencil_place: Rect,
    snapshot: &Snapshot,
    board: &mut DrawingBoard,
    look: Look,
) -> Option<Experiment> {
    let drawing = snapshot.experiment.drawing();
    let on_sheet = board.points();
    let points = on_sheet.as_deref().unwrap_or(drawing.points());
    // The thumbnail shows as many points as the others do, from the first to the last.
    let step = points.len().div_ceil(DOTS).max(1);
    let samples: Vec<Point> = points.iter().step_by(step).copied().collect();
    let learning = snapshot.configuration.target == Target::Drawing;
    let (name, caption, hint) = match (drawing.is_empty(), board.is_open(), learning) {
        (true, false, _) => ("Draw", "Draw", "Draw data of your own with a brush".to_owned()),
        (_, true, _) => (
            "Target your points",
            "Drawing",
            "What is on the paper now".to_owned(),
        ),
        (false, false, false) => ("Target your points", "Your points", to_learn(drawing)),
        (false, false, true) => ("Target your points", "Your points", to_change(drawing)),
    };
    let thumbnail = Thumbnail {
        name,
        caption,
        hint: &hint,
        samples: &samples,
        current: learning || board.is_open(),
    };
    let pressed = thumbnail.show(ui, rect, look).clicked();
    if samples.is_empty() {
        let square = Rect::from_center_size(rect.center(), 0.5 * rect.size());
        Icon::Pencil.paint(ui.painter(), square, look.colours.faint);
    }
    let mut draw = false;
    if !drawing.is_empty() && !board.is_open() {
        let pencil = IconButton {
            icon: Icon::Pencil,
            name: "Draw",
            hint: "Draw on, or draw something else",
            colour: look.colours.text,
            pressable: Pressable::Yes,
        };
        draw = pencil.show_plain(ui, pencil_place, look).clicked();
    }
    if draw || pressed && (drawing.is_empty() || learning) {
        board.open(drawing);
        return None;
    }
    // The drawing has points, so this is never an error.
    let now = snapshot.experiment.with_configuration(snapshot.configuration);
    let back = || now.ok()?.learning(drawing.clone()).ok();
    if pressed && !board.is_open() { back() } else { None }
}

/// Hint of the tile that learns one's own points.
fn to_learn(drawing: &Drawing) -> String {
    let learn = "Learn these data with the present networks and learning rates. Restarts.";
    match origin::sentence(drawing) {
        Some(file) => format!("{file}.\n{learn}"),
        None => learn.to_owned(),
    }
}

/// Hint of that tile while one's own points are being learnt.
fn to_change(drawing: &Drawing) -> String {
    match origin::sentence(drawing) {
        Some(file) => format!("{file}.\nOpens them for drawing."),
        None => "Opens your drawing, to change it.".to_owned(),
    }
}

/// A picture of data to learn.
struct Thumbnail<'a> {
    /// The accessible name.
    name: &'a str,
    caption: &'a str,
    hint: &'a str,
    samples: &'a [Point],
    current: bool,
}

impl Thumbnail<'_> {
    fn show(self, ui: &mut Ui, rect: Rect, look: Look) -> Response {
        let caption = pos2(rect.center().x, rect.bottom() + look.of(9.0));
        let response = ui.interact(
            rect.union(Rect::from_pos(caption)),
            ui.scope_id().with(("thumbnail", self.name)),
            Sense::click(),
        );
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, self.current, self.name));
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 1.0, look.colours.paper);
        let projection = Projection::onto(rect.shrink(2.0));
        let colour = palette::translucent(look.colours.real, if self.current { 1.0 } else { 0.7 });
        let dots = self
            .samples
            .iter()
            .map(|sample| (projection.place(*sample), colour));
        paint_dots(&painter, projection.dot_radius(), dots);
        let stroke = match (self.current, response.hovered()) {
            (true, _) => Stroke::new(2.0, look.colours.chosen),
            (false, true) => Stroke::new(1.0, look.colours.faint),
            (false, false) => Stroke::new(1.0, look.colours.hairline),
        };
        painter.rect_stroke(rect, 1.0, stroke, StrokeKind::Inside);
        let ink = if self.current {
            look.colours.ink
        } else {
            look.colours.faint
        };
        ui.painter()
            .text(caption, Align2::CENTER_CENTER, self.caption, look.small(), ink);
        if response.has_focus() {
            widgets::focus_frame(ui.painter(), rect.expand(2.0), look);
        }
        response.on_hover_text(self.hint)
    }
}
