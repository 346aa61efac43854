//! `gan-lab devices`: what there is to train on, and what can be said of its bits.

use std::io::Write;

use clap::Args;
use gan_vulkan::device::Facts;
use gan_vulkan::probe::{self, Verdict};
use gan_vulkan::{Device, OpenError};
use serde::Serialize;

use crate::failure::Failure;

/// Arguments of `devices`.
#[derive(Args)]
pub struct Arguments {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    cpu: String,
    vulkan: Vec<Row>,
    /// Why there is no Vulkan device, if there is none.
    problem: Option<String>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    kind: &'static str,
    driver: String,
    version: String,
    shared_bytes: u32,
    invocations: u32,
    buffer_bytes: u32,
    round_to_even: bool,
    preserve_signs_and_infinities: bool,
    preserve_subnormals: bool,
    /// Declared, and verified by a probe.
    bit_exact: bool,
    verdict: String,
}

impl Row {
    fn new(index: usize, facts: Facts) -> Self {
        let verdict = Device::open_number(index)
            .map_err(|error| error.to_string())
            .and_then(|device| probe::verdict(&device).map_err(|error| error.to_string()));
        Self {
            name: facts.name,
            kind: facts.kind,
            driver: facts.driver,
            version: facts.version,
            shared_bytes: facts.shared_bytes,
            invocations: facts.invocations,
            buffer_bytes: facts.buffer_bytes,
            round_to_even: facts.controls.round_to_even,
            preserve_signs_and_infinities: facts.controls.preserve_signs_and_infinities,
            preserve_subnormals: facts.controls.preserve_subnormals,
            bit_exact: verdict == Ok(Verdict::BitExact),
            verdict: verdict.map_or_else(|error| error, |verdict| verdict.to_string()),
        }
    }

    fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        let controls = [
            (self.round_to_even, "rounds to even"),
            (
                self.preserve_signs_and_infinities,
                "keeps signed zeros, infinities and NaN",
            ),
            (self.preserve_subnormals, "keeps subnormals"),
        ];
        let declared: Vec<&str> = controls
            .iter()
            .filter(|control| control.0)
            .map(|control| control.1)
            .collect();
        let declared = match declared.is_empty() {
            true => "nothing".to_owned(),
            false => declared.join(", "),
        };
        writeln!(out, "vulkan    {} ({})", self.name, self.kind)?;
        writeln!(
            out,
            "          driver    {}, Vulkan {}",
            self.driver, self.version
        )?;
        writeln!(
            out,
            "          limits    {} KiB shared, {} invocations a workgroup, {} MiB a buffer",
            self.shared_bytes / 1024,
            self.invocations,
            self.buffer_bytes / 1024 / 1024
        )?;
        writeln!(out, "          declares  {declared}")?;
        writeln!(out, "          bits      {}", self.verdict)
    }
}

/// Lists and probes.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (vulkan, problem) = match Device::list() {
        Ok(devices) => {
            let rows = devices.into_iter().enumerate();
            (rows.map(|(index, facts)| Row::new(index, facts)).collect(), None)
        }
        Err(error @ (OpenError::NoLoader(_) | OpenError::NoDriver(_) | OpenError::NoDevice)) => {
            (Vec::new(), Some(error.to_string()))
        }
        Err(error) => return Err(Failure::bad_input(error)),
    };
    let report = Report {
        cpu: format!(
            "{} {}, {} threads",
            std::env::consts::ARCH,
            lab::run::instructions::current().name(),
            std::thread::available_parallelism().map_or(1, usize::from)
        ),
        vulkan,
        problem,
    };
    let mut out = std::io::stdout().lock();
    if arguments.json {
        serde_json::to_writer(&mut out, &report).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(out, "cpu       {}: the reference", report.cpu)?;
    report.vulkan.iter().try_for_each(|row| row.print(&mut out))?;
    if let Some(problem) = &report.problem {
        writeln!(out, "vulkan    none: {problem}")?;
    }
    Ok(())
}
