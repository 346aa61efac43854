//! Remedies: the run's own odd settings first, then the recipe that trains on all data, then what the literature
//! suggests against each word, and who says so. `fixtures/remedies` counts how often the first one helps.

use gan_core::configuration::{Loss, Optimizer};
use gan_core::{Configuration, Network};

use super::{Evidence, Health, Word};
use crate::files::configuration::every_entry;
use crate::{Recipe, Setting};

/// Change that may help.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cure {
    /// One hyper-parameter, and its value.
    Setting(Setting),
    /// All of them, for the same target.
    Recipe(Recipe),
}

/// A cure, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// The change.
    pub cure: Cure,
    /// The key of a configuration's file: `discriminator.learning_rate`; of a recipe `recipe`.
    pub key: String,
    /// The value as it is written there.
    pub value: String,
    /// Why it helps, in a line.
    pub reason: &'static str,
    /// Who says so, in a line.
    pub citation: &'static str,
    /// Whether the run can go on with it; otherwise both begin anew.
    pub keeps_the_run: bool,
}

/// A remedy as the tables have it.
struct Advice {
    text: String,
    reason: &'static str,
    citation: &'static str,
}

fn advice(text: impl Into<String>, reason: &'static str, citation: &'static str) -> Advice {
    Advice {
        text: text.into(),
        reason,
        citation,
    }
}

/// Remedies for a word that go together with the configuration and that it does not use already.
pub(super) fn of(word: Word, evidence: &[Evidence], configuration: &Configuration) -> Vec<Remedy> {
    if word.health() == Health::Healthy || word == Word::TooEarly {
        return Vec::new();
    }
    // What is dead or not finite stays so, whatever is done to it.
    let goes_on = !matches!(word, Word::DeadUnits | Word::Diverged);
    let in_full = |advice: Advice| {
        let setting = Setting::written(&advice.text, configuration).ok()?;
        let (key, value) = advice.text.split_once('=')?;
        (setting.of(configuration) != setting).then(|| Remedy {
            cure: Cure::Setting(setting),
            key: key.to_owned(),
            value: value.to_owned(),
            reason: advice.reason,
            citation: advice.citation,
            keeps_the_run: goes_on && setting.change().is_some(),
        })
    };
    let mut all: Vec<Remedy> = odd(configuration).into_iter().filter_map(in_full).collect();
    if Recipe::of(configuration) != Some(Recipe::Recommended) {
        all.push(Remedy {
            cure: Cure::Recipe(Recipe::Recommended),
            key: "recipe".to_owned(),
            value: Recipe::Recommended.key().to_owned(),
            reason: "found by trying many: on all data it ends as close to the real samples as others are",
            citation: "the recipes of this project, measured over seeds that no search had seen",
            keeps_the_run: false,
        });
    }
    for remedy in advised(word, evidence, configuration)
        .into_iter()
        .filter_map(in_full)
    {
        if all.iter().all(|other| other.key != remedy.key) {
            all.push(remedy);
        }
    }
    all
}

/// Learning rates that are usual with an optimiser: the least and the most of those that train something, and one in
/// the middle.
const fn usual_rates(optimizer: Optimizer) -> [f32; 3] {
    match optimizer {
        Optimizer::Adam => [1e-4, 0.02, 0.004],
        Optimizer::Sgd => [1e-3, 0.3, 0.03],
    }
}

