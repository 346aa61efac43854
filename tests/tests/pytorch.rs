//! The command line against `fixtures/pytorch/`: an independent PyTorch script, fed the same weights and
//! atlas, arrives at the same parameters.
//!
//! The script's own `f32` and `f64` runs agree within 1e-5 on the seeds chosen, so there a difference of
//! 1e-3 is a fault and not rounding; the faults listed in the fixture's README move parameters further.

use std::collections::BTreeMap;
use std::fs;

use gan_lab_tests::gan_lab;
use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;

/// Largest allowed difference of a parameter from the script's `f64` run.
const TOLERANCE: f64 = 1e-3;
/// Largest allowed difference between the script's own runs.
const ORACLE_AGREEMENT: f64 = 1e-5;
/// A network that moved less than this tells nothing about its training.
const LEAST_CHANGE: f64 = 10.0 * TOLERANCE;

const PRESETS: [&str; 4] = ["line", "gaussians", "ring", "disjoint"];
const LOSSES: [&str; 2] = ["log", "least-squares"];
/// Each with the epochs it is compared after.
const OPTIMIZERS: [(&str, u64); 2] = [("sgd", 50), ("adam", 10)];

#[derive(Deserialize)]
struct Figures {
    cases: Vec<Case>,
}

/// Figures that `make_figures.py` found for one configuration.
#[derive(Deserialize)]
struct Case {
    /// The configuration's path in the fixture's folder.
    config: String,
    seed: u64,
    epochs: u64,
    init_digest: String,
    atlas_digest: String,
    f32_f64_difference: f64,
    /// By network: how far its parameters moved at most.
    largest_change: BTreeMap<String, f64>,
    /// By safetensors name.
    parameters: BTreeMap<String, Parameters>,
}

/// A tensor of the script's `f64` run, row by row.
#[derive(Deserialize)]
struct Parameters {
    shape: Vec<usize>,
    values: Vec<f64>,
}

/// Name, shape and values of every tensor in a file.
type Tensors = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

/// A file of `fixtures/pytorch/`, as an argument of the command line.
fn fixture(name: &str) -> String {
    let path = gan_lab_tests::fixture("pytorch").join(name);
    path.into_os_string().into_string().expect("UTF-8")
}

fn figures() -> Figures {
    let text = fs::read_to_string(fixture("figures.json")).expect("the figures are part of the project");
    serde_json::from_str(&text).expect("make_figures.py writes this format")
}

