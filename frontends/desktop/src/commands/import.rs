//! `gan-lab import`: a model saved by GAN Lab, as safetensors.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use lab::files::{configuration, gan_lab_model};
use serde::Serialize;

use crate::failure::Failure;

/// Arguments of `import`.
#[derive(Args)]
pub struct Arguments {
    /// The model's JSON; its .weights.bin lies beside it
    #[arg(value_name = "F.json")]
    model: PathBuf,
    /// Where to write the parameters
    #[arg(long, value_name = "F.safetensors")]
    out: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    epoch: Option<u64>,
    generator_parameters: usize,
    discriminator_parameters: usize,
    configuration: String,
}

/// Converts the model and says what it is.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let model = gan_lab_model::load(&arguments.model)?;
    model.save(&arguments.out)?;
    let report = Report {
        epoch: model.epoch,
        generator_parameters: model.generator.len(),
        discriminator_parameters: model.discriminator.len(),
        configuration: configuration::to_toml(&model.configuration),
    };
    let mut out = std::io::stdout().lock();
    if arguments.json {
        serde_json::to_writer(&mut out, &report).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        let epochs = report
            .epoch
            .map_or(String::new(), |epoch| format!(", trained for {epoch} epochs"));
        writeln!(
            out,
            "{} and {} parameters of generator and discriminator{epochs}:\n{}",
            report.generator_parameters, report.discriminator_parameters, report.configuration
        )?;
    }
    Ok(())
}
