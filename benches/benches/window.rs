//! Training at full speed beside the window: frames/s and epochs/s there, and epochs/s of `train` alone.
//!
//! Opens a window of 1280×800 for some seconds on the display there is, or on Xvfb. Not Criterion's:
//! the two speeds are of one run each, taken in turn, and printed.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use gan_core::Preset;
use gan_lab::window::{self, WindowOptions};
use gan_lab_tests::display::Display;
use lab::{Command as Ask, Experiment, Pace, Session, Threaded, Trainer};
use views::App;

const TIME: Duration = Duration::from_secs(6);

fn main() -> ExitCode {
    // `cargo test --benches` asks only whether it starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    if std::env::var_os("DISPLAY").is_none() {
        let Some(display) = Display::open(1280, 800) else {
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
    for (name, preset) in ["line", "gaussians", "ring", "disjoint"]
        .into_iter()
        .zip(Preset::ALL)
    {
        let experiment = Experiment::preset(preset, 13);
        let alone = alone(&experiment);
        match beside_the_window(experiment) {
            Ok((frames, worst, epochs)) => println!(
                "{name:<10} {frames:5.1} frames/s (worst frame {worst:5.1} ms), {epochs:7.0} epochs/s beside the \
                 window, {alone:7.0} alone: {:3.0} %",
                100.0 * epochs / alone
            ),
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

/// Epochs a second without a picture.
fn alone(experiment: &Experiment) -> f64 {
    let mut trainer = Trainer::<gan_core::Reference>::new(experiment.clone());
    let begun = Instant::now();
    while begun.elapsed() < TIME / 2 {
        trainer.run_epochs(100).expect("it does not diverge");
    }
    trainer.gan().epoch() as f64 / begun.elapsed().as_secs_f64()
}

/// Frames a second, the worst frame in milliseconds, and epochs a second, with the window open.
fn beside_the_window(experiment: Experiment) -> Result<(f64, f64, f64), window::WindowError> {
    let context = egui::Context::default();
    views::install_style(&context);
    let mut app = App::new();
    let waker = context.clone();
    let mut run = Threaded::new(experiment, move || waker.request_repaint());
    run.send(Ask::SetPace(Pace::Full));
    run.send(Ask::Play);
    let options = WindowOptions {
        close_after: Some(TIME),
        ..WindowOptions::default()
    };
    let mut first: Option<(Instant, u64)> = None;
    let mut last = (0.0, 0);
    let statistics = window::run(options, &context, |ui| {
        app.ui(ui, &mut run);
        let epoch = run.latest().epoch;
        let (begun, _) = first.get_or_insert((Instant::now(), epoch));
        last = (begun.elapsed().as_secs_f64(), epoch);
    })?;
    let (seconds, epoch) = last;
    let begun = first.map_or(0, |(_, epoch)| epoch);
    let worst = statistics.worst_ms().unwrap_or(f64::NAN);
    Ok((
        statistics.frames() as f64 / statistics.open().as_secs_f64(),
        worst,
        (epoch - begun) as f64 / seconds,
    ))
}
