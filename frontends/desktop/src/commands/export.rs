//! `gan-lab export`: a run's parameters, atlases and samples, for other programs.

use std::path::{Path, PathBuf};

use clap::Args;
use gan_core::{MicroMath, Profile, Reference};
use lab::files::{self, FileError, samples};
use lab::recording::{Recording, Replay};
use lab::{Experiment, Observer, Trainer};

use super::train::progress_bar;
use crate::failure::Failure;
use crate::start::Start;

/// Arguments of `export`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    start: Start,
    /// A recording to train again, instead of a run that nothing is done to
    #[arg(long, value_name = "F.toml", conflicts_with_all = ["preset", "target", "seed", "config", "data"])]
    recording: Option<PathBuf>,
    /// Epochs to train before; 0: as initialised [default: 0, of a recording all it has]
    #[arg(long)]
    epochs: Option<u64>,
    /// Where to write the parameters
    #[arg(long, value_name = "F.safetensors", required_unless_present_any = ["atlas", "samples", "points"])]
    out: Option<PathBuf>,
    /// Where to write the samples the run trains on
    #[arg(long, value_name = "F.safetensors")]
    atlas: Option<PathBuf>,
    /// Where to write the 10,000 real and 10,000 fake samples it is measured by: kind, x and y
    #[arg(long, value_name = "F.csv")]
    samples: Option<PathBuf>,
    /// Where to write the points it learns, of --data or drawn in a recording: x and y, for --data
    #[arg(long, value_name = "F.csv")]
    points: Option<PathBuf>,
}

/// Epochs that the bar jumps at a time.
const STINT: u64 = 1000;

/// Trains and writes.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments {
        out,
        atlas,
        samples,
        points,
        ..
    } = arguments;
    let outputs: Vec<&Path> = [out, atlas, samples, points]
        .into_iter()
        .flatten()
        .map(PathBuf::as_path)
        .collect();
    files::check_writable(&outputs)?;
    let Some(path) = &arguments.recording else {
        let experiment = arguments.start.experiment()?;
        write_points(arguments, &experiment)?;
        let mut trainer = Trainer::<Reference>::new(experiment);
        by_stints(arguments.epochs.unwrap_or(0), |end| {
            trainer
                .run_epochs(end - trainer.gan().epoch())
                .map_err(|diverged| Failure::NotSo(diverged.to_string()))
        })?;
        return write(arguments, &trainer);
    };
    let (recording, _) = Recording::load(path)?;
    write_points(arguments, &recording.experiment)?;
    if recording.profile == MicroMath::NAME {
        again::<MicroMath>(arguments, path, recording)
    } else {
        again::<Reference>(arguments, path, recording)
    }
}

/// Writes the points first: this needs no training, and may be refused.
fn write_points(arguments: &Arguments, experiment: &Experiment) -> Result<(), FileError> {
    match &arguments.points {
        Some(path) => samples::save_points(path, experiment.drawing()),
        None => Ok(()),
    }
}

/// Trains a recorded run again, checking that it is the same one.
fn again<P: Profile>(arguments: &Arguments, path: &Path, recording: Recording) -> Result<(), Failure> {
    let end = arguments.epochs.unwrap_or(recording.end());
    let mut replay = Replay::<P>::new(recording)
        .map_err(|error| Failure::bad_input(format_args!("{}: {error}", path.display())))?;
    by_stints(end, |end| {
        let reached = replay.run_to(end);
        reached.map_err(|stopped| Failure::NotSo(format!("{}: {stopped}", path.display())))
    })?;
    write(arguments, replay.trainer())
}

/// Trains to one epoch after another, and to this one in the end, with a bar.
fn by_stints(end: u64, mut train_to: impl FnMut(u64) -> Result<(), Failure>) -> Result<(), Failure> {
    let progress = progress_bar(end);
    let mut reached = 0;
    while reached < end {
        reached = reached.saturating_add(STINT).min(end);
        train_to(reached)?;
        progress.set_position(reached);
    }
    progress.finish_and_clear();
    Ok(())
}

fn write<P: Profile>(arguments: &Arguments, trainer: &Trainer<P>) -> Result<(), Failure> {
    let state = trainer.state();
    if let Some(path) = &arguments.samples {
        let mut observer = Observer::new(&state.experiment);
        observer.measure(&state);
        samples::save_samples(path, &state.experiment, &observer)?;
    }
    if let Some(path) = &arguments.atlas {
        trainer.atlases().save(path, trainer.gan().configuration())?;
    }
    if let Some(path) = &arguments.out {
        trainer.model().save(path)?;
    }
    Ok(())
}
