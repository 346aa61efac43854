//! `gan-lab`: the viewer and the command line.
//!
//! Exit codes: 0 done; 1 the thing asked for is not so (a run diverged); 2 bad usage or input, said in one
//! sentence.

mod commands;
mod failure;
mod start;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Learn generative adversarial networks by training small ones and watching.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train without a window and print what came of it
    Train(commands::train::Arguments),
    /// Apply a trained network to points from a CSV file
    Eval(commands::eval::Arguments),
    /// Write a run's parameters, and its atlases, as safetensors
    Export(commands::export::Arguments),
    /// Convert a model saved by GAN Lab to safetensors
    Import(commands::import::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Train(arguments) => commands::train::run(&arguments),
        Command::Eval(arguments) => commands::eval::run(&arguments),
        Command::Export(arguments) => commands::export::run(&arguments),
        Command::Import(arguments) => commands::import::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
