//! Every loss as a formula, with its weight, its labels and this run's means.
//!
//! D(x) is the sigmoid of the discriminator's last sum, f(x) is the sum itself: Wasserstein and
//! hinge loss are not about a probability.

use gan_core::configuration::Loss;
use gan_core::loss::Objective;
use lab::{LossReport, LossTerms};

use super::{Formula, added, figure};

/// The formula of the third phase, over so many samples a batch.
pub(super) fn formula(report: LossReport, samples: usize) -> Formula {
    match report.terms {
        LossTerms::Discriminator { real, fake } => Formula {
            line: format!(
                "{} = {}, means over {samples} samples",
                discriminator(report.objective, real, fake),
                figure(report.value)
            ),
            note: discriminators_note(report.objective),
        },
        LossTerms::Generator { fooling } => Formula {
            line: format!(
                "{} = {}, mean over {samples} samples",
                generator(report.objective.loss, fooling),
                figure(report.value)
            ),
            note: generators_note(report.objective.loss).to_owned(),
        },
    }
}

/// Without the result: 'D loss = ½ (mean (1 − D(x))² + mean D(G(z))²) = ½ (0.2 + 0.3)'.
fn discriminator(objective: Objective, real: f64, fake: f64) -> String {
    let Objective {
        loss,
        real_weight,
        real_label,
        fake_label,
    } = objective;
    let weight = share(real_weight);
    // Log loss of samples that are to be called real to this extent, positive: 'ln D(x)'.
    let log = |label: f32, of: &str| {
        let (one, other) = (format!("ln D({of})"), format!("ln(1 − D({of}))"));
        if label == 1.0 {
            one
        } else if label == 0.0 {
            other
        } else {
            format!("({} {one} + {} {other})", share(label), share(1.0 - label))
        }
    };
    let in_logs = |[of_real, of_fake]: [String; 2]| {
        format!(
            "D loss = −½ ({weight} · mean {of_real} + mean {of_fake}) = −½ ({weight} · {} {})",
            figure(real),
            added(fake),
        )
    };
    match loss {
        Loss::Log | Loss::Minimax => in_logs([log(real_label, "x"), log(fake_label, "G(z)")]),
        Loss::Flipped => in_logs([log(1.0 - real_label, "x"), log(1.0 - fake_label, "G(z)")]),
        Loss::LeastSquares => {
            let fake_part = if fake_label == 0.0 {
                "D(G(z))".to_owned()
            } else {
                format!("(D(G(z)) − {})", share(fake_label))
            };
            format!(
                "D loss = ½ (mean ({} − D(x))² + mean {fake_part}²) = ½ ({} + {})",
                share(real_label),
                figure(real),
                figure(fake),
            )
        }
        Loss::Wasserstein => format!(
            "D loss = ½ (mean f(G(z)) − mean f(x)) = ½ ({} {})",
            figure(fake),
            added(-real),
        ),
        Loss::Hinge => format!(
            "D loss = ½ (mean max(0, 1 − f(x)) + mean max(0, 1 + f(G(z)))) = ½ ({} + {})",
            figure(real),
            figure(fake),
        ),
    }
}

fn discriminators_note(objective: Objective) -> String {
    let weight = match objective.real_weight {
        1.0 => String::new(),
        weight => format!("; {} keeps it from being too sure", share(weight)),
    };
    let soft = match (objective.real_label, objective.fake_label) {
        (1.0, 0.0) => String::new(),
        (real, fake) => format!(
            " Its labels are soft: {} for real, {} for fake.",
            share(real),
            share(fake)
        ),
    };
    let half = "As in GAN Lab, half is shown.";
    match objective.loss {
        Loss::Log | Loss::Minimax => {
            format!("Smaller is better for the discriminator{weight}. {half}{soft}")
        }
        Loss::Flipped => {
            format!("D is the probability of being fake here: the labels are flipped. {half}{soft}")
        }
        Loss::LeastSquares => format!("Smaller is better for the discriminator. {half}{soft}"),
        Loss::Wasserstein => {
            "f is the discriminator's output before the sigmoid, a score. It learns to score real \
                              samples above fake ones. Half is shown."
                .to_owned()
        }
        Loss::Hinge => {
            "f is the discriminator's output before the sigmoid, a score. Real samples above 1 and fake ones \
                        below −1 count no more. Half is shown."
                .to_owned()
        }
    }
}

