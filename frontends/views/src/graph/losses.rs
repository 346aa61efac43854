//! The losses at the graph's right end: a bar, a name, a figure.

use egui::{Align2, Color32, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use gan_core::Network;
use lab::Snapshot;

use super::layout::{GraphLayout, Node};
use super::lighting::Lighting;
use crate::names;
use crate::style::Look;
use crate::text;

/// The loss whose bar fills the column.
const FULL: f64 = 2.0;

pub(super) fn show(ui: &mut Ui, layout: &GraphLayout, snapshot: &Snapshot, lighting: Lighting, look: Look) {
    for (node, name, value, colour, network) in [
        (
            Node::DiscriminatorLoss,
            "Discriminator",
            snapshot.discriminator_loss,
            look.colours.discriminator,
            Network::Discriminator,
        ),
        (
            Node::GeneratorLoss,
            "Generator",
            snapshot.generator_loss,
            look.colours.generator,
            Network::Generator,
        ),
    ] {
        let rect = layout.node(node);
        ui.set_opacity(lighting.node(node).opacity());
        bar(ui, rect, value, colour, look);
        let line = |row: f32| pos2(rect.left(), rect.top() + look.of(10.0 + 18.0 * row));
        let painter = ui.painter();
        painter.text(
            line(1.0),
            Align2::LEFT_CENTER,
            name,
            look.body(),
            look.colours.text,
        );
        let word = painter.text(
            line(1.85),
            Align2::LEFT_CENTER,
            "loss",
            look.body(),
            look.colours.text,
        );
        let figure = pos2(word.right() + look.of(6.0), word.center().y);
        painter.text(
            figure,
            Align2::LEFT_CENTER,
            text::figure(value),
            look.body(),
            look.colours.ink,
        );

        let response = ui.interact(rect, ui.scope_id().with(node), Sense::hover());
        let said = format!("{name} loss: {}", text::figure(value));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        let kind = names::loss(snapshot.configuration.loss);
        response.on_hover_text(format!("{} {kind}.", names::loss_of(network)));
    }
    ui.set_opacity(1.0);
}

fn bar(ui: &Ui, rect: Rect, value: Option<f64>, colour: Color32, look: Look) {
    let share = value
        .filter(|value| value.is_finite())
        .map_or(0.0, |value| (value / FULL).clamp(0.0, 1.0));
    let full = vec2(rect.width(), look.of(10.0));
    let filled = Rect::from_min_size(rect.min, vec2((full.x * share as f32).round(), full.y));
    ui.painter().rect_filled(filled, 0.0, colour);
}
