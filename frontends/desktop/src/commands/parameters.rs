//! `gan-lab parameters`: every key of a configuration, with what it may be.

use std::io::Write;

use clap::Args;
use lab::files::configuration::listing;

use crate::failure::Failure;

/// Arguments of `parameters`.
#[derive(Args)]
pub struct Arguments {
    /// Print a JSON array, an object a key
    #[arg(long)]
    json: bool,
}

/// Lists them.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let listed = match arguments.json {
        true => listing::json(),
        false => listing::toml(),
    };
    writeln!(std::io::stdout().lock(), "{}", listed.trim_end())?;
    Ok(())
}
