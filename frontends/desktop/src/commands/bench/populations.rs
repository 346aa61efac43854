//! The same populations on every backend asked for.

use std::io::Write;
use std::time::Duration;

use gan_core::Backend;
use gan_vulkan::peak;
use lab::bench::population::{Figures, measure};
use lab::bench::{Case, peak_gigaflops};
use lab::run::backends::Cpu;
use lab::run::instructions;
use serde::Serialize;

use super::Arguments;
use crate::backend::{self, BackendName};
use crate::failure::Failure;

/// Populations that are measured of the small networks on a graphics card; then as many as it takes.
const POPULATIONS: [usize; 4] = [1, 64, 1024, 4096];
/// Populations on a processor, which is full with few.
const FEW: [usize; 2] = [1, 64];
/// Populations of the network of 5 × 100, on a graphics card and on a processor.
const POPULATIONS_OF_LARGE: [usize; 3] = [1, 64, 512];
const FEW_OF_LARGE: [usize; 1] = [1];
/// Runs beyond which memory of the host is the limit.
const MOST: usize = 16_384;

#[derive(Serialize)]
struct Report {
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    backend: &'static str,
    device: String,
    name: &'static str,
    runs: usize,
    gan_epochs_per_second: f64,
    /// Time of an epoch of the whole population by the device's clock.
    device_milliseconds_per_epoch: Option<f64>,
    gflops: f64,
    /// Share of the peak rate of multiplications and additions without fusion, on all cores or the
    /// whole device.
    share_of_peak: f64,
}

/// A backend's peak, and how to ask it for its own time.
struct Place<B: Backend> {
    backend: B,
    peak: f64,
    time: fn(&B) -> Option<Duration>,
}

impl<B: Backend> Place<B> {
    fn row(&mut self, case: &Case, runs: usize) -> Result<Row, Failure> {
        let figures = measure(&mut self.backend, case, runs, self.time).map_err(|error| {
            let (name, backend) = (case.name, self.backend.name());
            Failure::NotSo(format!("{runs} runs of {name} on {backend}: {error}"))
        })?;
        let Figures {
            runs,
            gan_epochs_per_second,
            device_epoch,
            gigaflops,
        } = figures;
        Ok(Row {
            backend: self.backend.name(),
            device: self.backend.device().to_owned(),
            name: case.name,
            runs,
            gan_epochs_per_second,
            device_milliseconds_per_epoch: device_epoch.map(|epoch| epoch.as_secs_f64() * 1e3),
            gflops: gigaflops,
            share_of_peak: gigaflops / self.peak,
        })
    }
}

/// Measures and prints.
pub fn run(arguments: &Arguments, cases: &[Case]) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::bad_input(error);
    let population = backend::population(arguments.device.as_deref())?;
    let is_cpu = population.on().facts().is_cpu();
    let mut vulkan = Place {
        peak: peak::gigaflops(population.on()).map_err(|error| failed(&error))?,
        backend: population,
        time: |population| Some(population.device_time()),
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut cpu = Place {
        backend: Cpu::default(),
        peak: peak_gigaflops(instructions::current()) * cores as f64,
        time: |_| None,
    };
    let mut out = std::io::stdout().lock();
    if !arguments.json {
        writeln!(
            out,
            "{} {}, {cores} cores: peak {:.0} GFLOP/s",
            std::env::consts::ARCH,
            instructions::current().name(),
            cpu.peak
        )?;
        writeln!(
            out,
            "{}: peak {:.0} GFLOP/s",
            vulkan.backend.device(),
            vulkan.peak
        )?;
        let heads = [
            "network",
            "GANs",
            "backend",
            "GAN-epochs/s",
            "device ms",
            "of peak",
        ];
        let [name, runs, place, speed, time, share] = heads;
        writeln!(
            out,
            "{name:<10} {runs:>6} {place:<8} {speed:>14} {time:>10} {share:>8}"
        )?;
    }
    let wanted = |case: &&Case| match arguments.only.is_empty() {
        true => ["gaussians", "5x100"].contains(&case.name),
        false => arguments.wants(case),
    };
    let mut rows = Vec::new();
    for case in cases.iter().filter(wanted) {
        let most = vulkan.backend.most_runs(&case.configuration).min(MOST);
        for runs in populations(arguments, case, is_cpu, most) {
            for name in &arguments.backends {
                let row = match name {
                    BackendName::Cpu => cpu.row(case, runs)?,
                    BackendName::Vulkan => vulkan.row(case, runs)?,
                };
                if !arguments.json {
                    let time = row.device_milliseconds_per_epoch;
                    let time = time.map_or("–".to_owned(), |time| format!("{time:.3}"));
                    writeln!(
                        out,
                        "{:<10} {:>6} {:<8} {:>14.0} {:>10} {:>6.1} %",
                        row.name,
                        row.runs,
                        row.backend,
                        row.gan_epochs_per_second,
                        time,
                        100.0 * row.share_of_peak
                    )?;
                }
                rows.push(row);
            }
        }
    }
    if arguments.json {
        serde_json::to_writer(&mut out, &Report { rows }).map_err(std::io::Error::from)?;
        writeln!(out)?;
    }
    Ok(())
}

/// The sizes of the populations of a case.
fn populations(arguments: &Arguments, case: &Case, is_cpu: bool, most: usize) -> Vec<usize> {
    let large = case.name == "5x100";
    let listed: &[usize] = match (large, is_cpu) {
        (false, false) => &POPULATIONS,
        (false, true) => &FEW,
        (true, false) => &POPULATIONS_OF_LARGE,
        (true, true) => &FEW_OF_LARGE,
    };
    let mut sizes: Vec<usize> = match arguments.populations.as_slice() {
        [] => listed.to_vec(),
        asked => asked.iter().map(|runs| *runs as usize).collect(),
    };
    sizes.retain(|runs| *runs <= most);
    if arguments.populations.is_empty() && !is_cpu && !large {
        sizes.push(most);
    }
    sizes
}
