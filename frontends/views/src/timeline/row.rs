//! One row of words: the run's course from the left, all else from the right. Words that do not fit
//! end in dots and are told in full under the pointer.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Galley, Rect, Ui, pos2};

use super::sentences::{Saying, Sayings};
use crate::icons;
use crate::style::Look;
use crate::text;

/// Share of the row that the words at the left keep.
const KEPT: f32 = 0.3;

/// Shows them.
pub(super) fn show(ui: &mut Ui, row: Rect, sayings: Sayings, look: Look) {
    let gap = look.of(18.0);
    let wanted: f32 = sayings
        .others
        .iter()
        .map(|saying| natural(ui, saying, look) + gap)
        .sum();
    let left = sayings
        .course
        .as_ref()
        .map_or(0.0, |saying| natural(ui, saying, look));
    let kept = left.min((row.width() - wanted).max(KEPT * row.width()));
    let mut right = row.right();
    for saying in &sayings.others {
        let room = right - row.left() - kept - gap;
        if room < look.of(60.0) {
            break;
        }
        let width = natural(ui, saying, look).min(room);
        let place = Rect::from_min_max(pos2(right - width, row.top()), pos2(right, row.bottom()));
        say(ui, place, saying, look);
        right = place.left() - gap;
    }
    if let Some(saying) = &sayings.course {
        let place = Rect::from_min_max(row.min, pos2(right, row.bottom()));
        say(ui, place, saying, look);
    }
}

/// How wide it is in full.
fn natural(ui: &Ui, saying: &Saying, look: Look) -> f32 {
    before(saying, look) + lay(ui, saying, f32::INFINITY, look).size().x
}

/// Room for the dot.
fn before(saying: &Saying, look: Look) -> f32 {
    match saying.dot {
        Some(_) => look.of(12.0),
        None => 0.0,
    }
}

fn lay(ui: &Ui, saying: &Saying, width: f32, look: Look) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(saying.words.clone(), look.small(), saying.colour);
    job.wrap = TextWrapping::truncate_at_width(width);
    ui.painter().layout_job(job)
}

fn say(ui: &mut Ui, place: Rect, saying: &Saying, look: Look) {
    let indent = before(saying, look);
    // Words that fit exactly must not be cut by rounding.
    let galley = lay(ui, saying, place.width() - indent + 1.0, look);
    let cut = galley.elided;
    let corner = pos2(place.left() + indent, place.center().y);
    let rect = Align2::LEFT_CENTER.anchor_size(corner, galley.size());
    if let Some(colour) = saying.dot {
        let centre = pos2(place.left() + look.of(4.0), place.center().y);
        icons::dot(ui.painter(), centre, look.stroke(3.5), colour);
    }
    ui.painter().galley(rect.min, galley, saying.colour);
    let response = text::announce(ui, rect, &saying.words);
    match (&saying.hint, cut) {
        (Some(hint), _) => _ = response.on_hover_text(hint),
        (None, true) => _ = response.on_hover_text(&saying.words),
        (None, false) => {}
    }
}
