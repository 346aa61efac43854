//! Words on the screen: painted in their places, and said to whoever cannot see them.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo};

use crate::style::Look;

/// A panel's heading, in spaced capitals, its upper left corner given. Returns where it lies.
pub(crate) fn heading(painter: &Painter, corner: Pos2, words: &str, look: Look) -> Rect {
    let (font, colour) = (look.heading(), look.colours.faint);
    let format = TextFormat {
        extra_letter_spacing: 0.04 * font.size,
        ..TextFormat::simple(font, colour)
    };
    let galley = painter.layout_job(LayoutJob::single_section(words.to_uppercase(), format));
    let rect = Rect::from_min_size(corner, galley.size());
    painter.galley(corner, galley, colour);
    rect
}

/// The fonts have no bold cut: the same words thrice, a little apart.
pub(crate) fn bold(
    painter: &Painter,
    place: Pos2,
    anchor: Align2,
    words: &str,
    font: &FontId,
    colour: Color32,
) -> Rect {
    for apart in [0.05, 0.025] {
        let aside = egui::vec2(apart * font.size, 0.0);
        painter.text(place + aside, anchor, words, font.clone(), colour);
    }
    painter.text(place, anchor, words, font.clone(), colour)
}

/// Text that a screen reader finds too. Returns where it lies.
pub(crate) fn label(
    ui: &mut Ui,
    place: Pos2,
    anchor: Align2,
    words: &str,
    font: FontId,
    colour: Color32,
) -> Rect {
    let rect = ui.painter().text(place, anchor, words, font, colour);
    announce(ui, rect, words);
    rect
}

/// Lays words out in the largest of some fonts in which they fit the room; in the last one if they
/// fit in none.
pub(crate) fn fitted(
    painter: &Painter,
    words: &str,
    fonts: &[FontId],
    room: f32,
    colour: Color32,
) -> Arc<Galley> {
    let laid_out = |font: &FontId| painter.layout_no_wrap(words.to_owned(), font.clone(), colour);
    let last = fonts.last().map_or_else(FontId::default, FontId::clone);
    fonts
        .iter()
        .map(laid_out)
        .find(|galley| galley.size().x <= room)
        .unwrap_or_else(|| laid_out(&last))
}

/// How wide running text is.
pub(crate) fn width(ui: &Ui, words: &str, look: Look) -> f32 {
    let galley = ui
        .painter()
        .layout_no_wrap(words.to_owned(), look.body(), look.colours.ink);
    galley.size().x.ceil()
}

/// Says words that are painted at this place; a tooltip can be put on the response.
pub(crate) fn announce(ui: &mut Ui, rect: Rect, words: &str) -> Response {
    let id = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    response
}

/// An epoch as on GAN Lab's counter: 'six digits, in groups of three'.
#[must_use]
pub fn epoch_counter(epoch: u64) -> String {
    grouped(&format!("{epoch:06}"))
}

/// A count in groups of three digits.
#[must_use]
pub fn count(number: u64) -> String {
    grouped(&number.to_string())
}

fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A loss or divergence, to three decimals; a dash where there is none, or it is not finite.
#[must_use]
pub fn figure(value: Option<f64>) -> String {
    match value.filter(|value| value.is_finite()) {
        Some(value) if value.abs() < 999.9995 => format!("{value:.3}"),
        Some(value) => format!("{value:.2e}"),
        None => "–".to_owned(),
    }
}

/// Writes a figure like [`figure`], to two decimals.
pub(crate) fn short_figure(value: Option<f64>) -> String {
    match value.filter(|value| value.is_finite()) {
        Some(value) if value.abs() < 99.995 => format!("{value:.2}"),
        Some(value) => format!("{value:.0e}"),
        None => "–".to_owned(),
    }
}

/// A coordinate or slope to so many decimals, with a true minus; a value that rounds to 0 has no
/// sign.
pub(crate) fn decimals(value: f32, places: usize) -> String {
    let written = format!("{value:.places$}");
    match written.strip_prefix('-') {
        Some(nothing) if nothing.chars().all(|digit| matches!(digit, '0' | '.')) => nothing.to_owned(),
        Some(size) => format!("−{size}"),
        None => written,
    }
}

/// With a capital.
pub(crate) fn title(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_on_the_original() {
        assert_eq!(epoch_counter(5_080), "005,080");
        assert_eq!(epoch_counter(1_234_567), "1,234,567");
        assert_eq!(count(0), "0");
        assert_eq!(count(12_345), "12,345");
    }

    #[test]
    fn a_figure_has_a_bounded_width() {
        assert_eq!(figure(Some(0.67649)), "0.676");
        assert_eq!(figure(Some(12_345.0)), "1.23e4");
        assert_eq!(figure(None), "–");
        assert_eq!(figure(Some(f64::NAN)), "–");
    }

    #[test]
    fn nothing_has_no_sign() {
        assert_eq!(decimals(-0.304, 2), "−0.30");
        assert_eq!(decimals(-0.004, 2), "0.00");
        assert_eq!(decimals(0.304, 2), "0.30");
    }
}
