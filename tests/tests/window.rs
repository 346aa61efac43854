//! A real window: opened on a display without a screen (Xvfb), clicked with a mouse (xdotool), looked at
//! (ImageMagick's `import`). Where one of them is missing the test says so and is skipped.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use gan_lab_tests::display::{Display, Ending};
use gan_lab_tests::{gan_lab, skip};
use image::RgbImage;
use lab::{Experiment, Inline};
use views::App;

const WIDTH: u32 = 1280;
const HEIGHT: u32 = 800;

/// A display with hands and eyes.
struct Desk(Display);

impl Desk {
    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).env("DISPLAY", self.0.name());
        command
    }

    fn picture(&self) -> RgbImage {
        let shot = self
            .command("import", &["-window", "root", "png:-"])
            .output()
            .expect("import starts");
        image::load_from_memory(&shot.stdout)
            .expect("import gives a PNG")
            .into_rgb8()
    }

    fn click(&self, x: f32, y: f32) {
        let place = [format!("{x:.0}"), format!("{y:.0}")];
        let xdotool = |arguments: &[&str]| {
            let status = self
                .command("xdotool", arguments)
                .status()
                .expect("xdotool starts");
            assert!(status.success(), "xdotool {arguments:?}");
        };
        xdotool(&["mousemove", &place[0], &place[1]]);
        std::thread::sleep(Duration::from_millis(80));
        xdotool(&["mousedown", "1"]);
        std::thread::sleep(Duration::from_millis(80));
        xdotool(&["mouseup", "1"]);
    }

    /// Looks until what it sees is as it should be.
    fn wait(&self, what: &str, seen: impl Fn(&RgbImage) -> bool) -> RgbImage {
        let begun = Instant::now();
        loop {
            let picture = self.picture();
            if seen(&picture) {
                return picture;
            }
            if begun.elapsed() > Duration::from_secs(60) {
                let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/window.png");
                picture.save(path).unwrap();
                panic!("never seen: {what}; the last picture is the target folder's tmp/window.png");
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

fn colours(picture: &RgbImage) -> usize {
    let mut colours: Vec<_> = picture.pixels().map(|pixel| pixel.0).collect();
    colours.sort_unstable();
    colours.dedup();
    colours.len()
}

fn part(picture: &RgbImage, rect: egui::Rect) -> RgbImage {
    let (x, y) = (rect.left() as u32, rect.top() as u32);
    image::imageops::crop_imm(picture, x, y, rect.width() as u32, rect.height() as u32).to_image()
}

/// Where a widget of this name is in a window of the same size.
fn place_of(name: &str) -> egui::Rect {
    let run = Inline::new(Experiment::preset(Preset::Ring, 13));
    let size = [WIDTH as f32, HEIGHT as f32];
    let mut harness = Harness::builder().with_size(size).build_ui_state(
        |ui, (app, run): &mut (App, Inline)| app.ui(ui, run),
        (App::new(), run),
    );
    views::install_style(&harness.ctx);
    harness.run_steps(3);
    harness.get_by_label(name).rect()
}

#[test]
fn play_is_clicked_and_the_epoch_counter_moves() {
    for (program, flag) in [("Xvfb", "-help"), ("xdotool", "version"), ("import", "-version")] {
        if !installed(program, flag) {
            return skip(&format!("{program} is not installed"));
        }
    }
    let Some(display) = Display::open(WIDTH, HEIGHT) else {
        return skip("Xvfb does not start");
    };
    let display = Desk(display);
    let mut program = gan_lab();
    program
        .args(["--paused", "--seed", "13"])
        .env("DISPLAY", display.0.name());
    let mut window = Ending(program.stderr(Stdio::piped()).spawn().expect("gan-lab starts"));
    std::thread::sleep(Duration::from_millis(500));
    if let Ok(Some(_)) = window.0.try_wait() {
        let mut message = String::new();
        BufReader::new(window.0.stderr.take().expect("a pipe"))
            .read_line(&mut message)
            .unwrap();
        assert!(message.contains("libX11"), "gan-lab ended: {message}");
        return skip(&message);
    }

    let (play, epoch) = (place_of("Play"), place_of("Epoch 000,000"));
    let still = display.wait("a window with pictures in it", |picture| colours(picture) > 200);
    std::thread::sleep(Duration::from_millis(300));
    let later = display.picture();
    assert!(
        part(&still, epoch) == part(&later, epoch),
        "paused, and yet the counter moved"
    );

    display.click(play.center().x, play.center().y);
    let moved = display.wait("the epoch counter moving", |picture| {
        part(picture, epoch) != part(&still, epoch)
    });
    display.wait("the epoch counter moving on", |picture| {
        part(picture, epoch) != part(&moved, epoch)
    });

    // The same button pauses.
    display.click(play.center().x, play.center().y);
    std::thread::sleep(Duration::from_millis(500));
    let paused = display.picture();
    std::thread::sleep(Duration::from_millis(300));
    assert!(
        part(&paused, epoch) == part(&display.picture(), epoch),
        "paused again, and yet it moved"
    );
    assert!(window.0.try_wait().unwrap().is_none(), "the window is still open");
}
