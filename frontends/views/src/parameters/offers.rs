//! Values that hyper-parameters usually have: in a menu, by a switch, and for a second run to differ in.

use gan_core::parameters::{Kind, Mention, Written};
use gan_core::{Configuration, Network, Parameter, Preset};
use lab::Setting;

use super::names::{self, value_of};
use super::places::Place;
use super::words::Words;

/// A menu's options, each with its word there.
pub(crate) type Menu = Vec<(Setting, String)>;

/// Values to choose from, most usual first. For a technique, GAN Lab's value comes before all, and
/// the present value is among them.
pub(super) fn all(head: Parameter, configuration: &Configuration) -> Vec<Setting> {
    let now = Setting::in_configuration(head, configuration);
    let mut all = Vec::new();
    let is_technique = head.definition().mention == Mention::Differing;
    if is_technique {
        all.push(Setting::in_configuration(head, &Preset::Ring.configuration()));
    }
    for setting in offers(head, configuration) {
        if !all.contains(&setting) {
            all.push(setting);
        }
    }
    if (is_technique || head == Parameter::NoiseKind) && !all.contains(&now) {
        all.push(now);
    }
    all
}

/// The offers in the table of words, or all values there are if it has none.
fn offers(head: Parameter, configuration: &Configuration) -> Vec<Setting> {
    let definition = head.definition();
    let set = |word: u32| Setting::new(head, word, *configuration).ok();
    match (Words::of(head).offers, definition.kind, definition.ladder) {
        ([], Kind::Choice(names), _) => (0..names.len() as u32).filter_map(set).collect(),
        ([], Kind::Count { least, most, .. }, []) => (least..=most).filter_map(set).collect(),
        ([], kind, ladder) => {
            let word = |rung: &f64| match kind {
                Kind::Count { .. } => Some(*rung as u32),
                _ => head.read(Written::Float(*rung)).ok(),
            };
            ladder.iter().filter_map(word).filter_map(set).collect()
        }
        (offers, ..) => offers
            .iter()
            .filter_map(|offer| offered(head, offer, configuration))
            .collect(),
    }
}

/// The values of an offer, for the parameters of a family that have a meaning one after another.
fn offered(head: Parameter, offer: &str, configuration: &Configuration) -> Option<Setting> {
    let mut configuration = *configuration;
    let mut values = offer.split(' ');
    for member in head.family() {
        if configuration.word(member).is_none() {
            continue;
        }
        let Some(value) = values.next() else {
            break;
        };
        let word = match value {
            // A third of a batch of one is one too, which is refused with words.
            "third" => (configuration.batch.get() as u32 / 3).clamp(1, 341),
            value => member.read(Written::of(value)).ok()?,
        };
        configuration.set(member, word).ok()?;
    }
    Some(Setting::in_configuration(head, &configuration))
}

/// The setting that a technique's switch turns on; techniques with a menu have no switch.
pub(crate) fn switched_on(head: Parameter, configuration: &Configuration) -> Option<Setting> {
    let first = || offers(head, configuration).into_iter().next();
    head.definition().can_be_off.then(first).flatten()
}

/// Choices of a parameter with a menu, each with its word there. The present choice keeps its
/// numbers. Empty for a parameter with a switch, or with numbers alone.
pub(crate) fn alternatives(parameter: Parameter, configuration: &Configuration) -> Menu {
    let Kind::Choice(names) = parameter.definition().kind else {
        return Vec::new();
    };
    let is_technique = parameter.definition().mention == Mention::Differing;
    let offers = match is_technique {
        true => offers(parameter, configuration),
        // Chosen by itself, it leaves what belongs to it as it is.
        false => Vec::new(),
    };
    let offered = |word: u32| offers.iter().find(|offer| offer.word(parameter) == Some(word));
    // GAN Lab's choice comes first, then the offers, the most usual of them first.
    let mut words: Vec<u32> = parameter.usual().into_iter().collect();
    words.extend(offers.iter().filter_map(|offer| offer.word(parameter)));
    words.extend(0..names.len() as u32);
    let mut menu = Menu::new();
    for word in words {
        let setting = match offered(word) {
            Some(offer) if configuration.word(parameter) != Some(word) => Some(*offer),
            _ => Setting::new(parameter, word, *configuration).ok(),
        };
        let known = |setting: &Setting| menu.iter().any(|(earlier, _)| earlier == setting);
        if let Some(setting) = setting.filter(|setting| !known(setting)) {
            menu.push((setting, names::written(parameter, word)));
        }
    }
    menu
}

/// Kinds of noise with their dimensions.
pub(crate) fn noises(configuration: &Configuration) -> Menu {
    let all = all(Parameter::NoiseKind, configuration);
    all.into_iter().map(|noise| (noise, value_of(noise))).collect()
}

/// The rungs of a number's ladder.
pub(crate) fn ladder(parameter: Parameter, configuration: &Configuration) -> Menu {
    let rungs = offers(parameter, configuration);
    rungs.into_iter().map(|rung| (rung, value_of(rung))).collect()
}

