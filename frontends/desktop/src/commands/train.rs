//! `gan-lab train`: a run without a window, with progress, metrics and files.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use gan_core::{Diverged, MicroMath, Network, Point, Profile, Reference};
use indicatif::{ProgressBar, ProgressStyle};
use lab::checks::diagnosis::{DiagnosisInput, schedule};
use lab::checks::stop::StopCount;
use lab::files::tensors::Atlases;
use lab::files::{self, FileError, metrics, opening};
use lab::run::backends::{OnBackend, Place};
use lab::{Diagnosis, Divergence, Experiment, Glances, Measured, Measures, Observer, Stop, Summary, Trainer};
use serde::Serialize;

use crate::backend::{self, BackendName};
use crate::failure::Failure;
use crate::start::Start;

use super::diagnosis::{self as report, DiagnosisReport};

/// Arguments of `train`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    start: Start,
    /// Epochs to train
    #[arg(long, default_value_t = 2000)]
    epochs: u64,
    /// Stop earlier, when this is so at a check (at epoch 250, 500 and so on, later up to every 8000): 'js below 0.1 for 3
    /// checks', 'diagnosis mode_collapse', 'diagnosis healthy', or another column of --metrics. Several: the first
    #[arg(long, value_name = "CONDITION")]
    stop_when: Vec<Stop>,
    /// Where to train
    #[arg(long, value_enum, default_value = "cpu")]
    backend: BackendName,
    /// The Vulkan device, by a part of its name; the best one if left out
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// Arithmetic: 'micromath' trades accuracy for size, as on a microcontroller
    #[arg(long, value_enum, default_value = "reference")]
    profile: ProfileName,
    /// Parameters to start from: safetensors, or a model saved by GAN Lab (F.json)
    #[arg(long, value_name = "F.safetensors")]
    init: Option<PathBuf>,
    /// Samples to train on, instead of those drawn from the seed
    #[arg(long, value_name = "F.safetensors")]
    atlas: Option<PathBuf>,
    /// Write losses and divergences, a row every --metrics-every epochs, and where the run is checked (at epoch 250,
    /// 500 and so on, later up to every 8000) all other measures: a table, or JSON lines in F.jsonl
    #[arg(long, value_name = "F.csv")]
    metrics: Option<PathBuf>,
    /// Epochs from one row of --metrics to the next
    #[arg(long, value_name = "EPOCHS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    metrics_every: u64,
    /// Write the run down as it goes, for `gan-lab replay`
    #[arg(long, value_name = "F.toml", conflicts_with_all = ["init", "atlas"])]
    record: Option<PathBuf>,
    /// Write the parameters when done
    #[arg(long, value_name = "F.safetensors")]
    save: Option<PathBuf>,
    /// Write the parameters every so many epochs too, from epoch 0 on, as F-0.safetensors, F-100.safetensors, …
    #[arg(long, value_name = "EPOCHS", requires = "save", value_parser = clap::value_parser!(u64).range(1..))]
    save_every: Option<u64>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum ProfileName {
    /// The contract's: the same bits everywhere
    Reference,
    /// micromath's approximations; another hash
    Micromath,
}

/// Result of a run; unknown figures are `null`.
#[derive(Serialize)]
struct Report {
    epoch: u64,
    hash: String,
    d_loss: Option<f64>,
    g_loss: Option<f64>,
    kl: f64,
    js: f64,
    seconds: f64,
    epochs_per_second: Option<f64>,
    backend: &'static str,
    device: String,
    profile: &'static str,
    diverged: Option<DivergedReport>,
    /// The condition that ended it before its last epoch.
    stopped_when: Option<String>,
    diagnosis: DiagnosisReport,
    /// All measures at the end, as [`metrics::fields`] names them.
    measures: serde_json::Map<String, serde_json::Value>,
}

/// Epoch and network at which a run left the finite numbers.
#[derive(Serialize)]
pub(super) struct DivergedReport {
    epoch: u64,
    network: String,
}

impl From<Diverged> for DivergedReport {
    fn from(Diverged { epoch, network }: Diverged) -> Self {
        Self {
            epoch,
            network: network.to_string(),
        }
    }
}

