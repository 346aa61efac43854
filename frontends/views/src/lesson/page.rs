//! The page of the open lesson: its text, its task, and the way through the lesson. In slow motion, whose
//! lists need the room, only title, task and buttons remain, in a strip above the graph.

use std::sync::Arc;

use egui::style::ScrollStyle;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Pos2, Rect, RichText, Role, ScrollArea, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use lab::Snapshot;
use lab::lesson::Progress;
use lab::recording::narration::paragraphs;

use super::{Asked, Hint, Lessons, glow};
use crate::palette;
use crate::style::Look;
use crate::text;
use crate::touch;
use crate::widgets::{Pressable, PushButton, Weight};

/// Heights, before scaling.
const HEADING: f32 = 20.0;
const TITLE: f32 = 24.0;
const BUTTONS: f32 = 24.0;
const GAP: f32 = 8.0;
const LINE: f32 = 17.0;
/// Lines that a task and its hint get at most, so that something of the text stays visible.
const MOST_LINES: usize = 4;

impl Lessons {
    /// Shows the whole page of the open lesson.
    pub(crate) fn show_page(&mut self, ui: &mut Ui, panel: Rect, snapshot: &Snapshot, look: Look) {
        let Some(progress) = &self.open else {
            return;
        };
        let s = |length| look.of(length);
        let room = panel.shrink2(vec2(s(18.0), s(8.0)));
        heading(ui, room, progress, look);
        let title = pos2(room.left(), room.top() + s(HEADING) + 0.5 * s(TITLE));
        page_title(ui, title, room.width(), progress, look);
        let row = Rect::from_min_max(pos2(room.left(), room.bottom() - look.target(BUTTONS)), room.max);
        let asked = buttons(ui, row, progress, self.hint, look);
        let end = row.top() - s(GAP);
        let text_end = match progress.task() {
            None => end,
            Some((task, done)) => {
                let hint = task.hint.as_deref().filter(|_| self.hint == Hint::Shown);
                task_box(ui, [room.left(), room.right()], end, &task.text, hint, done, look) - s(GAP)
            }
        };
        let words = Rect::from_min_max(
            pos2(room.left(), room.top() + s(HEADING + TITLE)),
            pos2(room.right(), text_end),
        );
        running_text(ui, words, progress, look);
        if let Some(asked) = asked {
            self.obey(asked, snapshot);
        }
    }

    /// Shows what is needed beside slow motion, in a strip.
    pub(crate) fn show_strip(&mut self, ui: &mut Ui, strip: Rect, snapshot: &Snapshot, look: Look) {
        let Some(progress) = &self.open else {
            return;
        };
        let s = |length| look.of(length);
        let room = strip.shrink2(vec2(s(18.0), s(8.0)));
        heading(ui, room, progress, look);
        let row = Rect::from_min_max(pos2(room.left(), room.bottom() - look.target(BUTTONS)), room.max);
        let asked = buttons(ui, row, progress, self.hint, look);
        let middle = pos2(room.left(), 0.5 * (room.top() + s(HEADING) + row.top()));
        let (words, colour) = match progress.task() {
            Some((task, _)) => (task.text.as_str(), look.colours.text),
            None => (progress.page().title.as_str(), look.colours.ink),
        };
        let galley = ui
            .painter()
            .layout(words.to_owned(), look.small(), colour, room.width());
        let place = Align2::LEFT_CENTER.anchor_size(middle, galley.size());
        ui.painter().galley(place.min, galley, colour);
        text::announce(ui, place, words);
        if let Some(asked) = asked {
            self.obey(asked, snapshot);
        }
    }

    /// Frames what the page speaks of.
    pub(crate) fn glow(&self, ui: &Ui, places: &glow::Places, look: Look) {
        glow::paint(ui.painter(), self.highlighted(), places, look);
    }
}