/// Settings of the run that are odd in themselves, and usual ones.
fn odd(configuration: &Configuration) -> Vec<Advice> {
    let of_network = |network: Network| {
        let own = configuration.network(network);
        let [least, most, usual] = usual_rates(own.optimizer);
        let rate = own.learning_rate.get();
        let adam = own.optimizer == Optimizer::Adam;
        let momentum = configuration.techniques.network(network).betas.beta_1.word();
        [
            (own.updates_per_epoch.get() == 0).then(|| {
                advice(
                    format!("{network}.updates_per_epoch=1"),
                    "a network without updates does not learn",
                    "Goodfellow et al. 2014, algorithm 1",
                )
            }),
            (rate > most).then(|| {
                advice(
                    format!("{network}.learning_rate={usual}"),
                    "so large a learning rate throws the network about",
                    "Goodfellow, Bengio and Courville 2016, section 11.4.1",
                )
            }),
            (rate < least).then(|| {
                advice(
                    format!("{network}.learning_rate={usual}"),
                    "at so small a learning rate the network hardly learns",
                    "Goodfellow, Bengio and Courville 2016, section 11.4.1",
                )
            }),
            (adam && momentum >= 9_000).then(|| {
                advice(
                    format!("{network}.beta_1=0"),
                    "so much momentum carries the two networks past each other",
                    "Gidel et al. 2019: negative momentum; Mescheder et al. 2018 take β1 = 0",
                )
            }),
        ]
    };
    let labels = configuration.techniques.labels;
    let swapped = labels.real.get() < labels.fake.get();
    let entries = every_entry(configuration);
    let wrong_labels: Option<f32> = entries.get("labels.noise").and_then(|share| share.parse().ok());
    let of_data = [
        swapped.then(|| {
            advice(
                "labels.real=1",
                "D is told that real samples are fake ones",
                "Goodfellow et al. 2014, section 3",
            )
        }),
        swapped.then(|| {
            advice(
                "labels.fake=0",
                "D is told that fake samples are real ones",
                "Goodfellow et al. 2014, section 3",
            )
        }),
        wrong_labels.is_some_and(|share| share >= 0.4).then(|| {
            advice(
                "labels.noise=0",
                "of labels that are wrong half of the time nothing can be learnt",
                "Goodfellow et al. 2014, section 3",
            )
        }),
        (configuration.noise.dimensions.get() == 1).then(|| {
            advice(
                "noise.dimensions=4",
                "a line of noise has to be folded to fill a plane",
                "Arjovsky and Bottou 2017, section 2: G's samples lie on a set of no more dimensions than its noise",
            )
        }),
    ];
    let networks = [Network::Discriminator, Network::Generator].map(of_network);
    let all = networks.into_iter().flatten().chain(of_data);
    all.flatten().collect()
}

/// A network's learning rate times a factor, within what is usual, as it is written; nothing where that changes
/// little.
fn rate(configuration: &Configuration, network: Network, factor: f32) -> Option<String> {
    let own = configuration.network(network);
    let [least, most, _] = usual_rates(own.optimizer);
    let before = own.learning_rate.get();
    let rate = match factor < 1.0 {
        true => (before * factor).max(least),
        false => (before * factor).min(most),
    };
    let changes = if factor < 1.0 {
        rate <= before / 2.0
    } else {
        rate >= before * 2.0
    };
    // Two digits: 0.03 / 10 is not to be 0.0029999999.
    let digits = (1.0 - rate.log10().floor()).clamp(0.0, 8.0) as usize;
    let rounded = format!("{rate:.digits$}");
    let rounded = match rounded.contains('.') {
        true => rounded.trim_end_matches('0').trim_end_matches('.'),
        false => &rounded,
    };
    changes.then(|| format!("{network}.learning_rate={rounded}"))
}

fn advised(word: Word, evidence: &[Evidence], configuration: &Configuration) -> Vec<Advice> {
    match word {
        Word::DiscriminatorTooStrong => against_a_strong_discriminator(configuration),
        Word::FooledDiscriminator => against_a_fooled_discriminator(configuration),
        Word::BlindDiscriminator => against_dead_units(&[Network::Discriminator]),
        Word::Oscillation => against_oscillation(configuration),
        Word::ModeCollapse => against_collapse(),
        Word::ExplodingGradients | Word::Diverged => against_explosion(configuration),
        Word::DeadUnits => {
            let is_dead =
                |network: &Network| evidence.iter().any(|one| one.measure.network() == Some(*network));
            let dead = [Network::Generator, Network::Discriminator]
                .into_iter()
                .filter(is_dead);
            against_dead_units(&dead.collect::<Vec<_>>())
        }
        Word::Settled => against_standing_still(configuration),
        Word::Converged | Word::Improving | Word::TooEarly => Vec::new(),
    }
}

/// Advice to change a network's learning rate, where that can be.
fn pace(
    configuration: &Configuration,
    network: Network,
    factor: f32,
    reason: &'static str,
    citation: &'static str,
) -> Option<Advice> {
    rate(configuration, network, factor).map(|text| advice(text, reason, citation))
}

