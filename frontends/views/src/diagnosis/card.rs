//! The card of a diagnosis: the sentence, what it rests on, what else holds, and what the literature suggests.

use egui::{
    Align, Align2, Area, Frame, Id, Layout, Margin, Order, Popup, Rect, RichText, Role, ScrollArea, Sense,
    Stroke, Ui, WidgetInfo, pos2, vec2,
};
use lab::checks::diagnosis::{Cure, Evidence, Finding, Health, Measure, Remedy};
use lab::{Command, Diagnosis, Snapshot};

use super::{Asked, marks};
use crate::beside::{self, Which};
use crate::metrics::Chart;
use crate::overlay::{self, Closing};
use crate::recipes;
use crate::style::{Hand, Look};
use crate::text;
use crate::widgets::{Pressable, PushButton, Weight};

/// Lengths before scaling: the card's width, within its frame, its distance from the sentence.
const WIDTH: f32 = 404.0;
const MARGIN: f32 = 14.0;
const GAP: f32 = 5.0;
/// Size of a button under a mouse.
const BUTTON: [f32; 2] = [82.0, 20.0];

/// Shows it below its sentence, over whatever is there; what was asked for, and whether somebody clicked beside it.
pub(super) fn beside(
    ui: &Ui,
    sentence: Rect,
    diagnosis: &Diagnosis,
    which: Which,
    snapshot: &Snapshot,
    look: Look,
) -> (Option<Asked>, bool) {
    let window = ui.ctx().content_rect();
    let corner = pos2(sentence.left(), sentence.bottom() + look.of(GAP));
    let most = window.bottom() - corner.y - look.of(8.0) - 2.0 * look.of(MARGIN);
    let frame = Frame::new()
        .fill(look.colours.paper)
        .stroke(Stroke::new(1.0, look.colours.edge))
        .corner_radius(look.stroke(6.0))
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::same(look.of(MARGIN) as i8));
    let width = look.of(WIDTH) - 2.0 * look.of(MARGIN);
    let shown = Area::new(Id::unique("diagnosis"))
        .order(Order::Middle)
        .fixed_pos(corner)
        .constrain(false)
        .show(ui.ctx(), |ui| {
            let shown = frame.show(ui, |ui| {
                ui.set_width(width);
                ScrollArea::vertical()
                    .max_height(most.max(1.0))
                    .min_scrolled_height(most.max(1.0))
                    .auto_shrink([false, true])
                    .show(ui, |ui| contents(ui, diagnosis, which, snapshot, look))
                    .inner
            });
            shown
                .response
                .widget_info(|| WidgetInfo::labeled(Role::Group, true, title(which, snapshot)));
            shown
        });
    let rect = shown.response.rect;
    let in_menu = Popup::is_any_open(ui.ctx());
    let aside = ui.input(|input| {
        let at = input.pointer.interact_pos();
        input.pointer.any_pressed() && at.is_some_and(|at| !rect.contains(at) && !sentence.contains(at))
    });
    (shown.inner.inner, aside && !in_menu)
}

/// Shows it over all of a narrow window; what was asked for, and whether it is to close.
pub(super) fn page(
    ui: &Ui,
    diagnosis: &Diagnosis,
    which: Which,
    snapshot: &Snapshot,
    look: Look,
) -> (Option<Asked>, bool) {
    let mut asked = None;
    let name = title(which, snapshot);
    let closing = overlay::show(ui, name, name, look, |ui| {
        asked = contents(ui, diagnosis, which, snapshot, look);
    });
    (asked, closing == Closing::Asked)
}

const fn title(which: Which, snapshot: &Snapshot) -> &'static str {
    match (&snapshot.beside, which) {
        (None, _) => "How the run fares",
        (Some(_), Which::First) => "How the first run fares",
        (Some(_), Which::Second) => "How the second run fares",
    }
}

