//! `gan-lab sweep`: every row is a run of `train`, and no way of getting to the rows changes them.

use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use gan_lab_tests::display::Ending;
use gan_lab_tests::{gan_lab, skip};
use serde_json::Value;

/// Two keys, one of them a name, and two seeds: eight short runs.
const SMALL: [&str; 11] = [
    "sweep",
    "--preset",
    "gaussians",
    "--epochs",
    "60",
    "--seeds",
    "3,7",
    "--vary",
    "generator.learning_rate=0.03,0.3",
    "--vary",
    "discriminator.optimizer=sgd,adam",
];

fn run(arguments: &[&str], more: &[&str]) -> Output {
    gan_lab()
        .args(arguments)
        .args(more)
        .output()
        .expect("gan-lab starts")
}

/// Runs something that must succeed; returns what it printed.
fn done(arguments: &[&str], more: &[&str]) -> String {
    let output = run(arguments, more);
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?} {more:?}: {message}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs something that must be refused in one sentence; returns it.
fn refused(arguments: &[&str], more: &[&str]) -> String {
    let output = run(arguments, more);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{more:?}: {message}");
    assert_eq!(message.trim_end().lines().count(), 1, "{message:?}");
    message
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A table's rows without their time, which is never the same.
fn rows(path: &Path) -> Vec<String> {
    let table = std::fs::read_to_string(path).unwrap();
    let column = |name| {
        table
            .lines()
            .next()
            .unwrap()
            .split(',')
            .position(|key| key == name)
            .unwrap()
    };
    let seconds = column("seconds");
    let without = |line: &str| {
        let mut fields: Vec<&str> = line.split(',').collect();
        fields.remove(seconds);
        fields.join(",")
    };
    table.lines().map(without).collect()
}

fn json(path: &Path) -> Vec<Value> {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// A row's configuration as a file for `train`.
fn configuration_file(configuration: &Value) -> String {
    let (mut plain, mut tables) = (String::new(), String::new());
    // Plain values of JSON are values of TOML.
    for (key, value) in configuration.as_object().unwrap() {
        match value.as_object() {
            None => plain += &format!("{key} = {value}\n"),
            Some(table) => {
                tables += &format!("[{key}]\n");
                table
                    .iter()
                    .for_each(|(key, value)| tables += &format!("{key} = {value}\n"));
            }
        }
    }
    plain + &tables
}

/// Output of `train` for a row's configuration and seed.
fn trained(row: &Value, folder: &Path) -> Value {
    let config = folder.join("config.toml");
    std::fs::write(&config, configuration_file(&row["configuration"])).unwrap();
    let (seed, epochs) = (row["seed"].to_string(), row["epochs"].to_string());
    let start = ["train", "--config", text(&config), "--json"];
    let output = run(&start, &["--seed", &seed, "--epochs", &epochs]);
    serde_json::from_slice(&output.stdout).expect("train prints one object")
}

#[test]
fn each_row_is_the_run_of_train_with_that_configuration_and_seed() {
    let folder = tempfile::tempdir().unwrap();
    let (out, array) = (folder.path().join("rows.csv"), folder.path().join("rows.json"));
    done(&SMALL, &["--out", text(&out), "--json", text(&array)]);
    let (table, objects) = (rows(&out), json(&array));
    assert!(table[0].starts_with(
        "generator.learning_rate,discriminator.optimizer,seed,epochs,hash,d_loss,g_loss,kl,js,coverage,diverged,"
    ));
    assert_eq!((table.len(), objects.len()), (9, 8));
    for (line, row) in table[1..].iter().zip(&objects) {
        let train = trained(row, folder.path());
        for figure in ["hash", "d_loss", "g_loss", "kl", "js", "diverged"] {
            assert_eq!(row[figure], train[figure], "{figure} of {row}");
        }
        let beginning = format!(
            "{},{},{},60,{},",
            row["configuration"]["generator"]["learning_rate"],
            row["configuration"]["discriminator"]["optimizer"]
                .as_str()
                .unwrap(),
            row["seed"],
            train["hash"].as_str().unwrap()
        );
        assert!(line.starts_with(&beginning), "{line} is not {beginning}");
        assert!(
            row["coverage"]
                .as_f64()
                .is_some_and(|share| [0.0, 0.5, 1.0].contains(&share))
        );
    }
    let order: Vec<_> = table[1..]
        .iter()
        .map(|line| line.split(',').take(3).collect::<Vec<_>>().join(" "))
        .collect();
    let expected = [
        "0.03 sgd 3",
        "0.03 sgd 7",
        "0.03 adam 3",
        "0.03 adam 7",
        "0.3 sgd 3",
        "0.3 sgd 7",
        "0.3 adam 3",
        "0.3 adam 7",
    ];
    assert_eq!(order, expected);
}

#[test]
fn the_number_of_jobs_changes_no_row() {
    let folder = tempfile::tempdir().unwrap();
    let tables = ["1", "2", "5"].map(|jobs| {
        let out = folder.path().join(jobs);
        let said = done(&SMALL, &["--out", text(&out), "--jobs", jobs]);
        assert!(said.contains("8 of 8; 8 trained now"), "{said}");
        rows(&out)
    });
    assert_eq!(tables[0], tables[1]);
    assert_eq!(tables[0], tables[2]);
}

#[test]
fn a_torn_table_is_completed_to_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("rows.csv");
    let to = ["--out", text(&out)];
    // There is nothing to resume yet: it simply begins.
    done(&SMALL, &[&to[..], &["--resume"]].concat());
    let whole = std::fs::read_to_string(&out).unwrap();
    let torn = &whole[..whole.len() * 3 / 5];
    std::fs::write(&out, torn).unwrap();
    let said = done(&SMALL, &[&to[..], &["--resume"]].concat());
    let kept = torn.matches('\n').count() - 1;
    assert!(
        said.contains(&format!("8 of 8; {} trained now", 8 - kept)),
        "{said}"
    );
    let completed = std::fs::read_to_string(&out).unwrap();
    assert_eq!(
        completed.lines().take(kept + 1).collect::<Vec<_>>(),
        whole.lines().take(kept + 1).collect::<Vec<_>>()
    );
    let completed_rows = rows(&out);
    std::fs::write(&out, &whole).unwrap();
    assert_eq!(completed_rows, rows(&out));

    // Nothing is overwritten by a sweep that begins anew, or by another one.
    let message = refused(&SMALL, &to);
    assert!(
        message.contains("rows.csv: is there already; add --resume"),
        "{message}"
    );
    let message = refused(&SMALL, &[&to[..], &["--resume", "--vary", "batch=8,16"]].concat());
    assert!(
        message.contains("rows.csv: line 1: its columns are not those of this sweep"),
        "{message}"
    );
    assert_eq!(std::fs::read_to_string(&out).unwrap(), whole);
}

#[test]
fn runs_that_diverge_are_rows_too_and_the_map_is_painted() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (config, out, array, map) = (
        path("c.toml"),
        path("rows.csv"),
        path("rows.json"),
        path("map.png"),
    );
    let network = "hidden_layers = 5\nneurons = 12\n";
    std::fs::write(
        &config,
        format!("batch = 4\natlas = 64\n[generator]\n{network}[discriminator]\n{network}"),
    )
    .unwrap();
    let said = done(
        &[
            "sweep",
            "--config",
            text(&config),
            "--epochs",
            "3000",
            "--seeds",
            "13..14",
        ],
        &[
            "--vary",
            "generator.learning_rate=0.001,10",
            "--vary",
            "discriminator.learning_rate=0.001,10",
            "--out",
            text(&out),
            "--json",
            text(&array),
            "--map",
            text(&map),
            "--map-of",
            "failed",
        ],
    );
    let objects = json(&array);
    let diverged: Vec<_> = objects.iter().filter(|row| !row["diverged"].is_null()).collect();
    assert!(!diverged.is_empty() && diverged.len() < 8, "{said}");
    assert!(
        said.contains(&format!("diverged  {} runs", diverged.len())),
        "{said}"
    );
    let train = trained(diverged[0], folder.path());
    assert_eq!(
        (&diverged[0]["hash"], &diverged[0]["diverged"]),
        (&train["hash"], &train["diverged"])
    );
    let place = &diverged[0]["diverged"];
    let place = format!(",{}/{},", place["epoch"], place["network"].as_str().unwrap());
    assert!(rows(&out).iter().any(|row| row.contains(&place)), "{place}");
    let picture = image::open(&map).unwrap();
    assert!(picture.width() >= 500 && picture.height() >= 300);
}

