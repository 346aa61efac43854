//! Files that go from one command to another, and to other programs.

use std::fs;
use std::path::Path;

use gan_lab_tests::{fixture, gan_lab};
use serde_json::Value;
use tempfile::TempDir;

/// Runs a command in a folder; its standard output.
fn run(folder: &TempDir, arguments: &[&str]) -> String {
    let output = gan_lab().args(arguments).current_dir(folder.path()).output();
    let output = output.expect("gan-lab starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

fn hash(folder: &TempDir, arguments: &[&str]) -> Value {
    let report: Value = serde_json::from_str(&run(folder, arguments)).unwrap();
    report["hash"].clone()
}

#[test]
fn metrics_are_the_same_as_a_table_and_as_json_lines() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["m.csv", "m.jsonl"] {
        run(
            &folder,
            &[
                "train",
                "--preset",
                "line",
                "--epochs",
                "25",
                "--metrics",
                name,
                "--metrics-every",
                "10",
            ],
        );
    }
    let (table, lines) = (read(&folder, "m.csv"), read(&folder, "m.jsonl"));
    let mut rows = table.lines();
    let header: Vec<&str> = rows.next().unwrap().split(',').collect();
    assert!(header.iter().copied().eq(lab::files::metrics::fields()));
    assert_eq!(header[..5], ["epoch", "d_loss", "g_loss", "kl", "js"]);
    let mut count = 0;
    for (row, line) in rows.zip(lines.lines()) {
        let object: Value = serde_json::from_str(line).unwrap();
        assert_eq!(object.as_object().unwrap().len(), header.len());
        for (field, value) in header.iter().zip(row.split(',')) {
            let number = value.parse::<f64>().ok();
            assert_eq!(object[field].as_f64(), number, "{field} of {line}");
        }
        count += 1;
    }
    assert_eq!((count, lines.lines().count()), (3, 3));
    assert!(
        lines.starts_with("{\"epoch\":0,\"d_loss\":null,"),
        "nothing is known before the first update"
    );
}

#[test]
fn exported_points_are_learnt_as_the_same_run() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("own.csv"), "-10,0\n30,10\n12.5,3\n7,7.7\n").unwrap();
    run(
        &folder,
        &["export", "--data", "own.csv", "--points", "points.csv"],
    );
    let learnt = |name| hash(&folder, &["train", "--data", name, "--epochs", "20", "--json"]);
    assert_eq!(learnt("points.csv"), learnt("own.csv"));
    // Samples are in the file's own coordinates, and the real ones lie about its points.
    run(
        &folder,
        &["export", "--data", "own.csv", "--samples", "samples.csv"],
    );
    let samples = read(&folder, "samples.csv");
    assert_eq!(
        (samples.lines().next(), samples.lines().count()),
        (Some("kind,x,y"), 20_001)
    );
    let x = |row: &&str| row.split(',').nth(1).unwrap().parse::<f32>().unwrap();
    let real = samples.lines().filter(|row| row.starts_with("real,"));
    let beyond = real
        .clone()
        .filter(|row| !(-15.0..35.0).contains(&x(row)))
        .count();
    assert_eq!((real.count(), beyond), (10_000, 0));
}

#[test]
fn parameters_saved_on_the_way_are_those_of_their_epochs() {
    let folder = tempfile::tempdir().unwrap();
    let train = "train --preset line --seed 5 --epochs 25 --save at.safetensors --save-every 10 --json";
    let saved = hash(&folder, &train.split(' ').collect::<Vec<_>>());
    let usual = "train --preset line --seed 5 --epochs 25 --json";
    assert_eq!(hash(&folder, &usual.split(' ').collect::<Vec<_>>()), saved);
    let bytes = |name: &str| fs::read(folder.path().join(name)).unwrap();
    for epoch in ["0", "10", "20"] {
        let export = [
            "export", "--preset", "line", "--seed", "5", "--epochs", epoch, "--out", "exported",
        ];
        run(&folder, &export);
        assert_eq!(
            bytes(&format!("at-{epoch}.safetensors")),
            bytes("exported"),
            "epoch {epoch}"
        );
    }
    let files = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 5, "the three, the last and what was exported");
}

#[test]
fn a_recorded_run_is_exported_and_painted_as_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let start = ["--preset", "line", "--seed", "5"];
    run(
        &folder,
        &[
            &["train"],
            &start[..],
            &["--epochs", "30", "--record", "r.toml", "--save", "saved"],
        ]
        .concat(),
    );
    run(&folder, &["export", "--recording", "r.toml", "--out", "exported"]);
    let bytes = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(bytes("exported"), bytes("saved"));
    let small = ["--view", "layers", "--size", "400x400", "--out"];
    run(
        &folder,
        &[
            &["render"],
            &start[..],
            &["--epochs", "30"],
            &small,
            &["plain.png"],
        ]
        .concat(),
    );
    run(
        &folder,
        &[&["render", "--open", "r.toml"], &small[..], &["opened.png"]].concat(),
    );
    assert_eq!(bytes("opened.png"), bytes("plain.png"));
    // Parameters come with their hyper-parameters.
    run(
        &folder,
        &["export", "--recording", "r.toml", "--out", "m.safetensors"],
    );
    run(
        &folder,
        &[
            &[
                "render",
                "--open",
                "m.safetensors",
                "--seed",
                "5",
                "--epochs",
                "0",
            ],
            &small[..],
            &["begun.png"],
        ]
        .concat(),
    );
    assert_ne!(bytes("begun.png"), bytes("plain.png"), "the epoch is another one");
}

#[test]
fn a_model_of_gan_lab_s_is_trained_on() {
    let folder = tempfile::tempdir().unwrap();
    let one = fs::read(fixture("fuzz").join("gan_lab_model/small.bin")).unwrap();
    let zero = one.iter().position(|byte| *byte == 0).unwrap();
    fs::write(folder.path().join("m.json"), &one[..zero]).unwrap();
    fs::write(folder.path().join("m.weights.bin"), &one[zero + 1..]).unwrap();
    run(&folder, &["import", "m.json", "--out", "imported.safetensors"]);
    let networks = "hidden_layers = 0\nneurons = 1\n";
    let configuration =
        format!("[noise]\ndimensions = 1\n[generator]\n{networks}[discriminator]\n{networks}");
    fs::write(folder.path().join("c.toml"), configuration).unwrap();
    let trained = |init| {
        hash(
            &folder,
            &[
                "train", "--config", "c.toml", "--init", init, "--epochs", "10", "--json",
            ],
        )
    };
    assert_eq!(trained("m.json"), trained("imported.safetensors"));
    let drawn = hash(
        &folder,
        &["train", "--config", "c.toml", "--epochs", "10", "--json"],
    );
    assert_ne!(trained("m.json"), drawn);
}

#[test]
fn sample_files_open() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "least-squares.toml",
        "ring.safetensors",
        "spiral.csv",
        "three-clusters.toml",
    ] {
        let path = fixture("files").join(name);
        assert!(Path::new(&path).is_file(), "{name}");
        run(
            &folder,
            &[
                "render",
                "--open",
                path.to_str().unwrap(),
                "--epochs",
                "1",
                "--view",
                "overview",
                "--size",
                "400x400",
                "--out",
                "p.png",
            ],
        );
    }
    let recording = fixture("files").join("three-clusters.toml");
    run(&folder, &["replay", recording.to_str().unwrap()]);
}
