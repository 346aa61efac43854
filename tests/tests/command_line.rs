//! The program as a person at a terminal meets it: figures, files, exit codes, sentences.

use std::path::Path;
use std::process::Output;

use gan_core::Parameter;
use gan_lab_tests::{gan_lab, skip, workspace};
use serde_json::Value;

/// The hash of ring, seed 7, 2,000 epochs: contract version 1, in every build.
const RING_7_2000: &str = "fb0bcb3652cd69e4";

/// The hash of three points outside the unit square, ring, seed 13, 20 epochs: as above.
const SCALED_13_20: &str = "9cc2d19e5d582049";

fn run(arguments: &[&str]) -> Output {
    gan_lab()
        .args(arguments)
        .env_remove("DISPLAY")
        .output()
        .expect("gan-lab starts")
}

fn json(arguments: &[&str]) -> Value {
    let output = run(arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// Runs something that must be refused; returns the sentence.
fn refused(arguments: &[&str]) -> String {
    let output = run(arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    assert!(output.stdout.is_empty(), "{arguments:?} printed something");
    message
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_same_run_prints_the_same_hash_and_another_seed_another() {
    let train = |seed| {
        json(&[
            "train", "--preset", "ring", "--seed", seed, "--epochs", "2000", "--json",
        ])
    };
    let (first, second, other) = (train("7"), train("7"), train("8"));
    assert_eq!(first["hash"], RING_7_2000);
    assert_eq!(first["hash"], second["hash"]);
    assert_ne!(first["hash"], other["hash"]);
    assert_eq!(
        (&first["epoch"], &first["backend"], &first["diverged"]),
        (&2000.into(), &"cpu".into(), &Value::Null)
    );
    for figure in ["d_loss", "g_loss", "kl", "js", "seconds", "epochs_per_second"] {
        assert!(
            first[figure].as_f64().is_some_and(f64::is_finite),
            "{figure}: {first}"
        );
    }
    assert!(first["device"].is_string());
}

#[test]
fn every_level_of_instructions_prints_the_same_hash() {
    for level in lab::run::instructions::available() {
        let output = gan_lab()
            .args([
                "train", "--preset", "ring", "--seed", "7", "--epochs", "2000", "--json",
            ])
            .env("GAN_LAB_SIMD", level.name())
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["hash"], RING_7_2000, "{}", level.name());
        assert!(
            report["device"].as_str().unwrap().ends_with(level.name()),
            "{report}"
        );
    }
    let output = gan_lab()
        .arg("train")
        .env("GAN_LAB_SIMD", "mmx")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("GAN_LAB_SIMD=mmx"));
}

#[test]
fn the_small_profile_never_claims_the_reference_hash() {
    let train = |profile| json(&["train", "--epochs", "0", "--profile", profile, "--json"]);
    let (reference, micro) = (train("reference"), train("micromath"));
    assert_ne!(reference["hash"], micro["hash"]);
    assert_eq!(
        (&reference["profile"], &micro["profile"]),
        (&"reference".into(), &"micromath".into())
    );
}

#[test]
fn files_carry_a_run_from_one_command_to_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (init, atlas, saved, config) = (path("i.st"), path("a.st"), path("s.st"), path("c.toml"));
    let (metrics, points) = (path("m.csv"), path("p.csv"));
    // Another preset and a short atlas, so that the files must tell what defaults do not.
    std::fs::write(
        &config,
        "atlas = 700\n[noise]\ndimensions = 1\n[generator]\noptimizer = 'adam'\n",
    )
    .unwrap();
    let start = ["--preset", "disjoint", "--seed", "3", "--config", text(&config)];
    let with = |command: &str, rest: &[&str]| -> Vec<String> {
        [&[command], &start[..], rest]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect()
    };
    let call = |arguments: Vec<String>| json(&arguments.iter().map(String::as_str).collect::<Vec<_>>());

    let exported = run(&[
        "export",
        "--preset",
        "disjoint",
        "--seed",
        "3",
        "--config",
        text(&config),
        "--out",
        text(&init),
        "--atlas",
        text(&atlas),
    ]);
    assert!(exported.status.success());
    let plain = call(with("train", &["--epochs", "100", "--json"]));
    let through_files = call(with(
        "train",
        &[
            "--init",
            text(&init),
            "--atlas",
            text(&atlas),
            "--epochs",
            "100",
            "--save",
            text(&saved),
            "--metrics",
            text(&metrics),
            "--metrics-every",
            "25",
            "--json",
        ],
    ));
    assert_eq!(plain["hash"], through_files["hash"]);

    let table = std::fs::read_to_string(&metrics).unwrap();
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(
        rows[0],
        lab::files::metrics::fields().collect::<Vec<_>>().join(",")
    );
    assert!(
        rows[0].starts_with("epoch,d_loss,g_loss,kl,js,ndb,"),
        "{}",
        rows[0]
    );
    let epochs: Vec<&str> = rows[1..]
        .iter()
        .map(|row| row.split(',').next().unwrap())
        .collect();
    assert_eq!(epochs, ["0", "25", "50", "75", "100"]);

    std::fs::write(&points, "noise\n0.25\n0.5\n").unwrap();
    let samples = run(&[
        "eval",
        "--model",
        text(&saved),
        "--points",
        text(&points),
        "--net",
        "generator",
    ]);
    let samples = String::from_utf8(samples.stdout).unwrap();
    assert_eq!(
        (samples.lines().next(), samples.lines().count()),
        (Some("x,y"), 3)
    );
    std::fs::write(&points, "0.5,0.5\n").unwrap();
    let scores = run(&[
        "eval",
        "--model",
        text(&saved),
        "--points",
        text(&points),
        "--net",
        "discriminator",
    ]);
    let scores = String::from_utf8(scores.stdout).unwrap();
    let score: f32 = scores.lines().nth(1).unwrap().parse().unwrap();
    assert!(
        scores.starts_with("score\n") && (0.0..=1.0).contains(&score),
        "{scores}"
    );

    let message = refused(&["train", "--preset", "line", "--init", text(&init)]);
    assert!(
        message.contains("its generator has the layers 1→10→10→10→2, the configuration's 2→5→5→2"),
        "{message}"
    );
}

#[test]
fn techniques_are_trained_saved_and_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (config, saved, points) = (path("c.toml"), path("s.st"), path("p.csv"));
    std::fs::write(
        &config,
        "inputs = 'centred'\nloss = 'hinge'\n[noise]\nkind = 'spherical'\ndimensions = 4\n\
         [generator]\nactivation = 'leaky-relu'\nnormalization = 'batch'\naverage = 0.99\n\
         [discriminator]\nnormalization = 'spectral'\n[penalty]\nkind = 'r1'\n",
    )
    .unwrap();
    let train = |rest: &[&str]| {
        let start = ["train", "--target", "eight", "--config", text(&config)];
        json(&[&start[..], &["--epochs", "30", "--json"], rest].concat())
    };
    let (once, again) = (train(&["--save", text(&saved)]), train(&[]));
    assert_eq!(once["hash"], again["hash"]);
    let eval = |net: &str, rows: &str| {
        std::fs::write(&points, rows).unwrap();
        let output = run(&[
            "eval",
            "--model",
            text(&saved),
            "--points",
            text(&points),
            "--net",
            net,
        ]);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let noise = "0.5,0.5,0.5,1\n0,0.5,0.5,0.5\n";
    let (samples, averaged) = (eval("generator", noise), eval("average", noise));
    assert_eq!((samples.lines().count(), averaged.lines().count()), (3, 3));
    assert_ne!(samples, averaged);
    assert_eq!(eval("discriminator", "0.5,0.5\n").lines().count(), 2);
    std::fs::write(&points, noise).unwrap();
    let plain = path("plain.st");
    assert!(
        run(&["export", "--epochs", "1", "--out", text(&plain)])
            .status
            .success()
    );
    let message = refused(&[
        "eval",
        "--model",
        text(&plain),
        "--points",
        text(&points),
        "--net",
        "average",
    ]);
    assert!(message.contains("no moving average"), "{message}");

    // Techniques that do not go together, invalid targets, and files of other techniques.
    let clash = path("clash.toml");
    std::fs::write(
        &clash,
        "[penalty]\nkind = 'gradient'\n[discriminator]\nnormalization = 'batch'\n",
    )
    .unwrap();
    let start = ["--preset", "ring", "--config", text(&config)];
    for (arguments, part) in [
        (
            &["train", "--config", text(&clash)][..],
            "clash.toml: line 4: a penalty on D's gradient needs each sample alone",
        ),
        (&["train", "--target", "drawing"], "--data F.csv"),
        (&["train", "--target", "square"], "unknown variant `square`"),
        (
            &[&["train", "--init", text(&plain)], &start[..]].concat(),
            "its generator has the layers",
        ),
        (
            &[
                "render",
                "--out",
                text(&path("p.png")),
                "--compare",
                "replay.samples=150",
            ],
            "--compare: the replayed samples leave none of the batch",
        ),
    ] {
        let message = refused(arguments);
        assert!(message.contains(part), "{arguments:?} said {message:?}");
    }
}

#[test]
fn exported_parameters_after_epochs_are_the_trained_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (exported, saved) = (folder.path().join("e.st"), folder.path().join("s.st"));
    assert!(
        run(&[
            "export",
            "--preset",
            "line",
            "--epochs",
            "50",
            "--out",
            text(&exported)
        ])
        .status
        .success()
    );
    assert!(
        run(&[
            "train",
            "--preset",
            "line",
            "--epochs",
            "50",
            "--save",
            text(&saved)
        ])
        .status
        .success()
    );
    assert_eq!(std::fs::read(exported).unwrap(), std::fs::read(saved).unwrap());
}