#[test]
fn ctrl_c_keeps_finished_rows() {
    if cfg!(not(unix)) {
        skip("no signals on this system");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (out, array) = (folder.path().join("rows.csv"), folder.path().join("rows.json"));
    // Far more than anybody waits for.
    let arguments = [
        "sweep",
        "--preset",
        "line",
        "--epochs",
        "200",
        "--seeds",
        "1..100000",
    ];
    let mut sweep = Ending(
        gan_lab()
            .args(arguments)
            .args(["--jobs", "2", "--out", text(&out), "--json", text(&array)])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("gan-lab starts"),
    );
    let begun = Instant::now();
    let lines = || std::fs::read_to_string(&out).map_or(0, |table| table.lines().count());
    while lines() < 2 {
        assert!(
            begun.elapsed() < Duration::from_secs(120),
            "no row was saved in two minutes"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    let pid = sweep.0.id().to_string();
    let killed = std::process::Command::new("sh")
        .args(["-c", &format!("kill -INT {pid}")])
        .status();
    assert!(killed.is_ok_and(|status| status.success()));
    let status = sweep.0.wait().unwrap();
    let message = std::io::read_to_string(sweep.0.stderr.take().unwrap()).unwrap();
    assert_eq!(status.code(), Some(1), "{message}");
    let objects = json(&array);
    assert_eq!(objects.len(), lines() - 1);
    assert!(
        message.contains(&format!("stopped: {} of 100000 runs are in", objects.len())),
        "{message}"
    );
    assert!(message.contains("--resume trains the rest"), "{message}");
    let last = objects.last().unwrap();
    assert_eq!(last["hash"], trained(last, folder.path())["hash"]);
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        3,
        "no temporary file is left"
    );
}

#[test]
fn bad_grids_are_refused_in_one_sentence_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("rows.csv");
    let nowhere = folder.path().join("nowhere/map.png");
    let cases: [(&[&str], &str); 13] = [
        (
            &["--vary", "generator.neurons"],
            "--vary: 'generator.neurons' varies nothing; write KEY=V1,V2",
        ),
        (
            &["--vary", "generator.neurons=8,101"],
            "generator.neurons=101: neurons is 101, but must be from 1 to 100",
        ),
        (
            &["--vary", "generator.neuron=8"],
            "generator.neuron=8: unknown field `neuron`, expected one of",
        ),
        (&["--vary", "speed=8"], "speed=8: unknown field `speed`"),
        (
            &["--vary", "loss=log,softmax"],
            "loss=softmax: unknown variant `softmax`, expected one of `log`, `least-squares`, `minimax`",
        ),
        (
            &["--vary", "batch=8", "--vary", "batch=9"],
            "batch is varied twice",
        ),
        (&["--vary", "batch=8,8"], "batch has the value 8 twice"),
        (&["--vary", "target=drawing"], "give them with --data"),
        (&["--seeds", "4..1"], "--seeds: '4..1' is no seed"),
        (&["--seeds", "1,1"], "seed 1 is named twice"),
        (&["--seeds", "0..1000000"], "more than 1000000 seeds"),
        (&["--map", text(&nowhere)], "there is no folder"),
        (&["--json", text(&out)], "named for two different things"),
    ];
    for (arguments, part) in cases {
        let message = refused(&["sweep", "--epochs", "5", "--out", text(&out)], arguments);
        assert!(message.contains(part), "{arguments:?} said {message:?}");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            0,
            "{arguments:?} wrote something"
        );
    }
    for arguments in [&["--seed", "1", "--seeds", "1"][..], &["--jobs", "0"]] {
        assert_eq!(
            run(&["sweep", "--out", text(&out)], arguments).status.code(),
            Some(2)
        );
    }
}
