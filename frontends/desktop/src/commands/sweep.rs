//! `gan-lab sweep`: a grid of hyper-parameters and seeds, trained on all cores or on a Vulkan device.
//!
//! Threads train and report; this one alone keeps the rows, moves the bar and writes files, each of them
//! whole, again and again while the sweep goes on: whatever ends it, what is finished stays.

use std::io::Write;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use gan_lab::picture;
use gan_vulkan::Population;
use indicatif::{ProgressBar, ProgressStyle};
use lab::files;
use lab::sweep::{self, Event, Grid, Map, Measure, Outcome, Seeds, table};

use crate::backend::{self, BackendName};
use crate::failure::Failure;
use crate::interruption::{self, STOP};
use crate::start::Start;

/// Arguments of `sweep`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    start: Start,
    /// Epochs of each run
    #[arg(long, default_value_t = 2000)]
    epochs: u64,
    /// Seeds of each combination, both ends of a range included: 1..64, or 7,13,20..29
    #[arg(long, conflicts_with = "seed")]
    seeds: Option<String>,
    /// A key of the configuration and what it takes, as in generator.learning_rate=0.01,0.03; once a key
    #[arg(long, value_name = "KEY=V1,V2")]
    vary: Vec<String>,
    /// Where to write the table: a row a run
    #[arg(long, value_name = "F.csv")]
    out: PathBuf,
    /// Write the rows as JSON too
    #[arg(long, value_name = "F.json")]
    json: Option<PathBuf>,
    /// Paint a map too: the key varied first from left to right, the others from top to bottom
    #[arg(long, value_name = "F.png")]
    map: Option<PathBuf>,
    /// What the map's colours mean
    #[arg(long, value_enum, default_value = "js")]
    map_of: MeasureName,
    /// Where to train
    #[arg(long, value_enum, default_value = "cpu")]
    backend: BackendName,
    /// The Vulkan device, by a part of its name; the best one if left out
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// Runs trained at a time on the processor; as many as there are cores if left out
    #[arg(long, value_name = "N", conflicts_with = "device")]
    jobs: Option<NonZeroU16>,
    /// Keep the rows that --out holds already and train what is missing
    #[arg(long)]
    resume: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum MeasureName {
    /// The median of JS over the seeds
    Js,
    /// The share of runs that diverged or leave out a mode of the target
    Failed,
}

/// How long the bar stands still at most.
const TICK: Duration = Duration::from_millis(100);
/// Finished rows are at most so long in memory alone ...
const SAVE_EVERY: Duration = Duration::from_secs(2);
/// ... unless saving takes long: it may take a twentieth of the time.
const SAVING_SHARE: u32 = 20;

/// Moments at which files are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// While the sweep runs, in case it is interrupted. A pipe or device would take every version,
    /// so it gets none of these.
    Meanwhile,
    /// At the end: no more rows come.
    End,
}

impl Arguments {
    /// Every file that was asked for.
    fn written(&self) -> Vec<&Path> {
        let paths = [Some(&self.out), self.json.as_ref(), self.map.as_ref()];
        paths.into_iter().flatten().map(PathBuf::as_path).collect()
    }
}

impl Moment {
    fn suits(self, path: &Path) -> bool {
        self == Self::End || std::fs::metadata(path).map_or(true, |metadata| metadata.is_file())
    }
}

/// Trains what is missing and writes it.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let base = arguments.start.experiment()?;
    let seeds = match &arguments.seeds {
        Some(text) => text
            .parse()
            .map_err(|error| Failure::bad_input(format_args!("--seeds: {error}")))?,
        None => Seeds::one(base.seed()),
    };
    let grid = Grid::new(&base, &arguments.vary, seeds, arguments.epochs)
        .map_err(|error| Failure::bad_input(format_args!("--vary: {error}")))?;
    let outcomes = kept(arguments, &grid)?;
    let mut rows = Rows {
        arguments,
        grid: &grid,
        outcomes,
    };
    files::check_writable(&arguments.written())?;
    interruption::wait_for_it()?;
    let population = backend::population_of(arguments.backend, arguments.device.as_deref())?;
    let missing = rows.missing();
    let begun = Instant::now();
    let trained = rows.train(&missing, population)?;
    report(&rows, trained, begun.elapsed())?;
    match rows.missing().len() {
        0 => Ok(()),
        missing => {
            let (runs, out) = (grid.runs(), arguments.out.display());
            let finished = runs - missing;
            Err(Failure::NotSo(format!(
                "stopped: {finished} of {runs} runs are in {out}; the same command with --resume trains the rest"
            )))
        }
    }
}

/// The outcomes that the table holds already.
fn kept(arguments: &Arguments, grid: &Grid) -> Result<Vec<Option<Outcome>>, Failure> {
    let out: &Path = &arguments.out;
    let bad = |what: String| Failure::bad_input(format_args!("{}: {what}", out.display()));
    let written = std::fs::metadata(out).is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0);
    match (written, arguments.resume) {
        (false, _) => Ok(vec![None; grid.runs()]),
        (true, true) => {
            table::from_csv(grid, &files::read_text(out)?).map_err(|error| bad(error.to_string()))
        }
        (true, false) => Err(bad(
            "is there already; add --resume to train what it lacks, or name another file".to_owned(),
        )),
    }
}

/// Outcomes of finished runs, and where they are written.
struct Rows<'a> {
    arguments: &'a Arguments,
    grid: &'a Grid,
    /// One for each run, by its number.
    outcomes: Vec<Option<Outcome>>,
}

/// Runs that were trained this time.
#[derive(Clone, Copy)]
struct Trained {
    runs: usize,
    /// Training time of all threads together.
    time: Duration,
}

