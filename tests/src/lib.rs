//! Helpers of several tests: the program itself, the fixtures, and a way to skip honestly.

pub mod browser;
pub mod desk;
pub mod display;
pub mod elf;
pub mod formats;
pub mod hashes;
pub mod mutations;
pub mod server;
pub mod targets;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The `gan-lab` program, in the profile of the tests.
///
/// `cargo test --workspace` has built it for the program's own test. If only some tests were asked
/// for, it is built here, with the features that it has there: another set of them would build half
/// the workspace anew.
///
/// # Panics
/// If it does not build.
pub fn gan_lab() -> Command {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| {
        // The tests' own executable lies in TARGET/PROFILE/deps.
        let test = std::env::current_exe().expect("a test knows its own path");
        let folder = test.ancestors().nth(2).expect("tests lie in TARGET/PROFILE/deps");
        let profile = match folder.file_name().and_then(|name| name.to_str()) {
            Some("debug") | None => "dev",
            Some(profile) => profile,
        };
        let target = folder.parent().expect("TARGET/PROFILE has a parent");
        let built = Command::new(option_env!("CARGO").unwrap_or("cargo"))
            .args(["test", "--workspace", "--test", "program", "--no-run", "--quiet"])
            .args(["--profile", profile, "--target-dir"])
            .arg(target)
            .current_dir(workspace())
            // `.ci/times` sets it for the tests; a compiler that sees it builds everything anew.
            .env_remove("RUSTC_BOOTSTRAP")
            .status();
        assert!(
            built.is_ok_and(|status| status.success()),
            "gan-lab does not build"
        );
        folder
            .join("gan-lab")
            .with_extension(std::env::consts::EXE_EXTENSION)
    });
    Command::new(program)
}

/// The root of the repository.
#[must_use]
pub fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A file or folder of `fixtures/`.
#[must_use]
pub fn fixture(name: &str) -> PathBuf {
    workspace().join("fixtures").join(name)
}

/// Whether hashes and figures that fixtures lack are to be added to them: `GAN_LAB_FILL` is set.
/// Existing ones are compared all the same, and never changed. (`GAN_LAB_REFRESH` makes pictures
/// anew, and nothing else.)
#[must_use]
pub fn fill() -> bool {
    std::env::var_os("GAN_LAB_FILL").is_some()
}

/// Says that a test was skipped for want of a tool, and why; under `CI=true` that is a failure.
///
/// # Panics
/// Under `CI=true`.
pub fn skip(why: &str) {
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "not skipped under CI: {why}"
    );
    println!("skipped: {why}");
}
