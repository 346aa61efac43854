//! `gan-lab render`: the viewer's picture, without a display.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gan_lab::picture;
use lab::Inline;
use lab::files;
use views::{App, View};

use crate::failure::Failure;
use crate::size::Size;
use crate::start::Start;
use crate::theme::ThemeName;

/// Arguments of `render`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    start: Start,
    /// Epochs to train before
    #[arg(long, default_value_t = 2000)]
    epochs: u64,
    /// Where to write the picture
    #[arg(long, value_name = "F.png")]
    out: PathBuf,
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

/// Trains, paints, writes.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    files::check_writable(&[&arguments.out])?;
    let mut run = Inline::new(arguments.start.experiment()?);
    let outcome = run.run_epochs(arguments.epochs);
    let mut app = App::new();
    app.show(match arguments.view {
        ViewName::Lab => View::Lab,
        ViewName::Layers => View::Layers,
        ViewName::Overview => View::Overview,
    });
    let size = [arguments.size.width(), arguments.size.height()];
    let frame = picture::paint(&mut app, &mut run, size, arguments.theme.into());
    let png = picture::png(&frame)
        .map_err(|error| Failure::bad_input(format_args!("the picture cannot be encoded: {error}")))?;
    files::write(&arguments.out, &png)?;
    // The picture is there and shows how far the run came; the exit code says that it was not to the end.
    match outcome {
        Ok(()) => Ok(()),
        Err(diverged) => Err(Failure::NotSo(diverged.to_string())),
    }
}
