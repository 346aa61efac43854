//! The phases of an update as a list of five, for each network: the current one lit, the rest dim.

use egui::{
    Align2, Color32, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use gan_core::{Network, Phase, Stage};
use lab::{PhaseReport, Snapshot};

use super::sentences;
use crate::names;
use crate::palette;
use crate::style::{Look, Scale};
use crate::text;

/// Height of a list's title, before scaling.
const TITLE: f32 = 21.0;
/// Below its rows.
const FOOT: f32 = 4.0;

/// The height of a list with rows of such a height.
pub(super) fn height(row: f32, scale: Scale) -> f32 {
    scale.of(TITLE) + 5.0 * row + scale.of(FOOT)
}

/// Shows the list of one network, `rect` being as high as [`height`] says.
pub(super) fn show(ui: &mut Ui, rect: Rect, network: Network, snapshot: &Snapshot, row: f32, look: Look) {
    let current = snapshot
        .phase
        .as_deref()
        .filter(|report| report.phase.network == network);
    let colour = look.colours.network(network);
    let (frame, width) = match current {
        Some(_) => (colour, look.stroke(1.5)),
        None => (look.colours.hairline, 1.0),
    };
    let radius = CornerRadius::same(look.of(4.0) as u8);
    ui.painter().rect_filled(rect, radius, look.colours.paper);
    ui.painter()
        .rect_stroke(rect, radius, Stroke::new(width, frame), StrokeKind::Inside);
    title(ui, rect, network, current, snapshot, look);
    for (index, stage) in Stage::ALL.into_iter().enumerate() {
        let top = rect.top() + look.of(TITLE) + index as f32 * row;
        let place = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), row));
        let phase = current.map(|report| report.phase);
        step(ui, place, (network, index, stage), phase, snapshot, look);
    }
}

/// Whose update it is, and which of how many.
fn title(
    ui: &mut Ui,
    rect: Rect,
    network: Network,
    current: Option<&PhaseReport>,
    snapshot: &Snapshot,
    look: Look,
) {
    let name = names::network(network);
    let middle = rect.top() + look.of(0.5 * TITLE + 1.0);
    let left = rect.left() + look.of(9.0);
    let colour = look.colours.network(network);
    ui.painter()
        .text(pos2(left, middle), Align2::LEFT_CENTER, name, look.name(), colour);
    let updates = snapshot.configuration.network(network).updates_per_epoch.get();
    let words = match current {
        Some(report) => format!("update {} of {}", report.phase.update + 1, report.updates),
        None if updates == 1 => "1 update per epoch".to_owned(),
        None => format!("{updates} updates per epoch"),
    };
    let colour = match current {
        Some(_) => look.colours.ink,
        None => look.colours.faint,
    };
    let place = pos2(rect.right() - look.of(9.0), middle);
    let painted = ui
        .painter()
        .text(place, Align2::RIGHT_CENTER, &words, look.small(), colour);
    text::announce(ui, painted, &format!("{name}, {words}"));
}

/// A number and a sentence.
fn step(
    ui: &mut Ui,
    rect: Rect,
    (network, index, stage): (Network, usize, Stage),
    current: Option<Phase>,
    snapshot: &Snapshot,
    look: Look,
) {
    let lit = current.is_some_and(|phase| phase.stage == stage);
    let done = current.is_some_and(|phase| phase.stage > stage);
    let colour = look.colours.network(network);
    let painter = ui.painter();
    if lit {
        let behind = rect.shrink2(vec2(look.of(4.0), 0.0));
        painter.rect_filled(behind, look.of(3.0), palette::translucent(colour, 0.13));
    }
    let centre = pos2(rect.left() + look.of(18.0), rect.center().y);
    let radius = (0.5 * rect.height() - 1.5).min(look.stroke(8.0));
    let (disc, rim, digit, words) = if lit {
        (colour, colour, Color32::WHITE, look.colours.ink)
    } else if done {
        (Color32::TRANSPARENT, colour, colour, look.colours.faint)
    } else {
        let faint = look.colours.faint;
        (Color32::TRANSPARENT, look.colours.off, faint, faint)
    };
    painter.circle(centre, radius, disc, Stroke::new(1.0, rim));
    painter.text(
        centre,
        Align2::CENTER_CENTER,
        (index + 1).to_string(),
        look.small(),
        digit,
    );
    let sentence = sentences::sentence(network, stage);
    let place = pos2(rect.left() + look.of(34.0), rect.center().y);
    painter.text(place, Align2::LEFT_CENTER, sentence, look.body(), words);
    let response = ui.interact(rect, ui.scope_id().with((network, index)), Sense::hover());
    let now = if lit { ", now" } else { "" };
    let said = format!("{network} {}: {sentence}{now}", index + 1);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let epoch = snapshot
        .phase
        .as_deref()
        .map_or(snapshot.epoch + 1, |report| report.epoch);
    let mut explanation = sentences::explanation(network, stage).to_owned();
    for added in sentences::additions(network, stage, &snapshot.configuration, epoch) {
        explanation = format!("{explanation} {added}");
    }
    response.on_hover_text(explanation);
}