/// Trains and reports.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    if let (BackendName::Vulkan, ProfileName::Micromath) = (arguments.backend, arguments.profile) {
        return Err(Failure::bad_input(
            "--backend vulkan computes the profile 'reference' only; take --backend cpu for micromath",
        ));
    }
    let population = backend::population_of(arguments.backend, arguments.device.as_deref())?;
    match (population, arguments.profile) {
        (Some(population), _) => train::<Reference>(arguments, Some(Box::new(OnBackend::new(population)))),
        (None, ProfileName::Reference) => train::<Reference>(arguments, None),
        (None, ProfileName::Micromath) => train::<MicroMath>(arguments, None),
    }
}

/// Trains at `place` if there is one, otherwise on the processor.
fn train<P: Profile>(arguments: &Arguments, place: Option<Box<dyn Place<P>>>) -> Result<(), Failure> {
    let outputs = [&arguments.metrics, &arguments.record, &arguments.save];
    let outputs: Vec<&Path> = outputs.into_iter().flatten().map(PathBuf::as_path).collect();
    files::check_writable(&outputs)?;
    if let Some(path) = &arguments.metrics {
        metrics::Format::of(path)?;
    }
    let (mut trainer, mut observer) = set_up::<P>(arguments)?;
    if let Some(place) = place {
        trainer.train_at(place);
    }
    let progress = progress_bar(arguments.epochs);
    let mut course = Course::new(arguments);
    let mut training = Duration::ZERO;
    let mut outcome = Ok(());
    course.measure(&trainer, &mut observer, arguments.epochs == 0);
    save_on_the_way(arguments, &trainer)?;
    while outcome.is_ok() && course.stopped.is_none() && trainer.gan().epoch() < arguments.epochs {
        let now = trainer.gan().epoch();
        let due = course.due(now).min(saving_due(arguments, now));
        let stint = due.min(arguments.epochs) - now;
        // Short enough for the bar to move.
        let stint = stint.min(1000);
        let begun = Instant::now();
        let troubled = trainer.whereabouts().trouble.is_some();
        outcome = trainer.run_epochs(stint);
        training += begun.elapsed();
        if let Some(trouble) = trainer.whereabouts().trouble.as_deref().filter(|_| !troubled) {
            progress.suspend(|| eprintln!("gan-lab: {trouble}"));
        }
        progress.set_position(trainer.gan().epoch());
        let ends = outcome.is_err() || trainer.gan().epoch() >= arguments.epochs;
        course.measure(&trainer, &mut observer, ends);
        if outcome.is_ok() {
            save_on_the_way(arguments, &trainer)?;
        }
    }
    progress.finish_and_clear();
    course.save()?;
    if let Some(path) = &arguments.save {
        trainer.model().save(path)?;
    }
    let recorded = trainer.finish_recording();
    report(arguments, &trainer, &observer, &course, training, outcome)?;
    Ok(recorded?)
}

/// The next epoch after which --save-every wants the parameters.
fn saving_due(arguments: &Arguments, now: u64) -> u64 {
    arguments
        .save_every
        .map_or(u64::MAX, |every| (now / every + 1).saturating_mul(every))
}

/// The parameters of an epoch that --save-every wants, beside the file of --save.
fn save_on_the_way<P: Profile>(arguments: &Arguments, trainer: &Trainer<P>) -> Result<(), Failure> {
    let epoch = trainer.gan().epoch();
    let (Some(path), Some(every)) = (&arguments.save, arguments.save_every) else {
        return Ok(());
    };
    if epoch.is_multiple_of(every) {
        let mut name = path.file_stem().unwrap_or_default().to_owned();
        name.push(format!("-{epoch}"));
        if let Some(extension) = path.extension() {
            name.push(".");
            name.push(extension);
        }
        trainer.model().save(&path.with_file_name(name))?;
    }
    Ok(())
}

/// The run as it starts, and the eyes for it.
fn set_up<P: Profile>(arguments: &Arguments) -> Result<(Trainer<P>, Observer), Failure> {
    let mut experiment = arguments.start.experiment()?;
    let atlases = arguments
        .atlas
        .as_ref()
        .map(|path| Atlases::load(path).map(|atlases| (path, atlases)));
    let atlases = atlases.transpose()?;
    if let Some((path, atlases)) = &atlases {
        let mut configuration = *experiment.configuration();
        if atlases.dimensions != configuration.noise.dimensions {
            let (file, own) = (atlases.dimensions.get(), configuration.noise.dimensions.get());
            let problem = format!("its noise has {file} dimensions, the configuration's {own}");
            return Err(Failure::bad_input(format_args!("{}: {problem}", path.display())));
        }
        configuration.atlas = atlases.length;
        experiment = experiment
            .with_configuration(configuration)
            .map_err(Failure::bad_input)?;
    }
    if let Some(path) = &arguments.init {
        experiment = begun_with(&experiment, path)?;
    }
    let observer = match &atlases {
        Some((_, atlases)) => observer_of_atlas(&experiment, &atlases.real),
        None => Observer::new(&experiment),
    };
    let mut trainer = match &arguments.record {
        Some(path) => Trainer::<P>::recorded(experiment, path)?,
        None => Trainer::new(experiment),
    };
    if let Some((path, atlases)) = &atlases {
        let loaded = trainer.gan_mut().load_atlases(&atlases.real, &atlases.noise);
        loaded.map_err(|error| Failure::bad_input(format_args!("{}: {error}", path.display())))?;
    }
    Ok((trainer, observer))
}

