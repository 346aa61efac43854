//! `gan-lab bench`: how fast this machine trains.
//!
//! One run on one core by default; with Vulkan among the backends, populations of runs on all cores and on
//! the device, the same work for each, and no speed for a wrong answer.

use std::io::Write;

use clap::Args;
use lab::bench::{self, Case};
use lab::run::instructions;
use serde::Serialize;

use crate::backend::BackendName;
use crate::failure::Failure;

mod populations;

/// Arguments of `bench`.
#[derive(Args)]
pub struct Arguments {
    /// Where to train
    #[arg(long, value_enum, value_delimiter = ',', default_value = "cpu")]
    backends: Vec<BackendName>,
    /// The Vulkan device, by a part of its name; the best one if left out
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// Runs trained at once, where Vulkan is among the backends; as many as suit the device if left out
    #[arg(long, value_delimiter = ',', value_name = "RUNS", value_parser = clap::value_parser!(u32).range(1..))]
    populations: Vec<u32>,
    /// Only these cases; all by default
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    only: Vec<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    device: &'static str,
    instructions: &'static str,
    /// Multiplications and additions without fusion, in billions a second, on one core.
    peak_gflops: f64,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    backend: &'static str,
    name: &'static str,
    microseconds_per_epoch: f64,
    gan_epochs_per_second: f64,
    share_of_peak: f64,
    /// Hash of the state after 20 epochs of seed 7.
    hash: String,
}

impl Arguments {
    fn wants(&self, case: &Case) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == case.name)
    }
}

/// Measures and prints.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let cases = bench::cases();
    let unknown = arguments
        .only
        .iter()
        .find(|name| cases.iter().all(|case| case.name != **name));
    if let Some(name) = unknown {
        let names: Vec<&str> = cases.iter().map(|case| case.name).collect();
        let problem = format!("there is no case '{name}'; there are {}", names.join(", "));
        return Err(Failure::bad_input(problem));
    }
    if arguments.backends.contains(&BackendName::Vulkan) {
        return populations::run(arguments, &cases);
    }
    if arguments.device.is_some() || !arguments.populations.is_empty() {
        let problem =
            "--device and --populations are for Vulkan: add --backends cpu,vulkan, or leave them out";
        return Err(Failure::bad_input(problem));
    }
    let level = instructions::current();
    let peak = bench::peak_gigaflops(level);
    let mut out = std::io::stdout().lock();
    if !arguments.json {
        writeln!(
            out,
            "{} {}, peak {peak:.1} GFLOP/s on one core",
            std::env::consts::ARCH,
            level.name()
        )?;
        writeln!(
            out,
            "{:<10} {:>12} {:>14} {:>10}",
            "network", "µs/epoch", "epochs/s", "of peak"
        )?;
    }
    let mut rows = Vec::new();
    for case in cases.iter().filter(|case| arguments.wants(case)) {
        let figures = bench::measure(case, level).map_err(|error| Failure::NotSo(error.to_string()))?;
        let row = Row {
            backend: "cpu",
            name: case.name,
            microseconds_per_epoch: figures.epoch.as_secs_f64() * 1e6,
            gan_epochs_per_second: figures.epochs_per_second(),
            share_of_peak: figures.gigaflops() / peak,
            hash: figures.hash.to_string(),
        };
        if !arguments.json {
            writeln!(
                out,
                "{:<10} {:>12.2} {:>14.0} {:>8.0} %",
                row.name,
                row.microseconds_per_epoch,
                row.gan_epochs_per_second,
                100.0 * row.share_of_peak
            )?;
        }
        rows.push(row);
    }
    if arguments.json {
        let report = Report {
            device: std::env::consts::ARCH,
            instructions: level.name(),
            peak_gflops: peak,
            rows,
        };
        serde_json::to_writer(&mut out, &report).map_err(std::io::Error::from)?;
        writeln!(out)?;
    }
    Ok(())
}