impl Rows<'_> {
    fn missing(&self) -> Vec<usize> {
        let runs = self.outcomes.iter().enumerate();
        let missing = runs.filter(|(_, outcome)| outcome.is_none());
        missing.map(|(run, _)| run).collect()
    }

    fn save(&self, moment: Moment) -> Result<(), Failure> {
        let arguments = self.arguments;
        if moment.suits(&arguments.out) {
            files::write(&arguments.out, &table::to_csv(self.grid, &self.outcomes))?;
        }
        if let Some(path) = arguments.json.as_ref().filter(|path| moment.suits(path)) {
            files::write(path, &table::to_json(self.grid, &self.outcomes))?;
        }
        if let Some(path) = arguments.map.as_ref().filter(|path| moment.suits(path)) {
            let measure = match arguments.map_of {
                MeasureName::Js => Measure::MedianJs,
                MeasureName::Failed => Measure::Failed,
            };
            let frame = picture::paint_map(&Map::new(self.grid, &self.outcomes, measure));
            let png = picture::png(&frame)
                .map_err(|error| Failure::bad_input(format_args!("the map cannot be encoded: {error}")))?;
            files::write(path, &png)?;
        }
        Ok(())
    }

    /// Trains runs until all are done or somebody asks to end, saving now and then and at the end.
    fn train(&mut self, missing: &[usize], population: Option<Population>) -> Result<Trained, Failure> {
        let (sender, events) = mpsc::channel();
        let (grid, jobs) = (self.grid, self.arguments.jobs.map_or(0, NonZeroU16::get));
        thread::scope(|scope| {
            let training = scope.spawn(move || {
                let report = |event| {
                    // Sending fails only if the sweep has failed already.
                    let _ = sender.send(event);
                };
                match population {
                    Some(population) => Ok(sweep::train_on(population, grid, missing, &STOP, report)),
                    None => sweep::train(grid, missing, usize::from(jobs), &STOP, report).map(|()| None),
                }
            });
            let listened = self.listen(&events, missing.len());
            if listened.is_err() {
                STOP.store(true, Ordering::Relaxed);
            }
            match training.join() {
                Ok(Ok(failure)) => {
                    if let Some(failure) = failure {
                        backend::note_failure(&failure);
                    }
                    listened
                }
                Ok(Err(error)) => Err(Failure::bad_input(format_args!(
                    "no threads to train on: {error}"
                ))),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    fn listen(&mut self, events: &mpsc::Receiver<Event>, runs: usize) -> Result<Trained, Failure> {
        let bar = progress_bar(self.grid.epochs().saturating_mul(runs as u64));
        let mut trained = Trained {
            runs: 0,
            time: Duration::ZERO,
        };
        let (mut saved, mut saving) = (Instant::now(), Duration::ZERO);
        let mut unsaved = false;
        loop {
            bar.set_message(format!("{} of {runs} runs", trained.runs));
            match events.recv_timeout(TICK) {
                Ok(Event::Trained(epochs)) => bar.inc(epochs),
                Ok(Event::Finished { run, outcome }) => {
                    self.outcomes[run] = Some(outcome);
                    trained.runs += 1;
                    trained.time += outcome.training;
                    unsaved = true;
                }
                Err(RecvTimeoutError::Timeout) => bar.tick(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if unsaved && saved.elapsed() >= SAVE_EVERY.max(SAVING_SHARE * saving) {
                let begun = Instant::now();
                self.save(Moment::Meanwhile)?;
                (saved, saving, unsaved) = (Instant::now(), begun.elapsed(), false);
            }
        }
        bar.finish_and_clear();
        self.save(Moment::End)?;
        Ok(trained)
    }
}

fn progress_bar(epochs: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {msg}  {eta} left");
    ProgressBar::new(epochs).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Says in a few lines what came of it.
fn report(rows: &Rows<'_>, trained: Trained, took: Duration) -> Result<(), Failure> {
    let finished: Vec<&Outcome> = rows.outcomes.iter().flatten().collect();
    let (all, new) = (rows.grid.runs(), trained.runs);
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "runs      {} of {all}; {new} trained now in {:.1} s, {:.1} s of training",
        finished.len(),
        took.as_secs_f64(),
        trained.time.as_secs_f64()
    )?;
    let map = Map::new(rows.grid, &rows.outcomes, Measure::MedianJs);
    if let Some((js, configuration)) = best(&map) {
        writeln!(out, "best JS   {js:.4} bits, median of its seeds{configuration}")?;
    }
    let diverged = finished.iter().filter(|outcome| outcome.diverged.is_some());
    let failed = finished.iter().filter(|outcome| outcome.failed());
    let (diverged, failed) = (diverged.count(), failed.count());
    writeln!(
        out,
        "diverged  {diverged} runs; {} more leave out a mode",
        failed - diverged
    )?;
    let written = rows.arguments.written();
    let written: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
    writeln!(out, "written   {}", written.join(", "))?;
    Ok(())
}

/// The smallest median of a map, and the configuration it belongs to.
fn best(map: &Map) -> Option<(f64, String)> {
    let cells = map.cells.iter().enumerate();
    let medians = cells.filter_map(|(cell, figures)| Some((cell, figures.value?)));
    let (cell, js) = medians.min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let width = map.columns.values.len();
    let sides = [(&map.columns, cell % width), (&map.rows, cell / width)];
    let varied = sides.map(|(side, at)| side.keys.iter().zip(&side.values[at]));
    let words = varied
        .into_iter()
        .flatten()
        .map(|(key, value)| format!(", {key} = {value}"));
    Some((js, words.collect()))
}
