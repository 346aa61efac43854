//! The measures against `fixtures/measures/`: an independent NumPy script, fed the same samples, networks and
//! losses, came to the figures in `vectors.json` another way.
//!
//! `GAN_LAB_FILL=1` writes `inputs.json` if it is missing; then run the script (`fixtures/measures/README.md`).

use std::path::PathBuf;

use gan_core::density::Density;
use gan_core::evaluate::{Evaluator, evaluation_words};
use gan_core::gan::{draw_noise, draw_real};
use gan_core::measures::{
    Bins, Course, Histogram, Modes, Oscillation, Spread, Updates, period::LEAST_VALUES, updates,
};
use gan_core::random::{Purpose, Stream};
use gan_core::{Configuration, Gan, Network, Point, Preset, Reference, Target, memory_words};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Relative tolerance of figures that are sums of a few thousand `f64` numbers in another order.
const TOLERANCE: f64 = 1e-10;

/// Inputs of both computations.
#[derive(Serialize, Deserialize)]
struct Inputs {
    runs: Vec<Run>,
    courses: Vec<Vec<f64>>,
}

/// A run after some epochs.
#[derive(Serialize, Deserialize)]
struct Run {
    target: String,
    real: Vec<Point>,
    fake: Vec<Point>,
    real_scores: Vec<f32>,
    fake_scores: Vec<f32>,
    noise: Vec<f32>,
    generator: Weights,
    discriminator: Weights,
}

/// A network before and after the last update of an epoch.
#[derive(Serialize, Deserialize)]
struct Weights {
    /// Neurons from the inputs to the outputs.
    widths: Vec<usize>,
    before: Vec<f32>,
    after: Vec<f32>,
    gradients: Vec<f32>,
}

#[derive(Deserialize)]
struct Vectors {
    runs: Vec<Figures>,
    courses: Vec<CourseFigures>,
}

#[derive(Deserialize)]
struct Figures {
    bins: Vec<BinFigures>,
    modes: Option<ModeFigures>,
    real_histogram: Vec<u32>,
    fake_histogram: Vec<u32>,
    kl: f64,
    js: f64,
    generator: NetworkFigures,
    discriminator: NetworkFigures,
}

#[derive(Deserialize)]
struct BinFigures {
    k: usize,
    centres: Vec<[f64; 2]>,
    real: Vec<u32>,
    fake: Vec<u32>,
    scores: Vec<f64>,
    ndb: usize,
}

#[derive(Deserialize)]
struct ModeFigures {
    near: Vec<u32>,
    covered: Vec<bool>,
    high_quality: f64,
}

#[derive(Deserialize)]
struct NetworkFigures {
    gradients: Vec<f64>,
    moved: f64,
    dead: Vec<usize>,
}

#[derive(Deserialize)]
struct CourseFigures {
    mean: f64,
    variance: f64,
    /// Period, clarity, deviation.
    oscillation: Option<[f64; 3]>,
}

fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../fixtures/measures", name]
        .iter()
        .collect()
}