#[test]
fn own_points_can_be_learnt() {
    let folder = tempfile::tempdir().unwrap();
    let points = folder.path().join("p.csv");
    std::fs::write(&points, "x,y\n0.25,0.5\n0.75,0.5\n").unwrap();
    let report = json(&["train", "--data", text(&points), "--epochs", "20", "--json"]);
    assert_eq!(report["epoch"], 20);
    // Points of another range are scaled; the scaled ones' bits are in the hash.
    std::fs::write(&points, "x,y\n-10,0\n30,10\n12.5,3\n").unwrap();
    let report = json(&["train", "--data", text(&points), "--epochs", "20", "--json"]);
    assert_eq!(report["hash"], SCALED_13_20);
}

#[test]
fn a_diverged_run_exits_with_1_and_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("c.toml");
    let network = "hidden_layers = 5\nneurons = 12\nlearning_rate = 10.0\n";
    std::fs::write(
        &config,
        format!("batch = 4\natlas = 64\n[generator]\n{network}[discriminator]\n{network}"),
    )
    .unwrap();
    let output = run(&["train", "--config", text(&config), "--epochs", "5000", "--json"]);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let (epoch, at) = (
        report["epoch"].as_u64().unwrap(),
        report["diverged"]["epoch"].as_u64().unwrap(),
    );
    assert_eq!(at, epoch + 1);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("NaN"));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("left the finite numbers in epoch"), "{message}");
}

