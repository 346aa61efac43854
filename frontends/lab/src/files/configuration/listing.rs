//! Every key of a configuration, with what it may be and is: for people as TOML, for programs as JSON.

use gan_core::parameters::{Definition, Effect, Kind, OFF};
use gan_core::{Configuration, Network, Parameter, Preset};
use serde::Serialize;

use super::document::value;

/// The column at which comments begin.
const COMMENTS: usize = 30;

/// A key as a program reads it.
#[derive(Serialize)]
struct Row {
    key: &'static str,
    about: &'static str,
    kind: &'static str,
    least: Option<f64>,
    most: Option<f64>,
    choices: &'static [&'static str],
    can_be_off: bool,
    usual: Option<String>,
    ladder: &'static [f64],
    belongs_to: Option<&'static str>,
    begins_the_run_anew: bool,
}

/// All keys as a JSON array, in the order of files.
#[must_use]
pub fn json() -> String {
    let rows: Vec<Row> = Parameter::ALL.into_iter().map(row).collect();
    serde_json::to_string_pretty(&rows).expect("names and numbers are JSON")
}

fn row(parameter: Parameter) -> Row {
    let definition = parameter.definition();
    let (kind, range, choices): (_, _, &[&str]) = match definition.kind {
        Kind::Count { least, most, .. } => ("count", Some([least.into(), most.into()]), &[]),
        Kind::Number { least, most, .. } => ("number", Some([least, most]), &[]),
        Kind::Decay => ("decay", Some([0.0, 0.9999]), &[]),
        Kind::Choice(names) => ("choice", None, names),
    };
    Row {
        key: parameter.key(),
        about: definition.about.trim(),
        kind,
        least: range.map(|[least, _]| least),
        most: range.map(|[_, most]| most),
        choices,
        can_be_off: definition.can_be_off,
        usual: usual(parameter).map(|(_, word)| parameter.write(word).to_string()),
        ladder: definition.ladder,
        belongs_to: (parameter.head() != parameter).then(|| parameter.head().key()),
        begins_the_run_anew: definition.effect == Effect::Anew,
    }
}

/// All keys as TOML with comments, the ring's values, what is off in GAN Lab commented out; those of both networks once.
#[must_use]
pub fn toml() -> String {
    let mut text = String::new();
    let mut last = "";
    let of_discriminator = |parameter: &Parameter| parameter.shared() == Some(Network::Discriminator);
    for parameter in Parameter::ALL
        .into_iter()
        .filter(|parameter| !of_discriminator(parameter))
    {
        let (table, name) = parameter.key().split_once('.').unwrap_or(("", parameter.key()));
        if table != last {
            let header = format!("[{table}]");
            text += &match parameter.shared() {
                Some(_) => {
                    format!("{header:COMMENTS$}# and the same under [discriminator], but for average\n")
                }
                None => format!("{header}\n"),
            };
            last = table;
        }
        let (given, word) = usual(parameter).unwrap_or((None, OFF));
        let off = if parameter.usual().is_some_and(|usual| usual != OFF) {
            ""
        } else {
            "# "
        };
        let line = format!("{off}{name} = {}", value(parameter, word));
        let with = given.map_or(String::new(), |given| format!("with {given}; "));
        // Who says so stands in the JSON.
        let about = parameter.definition().about.trim().trim_end_matches('.');
        let about = about.split(" (").next().unwrap_or(about);
        text += &format!("{line:COMMENTS$}# {with}{}: {about}\n", range(parameter));
    }
    text
}

/// A parameter's range: '0–5', 'sgd, adam', 'none or 1–16'.
fn range(parameter: Parameter) -> String {
    let Definition { kind, can_be_off, .. } = parameter.definition();
    let range = match kind {
        Kind::Count { least, most, .. } => format!("{least}–{most}"),
        Kind::Number { least, most, .. } => format!("{least}–{most}"),
        Kind::Decay => "0–0.9999".to_owned(),
        Kind::Choice(names) => names.join(", "),
    };
    match can_be_off {
        true => format!("none, or {range}"),
        false => range,
    }
}

/// The value that a parameter has where nobody says another, and what must be set for it to have one.
fn usual(parameter: Parameter) -> Option<(Option<String>, u32)> {
    let ring = Preset::Ring.configuration();
    if let Some(usual) = parameter.usual() {
        return Some((None, usual));
    }
    let head = parameter.head();
    let Definition { kind, ladder, .. } = head.definition();
    let words: Vec<u32> = match kind {
        Kind::Choice(names) => (0..names.len() as u32).collect(),
        Kind::Count { .. } => ladder.iter().map(|rung| *rung as u32).collect(),
        Kind::Number { .. } => ladder.iter().map(|rung| (*rung as f32).to_bits()).collect(),
        Kind::Decay => Vec::new(),
    };
    let set = |word: &u32| -> Option<Configuration> {
        let mut configuration = ring;
        configuration.set(head, *word).ok()?;
        Some(configuration)
    };
    let meaning = |word: &u32| set(word).and_then(|configuration| configuration.word(parameter));
    let giving: Vec<u32> = words.into_iter().filter(|word| meaning(word).is_some()).collect();
    let first = meaning(giving.first()?)?;
    let said = match kind {
        Kind::Choice(_) => {
            let (alike, others): (Vec<u32>, Vec<u32>) =
                giving.iter().partition(|word| meaning(word) == Some(first));
            let names: Vec<String> = alike.iter().map(|word| head.write(*word).to_string()).collect();
            let others = others.iter().filter_map(|word| {
                let usual = value(parameter, meaning(word)?);
                Some(format!(", {usual} with {}", head.write(*word)))
            });
            names.join(" or ") + &others.collect::<String>()
        }
        _ => format!("{} given", head.key().rsplit('.').next()?),
    };
    Some((Some(said), first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_listed_and_what_is_listed_is_the_ring() {
        let listed = toml();
        let ring = Preset::Ring.configuration();
        assert_eq!(
            super::super::parse(&listed, &Preset::Line.configuration()).map(|read| read.generator),
            Ok(ring.generator)
        );
        for parameter in Parameter::ALL {
            let name = parameter.key().rsplit('.').next().unwrap();
            assert!(listed.contains(&format!("{name} = ")), "{parameter}");
        }
        let rows: Vec<serde_json::Value> = serde_json::from_str(&json()).unwrap();
        assert_eq!(rows.len(), Parameter::ALL.len());
        assert!(
            rows.iter()
                .all(|row| row["usual"].is_string() && row["about"] != "")
        );
    }
}