fn contents(
    ui: &mut Ui,
    diagnosis: &Diagnosis,
    which: Which,
    snapshot: &Snapshot,
    look: Look,
) -> Option<Asked> {
    ui.spacing_mut().item_spacing = vec2(look.of(6.0), look.of(3.0));
    let first = &diagnosis.finding;
    said(ui, first, look);
    ui.label(
        RichText::new(since(diagnosis))
            .font(look.small())
            .color(look.colours.faint),
    );
    let mut asked = None;
    if !first.evidence.is_empty() {
        heading(ui, "What it rests on", look);
        let mut offered = Vec::new();
        for (place, evidence) in first.evidence.iter().enumerate() {
            if place > 0 {
                ui.add_space(look.of(3.0));
            }
            let chart = chart_of(evidence.measure).filter(|chart| !offered.contains(chart));
            offered.extend(chart);
            if show_evidence(ui, evidence, chart, look) {
                asked = chart.map(Asked::Chart);
            }
        }
    }
    let remedies: Vec<&Remedy> = match which {
        Which::First => first.remedies.iter().collect(),
        // Remedies are tried beside the first run.
        Which::Second => Vec::new(),
    };
    if !remedies.is_empty() {
        heading(ui, "What may help", look);
        for (place, remedy) in remedies.into_iter().enumerate() {
            if place > 0 {
                ui.add_space(look.of(5.0));
            }
            if show_remedy(ui, remedy, snapshot, look) {
                asked = try_out(remedy, snapshot).map(|command| Asked::Run(Box::new(command)));
            }
        }
    } else if which == Which::First && first.word.health() == Health::Ailing {
        heading(ui, "What may help", look);
        let words = "All that is known to help is on already: try another seed.";
        paragraph(ui, words, look);
    }
    asked
}

/// Tries a setting beside the run, or begins with a recipe.
fn try_out(remedy: &Remedy, snapshot: &Snapshot) -> Option<Command> {
    Some(match remedy.cure {
        Cure::Setting(setting) if remedy.keeps_the_run => Command::Branch(setting),
        Cure::Setting(setting) => Command::Compare(Some(setting)),
        Cure::Recipe(recipe) => {
            // The data are those of now, and a recipe's techniques go together: never an error.
            let configuration = recipe.configuration(snapshot.configuration.target);
            Command::Restart(snapshot.experiment.with_configuration(configuration).ok()?)
        }
    })
}

/// A mark and the sentence.
fn said(ui: &mut Ui, finding: &Finding, look: Look) {
    let side = look.stroke(15.0);
    let indent = side + look.of(7.0);
    let words = ui.painter().layout(
        finding.sentence.clone(),
        look.name(),
        look.colours.ink,
        ui.available_width() - indent,
    );
    let size = vec2(ui.available_width(), words.size().y.max(side));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let first_line = words.rows.first().map_or(side, |row| row.height());
    let centre = pos2(rect.left() + 0.5 * side, rect.top() + 0.5 * first_line);
    marks::paint(ui.painter(), centre, side, finding.word, look);
    let corner = pos2(rect.left() + indent, rect.top());
    ui.painter().galley(corner, words, look.colours.ink);
    text::announce(ui, rect, &finding.sentence);
}

fn since(diagnosis: &Diagnosis) -> String {
    let [since, now] = [diagnosis.since, diagnosis.epoch].map(text::count);
    match diagnosis.since == diagnosis.epoch {
        true => format!("As of epoch {now}"),
        false => format!("So it is since epoch {since}, as of epoch {now}"),
    }
}

fn heading(ui: &mut Ui, words: &str, look: Look) {
    ui.add_space(look.of(8.0));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), look.of(18.0)), Sense::hover());
    let painted = text::heading(ui.painter(), rect.min, words, look);
    text::announce(ui, painted, words);
    let line = painted.right() + look.of(8.0)..=rect.right();
    ui.painter()
        .hline(line, painted.center().y, Stroke::new(1.0, look.colours.hairline));
}

fn paragraph(ui: &mut Ui, words: &str, look: Look) {
    ui.label(RichText::new(words).font(look.body()).color(look.colours.text));
}