/// Runs the binary; its standard output, if it succeeded.
fn run(arguments: &[&str]) -> String {
    let output = gan_lab().args(arguments).output().expect("the binary starts");
    assert!(
        output.status.success(),
        "gan-lab {}: {}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The one object that `train --json` prints.
fn train(arguments: &[&str]) -> serde_json::Value {
    let output = run(&[&["train", "--json"], arguments].concat());
    serde_json::from_str(&output).expect("--json prints one JSON object")
}

fn read_tensors(path: &str) -> Tensors {
    let bytes = fs::read(path).expect("the binary wrote it");
    let file = SafeTensors::deserialize(&bytes).expect("a safetensors file");
    let floats = |data: &[u8]| -> Vec<f32> {
        data.as_chunks::<4>()
            .0
            .iter()
            .map(|bytes| f32::from_le_bytes(*bytes))
            .collect()
    };
    file.tensors()
        .into_iter()
        .map(|(name, view)| {
            assert_eq!(view.dtype(), Dtype::F32, "{name} in {path}");
            (name, (view.shape().to_vec(), floats(view.data())))
        })
        .collect()
}

/// The generator's tensors, then the discriminator's, layer by layer, weights before biases.
fn in_storage_order(tensors: &Tensors) -> Vec<&str> {
    let mut names: Vec<&str> = tensors.keys().map(String::as_str).collect();
    names.sort_by_key(|name| {
        let mut parts = name.split('.');
        let network = parts.next() != Some("generator");
        let layer: usize = parts
            .next()
            .and_then(|layer| layer.parse().ok())
            .expect("a layer number");
        (network, layer, parts.next() != Some("weight"))
    });
    names
}

/// FNV-1a, 64 bits, of the values' little-endian bytes, as 16 hex digits.
fn digest(tensors: &Tensors, names: &[&str]) -> String {
    let bytes = names
        .iter()
        .flat_map(|name| &tensors[*name].1)
        .flat_map(|value| value.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// Over all parameters, or infinity where one is not a number. Names and shapes must be the same.
fn largest_difference(trained: &Tensors, expected: &BTreeMap<String, Parameters>) -> f64 {
    assert!(trained.keys().eq(expected.keys()), "{:?}", trained.keys());
    let mut largest = 0.0;
    for (name, (shape, values)) in trained {
        let expected = &expected[name];
        assert_eq!(
            (shape, values.len()),
            (&expected.shape, expected.values.len()),
            "{name}"
        );
        for (value, expected) in values.iter().zip(&expected.values) {
            let difference = (f64::from(*value) - expected).abs();
            // Written so that NaN counts as larger.
            if !(difference <= largest) {
                largest = if difference.is_nan() {
                    f64::INFINITY
                } else {
                    difference
                };
            }
        }
    }
    largest
}

/// Files of one run, in a folder that vanishes with the value.
struct Exported {
    folder: tempfile::TempDir,
}

impl Exported {
    /// Initial parameters and atlas, as the command line draws them.
    fn new(config: &str, seed: &str) -> Self {
        let exported = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        let (init, atlas) = (exported.path("init"), exported.path("atlas"));
        let run_of = ["export", "--config", config, "--seed", seed, "--epochs", "0"];
        run(&[&run_of[..], &["--out", &init, "--atlas", &atlas]].concat());
        exported
    }

    fn path(&self, name: &str) -> String {
        let path = self.folder.path().join(name).with_extension("safetensors");
        path.into_os_string().into_string().expect("UTF-8")
    }
}

#[test]
fn every_case_arrives_where_pytorch_does() {
    let mut failures = Vec::new();
    for case in figures().cases {
        let config = fixture(&case.config);
        let (seed, epochs) = (case.seed.to_string(), case.epochs.to_string());
        let exported = Exported::new(&config, &seed);
        let (init, atlas, out) = (
            exported.path("init"),
            exported.path("atlas"),
            exported.path("out"),
        );

        let (start, samples) = (read_tensors(&init), read_tensors(&atlas));
        assert_eq!(
            (
                digest(&start, &in_storage_order(&start)),
                digest(&samples, &["real", "noise"])
            ),
            (case.init_digest, case.atlas_digest),
            "{}: weights or samples are not those the figures were made from; if they were meant to \
             change, make the figures again as fixtures/pytorch/README.md says",
            case.config
        );

        let run_of = ["--config", &config, "--seed", &seed, "--epochs", &epochs];
        let files = ["--init", &init, "--atlas", &atlas, "--save", &out];
        let report = train(&[run_of, files].concat());
        assert_eq!(report["epoch"], case.epochs, "{}", case.config);

        let difference = largest_difference(&read_tensors(&out), &case.parameters);
        println!(
            "{}, seed {seed}, {epochs} epochs: largest difference {difference:.1e}",
            case.config
        );
        if !(difference <= TOLERANCE) {
            failures.push(format!("{}: {difference:.1e}", case.config));
        }
    }
    assert!(
        failures.is_empty(),
        "further than {TOLERANCE} from PyTorch: {failures:#?}"
    );
}

#[test]
fn figures_cover_every_preset_loss_and_optimizer_and_can_tell() {
    let cases = figures().cases;
    let mut expected = Vec::new();
    for preset in PRESETS {
        for loss in LOSSES {
            for (optimizer, epochs) in OPTIMIZERS {
                expected.push((format!("cases/{preset}-{loss}-{optimizer}.toml"), epochs));
            }
        }
    }
    let mut found: Vec<_> = cases
        .iter()
        .map(|case| (case.config.clone(), case.epochs))
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);

    for case in &cases {
        assert!(case.f32_f64_difference <= ORACLE_AGREEMENT, "{}", case.config);
        for network in ["generator", "discriminator"] {
            assert!(
                case.largest_change[network] >= LEAST_CHANGE,
                "{} {network}",
                case.config
            );
        }
    }
}

#[test]
fn cases_are_the_presets_but_for_loss_and_optimizer() {
    for preset in PRESETS {
        let read = |loss: &str, optimizer: &str| {
            let path = fixture(&format!("cases/{preset}-{loss}-{optimizer}.toml"));
            fs::read_to_string(path).expect("the cases are part of the project")
        };
        let original = read("log", "sgd");
        for loss in LOSSES {
            for (optimizer, _) in OPTIMIZERS {
                let varied = original
                    .replace("loss = \"log\"", &format!("loss = \"{loss}\""))
                    .replace("optimizer = \"sgd\"", &format!("optimizer = \"{optimizer}\""));
                assert_eq!(read(loss, optimizer), varied, "{preset}-{loss}-{optimizer}");
            }
        }

        // The hash also says that weights and atlas come back from their files as they were drawn.
        let config = fixture(&format!("cases/{preset}-log-sgd.toml"));
        let exported = Exported::new(&config, "1");
        let (init, atlas) = (exported.path("init"), exported.path("atlas"));
        let length = ["--seed", "1", "--epochs", "10"];
        let from_files = ["--config", &config, "--init", &init, "--atlas", &atlas];
        let of_preset = train(&[&["--preset", preset], &length[..]].concat());
        let of_case = train(&[&from_files[..], &length].concat());
        assert!(of_preset["hash"].is_string(), "{of_preset}");
        assert_eq!(of_case["hash"], of_preset["hash"], "{preset}");
    }
}
