//! Files that are not as they should be, and places that cannot be written, at every command that reads or
//! writes one: exit code 2, one sentence with the file, the place and the remedy, nothing half-written, and
//! the old file as it was.

mod reading;
mod writing;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use gan_lab_tests::{fixture, gan_lab};
use tempfile::TempDir;

/// Stands for the file in question in a command's arguments.
const FILE: &str = "{}";
/// A run of a moment.
const QUICK: [&str; 4] = ["--preset", "line", "--epochs", "2"];

/// A command's arguments with a file in them.
fn naming<'a>(arguments: &[&'a str], file: &'a str) -> Vec<&'a str> {
    let name = |own: &&'a str| if *own == FILE { file } else { own };
    arguments.iter().map(name).collect()
}

/// JSON and numbers of a model saved by GAN Lab.
fn gan_lab_model() -> [Vec<u8>; 2] {
    let one = fs::read(fixture("fuzz").join("gan_lab_model/small.bin")).unwrap();
    let zero = one
        .iter()
        .position(|byte| *byte == 0)
        .expect("a zero byte between them");
    [one[..zero].to_vec(), one[zero + 1..].to_vec()]
}

/// A folder with a good file of every format and an old file that is to stay.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let files = [
            "train",
            "--record",
            "good.toml",
            "--save",
            "good.safetensors",
            "--metrics",
            "good.jsonl",
        ];
        desk.succeed(&[&files, &QUICK[..]].concat());
        desk.succeed(&["export", "--preset", "line", "--atlas", "atlas.safetensors"]);
        fs::write(desk.path("good.csv"), "x,y\n0.25,0.5\n0.75,0.25\n").unwrap();
        fs::write(desk.path("old"), "old").unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = gan_lab();
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("DISPLAY");
        command
    }

    fn succeed(&self, arguments: &[&str]) {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Runs something that must be refused; nothing changes. The sentence.
    fn refused(&self, arguments: &[&str], what: &str) -> String {
        let before = self.names();
        let output = self.command(arguments).output().unwrap();
        let message = self.unharmed(&output, &format!("{arguments:?} with {what}"));
        assert_eq!(self.names(), before, "{arguments:?} with {what}");
        message
    }

    fn unharmed(&self, output: &Output, what: &str) -> String {
        let message = said(output);
        assert_eq!(output.status.code(), Some(2), "{what}: {message:?}");
        assert!(output.stdout.is_empty(), "{what} printed something");
        assert!(message.starts_with("gan-lab: "), "{what}: {message:?}");
        assert_eq!(message.trim_end().lines().count(), 1, "{what}: {message:?}");
        assert!(message.len() < 700, "{what}: {message:?}");
        assert_eq!(self.read("old"), b"old", "{what} changed the old file");
        message
    }

    /// Hands damaged files to all that read such ones. Each comes with a part of what is said.
    fn refuse(&self, name: &str, readers: &[&[&str]], damaged: &[(&str, Vec<u8>, &str)]) {
        for (what, bytes, part) in damaged {
            fs::write(self.path(name), bytes).unwrap();
            for reader in readers {
                let arguments = naming(reader, name);
                let message = self.refused(&arguments, what);
                assert!(message.contains(&format!("{name}: ")), "{what}: {message}");
                assert!(message.contains(part), "{arguments:?} with {what}: {message}");
            }
        }
        fs::remove_file(self.path(name)).unwrap();
        let folder = self.path(name);
        fs::create_dir(&folder).unwrap();
        for (what, part) in [
            ("a folder", "is a directory; name a file in it"),
            ("no file", "cannot be read: "),
        ] {
            for reader in readers {
                let arguments = naming(reader, name);
                let message = self.refused(&arguments, what);
                assert!(
                    message.contains(name) && message.contains(part),
                    "{arguments:?} with {what}: {message}"
                );
            }
            let _ = fs::remove_dir(&folder);
        }
    }
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("sentences are UTF-8")
}
