//! Whole configurations to begin with: GAN Lab's presets of its four data, and two recipes for whatever data are
//! chosen.

use egui::{FontId, Rect, Ui, pos2, vec2};
use gan_core::Preset;
use lab::{Experiment, Recipe, Snapshot};

use crate::style::Look;
use crate::text;
use crate::widgets::ChoiceButton;

/// Presets in a row.
const BESIDE: usize = 2;
/// Lengths before scaling: the widest preset, between two, from presets to recipes, around words, of a button.
const WIDEST: f32 = 92.0;
const GAP: f32 = 6.0;
const BETWEEN: f32 = 13.0;
const AROUND: f32 = 5.0;
const HEIGHT: f32 = 24.0;

/// Explains recipes, in the tooltip of their heading.
const SENTENCE: &str =
    "A recipe sets everything for the data chosen: networks, losses, rates and techniques.";

/// Widths and words of the buttons, in the largest font that has room.
struct Buttons {
    presets: f32,
    recipes: f32,
    font: FontId,
    words: [&'static str; 2],
}

impl Buttons {
    fn fitting(ui: &Ui, room: f32, look: Look) -> Self {
        let width = |words: &str, font: &FontId| {
            let galley = ui
                .painter()
                .layout_no_wrap(words.to_owned(), font.clone(), look.colours.ink);
            galley.size().x.ceil() + 2.0 * look.of(AROUND)
        };
        let full = Recipe::OFFERED.map(name);
        let short = Recipe::OFFERED.map(short_name);
        let with = |font: FontId, words: [&'static str; 2]| {
            let recipes = words
                .map(|words| width(words, &font))
                .into_iter()
                .fold(0.0, f32::max);
            let left = room - look.of(BETWEEN) - recipes - look.of(GAP);
            let presets = (left / BESIDE as f32).floor().min(look.of(WIDEST));
            // 'Gaussians' is the longest.
            let fits = presets >= width("Gaussians", &font);
            let buttons = Self {
                presets,
                recipes,
                font,
                words,
            };
            (buttons, fits)
        };
        let attempts = [(look.body(), full), (look.small(), full), (look.small(), short)];
        let mut last = None;
        for (font, words) in attempts {
            let (buttons, fits) = with(font, words);
            if fits {
                return buttons;
            }
            last = Some(buttons);
        }
        last.unwrap_or_else(|| with(look.small(), short).0)
    }
}

/// How high both are.
pub(crate) fn height(look: Look) -> f32 {
    look.of(21.0) + 2.0 * look.target(HEIGHT) - look.of(HEIGHT) + look.of(HEIGHT + 5.0)
}

/// Shows both, from this corner on; returns what to begin with, if something was chosen.
pub(crate) fn show(ui: &mut Ui, place: Rect, snapshot: &Snapshot, look: Look) -> Option<Experiment> {
    let buttons = Buttons::fitting(ui, place.width(), look);
    let top = place.top() + look.of(21.0);
    let height = look.target(HEIGHT);
    let row = |index: usize| top + index as f32 * (height - look.of(HEIGHT) + look.of(HEIGHT + 5.0));
    let mut chosen = None;
    text::heading(ui.painter(), place.min, "Presets", look);
    for (index, preset) in Preset::ALL.into_iter().enumerate() {
        let x = place.left() + (index % BESIDE) as f32 * (buttons.presets + look.of(GAP));
        let corner = pos2(x, row(index / BESIDE));
        let rect = Rect::from_min_size(corner, vec2(buttons.presets, height));
        let target = preset.configuration().target.name();
        let button = ChoiceButton {
            words: &text::title(target),
            name: &format!("Preset {target}"),
            hint: &format!("Restart with GAN Lab's networks and learning rates for the {target} data."),
            chosen: snapshot.configuration == preset.configuration(),
            font: buttons.font.clone(),
        };
        if button.show(ui, rect, look).clicked() {
            chosen = Some(snapshot.experiment.with_preset(preset));
        }
    }
    let left = place.left() + 2.0 * buttons.presets + look.of(GAP) + look.of(BETWEEN);
    let heading = text::heading(ui.painter(), pos2(left, place.top()), "Recipe", look);
    text::announce(ui, heading, "Recipe").on_hover_text(SENTENCE);
    let target = snapshot.configuration.target;
    for (index, recipe) in Recipe::OFFERED.into_iter().enumerate() {
        let corner = pos2(left, row(index));
        let rect = Rect::from_min_size(corner, vec2(buttons.recipes, height));
        let button = ChoiceButton {
            words: buttons.words[index],
            name: &format!("Recipe {}", name(recipe)),
            hint: &format!("{SENTENCE}\n{} Restarts.", about(recipe)),
            chosen: Recipe::of(&snapshot.configuration) == Some(recipe),
            font: buttons.font.clone(),
        };
        if button.show(ui, rect, look).clicked() {
            // The data are those of now, and a recipe's techniques go together: never an error.
            let configuration = recipe.configuration(target);
            chosen = snapshot.experiment.with_configuration(configuration).ok();
        }
    }
    chosen
}

/// The recipe's name for people.
pub(crate) const fn name(recipe: Recipe) -> &'static str {
    match recipe {
        Recipe::Classic => "GAN Lab classic",
        Recipe::FirstRecommended | Recipe::Recommended => "Recommended",
    }
}

const fn short_name(recipe: Recipe) -> &'static str {
    match recipe {
        Recipe::Classic => "Classic",
        Recipe::FirstRecommended | Recipe::Recommended => "Recommended",
    }
}

const fn about(recipe: Recipe) -> &'static str {
    match recipe {
        Recipe::Classic => "This one is as on GAN Lab's page, where many a run fails: that teaches, too.",
        Recipe::FirstRecommended | Recipe::Recommended => {
            "This one was found by trying many: on all of these data it ends as close to the real samples as others are."
        }
    }
}
