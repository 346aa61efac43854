//! A drop-down as at GAN Lab's nodes: a word over a line, with a small triangle at its end.

use egui::{
    Align2, Color32, Id, Order, Painter, Popup, PopupKind, Pos2, Rect, Response, Role, ScrollArea, Sense,
    Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::style::{Hand, Look};
use crate::text::width as text_width;
use crate::touch;
use crate::widgets;

/// A drop-down, closed.
pub(crate) struct Menu<'a> {
    pub(crate) id: Id,
    /// The accessible name.
    pub(crate) name: String,
    /// For a tooltip.
    pub(crate) hint: String,
    /// Words before the value: 'Optimizer: '.
    pub(crate) prefix: &'a str,
    /// The value.
    pub(crate) value: &'a str,
    /// The widest value, for its width.
    pub(crate) widest: &'a str,
}

/// Lengths before scaling: of the triangle, and from the value to it.
const TRIANGLE: f32 = 8.0;
const GAP: f32 = 5.0;

impl Menu<'_> {
    /// Its width, whatever its value.
    pub(crate) fn width(&self, ui: &Ui, look: Look) -> f32 {
        let value = text_width(ui, self.widest, look).max(text_width(ui, self.value, look));
        text_width(ui, self.prefix, look) + value + look.of(GAP) + look.of(TRIANGLE) + 2.0 * around(look)
    }

    /// Shows it; a click on what comes back opens it.
    pub(crate) fn show(&self, ui: &mut Ui, left_middle: Pos2, look: Look) -> Response {
        let size = vec2(self.width(ui, look), look.target(16.0));
        let rect = Rect::from_min_size(left_middle - vec2(0.0, 0.5 * size.y), size);
        let response = ui.interact(rect, self.id, Sense::click());
        response.widget_info(|| WidgetInfo {
            current_text_value: Some(self.value.to_owned()),
            ..WidgetInfo::labeled(Role::ComboBox, true, &self.name)
        });
        let (line, triangle) = if response.hovered() {
            (look.colours.faint, look.colours.ink)
        } else {
            (look.colours.edge, look.colours.faint)
        };
        let painter = ui.painter();
        if look.hand == Hand::Finger {
            // Seen to be large, or it is not aimed at.
            let frame = Stroke::new(1.0, look.colours.hairline);
            painter.rect(
                rect,
                look.stroke(5.0),
                look.colours.paper,
                frame,
                StrokeKind::Inside,
            );
        }
        let text = |x, words, colour| {
            painter.text(
                pos2(x, left_middle.y),
                Align2::LEFT_CENTER,
                words,
                look.body(),
                colour,
            )
        };
        let inside = rect.shrink2(vec2(around(look), 0.0));
        text(inside.left(), self.prefix, look.colours.text);
        let value = inside.left() + text_width(ui, self.prefix, look);
        text(value, self.value, look.colours.ink);
        if look.hand == Hand::Mouse {
            painter.hline(value..=rect.right(), rect.bottom() + 0.5, (1.0, line));
        }
        let centre = inside.right_center() - vec2(0.5 * look.of(TRIANGLE), 0.0);
        paint_triangle(painter, centre, look.stroke(0.5 * TRIANGLE), triangle);
        if response.has_focus() {
            widgets::focus_frame(painter, rect.expand(2.0), look);
        }
        if Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response)) {
            response
        } else {
            response.on_hover_text(&self.hint)
        }
    }

    /// Shows it with its options; returns the option that was chosen.
    pub(crate) fn choose<T: Copy + PartialEq>(
        &self,
        ui: &mut Ui,
        left_middle: Pos2,
        options: &[(T, &str)],
        now: T,
        look: Look,
    ) -> Option<T> {
        let response = self.show(ui, left_middle, look);
        // A menu on a page must lie above the page's layer.
        let kind = match ui.layer_id().order {
            Order::Tooltip => PopupKind::Tooltip,
            _ => PopupKind::Menu,
        };
        Popup::menu(&response)
            .kind(kind)
            .gap(look.of(2.0))
            .show(|ui| options_of(ui, options, now, &response, look))
            .and_then(|shown| shown.inner)
    }
}

/// Within the frame that a finger aims at.
fn around(look: Look) -> f32 {
    match look.hand {
        Hand::Mouse => 0.0,
        Hand::Finger => look.of(10.0),
    }
}

/// Rows of a drop-down; a longer list stands in columns, or scrolls under a finger.
const ROWS: usize = 18;
/// Share of a window's height that a drop-down under a finger has at most.
const MOST: f32 = 0.6;

/// Shows the rows of an open drop-down; returns the option that was chosen, and closes it then.
pub(crate) fn options_of<T: Copy + PartialEq>(
    ui: &mut Ui,
    options: &[(T, &str)],
    now: T,
    button: &Response,
    look: Look,
) -> Option<T> {
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    match look.hand {
        Hand::Mouse => in_columns(
            ui,
            options,
            now,
            options.len().div_ceil(ROWS).max(1),
            button,
            look,
        ),
        Hand::Finger => {
            let most = MOST * ui.ctx().content_rect().height();
            let area = ScrollArea::vertical()
                .max_height(most)
                .scroll_source(touch::source(look));
            area.show(ui, |ui| in_columns(ui, options, now, 1, button, look))
                .inner
        }
    }
}

fn in_columns<T: Copy + PartialEq>(
    ui: &mut Ui,
    options: &[(T, &str)],
    now: T,
    columns: usize,
    button: &Response,
    look: Look,
) -> Option<T> {
    let mut chosen = None;
    ui.horizontal_top(|ui| {
        for column in options.chunks(options.len().div_ceil(columns).max(1)) {
            let words = column.iter().map(|(_, words)| text_width(ui, words, look));
            let width = words.fold(look.of(40.0), f32::max) + look.of(24.0);
            ui.vertical(|ui| {
                for (option, words) in column {
                    if row(ui, words, *option == now, width, button, look) {
                        chosen = Some(*option);
                    }
                }
            });
        }
    });
    chosen
}

/// True when it was chosen.
fn row(ui: &mut Ui, words: &str, current: bool, width: f32, button: &Response, look: Look) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(width, look.target(20.0)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, current, words));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 2.0, look.colours.hover);
    }
    let left = rect.left_center() + vec2(look.of(14.0), 0.0);
    if current {
        let dot = left - vec2(look.of(7.0), 0.0);
        ui.painter()
            .circle_filled(dot, look.stroke(2.5), look.colours.chosen);
    }
    ui.painter()
        .text(left, Align2::LEFT_CENTER, words, look.body(), look.colours.ink);
    if response.has_focus() {
        widgets::focus_frame(ui.painter(), rect, look);
    }
    let clicked = response.clicked();
    if clicked {
        if response.has_focus() {
            button.request_focus();
        }
        ui.close();
    }
    clicked
}

pub(crate) fn paint_triangle(painter: &Painter, centre: Pos2, half: f32, colour: Color32) {
    let corners = vec![
        centre + vec2(-half, -0.5 * half),
        centre + vec2(half, -0.5 * half),
        centre + vec2(0.0, 0.5 * half),
    ];
    painter.add(Shape::convex_polygon(corners, colour, Stroke::NONE));
}
