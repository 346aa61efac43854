//! `gan-lab render`: the viewer's picture, or a run's pictures in a row, without a display.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use gan_lab::animation::Animation;
use gan_lab::picture;
use lab::files::{self, FileError, Unfinished, opening};
use lab::{Command, Inline, Session as _};
use views::{App, View};

use super::train::progress_bar;
use crate::comparison::Comparison;
use crate::failure::Failure;
use crate::interruption;
use crate::size::Size;
use crate::start::Start;
use crate::theme::ThemeName;

/// Arguments of `render`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    start: Start,
    /// Begin with what a file holds: a recording, configuration, points, parameters or a model of GAN Lab's
    #[arg(long, value_name = "FILE", conflicts_with_all = ["preset", "target", "config"])]
    open: Option<PathBuf>,
    #[command(flatten)]
    comparison: Comparison,
    /// Epochs to train before [default: 2000, of a recording all it has]
    #[arg(long)]
    epochs: Option<u64>,
    /// Where to write the picture; with --every a picture each time, F-000000.png named by its epoch
    #[arg(long, value_name = "F.png", required_unless_present = "gif")]
    out: Option<PathBuf>,
    /// Epochs from one picture to the next, from the beginning to --epochs, which is one in any case
    #[arg(long, value_name = "EPOCHS", value_parser = clap::value_parser!(u64).range(1..))]
    every: Option<u64>,
    /// Where to write the pictures as an animation, which rests at its end and repeats
    #[arg(long, value_name = "F.gif", requires = "every")]
    gif: Option<PathBuf>,
    /// Pictures a second of --gif, 1 to 50: the nearest that a GIF can, whose steps are hundredths of a second
    #[arg(long, value_name = "N", requires = "gif", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=50))]
    fps: u32,
    /// Width and height in pixels
    #[arg(long, default_value = "1280x800")]
    size: Size,
    /// What to show
    #[arg(long, value_enum, default_value = "lab")]
    view: ViewName,
    /// Colours
    #[arg(long, value_enum, default_value = "light")]
    theme: ThemeName,
}

#[derive(Clone, Copy, ValueEnum)]
enum ViewName {
    /// All that the window shows
    Lab,
    /// The layered distributions alone
    Layers,
    /// The model overview graph alone
    Overview,
}

/// Epochs trained where nothing else is said.
const EPOCHS: u64 = 2000;
/// How long an animation rests on its last picture.
const REST: Duration = Duration::from_secs(2);
/// Epochs between two looks at whether to stop.
const STINT: u64 = 1000;
/// Digits of a picture's number; a longer run has more.
const DIGITS: usize = 6;

/// Trains, paints, writes.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let experiment = arguments.start.experiment()?;
    let open = arguments.open.as_ref();
    let open = open.map(|path| opening::command(path, &experiment)).transpose()?;
    let compare = arguments.comparison.command(&experiment, open.as_ref())?;
    let end = arguments.epochs.unwrap_or(match &open {
        Some(Command::Open(recording)) => recording.end(),
        _ => EPOCHS,
    });
    let first = arguments.out.as_deref().map(|out| named(arguments, out, 0, end));
    let written: Vec<&Path> = first
        .as_deref()
        .into_iter()
        .chain(arguments.gif.as_deref())
        .collect();
    files::check_writable(&written)?;
    let mut run = Inline::new(experiment);
    open.into_iter()
        .chain(compare)
        .for_each(|command| run.send(command));
    let mut pictures = Pictures::begin(arguments, end)?;
    interruption::wait_for_it()?;
    let progress = progress_bar(end);
    let mut outcome = Ok(());
    loop {
        let now = run.latest().epoch_of_both();
        progress.set_position(now);
        let last = outcome.is_err() || now >= end;
        if last || arguments.every.is_some_and(|every| now.is_multiple_of(every)) {
            pictures.take(&mut run, last)?;
        }
        if last {
            break;
        }
        if interruption::asked() {
            progress.finish_and_clear();
            return Err(Failure::NotSo(pictures.stopped(now)));
        }
        let due = arguments
            .every
            .map_or(u64::MAX, |every| (now / every + 1).saturating_mul(every));
        outcome = run.run_epochs(due.min(end).min(now.saturating_add(STINT)) - now);
    }
    progress.finish_and_clear();
    pictures.finish()?;
    // The pictures are there and show how far the run came; the exit code says that it was not to the end.
    match outcome {
        Ok(()) => Ok(()),
        Err(diverged) => Err(Failure::NotSo(diverged.to_string())),
    }
}

/// Path of an epoch's picture.
fn named(arguments: &Arguments, out: &Path, epoch: u64, end: u64) -> PathBuf {
    if arguments.every.is_none() {
        return out.to_owned();
    }
    // All names have equally many digits, so that they sort by epoch.
    let digits = DIGITS.max(end.to_string().len());
    let mut name = out.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{epoch:0digits$}"));
    if let Some(extension) = out.extension() {
        name.push(".");
        name.push(extension);
    }
    out.with_file_name(name)
}

/// The pictures of a run, on their way into files.
struct Pictures<'a> {
    arguments: &'a Arguments,
    end: u64,
    animation: Option<(Animation<Unfinished>, &'a Path)>,
}

impl<'a> Pictures<'a> {
    fn begin(arguments: &'a Arguments, end: u64) -> Result<Self, FileError> {
        let begin = |path: &'a PathBuf| {
            let file = Unfinished::begin(path)?;
            let size = [arguments.size.width(), arguments.size.height()];
            let animation = Animation::new(file, size).map_err(|error| files::not_written(path, &error))?;
            Ok((animation, path.as_path()))
        };
        Ok(Self {
            arguments,
            end,
            animation: arguments.gif.as_ref().map(begin).transpose()?,
        })
    }

    /// Takes a picture of the run as it is.
    fn take(&mut self, run: &mut Inline, last: bool) -> Result<(), Failure> {
        let Arguments {
            size, theme, view, ..
        } = *self.arguments;
        let mut app = App::new();
        app.show(match view {
            ViewName::Lab => View::Lab,
            ViewName::Layers => View::Layers,
            ViewName::Overview => View::Overview,
        });
        let frame = picture::paint(&mut app, run, [size.width(), size.height()], theme.into());
        if let Some(out) = &self.arguments.out {
            let png = picture::png(&frame).map_err(|error| {
                Failure::bad_input(format_args!("the picture cannot be encoded: {error}"))
            })?;
            files::write(&named(self.arguments, out, run.latest().epoch, self.end), &png)?;
        }
        if let Some((animation, path)) = &mut self.animation {
            let delay = if last {
                REST
            } else {
                Duration::from_secs(1) / self.arguments.fps
            };
            let added = animation.add(&frame, delay);
            added.map_err(|error| files::not_written(path, &error))?;
        }
        Ok(())
    }

    /// Says which pictures there are when somebody stopped the run.
    fn stopped(&self, epoch: u64) -> String {
        let unwritten = [self.arguments.out.as_deref(), self.arguments.gif.as_deref()];
        match (unwritten, self.arguments.every) {
            ([Some(out), _], None) => format!("stopped at epoch {epoch}: {} was not written", out.display()),
            ([_, Some(gif)], _) => format!("stopped at epoch {epoch}: {} was not written", gif.display()),
            _ => format!("stopped at epoch {epoch}: the pictures up to there are written"),
        }
    }

    fn finish(self) -> Result<(), FileError> {
        match self.animation {
            Some((animation, path)) => {
                let finished = animation.finish();
                finished
                    .map_err(|error| files::not_written(path, &error))?
                    .finish()
            }
            None => Ok(()),
        }
    }
}
