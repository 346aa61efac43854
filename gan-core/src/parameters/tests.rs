extern crate std;

use std::collections::BTreeSet;
use std::string::ToString as _;
use std::vec::Vec;

use super::*;
use crate::Preset;
use crate::configuration::Loss;

/// A value of a parameter that is not the one that it has.
fn another(configuration: &Configuration, parameter: Parameter) -> Option<u32> {
    let now = configuration.word(parameter)?;
    let Definition { kind, ladder, .. } = parameter.definition();
    let mut all: Vec<u32> = match kind {
        Kind::Choice(names) => (0..names.len() as u32).rev().collect(),
        Kind::Count { least, most, .. } => [least, least + 1, most].into(),
        Kind::Number { least, most, .. } => [most, least].map(|number| (number as f32).to_bits()).into(),
        Kind::Decay => [9_999, 0].into(),
    };
    all.retain(|word| *word != now);
    let rungs = ladder.iter().map(|rung| parameter.read(Written::Float(*rung)));
    assert!(kind != Kind::Decay || rungs.clone().all(|read| read.is_ok()));
    all.first().copied()
}

/// Configurations in which every parameter has a meaning somewhere.
fn several() -> [Configuration; 4] {
    let ring = Preset::Ring.configuration();
    [
        ring,
        ring.with_written(
            "generator.activation=leaky-relu discriminator.normalization=batch penalty.kind=clipping",
        )
        .with_written(
            "instance_noise.deviation=0.1 instance_noise.epochs=70 replay.samples=5 replay.capacity=50",
        )
        .with_written("generator.average=0 discriminator.minibatch_kernels=16 rate_decay.kind=cosine"),
        ring.with_written(
            "discriminator.activation=leaky-relu discriminator.slope=0.3 penalty.kind=gradient",
        )
        .with_written("generator.normalization=batch feature_matching.weight=0 rate_decay.kind=linear"),
        Preset::Line
            .configuration()
            .with_written("penalty.kind=r1 truncation=0.7 generator.history=0.000001"),
    ]
}

#[test]
fn every_parameter_is_set_and_found_again_and_no_other_changes() {
    let mut met = BTreeSet::new();
    for before in several() {
        for parameter in Parameter::ALL {
            let Some(word) = another(&before, parameter) else {
                assert!(matches!(
                    before.clone().set(parameter, 0),
                    Err(Misfit::InVain(why)) if !why.is_empty()
                ));
                continue;
            };
            met.insert(parameter);
            let mut after = before;
            after.set(parameter, word).unwrap();
            assert_eq!(after.word(parameter), Some(word), "{parameter}");
            for other in Parameter::ALL {
                let belongs = other.head() == parameter && other.definition().mention == Mention::Meaning;
                assert!(
                    other == parameter || belongs || after.word(other) == before.word(other),
                    "{parameter} changes {other}"
                );
            }
            if parameter.definition().can_be_off {
                after.set(parameter, OFF).unwrap();
                assert!(!after.has(parameter));
            }
        }
    }
    assert_eq!(met.len(), Parameter::ALL.len());
}

#[test]
fn keys_are_different_and_a_parameter_stands_behind_the_one_it_belongs_to() {
    let keys: BTreeSet<&str> = Parameter::ALL.into_iter().map(Parameter::key).collect();
    assert_eq!(keys.len(), Parameter::ALL.len());
    for (place, parameter) in Parameter::ALL.into_iter().enumerate() {
        assert_eq!(Parameter::named(parameter.key()), Some(parameter));
        let head = Parameter::ALL.iter().position(|other| *other == parameter.head());
        assert!(head.is_some_and(|head| head <= place), "{parameter}");
        assert_eq!(parameter.head().head(), parameter.head());
    }
    assert_eq!(
        Parameter::Slope(Network::Generator).network(),
        Some(Network::Generator)
    );
    assert_eq!(Parameter::Minibatch.network(), Some(Network::Discriminator));
    assert_eq!(Parameter::Penalty.network(), None);
}

#[test]
fn whatever_is_written_is_read_again() {
    for configuration in several() {
        for parameter in Parameter::ALL {
            let Some(word) = configuration.word(parameter) else {
                continue;
            };
            let text = parameter.write(word).to_string();
            assert_eq!(parameter.read(Written::of(&text)), Ok(word), "{parameter} {text}");
        }
    }
}

#[test]
fn a_ladder_has_values_and_rises() {
    for parameter in Parameter::ALL {
        let Definition { kind, ladder, .. } = parameter.definition();
        assert!(ladder.is_sorted_by(|one, other| one < other), "{parameter}");
        for rung in ladder {
            let written = match kind {
                Kind::Count { .. } => Written::Integer(*rung as i64),
                _ => Written::Float(*rung),
            };
            assert!(parameter.read(written).is_ok(), "{parameter}: {rung}");
        }
    }
}

