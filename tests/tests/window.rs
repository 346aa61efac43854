//! A real window: opened on a display without a screen (Xvfb), clicked with a mouse, looked at. If
//! a tool is missing the test says so and is skipped.

use std::time::Duration;

use egui::Rect;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use gan_lab_tests::desk::{Desk, HEIGHT, Picture, WIDTH, part};
use lab::{Experiment, Inline};
use views::App;

/// Place of the widget of this name in a window of the same size.
fn place_of(name: &str) -> Rect {
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

fn seen(picture: &Picture, rect: Rect) -> Picture {
    part(
        picture,
        [rect.left(), rect.top(), rect.width(), rect.height()].map(|length| length as u32),
    )
}

#[test]
fn without_its_device_the_window_trains_on_the_processor_and_says_so() {
    let arguments = [
        "--seed",
        "13",
        "--paused",
        "--backend",
        "vulkan",
        "--device",
        "no such card",
    ];
    let Some(desk) = Desk::open(&arguments) else {
        return;
    };
    let (play, epoch) = (place_of("Play").center(), place_of("Epoch 000,000"));
    let row = [40, HEIGHT as u32 - 18, 900, 16];
    let still = desk.wait("a sentence in the colour of alarms", |picture| {
        let alarming = |pixel: &image::Rgb<u8>| pixel[0] > 180 && pixel[1] < 90 && pixel[2] < 90;
        part(picture, row).pixels().any(alarming)
    });
    desk.click(play.into());
    desk.wait("the epoch counter moving", |picture| {
        seen(picture, epoch) != seen(&still, epoch)
    });
}

#[test]
fn play_is_clicked_and_the_epoch_counter_moves() {
    let Some(mut desk) = Desk::open(&["--paused", "--seed", "13"]) else {
        return;
    };
    let (play, epoch) = (place_of("Play").center(), place_of("Epoch 000,000"));
    let still = desk.picture();
    std::thread::sleep(Duration::from_millis(300));
    let later = desk.picture();
    assert!(
        seen(&still, epoch) == seen(&later, epoch),
        "paused, and yet the counter moved"
    );

    desk.click(play.into());
    let moved = desk.wait("the epoch counter moving", |picture| {
        seen(picture, epoch) != seen(&still, epoch)
    });
    desk.wait("the epoch counter moving on", |picture| {
        seen(picture, epoch) != seen(&moved, epoch)
    });

    // The same button pauses.
    desk.click(play.into());
    std::thread::sleep(Duration::from_millis(500));
    let paused = desk.picture();
    std::thread::sleep(Duration::from_millis(300));
    assert!(
        seen(&paused, epoch) == seen(&desk.picture(), epoch),
        "paused again, and yet it moved"
    );
    assert_eq!(desk.ended(), None, "the window is still open");
}
