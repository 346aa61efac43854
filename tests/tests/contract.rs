//! The core against the contract's second implementation: `fixtures/contract/`, written in NumPy from
//! `CONTRACT.md` alone. Bit for bit: functions, random numbers, and runs phase by phase.

use std::fs::File;

use gan_core::configuration::{
    AtlasLength, BatchSize, HiddenLayers, LearningRate, Loss, NetworkConfiguration, Neurons, Noise,
    NoiseDimensions, NoiseKind, Optimizer, UpdatesPerEpoch,
};
use gan_core::random::{Purpose, Stream};
use gan_core::{
    Change, Configuration, Gan, Instructions, Network, Phase, Point, Reference, Stage, StepError, Target,
    Techniques, math, memory_words,
};
use gan_lab_tests::fixture;
use serde::Deserialize;
use serde::de::DeserializeOwned;

fn vectors<T: DeserializeOwned>(name: &str) -> T {
    let path = fixture("contract").join(name);
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_reader(std::io::BufReader::new(file)).unwrap()
}

fn f32_of(bits: &str) -> f32 {
    f32::from_bits(u32::from_str_radix(bits, 16).unwrap())
}

fn f64_of(bits: &str) -> f64 {
    f64::from_bits(u64::from_str_radix(bits, 16).unwrap())
}

fn hex(values: &[f32]) -> Vec<String> {
    values
        .iter()
        .map(|value| format!("{:08x}", value.to_bits()))
        .collect()
}

/// FNV-1a over the bits of numbers, written here once more.
fn digest(values: impl IntoIterator<Item = f32>) -> String {
    let bytes = values.into_iter().flat_map(|value| value.to_bits().to_le_bytes());
    let fold = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.fold(0xcbf2_9ce4_8422_2325, fold))
}

type Function = fn(f32) -> f32;

#[test]
fn functions_give_the_vectors_bits() {
    #[derive(Deserialize)]
    struct Functions {
        inputs: Vec<String>,
        outputs: std::collections::BTreeMap<String, Vec<String>>,
        sweep: std::collections::BTreeMap<String, String>,
    }
    let vectors: Functions = vectors("functions.json");
    let functions: [(&str, Function); 7] = [
        ("exp", math::exp),
        ("ln", math::ln),
        ("sigmoid", math::sigmoid),
        ("tanh", math::tanh),
        ("relu", math::relu),
        ("c", math::canonical),
        ("c2", math::canonical_square),
    ];
    assert_eq!(vectors.outputs.len(), functions.len());
    for (name, function) in functions {
        // A NaN has many bit patterns; the vectors write one.
        let one_nan = |value: f32| {
            if value.is_nan() {
                f32::from_bits(0x7fc0_0000)
            } else {
                value
            }
        };
        for (input, output) in vectors.inputs.iter().zip(&vectors.outputs[name]) {
            let ours = one_nan(function(f32_of(input)));
            assert_eq!(format!("{:08x}", ours.to_bits()), *output, "{name}({input})");
        }
        let sweep = (0..65_536_u32).map(|i| one_nan(function(f32::from_bits(i.wrapping_mul(65_537)))));
        assert_eq!(digest(sweep), vectors.sweep[name], "{name} over the sweep");
    }
}