/// The lesson's title, and which page it is.
fn heading(ui: &mut Ui, room: Rect, progress: &Progress, look: Look) {
    let count = format!("Page {} of {}", progress.number(), progress.count());
    let (font, colour) = (look.body(), look.colours.faint);
    let count = text::label(
        ui,
        room.right_top() + vec2(0.0, look.of(2.0)),
        Align2::RIGHT_TOP,
        &count,
        font,
        colour,
    );
    let title = progress.lesson().narration.title.as_deref().unwrap_or("Lesson");
    let font = look.heading();
    let format = TextFormat {
        extra_letter_spacing: 0.04 * font.size,
        ..TextFormat::simple(font, colour)
    };
    let job = LayoutJob::single_section(title.to_uppercase(), format);
    let width = count.left() - look.of(8.0) - room.left();
    let galley = ui.painter().layout_job(elided(job, width, 1));
    let place = Rect::from_min_size(room.min, galley.size());
    ui.painter().galley(room.min, galley, colour);
    text::announce(ui, place, title);
}

fn page_title(ui: &mut Ui, left_middle: Pos2, width: f32, progress: &Progress, look: Look) {
    let title = &progress.page().title;
    let colour = look.colours.ink;
    let job = LayoutJob::simple_singleline(title.clone(), look.heading(), colour);
    let galley = ui.painter().layout_job(elided(job, width, 1));
    let place = Align2::LEFT_CENTER.anchor_size(left_middle, galley.size());
    for aside in [0.0, 0.025, 0.05] {
        let aside = vec2(aside * look.heading().size, 0.0);
        ui.painter()
            .galley(place.min + aside, Arc::clone(&galley), colour);
    }
    text::announce(ui, place, title);
}

/// Limits words to so many lines; the rest is left out, and dots say so.
fn elided(mut job: LayoutJob, width: f32, lines: usize) -> LayoutJob {
    job.wrap = TextWrapping {
        max_width: width,
        max_rows: lines,
        ..TextWrapping::default()
    };
    job
}

/// The paragraphs; longer than the room, they scroll.
fn running_text(ui: &mut Ui, room: Rect, progress: &Progress, look: Look) {
    // Each page scrolls from its own beginning.
    let page = (progress.page().title.as_str(), progress.number());
    ui.scope_builder(UiBuilder::new().max_rect(room).id_salt(page), |ui| {
        ui.shrink_clip_rect(room);
        // Always to be seen where there is more to read.
        ui.spacing_mut().scroll = ScrollStyle::solid();
        let area = ScrollArea::vertical()
            .auto_shrink(false)
            .scroll_source(touch::source(look));
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = look.of(6.0);
            for paragraph in progress.page().paragraphs() {
                let words = RichText::new(paragraph)
                    .font(look.body())
                    .color(look.colours.text)
                    .line_height(Some(look.of(LINE)));
                ui.label(words);
            }
            if let Some(words) = how_often(progress) {
                let words = RichText::new(words).font(look.small()).color(look.colours.faint);
                ui.label(words);
            }
        });
    });
}

/// Says with how many seeds it goes as the page claims; `None` if nobody counted, or the page
/// claims nothing.
fn how_often(progress: &Progress) -> Option<String> {
    let stand = progress.page().stand.as_ref()?;
    let count = stand.of_32_seeds.filter(|_| stand.claims())?;
    let seed = progress.lesson().experiment.seed();
    Some(format!(
        "So it is with {count} of the seeds 1 to 32. This is seed {seed}."
    ))
}

