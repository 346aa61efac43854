//! The window: from nothing to the first picture, frames/s, the worst frame; and training at full speed
//! beside it against `train` alone.
//!
//! Opens a window of 1280×800 for some seconds on the display there is, or on Xvfb. Not Criterion's:
//! the two speeds are of one run each, taken in turn, and printed.

use std::fmt::{self, Display, Formatter};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use gan_core::Preset;
use gan_lab::window::{self, WindowOptions};
use gan_lab_tests::display;
use lab::{Command as Ask, Experiment, Pace, Session, Threaded, Trainer};
use views::{App, Layer, LayerSet, Resolution};

const TIME: Duration = Duration::from_secs(6);

fn main() -> ExitCode {
    // `cargo test --benches` asks only whether it starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    if std::env::var_os("DISPLAY").is_none() {
        let Some(display) = display::Display::open(1280, 800) else {
            println!("skipped: no display, and no Xvfb to make one");
            return ExitCode::SUCCESS;
        };
        let program = std::env::current_exe().expect("a program knows its own path");
        let status = Command::new(program)
            .arg("--bench")
            .env("DISPLAY", display.name())
            .status();
        return if status.is_ok_and(|status| status.success()) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        };
    }
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<(), window::WindowError> {
    println!("training at full speed beside the window:");
    for (name, preset) in ["line", "gaussians", "ring", "disjoint"]
        .into_iter()
        .zip(Preset::ALL)
    {
        let experiment = Experiment::preset(preset, 13);
        let alone = alone(&experiment);
        let seen = open(experiment, TIME, |_, _| {})?;
        println!(
            "{name:<26} {seen}, {:7.0} epochs/s, {alone:7.0} alone: {:3.0} %",
            seen.epochs_per_second,
            100.0 * seen.epochs_per_second / alone
        );
    }
    println!("views, of the ring at full speed unless they say otherwise:");
    let ring = || Experiment::preset(Preset::Ring, 13);
    for (name, set_up) in VIEWS {
        println!("{name:<26} {}", open(ring(), TIME / 2, set_up)?);
    }
    Ok(())
}

type SetUp = fn(&mut App, &mut Threaded);

/// Views that cost frames something.
const VIEWS: [(&str, SetUp); 6] = [
    ("heatmap per pixel", |app, _| {
        app.set_resolution(Resolution::PerPixel)
    }),
    ("all six layers", |app, _| {
        *app.layers_mut() = LayerSet::of(&Layer::ALL)
    }),
    ("the warp, half way", |app, _| app.set_warp(Some(0.5))),
    ("editing", |app, _| app.toggle_edit()),
    ("one epoch a frame", |_, run| {
        run.send(Ask::SetPace(Pace::AS_IN_GAN_LAB))
    }),
    ("slow motion, formulas", |app, run| {
        app.show_formulas();
        run.send(Ask::SetPace(Pace::SLOW_MOTION));
    }),
];

/// Epochs a second without a picture.
fn alone(experiment: &Experiment) -> f64 {
    let mut trainer = Trainer::<gan_core::Reference>::new(experiment.clone());
    let begun = Instant::now();
    while begun.elapsed() < TIME / 2 {
        trainer.run_epochs(100).expect("it does not diverge");
    }
    trainer.gan().epoch() as f64 / begun.elapsed().as_secs_f64()
}

/// Measurements of a window.
struct Seen {
    /// From nothing to the first picture on the screen, in milliseconds.
    first: f64,
    frames_per_second: f64,
    /// The longest frame after the first, in milliseconds.
    worst: f64,
    epochs_per_second: f64,
}

impl Display for Seen {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self {
            first,
            frames_per_second,
            worst,
            ..
        } = self;
        write!(
            f,
            "first frame after {first:4.0} ms, {frames_per_second:5.1} frames/s, worst frame {worst:5.1} ms"
        )
    }
}

/// Opens a window for some time, as `gan-lab view` does, with training at full speed.
fn open(experiment: Experiment, time: Duration, set_up: SetUp) -> Result<Seen, window::WindowError> {
    let begun = Instant::now();
    let context = egui::Context::default();
    views::install_style(&context);
    let mut app = App::new();
    let waker = context.clone();
    let mut run = Threaded::new(experiment, move || waker.request_repaint());
    run.send(Ask::SetPace(Pace::Full));
    run.send(Ask::Play);
    set_up(&mut app, &mut run);
    let options = WindowOptions {
        close_after: Some(time),
        ..WindowOptions::default()
    };
    let mut first: Option<(Instant, u64)> = None;
    let mut last = (0.0, 0);
    let statistics = window::run(options, &context, |ui| {
        let (begun, _) = *first.get_or_insert_with(|| (Instant::now(), run.latest().epoch));
        app.ui(ui, &mut run);
        last = (begun.elapsed().as_secs_f64(), run.latest().epoch);
    })?;
    let (seconds, epoch) = last;
    let (first, epoch_then) = first.unwrap_or((begun, 0));
    Ok(Seen {
        first: first.duration_since(begun).as_secs_f64() * 1e3 + statistics.first_ms(),
        frames_per_second: statistics.frames() as f64 / statistics.open().as_secs_f64(),
        worst: statistics.worst_ms().unwrap_or(f64::NAN),
        epochs_per_second: (epoch - epoch_then) as f64 / seconds,
    })
}