#[test]
fn streams_give_the_vectors_numbers() {
    #[derive(Deserialize)]
    struct Random {
        streams: Vec<Numbers>,
    }
    #[derive(Deserialize)]
    struct Numbers {
        seed: u64,
        tag: u64,
        uniforms: Vec<String>,
        normals: Vec<String>,
        normals_as_f32: Vec<String>,
        truncated_normals_as_f32: Vec<String>,
    }
    let purposes = [
        Purpose::GeneratorWeights,
        Purpose::DiscriminatorWeights,
        Purpose::RealAtlas,
        Purpose::NoiseAtlas,
        Purpose::EvaluationReal,
        Purpose::EvaluationNoise,
    ];
    for numbers in vectors::<Random>("random.json").streams {
        let purpose = *purposes
            .iter()
            .find(|purpose| **purpose as u64 == numbers.tag)
            .unwrap();
        let fresh = || Stream::new(numbers.seed, purpose);
        let mut stream = fresh();
        for uniform in &numbers.uniforms {
            assert_eq!(
                stream.uniform(),
                f64_of(uniform),
                "seed {} {purpose:?}",
                numbers.seed
            );
        }
        let (mut stream, mut truncated) = (fresh(), fresh());
        for (normal, single) in numbers.normals.iter().zip(&numbers.normals_as_f32) {
            let (ours, theirs) = (stream.normal::<Reference>(), f64_of(normal));
            // The vectors' come from a C library's log and cos, which differ in the last digits of f64.
            let difference = (ours - theirs).abs();
            assert!(difference <= 4.0 * f64::EPSILON * theirs.abs(), "{ours} {theirs}");
            assert_eq!(ours as f32, f32_of(single));
        }
        for single in &numbers.truncated_normals_as_f32 {
            assert_eq!(truncated.truncated_normal::<Reference>() as f32, f32_of(single));
        }
    }
}

#[derive(Deserialize)]
struct Run {
    name: String,
    configuration: Settings,
    atlas_head: Head,
    atlas_digest: Digests,
    initial: Initial,
    hash_at_epoch_0: String,
    epochs: Vec<Epoch>,
    diverged: Option<DivergedAt>,
}

#[derive(Deserialize)]
struct Settings {
    target: TargetSettings,
    noise: NoiseSettings,
    generator: NetworkSettings,
    discriminator: NetworkSettings,
    loss: String,
    batch: u32,
    atlas_length: u32,
    seed: u64,
}

#[derive(Deserialize)]
struct TargetSettings {
    kind: String,
    #[serde(default)]
    points: Vec<[String; 2]>,
}

#[derive(Deserialize)]
struct NoiseSettings {
    kind: String,
    dimensions: u32,
}

#[derive(Deserialize)]
struct NetworkSettings {
    hidden_layers: Option<u32>,
    neurons: Option<u32>,
    learning_rate_bits: String,
    optimiser: String,
    updates: u32,
}

