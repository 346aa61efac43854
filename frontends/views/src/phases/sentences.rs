//! The work of each phase, in GAN Lab's words, with its reason, and the additions of techniques.

use gan_core::configuration::Optimizer;
use gan_core::techniques::{Normalization, Penalty, RateDecay};
use gan_core::{Configuration, Network, Stage};

/// GAN Lab's sentence.
pub(super) const fn sentence(network: Network, stage: Stage) -> &'static str {
    match (stage, network) {
        (Stage::RunGenerator, _) => "Generator derives samples from noise",
        (Stage::RunDiscriminator, Network::Discriminator) => "Discriminator classifies samples",
        (Stage::RunDiscriminator, Network::Generator) => "Discriminator classifies fake samples only",
        (Stage::ComputeLoss, Network::Discriminator) => "Computes discriminator loss",
        (Stage::ComputeLoss, Network::Generator) => "Computes generator loss",
        (Stage::ComputeGradients, Network::Discriminator) => "Computes discriminator gradients",
        (Stage::ComputeGradients, Network::Generator) => "Computes generator gradients",
        (Stage::Update, Network::Discriminator) => "Updates discriminator based on gradients",
        (Stage::Update, Network::Generator) => "Updates generator based on gradients",
    }
}

/// For whoever rests on the sentence.
pub(super) const fn explanation(network: Network, stage: Stage) -> &'static str {
    match (stage, network) {
        (Stage::RunGenerator, _) => {
            "A fresh batch of random numbers goes through the generator; out come as many fake samples."
        }
        (Stage::RunDiscriminator, Network::Discriminator) => {
            "The discriminator sees the fake samples and as many real ones, and says of each how probably it \
             is real."
        }
        (Stage::RunDiscriminator, Network::Generator) => {
            "The discriminator says of each fake sample how probably it is real. Real samples would teach the \
             generator nothing: it had no part in them."
        }
        (Stage::ComputeLoss, Network::Discriminator) => {
            "One number for how badly the discriminator told real from fake."
        }
        (Stage::ComputeLoss, Network::Generator) => {
            "One number for how well the discriminator saw through the fake samples."
        }
        (Stage::ComputeGradients, Network::Discriminator) => {
            "Back through the discriminator: how much would the loss change with each of its weights?"
        }
        (Stage::ComputeGradients, Network::Generator) => {
            "Back through the discriminator to the fake samples, and on through the generator: how much would \
             the loss change with each of the generator's weights? The discriminator stays as it is."
        }
        (Stage::Update, _) => "Each weight moves a little against its gradient, so that the loss falls.",
    }
}

/// Additions of the techniques that are on to a phase, a sentence each. Epochs count from 1.
pub(super) fn additions(
    network: Network,
    stage: Stage,
    configuration: &Configuration,
    epoch: u64,
) -> Vec<String> {
    let techniques = &configuration.techniques;
    // Fades count the epochs completed before.
    let completed = epoch.saturating_sub(1);
    let name = crate::names::network(network).to_lowercase();
    let mut said = Vec::new();
    match (stage, network) {
        (Stage::RunGenerator, _) => {
            said.extend(normalized(Network::Generator, configuration));
        }
        (Stage::RunDiscriminator, _) => {
            if let (Network::Discriminator, Some(replay)) = (network, techniques.replay) {
                let count = replay.samples.get();
                said.push(format!(
                    "In place of {count} of the fake samples it sees older ones."
                ));
            }
            if let Some(noise) = techniques.instance_noise {
                let now = noise.deviation.get() * noise.fade.fade(completed);
                if now > 0.0 {
                    said.push(format!(
                        "All that it sees is shaken, now by a deviation of {now:.3}."
                    ));
                }
            }
            if techniques.minibatch.is_some() {
                said.push("It also sees how much the samples of a batch resemble one another.".to_owned());
            }
            said.extend(normalized(Network::Discriminator, configuration));
        }
        (Stage::ComputeLoss, Network::Discriminator) => {
            let wrong = techniques.label_noise.get();
            if wrong > 0.0 {
                said.push(format!(
                    "Its gradients will follow wrong labels for about {:.1} % of the samples; the loss shown is \
                     that of the right ones.",
                    100.0 * wrong
                ));
            }
        }
        (Stage::ComputeLoss, Network::Generator) => {
            if let Some(matching) = techniques.feature_matching {
                let weight = matching.weight.get() * matching.fade.fade(completed);
                said.push(format!(
                    "Of its gradient {:.0} % will come from matching the discriminator's features instead.",
                    100.0 * weight
                ));
            }
        }
        (Stage::ComputeGradients, _) => {
            match (network, techniques.penalty) {
                (Network::Discriminator, Penalty::R1(weight)) => said.push(format!(
                    "The gradient of R1 is added: {} / 2 times the squared slope at real samples.",
                    weight.get()
                )),
                (Network::Discriminator, Penalty::Gradient(weight)) => said.push(format!(
                    "The gradient of the penalty is added: {} times the squared distance of the slope from 1, \
                     between real and fake samples.",
                    weight.get()
                )),
                _ => {}
            }
            if let (Network::Generator, Some(matching)) = (network, techniques.feature_matching) {
                let weight = matching.weight.get() * matching.fade.fade(completed);
                said.push(format!(
                    "{:.0} % of it comes from matching the discriminator's features.",
                    100.0 * weight
                ));
            }
            if techniques.network(network).historical_averaging.is_some() {
                said.push("A pull toward each weight's own average is added.".to_owned());
            }
        }
        (Stage::Update, _) => {
            if techniques.rate_decay != RateDecay::Constant {
                let left = 100.0 * techniques.rate_decay.factor(completed);
                said.push(format!("The learning rate has decayed to {left:.1} %."));
            }
            if configuration.network(network).optimizer == Optimizer::Adam {
                let betas = techniques.network(network).betas;
                if betas != gan_core::techniques::NetworkTechniques::NONE.betas {
                    said.push(format!(
                        "β1 is {}, β2 {}.",
                        betas.beta_1.kept(),
                        betas.beta_2.kept()
                    ));
                }
            }
            if let (Network::Discriminator, Penalty::Clipping(bound)) = (network, techniques.penalty) {
                let bound = bound.get();
                said.push(format!("Then every parameter is cut off at ±{bound}."));
            }
            if let (Network::Generator, Some(average)) = (network, techniques.average) {
                let taken = 100.0 * average.taken();
                said.push(format!("The moving average takes {taken} % of the new {name}."));
            }
        }
    }
    said
}