/// A figure and its threshold; true when its chart was asked for.
fn show_evidence(ui: &mut Ui, evidence: &Evidence, chart: Option<Chart>, look: Look) -> bool {
    row_with_button(
        ui,
        chart.map(|chart| Button {
            words: "See chart",
            name: format!("Show chart: {}", chart.title()),
            hint: "Show the chart of this figure",
            weight: Weight::Plain,
        }),
        look,
        |ui, look| {
            let sentence = capitalised(&evidence.sentence());
            paragraph(ui, &sentence, look);
            let limit = format!("threshold: {}", evidence.limit());
            ui.label(RichText::new(limit).font(look.small()).color(look.colours.faint));
        },
    )
}

/// Shows a setting to try, why, and who says so; true when it is to be tried.
fn show_remedy(ui: &mut Ui, remedy: &Remedy, snapshot: &Snapshot, look: Look) -> bool {
    let (change, words, name, hint) = match remedy.cure {
        Cure::Setting(setting) => {
            let change = beside::change(&snapshot.configuration, setting);
            let name = format!("Try beside: {change}");
            let hint = match remedy.keeps_the_run {
                true => "A second run goes on from here with this change, beside the first",
                false => "Begins anew with a second run beside the first that has this change",
            };
            (change, "Try beside", name, hint)
        }
        Cure::Recipe(recipe) => {
            let change = format!("The recipe {}", recipes::name(recipe));
            let name = format!("Begin with: {change}");
            (
                change,
                "Begin anew",
                name,
                "Restarts on the same data with this recipe",
            )
        }
    };
    row_with_button(
        ui,
        Some(Button {
            words,
            name,
            hint,
            weight: Weight::Primary,
        }),
        look,
        |ui, look| {
            ui.label(RichText::new(&change).font(look.name()).color(look.colours.ink));
            paragraph(ui, &capitalised(remedy.reason), look);
            let citation = RichText::new(remedy.citation).font(look.small());
            ui.label(citation.color(look.colours.faint));
        },
    )
}

struct Button<'a> {
    words: &'a str,
    name: String,
    hint: &'a str,
    weight: Weight,
}

/// Words at the left, a button at their right, if there is one; true when it was pressed.
fn row_with_button(
    ui: &mut Ui,
    button: Option<Button<'_>>,
    look: Look,
    words: impl FnOnce(&mut Ui, Look),
) -> bool {
    let [width, height] = BUTTON;
    let size = vec2(look.of(width), look.target(height));
    let inner = ui.available_width() - size.x - look.of(10.0);
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(inner, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(inner);
            words(ui, look);
        });
        let Some(button) = button else { return false };
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let inside = match look.hand {
                Hand::Mouse => rect,
                Hand::Finger => Align2::RIGHT_TOP.anchor_size(rect.right_top(), size),
            };
            let Button {
                words,
                name,
                hint,
                weight,
            } = button;
            ui.push_id(&name, |ui| {
                let pressed = PushButton {
                    icon: None,
                    words,
                    hint,
                    pressable: Pressable::Yes,
                    weight,
                    font: look.small(),
                }
                .show(ui, inside, look);
                pressed.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                pressed.clicked()
            })
            .inner
        })
        .inner
    })
    .inner
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The chart that shows a figure.
const fn chart_of(measure: Measure) -> Option<Chart> {
    Some(match measure {
        Measure::Js => Chart::Divergences,
        Measure::DiscriminatorLoss => Chart::MeanLoss,
        Measure::GeneratorGradient | Measure::DiscriminatorGradient => Chart::Gradients,
        Measure::Separation | Measure::Fooled | Measure::Range => Chart::Outputs,
        Measure::GeneratorDead | Measure::DiscriminatorDead => Chart::DeadUnits,
        Measure::Lost | Measure::Missed | Measure::Precision => Chart::Coverage,
        // Others are of the samples as a whole, which the canvas shows.
        _ => return None,
    })
}
