//! `techniques.json`: section 9 of the contract, every technique alone and some together.

use gan_core::{Configuration, Preset};
use lab::files::configuration;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::training::check_all;
use crate::vectors::{Run, vectors};

/// A configuration of the vectors, which has the keys of a TOML file, as one.
fn toml_of(table: &Map<String, Value>) -> String {
    let line = |(key, value): (&String, &Value)| format!("{key} = {value}\n");
    let (tables, keys): (Vec<_>, Vec<_>) = table.iter().partition(|(_, value)| value.is_object());
    let mut text: String = keys.into_iter().map(line).collect();
    for (name, value) in tables {
        let inner = value.as_object().unwrap();
        text += &format!("[{name}]\n");
        text += &inner.iter().map(line).collect::<String>();
    }
    text
}

fn configuration_of(table: &Map<String, Value>) -> Configuration {
    let text = toml_of(table);
    // Every key of GAN Lab's is spelt out, and of the techniques its presets have none.
    configuration::parse(&text, &Preset::Ring.configuration())
        .unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn techniques_give_the_vectors_states_phase_by_phase() {
    #[derive(Deserialize)]
    struct Runs {
        runs: Vec<Run<Map<String, Value>>>,
    }
    let runs = vectors::<Runs>("techniques.json").runs;
    assert!(runs.len() >= 100);
    for run in &runs {
        let configuration = configuration_of(&run.configuration);
        assert_eq!(configuration.check(), Ok(()), "{}", run.name);
    }
    check_all(&runs, |run| {
        (
            configuration_of(&run.configuration),
            run.seed.unwrap(),
            Vec::new(),
        )
    });
}