fn against_a_strong_discriminator(configuration: &Configuration) -> Vec<Advice> {
    let non_saturating = (configuration.loss == Loss::Minimax).then(|| {
        advice(
            "loss=log",
            "G's loss is one that keeps its gradient where D is sure",
            "Goodfellow 2016, NIPS tutorial, section 3.2.3: the non-saturating loss",
        )
    });
    let balance = "Goodfellow 2016, NIPS tutorial, section 4.4: balancing G and D";
    let all = [
        non_saturating,
        Some(r1(
            "D may not be steep at real samples, so it stays a slope that G can follow",
        )),
        Some(advice(
            "instance_noise.deviation=0.1",
            "noise on all that D sees makes real and fake samples overlap",
            "Arjovsky and Bottou 2017, section 3; Sønderby et al. 2017",
        )),
        pace(
            configuration,
            Network::Discriminator,
            0.1,
            "a slower D leaves G the time to follow",
            balance,
        ),
        Some(advice(
            "discriminator.updates_per_epoch=1",
            "D learns no more often than G",
            balance,
        )),
        Some(advice(
            "labels.real=0.9",
            "told that real is 0.9, D is never quite sure: one-sided label smoothing",
            "Salimans et al. 2016, section 3.4",
        )),
    ];
    all.into_iter().flatten().collect()
}

fn against_a_fooled_discriminator(configuration: &Configuration) -> Vec<Advice> {
    let two_scales = "Heusel et al. 2017: two time scales, D's the faster";
    let all = [
        pace(
            configuration,
            Network::Discriminator,
            10.0,
            "a faster D keeps up with G",
            two_scales,
        ),
        (configuration.discriminator.updates_per_epoch.get() < 5).then(|| {
            advice(
                "discriminator.updates_per_epoch=5",
                "D has to learn too, and more often than G",
                "Goodfellow et al. 2014, algorithm 1; Arjovsky et al. 2017: five updates of D",
            )
        }),
        pace(
            configuration,
            Network::Generator,
            0.1,
            "a slower G leaves D the time to learn what is real",
            two_scales,
        ),
    ];
    all.into_iter().flatten().collect()
}

fn against_oscillation(configuration: &Configuration) -> Vec<Advice> {
    let all = [
        Some(r1(
            "D may not be steep at real samples: then the game comes to rest",
        )),
        pace(
            configuration,
            Network::Generator,
            0.1,
            "with a slower G, D is always nearly the best against it",
            "Heusel et al. 2017: two time scales",
        ),
        Some(advice(
            "rate_decay.kind=cosine",
            "smaller and smaller steps make smaller and smaller circles",
            "Loshchilov and Hutter 2017",
        )),
        Some(advice(
            "generator.average=0.999",
            "the average of a circle is its middle",
            "Yazıcı et al. 2019",
        )),
    ];
    all.into_iter().flatten().collect()
}

fn against_collapse() -> Vec<Advice> {
    vec![
        r1("a D that is not steep draws G towards every mode"),
        advice(
            "instance_noise.deviation=0.1",
            "noise on all that D sees fills the gaps between modes",
            "Arjovsky and Bottou 2017, section 3",
        ),
        advice(
            "discriminator.minibatch_kernels=5",
            "D sees the samples of a batch beside each other, and so that they are alike",
            "Salimans et al. 2016, section 3.2: minibatch discrimination",
        ),
        advice(
            "feature_matching.weight=0.5",
            "G is to match what D sees on average, not the one place D likes best",
            "Salimans et al. 2016, section 3.1",
        ),
        advice(
            "replay.samples=50",
            "D does not forget the samples that G made before",
            "Shrivastava et al. 2017, section 2.3",
        ),
    ]
}

fn against_explosion(configuration: &Configuration) -> Vec<Advice> {
    let steps = "Goodfellow, Bengio and Courville 2016, section 11.4.1; for gradients that explode Pascanu et al. 2013";
    let all = [
        (configuration.loss == Loss::Wasserstein).then(|| {
            advice(
                "penalty.kind=gradient",
                "a Wasserstein loss needs a D that is not steep; nothing else bounds it",
                "Gulrajani et al. 2017",
            )
        }),
        pace(
            configuration,
            Network::Discriminator,
            0.1,
            "D takes smaller steps",
            steps,
        ),
        pace(
            configuration,
            Network::Generator,
            0.1,
            "G takes smaller steps",
            steps,
        ),
        Some(advice(
            "discriminator.normalization=spectral",
            "no layer of D makes a difference larger than it was",
            "Miyato et al. 2018",
        )),
        Some(r1("D may not be steep at real samples")),
    ];
    all.into_iter().flatten().collect()
}

