//! From a link to its run: every problem is one sentence with the key that it is in, and no link is a panic.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use gan_core::configuration::Network;
use gan_core::log::{Action, Log, Stamped};
use gan_core::parameters::Effect;
use gan_core::{Change, Configuration, Parameter, Preset, Profile as _, Reference, SetupError, Target};
use percent_encoding::percent_decode_str;

use super::{SEED, cut, points};
use crate::files::configuration;
use crate::recording::LOG_CAPACITY;
use crate::recording::bounded;
use crate::setup::drawing::Source;
use crate::setup::recipe::Recipe;
use crate::{Drawing, Experiment, Recording, Scaling};

/// The content of a link, each key but `at` once.
#[derive(Default)]
struct Said<'a> {
    keys: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    done: Vec<Cow<'a, str>>,
}

pub(super) fn read(link: &str) -> Result<Recording, String> {
    let mut said = Said::of(link)?;
    let seed = match said.take("seed") {
        None => SEED,
        Some(text) => number(&text).ok_or_else(|| at("seed", &text, "a seed is a whole number from 0"))?,
    };
    let reached = match said.take("epoch") {
        None => 0,
        Some(text) => epoch(&text).map_err(|problem| at("epoch", &text, &problem))?,
    };
    let base = said.base()?;
    let drawing = said.drawing()?;
    let log = Said::log(&said.done, &base)?;
    let configuration = said.configuration(&base)?;
    let is_drawing = configuration.target == Target::Drawing;
    if drawing.is_some() && !is_drawing {
        return Err("the link has points, but not target=drawing: write that, or leave them out".to_owned());
    }
    let end = log.actions().last().map_or(0, Stamped::end);
    if reached > 0 && reached < end {
        let what = format!("something is done up to epoch {end}: write a later one, or leave it out");
        return Err(at("epoch", &reached.to_string(), &what));
    }
    let experiment = Experiment::new(configuration, seed, drawing.unwrap_or_default());
    let experiment = experiment.map_err(|error| match error {
        SetupError::EmptyDrawing => {
            "the link has target=drawing, but no points: write them as in points=.1,.4;.9,.6".to_owned()
        }
        error @ (SetupError::MemoryTooSmall { .. } | SetupError::Conflict(_)) => error.to_string(),
    })?;
    let mut recording = Recording::of(&experiment, Reference::NAME);
    (recording.log, recording.reached) = (log, reached);
    Ok(recording)
}

/// A problem with what a key says.
fn at(key: &str, value: &str, what: &str) -> String {
    format!("in the link, '{}={}': {what}", cut(key), cut(value))
}

