//! A run as pictures in a row: a folder of them, an animation, and what is left when somebody stops it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use gan_lab_tests::{gan_lab, skip};
use gif::{ColorOutput, DecodeOptions, Repeat};

/// Small pictures of a small run.
const RUN: [&str; 9] = [
    "render", "--preset", "line", "--seed", "3", "--view", "overview", "--size", "640x400",
];

fn render(rest: &[&str]) -> Output {
    gan_lab().args(RUN).args(rest).output().expect("gan-lab starts")
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn pictures_in_a_row_are_those_of_shorter_runs() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (out, gif, single) = (path("p.png"), path("a.gif"), path("single.png"));
    let output = render(&[
        "--epochs",
        "20",
        "--every",
        "8",
        "--out",
        text(&out),
        "--gif",
        text(&gif),
        "--fps",
        "4",
    ]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let pictures = ["p-000000.png", "p-000008.png", "p-000016.png", "p-000020.png"];
    assert_eq!(names(folder.path()), [&["a.gif"], &pictures[..]].concat());
    for (epochs, name) in [("16", pictures[2]), ("20", pictures[3])] {
        assert!(
            render(&["--epochs", epochs, "--out", text(&single)])
                .status
                .success()
        );
        assert_eq!(
            fs::read(&single).unwrap(),
            fs::read(path(name)).unwrap(),
            "{name}"
        );
    }

    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    let mut decoder = options.read_info(fs::File::open(&gif).unwrap()).unwrap();
    assert_eq!(
        (decoder.width(), decoder.height(), decoder.repeat()),
        (640, 400, Repeat::Infinite)
    );
    let mut canvas = image::RgbImage::new(640, 400);
    let mut delays = Vec::new();
    for name in pictures {
        let frame = decoder.read_next_frame().unwrap().expect("a frame a picture");
        delays.push(frame.delay);
        for (at, pixel) in frame.buffer.as_chunks().0.iter().enumerate() {
            let (row, column) = (
                at as u32 / u32::from(frame.width),
                at as u32 % u32::from(frame.width),
            );
            if let [red, green, blue, 255] = *pixel {
                let place = (u32::from(frame.left) + column, u32::from(frame.top) + row);
                canvas.put_pixel(place.0, place.1, image::Rgb([red, green, blue]));
            }
        }
        // 256 colours for thousands: near in the mean, and nowhere far.
        let own = image::open(path(name)).unwrap().into_rgb8();
        let differences = canvas
            .iter()
            .zip(own.iter())
            .map(|(a, b)| u64::from(a.abs_diff(*b)));
        let (sum, most) = differences.fold((0, 0), |(sum, most), d| (sum + d, most.max(d)));
        let mean = sum as f64 / (3.0 * 640.0 * 400.0);
        assert!(
            mean < 0.5 && most < 100,
            "{name}: {mean} in the mean, {most} at most"
        );
    }
    assert_eq!(delays, [25, 25, 25, 200]);
    assert!(decoder.read_next_frame().unwrap().is_none());
}

#[test]
fn stopped_in_the_middle_the_old_animation_stays() {
    if !cfg!(unix) {
        skip("there is no Ctrl-C to send on this system");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let gif = folder.path().join("a.gif");
    fs::write(&gif, "old").unwrap();
    let child = gan_lab()
        .args(RUN)
        .args(["--epochs", "1000000", "--every", "1", "--gif", text(&gif)])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A temporary file with some pictures in it: then it listens too.
    let begun = Instant::now();
    let written = || {
        let entries = fs::read_dir(folder.path()).unwrap();
        entries
            .filter_map(|entry| entry.ok()?.metadata().ok())
            .map(|file| file.len())
            .max()
    };
    while written() < Some(50_000) {
        assert!(begun.elapsed() < Duration::from_secs(60), "no animation begins");
        std::thread::sleep(Duration::from_millis(20));
    }
    let interrupt = format!("kill -INT {}", child.id());
    assert!(
        Command::new("sh")
            .args(["-c", &interrupt])
            .status()
            .unwrap()
            .success()
    );
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("gan-lab: stopped at epoch ") && said.contains("a.gif was not written"),
        "{said}"
    );
    assert_eq!(names(folder.path()), ["a.gif"]);
    assert_eq!(fs::read(&gif).unwrap(), b"old");
}
