//! Any configuration, for property tests of what is written down.

use gan_core::configuration::{
    AtlasLength, BatchSize, HiddenLayers, LearningRate, Loss, Neurons, Noise, NoiseDimensions, NoiseKind,
    Optimizer, UpdatesPerEpoch,
};
use gan_core::techniques::{
    Betas, Bound, Decay, DecayEpochs, Deviation, FadeEpochs, FeatureMatching, HiddenActivation,
    Initialization, Inputs, InstanceNoise, MinibatchKernels, NetworkTechniques, Normalization, Output,
    Penalty, RateDecay, Replay, ReplayCapacity, ReplayedSamples, Share, Slope, SoftLabels, Truncation,
    Weight,
};
use gan_core::{Configuration, Network, Preset, Target, Techniques};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Any configuration of a target from a formula, whose techniques go together. Its networks and batch are small.
pub(crate) fn configuration() -> impl Strategy<Value = Configuration> {
    (classic(), common(), network_techniques(), network_techniques())
        .prop_map(|(classic, common, generator, discriminator)| Configuration {
            techniques: Techniques {
                generator,
                discriminator,
                ..common
            },
            ..classic
        })
        .prop_filter("techniques that do not go together", |configuration| {
            configuration.check().is_ok()
        })
}

fn classic() -> impl Strategy<Value = Configuration> {
    let network = || {
        (
            0..=2_u32,
            1..=5_u32,
            1e-6_f32..=10.0,
            select(vec![Optimizer::Sgd, Optimizer::Adam]),
            0..=3_u32,
        )
    };
    (
        select(&Target::ALL[..8]),
        select(&Loss::ALL[..]),
        select(vec![NoiseKind::Uniform, NoiseKind::Normal, NoiseKind::Spherical]),
        1..=16_u32,
        2..=12_u32,
        1..=40_u32,
        [network(), network()],
    )
        .prop_map(|(target, loss, kind, dimensions, batch, atlas, networks)| {
            let mut configuration = Preset::Ring.configuration();
            configuration.target = target;
            configuration.loss = loss;
            configuration.noise = Noise {
                kind,
                dimensions: NoiseDimensions::new(dimensions).unwrap(),
            };
            configuration.batch = BatchSize::new(batch).unwrap();
            configuration.atlas = AtlasLength::new(atlas).unwrap();
            let both = [Network::Generator, Network::Discriminator].into_iter();
            for (network, (layers, neurons, rate, optimizer, updates)) in both.zip(networks) {
                let place = configuration.network_mut(network);
                place.hidden_layers = HiddenLayers::new(layers).unwrap();
                place.neurons = Neurons::new(neurons).unwrap();
                place.learning_rate = LearningRate::new(rate).unwrap();
                place.optimizer = optimizer;
                place.updates_per_epoch = UpdatesPerEpoch::new(updates).unwrap();
            }
            configuration
        })
}

fn decay() -> impl Strategy<Value = Decay> {
    (0..10_000_u32).prop_map(|decay| Decay::new(decay).unwrap())
}

fn share() -> impl Strategy<Value = Share> {
    (0.0_f32..=1.0).prop_map(|share| Share::new(share).unwrap())
}

fn weight() -> impl Strategy<Value = Weight> {
    (1e-6_f32..=1000.0).prop_map(|weight| Weight::new(weight).unwrap())
}

fn fade() -> impl Strategy<Value = FadeEpochs> {
    (0..=1_000_000_000_u32).prop_map(|epochs| FadeEpochs::new(epochs).unwrap())
}

fn network_techniques() -> impl Strategy<Value = NetworkTechniques> {
    let activation = prop_oneof![
        Just(HiddenActivation::Relu),
        Just(HiddenActivation::Tanh),
        (1e-6_f32..=0.999).prop_map(|slope| HiddenActivation::LeakyRelu(Slope::new(slope).unwrap())),
    ];
    let normalization = prop_oneof![
        Just(Normalization::None),
        Just(Normalization::Spectral),
        decay().prop_map(Normalization::Batch),
    ];
    let initialization = select(vec![
        Initialization::Classic,
        Initialization::Scale,
        Initialization::Xavier,
        Initialization::He,
    ]);
    let betas = prop_oneof![
        Just(NetworkTechniques::NONE.betas),
        (decay(), decay()).prop_map(|(beta_1, beta_2)| Betas { beta_1, beta_2 }),
    ];
    (
        activation,
        normalization,
        initialization,
        betas,
        option::of(weight()),
    )
        .prop_map(
            |(activation, normalization, initialization, betas, history)| NetworkTechniques {
                activation,
                normalization,
                initialization,
                betas,
                history,
            },
        )
}

/// Those of neither network alone.
fn common() -> impl Strategy<Value = Techniques> {
    let labels = prop_oneof![
        Just((
            Techniques::NONE.real_weight,
            Techniques::NONE.labels,
            Techniques::NONE.label_noise
        )),
        (share(), share(), share(), share()).prop_map(|(weight, real, fake, noise)| (
            weight,
            SoftLabels { real, fake },
            noise
        )),
    ];
    let penalty = prop_oneof![
        Just(Penalty::None),
        (1e-4_f32..=10.0).prop_map(|bound| Penalty::Clipping(Bound::new(bound).unwrap())),
        weight().prop_map(Penalty::R1),
        weight().prop_map(Penalty::Gradient),
    ];
    let instance_noise = (1e-4_f32..=2.0, fade()).prop_map(|(deviation, fade)| InstanceNoise {
        deviation: Deviation::new(deviation).unwrap(),
        fade,
    });
    let feature_matching = (share(), fade()).prop_map(|(weight, fade)| FeatureMatching { weight, fade });
    let kernels = (1..=16_u32).prop_map(|kernels| MinibatchKernels::new(kernels).unwrap());
    let replay = (1..=3_u32, 3..=100_u32).prop_map(|(samples, capacity)| Replay {
        samples: ReplayedSamples::new(samples).unwrap(),
        capacity: ReplayCapacity::new(capacity).unwrap(),
    });
    let epochs = || (1..=1_000_000_000_u32).prop_map(|epochs| DecayEpochs::new(epochs).unwrap());
    let rate_decay = prop_oneof![
        Just(RateDecay::Constant),
        epochs().prop_map(RateDecay::Linear),
        epochs().prop_map(RateDecay::Cosine),
    ];
    let truncation = (0.01_f32..=10.0).prop_map(|deviations| Truncation::new(deviations).unwrap());
    let ranges = (
        select(vec![Inputs::Plain, Inputs::Centred]),
        select(vec![Output::Tanh, Output::Linear]),
    );
    (
        (ranges, labels, penalty, rate_decay),
        option::of(instance_noise),
        option::of(feature_matching),
        option::of(kernels),
        option::of(replay),
        option::of(decay()),
        option::of(truncation),
    )
        .prop_map(
            |(together, instance_noise, feature_matching, minibatch, replay, average, truncation)| {
                let ((inputs, output), (real_weight, labels, label_noise), penalty, rate_decay) = together;
                Techniques {
                    inputs,
                    output,
                    real_weight,
                    labels,
                    label_noise,
                    penalty,
                    instance_noise,
                    feature_matching,
                    minibatch,
                    replay,
                    average,
                    rate_decay,
                    truncation,
                    ..Techniques::NONE
                }
            },
        )
}
