//! Every technique (`CONTRACT.md`, section 9): alone on small networks, in the random mixtures of a population,
//! and those that a backend refuses.

use gan_core::configuration::{
    AtlasLength, BatchSize, HiddenLayers, Loss, Network, Neurons, NoiseDimensions, NoiseKind, Optimizer,
    UpdatesPerEpoch,
};
use gan_core::techniques::{
    Betas, Bound, Decay, DecayEpochs, Deviation, FadeEpochs, FeatureMatching, HiddenActivation,
    Initialization, Inputs, InstanceNoise, Output, Penalty, RateDecay, Replay, ReplayCapacity,
    ReplayedSamples, Share, Slope, SoftLabels, Techniques, Weight,
};
use gan_core::{Configuration, Preset};
use proptest::prelude::*;
use proptest::sample::select;

use crate::backends::Run;
use crate::population::run;

const NETWORKS: [Network; 2] = [Network::Generator, Network::Discriminator];

fn share(value: f32) -> Share {
    Share::new(value).unwrap()
}

fn weight(value: f32) -> Weight {
    Weight::new(value).unwrap()
}

fn decay(ten_thousandths: u32) -> Decay {
    Decay::new(ten_thousandths).unwrap()
}

fn leaky(slope: f32) -> HiddenActivation {
    HiddenActivation::LeakyRelu(Slope::new(slope).unwrap())
}

fn noise(deviation: f32, epochs: u32) -> Option<InstanceNoise> {
    Some(InstanceNoise {
        deviation: Deviation::new(deviation).unwrap(),
        fade: FadeEpochs::new(epochs).unwrap(),
    })
}

fn matching(value: f32, epochs: u32) -> Option<FeatureMatching> {
    Some(FeatureMatching {
        weight: share(value),
        fade: FadeEpochs::new(epochs).unwrap(),
    })
}

fn replay(samples: u32, capacity: u32) -> Option<Replay> {
    Some(Replay {
        samples: ReplayedSamples::new(samples).unwrap(),
        capacity: ReplayCapacity::new(capacity).unwrap(),
    })
}

/// Networks small enough to train in no time, of a batch that is no multiple of 16 and an atlas that goes round.
pub fn small() -> Configuration {
    let mut configuration = Preset::Gaussians.configuration();
    configuration.batch = BatchSize::new(37).unwrap();
    configuration.atlas = AtlasLength::new(500).unwrap();
    for (network, neurons) in NETWORKS.into_iter().zip([5, 6]) {
        let network = configuration.network_mut(network);
        network.hidden_layers = HiddenLayers::new(1).unwrap();
        network.neurons = Neurons::new(neurons).unwrap();
        network.updates_per_epoch = UpdatesPerEpoch::new(2).unwrap();
    }
    configuration
}

/// Two runs, one with each optimiser, of techniques that go together.
fn population_of(changed: impl Fn(&mut Configuration)) -> Vec<Run> {
    let of = |(seed, optimizer)| {
        let mut configuration = small();
        for network in NETWORKS {
            configuration.network_mut(network).optimizer = optimizer;
        }
        changed(&mut configuration);
        run(&configuration, seed)
    };
    [(3, Optimizer::Adam), (8, Optimizer::Sgd)].map(of).into()
}

/// Techniques of the configuration one at a time, those first that need no other configuration.
pub fn alone() -> Vec<String> {
    let mut all: Vec<String> = [
        "inputs=centred",
        "output=linear",
        "labels.real_weight=0.6",
        "labels.real=0.9 labels.fake=0.1",
        "labels.noise=0.1",
        "penalty.kind=clipping penalty.bound=0.3",
        "penalty.kind=r1",
        "penalty.kind=gradient penalty.weight=0.5",
        "instance_noise.deviation=0.1",
        "instance_noise.deviation=0.3 instance_noise.epochs=6",
        "feature_matching.weight=1",
        "feature_matching.weight=0.5 feature_matching.epochs=7",
        "replay.samples=9 replay.capacity=50",
        // Most of the batch is replayed, so few samples are remembered.
        "replay.samples=30 replay.capacity=30",
        "generator.average=0.9",
        "rate_decay.kind=linear rate_decay.epochs=7",
        "rate_decay.kind=cosine rate_decay.epochs=8",
    ]
    .map(str::to_owned)
    .into();
    for network in NETWORKS {
        for of_network in [
            "activation=leaky-relu",
            "activation=tanh",
            "initialization=he",
            "beta_1=0.5 {network}.beta_2=0.99",
            "history=0.1",
        ] {
            let of_network = of_network.replace("{network}", network.name());
            all.push(format!("{network}.{of_network}"));
        }
    }
    all
}