#[test]
fn bad_input_is_refused_in_one_sentence_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (config, out, garbage, none) = (path("c.toml"), path("out.st"), path("garbage"), path("none.toml"));
    std::fs::write(&garbage, [0xff_u8; 100]).unwrap();
    std::fs::write(&config, "[generator]\nneurons = 101\n").unwrap();
    let cases: [(&[&str], &str); 11] = [
        (
            &["export", "--out", text(&out), "--atlas", text(&out)],
            "is named for two different things",
        ),
        (
            &["train", "--config", text(&config), "--save", text(&out)],
            "c.toml: line 2: neurons is 101, but must be from 1 to 100",
        ),
        (
            &["train", "--config", text(&none), "--save", text(&out)],
            "none.toml: cannot be read",
        ),
        (
            &["train", "--config", text(&garbage)],
            "garbage: is not UTF-8 text",
        ),
        (
            &["train", "--init", text(&garbage), "--save", text(&out)],
            "garbage: is not a safetensors file",
        ),
        (
            &["train", "--atlas", text(&garbage)],
            "garbage: is not a safetensors file",
        ),
        (
            &["train", "--data", text(&garbage)],
            "garbage: line 1: is not UTF-8 text",
        ),
        (
            &["export", "--epochs", "0", "--out", text(folder.path())],
            "is a directory",
        ),
        (
            &[
                "eval",
                "--model",
                text(&garbage),
                "--points",
                text(&garbage),
                "--net",
                "generator",
            ],
            "is not a safetensors file",
        ),
        (&["import", text(&garbage), "--out", text(&out)], "cannot be read"),
        (
            &["view", "--sweep", text(&config)],
            "line 1: it is no table of a sweep",
        ),
    ];
    for (arguments, part) in cases {
        let message = refused(arguments);
        assert!(message.contains(part), "{arguments:?} said {message:?}");
        assert_eq!(message.trim_end().lines().count(), 1, "{message:?}");
        assert!(!out.exists(), "{arguments:?} wrote its output");
    }
    for arguments in [
        &["train", "--epochs", "-1"][..],
        &["nonsense"],
        &["train", "--backend", "abacus"],
    ] {
        refused(arguments);
    }
}

