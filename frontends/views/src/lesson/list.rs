//! The list of lessons, over everything else.

use egui::style::ScrollStyle;
use egui::{CornerRadius, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use lab::Recording;
use lab::lesson::{self, Lesson};

use super::Lessons;
use crate::overlay::{self, Closing};
use crate::style::{Hand, Look};
use crate::text;
use crate::widgets;

/// Room around the rows in a window, and the least room for the rows, before scaling.
const AROUND: f32 = 130.0;
const LEAST: f32 = 120.0;

/// Whether the list is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum List {
    #[default]
    Closed,
    Open,
}

impl List {
    pub(super) const fn toggle(&mut self) {
        *self = match self {
            Self::Closed => Self::Open,
            Self::Open => Self::Closed,
        };
    }
}

impl Lessons {
    /// Shows the list if it is open; a click beside it closes it.
    pub(crate) fn show_list(&mut self, ui: &Ui, look: Look) {
        if !self.lists() {
            return;
        }
        let mut chosen = None;
        let closing = overlay::show(ui, "All lessons", "Lessons", look, |ui| {
            ui.spacing_mut().item_spacing.y = look.of(8.0);
            let mut rows = |ui: &mut Ui| {
                for (Lesson { recording, .. }, number) in lesson::all().iter().zip(1..) {
                    if row(ui, number, recording, look) {
                        chosen = Some(recording);
                    }
                }
            };
            match look.hand {
                // The page around it scrolls.
                Hand::Finger => rows(ui),
                Hand::Mouse => {
                    let most = (ui.ctx().content_rect().height() - look.of(AROUND)).max(look.of(LEAST));
                    // Always to be seen where there are more lessons.
                    ui.spacing_mut().scroll = ScrollStyle::solid();
                    ScrollArea::vertical()
                        .max_height(most)
                        .min_scrolled_height(most)
                        .auto_shrink([true, true])
                        .show(ui, rows);
                }
            }
        });
        if let Some(lesson) = chosen {
            self.open(lesson);
        } else if closing == Closing::Asked {
            self.toggle_list();
        }
    }
}

/// A lesson's number, title and summary; whether it was clicked.
fn row(ui: &mut Ui, number: usize, lesson: &Recording, look: Look) -> bool {
    let s = |length| look.of(length);
    let narration = &lesson.narration;
    let title = narration.title.as_deref().unwrap_or_default();
    let summary = narration.summary.as_deref().unwrap_or_default();
    let width = overlay::width(ui, 580.0, look);
    // A summary of more lines than one makes the row as much higher.
    let room = match look.hand {
        Hand::Mouse => f32::INFINITY,
        Hand::Finger => width - s(52.0 + 8.0),
    };
    let below = ui
        .painter()
        .layout(summary.to_owned(), look.body(), look.colours.text, room);
    let line = s(15.0);
    let higher = match look.hand {
        Hand::Mouse => 0.0,
        Hand::Finger => (below.size().y - line).max(0.0),
    };
    let size = vec2(width, s(52.0) + higher);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = format!("Lesson {number}: {title}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let colours = look.colours;
    let fill = if response.hovered() {
        colours.hairline
    } else {
        colours.background
    };
    let painter = ui.painter();
    painter.rect(
        rect,
        CornerRadius::same(s(5.0) as u8),
        fill,
        Stroke::new(1.0, colours.hairline),
        StrokeKind::Inside,
    );
    if response.has_focus() {
        widgets::focus_frame(painter, rect.expand(2.0), look);
    }
    let left_column = rect.left() + s(52.0);
    painter.text(
        pos2(rect.left() + s(26.0), rect.center().y),
        egui::Align2::CENTER_CENTER,
        number,
        look.title(),
        colours.faint,
    );
    let title_place = pos2(left_column, rect.top() + s(17.0));
    painter.text(
        title_place,
        egui::Align2::LEFT_CENTER,
        title,
        look.name(),
        colours.ink,
    );
    let summary_middle = pos2(left_column, rect.bottom() - s(17.0) - 0.5 * higher);
    let place = egui::Align2::LEFT_CENTER.anchor_size(summary_middle, below.size());
    painter.galley(place.min, below, colours.text);
    let room = Rect::from_min_max(place.min, rect.max);
    let clicked = response.clicked();
    text::announce(ui, room, summary);
    clicked
}
