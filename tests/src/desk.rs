//! A display of its own with hands and eyes: a mouse and a keyboard (xdotool), and somebody who looks
//! (ImageMagick's `import`).

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::display::{Display, Ending};
use crate::{gan_lab, skip};

/// Width of the display and of the window on it, in pixels.
pub const WIDTH: usize = 1280;
/// Height of both.
pub const HEIGHT: usize = 800;

/// A picture: packed pixels, three bytes each, row by row.
pub type Picture = image::RgbImage;

/// A display with a viewer on it.
pub struct Desk {
    // Ends before its display does.
    window: Ending,
    display: Display,
}

impl Desk {
    /// Opens the viewer with these arguments, and waits until there is something to see. If
    /// something for that is missing, says so (see [`skip`]) and gives `None`.
    ///
    /// # Panics
    /// If the viewer does not start, or nothing is to be seen.
    #[must_use]
    pub fn open(arguments: &[&str]) -> Option<Self> {
        for (program, flag) in [("Xvfb", "-help"), ("xdotool", "version"), ("import", "-version")] {
            if !installed(program, flag) {
                skip(&format!("{program} is not installed"));
                return None;
            }
        }
        let Some(display) = Display::open(WIDTH as u32, HEIGHT as u32) else {
            skip("Xvfb does not start");
            return None;
        };
        let mut program = gan_lab();
        program.args(arguments).env("DISPLAY", display.name());
        let window = Ending(program.stderr(Stdio::piped()).spawn().expect("gan-lab starts"));
        let mut desk = Self { window, display };
        std::thread::sleep(Duration::from_millis(500));
        if let Some(message) = desk.ended() {
            assert!(message.contains("libX11"), "gan-lab ended: {message}");
            skip(&message);
            return None;
        }
        desk.wait("a window with pictures in it", |picture| colours(picture) > 200);
        Some(desk)
    }

    /// First line that the viewer said when it ended, if it has.
    ///
    /// # Panics
    /// If it cannot be asked.
    pub fn ended(&mut self) -> Option<String> {
        self.window.0.try_wait().expect("a child can be asked")?;
        let mut message = String::new();
        if let Some(pipe) = self.window.0.stderr.take() {
            BufReader::new(pipe)
                .read_line(&mut message)
                .expect("a line of text");
        }
        Some(message)
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).env("DISPLAY", self.display.name());
        command
    }

    /// The display's contents now.
    ///
    /// # Panics
    /// If it cannot be seen.
    #[must_use]
    pub fn picture(&self) -> Picture {
        let shot = self
            .command("import", &["-window", "root", "png:-"])
            .output()
            .expect("import starts");
        image::load_from_memory(&shot.stdout)
            .expect("import gives a PNG")
            .into_rgb8()
    }

    fn xdotool(&self, arguments: &[&str]) {
        let status = self
            .command("xdotool", arguments)
            .status()
            .expect("xdotool starts");
        assert!(status.success(), "xdotool {arguments:?}");
    }

    /// Moves the mouse.
    pub fn point(&self, [x, y]: [f32; 2]) {
        self.xdotool(&["mousemove", &format!("{x:.0}"), &format!("{y:.0}")]);
        std::thread::sleep(Duration::from_millis(80));
    }

    /// Moves the mouse and clicks.
    pub fn click(&self, place: [f32; 2]) {
        self.point(place);
        self.xdotool(&["mousedown", "1"]);
        std::thread::sleep(Duration::from_millis(80));
        self.xdotool(&["mouseup", "1"]);
        std::thread::sleep(Duration::from_millis(80));
    }

    /// Drags from one place to another, over places between them.
    pub fn drag(&self, [x, y]: [f32; 2], to: [f32; 2]) {
        self.point([x, y]);
        self.xdotool(&["mousedown", "1"]);
        for share in [0.25, 0.5, 0.75, 1.0] {
            self.point([x + share * (to[0] - x), y + share * (to[1] - y)]);
        }
        self.xdotool(&["mouseup", "1"]);
        std::thread::sleep(Duration::from_millis(80));
    }

    /// Presses a key, named as X names it, so many times.
    pub fn press(&self, key: &str, times: usize) {
        self.xdotool(&["key", "--delay", "8", "--repeat", &times.to_string(), key]);
    }

    /// Looks until what is seen is as it should be.
    ///
    /// # Panics
    /// If that is not within a minute.
    pub fn wait(&self, what: &str, seen: impl Fn(&Picture) -> bool) -> Picture {
        let begun = Instant::now();
        loop {
            let picture = self.picture();
            if seen(&picture) {
                return picture;
            }
            if begun.elapsed() > Duration::from_secs(60) {
                let path = std::env::temp_dir().join("gan-lab-never-seen.png");
                picture.save(&path).expect("a picture can be kept");
                panic!("never seen: {what}; the last picture is {}", path.display());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn installed(program: &str, flag: &str) -> bool {
    Command::new(program)
        .arg(flag)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

fn colours(picture: &Picture) -> usize {
    let mut colours: Vec<_> = picture.pixels().map(|pixel| pixel.0).collect();
    colours.sort_unstable();
    colours.dedup();
    colours.len()
}

/// A part of a picture; left, top, width and height in pixels.
#[must_use]
pub fn part(picture: &Picture, [left, top, width, height]: [u32; 4]) -> Picture {
    image::imageops::crop_imm(picture, left, top, width, height).to_image()
}
