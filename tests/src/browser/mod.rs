//! Chromium without a screen: opened at a page, or with hands and eyes ([`Tab`]).

mod base64;
mod pipe;
mod tab;

use std::path::Path;
use std::process::{Command, Stdio};

use crate::display::Ending;
use crate::targets::program;

pub use tab::{Place, Size, Tab};

/// Name of Chromium's program where it is installed; the reason where it is not.
fn name() -> Result<&'static str, String> {
    let name = program(&["chromium", "chromium-browser", "google-chrome"]);
    Ok(name.ok_or("Chromium is not installed (Debian's package is chromium)")?)
}

/// It has no screen, and asks nobody else for anything.
const ALONE: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
];

/// Opens a page in a Chromium that knows nothing, and forgets everything in `folder`; why not, where there is none.
/// It goes when what is returned does.
///
/// # Panics
/// If it is there but does not start.
pub fn open(url: &str, folder: &Path) -> Result<Ending, String> {
    let profile = format!("--user-data-dir={}", folder.display());
    let child = Command::new(name()?)
        .args(ALONE)
        .args([&profile, "--remote-debugging-port=0", url])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    Ok(Ending(child.expect("Chromium starts")))
}