/// A sentence about a network's normalization while the network runs.
fn normalized(network: Network, configuration: &Configuration) -> Option<String> {
    let whose = crate::names::network(network).to_lowercase();
    match configuration.techniques.network(network).normalization {
        Normalization::None => None,
        Normalization::Batch(_) => Some(format!(
            "Each hidden neuron of the {whose} but those of its last layer is made even over the batch."
        )),
        Normalization::Spectral => Some(format!(
            "The {whose} runs with weights divided by how far their layer can stretch."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use gan_core::techniques::{
        Bound, Decay, DecayEpochs, Deviation, FadeEpochs, FeatureMatching, InstanceNoise, Share, Weight,
    };

    #[test]
    fn gan_labs_own_phases_have_nothing_added() {
        for preset in Preset::ALL {
            for network in [Network::Discriminator, Network::Generator] {
                for stage in Stage::ALL {
                    let said = additions(network, stage, &preset.configuration(), 1);
                    assert!(said.is_empty(), "{said:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_added_is_said_with_what_has_faded() {
        use Network::{Discriminator, Generator};
        let mut ring = Preset::Ring.configuration();
        let half = FadeEpochs::new(200).unwrap();
        ring.techniques.penalty = Penalty::R1(Weight::new(0.5).unwrap());
        ring.techniques.label_noise = Share::new(0.05).unwrap();
        ring.techniques.average = Some(Decay::from_decimal(0.99).unwrap());
        ring.techniques.rate_decay = RateDecay::Linear(DecayEpochs::new(200).unwrap());
        ring.techniques.instance_noise = Some(InstanceNoise {
            deviation: Deviation::new(0.1).unwrap(),
            fade: half,
        });
        ring.techniques.feature_matching = Some(FeatureMatching {
            weight: Share::new(0.5).unwrap(),
            fade: half,
        });
        // In epoch 101, 100 are completed: half of what fades is left.
        let said = |network, stage| additions(network, stage, &ring, 101).join(" ");
        for (network, stage, words) in [
            (
                Discriminator,
                Stage::ComputeGradients,
                "The gradient of R1 is added: 0.5 / 2 times",
            ),
            (
                Discriminator,
                Stage::RunDiscriminator,
                "now by a deviation of 0.050",
            ),
            (Discriminator, Stage::ComputeLoss, "about 5.0 % of the samples"),
            (
                Generator,
                Stage::ComputeGradients,
                "25 % of it comes from matching",
            ),
            (Generator, Stage::Update, "has decayed to 50.0 %"),
            (Generator, Stage::Update, "The moving average takes 1 %"),
        ] {
            let found = said(network, stage);
            assert!(found.contains(words), "{words}: {found}");
        }
        assert!(!said(Generator, Stage::ComputeGradients).contains("R1"));
        // A technique that has faded away is not mentioned.
        assert_eq!(
            additions(Generator, Stage::RunDiscriminator, &ring, 500),
            Vec::<String>::new()
        );
        ring.techniques.penalty = Penalty::Clipping(Bound::new(0.1).unwrap());
        let said = additions(Discriminator, Stage::Update, &ring, 1).join(" ");
        assert!(said.contains("cut off at ±0.1"), "{said}");
    }
}
