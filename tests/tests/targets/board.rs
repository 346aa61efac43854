//! A Cortex-M4F in QEMU: the rows, and the program that trains and draws a recording.

use std::collections::HashMap;
use std::path::Path;

use gan_core::Reference;
use gan_lab_tests::elf::{bytes, sections};
use gan_lab_tests::hashes::{compare, rows, words};
use gan_lab_tests::targets::{BOARD, Build, on_board, products, program};
use gan_lab_tests::{fixture, skip};
use image::RgbImage;
use lab::recording::{Recording, Replay};

/// The colours on the board, which does not know egui.
#[path = "../../../frontends/firmware/src/picture/colours.rs"]
#[allow(dead_code, reason = "of these only some have a like in the palette")]
mod colours;

/// Addresses of `frontends/firmware/memory.x`.
const FLASH: std::ops::Range<u32> = 0..0x1000_0000;
const RAM: std::ops::Range<u32> = 0x2000_0000..0x2100_0000;
const DISPLAY: std::ops::Range<u32> = 0x2100_0000..0x2200_0000;

const FIRMWARE: Build = Build {
    target: BOARD,
    package: "frontends/firmware",
    features: "",
    flags: "",
    folder: "board",
};

fn qemu() -> Option<&'static str> {
    let qemu = program(&["qemu-system-arm"]);
    if qemu.is_none() {
        skip("QEMU for Arm is not installed (Debian's package is qemu-system-arm)");
    }
    qemu
}

#[test]
fn board_gives_the_hashes() {
    let Some(qemu) = qemu() else { return };
    let programs = match FIRMWARE.release() {
        Ok(programs) => programs,
        Err(why) => return skip(&why),
    };
    let rows = rows();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rows.bin"), words(&rows)).unwrap();
    let said = on_board(qemu, &programs.join("rows"), folder.path(), 540);
    let hashes: Vec<String> = said.lines().map(str::to_owned).collect();
    compare("Cortex-M4F", &rows, &hashes);
    println!("Cortex-M4F: {} rows", rows.len());
}

/// Output of the board's program, and the room it takes.
struct Report {
    figures: HashMap<String, u64>,
    profile: String,
    last: String,
    picture: RgbImage,
    flash: u32,
    ram: u32,
    display: u32,
}

impl Report {
    fn of(qemu: &str, program: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let said = on_board(qemu, program, folder.path(), 540);
        let mut lines = said.lines();
        let (mut figures, mut profile, mut last) = (HashMap::new(), String::new(), String::new());
        for line in lines.by_ref().take_while(|line| *line != "picture 320 240") {
            match line.split_once(' ') {
                Some(("profile", name)) => profile = name.to_owned(),
                Some(("epoch", _)) => last = line.to_owned(),
                Some((name, figure)) => {
                    figures.insert(name.to_owned(), figure.parse().unwrap());
                }
                None => panic!("the board says '{line}'"),
            }
        }
        let file = std::fs::read(program).unwrap();
        let sections = sections(&file).expect("a program of 32 bits");
        let initial = sections
            .iter()
            .filter(|section| section.filled && RAM.contains(&section.address));
        Self {
            figures,
            profile,
            last,
            picture: picture(lines),
            // Initial contents of RAM lie in flash too.
            flash: bytes(&sections, FLASH) + initial.map(|section| section.size).sum::<u32>(),
            ram: bytes(&sections, RAM),
            display: bytes(&sections, DISPLAY),
        }
    }

    fn figure(&self, name: &str) -> u64 {
        *self
            .figures
            .get(name)
            .unwrap_or_else(|| panic!("the board does not say {name}"))
    }

    /// Prints the figures, and keeps them as a file beside the programs.
    fn print(&self) {
        let text = format!(
            "{}: {}\n\
             flash {} bytes, RAM {} bytes ({} of them the run's), stack {} bytes in training and {} in drawing, \
             display {} bytes\n\
             instructions: {} to set up, {} an epoch, {} the picture\n",
            self.profile,
            self.last,
            self.flash,
            self.ram,
            self.figure("training-bytes"),
            self.figure("stack-training"),
            self.figure("stack-picture"),
            self.display,
            self.figure("instructions-set-up"),
            self.figure("instructions-per-epoch"),
            self.figure("instructions-picture"),
        );
        print!("{text}");
        let path = products().join(format!("board-{}.txt", self.profile));
        std::fs::write(path, text).unwrap();
    }
}

