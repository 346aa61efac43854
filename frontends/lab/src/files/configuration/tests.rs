//! Valid configuration texts, and the errors for all others.

use super::*;
use gan_core::Preset;
use gan_core::configuration::{Loss, Optimizer};
use gan_core::techniques::{Normalization, Penalty, RateDecay, Techniques, Weight};
use proptest::prelude::*;

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
        ("target = 'square'", "line 1: unknown variant `square`"),
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
        ("loss", "softmax", "unknown variant `softmax`"),
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

/// A weight, for expectations.
fn weight(value: f32) -> Weight {
    Weight::new(value).unwrap()
}

proptest! {
    #[test]
    fn every_technique_reads_back_whatever_the_base(
        configuration in any::configuration(),
        base in any::configuration(),
    ) {
        let text = to_toml(&configuration);
        prop_assert_eq!(parse(&text, &Preset::Line.configuration()), Ok(configuration), "{}", text);
        // A missing technique means GAN Lab's value, which a base with techniques of its own does
        // not have.
        let every = text_of(&configuration);
        prop_assert_eq!(parse(&every, &base), Ok(configuration), "{}", every);
        let entries = every_entry(&configuration);
        let entries = entries.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        prop_assert_eq!(changes(entries, &base), Ok(configuration));
        let told = super::entries(&configuration);
        let told = told.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        prop_assert_eq!(changes(told, &Preset::Ring.configuration()), Ok(configuration));
    }
}

fn text_of(configuration: &Configuration) -> String {
    document::written(configuration, Extent::Every, None)
}

#[test]
fn what_is_as_in_gan_lab_is_not_written() {
    for preset in Preset::ALL {
        let keys = entries(&preset.configuration());
        assert_eq!(keys.len(), 16, "{keys:?}");
    }
    let mut configuration = Preset::Line.configuration();
    configuration.techniques.penalty = Penalty::R1(weight(2.0));
    let before = to_toml(&Preset::Line.configuration());
    let penalised = to_toml(&configuration);
    assert_eq!(
        penalised,
        format!("{before}\n[penalty]\nkind = \"r1\"\nweight = 2.0\n")
    );
}

#[test]
fn a_kind_alone_brings_its_papers_number_and_none_switches_off() {
    let line = Preset::Line.configuration();
    let techniques = |key, value, base| change(key, value, base).unwrap().techniques;
    let penalty = |value, base| techniques("penalty.kind", value, base).penalty;
    assert_eq!(penalty("r1", &line), Penalty::R1(weight(1.0)));
    assert_eq!(penalty("gradient", &line), Penalty::Gradient(weight(10.0)));
    assert!(matches!(penalty("clipping", &line), Penalty::Clipping(bound) if bound.get() == 0.01));
    let mut penalised = line;
    penalised.techniques.penalty = Penalty::R1(weight(5.0));
    assert_eq!(
        penalty("r1", &penalised),
        Penalty::R1(weight(5.0)),
        "the base's own"
    );
    assert_eq!(penalty("gradient", &penalised), Penalty::Gradient(weight(10.0)));
    assert_eq!(penalty("none", &penalised), Penalty::None);
    assert_eq!(
        techniques("penalty.weight", "3", &penalised).penalty,
        Penalty::R1(weight(3.0))
    );
    let batch = change("generator.normalization", "batch", &line).unwrap();
    assert!(
        matches!(batch.techniques.generator.normalization, Normalization::Batch(decay) if decay.kept() == 0.9)
    );
    let cosine = techniques("rate_decay.kind", "cosine", &line).rate_decay;
    assert!(matches!(cosine, RateDecay::Cosine(epochs) if epochs.get() == 10_000));
    for (key, value) in [
        ("truncation", "1.5"),
        ("generator.average", "0.999"),
        ("generator.history", "0.1"),
        ("discriminator.minibatch_kernels", "4"),
        ("instance_noise.deviation", "0.1"),
        ("feature_matching.weight", "0"),
        ("replay.samples", "75"),
    ] {
        let on = change(key, value, &line).unwrap();
        assert_ne!(on.techniques, Techniques::NONE, "{key}");
        assert_eq!(change(key, "none", &on), Ok(line), "{key}");
    }
}