fn read<T: DeserializeOwned>(name: &str) -> T {
    let text = std::fs::read_to_string(path(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Relative to the larger of 1 and the figure; a NaN is near nothing.
fn near(ours: f64, theirs: f64, what: &str) {
    let difference = (ours - theirs).abs();
    assert!(
        difference <= TOLERANCE * theirs.abs().max(1.0),
        "{what}: {ours}, NumPy says {theirs}"
    );
}

fn all_near(ours: &[f64], theirs: &[f64], what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        near(*ours, *theirs, &format!("{what} {index}"));
    }
}

fn configuration(target: Target) -> Configuration {
    match target {
        Target::Ring => Preset::Ring.configuration(),
        target => Configuration {
            target,
            ..Preset::Disjoint.configuration()
        },
    }
}

const TARGETS: [Target; 4] = [Target::Ring, Target::Disjoint, Target::Eight, Target::Grid];

fn target(name: &str) -> Target {
    let named = |target: &Target| format!("{target:?}") == name;
    TARGETS.into_iter().find(named).unwrap()
}

#[test]
fn measures_of_samples_agree_with_numpy() {
    let (inputs, vectors): (Inputs, Vectors) = (read("inputs.json"), read("vectors.json"));
    assert_eq!(inputs.runs.len(), vectors.runs.len());
    assert!(inputs.runs.len() >= 8);
    for (run, figures) in inputs.runs.iter().zip(&vectors.runs) {
        for bins in &figures.bins {
            match bins.k {
                20 => agree::<20>(run, bins),
                100 => agree::<100>(run, bins),
                k => panic!("bins of {k}"),
            }
        }
        let modes = Modes::of(target(&run.target), &run.fake);
        assert_eq!(modes.is_some(), figures.modes.is_some());
        if let (Some(ours), Some(theirs)) = (modes, &figures.modes) {
            assert_eq!(ours.near(), theirs.near);
            assert_eq!(ours.covered().collect::<Vec<_>>(), theirs.covered);
            near(ours.high_quality().unwrap(), theirs.high_quality, "high quality");
        }
        assert_eq!(
            Histogram::of(&run.real_scores).counts()[..],
            figures.real_histogram
        );
        assert_eq!(
            Histogram::of(&run.fake_scores).counts()[..],
            figures.fake_histogram
        );
        let [real, fake] = [&run.real, &run.fake].map(|points| Density::of(points));
        near(real.kl(&fake), figures.kl, "KL");
        near(real.js(&fake), figures.js, "JS");
    }
}

fn agree<const K: usize>(run: &Run, figures: &BinFigures) {
    let bins = Bins::<K>::of(&run.real).unwrap();
    all_near(
        bins.centres().as_flattened(),
        figures.centres.as_flattened(),
        "centre",
    );
    assert_eq!(bins.real(), figures.real);
    assert_eq!(bins.counts(&run.fake), figures.fake[..]);
    let difference = bins.compare(&run.fake).unwrap();
    all_near(&difference.scores, &figures.scores, "z");
    assert_eq!(difference.ndb(), figures.ndb, "{}", run.target);
    near(
        difference.score(),
        figures.ndb as f64 / figures.centres.len() as f64,
        "NDB/K",
    );
}

#[test]
fn measures_of_networks_agree_with_numpy() {
    let (inputs, vectors): (Inputs, Vectors) = (read("inputs.json"), read("vectors.json"));
    let mut dead_in_all = 0;
    for (run, figures) in inputs.runs.iter().zip(&vectors.runs) {
        for (network, weights, figures) in [
            (Network::Generator, &run.generator, &figures.generator),
            (Network::Discriminator, &run.discriminator, &figures.discriminator),
        ] {
            let shape = configuration(target(&run.target)).shape(network);
            let norms = updates::layer_norms(&shape.layers(), &weights.gradients);
            all_near(&norms, &figures.gradients, "gradient");
            near(
                updates::distance(&weights.before, &weights.after),
                figures.moved,
                "moved",
            );
            let mut scratch = vec![0.0; evaluation_words(&shape)];
            let mut evaluator = Evaluator::<Reference>::new(shape, &weights.after, &mut scratch);
            let activity = match network {
                Network::Generator => evaluator.activity_of_noise(&run.noise),
                Network::Discriminator => evaluator.activity_at(&run.real),
            };
            let dead: Vec<usize> = activity.unwrap().dead().collect();
            assert_eq!(dead, figures.dead, "{}, {network}", run.target);
            dead_in_all += dead.iter().sum::<usize>();
        }
    }
    assert!(
        dead_in_all > 0,
        "no network of the fixtures has a dead unit to find"
    );
}

#[test]
fn measures_of_losses_agree_with_numpy() {
    let (inputs, vectors): (Inputs, Vectors) = (read("inputs.json"), read("vectors.json"));
    assert_eq!(inputs.courses.len(), vectors.courses.len());
    let oscillating = vectors
        .courses
        .iter()
        .filter(|course| course.oscillation.is_some());
    assert!(oscillating.count() >= 5, "too few of the fixtures oscillate");
    for (index, (values, figures)) in inputs.courses.iter().zip(&vectors.courses).enumerate() {
        let mut window = Course::<256>::new();
        values.iter().for_each(|value| window.push(*value));
        let Spread { mean, variance } = window.spread().unwrap();
        near(mean, figures.mean, "mean");
        near(variance, figures.variance, "variance");
        let found = Oscillation::of(window.ordered(&mut [0.0; 256]));
        let found = found.map(|found| [found.period, found.clarity, found.deviation]);
        assert_eq!(found.is_some(), figures.oscillation.is_some(), "course {index}");
        all_near(
            found.as_ref().map_or(&[], |found| &found[..]),
            figures.oscillation.as_ref().map_or(&[], |found| &found[..]),
            &format!("course {index}"),
        );
    }
}

/// Writes what both compute from, where it is missing and asked for.
#[test]
fn inputs_are_written_when_asked_for() {
    if std::env::var_os("GAN_LAB_FILL").is_none() || path("inputs.json").exists() {
        println!("skipped: GAN_LAB_FILL=1 writes fixtures/measures/inputs.json where there is none");
        return;
    }
    let mut runs = Vec::new();
    let mut courses = synthetic_courses();
    for target in TARGETS {
        for epochs in [30, 900] {
            let (run, losses) = trained(target, epochs);
            runs.push(run);
            courses.extend((losses.len() >= LEAST_VALUES).then_some(losses));
        }
    }
    let text = serde_json::to_string(&Inputs { runs, courses }).unwrap();
    std::fs::write(path("inputs.json"), text.replace("],[", "],\n[") + "\n").unwrap();
}

fn trained(target: Target, epochs: u64) -> (Run, Vec<f64>) {
    let configuration = configuration(target);
    let mut gan =
        Gan::<_, Reference>::new(vec![0.0; memory_words(&configuration)], &configuration, 5, &[]).unwrap();
    let mut losses = Vec::new();
    for _ in 0..epochs {
        gan.run_epoch().unwrap();
        losses.extend(gan.loss(Network::Discriminator));
    }
    losses.drain(..losses.len().saturating_sub(256));
    let networks = [Network::Generator, Network::Discriminator];
    let before = networks.map(|network| gan.parameters(network).to_vec());
    // One update each of the epoch's last.
    let _: Updates = gan.run_measured_epoch(&mut [0.0; 1000]).unwrap();
    let [generator, discriminator] = [0, 1].map(|index| {
        let layers = configuration.shape(networks[index]).layers();
        let outputs = layers.iter().map(|layer| layer.outputs);
        Weights {
            widths: [layers[0].inputs].into_iter().chain(outputs).collect(),
            before: before[index].clone(),
            after: gan.parameters(networks[index]).to_vec(),
            gradients: gan.gradients(networks[index]).to_vec(),
        }
    });
    let mut real = vec![[0.0; 2]; 1_500];
    draw_real::<Reference>(
        &configuration,
        &[],
        Stream::new(5, Purpose::EvaluationReal),
        &mut real,
    );
    let mut noise = vec![0.0; 2_000];
    draw_noise::<Reference>(
        &configuration,
        Stream::new(5, Purpose::EvaluationNoise),
        &mut noise,
    );
    let mut fake = vec![[0.0; 2]; 1_000];
    let (mut real_scores, mut fake_scores) = (vec![0.0; 1_500], vec![0.0; 1_000]);
    let shapes = networks.map(|network| configuration.shape(network));
    let mut scratches = shapes.map(|shape| vec![0.0; evaluation_words(&shape)]);
    let [for_generator, for_discriminator] = &mut scratches;
    Evaluator::<Reference>::new(shapes[0], gan.parameters(networks[0]), for_generator)
        .generate(&noise, &mut fake);
    let mut discriminator_of_points =
        Evaluator::<Reference>::new(shapes[1], gan.parameters(networks[1]), for_discriminator);
    discriminator_of_points.score(&real, &mut real_scores);
    discriminator_of_points.score(&fake, &mut fake_scores);
    let run = Run {
        target: format!("{target:?}"),
        real,
        fake,
        real_scores,
        fake_scores,
        noise,
        generator,
        discriminator,
    };
    (run, losses)
}

fn synthetic_courses() -> Vec<Vec<f64>> {
    let mut stream = Stream::new(11, Purpose::EvaluationReal);
    let mut courses = Vec::new();
    let turn = |t: f64, period: f64| libm::sin(std::f64::consts::TAU * t / period);
    for (period, noise, slope) in [
        (37.0, 0.0, 0.0),
        (9.4, 0.3, 0.0),
        (61.3, 0.2, 0.01),
        (80.0, 0.5, -0.02),
        (100.0, 0.0, 0.0),
        (1.0, 1.0, 0.0),
    ] {
        let mut value = |t: f64| turn(t, period) + noise * stream.normal::<Reference>() + slope * t + 3.0;
        courses.push((0..256).map(|t| value(f64::from(t))).collect());
    }
    // A saw, and a window that is not full.
    courses.push((0..256).map(|t| f64::from(t % 23)).collect());
    courses.push(
        (0..100)
            .map(|t| turn(f64::from(t), 12.5) + 0.5 * turn(f64::from(t), 6.25))
            .collect(),
    );
    courses
}