#[test]
fn a_choice_that_is_made_again_keeps_its_number_and_another_brings_the_usual_one() {
    let ring = Preset::Ring.configuration();
    let r1 = ring.with_written("penalty.kind=r1 penalty.weight=0.5");
    assert_eq!(r1.with_written("penalty.kind=r1"), r1);
    let gradient = r1.with_written("penalty.kind=gradient");
    assert_eq!(
        gradient,
        ring.with_written("penalty.kind=gradient penalty.weight=10")
    );
    let noise = ring.with_written("instance_noise.epochs=70 instance_noise.deviation=0.1");
    let other = noise.with_written("instance_noise.deviation=0.2");
    assert_eq!(other.word(Parameter::InstanceNoiseEpochs), Some(70));
}

#[test]
fn values_are_checked_together_once_all_are_set() {
    let ring = Preset::Ring.configuration();
    let [replay, batch] = [(Parameter::Replay, 149), (Parameter::Batch, 10)];
    assert!(ring.with([replay]).is_ok() && ring.with([batch]).is_ok());
    assert_eq!(
        ring.with([replay, batch]),
        Err(Unfit::Conflict(Conflict::ReplayOfWholeBatch))
    );
    let off = [(Parameter::Replay, OFF), batch];
    assert!(ring.with([replay]).unwrap().with(off).is_ok());
}

#[test]
fn what_cannot_be_read_says_what_is_expected() {
    let said = |parameter: Parameter, text| parameter.read(Written::of(text)).unwrap_err().to_string();
    let neurons = Parameter::Neurons(Network::Generator);
    assert_eq!(
        said(neurons, "ten"),
        "invalid type: string \"ten\", expected a whole number"
    );
    assert_eq!(said(neurons, "101"), "neurons is 101, but must be from 1 to 100");
    assert_eq!(said(neurons, "-1"), "neurons is -1, but must be from 1 to 100");
    assert_eq!(
        said(Parameter::Average, "fast"),
        "invalid value: string \"fast\", expected a number of at most four decimals or \"none\""
    );
    assert_eq!(
        said(Parameter::Penalty, "None"),
        "unknown variant `None`, expected one of `none`, `clipping`, `r1`, `gradient`"
    );
    assert!(said(Parameter::Average, "0.99999").starts_with("decay (in steps of 0.0001)"));
    assert!(said(Parameter::Truncation, "NaN").contains("NaN"));
}

#[test]
fn words_give_the_configuration_back() {
    for configuration in several() {
        let words = configuration.to_words();
        assert_eq!(Configuration::from_words(&words), Ok(configuration));
    }
    for target in crate::Target::ALL {
        let configuration = Configuration {
            target,
            ..several()[1]
        };
        assert_eq!(
            Configuration::from_words(&configuration.to_words()),
            Ok(configuration)
        );
    }
}

#[test]
fn foreign_words_are_errors() {
    let words = Preset::Ring.configuration().to_words();
    let with = |place: usize, word: u32| {
        let mut words = words;
        words[place] = word;
        Configuration::from_words(&words)
    };
    assert_eq!(with(0, 7), Err(WordsError::Layout { came: 7 }));
    for place in 0..CONFIGURATION_WORDS {
        let meaningless = place > 0 && {
            let parameter = Parameter::ALL[place - 1];
            Preset::Ring.configuration().word(parameter).is_none()
        };
        assert!(with(place, 0xffff_fff0).is_err() || meaningless, "{place}");
    }
    assert_eq!(
        with(1, 99),
        Err(WordsError::Word {
            parameter: Parameter::Target,
            misfit: Misfit::NoChoice { came: 99 }
        })
    );
}

#[test]
fn a_run_changes_only_by_what_takes_effect_at_once() {
    let rate = Parameter::LearningRate(Network::Generator);
    let word = rate.read(Written::Float(0.3)).unwrap();
    assert_eq!(
        Change::new(rate, word),
        Ok(Change::learning_rate(
            Network::Generator,
            crate::configuration::LearningRate::new(0.3).unwrap()
        ))
    );
    assert_eq!(Change::new(Parameter::Loss, 5), Ok(Change::loss(Loss::Hinge)));
    assert!(Change::new(Parameter::Loss, 6).is_err() && Change::new(rate, 0).is_err());
    assert_eq!(
        Change::new(Parameter::Batch, 10).unwrap_err().to_string(),
        "batch does not change while a run goes on"
    );
}

#[test]
fn rates_that_decay_in_another_way_do_so_over_the_same_epochs() {
    let decaying = |text: &str| Preset::Ring.configuration().with_written(text);
    let linear = decaying("rate_decay.kind=linear rate_decay.epochs=2000");
    let cosine = linear.with_written("rate_decay.kind=cosine");
    assert_eq!(cosine, decaying("rate_decay.kind=cosine rate_decay.epochs=2000"));
    let again = cosine
        .with_written("rate_decay.kind=constant")
        .with_written("rate_decay.kind=linear");
    assert_eq!(again, decaying("rate_decay.kind=linear"));
}
