//! Programs for other targets, built by cargo within a test: wasm modules, a board's firmware.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::workspace;

/// Something to build for another target than the tests'.
#[derive(Clone, Copy, Debug)]
pub struct Build {
    /// The target's triple.
    pub target: &'static str,
    /// The package's folder in the repository.
    pub package: &'static str,
    /// Cargo features, separated by commas.
    pub features: &'static str,
    /// Flags of the compiler.
    pub flags: &'static str,
    /// The folder of build products; builds that share most of what they are made of share one.
    pub folder: &'static str,
}

/// The target of pages.
pub const WASM: &str = "wasm32-unknown-unknown";
/// The target of boards.
pub const BOARD: &str = "thumbv7em-none-eabihf";

impl Build {
    /// Builds it in release, and returns a folder with its programs; why not, where the target is missing.
    /// Under `CI=true` the target is prepared first, which may take minutes.
    ///
    /// # Panics
    /// If it does not compile.
    pub fn release(&self) -> Result<PathBuf, String> {
        let script = workspace().join(".ci/targets.sh");
        let run = |commands: &str| {
            let mut bash = Command::new("bash");
            bash.args(["-c", &format!(". \"$0\"; {commands}")])
                .arg(&script)
                .current_dir(workspace().join(self.package))
                .env("RUSTFLAGS", self.flags)
                .env_remove("RUSTC_BOOTSTRAP")
                .stdin(Stdio::null());
            bash
        };
        ready(self.target)?;
        let folder = products().join(self.folder);
        std::fs::create_dir_all(&folder).expect("a folder for what is built");
        // One after another: with other features, programs of the same names go to the same place.
        let turn = std::fs::File::create(folder.join("turn")).expect("a file in that folder");
        turn.lock().expect("a file that is there can be locked");
        let status = run(
            "cargo_for \"$TRIPLE\" build --release --quiet --target-dir \"$FOLDER\" --features \"$FEATURES\"",
        )
        .env("TRIPLE", self.target)
        .env("FOLDER", &folder)
        .env("FEATURES", self.features)
        .status();
        assert!(
            status.is_ok_and(|status| status.success()),
            "{} does not build for {}",
            self.package,
            self.target
        );
        let kept = products().join(format!("{}-{}-programs", self.folder, self.features));
        self.keep_programs(&folder, &kept)
            .expect("programs can be copied");
        Ok(kept)
    }

    fn keep_programs(&self, folder: &Path, kept: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(kept)?;
        for built in std::fs::read_dir(folder.join(self.target).join("release"))? {
            let built = built?.path();
            let is_program = built.extension().is_none_or(|extension| extension == "wasm");
            if let Some(name) = built.file_name().filter(|_| is_program && built.is_file()) {
                // Whole at any moment: another test may be starting it.
                let whole = folder.join("copy");
                std::fs::copy(&built, &whole)?;
                std::fs::rename(whole, kept.join(name))?;
            }
        }
        Ok(())
    }
}

/// Whether programs can be built for a target without minutes of preparation; why not, otherwise. Under `CI=true`
/// they can.
pub fn ready(target: &str) -> Result<(), String> {
    let status = Command::new("bash")
        .args(["-c", ". .ci/targets.sh; target_ready \"$0\"", target])
        .current_dir(workspace())
        .stdin(Stdio::null())
        .status();
    let ci = std::env::var("CI").as_deref() == Ok("true");
    if ci || status.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    Err(format!(
        "there is no library for {target}; `rustup target add {target}` gets it"
    ))
}

/// Folder of the programs for other targets, and of what is written down of them, beside those of
/// the tests.
///
/// # Panics
/// If this is no test.
#[must_use]
pub fn products() -> PathBuf {
    // The tests' own executable lies in TARGET/PROFILE/deps.
    let test = std::env::current_exe().expect("a test knows its own path");
    let target = test.ancestors().nth(3).expect("tests lie in TARGET/PROFILE/deps");
    target.join("targets")
}

/// The first of these programs that can be started.
#[must_use]
pub fn program<'a>(names: &[&'a str]) -> Option<&'a str> {
    names.iter().copied().find(|name| {
        let version = Command::new(name)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        version.is_ok_and(|status| status.success())
    })
}

/// Output of a board's program in QEMU, an instruction a nanosecond of the board's time. It runs in
/// `folder`, and is ended after so many seconds.
///
/// # Panics
/// If it fails, or does not end.
#[must_use]
pub fn on_board(qemu: &str, program: &Path, folder: &Path, seconds: u32) -> String {
    let output = Command::new("timeout")
        .arg(seconds.to_string())
        .arg(qemu)
        .args(["-M", "mps2-an386", "-icount", "shift=0"])
        .args(["-nographic", "-monitor", "none", "-serial", "none"])
        .args(["-semihosting-config", "enable=on,target=native", "-kernel"])
        .arg(program)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("timeout of coreutils starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{}: {} after\n{said}{}",
        program.display(),
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    said
}
