//! Remedies from the literature: the settings that help against each word, and who says so.

use gan_core::configuration::{Loss, Optimizer};
use gan_core::{Configuration, Network};

use super::Word;
use crate::Setting;

/// A setting that may help.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// The hyper-parameter, and its value.
    pub setting: Setting,
    /// The key of a configuration's file: `discriminator.learning_rate`.
    pub key: String,
    /// The value as it is written there.
    pub value: String,
    /// Why it helps, in a line.
    pub reason: &'static str,
    /// Who says so, in a line.
    pub citation: &'static str,
}

impl Remedy {
    /// Whether a run can go on with it; otherwise both begin anew.
    #[must_use]
    pub fn keeps_the_run(&self) -> bool {
        self.setting.change().is_some()
    }
}

/// A remedy as the table has it.
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
pub(super) fn of(word: Word, configuration: &Configuration) -> Vec<Remedy> {
    advised(word, configuration)
        .into_iter()
        .filter_map(|advice| {
            let setting = Setting::written(&advice.text, configuration).ok()?;
            let (key, value) = advice.text.split_once('=')?;
            (setting.of(configuration) != setting).then(|| Remedy {
                setting,
                key: key.to_owned(),
                value: value.to_owned(),
                reason: advice.reason,
                citation: advice.citation,
            })
        })
        .collect()
}

/// A network's learning rate times a factor, as it is written.
fn rate(configuration: &Configuration, network: Network, factor: f32) -> String {
    let rate = (configuration.network(network).learning_rate.get() * factor).clamp(1e-6, 10.0);
    // Two digits: 0.03 / 10 is not to be 0.0029999999.
    let digits = (1.0 - rate.log10().floor()).clamp(0.0, 8.0) as usize;
    let rounded = format!("{rate:.digits$}");
    let rounded = match rounded.contains('.') {
        true => rounded.trim_end_matches('0').trim_end_matches('.'),
        false => &rounded,
    };
    format!("{network}.learning_rate={rounded}")
}

fn advised(word: Word, configuration: &Configuration) -> Vec<Advice> {
    match word {
        Word::DiscriminatorTooStrong => against_a_strong_discriminator(configuration),
        Word::FooledDiscriminator => against_a_fooled_discriminator(configuration),
        Word::Oscillation => against_oscillation(configuration),
        Word::ModeCollapse => against_collapse(),
        Word::ExplodingGradients | Word::Diverged => against_explosion(configuration),
        Word::DeadUnits => against_dead_units(configuration),
        Word::Stalled => against_standing_still(configuration),
        Word::Converged | Word::Improving | Word::TooEarly => Vec::new(),
    }
}

fn against_a_strong_discriminator(configuration: &Configuration) -> Vec<Advice> {
    let non_saturating = (configuration.loss == Loss::Minimax).then(|| {
        advice(
            "loss=log",
            "G's loss is one that keeps its gradient where D is sure",
            "Goodfellow 2016, NIPS tutorial, section 3.2.3: the non-saturating loss",
        )
    });
    let rest = [
        advice(
            "instance_noise.deviation=0.1",
            "noise on all that D sees makes real and fake samples overlap",
            "Arjovsky and Bottou 2017, section 3; Sønderby et al. 2017",
        ),
        advice(
            "penalty.kind=r1",
            "D may not be steep at real samples, so it stays a slope that G can follow",
            "Mescheder, Geiger and Nowozin 2018, section 4.1",
        ),
        advice(
            rate(configuration, Network::Discriminator, 0.1),
            "a slower D leaves G the time to follow",
            "Goodfellow 2016, NIPS tutorial, section 4.4: balancing G and D",
        ),
        advice(
            "discriminator.updates_per_epoch=1",
            "D learns no more often than G",
            "Goodfellow 2016, NIPS tutorial, section 4.4: balancing G and D",
        ),
        advice(
            "labels.real=0.9",
            "told that real is 0.9, D is never quite sure: one-sided label smoothing",
            "Salimans et al. 2016, section 3.4",
        ),
    ];
    non_saturating.into_iter().chain(rest).collect()
}

