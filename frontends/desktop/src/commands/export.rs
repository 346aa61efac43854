//! `gan-lab export`: a run's parameters and atlases, for other programs.

use std::path::{Path, PathBuf};

use clap::Args;
use gan_core::Reference;
use lab::{Trainer, files};

use crate::failure::Failure;
use crate::start::Start;

/// Arguments of `export`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    start: Start,
    /// Epochs to train before; 0: as initialised
    #[arg(long, default_value_t = 0)]
    epochs: u64,
    /// Where to write the parameters
    #[arg(long, value_name = "F.safetensors")]
    out: PathBuf,
    /// Where to write the samples the run trains on
    #[arg(long, value_name = "F.safetensors")]
    atlas: Option<PathBuf>,
}

/// Trains and writes.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let outputs = [Some(&arguments.out), arguments.atlas.as_ref()];
    let outputs: Vec<&Path> = outputs.into_iter().flatten().map(PathBuf::as_path).collect();
    files::check_writable(&outputs)?;
    let mut trainer = Trainer::<Reference>::new(arguments.start.experiment()?);
    trainer
        .run_epochs(arguments.epochs)
        .map_err(|diverged| Failure::NotSo(diverged.to_string()))?;
    if let Some(path) = &arguments.atlas {
        trainer.atlases().save(path, trainer.gan().configuration())?;
    }
    Ok(trainer.model().save(&arguments.out)?)
}
