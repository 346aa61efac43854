//! Techniques at their nodes: a small button at each opens a card that lists what can be switched there, each
//! with its controls and one sentence on what it does.
//!
//! A card lies beside its node, over the graph, and closes by its button, by Escape, or by a click
//! beside it. It refuses settings that do not go together, in the words of `gan_core`, and
//! everything stays as it was.

mod button;
mod inline;
mod place;
mod row;

use egui::{
    Align2, Area, Id, Order, Popup, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use gan_core::{Configuration, Parameter};
use lab::{Setting, Snapshot};

use super::{Editing, sign};
use crate::graph::layout::GraphLayout;
use crate::parameters::Place;
use crate::style::Look;
use crate::text;
use row::Row;

pub(super) use inline::show as show_inline;

/// Lengths before scaling: of a card with its margins, of a margin, of the head, between two rows.
const WIDTH: f32 = 384.0;
const MARGIN: f32 = 16.0;
const HEAD: f32 = 40.0;
const BETWEEN: f32 = 9.0;
const FOOT: f32 = 13.0;

/// State of the cards.
#[derive(Default)]
pub(super) struct Cards {
    open: Option<Place>,
    /// The row whose setting was refused, and why.
    refused: Option<(Parameter, String)>,
    /// Whether Escape is for something within the card: a menu, or a number being typed.
    escape_is_taken: bool,
    /// The place whose button gets the keyboard back.
    back_to: Option<Place>,
}

impl Cards {
    /// Closes the open one, by a key; whether there was one to close, or something in it that closes itself.
    pub(super) fn close(&mut self) -> bool {
        if !self.escape_is_taken {
            self.back_to = self.open.take();
            self.refused = None;
            return self.back_to.is_some();
        }
        self.open.is_some()
    }

    pub(super) fn refuse(&mut self, setting: Setting, sentence: String) {
        self.refused = Some((setting.head(), sentence));
    }

    pub(super) fn forget_refusal(&mut self) {
        self.refused = None;
    }

    fn toggle(&mut self, place: Place) {
        self.refused = None;
        self.open = (self.open != Some(place)).then_some(place);
    }
}

/// Shows the buttons, and the card that is open.
pub(super) fn show(
    ui: &mut Ui,
    layout: &GraphLayout,
    snapshot: &Snapshot,
    editing: &mut Editing,
    look: Look,
) {
    for place in Place::ALL {
        let configuration = editing.configuration(ui, snapshot);
        let is_open = editing.cards.open == Some(place);
        let response = button::show(ui, layout, place, &configuration, is_open, look);
        if editing.cards.back_to == Some(place) {
            editing.cards.back_to = None;
            response.request_focus();
        }
        if response.clicked() {
            editing.cards.toggle(place);
        }
        if editing.cards.open == Some(place) {
            card(ui, layout, place, response.rect, snapshot, editing, look);
        }
    }
}

/// The list at a place, beside its node, and after its button for whoever goes by keyboard.
fn card(
    ui: &mut Ui,
    layout: &GraphLayout,
    place: Place,
    button: Rect,
    snapshot: &Snapshot,
    editing: &mut Editing,
    look: Look,
) {
    let configuration = editing.configuration(ui, snapshot);
    // A click in a menu that reaches beyond the card is none beside it.
    let in_menu = Popup::is_any_open(ui.ctx());
    editing.cards.escape_is_taken = in_menu || !editing.entries.is_empty();
    let inner = look.of(WIDTH) - 2.0 * look.of(MARGIN);
    let rows = rows(ui, place, &configuration, editing, inner, look);
    let heights: f32 = rows.iter().map(|row| row.height + look.of(BETWEEN)).sum();
    let size = vec2(
        look.of(WIDTH),
        look.of(HEAD) + heights - look.of(BETWEEN) + look.of(FOOT),
    );
    let (rect, notch) = place::beside(layout, place, size, ui.ctx().content_rect(), look);
    let mut asked = None;
    Area::new(Id::unique(("techniques", place)))
        .order(Order::Middle)
        .fixed_pos(rect.min)
        .constrain(false)
        .show(ui.ctx(), |ui| {
            ui.set_clip_rect(ui.ctx().content_rect());
            let whole = ui.allocate_rect(rect, Sense::CLICK);
            whole.widget_info(|| WidgetInfo::labeled(Role::Group, true, format!("{}, a list", place.name())));
            paper(ui, rect, notch, look);
            head(ui, rect, place, look);
            let mut corner = rect.min + vec2(look.of(MARGIN), look.of(HEAD));
            for row in rows {
                let height = row.height;
                if let Some(setting) = row.show(ui, corner, &configuration, editing, look) {
                    asked = Some(setting);
                }
                corner.y += height + look.of(BETWEEN);
            }
        });
    if let Some(setting) = asked {
        editing.ask(setting, ui, snapshot);
    }
    let beside = ui.input(|input| {
        let clicked = input.pointer.any_click() || input.pointer.any_pressed();
        let at = input.pointer.interact_pos();
        clicked && at.is_some_and(|at| !rect.contains(at) && !button.contains(at))
    });
    if beside && !in_menu {
        editing.cards.open = None;
        editing.cards.refused = None;
    }
}

/// The rows that a card lists, laid out in so much width.
fn rows(
    ui: &Ui,
    place: Place,
    configuration: &Configuration,
    editing: &Editing,
    width: f32,
    look: Look,
) -> Vec<Row> {
    let refused = editing.cards.refused.as_ref();
    place
        .listed()
        .map(|head| {
            let refusal = refused.filter(|(of, _)| *of == head).map(|(_, why)| why.as_str());
            Row::new(ui, head, configuration, refusal, width, look)
        })
        .collect()
}

fn paper(ui: &Ui, rect: Rect, notch: place::Notch, look: Look) {
    let radius = look.stroke(6.0);
    let painter = ui.painter();
    painter.add(ui.visuals().popup_shadow.as_shape(rect, radius));
    let line = Stroke::new(1.0, look.colours.edge);
    painter.rect(rect, radius, look.colours.paper, line, StrokeKind::Inside);
    // A small corner that points to the node, in place of the line.
    let [upper, tip, lower] = notch.corners(rect, look);
    let corners = vec![upper, tip, lower];
    painter.add(Shape::convex_polygon(
        corners.clone(),
        look.colours.paper,
        Stroke::NONE,
    ));
    let along = [upper, lower].map(|corner| corner - vec2(notch.inward(), 0.0));
    painter.line_segment(along, Stroke::new(2.0, look.colours.paper));
    painter.add(Shape::line(corners, line));
}

/// Shows whose techniques these are, and that changing one begins the run anew.
fn head(ui: &mut Ui, rect: Rect, place: Place, look: Look) {
    let left = rect.left() + look.of(MARGIN);
    let middle = rect.top() + look.of(19.0);
    text::label(
        ui,
        pos2(left, middle),
        Align2::LEFT_CENTER,
        place.title(),
        look.heading(),
        look.colours.ink,
    );
    let words = "begins the run anew";
    let right = pos2(rect.right() - look.of(MARGIN), middle);
    let painted = text::label(
        ui,
        right,
        Align2::RIGHT_CENTER,
        words,
        look.small(),
        look.colours.faint,
    );
    let before = painted.left_center() - vec2(look.of(4.0) + sign::side(look), 0.0);
    sign::paint(ui.painter(), before, look);
    let y = rect.top() + look.of(HEAD - 8.0);
    let across = left..=rect.right() - look.of(MARGIN);
    ui.painter()
        .hline(across, y, Stroke::new(1.0, look.colours.hairline));
}