#[test]
fn two_runs_are_painted_side_by_side_and_what_cannot_differ_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let picture = |name: &str, rest: &[&str]| {
        let path = folder.path().join(name);
        let mut arguments = vec![
            "render",
            "--epochs",
            "20",
            "--size",
            "640x400",
            "--out",
            text(&path),
        ];
        arguments.extend(rest);
        let output = run(&arguments);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        std::fs::read(&path).unwrap()
    };
    let compare = |difference| picture("two.png", &["--compare", difference]);
    let alone = picture("one.png", &[]);
    let two = compare("discriminator.updates_per_epoch=1");
    assert_ne!(two, alone);
    assert_eq!(two, compare(" discriminator.updates_per_epoch = 1"));
    let leaky = compare("generator.activation=leaky-relu");
    assert!(leaky != alone && leaky != two);
    for (difference, says) in [
        ("discriminator.updates_per_epoch", "KEY=VALUE"),
        ("discriminator.updates_per_epoch=99", "updates per epoch"),
        ("target=line", "same data"),
        ("discriminator.colour=3", "colour"),
    ] {
        let out = folder.path().join("none.png");
        for command in [&["render", "--out", text(&out)][..], &["view"]] {
            let message = refused(&[command, &["--compare", difference]].concat());
            assert!(
                message.contains("--compare") && message.contains(says),
                "{message}"
            );
        }
        assert!(!out.exists());
    }
}

#[test]
fn without_a_display_the_viewer_says_what_works() {
    if cfg!(any(windows, target_os = "macos")) {
        skip("this system always has a display");
        return;
    }
    let message = refused(&[]);
    assert!(message.contains("no display"), "{message}");
    assert!(
        message.contains("gan-lab render") && message.contains("gan-lab train"),
        "{message}"
    );
    assert_eq!(message.trim_end().lines().count(), 1);
}