/// The experiment, begun with the parameters of a file.
fn begun_with(experiment: &Experiment, path: &Path) -> Result<Experiment, Failure> {
    let model = opening::model(path)?;
    experiment.with_parameters(Arc::new(model)).map_err(|error| {
        let remedy = "choose its configuration with --preset or --config";
        Failure::bad_input(format_args!("{}: {error}; {remedy}", path.display()))
    })
}

/// The real samples of an atlas: one half to measure against, both for the floor.
fn observer_of_atlas(experiment: &Experiment, real: &[Point]) -> Observer {
    let inputs = experiment.configuration().techniques.inputs;
    let real: Vec<Point> = real
        .iter()
        .map(|point| point.map(|coordinate| inputs.denormalize(coordinate)))
        .collect();
    let half = real.len().div_ceil(2);
    let (one, other) = (&real[..half], &real[real.len() - half..]);
    Observer::against(experiment, one.to_vec(), other)
}

/// How far a run is and how fast it goes, on a terminal.
pub(super) fn progress_bar(epochs: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} epoch {human_pos}/{human_len}  {per_sec}  {eta} left");
    ProgressBar::new(epochs).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Measurements along a run: rows of the metrics file, kept in memory and written whole at the
/// end, and checks.
struct Course<'a> {
    arguments: &'a Arguments,
    rows: Vec<Measured>,
    checks: Vec<Measured>,
    glances: Glances,
    diagnosis: Option<Diagnosis>,
    stops: Vec<StopCount>,
    /// The condition that was reached.
    stopped: Option<Stop>,
    last: Option<(Divergence, Measures)>,
}

impl<'a> Course<'a> {
    fn new(arguments: &'a Arguments) -> Self {
        Self {
            arguments,
            stops: arguments.stop_when.iter().cloned().map(StopCount::new).collect(),
            stopped: None,
            rows: Vec::new(),
            checks: Vec::new(),
            glances: Glances::default(),
            diagnosis: None,
            last: None,
        }
    }

    /// The next epoch that wants to be measured.
    fn due(&self, now: u64) -> u64 {
        let row = match self.arguments.metrics {
            Some(_) => now + self.arguments.metrics_every - now % self.arguments.metrics_every,
            None => u64::MAX,
        };
        let stop = self.stops.iter().map(|stop| stop.due(now)).min();
        row.min(schedule::next_glance(now)).min(stop.unwrap_or(u64::MAX))
    }

