//! `gan-lab replay`: trains a recorded run again and checks every hash on the way, and what a lesson's pages
//! claim of it.

use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use gan_core::{Diverged, MicroMath, Profile, Reference};
use lab::lesson::{self, Claimed, Reading, Verdict};
use lab::recording::{Difference, Ending, Recording, Replay, Stopped};
use lab::run::backends::{OnBackend, OneCore, Place};
use serde::Serialize;

use super::train::{DivergedReport, progress_bar};
use crate::backend::{self, BackendName};
use crate::failure::Failure;

/// Arguments of `replay`.
#[derive(Args)]
pub struct Arguments {
    /// The recording: of `train --record`, `view --record`, or written by hand
    #[arg(value_name = "F.toml")]
    file: PathBuf,
    /// Stop after so many epochs, or go on beyond the recording's end
    #[arg(long, value_name = "EPOCH")]
    to: Option<u64>,
    /// Where to train
    #[arg(long, value_enum, default_value = "cpu")]
    backend: BackendName,
    /// The Vulkan device, by a part of its name; the best one if left out
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// How far the bar jumps at a time.
const STINT: u64 = 1000;

/// Result of a replay.
#[derive(Serialize)]
struct Report {
    file: String,
    epoch: u64,
    hash: String,
    checkpoints: usize,
    verified: usize,
    seconds: f64,
    backend: &'static str,
    device: String,
    diverged: Option<DivergedReport>,
    first_difference: Option<DifferenceReport>,
    claims: Vec<ClaimReport>,
}

/// A page's claim, its reading, and whether it holds.
#[derive(Serialize)]
struct ClaimReport {
    page: usize,
    title: String,
    epoch: u64,
    beside: bool,
    claim: String,
    /// A figure, or the diagnosis's word.
    reading: Option<serde_json::Value>,
    holds: bool,
}

impl From<&Verdict> for ClaimReport {
    fn from(verdict: &Verdict) -> Self {
        Self {
            page: verdict.page,
            title: verdict.title.clone(),
            epoch: verdict.epoch,
            beside: verdict.of == Claimed::Beside,
            claim: verdict.claim.to_string(),
            reading: verdict.reading.map(|reading| match reading {
                Reading::Figure(figure) => figure.into(),
                Reading::Word(word) => word.key().into(),
            }),
            holds: verdict.holds,
        }
    }
}

#[derive(Serialize)]
struct DifferenceReport {
    epoch: u64,
    expected: String,
    got: String,
}

/// Replays and reports.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (recording, ending) = Recording::load(&arguments.file)?;
    if ending == Ending::Torn {
        eprintln!(
            "gan-lab: {}: its last line has no line break and was left out; if it is whole, add one",
            arguments.file.display()
        );
    }
    if recording.profile == MicroMath::NAME && arguments.backend == BackendName::Vulkan {
        let what = "Vulkan computes the profile 'reference' only, and it was recorded in 'micromath'";
        return Err(Failure::bad_input(format_args!(
            "{}: {what}; leave --backend out",
            arguments.file.display()
        )));
    }
    let population = backend::population_of(arguments.backend, arguments.device.as_deref())?;
    match population {
        Some(population) => follow::<Reference>(arguments, recording, &mut OnBackend::new(population)),
        None if recording.profile == MicroMath::NAME => {
            follow::<MicroMath>(arguments, recording, &mut OneCore)
        }
        None => follow::<Reference>(arguments, recording, &mut OneCore),
    }
}

fn follow<P: Profile>(
    arguments: &Arguments,
    recording: Recording,
    place: &mut impl Place<P>,
) -> Result<(), Failure> {
    let end = arguments.to.unwrap_or(recording.end());
    let in_file = |what: &dyn std::fmt::Display| format!("{}: {what}", arguments.file.display());
    let mut replay = Replay::<P>::new(recording).map_err(|error| Failure::bad_input(in_file(&error)))?;
    let progress = progress_bar(end);
    let begun = Instant::now();
    let mut outcome = Ok(());
    loop {
        let now = replay.trainer().gan().epoch();
        let stop = now.saturating_add(STINT).min(end);
        let train = |gan: &mut _, epochs| backend::training(place, gan, epochs);
        outcome = outcome.and_then(|()| replay.run_to_with(stop, train));
        progress.set_position(replay.trainer().gan().epoch());
        if outcome.is_err() || replay.trainer().gan().epoch() >= end {
            break;
        }
    }
    progress.finish_and_clear();
    let training = begun.elapsed();
    let mut verdicts = Vec::new();
    let mut examined = Ok(());
    if outcome.is_ok() {
        match lesson::examine::<P>(replay.recording(), end) {
            Ok(all) => verdicts = all,
            Err(problem) => examined = Err(Failure::NotSo(in_file(&problem))),
        }
    }
    report(arguments, &replay, (place, training), outcome.err(), &verdicts)?;
    examined?;
    match outcome {
        Ok(()) => verdicts
            .iter()
            .find(|verdict| !verdict.holds)
            .map_or(Ok(()), |verdict| Err(Failure::NotSo(in_file(verdict)))),
        Err(stopped @ Stopped::Differs(_)) => Err(Failure::NotSo(in_file(&format_args!(
            "{stopped}; it is not the run that was recorded"
        )))),
        Err(stopped @ Stopped::Diverged(_)) => Err(Failure::NotSo(in_file(&stopped))),
    }
}

fn report<P: Profile>(
    arguments: &Arguments,
    replay: &Replay<P>,
    (place, training): (&impl Place<P>, Duration),
    stopped: Option<Stopped>,
    verdicts: &[Verdict],
) -> Result<(), Failure> {
    let gan = replay.trainer().gan();
    let (diverged, difference): (Option<Diverged>, Option<Difference>) = match stopped {
        None => (None, None),
        Some(Stopped::Diverged(diverged)) => (Some(diverged), None),
        Some(Stopped::Differs(difference)) => (None, Some(difference)),
    };
    let whereabouts = place.whereabouts();
    let report = Report {
        file: arguments.file.display().to_string(),
        epoch: gan.epoch(),
        hash: gan.state_hash().to_string(),
        checkpoints: replay.recording().checkpoints.taken().len(),
        verified: replay.verified(),
        seconds: training.as_secs_f64(),
        backend: whereabouts.backend,
        device: whereabouts.device.to_string(),
        diverged: diverged.map(DivergedReport::from),
        first_difference: difference.map(|Difference { epoch, expected, got }| DifferenceReport {
            epoch,
            expected: expected.to_string(),
            got: got.to_string(),
        }),
        claims: verdicts.iter().map(ClaimReport::from).collect(),
    };
    let mut out = std::io::stdout().lock();
    if arguments.json {
        serde_json::to_writer(&mut out, &report).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(());
    }
    let narration = &replay.recording().narration;
    if let Some(title) = &narration.title {
        writeln!(out, "title   {title}")?;
    }
    if let Some(author) = &narration.author {
        writeln!(out, "author  {author}")?;
    }
    writeln!(out, "epoch   {}", report.epoch)?;
    writeln!(out, "hash    {}", report.hash)?;
    writeln!(
        out,
        "same    {} of the recording's {} hashes",
        report.verified, report.checkpoints
    )?;
    if !verdicts.is_empty() {
        let hold = verdicts.iter().filter(|verdict| verdict.holds).count();
        writeln!(out, "claims  {hold} of {} hold", verdicts.len())?;
    }
    Ok(())
}
