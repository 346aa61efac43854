use super::*;
use crate::{Network, Preset, Technique};

fn same<T: fmt::Debug>(value: Result<T, OutOfRange>) -> T {
    value.unwrap()
}

/// Every technique, each set to something.
fn techniques() -> impl Iterator<Item = Technique> {
    let network = |network| {
        [
            Technique::Activation(network, HiddenActivation::LeakyRelu(same(Slope::new(0.2)))),
            Technique::Activation(network, HiddenActivation::Tanh),
            Technique::Normalization(network, Normalization::Batch(same(Decay::new(0)))),
            Technique::Normalization(network, Normalization::Spectral),
            Technique::Initialization(network, Initialization::Scale),
            Technique::Initialization(network, Initialization::Xavier),
            Technique::Initialization(network, Initialization::He),
            Technique::Betas(
                network,
                Betas {
                    beta_1: same(Decay::new(0)),
                    beta_2: same(Decay::new(9_999)),
                },
            ),
            Technique::History(network, Some(same(Weight::new(1e-6)))),
        ]
    };
    let faded = same(FadeEpochs::new(70));
    let forever = FadeEpochs::LEAST;
    let shared = [
        Technique::Inputs(Inputs::Centred),
        Technique::Output(Output::Linear),
        Technique::RealWeight(same(Share::new(0.0))),
        Technique::Labels(SoftLabels {
            real: same(Share::new(0.9)),
            fake: same(Share::new(0.1)),
        }),
        Technique::LabelNoise(same(Share::new(0.05))),
        Technique::Penalty(Penalty::Clipping(same(Bound::new(0.01)))),
        Technique::Penalty(Penalty::R1(same(Weight::new(1.0)))),
        Technique::Penalty(Penalty::Gradient(same(Weight::new(10.0)))),
        Technique::InstanceNoise(Some(InstanceNoise {
            deviation: same(Deviation::new(0.1)),
            fade: forever,
        })),
        Technique::FeatureMatching(Some(FeatureMatching {
            weight: same(Share::new(0.0)),
            fade: faded,
        })),
        Technique::Minibatch(Some(MinibatchKernels::MOST)),
        Technique::Replay(Some(Replay {
            samples: same(ReplayedSamples::new(5)),
            capacity: same(ReplayCapacity::new(50)),
        })),
        Technique::Average(Some(same(Decay::new(0)))),
        Technique::RateDecay(RateDecay::Linear(DecayEpochs::MOST)),
        Technique::RateDecay(RateDecay::Cosine(DecayEpochs::LEAST)),
        Technique::Truncation(Some(same(Truncation::new(0.7)))),
    ];
    [Network::Generator, Network::Discriminator]
        .into_iter()
        .flat_map(network)
        .chain(shared)
}

#[test]
fn words_give_the_configuration_back() {
    for preset in Preset::ALL {
        let mut configuration = preset.configuration();
        assert_eq!(
            Configuration::from_words(&configuration.to_words()),
            Ok(configuration)
        );
        for loss in Loss::ALL {
            configuration.loss = loss;
            assert_eq!(
                Configuration::from_words(&configuration.to_words()),
                Ok(configuration)
            );
        }
        for technique in techniques() {
            let mut configuration = configuration;
            configuration.techniques = technique.applied_to(configuration.techniques);
            assert_ne!(configuration.techniques, Techniques::NONE, "{technique:?}");
            assert_eq!(
                Configuration::from_words(&configuration.to_words()),
                Ok(configuration)
            );
        }
    }
}

#[test]
fn all_words_are_used() {
    // Every word, set to what no field can be, is noticed; but for those whose quantity is off.
    let words = Preset::Ring.configuration().to_words();
    let noticed = |index: &usize| {
        let mut words = words;
        words[*index] = f32::NAN.to_bits();
        Configuration::from_words(&words).is_err()
    };
    let unnoticed = (0..CONFIGURATION_WORDS).filter(|index| !noticed(index));
    let mut writer = Writer {
        words: [0; CONFIGURATION_WORDS],
        at: 0,
    };
    techniques_to(&Techniques::NONE, &mut writer);
    assert_eq!(writer.at + 17, CONFIGURATION_WORDS);
    // Slope and decay twice, the amounts of penalty, feature matching, average, rates' decay.
    assert_eq!(unnoticed.count(), 9);
}

#[test]
fn foreign_words_are_errors() {
    let words = Preset::Ring.configuration().to_words();
    let with = |index: usize, word: u32| {
        let mut words = words;
        words[index] = word;
        Configuration::from_words(&words)
    };
    assert_eq!(with(0, 7), Err(WordsError::Layout { came: 7 }));
    assert_eq!(with(1, 99), Err(WordsError::Choice { index: 1, came: 99 }));
    assert!(matches!(
        with(3, 17),
        Err(WordsError::OutOfRange(OutOfRange {
            field: "noise dimensions",
            ..
        }))
    ));
}
