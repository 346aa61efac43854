//! A chart's heading, which opens the list of all charts.

use egui::{Popup, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::kinds::Chart;
use crate::style::{Hand, Look};
use crate::{menu, text, widgets};

/// Accessible names of the two lists, for whoever cannot see where they are.
const NAMES: [&str; 2] = ["First chart", "Second chart"];
/// Lengths before scaling: from the heading to the triangle, and half the triangle's width.
const GAP: f32 = 6.0;
const TRIANGLE: f32 = 3.5;

/// Shows the heading of the chart in this place, and returns its place. Another chart, once chosen,
/// is seen from the next frame on.
pub(super) fn show(ui: &mut Ui, corner: Pos2, place: usize, charts: &mut [Chart; 2], look: Look) -> Rect {
    let chart = charts[place];
    let painter = ui.painter().clone();
    let words = text::heading(&painter, corner, chart.title(), look);
    let centre = pos2(
        words.right() + look.of(GAP) + look.stroke(TRIANGLE),
        words.center().y,
    );
    let whole = words.with_max_x(centre.x + look.stroke(TRIANGLE));
    let easier = match look.hand {
        Hand::Mouse => vec2(look.of(3.0), look.of(2.0)),
        Hand::Finger => vec2(look.of(6.0), 0.5 * (look.target(0.0) - whole.height())),
    };
    let id = ui.scope_id().with(NAMES[place]);
    let response = ui.interact(whole.expand2(easier), id, Sense::click());
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(chart.title().to_owned()),
        ..WidgetInfo::labeled(Role::ComboBox, true, NAMES[place])
    });
    let ink = match response.hovered() {
        true => look.colours.ink,
        false => look.colours.faint,
    };
    menu::paint_triangle(&painter, centre, look.stroke(TRIANGLE), ink);
    if response.has_focus() {
        widgets::focus_frame(&painter, whole.expand(2.0), look);
    }
    let options = Chart::ALL.map(|chart| (chart, chart.offer()));
    let chosen = Popup::menu(&response)
        .gap(look.of(2.0))
        .show(|ui| menu::options_of(ui, &options, chart, &response, look))
        .and_then(|shown| shown.inner);
    if let Some(chosen) = chosen {
        put(charts, place, chosen);
    }
    if !Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response)) {
        response.on_hover_text(format!("{}.\nClick for other charts.", chart.explanation()));
    }
    whole
}

/// Puts a chart into a place; one that is in the other changes places with it.
pub(super) fn put(charts: &mut [Chart; 2], place: usize, chart: Chart) {
    if charts[1 - place] == chart {
        charts.swap(0, 1);
    } else {
        charts[place] = chart;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_chart_is_seen_twice() {
        let mut charts = Chart::FIRST;
        put(&mut charts, 1, Chart::Outputs);
        assert_eq!(charts, [Chart::Losses, Chart::Outputs]);
        put(&mut charts, 0, Chart::Outputs);
        assert_eq!(charts, [Chart::Outputs, Chart::Losses]);
        put(&mut charts, 0, Chart::Outputs);
        assert_eq!(charts, [Chart::Outputs, Chart::Losses]);
    }
}
