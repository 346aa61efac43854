//! A second run beside the first, as the command line tells it.

use clap::Args;
use gan_core::Configuration;
use lab::{Command, Experiment, Setting};

use crate::failure::Failure;

/// What the second run differs in.
#[derive(Args)]
pub struct Comparison {
    /// A second run beside it, from the same seed and in step, with one hyper-parameter at another value, as in
    /// discriminator.updates_per_epoch=3; keys are those of --config
    #[arg(long, value_name = "KEY=VALUE")]
    compare: Option<String>,
}

impl Comparison {
    /// Returns the command that begins the second run, beside a run that begins with `experiment`
    /// or with what `open` asks of it; `None` if the run goes alone.
    pub fn command(
        &self,
        experiment: &Experiment,
        open: Option<&Command>,
    ) -> Result<Option<Command>, Failure> {
        let begun: &Configuration = match open {
            Some(Command::Open(recording)) => recording.experiment.configuration(),
            Some(Command::Restart(opened)) => opened.configuration(),
            _ => experiment.configuration(),
        };
        let contrast = self
            .compare
            .as_deref()
            .map(|written| Setting::written(written, begun))
            .transpose()
            .map_err(|problem| Failure::bad_input(format_args!("--compare: {problem}")))?;
        Ok(contrast.map(|contrast| Command::Compare(Some(contrast))))
    }
}
