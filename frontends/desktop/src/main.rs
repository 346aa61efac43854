//! `gan-lab`: the viewer and the command line.
//!
//! Exit codes: 0 done; 1 the thing asked for is not so (a run diverged, a replay differs, a sweep was
//! stopped); 2 bad usage or input, said in one sentence.

mod backend;
mod commands;
mod comparison;
mod failure;
mod interruption;
mod size;
mod start;
mod theme;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Learn generative adversarial networks by training small ones and watching.
#[derive(Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    view: commands::view::Arguments,
}

#[derive(Subcommand)]
enum Command {
    /// Open the viewer: what `gan-lab` alone does
    View(commands::view::Arguments),
    /// Train without a window and print what came of it
    Train(commands::train::Arguments),
    /// Train a recorded run again and check that it is the same one
    Replay(commands::replay::Arguments),
    /// Train a grid of hyper-parameters and seeds on all cores: a table, and a map of it
    Sweep(commands::sweep::Arguments),
    /// Paint the viewer's picture to a file, without a display, or an animation of the run
    Render(commands::render::Arguments),
    /// Make a page of pictures of every failure and its cure, for a teacher's slides
    Gallery(commands::gallery::Arguments),
    /// Measure how fast this machine trains
    Bench(commands::bench::Arguments),
    /// List every key of a configuration, with what it may be
    Parameters(commands::parameters::Arguments),
    /// List Vulkan devices and whether their bits are the reference's
    Devices(commands::devices::Arguments),
    /// Apply a trained network to points from a CSV file
    Eval(commands::eval::Arguments),
    /// Write a run's parameters and atlases as safetensors, its samples and points as CSV
    Export(commands::export::Arguments),
    /// Convert a model saved by GAN Lab to safetensors
    Import(commands::import::Arguments),
}

fn main() -> ExitCode {
    let arguments = CommandLine::parse();
    if let Err(error) = lab::run::instructions::chosen() {
        return Failure::bad_input(error).report();
    }
    let outcome = match arguments.command {
        None => commands::view::run(&arguments.view),
        Some(Command::View(arguments)) => commands::view::run(&arguments),
        Some(Command::Render(arguments)) => commands::render::run(&arguments),
        Some(Command::Train(arguments)) => commands::train::run(&arguments),
        Some(Command::Replay(arguments)) => commands::replay::run(&arguments),
        Some(Command::Gallery(arguments)) => commands::gallery::run(&arguments),
        Some(Command::Bench(arguments)) => commands::bench::run(&arguments),
        Some(Command::Parameters(arguments)) => commands::parameters::run(&arguments),
        Some(Command::Devices(arguments)) => commands::devices::run(&arguments),
        Some(Command::Eval(arguments)) => commands::eval::run(&arguments),
        Some(Command::Sweep(arguments)) => commands::sweep::run(&arguments),
        Some(Command::Export(arguments)) => commands::export::run(&arguments),
        Some(Command::Import(arguments)) => commands::import::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
