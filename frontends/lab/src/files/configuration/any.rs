//! Any configuration, for property tests of what is written down.

use gan_core::parameters::{Definition, Kind, OFF};
use gan_core::{Configuration, Parameter, Preset, Target};
use proptest::prelude::*;

/// Any configuration of a target from a formula, whose techniques go together. Its networks and batch are small.
pub(crate) fn configuration() -> impl Strategy<Value = Configuration> {
    let words: Vec<BoxedStrategy<u32>> = Parameter::ALL.into_iter().map(word).collect();
    words
        .prop_map(|words| {
            let mut configuration = Preset::Ring.configuration();
            for (parameter, word) in Parameter::ALL.into_iter().zip(words) {
                // Ignores the error of a parameter that has no meaning with those set before it.
                let _ = configuration.set(parameter, word);
            }
            configuration
        })
        .prop_filter("techniques that do not go together", |configuration| {
            configuration.check().is_ok()
        })
}

/// Any value of a parameter; of a technique every other time its usual one.
pub(crate) fn word(parameter: Parameter) -> BoxedStrategy<u32> {
    let Definition { kind, can_be_off, .. } = parameter.definition();
    let any = match (parameter, kind) {
        (Parameter::Target, _) => (0..Target::Drawing.word()).boxed(),
        (Parameter::HiddenLayers(_), _) => (0..=2_u32).boxed(),
        (Parameter::Neurons(_), _) => (1..=5_u32).boxed(),
        (Parameter::UpdatesPerEpoch(_), _) => (0..=3_u32).boxed(),
        (Parameter::Batch, _) => (2..=12_u32).boxed(),
        (Parameter::Atlas, _) => (1..=40_u32).boxed(),
        (Parameter::Replay, _) => (1..=3_u32).boxed(),
        (Parameter::ReplayCapacity, _) => (3..=100_u32).boxed(),
        (_, Kind::Count { least, most, .. }) => (least..=most).boxed(),
        (_, Kind::Number { least, most, .. }) => (least as f32..=most as f32).prop_map(f32::to_bits).boxed(),
        (_, Kind::Decay) => (0..10_000_u32).boxed(),
        (_, Kind::Choice(names)) => (0..names.len() as u32).boxed(),
    };
    match parameter.usual() {
        _ if can_be_off => prop_oneof![any, Just(OFF)].boxed(),
        Some(usual) if matches!(kind, Kind::Number { .. } | Kind::Decay) => {
            prop_oneof![any, Just(usual)].boxed()
        }
        _ => any,
    }
}