fn against_a_fooled_discriminator(configuration: &Configuration) -> Vec<Advice> {
    let updates = configuration.discriminator.updates_per_epoch.get();
    let more = advice(
        format!(
            "discriminator.updates_per_epoch={}",
            if updates == 0 { 1 } else { 5 }
        ),
        "D has to learn too, and more often than G",
        "Goodfellow et al. 2014, algorithm 1; Arjovsky et al. 2017: five updates of D",
    );
    let slower = advice(
        rate(configuration, Network::Generator, 0.1),
        "a slower G leaves D the time to learn what is real",
        "Heusel et al. 2017: two time scales, D's the faster",
    );
    let faster = advice(
        rate(configuration, Network::Discriminator, 10.0),
        "a faster D keeps up with G",
        "Heusel et al. 2017: two time scales, D's the faster",
    );
    match updates {
        0 => vec![more],
        _ => vec![faster, more, slower],
    }
}

fn against_oscillation(configuration: &Configuration) -> Vec<Advice> {
    let momentum = [Network::Generator, Network::Discriminator].map(|network| {
        (configuration.network(network).optimizer == Optimizer::Adam).then(|| {
            advice(
                format!("{network}.beta_1=0"),
                "momentum carries the two past each other",
                "Gidel et al. 2019: negative momentum; Mescheder et al. 2018 take β1 = 0",
            )
        })
    });
    let rest = [
        advice(
            "penalty.kind=r1",
            "D may not be steep at real samples: then the game comes to rest",
            "Mescheder, Geiger and Nowozin 2018, section 4.1",
        ),
        advice(
            rate(configuration, Network::Generator, 0.1),
            "with a slower G, D is always nearly the best against it",
            "Heusel et al. 2017: two time scales",
        ),
        advice(
            "rate_decay.kind=cosine",
            "smaller and smaller steps make smaller and smaller circles",
            "Loshchilov and Hutter 2017",
        ),
        advice(
            "generator.average=0.999",
            "the average of a circle is its middle",
            "Yazıcı et al. 2019",
        ),
    ];
    rest.into_iter().chain(momentum.into_iter().flatten()).collect()
}

