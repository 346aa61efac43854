//! `gan-lab` on Vulkan: the same hashes and rows as on the processor, clean before the validation layers,
//! and one clear sentence where something is missing.

use std::process::Output;

use gan_core::Change;
use gan_core::configuration::{Loss, Optimizer};
use gan_core::{Network, Preset, Reference};
use gan_lab_tests::{gan_lab, skip};
use gan_vulkan::Device;
use lab::{Command, Experiment, Step, Trainer};
use serde_json::Value;

/// Whether there is a device; says why not.
fn device() -> bool {
    match Device::open(None) {
        Ok(_) => true,
        Err(error) => {
            skip(&error.to_string());
            false
        }
    }
}

fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let environment = environment.iter().copied();
    gan_lab().args(arguments).envs(environment).output().unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = run(arguments, &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn training_gives_the_processors_hash_and_losses() {
    if !device() {
        return;
    }
    let train = [
        "train",
        "--preset",
        "ring",
        "--seed",
        "7",
        "--epochs",
        "150",
        "--json",
        "--backend",
    ];
    let [theirs, ours] = ["vulkan", "cpu"].map(|backend| json(&[&train[..], &[backend]].concat()));
    for key in ["epoch", "hash", "d_loss", "g_loss", "kl", "js", "diverged"] {
        assert_eq!(theirs[key], ours[key], "{key}");
    }
    assert_eq!(theirs["backend"], "vulkan");
    let devices = json(&["devices", "--json"]);
    assert_eq!(devices["vulkan"][0]["name"], theirs["device"]);
    assert_eq!(devices["vulkan"][0]["bit_exact"], true);
}

#[test]
fn a_recording_is_replayed_on_a_device_with_all_that_was_done() {
    if !device() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let mut trainer = Trainer::<Reference>::recorded(Experiment::preset(Preset::Ring, 7), &path).unwrap();
    let optimizer = |optimizer| Command::Change(Change::optimizer(Network::Generator, optimizer));
    let asked = [
        optimizer(Optimizer::Adam),
        Command::Step(Step::Generator),
        Command::Step(Step::Generator),
        Command::Change(Change::loss(Loss::LeastSquares)),
        // The same configuration as before, but the moments are forgotten.
        optimizer(Optimizer::Sgd),
        optimizer(Optimizer::Adam),
        Command::Step(Step::Discriminator),
    ];
    for command in asked {
        trainer.run_epochs(7).unwrap();
        trainer.obey(command);
    }
    trainer.run_epochs(20).unwrap();
    let hash = trainer.gan().state_hash().to_string();
    trainer.finish_recording().unwrap();
    let replay = ["replay", path.to_str().unwrap(), "--json", "--backend"];
    let [theirs, ours] = ["vulkan", "cpu"].map(|backend| json(&[&replay[..], &[backend]].concat()));
    for report in [&theirs, &ours] {
        assert_eq!(report["hash"], hash);
        assert_eq!(report["verified"], report["checkpoints"]);
    }
    assert_eq!(
        (&theirs["backend"], &ours["backend"]),
        (&"vulkan".into(), &"cpu".into())
    );
}

#[test]
fn metrics_and_parameters_are_the_processors() {
    if !device() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for backend in ["cpu", "vulkan"] {
        let (metrics, save) = (
            file(&format!("{backend}.csv")),
            file(&format!("{backend}.safetensors")),
        );
        let train = [
            "train",
            "--preset",
            "line",
            "--epochs",
            "40",
            "--metrics-every",
            "8",
        ];
        let more = ["--backend", backend, "--metrics", &metrics, "--save", &save];
        assert!(run(&[&train[..], &more].concat(), &[]).status.success());
    }
    let bytes = |name: &str| std::fs::read(file(name)).unwrap();
    let [here, there] = ["cpu.csv", "vulkan.csv"].map(|name| String::from_utf8(bytes(name)).unwrap());
    assert_eq!(here.lines().count(), there.lines().count());
    for (here, there) in here.lines().zip(there.lines()) {
        for (column, (here, there)) in here.split(',').zip(there.split(',')).enumerate() {
            // Updates are measured more rarely there; losses and divergences, the first five, never less.
            assert!(
                here == there || (column >= 5 && there.is_empty()),
                "{here} {there}"
            );
        }
    }
    assert_eq!(bytes("cpu.safetensors"), bytes("vulkan.safetensors"));
}

#[test]
fn a_sweep_gives_the_processors_rows() {
    if !device() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let table = |backend: &str| {
        let path = folder.path().join(backend);
        let sweep = [
            "sweep",
            "--preset",
            "gaussians",
            "--epochs",
            "30",
            "--seeds",
            "1..4",
        ];
        let vary = [
            "--vary",
            "discriminator.neurons=5,8",
            "--vary",
            "generator.updates_per_epoch=1,2",
        ];
        let more = ["--backend", backend, "--out", path.to_str().unwrap()];
        let output = run(&[&sweep[..], &vary, &more].concat(), &[]);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = std::fs::read_to_string(path).unwrap();
        let time = text
            .lines()
            .next()
            .unwrap()
            .split(',')
            .position(|key| key == "seconds");
        let row = |line: &str| -> Vec<String> {
            let cells = line.split(',').enumerate();
            let kept = cells.filter(|(column, _)| Some(*column) != time);
            kept.map(|(_, cell)| cell.to_owned()).collect()
        };
        text.lines().map(row).collect::<Vec<_>>()
    };
    let rows = table("vulkan");
    assert_eq!(rows.len(), 1 + 16);
    assert_eq!(rows, table("cpu"));
}

#[test]
fn the_validation_layers_have_nothing_to_say() {
    if !device() {
        return;
    }
    let layer = "VK_LAYER_KHRONOS_validation";
    let output = run(
        &[
            "train",
            "--preset",
            "ring",
            "--epochs",
            "5",
            "--backend",
            "vulkan",
        ],
        &[("VK_INSTANCE_LAYERS", layer), ("VK_LOADER_DEBUG", "layer")],
    );
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    if !said.contains(&format!("Insert instance layer \"{layer}\""))
        && !said.contains("libVkLayer_khronos_validation")
    {
        skip("the validation layers are not installed (vulkan-validationlayers)");
        return;
    }
    assert!(output.status.success(), "{said}");
    assert!(
        !said.contains("VUID") && !said.contains("Validation Error"),
        "{said}"
    );
}

#[test]
fn what_is_missing_is_one_sentence() {
    let train = [
        "train",
        "--preset",
        "line",
        "--epochs",
        "1",
        "--backend",
        "vulkan",
    ];
    // If the loader itself is missing, the message says that.
    let nothing = [
        ("VK_ICD_FILENAMES", "/nonexistent.json"),
        ("VK_DRIVER_FILES", "/nonexistent.json"),
    ];
    let output = run(&train, &nothing);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        (output.status.code(), said.lines().count()),
        (Some(2), 1),
        "{said}"
    );
    assert!(
        said.contains("finds no driver") || said.contains("no Vulkan loader"),
        "{said}"
    );
    assert!(said.contains("--backend cpu"), "{said}");
    let output = run(&["devices"], &nothing);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success() && said.contains("vulkan    none:"),
        "{said}"
    );
    let output = run(&[&train[..], &["--profile", "micromath"]].concat(), &nothing);
    assert_eq!(output.status.code(), Some(2));
    for needless in [
        ["train", "--device", "nvidia"],
        ["bench", "--device", "nvidia"],
        ["bench", "--populations", "4"],
    ] {
        let output = run(&needless, &nothing);
        assert_eq!(output.status.code(), Some(2), "{needless:?}");
    }
}

#[test]
fn a_device_that_is_not_there_is_named_with_those_that_are() {
    if !device() {
        return;
    }
    let output = run(&["train", "--backend", "vulkan", "--device", "no such card"], &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        (output.status.code(), said.lines().count()),
        (Some(2), 1),
        "{said}"
    );
    assert!(said.contains("'no such card'"), "{said}");
}