/// For the networks that are dead: what keeps them alive from the beginning.
fn against_dead_units(dead: &[Network]) -> Vec<Advice> {
    let each = |network: &Network| {
        [
            advice(
                format!("{network}.activation=leaky-relu"),
                "a leaky ReLU passes something always",
                "Maas et al. 2013; for GANs Radford et al. 2016",
            ),
            advice(
                format!("{network}.initialization=he"),
                "weights of the size that ReLUs need to begin with",
                "He et al. 2015",
            ),
        ]
    };
    dead.iter().flat_map(each).collect()
}

fn against_standing_still(configuration: &Configuration) -> Vec<Advice> {
    let more = |network: Network| {
        let neurons = configuration.network(network).neurons.get();
        (neurons < 32).then(|| {
            advice(
                format!("{network}.neurons=32"),
                "a larger network can say more",
                "Goodfellow, Bengio and Courville 2016, section 5.2: capacity",
            )
        })
    };
    let all = [
        more(Network::Generator),
        more(Network::Discriminator),
        Some(advice(
            "inputs=centred",
            "networks learn faster from numbers about 0",
            "LeCun et al. 1998, section 4.3",
        )),
        Some(r1("a D that is not steep points the way from everywhere")),
    ];
    all.into_iter().flatten().collect()
}

