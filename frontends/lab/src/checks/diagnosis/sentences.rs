//! Each word as a sentence.

use super::course::Course;
use super::evidence::grouped;
use super::{DiagnosisInput, Evidence, Lost, Measure, Word};

/// The sentence that a beginner reads: `Mode collapse: 3 of 8 modes are lost.`
pub(super) fn of(
    word: Word,
    evidence: &[Evidence],
    lost: &[Lost],
    course: &Course<'_>,
    case: &DiagnosisInput<'_>,
) -> String {
    let js = course.last_weighing().map(|weighing| weighing.js);
    let js = js.map(|js| format!("JS {js:.2}, two real sets {:.2}", course.floor.js));
    let with_js = |words: &str| match &js {
        Some(js) => format!("{words}: {js}."),
        None => format!("{words}."),
    };
    match word {
        Word::Diverged => match case.diverged {
            Some(diverged) => format!("Diverged: {diverged}."),
            None => "Diverged.".to_owned(),
        },
        Word::ExplodingGradients => format!(
            "Exploding gradients: {} is thrown about by updates too large to learn from.",
            whose(evidence)
        ),
        Word::DeadUnits => format!(
            "Dead units: hardly anything passes a layer of {} any more, so what lies before it does not learn.",
            whose(evidence)
        ),
        Word::DiscriminatorTooStrong => {
            "Discriminator too strong: it is sure of every sample, so the generator is not told which way to go."
                .to_owned()
        }
        Word::FooledDiscriminator => {
            "Discriminator fooled: it takes samples for real that are nothing like the real ones.".to_owned()
        }
        Word::Oscillation if evidence.iter().any(|evidence| evidence.measure == Measure::Flips) => {
            "Oscillation: D flips between calling everything real and calling everything fake.".to_owned()
        }
        Word::Oscillation => {
            let period = evidence.iter().find(|evidence| evidence.measure == Measure::Period);
            match period {
                Some(period) => format!(
                    "Oscillation: the two networks chase each other, and come round every {} epochs.",
                    grouped(period.value as u64)
                ),
                None => "Oscillation: the two networks chase each other, and neither wins.".to_owned(),
            }
        }
        Word::ModeCollapse => match case.configuration.target.modes().len() {
            0 => "Mode collapse: a part of the target gets hardly any samples.".to_owned(),
            _ if lost.is_empty() => "Mode collapse: modes get far fewer samples than are due to them.".to_owned(),
            1 => "Mode collapse: the mode is lost.".to_owned(),
            modes => match lost.len() {
                1 => format!("Mode collapse: 1 of {modes} modes is lost."),
                lost => format!("Mode collapse: {lost} of {modes} modes are lost."),
            },
        },
        Word::BlindDiscriminator => {
            "D has stopped seeing: it says nearly the same of every sample, so the generator is told nothing."
                .to_owned()
        }
        Word::Converged => with_js("Converged: fake samples are nearly as close to the real ones as other real ones"),
        Word::Settled => with_js("Settled short of it"),
        Word::Improving => with_js("Healthy and still improving"),
        // A run that rests tells no more later.
        Word::TooEarly if evidence.iter().any(|evidence| evidence.measure == Measure::RateLeft) => {
            with_js("Too close to tell whether it converged")
        }
        Word::TooEarly => with_js("Too early to tell"),
    }
}

/// Which network the evidence is of.
fn whose(evidence: &[Evidence]) -> &'static str {
    use gan_core::Network::{Discriminator, Generator};
    let is_of = |network| evidence.iter().any(|one| one.measure.network() == Some(network));
    match (is_of(Generator), is_of(Discriminator)) {
        (true, true) => "each network",
        (true, false) => "the generator",
        (false, _) => "the discriminator",
    }
}
