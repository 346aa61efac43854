//! The formula of a phase with this run's own numbers in it.

mod loss;

use gan_core::configuration::Loss;
use gan_core::techniques::Penalty;
use gan_core::{Configuration, Network, Stage, Techniques};
use lab::run::snapshot::Snapshot;
use lab::{PhaseReport, Predictions, WeightReport};

use super::sentences;
use crate::text;

/// A formula, and a note on it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Formula {
    pub(super) line: String,
    pub(super) note: String,
}

/// The formula of the phase that was run last.
pub(super) fn formula(report: &PhaseReport, snapshot: &Snapshot) -> Formula {
    let configuration = &snapshot.configuration;
    let network = report.phase.network;
    // Each phase comes with what it made.
    let found = match report.phase.stage {
        Stage::RunGenerator => generated(report),
        Stage::RunDiscriminator => report
            .predictions
            .as_ref()
            .map(|predictions| judged(predictions, report, configuration.loss)),
        Stage::ComputeLoss => report.loss.map(|loss| loss::formula(loss, report.samples())),
        Stage::ComputeGradients => report
            .weight
            .map(|weight| gradient(&weight, network, configuration)),
        Stage::Update => report
            .weight
            .and_then(|weight| update(&weight, network, configuration)),
    };
    let mut found = found.unwrap_or_else(|| Formula {
        line: String::new(),
        note: String::new(),
    });
    // Additions stand first: the rest is known.
    let added = sentences::additions(network, report.phase.stage, configuration, report.epoch);
    if !added.is_empty() {
        found.note = format!("{} {}", added.join(" "), found.note);
    }
    found
}

/// Components of a noise vector that are written out.
const MOST_WRITTEN: usize = 4;

fn generated(report: &PhaseReport) -> Option<Formula> {
    let samples = report.samples();
    let [x, y] = report.fake.first().copied()?;
    let dimensions = report.noise.len() / samples;
    let mut noise: Vec<String> = report.noise[..dimensions]
        .iter()
        .take(MOST_WRITTEN)
        .map(|z| figure(f64::from(*z)))
        .collect();
    if dimensions > MOST_WRITTEN {
        noise.push(format!("… {dimensions} numbers"));
    }
    Some(Formula {
        line: format!(
            "G(z) = G({}) = ({}, {}), the first of {samples} samples",
            noise.join(", "),
            figure(f64::from(x)),
            figure(f64::from(y))
        ),
        note: "z is noise, drawn at random; the generator's weights decide what becomes of it.".to_owned(),
    })
}

fn judged(predictions: &Predictions, report: &PhaseReport, loss: Loss) -> Formula {
    let mean = |logits: &[f32]| {
        let sum: f64 = logits.iter().map(|logit| sigmoid(f64::from(*logit))).sum();
        figure(sum / logits.len() as f64)
    };
    let fake = mean(&predictions.fake_logits);
    match report.phase.network {
        Network::Discriminator => Formula {
            line: format!(
                "mean D(x) = {} over {} real samples, mean D(G(z)) = {fake} over {} fake ones",
                mean(&predictions.real_logits),
                predictions.real_logits.len(),
                predictions.fake_logits.len(),
            ),
            note: match loss {
                Loss::Flipped => {
                    "D is the probability of being fake here. The discriminator wants 0 for real samples and 1 for \
                     fake ones."
                }
                Loss::Wasserstein | Loss::Hinge => {
                    "D is the sigmoid of a score that the loss takes as it is. The discriminator wants it high for \
                     real samples and low for fake ones."
                }
                Loss::Log | Loss::Minimax | Loss::LeastSquares => {
                    "D is the probability of being real. The discriminator wants 1 for real samples and 0 for fake \
                     ones."
                }
            }
            .to_owned(),
        },
        Network::Generator => Formula {
            line: format!(
                "mean D(G(z)) = {fake} over {} fake samples",
                predictions.fake_logits.len()
            ),
            note: match loss {
                Loss::Flipped => "D is the probability of being fake here. The generator wants 0: to be taken for real.",
                Loss::Wasserstein | Loss::Hinge => {
                    "D is the sigmoid of a score that the loss takes as it is. The generator wants it high."
                }
                Loss::Log | Loss::Minimax | Loss::LeastSquares => {
                    "D is the probability of being real. The generator wants 1: to be taken for real."
                }
            }
            .to_owned(),
        },
    }
}

fn gradient(weight: &WeightReport, network: Network, configuration: &Configuration) -> Formula {
    Formula {
        line: format!(
            "∂{}/∂w = {} at w = {}, the weight {}",
            minimised(network, &configuration.techniques),
            number(f64::from(weight.gradient)),
            number(f64::from(weight.before)),
            place(weight, network, configuration),
        ),
        note: format!(
            "The steepest weight of all. The gradient of all weights and biases is {} long.",
            number(weight.norm)
        ),
    }
}

