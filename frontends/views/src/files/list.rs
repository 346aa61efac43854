//! The list of a folder's entries: a click chooses a file or goes into a folder, a double click opens.

use std::path::{Path, PathBuf};

use egui::{Align2, Key, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use lab::files::folder::{Entry, EntryKind};

use crate::icons::Icon;
use crate::style::{Hand, Look};
use crate::touch;
use crate::widgets::focus_frame;

/// Heights before scaling: of a row, and of the list.
const ROW: f32 = 26.0;
const HEIGHT: f32 = 286.0;

/// A choice in the list.
pub(super) enum Chosen {
    Folder(PathBuf),
    /// This name is to be in the field.
    File(String),
    /// This name is to be in the field, and the page acts on it at once.
    Opened(String),
}

/// A row as it is shown.
struct Row<'a> {
    icon: Icon,
    name: &'a str,
    words: &'a str,
    chosen: bool,
}

/// Shows the folder above and the entries; `name` is in the field.
pub(super) fn show(ui: &mut Ui, folder: &Path, entries: &[Entry], name: &str, look: Look) -> Option<Chosen> {
    let mut chosen = None;
    let frame = egui::Frame::new()
        .stroke(Stroke::new(1.0, look.colours.hairline))
        .fill(look.colours.background);
    frame.show(ui, |ui| {
        let height = height(ui, look);
        ui.set_min_height(height);
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical()
            .id_salt(folder)
            .max_height(height)
            .auto_shrink(false)
            .scroll_source(touch::source(look));
        area.show(ui, |ui| {
            if let Some(above) = folder.parent() {
                let row = Row {
                    icon: Icon::Folder,
                    name: "..",
                    words: "folder above",
                    chosen: false,
                };
                if row.show(ui, look).clicked() {
                    chosen = Some(Chosen::Folder(above.to_owned()));
                }
            }
            for entry in entries {
                chosen = self::entry(ui, entry, name, look).or(chosen.take());
            }
            if entries.is_empty() {
                let nothing = egui::RichText::new("Nothing here that gan-lab opens.");
                ui.add_space(look.of(8.0));
                ui.horizontal(|ui| {
                    ui.add_space(look.of(10.0));
                    ui.label(nothing.font(look.body()).color(look.colours.faint));
                });
            }
        });
    });
    chosen
}

/// How high the list is: in a narrow window a share of it, so that all of the page fits.
fn height(ui: &Ui, look: Look) -> f32 {
    match look.hand {
        Hand::Mouse => look.of(HEIGHT),
        Hand::Finger => (0.3 * ui.ctx().content_rect().height()).min(look.of(HEIGHT)),
    }
}

fn entry(ui: &mut Ui, entry: &Entry, name: &str, look: Look) -> Option<Chosen> {
    let (icon, words) = match &entry.kind {
        EntryKind::Folder => (Icon::Folder, "folder"),
        EntryKind::File(words) => (Icon::File, words.as_str()),
    };
    let row = Row {
        icon,
        name: &entry.name,
        words,
        chosen: entry.name == name,
    };
    let response = row.show(ui, look);
    let by_key = response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    match is_folder(entry) {
        true if response.clicked() => Some(Chosen::Folder(entry.path.clone())),
        false if response.double_clicked() || by_key => Some(Chosen::Opened(entry.name.clone())),
        false if response.clicked() => Some(Chosen::File(entry.name.clone())),
        _ => None,
    }
}

impl Row<'_> {
    fn show(&self, ui: &mut Ui, look: Look) -> Response {
        let size = vec2(ui.available_width(), look.target(ROW));
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let says = || {
            WidgetInfo::selected(
                Role::Button,
                true,
                self.chosen,
                format!("{}, {}", self.name, self.words),
            )
        };
        response.widget_info(says);
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let (colours, painter) = (look.colours, ui.painter());
        let (ink, faint) = if self.chosen {
            painter.rect_filled(rect, 0.0, colours.chosen);
            (egui::Color32::WHITE, egui::Color32::from_white_alpha(200))
        } else {
            if response.hovered() {
                painter.rect_filled(rect, 0.0, colours.hover);
            }
            (colours.ink, colours.faint)
        };
        let side = look.of(15.0);
        let middle = rect.center().y;
        let square = Rect::from_center_size(pos2(rect.left() + look.of(18.0), middle), vec2(side, side));
        self.icon.paint(painter, square, faint);
        let words = painter.text(
            pos2(rect.right() - look.of(12.0), middle),
            Align2::RIGHT_CENTER,
            self.words,
            look.small(),
            faint,
        );
        // A long name goes under the words, and no farther.
        let name = Rect::from_min_max(
            pos2(square.right() + look.of(8.0), rect.top()),
            pos2(words.left() - look.of(12.0), rect.bottom()),
        );
        painter.with_clip_rect(name.intersect(painter.clip_rect())).text(
            pos2(name.left(), middle),
            Align2::LEFT_CENTER,
            self.name,
            look.body(),
            ink,
        );
        if response.has_focus() {
            focus_frame(painter, rect.shrink(1.0), look);
        }
        response
    }
}

/// Whether an entry is a folder.
const fn is_folder(entry: &Entry) -> bool {
    matches!(entry.kind, EntryKind::Folder)
}
