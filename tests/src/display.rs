//! A display of its own, without a screen, for tests and benches of the real window.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Ends a program when it goes out of scope.
pub struct Ending(
    /// The program.
    pub Child,
);

impl Drop for Ending {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An X server without a screen (Xvfb).
pub struct Display {
    name: String,
    _server: Ending,
}

impl Display {
    /// Starts one of this size in pixels; `None` where Xvfb is missing or does not start.
    #[must_use]
    pub fn open(width: u32, height: u32) -> Option<Self> {
        let screen = format!("{width}x{height}x24");
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-noreset",
                "-nolisten",
                "tcp",
                "-screen",
                "0",
                &screen,
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let output = server.stdout.take()?;
        let server = Ending(server);
        let mut number = String::new();
        // It tells the number it chose once it is ready, and nothing where it cannot start.
        BufReader::new(output).read_line(&mut number).ok()?;
        let number: u32 = number.trim().parse().ok()?;
        Some(Self {
            name: format!(":{number}"),
            _server: server,
        })
    }

    /// Value that `DISPLAY` must have.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}