/// Every hyper-parameter in which two runs can differ, with its value in a configuration; the most
/// instructive come first.
pub(crate) fn differences(now: &Configuration) -> Vec<Setting> {
    let of = |network| {
        [
            Parameter::UpdatesPerEpoch(network),
            Parameter::LearningRate(network),
            Parameter::Optimizer(network),
            Parameter::HiddenLayers(network),
            Parameter::Neurons(network),
        ]
    };
    let classic = of(Network::Discriminator)
        .into_iter()
        .chain(of(Network::Generator))
        .chain([Parameter::Loss, Parameter::NoiseKind, Parameter::Batch]);
    let mut heads: Vec<Parameter> = classic.collect();
    // A hyper-parameter that stands at two places comes with the second.
    let techniques = Place::ALL.into_iter().flat_map(|place| place.heads());
    for head in techniques {
        heads.retain(|other| other != head || other.definition().mention == Mention::Always);
        if !heads.contains(head) {
            heads.push(*head);
        }
    }
    let mut all: Vec<Setting> = heads
        .into_iter()
        .map(|head| Setting::in_configuration(head, now))
        .collect();
    // A hyper-parameter whose other values all clash with the rest cannot differ.
    all.retain(|own| !others(*own, now).is_empty());
    all
}

/// Values of the same hyper-parameter to choose from, all but this one, and none that does not go together with
/// the rest of a configuration.
pub(crate) fn others(own: Setting, now: &Configuration) -> Vec<Setting> {
    let mut all = all(own.head(), now);
    all.retain(|setting| *setting != own && setting.applied_to(*now).check().is_ok());
    all
}

/// The value to begin choosing with: one that is well apart from the first run's.
pub(crate) fn usual(own: Setting, now: &Configuration) -> Setting {
    let others = others(own, now);
    let head = own.head();
    if head.definition().mention == Mention::Differing {
        // With against without: the technique switched off is the first, after it the most usual.
        return others.first().copied().unwrap_or(own);
    }
    if let Parameter::UpdatesPerEpoch(_) = head {
        // One for one, or a discriminator that gets three: the comparison of the paper.
        let count = if own.word(head) == Some(3) { 1 } else { 3 };
        return Setting::new(head, count, *now).unwrap_or(own);
    }
    let values = all(head, now);
    let place = values.iter().position(|setting| *setting == own).unwrap_or(0);
    let apart = match place {
        near if near + 2 < values.len() => values.get(near + 2),
        far => far.checked_sub(2).and_then(|place| values.get(place)),
    };
    apart.or(others.first()).copied().unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use super::super::is_on;
    use super::*;
    use gan_core::parameters::OFF;

    #[test]
    fn what_does_not_go_together_is_not_offered() {
        let ring = Preset::Ring.configuration();
        let now = ring.with_written("penalty.kind=r1");
        let all = differences(&now);
        let offers = |head: Parameter| all.iter().any(|own| own.head() == head);
        let normalization = Parameter::Normalization(Network::Discriminator);
        assert!(!offers(Parameter::Minibatch) && offers(normalization));
        let own = Setting::in_configuration(normalization, &now);
        let spectral = Setting::written("discriminator.normalization=spectral", &now).unwrap();
        assert_eq!(others(own, &now), [spectral]);
        let now = ring.with_written("discriminator.minibatch_kernels=1");
        let penalty = Setting::in_configuration(Parameter::Penalty, &now);
        let clipping = Setting::written("penalty.kind=clipping", &now).unwrap();
        for other in others(penalty, &now) {
            assert_eq!(other.word(Parameter::Penalty), clipping.word(Parameter::Penalty));
        }
        let kernels = Setting::in_configuration(Parameter::Minibatch, &now);
        assert_eq!(usual(kernels, &now).word(Parameter::Minibatch), Some(OFF));
    }

    #[test]
    fn whatever_is_chosen_first_is_another_value_of_the_same() {
        for preset in Preset::ALL {
            let now = preset.configuration();
            let all = differences(&now);
            assert_eq!(all.len(), Setting::all(&now).count());
            for own in all {
                let second = usual(own, &now);
                assert_eq!(second.of(&now), own);
                assert_ne!(second, own);
                assert!(others(own, &now).contains(&second));
                assert!(!others(own, &now).contains(&own));
            }
        }
    }

    #[test]
    fn every_technique_can_be_chosen_and_each_that_has_a_switch_switched_on() {
        let ring = Preset::Ring.configuration();
        for head in Place::ALL.into_iter().flat_map(|place| place.heads()) {
            let written = Words::of(*head).offers;
            assert_eq!(
                offers(*head, &ring).len(),
                written.len().max(offers(*head, &ring).len()),
                "{head} has a literal out of range"
            );
            assert!(all(*head, &ring).len() >= 2);
            if let Some(setting) = switched_on(*head, &ring) {
                let on = setting.applied_to(ring);
                assert!(is_on(*head, &on));
                assert_eq!(on.check(), Ok(()));
                assert!(all(*head, &on).contains(&setting));
            }
        }
    }

    #[test]
    fn whatever_noise_there_is_can_always_be_chosen() {
        for kind in ["uniform", "normal", "spherical"] {
            for dimensions in 1..=16 {
                let written = format!("noise.kind={kind} noise.dimensions={dimensions}");
                let now = Preset::Ring.configuration().with_written(&written);
                let own = Setting::in_configuration(Parameter::NoiseKind, &now);
                let all = noises(&now);
                assert_eq!(all.iter().filter(|(noise, _)| *noise == own).count(), 1);
                assert!(all.len() <= 9);
            }
        }
    }
}