/// Populations of two runs: each technique alone, a recipe, every loss with labels of its own, noise of many
/// dimensions.
pub fn populations(mut shown: impl FnMut(&[Run])) {
    for technique in alone() {
        shown(&population_of(|configuration| {
            *configuration = configuration.with_written(&technique)
        }));
    }
    // A penalty on D with leaky ReLU, with noise on what it sees.
    shown(&population_of(|configuration| {
        *configuration = configuration
            .with_written("penalty.kind=gradient penalty.weight=1 instance_noise.deviation=0.2")
            .with_written("discriminator.activation=leaky-relu discriminator.slope=0.1")
            .with_written("replay.samples=5 replay.capacity=12");
    }));
    let labels = SoftLabels {
        real: share(0.8),
        fake: share(0.2),
    };
    // Losses and labels are settings of one kernel.
    let losses = Loss::ALL.into_iter().flat_map(|loss| {
        population_of(|configuration| {
            configuration.loss = loss;
            configuration.techniques.labels = labels;
            configuration.techniques.real_weight = share(0.75);
        })
    });
    shown(&losses.collect::<Vec<Run>>());
    for dimensions in [3, 16] {
        shown(&population_of(|configuration| {
            configuration.noise.dimensions = NoiseDimensions::new(dimensions).unwrap();
            configuration.noise.kind = NoiseKind::Spherical;
        }));
    }
}

/// Configurations that are refused, and a part of the sentence that says so.
pub fn refused() -> Vec<(Configuration, &'static str)> {
    let tanh = "discriminator.activation=tanh penalty.kind=";
    [
        (
            "generator.normalization=batch".to_owned(),
            "batch normalization of the generator",
        ),
        (
            "discriminator.normalization=batch".to_owned(),
            "batch normalization of the discriminator",
        ),
        (
            "generator.normalization=spectral".to_owned(),
            "spectral normalization of the generator",
        ),
        (
            "discriminator.normalization=spectral".to_owned(),
            "spectral normalization of the discriminator",
        ),
        (
            "discriminator.minibatch_kernels=3".to_owned(),
            "minibatch discrimination",
        ),
        (format!("{tanh}r1"), "discriminator with tanh"),
        (format!("{tanh}gradient"), "discriminator with tanh"),
    ]
    .map(|(techniques, said)| (small().with_written(&techniques), said))
    .into()
}