fn update(weight: &WeightReport, network: Network, configuration: &Configuration) -> Option<Formula> {
    let step = weight.step?;
    let before = number(f64::from(weight.before));
    let rate = step.rate;
    let after = match cut_off(step.after, network, &configuration.techniques) {
        None => number(f64::from(step.after)),
        // The value without the cut, and the bound that it was cut to.
        Some(bound) => {
            let length = step.moments.map_or(f64::from(weight.gradient), |moments| {
                f64::from(moments.mean) / (f64::from(moments.square).sqrt() + 1e-8)
            });
            let uncut = f64::from(weight.before) - f64::from(rate) * length;
            format!("{}, cut off at {}", number(uncut), number(f64::from(bound)))
        }
    };
    let at = place(weight, network, configuration);
    Some(match step.moments {
        None => Formula {
            line: format!(
                "new w = w − learning rate · ∂{}/∂w = {before} − {rate} · {} = {after}",
                minimised(network, &configuration.techniques),
                bracketed(f64::from(weight.gradient)),
            ),
            note: format!("SGD, at the weight {at}. All others follow their gradients in the same way."),
        },
        Some(moments) => Formula {
            line: format!(
                "new w = w − learning rate · m / (√v + ε) = {before} − {rate} · {} / (√{} + {}) = {after}",
                bracketed(f64::from(moments.mean)),
                number(f64::from(moments.square)),
                number(1e-8),
            ),
            note: format!("Adam, at the weight {at}: m averages its gradients, v their squares."),
        },
    })
}

/// The quantity that a network minimises. The discriminator minimises the whole of the loss of
/// which half is shown; and penalties with it.
const fn minimised(network: Network, techniques: &Techniques) -> &'static str {
    let penalised = matches!(techniques.penalty, Penalty::R1(_) | Penalty::Gradient(_));
    let pulled = techniques.network(network).historical_averaging.is_some();
    match (network, penalised, pulled, techniques.feature_matching.is_some()) {
        (Network::Discriminator, false, false, _) => "(2 · D loss)",
        (Network::Discriminator, true, false, _) => "(2 · D loss + penalty)",
        (Network::Discriminator, false, true, _) => "(2 · D loss + pull)",
        (Network::Discriminator, true, true, _) => "(2 · D loss + penalty + pull)",
        (Network::Generator, _, false, false) => "(G loss)",
        (Network::Generator, _, true, false) => "(G loss + pull)",
        (Network::Generator, _, false, true) => "(G loss and features)",
        (Network::Generator, _, true, true) => "(G loss and features + pull)",
    }
}

/// A bound at which a parameter was cut off, if it was.
fn cut_off(after: f32, network: Network, techniques: &Techniques) -> Option<f32> {
    match (network, techniques.penalty) {
        (Network::Discriminator, Penalty::Clipping(bound)) if after.abs() == bound.get() => Some(after),
        _ => None,
    }
}

/// 'from neuron 3 of layer 1 to neuron 5 of layer 2'.
fn place(weight: &WeightReport, network: Network, configuration: &Configuration) -> String {
    let layers = configuration.network(network).hidden_layers.get() + 2;
    let axis = |component: usize| if component == 0 { "x" } else { "y" };
    let from = match (weight.layer, network) {
        (0, Network::Generator) => format!("noise {}", weight.input + 1),
        (0, Network::Discriminator) => axis(weight.input).to_owned(),
        (layer, _) => format!("neuron {} of layer {layer}", weight.input + 1),
    };
    let to = match (weight.layer + 1 == layers, network) {
        (true, Network::Generator) => axis(weight.output).to_owned(),
        (true, Network::Discriminator) => "the verdict".to_owned(),
        (false, _) => format!("neuron {} of layer {}", weight.output + 1, weight.layer + 1),
    };
    format!("from {from} to {to}")
}

fn sigmoid(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}

/// To three decimals.
fn figure(value: f64) -> String {
    text::figure(Some(value)).replace('-', "−")
}

/// A number that follows another one: '+ 0.3', '− 0.3'.
fn added(value: f64) -> String {
    let sign = if value < 0.0 { '−' } else { '+' };
    format!("{sign} {}", figure(value.abs()))
}

/// To four digits.
fn number(value: f64) -> String {
    let written = format!("{value:.3e}");
    let exponent: i32 = written
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0);
    let digits = match exponent {
        _ if value == 0.0 => "0".to_owned(),
        -4..=5 => format!("{value:.*}", usize::try_from(3 - exponent).unwrap_or(0)),
        _ => written,
    };
    digits.replace('-', "−")
}