/// Pixels of 5, 6 and 5 bits in hexadecimal digits, as 24 bits.
fn picture<'a>(rows: impl Iterator<Item = &'a str>) -> RgbImage {
    let rows: Vec<&str> = rows.collect();
    assert_eq!(rows.len(), 240, "rows of the picture");
    RgbImage::from_fn(320, 240, |x, y| {
        let digits = &rows[y as usize][4 * x as usize..][..4];
        let pixel = u16::from_str_radix(digits, 16).unwrap();
        let channel = |shift: u16, most: u16| ((pixel >> shift & most) * 255 / most) as u8;
        image::Rgb([channel(11, 31), channel(5, 63), channel(0, 31)])
    })
}

#[test]
fn board_trains_and_draws_the_recording() {
    let Some(qemu) = qemu() else { return };
    let programs = match FIRMWARE.release() {
        Ok(programs) => programs,
        Err(why) => return skip(&why),
    };
    let report = Report::of(qemu, &programs.join("board"));
    report.print();

    let (recording, _) = Recording::load(&fixture("targets/board.toml")).unwrap();
    let named = recording.checkpoints.taken();
    assert_eq!(report.figure("states-as-recorded"), named.len() as u64);
    let (end, hash) = named.last().map(|last| (last.epoch, last.hash)).unwrap();
    assert!(
        report.last.starts_with(&format!("epoch {end} ")) && report.last.ends_with(&format!(" hash {hash}")),
        "{}",
        report.last
    );

    let stack = report
        .figure("stack-training")
        .max(report.figure("stack-picture"));
    assert!(
        u64::from(report.ram) + stack <= 256 * 1024,
        "RAM {} + {stack}",
        report.ram
    );
    assert!(report.flash <= 256 * 1024, "flash {}", report.flash);
    assert_eq!(report.display, 2 * 320 * 240);

    let path = fixture("targets/board.png");
    if std::env::var_os("GAN_LAB_REFRESH").is_some() {
        report.picture.save(&path).unwrap();
    }
    let golden = image::open(&path).unwrap().into_rgb8();
    let differing = golden
        .pixels()
        .zip(report.picture.pixels())
        .filter(|(a, b)| a != b)
        .count();
    if differing > 0 || golden.dimensions() != report.picture.dimensions() {
        let own = Path::new(env!("CARGO_TARGET_TMPDIR")).join("board.png");
        report.picture.save(&own).unwrap();
        panic!(
            "{differing} pixels differ from the stored picture; see {}",
            own.display()
        );
    }
}

/// Its gain is in drawing the atlases, which are `f64` in the reference, in software on such a board.
#[test]
fn micromath_begins_sooner_and_claims_no_hash_of_the_reference() {
    let Some(qemu) = qemu() else { return };
    let micromath = Build {
        features: "micromath",
        ..FIRMWARE
    };
    let programs = match micromath.release() {
        Ok(programs) => programs,
        Err(why) => return skip(&why),
    };
    let report = Report::of(qemu, &programs.join("board"));
    report.print();
    assert_eq!(report.profile, "micromath");
    let (recording, _) = Recording::load(&fixture("targets/board.toml")).unwrap();
    let hash = recording.checkpoints.taken().last().unwrap().hash.to_string();
    assert!(!report.last.ends_with(&hash), "another profile's hash");
    let set_up = report.figure("instructions-set-up");
    assert!(
        set_up < 10_000_000,
        "{set_up} instructions, the reference 31 million"
    );
}

/// The same file is the desktop's.
#[test]
fn the_boards_recording_is_one_here_too() {
    let (recording, _) = Recording::load(&fixture("targets/board.toml")).unwrap();
    let end = recording.end();
    let mut replay = Replay::<Reference>::new(recording).unwrap();
    replay.run_to(end).unwrap();
    assert_eq!(replay.verified(), replay.recording().checkpoints.taken().len());
}

#[test]
fn colours_are_the_palettes() {
    let palette = views::palette::Palette::LIGHT;
    let same = |ours: colours::Colour, theirs: egui::Color32| {
        assert_eq!(ours.0, [theirs.r(), theirs.g(), theirs.b()]);
    };
    same(colours::REAL, palette.real);
    same(colours::FAKE, palette.fake);
    same(colours::GENERATOR, palette.generator);
    same(colours::DISCRIMINATOR, palette.discriminator);
    same(colours::PAPER, palette.paper);
    same(colours::HAIRLINE, palette.hairline);
    same(colours::INK, palette.ink);
    same(colours::FAINT, palette.faint);
    for score in 0..=1000 {
        let score = score as f32 / 1000.0;
        same(colours::prediction(score), palette.prediction(score));
    }
}
