//! The button at a node: three sliders, and how many techniques are on there.

use egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};
use gan_core::Configuration;

use crate::graph::layout::{GraphLayout, Node};
use crate::graph::values::Value;
use crate::icons::Icon;
use crate::parameters::Place;
use crate::style::Look;
use crate::text;
use crate::widgets;

/// Lengths before scaling: its height, the side of the sliders, around them.
const HEIGHT: f32 = 15.0;
const SLIDERS: f32 = 9.0;
const AROUND: f32 = 4.0;

/// Shows it; a click on what comes back is for its card.
pub(super) fn show(
    ui: &mut Ui,
    layout: &GraphLayout,
    place: Place,
    configuration: &Configuration,
    is_open: bool,
    look: Look,
) -> Response {
    let on = place.phrases(configuration);
    let size = vec2(look.of(SLIDERS) + 2.0 * look.of(AROUND), look.of(HEIGHT));
    let (at, anchor) = anchored(ui, layout, place, look);
    let rect = anchor.anchor_size(at, size);
    // The first node of a small window has no more room before it than the margin.
    let first = layout.heading().x - look.of(13.0);
    let rect = rect.translate(vec2((first - rect.left()).max(0.0), 0.0));

    let response = ui.interact(
        rect.expand(1.0),
        ui.scope_id().with(("techniques at", place)),
        Sense::click(),
    );
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(match on.len() {
            0 => "none is on".to_owned(),
            _ => on.join(", "),
        }),
        ..WidgetInfo::selected(Role::Button, true, is_open, place.name())
    });
    let colours = look.colours;
    let (fill, frame, ink) = match (is_open, response.hovered()) {
        (true, _) => (colours.chosen, colours.chosen, Color32::WHITE),
        (false, true) => (colours.hairline, colours.edge, colours.ink),
        (false, false) if on.is_empty() => (colours.paper, colours.hairline, colours.faint),
        (false, false) => (colours.paper, colours.edge, colours.ink),
    };
    let painter = ui.painter();
    let radius = CornerRadius::same(look.of(3.0) as u8);
    painter.rect(rect, radius, fill, Stroke::new(1.0, frame), StrokeKind::Inside);
    let middle = rect.left_center() + vec2(look.of(AROUND) + 0.5 * look.of(SLIDERS), 0.0);
    let square = Rect::from_center_size(middle, vec2(1.0, 1.0) * look.of(SLIDERS));
    Icon::Sliders.paint(painter, square, ink);
    if !on.is_empty() {
        badge(painter, rect.right_top(), on.len(), look);
    }
    if response.has_focus() {
        widgets::focus_frame(painter, rect.expand(2.0), look);
    }
    if is_open {
        return response;
    }
    let hint = match on.len() {
        0 => format!("{}.", place.hint()),
        _ => format!("{}.\nOn: {}.", place.hint(), on.join(" · ")),
    };
    response.on_hover_text(hint)
}

/// How many are on, in a disc at the button's corner.
fn badge(painter: &Painter, corner: Pos2, count: usize, look: Look) {
    let (centre, radius) = (corner + vec2(look.stroke(1.0), 0.0), look.stroke(4.8));
    painter.circle_filled(centre, radius + 1.0, look.colours.background);
    painter.circle_filled(centre, radius, look.colours.primary);
    let font = FontId::proportional(look.stroke(8.5));
    painter.text(
        centre,
        Align2::CENTER_CENTER,
        count.to_string(),
        font,
        Color32::WHITE,
    );
}

/// A point, and which of the button's own lies there: before the node's name, above the losses, after an
/// optimiser.
fn anchored(ui: &Ui, layout: &GraphLayout, place: Place, look: Look) -> (Pos2, Align2) {
    let before = |node, name: &str| {
        let under = layout.node(node).center_bottom() + vec2(0.0, look.of(11.0));
        let width = ui
            .painter()
            .layout_no_wrap(name.to_owned(), look.name(), look.colours.ink)
            .size()
            .x;
        let right = under.x - 0.5 * width - look.of(6.0);
        (pos2(right.round(), under.y), Align2::RIGHT_CENTER)
    };
    match place {
        Place::Noise => before(Node::Noise, place.title()),
        Place::Network(gan_core::Network::Generator) => before(Node::Generator, place.title()),
        Place::Network(gan_core::Network::Discriminator) => before(Node::Discriminator, place.title()),
        Place::Samples => before(Node::FakeSamples, place.title()),
        Place::Losses => {
            let corner = layout.node(Node::DiscriminatorLoss).left_top();
            (corner - vec2(0.0, look.of(9.0)), Align2::LEFT_BOTTOM)
        }
        Place::Steps(network) => {
            let (left_middle, _) = Value::Optimizer(network).place(layout, look);
            let widest = "Optimizer: Adam";
            // Its triangle, and a gap.
            let width = text::width(ui, widest, look) + look.of(26.0);
            (left_middle + vec2(width, 0.0), Align2::LEFT_CENTER)
        }
    }
}
