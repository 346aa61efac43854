//! Chromium without a screen.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::display::Ending;
use crate::targets::program;

/// Opens a page in a Chromium that knows nothing, and forgets everything in `folder`; why not, where there is none.
/// It goes when what is returned does.
///
/// # Panics
/// If it is there but does not start.
pub fn open(url: &str, folder: &Path) -> Result<Ending, String> {
    let name = program(&["chromium", "chromium-browser", "google-chrome"])
        .ok_or("Chromium is not installed (Debian's package is chromium)")?;
    let profile = format!("--user-data-dir={}", folder.display());
    let child = Command::new(name)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
        ])
        // It asks nobody else for anything.
        .args([
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ])
        .args([&profile, "--remote-debugging-port=0", url])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    Ok(Ending(child.expect("Chromium starts")))
}