#[derive(Deserialize)]
struct Head {
    real: Vec<[String; 2]>,
    noise: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct Digests {
    real: String,
    noise: String,
}

#[derive(Deserialize)]
struct Initial {
    generator: Parameters,
    discriminator: Parameters,
}

#[derive(Deserialize)]
struct Parameters {
    count: usize,
    digest: String,
    first: Vec<String>,
}

#[derive(Deserialize)]
struct Epoch {
    plan: Plan,
    change: Option<ChangeSettings>,
    hash: String,
    #[serde(default)]
    phases: Vec<PhaseDigest>,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Plan {
    Full,
    StepDiscriminator,
    StepGenerator,
}

#[derive(Deserialize)]
struct ChangeSettings {
    loss: Option<String>,
    generator: Option<NetworkSettings>,
    discriminator: Option<NetworkSettings>,
}

#[derive(Deserialize)]
struct PhaseDigest {
    network: String,
    phase: String,
    /// Absent where the phase made a NaN.
    digest: Option<String>,
}

#[derive(Deserialize)]
struct DivergedAt {
    epoch: u64,
    network: String,
}

fn network_of(settings: &NetworkSettings) -> NetworkConfiguration {
    NetworkConfiguration {
        hidden_layers: HiddenLayers::new(settings.hidden_layers.unwrap()).unwrap(),
        neurons: Neurons::new(settings.neurons.unwrap()).unwrap(),
        learning_rate: LearningRate::new(f32_of(&settings.learning_rate_bits)).unwrap(),
        optimizer: optimizer_of(&settings.optimiser),
        updates_per_epoch: UpdatesPerEpoch::new(settings.updates).unwrap(),
    }
}

fn optimizer_of(name: &str) -> Optimizer {
    match name {
        "sgd" => Optimizer::Sgd,
        "adam" => Optimizer::Adam,
        _ => panic!("optimiser {name}"),
    }
}

fn loss_of(name: &str) -> Loss {
    match name {
        "log" => Loss::Log,
        "least_squares" => Loss::LeastSquares,
        "minimax" => Loss::Minimax,
        "flipped" => Loss::Flipped,
        "wasserstein" => Loss::Wasserstein,
        "hinge" => Loss::Hinge,
        _ => panic!("loss {name}"),
    }
}

fn configuration_of(settings: &Settings) -> Configuration {
    let target = Target::ALL
        .into_iter()
        .find(|target| format!("{target:?}").to_lowercase() == settings.target.kind);
    let kind = match settings.noise.kind.as_str() {
        "uniform" => NoiseKind::Uniform,
        "normal" => NoiseKind::Normal,
        "spherical" => NoiseKind::Spherical,
        kind => panic!("noise {kind}"),
    };
    Configuration {
        target: target.unwrap(),
        noise: Noise {
            kind,
            dimensions: NoiseDimensions::new(settings.noise.dimensions).unwrap(),
        },
        generator: network_of(&settings.generator),
        discriminator: network_of(&settings.discriminator),
        loss: loss_of(&settings.loss),
        batch: BatchSize::new(settings.batch).unwrap(),
        atlas: AtlasLength::new(settings.atlas_length).unwrap(),
        techniques: Techniques::NONE,
    }
}

fn apply(gan: &mut Gan<Vec<f32>>, change: &ChangeSettings) {
    let mut changes = Vec::new();
    if let Some(loss) = &change.loss {
        changes.push(Change::Loss(loss_of(loss)));
    }
    for (network, settings) in [
        (Network::Generator, &change.generator),
        (Network::Discriminator, &change.discriminator),
    ] {
        let Some(settings) = settings else { continue };
        let rate = LearningRate::new(f32_of(&settings.learning_rate_bits)).unwrap();
        let updates = UpdatesPerEpoch::new(settings.updates).unwrap();
        changes.push(Change::LearningRate(network, rate));
        changes.push(Change::Optimizer(network, optimizer_of(&settings.optimiser)));
        changes.push(Change::UpdatesPerEpoch(network, updates));
    }
    for change in changes {
        gan.change(change).unwrap();
    }
}

/// Runs an epoch phase by phase where the vectors tell phases, and whole where they do not.
fn run_epoch(gan: &mut Gan<Vec<f32>>, epoch: &Epoch, place: &str) {
    if gan.diverged().is_some() {
        return;
    }
    let mut phases = epoch.phases.iter();
    let mut check = |gan: &Gan<Vec<f32>>, phase: Phase| {
        let expected = phases
            .next()
            .unwrap_or_else(|| panic!("{place}: {phase:?} is one too many"));
        assert_eq!(
            (phase.network.to_string(), stage_name(phase.stage)),
            (expected.network.clone(), expected.phase.as_str()),
            "{place}"
        );
        if let Some(digest) = &expected.digest {
            assert_eq!(gan.phase_digest(phase).to_string(), *digest, "{place}, {phase:?}");
        }
    };
    let network = match epoch.plan {
        Plan::Full => None,
        Plan::StepDiscriminator => Some(Network::Discriminator),
        Plan::StepGenerator => Some(Network::Generator),
    };
    match network {
        // A one-network step has no phases to stop at; its hash must do.
        Some(network) => match gan.step(network) {
            Ok(()) | Err(StepError::Diverged(_)) => {}
            Err(StepError::MidEpoch) => panic!("{place}: an epoch was left unfinished"),
        },
        None if epoch.phases.is_empty() => {
            // A divergence is looked for by the caller.
            let _ = gan.run_epoch();
        }
        None => {
            while let Ok(Some(phase)) = gan.advance() {
                check(gan, phase);
                if gan.upcoming().is_none() {
                    break;
                }
            }
        }
    }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::RunGenerator => "run_generator",
        Stage::RunDiscriminator => "run_discriminator",
        Stage::ComputeLoss => "compute_loss",
        Stage::ComputeGradients => "compute_gradients",
        Stage::Update => "update",
    }
}

#[test]
fn runs_give_the_vectors_states_phase_by_phase() {
    #[derive(Deserialize)]
    struct Runs {
        runs: Vec<Run>,
    }
    let runs = vectors::<Runs>("runs.json").runs;
    assert!(runs.len() >= 50);
    for instructions in lab::instructions::available() {
        let (mut epochs, mut phases) = (0, 0);
        for run in &runs {
            check(run, instructions);
            epochs += run.epochs.len();
            phases += run.epochs.iter().map(|epoch| epoch.phases.len()).sum::<usize>();
        }
        let level = instructions.name();
        println!(
            "{level}: {} runs, {epochs} epochs, {phases} phases, every bit the same",
            runs.len()
        );
    }
}

/// A whole run against its vectors, computed with these instructions.
fn check(run: &Run, instructions: Instructions) {
    let name = &format!("{} ({})", run.name, instructions.name());
    let configuration = configuration_of(&run.configuration);
    let points = &run.configuration.target.points;
    let drawing: Vec<Point> = points
        .iter()
        .map(|point| [f32_of(&point[0]), f32_of(&point[1])])
        .collect();
    // More memory than needed, and not zero: neither may matter.
    let memory = vec![f32::NAN; memory_words(&configuration) + 5];
    let mut gan = Gan::<_>::new(memory, &configuration, run.configuration.seed, &drawing).unwrap();
    gan.use_instructions(instructions);

    let dimensions = configuration.noise.dimensions.get();
    for (ours, theirs) in gan.real_atlas().iter().zip(&run.atlas_head.real) {
        assert_eq!(hex(ours), theirs, "{name}: head of the real atlas");
    }
    for (ours, theirs) in gan.noise_atlas().chunks(dimensions).zip(&run.atlas_head.noise) {
        assert_eq!(hex(ours), *theirs, "{name}: head of the noise atlas");
    }
    assert_eq!(
        digest(gan.real_atlas().as_flattened().iter().copied()),
        run.atlas_digest.real,
        "{name}"
    );
    assert_eq!(
        digest(gan.noise_atlas().iter().copied()),
        run.atlas_digest.noise,
        "{name}"
    );
    for (network, expected) in [
        (Network::Generator, &run.initial.generator),
        (Network::Discriminator, &run.initial.discriminator),
    ] {
        let ours = gan.parameters(network);
        assert_eq!(ours.len(), expected.count, "{name}: parameters of the {network}");
        assert_eq!(
            hex(&ours[..expected.first.len()]),
            expected.first,
            "{name}: weights of the {network}"
        );
        assert_eq!(
            digest(ours.iter().copied()),
            expected.digest,
            "{name}: weights of the {network}"
        );
    }
    assert_eq!(
        gan.state_hash().to_string(),
        run.hash_at_epoch_0,
        "{name}: hash at epoch 0"
    );
    for (index, epoch) in run.epochs.iter().enumerate() {
        let place = format!("{name}, epoch {}", index + 1);
        if let (Some(change), None) = (&epoch.change, gan.diverged()) {
            apply(&mut gan, change);
        }
        run_epoch(&mut gan, epoch, &place);
        assert_eq!(gan.state_hash().to_string(), epoch.hash, "{place}");
    }
    let expected = run.diverged.as_ref().map(|at| (at.epoch, at.network.clone()));
    let ours = gan.diverged().map(|at| (at.epoch, at.network.to_string()));
    assert_eq!(ours, expected, "{name}: divergence");
}
