//! The sentence: a mark, a word and why, in one or two lines; pressed, it opens the card.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Color32, FontId, Galley, Rangef, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};
use lab::checks::diagnosis::{Finding, Health};

use super::marks;
use crate::beside::Which;
use crate::style::{Hand, Look};
use crate::{menu, palette, widgets};

/// Lengths before scaling: of the mark, of the triangle at the end (a half), around both, of a piece of a run's line.
const MARK: f32 = 15.0;
const TRIANGLE: f32 = 3.5;
const AROUND: f32 = 8.0;
const SAMPLE: f32 = 18.0;

/// How two rows lie to each other.
#[derive(Clone, Copy)]
pub(super) enum Along {
    Row,
    Column,
}

/// The place of one of so many rows.
pub(super) fn part(place: Rect, along: Along, index: usize, count: usize, look: Look) -> Rect {
    let gap = look.of(2.0);
    let (index, count) = (index as f32, count as f32);
    match along {
        Along::Column => {
            let height = (place.height() + gap) / count;
            let top = place.top() + index * height;
            Rect::from_x_y_ranges(place.x_range(), top.round()..=(top + height - gap).round())
        }
        Along::Row => {
            let width = (place.width() + gap) / count;
            let left = place.left() + index * width;
            Rect::from_x_y_ranges(left.round()..=(left + width - gap).round(), place.y_range())
        }
    }
}

/// The sentence on one run.
pub(super) struct Row<'a> {
    pub(super) finding: &'a Finding,
    /// The run that it speaks of, if there are two.
    pub(super) whose: Option<Which>,
    pub(super) is_open: bool,
}

impl Row<'_> {
    /// Shows it; a click on what comes back is for its card.
    pub(super) fn show(&self, ui: &mut Ui, rect: Rect, look: Look) -> Response {
        let s = |length| look.of(length);
        let word = self.finding.word;
        let name = match self.whose {
            None => "Diagnosis",
            Some(Which::First) => "Diagnosis of the first run",
            Some(Which::Second) => "Diagnosis of the second run",
        };
        let response = ui.interact(rect, ui.scope_id().with(name), Sense::click());
        response.widget_info(|| WidgetInfo {
            current_text_value: Some(self.finding.sentence.clone()),
            ..WidgetInfo::selected(
                Role::Button,
                true,
                self.is_open,
                format!("{name}: {}", word.title()),
            )
        });

        let colours = look.colours;
        let tint = marks::colour(word, look);
        let (fill, frame) = match (word.health(), response.hovered() || self.is_open) {
            (Health::Ailing, hovered) => {
                let opacity = if hovered { 0.2 } else { 0.1 };
                (
                    colours.paper.lerp_to_gamma(tint, opacity),
                    palette::translucent(tint, 0.6),
                )
            }
            (_, true) => (colours.hairline, colours.edge),
            (_, false) if look.hand == Hand::Finger => (colours.paper, colours.hairline),
            (_, false) => (Color32::TRANSPARENT, Color32::TRANSPARENT),
        };
        let painter = ui.painter().with_clip_rect(rect.expand(3.0));
        let radius = look.stroke(5.0);
        painter.rect(rect, radius, fill, Stroke::new(1.0, frame), StrokeKind::Inside);

        let quiet = frame == Color32::TRANSPARENT;
        let mut left = rect.left() + if quiet { s(1.0) } else { s(AROUND) };
        if let Some(which) = self.whose {
            let sample = Rangef::new(left, left + s(SAMPLE));
            which.paint_sample(&painter, sample, rect.center().y, look);
            left = sample.max + s(6.0);
        }
        let side = look.stroke(MARK).min(rect.height());
        marks::paint(
            &painter,
            pos2(left + 0.5 * side, rect.center().y),
            side,
            word,
            look,
        );
        left += side + s(7.0);
        let right = rect.right() - s(AROUND);
        let words = words(
            ui,
            self.finding,
            vec2(right - s(14.0) - left, rect.height()),
            look,
        );
        let top = rect.center().y - 0.5 * words.size().y;
        let end = left + words.size().x;
        painter.galley(pos2(left, top), words, colours.text);
        let x = if quiet { end + s(9.0) } else { right - s(3.0) };
        menu::paint_triangle(
            &painter,
            pos2(x, rect.center().y),
            look.stroke(TRIANGLE),
            colours.faint,
        );
        if response.has_focus() {
            widgets::focus_frame(&painter, rect.expand(1.0), look);
        }
        if self.is_open {
            return response;
        }
        let hint = match word.health() {
            Health::Ailing => "Click for what it rests on, and for what may help.",
            Health::Healthy | Health::Neutral => "Click for what it rests on.",
        };
        response.on_hover_text(format!("{}\n{hint}", self.finding.sentence))
    }
}

/// The sentence as large as it fits; where it fits in no size, the word alone.
fn words(ui: &Ui, finding: &Finding, room: egui::Vec2, look: Look) -> Arc<Galley> {
    let loud = finding.word.health() == Health::Ailing;
    let ink = if loud { look.colours.ink } else { look.colours.text };
    let sentence = &finding.sentence;
    let (head, rest) = sentence.split_at(sentence.find(':').map_or(sentence.len(), |place| place + 1));
    let rest_of = |rest: &str, font: FontId| {
        let mut job = LayoutJob::single_section(head.to_owned(), TextFormat::simple(font.clone(), ink));
        job.append(rest, 0.0, TextFormat::simple(font, look.colours.text));
        job.wrap.max_width = room.x.max(1.0);
        ui.painter().layout_job(job)
    };
    let fits = |galley: &Arc<Galley>| galley.size().y <= room.y + 1.0 && galley.size().x <= room.x;
    let fonts = [look.name(), look.body(), look.small(), look.finest()];
    let whole = fonts.iter().map(|font| rest_of(rest, font.clone())).find(fits);
    whole.unwrap_or_else(|| {
        let title = |font: &FontId| {
            let mut job = LayoutJob::single_section(
                finding.word.title().to_owned(),
                TextFormat::simple(font.clone(), ink),
            );
            job.wrap.max_width = room.x.max(1.0);
            job.wrap.max_rows = ((room.y / font.size) as usize).clamp(1, 2);
            ui.painter().layout_job(job)
        };
        let last = title(&look.finest());
        fonts
            .iter()
            .map(title)
            .find(|galley| !galley.elided && fits(galley))
            .unwrap_or(last)
    })
}
