//! The menu: all that a wide window has in its bars and that a thumb needs less often.

use egui::{Align2, Rect, Role, Sense, Theme, Ui, Vec2, WidgetInfo, pos2, vec2};
use lab::{Command, RecordingStatus, Snapshot};

use crate::icons::Icon;
use crate::overlay::{self, Closing};
use crate::style::Look;
use crate::{stops, timeline, top_bar, widgets};

/// Whether it is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum MenuPage {
    #[default]
    Closed,
    Open,
}

/// Entries of the menu beyond the usual ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offered {
    /// Nothing.
    Usual,
    /// The map of a sweep.
    Sweep,
}

/// The entry that was chosen.
pub(crate) enum Asked {
    Run(Box<Command>),
    Lessons,
    Files,
    Compare,
    Stops,
    Walk,
    Sweep,
    Theme,
    Keys,
}

/// Height of a row, before scaling.
const ROW: f32 = 46.0;

impl MenuPage {
    pub(crate) const fn toggle(&mut self) {
        *self = match self {
            Self::Closed => Self::Open,
            Self::Open => Self::Closed,
        };
    }

    /// Shows it if it is open; it closes when something was chosen.
    pub(crate) fn show(
        &mut self,
        ui: &Ui,
        snapshot: &Snapshot,
        offered: Offered,
        look: Look,
    ) -> Option<Asked> {
        if *self == Self::Closed {
            return None;
        }
        let mut asked = None;
        let closing = overlay::show(ui, "All of the menu", "GAN Lab", look, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            asked = rows(ui, snapshot, offered, look);
        });
        if asked.is_some() || closing == Closing::Asked {
            *self = Self::Closed;
        }
        asked
    }
}

fn rows(ui: &mut Ui, snapshot: &Snapshot, offered: Offered, look: Look) -> Option<Asked> {
    let theme = ui.theme();
    let mut asked = None;
    let mut row = |icon, name, says: &str, does: &dyn Fn() -> Option<Asked>| {
        if row(ui, icon, name, says, look) {
            asked = does();
        }
    };
    let seed = format!("now {}", snapshot.experiment.seed());
    row(Icon::NewSeed, "New seed", &seed, &|| {
        top_bar::new_seed(snapshot).map(run)
    });
    row(Icon::Lessons, "Lessons", "learn GANs step by step", &|| {
        Some(Asked::Lessons)
    });
    let compare = match snapshot.beside {
        None => ("Compare two runs", "side by side, one difference"),
        Some(_) => ("Another difference", "of the two runs"),
    };
    row(Icon::Beside, compare.0, compare.1, &|| Some(Asked::Compare));
    let until = match &snapshot.stop {
        Some(state) if state.reached.is_none() => stops::until(&state.stop),
        _ => "until when".to_owned(),
    };
    row(Icon::Flag, "Pause by itself", &until, &|| Some(Asked::Stops));
    row(Icon::Walk, "Noise walk", "where the generator leaps", &|| {
        Some(Asked::Walk)
    });
    row(Icon::Folder, "Files", "open one, save this run", &|| {
        Some(Asked::Files)
    });
    let (icon, words, says) = match &snapshot.recording {
        RecordingStatus::Writing(_) => (Icon::EndRecording, "End recording", "the file is complete"),
        _ => (Icon::Record, "Record", "write the run down as it goes on"),
    };
    row(icon, words, says, &|| Some(run(timeline::record(snapshot))));
    if offered == Offered::Sweep {
        row(Icon::Map, "Sweep map", "another of its runs", &|| {
            Some(Asked::Sweep)
        });
    }
    let other = match theme {
        Theme::Light => ("Dark", "for dark rooms"),
        Theme::Dark => ("Light", "as on GAN Lab's page"),
    };
    row(Icon::Theme, other.0, other.1, &|| Some(Asked::Theme));
    row(Icon::Help, "Keys", "where there is a keyboard", &|| {
        Some(Asked::Keys)
    });
    asked
}

fn run(command: Command) -> Asked {
    Asked::Run(Box::new(command))
}

/// Shows an icon, a name, and a sentence about its effect; true when it was pressed.
fn row(ui: &mut Ui, icon: Icon, name: &str, says: &str, look: Look) -> bool {
    let s = |length| look.of(length);
    let size = vec2(ui.available_width(), s(ROW));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let (colours, painter) = (look.colours, ui.painter());
    if response.hovered() {
        painter.rect_filled(rect, s(5.0), colours.hover);
    }
    let middle = rect.center().y;
    let square = Rect::from_center_size(pos2(rect.left() + s(16.0), middle), Vec2::splat(s(20.0)));
    let tint = match icon {
        Icon::Record | Icon::EndRecording => colours.alarm,
        _ => colours.text,
    };
    icon.paint(painter, square, tint);
    let place = pos2(square.right() + s(14.0), middle);
    painter.text(place, Align2::LEFT_CENTER, name, look.heading(), colours.ink);
    let end = pos2(rect.right() - s(6.0), middle);
    painter.text(end, Align2::RIGHT_CENTER, says, look.small(), colours.faint);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, (1.0, colours.hairline));
    if response.has_focus() {
        widgets::focus_frame(painter, rect.shrink(1.0), look);
    }
    response.clicked()
}
