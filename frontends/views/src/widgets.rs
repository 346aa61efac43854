//! The few controls the viewer needs beyond egui's, each with an accessible name.

use egui::text::LayoutJob;
use egui::{
    Align, Align2, Color32, CornerRadius, FontId, Painter, Rect, Response, Role, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use crate::icons::Icon;
use crate::style::{Hand, Look};

/// Whether a button can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pressable {
    /// It can.
    Yes,
    /// It would have no effect now.
    No,
}

/// A round button with an icon and an accessible name.
pub(crate) struct IconButton<'a> {
    pub(crate) icon: Icon,
    pub(crate) name: &'a str,
    /// A sentence that says its effect.
    pub(crate) hint: &'a str,
    pub(crate) colour: Color32,
    pub(crate) pressable: Pressable,
}

impl IconButton<'_> {
    /// A disc of colour with a white icon.
    pub(crate) fn show_filled(self, ui: &mut Ui, disc: Rect, look: Look) -> Response {
        let (centre, radius) = (disc.center(), 0.5 * disc.width());
        let response = self.interact(ui, disc);
        let fill = match (self.pressable, self.emphasis(ui, &response)) {
            (Pressable::No, _) => look.colours.off,
            (_, emphasis) => self.colour.lerp_to_gamma(Color32::WHITE, 0.18 * emphasis),
        };
        let painter = ui.painter();
        for (spread, shade) in [(2.5, 10), (1.5, 18)] {
            painter.circle_filled(
                centre + vec2(0.0, 1.0),
                radius + spread,
                Color32::from_black_alpha(shade),
            );
        }
        painter.circle_filled(centre, radius, fill);
        let square = Rect::from_center_size(centre, vec2(1.0, 1.0) * radius * 0.86);
        self.icon.paint(painter, square, Color32::WHITE);
        self.outline_focus(painter, &response, centre, radius + 3.0, look);
        response
    }

    /// An icon of colour, a faint disc behind it when the pointer is near.
    pub(crate) fn show_plain(self, ui: &mut Ui, disc: Rect, look: Look) -> Response {
        let (centre, radius) = (disc.center(), 0.5 * disc.width());
        let response = self.interact(ui, disc);
        let emphasis = self.emphasis(ui, &response);
        let painter = ui.painter();
        if emphasis > 0.0 {
            painter.circle_filled(centre, radius, look.colours.hover.gamma_multiply(emphasis));
        }
        let colour = match self.pressable {
            Pressable::Yes => self.colour,
            Pressable::No => look.colours.off,
        };
        let square = Rect::from_center_size(centre, vec2(1.0, 1.0) * radius * 1.1);
        self.icon.paint(painter, square, colour);
        self.outline_focus(painter, &response, centre, radius, look);
        response
    }

    /// Shows it like [`Self::show_plain`]; if it is on, it has a disc of colour.
    pub(crate) fn show_toggle(self, ui: &mut Ui, disc: Rect, on: bool, look: Look) -> Response {
        let (centre, radius) = (disc.center(), 0.5 * disc.width());
        let response = self.interact(ui, disc);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, self.name));
        let emphasis = self.emphasis(ui, &response);
        let painter = ui.painter();
        let behind = if on {
            look.colours.chosen
        } else {
            look.colours.hover.gamma_multiply(emphasis)
        };
        painter.circle_filled(centre, radius, behind);
        let square = Rect::from_center_size(centre, vec2(1.0, 1.0) * radius * 1.25);
        let colour = if on { Color32::WHITE } else { self.colour };
        self.icon.paint(painter, square, colour);
        self.outline_focus(painter, &response, centre, radius + 2.0, look);
        response
    }

    fn interact(&self, ui: &mut Ui, rect: Rect) -> Response {
        let sense = match self.pressable {
            Pressable::Yes => Sense::click(),
            Pressable::No => Sense::hover(),
        };
        let response = ui.interact(rect, ui.scope_id().with(self.hint), sense);
        let enabled = self.pressable == Pressable::Yes;
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, self.name));
        response.on_hover_text(self.hint)
    }

    fn emphasis(&self, ui: &Ui, response: &Response) -> f32 {
        let hovered = self.pressable == Pressable::Yes && response.hovered();
        ui.ctx().animate_bool(response.id, hovered)
    }

    fn outline_focus(
        &self,
        painter: &Painter,
        response: &Response,
        centre: egui::Pos2,
        radius: f32,
        look: Look,
    ) {
        if response.has_focus() {
            painter.circle_stroke(centre, radius, Stroke::new(1.5, look.colours.chosen));
        }
    }
}

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Plain,
    /// The action one came for.
    Primary,
}

