//! What a configuration's text may say, and what is said of the rest.

use super::*;
use gan_core::Preset;

#[test]
fn what_is_written_reads_back() {
    for preset in Preset::ALL {
        let configuration = preset.configuration();
        let text = to_toml(&configuration);
        assert_eq!(
            parse(&text, &Preset::Ring.configuration()),
            Ok(configuration),
            "{text}"
        );
    }
}

#[test]
fn missing_keys_come_from_the_base() {
    let base = Preset::Line.configuration();
    let changed = parse("loss = 'least-squares'\n[generator]\noptimizer = 'adam'\n", &base).unwrap();
    assert_eq!(
        (changed.loss, changed.generator.optimizer),
        (Loss::LeastSquares, Optimizer::Adam)
    );
    assert_eq!(changed.discriminator, base.discriminator);
}

#[test]
fn errors_name_line_and_remedy() {
    let base = Preset::Line.configuration();
    for (text, part) in [
        (
            "\n[generator]\nneurons = 101\n",
            "line 3: neurons is 101, but must be from 1 to 100",
        ),
        ("batch = 0", "line 1: batch size is 0, but must be from 1 to 1024"),
        ("[generator]\nlearning_rate = nan", "line 2: learning rate is NaN"),
        ("[generator]\nneuron = 3", "line 2: unknown field `neuron`"),
        ("target = 'spiral'", "line 1: unknown variant `spiral`"),
        ("batch = -1", "line 1:"),
        ("batch = 1\nbatch = 2", "line 2: duplicate key"),
        ("[generator", "line 1:"),
    ] {
        let message = parse(text, &base).unwrap_err();
        assert!(message.contains(part), "{text:?} gave {message:?}");
        assert!(!message.contains('\n'), "one sentence: {message:?}");
    }
}

#[test]
fn every_key_left_out_is_missed() {
    let whole = to_toml(&Preset::Line.configuration());
    let missing = |text: &str| toml::from_str::<Document>(text).unwrap().missing();
    assert_eq!(missing(&whole), None);
    let lines: Vec<&str> = whole.lines().collect();
    let keys = (0..lines.len()).filter(|index| lines[*index].contains(" = "));
    let mut missed: Vec<&str> = keys
        .map(|index| {
            let rest = [&lines[..index], &lines[index + 1..]].concat();
            missing(&rest.join("\n")).expect("one line less")
        })
        .collect();
    missed.sort_unstable();
    let entries = entries(&Preset::Line.configuration());
    let all: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(missed, all);
}

#[test]
fn one_key_changes_and_its_errors_have_no_place() {
    let base = Preset::Line.configuration();
    let changed = change("generator.optimizer", "adam", &base).unwrap();
    let changed = change(" noise.kind ", " 'normal' ", &changed).unwrap();
    let changed = change("discriminator.learning_rate", "1", &changed).unwrap();
    let by_file =
        "[generator]\noptimizer = 'adam'\n[noise]\nkind = 'normal'\n[discriminator]\nlearning_rate = 1.0";
    assert_eq!(Ok(changed), parse(by_file, &base));
    for (key, value, part) in [
        (
            "generator.neurons",
            "101",
            "neurons is 101, but must be from 1 to 100",
        ),
        ("generator.neuron", "3", "unknown field `neuron`"),
        ("speed", "3", "unknown field `speed`"),
        ("", "3", "unknown field ``"),
        ("batch", "1.5", "invalid type"),
        ("batch", "", "invalid type"),
        ("batch", "1\natlas = 2", "invalid type"),
        ("batch\natlas", "1", "unknown field"),
        ("generator", "{neurons = 3}", "invalid type"),
        ("loss", "hinge", "unknown variant `hinge`"),
        ("generator.learning_rate", "nan", "learning rate is NaN"),
    ] {
        let message = change(key, value, &base).unwrap_err();
        assert!(message.contains(part), "{key}={value} gave {message:?}");
        assert!(
            !message.starts_with("line") && !message.contains('\n'),
            "{message:?}"
        );
    }
}

#[test]
fn entries_say_every_key_as_a_person_writes_it() {
    let entries = entries(&Preset::Line.configuration());
    assert_eq!(entries.len(), 16);
    for (key, value) in [
        ("atlas", "12000"),
        ("discriminator.learning_rate", "0.03"),
        ("noise.kind", "uniform"),
    ] {
        assert!(
            entries.contains(&(key.to_owned(), value.to_owned())),
            "{key}: {entries:?}"
        );
    }
    let rebuilt = entries
        .iter()
        .try_fold(Preset::Ring.configuration(), |configuration, (key, value)| {
            change(key, value, &configuration)
        });
    assert_eq!(rebuilt, Ok(Preset::Line.configuration()));
}