    /// Measures what is wanted after this epoch.
    fn measure<P: Profile>(&mut self, trainer: &Trainer<P>, observer: &mut Observer, ends: bool) {
        let epoch = trainer.gan().epoch();
        let row = self.arguments.metrics.is_some()
            && epoch.is_multiple_of(self.arguments.metrics_every)
            && self.rows.last().is_none_or(|row| row.epoch < epoch);
        let is_stop = self.stops.iter().any(|stop| stop.is_at(epoch));
        let check = (ends || is_stop || schedule::is_due(epoch))
            && (self.checks.last().is_none_or(|check| check.epoch < epoch)
                || trainer.gan().diverged().is_some());
        let glance = check || schedule::is_glance_due(epoch);
        if !row && !glance {
            return;
        }
        let state = trainer.state();
        if !row && !check {
            self.glances.record(observer.glance_due(&state));
            return;
        }
        let (divergence, measures) = match check {
            true => {
                let (divergence, measures) = observer.check(&state);
                (divergence, Some(measures))
            }
            false => (observer.measure(&state), None),
        };
        if glance {
            self.glances.record(match &measures {
                Some(measures) => measures.glance,
                None => observer.glance_due(&state),
            });
        }
        let [discriminator_loss, generator_loss] = losses(trainer);
        let mut measured = Measured {
            epoch,
            discriminator_loss,
            generator_loss,
            kl: divergence.kl,
            js: divergence.js,
            summary: Summary::default(),
        };
        if let Some(measures) = measures {
            measured.summary = measures.summary();
            // A check that one stop alone is due for does not ask the others: all are independent.
            let due = epoch > 0 && schedule::is_due(epoch);
            let asked = |stop: &StopCount| due || stop.is_at(epoch);
            if ends || self.stops.iter().any(asked) {
                let diagnosis = Diagnosis::of(&DiagnosisInput {
                    configuration: &state.configuration,
                    history: &self.checks,
                    glances: self.glances.as_slice(),
                    now: &measured,
                    measures: &measures,
                    floor: observer.floors(),
                    diverged: trainer.gan().diverged(),
                });
                let stops = self.stops.iter_mut().filter(|stop| asked(stop));
                let reached = stops.filter_map(|stop| {
                    stop.take(&measured, diagnosis.word())
                        .then(|| stop.stop().clone())
                });
                let reached = reached.reduce(|first, _| first);
                self.stopped = self.stopped.take().or(reached);
                self.diagnosis = Some(diagnosis);
            }
            self.checks.push(measured);
            self.last = Some((divergence, measures));
        }
        if row {
            self.rows.push(measured);
        }
    }

    fn save(&self) -> Result<(), FileError> {
        match &self.arguments.metrics {
            Some(path) => metrics::save(path, &self.rows),
            None => Ok(()),
        }
    }
}

fn losses<P: Profile>(trainer: &Trainer<P>) -> [Option<f64>; 2] {
    let finite = |loss: f64| loss.is_finite().then_some(loss);
    [Network::Discriminator, Network::Generator].map(|network| trainer.gan().loss(network).and_then(finite))
}

fn report<P: Profile>(
    arguments: &Arguments,
    trainer: &Trainer<P>,
    observer: &Observer,
    course: &Course<'_>,
    training: Duration,
    outcome: Result<(), Diverged>,
) -> Result<(), Failure> {
    let (Some((Divergence { kl, js }, _)), Some(diagnosis)) = (&course.last, &course.diagnosis) else {
        unreachable!("a run is checked at its end")
    };
    let (kl, js) = (*kl, *js);
    let [d_loss, g_loss] = losses(trainer);
    let seconds = training.as_secs_f64();
    let epoch = trainer.gan().epoch();
    let diverged = outcome.err();
    let whereabouts = trainer.whereabouts();
    let report = Report {
        epoch,
        hash: trainer.gan().state_hash().to_string(),
        d_loss,
        g_loss,
        kl,
        js,
        seconds,
        epochs_per_second: (epoch > 0 && seconds > 0.0).then(|| epoch as f64 / seconds),
        backend: whereabouts.backend,
        device: whereabouts.device.to_string(),
        profile: P::NAME,
        diverged: diverged.map(DivergedReport::from),
        stopped_when: course.stopped.as_ref().map(Stop::to_string),
        diagnosis: DiagnosisReport::of(diagnosis),
        measures: course
            .checks
            .last()
            .map_or_else(Default::default, metrics::measures),
    };
    let mut out = std::io::stdout().lock();
    if arguments.json {
        serde_json::to_writer(&mut out, &report).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        let figure = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.4}"));
        let floor = observer.floor();
        match &course.stopped {
            Some(stop) => writeln!(out, "epoch   {epoch}, stopped when {stop}")?,
            None => writeln!(out, "epoch   {epoch}")?,
        }
        writeln!(out, "hash    {}", report.hash)?;
        writeln!(out, "loss    D {}   G {}", figure(d_loss), figure(g_loss))?;
        writeln!(
            out,
            "JS      {js:.4} bits (0 same, 1 disjoint; two real sets: {:.4})",
            floor.js
        )?;
        writeln!(out, "KL      {kl:.4} bits (two real sets: {:.4})", floor.kl)?;
        if let Some(speed) = report.epochs_per_second {
            writeln!(
                out,
                "speed   {speed:.0} epochs/s on {} ({})",
                report.backend, report.device
            )?;
        }
        report::say(&mut out, diagnosis)?;
    }
    match diverged {
        Some(diverged) => Err(Failure::NotSo(format!(
            "{diverged}; lower a learning rate or take another seed"
        ))),
        None => Ok(()),
    }
}
