//! The core against `fixtures/pytorch/technique_figures.json`: techniques trained by PyTorch's autograd, from
//! the same weights and samples, arrive at the same parameters.
//!
//! The script's `f32` and `f64` runs agree within 1e-5 on the seeds chosen, as in `pytorch.rs`, and
//! the faults listed in the fixture's README move parameters further than 1e-3.

use std::collections::BTreeMap;
use std::fs;

use gan_core::{Configuration, Gan, Network, Preset, memory_words};
use gan_lab_tests::fixture;
use lab::files::configuration;
use serde::Deserialize;

/// Largest allowed difference of a parameter from the script's `f64` run.
const TOLERANCE: f64 = 1e-3;
/// Largest allowed difference between the script's own runs.
const ORACLE_AGREEMENT: f64 = 1e-5;
/// A network that moved less than this tells nothing about its training.
const LEAST_CHANGE: f64 = 10.0 * TOLERANCE;
const EPOCHS: u64 = 50;

const CASES: [&str; 10] = [
    "adam-betas",
    "batch-norm",
    "batch-norm-tanh",
    "hinge",
    "r1",
    "r1-tanh",
    "spectral-norm",
    "spectral-norm-hinge",
    "wgan-gp",
    "wgan-gp-tanh",
];

#[derive(Deserialize)]
struct Figures {
    cases: Vec<Case>,
}

/// Figures that `make_technique_figures.py` found for one configuration; networks by name.
#[derive(Deserialize)]
struct Case {
    /// The configuration's path in the fixture's folder.
    config: String,
    seed: u64,
    epochs: u64,
    init_digest: String,
    atlas_digest: String,
    f32_f64_difference: f64,
    largest_change: BTreeMap<String, f64>,
    /// In storage order.
    parameters: BTreeMap<String, Vec<f64>>,
}

fn figures() -> Vec<Case> {
    let path = fixture("pytorch").join("technique_figures.json");
    let text = fs::read_to_string(path).expect("the figures are part of the project");
    let figures: Figures = serde_json::from_str(&text).expect("make_technique_figures.py writes this format");
    figures.cases
}

fn configuration_of(case: &Case) -> Configuration {
    let text = fs::read_to_string(fixture("pytorch").join(&case.config)).expect("part of the project");
    configuration::parse(&text, &Preset::Ring.configuration())
        .unwrap_or_else(|error| panic!("{}: {error}", case.config))
}

/// FNV-1a, 64 bits, of the values' little-endian bytes, as 16 hex digits.
fn digest<'a>(values: impl IntoIterator<Item = &'a f32>) -> String {
    let bytes = values.into_iter().flat_map(|value| value.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// Over all parameters, or infinity where one is not a number.
fn largest_difference(ours: &[f32], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    let differences = ours.iter().zip(theirs).map(|(a, b)| (f64::from(*a) - b).abs());
    differences.fold(0.0, |largest, difference| match difference {
        _ if difference.is_nan() => f64::INFINITY,
        _ if difference > largest => difference,
        _ => largest,
    })
}

#[test]
fn every_technique_arrives_where_pytorch_does() {
    const NETWORKS: [Network; 2] = [Network::Generator, Network::Discriminator];
    let mut failures = Vec::new();
    for case in figures() {
        let (name, configuration) = (&case.config, configuration_of(&case));
        let memory = vec![0.0; memory_words(&configuration)];
        let mut gan = Gan::<_>::new(memory, &configuration, case.seed, &[]).expect("cases are legal");
        let parameters = NETWORKS.map(|network| gan.parameters(network));
        let samples = gan.real_atlas().as_flattened().iter().chain(gan.noise_atlas());
        assert_eq!(
            (digest(parameters.into_iter().flatten()), digest(samples)),
            (case.init_digest, case.atlas_digest),
            "{name}: weights or samples are not those the figures were made from; if they were meant to \
             change, make the figures again as fixtures/pytorch/README.md says"
        );
        for _ in 0..case.epochs {
            gan.run_epoch()
                .unwrap_or_else(|error| panic!("{name}: {error:?}"));
        }
        for network in NETWORKS {
            let theirs = &case.parameters[&network.to_string()];
            let difference = largest_difference(gan.parameters(network), theirs);
            println!("{name}, {network}: largest difference {difference:.1e}");
            if !(difference <= TOLERANCE) {
                failures.push(format!("{name}, {network}: {difference:.1e}"));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "further than {TOLERANCE} from PyTorch: {failures:#?}"
    );
}

#[test]
fn figures_cover_every_case_and_can_tell() {
    let cases = figures();
    let mut found: Vec<_> = cases.iter().map(|case| case.config.clone()).collect();
    let mut expected = CASES.map(|name| format!("technique_cases/{name}.toml"));
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    for case in &cases {
        assert_eq!(case.epochs, EPOCHS, "{}", case.config);
        assert!(case.f32_f64_difference <= ORACLE_AGREEMENT, "{}", case.config);
        for (network, change) in &case.largest_change {
            assert!(*change >= LEAST_CHANGE, "{} {network}", case.config);
        }
    }
}
