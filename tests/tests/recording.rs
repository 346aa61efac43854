//! Recordings as files that go from hand to hand: written by one run of the program, killed or not, and
//! trained again by another.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use gan_core::Change;
use gan_core::configuration::{LearningRate, Loss, Network, Optimizer, UpdatesPerEpoch};
use gan_core::{Preset, Profile as _};
use gan_lab_tests::display::{Display, Ending};
use gan_lab_tests::{gan_lab, skip};
use lab::recording::{Ending as End, Recording};
use lab::{Command as Asked, Experiment, Step, Trainer};
use serde_json::{Value, json};

fn run(arguments: &[&str]) -> Output {
    gan_lab().args(arguments).output().expect("gan-lab starts")
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Replays a file; returns what was reported, the exit code and what was said.
fn replay(path: &Path, rest: &[&str]) -> (Value, Option<i32>, String) {
    let output = run(&[&["replay", text(path), "--json"], rest].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"));
    (report, output.status.code(), said)
}

/// A file that must be replayed to its end without a word.
fn verified(path: &Path) -> Value {
    let (report, code, said) = replay(path, &[]);
    assert_eq!((code, said.as_str()), (Some(0), ""), "{report}");
    assert_eq!(report["checkpoints"], report["verified"]);
    assert_eq!(
        (&report["first_difference"], &report["diverged"]),
        (&Value::Null, &Value::Null)
    );
    report
}

/// Twelve commands in 20,000 epochs.
fn lesson(path: &Path) -> Trainer {
    use Network::{Discriminator as D, Generator as G};
    let rate =
        |network, rate| Asked::Change(Change::learning_rate(network, LearningRate::new(rate).unwrap()));
    let updates = |network, count| {
        Asked::Change(Change::updates_per_epoch(
            network,
            UpdatesPerEpoch::new(count).unwrap(),
        ))
    };
    let optimizer = |network, optimizer| Asked::Change(Change::optimizer(network, optimizer));
    let commands = [
        Asked::Step(Step::Generator),
        Asked::Step(Step::Discriminator),
        updates(D, 3),
        updates(G, 2),
        rate(G, 0.003),
        rate(D, 0.01),
        optimizer(G, Optimizer::Adam),
        optimizer(D, Optimizer::Adam),
        Asked::Change(Change::loss(Loss::LeastSquares)),
        optimizer(D, Optimizer::Sgd),
        Asked::Change(Change::loss(Loss::Log)),
        rate(D, 0.1),
    ];
    let mut trainer = Trainer::recorded(Experiment::preset(Preset::Line, 7), path).unwrap();
    for command in commands {
        trainer.run_epochs(1538).unwrap();
        trainer.obey(command);
    }
    trainer.run_epochs(20_000 - trainer.gan().epoch()).unwrap();
    trainer
}

#[test]
fn twenty_thousand_epochs_and_twelve_commands_are_two_kilobytes_and_the_same_hash_at_every_level() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lesson.toml");
    let mut trainer = lesson(&path);
    let hash = trainer.gan().state_hash().to_string();
    trainer.finish_recording().unwrap();
    let length = std::fs::metadata(&path).unwrap().len();
    assert!(length <= 2048, "{length} bytes");
    println!("{length} bytes");
    for level in lab::run::instructions::available() {
        let output = gan_lab()
            .args(["replay", text(&path), "--json"])
            .env(lab::run::instructions::VARIABLE, level.name())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", level.name());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            (&report["epoch"], &report["hash"]),
            (&json!(20_000), &json!(hash))
        );
        assert!(report["verified"].as_u64().unwrap() > 16, "{report}");
    }
}

#[test]
fn a_run_is_recorded_and_replayed_by_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let (path, points) = (folder.path().join("r.toml"), folder.path().join("p.csv"));
    std::fs::write(&points, "x,y\n-10,0\n30,10\n12.5,3\n").unwrap();
    for (rest, epochs) in [
        (&["--preset", "gaussians"][..], "777"),
        (&["--data", text(&points)], "100"),
        (&["--profile", "micromath"], "50"),
        (&["--preset", "line"], "0"),
    ] {
        let train = ["train", "--record", text(&path), "--json", "--epochs", epochs];
        let trained = run(&[&train[..], rest].concat());
        let trained: Value = serde_json::from_slice(&trained.stdout).unwrap();
        let replayed = verified(&path);
        assert_eq!(trained["hash"], replayed["hash"], "{rest:?}");
        assert_eq!(trained["epoch"], replayed["epoch"], "{rest:?}");
    }
}