#[test]
fn models_of_gan_lab_open() {
    let folder = workspace().join("../shared/ganlab-models");
    if !folder.is_dir() {
        println!("skipped: no models of GAN Lab's at hand");
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let (out, points) = (scratch.path().join("m.st"), scratch.path().join("p.csv"));
    for (name, target, epoch) in [("line", "line", 466), ("ring", "ring", 812)] {
        let model = folder.join(format!("pretrained_{name}.json"));
        let report = json(&["import", text(&model), "--out", text(&out), "--json"]);
        assert_eq!(report["epoch"], epoch);
        assert!(
            report["configuration"]
                .as_str()
                .unwrap()
                .contains(&format!("target = \"{target}\""))
        );
        // A trained generator's samples lie in the unit square, spread over the target.
        let grid = (0..100).map(|i| format!("{},{}\n", f64::from(i % 10) / 10.0, f64::from(i / 10) / 10.0));
        std::fs::write(&points, grid.collect::<String>()).unwrap();
        let table = run(&[
            "eval",
            "--model",
            text(&out),
            "--points",
            text(&points),
            "--net",
            "generator",
        ]);
        let table = String::from_utf8(table.stdout).unwrap();
        let x: Vec<f32> = table
            .lines()
            .skip(1)
            .map(|row| row.split(',').next().unwrap().parse().unwrap())
            .collect();
        let (least, most) = x
            .iter()
            .fold((1.0_f32, 0.0_f32), |(a, b), x| (a.min(*x), b.max(*x)));
        assert!(
            least > -0.1 && most < 1.1 && most - least > 0.4,
            "{name}: x from {least} to {most}"
        );
    }
}

#[test]
fn a_run_is_told_what_is_going_wrong_in_words_with_evidence_and_remedies() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("frozen.toml");
    std::fs::write(
        &config,
        "target = \"disjoint\"\ndiscriminator.updates_per_epoch = 0\n",
    )
    .unwrap();
    let arguments = [
        "train",
        "--config",
        text(&config),
        "--seed",
        "3",
        "--epochs",
        "3000",
    ];
    let report = json(&[&arguments[..], &["--json"]].concat());
    let diagnosis = &report["diagnosis"];
    assert!(
        lab::Word::ALL.iter().any(|word| diagnosis["word"] == word.key()),
        "{diagnosis}"
    );
    assert!(diagnosis["since_epoch"].as_u64().unwrap() <= 3000, "{diagnosis}");
    let evidence = diagnosis["evidence"].as_array().unwrap();
    assert!(!evidence.is_empty(), "{diagnosis}");
    for evidence in evidence {
        assert!(
            evidence["value"].is_f64() && evidence["threshold"].is_f64(),
            "{evidence}"
        );
        assert!(
            evidence["measure"].is_string() && evidence["sentence"].is_string(),
            "{evidence}"
        );
    }
    let remedy = &diagnosis["remedies"][0];
    assert_eq!(
        (&remedy["key"], &remedy["value"]),
        (&"discriminator.updates_per_epoch".into(), &"1".into()),
        "{diagnosis}"
    );
    assert!(remedy["citation"].as_str().unwrap().contains("2014"), "{remedy}");
    assert!(report["measures"]["precision"].is_f64(), "{report}");
    let said = String::from_utf8(run(&arguments).stdout).unwrap();
    assert!(said.contains(diagnosis["sentence"].as_str().unwrap()), "{said}");
    assert!(
        said.contains("try     discriminator.updates_per_epoch = 1: "),
        "{said}"
    );
    // The same words at every level of instructions.
    for level in lab::run::instructions::available() {
        let mut command = gan_lab();
        command
            .args(arguments)
            .arg("--json")
            .env("GAN_LAB_SIMD", level.name());
        let other: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
        assert_eq!(&other["diagnosis"], diagnosis, "{}", level.name());
    }
}

#[test]
fn a_run_stops_when_what_it_was_to_wait_for_is_so() {
    let train = |rest: &[&str]| {
        let arguments = [
            "train", "--preset", "line", "--seed", "7", "--epochs", "3000", "--json",
        ];
        json(&[&arguments, rest].concat())
    };
    let whole = train(&[]);
    assert_eq!(
        (&whole["epoch"], &whole["stopped_when"]),
        (&3000.into(), &Value::Null)
    );
    for (condition, epoch) in [
        ("js below 1.1", 250),
        ("js below 1.1 for 3 checks", 750),
        ("diagnosis too_early", 250),
        ("epoch 777", 777),
        ("js below 0", 3000),
    ] {
        let stopped = train(&["--stop-when", condition]);
        assert_eq!(stopped["epoch"], epoch, "{condition}");
        let said = if epoch < 3000 {
            condition.into()
        } else {
            Value::Null
        };
        assert_eq!(stopped["stopped_when"], said, "{condition}");
        let alone = json(&[
            "train",
            "--preset",
            "line",
            "--seed",
            "7",
            "--epochs",
            &epoch.to_string(),
            "--json",
        ]);
        assert_eq!(stopped["hash"], alone["hash"], "{condition}");
    }
    let first = train(&[
        "--stop-when",
        "epoch 600",
        "--stop-when",
        "js below 1.1 for 3 checks",
    ]);
    assert_eq!(
        (&first["epoch"], &first["stopped_when"]),
        (&600.into(), &"epoch 600".into())
    );
    let message = refused(&["train", "--stop-when", "js under 1"]);
    assert!(message.contains("needs 'below'"), "{message}");
}

/// The list that a reader of the README sees is the table's.
#[test]
fn the_readme_lists_every_parameter() {
    let listed = run(&["parameters"]);
    let listed = String::from_utf8(listed.stdout).unwrap();
    let readme = std::fs::read_to_string(workspace().join("README.md")).unwrap();
    assert!(
        readme.contains(&format!("```toml\n{listed}```\n")),
        "put what `gan-lab parameters` prints into README.md"
    );
    let rows = json(&["parameters", "--json"]);
    let keys = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["key"].as_str().unwrap());
    assert!(keys.eq(Parameter::ALL.into_iter().map(Parameter::key)));
}