#[test]
fn every_mistake_is_one_sentence_with_its_line() {
    let line = Preset::Line.configuration();
    for (text, expected) in [
        (
            "[penalty]\nkind = \"r1\"\n[discriminator]\nnormalization = \"batch\"\n",
            "line 4: a penalty on D's gradient needs each sample alone",
        ),
        (
            "[discriminator]\nminibatch_kernels = 3\n[penalty]\nkind = \"gradient\"\n",
            "line 4: a penalty on D's gradient needs each sample alone",
        ),
        (
            "batch = 20\n[replay]\nsamples = 20\n",
            "line 3: the replayed samples leave none of the batch",
        ),
        (
            "[replay]\nsamples = 20\ncapacity = 19\n",
            "line 3: the replay buffer holds fewer samples",
        ),
        (
            "[penalty]\nweight = 1.0\n",
            "line 2: a weight is a penalty's on D's gradient",
        ),
        (
            "[penalty]\nkind = \"r1\"\nbound = 1.0\n",
            "line 3: a bound is weight clipping's",
        ),
        ("[penalty]\nkind = \"r2\"\n", "line 2: unknown variant `r2`"),
        ("[penalty]\nkind = \"r1\"\nweight = 0\n", "line 3: weight is 0"),
        ("[generator]\nslope = 0.1\n", "line 2: a slope is a leaky ReLU's"),
        (
            "[generator]\nnormalization_decay = 0.1\n",
            "line 2: a normalization_decay is batch normalization's",
        ),
        (
            "[generator]\nbeta_1 = 1.0\n",
            "line 2: decay (in steps of 0.0001) is 1",
        ),
        (
            "[generator]\nbeta_1 = 0.00001\n",
            "line 2: decay (in steps of 0.0001)",
        ),
        (
            "[generator]\nminibatch_kernels = 4\n",
            "line 2: minibatch_kernels are the discriminator's",
        ),
        (
            "[discriminator]\naverage = 0.9\n",
            "line 2: average is the generator's",
        ),
        (
            "[discriminator]\nminibatch_kernels = 1.5\n",
            "line 2: invalid type: floating point `1.5`, expected a whole number or \"none\"",
        ),
        (
            "[discriminator]\nminibatch_kernels = -1\n",
            "line 2: minibatch kernels is -1, but must be from 1 to 16",
        ),
        (
            "truncation = \"off\"\n",
            "line 1: invalid value: string \"off\", expected a number or \"none\"",
        ),
        ("truncation = 0\n", "line 1: truncation is 0"),
        ("truncation = true\n", "line 1: invalid type: boolean `true`"),
        (
            "[instance_noise]\nepochs = 5\n",
            "line 2: epochs are those in which instance noise fades",
        ),
        (
            "[feature_matching]\nepochs = 5\n",
            "line 2: epochs are those in which feature matching fades",
        ),
        (
            "[replay]\ncapacity = 5\n",
            "line 2: a capacity is the replay buffer's",
        ),
        (
            "[rate_decay]\nepochs = 5\n",
            "line 2: epochs are those in which rates decay",
        ),
        (
            "[rate_decay]\nkind = \"linear\"\nepochs = 0\n",
            "line 3: epochs is 0, but must be from 1",
        ),
        ("[labels]\nreal = 1.5\n", "line 2: share is 1.5"),
        ("[labels]\nreal = nan\n", "line 2: share is NaN"),
        ("[noise]\ndimensions = 17\n", "line 2: noise dimensions is 17"),
        ("inputs = \"center\"\n", "line 1: unknown variant `center`"),
    ] {
        let message = parse(text, &line).unwrap_err();
        assert!(message.starts_with(expected), "{text:?} gave {message:?}");
        assert!(!message.contains('\n'), "one sentence: {message:?}");
    }
}