/// A button with words.
pub(crate) struct PushButton<'a> {
    /// Before the words.
    pub(crate) icon: Option<Icon>,
    /// Words on it, also its accessible name.
    pub(crate) words: &'a str,
    /// A sentence that says its effect.
    pub(crate) hint: &'a str,
    pub(crate) pressable: Pressable,
    pub(crate) weight: Weight,
    pub(crate) font: FontId,
}

impl PushButton<'_> {
    /// Shows it.
    pub(crate) fn show(self, ui: &mut Ui, rect: Rect, look: Look) -> Response {
        self.show_tinted(ui, rect, None, look)
    }

    /// Shows it like [`Self::show`], the icon in a colour of its own.
    pub(crate) fn show_tinted(self, ui: &mut Ui, rect: Rect, tint: Option<Color32>, look: Look) -> Response {
        let enabled = self.pressable == Pressable::Yes;
        let sense = if enabled { Sense::click() } else { Sense::hover() };
        let response = ui.interact(rect, ui.scope_id().with(self.words), sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, self.words));
        let colours = look.colours;
        let (fill, frame, ink) = match (self.pressable, self.weight, response.hovered()) {
            (Pressable::No, ..) => (colours.background, colours.hairline, colours.off),
            (_, Weight::Plain, true) => (colours.hairline, colours.hairline, colours.ink),
            (_, Weight::Plain, false) => (colours.paper, colours.hairline, colours.text),
            (_, Weight::Primary, hovered) => {
                let lighter = if hovered { 0.18 } else { 0.0 };
                let fill = colours.primary.lerp_to_gamma(Color32::WHITE, lighter);
                (fill, fill, Color32::WHITE)
            }
        };
        let painter = ui.painter();
        let radius = CornerRadius::same((0.15 * rect.height()) as u8);
        painter.rect(rect, radius, fill, Stroke::new(1.0, frame), StrokeKind::Inside);
        let words = painter.layout_no_wrap(self.words.to_owned(), self.font, ink);
        let side = 0.7
            * match look.hand {
                Hand::Mouse => rect.height(),
                Hand::Finger => rect.height().min(look.of(22.0)),
            };
        let before = if self.icon.is_some() { 1.3 * side } else { 0.0 };
        let left = rect.center().x - 0.5 * (before + words.size().x);
        if let Some(icon) = self.icon {
            let centre = pos2(left + 0.5 * side, rect.center().y);
            let square = Rect::from_center_size(centre, vec2(side, side));
            icon.paint(painter, square, tint.unwrap_or(ink));
        }
        let corner = pos2(left + before, rect.center().y - 0.5 * words.size().y);
        painter.galley(corner, words, ink);
        if response.has_focus() {
            focus_frame(painter, rect.expand(2.0), look);
        }
        response.on_hover_text(self.hint)
    }
}

/// A button with words, one of several of which one is chosen.
pub(crate) struct ChoiceButton<'a> {
    pub(crate) words: &'a str,
    /// The accessible name.
    pub(crate) name: &'a str,
    /// A sentence that says its effect.
    pub(crate) hint: &'a str,
    pub(crate) chosen: bool,
    pub(crate) font: FontId,
}

impl ChoiceButton<'_> {
    /// Shows it.
    pub(crate) fn show(self, ui: &mut Ui, rect: Rect, look: Look) -> Response {
        let response = ui.interact(rect, ui.scope_id().with(self.name), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, self.chosen, self.name));
        let (fill, ink) = match (self.chosen, response.hovered()) {
            (true, _) => (look.colours.chosen, Color32::WHITE),
            (false, true) => (look.colours.hairline, look.colours.ink),
            (false, false) => (look.colours.paper, look.colours.text),
        };
        let painter = ui.painter();
        let radius = CornerRadius::same((0.15 * rect.height()) as u8);
        painter.rect_filled(rect, radius, fill);
        if !self.chosen {
            let frame = Stroke::new(1.0, look.colours.hairline);
            painter.rect_stroke(rect, radius, frame, StrokeKind::Inside);
        }
        match look.hand {
            Hand::Mouse => {
                painter.text(rect.center(), Align2::CENTER_CENTER, self.words, self.font, ink);
            }
            // A button as high as a finger has room for two lines.
            Hand::Finger => {
                let mut job = LayoutJob::simple(self.words.to_owned(), self.font, ink, rect.width() - 4.0);
                job.halign = Align::Center;
                let words = painter.layout_job(job);
                let top = rect.center().y - 0.5 * words.size().y;
                painter.galley(pos2(rect.center().x, top), words, ink);
            }
        }
        if response.has_focus() {
            focus_frame(painter, rect.expand(2.0), look);
        }
        response.on_hover_text(self.hint)
    }
}

/// Draws a frame around the control that has the keyboard's focus.
pub(crate) fn focus_frame(painter: &Painter, rect: Rect, look: Look) {
    painter.rect_stroke(
        rect,
        3.0,
        Stroke::new(1.5, look.colours.chosen),
        StrokeKind::Middle,
    );
}