fn r1(reason: &'static str) -> Advice {
    advice(
        "penalty.kind=r1",
        reason,
        "Mescheder, Geiger and Nowozin 2018, section 4.1",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::configuration::LearningRate;
    use gan_core::{Preset, Target};

    fn with(settings: &str) -> Configuration {
        settings
            .split(' ')
            .fold(Preset::Ring.configuration(), |configuration, setting| {
                let setting = Setting::written(setting, &configuration).unwrap();
                setting.applied_to(configuration)
            })
    }

    fn needs_help() -> impl Iterator<Item = Word> {
        let words = Word::ALL.into_iter();
        words.filter(|word| word.health() == Health::Ailing || *word == Word::Settled)
    }

    #[test]
    fn every_ailment_has_remedies_that_are_new_and_go_together_with_the_run() {
        for word in needs_help() {
            for target in Target::ALL {
                for recipe in Recipe::ALL {
                    let configuration = recipe.configuration(target);
                    let remedies = of(word, &[], &configuration);
                    let offered = remedies.iter().any(|remedy| remedy.key == "recipe");
                    assert_eq!(offered, recipe != Recipe::Recommended, "{word} {target:?}");
                    for remedy in remedies {
                        assert!(!remedy.citation.is_empty() && !remedy.reason.is_empty());
                        let Cure::Setting(setting) = remedy.cure else {
                            continue;
                        };
                        let changed = setting.applied_to(configuration);
                        assert_ne!(changed, configuration, "{word}: {}", remedy.key);
                        assert_eq!(changed.check(), Ok(()), "{word}: {}", remedy.key);
                        // The written text gives the setting.
                        let text = format!("{}={}", remedy.key, remedy.value);
                        assert_eq!(Setting::written(&text, &configuration), Ok(setting));
                        let again = of(word, &[], &changed);
                        assert!(again.iter().all(|other| other.cure != remedy.cure));
                    }
                }
            }
        }
        let ring = Preset::Ring.configuration();
        assert!(of(Word::Improving, &[], &ring).is_empty());
    }

    #[test]
    fn a_setting_that_is_odd_in_itself_is_named_first() {
        for (settings, first) in [
            (
                "discriminator.learning_rate=10",
                "discriminator.learning_rate=0.03",
            ),
            ("generator.learning_rate=0.000001", "generator.learning_rate=0.03"),
            (
                "discriminator.optimizer=adam discriminator.learning_rate=0.00001",
                "discriminator.learning_rate=0.004",
            ),
            (
                "discriminator.updates_per_epoch=0",
                "discriminator.updates_per_epoch=1",
            ),
            (
                "generator.optimizer=adam generator.learning_rate=0.004",
                "generator.beta_1=0",
            ),
            ("labels.real=0.1 labels.fake=0.9", "labels.real=1"),
            ("labels.noise=0.5", "labels.noise=0"),
            ("noise.dimensions=1", "noise.dimensions=4"),
        ] {
            let configuration = with(settings);
            for word in needs_help() {
                let remedies = of(word, &[], &configuration);
                let remedy = &remedies[0];
                assert_eq!(format!("{}={}", remedy.key, remedy.value), first, "{word}");
                // Once it is usual it is not named any more.
                let Cure::Setting(setting) = remedy.cure else {
                    unreachable!("a setting")
                };
                let mended = of(word, &[], &setting.applied_to(configuration));
                assert!(mended.iter().all(|other| other.cure != remedy.cure));
            }
        }
        assert_eq!(of(Word::Settled, &[], &with("batch=100"))[0].key, "recipe");
    }

    #[test]
    fn what_is_done_again_and_again_ends() {
        for word in needs_help() {
            for factor in [1e-6, 1e-3, 0.03, 1.0, 10.0] {
                let mut configuration = Preset::Ring.configuration();
                for network in [Network::Generator, Network::Discriminator] {
                    configuration.network_mut(network).learning_rate = LearningRate::new(factor).unwrap();
                }
                let mut steps = 0;
                // Takes whatever setting is offered first, each time.
                while let Some(setting) =
                    of(word, &[], &configuration)
                        .into_iter()
                        .find_map(|remedy| match remedy.cure {
                            Cure::Setting(setting) => Some(setting),
                            Cure::Recipe(_) => None,
                        })
                {
                    configuration = setting.applied_to(configuration);
                    steps += 1;
                    assert!(steps < 20, "{word}: {configuration:?}");
                }
                for network in [Network::Generator, Network::Discriminator] {
                    let rate = configuration.network(network).learning_rate.get();
                    assert!((1e-3..=0.3).contains(&rate), "{word}: {rate}");
                }
            }
        }
    }

    #[test]
    fn a_dead_network_is_begun_anew_and_it_is_that_one() {
        use super::super::Measure;
        use crate::lesson::Bound;
        let ring = Preset::Ring.configuration();
        for (measure, network) in [
            (Measure::GeneratorDead, Network::Generator),
            (Measure::DiscriminatorDead, Network::Discriminator),
        ] {
            let evidence = Evidence::now(measure, 1.0, Bound::AtLeast(0.8)).unwrap();
            let remedies = of(Word::DeadUnits, &[evidence], &with("generator.learning_rate=1"));
            assert!(remedies.iter().all(|remedy| !remedy.keeps_the_run));
            let of_word = of(Word::DeadUnits, &[evidence], &ring);
            let own = of_word.iter().filter(|remedy| remedy.key != "recipe");
            assert!(own.clone().count() > 0);
            assert!(
                own.into_iter()
                    .all(|remedy| remedy.key.starts_with(&network.to_string()))
            );
        }
    }

    #[test]
    fn every_advice_can_be_written() {
        // A text that no run understands would be passed over in silence.
        let mut minimax = Preset::Ring.configuration();
        for loss in Loss::ALL {
            minimax.loss = loss;
            for word in Word::ALL {
                for Advice { text, .. } in advised(word, &[], &minimax) {
                    let written = Setting::written(&text, &Preset::Ring.configuration());
                    assert!(written.is_ok(), "{word}: {text}: {written:?}");
                }
            }
        }
    }

    #[test]
    fn rates_are_round_and_within_what_is_usual() {
        let mut ring = Preset::Ring.configuration();
        let written = |configuration: &Configuration, factor| rate(configuration, Network::Generator, factor);
        assert_eq!(written(&ring, 0.1).unwrap(), "generator.learning_rate=0.003");
        assert_eq!(written(&ring, 10.0).unwrap(), "generator.learning_rate=0.3");
        ring.generator.learning_rate = LearningRate::new(0.001).unwrap();
        assert_eq!(written(&ring, 0.1), None);
        ring.generator.learning_rate = LearningRate::new(0.2).unwrap();
        assert_eq!(written(&ring, 10.0), None);
    }
}
