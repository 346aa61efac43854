//! From a run to its link.

use std::collections::BTreeMap;

use gan_core::log::{Action, Log, Stamped};
use gan_core::parameters::Kind;
use gan_core::{Change, Configuration, Preset, Target};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::points::{self, decimal};
use super::{LONGEST, Unlinkable};
use crate::Experiment;
use crate::files::configuration;
use crate::recording::LOG_CAPACITY;
use crate::setup::drawing::Source;
use crate::setup::recipe::Recipe;
use crate::setup::scaling::Range;

/// Characters that need no escape within a fragment, and none that a link's own grammar needs.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b',')
    .remove(b';')
    .remove(b':');

pub(super) fn whole(
    experiment: &Experiment,
    log: &Log<LOG_CAPACITY>,
    epoch: u64,
) -> Result<String, Unlinkable> {
    let configuration = experiment.configuration();
    let mut said = shortest(configuration, experiment.seed());
    let mut points = 0;
    if configuration.target == Target::Drawing {
        points = experiment.drawing().points().len();
        drawing(&mut said, experiment);
    }
    for stamped in log.actions() {
        said.push(("at".to_owned(), action(stamped)));
    }
    if epoch > 0 {
        said.push(("epoch".to_owned(), epoch.to_string()));
    }
    let link = joined(&said);
    match link.len() {
        characters if characters > LONGEST => Err(Unlinkable::Length { characters, points }),
        _ => Ok(link),
    }
}

type Said = Vec<(String, String)>;

fn joined(said: &Said) -> String {
    let pairs: Vec<String> = said
        .iter()
        .map(|(key, value)| format!("{key}={}", utf8_percent_encode(value, ESCAPED)))
        .collect();
    pairs.join("&")
}

/// Configuration and seed, as what differs from the preset and the recipe from which least does.
fn shortest(configuration: &Configuration, seed: u64) -> Said {
    let own = configuration::every_entry(configuration);
    let bases = Recipe::ALL
        .into_iter()
        .flat_map(|recipe| Preset::ALL.map(|preset| (recipe, preset)));
    let told = bases.map(|(recipe, preset)| {
        let base = preset.configuration();
        let target = configuration::every_entry(&base)
            .remove("target")
            .unwrap_or_default();
        let mut said = vec![("preset".to_owned(), target)];
        if recipe != Recipe::Classic {
            said.push(("recipe".to_owned(), recipe.key().to_owned()));
        }
        said.push(("seed".to_owned(), seed.to_string()));
        let base = configuration::every_entry(&recipe.configuration(base.target));
        said.extend(differing(&own, &base));
        said
    });
    told.min_by_key(|said| joined(said).len())
        .expect("there are presets")
}

/// Keys that differ. The numbers of a technique of another kind are written with it, even where
/// they are equal: left out, they would be that kind's usual ones.
fn differing(own: &BTreeMap<String, String>, base: &BTreeMap<String, String>) -> Said {
    let differs = |key: &String| own.get(key) != base.get(key);
    let is_of_other_kind = |key: &String| {
        let table = key.split_once('.').map(|(table, _)| table);
        table.is_some_and(|table| differs(&format!("{table}.kind")))
    };
    let told = own
        .iter()
        .filter(|(key, _)| differs(key) || is_of_other_kind(key));
    told.map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn drawing(said: &mut Said, experiment: &Experiment) {
    let drawing = experiment.drawing();
    said.push(("points".to_owned(), points::written(drawing.points())));
    if let Source::File { name, scaling } = drawing.source() {
        said.push(("points.source".to_owned(), name.to_string()));
        for (key, Range { least, most }) in ["points.x", "points.y"].into_iter().zip(scaling.ranges()) {
            said.push((key.to_owned(), format!("{},{}", decimal(least), decimal(most))));
        }
    }
}

/// `EPOCH:KEY:VALUE`, the value as in a recording.
fn action(Stamped { epoch, action, times }: &Stamped) -> String {
    match action {
        Action::Change(change) => {
            let parameter = change.parameter();
            format!("{epoch}:{parameter}:{}", link_value(*change))
        }
        Action::Step(network) => format!("{epoch}:{network}.steps:{times}"),
    }
}

/// A new value, numbers as short as they can be.
fn link_value(change: Change) -> String {
    match change.parameter().definition().kind {
        Kind::Number { .. } => f32::from_bits(change.word()).to_string(),
        _ => change.parameter().write(change.word()).to_string(),
    }
}
