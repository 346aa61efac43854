//! `gan-lab view`: the viewer, in a window.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use lab::files::{self, FileError, opening};
use lab::run::backends::OnBackend;
use lab::sweep::Survey;
use lab::{Command, Experiment, Pace, Session, Threaded, Trainer};
use views::App;

use gan_lab::window::{self, PixelsPerPoint, WindowError, WindowOptions};

use crate::backend::{self, BackendName};
use crate::comparison::Comparison;
use crate::failure::Failure;
use crate::size::Size;
use crate::start::Start;
use crate::theme::ThemeName;

/// Arguments of `view`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    start: Start,
    /// Begin with what a file holds: a recording, configuration, points, parameters or a model of GAN Lab's
    #[arg(long, value_name = "FILE", conflicts_with_all = ["preset", "target", "config"])]
    open: Option<PathBuf>,
    #[command(flatten)]
    comparison: Comparison,
    /// Where to train; where it cannot be, the processor does, and the window says so
    #[arg(long, value_enum, default_value = "cpu")]
    backend: BackendName,
    /// The Vulkan device, by a part of its name; the best one if left out
    #[arg(long, value_name = "NAME", requires = "backend")]
    device: Option<String>,
    /// Pixels per point: 2 suits a display with twice the usual dots per inch
    #[arg(long, default_value = "1", value_parser = pixels_per_point)]
    scale: PixelsPerPoint,
    /// Size of the window, in pixels [default: 1280x800 times --scale]
    #[arg(long)]
    size: Option<Size>,
    /// Colours to begin with; a button in the window changes them
    #[arg(long, value_enum, default_value = "light")]
    theme: ThemeName,
    /// Wait for the play button instead of beginning to train at once
    #[arg(long)]
    paused: bool,
    /// Show the map of a sweep whose table this is, to open its runs; points of its drawing with --data
    #[arg(long, value_name = "F.csv")]
    sweep: Option<PathBuf>,
    /// Write the run down as it happens, for `gan-lab replay`; a restart goes on in F-2.toml, and so on
    #[arg(long, value_name = "F.toml")]
    record: Option<PathBuf>,
}

fn pixels_per_point(text: &str) -> Result<PixelsPerPoint, String> {
    let number = text.parse().map_err(|_| "not a number".to_owned())?;
    PixelsPerPoint::new(number).ok_or_else(|| "must be from 0.25 to 8".to_owned())
}

/// Opens the window and stays until it is closed.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let experiment = arguments.start.experiment()?;
    let open = arguments.open.as_ref();
    let open = open.map(|path| opening::command(path, &experiment)).transpose()?;
    let compare = arguments.comparison.command(&experiment, open.as_ref())?;
    files::check_writable(arguments.record.as_slice())?;
    let context = egui::Context::default();
    views::install_style(&context);
    context.set_theme(egui::Theme::from(arguments.theme));
    let mut app = App::new();
    if let Some(path) = &arguments.sweep {
        app.show_sweep(Arc::new(Survey::load(path, experiment.drawing())?));
    }
    let size = match arguments.size {
        Some(size) => [size.width(), size.height()],
        // A window shows equally much at every scale.
        None => [1280.0, 800.0].map(|points: f32| (points * arguments.scale.get()).round() as usize),
    };
    let options = WindowOptions {
        title: "gan-lab".to_owned(),
        size,
        scale: arguments.scale,
        close_after: None,
    };
    // Begun with the first picture: where there is no window, an old recording stays as it is.
    let mut run: Option<Result<Threaded, FileError>> = None;
    let shown = window::run(options, &context, |ui| {
        let asked = || open.clone().into_iter().chain(compare.clone()).collect();
        match run.get_or_insert_with(|| begin(arguments, &experiment, asked(), &context)) {
            Ok(run) => app.ui(ui, run),
            Err(_) => context.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    });
    match shown {
        Ok(_) => match run {
            Some(run) => Ok(run?.close()?),
            None => Ok(()),
        },
        Err(error @ (WindowError::NoDisplay | WindowError::NoLibrary { .. })) => {
            Err(Failure::bad_input(format_args!(
                "{error}; `gan-lab render` paints the picture to a file and `gan-lab train` trains without one"
            )))
        }
        Err(error) => Err(Failure::bad_input(error)),
    }
}

/// The run in the window, which it wakes.
fn begin(
    arguments: &Arguments,
    experiment: &Experiment,
    asked: Vec<Command>,
    context: &egui::Context,
) -> Result<Threaded, FileError> {
    let mut trainer = match &arguments.record {
        Some(path) => Trainer::recorded(experiment.clone(), path)?,
        None => Trainer::new(experiment.clone()),
    };
    if arguments.backend == BackendName::Vulkan {
        match backend::opened(arguments.device.as_deref()) {
            Ok(population) => trainer.train_at(Box::new(OnBackend::new(population))),
            Err(problem) => trainer.train_here_instead(&problem),
        }
    }
    let waker = context.clone();
    let mut run = Threaded::of(trainer, move || waker.request_repaint());
    run.send(Command::SetPace(Pace::BRISK));
    let play = match asked.first() {
        Some(Command::Open(_)) => Command::Retrace,
        _ => Command::Play,
    };
    let play = (!arguments.paused).then_some(play);
    asked
        .into_iter()
        .chain(play)
        .for_each(|command| run.send(command));
    Ok(run)
}