fn number(text: &str) -> Option<u64> {
    // An `u64` may begin with '+'; a seed or an epoch does not.
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn epoch(text: &str) -> Result<u64, String> {
    let number = number(text).ok_or("an epoch is a whole number from 0")?;
    bounded("epoch", 0, number).map_err(|error| error.to_string())
}

/// One of these by its name.
fn named<T: Copy>(key: &str, value: &str, names: &[(&str, T)]) -> Result<T, String> {
    let found = names.iter().find(|(name, _)| *name == value);
    found.map(|(_, named)| *named).ok_or_else(|| {
        let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        at(key, value, &format!("write one of {}", names.join(", ")))
    })
}

impl<'a> Said<'a> {
    fn of(link: &'a str) -> Result<Self, String> {
        let mut said = Self::default();
        let pieces = link.strip_prefix('#').unwrap_or(link).split('&');
        for piece in pieces.filter(|piece| !piece.trim().is_empty()) {
            let Some((key, value)) = piece.split_once('=') else {
                let piece = cut(piece);
                return Err(format!(
                    "in the link, '{piece}' says nothing: write KEY=VALUE, as in preset=ring, and & between them"
                ));
            };
            let (key, value) = (decoded(key)?, decoded(value)?);
            if key == "at" {
                said.done.push(value);
                continue;
            }
            match said.keys.entry(key) {
                Entry::Vacant(place) => _ = place.insert(value),
                Entry::Occupied(place) => {
                    return Err(at(place.key(), &value, "it is said twice; leave one of them out"));
                }
            }
        }
        Ok(said)
    }

    fn take(&mut self, key: &str) -> Option<Cow<'a, str>> {
        self.keys.remove(key)
    }

    /// The configuration that the link's other keys differ from.
    fn base(&mut self) -> Result<Configuration, String> {
        let preset = match self.take("preset") {
            None => Preset::Ring,
            Some(name) => named("preset", &name, &PRESETS)?,
        };
        let recipe = match self.take("recipe") {
            None => Recipe::Classic,
            Some(name) => named("recipe", &name, &Recipe::ALL.map(|recipe| (recipe.key(), recipe)))?,
        };
        Ok(recipe.configuration(preset.configuration().target))
    }

    fn drawing(&mut self) -> Result<Option<Drawing>, String> {
        let text = self.take("points");
        let file = [
            self.take("points.source"),
            self.take("points.x"),
            self.take("points.y"),
        ];
        let source = match file {
            [None, None, None] => Source::Brush,
            [Some(name), Some(x), Some(y)] if text.is_some() => Source::File {
                name: name.into(),
                scaling: Scaling::between(range("points.x", &x)?, range("points.y", &y)?).ok_or(
                    "in the link, points.x and points.y are each the least and the most of a range: write as in \
                     points.x=-10,30",
                )?,
            },
            _ => {
                return Err(
                    "in the link, points of a file need points, points.source, points.x and points.y: write all, or \
                     points alone"
                        .to_owned(),
                );
            }
        };
        let Some(text) = text else {
            return Ok(None);
        };
        let points = points::read(&text).map_err(|problem| format!("in the link's points, {problem}"))?;
        let drawing = Drawing::of(points, source);
        drawing
            .map(Some)
            .map_err(|error| format!("in the link's points: {error}"))
    }

    /// All that is left, on top of a base.
    fn configuration(&self, base: &Configuration) -> Result<Configuration, String> {
        let entries = || self.keys.iter().map(|(key, value)| (&**key, &**value));
        if let Some((key, value)) = entries().find(|(key, _)| key.split('.').count() > 2) {
            return Err(at(key, value, "there is no such key; leave it out"));
        }
        configuration::changes(entries(), base).map_err(|problem| {
            let alone =
                |(key, value)| configuration::change(key, value, base).err().as_ref() == Some(&problem);
            match entries().find(|entry| alone(*entry)) {
                Some((key, value)) => at(key, value, &problem),
                None => format!("in the link, {problem}"),
            }
        })
    }

    fn log(done: &[Cow<str>], base: &Configuration) -> Result<Log<LOG_CAPACITY>, String> {
        let mut log = Log::new();
        for text in done {
            let stamped = self::done(text, base).map_err(|problem| at("at", text, &problem))?;
            let begun = log.actions().last().map_or(0, Stamped::end);
            if stamped.epoch < begun {
                let what = format!("what stands before it goes on to epoch {begun}: keep the order");
                return Err(at("at", text, &what));
            }
            log.add(stamped).map_err(|full| {
                let what = format!("a run holds {} actions: leave some out", full.capacity);
                at("at", text, &what)
            })?;
        }
        Ok(log)
    }
}

/// Percent signs read as a browser does: one that is not followed by two digits stands for itself.
fn decoded(text: &str) -> Result<Cow<'_, str>, String> {
    let decoded = percent_decode_str(text).decode_utf8();
    let text = decoded.map_err(|_| {
        let text = cut(text);
        format!("in the link, '{text}' is not UTF-8 text: copy the link again")
    })?;
    Ok(match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    })
}

fn range(key: &str, text: &str) -> Result<[f32; 2], String> {
    points::pair_read(text).ok_or_else(|| at(key, text, "write two numbers, as in -10,30"))
}

/// `EPOCH:KEY:VALUE`.
fn done(text: &str, base: &Configuration) -> Result<Stamped, String> {
    let mut parts = text.splitn(3, ':').map(str::trim);
    let (Some(when), Some(key), Some(value)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("write EPOCH:KEY:VALUE, as in at=1200:loss:log".to_owned());
    };
    let epoch = epoch(when)?;
    let steps = |network: &Network| key.split_once('.') == Some((network.name(), "steps"));
    if let Some(network) = Network::ALL.into_iter().find(steps) {
        let times = number(value).ok_or("steps are a whole number from 1")?;
        let times = bounded("steps", 1, times).map_err(|error| error.to_string())?;
        let action = Action::Step(network);
        return Ok(Stamped { epoch, action, times });
    }
    let changeable =
        Parameter::named(key).filter(|parameter| parameter.definition().effect == Effect::AtOnce);
    let Some(parameter) = changeable else {
        return Err(format!(
            "'{}' does not change while a run goes on: loss does, and of generator and discriminator \
             learning_rate, optimizer, updates_per_epoch and steps",
            cut(key)
        ));
    };
    let changed = configuration::change(key, value, base)?;
    let word = changed.word(parameter).unwrap_or_default();
    let change = Change::new(parameter, word).map_err(|error| error.to_string())?;
    let (action, times) = (Action::Change(change), 1);
    Ok(Stamped { epoch, action, times })
}

const PRESETS: [(&str, Preset); 4] = [
    ("line", Preset::Line),
    ("gaussians", Preset::Gaussians),
    ("ring", Preset::Ring),
    ("disjoint", Preset::Disjoint),
];