/// A negative one in brackets.
fn bracketed(value: f64) -> String {
    if value < 0.0 {
        format!("({})", number(value))
    } else {
        number(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use gan_core::configuration::Optimizer;
    use lab::{Experiment, Inline, LossTerms, Session as _};

    #[test]
    fn numbers_to_four_digits() {
        assert_eq!(number(0.234_149), "0.2341");
        assert_eq!(number(-12.345_6), "−12.35");
        assert_eq!(number(0.000_012_34), "1.234e−5");
        assert_eq!(number(0.0), "0");
        assert_eq!(
            (bracketed(-0.5), bracketed(2.0)),
            ("(−0.5000)".to_owned(), "2.000".to_owned())
        );
        assert_eq!(
            (added(-0.3), added(0.3)),
            ("− 0.300".to_owned(), "+ 0.300".to_owned())
        );
    }

    /// The numbers of a text, in order.
    fn numbers(line: &str) -> Vec<f64> {
        let plain = line.replace('−', "-");
        let parts = plain.split(|c: char| !(c.is_ascii_digit() || ".-e".contains(c)));
        parts
            .filter_map(|part| part.trim_end_matches('.').parse().ok())
            .collect()
    }

    /// Asserts that the value right of the last '=' follows from the numbers left of it, as far as
    /// rounded numbers go.
    fn adds_up(report: &PhaseReport, line: &str) {
        let all = numbers(line);
        let near = |a: f64, b: f64| assert!((a - b).abs() <= 2e-3 * (1.0 + b.abs()), "{line}: {a} {b}");
        match (
            report.phase.stage,
            report.loss.map(|report| (report.objective.loss, report.terms)),
        ) {
            (
                Stage::ComputeLoss,
                Some((Loss::Log | Loss::Minimax | Loss::Flipped, LossTerms::Discriminator { .. })),
            ) => {
                // The weight, 1 of the formula, the weight again, both means, the result.
                let [.., weight, real, fake, result, samples] = all[..] else {
                    panic!("{line}")
                };
                near(-0.5 * (weight * real - fake.abs()), result);
                assert_eq!(samples, 150.0);
            }
            (
                Stage::ComputeLoss,
                Some((Loss::LeastSquares | Loss::Hinge, LossTerms::Discriminator { .. })),
            ) => {
                let [.., real, fake, result, _] = all[..] else {
                    panic!("{line}")
                };
                near(0.5 * (real + fake), result);
            }
            (Stage::ComputeLoss, Some((Loss::Wasserstein, LossTerms::Discriminator { real, fake }))) => {
                let [.., result, _] = all[..] else {
                    panic!("{line}")
                };
                near(0.5 * (fake - real), result);
            }
            (Stage::ComputeLoss, Some((loss, LossTerms::Generator { fooling }))) => {
                let [.., result, _] = all[..] else {
                    panic!("{line}")
                };
                let positive = matches!(loss, Loss::Minimax | Loss::LeastSquares);
                near(if positive { fooling } else { -fooling }, result);
            }
            (Stage::Update, _) => {
                let step = report.weight.unwrap().step.unwrap();
                if step.moments.is_none() {
                    let [.., before, rate, gradient, after] = all[..] else {
                        panic!("{line}: {all:?}")
                    };
                    near(before - rate * gradient, after);
                    assert!((f64::from(step.after) - after).abs() <= 1e-3 * after.abs());
                } else {
                    let [.., before, rate, mean, square, _, after] = all[..] else {
                        panic!("{line}: {all:?}")
                    };
                    near(before - rate * mean / square.sqrt(), after);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn every_phase_has_a_formula_whose_numbers_are_the_runs_and_add_up() {
        for loss in Loss::ALL {
            for optimizer in [Optimizer::Sgd, Optimizer::Adam] {
                let mut configuration = Preset::Ring.configuration();
                configuration.loss = loss;
                for network in [Network::Generator, Network::Discriminator] {
                    configuration.network_mut(network).optimizer = optimizer;
                }
                let experiment = Experiment::preset(Preset::Ring, 7)
                    .with_configuration(configuration)
                    .unwrap();
                let mut run = Inline::new(experiment);
                for _ in 0..20 {
                    run.run_phases(1).unwrap();
                    let snapshot = run.latest();
                    let report = snapshot.phase.as_deref().unwrap();
                    let Formula { line, note } = formula(report, &snapshot);
                    assert!(!line.is_empty() && !note.is_empty(), "{:?}", report.phase);
                    adds_up(report, &line);
                    if report.phase.stage == Stage::ComputeLoss {
                        let shown = match report.phase.network {
                            Network::Discriminator => snapshot.discriminator_loss,
                            Network::Generator => snapshot.generator_loss,
                        };
                        assert!(
                            line.contains(&format!("= {}, mean", figure(shown.unwrap()))),
                            "{line}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_weight_is_named_from_where_it_comes_to_where_it_goes() {
        let ring = Preset::Ring.configuration();
        let weight = |layer| WeightReport {
            index: 0,
            layer,
            input: 1,
            output: 0,
            gradient: 0.1,
            before: 0.2,
            step: None,
            norm: 0.3,
        };
        let named = |layer, network| place(&weight(layer), network, &ring);
        use Network::{Discriminator, Generator};
        assert_eq!(named(0, Generator), "from noise 2 to neuron 1 of layer 1");
        assert_eq!(named(2, Generator), "from neuron 2 of layer 2 to x");
        assert_eq!(named(0, Discriminator), "from y to neuron 1 of layer 1");
        assert_eq!(
            named(1, Discriminator),
            "from neuron 2 of layer 1 to neuron 1 of layer 2"
        );
        assert_eq!(named(3, Discriminator), "from neuron 2 of layer 3 to the verdict");
    }
}