/// Which techniques are on, for all runs of a population: those of the techniques whose strengths are theirs.
pub fn switched_on(batch: usize) -> impl Strategy<Value = Techniques> {
    let rare = || prop::bool::weighted(0.2);
    let hidden = || {
        select(vec![
            HiddenActivation::Relu,
            HiddenActivation::Relu,
            leaky(0.2),
            HiddenActivation::Tanh,
        ])
    };
    let initialization = || select(vec![Initialization::Classic, Initialization::Xavier]);
    let network = || (hidden(), initialization(), rare());
    let penalties = vec![
        Penalty::None,
        Penalty::None,
        Penalty::Clipping(Bound::new(0.3).unwrap()),
        Penalty::R1(weight(1.0)),
        Penalty::Gradient(weight(1.0)),
    ];
    let decays = vec![
        RateDecay::Constant,
        RateDecay::Constant,
        RateDecay::Constant,
        RateDecay::Linear(DecayEpochs::LEAST),
        RateDecay::Cosine(DecayEpochs::LEAST),
    ];
    (
        [network(), network()],
        select(penalties),
        select(decays),
        [rare(), rare(), rare(), rare(), rare(), rare(), rare()],
        1..=40_u32,
    )
        .prop_map(move |(networks, penalty, rate_decay, on, capacity)| {
            let [centred, linear, mistakes, noisy, matched, replayed, averaged] = on;
            let mut techniques = Techniques {
                penalty,
                rate_decay,
                label_noise: share(if mistakes { 0.1 } else { 0.0 }),
                instance_noise: noise(0.1, 0).filter(|_| noisy),
                feature_matching: matching(0.5, 0).filter(|_| matched),
                replay: replay(1, capacity).filter(|_| replayed && batch > 1),
                average: Some(decay(9_900)).filter(|_| averaged),
                ..Techniques::NONE
            };
            if centred {
                techniques.inputs = Inputs::Centred;
            }
            if linear {
                techniques.output = Output::Linear;
            }
            for (network, (activation, initialization, history)) in NETWORKS.into_iter().zip(networks) {
                let own = techniques.network_mut(network);
                own.activation = activation;
                own.initialization = initialization;
                own.historical_averaging = Some(weight(0.1)).filter(|_| history);
            }
            let steep = matches!(penalty, Penalty::R1(_) | Penalty::Gradient(_));
            if steep && techniques.discriminator.activation == HiddenActivation::Tanh {
                techniques.discriminator.activation = leaky(0.1);
            }
            techniques
        })
}

/// The same techniques, each as strong as one run has it.
pub fn strengths(on: Techniques, batch: usize) -> impl Strategy<Value = Techniques> {
    (
        (0..=1000_u32, 0..=1000_u32, 0..=1000_u32, 0..=1000_u32),
        (0..=60_u32, 0..=9_999_u32, 0..=9_999_u32, 0.001_f32..3.0),
        (0..=1000_u32, 0.01_f32..0.99),
    )
        .prop_map(
            move |((w, real, fake, part), (epochs, beta, kept, force), (count, slope))| {
                let thousandth = |n: u32| share(n as f32 / 1000.0);
                let mut techniques = on;
                techniques.real_weight = thousandth(w);
                techniques.labels = SoftLabels {
                    real: thousandth(real),
                    fake: thousandth(fake),
                };
                if techniques.label_noise.get() > 0.0 {
                    techniques.label_noise = share((part as f32 / 1000.0).max(0.01));
                }
                techniques.penalty = match on.penalty {
                    Penalty::None => Penalty::None,
                    Penalty::Clipping(_) => Penalty::Clipping(Bound::new(force).unwrap()),
                    Penalty::R1(_) => Penalty::R1(weight(force)),
                    Penalty::Gradient(_) => Penalty::Gradient(weight(force)),
                };
                techniques.instance_noise = on.instance_noise.and_then(|_| noise(force.min(1.0), epochs));
                techniques.feature_matching = on
                    .feature_matching
                    .and_then(|_| matching(part as f32 / 1000.0, epochs));
                techniques.replay = on.replay.and_then(|on| {
                    let most = (batch as u32 - 1).min(on.capacity.get() as u32);
                    replay(1 + count % most, on.capacity.get() as u32)
                });
                techniques.average = on.average.map(|_| decay(kept));
                let epochs = DecayEpochs::new(epochs + 1).unwrap();
                techniques.rate_decay = match on.rate_decay {
                    RateDecay::Constant => RateDecay::Constant,
                    RateDecay::Linear(_) => RateDecay::Linear(epochs),
                    RateDecay::Cosine(_) => RateDecay::Cosine(epochs),
                };
                for network in NETWORKS {
                    let own = techniques.network_mut(network);
                    own.betas = Betas {
                        beta_1: decay(beta),
                        beta_2: decay(9_000 + beta / 10),
                    };
                    own.historical_averaging = own.historical_averaging.map(|_| weight(force));
                    if let HiddenActivation::LeakyRelu(_) = own.activation {
                        own.activation = leaky(slope);
                    }
                }
                techniques
            },
        )
}