/// The formula without the result, and without terms that only repeat it: 'G loss = −mean ln
/// D(G(z)) = −(−0.7)'.
fn generator(loss: Loss, fooling: f64) -> String {
    let negative = |formula: &str| format!("G loss = −mean {formula} = −({})", figure(fooling));
    match loss {
        Loss::Log => negative("ln D(G(z))"),
        Loss::Flipped => negative("ln(1 − D(G(z)))"),
        Loss::Wasserstein | Loss::Hinge => negative("f(G(z))"),
        Loss::Minimax => "G loss = mean ln(1 − D(G(z)))".to_owned(),
        Loss::LeastSquares => "G loss = mean (1 − D(G(z)))²".to_owned(),
    }
}

const fn generators_note(loss: Loss) -> &'static str {
    match loss {
        Loss::Log | Loss::LeastSquares => "Small when the discriminator takes fake samples for real.",
        Loss::Minimax => {
            "Small when the discriminator takes fake samples for real. Flat where it is sure they are fake: there the \
             generator learns nothing."
        }
        Loss::Flipped => {
            "Small when the discriminator takes fake samples for real. D is the probability of being fake here."
        }
        Loss::Wasserstein | Loss::Hinge => {
            "f is the discriminator's output before the sigmoid, a score. Small when it scores fake samples high."
        }
    }
}

/// A share without the digits that binary fractions add: '0.95', '0.1'.
fn share(share: f32) -> String {
    let written = format!("{share:.4}");
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(loss: Loss, labels: [f32; 3], terms: LossTerms) -> String {
        let [real_weight, real_label, fake_label] = labels;
        let objective = Objective {
            loss,
            real_weight,
            real_label,
            fake_label,
        };
        let report = LossReport {
            objective,
            terms,
            value: 0.5,
        };
        formula(report, 150).line
    }

    #[test]
    fn soft_labels_and_the_weight_stand_in_the_formula() {
        let terms = LossTerms::Discriminator {
            real: -0.5,
            fake: -0.25,
        };
        for (loss, labels, expected) in [
            (
                Loss::Log,
                [0.95, 1.0, 0.0],
                "D loss = −½ (0.95 · mean ln D(x) + mean ln(1 − D(G(z)))) = −½ (0.95 · −0.500 − 0.250) = 0.500, \
                 means over 150 samples",
            ),
            (
                Loss::Log,
                [1.0, 0.9, 0.0],
                "D loss = −½ (1 · mean (0.9 ln D(x) + 0.1 ln(1 − D(x))) + mean ln(1 − D(G(z)))) = −½ (1 · −0.500 − \
                 0.250) = 0.500, means over 150 samples",
            ),
            (
                Loss::Flipped,
                [0.95, 1.0, 0.1],
                "D loss = −½ (0.95 · mean ln(1 − D(x)) + mean (0.9 ln D(G(z)) + 0.1 ln(1 − D(G(z))))) = −½ (0.95 · \
                 −0.500 − 0.250) = 0.500, means over 150 samples",
            ),
            (
                Loss::LeastSquares,
                [0.95, 0.9, 0.1],
                "D loss = ½ (mean (0.9 − D(x))² + mean (D(G(z)) − 0.1)²) = ½ (−0.500 + −0.250) = 0.500, means over \
                 150 samples",
            ),
            (
                Loss::Wasserstein,
                [0.95, 1.0, 0.0],
                "D loss = ½ (mean f(G(z)) − mean f(x)) = ½ (−0.250 + 0.500) = 0.500, means over 150 samples",
            ),
        ] {
            assert_eq!(written(loss, labels, terms), expected);
        }
    }

    #[test]
    fn labels_are_only_spoken_of_where_a_loss_has_them() {
        for loss in Loss::ALL {
            let objective = Objective {
                loss,
                real_weight: 0.95,
                real_label: 0.9,
                fake_label: 0.0,
            };
            let has_labels = !matches!(loss, Loss::Wasserstein | Loss::Hinge);
            assert_eq!(discriminators_note(objective).contains("soft"), has_labels);
        }
    }
}