fn against_collapse() -> Vec<Advice> {
    vec![
        advice(
            "penalty.kind=r1",
            "a D that is not steep draws G towards every mode",
            "Mescheder, Geiger and Nowozin 2018, section 4.1",
        ),
        advice(
            "discriminator.minibatch_kernels=5",
            "D sees the samples of a batch beside each other, and so that they are alike",
            "Salimans et al. 2016, section 3.2: minibatch discrimination",
        ),
        advice(
            "instance_noise.deviation=0.1",
            "noise on all that D sees fills the gaps between modes",
            "Arjovsky and Bottou 2017, section 3",
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
    let clipped = (configuration.loss == Loss::Wasserstein).then(|| {
        advice(
            "penalty.kind=gradient",
            "a Wasserstein loss needs a D that is not steep; nothing else bounds it",
            "Gulrajani et al. 2017",
        )
    });
    let rest = [
        advice(
            rate(configuration, Network::Discriminator, 0.1),
            "D takes smaller steps",
            "Goodfellow, Bengio and Courville 2016, section 11.4.1; for gradients that explode Pascanu et al. 2013",
        ),
        advice(
            rate(configuration, Network::Generator, 0.1),
            "G takes smaller steps",
            "Goodfellow, Bengio and Courville 2016, section 11.4.1; for gradients that explode Pascanu et al. 2013",
        ),
        advice(
            "discriminator.normalization=spectral",
            "no layer of D makes a difference larger than it was",
            "Miyato et al. 2018",
        ),
        advice(
            "penalty.kind=r1",
            "D may not be steep at real samples",
            "Mescheder, Geiger and Nowozin 2018, section 4.1",
        ),
    ];
    clipped.into_iter().chain(rest).collect()
}

fn against_dead_units(configuration: &Configuration) -> Vec<Advice> {
    let each = |network: Network| {
        [
            advice(
                format!("{network}.activation=leaky-relu"),
                "a leaky ReLU passes something always",
                "Maas et al. 2013; for GANs Radford et al. 2016",
            ),
            advice(
                rate(configuration, network, 0.1),
                "smaller steps throw fewer units out of reach",
                "Lu et al. 2019",
            ),
            advice(
                format!("{network}.initialization=he"),
                "weights of the size that ReLUs need to begin with",
                "He et al. 2015",
            ),
        ]
    };
    each(Network::Discriminator)
        .into_iter()
        .chain(each(Network::Generator))
        .collect()
}

fn against_standing_still(configuration: &Configuration) -> Vec<Advice> {
    let more = |network: Network| {
        let neurons = configuration.network(network).neurons.get();
        advice(
            format!("{network}.neurons={}", (2 * neurons).clamp(16, 100).max(neurons)),
            "a larger network can say more",
            "Goodfellow, Bengio and Courville 2016, section 5.2: capacity",
        )
    };
    vec![
        advice(
            rate(configuration, Network::Generator, 3.0),
            "G takes larger steps",
            "Goodfellow, Bengio and Courville 2016, section 11.4.1",
        ),
        more(Network::Generator),
        more(Network::Discriminator),
        advice(
            "inputs=centred",
            "networks learn faster from numbers about 0",
            "LeCun et al. 1998, section 4.3",
        ),
        advice(
            "penalty.kind=r1",
            "a D that is not steep points the way from everywhere",
            "Mescheder, Geiger and Nowozin 2018, section 4.1",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Recipe;
    use crate::checks::diagnosis::Health;
    use gan_core::configuration::LearningRate;
    use gan_core::{Preset, Target};

    #[test]
    fn every_ailment_has_remedies_that_are_new_and_go_together_with_the_run() {
        let ailments = Word::ALL
            .into_iter()
            .filter(|word| word.health() == Health::Ailing);
        for word in ailments {
            for target in Target::ALL {
                for recipe in Recipe::ALL {
                    let configuration = recipe.configuration(target);
                    let remedies = of(word, &configuration);
                    assert!(!remedies.is_empty(), "{word} {target:?} {recipe:?}");
                    for remedy in remedies {
                        let changed = remedy.setting.applied_to(configuration);
                        assert_ne!(changed, configuration, "{word}: {}", remedy.key);
                        assert_eq!(changed.check(), Ok(()), "{word}: {}", remedy.key);
                        assert!(!remedy.citation.is_empty() && !remedy.reason.is_empty());
                        // The written text gives the setting.
                        let text = format!("{}={}", remedy.key, remedy.value);
                        assert_eq!(Setting::written(&text, &configuration), Ok(remedy.setting));
                        assert!(
                            of(word, &changed)
                                .iter()
                                .all(|other| other.setting != remedy.setting)
                        );
                    }
                }
            }
        }
        let ring = Preset::Ring.configuration();
        assert!(of(Word::Improving, &ring).is_empty());
    }

    #[test]
    fn every_advice_can_be_written() {
        // A text that no run understands would be passed over in silence.
        let mut minimax = Preset::Ring.configuration();
        for loss in Loss::ALL {
            minimax.loss = loss;
            for word in Word::ALL {
                for Advice { text, .. } in advised(word, &minimax) {
                    let written = Setting::written(&text, &Preset::Ring.configuration());
                    assert!(written.is_ok(), "{word}: {text}: {written:?}");
                }
            }
        }
    }

    #[test]
    fn rates_are_round_and_within_their_range() {
        let mut ring = Preset::Ring.configuration();
        let written = |configuration: &Configuration, factor| rate(configuration, Network::Generator, factor);
        assert_eq!(written(&ring, 0.1), "generator.learning_rate=0.003");
        assert_eq!(written(&ring, 10.0), "generator.learning_rate=0.3");
        ring.generator.learning_rate = LearningRate::new(1e-6).unwrap();
        assert_eq!(written(&ring, 0.1), "generator.learning_rate=0.000001");
        ring.generator.learning_rate = LearningRate::new(5.0).unwrap();
        assert_eq!(written(&ring, 10.0), "generator.learning_rate=10");
    }
}