#[test]
fn the_first_hash_that_differs_is_named_and_what_is_told_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    assert!(
        run(&["train", "--epochs", "40", "--record", text(&path)])
            .status
            .success()
    );
    let whole = std::fs::read_to_string(&path).unwrap();
    let line = whole.lines().find(|line| line.starts_with("hash.20 ")).unwrap();
    let expected = line.split('"').nth(1).unwrap();
    let digit = if expected.ends_with('0') { '1' } else { '0' };
    let changed = format!("{}{digit}", &expected[..15]);
    let told = "[narration]\ntitle = \"Twenty\"\nauthor = \"A. Teacher\"\n[configuration]\n";
    let edited = whole
        .replace(expected, &changed)
        .replacen("[configuration]\n", told, 1);
    std::fs::write(&path, &edited).unwrap();

    let (report, code, said) = replay(&path, &[]);
    assert_eq!(code, Some(1));
    let difference = json!({"epoch": 20, "expected": changed, "got": expected});
    assert_eq!(report["first_difference"], difference);
    assert_eq!((&report["epoch"], &report["verified"]), (&json!(20), &json!(10)));
    let sentence = format!("r.toml: the hash differs at epoch 20: expected {changed}, got {expected}");
    assert!(said.contains(&sentence) && said.lines().count() == 1, "{said}");

    // Up to there it is the same run.
    let output = run(&["replay", text(&path), "--to", "19"]);
    assert!(output.status.success());
    let printed = String::from_utf8(output.stdout).unwrap();
    for part in [
        "title   Twenty\n",
        "author  A. Teacher\n",
        "epoch   19\n",
        "same    10 of the",
    ] {
        assert!(printed.contains(part), "{printed}");
    }
    // And beyond its end it goes on.
    std::fs::write(&path, &whole).unwrap();
    let (report, code, _) = replay(&path, &["--to", "2000"]);
    let further = run(&["train", "--epochs", "2000", "--json"]);
    let further: Value = serde_json::from_slice(&further.stdout).unwrap();
    assert_eq!((code, &report["hash"]), (Some(0), &further["hash"]));

    // Another profile's numbers are never taken for this one's.
    std::fs::write(&path, whole.replacen("\"reference\"", "\"micromath\"", 1)).unwrap();
    let (report, code, _) = replay(&path, &[]);
    assert_eq!((code, &report["first_difference"]["epoch"]), (Some(1), &json!(0)));
    assert_eq!(gan_core::MicroMath::NAME, "micromath");
}

#[test]
fn bad_recordings_are_refused_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    assert!(
        run(&["train", "--epochs", "3", "--record", text(&path)])
            .status
            .success()
    );
    let whole = std::fs::read_to_string(&path).unwrap();
    let missing = folder.path().join("none.toml");
    for (bytes, part) in [
        (Vec::new(), "line 1: is not a recording"),
        (
            whole.replace("seed = 13", "seed = 'x'").into_bytes(),
            "r.toml: line 4: invalid type",
        ),
        (
            whole.replace("format = 1", "format = 9").into_bytes(),
            "line 2: has the format 9",
        ),
        (
            whole.replace("\"reference\"", "\"gpu\"").into_bytes(),
            "line 3: the profile 'gpu' is not one of",
        ),
        (
            [whole.as_bytes(), b"\xff\n"].concat(),
            "is not UTF-8 text; save it as UTF-8",
        ),
    ] {
        std::fs::write(&path, bytes).unwrap();
        let output = run(&["replay", text(&path)]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), said.lines().count()),
            (Some(2), 1),
            "{said}"
        );
        assert!(said.contains(part) && output.stdout.is_empty(), "{said}");
    }
    for path in [folder.path(), &missing] {
        assert_eq!(run(&["replay", text(path)]).status.code(), Some(2));
    }
    // A recording of parameters or samples from elsewhere would not be the run.
    let output = run(&["train", "--record", text(&path), "--init", "i.safetensors"]);
    assert_eq!(output.status.code(), Some(2));
    let output = run(&["train", "--record", text(&path), "--save", text(&path)]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("is named for two different things"), "{said}");
}

