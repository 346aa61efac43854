//! The core against the contract's second implementation: `fixtures/contract/`, written in NumPy from
//! `CONTRACT.md` alone. Bit for bit: functions, random numbers, and runs phase by phase (`contract/runs.rs`,
//! `contract/techniques.rs`).

mod runs;
mod techniques;
mod training;
mod vectors;

use gan_core::random::{Purpose, Stream};
use gan_core::{Reference, math};
use serde::Deserialize;

use crate::vectors::{digest, f32_of, f64_of, vectors};

type Function = fn(f32) -> f32;

#[test]
fn functions_give_the_vectors_bits() {
    #[derive(Deserialize)]
    struct Functions {
        inputs: Vec<String>,
        outputs: std::collections::BTreeMap<String, Vec<String>>,
        sweep: std::collections::BTreeMap<String, String>,
    }
    let vectors: Functions = vectors("functions.json");
    let functions: [(&str, Function); 7] = [
        ("exp", math::exp),
        ("ln", math::ln),
        ("sigmoid", math::sigmoid),
        ("tanh", math::tanh),
        ("relu", math::relu),
        ("c", math::canonical),
        ("c2", math::canonical_square),
    ];
    assert_eq!(vectors.outputs.len(), functions.len());
    for (name, function) in functions {
        // A NaN has many bit patterns; the vectors write one.
        let one_nan = |value: f32| {
            if value.is_nan() {
                f32::from_bits(0x7fc0_0000)
            } else {
                value
            }
        };
        for (input, output) in vectors.inputs.iter().zip(&vectors.outputs[name]) {
            let ours = one_nan(function(f32_of(input)));
            assert_eq!(format!("{:08x}", ours.to_bits()), *output, "{name}({input})");
        }
        let sweep = (0..65_536_u32).map(|i| one_nan(function(f32::from_bits(i.wrapping_mul(65_537)))));
        assert_eq!(digest(sweep), vectors.sweep[name], "{name} over the sweep");
    }
}

#[test]
fn streams_give_the_vectors_numbers() {
    #[derive(Deserialize)]
    struct Random {
        streams: Vec<Numbers>,
    }
    #[derive(Deserialize)]
    struct Numbers {
        seed: u64,
        tag: u64,
        uniforms: Vec<String>,
        normals: Vec<String>,
        normals_as_f32: Vec<String>,
        truncated_normals_as_f32: Vec<String>,
    }
    let purposes = [
        Purpose::GeneratorWeights,
        Purpose::DiscriminatorWeights,
        Purpose::RealAtlas,
        Purpose::NoiseAtlas,
        Purpose::EvaluationReal,
        Purpose::EvaluationNoise,
    ];
    for numbers in vectors::<Random>("random.json").streams {
        let purpose = *purposes
            .iter()
            .find(|purpose| **purpose as u64 == numbers.tag)
            .unwrap();
        let fresh = || Stream::new(numbers.seed, purpose);
        let mut stream = fresh();
        for uniform in &numbers.uniforms {
            assert_eq!(
                stream.uniform(),
                f64_of(uniform),
                "seed {} {purpose:?}",
                numbers.seed
            );
        }
        let (mut stream, mut truncated) = (fresh(), fresh());
        for (normal, single) in numbers.normals.iter().zip(&numbers.normals_as_f32) {
            let (ours, theirs) = (stream.normal::<Reference>(), f64_of(normal));
            // The vectors' come from a C library's log and cos, which differ in the last digits of f64.
            let difference = (ours - theirs).abs();
            assert!(difference <= 4.0 * f64::EPSILON * theirs.abs(), "{ours} {theirs}");
            assert_eq!(ours as f32, f32_of(single));
        }
        for single in &numbers.truncated_normals_as_f32 {
            assert_eq!(truncated.truncated_normal::<Reference>() as f32, f32_of(single));
        }
    }
}
