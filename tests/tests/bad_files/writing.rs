//! Places where nothing can be written, named to every command that writes.

use super::*;
use gan_lab_tests::skip;
use std::path::Path;
use std::process::Stdio;

/// Every output of every command, each named `{}`.
const WRITERS: [&[&str]; 13] = [
    &["train", "--epochs", "2", "--metrics", FILE],
    &["train", "--epochs", "2", "--save", FILE],
    &["train", "--epochs", "2", "--record", FILE],
    &["export", "--out", FILE],
    &["export", "--atlas", FILE],
    &["export", "--samples", FILE],
    &["export", "--data", "good.csv", "--points", FILE],
    &["import", "good.json", "--out", FILE],
    &["render", "--epochs", "2", "--view", "overview", "--out", FILE],
    &[
        "render", "--epochs", "2", "--view", "overview", "--every", "2", "--gif", FILE,
    ],
    &["sweep", "--epochs", "2", "--seeds", "1", "--out", FILE],
    &[
        "sweep", "--epochs", "2", "--seeds", "1", "--out", "rows.csv", "--map", FILE,
    ],
    &["view", "--record", FILE],
];

fn desk_of_writers() -> Desk {
    let desk = Desk::new();
    let [json, numbers] = gan_lab_model();
    fs::write(desk.path("good.json"), json).unwrap();
    fs::write(desk.path("good.weights.bin"), numbers).unwrap();
    desk
}

#[test]
fn places_that_cannot_be_written_are_known_before_anything_is_done() {
    let desk = desk_of_writers();
    fs::create_dir(desk.path("folder")).unwrap();
    let mut places = vec![
        ("folder", "folder: is a directory; name a file in it"),
        (
            "nowhere/f",
            "nowhere/f: cannot be written: there is no folder 'nowhere'",
        ),
        (
            "good.csv/f",
            "good.csv/f: cannot be written: there is no folder 'good.csv'",
        ),
    ];
    // A folder where nobody, not even root, can make a file.
    if Path::new("/proc/self").is_dir() {
        places.push(("/proc/f", "/proc/f: cannot be written: "));
    } else {
        skip("there is no folder in which root cannot write");
    }
    for (place, part) in places {
        for writer in WRITERS {
            let arguments = naming(writer, place);
            let message = desk.refused(&arguments, place);
            assert!(message.contains(part), "{arguments:?}: {message}");
        }
    }
}

/// No file may become longer than nothing, as on a full disk.
#[test]
fn a_full_disk_leaves_the_old_file_and_nothing_else() {
    if !cfg!(unix) {
        skip("no limit of a file's size can be set on this system");
        return;
    }
    let desk = desk_of_writers();
    let before = desk.names();
    // A sweep never takes the place of an old table.
    let sweeps = |writer: &&&[&str]| writer[0] == "sweep" && !writer.contains(&"--map");
    for writer in WRITERS
        .iter()
        .filter(|writer| writer[0] != "view" && !sweeps(writer))
    {
        let arguments = naming(writer, "old");
        let program = gan_lab();
        let mut limited = Command::new("sh");
        let blocks = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"";
        limited
            .args(["-c", blocks])
            .arg(program.get_program())
            .args(&arguments);
        let output = limited
            .current_dir(desk.0.path())
            .stdout(Stdio::null())
            .output()
            .unwrap();
        let message = said(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert_eq!(message.trim_end().lines().count(), 1, "{arguments:?}: {message}");
        assert!(
            message.contains("cannot be written: "),
            "{arguments:?}: {message}"
        );
        assert_eq!(desk.read("old"), b"old", "{arguments:?}");
        assert_eq!(desk.names(), before, "{arguments:?}");
    }
}

#[test]
fn what_cannot_be_printed_is_said() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        skip("there is no /dev/full");
        return;
    }
    let desk = Desk::new();
    for arguments in [
        &["train", "--epochs", "1", "--json"][..],
        &[
            "eval",
            "--model",
            "good.safetensors",
            "--net",
            "generator",
            "--points",
            "good.csv",
        ],
        &["replay", "good.toml"],
    ] {
        let stdout = fs::File::options().write(true).open(full).unwrap();
        let output = desk.command(arguments).stdout(stdout).output().unwrap();
        let message = desk.unharmed(&output, &format!("{arguments:?}"));
        assert!(message.contains("standard output cannot be written"), "{message}");
    }
    // And a device that is full as an output of its own.
    let message = desk.refused(&["export", "--out", "/dev/full"], "/dev/full");
    assert!(message.contains("/dev/full: cannot be written: "), "{message}");
}

#[test]
fn what_never_ends_is_refused() {
    let endless = Path::new("/dev/zero");
    if !endless.exists() {
        skip("there is no /dev/zero");
        return;
    }
    let desk = Desk::new();
    for arguments in [&["replay", "/dev/zero"][..], &["train", "--init", "/dev/zero"]] {
        let message = desk.refused(arguments, "/dev/zero");
        assert!(message.contains("/dev/zero: has more than 256 MiB"), "{message}");
    }
}