#[test]
fn a_torn_last_line_is_left_out_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    assert!(
        run(&["train", "--epochs", "20", "--record", text(&path)])
            .status
            .success()
    );
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    let (report, code, said) = replay(&path, &[]);
    assert_eq!(
        (code, &report["epoch"], &report["verified"]),
        (Some(0), &json!(19), &json!(20))
    );
    assert!(
        said.contains("its last line has no line break and was left out"),
        "{said}"
    );
}

/// Waits until a recording has reached an epoch.
fn wait_for(path: &Path, epoch: u64) -> Recording {
    let begun = Instant::now();
    loop {
        if path.exists()
            && let Ok((recording, _)) = Recording::load(path)
            && recording.end() >= epoch
        {
            return recording;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "never reached epoch {epoch}"
        );
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn killed_at_any_moment_it_leaves_a_recording() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let mut reached = Vec::new();
    for moment in 0..50_u64 {
        let _ = std::fs::remove_file(&path);
        let train = ["train", "--preset", "line", "--epochs", "1000000000", "--record"];
        let child = gan_lab().args(train).arg(&path).stderr(Stdio::null()).spawn();
        let mut child = Ending(child.expect("gan-lab starts"));
        wait_for(&path, 0);
        // Spread over the time in which hashes are many.
        std::thread::sleep(Duration::from_micros(moment * moment * 97 % 150_000));
        child.0.kill().unwrap();
        child.0.wait().unwrap();
        let (recording, _) = Recording::load(&path).unwrap();
        let (report, code, _) = replay(&path, &[]);
        assert_eq!(
            (code, &report["checkpoints"]),
            (Some(0), &report["verified"]),
            "{report}"
        );
        assert_eq!(report["epoch"], recording.end());
        reached.push(recording.end());
    }
    reached.sort_unstable();
    reached.dedup();
    assert!(reached.len() > 5, "killed at the same moments: {reached:?}");
}

#[cfg(unix)]
#[test]
fn where_the_disk_is_full_the_run_goes_on_and_the_recording_is_good_up_to_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    // No file may grow beyond two blocks of 512 bytes.
    let limited = "trap '' XFSZ; ulimit -f 2; exec \"$@\"";
    let program = gan_lab();
    let output = Command::new("sh")
        .args(["-c", limited, "sh"])
        .arg(program.get_program())
        .args(["train", "--epochs", "30", "--json", "--record"])
        .arg(&path)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("r.toml: cannot be written: ") && said.lines().count() == 1,
        "{said}"
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["epoch"], 30);
    let (recording, ending) = Recording::load(&path).unwrap();
    assert!(recording.end() > 5 && ending == End::Torn, "{}", recording.end());
    assert_eq!(replay(&path, &[]).1, Some(0));
}

#[test]
fn the_window_s_run_is_recorded_until_it_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let without = gan_lab()
        .args(["--record", text(&path)])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    if !cfg!(any(windows, target_os = "macos")) {
        assert_eq!(without.status.code(), Some(2));
        assert!(!path.exists(), "without a window there is no run");
    }
    let Some(display) = Display::open(640, 400) else {
        return skip("Xvfb does not start");
    };
    let child = gan_lab()
        .args(["--size", "640x400", "--seed", "3", "--record", text(&path)])
        .env("DISPLAY", display.name())
        .stderr(Stdio::piped())
        .spawn();
    let mut window = Ending(child.expect("gan-lab starts"));
    std::thread::sleep(Duration::from_millis(500));
    if let Ok(Some(_)) = window.0.try_wait() {
        return skip("no window opens here");
    }
    wait_for(&path, 100);
    window.0.kill().unwrap();
    window.0.wait().unwrap();
    let report = verified(&path);
    assert!(report["epoch"].as_u64().unwrap() >= 100, "{report}");
}
