//! `gan-lab gallery`: every failure and its cure as a page of pictures, for a teacher's slides.
//!
//! The runs are those of the lessons that have one of each side by side ([`lab::lesson::exhibits`]), so what is
//! written beside a picture is what the lessons' tests check. The folder is made beside its place and moved there
//! when it is whole; nothing in it refers to anything outside of it.

mod chart;
mod page;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use gan_lab::picture;
use lab::checks::diagnosis::schedule;
use lab::lesson::{self, Exhibit};
use lab::{Inline, Recording, Series, Session as _, Snapshot};
use views::{App, View};

use super::train::progress_bar;
use crate::failure::Failure;
use crate::interruption;
use chart::Line;

/// Arguments of `gallery`.
#[derive(Args)]
pub struct Arguments {
    /// The folder to make; one that is there must be empty
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Pixels of a picture's side: two of them fill a slide.
const SIDE: usize = 560;

/// A run that was trained, and the names of its files.
struct Shown {
    recording: Recording,
    snapshot: Arc<Snapshot>,
    /// Name without ending: `7-a-discriminator-too-strong-failure`.
    name: String,
}

/// Trains, paints, writes, and puts it in its place.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let out = &arguments.out;
    let partial = partial(out)?;
    interruption::wait_for_it()?;
    let outcome = fill(&partial);
    match outcome {
        Ok(()) => put(&partial, out),
        Err(failure) => {
            // A half-made gallery is of no use; a failure to remove it does not matter then.
            let _ = std::fs::remove_dir_all(&partial);
            Err(failure)
        }
    }
}

/// Makes the folder to work in, beside the one that was asked for; an error where that is taken.
fn partial(out: &Path) -> Result<PathBuf, Failure> {
    let is_taken = match std::fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    };
    if is_taken {
        let what = "has something in it already, or is no folder: name one that is empty or not there yet";
        return Err(Failure::bad_input(format_args!("{}: {what}", out.display())));
    }
    let Some(name) = out.file_name() else {
        let what = "is no name for a folder: give it one, as in --out gallery";
        return Err(Failure::bad_input(format_args!("{}: {what}", out.display())));
    };
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}", std::process::id()));
    let partial = out.with_file_name(hidden);
    std::fs::create_dir(&partial).map_err(|error| not_made(out, &error))?;
    Ok(partial)
}

fn put(partial: &Path, out: &Path) -> Result<(), Failure> {
    // Windows does not rename onto a folder, not even an empty one.
    if out.is_dir() {
        std::fs::remove_dir(out).map_err(|error| not_made(out, &error))?;
    }
    std::fs::rename(partial, out).map_err(|error| not_made(out, &error))
}

fn not_made(out: &Path, error: &std::io::Error) -> Failure {
    Failure::bad_input(format_args!(
        "{} cannot be made ({error}): name a folder in one that you may write to",
        out.display()
    ))
}

fn fill(folder: &Path) -> Result<(), Failure> {
    let exhibits: Vec<Exhibit> = lesson::exhibits().collect();
    let progress = progress_bar(exhibits.iter().map(|exhibit| 2 * exhibit.epoch()).sum());
    let mut sections = Vec::new();
    for exhibit in &exhibits {
        let [failure, cure] = exhibit.failure_and_cure();
        let mut both = Vec::new();
        for (recording, what) in [(failure, "failure"), (cure, "cure")] {
            if interruption::asked() {
                progress.finish_and_clear();
                return Err(Failure::NotSo("stopped: no gallery was written".to_owned()));
            }
            both.push(show(folder, recording, exhibit, what)?);
            progress.inc(exhibit.epoch());
        }
        sections.push(page::section(exhibit, &both));
    }
    progress.finish_and_clear();
    write(folder, "index.html", page::whole(&exhibits, &sections).as_bytes())
}

/// Trains a run and writes its picture, its charts, and a recording that repeats it.
fn show(folder: &Path, recording: Recording, exhibit: &Exhibit, what: &str) -> Result<Shown, Failure> {
    let name = format!("{}-{what}", exhibit.name);
    let mut run = Inline::new(recording.experiment.clone());
    // Looked at where a diagnosis wants to know; that the run diverged is what the picture shows.
    let mut outcome = Ok(());
    while outcome.is_ok() && run.latest().epoch < exhibit.epoch() {
        let now = run.latest().epoch;
        outcome = run.run_epochs(schedule::next_glance(now).min(exhibit.epoch()) - now);
    }
    let mut app = App::new();
    app.show(View::Layers);
    let frame = picture::paint(&mut app, &mut run, [SIDE, SIDE], egui::Theme::Light);
    let png = picture::png(&frame)
        .map_err(|error| Failure::bad_input(format_args!("the picture cannot be encoded: {error}")))?;
    write(folder, &format!("{name}.png"), &png)?;
    let snapshot = run.latest();
    let recording = Recording {
        reached: snapshot.epoch,
        ..Recording::of(&recording.experiment, &recording.profile)
    };
    write(folder, &format!("{name}.toml"), recording.to_toml().as_bytes())?;
    let js = [Line::of(&snapshot, Series::Js, "JS, bits", "#1b7837")];
    write(
        folder,
        &format!("{name}-js.svg"),
        chart::svg("JS divergence", &js, exhibit.epoch()).as_bytes(),
    )?;
    let losses = [
        Line::of(&snapshot, Series::DiscriminatorLoss, "D", "#0575b0"),
        Line::of(&snapshot, Series::GeneratorLoss, "G", "#a33ebd"),
    ];
    write(
        folder,
        &format!("{name}-losses.svg"),
        chart::svg("Losses", &losses, exhibit.epoch()).as_bytes(),
    )?;
    Ok(Shown {
        recording,
        snapshot,
        name,
    })
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    Ok(lab::files::write(&folder.join(name), bytes)?)
}