/// The task in a frame, a tick before it when it is done; returns where the frame begins.
fn task_box(
    ui: &mut Ui,
    [left, right]: [f32; 2],
    bottom: f32,
    words: &str,
    hint: Option<&str>,
    done: bool,
    look: Look,
) -> f32 {
    let s = |length| look.of(length);
    let colours = look.colours;
    let (margin, tick) = (s(8.0), s(16.0));
    let indent = margin + tick + s(8.0);
    let width = right - left - indent - margin;
    let painter = ui.painter();
    let lay_out = |words: &str, font, colour| {
        let lines: Vec<String> = paragraphs(words).collect();
        let job = LayoutJob::simple(lines.join("\n"), font, colour, width);
        painter.layout_job(elided(job, width, MOST_LINES))
    };
    let task = lay_out(words, look.body(), colours.ink);
    let hint = hint.map(|hint| (hint, lay_out(hint, look.small(), colours.text)));
    let hint_height = hint.as_ref().map_or(0.0, |(_, galley)| galley.size().y + s(4.0));
    let height = task.size().y + hint_height + 2.0 * s(6.0);
    let frame = Rect::from_min_max(pos2(left, bottom - height), pos2(right, bottom));
    let accent = if done { colours.switch_on } else { colours.pencil };
    painter.rect(
        frame,
        s(5.0),
        palette::translucent(accent, 0.12),
        Stroke::new(1.0, palette::translucent(accent, 0.8)),
        StrokeKind::Inside,
    );
    let disc = pos2(
        frame.left() + margin + 0.5 * tick,
        frame.top() + s(6.0) + 0.5 * s(17.0),
    );
    let radius = 0.5 * tick;
    if done {
        painter.circle_filled(disc, radius, accent);
        let tick = [(-0.45, 0.05), (-0.1, 0.4), (0.5, -0.35)].map(|(x, y)| disc + radius * vec2(x, y));
        painter.line(tick.to_vec(), Stroke::new(look.stroke(2.0), egui::Color32::WHITE));
    } else {
        painter.circle_stroke(disc, radius - 0.5, Stroke::new(look.stroke(1.5), accent));
    }
    let corner = pos2(frame.left() + indent, frame.top() + s(6.0));
    let task_place = Rect::from_min_size(corner, task.size());
    painter.galley(corner, task, colours.ink);
    let hint = hint.map(|(words, galley)| {
        let corner = task_place.left_bottom() + vec2(0.0, s(4.0));
        let place = Rect::from_min_size(corner, galley.size());
        painter.galley(corner, galley, colours.text);
        (words, place)
    });
    if let Some((words, place)) = hint {
        text::announce(ui, place, words);
    }
    let response = text::announce(ui, frame, words);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, done, format!("Task: {words}")));
    frame.top()
}

/// The way through the lesson; returns what was pressed.
fn buttons(ui: &mut Ui, row: Rect, progress: &Progress, hint: Hint, look: Look) -> Option<Asked> {
    let s = |length| look.of(length);
    let pressable = |yes| if yes { Pressable::Yes } else { Pressable::No };
    let task = progress.task();
    let done = task.is_none_or(|(_, done)| done);
    let last = progress.number() == progress.count();
    let next = if done && !last {
        Weight::Primary
    } else {
        Weight::Plain
    };
    let mut asked = None;
    let mut left = row.left();
    let mut button = |asks, words, hint, pressable, weight, place: Rect| {
        let button = PushButton {
            icon: None,
            words,
            hint,
            pressable,
            weight,
            font: look.body(),
        };
        if button.show(ui, place, look).clicked() {
            asked = Some(asks);
        }
    };
    let mut from_left = |width: f32| {
        let place = Rect::from_min_size(pos2(left, row.top()), vec2(s(width), row.height()));
        left = place.right() + s(6.0);
        place
    };
    let back = pressable(progress.number() > 1);
    let words = "The page before";
    button(Asked::Back, "Back", words, back, Weight::Plain, from_left(50.0));
    let words = "The next page; a task can wait";
    button(
        Asked::Next,
        "Next",
        words,
        pressable(!last),
        next,
        from_left(58.0),
    );
    if progress.page().stand.is_some() {
        let words = "Put the run back to where this page begins";
        button(
            Asked::Again,
            "Start over",
            words,
            Pressable::Yes,
            Weight::Plain,
            from_left(76.0),
        );
    }
    if task.is_some_and(|(task, _)| task.hint.is_some()) {
        let (name, words) = match hint {
            Hint::Hidden => ("Hint", "What may help with the task"),
            Hint::Shown => ("Hide hint", "Hide what may help with the task"),
        };
        button(
            Asked::Hint,
            name,
            words,
            Pressable::Yes,
            Weight::Plain,
            from_left(64.0),
        );
    }
    let close = Rect::from_min_max(pos2(row.right() - s(50.0), row.top()), row.max);
    let words = "Close the lesson; the run stays as it is";
    button(Asked::Close, "Close", words, Pressable::Yes, Weight::Plain, close);
    asked
}
